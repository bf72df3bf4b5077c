//! When a plan will really be finished: thousands of rounds of what may come, drawn from what the learner did so far.
//!
//! One round is one course that things may take. It draws
//! - an attendance for each week to come: which part of the free time is really used, in blocks of weeks, since bad weeks cluster;
//! - an accuracy: how much longer the work takes than estimated, with one factor for all of it and one for each item;
//!
//! and lets the work that is left, so stretched, use up the plan's free time, so attended, week by week (the road).
//! The finish dates of all rounds give the quantiles. Where the learner's own record is short, stated assumptions fill in for it;
//! [`Basis`] says how much. docs/forecasting.md has the formulas, their sources, and how often the forecast was right.
//!
//! Every round has its own stream of random numbers, seeded from the plan's id and the number of the round: the same plan and the
//! same `now` give the same answer, and plans that differ in one thing differ in their forecasts by that thing only
//! (common random numbers).

mod accuracy;
mod attendance;
mod dates;
mod noise;
mod road;
mod rounds;

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use crate::plan::Plan;
use crate::progress::{measure, progress};
use crate::schedule::{Schedule, schedule};
use crate::slack::end_of;
use accuracy::Accuracy;
use attendance::Attendance;

/// How many rounds a forecast takes unless told otherwise.
pub const ROUNDS: u32 = 10_000;

/// When the phases and the whole will be finished, and how likely the target date is met.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// For each phase of the roadmap; `None` where nothing is left to do, or where some of it has no place in the schedule.
    pub phases: Vec<Option<Quantiles>>,
    /// For all of it.
    pub whole: Option<Quantiles>,
    /// The part of the rounds in which all is finished by the plan's target date, from 0 to 1; `None` without a target date.
    pub chance: Option<f64>,
    /// What it rests on.
    pub basis: Basis,
}

/// Dates by which something is finished in so many of 100 rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantiles {
    /// As likely earlier as later.
    pub p50: NaiveDate,
    /// In four of five rounds.
    pub p80: NaiveDate,
    /// In 19 of 20 rounds.
    pub p95: NaiveDate,
}

/// What a forecast rests on: the learner's own record, or assumptions about learners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis {
    /// Whole weeks behind for which something was planned.
    pub weeks: u32,
    /// Items that tell how good the estimates are.
    pub items: u32,
    /// How much the learner's own weeks count, from 0 (assumption only) to 1.
    pub own_attendance: f64,
    /// How much the learner's own items count, from 0 (assumption only) to 1.
    pub own_accuracy: f64,
    /// The part of the free time that is expected to be used.
    pub attendance: f64,
    /// By how much work is expected to take longer than estimated: 1.3 is 30% longer.
    pub accuracy: f64,
}

impl Basis {
    /// Whether the forecast rests on assumptions alone.
    pub fn is_assumed(&self) -> bool {
        self.weeks == 0 && self.items == 0
    }
}

/// The forecast of a plan as it would be laid anew at `now`, in [`ROUNDS`] rounds.
pub fn forecast(plan: &Plan, now: DateTime<Utc>) -> Forecast {
    Draws::new(plan, now, ROUNDS).forecast(plan, &schedule(plan, now), now)
}

/// What a learner's record says of what may come, to be drawn from: for several plans of one learner, so that
/// they are compared on the same rounds.
#[derive(Debug, Clone)]
pub struct Draws {
    seed: u64,
    rounds: u32,
    attendance: Attendance,
    accuracy: Accuracy,
    tables: Tables,
}

/// What is looked up in each round: inverse distributions, in the same places.
#[derive(Debug, Clone)]
struct Tables {
    /// By how much one item takes longer than others.
    noise: Vec<f32>,
    /// By how much all that a learner estimates takes longer.
    bias: Vec<f32>,
    /// By how much attendance changes in a year.
    drift: Vec<f32>,
}

impl Draws {
    /// From the record of a plan at `now`.
    pub fn new(plan: &Plan, now: DateTime<Utc>, rounds: u32) -> Self {
        let weeks = measure(plan, &progress(plan, now), now).weeks;
        let digest = Sha256::digest(plan.id().as_bytes());
        let seed = digest
            .iter()
            .take(8)
            .fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        let attendance = Attendance::of(&weeks);
        Self::from(seed, rounds, attendance, Accuracy::of(plan))
    }

    fn from(seed: u64, rounds: u32, attendance: Attendance, accuracy: Accuracy) -> Self {
        let tables = Tables {
            noise: noise::table(|quantile| accuracy.own(quantile)),
            bias: noise::table(|quantile| accuracy.common(quantile)),
            drift: noise::table(|quantile| attendance.drift(quantile)),
        };
        Self {
            seed,
            rounds: rounds.max(1),
            attendance,
            accuracy,
            tables,
        }
    }

    /// What the draws rest on.
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

    /// The forecast of a plan of the same roadmap, of which `laid` is the fresh schedule from `now` on.
    ///
    /// Takes time in proportion to rounds times items and weeks to come. Roadmaps of thousands of items get fewer rounds.
    pub fn forecast(&self, plan: &Plan, laid: &Schedule, now: DateTime<Utc>) -> Forecast {
        let stages = road::stages(plan, laid, now);
        let road = road::Road::of(plan, now, &stages);
        let target = plan.target();
        let is_unplaced = !laid.unplaced.is_empty();
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
        let ends = rounds::run(self, plan, &stages, &road);
        for (stage, ends) in stages.iter().zip(&ends) {
            forecast.phases[stage.phase] = ends.quantiles(&road);
        }
        for work in &laid.unplaced {
            forecast.phases[plan.roadmap().items[work.item].phase] = None;
        }
        if let Some(last) = ends.last().filter(|_| !is_unplaced) {
            forecast.whole = last.quantiles(&road);
            forecast.chance = target.map(|target| last.share_by(&road, target));
        }
        forecast
    }
}

#[cfg(test)]
mod tests;
