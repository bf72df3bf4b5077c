//! Exports of the `waymark` command, read back by other projects' calendar programs and libraries.
//!
//! `khal` imports one export after another; `zones` and `texts` compare three libraries. Here:
//!
//! The schedule as JSON gives the expected content. The Rust crate `icalendar` and Python's
//! `icalendar` each read the file, and all three must have the same sessions.

mod busy;
mod khal;
mod texts;
mod zones;

use std::error::Error;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, NaiveDateTime, Utc};
use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime, Event};
use serde_json::Value;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// One session, in the terms that all three sources share.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Session {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

/// One event, as read by a calendar library.
struct Entry {
    session: Session,
    uid: String,
    summary: String,
    alarms: usize,
}

/// The command's input and output.
struct Exported {
    _folder: tempfile::TempDir,
    ics: std::path::PathBuf,
    schedule: Value,
}

fn export(hours: &str, start: &str, zone: &str) -> Result<Exported> {
    let folder = tempfile::tempdir()?;
    let (ics, json) = (
        folder.path().join("plan.ics"),
        folder.path().join("plan.json"),
    );
    assert_cmd::Command::cargo_bin("waymark")?
        .args(["plan", "--hours", hours, "--start", start, "--zone", zone])
        .arg("--ics")
        .arg(&ics)
        .arg("--json")
        .arg(&json)
        .assert()
        .success();
    Ok(Exported {
        schedule: serde_json::from_slice(&std::fs::read(json)?)?,
        ics,
        _folder: folder,
    })
}

/// Exports with the given hours, start and zone, and compares everything comparable.
fn check(hours: &str, start: &str, zone: &str) -> Result {
    let exported = export(hours, start, zone)?;
    let context = format!("{hours} hours from {start} in {zone}");

    let bytes = std::fs::read(&exported.ics)?;
    check_lines(&bytes, &context);

    let planned = planned(&exported.schedule)?;
    assert!(!planned.is_empty(), "{context}: the schedule is empty");
    let summary = &exported.schedule["summary"];
    assert_eq!(summary["sessions"], planned.len(), "{context}");
    let minutes: i64 = planned.iter().map(minutes).sum();
    assert_eq!(summary["effort_minutes"], minutes, "{context}");

    let by_rust = read_with_rust(std::str::from_utf8(&bytes)?)?;
    check_entries(&by_rust, &planned, &format!("{context}, read by Rust"));

    let events = read_with_python(&exported.ics, zone)?;
    let by_python = events
        .iter()
        .map(python_entry)
        .collect::<Result<Vec<_>>>()?;
    check_entries(&by_python, &planned, &format!("{context}, read by Python"));

    // Two libraries must also agree on everything that instants do not show.
    for (rust, python) in by_rust.iter().zip(&by_python) {
        assert_eq!(rust.uid, python.uid, "{context}");
        assert_eq!(rust.summary, python.summary, "{context}");
    }
    check_wall_clock(&exported.schedule, &events, &context)
}

fn check_entries(entries: &[Entry], planned: &[Session], context: &str) {
    assert_eq!(entries.len(), planned.len(), "{context}: number of events");
    for (entry, session) in entries.iter().zip(planned) {
        assert_eq!(&entry.session, session, "{context}: {}", entry.uid);
        assert!(
            !entry.summary.is_empty(),
            "{context}: {} has no title",
            entry.uid
        );
        assert_eq!(entry.alarms, 1, "{context}: reminders of {}", entry.uid);
    }
    let mut uids: Vec<_> = entries.iter().map(|entry| &entry.uid).collect();
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), entries.len(), "{context}: a UID is used twice");
}

/// The same instant must be the same wall-clock time in Waymark's zone tables and in Python's.
fn check_wall_clock(schedule: &Value, events: &[Value], context: &str) -> Result {
    for (session, event) in sessions(schedule)?.iter().zip(events) {
        let (ours, pythons) = (text(session, "local_start")?, text(event, "local_start")?);
        assert_eq!(
            ours.get(..16).unwrap_or(ours),
            pythons,
            "{context}: wall clock at {}",
            session["start"]
        );
    }
    Ok(())
}

/// RFC 5545, 3.1: lines end with CRLF and have at most 75 octets. Instants are in UTC.
fn check_lines(bytes: &[u8], context: &str) {
    let text = String::from_utf8_lossy(bytes);
    assert!(text.ends_with("END:VCALENDAR\r\n"), "{context}: cut short");
    assert_eq!(
        text.matches('\n').count(),
        text.matches("\r\n").count(),
        "{context}: a line feed without carriage return"
    );
    assert_eq!(
        text.matches('\r').count(),
        text.matches("\r\n").count(),
        "{context}: a carriage return without line feed"
    );
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{context}: {} octets: {line}", line.len());
        assert!(!line.contains("TZID"), "{context}: {line}");
    }
}

fn planned(schedule: &Value) -> Result<Vec<Session>> {
    let mut planned = Vec::new();
    for session in sessions(schedule)? {
        let read = session_of(session)?;
        assert_eq!(session["minutes"], minutes(&read), "{session}");
        planned.push(read);
    }
    assert!(planned.is_sorted(), "the sessions are not in order of time");
    Ok(planned)
}

fn sessions(schedule: &Value) -> Result<&Vec<Value>> {
    Ok(schedule["sessions"]
        .as_array()
        .ok_or("the JSON has no list \"sessions\"")?)
}

