//! `waymark export`: dry runs, ledgers, and rejected arguments.

use std::collections::BTreeSet;
use std::fs;

use waymark_core::calendar::ledger::Ledger;

use crate::public_folder::Folder;
use crate::{names, refusal, waymark};

fn export(folder: &std::path::Path, arguments: &[&str]) -> std::process::Output {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let own: Vec<String> = arguments
        .iter()
        .map(|argument| match argument.strip_prefix('@') {
            Some(name) => path(name),
            None => (*argument).to_owned(),
        })
        .collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let usual = ["export", "--start", "2027-01-04", "--zone", "Europe/Berlin"];
    waymark(&[&usual, &own[..]].concat())
}

/// The life of a calendar in the terminal, on one ledger, with a dry run before the change.
#[test]
fn a_calendar_is_kept_up_to_date_with_its_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let mut story = String::new();
    for arguments in [
        &["--ics", "@plan.ics", "--ledger", "@ledger"][..],
        &[
            "--ics",
            "@plan.ics",
            "--ledger",
            "@ledger",
            "--hours",
            "8",
            "--kind",
            "changes",
            "--dry-run",
        ],
        &[
            "--ics",
            "@plan.ics",
            "--ledger",
            "@ledger",
            "--hours",
            "8",
            "--kind",
            "changes",
        ],
        &[
            "--ics",
            "@plan.ics",
            "--ledger",
            "@ledger",
            "--hours",
            "8",
            "--kind",
            "changes",
        ],
        &[
            "--ics",
            "@plan.ics",
            "--ledger",
            "@ledger",
            "--hours",
            "8",
            "--what",
            "sessions,phases,milestones",
            "--from",
            "2027-03-01",
            "--to",
            "2027-03-31",
        ],
        &[
            "--dir",
            "@phases",
            "--ledger",
            "@ledger",
            "--hours",
            "8",
            "--kind",
            "fresh",
            "--per-phase",
            "--zoned",
            "--remind",
            "none",
            "--dry-run",
        ],
        &[
            "--live",
            "@live.ics",
            "--ledger",
            "@live",
            "--hours",
            "8",
            "--title",
            "{item} {session}/{sessions}",
            "--no-notes",
        ],
    ] {
        let output = export(folder.path(), arguments);
        assert!(output.status.success(), "{output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        let said = said.replace(&format!("{}/", folder.path().display()), "");
        story += &format!(
            "$ waymark export {}\n{said}\n",
            arguments.join(" ").replace('@', "")
        );
    }
    insta::assert_snapshot!(story);
    let mut written = names(folder.path());
    written.sort();
    assert_eq!(written, ["ledger", "live", "live.ics", "plan.ics"]);
}

#[test]
fn an_export_that_fails_is_not_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let failed = export(
        folder.path(),
        &["--ics", "@no/such/folder.ics", "--ledger", "@ledger"],
    );
    assert_eq!(failed.status.code(), Some(1));
    assert_eq!(names(folder.path()), [""; 0]);
    // Nor if only some of them can be written: the second path is a folder.
    let many = [
        "--hours",
        "60",
        "--session-min",
        "10",
        "--session-max",
        "10",
    ];
    fs::create_dir(folder.path().join("plan-2.ics")).unwrap();
    let failed = export(
        folder.path(),
        &[&["--ics", "@plan.ics", "--ledger", "@ledger"][..], &many].concat(),
    );
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    assert!(!folder.path().join("ledger").exists());
}

#[test]
fn bad_export_options_are_rejected_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("damaged"), "{\"sha256\": ").unwrap();
    let other = export(folder.path(), &["--ics", "@plan.ics", "--ledger", "@other"]);
    assert!(other.status.success());
    let roadmap = r#"{"id": "r", "title": "R", "nominal_hours_per_week": 1, "phases": [
        {"id": "p", "title": "P", "outcome": {"id": "o", "title": "O"},
         "items": [{"id": "i", "title": "I", "kind": "topic", "effort_hours": 1}]}]}"#;
    fs::write(folder.path().join("roadmap"), roadmap).unwrap();
    let said: String = [
        &["--ics", "@a.ics", "--ledger", "@damaged"][..],
        &[
            "--ics",
            "@a.ics",
            "--ledger",
            "@other",
            "--roadmap",
            "@roadmap",
        ],
        &["--ics", "@a.ics", "--from", "2027-02-31"],
        &[
            "--ics",
            "@a.ics",
            "--from",
            "2027-02-02",
            "--to",
            "2027-02-01",
        ],
        &["--ics", "@a.ics", "--remind", "10,soon"],
        &["--ics", "@a.ics", "--remind", "99999"],
        &["--ics", "@a.ics", "--title", "{itme}"],
        &["--ics", "@a.ics", "--link", "notes"],
    ]
    .iter()
    .map(|arguments| refusal(&export(folder.path(), arguments)))
    .collect();
    insta::assert_snapshot!(said.replace(&format!("{}/", folder.path().display()), ""));
    assert!(!folder.path().join("a.ics").exists());
}

#[test]
fn the_help_of_export_needs_no_manual() {
    let output = waymark(&["export", "--help"]);
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
}

