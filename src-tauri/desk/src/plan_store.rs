//! A plan where it is kept: in the desktop app's folder, or in a file of its own.
//!
//! Several programs may work on one plan. Each change takes a lock beside the plan, reads the plan
//! again if another program has changed it, and is made to that newest plan.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use serde_json::Value;
use waymark_core::document::{Document, EarlierPlan};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::{Plan, PlanFile};

use crate::file_lock::{FileLock, Wait, file_lock};
use crate::mutex::lock;
use crate::ring::Ring;
use crate::storage::{self, Audience, PLAN, Storage, unread, unsaved};
use crate::zone;

mod recovery;

/// A plan on disk, and the document that was last read or written there.
#[derive(Debug)]
pub struct PlanStore {
    place: Place,
    known: Mutex<Option<Known>>,
    /// Held during a change, so that threads of one program queue here and not at the file lock.
    changing: Mutex<()>,
    wait: Wait,
    accepts_edits: bool,
}

#[derive(Debug)]
enum Place {
    /// The desktop app's folder.
    App(Storage),
    /// A plan file.
    File(PathBuf),
}

#[derive(Debug, Clone)]
struct Known {
    document: Arc<Document>,
    /// The text of the file.
    text: Arc<str>,
    /// Whether a person edited it, so that its checksum doesn't fit.
    is_edited: bool,
}

/// A plan before and after a change.
#[derive(Debug)]
pub struct Changed {
    /// The plan that was changed.
    pub before: Arc<Document>,
    /// The plan as it is stored now.
    pub after: Arc<Document>,
}

/// A plan that was opened with its damaged copies out of the way.
#[derive(Debug)]
pub struct Opened {
    /// The plan.
    pub document: Arc<Document>,
    /// Notices for the learner that couldn't be stored, in sentences.
    pub notices: Vec<String>,
}

/// An id for a new plan, which no other plan has.
pub fn new_plan_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

impl PlanStore {
    /// The plan in the desktop app's folder.
    pub fn of_the_app(storage: Storage) -> Self {
        Self::at(Place::App(storage))
    }

    /// The plan in a file.
    pub fn of_file(path: PathBuf) -> Self {
        Self::at(Place::File(path))
    }

    fn at(place: Place) -> Self {
        Self {
            place,
            known: Mutex::default(),
            changing: Mutex::default(),
            wait: Wait::default(),
            accepts_edits: false,
        }
    }

    /// With another way to wait for other programs.
    #[must_use]
    pub fn waiting(self, wait: Wait) -> Self {
        Self { wait, ..self }
    }

    /// With saved files that a person edited accepted, whose checksum doesn't fit any more.
    #[must_use]
    pub fn accepting_edits(self, accepts_edits: bool) -> Self {
        Self {
            accepts_edits,
            ..self
        }
    }

    /// Opens the app's plan, or saves `new` if there is none.
    ///
    /// # Errors
    /// If the folder can't be used, or a newer Waymark wrote the plan.
    pub fn open_or(
        &self,
        now: DateTime<Utc>,
        new: impl FnOnce() -> Result<Plan, InputError>,
    ) -> Result<Opened, InputError> {
        let _changing = lock(&self.changing);
        let path = self.path();
        storage::resolved(&path).map_err(|error| unread(&path, &error))?;
        let _lock = self.lock()?;
        let notices = self.recovered(now)?;
        let document = match self.load()? {
            Some(known) => known.document,
            None => self.save(Document::new(new()?), now)?,
        };
        Ok(Opened { document, notices })
    }

    /// The plan as it is stored now. Changes nothing.
    ///
    /// # Errors
    /// If there is none, it is damaged, or a newer Waymark wrote it.
    pub fn document(&self) -> Result<Arc<Document>, InputError> {
        let known = self.load()?.ok_or_else(|| self.missing())?;
        Ok(known.document)
    }

