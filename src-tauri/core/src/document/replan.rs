//! Applies a change at a given time: past sessions stay as they were, and later ones are
//! rescheduled.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use crate::input_error::{ErrorCode, InputError};
use crate::plan::change::{MovedSessions, SOON, SessionStart, SwapTopic};
use crate::plan::{Baseline, Change, Keep, Pin, Plan, Planned, ScheduleBasis, read_session_start};
use crate::progress::{Progress, SessionState, Timer, Tracked, progress_timed};
use crate::schedule::{ConflictKind, Schedule, Session, Why, current, frozen_until};

/// Name of the baseline that is set when a plan begins.
pub const FIRST_BASELINE: &str = "First plan";

impl Plan {
    /// The plan after changes that the learner makes at `now`.
    ///
    /// Sessions that have begun by then are history, and one that is on goes on. Logging and naming
    /// move nothing. Any other change reschedules what is left of the work from `now` on, except
    /// within the frozen days; a session that is moved moves alone. Moving the start of a plan on
    /// which nothing was ever logged starts it over.
    ///
    /// # Errors
    /// As [`Plan::apply`]; no change is made then.
    pub fn changed(&self, changes: &[Change], now: DateTime<Utc>) -> Result<Self, InputError> {
        PlanAt::new(self, now).changed(changes)
    }
}

/// The sessions that a re-plan keeps, and whether it forgets those of the past.
#[derive(Debug, Clone, Copy)]
struct RescheduleKind {
    keep: Keep,
    starts_again: bool,
}

/// A plan at a point in time, ready to be changed. Values that every change needs are computed once
/// and shared by many trial changes.
pub(crate) struct PlanAt<'a> {
    plan: &'a Plan,
    now: DateTime<Utc>,
    timer: Option<&'a Timer>,
    progress: OnceCell<Progress>,
}

impl<'a> PlanAt<'a> {
    pub fn new(plan: &'a Plan, now: DateTime<Utc>) -> Self {
        Self {
            plan,
            now,
            timer: None,
            progress: OnceCell::new(),
        }
    }

    /// With the focus timer, if there is one.
    pub fn with_timer(mut self, timer: Option<&'a Timer>) -> Self {
        self.timer = timer;
        self
    }

    pub fn plan(&self) -> &'a Plan {
        self.plan
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The item that the focus timer is on for, as an index of the roadmap.
    pub fn timed(&self) -> Option<usize> {
        self.plan.roadmap().item(&self.timer?.item)
    }

    /// The plan's progress at this time.
    pub fn progress(&self) -> &Progress {
        self.progress
            .get_or_init(|| self.progress_of(self.plan, current(self.plan)))
    }

    /// The progress of a plan with this schedule at this time, such as this one after a change.
    pub fn progress_of(&self, plan: &Plan, schedule: Schedule) -> Progress {
        progress_timed(plan, schedule, self.now, self.timer)
    }

    /// As [`Plan::changed`].
    pub fn changed(&self, changes: &[Change]) -> Result<Plan, InputError> {
        let now = self.now;
        let moved = self.moved(changes)?;
        let mut plan = self.plan.apply_at(changes, now)?;
        let is_untouched = self.plan.log().is_empty() && plan.log().is_empty();
        if is_untouched && plan.start() != self.plan.start() {
            plan.start_over();
            return Ok(plan);
        }
        // The first baseline is the plan with which its first week began.
        let has_begun = now >= self.plan.start_instant();
        if has_begun && plan.baselines().is_empty() {
            plan.add_baseline(Baseline {
                name: FIRST_BASELINE.to_owned(),
                set: self.plan.start_instant(),
                sessions: all_sessions(self.plan, &self.progress().schedule),
            })?;
        }
        let moves = |change: &Change| change.moves_sessions(self.plan, &plan);
        if changes.iter().any(moves) {
            let keep = changes.iter().rev().find_map(Change::keep);
            let starts_again = changes.iter().any(Change::starts_again);
            let kind = RescheduleKind {
                keep: keep.unwrap_or(Keep::Frozen),
                starts_again,
            };
            let waiting = if changes.iter().all(Change::is_by_hand) {
                self.waiting_after(&plan, changes, &moved)
            } else {
                BTreeMap::new()
            };
            self.reschedule(&mut plan, kind, &moved, waiting);
            for moved in changes.iter().flat_map(Change::moved) {
                if let MovedSessions::Swapped(swap) = moved {
                    check_swap(&plan, swap)?;
                }
            }
        } else {
            plan.keep_other_plans_of(self.plan);
        }
        let is_first_week = has_begun && now < self.plan.start_instant() + TimeDelta::days(7);
        if is_first_week && changes.iter().any(Change::sets_up) {
            self.follow_with_first_baseline(&mut plan)?;
        }
        for name in changes.iter().flat_map(Change::baselines_set) {
            let sessions = all_sessions(&plan, &current(&plan));
            plan.add_baseline(Baseline {
                name: name.to_owned(),
                set: now,
                sessions,
            })?;
        }
        for change in changes {
            change.settle(&mut plan);
        }
        Ok(plan)
    }

