//! Small inputs that once gave a wrong value, each for a kind of mistake.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{refusal, waymark, waymark_at};

/// A folder with a file of this text.
fn file(name: &str, text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    (folder, path)
}

fn printed(arguments: &[&str]) -> String {
    let output = waymark(arguments);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

fn planned(text: &str) -> String {
    let (_folder, path) = file("plan.json", text);
    printed(&["plan", "--plan", path.to_str().unwrap()])
}

#[test]
fn hours_are_shown_in_hours_and_minutes() {
    let printed = planned(include_str!("cases/hours533.json"));
    assert!(printed.contains("5 h 20 min a week from"), "{printed}");
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let plan = format!("\u{feff}{}", include_str!("cases/hours533.json"));
    assert!(planned(&plan).contains("You finish on"));

    let roadmap = format!("\u{feff}{}", super::ROADMAP);
    let (_folder, path) = file("own.roadmap", &roadmap);
    let printed = printed(&["plan", "--roadmap", path.to_str().unwrap()]);
    assert!(printed.contains("You finish on"));
}

#[test]
fn a_window_may_end_at_midnight() {
    let printed = planned(include_str!("cases/113-window-to-0000.json"));
    assert!(printed.contains("Sat 22:00–24:00"), "{printed}");
    assert!(printed.contains("2 h a week from"), "{printed}");
}

#[test]
fn a_plan_without_work_has_nothing_to_do() {
    let printed = planned(include_str!("cases/120-zero-effort.json"));
    assert!(printed.ends_with("Nothing to do.\n"), "{printed}");
}

/// A title or note could otherwise clear the screen or change its colours.
#[test]
fn control_characters_do_not_reach_the_terminal() {
    let plan = include_str!("cases/113-window-to-0000.json")
        .replace("\"Item\"", "\"Item\\u001b[2J\\u009b31m\\u0007\"");
    let (_folder, path) = file("plan.json", &plan);
    let path = path.to_str().unwrap();
    let now = "2027-02-01T12:00:00Z";
    for arguments in [
        &["plan", "--plan", path][..],
        &["log", path, "add", "a", "30", "--note", "\u{1b}[31mred"],
        &["log", path, "list"],
        &["log", path, "list", "--json"],
        &["status", path],
        &["log", path, "done", "\u{1b}[2Jnothing"],
    ] {
        let output = waymark_at(now, arguments);
        for text in [output.stdout, output.stderr] {
            let text = String::from_utf8(text).unwrap();
            let is_bad = |c: char| c.is_control() && c != '\n';
            assert!(!text.contains(is_bad), "{arguments:?}: {text:?}");
        }
    }
}

#[test]
fn the_same_work_is_logged_twice_only_when_asked_for() {
    let (_folder, path) = file("plan.json", include_str!("cases/hours533.json"));
    let path = path.to_str().unwrap();
    let now = "2027-02-01T12:00:00Z";
    let log = |minutes: &str, start: &str, more: &[&str]| {
        let arguments = ["log", path, "add", "python", minutes, "--start", start];
        waymark_at(now, &[&arguments, more].concat())
    };
    assert!(log("90", "2027-01-04T19:00", &[]).status.success());
    let twice = refusal(&log("90", "2027-01-04T19:00", &[]));
    assert!(log("90", "2027-01-04T19:00", &["--again"]).status.success());
    assert!(log("60", "2027-01-04T19:00", &[]).status.success());

    // With these, more than 24 hours on one day.
    let too_much = refusal(&log("1300", "2027-01-04T00:00", &[]));
    assert!(
        log("1300", "2027-01-04T00:00", &["--again"])
            .status
            .success()
    );
    assert!(log("1300", "2027-01-05T00:00", &[]).status.success());
    insta::assert_snapshot!(format!("{twice}{too_much}"), @r"
    waymark: Start of the work: 2027-01-04T19:00 is already logged, with the same item and minutes. To log it anyway, add --again.
    waymark: Minutes of work: 1300 would make 25 h 40 min on 4 January 2027. To log it anyway, add --again.
    ");
}

#[test]
fn busy_time_that_takes_part_of_the_hours_is_told() {
    let busy: Vec<_> = (0..20)
        .map(|week| {
            let day = chrono::NaiveDate::from_ymd_opt(2027, 1, 5).unwrap() + chrono::Days::new(7 * week);
            serde_json::json!({"start": format!("{day}T18:00:00Z"), "end": format!("{day}T19:30:00Z")})
        })
        .collect();
    let plan = serde_json::json!({
        "id": "p", "start": "2027-01-04", "zone": "Europe/Berlin", "busy": busy,
        "windows": [
            {"day": "Tue", "from": "19:00", "to": "22:00"},
            {"day": "Thu", "from": "19:00", "to": "22:00"},
            {"day": "Sat", "from": "09:00", "to": "12:00"},
        ],
    });
    let printed = planned(&plan.to_string());
    let told = "Busy times take 1 h 30 min of your 9 h a week, on Tuesdays.";
    assert!(printed.contains(told), "{printed}");
}

/// `TZ` says where this program runs; the first day is a Monday there, or where `--zone` says.
#[test]
fn the_zone_of_the_environment_and_the_typed_zone_decide_the_first_day() {
    let planned = |zone: &str, arguments: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("waymark").unwrap();
        let output = command
            .env("WAYMARK_NOW", "2027-01-04T01:00:00Z")
            .env("TZ", zone)
            .arg("plan")
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let heading = |printed: &str| printed.lines().nth(1).unwrap_or_default().to_owned();
    let kolkata = heading(&planned("Asia/Kolkata", &[]));
    assert!(
        kolkata.contains("4 January 2027, Asia/Kolkata"),
        "{kolkata}"
    );
    // In Kolkata it is Monday morning, and there afternoon.
    let auckland = heading(&planned("Asia/Kolkata", &["--zone", "Pacific/Auckland"]));
    assert!(
        auckland.contains("11 January 2027, Pacific/Auckland"),
        "{auckland}"
    );
}

#[test]
fn a_start_long_past_without_a_log_is_told() {
    let printed = |start: &str| {
        let output = waymark_at(
            "2026-11-28T12:00:00Z",
            &["plan", "--zone", "Europe/Berlin", "--start", start],
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let told =
        "Nothing is logged since the start on 1 June 2026. To start today, add --start 2026-11-28.";
    assert!(
        printed("2026-06-01").contains(told),
        "{}",
        printed("2026-06-01")
    );
    assert!(!printed("2026-11-23").contains("Nothing is logged"));
}

/// Work that was logged in Sydney stays on the days it was done there once the plan's zone is
/// London, as with a journey there.
#[test]
fn another_zone_leaves_the_past_on_its_clock() {
    let now = "2027-02-03T09:00:00Z";
    let (_folder, path) = file("plan.json", include_str!("cases/180-streak-sydney.json"));
    let (_other, journey) = file("plan.json", include_str!("cases/182-streak-journey.json"));
    let [path, journey] = [&path, &journey].map(|path| path.to_str().unwrap());
    let printed = |arguments: &[&str]| {
        let output = waymark_at(now, arguments);
        assert!(output.status.success(), "{}", refusal(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    // The hours planned in this week are others on another clock; the hour done is the same.
    let streak = |path: &str| {
        let status = printed(&["status", path]);
        let is_habit =
            |line: &&str| line.starts_with("This week: 1 h of") || line.starts_with("Streak: 5");
        status.lines().filter(is_habit).count()
    };
    let before = (printed(&["log", path, "list"]), streak(path));
    assert_eq!((before.1, streak(journey)), (2, 2));
    printed(&[
        "plan",
        "--plan",
        path,
        "--zone",
        "Europe/London",
        "--save",
        path,
    ]);
    assert_eq!((printed(&["log", path, "list"]), streak(path)), before);
    let planned = printed(&["plan", "--plan", path]);
    assert!(planned.contains("Europe/London"), "{planned}");
}
