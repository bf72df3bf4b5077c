//! What became of what was planned, as seen at `now`: which sessions were done, which were missed,
//! what is waiting.
//!
//! The schedule that the learner lives with stands as it was laid
//! ([`current`](crate::schedule::current)) until they plan anew. Meanwhile work is logged, or not.
//! Here the log is laid over the sessions:
//! 1. An entry counts for the sessions of its item on the same date, in order of time.
//! 2. What is left of it counts for the earliest sessions of its item that have nothing yet: it
//!    makes up for missed ones, or is ahead.
//! 3. If an item has more sessions to come than work left, its last ones are freed; if it has
//!    fewer, the difference *waits* for the next re-plan.
//!
//! A session that lies behind with nothing logged was missed: nothing is ever taken to be done.

pub mod baseline;
mod measure;
mod timer;

use std::ops::Range;

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::availability::Moment;
use crate::plan::Plan;
use crate::schedule::{Schedule, Span, Why, current};

pub(crate) use measure::week_of;
pub use measure::{EarnedSchedule, Measures, WeekTotal, earned_schedule, measure};
pub use timer::{ABSURD_MINUTES, Timer};

/// The plan as it stands at some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// As the plan was last laid; of its work without a place, what was not done since.
    pub schedule: Schedule,
    /// Every session of the past and of the schedule, in order of time.
    pub sessions: Vec<Tracked>,
    /// Work that has no session to come, as indices of the roadmap's items and minutes: it waits
    /// for the next re-plan.
    pub waiting: Vec<(usize, u32)>,
    /// For each item of the roadmap, from its first session to its last, freed ones not counted;
    /// `None` if it has none.
    pub items: Vec<Option<Span>>,
    /// The same for each phase.
    pub phases: Vec<Option<Span>>,
}

/// A session, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tracked {
    /// Index of the item in the roadmap.
    pub item: usize,
    /// 1 for the first session of the item that was ever planned.
    pub ordinal: u32,
    /// When it starts.
    pub start: Moment,
    /// How long it was to be.
    pub minutes: u32,
    /// Minutes of it that were done.
    pub done: u32,
    /// What became of it.
    pub state: SessionState,
    /// Why it is when it is; none for those of the past.
    pub why: Option<Why>,
}

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum SessionState {
    /// All of it was done.
    Done,
    /// It is over, and some of it was done.
    Part,
    /// It is over, and nothing was done.
    Missed,
    /// It is on now.
    Due,
    /// It is to come.
    Planned,
    /// It is to come, but its item has no work left for it.
    Freed,
}

impl Tracked {
    /// When it ends.
    pub fn end(&self) -> Moment {
        self.start.plus(self.minutes)
    }

    /// Minutes of it that were not done.
    pub fn open(&self) -> u32 {
        self.minutes.saturating_sub(self.done)
    }

    /// Whether it was or is to be: a freed one is not.
    pub fn is_there(&self) -> bool {
        self.state != SessionState::Freed
    }

    fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.end().instant() <= now
    }
}

impl Progress {
    /// Minutes of work that wait for the next re-plan.
    pub fn waiting_minutes(&self) -> u64 {
        let minutes = |(_, minutes): &(usize, u32)| u64::from(*minutes);
        self.waiting.iter().map(minutes).sum()
    }

    /// Minutes of work on these items of the roadmap that wait for the next re-plan.
    pub fn waiting_minutes_of(&self, items: &Range<usize>) -> u64 {
        let waiting = self.waiting.iter();
        let waiting = waiting.filter(|(item, _)| items.contains(item));
        waiting.map(|(_, minutes)| u64::from(*minutes)).sum()
    }

    /// Minutes of work in all: what was done, what is to come, and what waits. Work without a place
    /// is not counted.
    pub fn effort_minutes(&self, plan: &Plan) -> u64 {
        let minutes = |minutes: &u32| u64::from(*minutes);
        let logged: u64 = plan.logged().values().map(minutes).sum();
        let left: u64 = plan.left().iter().map(minutes).sum();
        let unplaced = self.schedule.unplaced.iter().map(|work| &work.minutes);
        (logged + left).saturating_sub(unplaced.map(minutes).sum())
    }

    /// The last session.
    pub fn last(&self) -> Option<&Tracked> {
        let is_there = |session: &&Tracked| session.is_there();
        self.sessions.iter().rev().find(is_there)
    }

    /// Whether a session of this item is to come that starts then on the learner's clock.
    pub fn is_to_come(&self, item: usize, start: NaiveDateTime) -> bool {
        let mut sessions = self.sessions.iter();
        sessions.any(|session| {
            session.state == SessionState::Planned
                && session.item == item
                && session.start.local() == start
        })
    }

    /// The sessions that are over and of which nothing was done.
    pub fn missed(&self) -> impl Iterator<Item = &Tracked> {
        let is_missed = |session: &&Tracked| session.state == SessionState::Missed;
        self.sessions.iter().filter(is_missed)
    }
}

/// The plan's progress at `now`. Takes time proportional to sessions and log entries.
pub fn progress(plan: &Plan, now: DateTime<Utc>) -> Progress {
    progress_of(plan, current(plan), now)
}

