//! The end of the weeks that a calendar holds.

use chrono::{DateTime, Days, NaiveTime, Utc};

use super::options::ExportOptions;
use crate::calendar::event::{When, midnight};
use crate::plan::Plan;

const DAY: i64 = 86_400;
/// An event is removed only this far behind the end, so that a clock that is wrong by a day, or a
/// journey, takes none away that comes back later.
const GRACE_DAYS: i64 = 2;

/// Up to when a calendar gets events: the end of its last day, or never.
#[derive(Debug, Clone, Copy)]
pub(in crate::calendar) struct Horizon {
    instant: i64,
    date: i64,
}

impl Horizon {
    pub(super) fn new(plan: &Plan, options: &ExportOptions, now: DateTime<Utc>) -> Self {
        let days = options.weeks_ahead.map(|weeks| u64::from(weeks) * 7);
        let today = now.with_timezone(&plan.zone()).date_naive();
        let end = days.and_then(|days| today.checked_add_days(Days::new(days)));
        Self {
            instant: end.map_or(i64::MAX, |end| {
                plan.instant(end.and_time(NaiveTime::MIN)).timestamp()
            }),
            date: end.map_or(i64::MAX, midnight),
        }
    }

    /// Whether the calendar gets an event at this time.
    pub fn contains(self, when: When) -> bool {
        let end = match when.all_day {
            true => self.date,
            false => self.instant,
        };
        when.start < end
    }

    /// Whether an event at this time stays if the calendar has it.
    pub fn nearly_contains(self, when: When) -> bool {
        let start = when.start.saturating_sub(GRACE_DAYS * DAY);
        self.contains(When { start, ..when })
    }
}
