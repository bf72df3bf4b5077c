//! Answers from now: where the plan leads if it is rescheduled at the same hours at `now`.
//!
//! A plan stays unchanged until the learner reschedules it, so its own finish date ignores work
//! missed since. The window, terminal, picture and data therefore take every answer about the
//! finish, the target dates and the slack from the plan that the option "same hours" would give
//! now, with the work that is actually left. While the learner keeps to the plan, the two agree.

use chrono::{DateTime, NaiveDate, Utc};

use crate::availability::{Purpose, Slot};
use crate::difference::{Moves, changed_before, moves_between};
use crate::document::PlanAt;
use crate::plan::change::{Replan, SOON, StartAgain};
use crate::plan::{Change, Keep, Plan};
use crate::progress::{Progress, Tracked};
use crate::schedule::{Origin, Schedule, Session, Why, current};
use crate::slack::{Slack, is_met, slack_from};
use crate::words;

/// A plan rescheduled at the same hours.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// When.
    pub now: DateTime<Utc>,
    /// The change that reschedules the plan.
    pub change: Change,
    /// The plan after this change.
    pub plan: Plan,
    /// The progress of the plan after this change, with its schedule.
    pub progress: Progress,
    /// The day of the last session. `None` if some work doesn't fit, or if there is none at all.
    pub finish: Option<NaiveDate>,
    /// As [`Progress::finish`], before the change.
    pub planned_finish: Option<NaiveDate>,
    /// Sessions that the change moves, adds and removes.
    pub moves: Moves,
    /// Minutes of work that have no session until the plan is rescheduled.
    pub waiting_minutes: u64,
    /// The free time of this week that is kept in reserve, from now on.
    pub reserve: Vec<Slot>,
    /// Slack before the target dates. `None` if no remaining work has a target date.
    pub slack: Option<Slack>,
    /// The item that the focus timer is on for, as an index of the roadmap.
    pub timed: Option<usize>,
}

/// A target date that is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    /// The phase that ends too late, as an index of the roadmap. `None` if it is the whole plan.
    pub phase: Option<usize>,
    /// The target date.
    pub by: NaiveDate,
    /// Days from the target date to the finish date.
    pub days: i64,
}

impl Outlook {
    /// Of a plan at `now`.
    pub fn new(plan: &Plan, now: DateTime<Utc>) -> Self {
        Self::at(&PlanAt::new(plan, now))
    }

    /// As [`Outlook::new`]. Of the kinds of re-plan it takes the one that ends first; if some end
    /// on one day, one that changes no session of the next three days, and of these the one that
    /// moves the fewest sessions. If no work waits, and all of every session to come is needed,
    /// sessions stay where they are: nobody who is on time sees dates drift.
    pub(crate) fn at(at: &PlanAt) -> Self {
        let before = at.progress();
        let is_whole = |session: &Tracked| {
            session.start.instant() <= at.now() || (session.is_there() && session.done == 0)
        };
        let is_as_planned = before.waiting.is_empty()
            && before.schedule.unplaced.is_empty()
            && before.sessions.iter().all(is_whole);
        let kinds = if is_as_planned {
            &[Keep::Fitting][..]
        } else {
            &[Keep::Fitting, Keep::Frozen, Keep::Soon]
        };
        let rescheduled = kinds
            .iter()
            .copied()
            .filter_map(|keep| {
                let change = Change::Replan(Replan { keep });
                let plan = at.changed(std::slice::from_ref(&change)).ok()?;
                let schedule = current(&plan);
                let moves = moves_between((at.plan(), &before.schedule), (&plan, &schedule));
                let finish = finish(&plan, &schedule);
                Some((change, plan, schedule, moves, finish))
            })
            .min_by_key(|(.., schedule, moves, finish)| {
                let near = changed_before(before, schedule, at.now() + SOON);
                (finish.is_none(), *finish, near > 0, moves.all())
            });
        // A re-plan is never rejected; if it were, the plan as it is would be the answer.
        let (change, plan, schedule, moves, finish) = rescheduled.unwrap_or_else(|| {
            let (plan, schedule) = (at.plan().clone(), before.schedule.clone());
            let finish = finish(&plan, &schedule);
            let keep = Keep::Fitting;
            (
                Change::Replan(Replan { keep }),
                plan,
                schedule,
                Moves::default(),
                finish,
            )
        });
        Self {
            now: at.now(),
            change,
            slack: slack_of(at, &plan, &schedule),
            progress: at.progress_of(&plan, schedule),
            plan,
            finish,
            planned_finish: before.finish(),
            moves,
            waiting_minutes: before.waiting_minutes(),
            reserve: reserve(at.plan(), at.now()),
            timed: at.timed(),
        }
    }

    /// Whether a re-plan would leave every session where it is, and no work waits for one.
    pub fn changes_nothing(&self) -> bool {
        self.moves.all() == 0 && self.waiting_minutes == 0
    }

    /// The change that starts again from today: the same re-plan, without the past's sessions.
    pub(crate) fn starting_again(&self) -> Change {
        let keep = match &self.change {
            Change::Replan(Replan { keep }) => *keep,
            _ => Keep::Frozen,
        };
        Change::StartAgain(StartAgain { keep })
    }

