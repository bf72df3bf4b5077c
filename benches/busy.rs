//! The cost of reading busy time: `cargo bench -p waymark-core --bench busy`.
//!
//! `WAYMARK_PYTHON` names a Python with the packages of tests/interop/requirements.txt; its
//! icalendar then reads the same file in the same run. The real files are those of
//! `WAYMARK_CORPUS`, or of the folder `shared/ics-corpus` next to the checkout.

#![allow(clippy::disallowed_methods)] // a stopwatch needs a clock

use std::error::Error;
use std::fmt::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use waymark_core::calendar::busy::{self, BusyReport, Limits};
use waymark_core::zone::Zone;

const ROUNDS: usize = 7;

/// Reads a whole file and nothing else, as `busy` does before it computes anything.
const PYTHON: &str = "\
import sys, time
from icalendar import Calendar
data = open(sys.argv[1], 'rb').read()
begun = time.perf_counter()
calendar = Calendar.from_ical(data)
print(time.perf_counter() - begun, len(calendar.walk('VEVENT')))
";

/// The slowest known events, to fill a file with up to its bounds; `#` is a number.
const WORST: [(&str, &str); 4] = [
    (
        "events each day",
        "BEGIN:VEVENT\r\nUID:#\r\nDTSTART;TZID=Europe/Berlin:20260101T000000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n",
    ),
    (
        "events each hour, for two thousand years",
        "BEGIN:VEVENT\r\nDTSTART:00010101T000000Z\r\nRRULE:FREQ=HOURLY;UNTIL=20270101T000000Z\r\nEND:VEVENT\r\n",
    ),
    (
        "zones of their own",
        "BEGIN:VTIMEZONE\r\nTZID:Z#\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
         RRULE:FREQ=YEARLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Z#:20260101T000000\r\nEND:VEVENT\r\n",
    ),
    (
        "events in zones that nobody knows",
        "BEGIN:VEVENT\r\nDESCRIPTION:To fill the file up to its bound\r\nDTSTART;TZID=Nowhere#:20260101T000000\r\nEND:VEVENT\r\n",
    ),
];

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

fn years() -> Range<DateTime<Utc>> {
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let midnight = |year| day(year).and_time(chrono::NaiveTime::MIN).and_utc();
    midnight(2026)..midnight(2028)
}

/// Events as Google writes them, every tenth one weekly, spread over the years 2020 to 2027.
fn calendar(bytes: usize) -> std::result::Result<String, std::fmt::Error> {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n");
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default();
    let mut number = 0u64;
    while text.len() < bytes {
        let day = first + chrono::Days::new(number * 7 % 2_900);
        let (day, hour) = (day.format("%Y%m%d"), 8 + number % 10);
        write!(
            text,
            "BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:{day}T{hour:02}0000\r\n\
             DTEND;TZID=Europe/Berlin:{day}T{hour:02}4500\r\n{}DTSTAMP:20260101T000000Z\r\n\
             UID:{number:08}@example.org\r\nCREATED:20191231T120000Z\r\n\
             DESCRIPTION:Agenda: first what was left\\, then what is new\\; and who is to see\r\n  to it by when.\r\n\
             LAST-MODIFIED:20200101T120000Z\r\nLOCATION:Room {number}\r\nSEQUENCE:0\r\n\
             STATUS:CONFIRMED\r\nSUMMARY:Meeting {number}\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\n",
            if number.is_multiple_of(10) {
                "RRULE:FREQ=WEEKLY;COUNT=30\r\n"
            } else {
                ""
            },
        )?;
        number += 1;
    }
    text.push_str("END:VCALENDAR\r\n");
    Ok(text)
}

fn read(bytes: &[u8]) -> Result<BusyReport> {
    Ok(busy::read(
        bytes,
        years(),
        Zone::bundled("Europe/Berlin").ok_or("no Berlin")?,
        &Limits::default(),
    )?)
}

