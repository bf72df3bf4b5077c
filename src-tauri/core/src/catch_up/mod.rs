//! Recovery options for a plan that is late, side by side, with the cost and the result of each.
//!
//! Every figure is that of the plan which the option would give: the scheduler schedules it, no
//! formula estimates it. The options are tried against one date, the *goal*: the target date, or
//! without one the end of the last baseline. If the current hours reach it anyway, the options that
//! ask for more say so and ask for nothing.

mod dropping;
mod extra;
mod near;
mod options;
mod sprint;
mod turns;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use crate::difference::{Moves, changed_before, moves_between};
use crate::document::{FIRST_BASELINE, PlanAt};
use crate::forecast::{Draws, ROUNDS};
use crate::input_error::InputError;
use crate::needed::{STEP_MINUTES, first};
use crate::outlook::{Outlook, finish};
use crate::plan::change::{Replan, Together};
use crate::plan::{Change, ExceptionEntry, HOURS_PER_WEEK, Keep, Plan};
use crate::progress::{Progress, Tracked};
use crate::schedule::current;
use crate::words;
use turns::{core_done, turns};

/// One recovery option.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RecoveryOption {
    /// A stable name: `same-hours`, `start-again`, `free-windows`, `more-hours`, `sprint`, `drop`,
    /// `move-target` or `mix`.
    pub id: &'static str,
    /// Its name in a few words, under which it can also be undone.
    pub name: String,
    /// The changes it makes; empty if it can't work.
    pub changes: Vec<Change>,
    /// The single change that takes it, undone as a whole: its changes, and a baseline of its name.
    /// `None` if it can't work.
    pub change: Option<Change>,
    /// The learner's action, as its sentence begins; empty if it can't work.
    #[serde(skip)]
    deed: String,
    /// Its result; `None` if it can't work or isn't needed.
    pub outcome: Option<OptionOutcome>,
    /// Its cost and result, or why it can't work, in a sentence.
    pub sentence: String,
    /// Why it is the recommended one; `None` for the others.
    pub recommended: Option<String>,
}

/// The result and the cost of a recovery option.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OptionOutcome {
    /// The day of the last session.
    pub finish: NaiveDate,
    /// The day on which the phases with weeks in the roadmap are finished; `None` if they have no
    /// session.
    pub core_finish: Option<NaiveDate>,
    /// Whether that is by the goal, or by the target that this option sets.
    pub in_time: bool,
    /// The date by which 80% of all cases finish; `None` if there is none, and while the learner's
    /// own record weighs less than half.
    pub p80: Option<NaiveDate>,
    /// The same, as exactly as it is known: "mid-March 2028".
    pub p80_in_words: Option<String>,
    /// The chance of meeting the target date, from 0 to 1; `None` without one, and while the
    /// learner's own record weighs less than half.
    pub chance: Option<f64>,
    /// The same in words: "1%".
    pub chance_in_words: Option<String>,
    /// Additional minutes of study in the week that has the most of them.
    pub extra_week_minutes: u32,
    /// Additional minutes of study in all weeks up to the finish.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub extra_minutes: u64,
    /// Sessions with another time or length than now.
    pub moved: usize,
    /// Sessions of the next 14 days that don't stay as they are.
    pub moved_soon: usize,
    /// Additional sessions.
    pub added: usize,
    /// Ids of the items that it leaves out.
    pub dropped: Vec<String>,
}

/// The date that a plan is measured against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The plan should be finished by the end of this day.
    pub by: NaiveDate,
    /// The baseline that ends then; `None` if it is the target date.
    pub baseline: Option<String>,
}

impl Goal {
    /// The target date, or the end of the last baseline. A plan with neither has the end of its
    /// current schedule.
    pub fn of(plan: &Plan, progress: &Progress) -> Option<Self> {
        if let Some(by) = plan.target() {
            return Some(Self { by, baseline: None });
        }
        let ends = plan.baselines().last().map(|baseline| {
            let ends = baseline
                .sessions
                .iter()
                .map(|session| plan.moment_at(session.start).plus(session.minutes));
            (ends.max(), baseline.name.clone())
        });
        let (end, baseline) = ends.unwrap_or_else(|| {
            let ends = progress.sessions.iter().map(Tracked::end);
            (ends.max(), FIRST_BASELINE.to_owned())
        });
        Some(Self {
            by: end?.day_of_end(),
            baseline: Some(baseline),
        })
    }

    /// "the target of 5 February 2028", "the end of “First plan”, 5 February 2028".
    pub fn in_words(&self) -> String {
        let date = words::plain_date(self.by);
        match &self.baseline {
            None => format!("the target of {date}"),
            Some(name) => format!("the end of “{name}”, {date}"),
        }
    }

