//! Sessions with a fixed place: pinned ones, and those that a re-plan keeps. All others are
//! scheduled around them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Conflict, ConflictKind};
use crate::availability::Moment;
use crate::plan::{Plan, ScheduleBasis};

/// The end of the plan's frozen days for a re-plan at `now`: it leaves sessions that start before
/// this where they are.
pub(crate) fn frozen_until(plan: &Plan, now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::days(plan.freeze_days().into())
}

/// A session with a fixed place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fixed {
    pub item: usize,
    pub start: Moment,
    pub minutes: u32,
    pub kind: FixedKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FixedKind {
    /// Pinned by the learner: it stays, even with a conflict.
    Pinned,
    /// From an earlier schedule, within the frozen days: it stays, unless the learner pinned
    /// another session over it.
    Frozen,
    /// From an earlier schedule: it stays while it fits.
    Kept,
}

/// The pinned sessions from `now` on in chronological order. A pin that overlaps another, or has no
/// work left, becomes a conflict instead; one that is longer than the work left is shortened.
pub(super) fn pinned(plan: &Plan, left: &[u32], now: DateTime<Utc>) -> (Vec<Fixed>, Vec<Conflict>) {
    let pins = plan.pins().iter().filter_map(|pin| {
        Some(Fixed {
            item: plan.roadmap().item(&pin.item)?,
            start: plan.moment(pin.start),
            minutes: pin.minutes,
            kind: FixedKind::Pinned,
        })
    });
    let mut pins: Vec<Fixed> = pins.filter(|pin| pin.start.instant() >= now).collect();
    pins.sort_by_key(|pin| pin.start);

    let mut still: BTreeMap<usize, u32> = BTreeMap::new();
    let mut end = i64::MIN;
    let mut conflicts = Vec::new();
    pins.retain_mut(|pin| {
        let left = still.entry(pin.item).or_insert(left[pin.item]);
        let is_left_out = *left == 0 || pin.start.seconds < end;
        let kind = if *left == 0 {
            Some(ConflictKind::NoWorkLeft)
        } else if is_left_out {
            Some(ConflictKind::Overlap)
        } else {
            let is_shortened = pin.minutes > *left;
            pin.minutes = pin.minutes.min(*left);
            *left -= pin.minutes;
            end = pin.end().seconds;
            is_shortened.then_some(ConflictKind::Shortened)
        };
        conflicts.extend(kind.map(|kind| Conflict {
            item: pin.item,
            start: pin.start,
            kind,
        }));
        !is_left_out
    });
    (pins, conflicts)
}

/// The pinned sessions and those of `sessions` that can be kept beside them, in chronological
/// order.
pub(super) fn kept(
    plan: &Plan,
    left: &[u32],
    now: DateTime<Utc>,
    sessions: impl Iterator<Item = Fixed>,
) -> (Vec<Fixed>, Vec<Conflict>) {
    let (mut fixed, conflicts) = pinned(plan, left, now);
    // The plan's start may have moved: sessions before it are dropped.
    let from = now.max(plan.start_instant());
    let is_clear = |session: &Fixed| {
        let next = fixed.partition_point(|pin| pin.end().seconds <= session.start.seconds);
        fixed
            .get(next)
            .is_none_or(|pin| session.end().seconds <= pin.start.seconds)
    };
    let sessions = sessions.filter(|session| session.start.instant() >= from);
    let sessions: Vec<Fixed> = sessions.filter(is_clear).collect();
    fixed.extend(sessions);
    fixed.sort_by_key(|fixed| fixed.start);
    (fixed, conflicts)
}

/// The pinned sessions and those of a basis that are frozen, with no more minutes than their items
/// have left: all that stay wherever they are.
pub(super) fn staying(
    plan: &Plan,
    left: &[u32],
    now: DateTime<Utc>,
    basis: Option<&ScheduleBasis>,
) -> Vec<Fixed> {
    let Some(basis) = basis else {
        return pinned(plan, left, now).0;
    };
    let frozen = of_basis(plan, basis).filter(|session| session.kind == FixedKind::Frozen);
    let (mut sessions, _) = kept(plan, left, now, frozen);
    let mut left = left.to_vec();
    for kind in [FixedKind::Pinned, FixedKind::Frozen] {
        for session in sessions.iter_mut().filter(|session| session.kind == kind) {
            session.minutes = session.minutes.min(left[session.item]);
            left[session.item] -= session.minutes;
        }
    }
    sessions.retain(|session| session.minutes > 0);
    sessions
}

/// The sessions that the basis of the plan's schedule keeps.
pub(super) fn of_basis(plan: &Plan, basis: &ScheduleBasis) -> impl Iterator<Item = Fixed> {
    let frozen_until = frozen_until(plan, basis.from);
    basis.kept.iter().filter_map(move |session| {
        let start = plan.moment_at(session.start);
        Some(Fixed {
            item: plan.roadmap().item(&session.item)?,
            start,
            minutes: session.minutes,
            kind: FixedKind::of(start, frozen_until),
        })
    })
}

impl FixedKind {
    /// Kind of a session that a re-plan keeps.
    fn of(start: Moment, frozen_until: DateTime<Utc>) -> Self {
        if start.instant() < frozen_until {
            Self::Frozen
        } else {
            Self::Kept
        }
    }
}

impl Fixed {
    pub fn end(&self) -> Moment {
        self.start.plus(self.minutes)
    }
}
