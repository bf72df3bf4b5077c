//! An exported calendar, read by two libraries that are not ours.

use std::path::Path;
use std::process::Command;

use chrono::{DateTime, Utc};
use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime};
use serde_json::Value;

use crate::window::Result;

/// When each event starts and ends, in order of time.
pub type Times = Vec<(DateTime<Utc>, DateTime<Utc>)>;

/// Read by the Rust crate `icalendar`.
pub fn read_with_rust(path: &Path) -> Result<Times> {
    let calendar: Calendar = std::fs::read_to_string(path)?.parse()?;
    let mut times = calendar
        .events()
        .map(|event| Ok((instant(event.get_start())?, instant(event.get_end())?)))
        .collect::<Result<Times>>()?;
    times.sort();
    Ok(times)
}

fn instant(time: Option<DatePerhapsTime>) -> Result<DateTime<Utc>> {
    match time {
        Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(time))) => Ok(time),
        other => Err(format!("not an instant in UTC: {other:?}").into()),
    }
}

/// Read by Python's `icalendar`.
pub fn read_with_python(path: &Path) -> Result<Times> {
    let python = std::env::var_os("WAYMARK_PYTHON")
        .ok_or("WAYMARK_PYTHON is not set: run this through `cargo xtask test`")?;
    let reader = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/read_ics.py");
    let output = Command::new(python).arg(reader).arg(path).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let events: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    let instant = |event: &Value, key: &str| -> Result<DateTime<Utc>> {
        Ok(event[key]
            .as_str()
            .ok_or("an event without times")?
            .parse()?)
    };
    events
        .iter()
        .map(|event| Ok((instant(event, "start")?, instant(event, "end")?)))
        .collect()
}
