//! Reads any bytes as a calendar file. docs/calendar-import.md has the command.
#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/busy/any_file.rs"]
mod any_file;

fuzz_target!(|bytes: &[u8]| {
    // The year 2026, and the day that divides it.
    let from = DateTime::from_timestamp(1_767_225_600, 0).unwrap_or_default();
    let cut = 1 + bytes.iter().map(|byte| i64::from(*byte)).sum::<i64>() % 363;
    any_file::holds(bytes, from, (cut, 365 - cut), any_file::berlin());
});
