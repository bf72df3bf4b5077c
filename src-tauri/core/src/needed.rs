//! The inverse question: how many hours a week does it take to finish by a date?

use chrono::{DateTime, NaiveDate, Utc};

use crate::plan::{HOURS_PER_WEEK, Plan};
use crate::schedule::{Origin, Schedule, schedule_from};
use crate::slack;

/// Answers are multiples of 15 minutes.
pub const STEP_MINUTES: u32 = 15;

/// A phase or the whole roadmap, and the date to finish it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Index of a phase in the roadmap. `None` for the whole roadmap.
    pub phase: Option<usize>,
    /// Finish by the end of this date.
    pub by: NaiveDate,
}

/// The hours a week it takes, if there are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// `week_minutes` is enough, and a quarter of an hour less is not.
    Minutes {
        /// Minutes of study a week.
        week_minutes: u32,
        /// The binding phase: the one that ends last with these minutes.
        binding: usize,
    },
    /// Even the most hours possible are not enough.
    NotEven {
        /// The most minutes a week that the cap, the days and the windows allow.
        most_minutes: u32,
        /// When the goal is reached with `most_minutes`. `None` if never.
        earliest: Option<NaiveDate>,
    },
}

/// The fewest hours a week from `now` on, up to `cap_minutes`, that reach the target.
///
/// Found by bisection. Each step computes a full schedule, so the answer holds for the scheduler.
pub fn needed(plan: &Plan, now: DateTime<Utc>, target: Target, cap_minutes: u32) -> Needed {
    needed_from(plan, &Origin::at(plan, now), target, cap_minutes)
}

/// As [`needed`], from any origin.
pub fn needed_from(plan: &Plan, origin: &Origin, goal: Target, cap_minutes: u32) -> Needed {
    let phases: Vec<usize> = match goal.phase {
        Some(phase) => vec![phase],
        None => (0..plan.roadmap().phases.len()).collect(),
    };
    let lay = |minutes: u32| {
        let plan = plan.with_week_minutes(minutes).ok()?;
        let schedule = schedule_from(&plan, origin);
        Some((plan, schedule))
    };
    let reaches = |scheduled: &(Plan, Schedule)| {
        let (plan, schedule) = scheduled;
        phases
            .iter()
            .all(|&phase| slack::is_met(plan, schedule, phase, goal.by))
    };
    let last = |schedule: &Schedule| {
        let end = |&phase: &usize| schedule.phases[phase].map(|span| (span.end, phase));
        phases.iter().filter_map(end).max()
    };

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0.5 and 60
    let (fewest, most) = (
        (HOURS_PER_WEEK.start() * 60.0) as u32 / STEP_MINUTES,
        (HOURS_PER_WEEK.end() * 60.0) as u32 / STEP_MINUTES,
    );
    // First the most the days and windows can hold, then the least that is enough, both in steps.
    let cap = most.min(cap_minutes / STEP_MINUTES);
    let can_hold = |steps: u32| plan.with_week_minutes(steps * STEP_MINUTES).is_ok();
    let most = first(fewest, cap + 1, |steps| !can_hold(steps)).saturating_sub(1);
    let enough =
        |steps: u32| lay(steps * STEP_MINUTES).is_some_and(|scheduled| reaches(&scheduled));

    if most < fewest || !enough(most) {
        let scheduled = lay(most.max(fewest) * STEP_MINUTES);
        let whole = scheduled.filter(|(plan, schedule)| {
            let unplaced = |phase: &usize| {
                let items = plan.roadmap().phases[*phase].items.clone();
                schedule
                    .unplaced
                    .iter()
                    .any(|work| items.contains(&work.item))
            };
            !phases.iter().any(unplaced)
        });
        return Needed::NotEven {
            most_minutes: most * STEP_MINUTES,
            earliest: whole.and_then(|(_, schedule)| Some(last(&schedule)?.0.day_of_end())),
        };
    }
    let week_minutes = first(fewest, most, enough) * STEP_MINUTES;
    let binding = lay(week_minutes).and_then(|(_, schedule)| last(&schedule));
    Needed::Minutes {
        week_minutes,
        binding: binding.map_or(0, |(_, phase)| phase),
    }
}

/// The first number from `low` on for which `is_so` holds, provided that it then holds up to
/// `high`. Returns `high` if it holds for no number below.
pub(crate) fn first(mut low: u32, mut high: u32, is_so: impl Fn(u32) -> bool) -> u32 {
    while low < high {
        let middle = low + (high - low) / 2;
        if is_so(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

#[cfg(test)]
mod tests;