    /// Takes the first baseline again, if it is the only one: within its first week a plan is still
    /// being set up, and nobody should be behind a plan of untouched defaults.
    fn follow_with_first_baseline(&self, plan: &mut Plan) -> Result<(), InputError> {
        let is_only = matches!(plan.baselines(), [only] if only.name == FIRST_BASELINE);
        if !is_only {
            return Ok(());
        }
        let sessions = all_sessions(plan, &current(plan));
        plan.add_baseline(Baseline {
            name: FIRST_BASELINE.to_owned(),
            set: self.plan.start_instant(),
            sessions,
        })
    }

    /// Makes the present the basis of the schedule of `plan`, this plan after some changes. Of the
    /// sessions to come, `keep` says which stay where they are; those in `moved` do not, and the
    /// minutes of `waiting` get no session.
    fn reschedule(
        &self,
        plan: &mut Plan,
        kind: RescheduleKind,
        moved: &[(usize, NaiveDateTime)],
        waiting: BTreeMap<String, u32>,
    ) {
        let before = self.progress();
        let RescheduleKind { keep, starts_again } = kind;
        let mut done = plan.logged();
        // A session that has begun goes on: its work counts as under way, and the new schedule
        // starts at its end.
        let left = plan.left();
        // The roadmap may have changed: items are known by their ids, and removed ones have no work
        // left.
        let items = &self.plan.roadmap().items;
        let left_of = |item: usize| {
            plan.roadmap()
                .item(&items[item].id)
                .map_or(0, |at| left[at])
        };
        let mut from = self.now;
        let mut used = plan.used_before(self.now);
        let on = before
            .sessions
            .iter()
            .filter(|session| session.state == SessionState::Due && left_of(session.item) > 0);
        for session in on {
            from = from.max(session.end().instant());
            let item = items[session.item].id.clone();
            let under_way = session.open().min(left_of(session.item));
            *done.entry(item).or_default() += under_way;
            used.day = used.day.saturating_add(under_way);
            used.week = used.week.saturating_add(under_way);
        }
        let frozen_until = match keep {
            Keep::Soon => frozen_until(plan, self.now).max(self.now + SOON),
            Keep::Frozen | Keep::Fitting => frozen_until(plan, self.now),
        };
        let is_kept = |session: &&Tracked| {
            let start = session.start.instant();
            let local = session.start.local();
            // A pinned session is where it is pinned now, or free again; one that was moved by hand
            // is like any other once it is released.
            let id = &items[session.item].id;
            let is_free = session.why.is_some_and(|why| why != Why::Pinned)
                || self.plan.is_moved(id, local) && !plan.is_moved(id, local);
            let is_placed = start >= from && is_free && plan.roadmap().item(id).is_some();
            let is_moved = moved.contains(&(session.item, local));
            is_placed && !is_moved && (keep == Keep::Fitting || start < frozen_until)
        };
        // Work on a session that was done ahead isn't planned again.
        let kept: Vec<Planned> = before
            .sessions
            .iter()
            .filter(is_kept)
            .filter(|session| session.open() > 0)
            .map(|session| Planned {
                item: items[session.item].id.clone(),
                start: session.start.instant(),
                minutes: session.open(),
            })
            .collect();
        let behind: Vec<Planned> = before
            .schedule
            .sessions
            .iter()
            .filter(|session| session.start.instant() < from)
            .map(|session| planned(self.plan, session))
            .filter(|session| !(starts_again && session.is_over(self.now)))
            .collect();
        let mut past_done: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let has_begun = |session: &&Tracked| {
            let is_over = session.end().instant() <= self.now;
            session.start.instant() < from && !(starts_again && is_over)
        };
        for session in before.sessions.iter().filter(has_begun) {
            let item = items[session.item].id.clone();
            past_done.entry(item).or_default().push(session.done);
        }
        let is_as_new = from <= plan.start_instant()
            && plan.past().is_empty()
            && behind.is_empty()
            && done.is_empty()
            && kept.is_empty()
            && waiting.is_empty();
        let basis = ScheduleBasis {
            from,
            done,
            kept,
            used,
            reserve: self.reserve_needed(from, used, &waiting, plan.session().min),
            waiting,
            entries: plan.last_entry_id(),
            past_done,
        };
        if starts_again {
            plan.forget_past(self.now);
        }
        plan.rebase((!is_as_new).then_some(basis), behind);
    }

