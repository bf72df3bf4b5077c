//! A change made at some time: what lies behind stays as it was, what lies ahead is laid anew.

use std::cell::OnceCell;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::file::refuse;
use super::{Baseline, Change, Keeping, Laid, Pin, Plan, Planned, work};
use crate::problem::Problem;
use crate::progress::{Standing, State, track};
use crate::schedule::{Keep, Schedule, Session, Why};

/// What the baseline is called that is set by itself when a plan begins.
pub const FIRST_BASELINE: &str = "First plan";

impl Plan {
    /// The plan after changes that the learner makes at `now`.
    ///
    /// Sessions that have begun by then are history, and one that is on goes on. Logging and naming move nothing; any other change lays what is
    /// left of the work anew from `now` on, but for the frozen days; a session that is moved moves alone. Moving the start of a plan on which nothing was ever logged begins it afresh.
    ///
    /// # Errors
    /// As [`Plan::apply`]; no change is made then.
    pub fn changed(&self, changes: &[Change], now: DateTime<Utc>) -> Result<Self, Problem> {
        Present::new(self, now).changed(changes)
    }

    fn lay_anew(
        &mut self,
        before: &Standing,
        now: DateTime<Utc>,
        keep: Keeping,
        moved: &[(usize, NaiveDateTime)],
    ) {
        let earlier = &before.schedule;
        let mut done = self.logged();
        // What has begun goes on: its work is taken to be under way, and the plan is laid from its end.
        let on = before.sessions.iter();
        let on = on.filter(|session| session.state == State::Due);
        let left = self.left();
        let mut from = now;
        let mut used = self.used_before(now);
        for session in on.filter(|session| left[session.item] > 0) {
            from = from.max(session.end().instant());
            let item = self.roadmap.items[session.item].id.clone();
            let under_way = session.open().min(left[session.item]);
            *done.entry(item).or_default() += under_way;
            used.day = used.day.saturating_add(under_way);
            used.week = used.week.saturating_add(under_way);
        }
        let frozen_until = Keep::frozen_until(self, now);
        let is_kept = |session: &&Session| {
            let start = session.start.instant();
            // What was pinned is where the learner has it pinned now, or is free again.
            let is_laid = start >= from && session.why != Why::Pinned;
            let is_moved = moved.contains(&(session.item(), session.start.local()));
            is_laid && !is_moved && (keep == Keeping::Fitting || start < frozen_until)
        };
        let kept = earlier.sessions.iter().filter(is_kept);
        let kept: Vec<Planned> = kept.map(|session| self.planned(session)).collect();
        let behind = earlier.sessions.iter();
        let behind = behind.filter(|session| session.start.instant() < from);
        let behind: Vec<Planned> = behind.map(|session| self.planned(session)).collect();
        self.record.past.extend(behind);
        let is_as_new = from <= self.start_instant()
            && self.record.past.is_empty()
            && done.is_empty()
            && kept.is_empty();
        self.record.laid = (!is_as_new).then_some(Laid {
            from,
            done,
            kept,
            used,
        });
    }

    /// Every session that was ever planned and is not superseded: those of the past, then those of a schedule.
    pub(super) fn all_sessions(&self, schedule: &Schedule) -> Vec<Planned> {
        let ahead = schedule
            .sessions
            .iter()
            .map(|session| self.planned(session));
        self.record.past.iter().cloned().chain(ahead).collect()
    }

    fn planned(&self, session: &Session) -> Planned {
        let item = self.roadmap.items.get(session.item());
        Planned {
            item: item.map(|item| item.id.clone()).unwrap_or_default(),
            start: session.start.instant(),
            minutes: session.minutes,
        }
    }
}

/// A plan at some time, to be changed: what any change of it needs is worked out once, for many that are only tried.
pub(crate) struct Present<'a> {
    plan: &'a Plan,
    now: DateTime<Utc>,
    standing: OnceCell<Standing>,
}

impl<'a> Present<'a> {
    pub fn new(plan: &'a Plan, now: DateTime<Utc>) -> Self {
        Self {
            plan,
            now,
            standing: OnceCell::new(),
        }
    }

    /// What became of the plan's sessions.
    pub fn standing(&self) -> &Standing {
        self.standing.get_or_init(|| track(self.plan, self.now))
    }

    /// As [`Plan::changed`].
    pub fn changed(&self, changes: &[Change]) -> Result<Plan, Problem> {
        let now = self.now;
        let moved = self.moved(changes)?;
        let mut plan = self.plan.apply_at(changes, now)?;
        let is_untouched = self.plan.record.log.is_empty() && plan.record.log.is_empty();
        if is_untouched && plan.start != self.plan.start {
            (plan.record.laid, plan.record.past) = (None, Vec::new());
            plan.record.baselines.clear();
            return Ok(plan);
        }
        let has_begun = now >= self.plan.start_instant() || !plan.record.log.is_empty();
        if has_begun && plan.record.baselines.is_empty() {
            let sessions = self.plan.all_sessions(&self.standing().schedule);
            plan.record.baselines.push(Baseline {
                name: FIRST_BASELINE.to_owned(),
                set: self.plan.start_instant().min(now),
                sessions,
            });
        }
        if changes.iter().any(Change::moves_sessions) {
            let keep = changes.iter().rev().find_map(Change::keeping);
            plan.lay_anew(
                self.standing(),
                now,
                keep.unwrap_or(Keeping::Frozen),
                &moved,
            );
        }
        Ok(plan)
    }

    /// The sessions that the changes move: each is to come, or pinned, whenever that was to be.
    fn moved(&self, changes: &[Change]) -> Result<Vec<(usize, NaiveDateTime)>, Problem> {
        let moved = changes.iter().flat_map(Change::moved);
        let moved = moved.map(|(id, typed)| {
            self.plan.known_item(id)?;
            let start = work::read_start("start of the session", typed)?;
            let item = self.plan.roadmap.item(id).unwrap_or_default();
            let is_pinned = |pin: &Pin| pin.item == id && pin.start == start;
            if self.plan.pins.iter().any(is_pinned) || self.standing().is_to_come(item, start) {
                return Ok((item, start));
            }
            let expected = "no session of this item starts then that is to come or pinned";
            Err(refuse("start of the session", typed, expected))
        });
        moved.collect()
    }
}

#[cfg(test)]
mod tests;