    /// "At 10 h a week": the condition of every date of this outlook, in words. Beside a forecast
    /// it says which of the two dates is the plan's.
    pub(crate) fn at_hours(&self) -> String {
        let minutes = self.plan.availability().week.minutes();
        format!("At {} a week", words::effort(minutes.into()))
    }

    /// Minutes of this week's reserve that are left.
    pub fn reserve_minutes(&self) -> u64 {
        self.reserve
            .iter()
            .map(|slot| u64::from(slot.minutes))
            .sum()
    }

    /// The schedule after the change, with the sessions to come.
    pub fn schedule(&self) -> &Schedule {
        &self.progress.schedule
    }

    /// Origin of the current schedule.
    pub fn origin(&self) -> Origin {
        Origin::of_current(&self.plan)
    }

    /// Minutes of work that don't fit, as of now.
    pub fn unplaced_minutes(&self) -> u64 {
        let unplaced = self.schedule().unplaced.iter();
        unplaced.map(|work| u64::from(work.minutes)).sum()
    }

    /// Days from the finish of the plan as it is to the finish as of now, negative if that is
    /// earlier. 0 if either is unknown.
    pub fn days_later(&self) -> i64 {
        match (self.finish, self.planned_finish) {
            (Some(finish), Some(planned)) => (finish - planned).num_days(),
            _ => 0,
        }
    }

    /// The target date that is missed by the most days. `None` if all are met.
    pub fn lateness(&self) -> Option<Lateness> {
        let (plan, schedule) = (&self.plan, self.schedule());
        let phases = plan.roadmap().phases.iter().enumerate();
        phases
            .filter_map(|(index, phase)| Some((index, phase, plan.target_of(&phase.id)?)))
            .filter(|(index, _, by)| !is_met(plan, schedule, *index, *by))
            .map(|(index, phase, by)| Lateness {
                phase: plan.own_target_of(&phase.id).map(|_| index),
                by,
                days: schedule.phases[index]
                    .map_or(0, |span| (span.end.day_of_end() - by).num_days()),
            })
            .reduce(|most, next| if next.days > most.days { next } else { most })
    }

    /// Minutes of study time to spare before a target date is missed. `None` if no remaining work
    /// has one. Negative if one is missed for lack of hours.
    pub fn spare_minutes(&self) -> Option<i64> {
        self.slack.as_ref().map(|slack| slack.whole.minutes)
    }
}

/// The slack of a plan that was rescheduled. Time of the reserve that the re-plan opened beyond the
/// minutes that are needed isn't to spare, also where a session lies there: otherwise missing a
/// session would raise the time to spare.
fn slack_of(at: &PlanAt, rescheduled: &Plan, schedule: &Schedule) -> Option<Slack> {
    let mut origin = Origin::of_current(rescheduled);
    let basis = rescheduled.basis().filter(|_| origin.reserve > 0);
    let needed = basis.map(|basis| at.reserve_needed(basis.from, basis.used, &basis.waiting, 1));
    let Some(needed) = needed.filter(|needed| *needed < origin.reserve) else {
        return slack_from(rescheduled, schedule, &origin);
    };
    origin.reserve = needed;
    let end = schedule.end().map_or(i64::MIN, |end| end.seconds);
    let reserve: Vec<Slot> = origin
        .slots(rescheduled)
        .take_while(|slot| slot.start.seconds < end)
        .filter(|slot| slot.purpose == Purpose::Reserve)
        .collect();
    let is_in_it = |session: &Session| {
        let next = reserve.partition_point(|slot| slot.end() <= session.start);
        reserve
            .get(next)
            .is_some_and(|slot| slot.start < session.end())
    };
    let mut outside = schedule.clone();
    outside
        .sessions
        .retain(|session| session.why == Why::Pinned || !is_in_it(session));
    slack_from(rescheduled, &outside, &origin)
}

/// The free time of the present week that is kept in reserve, from `now` on.
fn reserve(plan: &Plan, now: DateTime<Utc>) -> Vec<Slot> {
    let availability = plan.availability();
    if availability.reserve_percent == 0 || now < plan.start_instant() {
        return Vec::new();
    }
    let week = |date: NaiveDate| availability.week_of(date);
    let this_week = week(plan.local(now).date());
    plan.slots(now)
        .take_while(|slot| week(slot.start.local().date()) <= this_week)
        .filter(|slot| slot.purpose == Purpose::Reserve)
        .collect()
}

/// The day of the last session of a plan that was just rescheduled. `None` if some work doesn't
/// fit, or if there is no session at all.
pub(crate) fn finish(plan: &Plan, schedule: &Schedule) -> Option<NaiveDate> {
    if !schedule.unplaced.is_empty() {
        return None;
    }
    // If nothing is to come, the session that was on is the last.
    let begun = || {
        let last = plan.past().last()?;
        Some(plan.moment_at(last.start).plus(last.minutes))
    };
    let end = schedule.sessions.last().map(Session::end).or_else(begun)?;
    Some(end.day_of_end())
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::histories;