    /// The sessions that the changes move: each is to come, or pinned, whenever that was to be.
    fn moved(&self, changes: &[Change]) -> Result<Vec<(usize, NaiveDateTime)>, InputError> {
        let mut all = Vec::new();
        for moved in changes.iter().flat_map(Change::moved) {
            match moved {
                MovedSessions::One(session) | MovedSessions::SetAside(session) => {
                    all.push(self.moved_session(session)?);
                }
                MovedSessions::Week(week) => {
                    let days = week.days(self.plan, self.now)?;
                    let sessions = self
                        .progress()
                        .schedule
                        .sessions
                        .iter()
                        .map(|session| (session.item(), session.start.local()))
                        .filter(|(_, start)| (days.first..=days.last).contains(&start.date()));
                    all.extend(sessions);
                }
                MovedSessions::Swapped(swap) => {
                    all.push(self.moved_session(swap.before())?);
                    all.extend(self.next_session(&swap.session.item));
                }
            }
        }
        Ok(all)
    }

    /// A session that a change moves, by item and start.
    fn moved_session(
        &self,
        SessionStart {
            item: id,
            start: typed,
        }: SessionStart,
    ) -> Result<(usize, NaiveDateTime), InputError> {
        self.plan.known_item(id)?;
        let field = "start of the session";
        let start = read_session_start(field, typed)?;
        let item = self.plan.roadmap().item(id).unwrap_or_default();
        let is_pinned = |pin: &Pin| pin.item == id && pin.start == start;
        if self.plan.pins().iter().any(is_pinned) || self.progress().is_to_come(item, start) {
            return Ok((item, start));
        }
        let error = InputError::new(ErrorCode::PlanField, field, typed, "");
        Err(error.because("isn't the start of an upcoming or pinned session of this item"))
    }

    /// The next session of an item that isn't pinned.
    fn next_session(&self, id: &str) -> Option<(usize, NaiveDateTime)> {
        let item = self.plan.roadmap().item(id)?;
        let next = self.progress().sessions.iter().find(|session| {
            session.item == item
                && session.state == SessionState::Planned
                && session.why != Some(Why::Pinned)
        })?;
        Some((item, next.start.local()))
    }
}

/// Rejects another topic that can't be studied yet.
fn check_swap(plan: &Plan, swap: &SwapTopic) -> Result<(), InputError> {
    let item = plan.roadmap().item(&swap.session.item);
    let start = read_session_start("start of the session", &swap.session.start)?;
    let is_early = current(plan).conflicts.iter().any(|conflict| {
        conflict.kind == ConflictKind::BeforePrerequisite
            && Some(conflict.item) == item
            && conflict.start.local() == start
    });
    if !is_early {
        return Ok(());
    }
    let title = plan.title_of(&swap.session.item);
    let error = InputError::new(ErrorCode::PlanField, "item", title, "");
    Err(error.because("needs another item first, which isn't finished by then"))
}

/// Every session that was ever planned and is not superseded: those of the past, then those of a
/// schedule.
pub(super) fn all_sessions(plan: &Plan, schedule: &Schedule) -> Vec<Planned> {
    let ahead = schedule
        .sessions
        .iter()
        .map(|session| planned(plan, session));
    plan.past().iter().cloned().chain(ahead).collect()
}

fn planned(plan: &Plan, session: &Session) -> Planned {
    let item = plan.roadmap().items.get(session.item());
    Planned {
        item: item.map(|item| item.id.clone()).unwrap_or_default(),
        start: session.start.instant(),
        minutes: session.minutes,
    }
}

mod reserve;
mod waiting;

#[cfg(test)]
mod edges;
#[cfg(test)]
mod tests;