    /// A finish relative to the goal: "3 days after the target of 5 February 2028", "as in “First
    /// plan”".
    pub fn against(&self, finish: NaiveDate) -> String {
        let late = (finish - self.by).num_days();
        let days = usize::try_from(late.unsigned_abs()).unwrap_or(usize::MAX);
        let days = words::count(days, "day");
        match (&self.baseline, late) {
            (None, 0) => "the day of the target".to_owned(),
            (None, 1..) => format!("{days} after {}", self.in_words()),
            (None, _) => format!("{days} before {}", self.in_words()),
            (Some(name), 0) => format!("as in “{name}”"),
            (Some(name), 1..) => format!("{days} later than in “{name}”"),
            (Some(name), _) => format!("{days} earlier than in “{name}”"),
        }
    }
}

/// The search for options: a plan at some time, and the goal it is tried against.
struct RecoverySearch<'a> {
    plan: &'a Plan,
    now: DateTime<Utc>,
    present: PlanAt<'a>,
    goal: Option<Goal>,
    /// Rounds of each forecast.
    rounds: u32,
    /// The distributions that the learner's record implies.
    draws: Draws,
}

/// No option asks for more than this many times the usual hours, unless they are few.
const MOST_TIMES: u32 = 2;
/// The additional minutes a week that can be asked for if the usual hours are few.
const MOST_MORE: u32 = 5 * 60;

/// The days in which moved sessions are counted apart.
const NEXT_DAYS: TimeDelta = TimeDelta::days(14);

const REPLAN: Change = Change::Replan(Replan { keep: Keep::Frozen });

/// A recovery option that was tried.
enum Attempt {
    /// It works.
    Works {
        changes: Vec<Change>,
        /// In a few words: "12 h a week".
        name: String,
        /// The learner's action: "Study 12 h a week instead of 10 h from 5 April 2027".
        deed: String,
    },
    /// The reason why it can't work, or isn't needed.
    Rejected(String),
}

impl RecoverySearch<'_> {
    /// The plan's first day from now on.
    fn today(&self) -> NaiveDate {
        self.plan.local(self.now).date().max(self.plan.start())
    }

    /// The most minutes a week that are asked for: what days and windows can hold, within reason.
    fn most_minutes(&self) -> u32 {
        let usual = self.plan.availability().week.minutes();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 60
        let all = (HOURS_PER_WEEK.end() * 60.0) as u32;
        let most = (usual * MOST_TIMES).max(usual + MOST_MORE).min(all);
        let steps = most.saturating_sub(usual) / STEP_MINUTES;
        let is_beyond = |step: u32| {
            let minutes = usual + step * STEP_MINUTES;
            self.plan.with_week_minutes(minutes).is_err()
        };
        usual + first(1, steps + 1, is_beyond).saturating_sub(1) * STEP_MINUTES
    }

    /// The plan after these changes. Without any it is re-planned, so that waiting work gets its
    /// sessions.
    fn after(&self, changes: &[Change]) -> Result<Plan, InputError> {
        let changes = if changes.is_empty() {
            &[REPLAN]
        } else {
            changes
        };
        self.present.changed(changes)
    }

    fn finish(&self, changes: &[Change]) -> Option<NaiveDate> {
        let after = self.after(changes).ok()?;
        finish(&after, &current(&after))
    }

    /// Whether everything is done by the goal after these changes.
    fn is_enough(&self, changes: &[Change]) -> bool {
        let by = self.goal.as_ref().map(|goal| goal.by);
        self.finish(changes).is_some_and(|end| Some(end) <= by)
    }

    /// "and finish on Saturday 5 February 2028, 3 days after the target of 2 February 2028".
    fn ends(&self, finish: NaiveDate) -> String {
        let date = words::long_date(finish);
        match &self.goal {
            Some(goal) => format!("and finish on {date}, {}", goal.against(finish)),
            None => format!("and finish on {date}"),
        }
    }

    /// "Not enough: even at 20 h a week you'd finish on Saturday 5 February 2028, after the target
    /// of …"
    fn not_even(&self, how: &str, finish: Option<NaiveDate>) -> String {
        match (finish, &self.goal) {
            (Some(finish), Some(goal)) => format!(
                "Not enough: even {how} you would finish on {}, after {}.",
                words::long_date(finish),
                goal.in_words()
            ),
            _ => format!("Not enough: even {how} some of the work doesn't fit."),
        }
    }

    fn sentence(&self, deed: &str, after: &Plan, outcome: &OptionOutcome) -> String {
        if after.target() == self.plan.target() {
            return format!("{deed}, {}.", self.ends(outcome.finish));
        }
        let finish = words::long_date(outcome.finish);
        format!("{deed}. The last session is on {finish}.")
    }

    /// `kind` is the name of this kind of option.
    fn option(&self, id: &'static str, kind: &str, tried: Attempt) -> RecoveryOption {
        let rejected = |why: String| RecoveryOption {
            id,
            name: kind.to_owned(),
            changes: Vec::new(),
            change: None,
            deed: String::new(),
            outcome: None,
            sentence: why,
            recommended: None,
        };
        let (changes, name, deed) = match tried {
            Attempt::Works {
                changes,
                name,
                deed,
            } => (changes, name, deed),
            Attempt::Rejected(why) => return rejected(why),
        };
        let after = match self.after(&changes) {
            Ok(after) => after,
            Err(problem) => return rejected(problem.to_string()),
        };
        match self.outcome(&changes, &after) {
            Some((outcome, progress)) => RecoveryOption {
                id,
                sentence: self.sentence(&deed, &after, &outcome)
                    + &core_done(id, self.present.progress(), &outcome, self.plan)
                    + &turns(self.plan, self.present.progress(), &progress),
                change: Some(Together::decided(self.plan, &name, &changes)),
                changes,
                name,
                deed,
                outcome: Some(outcome),
                recommended: None,
            },
            None => rejected("Some of the work doesn't fit into your time at all.".to_owned()),
        }
    }

    /// The outcome of changes that lead to the plan `after`, and the progress of that plan.
    fn outcome(&self, changes: &[Change], after: &Plan) -> Option<(OptionOutcome, Progress)> {
        let schedule = current(after);
        let finish = finish(after, &schedule)?;
        let (extra_week_minutes, extra_minutes) =
            extra::minutes(self.plan, after, self.now, finish);
        let progress = self.present.progress();
        let before = &progress.schedule;
        let Moves { moved, added, .. } = moves_between((self.plan, before), (after, &schedule));
        // An estimate is part of the record behind forecasts; nothing else that an option changes
        // is.
        let is_estimate = |change: &Change| matches!(change, Change::Estimate(_));
        let own = changes.iter().any(is_estimate);
        let own = own.then(|| Draws::new(after, self.now, self.rounds));
        let draws = own.as_ref().unwrap_or(&self.draws);
        let is_own = draws.basis().is_own();
        let fresh = || crate::schedule::schedule(after, self.now);
        let forecast = is_own.then(|| draws.forecast(after, &fresh(), self.now));
        let whole = forecast.as_ref().and_then(|forecast| forecast.whole);
        let chance = forecast.and_then(|forecast| forecast.chance);
        // An option that moves the target is measured against the new one.
        let target = after
            .target()
            .filter(|_| after.target() != self.plan.target());
        let by = target.or(self.goal.as_ref().map(|goal| goal.by));
        let items = self.plan.roadmap().items.iter();
        let dropped = items.filter(|item| self.plan.includes(item) && !after.includes(item));
        let moved_soon = changed_before(progress, &schedule, self.now + NEXT_DAYS);
        let progress = self.present.progress_of(after, schedule);
        let outcome = OptionOutcome {
            finish,
            core_finish: progress.core_finish(after),
            in_time: by.is_none_or(|by| finish <= by),
            p80: whole.and_then(|whole| whole.p80),
            p80_in_words: whole.and_then(|whole| whole.p80_in_words()),
            chance,
            chance_in_words: chance.map(|chance| format!("{}%", words::chance(chance))),
            extra_week_minutes,
            extra_minutes,
            moved,
            moved_soon,
            added,
            dropped: dropped.map(|item| item.id.clone()).collect(),
        };
        Some((outcome, progress))
    }
}

