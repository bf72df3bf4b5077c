//! The share of the free time that gets used: the learner's own weeks, and an assumption while
//! there are few of them.
//!
//! A week's attendance is the minutes logged by the minutes planned. If part of the free time is
//! kept in reserve, the planned time is less than the free time by that part: somebody who makes up
//! in the reserve for all that was missed uses as much time as was planned. Weeks to come are drawn
//! in blocks of [`BLOCK`] consecutive weeks, since bad weeks cluster (exams, illness, work): the
//! circular block bootstrap (Künsch 1989; Politis and Romano 1992). Twelve weeks say little about a
//! learner's average, so each round first draws a *pool* of blocks, as many as the record supports,
//! and then its weeks from the pool. The pools differ by what the record can't tell.
//!
//! A pool has one block for each [`BLOCK`] weeks of the record, drawn from them, and
//! [`ASSUMED_BLOCKS`] of an assumed learner: n weeks of record count as n / (n + 8).
//!
//! Nothing here decreases when more is logged: the number of blocks depends on what was planned
//! only, and each draw takes a week by its place. That is one half of the law that work done never
//! makes the forecast later.

use chrono::{DateTime, Utc};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::Rng;

use super::BLOCK;
use super::absence::Absences;
use super::accuracy::logistic;
use crate::plan::Plan;
use crate::progress::WeekTotal;

/// Blocks of each pool that are assumed. Even if no week of the record went well, one to come may.
const ASSUMED_BLOCKS: usize = 2;

/// No week counts for more than this share of what was planned: nobody makes up for lost time every
/// week.
const MOST: f32 = 1.5;

/// An assumed learner's average attendance in weeks that aren't absences, as nine equally likely
/// levels.
///
/// With estimates that are a quarter too low (`accuracy.rs`), work takes 1.52 times as long as
/// planned within a few weeks, and 1.69 times within a year, with its absences (5.8% of the weeks)
/// and half of its drift. Buehler, Griffin and Ross (1994) found 1.64 for students' theses: 55.5
/// days where 33.9 were predicted. How that divides into time not found and work misjudged is our
/// own assumption.
const LEVELS: [f32; 9] = [0.69, 0.75, 0.79, 0.82, 0.84, 0.86, 0.875, 0.89, 0.91];

/// An assumed learner's weeks, as multiples of the level: 1 on average, good and bad weeks in
/// clusters.
const SHAPE: [f32; 26] = [
    1.1, 1.15, 1.1, 1.05, 0.9, 0.6, 0.8, 1.1, 1.2, 1.15, 1.1, 1.0, 1.15, //
    1.2, 1.1, 0.7, 0.0, 0.5, 1.0, 1.2, 1.25, 1.2, 1.1, 1.15, 1.1, 1.1,
];

/// The change of attendance within a year, as a share of it: the mean, since more learners come to
/// do less than more, and the standard deviation between learners. After a year it stays.
const DRIFT_MEAN: f64 = -0.1;
const DRIFT_DEVIATION: f64 = 0.18;
/// Added to both by a record, in proportion to its weight: the level of the first weeks is seldom
/// kept, and how far it changes is better known.
const MEAN_OF_RECORD: f64 = -0.05;
const DEVIATION_OF_RECORD: f64 = -0.05;
const MOST_DRIFT: f64 = 0.6;
const YEAR_WEEKS: f64 = 52.0;

/// The distribution that weeks to come are drawn from.
#[derive(Debug, Clone)]
pub(super) struct Attendance {
    /// The record's weeks, then the assumed ones. Each has its first weeks again at its end, so
    /// that a block can start at any week.
    pub(super) weeks: Vec<f32>,
    /// Weeks of record.
    pub(super) own: u32,
    pub(super) drift: Drift,
    pub(super) absences: Absences,
}

/// The change of attendance within a year, as a share of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drift {
    pub mean: f64,
    pub deviation: f64,
}

impl Drift {
    /// A record of more than a year narrows the drift, as the mean of its weeks does.
    fn after(weeks: u32) -> Self {
        let own = own_share(weeks);
        let beyond = (YEAR_WEEKS / f64::from(weeks).max(YEAR_WEEKS)).sqrt();
        Self {
            mean: (DRIFT_MEAN + MEAN_OF_RECORD * own) * beyond,
            deviation: (DRIFT_DEVIATION + DEVIATION_OF_RECORD * own) * beyond,
        }
    }
}

/// Consecutive weeks that were drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct WeekBlock {
    /// The first of them.
    pub start: usize,
    /// The factor of each.
    pub level: f32,
}

