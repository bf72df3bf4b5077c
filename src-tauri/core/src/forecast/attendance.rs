//! The share of the free time that gets used: the learner's own weeks, and an assumption while
//! there are few of them.
//!
//! A week's attendance is the minutes logged by the minutes planned. Weeks to come are drawn in
//! blocks of [`BLOCK`] consecutive weeks, since bad weeks cluster (exams, illness, work): the
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

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::Rng;

use super::accuracy::logistic;
use crate::progress::WeekTotal;

/// Consecutive weeks that are drawn together.
pub(super) const BLOCK: usize = 4;

/// Blocks of each pool that are assumed. Even if no week of the record went well, one to come may.
const ASSUMED_BLOCKS: usize = 2;

/// No week counts for more than this share of what was planned: nobody makes up for lost time every
/// week.
const MOST: f32 = 1.5;

/// An assumed learner's average attendance, as nine equally likely levels: three quarters of the
/// time on average, and learners differ more among themselves than the weeks of one learner do.
/// With estimates that are a quarter too low (`accuracy.rs`), work takes 1.64 times as long as
/// planned, as Buehler, Griffin and Ross (1994) found for students' theses (55.5 days where 33.9
/// were predicted). How that divides into time not found and work misjudged is our own assumption.
const LEVELS: [f32; 9] = [0.4, 0.55, 0.66, 0.74, 0.8, 0.86, 0.91, 0.95, 1.0];

/// An assumed learner's weeks, as multiples of the level: 1 on average, good and bad weeks in
/// clusters, and one week in 13 lost.
const SHAPE: [f32; 26] = [
    1.1, 1.15, 1.1, 1.05, 0.9, 0.6, 0.8, 1.1, 1.2, 1.15, 1.1, 1.0, 1.15, //
    1.2, 1.1, 0.7, 0.0, 0.5, 1.0, 1.2, 1.25, 1.2, 1.1, 1.15, 1.1, 1.1,
];

/// The change of a learner's attendance within a year, as a share of it: the standard deviation
/// between learners. As many come to do more as come to do less. After a year it stays.
const DRIFT: f64 = 0.2;
const DRIFTS_UP_TO: f64 = 0.6;
const YEAR: f32 = 52.0;

/// The distribution that weeks to come are drawn from.
#[derive(Debug, Clone)]
pub(super) struct Attendance {
    /// The learner's weeks, then the assumed ones. Each has its first weeks again at its end, so
    /// that a block can start at any week.
    pub(super) weeks: Vec<f32>,
    pub(super) own: u32,
    /// The standard deviation of the change within a year.
    pub(super) drift: f64,
}

/// Consecutive weeks that were drawn: the first of them, and the factor of each.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct WeekBlock {
    pub start: usize,
    pub level: f32,
}

impl Attendance {
    pub fn of(weeks: &[WeekTotal]) -> Self {
        let behind = weeks.iter().filter(|week| week.is_over && week.planned > 0);
        #[allow(clippy::cast_precision_loss)] // minutes of a week
        let own = behind.map(|week| (week.done as f32 / week.planned as f32).min(MOST));
        let mut own: Vec<f32> = own.collect();
        let count = own.len();
        own.extend_from_within(..count.min(BLOCK - 1));
        while count > 0 && own.len() < count + BLOCK - 1 {
            own.push(own[own.len() - count]);
        }
        own.extend(SHAPE);
        own.extend(&SHAPE[..BLOCK - 1]);
        Self {
            weeks: own,
            own: u32::try_from(count).unwrap_or(u32::MAX),
            drift: DRIFT,
        }
    }

    pub fn own_weeks(&self) -> u32 {
        self.own
    }

    #[allow(clippy::cast_precision_loss)] // a few weeks
    pub fn own_share(&self) -> f64 {
        let own = f64::from(self.own);
        own / (own + (ASSUMED_BLOCKS * BLOCK) as f64)
    }

    /// The mean of all that can be drawn.
    pub fn mean(&self) -> f64 {
        let mean = |weeks: &[f32]| {
            weeks.iter().map(|week| f64::from(*week)).sum::<f64>() / weeks.len().max(1) as f64
        };
        let own = mean(&self.weeks[..self.own as usize]);
        self.own_share() * own + (1.0 - self.own_share()) * mean(&LEVELS) * mean(&SHAPE)
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
        (self.drift * logistic(quantile)).clamp(-DRIFTS_UP_TO, DRIFTS_UP_TO) as f32
    }

    /// The factor of a block `ahead` blocks from now, if attendance changes by `drift` in a year.
    #[inline]
    #[allow(clippy::cast_precision_loss)] // some hundreds
    pub fn drifted(drift: f32, ahead: u32) -> f32 {
        const YEARS: f32 = BLOCK as f32 / YEAR;
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

/// A number of 32 random bits as a number below `end`.
#[inline]
#[allow(clippy::cast_possible_truncation)] // it is below `end`
pub(super) fn below(bits: u64, end: usize) -> usize {
    ((bits * end as u64) >> 32) as usize
}
