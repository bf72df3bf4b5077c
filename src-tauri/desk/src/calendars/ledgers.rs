//! The records of the events exported to each calendar, on disk.

use chrono::{DateTime, Utc};
use waymark_core::calendar::ledger::Ledger;
use waymark_core::calendar::sync::Collection;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::Plan;

use super::{Calendar, Way};
use crate::file_lock::file_lock;
use crate::file_lock::{FileLock, Wait};
use crate::notices::{self, Notice};
use crate::storage::{self, Sealed, Storage, unread, unsaved};

/// The record of the events exported to a calendar. If it is of another plan, the calendar counts
/// as new, with UIDs that were never used. If it is damaged or missing and files were imported into
/// the calendar, the learner has to say what the calendar has: see [`Ledger::unknown`].
pub fn ledger(
    storage: &Storage,
    calendar: &Calendar,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<Ledger, InputError> {
    let ledger = recorded(storage, calendar, plan, now)?;
    Ok(match calendar.way {
        Way::Files => ledger.unheard(),
        Way::Live { .. } | Way::Server { .. } => ledger,
    })
}

fn recorded(
    storage: &Storage,
    calendar: &Calendar,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<Ledger, InputError> {
    match read::<Ledger>(storage, calendar, now)? {
        (Some(ledger), _) if ledger.plan() == plan.id() => Ok(ledger),
        (None, false) if !calendar.was_exported => {
            Ok(Ledger::new(plan.id()).starting_at(calendar.generation()))
        }
        (known, was_damaged) => {
            let mut ledger = Ledger::after_loss(plan.id(), now).starting_at(calendar.generation());
            // A live file is replaced as a whole, so whatever it had is gone.
            if known.is_none() && calendar.way == Way::Files {
                ledger = ledger.unknown();
            }
            if known.is_none() && !was_damaged {
                notices::add(storage, missing(calendar))
                    .map_err(|error| unsaved(storage.folder(), &error))?;
            }
            save(storage, calendar, &ledger)?;
            Ok(ledger)
        }
    }
}

/// The record of the events exported to a calendar on a server. If it is lost, the next sync reads
/// them from the server.
pub fn collection(
    storage: &Storage,
    calendar: &Calendar,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<Collection, InputError> {
    let known = read::<Collection>(storage, calendar, now)?.0;
    let known = known.filter(|known| known.ledger().plan() == plan.id());
    let mut collection =
        known.unwrap_or_else(|| Collection::new(plan.id()).starting_at(calendar.generation()));
    if let Way::Server { calendar, .. } = &calendar.way {
        collection.settle_at(calendar)?;
    }
    Ok(collection)
}

/// Saves the record of a calendar.
pub fn save<D: Sealed>(
    storage: &Storage,
    calendar: &Calendar,
    given: &D,
) -> Result<(), InputError> {
    let name = calendar.ledger();
    storage.save_named(&name, given).map_err(|error| {
        let fault = storage::write_fault(&error);
        let mut sentence = format!("couldn't save the record of this export: {fault}");
        if calendar.way == Way::Files {
            sentence += ". Don't import the file; export again";
        }
        InputError::sentence(ErrorCode::NotSaved, sentence)
    })
}

/// Waits until no other program exports to this calendar or syncs it.
pub fn lock(storage: &Storage, calendar: &Calendar) -> Result<FileLock, InputError> {
    file_lock(&storage.document_path(&calendar.ledger()), Wait::default())
}

/// Removes the record of a calendar.
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
            storage::write_fault(&error),
        )
    })
}

/// The notice that the record of a calendar is gone. No file is left to tell it.
fn missing(calendar: &Calendar) -> Notice {
    Notice {
        id: format!("missing-{}", calendar.ledger()),
        text: format!(
            "The record of the calendar “{}” is missing. Waymark asks what the calendar has before \
             the next export to it.",
            calendar.name
        ),
    }
}

/// The record, and whether a copy of it was damaged.
fn read<D: Sealed>(
    storage: &Storage,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Result<(Option<D>, bool), InputError> {
    let name = calendar.ledger();
    let found = storage.recover_named::<D>(&name, now);
    let found = found.map_err(|error| unread(&storage.document_path(&name), &error))?;
    Ok((found.document, !found.notices.is_empty()))
}
