//! When each piece of work happens: list scheduling over free slots.
//!
//! The rules, in order:
//! 1. An item is *ready* when its prerequisites are finished. Of the ready items the first in order is
//!    opened next: phases that the roadmap gives weeks before the career track, then roadmap order.
//! 2. At most [`IN_PARALLEL`] items are open at a time, all of one phase, and sessions go to them in turn,
//!    so that a week is not one topic only.
//! 3. A slot is cut into sessions by the session rule (`sitting.rs`).
//!
//! A schedule is made afresh from the plan each time; what does not fit is named, never dropped.

mod sitting;
mod work;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use crate::plan::Plan;
use sitting::Sitting;
use work::Work;

/// How many items of a phase are worked on side by side.
pub const IN_PARALLEL: usize = 2;

/// Everything that follows from a plan, in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// In order of time; they never overlap.
    pub sessions: Vec<Session>,
    /// For each item of the roadmap, when it is worked on; `None` if it has no session.
    pub items: Vec<Option<Span>>,
    /// For each phase of the roadmap, when it is worked on.
    pub phases: Vec<Option<Span>>,
    /// The work that has no place, in roadmap order.
    pub unplaced: Vec<Unplaced>,
}

/// One sitting at one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Index of the item in the roadmap.
    pub item: usize,
    /// 1 for the first session of the item, 2 for the second, and so on.
    pub ordinal: u32,
    /// When it starts.
    pub start: DateTime<Utc>,
    /// The same moment on the learner's clock; no clock change lies inside a session.
    pub local_start: NaiveDateTime,
    /// How long it is.
    pub minutes: u32,
}

/// From the first session of something to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When the first session starts, on the learner's clock.
    pub start: NaiveDateTime,
    /// When the last session ends, on the learner's clock.
    pub end: NaiveDateTime,
    /// When the last session ends.
    pub end_instant: DateTime<Utc>,
    /// Minutes of work in between.
    pub minutes: u64,
    /// Sessions in between.
    pub sessions: u32,
}

/// Work without a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unplaced {
    /// Index of the item in the roadmap.
    pub item: usize,
    /// Minutes that have no place.
    pub minutes: u32,
    /// What keeps them from one.
    pub reason: Reason,
}

/// Why work has no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// No window is long enough to cut the work into sessions of the lengths asked for.
    SessionRule {
        /// The longest window, in minutes.
        longest_window: u32,
    },
    /// This item, a prerequisite, has no place itself.
    Behind(usize),
    /// The calendar ends first (with the year 2099).
    Horizon,
}

impl Session {
    /// When it ends.
    pub fn end(&self) -> DateTime<Utc> {
        self.start + self.duration()
    }

    /// When it ends, on the learner's clock.
    pub fn local_end(&self) -> NaiveDateTime {
        self.local_start + self.duration()
    }

    fn duration(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.minutes))
    }
}

impl Schedule {
    /// When the last session ends, on the learner's clock.
    pub fn finish(&self) -> Option<NaiveDateTime> {
        self.sessions.last().map(Session::local_end)
    }

    /// Minutes of work laid out.
    pub fn minutes(&self) -> u64 {
        let minutes = |session: &Session| u64::from(session.minutes);
        self.sessions.iter().map(minutes).sum()
    }
}

impl Span {
    fn add(span: &mut Option<Self>, session: &Session) {
        let span = span.get_or_insert(Self {
            start: session.local_start,
            end: session.local_start,
            end_instant: session.start,
            minutes: 0,
            sessions: 0,
        });
        span.end = session.local_end();
        span.end_instant = session.end();
        span.minutes += u64::from(session.minutes);
        span.sessions += 1;
    }
}

/// Lays the plan's work into its free time, from its start or from `now`, whichever is later.
///
/// Same plan and same `now`, same schedule. Takes time in proportion to items, sessions and slots
/// (and the logarithm of the items that are ready at once).
pub fn schedule(plan: &Plan, now: DateTime<Utc>) -> Schedule {
    let roadmap = plan.roadmap();
    let sitting = Sitting::new(plan.session(), plan.windows());
    let mut work = Work::new(plan, sitting);
    let mut sessions: Vec<Session> = Vec::new();
    let mut items = vec![None; roadmap.items.len()];
    let mut phases = vec![None; roadmap.phases.len()];

    for slot in plan.slots(now) {
        let mut used = 0;
        while let Some((item, minutes)) = work.next(slot.minutes - used) {
            let part = slot.after(used, minutes);
            let span: &mut Option<Span> = &mut items[item];
            let session = Session {
                item,
                ordinal: span.map_or(0, |span| span.sessions) + 1,
                start: part.start,
                local_start: part.local_start,
                minutes,
            };
            Span::add(span, &session);
            Span::add(&mut phases[roadmap.items[item].phase], &session);
            sessions.push(session);
            used += minutes;
        }
        if work.is_over() {
            break;
        }
    }
    Schedule {
        sessions,
        items,
        phases,
        unplaced: work.unplaced(),
    }
}

#[cfg(test)]
mod tests;
