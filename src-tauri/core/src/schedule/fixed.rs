//! Sessions that have their place before any other is laid: pinned ones, and those that a re-plan keeps.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Conflict, ConflictKind, Schedule, Session};
use crate::availability::Moment;
use crate::plan::Plan;

/// What a re-plan keeps of an earlier schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// What lies within the plan's frozen days.
    Frozen,
    /// Least disruption: every session that still fits where it is.
    Fitting,
}

/// A session with a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fixed {
    pub item: usize,
    pub start: Moment,
    pub minutes: u32,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By the learner: it stays, even in conflict with something.
    Pinned,
    /// By an earlier schedule: it stays while it fits.
    Kept,
}

/// The pinned sessions from `now` on, in order of time, each with work left for it and none over another;
/// what has no such place is a conflict.
pub(super) fn pinned(plan: &Plan, now: DateTime<Utc>) -> (Vec<Fixed>, Vec<Conflict>) {
    let pins = plan.pins().iter().filter_map(|pin| {
        Some(Fixed {
            item: plan.roadmap().item(&pin.item)?,
            start: plan.moment(pin.start),
            minutes: pin.minutes,
            kind: Kind::Pinned,
        })
    });
    let mut pins: Vec<Fixed> = pins.filter(|pin| pin.start.instant() >= now).collect();
    pins.sort_by_key(|pin| pin.start);

    let mut left: BTreeMap<usize, u32> = BTreeMap::new();
    let mut end = i64::MIN;
    let mut conflicts = Vec::new();
    pins.retain_mut(|pin| {
        let item = &plan.roadmap().items[pin.item];
        let left = left
            .entry(pin.item)
            .or_insert_with(|| plan.effort_minutes(item));
        let kind = if *left == 0 {
            ConflictKind::NoWorkLeft
        } else if pin.start.seconds < end {
            ConflictKind::Overlap
        } else {
            pin.minutes = pin.minutes.min(*left);
            *left -= pin.minutes;
            end = pin.end().seconds;
            return true;
        };
        conflicts.push(Conflict {
            item: pin.item,
            start: pin.start,
            kind,
        });
        false
    });
    (pins, conflicts)
}

/// The pinned sessions, and those of an earlier schedule that are to be kept beside them, in order of time.
pub(super) fn kept(
    plan: &Plan,
    now: DateTime<Utc>,
    earlier: &Schedule,
    keep: Keep,
) -> (Vec<Fixed>, Vec<Conflict>) {
    let (mut fixed, conflicts) = pinned(plan, now);
    let frozen_until = now + TimeDelta::days(plan.freeze_days().into());
    let is_kept = |session: &&Session| {
        let start = session.start.instant();
        start >= now && (keep == Keep::Fitting || start < frozen_until)
    };
    let is_clear = |session: &&Session| {
        let next = fixed.partition_point(|pin| pin.end().seconds <= session.start.seconds);
        fixed
            .get(next)
            .is_none_or(|pin| session.end().seconds <= pin.start.seconds)
    };
    let sessions = earlier.sessions.iter().filter(is_kept).filter(is_clear);
    let sessions: Vec<Fixed> = sessions
        .map(|session| Fixed {
            item: session.item(),
            start: session.start,
            minutes: session.minutes,
            kind: Kind::Kept,
        })
        .collect();
    fixed.extend(sessions);
    fixed.sort_by_key(|fixed| fixed.start);
    (fixed, conflicts)
}

impl Fixed {
    pub fn end(&self) -> Moment {
        self.start.plus(self.minutes)
    }
}
