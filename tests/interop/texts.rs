//! Titles that would break an unescaped file, as other libraries read them back.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use crate::{Result, python, read_with_javascript, text};

/// Each title, and how it comes back if a calendar cannot show all of it.
fn titles() -> Vec<(String, String)> {
    let same = [
        r"commas, semicolons; colons: and \ backslashes \\",
        r"not a line break: \n, nor \, nor \;",
        "\"quoted\" 'title' ^ caret %41 {item}",
        "two\nlines",
        "tab\there",
        "BEGIN:VEVENT\nEND:VEVENT\nUID:forged",
        "Ünïcödé ß 漢字 кириллица עברית العربية",
        "emoji 👩🏽‍🔬🚀 and flags 🇩🇪",
        "\u{2028}line and\u{2029}paragraph separators",
        "\u{feff}byte order marks\u{feff} and \u{200f}marks of direction",
        " ends with spaces ",
        ";:,\\",
    ];
    let mut titles: Vec<_> = same
        .iter()
        .map(|title| (title.to_string(), title.to_string()))
        .collect();
    // The longest allowed title, so that lines are folded at every position in a character.
    for pad in 0..4 {
        let long = "x".repeat(pad) + &"🚀漢ß,a".repeat(39);
        titles.push((long.clone(), long));
    }
    for (given, shown) in [
        ("carriage\rreturn and\r\nboth", "carriage\nreturn and\nboth"),
        (
            "bell\u{7} nul\u{0} escape\u{1b} next line\u{85}",
            "bell nul escape next line",
        ),
    ] {
        titles.push((given.to_owned(), shown.to_owned()));
    }
    titles
}

#[test]
fn other_libraries_read_back_any_title() -> Result {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);
    let titles = titles();
    let item = |(index, (given, _)): (usize, &(String, String))| json!({"id": format!("item-{index}"), "title": given, "kind": "topic", "effort_hours": 1});
    let items: Vec<Value> = titles.iter().enumerate().map(item).collect();
    let roadmap = json!({
        "id": "r", "title": "Title,\n;\\", "nominal_hours_per_week": 10, "phases": [{
            "id": "p", "title": "P;\n,", "outcome": {"id": "o", "title": "O"}, "items": items,
        }],
    });
    fs::write(path("roadmap"), roadmap.to_string())?;
    assert_cmd::Command::cargo_bin("waymark")?
        .args([
            "export",
            "--start",
            "2027-01-04",
            "--zone",
            "UTC",
            "--roadmap",
        ])
        .arg(path("roadmap"))
        .arg("--ics")
        .arg(path("plan.ics"))
        .assert()
        .success();

    let ics = path("plan.ics");
    for (reader, events) in [
        ("icalendar", python("read_ics.py", &[ics.as_os_str()])?),
        ("ical.js", read_with_javascript(&ics)?),
    ] {
        let mut seen = BTreeSet::new();
        for event in &events {
            let uid = text(event, "uid")?;
            let index = uid.split(['-', '.']).nth(2).ok_or("another UID")?;
            let index: usize = index.parse()?;
            seen.insert(index);
            let (_, shown) = &titles[index];
            assert_eq!(text(event, "summary")?, shown, "{reader}");
        }
        assert!(seen.into_iter().eq(0..titles.len()), "{reader}");
    }
    Ok(())
}
