//! Notices about damaged and missing files, told at each start until the learner dismisses them.
//!
//! A damaged file is kept under a name of its own, and so is the copy that took the place of a
//! missing one. So the files themselves say what happened: a recovery that was killed before it
//! could tell is told by the next start. A notice without such a trace is written to `notices.json`
//! before the recovery goes on.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::words;

use crate::file_lock::Wait;
use crate::file_lock::file_lock;
use crate::storage::{
    DAMAGED, Envelope, Enveloped, MISSING, PLAN, Storage, TIME_IN_NAMES, unsaved,
};
use crate::zone;

/// The name of the document.
const NOTICES: &str = "notices";
/// The most notices of each kind that are stored, the latest.
const MOST: usize = 50;

/// A message for the learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Notice {
    /// Identifies it, to dismiss it by.
    pub id: String,
    /// The message, in sentences.
    pub text: String,
}

/// The stored document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct NoticeList {
    format: String,
    version: u32,
    /// Raised with each save.
    generation: u64,
    /// Notices that no file tells.
    pending: Vec<Notice>,
    /// The names of kept files whose notice was dismissed.
    dismissed: BTreeSet<String>,
}

impl Enveloped for NoticeList {
    const ENVELOPE: Envelope = Envelope {
        what: "list of notices",
        format: "waymark-notices",
        version: 1,
        damaged: ErrorCode::PlanDamaged,
        newer: ErrorCode::PlanNewer,
    };

    fn generation(&self) -> u64 {
        self.generation
    }
}

impl NoticeList {
    /// The stored list. One that can't be read counts as empty: notices are then told again.
    fn of(storage: &Storage) -> Self {
        let stored = storage.read_named::<Self>(NOTICES);
        let stored = stored.ok().and_then(|copies| copies.document);
        stored.unwrap_or_else(|| Self {
            format: Self::ENVELOPE.format.to_owned(),
            version: Self::ENVELOPE.version,
            generation: 0,
            pending: Vec::new(),
            dismissed: BTreeSet::new(),
        })
    }

    fn save(mut self, storage: &Storage) -> io::Result<()> {
        self.generation += 1;
        let over = self.pending.len().saturating_sub(MOST);
        self.pending.drain(..over);
        storage.save_named(NOTICES, &self)
    }
}

/// The notices that weren't dismissed, about the files in a folder.
pub fn all(storage: &Storage) -> Vec<Notice> {
    let list = NoticeList::of(storage);
    let kept = kept(storage.folder())
        .into_iter()
        .filter(|notice| !list.dismissed.contains(&notice.id));
    kept.chain(list.pending.clone()).collect()
}

/// Whether a file of the plan was damaged and is kept.
pub fn has_damaged_plan(storage: &Storage) -> bool {
    let begin = [".json", ".earlier.json"].map(|rest| format!("{PLAN}{rest}.{DAMAGED}-"));
    kept(storage.folder())
        .iter()
        .any(|notice| begin.iter().any(|begin| notice.id.starts_with(begin)))
}

/// Adds a notice before what it is about is done, so that it is told even if the program is killed
/// in between. One with the same id is replaced.
///
/// # Errors
/// If it can't be saved.
pub fn add(storage: &Storage, notice: Notice) -> io::Result<()> {
    let mut list = NoticeList::of(storage);
    list.pending.retain(|other| other.id != notice.id);
    list.pending.push(notice);
    list.save(storage)
}

/// Dismisses a notice. One that isn't there was dismissed already.
///
/// # Errors
/// If that can't be saved.
pub fn dismiss(storage: &Storage, id: &str) -> Result<(), InputError> {
    let path = storage.document_path(NOTICES);
    let _lock = file_lock(&path, Wait::default())?;
    let mut list = NoticeList::of(storage);
    let before = list.clone();
    list.pending.retain(|notice| notice.id != id);
    let there: BTreeSet<String> = kept(storage.folder())
        .into_iter()
        .map(|notice| notice.id)
        .collect();
    // A file that the learner removed needs no entry any more.
    list.dismissed.retain(|id| there.contains(id));
    if there.contains(id) {
        list.dismissed.insert(id.to_owned());
    }
    if list == before {
        return Ok(());
    }
    list.save(storage).map_err(|error| unsaved(&path, &error))
}

