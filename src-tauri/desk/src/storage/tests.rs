#![allow(clippy::unwrap_used)]
use super::*;
use waymark_core::plan::Plan;
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;

fn document(generation: u64) -> Document {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = "2027-01-04".parse().unwrap();
    let zone = Zone::bundled("Europe/Berlin").unwrap();
    let plan = Plan::new("p", Roadmap::embedded().unwrap(), start, zone, created).unwrap();
    Document {
        generation,
        ..Document::new(plan)
    }
}

fn folder() -> (tempfile::TempDir, Storage) {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::new(folder.path().join("data"));
    fs::create_dir(storage.folder()).unwrap();
    (folder, storage)
}

fn find(storage: &Storage) -> Recovered<Document> {
    storage.find_named("plan", Utc::now()).unwrap()
}

fn save(storage: &Storage, document: &Document) -> io::Result<()> {
    storage.save_named("plan", document)
}

fn names(storage: &Storage) -> Vec<String> {
    let entries = fs::read_dir(&storage.folder).unwrap();
    let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

#[test]
fn the_last_save_is_found_and_no_other_file_left() {
    let (_guard, storage) = folder();
    assert!(find(&storage).document.is_none());
    for generation in 1..=3 {
        save(&storage, &document(generation)).unwrap();
    }
    let found = find(&storage);
    assert_eq!(found.document, Some(document(3)));
    assert_eq!(found.notices, [""; 0]);
    assert_eq!(names(&storage), ["plan.earlier.json", "plan.json"]);
}

#[test]
fn a_damaged_plan_is_kept_and_the_earlier_one_opened() {
    let (_guard, storage) = folder();
    save(&storage, &document(1)).unwrap();
    save(&storage, &document(2)).unwrap();
    let plan = storage.folder.join("plan.json");
    let mut bytes = fs::read(&plan).unwrap();
    bytes[200] ^= 1;
    fs::write(&plan, &bytes).unwrap();

    let found = find(&storage);
    assert_eq!(found.document, Some(document(1)));
    assert_eq!(found.notices.len(), 1);
    let kept = names(&storage);
    let aside = kept
        .iter()
        .find(|name| name.starts_with("plan.json.damaged-"));
    assert_eq!(
        fs::read(storage.folder.join(aside.unwrap())).unwrap(),
        bytes
    );
}

#[test]
fn if_every_copy_is_damaged_all_are_kept() {
    let (_guard, storage) = folder();
    for name in ["plan.json", "plan.earlier.json"] {
        fs::write(storage.folder.join(name), b"\0\xff garbage").unwrap();
    }
    let found = find(&storage);
    assert!(found.document.is_none());
    assert_eq!(found.notices.len(), 2);
    assert_eq!(names(&storage).len(), 2);
}

#[test]
fn a_save_that_fails_leaves_the_former_plan() {
    let (_guard, storage) = folder();
    save(&storage, &document(1)).unwrap();
    // A folder in the way of the copy: the save stops before it touches the plan.
    fs::create_dir(storage.folder.join("plan.earlier.json")).unwrap();
    fs::write(storage.folder.join("plan.earlier.json").join("x"), "x").unwrap();
    assert!(save(&storage, &document(2)).is_err());
    fs::remove_dir_all(storage.folder.join("plan.earlier.json")).unwrap();
    assert_eq!(find(&storage).document, Some(document(1)));
}

/// The last document of an earlier version stays, whatever is saved later.
#[test]
fn a_document_of_an_earlier_version_is_kept_before_it_is_migrated() {
    let stored = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/documents");
    let mut files: Vec<_> = fs::read_dir(stored)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    for (at, file) in files.iter().enumerate() {
        let text = fs::read_to_string(file).unwrap();
        let (_guard, storage) = folder();
        fs::write(storage.path("plan.json"), &text).unwrap();
        let found = find(&storage).document.unwrap();
        for generation in 1..=3 {
            let generation = found.generation + generation;
            let document = Document {
                generation,
                ..found.clone()
            };
            save(&storage, &document).unwrap();
        }
        let kept = format!("plan.json.version-{}", at + 1);
        assert_eq!(names(&storage), ["plan.earlier.json", "plan.json", &kept]);
        assert_eq!(fs::read_to_string(storage.path(&kept)).unwrap(), text);
    }
    assert!(files.len() >= 2);
}
