//! Sends the core's steps, and records each as the server confirms it.

use std::collections::HashMap;

use waymark_core::calendar::sync::{
    Collection, Fetched, Place, PlainText, Push, PushStep, SyncReport, plain,
};
use waymark_core::plan::Plan;

use crate::calendar::{Calendar, Written};
use crate::failure::Failure;
use crate::lanes;
use crate::local::Local;
use crate::resources::is_named;
use crate::stopped::Stopped;

/// Number of steps between two saves of the record. After a crash, the server supplies the rest.
const STEPS_BETWEEN_RECORDS: usize = 50;

/// The result of a completed push.
#[derive(Debug)]
pub(crate) struct Sent {
    /// The collection as confirmed by the server.
    pub collection: Collection,
    /// Number of events that changed on the server in the meantime, and must be fetched first.
    pub conflicts: usize,
    /// The resources that were written or removed.
    pub hrefs: Vec<String>,
}

/// Sends all steps, several at a time. The record is saved before the first step, in between, and
/// at the end, even after a failure.
pub(crate) fn send(
    calendar: &Calendar,
    push: Push,
    local: &mut impl Local,
    report: &mut SyncReport,
) -> Result<Sent, Stopped> {
    let Push {
        steps, collection, ..
    } = push;
    let of = steps.len();
    if of > 0 {
        let recorded = local.record(&collection);
        recorded.map_err(|why| unrecorded(why, 0, of))?;
    }
    let (plan, before) = (local.plan(), collection.clone());
    let ends = Ends {
        calendar,
        plan: &plan,
        before: &before,
    };
    let mut pushing = Pushing {
        collection,
        report,
        hrefs: Vec::with_capacity(of),
        done: 0,
        index: 0,
        conflicts: 0,
        refused: None,
        stop: None,
    };
    for batch in steps.chunks(STEPS_BETWEEN_RECORDS) {
        pushing.send(batch, ends, local, of);
        let done = pushing.done;
        if let Some(failure) = pushing.stop {
            // The reason for stopping matters more than an outdated record, which the next pull
            // corrects.
            let _ = local.record(&pushing.collection);
            return Err(Stopped { failure, done, of });
        }
        if pushing.index.is_multiple_of(STEPS_BETWEEN_RECORDS) {
            let recorded = local.record(&pushing.collection);
            recorded.map_err(|why| unrecorded(why, done, of))?;
        }
    }
    let done = pushing.done;
    if pushing.conflicts == 0 && pushing.refused.is_none() {
        pushing.collection.finish();
    }
    let recorded = local.record(&pushing.collection);
    recorded.map_err(|why| unrecorded(why, done, of))?;
    if let Some(failure) = pushing.refused {
        return Err(Stopped { failure, done, of });
    }
    Ok(Sent {
        collection: pushing.collection,
        conflicts: pushing.conflicts,
        hrefs: pushing.hrefs,
    })
}

fn unrecorded(why: String, done: usize, of: usize) -> Stopped {
    let failure = Failure::Unrecorded(why);
    Stopped { failure, done, of }
}

/// A push in progress.
struct Pushing<'a> {
    collection: Collection,
    report: &'a mut SyncReport,
    hrefs: Vec<String>,
    /// Number of steps that the server confirmed.
    done: usize,
    /// Number of steps that were answered.
    index: usize,
    conflicts: usize,
    /// Why the server does not take an event.
    refused: Option<Failure>,
    /// Why no further step is sent.
    stop: Option<Failure>,
}

impl Pushing<'_> {
    /// Sends a batch. After a failure, the steps that are under way are still recorded.
    fn send(&mut self, batch: &[PushStep], ends: Ends, local: &mut impl Local, of: usize) {
        if !local.may_go_on(self.index, of) {
            self.stop = Some(Failure::Cancelled);
            return;
        }
        let held = match read(ends.calendar, batch) {
            Ok(held) => held,
            Err(failure) => {
                self.stop = Some(failure);
                return;
            }
        };
        let sending = Sending { ends, held: &held };
        let end = self.index + batch.len();
        let heard = |step: &PushStep, taken| {
            self.hear(step, taken);
            if self.index < end && self.stop.is_none() && !local.may_go_on(self.index, of) {
                self.stop = Some(Failure::Cancelled);
            }
            self.stop.is_none()
        };
        lanes::each(batch, |step| sending.take(step), heard);
    }

    fn hear(&mut self, step: &PushStep, taken: Result<Taken, Failure>) {
        self.index += 1;
        match taken {
            Ok(taken) => {
                self.done += 1;
                self.report.is_stateless |= taken.is_stateless;
                self.report.restored += usize::from(taken.is_restored);
                let earlier = step.place.as_ref().map(|place| &place.href);
                let href = earlier.unwrap_or(&taken.place.href);
                self.hrefs
                    .extend(Some(href.clone()).filter(|href| !href.is_empty()));
                self.collection.confirm(step, taken.place);
                self.collection.keep_mark(step, taken.mark);
            }
            Err(Failure::Conflict) => self.conflicts += 1,
            // It does not keep the other events from the calendar.
            Err(failure) if failure.is_of_the_event() => {
                self.refused = self.refused.take().or(Some(failure));
            }
            Err(failure) => self.stop = self.stop.take().or(Some(failure)),
        }
    }
}

/// The result of a step.
#[derive(Default)]
struct Taken {
    /// The resource and its state; none if it was removed.
    place: Place,
    /// Whether the server named no state.
    is_stateless: bool,
    /// Whether a person had deleted some of Waymark's part of the description.
    is_restored: bool,
    /// The mark that the server doesn't keep.
    mark: Option<String>,
}

/// An event that was sent.
struct SentEvent {
    written: Written,
    is_restored: bool,
    mark: Option<String>,
}

