//! Busy times in other programs' calendar files, and our own events as calendar servers return
//! them.
//!
//! `files` has the oddities of real files, one each, written for these tests. Waymark's result for
//! each is a snapshot. The result of Python's recurring-ical-events, for those it can read, is in
//! `expected.json` (written by `expand.py`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod any_file;
mod any_resource;
mod cases;
mod corpus;
mod held;
mod hostile;
mod noise;
mod own;
mod sources;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use any_file::berlin;
use chrono::{DateTime, SecondsFormat, Utc};
use waymark_core::calendar::busy::{self, BusyReport, Limits};

/// Files that the other library cannot read, or reads differently on purpose
/// (docs/calendar-import.md says why).
const READ_OTHERWISE: [&str; 12] = [
    "broken.ics",
    "carriage-returns-only.ics",
    "cut-short.ics",
    "dates-with-times.ics",
    "free-busy.ics",
    "indented.ics",
    "latin-1.ics",
    "names-of-zones-2.ics",
    "our-own-way.ics",
    "rules-of-the-standard.ics",
    "utf-16.ics",
    "versions.ics",
];

/// Start, end and title of an occurrence.
type Occurrence = (String, String, String);

/// The files of a folder in this one, by name.
fn files_in(folder: &str) -> Vec<(String, Vec<u8>)> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/busy");
    let folder = here.join(folder);
    let files = std::fs::read_dir(folder).unwrap().map(|file| {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read(path).unwrap())
    });
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}

/// The content of a file for the years 2026 and 2027 in Berlin.
fn read(bytes: &[u8]) -> BusyReport {
    let day = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let years = day("2025-12-31T23:00:00Z")..day("2027-12-31T23:00:00Z");
    busy::read(bytes, years, berlin(), &Limits::default()).unwrap()
}

fn occurrences(report: &BusyReport) -> Vec<Occurrence> {
    let text = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
    let told = report.occurrences.iter().map(|found| {
        let summary = report.entries[found.entry].summary.clone();
        (text(found.start), text(found.end), summary)
    });
    let mut told: Vec<Occurrence> = told.collect();
    told.sort();
    told
}

#[test]
fn files_of_every_oddity_are_told_of_event_by_event() {
    for (name, bytes) in files_in("files") {
        let report = read(&bytes);
        let mut told = report.lines().join("\n") + "\n\n";
        for (index, entry) in report.entries.iter().enumerate() {
            let of_it = report
                .occurrences
                .iter()
                .filter(|found| found.entry == index);
            let local: Vec<String> = of_it
                .map(|found| {
                    let length = (found.end - found.start).num_minutes();
                    let start = found
                        .start
                        .with_timezone(&berlin())
                        .format("%d.%m.%y %H:%M");
                    format!("{start} {length}'")
                })
                .collect();
            let shown = local.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
            let more = match local.len() {
                0..=4 => String::new(),
                count => format!(" … {} ({count} in all)", local[count - 1]),
            };
            let outcome = format!("{:?}", entry.outcome);
            let kind = outcome.split('(').next().unwrap();
            let (line, summary) = (entry.line, &entry.summary);
            writeln!(told, "{line:>3} {kind:<13} {summary}: {shown}{more}").unwrap();
        }
        insta::assert_snapshot!(name.trim_end_matches(".ics"), told);
    }
}

#[test]
fn another_library_finds_the_same_occurrences() {
    let expected = include_str!("expected.json");
    let mut expected: BTreeMap<String, Vec<Occurrence>> = serde_json::from_str(expected).unwrap();
    for (name, bytes) in files_in("files") {
        if READ_OTHERWISE.contains(&name.as_str()) {
            continue;
        }
        let theirs = expected.remove(&name).expect(&name);
        let ours = occurrences(&read(&bytes));
        let only = |of: &[Occurrence], other: &[Occurrence]| {
            of.iter()
                .filter(|one| !other.contains(one))
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(only(&ours, &theirs), only(&theirs, &ours), "{name}");
        assert_eq!(ours.len(), theirs.len(), "{name}");
    }
    assert!(expected.is_empty(), "no file for {:?}", expected.keys());
}
