//! A plan file under way: its log, its status, and a recovery option that is applied.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::{at_home, names, refusal, stored_plan, waymark, waymark_at};

const COURSE: &str = include_str!("../catching-up/plans/course.json");
const NOW: &str = "2027-02-01T09:00:00Z";

/// A folder with the plan of a course, due by 2 March 2027.
fn course() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    let mut file: Value = serde_json::from_str(COURSE).unwrap();
    file["target"] = "2027-03-02".into();
    fs::write(&path, file.to_string()).unwrap();
    (folder, path)
}

fn said(command: &str, path: &Path, more: &[&str]) -> String {
    let path = path.to_str().unwrap();
    let output = waymark(&[&[command, path, "--now", NOW], more].concat());
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{command} {more:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

fn data(command: &str, path: &Path, more: &[&str]) -> Value {
    let text = said(command, path, &[more, &["--json"]].concat());
    serde_json::from_str(&text).unwrap()
}

fn log_two_weeks(path: &Path) {
    let sessions = [
        ("grammar", "2027-01-04T19:00"),
        ("words", "2027-01-06T19:00"),
        ("grammar", "2027-01-09T09:00"),
        ("words", "2027-01-11T19:00"),
        ("grammar", "2027-01-13T19:00"),
        ("words", "2027-01-16T09:00"),
    ];
    for (item, start) in sessions {
        said("log", path, &["add", item, "120", "--start", start]);
    }
}

#[test]
fn work_is_logged_the_status_shown_and_an_option_applied() {
    let (_folder, path) = course();
    let mut told = String::new();
    let mut run = |command: &str, more: &[&str]| {
        told += &format!("$ waymark {command} plan.json {}\n", more.join(" "));
        told += &said(command, &path, more);
        told += "\n";
    };
    log_two_weeks(&path);
    run("log", &["add", "grammar", "45", "--note", "in the train"]);
    run(
        "log",
        &[
            "add",
            "grammar",
            "30",
            "--start",
            "2027-01-31T10:00",
            "--entry",
            "7",
        ],
    );
    run("log", &[]);
    run("status", &[]);
    run("forecast", &[]);
    run("catch-up", &["--free", "2027-02-06T14:00/17:00"]);
    run("catch-up", &["--apply", "more-hours"]);
    run("status", &[]);
    run("log", &["remove", "7"]);
    run("log", &["estimate", "words", "240"]);
    run("log", &["done", "grammar"]);
    run("log", &["done", "basics-done"]);
    run("log", &["done", "grammar", "--not"]);
    insta::assert_snapshot!("under_way", told);
    // A plan with its own roadmap keeps it.
    assert_eq!(stored_plan(&path)["roadmap"]["id"], "course");
}

/// `WAYMARK_NOW` also sets the current time of a plan under way, unless `--now` overrides it.
#[test]
fn the_environment_sets_the_time_unless_an_option_does() {
    let (_folder, path) = course();
    log_two_weeks(&path);
    let set = |now: &str, arguments: &[&str]| {
        let output = waymark_at(
            now,
            &[&[arguments[0], path.to_str().unwrap()], &arguments[1..]].concat(),
        );
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    };
    for command in ["status", "forecast", "catch-up"] {
        assert_eq!(set(NOW, &[command]), said(command, &path, &[]));
    }
    set(NOW, &["log", "add", "words", "30"]);
    let entries = data("log", &path, &["list"])["entries"].clone();
    assert_eq!(entries[6]["start"], "2027-02-01T08:30:00Z");
    let refused = waymark_at("soon", &["status", path.to_str().unwrap()]);
    assert!(refusal(&refused).contains("WAYMARK_NOW: “soon”"));
}

/// The file then holds what the terminal promised.
#[test]
fn each_option_gives_in_the_file_what_it_promised() {
    let (folder, path) = course();
    log_two_weeks(&path);
    let options = data("catch-up", &path, &[]);
    let options = options["options"].as_array().unwrap();
    let works = |option: &&Value| !option["outcome"].is_null();
    let ids = options.iter().filter(works);
    let ids: Vec<&str> = ids.map(|option| option["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "same-hours",
            "start-again",
            "move-target",
            "more-hours",
            "sprint"
        ]
    );
    for option in options.iter().filter(works) {
        let copy = folder.path().join("copy.json");
        fs::copy(&path, &copy).unwrap();
        let taken = data(
            "catch-up",
            &copy,
            &["--apply", option["id"].as_str().unwrap()],
        );
        assert_eq!(taken["options"][0], *option);
        let status = data("status", &copy, &[]);
        let forecast = data("forecast", &copy, &[]);
        let promised = &option["outcome"];
        assert_eq!(status["finish"], promised["finish"]);
        assert_eq!(status["waiting_minutes"], 0);
        // Two weeks of record are too few for a forecast anywhere but in `waymark forecast`.
        assert!(forecast["whole"]["p80"].is_string());
        assert_eq!(
            (&promised["p80"], &promised["chance"]),
            (&Value::Null, &Value::Null)
        );
    }
}

/// One command creates and saves a plan, and the others continue with it.
#[test]
fn a_saved_plan_is_continued_by_the_other_commands() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    let save = path.to_str().unwrap();
    let usual = ["--start", "2027-01-04", "--zone", "Europe/Berlin"];
    let made = waymark(&[&["plan", "--hours", "6", "--save", save], &usual[..]].concat());
    assert!(made.status.success());
    let started = ["add", "python", "90", "--start", "2027-01-04T19:00"];
    assert_eq!(data("log", &path, &started)["entries"], 1);
    let file = stored_plan(&path);
    assert_eq!(file["week_minutes"], 360);
    assert_eq!(file["log"][0]["start"], "2027-01-04T18:00:00Z");
    assert_eq!(file["baselines"][0]["name"], "First plan");
    let shown = waymark(&["plan", "--plan", save]);
    assert!(shown.status.success());
}

/// Programs that log at the same time wait for each other: no entry is lost.
#[test]
fn entries_logged_at_the_same_time_are_all_saved() {
    let (folder, path) = course();
    let log = |minutes: u32| {
        let mut process = Process::new(assert_cmd::cargo::cargo_bin!("waymark"));
        process.args([
            "log",
            path.to_str().unwrap(),
            "--now",
            NOW,
            "add",
            "grammar",
        ]);
        process.args([&minutes.to_string(), "--start", "2027-01-04T19:00"]);
        // Each with a temporary folder of its own, as terminals of several users have.
        process.env("TMPDIR", folder.path().join(minutes.to_string()));
        process.stdout(Stdio::null()).spawn().unwrap()
    };
    let running: Vec<_> = (1..=10).map(log).collect();
    for mut process in running {
        assert!(process.wait().unwrap().success());
    }
    let entries = data("log", &path, &["list"]);
    let entries = entries["entries"].as_array().unwrap();
    let mut minutes: Vec<u64> = entries
        .iter()
        .map(|e| e["minutes"].as_u64().unwrap())
        .collect();
    minutes.sort_unstable();
    assert_eq!(minutes, (1..=10).collect::<Vec<u64>>());
    assert_eq!(
        names(folder.path()),
        ["plan.json"],
        "no lock or temporary file is left"
    );
}

#[test]
fn bad_input_is_rejected_in_one_line_and_changes_nothing() {
    let (folder, path) = course();
    let before = fs::read_to_string(&path).unwrap();
    let path = path.to_str().unwrap();
    let damaged = folder.path().join("damaged.json");
    fs::write(&damaged, &before[..100]).unwrap();
    let damaged = damaged.to_str().unwrap();
    let typed = [
        &["log", path, "add", "astrology", "60"][..],
        &["log", path, "add", "grammar", "an hour"],
        &["log", path, "add", "grammar", "-5"],
        &[
            "log",
            path,
            "add",
            "grammar",
            "60",
            "--start",
            "2027-02-02T19:00",
        ],
        &["log", path, "add", "grammar", "60", "--start", "yesterday"],
        &["log", path, "remove", "3"],
        &["log", path, "estimate", "grammar", "-1"],
        &["log", path, "done", "astrology"],
        &["catch-up", path, "--apply", "magic"],
        &["catch-up", path, "--apply", "drop"],
        &["catch-up", path, "--free", "saturday"],
        &[
            "catch-up",
            path,
            "--apply",
            "free-windows",
            "--free",
            "2027-02-30T09:00/10:00",
        ],
        &[
            "catch-up",
            path,
            "--apply",
            "free-windows",
            "--free",
            "2027-02-06T10:00/09:00",
        ],
        &["status", damaged],
    ];
    let refused = |arguments: &&[&str]| {
        let all = [*arguments, &["--now", NOW]].concat();
        refusal(&waymark(&all)).replace(folder.path().to_str().unwrap(), "")
    };
    let mut said: Vec<String> = typed.iter().map(refused).collect();
    said.push(refusal(&waymark(&["status", path, "--now", "today"])));
    insta::assert_snapshot!(said.concat());
    assert_eq!(fs::read_to_string(path).unwrap(), before);
}

/// The app's own plan, named by its path: it changes as it would in the window, and stays a
/// document.
#[test]
fn a_stored_document_is_read_and_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    let stored = include_str!("../documents/version-1.json");
    fs::write(&path, stored).unwrap();
    assert!(said("status", &path, &[]).starts_with("MLOps Engineer (2026)"));
    assert_eq!(fs::read_to_string(&path).unwrap(), stored);
    let logged = ["add", "python", "60", "--start", "2027-01-04T19:00"];
    assert_eq!(data("log", &path, &logged)["entries"], 1);
    let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(file["document"]["generation"], 8);
    assert_eq!(file["document"]["undo"].as_array().unwrap().len(), 1);
}

