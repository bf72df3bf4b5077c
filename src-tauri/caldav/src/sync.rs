//! What the core thought out, done step by step, and recorded as the server confirms it.

use std::fmt;

use chrono::{DateTime, Utc};
use waymark_core::calendar::export::Agenda;
use waymark_core::calendar::sync::{Collection, Pull, Push, Step};

use crate::calendar::Calendar;
use crate::failure::Failure;

/// The record is stored after so many steps: what is lost of it in a cut is told again by the server.
const STEPS_BETWEEN_RECORDS: usize = 50;

/// What came of a push that went through.
#[derive(Debug)]
pub struct Sent {
    /// As the server confirmed it.
    pub collection: Collection,
    /// How many events were changed there meanwhile, and are to be heard of first.
    pub conflicts: usize,
}

/// A push that did not go through. What was done is recorded.
#[derive(Debug)]
pub struct Stopped {
    /// Why.
    pub failure: Failure,
    /// How many steps the server confirmed.
    pub done: usize,
    /// Of how many.
    pub of: usize,
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { failure, done, of } = self;
        write!(
            f,
            "{failure} {done} of {of} changes were sent and noted; the next sync goes on from there."
        )
    }
}

/// Hears what became of a calendar.
///
/// # Errors
/// The server cannot be reached, or does not have the calendar.
pub fn listen(
    calendar: &Calendar,
    collection: &Collection,
    agenda: &Agenda,
    is_thorough: bool,
    now: DateTime<Utc>,
) -> Result<Pull, Failure> {
    let listed = calendar.list()?;
    let fetched = calendar.fetch(&collection.to_fetch(&listed, is_thorough))?;
    Ok(collection.pull(agenda, &listed, &fetched, now))
}

/// Sends what there is to send. `store` keeps the record: before the first step, in between, and at the end, whatever that is.
///
/// # Errors
/// The server cannot be reached, is full, or refuses; or the record cannot be kept.
pub fn send(
    calendar: &Calendar,
    push: Push,
    mut store: impl FnMut(&Collection) -> Result<(), String>,
) -> Result<Sent, Stopped> {
    let Push {
        steps,
        mut collection,
        ..
    } = push;
    let of = steps.len();
    let (mut done, mut conflicts) = (0, 0);
    let stopped = |failure, done| Stopped { failure, done, of };
    let unrecorded = |why| Stopped {
        failure: Failure::Unrecorded(why),
        done: 0,
        of,
    };
    if of > 0 {
        store(&collection).map_err(unrecorded)?;
    }
    for (index, step) in steps.iter().enumerate() {
        match take(calendar, step, &mut collection) {
            Ok(()) => done += 1,
            Err(Failure::Conflict) => conflicts += 1,
            Err(failure) => {
                // The reason it stopped says more than that the record is behind: the next pull catches up on it.
                let _ = store(&collection);
                return Err(stopped(failure, done));
            }
        }
        if (index + 1) % STEPS_BETWEEN_RECORDS == 0 {
            store(&collection).map_err(|why| stopped(Failure::Unrecorded(why), done))?;
        }
    }
    if conflicts == 0 {
        collection.finish();
    }
    store(&collection).map_err(|why| stopped(Failure::Unrecorded(why), done))?;
    Ok(Sent {
        collection,
        conflicts,
    })
}

fn take(calendar: &Calendar, step: &Step, collection: &mut Collection) -> Result<(), Failure> {
    let place = match (&step.text, &step.place) {
        (Some(text), None) => calendar.add(&step.name(), text)?,
        (Some(text), Some(place)) => match calendar.replace(place, text) {
            // Deleted meanwhile: the learner is asked about it first.
            Err(Failure::Missing) => return Err(Failure::Conflict),
            replaced => replaced?,
        },
        (None, Some(place)) => match calendar.remove(place) {
            Ok(()) | Err(Failure::Missing) => place.clone(),
            Err(failure) => return Err(failure),
        },
        (None, None) => Default::default(),
    };
    collection.confirm(step, place);
    Ok(())
}
