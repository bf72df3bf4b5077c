//! Planned and finished work, week by week.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

use crate::plan::Plan;
use crate::progress::Progress;

/// A week of the plan, starting on the learner's first day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekTotal {
    /// Its first day.
    pub start: NaiveDate,
    /// Minutes of the sessions planned in it, past or to come.
    pub planned: u64,
    /// Minutes logged in it.
    pub done: u64,
    /// Whether it is over.
    pub is_over: bool,
}

/// The weeks from the first session or log entry to now.
pub(super) fn weeks(plan: &Plan, progress: &Progress, now: DateTime<Utc>) -> Vec<WeekTotal> {
    let first_day = plan.availability().week_start;
    let present = week_of(plan.moment_at(now).local().date(), first_day);
    let sessions = progress
        .sessions
        .iter()
        .filter(|session| session.is_there());
    let planned = sessions.map(|session| (session.start.local().date(), session.minutes, 0));
    let done = plan
        .log()
        .iter()
        .map(|entry| (plan.moment_at(entry.start).local().date(), 0, entry.minutes));
    let mut all: Vec<(NaiveDate, u32, u32)> = planned
        .chain(done)
        .map(|(date, planned, done)| (week_of(date, first_day), planned, done))
        .filter(|(week, ..)| *week <= present)
        .collect();
    all.sort_unstable_by_key(|(week, ..)| *week);

    let mut weeks: Vec<WeekTotal> = Vec::new();
    let Some(&(mut start, ..)) = all.first() else {
        return weeks;
    };
    let mut all = all.into_iter().peekable();
    while start <= present {
        let mut week = WeekTotal {
            start,
            planned: 0,
            done: 0,
            is_over: start < present,
        };
        while let Some((_, planned, done)) = all.next_if(|(of, ..)| *of == start) {
            week.planned += u64::from(planned);
            week.done += u64::from(done);
        }
        weeks.push(week);
        let Some(next) = start.checked_add_days(Days::new(7)) else {
            break;
        };
        start = next;
    }
    weeks
}

/// Number of consecutive weeks with work done, up to the last.
pub(super) fn streak(weeks: &[WeekTotal]) -> u32 {
    let mut streak = 0;
    for week in weeks.iter().rev() {
        match week {
            WeekTotal { done: 1.., .. } => streak += 1,
            WeekTotal { planned: 0, .. } | WeekTotal { is_over: false, .. } => {}
            _ => break,
        }
    }
    streak
}

/// The first day of the week that contains a date.
pub(crate) fn week_of(date: NaiveDate, first_day: Weekday) -> NaiveDate {
    let into = u64::from(date.weekday().days_since(first_day));
    date.checked_sub_days(Days::new(into)).unwrap_or(date)
}
