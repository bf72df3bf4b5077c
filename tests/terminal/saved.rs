//! Files that commands save: sealed plans, and files that are never overwritten by mistake.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{names, plan, refusal, stored_plan, waymark};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Saves a plan, and logs an hour in it unless it is to be without a log.
    fn save(&self, name: &str, logs: bool) -> String {
        let path = self.path(name).to_str().unwrap().to_owned();
        assert!(plan(&["--save", &path]).status.success());
        if logs {
            let logged = [
                "log",
                &path,
                "add",
                "python",
                "60",
                "--start",
                "2027-01-04T19:00",
                "--now",
                "2027-01-05T12:00:00Z",
            ];
            assert!(waymark(&logged).status.success());
        }
        path
    }
}

fn text(path: &str) -> String {
    fs::read_to_string(path).unwrap()
}

/// Edits the hours in a saved plan, as someone does with an editor.
fn edit(path: &str) {
    let edited = text(path).replace("\"week_minutes\":600", "\"week_minutes\":300");
    assert_ne!(edited, text(path));
    fs::write(path, edited).unwrap();
}

#[test]
fn a_saved_plan_is_sealed_and_one_written_by_hand_becomes_so() {
    let folder = Folder::new();
    let saved = folder.save("saved.json", false);
    let by_hand = folder.path("hand.json");
    let file = r#"{"id": "mine", "start": "2027-01-04", "zone": "Europe/Berlin"}"#;
    fs::write(&by_hand, file).unwrap();
    let by_hand = by_hand.to_str().unwrap();
    let read = waymark(&["status", by_hand]);
    assert!(read.status.success());
    assert_eq!(text(by_hand), file);
    let done = waymark(&["log", by_hand, "done", "python"]);
    assert!(done.status.success(), "{done:?}");
    for path in [&saved, by_hand] {
        let file: Value = serde_json::from_str(&text(path)).unwrap();
        assert_eq!(file["document"]["format"], "waymark-plan");
        assert!(file["sha256"].is_string());
    }
    assert_eq!(stored_plan(Path::new(by_hand))["finished"][0], "python");
}

#[test]
fn an_edited_plan_is_told_from_a_damaged_one_and_used_if_asked() {
    let folder = Folder::new();
    let path = folder.save("plan.json", true);
    edit(&path);
    let said = refusal(&waymark(&["status", &path]));
    assert!(
        said.contains("Plan file was edited outside Waymark"),
        "{said}"
    );
    assert!(said.contains("--accept-edits"), "{said}");
    let said = refusal(&waymark(&["plan", "--plan", &path]));
    assert!(said.contains("--accept-edits"), "{said}");
    assert!(
        waymark(&["plan", "--plan", &path, "--accept-edits"])
            .status
            .success()
    );
    // A sync asks the same, before it connects to anything.
    let ledger = format!("{path}.ledger");
    let sync = [
        "sync",
        "--plan",
        &path,
        "--ledger",
        &ledger,
        "--address",
        "http://127.0.0.1:9",
        "--user",
        "ana",
    ];
    let said = refusal(&waymark(&sync));
    assert!(said.contains("--accept-edits"), "{said}");
    let said = refusal(&waymark(&[&sync[..], &["--accept-edits"]].concat()));
    assert!(!said.contains("edited outside"), "{said}");
    // A command that saves seals it again.
    let done = ["log", &path, "done", "python", "--accept-edits"];
    assert!(waymark(&done).status.success());
    assert!(waymark(&["status", &path]).status.success());
    assert_eq!(stored_plan(Path::new(&path))["week_minutes"], 300);

    let damaged = text(&path);
    fs::write(&path, &damaged[..damaged.len() - 9]).unwrap();
    let said = refusal(&waymark(&["status", &path, "--accept-edits"]));
    assert!(said.contains("it ends too early"), "{said}");
}

