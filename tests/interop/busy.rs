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
