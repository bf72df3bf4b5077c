//! Real calendar files of other projects, from a folder next to the checkout.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde_json::Value;
use waymark_core::calendar::busy::{self, Limits};

use crate::any_file::berlin;

const EXPLAINED: &str = include_str!("../../docs/calendar-import.md");

/// The folder of the corpus: `WAYMARK_CORPUS`, or next to the checkout. `None` if there is none.
fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/ics-corpus");
    let folder = std::env::var_os("WAYMARK_CORPUS").map_or(beside, PathBuf::from);
    folder.join("expected.json").exists().then_some(folder)
}

fn seconds(value: &Value) -> DateTime<Utc> {
    DateTime::from_timestamp(value.as_i64().unwrap(), 0).unwrap()
}

/// Start and end of each occurrence in the other library. Empty if it cannot read the file.
fn theirs(file: &Value) -> Option<Vec<(i64, i64)>> {
    let pair = |pair: &Value| (pair[0].as_i64().unwrap(), pair[1].as_i64().unwrap());
    let mut pairs: Vec<_> = file.get("occ")?.as_array()?.iter().map(pair).collect();
    pairs.sort_unstable();
    Some(pairs)
}

fn ours(bytes: &[u8], range: std::ops::Range<DateTime<Utc>>) -> Vec<(i64, i64)> {
    let Ok(report) = busy::read(bytes, range, berlin(), &Limits::default()) else {
        return Vec::new();
    };
    let pairs = report.occurrences.iter();
    pairs
        .map(|found| (found.start.timestamp(), found.end.timestamp()))
        .collect()
}

/// The files that docs/calendar-import.md explains, by the last part of their names.
fn explained() -> BTreeSet<&'static str> {
    let cells = EXPLAINED
        .lines()
        .filter_map(|line| line.strip_prefix("| `"));
    cells
        .filter_map(|cell| cell.split_once(".ics`"))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn real_files_have_the_occurrences_that_another_library_finds() {
    let Some(folder) = folder() else {
        eprintln!("Left out: the corpus of real files is not beside this checkout.");
        return;
    };
    let listed = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let listed: serde_json::Map<String, Value> = serde_json::from_str(&listed).unwrap();
    let (mut compared, mut equal, mut differ) = (0, 0, BTreeSet::new());
    for (path, file) in &listed {
        let bytes = std::fs::read(folder.join(path)).unwrap();
        let range = match (file.get("ws"), file.get("we")) {
            (Some(from), Some(until)) => seconds(from)..seconds(until),
            _ => DateTime::UNIX_EPOCH..seconds(&4_000_000_000_i64.into()),
        };
        let ours = ours(&bytes, range);
        if let Some(theirs) = theirs(file) {
            compared += 1;
            if ours == theirs {
                equal += 1;
            } else {
                let name = path.rsplit("__").next().unwrap();
                differ.insert(name.trim_end_matches(".ics"));
            }
        }
    }
    assert_eq!(
        differ,
        explained(),
        "files that differ, and those that the docs explain"
    );
    eprintln!("{equal} of {compared} real files have the same occurrences.");
    assert!(equal * 100 >= compared * 95, "{equal} of {compared}");
}
