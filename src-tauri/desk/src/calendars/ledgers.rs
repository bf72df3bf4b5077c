//! What each calendar was given, on disk.

use chrono::{DateTime, Utc};
use waymark_core::calendar::ledger::Ledger;
use waymark_core::calendar::sync::Collection;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::Plan;

use super::{Calendar, Way};
use crate::storage::{Sealed, Storage};

/// What a calendar was given of this plan. Of another plan's calendar nothing is known, nor where what was known is damaged:
/// both are as if the calendar were new, with UIDs that were never used.
pub fn ledger(
    storage: &Storage,
    calendar: &Calendar,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<Ledger, InputError> {
    match read::<Ledger>(storage, calendar, now)? {
        (Some(ledger), _) if ledger.plan() == plan.id() => Ok(ledger),
        (None, false) => Ok(Ledger::new(plan.id())),
        _ => {
            let ledger = Ledger::after_loss(plan.id(), now);
            save(storage, calendar, &ledger)?;
            Ok(ledger)
        }
    }
}

/// What a calendar on a server was given of this plan. Where that is not known any more, the server tells it at the next sync.
pub fn collection(
    storage: &Storage,
    calendar: &Calendar,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<Collection, InputError> {
    let known = read::<Collection>(storage, calendar, now)?.0;
    let known = known.filter(|known| known.ledger().plan() == plan.id());
    let mut collection = known.unwrap_or_else(|| Collection::new(plan.id()));
    if let Way::Server { calendar, .. } = &calendar.way {
        collection.settle_at(calendar)?;
    }
    Ok(collection)
}

/// Keeps what a calendar was given.
pub fn save<D: Sealed>(
    storage: &Storage,
    calendar: &Calendar,
    given: &D,
) -> Result<(), InputError> {
    let name = calendar.ledger();
    storage.save_named(&name, given).map_err(|error| {
        let why = match calendar.way {
            Way::Files => format!("it cannot be kept what the calendar was given ({error}): do not import the file, and export again"),
            _ => format!("it cannot be kept what the calendar was given ({error})"),
        };
        InputError::new(ErrorCode::NotSaved, "ledger file", name, why)
    })
}

/// Forgets what a calendar was given.
pub fn forget(
    storage: &Storage,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Result<(), InputError> {
    let name = calendar.ledger();
    storage.set_named_aside(&name, now).map_err(|error| {
        InputError::new(
            ErrorCode::NotRemoved,
            "ledger file",
            name,
            error.to_string(),
        )
    })
}

/// It, and whether one was damaged.
fn read<D: Sealed>(
    storage: &Storage,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Result<(Option<D>, bool), InputError> {
    let name = calendar.ledger();
    let found = storage.find_named::<D>(&name, now).map_err(|error| {
        InputError::new(ErrorCode::NotRead, "ledger file", &name, error.to_string())
    })?;
    Ok((found.document, !found.notices.is_empty()))
}