    /// Saves a plan in a plan file of its own. A former plan without a log is overwritten; any
    /// other file is renamed if `replaces`, and its new path returned.
    ///
    /// # Errors
    /// If there's another file and not `replaces`, or the plan can't be saved.
    pub fn create(
        &self,
        document: Document,
        replaces: bool,
        now: DateTime<Utc>,
    ) -> Result<Option<PathBuf>, InputError> {
        let _changing = lock(&self.changing);
        let path = self.path();
        let path = storage::resolved(&path).map_err(|error| unsaved(&path, &error))?;
        let _lock = self.lock()?;
        let kept = match Former::at(&path)? {
            Former::None => None,
            _ if replaces => {
                let aside = storage::set_aside(&path, "replaced", now);
                Some(aside.map_err(|error| unsaved(&path, &error))?)
            }
            Former::Unlogged => None,
            Former::Logged => {
                return Err(occupied(&path, "is a plan with a log"));
            }
            Former::Other => {
                return Err(occupied(&path, "is another file"));
            }
        };
        self.save(document, now)?;
        Ok(kept)
    }

    /// Makes a change to the newest plan and saves it, if it is another one then. The app's former
    /// plan joins the earlier ones.
    ///
    /// # Errors
    /// If `change` rejects it, another program keeps the plan locked, or it can't be saved: the
    /// plan is then as before.
    pub fn change<E: From<InputError>>(
        &self,
        now: DateTime<Utc>,
        change: impl FnOnce(&Document) -> Result<Document, E>,
    ) -> Result<Changed, E> {
        let _changing = lock(&self.changing);
        let _lock = self.lock()?;
        let known = self.load()?.ok_or_else(|| self.missing())?;
        let before = known.document;
        let changed = change(&before)?;
        let after = if changed == *before {
            Arc::clone(&before)
        } else {
            let after = self.save(changed, now)?;
            self.remember(&before, &after, now);
            after
        };
        Ok(Changed { before, after })
    }

    /// Decides about the app's plan after a person edited its file: it is used as it is now, or
    /// `keeps` is. The edited file is renamed.
    ///
    /// # Errors
    /// If the edited plan can't be read or is another plan, or the plan can't be saved.
    pub fn settle_edits(
        &self,
        keeps: Option<&Document>,
        accepts: bool,
        now: DateTime<Utc>,
    ) -> Result<Arc<Document>, InputError> {
        let _changing = lock(&self.changing);
        let _lock = self.lock()?;
        let path = self.path();
        let text = storage::read(&path).map_err(|error| unread(&path, &error))?;
        let edited = Document::from_edited_json_in(&text, zone::database())?;
        let generation = keeps
            .map_or(0, |keeps| keeps.generation)
            .max(edited.generation);
        let settled = match keeps {
            Some(keeps) if !accepts => keeps.clone(),
            Some(keeps) => keeps.replaced("Edit the plan's file".to_owned(), edited.plan)?,
            None => edited,
        };
        *lock(&self.known) = Some(Known {
            document: Arc::new(settled.clone()),
            text: text.into(),
            is_edited: true,
        });
        let generation = generation + 1;
        self.save(
            Document {
                generation,
                ..settled
            },
            now,
        )
    }

