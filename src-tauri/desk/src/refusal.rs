//! A start that is refused: why, and what the learner can do about it.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;
use waymark_core::document::Document;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::words;

use crate::data_folder::{DataFolder, PlanFolder};
use crate::file_lock::{Wait, file_lock};
use crate::plan_store::PlanStore;
use crate::ring::{Ring, RingFile};
use crate::storage::{self, PLAN, Sealed, Storage, unsaved};
use crate::zone;

/// Why the plan can't be opened, and the ways on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// The path of the file that can't be opened.
    pub file: String,
    /// The reason, in a sentence.
    pub message: String,
    /// A remedy, in sentences.
    pub advice: String,
    /// Whether the file was edited outside Waymark, and can be used as it is.
    pub is_edited: bool,
    /// The copies of the plan that can be opened in its place, newest first.
    pub copies: Vec<EarlierCopy>,
}

/// A copy of the plan from an earlier time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EarlierCopy {
    /// The name of its file, in the plan's folder.
    pub name: String,
    /// When it was written, such as `Sun 29 Nov 2026, 14:05`; `None` if the system doesn't know.
    pub written: Option<String>,
    /// The name of the change it is from before; empty if that isn't known.
    pub before: String,
}

/// A copy that can be read.
struct ReadableCopy {
    view: EarlierCopy,
    document: Document,
}

impl Refusal {
    /// The refusal that a start would end in now; `None` if the plan can be opened, or there is
    /// none yet. Changes nothing.
    pub fn of_a_start(folder: &DataFolder) -> Option<Self> {
        let opened = folder.open_plan().and_then(|plan| match plan {
            Some(plan) => PlanStore::of_the_app(plan.storage).document().map(drop),
            None => Ok(()),
        });
        match opened {
            Err(error) if error.code != ErrorCode::NoPlan => Some(Self::new(folder, &error)),
            _ => None,
        }
    }

    /// Why this plan can't be opened; `None` if it can be. Changes nothing.
    pub fn of_plan(plan: &PlanFolder) -> Option<Self> {
        let stored = PlanStore::of_the_app(plan.storage.clone()).document();
        Some(Self::about(plan, &stored.err()?))
    }

    /// The refusal because of this error.
    pub fn new(folder: &DataFolder, error: &InputError) -> Self {
        let file = match folder.open_plan() {
            Ok(Some(plan)) => return Self::about(&plan, error),
            Ok(None) => folder.path().to_owned(),
            Err(_) => folder.list_path(),
        };
        Self::of_file(file, Vec::new(), error)
    }

    /// The refusal of a plan because of this error.
    fn about(plan: &PlanFolder, error: &InputError) -> Self {
        let (file, copies) = match obstacles(&plan.storage).into_iter().next() {
            Some(file) => (file, copies(&plan.storage)),
            None => (plan.storage.document_path(PLAN), Vec::new()),
        };
        Self::of_file(file, copies, error)
    }

    fn of_file(file: PathBuf, copies: Vec<ReadableCopy>, error: &InputError) -> Self {
        Self {
            file: file.display().to_string(),
            message: error.to_string(),
            advice: advice(error, &file).to_owned(),
            is_edited: storage::is_edited(error),
            copies: copies.into_iter().map(|copy| copy.view).collect(),
        }
    }
}

impl ReadableCopy {
    /// A document beside the plan.
    fn beside(path: &Path) -> Option<Self> {
        let document = Document::read(&storage::read(path).ok()?).ok()?;
        let written = fs::metadata(path).and_then(|metadata| metadata.modified());
        let written = written.ok().map(|time| {
            let time = DateTime::<Utc>::from(time).with_timezone(&zone::of_this_computer());
            words::moment(time.naive_local())
        });
        let view = EarlierCopy {
            name: name(path),
            written,
            before: String::new(),
        };
        Some(Self { view, document })
    }

    /// A plan of the ring.
    fn of_the_ring(file: RingFile) -> Self {
        let view = EarlierCopy {
            name: file.name,
            written: Some(file.plan.time()),
            before: file.plan.change.clone(),
        };
        Self {
            view,
            document: file.plan.into_document(),
        }
    }
}

/// For a terminal.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Waymark couldn't open your plan.")?;
        writeln!(f, "{}", self.message)?;
        writeln!(f, "File: {}", self.file)?;
        write!(f, "{}", self.advice)?;
        if !self.copies.is_empty() {
            write!(f, "\nEarlier copies of the plan, in the same folder:")?;
        }
        for copy in &self.copies {
            let written = copy.written.as_deref().unwrap_or("at an unknown time");
            write!(f, "\n  {}, written {written}", copy.name)?;
            if !copy.before.is_empty() {
                write!(f, ", before “{}”", copy.before)?;
            }
        }
        Ok(())
    }
}

