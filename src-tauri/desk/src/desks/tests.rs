#![allow(clippy::unwrap_used)]
use waymark_core::plan::change::{CountOtherPlans, SetHours};
use waymark_core::plan::{Change, Plan};

use super::*;

struct Home {
    _home: tempfile::TempDir,
    folder: DataFolder,
}

fn home() -> Home {
    let home = tempfile::tempdir().unwrap();
    let folder = DataFolder::new(home.path().join("data"));
    Home {
        _home: home,
        folder,
    }
}

impl Home {
    fn open(&self) -> Desks {
        Desks::open(&self.folder, Instant::now(), Vec::new()).unwrap()
    }
}

fn template(id: &str) -> PlanSource {
    PlanSource::Template {
        template: id.to_owned(),
    }
}

fn hours(value: &str) -> Change {
    Change::Hours(SetHours {
        value: value.to_owned(),
    })
}

fn titles(desks: &Desks) -> Vec<String> {
    let shelf = desks.shelf().unwrap();
    let entry = |plan: &crate::shelf::PlanEntry| {
        let mark = match (plan.is_open, plan.is_archived) {
            (true, _) => "open ",
            (_, true) => "archived ",
            _ => "",
        };
        format!("{mark}{}", plan.title)
    };
    shelf.plans.iter().map(entry).collect()
}

#[test]
fn another_plan_is_opened_and_stays_open_at_the_next_start() {
    let home = home();
    let desks = home.open();
    let first = desks.desk();
    desks.add(&template("guitar"), "Guitar").unwrap();
    let second = desks.desk();
    assert_ne!(first.id, second.id);
    assert_eq!(titles(&desks), ["MLOps Engineer (2026)", "open Guitar"]);

    // Each has its own changes, history, calendars and timer.
    second.apply(&[hours("4")]).unwrap();
    desks.switch(&first.id).unwrap();
    assert_eq!(desks.desk().plan().hours_per_week(), 10.0);
    assert!(desks.desk().document().undo.is_empty());
    assert_ne!(desks.desk().storage.folder(), second.storage.folder());
    desks.switch(&second.id).unwrap();
    assert_eq!(desks.desk().document().undo.len(), 1);

    // A command that began with the former plan ends with it.
    first.apply(&[hours("9")]).unwrap();
    assert_eq!(desks.desk().plan().hours_per_week(), 4.0);
    assert_eq!(home.open().desk().id, second.id);

    let error = desks.switch("no-such").unwrap_err();
    assert_eq!(error.code, ErrorCode::NoPlan);
    assert_eq!(desks.desk().id, second.id);
}

#[test]
fn a_plan_that_cannot_be_opened_does_not_become_the_open_one() {
    let home = home();
    let desks = home.open();
    let first = desks.desk().id.clone();
    desks.add(&template("guitar"), "").unwrap();
    let second = desks.desk();
    desks.switch(&first).unwrap();
    let newer = "{\"sha256\":\"ab\",\"document\":{\"format\":\"waymark-plan\",\"version\":99}}";
    for name in ["plan.json", "plan.earlier.json"] {
        std::fs::write(second.storage.path(name), newer).unwrap();
    }
    desks.switch(&second.id).unwrap_err();
    assert_eq!(desks.desk().id, first);
    assert_eq!(home.open().desk().id, first);
    let shelf = desks.shelf().unwrap();
    assert!(!shelf.plans[1].is_readable);
    assert!(!shelf.plans[1].status.is_empty());
}