#[test]
fn without_a_file_it_is_the_plan_of_the_desktop_app() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| at_home(home.path(), NOW, arguments);
    let none = refusal(&run(&["status"]));
    assert!(none.contains("Start Waymark once"), "{none}");
    assert_eq!(names(home.path()), [""; 0], "looking writes nothing");

    let folder = home.path().join("org.waymark.planner");
    fs::create_dir(&folder).unwrap();
    let stored = include_str!("../documents/version-2.json");
    fs::write(folder.join("plan.json"), stored).unwrap();
    let printed = |arguments: &[&str]| {
        let output = run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let count = || {
        let listed: Value = serde_json::from_str(&printed(&["log", "--json"])).unwrap();
        listed["entries"].as_array().unwrap().len()
    };
    let before = count();
    assert_eq!(names(&folder), ["plan.json"], "looking moves nothing");
    printed(&["log", "add", "docker", "60"]);
    assert_eq!(count(), before + 1);
    // The plan has a folder of its own now, with the document before the change beside it.
    let listed: Value = serde_json::from_str(&printed(&["plans", "--json"])).unwrap();
    let plan = &listed["plans"][0];
    assert_eq!(plan["open"], true);
    let own = Path::new(plan["folder"].as_str().unwrap());
    let earlier = fs::read_to_string(own.join("plan.earlier.json")).unwrap();
    assert_eq!(earlier, stored);
    let table = printed(&["plans"]);
    assert!(table.contains("MLOps Engineer (2026)"), "{table}");
    let opened = printed(&["plans", "open", plan["id"].as_str().unwrap()]);
    assert!(opened.contains("at its next start"), "{opened}");
    let unknown = refusal(&run(&["plans", "open", "no-such"]));
    assert!(unknown.contains("isn't in the list"), "{unknown}");

    let (_folder, other) = course();
    let other = other.to_str().unwrap();
    let named = printed(&["status", "--plan", other]);
    assert_eq!(named, printed(&["status", other]));
    let twice = refusal(&run(&["status", other, "--plan", other]));
    assert!(twice.contains("give the plan file once"), "{twice}");
}

#[test]
fn sessions_are_swapped_left_out_and_moved_on() {
    let (_folder, path) = course();
    let mut told = String::new();
    let mut run = |more: &[&str]| {
        told += &format!("$ waymark sessions plan.json {}\n", more.join(" "));
        told += &said("sessions", &path, more);
        told += "\n";
    };
    log_two_weeks(&path);
    run(&["not-this-week"]);
    run(&["swap", "grammar", "2027-02-08T19:00", "words"]);
    run(&["set-aside", "words", "2027-02-15T19:00"]);
    run(&["list"]);
    run(&["release"]);
    insta::assert_snapshot!(told);
}
