//! What time it is: by the computer's clock, or as `WAYMARK_NOW` has it.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use waymark_core::input_error::InputError;
use waymark_core::plan::read_instant;

/// An instant such as `2027-02-01T18:00:00Z` to begin at instead of the present: to try out what Waymark will say, and to test it.
const VARIABLE: &str = "WAYMARK_NOW";

/// The one place where the shell asks for the time.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// Another present, and when the program was in it.
    begun: Option<(DateTime<Utc>, Instant)>,
}

impl Clock {
    /// The clock that the environment asks for.
    ///
    /// # Errors
    /// A `WAYMARK_NOW` that is no instant.
    pub fn new() -> Result<Self, InputError> {
        let Some(text) = std::env::var_os(VARIABLE) else {
            return Ok(Self { begun: None });
        };
        let now = read_instant(VARIABLE, &text.to_string_lossy())?;
        Ok(Self {
            begun: Some((now, Instant::now())),
        })
    }

    /// The present.
    pub fn now(&self) -> DateTime<Utc> {
        let Some((now, begun)) = self.begun else {
            return Utc::now();
        };
        let passed = TimeDelta::from_std(begun.elapsed()).unwrap_or_default();
        now.checked_add_signed(passed).unwrap_or(now)
    }
}
