//! Which part of the free time is really used: the learner's own weeks, and an assumption while they are few.
//!
//! A week's attendance is minutes logged by minutes planned. Weeks to come are drawn in blocks of [`BLOCK`] weeks in a row, since
//! bad weeks cluster (exams, illness, work): the circular block bootstrap (Künsch 1989; Politis and Romano 1992). Twelve weeks say little
//! about what a learner's average is, so that each round first draws a *pool* of blocks, as many as there is evidence, and then the
//! weeks to come from the pool: what the pools differ by is what is not known.
//!
//! The pool has a block for each [`BLOCK`] weeks behind, drawn from these, and [`ASSUMED_BLOCKS`] of an assumed learner, so that
//! n weeks of one's own count as n / (n + 8).
//!
//! Nothing here gets less when more is logged: how many blocks there are depends on what was planned only, and each draw takes a week by its
//! place. That is one half of the law that work done never makes the forecast later.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::Rng;

use super::accuracy::logistic;
use crate::progress::WeekTotal;

/// Weeks in a row that are drawn together.
pub(super) const BLOCK: usize = 4;

/// So many blocks of each pool are assumed. None of a learner's own weeks may have gone well, but that no week to come will is never certain.
const ASSUMED_BLOCKS: usize = 2;

/// No week counts for more than this part of what was planned: who makes up for lost time cannot do so each week.
const MOST: f32 = 1.5;

/// What an assumed learner attends on average, as nine equally likely levels: three quarters of the time in all, and learners
/// differ more among themselves than one learner's weeks do on average. Together with estimates that are a quarter too low
/// (`accuracy.rs`), work takes 1.64 times as long as planned, which is what Buehler, Griffin and Ross (1994) found of students' theses
/// (55.5 days, where 33.9 were predicted). How much of that is time not found and how much is work misjudged is an assumption of ours.
const LEVELS: [f32; 9] = [0.4, 0.55, 0.66, 0.74, 0.8, 0.86, 0.91, 0.95, 1.0];

/// An assumed learner's weeks, as parts of the level: mean 1, good and bad weeks in clusters, and one week in 13 lost.
const SHAPE: [f32; 26] = [
    1.1, 1.15, 1.1, 1.05, 0.9, 0.6, 0.8, 1.1, 1.2, 1.15, 1.1, 1.0, 1.15, //
    1.2, 1.1, 0.7, 0.0, 0.5, 1.0, 1.2, 1.25, 1.2, 1.1, 1.15, 1.1, 1.1,
];

/// By how much a learner's attendance changes in a year: the standard deviation between learners, as a part of what it is. As many come to
/// do more as come to do less; after a year it stays as it is.
const DRIFT: f64 = 0.2;
const DRIFTS_UP_TO: f64 = 0.6;
const YEAR: f32 = 52.0;

/// What weeks to come are drawn from.
#[derive(Debug, Clone)]
pub(super) struct Attendance {
    /// The learner's weeks, then the assumed ones, each with its first weeks once more at the end, so that a block can start anywhere.
    pub(super) weeks: Vec<f32>,
    pub(super) own: u32,
    /// The standard deviation of what it changes by in a year.
    pub(super) drift: f64,
}

/// Weeks in a row that were drawn: the first of them, and what each is multiplied by.
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

    /// The average of all that can be drawn.
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

    /// By how much attendance changes in a year, at a quantile between 0 and 1.
    pub fn drift(&self, quantile: f64) -> f32 {
        (self.drift * logistic(quantile)).clamp(-DRIFTS_UP_TO, DRIFTS_UP_TO) as f32
    }

    /// What a block so many blocks ahead is multiplied by, where attendance changes so much in a year.
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
