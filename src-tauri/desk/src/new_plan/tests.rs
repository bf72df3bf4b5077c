#![allow(clippy::unwrap_used)]
use std::fs;

use waymark_core::plan::change::LogWork;

use super::*;

fn now() -> DateTime<Utc> {
    "2027-01-05T12:00:00Z".parse().unwrap()
}

struct Home {
    home: tempfile::TempDir,
    folder: DataFolder,
}

impl Home {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = DataFolder::new(home.path().join("data"));
        Self { home, folder }
    }

    fn template(&self, template: &str, name: &str) -> String {
        let template = template.to_owned();
        add(
            &self.folder,
            &PlanSource::Template { template },
            name,
            now(),
        )
        .unwrap()
    }

    fn plan(&self, id: &str) -> Plan {
        let storage = self.folder.plan(id).unwrap().storage;
        let document = PlanStore::of_the_app(storage).document().unwrap();
        document.plan.clone()
    }

    fn file(&self, name: &str, text: &str) -> std::path::PathBuf {
        let path = self.home.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

#[test]
fn a_second_plan_begins_with_the_learners_time_and_around_the_first() {
    let home = Home::new();
    let first = home.template("mlops", "");
    let off = serde_json::json!({"kind": "exception", "added": true, "exception":
        {"kind": "time-off", "first": "2027-08-02", "last": "2027-08-15"}});
    let off: Change = serde_json::from_value(off).unwrap();
    let store = PlanStore::of_the_app(home.folder.plan(&first).unwrap().storage);
    store
        .change(now(), |document| document.changed(&[off], now()))
        .unwrap();

    let second = home.template("guitar", "Six strings");
    assert_ne!(first, second);
    let (first, plan) = (home.plan(&first), home.plan(&second));
    assert_eq!(plan.title(), "Six strings");
    assert_eq!(
        plan.availability().exceptions,
        first.availability().exceptions
    );
    let known: Vec<_> = plan.other_plans().map(|other| other.title).collect();
    assert_eq!(known, ["MLOps Engineer (2026)"]);
    let overlaps = |window: &waymark_core::availability::Window| {
        first.windows().iter().any(|other| {
            other.day == window.day && other.start < window.end && window.start < other.end
        })
    };
    assert!(!plan.windows().iter().any(overlaps));
    // The new one is the one that opens.
    assert_eq!(home.folder.open_plan().unwrap().unwrap().id, second);
}

#[test]
fn a_copy_has_the_log_and_an_id_and_a_title_of_its_own() {
    let home = Home::new();
    let id = home.template("guitar", "");
    let storage = home.folder.plan(&id).unwrap().storage;
    let log = Change::Log(LogWork {
        item: "posture-and-tuning".to_owned(),
        start: "2027-01-04T19:00".to_owned(),
        minutes: "30".to_owned(),
        note: String::new(),
        entry: None,
        again: false,
    });
    let store = PlanStore::of_the_app(storage.clone());
    store
        .change(now(), |document| document.changed(&[log], now()))
        .unwrap();
    fs::write(storage.path("calendars.json"), "its own").unwrap();

    let copy = duplicate(&home.folder, &id, now()).unwrap();
    let second = duplicate(&home.folder, &id, now()).unwrap();
    let (plan, copied) = (home.plan(&id), home.plan(&copy));
    assert_ne!(plan.id(), copied.id());
    assert_eq!(plan.log(), copied.log());
    let title = "Guitar: lessons and songs side by side";
    assert_eq!(copied.title(), format!("{title} (copy)"));
    assert_eq!(home.plan(&second).title(), format!("{title} (copy 2)"));
    let folder = home.folder.plan(&copy).unwrap().storage;
    assert!(!folder.path("calendars.json").exists());

    // A copy of the longest title has the longest title too.
    rename(&home.folder, &id, &"é".repeat(200), now()).unwrap();
    let long = duplicate(&home.folder, &id, now()).unwrap();
    assert_eq!(home.plan(&long).title().chars().count(), 200);
}

#[test]
fn a_plan_is_made_from_a_plan_a_roadmap_and_an_outline() {
    let home = Home::new();
    let first = home.template("guitar", "");
    let add = |path: &Path, name: &str| add_file(&home.folder, path, name, false, now());

    let storage = home.folder.plan(&first).unwrap().storage;
    let whole = home.file(
        "whole.json",
        &fs::read_to_string(storage.document_path("plan")).unwrap(),
    );
    let again = add(&whole, "Twin").unwrap();
    assert_ne!(home.plan(&again).id(), home.plan(&first).id());
    assert_eq!(home.plan(&again).title(), "Twin");

    let roadmap = serde_json::to_string(&home.plan(&first).roadmap().file).unwrap();
    let roadmap = add(&home.file("roadmap.json", &roadmap), "").unwrap();
    assert_eq!(home.plan(&roadmap).roadmap(), home.plan(&first).roadmap());

    let outline = home.file("list.md", "# Baking\n## Bread\n- [x] Flour\n- Yeast\n");
    let outline = add(&outline, "").unwrap();
    let plan = home.plan(&outline);
    assert_eq!(plan.title(), "Baking");
    assert_eq!(plan.left()[0], 0, "a ticked item is known");

    let count = home.folder.plans().unwrap().len();
    let said = |name: &str, text: &str| add(&home.file(name, text), "").unwrap_err().to_string();
    let refused = [
        said("empty.txt", ""),
        said("binary.bin", "\0\0\u{1}"),
        said("cut.json", "{\"sha256\": \"ab"),
        said(
            "half.json",
            "{\"start\": \"2027-01-04\", \"zone\": \"Europe/Berlin\"}",
        ),
    ];
    let expected = [
        "The outline is empty.",
        "The outline isn't text.",
        "it ends too early",
        "The field id is missing.",
    ];
    for (said, expected) in refused.iter().zip(expected) {
        assert!(said.contains(expected), "{said}");
    }
    assert_eq!(
        home.folder.plans().unwrap().len(),
        count,
        "nothing was made"
    );
}