/// Each new ledger is a calendar of its own, also one in the place of a deleted one. A ledger of an
/// earlier version keeps its UIDs.
#[test]
fn each_ledger_has_uids_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let uids = |now: &str, ledger: &str| -> Vec<String> {
        let ics = folder.path().join("plan.ics");
        let ledger = folder.path().join(ledger);
        let usual = ["export", "--start", "2027-01-04", "--zone", "Europe/Berlin"];
        let files = [
            "--ics",
            ics.to_str().unwrap(),
            "--ledger",
            ledger.to_str().unwrap(),
        ];
        let output = crate::waymark_at(now, &[&usual[..], &files].concat());
        assert!(output.status.success(), "{output:?}");
        let text = fs::read_to_string(ics).unwrap().replace("\r\n ", "");
        let uids = text.lines().filter_map(|line| line.strip_prefix("UID:"));
        uids.map(str::to_owned).collect()
    };
    let (first, later) = ("2026-12-01T12:00:00Z", "2026-12-02T12:00:00Z");
    let one = uids(first, "one");
    let other = uids(first, "other");
    assert_eq!(uids(later, "one"), one);
    fs::remove_file(folder.path().join("one")).unwrap();
    let again = uids(later, "one");
    let earlier = Ledger::new("mlops-2026").to_json().unwrap();
    fs::write(folder.path().join("earlier"), earlier).unwrap();
    let earlier = uids(first, "earlier");
    assert!(
        earlier.iter().all(|uid| uid.ends_with(".0@waymark")),
        "{earlier:?}"
    );
    let all: BTreeSet<&String> = [&one, &other, &again, &earlier]
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(all.len(), 4 * one.len());
}

/// A live file with the next weeks only holds more as time passes, and never an event twice.
#[test]
fn the_next_weeks_roll_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (live, ledger) = (file("live.ics"), file("ledger"));
    let starts = |now: &str, weeks: &str| -> Vec<String> {
        let usual = ["export", "--start", "2027-01-04", "--zone", "Europe/Berlin"];
        let own = ["--live", &live, "--ledger", &ledger, "--weeks-ahead", weeks];
        let output = crate::waymark_at(now, &[&usual[..], &own[..]].concat());
        assert!(output.status.success(), "{output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(" come later\n"), "{said}");
        let text = fs::read_to_string(&live).unwrap();
        let starts = text
            .lines()
            .filter_map(|line| line.strip_prefix("DTSTART:"));
        starts.map(str::to_owned).collect()
    };
    let first = starts("2027-01-04T06:00:00Z", "2");
    assert!(first.iter().all(|start| start.as_str() < "20270118"));
    let later = starts("2027-01-11T06:00:00Z", "2");
    assert_eq!(later[..first.len()], first);
    assert!(later.iter().any(|start| start.as_str() > "20270118"));
    let once: BTreeSet<&String> = later.iter().collect();
    assert_eq!(once.len(), later.len());

    let none = export(folder.path(), &["--ics", "@plan.ics", "--weeks-ahead", "0"]);
    let said = refusal(&none);
    assert!(
        said.contains("Weeks ahead: 0 can't be used. Enter 1 to 260"),
        "{said}"
    );
}

/// A live file follows the plan at a WebDAV address too; a file of another program there stays.
#[test]
fn a_live_file_is_uploaded() {
    let folder = tempfile::tempdir().unwrap();
    let web = Folder::default();
    let address = web.serve();
    let upload = |path: &str, hours: &str, more: &[&str]| {
        let address = format!("http://{address}{path}");
        let mut command = assert_cmd::Command::cargo_bin("waymark").unwrap();
        let output = command
            .current_dir(folder.path())
            .env("XDG_DATA_HOME", "/nonexistent")
            .env("WAYMARK_NOW", "2026-12-01T12:00:00Z")
            .env_remove("WAYMARK_PASSWORD")
            .args(["export", "--start", "2027-01-04", "--zone", "Europe/Berlin"])
            .args(["--hours", hours, "--live", "live.ics", "--ledger", "ledger"])
            .args(["--upload", &address, "--user", "ana", "--password-stdin"])
            .args(more)
            .write_stdin("p:ä ss-word\n")
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let here = || fs::read_to_string(folder.path().join("live.ics")).ok();
    let there = || web.text("/public/study.ics");

    let (code, said, _) = upload("/public/study.ics", "10", &["--dry-run"]);
    assert_eq!((code, there(), here()), (Some(0), None, None));
    assert!(said.ends_with("Would upload it too.\n"), "{said}");
    for (hours, state) in [("10", 1), ("10", 1), ("20", 2)] {
        let (code, said, error) = upload("/public/study.ics", hours, &[]);
        assert_eq!((code, error.as_str()), (Some(0), ""));
        assert!(
            said.ends_with("The file at 127.0.0.1 is up to date.\n"),
            "{said}"
        );
        assert!(here().is_some() && there() == here());
        assert_eq!(web.state("/public/study.ics"), Some(state));
    }
    web.holds("/notes.ics", "notes");
    let (code, _, said) = upload("/notes.ics", "20", &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("already has a file that Waymark didn't write"),
        "{said}"
    );
    assert_eq!(web.text("/notes.ics").as_deref(), Some("notes"));
}
