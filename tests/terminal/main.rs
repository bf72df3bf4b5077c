//! The real `waymark` program: its output, files and errors.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bad_input;
mod busy;
mod controls;
mod export;
mod history;
mod outline;
mod plans;
#[path = "../ipc/public_folder.rs"]
mod public_folder;
mod roadmap_text;
mod saved;
mod typed;
mod under_way;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::{Value, json};

const ROADMAP: &str = include_str!("../../src-tauri/roadmaps/mlops-2026.json");

fn waymark(arguments: &[&str]) -> Output {
    waymark_at("2026-12-01T12:00:00Z", arguments)
}

fn waymark_at(now: &str, arguments: &[&str]) -> Output {
    // Keeps away from the plan of the person who runs the tests.
    at_home(Path::new("/nonexistent"), now, arguments)
}

/// Runs the program with a data folder.
fn at_home(home: &Path, now: &str, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("waymark").unwrap();
    command
        .env("XDG_DATA_HOME", home)
        .env("COLUMNS", "120")
        .env("WAYMARK_NOW", now)
        .args(arguments)
        .output()
        .unwrap()
}

fn plan(arguments: &[&str]) -> Output {
    let usual = ["plan", "--start", "2027-01-04", "--zone", "Europe/Berlin"];
    waymark(&[&usual, arguments].concat())
}

fn refusal(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(output.stdout.is_empty());
    said
}

#[test]
fn the_table_and_the_help_need_no_manual() {
    let printed = |output: Output| String::from_utf8(output.stdout).unwrap();
    insta::assert_snapshot!("plan", printed(plan(&[])));
    insta::assert_snapshot!(
        "plan_six_hours",
        printed(plan(&[
            "--hours",
            "6",
            "--days",
            "tue,thu,sat",
            "--include",
            "aws-ml-specialty"
        ]))
    );
    insta::assert_snapshot!("help", printed(waymark(&["plan", "--help"])));
}

#[test]
fn a_target_date_shows_the_time_to_spare_or_the_hours_needed() {
    let asked = [
        &["--target", "2028-02-02"][..],
        &["--target", "2027-11-06"],
        &["--target", "2026-01-01"],
        &[
            "--target",
            "2028-06-01",
            "--hours",
            "9",
            "--session-min",
            "120",
        ],
    ];
    let answer = |arguments: &&[&str]| {
        let printed = String::from_utf8(plan(arguments).stdout).unwrap();
        let lines: Vec<&str> = printed.lines().collect();
        format!("{arguments:?}\n{}\n", lines[lines.len() - 3..].join("\n"))
    };
    let answers: Vec<String> = asked.iter().map(answer).collect();
    insta::assert_snapshot!(answers.join("\n"));
}

/// A new plan begins on the Monday after the current time, real or set.
#[test]
fn the_default_start_is_the_monday_after_the_set_time() {
    let arguments = ["plan", "--zone", "Europe/Berlin"];
    let printed = String::from_utf8(waymark(&arguments).stdout).unwrap();
    assert!(printed.contains("from Monday 7 December 2026"), "{printed}");
}

/// A plan file can hold every property of a plan; options override it.
#[test]
fn a_plan_file_is_read_and_rejected_by_field() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    let run = |file: Value, more: &[&str]| {
        fs::write(&path, file.to_string()).unwrap();
        waymark(&[&["plan", "--plan", path.to_str().unwrap()], more].concat())
    };
    let mut file = json!({
        "id": "mine", "start": "2027-01-04", "zone": "Europe/Berlin",
        "windows": [{"day": "Tue", "from": "19:00", "to": "21:30"}, {"day": "Sat", "from": "09:00", "to": "13:00"}],
        "exceptions": [{"kind": "time-off", "first": "2027-08-02", "last": "2027-08-15"}],
        "known": {"python": "whole", "pytorch": {"minutes": 300}},
        "pins": [{"item": "linux-shell", "start": "2027-01-09T14:00", "minutes": 60}],
    });
    let items = serde_json::from_str::<Value>(ROADMAP).unwrap();
    file["pins"][0]["item"] = items["phases"][0]["items"][2]["id"].clone();
    let printed = String::from_utf8(run(file.clone(), &["--target", "2029-01-01"]).stdout).unwrap();
    insta::assert_snapshot!("plan_file", printed);
    file["windows"][0]["to"] = json!("18:00");
    let backwards = refusal(&run(file.clone(), &[]));
    file["known"]["knitting"] = json!("whole");
    file["windows"][0]["to"] = json!("21:30");
    let unknown = refusal(&run(file, &[]));
    let nothing = refusal(&run(json!([]), &[]));
    insta::assert_snapshot!(
        "plan_file_refused",
        format!("{backwards}{unknown}{nothing}")
    );
}