fn session_of(value: &Value) -> Result<Session> {
    Ok(Session {
        start: text(value, "start")?.parse()?,
        end: text(value, "end")?.parse()?,
    })
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    Ok(value[key]
        .as_str()
        .ok_or_else(|| format!("no text \"{key}\" in {value}"))?)
}

fn minutes(session: &Session) -> i64 {
    (session.end - session.start).num_minutes()
}

fn read_with_rust(text: &str) -> Result<Vec<Entry>> {
    let calendar: Calendar = text.parse()?;
    let mut entries = calendar
        .events()
        .map(rust_entry)
        .collect::<Result<Vec<_>>>()?;
    entries.sort_by_key(|entry| entry.session.start);
    Ok(entries)
}

fn rust_entry(event: &Event) -> Result<Entry> {
    let kinds = event.components().iter().map(Component::component_kind);
    Ok(Entry {
        session: Session {
            start: utc(event.get_start())?,
            end: utc(event.get_end())?,
        },
        uid: event.get_uid().ok_or("an event has no UID")?.to_owned(),
        summary: event.get_summary().unwrap_or_default().to_owned(),
        alarms: kinds.filter(|kind| kind == "VALARM").count(),
    })
}

fn utc(time: Option<DatePerhapsTime>) -> Result<DateTime<Utc>> {
    match time {
        Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(time))) => Ok(time),
        other => Err(format!("not an instant in UTC: {other:?}").into()),
    }
}

fn read_with_python(ics: &Path, zone: &str) -> Result<Vec<Value>> {
    python("read_ics.py", &[ics.as_os_str(), zone.as_ref()])
}

/// A program in `WAYMARK_PYTHON`'s environment: the interpreter, or an installed program.
fn of_python(program: &str) -> Result<Command> {
    let python = std::env::var_os("WAYMARK_PYTHON").ok_or(
        "WAYMARK_PYTHON is not set: run this through `cargo xtask test`, \
         which makes the Python environment that these tests read calendars with",
    )?;
    Ok(Command::new(Path::new(&python).with_file_name(program)))
}

/// The output of one of our Python scripts.
fn python(script: &str, arguments: &[&OsStr]) -> Result<Vec<Value>> {
    let mut python = of_python("python")?;
    printed(python.arg(beside_this(script)).args(arguments))
}

/// The output of our Node.js script: the events as ical.js reads them.
fn read_with_javascript(ics: &Path) -> Result<Vec<Value>> {
    let mut node = Command::new("node");
    printed(node.arg(beside_this("read_ics.mjs")).arg(ics))
}

fn beside_this(script: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/interop");
    folder.join(script)
}

fn printed(command: &mut Command) -> Result<Vec<Value>> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn python_entry(event: &Value) -> Result<Entry> {
    Ok(Entry {
        session: session_of(event)?,
        uid: text(event, "uid")?.to_owned(),
        summary: text(event, "summary")?.to_owned(),
        alarms: usize::try_from(event["alarms"].as_u64().ok_or("no number of alarms")?)?,
    })
}

/// Asserts that the plan really crosses the clock changes that a test is named after.
fn crosses(hours: &str, start: &str, zone: &str, changes: &[&str]) -> Result {
    let exported = export(hours, start, zone)?;
    let planned = planned(&exported.schedule)?;
    for change in changes {
        let change: DateTime<Utc> =
            NaiveDateTime::parse_from_str(change, "%Y-%m-%d %H:%M")?.and_utc();
        assert!(
            planned.first().is_some_and(|first| first.end <= change)
                && planned.last().is_some_and(|last| last.start >= change),
            "{zone}: the plan does not cross {change}"
        );
    }
    check(hours, start, zone)
}

#[test]
fn berlin_over_both_clock_changes() -> Result {
    crosses(
        "10",
        "2027-01-04",
        "Europe/Berlin",
        &["2027-03-28 01:00", "2027-10-31 01:00"],
    )
}

#[test]
fn new_york_over_both_clock_changes() -> Result {
    crosses(
        "7.5",
        "2027-02-01",
        "America/New_York",
        &["2027-03-14 07:00", "2027-11-07 06:00"],
    )
}

#[test]
fn sydney_over_both_clock_changes_of_the_south() -> Result {
    crosses(
        "12",
        "2027-03-01",
        "Australia/Sydney",
        &["2027-04-03 16:00", "2027-10-02 16:00"],
    )
}

#[test]
fn st_johns_at_an_odd_half_hour_with_clock_changes() -> Result {
    crosses(
        "12",
        "2027-02-01",
        "America/St_Johns",
        &["2027-03-14 05:30", "2027-11-07 04:30"],
    )
}

#[test]
fn lord_howe_where_the_clock_moves_by_half_an_hour() -> Result {
    crosses(
        "12",
        "2027-03-01",
        "Australia/Lord_Howe",
        &["2027-04-03 15:00", "2027-10-02 15:30"],
    )
}

#[test]
fn kolkata_at_a_half_hour_without_clock_changes() -> Result {
    check("10", "2027-01-04", "Asia/Kolkata")
}

#[test]
fn the_fewest_hours_and_the_most() -> Result {
    check("0.5", "2027-01-04", "Europe/Berlin")?;
    check("60", "2027-03-22", "Europe/Berlin")
}
