#![allow(clippy::unwrap_used)]
use super::*;
use crate::notices::{self, Notice};
use waymark_core::calendar::export::{CalendarContents, ExportOptions};
use waymark_core::calendar::ledger::{ExportKind, Ledger};
use waymark_core::plan::Plan;
use waymark_core::roadmap::Roadmap;
use waymark_core::schedule::current;
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

/// Of two copies the newer one counts, whichever of the two names it has; of two of one age, the
/// one that was written last.
#[test]
fn the_newer_of_two_copies_counts() {
    newer_of_two(&document(1), &document(2), |document| document.generation);

    let plan = document(1).plan;
    let now = "2027-01-04T12:00:00Z".parse().unwrap();
    let schedule = current(&plan);
    let contents = CalendarContents::new(&plan, &schedule, &ExportOptions::default()).unwrap();
    let exported = |ledger: &Ledger| {
        let export = ledger.export(&contents, ExportKind::Full, now).unwrap();
        export.ledger
    };
    let first = exported(&Ledger::new("p"));
    newer_of_two(&first, &exported(&first), Ledger::exports);

    let mut first = Collection::new("p");
    first.finish();
    let mut second = first.clone();
    second.finish();
    newer_of_two(&first, &second, |collection| collection.ledger().exports());
}

fn newer_of_two<D: Sealed>(older: &D, newer: &D, age: impl Fn(&D) -> u64) {
    let (_guard, storage) = folder();
    let texts = [older.text().unwrap(), newer.text().unwrap()];
    for [newest, earlier] in [[0, 1], [1, 0]] {
        for (at, path) in [newest, earlier].into_iter().zip(storage.copies("name")) {
            fs::write(path, &texts[at]).unwrap();
        }
        let found = storage.read_named::<D>("name").unwrap().document.unwrap();
        assert_eq!(age(&found), age(newer), "a {} of {newest}", D::WHAT);
    }
}

/// A restored folder can have the older list under the newer name.
#[test]
fn the_newer_of_two_lists_counts() {
    let (_guard, storage) = folder();
    let mut texts = Vec::new();
    for id in ["one", "two"] {
        let (id, text) = (id.to_owned(), format!("Notice {id}."));
        notices::add(&storage, Notice { id, text }).unwrap();
        texts.push(fs::read(storage.path("notices.json")).unwrap());
    }
    fs::write(storage.path("notices.json"), &texts[0]).unwrap();
    fs::write(storage.path("notices.earlier.json"), &texts[1]).unwrap();
    assert_eq!(notices::all(&storage).len(), 2);
}

#[test]
fn of_two_copies_of_one_age_the_last_written_counts() {
    let (_guard, storage) = folder();
    save(&storage, &document(1)).unwrap();
    let mut other = document(1);
    other.plan = Plan::new(
        "other",
        Roadmap::embedded().unwrap(),
        other.plan.start(),
        Zone::bundled("Europe/Berlin").unwrap(),
        other.plan.created(),
    )
    .unwrap();
    save(&storage, &other).unwrap();
    assert_eq!(find(&storage).document, Some(other));
}

/// A file that can't be read may be whole, so nothing takes its place.
#[test]
fn a_file_that_cannot_be_read_is_not_overwritten() {
    let (_guard, storage) = folder();
    save(&storage, &document(1)).unwrap();
    let path = storage.path("plan.json");
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    let size = (file::MOST_BYTES + 1) as u64;
    file.set_len(size).unwrap();
    let error = save(&storage, &document(2)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::FileTooLarge);
    assert_eq!(fs::metadata(&path).unwrap().len(), size);
    // The largest document that is read still is.
    file.set_len(size - 1).unwrap();
    assert_eq!(read(&path).unwrap().len() as u64, size - 1);
}

#[test]
fn a_document_that_is_removed_is_kept_under_other_names() {
    let (_guard, storage) = folder();
    for generation in 1..=2 {
        save(&storage, &document(generation)).unwrap();
    }
    assert!(storage.has("plan"));
    storage.set_named_aside("plan", Utc::now()).unwrap();
    assert!(!storage.has("plan"));
    let kept = names(&storage);
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(
        kept.iter().all(|name| name.contains(".removed-")),
        "{kept:?}"
    );
}

/// Every document of an earlier version is kept once.
#[test]
fn what_is_kept_of_an_earlier_version_is_kept_once() {
    let (_guard, storage) = folder();
    let path = storage.path("plan.json");
    let text = |version: u32, name: &str| {
        format!(r#"{{"sha256":"x","document":{{"version":{version},"name":"{name}"}}}}"#)
    };
    for name in ["a", "b", "a", "b"] {
        keep_former_version(&path, &text(1, name), &text(2, "new")).unwrap();
    }
    keep_former_version(&path, &text(2, "c"), &text(2, "new")).unwrap();
    assert_eq!(
        names(&storage),
        ["plan.json.version-1", "plan.json.version-1-2"]
    );
    let kept = fs::read_to_string(storage.path("plan.json.version-1")).unwrap();
    assert_eq!(kept, text(1, "a"));
}
