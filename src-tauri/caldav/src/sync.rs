//! Synchronizes a calendar on a server with the plan.

use chrono::{DateTime, Utc};
use waymark_core::calendar::export::{CalendarContents, ExportOptions};
use waymark_core::calendar::sync::{Collection, DeletedAnswer, SyncReport, pins};
use waymark_core::schedule::current;

use crate::calendar::Calendar;
use crate::failure::Failure;
use crate::listing::{after_push, listing};
use crate::local::Local;
use crate::send::send;
use crate::stopped::Stopped;

/// Upper bound of rounds. A round that met concurrent changes is followed by another one.
const MOST_ROUNDS: usize = 3;

/// How far a sync goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only receives the changes on the server.
    Hear,
    /// Also reports what would be sent. With [`Trial`], a dry run.
    Weigh,
    /// Also sends it.
    Send,
}

/// A sync's parameters.
#[derive(Clone, Copy)]
pub struct SyncRequest<'a> {
    /// The calendar on the server.
    pub calendar: &'a Calendar<'a>,
    /// The events that it should contain.
    pub options: &'a ExportOptions,
    /// How far to go.
    pub reach: Reach,
    /// The learner's answer about sessions that were deleted there. `None` to ask: they are then in
    /// the report, and left out of the calendar until the learner has answered.
    pub deleted: Option<DeletedAnswer>,
    /// The current time.
    pub now: DateTime<Utc>,
}

/// Takes over the learner's changes in the calendar, and then makes it equal to the plan.
///
/// `report` has everything received and done, even if the sync fails.
///
/// # Errors
/// If the server cannot be reached, does not have the calendar, is full or rejects an event; if the
/// calendar was emptied and `request.deleted` is `None`; if the plan or the record cannot be saved;
/// or if it was cancelled.
pub fn synchronize(
    request: &SyncRequest,
    mut collection: Collection,
    local: &mut impl Local,
    report: &mut SyncReport,
) -> Result<(), Stopped> {
    let SyncRequest {
        calendar,
        options,
        reach,
        deleted,
        now,
    } = *request;
    for round in 0..MOST_ROUNDS {
        let plan = local.plan();
        let contents = CalendarContents::new(&plan, &current(&plan), options)?;
        let is_thorough = round > 0;
        let listing = listing(calendar, &collection, is_thorough, now, report)?;
        let listed = listing.places;
        let wanted = collection.to_fetch(&listed, is_thorough);
        let fetched = calendar.fetch(&wanted)?;
        let pull = collection.pull(&contents, &listed, &fetched, now);
        if pull.is_emptied && deleted.is_none() {
            let events = pull.deleted;
            return Err(Failure::Emptied { events }.into());
        }
        let (change, refused) = pins(&plan, &pull.moved, now);
        report.add(&pull, refused);
        // The plan first: if only the record knew a move, the next sync would revert it.
        if let Some(change) = change {
            local.change(change, now).map_err(Failure::Unrecorded)?;
        }
        collection = pull.collection;
        collection.knows_until(listing.known);

        let plan = local.plan();
        let mut contents = CalendarContents::new(&plan, &current(&plan), options)?;
        let questions = collection.questions(&contents);
        match deleted {
            None => report.questions = questions,
            Some(answer) => questions
                .iter()
                .for_each(|question| collection.answer(question, answer)),
        }
        local.record(&collection).map_err(Failure::Unrecorded)?;
        if reach == Reach::Hear {
            return Ok(());
        }
        let push = collection.push(&mut contents, now)?;
        report.rounds.push(push.counts);
        if reach == Reach::Weigh {
            return Ok(());
        }
        let sent = send(calendar, push, local, report)?;
        collection = sent.collection;
        if report.is_stateless {
            // Everything is read each time.
            collection.knows_until(None);
        } else if sent.conflicts == 0
            && !sent.hrefs.is_empty()
            && let Some(known) = after_push(calendar, &collection, &sent.hrefs)
        {
            collection.knows_until(Some(known));
        }
        if !sent.hrefs.is_empty() {
            local.record(&collection).map_err(Failure::Unrecorded)?;
        }
        if sent.conflicts == 0 {
            return Ok(());
        }
        report.conflicts += sent.conflicts;
    }
    Err(Failure::TooManyConflicts.into())
}
