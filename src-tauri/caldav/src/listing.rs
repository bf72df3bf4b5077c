//! The content of a calendar: by the changes since the last sync if the server names them, and
//! otherwise by a list of everything.

use chrono::{DateTime, SubsecRound, Utc};
use waymark_core::calendar::sync::{Collection, Delta, KnownState, Place, SyncMark, SyncReport};

use crate::calendar::Calendar;
use crate::failure::Failure;
use crate::resources::is_named;
use crate::state::Look;

/// Upper bound of requests for the changes since one token.
const MOST_PARTS: usize = 1000;

/// The content of a calendar.
pub(crate) struct Listing {
    /// The plan's events, those that may be the plan's, and those that changed.
    pub places: Vec<Place>,
    /// The state that this is.
    pub known: Option<KnownState>,
}

/// The changes since a token, or that the server doesn't name them.
enum Named {
    Changes { delta: Delta, token: String },
    Refused,
}

/// Reads what is in the calendar. With `is_thorough`, everything is listed.
///
/// # Errors
/// As [`Calendar::list`].
pub(crate) fn listing(
    calendar: &Calendar,
    collection: &Collection,
    is_thorough: bool,
    now: DateTime<Utc>,
    report: &mut SyncReport,
) -> Result<Listing, Failure> {
    let known = collection.known().filter(|_| collection.has_places());
    let fresh = known.filter(|known| !is_thorough && known.holds(now));
    let Some(fresh) = fresh else {
        let mut listing = everything(calendar, calendar.look()?, now, report)?;
        if let Some(known) = known.filter(|_| !is_thorough)
            && names_wrongly(calendar, collection, known, &listing)?
        {
            report.is_wrong = true;
            let mark = SyncMark::Wrong;
            listing.known = listing.known.map(|known| KnownState { mark, ..known });
        }
        return Ok(listing);
    };
    let same = |mark: SyncMark, places: Vec<Place>| Listing {
        places,
        known: Some(KnownState {
            mark,
            listed: fresh.listed,
        }),
    };
    match &fresh.mark {
        SyncMark::Token(token) => match changes(calendar, token)? {
            Named::Changes { delta, token } => {
                if let Some(places) = collection.after(&delta) {
                    return Ok(same(SyncMark::Token(token), places));
                }
            }
            Named::Refused => report.is_forgotten = true,
        },
        SyncMark::Tag(tag) => {
            let looked = calendar.look()?;
            let places = collection.after(&Delta::default());
            return match places.filter(|_| looked.tag.as_ref() == Some(tag)) {
                Some(places) => Ok(same(fresh.mark.clone(), places)),
                None => everything(calendar, looked, now, report),
            };
        }
        SyncMark::Wrong => {
            report.is_wrong = true;
            let listing = everything(calendar, Look::default(), now, report)?;
            return Ok(same(SyncMark::Wrong, listing.places));
        }
    }
    everything(calendar, calendar.look()?, now, report)
}

/// Finds the state of the calendar after a push. Without changes by anyone else, the next sync asks
/// for the changes since then. A failure costs no more than that.
pub(crate) fn after_push(
    calendar: &Calendar,
    collection: &Collection,
    sent: &[String],
) -> Option<KnownState> {
    let known = collection.known()?;
    let mark = match &known.mark {
        SyncMark::Token(token) => {
            let Ok(Named::Changes { delta, token }) = changes(calendar, token) else {
                return None;
            };
            // A server that is late to name our own changes, or doesn't, may be so with others.
            if !sent.iter().all(|href| delta.etags.contains_key(href)) {
                let listed = DateTime::UNIX_EPOCH;
                let mark = known.mark.clone();
                return Some(KnownState { mark, listed });
            }
            let places = collection.after(&delta)?;
            collection
                .is_up_to_date(&places)
                .then_some(SyncMark::Token(token))?
        }
        SyncMark::Tag(_) => {
            // The tag before the list: what changes in between is then heard the next time.
            let mark = calendar.look().ok()?.mark()?;
            let listed = calendar.list().ok()?;
            collection.is_up_to_date(&listed).then_some(mark)?
        }
        SyncMark::Wrong => return None,
    };
    let listed = known.listed;
    Some(KnownState { mark, listed })
}

/// Lists everything. `looked` is the state that the calendar had just before.
fn everything(
    calendar: &Calendar,
    looked: Look,
    now: DateTime<Utc>,
    report: &mut SyncReport,
) -> Result<Listing, Failure> {
    let places = calendar.list()?;
    let is_stateless = places.iter().any(|place| !is_named(place));
    report.is_stateless |= is_stateless;
    let listed = now.trunc_subsecs(0);
    let mark = looked.mark().filter(|_| !is_stateless);
    Ok(Listing {
        places,
        known: mark.map(|mark| KnownState { mark, listed }),
    })
}

/// Whether the list shows changes that the server doesn't name when it is asked for those since the
/// last sync.
fn names_wrongly(
    calendar: &Calendar,
    collection: &Collection,
    known: &KnownState,
    listing: &Listing,
) -> Result<bool, Failure> {
    let delta = match &known.mark {
        SyncMark::Token(token) => match changes(calendar, token)? {
            Named::Changes { delta, .. } => delta,
            Named::Refused => return Ok(false),
        },
        // Asked for after the list, since the tag may be newer than the one before it.
        tag @ SyncMark::Tag(_) if calendar.look()?.mark().as_ref() == Some(tag) => Delta::default(),
        SyncMark::Tag(_) | SyncMark::Wrong => return Ok(false),
    };
    Ok(!collection.is_explained_by(&delta, &listing.places))
}

/// The changes since a token, in as many requests as the server wants.
fn changes(calendar: &Calendar, token: &str) -> Result<Named, Failure> {
    let mut delta = Delta::default();
    let mut token = token.to_owned();
    for _ in 0..MOST_PARTS {
        let part = match calendar.changes(&token) {
            Ok(part) => part,
            // How servers refuse a token differs. If something else is wrong, the list says so.
            Err(
                Failure::Forbidden
                | Failure::Conflict
                | Failure::Missing
                | Failure::Full
                | Failure::Answer(_)
                | Failure::Unreadable(_),
            ) => return Ok(Named::Refused),
            Err(failure) => return Err(failure),
        };
        let is_same = part.token == token;
        delta.etags.extend(part.delta.etags);
        token = part.token;
        if token.is_empty() || part.is_cut && is_same {
            return Ok(Named::Refused);
        }
        if !part.is_cut {
            return Ok(Named::Changes { delta, token });
        }
    }
    Ok(Named::Refused)
}
