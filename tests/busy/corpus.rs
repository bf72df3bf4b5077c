//! Real calendar files from other projects, which lie beside the checkout and not in it.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Berlin;
use serde_json::Value;
use waymark_core::calendar::busy::{self, Limits};

use crate::explained;

/// The folder of the corpus, where there is one: beside the checkout, or where `WAYMARK_CORPUS` says.
fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/ics-corpus");
    let folder = std::env::var_os("WAYMARK_CORPUS").map_or(beside, PathBuf::from);
    folder.join("expected.json").exists().then_some(folder)
}

fn seconds(value: &Value) -> DateTime<Utc> {
    DateTime::from_timestamp(value.as_i64().unwrap(), 0).unwrap()
}

/// Occurrences as the reference has them: start and end in seconds.
fn expected(file: &Value) -> Option<Vec<(i64, i64)>> {
    let pair = |pair: &Value| (pair[0].as_i64().unwrap(), pair[1].as_i64().unwrap());
    let mut pairs: Vec<_> = file.get("occ")?.as_array()?.iter().map(pair).collect();
    pairs.sort_unstable();
    Some(pairs)
}

#[test]
fn real_files_have_the_occurrences_that_another_program_finds() {
    let Some(folder) = folder() else {
        println!("Left out, as the corpus of real files is not beside this checkout.");
        return;
    };
    let listed = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let listed: serde_json::Map<String, Value> = serde_json::from_str(&listed).unwrap();
    let (mut compared, mut differ) = (0, Vec::new());
    for (name, file) in &listed {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let range = match (file.get("ws"), file.get("we")) {
            (Some(from), Some(until)) => seconds(from)..seconds(until),
            _ => DateTime::UNIX_EPOCH..seconds(&4_000_000_000_i64.into()),
        };
        let read = busy::read(&bytes, range, Berlin, &Limits::default());
        let Some(expected) = expected(file) else {
            continue;
        };
        compared += 1;
        let found: Vec<(i64, i64)> = match &read {
            Ok(report) => {
                let pairs = report.occurrences.iter();
                pairs.map(|found| (found.start.timestamp(), found.end.timestamp())).collect()
            }
            Err(_) => Vec::new(),
        };
        if found != expected {
            differ.push((name, found, expected, read));
        }
    }
    if std::env::var_os("WAYMARK_CORPUS_SHOW").is_some() {
        for (name, found, expected, read) in &differ {
            let only = |of: &[(i64, i64)], other: &[(i64, i64)]| {
                let only: Vec<_> = of.iter().filter(|pair| !other.contains(pair)).take(4)
                    .map(|(a, b)| (DateTime::from_timestamp(*a, 0).unwrap(), DateTime::from_timestamp(*b, 0).unwrap())).collect();
                format!("{only:?}")
            };
            println!("{name}: {} found, {} expected\n  only ours {}\n  only theirs {}", found.len(), expected.len(), only(found, expected), only(expected, found));
            match read {
                Ok(report) => for entry in report.entries.iter().filter(|entry| matches!(entry.outcome, busy::Outcome::NotUnderstood(_) | busy::Outcome::Replaced)).take(4) {
                    println!("  {entry:?}");
                },
                Err(problem) => println!("  {problem}"),
            }
        }
    }
    let equal = compared - differ.len();
    println!("{equal} of {compared} files have the same occurrences.");
    let _ = explained::REASONS;
}