#[test]
fn an_item_can_be_kept_until_a_date() {
    let usual = [
        "plan",
        "--start",
        "2027-01-04",
        "--zone",
        "Europe/Berlin",
        "--json",
        "-",
    ];
    let data = |more: &[&str]| -> Value {
        serde_json::from_slice(&waymark(&[&usual[..], more].concat()).stdout).unwrap()
    };
    let first = |data: &Value| {
        let sessions = data["sessions"].as_array().unwrap();
        sessions
            .iter()
            .find(|session| session["item"] == "python")
            .unwrap()
            .clone()
    };
    let held = data(&["--not-before", "python=2027-03-12"]);
    assert_eq!(first(&held)["local_start"], "2027-03-12T19:00");
    assert_eq!(
        first(&held)["why"],
        "the first free time from 12 March 2027 on, the date you set"
    );
    assert_eq!(held["plan"]["not_before"], json!({"python": "2027-03-12"}));
    let again = [
        "--not-before",
        "python=2027-03-12",
        "--not-before",
        "python=",
    ];
    assert_eq!(data(&again), data(&[]));
    // A date after the target is told.
    let late = data(&[
        "--not-before",
        "python=2027-03-12",
        "--target",
        "2027-03-01",
    ]);
    let findings = late["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .any(|finding| finding["code"] == "begins-late"),
        "{findings:?}"
    );
}

#[test]
fn bad_plan_options_are_rejected_in_one_line() {
    let typed = [
        &["--hours", "0"][..],
        &["--hours", "-3"],
        &["--hours", "NaN"],
        &["--hours", "200"],
        &["--start", "2027-02-31"],
        &["--start", "9999-01-01"],
        &["--zone", "Mars/Olympus"],
        &["--days", "mon,noday"],
        &["--days", "sun", "--hours", "20"],
        &["--session-min", "0"],
        &["--session-max", "5"],
        &["--include", "python"],
        &["--not-before", "python"],
        &["--not-before", "astrology=2027-03-12"],
        &["--not-before", "python=spring"],
        &["--target", "someday"],
        &["--roadmap", "no-such-file.json"],
    ];
    let said: Vec<String> = typed
        .iter()
        .map(|arguments| {
            // A second --start or --zone would be rejected for being a second one.
            let usual = [["--start", "2027-01-04"], ["--zone", "Europe/Berlin"]];
            let usual = usual
                .iter()
                .filter(|pair| pair[0] != arguments[0])
                .flatten()
                .copied();
            let all: Vec<&str> = ["plan"]
                .into_iter()
                .chain(usual)
                .chain(arguments.iter().copied())
                .collect();
            refusal(&waymark(&all))
        })
        .collect();
    insta::assert_snapshot!(said.concat());
}

#[test]
fn a_bad_roadmap_is_rejected_in_one_line_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut said = String::new();
    let mut refuse = |text: String| {
        let path = folder.path().join("roadmap.json");
        let ics = folder.path().join("plan.ics");
        fs::write(&path, text).unwrap();
        let output = plan(&[
            "--roadmap",
            path.to_str().unwrap(),
            "--ics",
            ics.to_str().unwrap(),
        ]);
        said += &refusal(&output);
        assert!(!ics.exists());
    };
    let changed = |change: fn(&mut Value)| {
        let mut file: Value = serde_json::from_str(ROADMAP).unwrap();
        change(&mut file);
        file.to_string()
    };
    refuse("Week 1: Python".to_owned());
    refuse(changed(|file| {
        file["phases"][0]["items"][0]["requires"] = json!(["apis-rest"])
    }));
    refuse(changed(|file| {
        file["phases"][0]["items"][1]["id"] = json!("python")
    }));
    refuse(changed(|file| {
        file["phases"][7]["items"][0]["effort_hours"] = json!(-20)
    }));
    insta::assert_snapshot!(said);
}

/// Dates for a spreadsheet, across a clock change: one row for each phase and item, and no title
/// that a spreadsheet takes for a formula.
#[test]
fn dates_are_written_for_a_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    let (roadmap, dates) = (
        folder.path().join("roadmap.json"),
        folder.path().join("dates.csv"),
    );
    let mut file: Value = serde_json::from_str(ROADMAP).unwrap();
    file["phases"][0]["items"][2]["title"] = json!("=SUM(1,\"2\")");
    fs::write(&roadmap, file.to_string()).unwrap();
    let files = [
        "--roadmap",
        roadmap.to_str().unwrap(),
        "--csv",
        dates.to_str().unwrap(),
    ];
    assert!(plan(&files).status.success());
    let written = fs::read_to_string(dates).unwrap();
    let phases = file["phases"].as_array().unwrap();
    let items: usize = phases
        .iter()
        .map(|phase| phase["items"].as_array().unwrap().len())
        .sum();
    assert_eq!(written.lines().count(), 1 + phases.len() + items);
    let shown = written
        .lines()
        .enumerate()
        .filter(|(index, line)| *index < 5 || line.contains(",,") || line.contains(",\"\","));
    let shown: Vec<&str> = shown.map(|(_, line)| line).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn files_that_cannot_be_written_are_named_and_the_old_ones_stay() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no/such/folder/plan.ics");
    let output = plan(&["--ics", missing.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("waymark: Couldn't write ") && said.contains("plan.ics"),
        "{said}"
    );

    let ics = folder.path().join("plan.ics");
    let write = |hours| {
        assert!(
            plan(&["--hours", hours, "--ics", ics.to_str().unwrap()])
                .status
                .success()
        )
    };
    write("10");
    let first = fs::read(&ics).unwrap();
    write("10");
    assert_eq!(
        fs::read(&ics).unwrap(),
        first,
        "the same plan is the same file"
    );
    assert_eq!(
        names(folder.path()),
        ["plan.ics"],
        "and nothing lies beside it"
    );
}

/// The plan in a file, sealed or written by hand.
fn stored_plan(path: &Path) -> Value {
    let file: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    file.pointer("/document/plan").cloned().unwrap_or(file)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}