/// The resources of a batch, as the server held them just before, by their addresses.
type Held = HashMap<String, Fetched>;

/// Both ends of a push.
#[derive(Clone, Copy)]
struct Ends<'a> {
    calendar: &'a Calendar<'a>,
    plan: &'a Plan,
    /// The collection before the first step.
    before: &'a Collection,
}

/// Both ends, and the resources that a batch changes.
struct Sending<'a> {
    ends: Ends<'a>,
    held: &'a Held,
}

impl Sending<'_> {
    fn take(&self, step: &PushStep) -> Result<Taken, Failure> {
        let sent = match (&step.text, &step.place) {
            (Some(text), None) => self.add(step, text)?,
            (Some(_), Some(place)) => self.replace(step, place)?,
            (None, place) => {
                if let Some(place) = place {
                    self.remove(place)?;
                }
                return Ok(Taken::default());
            }
        };
        let mut place = sent.written.place;
        let is_stateless = !is_named(&place);
        if let Some(held) = sent.written.text
            && !step.is_done(&held, self.ends.plan)
        {
            // Somebody has changed it since: without a state, the next pull reads it again.
            place.etag.clear();
        }
        Ok(Taken {
            place,
            is_stateless,
            is_restored: sent.is_restored,
            mark: sent.mark,
        })
    }

    /// Adds the event, unless the server has it already.
    fn add(&self, step: &PushStep, text: &str) -> Result<SentEvent, Failure> {
        let calendar = self.ends.calendar;
        let there = self.held.get(&calendar.href(&step.name()));
        if there.is_some_and(|there| there.text.is_some()) {
            return Err(Failure::Conflict);
        }
        let text = self.for_server(text);
        Ok(SentEvent {
            written: calendar.add(&step.name(), &text.text)?,
            is_restored: false,
            mark: text.mark,
        })
    }

    /// The text in the form that the server takes.
    fn for_server(&self, text: &str) -> PlainText {
        match self.ends.calendar.is_partial() {
            true => plain(text),
            false => PlainText {
                text: text.to_owned(),
                mark: None,
            },
        }
    }

    /// Without states, only the short time between read and write protects a person's change.
    fn latest(&self, place: &Place) -> Result<Fetched, Failure> {
        let latest = self
            .ends
            .calendar
            .fetch(std::slice::from_ref(&place.href))?;
        latest.into_iter().next().ok_or(Failure::Conflict)
    }

    fn remove(&self, place: &Place) -> Result<(), Failure> {
        if !place.etag.is_empty() && !is_named(place) {
            let latest = self.latest(place)?;
            if latest.text.is_some() && latest.place.etag != place.etag {
                return Err(Failure::Conflict);
            }
        }
        match self.ends.calendar.remove(place) {
            Ok(()) | Err(Failure::Missing) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// Writes the event into the resource as the server holds it, and tells whether that brought
    /// back a part of its description. One that changed or was deleted since the pull is a
    /// conflict: the learner's change is received first.
    fn replace(&self, step: &PushStep, place: &Place) -> Result<SentEvent, Failure> {
        let latest;
        let held = match is_named(place) {
            true => self.held.get(&place.href).ok_or(Failure::Conflict)?,
            false => {
                latest = self.latest(place)?;
                &latest
            }
        };
        let text = held.text.as_deref().ok_or(Failure::Conflict)?;
        let is_in_state = match place.etag.as_str() {
            "" => self.ends.before.is_unmoved(step, text, self.ends.plan),
            // A server may omit states in this answer only; it compares them itself.
            known => held.place.etag == known || is_named(place) && !is_named(&held.place),
        };
        if !is_in_state {
            return Err(Failure::Conflict);
        }
        let mut state = place.clone();
        if state.etag.is_empty() {
            state.etag.clone_from(&held.place.etag);
        }
        let merged = step.merged(text).ok_or(Failure::Illegible)?;
        let text = self.for_server(&merged.text);
        match self.ends.calendar.replace(&state, &text.text) {
            // Deleted in the meantime: the learner is asked about it first.
            Err(Failure::Missing) => Err(Failure::Conflict),
            replaced => Ok(SentEvent {
                written: replaced?,
                is_restored: merged.is_restored,
                mark: text.mark,
            }),
        }
    }
}

fn read(calendar: &Calendar, batch: &[PushStep]) -> Result<Held, Failure> {
    let changed = batch.iter().filter(|step| step.text.is_some());
    let places = changed.filter_map(|step| step.place.as_ref());
    let places = places.filter(|place| is_named(place));
    let hrefs: Vec<String> = places.map(|place| place.href.clone()).collect();
    let mut fetched = calendar.fetch(&hrefs)?;
    if calendar.is_partial() {
        // Nothing else keeps a new event from replacing one that is there.
        let new = batch.iter();
        let new = new.filter(|step| step.place.is_none() && step.text.is_some());
        let hrefs: Vec<String> = new.map(|step| calendar.href(&step.name())).collect();
        fetched.extend(there(calendar, &hrefs)?);
    }
    let fetched = fetched.into_iter();
    Ok(fetched.map(|it| (it.place.href.clone(), it)).collect())
}

/// The resources that are there. Some servers answer for none of them if one is missing.
fn there(calendar: &Calendar, hrefs: &[String]) -> Result<Vec<Fetched>, Failure> {
    match calendar.fetch(hrefs) {
        Err(Failure::Missing) if hrefs.len() > 1 => {
            let mut fetched = Vec::new();
            for href in hrefs {
                fetched.extend(there(calendar, std::slice::from_ref(href))?);
            }
            Ok(fetched)
        }
        Err(Failure::Missing) => Ok(Vec::new()),
        fetched => fetched,
    }
}
