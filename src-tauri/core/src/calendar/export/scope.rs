//! The dates that an export covers.

use std::ops::Range;

use chrono::{Days, NaiveDate, NaiveTime};

use super::options::ExportOptions;
use crate::calendar::event::{When, midnight};
use crate::plan::Plan;

/// The time range that an export covers: events outside it are left as they are.
#[derive(Debug)]
pub(super) struct Scope {
    instants: Range<i64>,
    dates: Range<i64>,
}

impl Scope {
    pub fn new(plan: &Plan, options: &ExportOptions) -> Self {
        let instant = |date: NaiveDate| plan.instant(date.and_time(NaiveTime::MIN)).timestamp();
        let after = options.to.and_then(|to| to.checked_add_days(Days::new(1)));
        let range = |of: &dyn Fn(NaiveDate) -> i64| {
            options.from.map_or(i64::MIN, of)..after.map_or(i64::MAX, of)
        };
        Self {
            instants: range(&instant),
            dates: range(&midnight),
        }
    }

    pub fn contains(&self, when: When) -> bool {
        if when.all_day {
            when.start < self.dates.end && when.end > self.dates.start
        } else {
            self.instants.contains(&when.start)
        }
    }
}
