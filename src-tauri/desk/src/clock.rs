//! The current time: from the computer's clock, or starting at a time that was given.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use waymark_core::input_error::InputError;
use waymark_core::plan::read_instant;

/// An instant such as `2027-02-01T18:00:00Z` that Waymark uses as the time of its start, to preview
/// or test it at that time.
const VARIABLE: &str = "WAYMARK_NOW";

/// The only place where window and terminal get the time from.
#[derive(Debug, Clone, Copy)]
pub struct Clock(Source);

#[derive(Debug, Clone, Copy)]
enum Source {
    /// The computer's own clock.
    Computer,
    /// The time taken for the start, and when that was.
    Start(DateTime<Utc>, Instant),
    /// A test's own.
    Given(fn() -> DateTime<Utc>),
}

impl Clock {
    /// The clock that the environment asks for.
    ///
    /// # Errors
    /// If `WAYMARK_NOW` is not an instant.
    pub fn new() -> Result<Self, InputError> {
        match std::env::var_os(VARIABLE) {
            Some(text) => Self::starting_at(VARIABLE, &text.to_string_lossy()),
            None => Ok(Self(Source::Computer)),
        }
    }

    /// A clock that starts at the instant in `text`; `field` names it in the error.
    ///
    /// # Errors
    /// If `text` is not an instant.
    pub fn starting_at(field: &str, text: &str) -> Result<Self, InputError> {
        let now = read_instant(field, text)?;
        Ok(Self(Source::Start(now, Instant::now())))
    }

    /// A clock that a test sets as it likes: a computer that sleeps, or whose clock is set back.
    pub fn given(now: fn() -> DateTime<Utc>) -> Self {
        Self(Source::Given(now))
    }

    /// The current time.
    pub fn now(&self) -> DateTime<Utc> {
        match self.0 {
            Source::Computer => Utc::now(),
            Source::Start(now, start) => {
                let passed = TimeDelta::from_std(start.elapsed()).unwrap_or_default();
                now.checked_add_signed(passed).unwrap_or(now)
            }
            Source::Given(now) => now(),
        }
    }
}