    /// The stored plan; `None` in an app's folder that never had one.
    ///
    /// If the app's files are damaged or gone while the program runs, it is the one in memory: of
    /// all copies, the one with the highest generation is the plan.
    fn load(&self) -> Result<Option<Known>, InputError> {
        let path = self.path();
        let text = match storage::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound && self.is_of_the_app() => {
                String::new()
            }
            Err(error) => return Err(unread(&path, &error)),
        };
        let mut known = lock(&self.known);
        if let Some(known) = known.as_ref().filter(|known| *known.text == text) {
            return Ok(Some(known.clone()));
        }
        let mut is_edited = false;
        let document = match &self.place {
            Place::App(_) if self.accepts_edits && is_sealed(&text) => {
                is_edited = Document::from_json_in(&text, zone::database()).is_err();
                of_text(&text, true)?
            }
            Place::App(storage) => {
                let copies = storage.read_named::<Document>(PLAN);
                let copies = copies.map_err(|error| unread(&path, &error))?;
                let held = known.clone();
                match (copies.document, held) {
                    (Some(stored), Some(held)) if stored.generation < held.document.generation => {
                        return Ok(Some(held));
                    }
                    (None, held) => return Ok(held),
                    (Some(stored), _) => stored,
                }
            }
            Place::File(_) => of_text(&text, self.accepts_edits)?,
        };
        let read = Known {
            document: Arc::new(document),
            text: text.into(),
            is_edited,
        };
        Ok(Some(known.insert(read).clone()))
    }

    fn save(&self, document: Document, now: DateTime<Utc>) -> Result<Arc<Document>, InputError> {
        let text = document.to_json()?;
        let path = self.path();
        let was_edited = lock(&self.known)
            .as_ref()
            .is_some_and(|known| known.is_edited);
        if self.is_of_the_app() && was_edited {
            // It can't stand in for a damaged plan.
            let aside = storage::set_aside(&path, "edited", now);
            aside.map_err(|error| unsaved(&path, &error))?;
        }
        match &self.place {
            Place::App(storage) => storage.save_text(PLAN, &text),
            Place::File(path) => {
                let former = lock(&self.known)
                    .as_ref()
                    .map(|known| Arc::clone(&known.text));
                let kept = former.map_or(Ok(()), |former| {
                    storage::keep_former_version(path, &former, &text)
                });
                kept.and_then(|()| storage::write(path, text.as_bytes(), Audience::Owner))
            }
        }
        .map_err(|error| unsaved(&path, &error))?;
        let document = Arc::new(document);
        *lock(&self.known) = Some(Known {
            document: Arc::clone(&document),
            text: text.into(),
            is_edited: false,
        });
        Ok(document)
    }

    /// The earlier plans; `None` for a plan file.
    pub fn ring(&self) -> Option<Ring> {
        match &self.place {
            Place::App(storage) => Some(Ring::of(storage.folder())),
            Place::File(_) => None,
        }
    }

    /// Adds the plan before a change to the earlier ones. If that fails, the change is saved all
    /// the same, and the plan before it is still beside it.
    fn remember(&self, before: &Document, after: &Document, now: DateTime<Utc>) {
        let earlier = EarlierPlan::before(before, after, now);
        if let (Some(ring), Some(earlier)) = (self.ring(), earlier) {
            let _ = ring.add(&earlier);
        }
    }

    fn lock(&self) -> Result<FileLock, InputError> {
        let path = self.path();
        if let Place::App(storage) = &self.place {
            fs::create_dir_all(storage.folder()).map_err(|error| unsaved(&path, &error))?;
        }
        file_lock(&path, self.wait)
    }

    /// The path of the plan's file.
    pub fn path(&self) -> PathBuf {
        match &self.place {
            Place::App(storage) => storage.document_path(PLAN),
            Place::File(path) => path.clone(),
        }
    }

    fn is_of_the_app(&self) -> bool {
        matches!(self.place, Place::App(_))
    }

    fn missing(&self) -> InputError {
        let path = self.path().display().to_string();
        let sentence = format!(
            "the desktop app has no plan yet ({path}). Start Waymark once, or name a plan file"
        );
        InputError::sentence(ErrorCode::NoPlan, sentence)
    }
}

/// Reads a plan file: one that Waymark saved, or one that a person wrote. A saved one that was
/// edited by hand is accepted only if `accepts_edits`.
fn of_text(text: &str, accepts_edits: bool) -> Result<Document, InputError> {
    // Some editors begin a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let zones = zone::database();
    if !is_sealed(text) {
        return Document::from_plan_file(PlanFile::from_json(text)?, zones);
    }
    match Document::from_json_in(text, zones) {
        Err(error) if accepts_edits && error.code == ErrorCode::PlanEdited => {
            Document::from_edited_json_in(text, zones)
        }
        read => read,
    }
}

/// Whether the text is that of a file with a checksum, also of one that was cut short.
fn is_sealed(text: &str) -> bool {
    if text.starts_with("{\"sha256\"") {
        return true;
    }
    let file: Value = serde_json::from_str(text).unwrap_or_default();
    file.get("sha256").is_some()
}

/// The file where a new plan is to be saved.
enum Former {
    None,
    /// A plan without a log.
    Unlogged,
    /// A plan with a log.
    Logged,
    /// A file that isn't a plan, or a damaged plan.
    Other,
}

impl Former {
    fn at(path: &Path) -> Result<Self, InputError> {
        let text = match storage::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::None),
            Err(error) => return Err(unread(path, &error)),
        };
        Ok(match of_text(&text, true) {
            _ if text.is_empty() => Self::Unlogged,
            Ok(former) if former.plan.log().is_empty() => Self::Unlogged,
            Ok(_) => Self::Logged,
            Err(_) => Self::Other,
        })
    }
}

fn occupied(path: &Path, why: &str) -> InputError {
    let sentence = format!("{} {why}", path.display());
    InputError::sentence(ErrorCode::Occupied, sentence)
}
