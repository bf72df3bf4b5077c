//! When the learner can study: weekly windows in wall-clock time, and the free slots they become.
//!
//! A window is what a person says ("Tuesdays from 19:00 for an hour and a half"); a [`Slot`]
//! is the stretch of real time it means on one day in one zone. [`slots`] turns the one into
//! the other, with the zone's clock changes taken into account.

mod zone;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use crate::problem::Problem;
use zone::Offsets;

pub use zone::instant;

/// No slot begins on or after this date: chrono-tz's rules for summer time end with 2099.
pub const HORIZON: NaiveDate = match NaiveDate::from_ymd_opt(2100, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

const MINUTES_PER_DAY: u32 = 24 * 60;
/// Evenings begin at 19:00 and weekend mornings at 09:00; a long day ends at 22:30 and begins earlier.
const EVENING: u32 = 19 * 60;
const MORNING: u32 = 9 * 60;
const LATEST_END: u32 = 22 * 60 + 30;
const EARLIEST_START: u32 = 6 * 60;
const QUANTUM_MINUTES: u32 = 30;

/// A weekly stretch of time for study, in wall-clock minutes; it lies within one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The day it lies on.
    pub day: Weekday,
    /// Minutes from midnight to its start.
    pub start: u32,
    /// Minutes from midnight to its end, at most 24 hours.
    pub end: u32,
}

/// Free time on one date: a stretch of real minutes without a clock change inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// When it starts.
    pub start: DateTime<Utc>,
    /// The same moment on the learner's clock.
    pub local_start: NaiveDateTime,
    /// How long it is, in minutes.
    pub minutes: u32,
}

/// Spreads a week's minutes over the chosen days: an evening window on each weekday, a morning one on
/// Saturday and Sunday, these taking 5 parts where an evening takes 3, in half hours as far as they go.
///
/// # Errors
/// Where no day is chosen, or the hours do not fit between 06:00 and 22:30 of the chosen days.
pub fn spread(week_minutes: u32, days: &[Weekday]) -> Result<Vec<Window>, Problem> {
    let days: Vec<Weekday> = week()
        .into_iter()
        .filter(|day| days.contains(day))
        .collect();
    if days.is_empty() {
        return Err(Problem::new(
            "no-study-days",
            "study days",
            "",
            "choose at least one day",
        ));
    }
    let most = LATEST_END - EARLIEST_START;
    if week_minutes > most * u32::try_from(days.len()).unwrap_or(7) {
        return Err(Problem::new(
            "hours-beyond-days",
            "hours per week",
            (f64::from(week_minutes) / 60.0).to_string(),
            format!(
                "that is more than 16.5 hours a day; choose more days than {}",
                days.len()
            ),
        ));
    }

    let mut lengths = shares(week_minutes, &days);
    // What is too much for one day goes to the first days that have room.
    let mut over: u32 = lengths
        .iter()
        .map(|length| length.saturating_sub(most))
        .sum();
    for length in &mut lengths {
        let more = over.min(most.saturating_sub(*length));
        *length = (*length + more).min(most);
        over -= more;
    }
    let windows = days.into_iter().zip(lengths);
    let windows = windows
        .filter(|(_, length)| *length > 0)
        .map(|(day, length)| {
            let usual = if is_weekend(day) { MORNING } else { EVENING };
            let start = usual.min(LATEST_END - length);
            let end = start + length;
            Window { day, start, end }
        });
    Ok(windows.collect())
}

/// Each day's minutes, by weight: its share of the running total, so that the parts always add up to the whole.
fn shares(week_minutes: u32, days: &[Weekday]) -> Vec<u32> {
    let weight = |day: &Weekday| if is_weekend(*day) { 5 } else { 3 };
    let all: u32 = days.iter().map(weight).sum();
    let quanta = week_minutes / QUANTUM_MINUTES;
    let (mut weights, mut given) = (0, 0);
    let share = |day: &Weekday| {
        weights += weight(day);
        let until = if weights == all {
            week_minutes
        } else {
            quanta * weights / all * QUANTUM_MINUTES
        };
        let length = until - given;
        given = until;
        length
    };
    days.iter().map(share).collect()
}

/// The days of the week, Monday first.
pub fn week() -> [Weekday; 7] {
    [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ]
}

fn is_weekend(day: Weekday) -> bool {
    matches!(day, Weekday::Sat | Weekday::Sun)
}

/// The free slots from `from` on, in order of time, up to [`HORIZON`].
///
/// A window that a clock change cuts loses the time that does not exist; time that comes
/// twice is counted once, the first time. A slot that has begun is cut at `from`, to the minute.
pub fn slots(windows: &[Window], zone: Tz, from: DateTime<Utc>) -> Slots {
    let mut by_day: [Vec<Window>; 7] = Default::default();
    for window in windows {
        by_day[window.day.num_days_from_monday() as usize].push(*window);
    }
    for day in &mut by_day {
        day.sort_by_key(|window| window.start);
    }
    Slots {
        by_day,
        // The day before: where a zone skipped a whole day, "today" there is not today here.
        date: from
            .with_timezone(&zone)
            .date_naive()
            .pred_opt()
            .unwrap_or(HORIZON),
        from,
        offsets: Offsets::from(zone, from),
        pending: Vec::new(),
    }
}

/// The iterator that [`slots`] gives.
#[derive(Debug)]
pub struct Slots {
    by_day: [Vec<Window>; 7],
    date: NaiveDate,
    from: DateTime<Utc>,
    offsets: Offsets,
    /// The slots of the day at hand, the last one first.
    pending: Vec<Slot>,
}

impl Iterator for Slots {
    type Item = Slot;

    fn next(&mut self) -> Option<Slot> {
        loop {
            if let Some(slot) = self.pending.pop() {
                return Some(slot);
            }
            if self.date >= HORIZON || self.by_day.iter().all(Vec::is_empty) {
                return None;
            }
            let midnight = self.date.and_time(chrono::NaiveTime::MIN);
            for window in &self.by_day[self.date.weekday_index()] {
                let at = |minutes: u32| midnight + TimeDelta::minutes(i64::from(minutes));
                debug_assert!(window.end <= MINUTES_PER_DAY);
                let pieces = self.offsets.pieces(at(window.start), at(window.end));
                self.pending
                    .extend(pieces.filter_map(|slot| slot.cut(self.from)));
            }
            self.pending.reverse();
            self.date = self.date.checked_add_days(Days::new(1)).unwrap_or(HORIZON);
        }
    }
}

impl Slot {
    /// What is left of the slot from `from` on, rounded up to a whole minute.
    fn cut(self, from: DateTime<Utc>) -> Option<Self> {
        let late = (from - self.start).num_seconds();
        let lost = u32::try_from(late.max(0).unsigned_abs().div_ceil(60)).ok()?;
        let minutes = self.minutes.checked_sub(lost).filter(|&left| left > 0)?;
        Some(self.after(lost, minutes))
    }

    /// The part of the slot that begins `skip` minutes into it.
    pub(crate) fn after(self, skip: u32, minutes: u32) -> Self {
        let skip = TimeDelta::minutes(i64::from(skip));
        Self {
            start: self.start + skip,
            local_start: self.local_start + skip,
            minutes,
        }
    }
}

trait WeekdayIndex {
    fn weekday_index(&self) -> usize;
}

impl WeekdayIndex for NaiveDate {
    fn weekday_index(&self) -> usize {
        chrono::Datelike::weekday(self).num_days_from_monday() as usize
    }
}

#[cfg(test)]
mod tests;
