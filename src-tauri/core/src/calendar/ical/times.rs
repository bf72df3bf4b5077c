//! ClockTime something is by its lines: DTSTART, DTEND, DURATION, RDATE and the like, on the clocks
//! that they name.

use calcard::common::PartialDateTime;
use calcard::icalendar::{ICalendarDuration, ICalendarEntry, ICalendarPeriod, ICalendarValue};
use chrono::{NaiveDateTime, TimeDelta};

use super::parse::{is_blank, local};
use super::zones::{ZoneId, ZoneNames, Zones};

const DAY_SECONDS: i64 = 86_400;

/// A date or a time on some clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClockTime {
    pub local: NaiveDateTime,
    pub zone: ZoneId,
    pub is_date: bool,
}

/// How long something lasts: first by the clock, then in real time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    pub by_clock: TimeDelta,
    pub real: TimeDelta,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    At(ClockTime),
    Lasting(Length),
}

/// The time that a line has, of which `name` says what it is; none if the line is empty.
///
/// # Errors
/// What is there instead, in words that go on after "not understood:".
pub fn one(
    entry: &ICalendarEntry,
    name: &str,
    zones: &mut ZoneNames,
) -> Result<Option<ClockTime>, String> {
    let value = entry.values.first().filter(|value| !is_blank(value));
    value
        .map(|value| when(entry, value, name, zones))
        .transpose()
}

/// The times that a line has.
///
/// # Errors
/// As [`one`].
pub fn all(
    entry: &ICalendarEntry,
    name: &str,
    zones: &mut ZoneNames,
) -> Result<Vec<ClockTime>, String> {
    let values = entry.values.iter().filter(|value| !is_blank(value));
    values
        .map(|value| when(entry, value, name, zones))
        .collect()
}

/// The times that a line has, each with its own end if it has one.
///
/// # Errors
/// As [`one`].
pub fn all_with_ends(
    entry: &ICalendarEntry,
    name: &str,
    zones: &mut ZoneNames,
) -> Result<Vec<(ClockTime, Option<End>)>, String> {
    let values = entry.values.iter().filter(|value| !is_blank(value));
    values
        .map(|value| date_or_period(entry, value, name, zones))
        .collect()
}

/// From its start to its end, by DTEND or else DURATION: without both, a whole day lasts a day, and
/// a time no time at all. Of the two, what names no clock is on the clock of the other.
pub fn span(start: ClockTime, end: Option<ClockTime>, lasting: Option<Length>) -> (ClockTime, End) {
    match (end, lasting) {
        (Some(end), _) => {
            let start = start.or_in_zone_of(end);
            (start, End::At(end.or_in_zone_of(start)))
        }
        // A whole day lasts whole days, also where they are counted in hours.
        (None, Some(length)) if start.is_date => (start, End::Lasting(length.in_days())),
        (None, Some(length)) => (start, End::Lasting(length)),
        (None, None) if start.is_date => (start, End::Lasting(Length::days(1))),
        (None, None) => (start, End::Lasting(Length::days(0))),
    }
}

impl ClockTime {
    /// On the clock of `other` if it names none itself.
    pub fn or_in_zone_of(self, other: Self) -> Self {
        self.or_in(other.zone)
    }

    /// On that clock if it names none itself.
    pub fn or_in(self, zone: ZoneId) -> Self {
        if self.zone == ZoneId::FLOATING {
            Self { zone, ..self }
        } else {
            self
        }
    }

    /// The same instant on another clock.
    pub fn shown_in(self, zone: ZoneId, zones: &Zones) -> Self {
        let instant = zones.at(self.zone).instant(self.local);
        Self {
            local: zones.at(zone).local(instant),
            zone,
            ..self
        }
    }
}

impl Length {
    pub fn days(days: i64) -> Self {
        Self {
            by_clock: TimeDelta::try_days(days).unwrap_or_default(),
            real: TimeDelta::zero(),
        }
    }

