//! Side by side with TaskJuggler: the real `tj3` schedules the same tasks into the same working
//! hours.
//!
//! As far as the two models agree, every phase ends at the same instant. For each difference, a
//! test shows what docs/scheduling.md explains.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use waymark_core::plan::Plan;
use waymark_core::schedule::schedule;
use waymark_core::taskjuggler;
use waymark_core::zone::Zone;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// The end of each phase, by its id.
type Ends = BTreeMap<String, DateTime<Utc>>;

/// The embedded roadmap at the given hours a week.
fn plan(hours: f64, start: &str, zone: &str) -> Result<Plan> {
    plan_of(json!({"week_minutes": hours * 60.0, "start": start, "zone": zone}))
}

/// The fields of a plan file, except its id.
fn plan_of(mut file: Value) -> Result<Plan> {
    file["id"] = json!("compared");
    if let Some(minutes) = file["week_minutes"].as_f64() {
        file["week_minutes"] = json!(minutes.round() as u32);
    }
    Ok(Plan::from_json(&file.to_string())?)
}

/// The ends of the phases in the schedule, and in TaskJuggler.
fn both(plan: &Plan) -> Result<(Ends, Ends)> {
    let schedule = schedule(plan, plan.start_instant());
    let phases = plan.roadmap().phases.iter().zip(&schedule.phases);
    let ours = phases.filter_map(|(phase, span)| Some((phase.id.clone(), (*span)?.end.instant())));
    let ours: Ends = ours.collect();

    let folder = tempfile::tempdir()?;
    let file = folder.path().join("plan.tjp");
    fs::write(&file, taskjuggler::project(plan, &schedule)?)?;
    let mut theirs = run(&file)?;
    theirs.retain(|phase, _| ours.contains_key(phase));
    Ok((ours, theirs))
}

