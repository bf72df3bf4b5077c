//! A calendar on a server and a plan here, brought to tell the same story.

use std::fmt;

use chrono::{DateTime, Utc};
use waymark_core::calendar::export::{Agenda, Options};
use waymark_core::calendar::sync::{Answer, Collection, Pull, Report, pins};
use waymark_core::input_error::InputError;
use waymark_core::plan::{Change, Plan};
use waymark_core::schedule::current;

use crate::calendar::Calendar;
use crate::failure::Failure;
use crate::send::send;

/// After each round that met changes made meanwhile, they are heard and a new one is begun.
const MOST_ROUNDS: usize = 3;

/// This end of a sync: the plan, and the record of what the calendar was given.
pub trait Local {
    /// The plan as it stands by now.
    fn plan(&self) -> Plan;

    /// Makes a change to the plan, and keeps it.
    ///
    /// # Errors
    /// Why the plan does not take it or cannot be kept, in a sentence: then it is as before.
    fn change(&mut self, change: Change, now: DateTime<Utc>) -> Result<(), String>;

    /// Keeps the record.
    ///
    /// # Errors
    /// Why it cannot be kept, in a sentence.
    fn record(&mut self, collection: &Collection) -> Result<(), String>;

    /// So many of the steps are done; false to stop before the next one.
    fn may_go_on(&mut self, done: usize, of: usize) -> bool {
        let _ = (done, of);
        true
    }
}

/// A sync that changes nothing, there or here: what would come of it.
#[derive(Debug)]
pub struct Trial(pub Plan);

impl Local for Trial {
    fn plan(&self) -> Plan {
        self.0.clone()
    }

    fn change(&mut self, change: Change, now: DateTime<Utc>) -> Result<(), String> {
        let changed = self.0.changed(&[change], now);
        self.0 = changed.map_err(|problem| problem.to_string())?;
        Ok(())
    }

    fn record(&mut self, _: &Collection) -> Result<(), String> {
        Ok(())
    }
}

/// How far a sync goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It hears what was changed there.
    Hear,
    /// And says what would be sent. With [`Trial`], a dry run.
    Weigh,
    /// And sends it.
    Send,
}

/// A sync that did not go through. What was done is recorded.
#[derive(Debug)]
pub struct Stopped {
    /// Why.
    pub failure: Failure,
    /// How many steps the server confirmed.
    pub done: usize,
    /// Of how many; none where nothing was to be sent yet.
    pub of: usize,
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        let (done, of) = (0, 0);
        Self { failure, done, of }
    }
}

impl From<InputError> for Stopped {
    fn from(problem: InputError) -> Self {
        Failure::Given(problem).into()
    }
}

impl From<Stopped> for InputError {
    fn from(stopped: Stopped) -> Self {
        match stopped.of {
            0 => stopped.failure.into(),
            _ => Self::sentence(stopped.failure.code(), stopped.to_string()),
        }
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { failure, done, of } = self;
        failure.fmt(f)?;
        if *of > 0 {
            let rest = "the next sync goes on from there.";
            write!(f, " {done} of {of} changes were sent and noted; {rest}")?;
        }
        Ok(())
    }
}

/// Hears what became of a calendar, and then makes it equal to the plan. What is to become of sessions that were deleted there is
/// `deleted`; without it, they are asked about in the report and left out meanwhile.
///
/// What was met and done until then is in `report`, also where it did not go through.
///
/// # Errors
/// The server cannot be reached, does not have the calendar, is full or refuses; the calendar was emptied and nothing is said about that;
/// the plan or the record cannot be kept; or it was stopped.
pub fn synchronize(
    calendar: &Calendar,
    mut collection: Collection,
    options: &Options,
    (reach, deleted): (Reach, Option<Answer>),
    local: &mut impl Local,
    (now, report): (DateTime<Utc>, &mut Report),
) -> Result<(), Stopped> {
    for round in 0..MOST_ROUNDS {
        let plan = local.plan();
        let agenda = Agenda::new(&plan, &current(&plan), options)?;
        let pull = listen(calendar, &collection, &agenda, round > 0, now)?;
        if pull.is_emptied && deleted.is_none() {
            let events = pull.deleted;
            return Err(Failure::Emptied { events }.into());
        }
        let (change, refused) = pins(&plan, &pull.moved, now);
        report.hear(&pull, refused);
        // The plan first: a record that knew of a move which the plan does not would have it taken back.
        if let Some(change) = change {
            local.change(change, now).map_err(Failure::Unrecorded)?;
        }
        collection = pull.collection;

        let plan = local.plan();
        let mut agenda = Agenda::new(&plan, &current(&plan), options)?;
        let questions = collection.questions(&agenda);
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
        let push = collection.push(&mut agenda, now)?;
        report.rounds.push(push.counts);
        if reach == Reach::Weigh {
            return Ok(());
        }
        let sent = send(calendar, push, local)?;
        if sent.conflicts == 0 {
            return Ok(());
        }
        collection = sent.collection;
        report.meanwhile += sent.conflicts;
    }
    Err(Failure::Restless.into())
}

fn listen(
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
