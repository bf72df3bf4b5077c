//! When a plan will really be finished: thousands of rounds of what may come, drawn from what the
//! learner has done so far.
//!
//! Each round is one course of events. It draws
//! - an attendance for each week to come: the share of the free time that gets used, in blocks of
//!   weeks, since bad weeks cluster, and with absences;
//! - an accuracy: the ratio of work to its estimates, with one factor for all of it and one for
//!   each item;
//!
//! and lets the work that is left, stretched like that, use up the plan's free time, attended like
//! that, week by week (the road). The finish dates of all rounds give the quantiles. While the
//! learner's own record is short, stated assumptions fill in for it; [`Basis`] holds their weights.
//! docs/forecasting.md has the formulas, their sources, and how often forecasts came true.
//!
//! Every round has its own stream of random numbers, seeded from the number of the round alone. The
//! same record and the same `now` give the same answer, whatever the plan's id, and plans that
//! differ in one thing differ in their forecasts by that thing only (common random numbers).

mod absence;
mod accuracy;
mod attendance;
mod dates;
mod held;
mod hours;
mod noise;
mod road;
mod rounds;
mod tables;

use chrono::{DateTime, NaiveDate, Utc};

use crate::plan::Plan;
use crate::progress::{measure, progress};
use crate::schedule::{Schedule, schedule};
use crate::slack::end_of;
use crate::words;
use accuracy::Accuracy;
use attendance::Attendance;

/// Consecutive weeks that are drawn together.
const BLOCK: usize = 4;

/// The seed of all forecasts.
const SEED: u64 = 0x5741_594d_4152_4b31;

/// Default number of rounds of a forecast.
pub const ROUNDS: u32 = 10_000;

/// The chance of the date that a forecast names as sure enough to aim at.
pub const SURE: f64 = 0.8;

/// From this chance on a target date is more likely met than missed.
pub const EVEN: f64 = 0.5;

/// When the phases and the whole plan will be finished, and how likely the target date is met.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// For each phase of the roadmap; `None` if nothing of it is left, or some of it can't be
    /// scheduled.
    pub phases: Vec<Option<Quantiles>>,
    /// For the whole plan.
    pub whole: Option<Quantiles>,
    /// The share of the rounds that finish everything by the target date, from 0 to 1; `None`
    /// without one.
    pub chance: Option<f64>,
    /// The weights of record and assumptions.
    pub basis: Basis,
}

/// Dates by which a share of the rounds are finished; `None` if the calendar, which ends with 2099,
/// has no such date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantiles {
    /// Half of the rounds.
    pub p50: Option<NaiveDate>,
    /// 80% of the rounds.
    pub p80: Option<NaiveDate>,
    /// 95% of the rounds.
    pub p95: Option<NaiveDate>,
}

impl Quantiles {
    /// P80, as exactly as the distance from P50 to P80 allows: "mid-March 2028". `None` if it is
    /// after the end of the calendar.
    pub fn p80_in_words(&self) -> Option<String> {
        let (p50, p80) = (self.p50?, self.p80?);
        Some(words::date_of_width(p80, (p80 - p50).num_days()))
    }
}

/// The basis of a forecast: the learner's own record, and assumptions about learners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis {
    /// Past weeks in which something was planned.
    pub weeks: u32,
    /// Items that count as evidence of how good the estimates are.
    pub items: u32,
    /// The weight of the learner's own weeks, from 0 (assumptions only) to 1.
    pub own_attendance: f64,
    /// The weight of the learner's own items, from 0 (assumptions only) to 1.
    pub own_accuracy: f64,
    /// The expected share of the free time that gets used in the coming year.
    pub attendance: f64,
    /// The expected ratio of work to estimate: 1.3 is 30% longer.
    pub accuracy: f64,
}

impl Basis {
    /// Whether the forecast is based on assumptions alone.
    pub fn is_assumed(&self) -> bool {
        self.weeks == 0 && self.items == 0
    }