#[test]
fn a_plan_is_archived_removed_and_brought_back_whole() {
    let home = home();
    let desks = home.open();
    let first = desks.desk().id.clone();
    let only = desks.remove(&first).unwrap_err().to_string();
    assert_eq!(
        only,
        "This is your only plan that isn't archived. Make or open another one first."
    );
    assert_eq!(desks.archive(&first, true).unwrap_err().to_string(), only);

    desks.add(&template("guitar"), "Guitar").unwrap();
    let second = desks.desk();
    second.apply(&[hours("4")]).unwrap();
    std::fs::write(second.storage.path("calendars.json"), "its own").unwrap();
    let files = |folder: &std::path::Path| {
        let mut files: Vec<_> = walk(folder);
        files.retain(|(name, _)| !name.ends_with(".lock"));
        files.sort();
        files
    };
    let before = files(second.storage.folder());

    // The open plan gives its place to another.
    let removed = desks.remove(&second.id).unwrap();
    assert_eq!(removed.title, "Guitar");
    assert_eq!(titles(&desks), ["open MLOps Engineer (2026)"]);
    assert!(!second.storage.folder().exists());
    let shelf = desks.shelf().unwrap();
    assert_eq!(shelf.removed, std::slice::from_ref(&removed));

    assert_eq!(desks.bring_back(&removed.name).unwrap(), second.id);
    assert_eq!(files(second.storage.folder()), before);
    assert_eq!(titles(&desks), ["open MLOps Engineer (2026)", "Guitar"]);
    assert_eq!(desks.shelf().unwrap().removed, []);
    desks.bring_back(&removed.name).unwrap_err();

    desks.archive(&second.id, true).unwrap();
    assert_eq!(
        titles(&desks),
        ["open MLOps Engineer (2026)", "archived Guitar"]
    );
    desks.archive(&first, true).unwrap_err();
    // To open it takes it out of the archive.
    desks.switch(&second.id).unwrap();
    assert_eq!(titles(&desks), ["MLOps Engineer (2026)", "open Guitar"]);
    // The open one, archived, gives its place to the other.
    desks.archive(&second.id, true).unwrap();
    assert_eq!(
        titles(&desks),
        ["open MLOps Engineer (2026)", "archived Guitar"]
    );
}

/// A plan stays archived when it comes back, and when the list of plans is lost with its copy.
#[test]
fn an_archived_plan_stays_archived() {
    let home = home();
    let desks = home.open();
    desks.add(&template("guitar"), "Guitar").unwrap();
    let guitar = desks.desk().id.clone();
    desks.add(&template("photography"), "Photos").unwrap();
    desks.archive(&guitar, true).unwrap();
    let archived = || -> Vec<String> {
        let plans = home.folder.plans().unwrap().into_iter();
        plans
            .filter(|plan| plan.is_archived)
            .map(|plan| plan.id)
            .collect()
    };
    let lose_the_list = || {
        for name in ["plans.json", "plans.earlier.json"] {
            std::fs::remove_file(home.folder.path().join(name)).unwrap();
        }
    };
    lose_the_list();
    assert_eq!(archived(), std::slice::from_ref(&guitar));
    assert!(!home.folder.open_plan().unwrap().unwrap().is_archived);

    let desks = home.open();
    let removed = desks.remove(&guitar).unwrap();
    desks.bring_back(&removed.name).unwrap();
    assert_eq!(archived(), std::slice::from_ref(&guitar));

    // Taken out or opened, it isn't archived any more, also if the list is lost.
    desks.archive(&guitar, false).unwrap();
    lose_the_list();
    assert_eq!(archived(), Vec::<String>::new());
    let desks = home.open();
    let open = desks.desk().id.clone();
    let other = if open == guitar {
        let plans = home.folder.plans().unwrap().into_iter();
        plans.map(|plan| plan.id).find(|id| *id != guitar).unwrap()
    } else {
        guitar
    };
    desks.archive(&other, true).unwrap();
    desks.switch(&other).unwrap();
    lose_the_list();
    assert_eq!(archived(), Vec::<String>::new());
}

