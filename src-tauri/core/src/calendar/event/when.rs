//! The time of an event, and whether it is in the past.

use crate::zone::Zone;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

/// The start and end of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// Seconds since 1970; for an all-day event, the first date's midnight as if it were in UTC.
    pub start: i64,
    /// The end, exclusive, in the same way: the first second, or the first day, after it.
    pub end: i64,
    /// Whether it is an all-day event, which has no time of day.
    pub all_day: bool,
}

/// The present as an instant and as the learner's date, both as [`When`] stores them.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    seconds: i64,
    today: i64,
}

impl When {
    /// All day from `first` to `last`, both included.
    pub(in crate::calendar) fn days(first: NaiveDate, last: NaiveDate) -> Self {
        Self {
            start: midnight(first),
            end: midnight(last.checked_add_days(Days::new(1)).unwrap_or(last)),
            all_day: true,
        }
    }

    /// Whether it is history: a session that has begun, or whole days that are over.
    pub fn is_past(self, now: Now) -> bool {
        if self.all_day {
            self.end <= now.today
        } else {
            self.start <= now.seconds
        }
    }

    /// Minutes from start to end.
    pub fn minutes(self) -> u64 {
        u64::try_from((self.end - self.start) / 60).unwrap_or(0)
    }
}

impl Now {
    pub(in crate::calendar) fn new(now: DateTime<Utc>, zone: Zone) -> Self {
        Self {
            seconds: now.timestamp(),
            today: midnight(now.with_timezone(&zone).date_naive()),
        }
    }
}

/// A date as an all-day [`When`] stores it.
pub(in crate::calendar) fn midnight(date: NaiveDate) -> i64 {
    date.and_time(NaiveTime::MIN).and_utc().timestamp()
}