impl Attendance {
    /// From the record of a plan, and from its time off.
    pub fn of(plan: &Plan, weeks: &[WeekTotal], now: DateTime<Utc>) -> Self {
        #[allow(clippy::cast_precision_loss)] // minutes of a week
        let mut own: Vec<f32> = weeks
            .iter()
            .filter(|week| week.is_over && week.planned > 0)
            .map(|week| (week.done as f32 / week.planned as f32).min(MOST) * planned_share(plan))
            .collect();
        let count = own.len();
        own.extend_from_within(..count.min(BLOCK - 1));
        while count > 0 && own.len() < count + BLOCK - 1 {
            own.push(own[own.len() - count]);
        }
        own.extend(SHAPE);
        own.extend(&SHAPE[..BLOCK - 1]);
        let weeks_of_record = u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            weeks: own,
            own: weeks_of_record,
            drift: Drift::after(weeks_of_record),
            absences: Absences::of(plan, now, weeks_of_record),
        }
    }

    pub fn own_weeks(&self) -> u32 {
        self.own
    }

    /// The weight of the record, from 0 to 1.
    pub fn own_share(&self) -> f64 {
        own_share(self.own)
    }

    /// The mean of all that can be drawn for the first year.
    pub fn mean(&self) -> f64 {
        let own = mean(&self.weeks[..self.own as usize]);
        let level = self.own_share() * own + (1.0 - self.own_share()) * mean_level();
        level * (1.0 + self.drift.mean / 2.0) * (1.0 - self.absences.share())
    }

    /// How many places a block can start at.
    pub fn starts(&self) -> usize {
        self.weeks.len() + 1 - BLOCK
    }

    /// The weeks of a block that starts there, before the level.
    #[inline]
    pub fn weeks(&self, start: usize) -> &[f32] {
        &self.weeks[start..start + BLOCK]
    }

    /// The change of attendance within a year, at a quantile between 0 and 1.
    pub fn drift(&self, quantile: f64) -> f32 {
        let drift = self.drift.mean + self.drift.deviation * logistic(quantile);
        drift.clamp(-MOST_DRIFT, MOST_DRIFT) as f32
    }

    /// The factor of a block `ahead` blocks from now, if attendance changes by `drift` in a year.
    #[inline]
    #[allow(clippy::cast_precision_loss)] // some hundreds
    pub fn drifted(drift: f32, ahead: u32) -> f32 {
        const YEARS: f32 = BLOCK as f32 / YEAR_WEEKS as f32;
        1.0 + drift * (ahead as f32 * YEARS).min(1.0)
    }

    /// Draws the blocks that a round's weeks are drawn from.
    pub fn draw_pool(&self, pool: &mut Vec<WeekBlock>, random: &mut SplitMix64) {
        let own = self.own as usize;
        let assumed = self.weeks.len() - (SHAPE.len() + BLOCK - 1);
        let level = LEVELS[below(random.next_u64() >> 32, LEVELS.len())];
        pool.clear();
        pool.extend((0..ASSUMED_BLOCKS).map(|_| WeekBlock {
            start: assumed + below(random.next_u64() >> 32, SHAPE.len()),
            level,
        }));
        pool.extend((0..own.div_ceil(BLOCK)).map(|_| WeekBlock {
            start: below(random.next_u64() >> 32, own),
            level: 1.0,
        }));
    }
}

/// The share of the free time that is planned; the rest is kept in reserve.
#[allow(clippy::cast_precision_loss)] // up to 100
fn planned_share(plan: &Plan) -> f32 {
    1.0 - plan.availability().reserve_percent.min(100) as f32 / 100.0
}

/// The average attendance that is assumed, in weeks that aren't absences and before any drift.
pub(super) fn mean_level() -> f64 {
    mean(&LEVELS) * mean(&SHAPE)
}

#[allow(clippy::cast_precision_loss)] // some weeks
fn mean(weeks: &[f32]) -> f64 {
    weeks.iter().map(|week| f64::from(*week)).sum::<f64>() / weeks.len().max(1) as f64
}

/// The weight of a record of this many weeks, from 0 to 1.
#[allow(clippy::cast_precision_loss)] // a few weeks
fn own_share(weeks: u32) -> f64 {
    let own = f64::from(weeks);
    own / (own + (ASSUMED_BLOCKS * BLOCK) as f64)
}

/// The weeks that a record still needs to count half.
pub(super) fn weeks_to_half(weeks: u32) -> u32 {
    (ASSUMED_BLOCKS as u32 * BLOCK as u32).saturating_sub(weeks)
}

/// A number of 32 random bits as a number below `end`.
#[inline]
#[allow(clippy::cast_possible_truncation)] // it is below `end`
pub(super) fn below(bits: u64, end: usize) -> usize {
    ((bits * end as u64) >> 32) as usize
}