/// A notice for each file that is kept in a folder because one was damaged or missing, the oldest
/// first.
fn kept(folder: &Path) -> Vec<Notice> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut found: Vec<(NaiveDateTime, Notice)> = names
        .filter_map(|name| {
            let (file, why, stamp) = [DAMAGED, MISSING].iter().find_map(|why| {
                let (file, stamp) = name.split_once(&format!(".{why}-"))?;
                Some((file, *why, stamp))
            })?;
            let stamp = stamp.split('-').next()?;
            let time = NaiveDateTime::parse_from_str(stamp, TIME_IN_NAMES).ok()?;
            let fault = Fault {
                file,
                why,
                kept: folder.join(&name),
                time,
            };
            let text = fault.sentence()?;
            Some((time, Notice { id: name, text }))
        })
        .collect();
    found.sort_by(|(time, notice), (other_time, other)| {
        (time, &notice.id).cmp(&(other_time, &other.id))
    });
    found.into_iter().map(|(_, notice)| notice).collect()
}

/// A file that was found damaged or missing.
struct Fault<'a> {
    /// Its name.
    file: &'a str,
    /// [`DAMAGED`] or [`MISSING`].
    why: &'a str,
    /// The damaged file, or the copy that took the place of the missing one.
    kept: PathBuf,
    /// The time when it was found, in UTC.
    time: NaiveDateTime,
}

impl Fault<'_> {
    /// The notice; `None` for a file whose loss concerns nobody.
    fn sentence(&self) -> Option<String> {
        let Self { file, why, .. } = self;
        let stem = file.strip_suffix(".json").unwrap_or(file);
        let stem = stem.strip_suffix(".earlier").unwrap_or(stem);
        let (what, then) = match stem {
            NOTICES => return None,
            PLAN => ("plan file", ""),
            "settings" => (
                "settings file",
                " The window starts with default settings. Your plan isn't affected.",
            ),
            "plans" => (
                "list of plans",
                " Waymark made the list again from the plans' folders.",
            ),
            "calendars" => (
                "list of calendars",
                " Look at Calendars: the list may be from before its last change.",
            ),
            _ if stem.ends_with(".ledger") => (
                "record of a calendar",
                " If no copy of it was whole, Waymark asks before the next export to that calendar.",
            ),
            _ => return None,
        };
        let time = DateTime::<Utc>::from_naive_utc_and_offset(self.time, Utc);
        let time = words::moment(time.with_timezone(&zone::of_this_computer()).naive_local());
        let kept = self.kept.display();
        let kept = match *why {
            MISSING => format!("The copy that took its place is also kept as {kept}"),
            _ => format!("It is kept as {kept}"),
        };
        Some(format!(
            "The {what} {file} was found {why} on {time}. {kept}.{then}"
        ))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn storage() -> (tempfile::TempDir, Storage) {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::new(folder.path().to_owned());
        (folder, storage)
    }

    fn texts(storage: &Storage) -> Vec<String> {
        all(storage).into_iter().map(|notice| notice.text).collect()
    }

    #[test]
    fn damaged_files_are_told_until_dismissed() {
        let (_folder, storage) = storage();
        assert_eq!(all(&storage), []);
        for name in ["plan.json", "calendars.json", "calendar.ledger.json"] {
            let kept = format!("{name}.damaged-20270104T100000000Z");
            fs::write(storage.path(&kept), "x").unwrap();
        }
        fs::write(storage.path("plan.json.set-aside-20270104T100000000Z"), "x").unwrap();
        let told = texts(&storage);
        assert_eq!(told.len(), 3, "{told:?}");
        for (text, part) in told
            .iter()
            .zip(["asks before", "Look at Calendars", "plan file"])
        {
            assert!(text.contains(part), "{part} in {text}");
            assert!(text.contains("is kept as"), "{text}");
        }
        assert_eq!(texts(&storage), told, "they are told again");
        let first = all(&storage).remove(0);
        dismiss(&storage, &first.id).unwrap();
        dismiss(&storage, &first.id).unwrap();
        assert_eq!(texts(&storage), told[1..]);
        // The same file, damaged again later, is told again.
        let again = "calendar.ledger.json.damaged-20270105T100000000Z";
        fs::write(storage.path(again), "x").unwrap();
        assert_eq!(all(&storage).len(), 3);
    }

    #[test]
    fn a_notice_that_no_file_tells_is_stored() {
        let (_folder, storage) = storage();
        let notice = Notice {
            id: "missing".to_owned(),
            text: "The plan was missing.".to_owned(),
        };
        for _ in 0..3 {
            add(&storage, notice.clone()).unwrap();
        }
        assert_eq!(all(&storage), vec![notice.clone()]);
        dismiss(&storage, "missing").unwrap();
        assert_eq!(all(&storage), []);
        // A damaged list of notices tells too often rather than not at all.
        add(&storage, notice.clone()).unwrap();
        for name in ["notices.json", "notices.earlier.json"] {
            fs::write(storage.path(name), "{").unwrap();
        }
        add(&storage, notice.clone()).unwrap();
        assert_eq!(all(&storage), [notice]);
    }
}
