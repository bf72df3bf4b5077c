//! Windows, exceptions and journeys as a plan file or the page has them, read and written.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveTime, Timelike};

use super::entries::{ExceptionEntry, MoveEntry, WindowEntry, reject, within};
use super::{Plan, typed};
use crate::availability::{Exception, ExceptionKind, Week, Window};
use crate::input_error::InputError;
use crate::words;
use crate::zone::{Zone, ZoneDatabase};

pub(super) const DAY_CAP: RangeInclusive<u32> = 1..=1440;
pub(super) const WEEK_CAP: RangeInclusive<u32> = 1..=10_080;
pub(super) const BREAK: RangeInclusive<u32> = 0..=1440;
pub(super) const BUFFER: RangeInclusive<u32> = 0..=1440;
pub(super) const REVIEW: RangeInclusive<u32> = 0..=50;
pub(super) const RESERVE: RangeInclusive<u32> = 0..=50;
pub(super) const IN_PARALLEL: RangeInclusive<u32> = 1..=100;
pub(super) const FREEZE: RangeInclusive<u32> = 0..=3_660;
pub(super) const CAREER: RangeInclusive<u32> = 1..=99;
const OTHER_WEEK: RangeInclusive<u32> = 0..=3_600;

impl Plan {
    /// The exceptions, as a plan file has them.
    pub fn exceptions(&self) -> impl Iterator<Item = ExceptionEntry> {
        self.availability.exceptions.iter().map(write_exception)
    }

    /// The journeys, as a plan file has them.
    pub fn journeys(&self) -> impl Iterator<Item = MoveEntry> {
        self.availability.moves.iter().map(write_journey)
    }

    /// The learner's own windows, as a plan file has them. Empty if the hours are spread over days.
    pub fn own_windows(&self) -> impl Iterator<Item = WindowEntry> {
        self.availability.week.own().iter().map(write_window)
    }
}

impl ExceptionEntry {
    /// Its name, its first date and its last date.
    pub(super) fn parts(&self) -> (&'static str, &str, &str) {
        match self {
            Self::TimeOff { first, last } => ("time off", first, last),
            Self::OtherHours { first, last, .. } => ("other hours", first, last),
            Self::ExtraWindow { first, last, .. } => ("extra window", first, last),
        }
    }
}

/// A week with these windows, shortened in proportion if `minutes` is less than they have.
pub(super) fn own_week(windows: &[WindowEntry], minutes: Option<u32>) -> Result<Week, InputError> {
    let window = |(number, entry): (usize, &WindowEntry)| {
        let time = |field: &str, text: &str| {
            let place = format!("window {number}");
            clock(field, text).map_err(|problem| problem.within(&place))
        };
        Ok(Window {
            day: entry.day,
            start: time("from", &entry.from)?,
            end: time("to", &entry.to).map(end_of_day)?,
        })
    };
    let windows: Result<Vec<Window>, InputError> = (1..).zip(windows).map(window).collect();
    let whole = Week::exact(windows?)?;
    let minutes = minutes.unwrap_or(whole.minutes());
    whole.with_minutes(typed::week_minutes(f64::from(minutes) / 60.0)?)
}

fn write_window(window: &Window) -> WindowEntry {
    WindowEntry {
        day: window.day,
        from: words::clock(window.start),
        to: words::clock(window.end),
    }
}

pub(super) fn read_journey(
    entry: &MoveEntry,
    zones: &'static ZoneDatabase,
) -> Result<(NaiveDate, Zone), InputError> {
    let from = typed::read_date("first day there", &entry.from)?;
    Ok((from, typed::read_zone(&entry.zone, zones)?))
}

fn write_journey((from, zone): &(NaiveDate, Zone)) -> MoveEntry {
    MoveEntry {
        from: from.to_string(),
        zone: zone.name().to_owned(),
    }
}

/// Reads an exception. Other hours are placed on the days or in the windows of `week`, the usual
/// one.
pub(super) fn read_exception(entry: &ExceptionEntry, week: &Week) -> Result<Exception, InputError> {
    let (what, first, last) = entry.parts();
    let first = typed::read_date(&format!("{what}, first day"), first)?;
    let last = typed::read_date(&format!("{what}, last day"), last)?;
    if last < first {
        let value = format!("{first} to {last}");
        let expected = "choose a last day on or after the first";
        return Err(reject(what, value, expected).because("ends before it starts"));
    }
    let kind = match entry {
        ExceptionEntry::TimeOff { .. } => ExceptionKind::TimeOff,
        ExceptionEntry::OtherHours { week_minutes, .. } => {
            let minutes = within("week_minutes", *week_minutes, OTHER_WEEK)?;
            ExceptionKind::OtherWeek(week.with_minutes(minutes)?.windows().to_vec())
        }
        ExceptionEntry::ExtraWindow { from, to, .. } => {
            let (start, end) = (clock("from", from)?, clock("to", to).map(end_of_day)?);
            if start >= end {
                let value = format!("{from}–{to}");
                let expected = "choose an end after the start";
                return Err(reject(what, value, expected).because("ends before it starts"));
            }
            ExceptionKind::Extra { start, end }
        }
    };
    Ok(Exception { first, last, kind })
}

fn write_exception(exception: &Exception) -> ExceptionEntry {
    let (first, last) = (exception.first.to_string(), exception.last.to_string());
    match &exception.kind {
        ExceptionKind::TimeOff => ExceptionEntry::TimeOff { first, last },
        ExceptionKind::OtherWeek(windows) => ExceptionEntry::OtherHours {
            first,
            last,
            week_minutes: windows.iter().map(Window::minutes).sum(),
        },
        ExceptionKind::Extra { start, end } => ExceptionEntry::ExtraWindow {
            first,
            last,
            from: words::clock(*start),
            to: words::clock(*end),
        },
    }
}

/// A window's end, in minutes from midnight: 00:00 is the end of its day.
fn end_of_day(minutes: u32) -> u32 {
    if minutes == 0 { 24 * 60 } else { minutes }
}

/// Reads a time such as "19:00" as minutes from midnight; "24:00" is the end of the day.
fn clock(field: &str, text: &str) -> Result<u32, InputError> {
    let plain = text.trim();
    if plain == "24:00" {
        return Ok(24 * 60);
    }
    match NaiveTime::parse_from_str(plain, "%H:%M") {
        Ok(time) => Ok(time.hour() * 60 + time.minute()),
        Err(_) => Err(reject(
            field,
            text,
            "enter hours and minutes, such as 19:00; a day ends at 24:00",
        )),
    }
}
