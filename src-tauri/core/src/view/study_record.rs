//! The hours that were planned and done, day by day and week by week.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc, Weekday};

use super::WeekView;
use crate::plan::Plan;
use crate::progress::{Progress, progress, week_of};

/// Number of weeks to come that are shown.
const WEEKS_TO_COME: u64 = 4;

/// A learner's hours so far and in the next weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyRecord {
    /// The present day on the learner's clock.
    pub today: NaiveDate,
    /// The first day of a week.
    pub week_start: Weekday,
    /// The days on which something was planned or done, up to the last of the weeks to come.
    pub days: BTreeMap<NaiveDate, StudyDay>,
    /// All weeks from the first of these days on, and four that are to come.
    pub weeks: Vec<WeekView>,
}

/// A day's hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StudyDay {
    /// Minutes that were planned, or are.
    pub planned_minutes: u64,
    /// Minutes that were logged.
    pub done_minutes: u64,
}

impl StudyRecord {
    /// Minutes that were done in all.
    pub fn done_minutes(&self) -> u64 {
        self.days.values().map(|day| day.done_minutes).sum()
    }

    /// The first day of the present week.
    pub fn present_week(&self) -> NaiveDate {
        week_of(self.today, self.week_start)
    }
}

/// The hours of a plan at `now`.
pub fn study_record(plan: &Plan, now: DateTime<Utc>) -> StudyRecord {
    let today = plan.moment_at(now).local().date();
    let week_start = plan.availability().week_start;
    let present = week_of(today, week_start);
    let end = present + Days::new(7 * (WEEKS_TO_COME + 1));
    let mut days = days(plan, &progress(plan, now));
    days.retain(|day, _| *day < end);
    let mut by_week: BTreeMap<NaiveDate, StudyDay> = BTreeMap::new();
    for (day, hours) in &days {
        let week = by_week.entry(week_of(*day, week_start)).or_default();
        week.planned_minutes += hours.planned_minutes;
        week.done_minutes += hours.done_minutes;
    }
    let first = by_week.keys().next().map_or(present, |first| *first);
    let weeks = first.iter_days().step_by(7).take_while(|week| *week < end);
    let weeks = weeks.map(|start| {
        let hours = by_week.get(&start).copied().unwrap_or_default();
        WeekView {
            start,
            planned_minutes: hours.planned_minutes,
            done_minutes: hours.done_minutes,
        }
    });
    StudyRecord {
        today,
        week_start,
        weeks: weeks.collect(),
        days,
    }
}

fn days(plan: &Plan, progress: &Progress) -> BTreeMap<NaiveDate, StudyDay> {
    let mut days: BTreeMap<NaiveDate, StudyDay> = BTreeMap::new();
    let sessions = progress.sessions.iter();
    for session in sessions.filter(|session| session.is_there()) {
        let day = days.entry(session.start.local().date()).or_default();
        day.planned_minutes += u64::from(session.minutes);
    }
    for entry in plan.log() {
        let day = plan.moment_at(entry.start).local().date();
        days.entry(day).or_default().done_minutes += u64::from(entry.minutes);
    }
    days
}
