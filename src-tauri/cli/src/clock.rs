//! What time it is: by the computer's clock, by `WAYMARK_NOW` as for the window, or as an option has it.

use chrono::{DateTime, Utc};
use waymark_core::input_error::InputError;
use waymark_core::plan::read_instant;

/// An instant to take for the present: to try out what Waymark will say, and to test it.
const VARIABLE: &str = "WAYMARK_NOW";

/// The present.
pub fn now() -> Result<DateTime<Utc>, InputError> {
    match std::env::var_os(VARIABLE) {
        Some(text) => read_instant(VARIABLE, &text.to_string_lossy()),
        None => Ok(Utc::now()),
    }
}

/// The present that was typed, or else the one that all commands have.
pub fn now_or(typed: Option<&str>) -> Result<DateTime<Utc>, InputError> {
    typed.map_or_else(now, |text| read_instant("present", text))
}
