//! Reads what people type: numbers, dates, zones and session lengths. Files follow the same rules.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};

use super::SessionLength;
use crate::input_error::{ErrorCode, InputError};
use crate::reading::Written;
use crate::zone::{Zone, ZoneDatabase};

/// Hours a week that a plan can have.
pub const HOURS_PER_WEEK: RangeInclusive<f64> = 0.5..=60.0;

/// Dates on which a plan can start. The last one leaves ten years to the
/// [horizon](crate::availability::HORIZON).
pub const STARTS: RangeInclusive<NaiveDate> = date(2000, 1, 1)..=date(2089, 12, 31);

/// Local dates on which a session can start: a plan that starts late has some after [`STARTS`].
pub(super) const SESSION_DATES: RangeInclusive<NaiveDate> = date(2000, 1, 1)..=date(2099, 12, 31);

/// Minutes that a session can be set to.
const SESSION_MINUTES: RangeInclusive<u32> = 10..=480;

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// Hours as whole minutes.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded first
pub(super) fn week_minutes(hours: f64) -> Result<u32, InputError> {
    if HOURS_PER_WEEK.contains(&hours) {
        return Ok((hours * 60.0).round() as u32);
    }
    // Nobody types a third decimal.
    let shown = (hours * 100.0).round() / 100.0;
    let error = hours_error(&shown.to_string());
    Err(match hours.partial_cmp(HOURS_PER_WEEK.start()) {
        Some(Ordering::Less) => error.because("is too few"),
        Some(_) => error.because("is too many"),
        None => error,
    })
}

/// Checks a plan's id. It is part of the identity of every exported event, so it must be one plain
/// word.
pub(super) fn plan_id(id: String) -> Result<String, InputError> {
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, ':' | ';' | ',' | '\\' | '"');
    if (1..=100).contains(&id.len()) && id.chars().all(is_plain) {
        return Ok(id);
    }
    let expected = "use 1 to 100 letters, digits and hyphens";
    Err(InputError::new(
        ErrorCode::PlanField,
        "plan id",
        id,
        expected,
    ))
}

fn hours_error(value: &str) -> InputError {
    InputError::new(
        ErrorCode::HoursOutOfRange,
        "hours per week",
        value,
        "enter a number from 0.5 to 60",
    )
}

/// Hours as typed: `7.5`, `7,5`, `7 h 30 min`, `7:30` or `45 min`.
pub(super) fn hours(text: &str) -> Result<f64, InputError> {
    let plain = text.trim().replace(',', ".");
    plain
        .parse()
        .ok()
        .or_else(|| hours_and_minutes(&plain))
        .ok_or_else(|| hours_error(text))
}

/// `7 h 30 min`, `7:30`, `7 h` or `45 min`.
fn hours_and_minutes(text: &str) -> Option<f64> {
    let (hours, written) = match text.split_once(['h', ':']) {
        Some((hours, minutes)) => (hours.trim(), minutes.trim()),
        None => ("0", text.trim().strip_suffix("min")?),
    };
    let minutes = written.strip_suffix("min").or(written.strip_suffix('m'));
    let minutes = minutes.unwrap_or(written).trim();
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    Some(f64::from(hours) + f64::from(minutes) / 60.0)
}

/// Minutes that an item can take.
const EFFORT_MINUTES: RangeInclusive<f64> = 0.0..=600_000.0;

/// An effort in minutes, as typed: `12h`, `90m`, `1.5 h`, `1 h 30 min`, or `2 weeks` of the plan's
/// hours. A number alone is hours.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded first
pub(super) fn effort(field: &str, text: &str, week_minutes: u32) -> Result<u32, InputError> {
    let plain = text.trim().to_lowercase().replace(',', ".");
    let of_unit = |units: &[&str], minutes: f64| {
        let number = units.iter().find_map(|unit| plain.strip_suffix(unit))?;
        let number: f64 = number.trim().parse().ok()?;
        Some(number * minutes)
    };
    let minutes = of_unit(&["weeks", "week", "w"], f64::from(week_minutes))
        .or_else(|| of_unit(&["hours", "hour", "hrs", "h", ""], 60.0))
        .or_else(|| of_unit(&["minutes", "minute", "min", "m"], 1.0))
        .or_else(|| hours_and_minutes(&plain).map(|hours| hours * 60.0));
    match minutes {
        Some(minutes) if EFFORT_MINUTES.contains(&minutes) => Ok(minutes.round() as u32),
        _ => {
            let expected = "enter hours, minutes or weeks, such as 12h, 90m, 1.5 h or 2 weeks";
            let error = InputError::new(ErrorCode::PlanField, field, text, expected);
            Err(match minutes {
                Some(minutes) if minutes > *EFFORT_MINUTES.end() => error.because("is too much"),
                _ => error,
            })
        }
    }
}