/// Makes an earlier copy the plan. Files in its way are renamed. Returns notices about them for the
/// learner.
///
/// # Errors
/// If there's no such copy, or a file can't be renamed or written.
pub fn open_copy(
    folder: &DataFolder,
    name: &str,
    now: DateTime<Utc>,
) -> Result<Vec<String>, InputError> {
    let plan = folder.open_plan()?.ok_or_else(|| unknown(name))?;
    open_copy_of(&plan, name, now)
}

/// As [`open_copy`], for a plan that needn't be the open one.
///
/// # Errors
/// As [`open_copy`].
pub fn open_copy_of(
    plan: &PlanFolder,
    name: &str,
    now: DateTime<Utc>,
) -> Result<Vec<String>, InputError> {
    let storage = &plan.storage;
    let mut notices = Vec::new();
    let mut set_aside = |path: &Path| {
        let aside = storage::set_aside(path, "set-aside", now);
        let aside = aside.map_err(|error| unsaved(path, &error))?;
        notices.push(format!(
            "{} is kept as {}.",
            path.display(),
            aside.display()
        ));
        Ok::<(), InputError>(())
    };
    let path = storage.document_path(PLAN);
    // A folder can't be locked.
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file() && !found.is_symlink()) {
        set_aside(&path)?;
    }
    let _lock = file_lock(&path, Wait::default())?;
    let copies = copies(storage);
    let newest = copies.iter().map(|copy| copy.document.generation).max();
    let chosen = copies.into_iter().find(|copy| copy.view.name == name);
    let mut document = chosen.ok_or_else(|| unknown(name))?.document;
    // Above all others: the highest generation is the plan.
    document.generation = newest.unwrap_or_default() + 1;
    for path in obstacles(storage) {
        set_aside(&path)?;
    }
    let saved = storage.save_named(PLAN, &document);
    saved.map_err(|error| unsaved(&path, &error))?;
    notices.push(format!(
        "Your plan was opened from its earlier copy {name}."
    ));
    Ok(notices)
}

/// Uses the plan as a person edited it. Returns notices for the learner.
///
/// # Errors
/// If it can't be read after all, or can't be saved.
pub fn accept_edits(folder: &DataFolder, now: DateTime<Utc>) -> Result<Vec<String>, InputError> {
    let plan = folder.open_plan()?.ok_or_else(|| unknown("plan"))?;
    accept_edits_of(&plan, now)
}

/// As [`accept_edits`], for a plan that needn't be the open one.
///
/// # Errors
/// As [`accept_edits`].
pub fn accept_edits_of(plan: &PlanFolder, now: DateTime<Utc>) -> Result<Vec<String>, InputError> {
    PlanStore::of_the_app(plan.storage.clone()).settle_edits(None, true, now)?;
    Ok(vec![
        "Your plan was opened as it was edited outside Waymark.".to_owned(),
    ])
}

fn unknown(name: &str) -> InputError {
    InputError::new(
        ErrorCode::NoPlan,
        "earlier copy",
        name,
        "choose one of the list",
    )
    .because("isn't in the plan's folder")
}

/// The files of the plan that a start can't get past: what isn't a readable file, plans of a newer
/// Waymark, and edited ones.
fn obstacles(storage: &Storage) -> Vec<PathBuf> {
    let is_obstacle = |path: &PathBuf| match storage::read(path) {
        Ok(text) => Document::read(&text)
            .is_err_and(|error| error.code.is_newer() || storage::is_edited(&error)),
        Err(error) => error.kind() != ErrorKind::NotFound,
    };
    storage
        .copies(PLAN)
        .into_iter()
        .filter(is_obstacle)
        .collect()
}

/// The copies of the plan that can be read, newest first: those beside it, and those of the ring.
fn copies(storage: &Storage) -> Vec<ReadableCopy> {
    let entries = fs::read_dir(storage.folder()).into_iter().flatten();
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let paths = paths.filter(|path| name(path).starts_with(&format!("{PLAN}.")));
    let mut copies: Vec<_> = paths
        .filter_map(|path| ReadableCopy::beside(&path))
        .collect();
    let files = Ring::of(storage.folder()).files().unwrap_or_default();
    copies.extend(files.into_iter().map(ReadableCopy::of_the_ring));
    copies.sort_by_key(|copy| std::cmp::Reverse(copy.document.generation));
    copies
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn advice(error: &InputError, file: &Path) -> &'static str {
    if error.code.is_newer() {
        "Install the newest version of Waymark, then try again."
    } else if storage::is_edited(error) {
        "Use the edited plan, or open an earlier copy. In a terminal, --accept-edits uses it."
    } else if error.code == ErrorCode::InUse {
        "Close the other program, then try again."
    } else if file.is_dir() {
        "Move or rename the folder that has this name, then try again."
    } else {
        "Check that the file and its folder are yours to read and write, and that the disk has \
         space. Then try again."
    }
}

#[cfg(test)]
mod tests;
