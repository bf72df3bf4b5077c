//! What people type, read: numbers, dates, zones, lengths of sessions. A file is read by the same rules.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::SessionLength;
use crate::problem::Problem;
use crate::reading::Written;

/// The fewest and the most hours a week that a plan can have.
pub const HOURS_PER_WEEK: RangeInclusive<f64> = 0.5..=60.0;

/// The dates a plan can start on. The last one leaves ten years to the end of the zone rules.
pub const STARTS: RangeInclusive<NaiveDate> = date(2000, 1, 1)..=date(2089, 12, 31);

/// Minutes a session may be set to.
const SESSION_MINUTES: RangeInclusive<u32> = 10..=480;

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// Hours as minutes, to the minute.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded first
pub(super) fn week_minutes(hours: f64) -> Result<u32, Problem> {
    if HOURS_PER_WEEK.contains(&hours) {
        Ok((hours * 60.0).round() as u32)
    } else {
        // A third decimal says nothing of a week.
        let hours = (hours * 100.0).round() / 100.0;
        Err(hours_problem(&hours.to_string()))
    }
}

/// A plan's id stands in the identity of each event it exports, so it must be one plain word.
pub(super) fn plan_id(id: String) -> Result<String, Problem> {
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, ':' | ';' | ',' | '\\' | '"');
    if (1..=100).contains(&id.len()) && id.chars().all(is_plain) {
        return Ok(id);
    }
    let expected = "give 1 to 100 letters, digits and hyphens";
    Err(Problem::new("plan-field", "plan id", id, expected))
}

fn hours_problem(value: &str) -> Problem {
    Problem::new(
        "hours-out-of-range",
        "hours per week",
        value,
        "give a number from 0.5 to 60",
    )
}

pub(super) fn number(text: &str) -> Result<f64, Problem> {
    let plain = text.trim().replace(',', ".");
    plain.parse().map_err(|_| hours_problem(text))
}

/// Reads a start date as it was typed, such as `2027-01-04`.
///
/// # Errors
/// A text that is no date, or a date that no plan can start on.
pub fn read_start(text: &str) -> Result<NaiveDate, Problem> {
    in_range(read_date("start date", text)?)
}

pub(super) fn in_range(start: NaiveDate) -> Result<NaiveDate, Problem> {
    if STARTS.contains(&start) {
        return Ok(start);
    }
    Err(Problem::new(
        "start-out-of-range",
        "start date",
        start.to_string(),
        format!("give a date from {} to {}", STARTS.start(), STARTS.end()),
    ))
}

/// A date as it was typed; none for an empty text.
pub(super) fn maybe_date(field: &str, text: &str) -> Result<Option<NaiveDate>, Problem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    read_date(field, text).map(Some)
}

/// Reads a date as it was typed, such as `2027-01-04`.
///
/// # Errors
/// A text that is no date.
pub fn read_date(field: &str, text: &str) -> Result<NaiveDate, Problem> {
    NaiveDate::read(text).map_err(|expected| Problem::new("not-a-date", field, text, expected))
}

/// Reads an instant as it was typed, such as `2027-02-01T18:00:00Z`.
///
/// # Errors
/// A text that is no instant.
pub fn read_instant(field: &str, text: &str) -> Result<DateTime<Utc>, Problem> {
    DateTime::read(text).map_err(|expected| Problem::new("not-an-instant", field, text, expected))
}

pub(super) fn read_zone(text: &str) -> Result<Tz, Problem> {
    let plain = text.trim();
    chrono_tz::TZ_VARIANTS
        .into_iter()
        .find(|zone| zone.name().eq_ignore_ascii_case(plain))
        .ok_or_else(|| {
            Problem::new(
                "unknown-zone",
                "time zone",
                text,
                "give an IANA name, such as Europe/Berlin or America/New_York",
            )
        })
}

pub(super) fn read_session(min: &str, max: &str, pause: u32) -> Result<SessionLength, Problem> {
    let minutes = |field, text: &str| {
        let minutes = text.trim().parse().ok();
        minutes
            .filter(|minutes| SESSION_MINUTES.contains(minutes))
            .ok_or_else(|| {
                Problem::new(
                    "session-out-of-range",
                    field,
                    text,
                    "give whole minutes from 10 to 480",
                )
            })
    };
    let session = SessionLength {
        min: minutes("shortest session", min)?,
        max: minutes("longest session", max)?,
        pause,
    };
    if session.max < session.min {
        return Err(Problem::new(
            "session-out-of-range",
            "longest session",
            max,
            format!("it is shorter than the shortest session of {min} minutes"),
        ));
    }
    Ok(session)
}