/// Reads a start date as it was typed, such as `2027-01-04`.
///
/// # Errors
/// If the text is not a date, or no plan can start on it.
pub fn read_start(text: &str) -> Result<NaiveDate, InputError> {
    in_range(read_date("start date", text)?)
}

pub(super) fn in_range(start: NaiveDate) -> Result<NaiveDate, InputError> {
    if STARTS.contains(&start) {
        return Ok(start);
    }
    Err(out_of_range(start, &STARTS))
}

/// Checks the start of a session, or an instant of the record.
pub(super) fn instant_in_range(instant: DateTime<Utc>) -> Result<(), InputError> {
    let date = instant.date_naive();
    // In some zones it is another day.
    let near = [date.pred_opt(), Some(date), date.succ_opt()];
    if near.iter().flatten().any(|day| SESSION_DATES.contains(day)) {
        return Ok(());
    }
    Err(out_of_range(date, &SESSION_DATES))
}

fn out_of_range(date: NaiveDate, dates: &RangeInclusive<NaiveDate>) -> InputError {
    let expected = format!("enter a date from {} to {}", dates.start(), dates.end());
    let code = ErrorCode::StartOutOfRange;
    InputError::new(code, "start date", date.to_string(), expected).because("is out of range")
}

/// Reads a date as it was typed. `None` if the text is empty.
pub(super) fn maybe_date(field: &str, text: &str) -> Result<Option<NaiveDate>, InputError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    read_date(field, text).map(Some)
}

/// Reads a date as it was typed, such as `2027-01-04`.
///
/// # Errors
/// If the text is not a date.
pub fn read_date(field: &str, text: &str) -> Result<NaiveDate, InputError> {
    NaiveDate::read(text)
        .map_err(|expected| InputError::new(ErrorCode::NotADate, field, text, expected))
}

/// Reads an instant as it was typed, such as `2027-02-01T18:00:00Z`.
///
/// # Errors
/// If the text is not an instant.
pub fn read_instant(field: &str, text: &str) -> Result<DateTime<Utc>, InputError> {
    DateTime::read(text)
        .map_err(|expected| InputError::new(ErrorCode::NotAnInstant, field, text, expected))
}

pub(super) fn read_zone(text: &str, zones: &'static ZoneDatabase) -> Result<Zone, InputError> {
    zones.zone(text.trim()).ok_or_else(|| {
        InputError::new(
            ErrorCode::UnknownZone,
            "time zone",
            text,
            "enter an IANA name, such as Europe/Berlin or America/New_York",
        )
    })
}

pub(super) fn read_session(min: &str, max: &str, pause: u32) -> Result<SessionLength, InputError> {
    let minutes = |field, text: &str| {
        let minutes = text.trim().parse().ok();
        minutes
            .filter(|minutes| SESSION_MINUTES.contains(minutes))
            .ok_or_else(|| {
                InputError::new(
                    ErrorCode::SessionOutOfRange,
                    field,
                    text,
                    "enter whole minutes from 10 to 480",
                )
            })
    };
    let session = SessionLength {
        min: minutes("shortest session", min)?,
        max: minutes("longest session", max)?,
        pause,
    };
    if session.max < session.min {
        return Err(InputError::new(
            ErrorCode::SessionOutOfRange,
            "longest session",
            max,
            format!("enter {min} or more"),
        )
        .because("is less than the shortest session"));
    }
    Ok(session)
}