/// Median time of some rounds, in seconds.
fn median(mut round: impl FnMut() -> Result) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        round()?;
        times.push(begun.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    Ok(times[ROUNDS / 2])
}

fn python(file: &Path) -> Result<Option<f64>> {
    let Some(python) = std::env::var_os("WAYMARK_PYTHON") else {
        return Ok(None);
    };
    let output = Command::new(python)
        .args(["-c", PYTHON])
        .arg(file)
        .output()?;
    let told = String::from_utf8(output.stdout)?;
    let seconds = told
        .split_whitespace()
        .next()
        .ok_or("Python read nothing")?;
    Ok(Some(seconds.parse()?))
}

fn corpus() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/ics-corpus");
    let folder = std::env::var_os("WAYMARK_CORPUS").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

fn files(folder: &Path, found: &mut Vec<Vec<u8>>) -> Result {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "ics") {
            found.push(std::fs::read(path)?);
        }
    }
    Ok(())
}

fn main() -> Result {
    for size in [1, 2, 5, 10, 19] {
        let text = calendar(size << 20)?;
        let report = read(text.as_bytes())?;
        let takes = median(|| read(text.as_bytes()).map(drop))?;
        let (events, times) = (report.entries.len(), report.occurrences.len());
        println!(
            "{size:>2} MB, {events:>6} events, {times:>6} times: {:>7.1} ms",
            takes * 1e3
        );
        if size == 10 {
            let file = std::env::temp_dir().join("waymark-bench-busy.ics");
            std::fs::write(&file, &text)?;
            let python = python(&file);
            std::fs::remove_file(&file)?;
            match python? {
                Some(seconds) => println!(
                    "       read by Python's icalendar: {seconds:.2} s, {:.0} times as long",
                    seconds / takes
                ),
                None => println!("       WAYMARK_PYTHON is not set: Python left out"),
            }
        }
    }

    let barren = "BEGIN:VEVENT\r\nDTSTART:20230101T000000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\n";
    for rule in ["YEARLY", "MONTHLY", "DAILY", "HOURLY"] {
        let events = barren.replace("DAILY", rule).repeat(50_000);
        let text = format!("BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n");
        let begun = Instant::now();
        read(text.as_bytes())?;
        let takes = begun.elapsed().as_secs_f64();
        println!("50,000 rules without a date, {rule}: {takes:.2} s");
    }

    for (name, unit) in WORST {
        let mut text = String::from("BEGIN:VCALENDAR\r\n");
        let mut number = 0;
        let limits = Limits::default();
        let events = |number| number * unit.matches("BEGIN:VEVENT").count();
        while text.len() + unit.len() + 40 < limits.bytes && events(number) < limits.events {
            text += &unit.replace('#', &number.to_string());
            number += 1;
        }
        text += "END:VCALENDAR\r\n";
        let takes = median(|| read(text.as_bytes()).map(drop))?;
        println!("A file full of {name}: {takes:.2} s");
    }
    let rules = "RRULE:FREQ=YEARLY\r\n".repeat(1_000_000);
    let text = format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260101T000000Z\r\n{rules}END:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    let takes = median(|| read(text.as_bytes()).map(drop))?;
    println!("A file full of rules in one event: {takes:.2} s");

    let Some(folder) = corpus() else {
        println!("The corpus of real files is not beside this checkout: left out");
        return Ok(());
    };
    let mut real = Vec::new();
    files(&folder, &mut real)?;
    let slowest = |bytes: &Vec<u8>| {
        let begun = Instant::now();
        // Rejecting a file that is no calendar takes time too.
        let _ = read(bytes);
        begun.elapsed().as_secs_f64()
    };
    let most = real.iter().map(slowest).fold(0.0, f64::max);
    let takes = median(|| {
        for bytes in &real {
            let _ = read(bytes);
        }
        Ok(())
    })?;
    println!(
        "{} real files: {:.1} ms in all, the slowest {:.1} ms",
        real.len(),
        takes * 1e3,
        most * 1e3
    );
    Ok(())
}