    /// Days and weeks follow the clock; hours, minutes and seconds are real time (RFC 5545, 3.3.6).
    pub fn of(duration: &ICalendarDuration) -> Self {
        let sign = if duration.neg { -1 } else { 1 };
        let days = i64::from(duration.weeks) * 7 + i64::from(duration.days);
        let seconds = i64::from(duration.hours) * 3600
            + i64::from(duration.minutes) * 60
            + i64::from(duration.seconds);
        Self {
            by_clock: TimeDelta::try_days(sign * days).unwrap_or_default(),
            real: TimeDelta::try_seconds(sign * seconds).unwrap_or_default(),
        }
    }

    /// Both parts together. `None` if that is too long.
    pub fn whole(self) -> Option<TimeDelta> {
        self.by_clock.checked_add(&self.real)
    }

    /// By the clock, if its hours make up whole days.
    fn in_days(self) -> Self {
        let seconds = self.real.num_seconds();
        match self.whole() {
            Some(by_clock) if seconds % DAY_SECONDS == 0 => Self {
                by_clock,
                real: TimeDelta::zero(),
            },
            _ => self,
        }
    }
}

fn when(
    entry: &ICalendarEntry,
    value: &ICalendarValue,
    name: &str,
    zones: &mut ZoneNames,
) -> Result<ClockTime, String> {
    match value {
        ICalendarValue::PartialDateTime(time) => moment(time, entry.tz_id(), name, zones),
        other => Err(format!(
            "its {name} “{}” is no date",
            other.as_text().unwrap_or_default().trim()
        )),
    }
}

fn date_or_period(
    entry: &ICalendarEntry,
    value: &ICalendarValue,
    name: &str,
    zones: &mut ZoneNames,
) -> Result<(ClockTime, Option<End>), String> {
    // Periods have times; some are written with dates all the same.
    if let Some((first, last)) = value.as_text().and_then(|text| text.split_once('/')) {
        let mut date = |text: &str| {
            let mut date = PartialDateTime::default();
            date.parse_timestamp(&mut text.trim().as_bytes().iter().peekable(), false);
            moment(&date, entry.tz_id(), name, zones)
        };
        return Ok((date(first)?, Some(End::At(date(last)?))));
    }
    let ICalendarValue::Period(period) = value else {
        return Ok((when(entry, value, name, zones)?, None));
    };
    let (start, end) = match period {
        ICalendarPeriod::Range { start, end } => {
            let end = moment(end, entry.tz_id(), name, zones)?;
            (start, End::At(end))
        }
        ICalendarPeriod::Duration { start, duration } => {
            (start, End::Lasting(Length::of(duration)))
        }
    };
    Ok((moment(start, entry.tz_id(), name, zones)?, Some(end)))
}

/// A date or time that the calendar has, on the clock that it names.
fn moment(
    time: &PartialDateTime,
    zone: Option<&str>,
    name: &str,
    zones: &mut ZoneNames,
) -> Result<ClockTime, String> {
    let local = local(time).ok_or_else(|| {
        let part = |part: Option<u8>| part.map_or_else(String::new, |part| format!("{part:02}"));
        let date = time
            .year
            .map_or_else(String::new, |year| format!("{year:04}"));
        format!(
            "its {name} {date}{}{} {}{}{} is no date that a calendar has",
            part(time.month),
            part(time.day),
            part(time.hour),
            part(time.minute),
            part(time.second)
        )
    })?;
    let is_date = time.hour.is_none();
    let zone = if let Some(hours) = time.tz_hour {
        let seconds = i32::from(hours) * 3600 + i32::from(time.tz_minute.unwrap_or(0)) * 60;
        zones.fixed(if time.tz_minus { -seconds } else { seconds })
    } else {
        zone.map_or(ZoneId::FLOATING, |name| zones.id(name))
    };
    Ok(ClockTime {
        local,
        zone,
        is_date,
    })
}

/// The length of time that a line has.
///
/// # Errors
/// As [`one`].
pub fn duration(entry: &ICalendarEntry) -> Result<Length, String> {
    match entry.values.first() {
        Some(ICalendarValue::Duration(duration)) => Ok(Length::of(duration)),
        other => {
            let text = other.and_then(ICalendarValue::as_text).unwrap_or_default();
            Err(format!("its DURATION “{text}” is no length of time"))
        }
    }
}