#[test]
fn a_plan_with_a_log_is_changed_or_kept_and_never_overwritten() {
    let folder = Folder::new();
    let path = folder.save("plan.json", true);
    let before = text(&path);
    let said = refusal(&plan(&["--hours", "6", "--save", &path]));
    assert!(
        said.contains("is a plan with a log. To change that plan"),
        "{said}"
    );
    assert!(said.contains("--replace"), "{said}");
    assert_eq!(text(&path), before);

    // Its own options change it, as one step.
    let changed = waymark(&["plan", "--plan", &path, "--hours", "8", "--save", &path]);
    assert!(changed.status.success(), "{changed:?}");
    let stored = stored_plan(Path::new(&path));
    assert_eq!(stored["week_minutes"], 480);
    assert_eq!(stored["log"].as_array().unwrap().len(), 1);

    let before = text(&path);
    let replaced = plan(&["--hours", "6", "--save", &path, "--replace"]);
    assert!(replaced.status.success(), "{replaced:?}");
    assert_eq!(stored_plan(Path::new(&path))["log"], Value::Null);
    let names = names(folder.0.path());
    let kept = names
        .iter()
        .find(|name| name.contains(".replaced-"))
        .unwrap();
    assert_eq!(text(folder.path(kept).to_str().unwrap()), before);

    // A plan without a log may be planned again; a file of another kind isn't a plan.
    assert!(plan(&["--hours", "5", "--save", &path]).status.success());
    fs::write(&path, "my notes").unwrap();
    let said = refusal(&plan(&["--save", &path]));
    assert!(said.contains("is another file"), "{said}");
    assert_eq!(text(&path), "my notes");
}

#[test]
fn a_file_of_another_kind_is_overwritten_only_by_force() {
    let folder = Folder::new();
    let saved = folder.save("plan.json", false);
    let other = folder.path("notes.txt").to_str().unwrap().to_owned();
    fs::write(&other, "my notes").unwrap();
    let ledger = folder.path("ledger").to_str().unwrap().to_owned();
    let ics = folder.path("study.ics").to_str().unwrap().to_owned();
    let export = [
        "export", "--plan", &saved, "--ics", &ics, "--ledger", &ledger,
    ];
    assert!(waymark(&export).status.success());
    assert!(waymark(&export).status.success());

    for option in ["--csv", "--ics", "--svg", "--json"] {
        for (path, what) in [
            (&saved, "is a plan"),
            (&other, "wasn't written by Waymark"),
            (&ledger, "is a calendar ledger"),
        ] {
            let before = text(path);
            let said = refusal(&plan(&[option, path]));
            assert!(said.contains(what) && said.contains("--force"), "{said}");
            assert_eq!(text(path), before);
        }
        let same = folder.path(option).to_str().unwrap().to_owned();
        assert!(plan(&[option, &same]).status.success());
        assert!(plan(&[option, &same]).status.success(), "{option} again");
        assert!(plan(&[option, &other, "--force"]).status.success());
        fs::write(&other, "my notes").unwrap();
    }
    let said = refusal(&plan(&["--csv", &ics]));
    assert!(said.contains("holds the calendar of a plan"), "{said}");
    let said = refusal(&plan(&["--csv", "same", "--svg", "same"]));
    assert!(said.contains("is named twice"), "{said}");
    let said = refusal(&waymark(&["export", "--ics", &other]));
    assert!(said.contains("wasn't written by Waymark"), "{said}");
}

#[test]
fn a_dash_prints_the_file_and_nothing_else() {
    let folder = Folder::new();
    for option in ["--csv", "--ics", "--svg", "--json"] {
        let path = folder.path(option).to_str().unwrap().to_owned();
        assert!(plan(&[option, &path]).status.success());
        let printed = plan(&[option, "-"]);
        assert!(printed.status.success());
        assert_eq!(String::from_utf8(printed.stdout).unwrap(), text(&path));
    }
    assert!(!Path::new("-").exists());
    let path = folder.path("beside.csv").to_str().unwrap().to_owned();
    let printed = plan(&["--json", "-", "--csv", &path]);
    assert!(serde_json::from_slice::<Value>(&printed.stdout).is_ok());
    assert!(String::from_utf8_lossy(&printed.stderr).contains("Wrote the dates"));
    let usual = ["export", "--start", "2027-01-04", "--zone", "Europe/Berlin"];
    let project = waymark(&[&usual[..], &["--tjp", "-"]].concat());
    assert!(project.stdout.starts_with(b"# Made by Waymark."));
    let said = refusal(&waymark(
        &[&usual[..], &["--ics", "-", "--per-phase"]].concat(),
    ));
    assert!(said.contains("several files"), "{said}");
}

/// Two plans of one roadmap can thus be in one calendar.
#[test]
fn a_plan_has_an_id_of_its_own_from_its_first_save() {
    let folder = Folder::new();
    let id = |path: &str| {
        let stored: serde_json::Value = serde_json::from_str(&text(path)).unwrap();
        stored.pointer("/document/plan/id").cloned().unwrap()
    };
    let [path, other] = ["plan.json", "other.json"].map(|name| folder.save(name, false));
    let first = id(&path);
    assert_ne!(first, id(&other));
    assert_eq!(first.as_str().unwrap().len(), 36);
    let changed = waymark(&["plan", "--plan", &path, "--hours", "8", "--save", &path]);
    assert!(changed.status.success());
    assert_eq!(id(&path), first);
}
