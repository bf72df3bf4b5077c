//! The days on which the rounds end.

use chrono::NaiveDate;

use super::Quantiles;
use super::road::Road;

/// The number of rounds that end on each day.
#[derive(Debug, Clone, Default)]
pub(super) struct Ends {
    by_day: Vec<u32>,
    rounds: u32,
}

impl Ends {
    #[inline]
    pub fn add(&mut self, day: u32) {
        let day = day as usize;
        if day >= self.by_day.len() {
            self.by_day.resize(day + 1 + day / 4, 0);
        }
        self.by_day[day] += 1;
        self.rounds += 1;
    }

    pub fn quantiles(&self, road: &Road) -> Quantiles {
        let by = |percent: u64| {
            let enough = (u64::from(self.rounds) * percent).div_ceil(100).max(1);
            let mut sum = 0;
            let day = self.by_day.iter().position(|rounds| {
                sum += u64::from(*rounds);
                sum >= enough
            })?;
            road.date(u32::try_from(day).ok()?)
        };
        Quantiles {
            p50: by(50),
            p80: by(80),
            p95: by(95),
        }
    }

    /// The share of the rounds that end by a date.
    pub fn share_by(&self, road: &Road, date: NaiveDate) -> f64 {
        let days = road.day(date).map_or(0, |day| day as usize + 1);
        let by: u32 = self.by_day.iter().take(days).sum();
        f64::from(by) / f64::from(self.rounds.max(1))
    }
}
