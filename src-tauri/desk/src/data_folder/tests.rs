#![allow(clippy::unwrap_used)]
use waymark_core::document::Document;

use super::*;

const CALENDARS: &str = "calendars.json";
const LEDGER: &str = "calendar.ledger.json";

/// A data folder with these files, as an earlier version left them.
fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, DataFolder) {
    let home = tempfile::tempdir().unwrap();
    let folder = DataFolder::new(home.path().join(IDENTIFIER));
    fs::create_dir(folder.path()).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    (home, folder)
}

fn now() -> DateTime<Utc> {
    "2027-01-05T12:00:00Z".parse().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The stored documents of earlier versions.
fn stored() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/documents");
    let entries = fs::read_dir(folder).unwrap();
    let stored: Vec<String> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert!(stored.len() >= 2);
    stored
}

#[test]
fn files_of_every_earlier_version_are_taken_over() {
    for text in stored() {
        let document = Document::from_json(&text).unwrap();
        let files = [
            ("plan.json", &*text),
            ("plan.earlier.json", &*text),
            (CALENDARS, "list"),
            (LEDGER, "ledger"),
            ("live-calendar.json", "live"),
            ("settings.json", "{}"),
        ];
        let (_home, folder) = folder(&files);
        // Looking changes nothing.
        let seen = folder.open_plan().unwrap().unwrap();
        assert_eq!(names(folder.path()).len(), files.len());

        let plan = folder.prepare(now()).unwrap().plan;
        assert_eq!((&plan.id, plan.is_open), (&seen.id, true));
        let copies = plan.storage.read_named::<Document>(storage::PLAN).unwrap();
        assert_eq!(copies.document, Some(document));
        for (name, text) in &files[..5] {
            let moved = fs::read_to_string(plan.storage.path(name)).unwrap();
            assert_eq!(moved, *text, "{name}");
        }
        let left = ["plans", "plans.json", "settings.json"];
        assert_eq!(names(folder.path()), left);
        // And once only.
        let again = folder.prepare(now()).unwrap().plan;
        assert_eq!(again.id, plan.id);
        assert_eq!(folder.plans().unwrap().len(), 1);
    }
}

/// A start that was killed after any of its steps is finished by the next one.
#[test]
fn an_interrupted_take_over_is_finished_by_the_next_start() {
    let text = &stored()[0];
    let files = [("plan.json", &**text), (CALENDARS, "l"), (LEDGER, "m")];
    for done in 0..=files.len() {
        let (_home, folder) = folder(&files);
        let id = Document::from_json(text).unwrap().plan.id().to_owned();
        let to = folder.path().join(PLANS).join(&id);
        fs::create_dir_all(&to).unwrap();
        for (name, _) in files.iter().rev().take(done) {
            fs::rename(folder.path().join(name), to.join(name)).unwrap();
        }
        let plan = folder.prepare(now()).unwrap().plan;
        assert_eq!(plan.id, id);
        assert_eq!(names(&to), [LEDGER, CALENDARS, "plan.json"]);
    }
}

#[test]
fn a_plan_made_by_an_earlier_version_later_on_is_kept_beside_the_others() {
    let text = &stored()[0];
    let (_home, folder) = folder(&[("plan.json", text)]);
    let first = folder.prepare(now()).unwrap().plan;
    fs::write(folder.path().join("plan.json"), text).unwrap();
    assert_eq!(folder.prepare(now()).unwrap().plan.id, first.id);
    let plans = folder.plans().unwrap();
    assert_eq!(plans.len(), 2);
    assert!(plans.iter().all(|plan| plan.storage.has(storage::PLAN)));

    folder.set_open(&plans[1].id, now()).unwrap();
    assert_eq!(folder.prepare(now()).unwrap().plan.id, plans[1].id);
    let error = folder.set_open("no-such", now()).unwrap_err();
    assert_eq!(error.code, ErrorCode::NoPlan);
}

#[test]
fn a_lost_list_is_made_from_the_folders() {
    let (_home, folder) = folder(&[("plan.json", &stored()[0])]);
    let plan = folder.prepare(now()).unwrap().plan;
    fs::write(folder.path().join("plans.json"), "{\"half\": ").unwrap();
    assert_eq!(folder.open_plan().unwrap().unwrap().id, plan.id);
    let prepared = folder.prepare(now()).unwrap();
    assert_eq!(prepared.plan.id, plan.id);
    let told = crate::notices::all(&Storage::new(folder.path().to_owned()));
    assert!(told[0].text.contains("list of plans"), "{told:?}");
}

#[test]
fn the_folder_of_a_new_plan_is_for_its_owner_only() {
    let (_home, folder) = folder(&[]);
    assert!(folder.open_plan().unwrap().is_none());
    let plan = folder.prepare(now()).unwrap().plan;
    assert_eq!(folder.prepare(now()).unwrap().plan.id, plan.id);
    #[cfg(unix)]
    for path in [folder.path(), plan.storage.folder()] {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}

/// A folder in the plan's place stops the start, and each start finds the same.
#[test]
fn a_folder_in_place_of_an_earlier_versions_plan_makes_no_other_plan() {
    let (_home, folder) = folder(&[]);
    fs::create_dir(folder.path().join("plan.json")).unwrap();
    for _ in 0..3 {
        let error = folder.prepare(now()).unwrap_err();
        assert!(error.to_string().contains("it's a folder"), "{error}");
        assert_eq!(names(folder.path()), ["plan.json"]);
        let seen = folder.open_plan().unwrap().unwrap();
        assert_eq!(seen.storage.folder(), folder.path());
    }
    // Beside plans of their own folders, it isn't a plan at all.
    fs::remove_dir(folder.path().join("plan.json")).unwrap();
    let plan = folder.prepare(now()).unwrap().plan;
    fs::create_dir(folder.path().join("plan.json")).unwrap();
    for _ in 0..3 {
        assert_eq!(folder.prepare(now()).unwrap().plan.id, plan.id);
        assert_eq!(folder.plans().unwrap().len(), 1);
    }
}

/// A program that was killed between the list and the folder has removed nothing.
#[test]
fn an_interrupted_removal_leaves_the_plan_in_the_list() {
    let text = &stored()[0];
    let (_home, folder) = folder(&[("plan.json", text)]);
    let first = folder.prepare(now()).unwrap().plan;
    let document = Document::from_json(text).unwrap();
    let second = folder.add(&document, now()).unwrap();
    let open = folder.remove(&second, now()).unwrap_err();
    assert_eq!(open.code, ErrorCode::InUse);

    // As if it was killed before the folder moved.
    let other = DataFolder::new(folder.path().to_owned());
    other
        .change(|list| {
            list.plans.retain(|id| *id != first.id);
            Ok(())
        })
        .unwrap();
    let ids: Vec<String> = folder
        .plans()
        .unwrap()
        .into_iter()
        .map(|plan| plan.id)
        .collect();
    assert!(ids.contains(&first.id), "{ids:?}");

    // A folder that can't be moved stays too.
    fs::write(folder.path().join("removed"), "a file in the way").unwrap();
    folder.remove(&first.id, now()).unwrap_err();
    assert!(folder.plan(&first.id).is_ok());
    fs::remove_file(folder.path().join("removed")).unwrap();
    let removed = folder.remove(&first.id, now()).unwrap();
    assert_eq!((&removed.id, removed.time), (&first.id, now()));
    assert_eq!(folder.removed().unwrap().len(), 1);
    assert!(folder.plan(&first.id).is_err());
}
