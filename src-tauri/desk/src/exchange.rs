//! Whole plans as files: exported, and imported without losing the plan that is there.
//!
//! The file is a plan as it is stored, with its log and its undo history, so every command and
//! every version reads it. It has no earlier plans, which would make it long and tell more than the
//! learner means to give away, and no running timer.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use waymark_core::document::Document;
use waymark_core::input_error::InputError;

use crate::data_folder::DataFolder;
use crate::plan_store::PlanStore;

/// A plan that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedPlan {
    /// The id of its folder, as `waymark plans` lists it.
    pub folder: String,
    /// Its title.
    pub title: String,
    /// Whether it changed a plan that was there, as one change that can be undone. If not, it has a
    /// folder of its own.
    pub is_change: bool,
}

/// The name of the change that an import makes.
const CHANGE: &str = "Import the plan";

impl ImportedPlan {
    /// The report for the learner.
    pub fn sentence(&self) -> String {
        let title = &self.title;
        if self.is_change {
            format!(
                "“{title}” was imported over the plan with the same id. Undo brings the former one \
                 back."
            )
        } else {
            format!("“{title}” was imported as a plan of its own.")
        }
    }
}

/// The text of the file.
///
/// # Errors
/// Only if the plan can't be written as JSON, which never happens to a valid plan.
pub fn text(document: &Document) -> Result<String, InputError> {
    exported(document).to_json()
}

fn exported(document: &Document) -> Document {
    Document {
        timer: None,
        ..document.clone()
    }
}

/// Writes a plan with its log and undo history to a file. Returns the path at which a former file
/// is kept, if there was one with a log or of another kind.
///
/// # Errors
/// If there is such a file and not `replaces`, or it can't be written.
pub fn export(
    document: &Document,
    path: &Path,
    replaces: bool,
    now: DateTime<Utc>,
) -> Result<Option<PathBuf>, InputError> {
    PlanStore::of_file(path.to_owned()).create(exported(document), replaces, now)
}

/// Reads a plan to import: one that Waymark wrote, or one written by hand.
///
/// # Errors
/// If it can't be read, isn't a plan, or was edited outside Waymark and not `accepts_edits`.
pub fn read(path: &Path, accepts_edits: bool) -> Result<Document, InputError> {
    let store = PlanStore::of_file(path.to_owned()).accepting_edits(accepts_edits);
    Ok(store.document()?.as_ref().clone())
}

/// Imports a plan into the app's data folder, and makes it the open one there.
///
/// A plan with the id of one that is there takes its place, as a change that can be undone; the
/// former plan joins the earlier ones. Any other plan gets a folder of its own.
///
/// # Errors
/// If the folder can't be used, or the plan can't be saved.
pub fn import(
    folder: &DataFolder,
    document: Document,
    now: DateTime<Utc>,
) -> Result<ImportedPlan, InputError> {
    let title = document.plan.title().to_owned();
    let same = folder.plans()?.into_iter().find(|plan| {
        let store = PlanStore::of_the_app(plan.storage.clone());
        let stored = store.document();
        stored.is_ok_and(|stored| stored.plan.id() == document.plan.id())
    });
    let (id, is_change) = match same {
        Some(plan) => {
            folder.set_open(&plan.id, now)?;
            // Files of an earlier version may have moved.
            let plan = folder.prepare(now)?.plan;
            change(&PlanStore::of_the_app(plan.storage), &document, now)?;
            (plan.id, true)
        }
        None => (folder.add(&document, now)?, false),
    };
    Ok(ImportedPlan {
        folder: id,
        title,
        is_change,
    })
}

/// The document with an imported plan of the same id in its place, as one change.
///
/// # Errors
/// If it is a plan of another id.
pub fn replaced(document: &Document, imported: &Document) -> Result<Document, InputError> {
    document.replaced(CHANGE.to_owned(), imported.plan.clone())
}

fn change(store: &PlanStore, imported: &Document, now: DateTime<Utc>) -> Result<(), InputError> {
    store
        .change(now, |document| replaced(document, imported))
        .map(drop)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::fs;
    use std::time::Instant;

    use waymark_core::plan::change::SetHours;
    use waymark_core::plan::{Change, Plan, PlanFile};

    use super::*;
    use crate::desk::Desk;

    fn now() -> DateTime<Utc> {
        "2027-01-04T10:00:00Z".parse().unwrap()
    }

    fn hours(desk: &Desk, value: &str) {
        let value = value.to_owned();
        let change = Change::Hours(SetHours { value });
        desk.keep(|document, now| document.changed(&[change], now))
            .unwrap();
    }

    #[test]
    fn an_exported_plan_is_imported_as_a_change_with_a_copy_of_the_former() {
        let home = tempfile::tempdir().unwrap();
        let data = DataFolder::new(home.path().join("data"));
        let desk = Desk::open(&data, Instant::now()).unwrap();
        hours(&desk, "7");
        let file = home.path().join("whole.json");
        assert_eq!(export(&desk.document(), &file, false, now()).unwrap(), None);
        hours(&desk, "9");
        let before = desk.document();

        let imported = import(&data, read(&file, false).unwrap(), now()).unwrap();
        assert!(imported.is_change, "{imported:?}");
        let after = desk.refreshed();
        assert_eq!(after.plan.hours_per_week(), 7.0);
        assert_eq!(after.undo.last().unwrap().name, CHANGE);
        assert_eq!(after.undone().unwrap().unwrap().plan, before.plan);
        // The copy of the plan before the import.
        let store = PlanStore::of_the_app(desk.storage.clone());
        let copy = store.ring().unwrap().latest().unwrap();
        assert_eq!((copy.plan, &*copy.change), (before.plan.clone(), CHANGE));
        assert_eq!(data.plans().unwrap().len(), 1);
        // And one before a restore.
        let first = store.ring().unwrap().plans().unwrap().pop().unwrap();
        let restored = store.change(now(), |document| document.restored(&first));
        let copy = store.ring().unwrap().latest().unwrap();
        assert_eq!(copy.plan, restored.unwrap().before.plan);
    }

    #[test]
    fn another_plan_gets_a_folder_of_its_own_and_is_opened() {
        let home = tempfile::tempdir().unwrap();
        let data = DataFolder::new(home.path().join("data"));
        let desk = Desk::open(&data, Instant::now()).unwrap();
        let mine = desk.document();
        let other = PlanFile {
            id: "other".to_owned(),
            ..mine.plan.to_file()
        };
        let other = Document::new(Plan::from_file(other).unwrap());
        let imported = import(&data, other.clone(), now()).unwrap();
        assert_eq!((&*imported.folder, imported.is_change), ("other", false));
        assert_eq!(desk.refreshed(), mine, "the plan that was there");
        let opened = Desk::open(&data, Instant::now()).unwrap();
        assert_eq!(opened.document().plan, other.plan);
        assert_eq!(data.plans().unwrap().len(), 2);
    }

    #[test]
    fn an_export_never_overwrites_a_plan_with_a_log_or_another_file_unasked() {
        let home = tempfile::tempdir().unwrap();
        let data = DataFolder::new(home.path().join("data"));
        let desk = Desk::open(&data, Instant::now()).unwrap();
        let file = home.path().join("notes.txt");
        fs::write(&file, "mine").unwrap();
        export(&desk.document(), &file, false, now()).unwrap_err();
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        let kept = export(&desk.document(), &file, true, now()).unwrap();
        assert_eq!(fs::read_to_string(kept.unwrap()).unwrap(), "mine");
        assert_eq!(read(&file, false).unwrap().plan, desk.plan());
    }
}