fn hours(minutes: u32) -> String {
    words::effort(minutes.into())
}

/// The recovery options of a plan at `now`, without free windows.
pub fn options(plan: &Plan, now: DateTime<Utc>) -> Vec<RecoveryOption> {
    options_with(plan, now, &[])
}

/// The recovery options of a plan at `now`; `windows` are extra windows that the learner could use.
///
/// A finished plan has none. Options that work come first, the least disruptive first: by items
/// left out, then by extra minutes in a week, by extra minutes in all, by sessions moved, and
/// finally in the order of `options.rs`.
pub fn options_with(
    plan: &Plan,
    now: DateTime<Utc>,
    windows: &[ExceptionEntry],
) -> Vec<RecoveryOption> {
    options_in_rounds(plan, now, windows, ROUNDS)
}

fn options_in_rounds(
    plan: &Plan,
    now: DateTime<Utc>,
    windows: &[ExceptionEntry],
    rounds: u32,
) -> Vec<RecoveryOption> {
    if plan.is_done() {
        return Vec::new();
    }
    let present = PlanAt::new(plan, now);
    let search = RecoverySearch {
        plan,
        now,
        goal: Goal::of(plan, present.progress()),
        present,
        rounds,
        draws: Draws::new(plan, now, rounds),
    };
    let mut options = options::all(&search, windows);
    options.sort_by_key(|option| {
        let outcome = option.outcome.as_ref();
        let cost = outcome.map(|outcome| {
            (
                outcome.dropped.len(),
                outcome.extra_week_minutes,
                outcome.extra_minutes,
                outcome.moved,
            )
        });
        (cost.is_none(), cost)
    });
    near::recommend(&search, &Outlook::at(&search.present), &mut options);
    options
}

#[cfg(test)]
mod tests;
