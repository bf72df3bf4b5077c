//! Sessions that have their place before any other is laid: pinned ones, and those that a re-plan keeps.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Schedule, Session};
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

/// The pinned sessions from `now` on, in order of time.
pub(super) fn pinned(plan: &Plan, now: DateTime<Utc>) -> Vec<Fixed> {
    let pins = plan.pins().iter().filter_map(|pin| {
        let instant = plan.instant(pin.start);
        let offset = (pin.start - instant.naive_utc()).num_seconds();
        let start = Moment {
            seconds: instant.timestamp(),
            offset: i32::try_from(offset).ok()?,
        };
        Some(Fixed {
            item: plan.roadmap().item(&pin.item)?,
            start,
            minutes: pin.minutes,
            kind: Kind::Pinned,
        })
    });
    let mut pins: Vec<Fixed> = pins.filter(|pin| pin.start.instant() >= now).collect();
    pins.sort_by_key(|pin| pin.start.seconds);
    pins
}

/// The pinned sessions, and those of an earlier schedule that are to be kept, in order of time.
pub(super) fn kept(plan: &Plan, now: DateTime<Utc>, earlier: &Schedule, keep: Keep) -> Vec<Fixed> {
    let mut fixed = pinned(plan, now);
    let frozen_until = now + TimeDelta::days(plan.freeze_days().into());
    let is_kept = |session: &&Session| {
        let start = session.start.instant();
        start >= now && (keep == Keep::Fitting || start < frozen_until)
    };
    let is_pinned = |session: &Session| {
        let overlap = |pin: &Fixed| {
            pin.start.seconds < session.end().seconds
                && session.start.seconds < pin.start.plus(pin.minutes).seconds
        };
        fixed.iter().any(overlap)
    };
    let sessions = earlier.sessions.iter().filter(is_kept);
    let sessions: Vec<Fixed> = sessions
        .filter(|session| !is_pinned(session))
        .map(|session| Fixed {
            item: session.item(),
            start: session.start,
            minutes: session.minutes,
            kind: Kind::Kept,
        })
        .collect();
    fixed.extend(sessions);
    fixed.sort_by_key(|fixed| fixed.start.seconds);
    fixed
}