/// As [`progress`], with the plan's current schedule at hand.
pub(crate) fn progress_of(plan: &Plan, mut schedule: Schedule, now: DateTime<Utc>) -> Progress {
    let mut sessions = past(plan);
    let laid = sessions.len();
    sessions.extend(schedule.sessions.iter().map(|session| Tracked {
        item: session.item(),
        ordinal: session.ordinal,
        start: session.start,
        minutes: session.minutes,
        done: 0,
        state: SessionState::Planned,
        why: Some(session.why),
    }));
    // The log before the plan was last laid is of the sessions before that, and the later one of
    // the later ones.
    let (before, after) = sessions.split_at_mut(laid);
    let from = plan.basis().map(|laid| laid.from);
    let is_before = |start: DateTime<Utc>| from.is_some_and(|from| start < from);
    pour(plan, before, is_before, now);
    pour(plan, after, |start| !is_before(start), now);

    let left = plan.left();
    let mut to_come = vec![0u32; left.len()];
    for session in &mut sessions {
        if session.is_over(now) {
            session.state = match session.done {
                0 => SessionState::Missed,
                done if done < session.minutes => SessionState::Part,
                _ => SessionState::Done,
            };
            continue;
        }
        let is_on = session.start.instant() <= now;
        session.state = match session.open() {
            0 => SessionState::Done,
            _ if is_on => SessionState::Due,
            _ => SessionState::Planned,
        };
        to_come[session.item] = to_come[session.item].saturating_add(session.open());
    }
    free(&mut sessions, &mut to_come, &left);
    // Work that had no place may have been done all the same.
    for work in &mut schedule.unplaced {
        let open = left[work.item].saturating_sub(to_come[work.item]);
        work.minutes = work.minutes.min(open);
        to_come[work.item] = to_come[work.item].saturating_add(work.minutes);
    }
    schedule.unplaced.retain(|work| work.minutes > 0);
    let waiting = left.iter().zip(&to_come).enumerate();
    let waiting = waiting.map(|(item, (left, to_come))| (item, left.saturating_sub(*to_come)));
    let (items, phases) = spans(plan, &sessions);
    Progress {
        waiting: waiting.filter(|(_, minutes)| *minutes > 0).collect(),
        schedule,
        sessions,
        items,
        phases,
    }
}

fn spans(plan: &Plan, sessions: &[Tracked]) -> (Vec<Option<Span>>, Vec<Option<Span>>) {
    let roadmap = plan.roadmap();
    let mut items: Vec<Option<Span>> = vec![None; roadmap.items.len()];
    for session in sessions.iter().filter(|session| session.is_there()) {
        Span::add(&mut items[session.item], session.start, session.minutes);
    }
    let phases = roadmap.phases.iter().map(|phase| {
        let items = items[phase.items.clone()].iter();
        items.flatten().copied().reduce(Span::and)
    });
    let phases = phases.collect();
    (items, phases)
}

/// The sessions from before the plan was last laid.
fn past(plan: &Plan) -> Vec<Tracked> {
    let mut ordinals = vec![0; plan.roadmap().items.len()];
    let sessions = plan.past().iter().filter_map(|session| {
        let item = plan.roadmap().item(&session.item)?;
        ordinals[item] += 1;
        Some(Tracked {
            item,
            ordinal: ordinals[item],
            start: plan.moment_at(session.start),
            minutes: session.minutes,
            done: 0,
            state: SessionState::Missed,
            why: None,
        })
    });
    sessions.collect()
}

/// Lays the entries of the log that are `meant` over sessions in order of time.
fn pour(
    plan: &Plan,
    sessions: &mut [Tracked],
    meant: impl Fn(DateTime<Utc>) -> bool,
    now: DateTime<Utc>,
) {
    if plan.log().is_empty() || sessions.is_empty() {
        return;
    }
    let mut of_item: Vec<Vec<usize>> = vec![Vec::new(); plan.roadmap().items.len()];
    for (index, session) in sessions.iter().enumerate() {
        of_item[session.item].push(index);
    }
    let mut over: Vec<(usize, u32)> = Vec::new();
    for entry in plan.log().iter().filter(|entry| meant(entry.start)) {
        let Some(item) = plan.roadmap().item(&entry.item) else {
            continue;
        };
        let date = plan.moment_at(entry.start).local().date();
        let on_date = |session: &Tracked| session.start.local().date() == date;
        let left = fill(sessions, &of_item[item], entry.minutes, on_date);
        over.push((item, left));
    }
    // Those of an item that are full already are passed over again and again, but an item has few
    // sessions.
    for (item, minutes) in over {
        let is_next = |session: &Tracked| session.is_over(now) || session.start.instant() > now;
        fill(sessions, &of_item[item], minutes, is_next);
    }
}

/// Fills the sessions at these places that are as asked for, in order. Gives the minutes that are
/// left.
fn fill(
    sessions: &mut [Tracked],
    places: &[usize],
    mut minutes: u32,
    is_asked_for: impl Fn(&Tracked) -> bool,
) -> u32 {
    for &place in places {
        if minutes == 0 {
            break;
        }
        let session = &mut sessions[place];
        if is_asked_for(session) {
            let taken = session.open().min(minutes);
            session.done += taken;
            minutes -= taken;
        }
    }
    minutes
}

/// Where an item has more sessions to come than work left, its last ones are free.
fn free(sessions: &mut [Tracked], to_come: &mut [u32], left: &[u32]) {
    for session in sessions.iter_mut().rev() {
        let is_to_come = matches!(session.state, SessionState::Planned | SessionState::Due);
        let over = to_come[session.item].saturating_sub(left[session.item]);
        if is_to_come && over >= session.open() {
            to_come[session.item] -= session.open();
            session.state = SessionState::Freed;
        }
    }
}

#[cfg(test)]
mod tests;
