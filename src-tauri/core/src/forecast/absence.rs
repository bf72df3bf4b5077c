//! Weeks in which nothing gets done although the calendar has time: holidays that weren't entered,
//! illness, a long stop.
//!
//! A record of some weeks seldom shows the absences to come, so weeks drawn from the record alone
//! finish too early. In each block of weeks to come an absence may begin. Its length has a heavy
//! tail (Pareto's distribution, cut off). Some learners are away far more often than others, so
//! each round draws a rate of its own from the exponential distribution, which makes the number of
//! absences a geometric one (the negative binomial of Greenwood and Yule, 1920, with shape 1).
//!
//! Nothing here depends on what was logged: one half of the law that work done never makes the
//! forecast later.

use chrono::{DateTime, TimeDelta, Utc};

use super::BLOCK;
use super::tables::{PLACES, table};
use crate::availability::ExceptionKind;
use crate::plan::Plan;

/// Unplanned weeks off in a year, on average.
const WEEKS_A_YEAR: f64 = 3.0;
/// At least this many of them come even if much time off is entered: nobody enters illness.
const FEWEST_WEEKS_A_YEAR: f64 = 1.5;
/// The shortest and the longest absence, and the exponent of the tail between them: an absence in
/// ten lasts longer than seven weeks.
const SHORTEST_WEEKS: f64 = 1.0;
const LONGEST_WEEKS: f64 = 40.0;
const EXPONENT: f64 = 1.2;
/// A learner's rate is at most this many times the average one.
const MOST_TIMES: f64 = 4.0;
/// The weeks of a learner's own record at which these assumptions count half. The record has
/// absences of its own.
const RECORD_WEEKS: f64 = 26.0;
const YEAR: TimeDelta = TimeDelta::weeks(52);

/// The distributions that absences are drawn from.
#[derive(Debug, Clone)]
pub(super) struct Absences {
    /// Weeks off in a year, on average.
    weeks_a_year: f64,
    /// The average chance of an absence to begin in a block, in 65,536ths.
    chance: f64,
    /// Lengths in blocks, in the order of their quantiles.
    lengths: Vec<f32>,
    /// A learner's rate by the average one, in the order of the quantiles.
    rates: Vec<f32>,
}

impl Absences {
    /// Absences from `now` on, for a learner with a record of `own` weeks. Time off that is entered
    /// for the coming year takes the place of unplanned weeks.
    pub fn of(plan: &Plan, now: DateTime<Utc>, own: u32) -> Self {
        let (from, until) = (now.date_naive(), (now + YEAR).date_naive());
        let days_off: i64 = plan
            .availability()
            .exceptions
            .iter()
            .filter(|exception| exception.kind == ExceptionKind::TimeOff)
            .map(|exception| {
                let (first, last) = (exception.first.max(from), exception.last.min(until));
                ((last - first).num_days() + 1).max(0)
            })
            .sum();
        #[allow(clippy::cast_precision_loss)] // days of a year
        let entered = days_off as f64 / 7.0;
        let assumed = RECORD_WEEKS / (RECORD_WEEKS + f64::from(own));
        Self::with((WEEKS_A_YEAR - entered).max(FEWEST_WEEKS_A_YEAR) * assumed)
    }

    /// Absences that take this many weeks of a year on average.
    pub(super) fn with(weeks_a_year: f64) -> Self {
        // The mean of Pareto's distribution, cut off at the longest.
        let cut = (LONGEST_WEEKS / SHORTEST_WEEKS).powf(1.0 - EXPONENT);
        let mean = SHORTEST_WEEKS * (1.0 + (1.0 - cut) / (EXPONENT - 1.0));
        let blocks_a_year = 52.0 / BLOCK as f64;
        let length = |quantile: f64| {
            let weeks = SHORTEST_WEEKS * (1.0 - quantile).powf(-1.0 / EXPONENT);
            (weeks.min(LONGEST_WEEKS) / BLOCK as f64) as f32
        };
        let rate = |quantile: f64| (-(1.0 - quantile).ln()).min(MOST_TIMES) as f32;
        Self {
            weeks_a_year,
            chance: weeks_a_year / mean / blocks_a_year * 65_536.0,
            lengths: table(length),
            rates: table(rate),
        }
    }

    /// The share of all weeks that are off.
    pub fn share(&self) -> f64 {
        self.weeks_a_year / 52.0
    }

    /// The chance of an absence to begin in a block of a round, in 65,536ths. The round draws the
    /// place in the table.
    #[inline]
    pub fn chance(&self, place: usize) -> u32 {
        (self.chance * f64::from(self.rates[place])).min(65_535.0) as u32
    }

    /// The length of an absence in blocks, by 16 random bits below the round's chance.
    #[inline]
    pub fn length(&self, bits: u32, chance: u32) -> f32 {
        self.lengths[bits as usize * PLACES / chance as usize]
    }
}
