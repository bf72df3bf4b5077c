//! `waymark busy` compared with Python's recurring-ical-events on the same calendar files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Result, of_python, text};

/// Start, end and title of each occurrence, by file.
type Occurrences = BTreeMap<String, Vec<(String, String, String)>>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/busy")
}

fn by_waymark(file: &Path) -> Result<Vec<(String, String, String)>> {
    let output = assert_cmd::Command::cargo_bin("waymark")?
        .args(["busy", "--zone", "Europe/Berlin", "--json"])
        .args(["--from", "2026-01-01", "--until", "2027-12-31"])
        .arg(file)
        .output()?;
    let told: Value = serde_json::from_slice(&output.stdout)?;
    let occurrences = told["files"][0]["occurrences"].as_array();
    let mut read = Vec::new();
    for found in occurrences.ok_or("no occurrences")? {
        let part = |key| text(found, key).map(str::to_owned);
        read.push((part("start")?, part("end")?, part("summary")?));
    }
    read.sort();
    Ok(read)
}

/// Also shows that `tests/busy/expected.json` is Python's answer.
#[test]
fn python_finds_the_same_busy_time() -> Result {
    let expected = std::fs::read(folder().join("expected.json"))?;
    let expected: Occurrences = serde_json::from_slice(&expected)?;
    let files = expected
        .keys()
        .map(|name| folder().join("files").join(name));
    let output = of_python("python")?
        .arg(folder().join("expand.py"))
        .args(["2026-01-01", "2028-01-01", "Europe/Berlin"])
        .args(files)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let by_python: Occurrences = serde_json::from_slice(&output.stdout)?;
    assert_eq!(by_python, expected);
    for (name, theirs) in by_python {
        let ours = by_waymark(&folder().join("files").join(&name))?;
        assert_eq!(ours, theirs, "{name}");
    }
    Ok(())
}

/// Events that ical.js expands in another way, with the reason why its way is not ours.
const OTHERWISE_BY_ICAL_JS: [(&str, &str); 8] = [
    ("Leap day", "it moves 29 February to 1 March"),
    ("Week 20", "it takes BYWEEKNO for every week"),
    (
        "Week 1: the weekday of the start",
        "it finds no week at all",
    ),
    ("Weeks 7, 33 and 53: Wednesdays", "it finds no week at all"),
    (
        "Not on a day of its rule",
        "it leaves out the start (RFC 5545, 3.8.5.3)",
    ),
    (
        "Hourly: 01:00 does not exist and is not counted",
        "it counts an hour that does not exist (RFC 5545, 3.3.10)",
    ),
    (
        "Hourly over the hour that comes twice",
        "it takes the hour for the second one (RFC 5545, 3.3.5)",
    ),
    ("A rule with backslashes", "it cannot read the rule"),
];

/// The two libraries compared with above and in tests/busy both descend from dateutil, and may err
/// alike. ical.js has its own rules.
#[test]
fn ical_js_expands_rules_to_the_same_times() -> Result {
    let files =
        ["rules.ics", "rules-of-the-standard.ics"].map(|name| folder().join("files").join(name));
    let mut ours: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in &files {
        for (start, _, title) in by_waymark(file)? {
            ours.entry(title).or_default().push(start);
        }
    }
    let mut node = std::process::Command::new("node");
    node.arg(crate::beside_this("expand.mjs"))
        .args(["2026-01-01", "2028-01-01", "Europe/Berlin"])
        .args(&files);
    let output = node.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let theirs: BTreeMap<String, Value> = serde_json::from_slice(&output.stdout)?;
    let mut compared = 0;
    for (title, theirs) in &theirs {
        let ours = ours.get(title).cloned().unwrap_or_default();
        let is_equal = *theirs == serde_json::json!(ours);
        let reason = OTHERWISE_BY_ICAL_JS
            .iter()
            .find(|(known, _)| known == title);
        match reason {
            None => assert_eq!(*theirs, serde_json::json!(ours), "{title}"),
            Some((_, why)) => assert!(!is_equal, "{title}: no longer so that {why}"),
        }
        compared += usize::from(is_equal);
    }
    assert!(compared > 20, "{compared}");
    Ok(())
}