/// Runs `tj3` on a project file, and reads the ends of its phases.
fn run(file: &Path) -> Result<Ends> {
    let folder = file.parent().ok_or("a file lies in a folder")?;
    let output = Command::new("tj3")
        .args(["--silent", "--no-color", "--output-dir"])
        .args([folder, file])
        .output()
        .map_err(|error| format!("tj3 ({error}): run through `cargo xtask test`"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || said.contains("Error") {
        return Err(format!("tj3: {said}").into());
    }
    let report = fs::read_to_string(folder.join("waymark.csv"))?;
    let rows = report.lines().skip(1);
    let rows = rows.map(|row| row.split(';').map(|cell| cell.trim_matches('"')));
    let mut ends = Ends::new();
    for mut row in rows {
        let id = row.next().ok_or("a row without an id")?;
        let end = row.next_back().ok_or("a row without an end")?;
        if !id.contains('.') {
            let end = DateTime::parse_from_str(end, "%Y-%m-%dT%H:%M%z")?;
            ends.insert(id.replace('_', "-"), end.to_utc());
        }
    }
    Ok(ends)
}

/// Both agree: every phase that has sessions ends at the same instant.
fn agree(plan: &Plan, phases: usize) -> Result {
    let (ours, theirs) = both(plan)?;
    assert_eq!(ours.len(), phases, "phases with sessions");
    assert_eq!(ours, theirs);
    Ok(())
}

fn later(ours: &Ends, theirs: &Ends, phase: &str) -> TimeDelta {
    ours[phase] - theirs[phase]
}

#[test]
fn ten_hours_in_berlin_over_both_clock_changes() -> Result {
    let plan = plan(10.0, "2027-01-04", "Europe/Berlin")?;
    let (ours, _) = both(&plan)?;
    let changes = ["2027-03-28T01:00:00Z", "2027-10-31T01:00:00Z"];
    let finish = ours.values().max().ok_or("no phase ends")?;
    assert!(changes.iter().all(|change| {
        change
            .parse()
            .is_ok_and(|change: DateTime<Utc>| plan.start_instant() < change && change < *finish)
    }));
    agree(&plan, 10)
}

#[test]
fn five_hours_from_a_wednesday() -> Result {
    agree(&plan(5.0, "2027-01-06", "Europe/Berlin")?, 10)
}

#[test]
fn twenty_hours_in_new_york_from_a_thursday() -> Result {
    agree(&plan(20.0, "2027-03-11", "America/New_York")?, 10)
}

#[test]
fn kolkata_and_kathmandu_off_the_hour() -> Result {
    agree(&plan(10.0, "2027-01-04", "Asia/Kolkata")?, 10)?;
    agree(&plan(10.0, "2027-01-05", "Asia/Kathmandu")?, 10)?;
    // Time on the evening before the plan starts must not be used.
    let late = json!([{"day": "Sun", "from": "23:00", "to": "24:00"}, {"day": "Mon", "from": "00:00", "to": "03:00"}]);
    agree(
        &plan_of(json!({"start": "2027-01-04", "zone": "Asia/Kathmandu", "windows": late}))?,
        10,
    )
}

#[test]
fn lord_howe_where_the_clock_moves_by_half_an_hour() -> Result {
    agree(&plan(12.0, "2027-03-01", "Australia/Lord_Howe")?, 10)
}

#[test]
fn time_off_other_times_and_an_optional_item() -> Result {
    agree(
        &plan_of(json!({
            "start": "2027-01-08", "zone": "Europe/Berlin",
            "windows": [
                {"day": "Tue", "from": "06:30", "to": "08:00"}, {"day": "Tue", "from": "19:00", "to": "21:30"},
                {"day": "Sun", "from": "21:00", "to": "24:00"},
            ],
            "exceptions": [{"kind": "time-off", "first": "2027-07-05", "last": "2027-07-25"}],
            "busy": [{"start": "2027-02-02T18:00:00Z", "end": "2027-02-02T19:00:00Z"}],
            "included": ["aws-ml-specialty"],
        }))?,
        11,
    )
}

#[test]
fn what_was_known_is_left_out_and_caps_are_kept() -> Result {
    agree(
        &plan_of(json!({
            "start": "2027-01-04", "zone": "Europe/Berlin", "week_minutes": 600, "day_cap_minutes": 90, "week_cap_minutes": 480,
            "known": {"python": "whole", "git": {"minutes": 60}},
        }))?,
        10,
    )
}

/// The rest of its phase goes first, and everything after the phase waits for it.
#[test]
fn items_that_do_not_begin_before_a_date() -> Result {
    let later = |dates: Value| {
        plan_of(json!({
            "start": "2027-01-04", "zone": "Europe/Berlin", "week_minutes": 600, "not_before": dates,
        }))
    };
    agree(&later(json!({"python": "2027-03-12"}))?, 10)?;
    agree(
        &later(json!({"git": "2027-01-01", "docker": "2028-02-01"}))?,
        10,
    )
}

/// A quarter of an hour a week is too short for a session, but TaskJuggler uses it.
#[test]
fn time_too_short_for_a_session_is_used_by_taskjuggler_only() -> Result {
    let (ours, theirs) = both(&plan(7.25, "2027-01-04", "Europe/Berlin")?)?;
    assert!(ours.iter().all(|(phase, end)| theirs[phase] <= *end));
    let last = later(&ours, &theirs, "interview-preparation");
    assert!((1..28).contains(&last.num_days()), "{last}");
    Ok(())
}

/// A window in the night when the clock goes back: Waymark counts an hour that occurs twice only
/// once.
#[test]
fn the_hour_that_comes_twice_counts_twice_in_taskjuggler() -> Result {
    let roadmap = json!({
        "id": "r", "title": "Nights", "nominal_hours_per_week": 3,
        "phases": [{
            "id": "one", "title": "One", "outcome": {"id": "done", "title": "Done"},
            "items": [{"id": "first", "title": "First", "kind": "topic", "effort_hours": 6}],
        }],
    });
    let plan = plan_of(json!({
        "start": "2027-10-25", "zone": "Europe/Berlin", "roadmap": roadmap,
        "windows": [{"day": "Sun", "from": "01:00", "to": "04:00"}],
    }))?;
    let (ours, theirs) = both(&plan)?;
    assert_eq!(later(&ours, &theirs, "one"), TimeDelta::hours(1));
    Ok(())
}

#[test]
fn the_command_writes_a_project_that_taskjuggler_schedules() -> Result {
    let folder = tempfile::tempdir()?;
    let (tjp, data) = (
        folder.path().join("plan.tjp"),
        folder.path().join("plan.json"),
    );
    let options = [
        "--hours",
        "15",
        "--days",
        "mon,wed,sun",
        "--start",
        "2027-01-05",
        "--zone",
        "Europe/Paris",
    ];
    for (command, option, file) in [("export", "--tjp", &tjp), ("plan", "--json", &data)] {
        let mut waymark = assert_cmd::Command::cargo_bin("waymark")?;
        waymark
            .arg(command)
            .args(options)
            .arg(option)
            .arg(file)
            .assert()
            .success();
    }
    let theirs = run(&tjp)?;
    let data: Value = serde_json::from_slice(&fs::read(data)?)?;
    let phases = data["phases"].as_array().ok_or("no phases")?;
    for phase in phases {
        let (Some(id), Some(end)) = (phase["id"].as_str(), phase["local_end"].as_str()) else {
            continue;
        };
        let end = NaiveDateTime::parse_from_str(end, "%Y-%m-%dT%H:%M")?;
        let theirs = theirs[id].with_timezone(&Zone::bundled("Europe/Paris").ok_or("no Paris")?);
        assert_eq!(theirs.naive_local(), end, "{id}");
    }
    Ok(())
}

#[test]
fn years_that_taskjuggler_has_not_are_refused_in_one_line() -> Result {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("plan.tjp");
    let mut waymark = assert_cmd::Command::cargo_bin("waymark")?;
    let output = waymark
        .args(["export", "--start", "2036-01-07", "--tjp"])
        .arg(&file)
        .output()?;
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr)?;
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("TaskJuggler's last year is 2035"), "{said}");
    assert!(!file.exists());
    Ok(())
}
