//! The entries of a plan file's lists, which changes have too, and the checks of numbers and
//! counts.

use std::ops::RangeInclusive;

use chrono::{DateTime, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::input_error::{ErrorCode, InputError};
use crate::reading;

/// Entries that a log can have.
pub(super) const MOST_ENTRIES: usize = 100_000;
pub(super) const MOST_EXCEPTIONS: usize = 2_000;
pub(super) const MOST_PINS: usize = 20_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MoveEntry {
    pub from: String,
    pub zone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct WindowEntry {
    #[cfg_attr(feature = "types", ts(type = "Weekday"))]
    #[serde(deserialize_with = "reading::one")]
    pub day: Weekday,
    pub from: String,
    pub to: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs)]
pub enum ExceptionEntry {
    TimeOff {
        first: String,
        last: String,
    },
    OtherHours {
        first: String,
        last: String,
        week_minutes: u32,
    },
    ExtraWindow {
        first: String,
        last: String,
        from: String,
        to: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct BusyEntry {
    #[serde(deserialize_with = "reading::one")]
    pub start: DateTime<Utc>,
    #[serde(deserialize_with = "reading::one")]
    pub end: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum KnownEntry {
    Whole,
    Minutes(u32),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PinEntry {
    pub item: String,
    pub start: String,
    pub minutes: u32,
}

pub(super) fn reject(field: &str, value: impl ToString, expected: &str) -> InputError {
    InputError::new(ErrorCode::PlanField, field, value.to_string(), expected)
}

pub(super) fn within(
    field: &str,
    value: u32,
    range: RangeInclusive<u32>,
) -> Result<u32, InputError> {
    if range.contains(&value) {
        return Ok(value);
    }
    let expected = format!(
        "enter a whole number from {} to {}",
        range.start(),
        range.end()
    );
    Err(reject(field, value, &expected))
}

pub(super) fn at_most(field: &str, count: usize, most: usize) -> Result<(), InputError> {
    if count > most {
        let expected = format!("a plan has at most {most}");
        return Err(reject(field, count, &expected).because("is too many"));
    }
    Ok(())
}