/// A plan that can't be opened offers what a start offers.
#[test]
fn a_plan_that_cannot_be_opened_is_opened_as_it_was_edited_or_from_a_copy() {
    let home = home();
    let desks = home.open();
    let first = desks.desk().id.clone();
    desks.add(&template("guitar"), "Guitar").unwrap();
    let guitar = desks.desk();
    guitar.apply(&[hours("4")]).unwrap();
    guitar.apply(&[hours("5")]).unwrap();
    desks.switch(&first).unwrap();
    let path = guitar.storage.document_path("plan");
    let edit = || {
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("Guitar", "Six strings")).unwrap();
    };
    assert_eq!(desks.refusal(&first).unwrap(), None);
    edit();
    let error = desks.switch(&guitar.id).unwrap_err();
    let refusal = desks.refusal(&guitar.id).unwrap().unwrap();
    assert_eq!(refusal.message, error.to_string());
    assert!(refusal.is_edited && !refusal.copies.is_empty(), "{refusal}");
    assert_eq!(desks.desk().id, first);

    desks.open_edited(&guitar.id).unwrap();
    assert_eq!(desks.desk().plan().title(), "Six strings");
    assert!(
        desks
            .desk()
            .notices()
            .iter()
            .any(|notice| notice.text.contains("edited"))
    );

    desks.switch(&first).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("Six strings", "Five strings")).unwrap();
    let refusal = desks.refusal(&guitar.id).unwrap().unwrap();
    desks.open_copy(&guitar.id, "no-such").unwrap_err();
    assert_eq!(desks.desk().id, first);
    desks
        .open_copy(&guitar.id, &refusal.copies[0].name)
        .unwrap();
    assert_eq!(desks.desk().id, guitar.id);
    assert!(!desks.desk().plan().title().contains("Five"));
    assert_eq!(desks.refusal(&guitar.id).unwrap(), None);
}

fn walk(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            found.push((name, std::fs::read(&path).unwrap()));
        }
    }
    found
}

/// Removed twice under the same id, each can be brought back; and none replaces one in the list.
#[test]
fn a_removed_plan_never_replaces_another() {
    let home = home();
    let desks = home.open();
    let first = desks.desk();
    desks.add(&template("guitar"), "").unwrap();
    let removed = desks.remove(&first.id).unwrap();
    // The same plan comes back by another way, such as an import.
    let copy = first.document();
    home.folder.add(&copy, first.now()).unwrap();
    let error = desks.bring_back(&removed.name).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("has the id of a plan in the list"),
        "{error}"
    );
    assert_eq!(desks.shelf().unwrap().removed.len(), 1);
}

#[test]
fn the_sessions_of_plans_that_are_not_archived_are_busy_time() {
    let home = home();
    let desks = home.open();
    let first = desks.desk();
    desks.add(&template("guitar"), "Guitar").unwrap();
    let guitar = desks.desk().id.clone();
    desks.switch(&first.id).unwrap();
    let first = desks.desk();
    let others = |plan: &Plan| -> Vec<String> {
        plan.other_plans()
            .map(|other| other.title.to_owned())
            .collect()
    };
    let known = |desk: &Desk| others(&desk.plan());
    // Only a change that reschedules takes them in; its preview shows the same.
    assert_eq!(known(&first), [""; 0]);
    let trial = first.trial(&[hours("9")]).unwrap();
    first.apply(&[hours("9")]).unwrap();
    // Not the whole plan: once it has begun, which it has on a Monday, each has its own present.
    assert_eq!(others(&trial), ["Guitar"]);
    assert_eq!(known(&first), ["Guitar"]);

    desks.rename(&guitar, "Six strings").unwrap();
    first.apply(&[hours("8")]).unwrap();
    assert_eq!(known(&first), ["Six strings"]);

    first
        .apply(&[Change::CountOthers(CountOtherPlans { counts: false })])
        .unwrap();
    assert_eq!(known(&first), [""; 0]);
    first.apply(&[hours("7")]).unwrap();
    assert_eq!(known(&first), [""; 0]);
    first
        .apply(&[Change::CountOthers(CountOtherPlans { counts: true })])
        .unwrap();
    assert_eq!(known(&first), ["Six strings"]);

    desks.archive(&guitar, true).unwrap();
    first.apply(&[hours("6")]).unwrap();
    assert_eq!(known(&first), [""; 0]);
}