    /// Whether the learner's own weeks count at least half. Before, a forecast is only for its own
    /// page.
    pub fn is_own(&self) -> bool {
        self.weeks_to_own() == 0
    }

    /// Weeks until the learner's own weeks count half.
    pub fn weeks_to_own(&self) -> u32 {
        attendance::weeks_to_half(self.weeks)
    }
}

/// The forecast of a plan as it would be rescheduled at `now`, in [`ROUNDS`] rounds.
pub fn forecast(plan: &Plan, now: DateTime<Utc>) -> Forecast {
    Draws::new(plan, now, ROUNDS).forecast(plan, &schedule(plan, now), now)
}

/// The distributions that a learner's record implies. Several plans of one learner are compared on
/// the same rounds.
#[derive(Debug, Clone)]
pub struct Draws {
    rounds: u32,
    attendance: Attendance,
    accuracy: Accuracy,
    tables: Tables,
}

/// Inverse distributions, looked up in each round.
#[derive(Debug, Clone)]
struct Tables {
    /// The factor of one item.
    noise: Vec<f32>,
    /// The factor of everything a learner estimates.
    bias: Vec<f32>,
    /// The change of attendance within a year.
    drift: Vec<f32>,
}

impl Draws {
    /// From the record of a plan at `now`.
    pub fn new(plan: &Plan, now: DateTime<Utc>, rounds: u32) -> Self {
        let weeks = measure(plan, &progress(plan, now), now).weeks;
        let attendance = Attendance::of(plan, &weeks, now);
        Self::from(rounds, attendance, Accuracy::of(plan))
    }

    fn from(rounds: u32, attendance: Attendance, accuracy: Accuracy) -> Self {
        let tables = Tables {
            noise: tables::table(|quantile| accuracy.own(quantile)),
            bias: tables::table(|quantile| accuracy.common(quantile)),
            drift: tables::table(|quantile| attendance.drift(quantile)),
        };
        Self {
            rounds: rounds.max(1),
            attendance,
            accuracy,
            tables,
        }
    }

    /// The weights of record and assumptions.
    pub fn basis(&self) -> Basis {
        Basis {
            weeks: self.attendance.own_weeks(),
            items: self.accuracy.own_items(),
            own_attendance: self.attendance.own_share(),
            own_accuracy: self.accuracy.own_share(),
            attendance: self.attendance.mean(),
            accuracy: self.accuracy.expected(),
        }
    }

    /// The forecast of a plan of the same roadmap, of which `schedule` is the new schedule from
    /// `now` on.
    ///
    /// Takes time in proportion to rounds times weeks to come, and to items.
    pub fn forecast(&self, plan: &Plan, schedule: &Schedule, now: DateTime<Utc>) -> Forecast {
        let stages = held::stages(plan, schedule, now);
        let road = road::Road::of(plan, now, &stages);
        let target = plan.target();
        let is_unplaced = !schedule.unplaced.is_empty();
        let is_done = plan.is_done();
        let done_by = plan.log().last().map_or(now, |entry| entry.start);
        let mut forecast = Forecast {
            phases: vec![None; plan.roadmap().phases.len()],
            whole: None,
            chance: target.map(|target| f64::from(is_done && done_by <= end_of(plan, target))),
            basis: self.basis(),
        };
        let Some(road) = road.filter(|_| !is_done) else {
            return forecast;
        };
        let ends = rounds::run(self, plan, &stages, &road, self.rounds);
        for (stage, ends) in stages.iter().zip(&ends) {
            if let Some(phase) = stage.phase {
                forecast.phases[phase] = Some(ends.quantiles(&road));
            }
        }
        for work in &schedule.unplaced {
            forecast.phases[plan.roadmap().items[work.item].phase] = None;
        }
        if let Some(last) = ends.last().filter(|_| !is_unplaced) {
            forecast.whole = Some(last.quantiles(&road));
            forecast.chance = target.map(|target| last.share_by(&road, target));
        }
        forecast
    }
}

#[cfg(test)]
mod tests;
