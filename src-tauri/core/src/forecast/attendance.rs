//! Which part of the free time is really used: the learner's own weeks, and an assumption while they are few.
//!
//! A week's attendance is minutes logged by minutes planned. Weeks to come are drawn in blocks of [`BLOCK`] weeks in a row, since
//! bad weeks cluster (exams, illness, work): the circular block bootstrap (Künsch 1989; Politis and Romano 1992). Twelve weeks say little
//! about what a learner's average is, so that each round first draws a *pool* of blocks, as many as there is evidence, and then the
//! weeks to come from the pool: what the pools differ by is what is not known.
//!
//! Each block of the pool is the learner's own with probability n / (n + [`ASSUMED_WEEKS`]), where n is the number of weeks behind,
//! and else one of an assumed learner, who is the same throughout a round.
//!
//! Nothing here gets less when more is logged: n depends on what was planned only, and each draw takes a week by its
//! place. That is one half of the law that work done never makes the forecast later.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::Rng;

use crate::progress::WeekTotal;

/// Weeks in a row that are drawn together.
pub(super) const BLOCK: usize = 4;

/// The assumption counts as much as so many weeks of one's own.
const ASSUMED_WEEKS: f64 = 6.0;

/// No week counts for more than this part of what was planned: who makes up for lost time cannot do so each week.
const MOST: f32 = 1.5;

/// What an assumed learner attends on average, as nine equally likely levels. Their mean is 0.8: with estimates that are
/// 30% too low (`accuracy.rs`), work takes 1.6 times as long as planned, which is what Buehler, Griffin and Ross (1994) found of students'
/// theses (55.5 days, where 33.9 were predicted). Learners differ more among themselves than a learner's weeks do on average.
const LEVELS: [f32; 9] = [0.5, 0.62, 0.7, 0.77, 0.83, 0.88, 0.93, 0.97, 1.0];

/// An assumed learner's weeks, as parts of the level: mean 1, good and bad weeks in clusters, and one week in 13 lost.
const SHAPE: [f32; 26] = [
    1.1, 1.15, 1.1, 1.05, 0.9, 0.6, 0.8, 1.1, 1.2, 1.15, 1.1, 1.0, 1.15, //
    1.2, 1.1, 0.7, 0.0, 0.5, 1.0, 1.2, 1.25, 1.2, 1.1, 1.15, 1.1, 1.1,
];

/// What weeks to come are drawn from.
#[derive(Debug, Clone)]
pub(super) struct Attendance {
    /// The learner's weeks, then the assumed ones, each with its first weeks once more at the end, so that a block can start anywhere.
    weeks: Vec<f32>,
    own: u32,
}

/// A block of the pool: where it starts, and what its weeks are multiplied by.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    start: usize,
    level: f32,
}

/// The weeks of one round.
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    pool: Vec<Block>,
    block: Block,
    next: usize,
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
        }
    }

    pub fn own_weeks(&self) -> u32 {
        self.own
    }

    pub fn own_share(&self) -> f64 {
        let own = f64::from(self.own);
        own / (own + ASSUMED_WEEKS)
    }

    /// The average of all that can be drawn.
    pub fn mean(&self) -> f64 {
        let mean = |weeks: &[f32]| {
            weeks.iter().map(|week| f64::from(*week)).sum::<f64>() / weeks.len().max(1) as f64
        };
        let own = mean(&self.weeks[..self.own as usize]);
        self.own_share() * own + (1.0 - self.own_share()) * mean(&LEVELS) * mean(&SHAPE)
    }

    /// Begins a round.
    pub fn begin(&self, course: &mut Course, random: &mut SplitMix64) {
        let own = self.own as usize;
        let assumed = if own == 0 { 0 } else { own + BLOCK - 1 };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 2^32
        let share = (self.own_share() * 4_294_967_296.0) as u64;
        let level = LEVELS[below(random.next_u64() >> 32, LEVELS.len())];
        let blocks = (own + ASSUMED_WEEKS as usize).div_ceil(BLOCK);
        course.pool.clear();
        course.pool.extend((0..blocks).map(|_| {
            let (which, place) = halves(random.next_u64());
            if which < share {
                Block {
                    start: below(place, own),
                    level: 1.0,
                }
            } else {
                Block {
                    start: assumed + below(place, SHAPE.len()),
                    level,
                }
            }
        }));
        course.next = BLOCK;
    }

    /// The next week's attendance.
    #[inline]
    pub fn next(&self, course: &mut Course, random: &mut SplitMix64) -> f32 {
        if course.next == BLOCK {
            course.block = course.pool[below(random.next_u64() >> 32, course.pool.len())];
            course.next = 0;
        }
        let week = self.weeks[course.block.start + course.next];
        course.next += 1;
        week * course.block.level
    }
}

/// A number of 32 random bits as a number below `end`.
#[inline]
fn below(bits: u64, end: usize) -> usize {
    ((bits * end as u64) >> 32) as usize
}

#[inline]
fn halves(bits: u64) -> (u64, u64) {
    (bits >> 32, bits & 0xffff_ffff)
}
