//! Sends the core's steps one by one, and records each as the server confirms it.

use std::collections::HashMap;

use waymark_core::calendar::sync::{Collection, Fetched, Place, Push, PushStep, SyncReport};
use waymark_core::plan::Plan;

use crate::calendar::{Calendar, Written};
use crate::failure::Failure;
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
}

/// Sends all steps. The record is saved before the first step, in between, and at the end, even
/// after a failure.
pub(crate) fn send(
    calendar: &Calendar,
    push: Push,
    local: &mut impl Local,
    report: &mut SyncReport,
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
    let plan = local.plan();
    let mut index = 0;
    for batch in steps.chunks(STEPS_BETWEEN_RECORDS) {
        let mut held = None;
        for step in batch {
            let taken = match local.may_go_on(index, of) {
                true => Sending::of(batch, &mut held, calendar, &plan)
                    .and_then(|sending| sending.take(step, &mut collection, report)),
                false => Err(Failure::Cancelled),
            };
            match taken {
                Ok(()) => done += 1,
                Err(Failure::Conflict) => conflicts += 1,
                // It does not keep the other events from the calendar.
                Err(failure) if failure.is_of_the_event() => refused = refused.or(Some(failure)),
                Err(failure) => {
                    // The reason for stopping matters more than an outdated record, which the next
                    // pull corrects.
                    let _ = local.record(&collection);
                    return Err(stopped(failure, done));
                }
            }
            index += 1;
        }
        if index % STEPS_BETWEEN_RECORDS == 0 {
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

/// The resources of a batch, as the server held them just before, by their addresses.
type Held = HashMap<String, Fetched>;

/// Calendar, plan and resources for the steps of a batch.
struct Sending<'a> {
    calendar: &'a Calendar<'a>,
    plan: &'a Plan,
    held: &'a Held,
}

impl<'a> Sending<'a> {
    /// Reads the resources that the batch changes, unless they have been read.
    fn of(
        batch: &[PushStep],
        held: &'a mut Option<Held>,
        calendar: &'a Calendar<'a>,
        plan: &'a Plan,
    ) -> Result<Self, Failure> {
        let held = match held {
            Some(held) => held,
            None => held.insert(read(calendar, batch)?),
        };
        Ok(Self {
            calendar,
            plan,
            held,
        })
    }

    fn take(
        &self,
        step: &PushStep,
        collection: &mut Collection,
        report: &mut SyncReport,
    ) -> Result<(), Failure> {
        let written = match (&step.text, &step.place) {
            (Some(text), None) => self.calendar.add(&step.name(), text)?,
            (Some(_), Some(place)) => self.replace(step, place, collection, report)?,
            (None, place) => {
                if let Some(place) = place {
                    self.remove(place)?;
                }
                collection.confirm(step, Place::default());
                return Ok(());
            }
        };
        let mut place = written.place;
        report.is_stateless |= !is_named(&place);
        if let Some(held) = written.text
            && !step.is_done(&held, self.plan)
        {
            // Somebody has changed it since: without a state, the next pull reads it again.
            place.etag.clear();
        }
        collection.confirm(step, place);
        Ok(())
    }

    /// Without states, only the short time between read and write protects a person's change.
    fn latest(&self, place: &Place) -> Result<Fetched, Failure> {
        let latest = self.calendar.fetch(std::slice::from_ref(&place.href))?;
        latest.into_iter().next().ok_or(Failure::Conflict)
    }

    fn remove(&self, place: &Place) -> Result<(), Failure> {
        if !place.etag.is_empty() && !is_named(place) {
            let latest = self.latest(place)?;
            if latest.text.is_some() && latest.place.etag != place.etag {
                return Err(Failure::Conflict);
            }
        }
        match self.calendar.remove(place) {
            Ok(()) | Err(Failure::Missing) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// Writes the event into the resource as the server holds it. One that changed or was deleted
    /// since the pull is a conflict: the learner's change is received first.
    fn replace(
        &self,
        step: &PushStep,
        place: &Place,
        collection: &Collection,
        report: &mut SyncReport,
    ) -> Result<Written, Failure> {
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
            "" => collection.is_unmoved(step, text, self.plan),
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
        match self.calendar.replace(&state, &merged.text) {
            // Deleted in the meantime: the learner is asked about it first.
            Err(Failure::Missing) => Err(Failure::Conflict),
            replaced => {
                report.restored += usize::from(merged.is_restored && replaced.is_ok());
                replaced
            }
        }
    }
}

fn read(calendar: &Calendar, batch: &[PushStep]) -> Result<Held, Failure> {
    let changed = batch.iter().filter(|step| step.text.is_some());
    let places = changed.filter_map(|step| step.place.as_ref());
    let places = places.filter(|place| is_named(place));
    let hrefs: Vec<String> = places.map(|place| place.href.clone()).collect();
    let fetched = calendar.fetch(&hrefs)?.into_iter();
    Ok(fetched.map(|it| (it.place.href.clone(), it)).collect())
}
