//! Sends the core's steps one by one, and records each as the server confirms it.

use waymark_core::calendar::sync::{Collection, Push, PushStep};

use crate::calendar::Calendar;
use crate::failure::Failure;
use crate::local::Local;
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
}

/// Sends all steps. The record is saved before the first step, in between, and at the end, even
/// after a failure.
pub(crate) fn send(
    calendar: &Calendar,
    push: Push,
    local: &mut impl Local,
) -> Result<Sent, Stopped> {
    let Push {
        steps,
        mut collection,
        ..
    } = push;
    let of = steps.len();
    let (mut done, mut conflicts, mut refused) = (0, 0, None);
    let stopped = |failure, done| Stopped { failure, done, of };
    let unrecorded = |why, done| stopped(Failure::Unrecorded(why), done);
    if of > 0 {
        local
            .record(&collection)
            .map_err(|why| unrecorded(why, 0))?;
    }
    for (index, step) in steps.iter().enumerate() {
        let taken = match local.may_go_on(index, of) {
            true => take(calendar, step, &mut collection),
            false => Err(Failure::Cancelled),
        };
        match taken {
            Ok(()) => done += 1,
            Err(Failure::Conflict) => conflicts += 1,
            // It does not keep the other events from the calendar.
            Err(failure) if failure.is_of_the_event() => refused = refused.or(Some(failure)),
            Err(failure) => {
                // The reason for stopping matters more than an outdated record, which the next pull
                // corrects.
                let _ = local.record(&collection);
                return Err(stopped(failure, done));
            }
        }
        if (index + 1) % STEPS_BETWEEN_RECORDS == 0 {
            local
                .record(&collection)
                .map_err(|why| unrecorded(why, done))?;
        }
    }
    if conflicts == 0 && refused.is_none() {
        collection.finish();
    }
    local
        .record(&collection)
        .map_err(|why| unrecorded(why, done))?;
    if let Some(failure) = refused {
        return Err(stopped(failure, done));
    }
    Ok(Sent {
        collection,
        conflicts,
    })
}

fn take(calendar: &Calendar, step: &PushStep, collection: &mut Collection) -> Result<(), Failure> {
    let place = match (&step.text, &step.place) {
        (Some(text), None) => calendar.add(&step.name(), text)?,
        (Some(text), Some(place)) => match calendar.replace(place, text) {
            // Deleted in the meantime: the learner is asked about it first.
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
