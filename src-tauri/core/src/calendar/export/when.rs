//! When events are, what is past, and which dates an export is about.

use std::ops::Range;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use super::options::Options;
use crate::plan::Plan;

/// When an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// Seconds since 1970; for an event of whole days, the first date's midnight as if it were in UTC.
    pub start: i64,
    /// The end, in the same way: the first second, or the first day, after it.
    pub end: i64,
    /// Whether it is of whole days, on whatever clock.
    pub all_day: bool,
}

/// The present: an instant, and the date on the learner's clock, both as [`When`] has them.
#[derive(Debug, Clone, Copy)]
pub struct Present {
    seconds: i64,
    today: i64,
}

/// The part of time that an export is about.
#[derive(Debug)]
pub(super) struct Scope {
    instants: Range<i64>,
    dates: Range<i64>,
}

impl When {
    /// From one date to another, both included.
    pub(super) fn days(first: NaiveDate, last: NaiveDate) -> Self {
        Self {
            start: midnight(first),
            end: midnight(last.checked_add_days(Days::new(1)).unwrap_or(last)),
            all_day: true,
        }
    }

    /// Whether it is history: a session that has begun, or whole days that are over.
    pub fn is_past(self, present: Present) -> bool {
        if self.all_day {
            self.end <= present.today
        } else {
            self.start <= present.seconds
        }
    }

    /// Minutes from start to end.
    pub fn minutes(self) -> u64 {
        u64::try_from((self.end - self.start) / 60).unwrap_or(0)
    }
}

impl Present {
    pub(super) fn new(now: DateTime<Utc>, zone: Tz) -> Self {
        Self {
            seconds: now.timestamp(),
            today: midnight(now.with_timezone(&zone).date_naive()),
        }
    }
}

impl Scope {
    pub fn new(plan: &Plan, options: &Options) -> Self {
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

fn midnight(date: NaiveDate) -> i64 {
    date.and_time(NaiveTime::MIN).and_utc().timestamp()
}
