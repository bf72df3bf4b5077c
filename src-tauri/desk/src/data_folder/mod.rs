//! The desktop app's data folder: a folder for each plan, and the list of plans.
//!
//! ```text
//! plans.json            the list, and which plan is open
//! plans/<id>/           one plan: its document, calendars and ledgers, and whether it is archived
//! removed/<id>.removed-<time>/  a plan that was removed, whole, to be brought back
//! settings.json         the window's settings (tauri-plugin-store)
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use waymark_core::document::Document;
use waymark_core::input_error::{ErrorCode, InputError};

use crate::file_lock::file_lock;
use crate::file_lock::{FileLock, Wait};
use crate::storage::{
    self, Audience, Envelope, Enveloped, Storage, private_folder, unread, unsaved,
};

mod arrange;
mod earlier_layout;

pub use arrange::RemovedPlan;

/// The app's identifier, as `tauri.conf.json` states it.
pub const IDENTIFIER: &str = "org.waymark.planner";

/// The name of the list's document.
const LIST: &str = "plans";
/// The folder with the plans.
const PLANS: &str = "plans";
/// The file in an archived plan's folder that says so, for when the list is lost.
const ARCHIVED: &str = "archived";

/// The data folder.
#[derive(Debug, Clone)]
pub struct DataFolder {
    path: PathBuf,
}

/// The folder of a plan.
#[derive(Debug, Clone)]
pub struct PlanFolder {
    /// Its name.
    pub id: String,
    /// Whether it is the plan that the window opens.
    pub is_open: bool,
    /// Whether the learner has put it away.
    pub is_archived: bool,
    /// Its documents.
    pub storage: Storage,
}

/// The open plan, ready to be used.
#[derive(Debug)]
pub struct Prepared {
    /// The folder of the plan; it may have no plan yet.
    pub plan: PlanFolder,
}

/// The stored list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct PlanList {
    format: String,
    version: u32,
    /// Raised with each save.
    generation: u64,
    /// The id of the open plan.
    open: String,
    /// The ids of all plans, oldest first.
    plans: Vec<String>,
    /// The ids of those that are archived. Earlier versions had none.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    archived: BTreeSet<String>,
}

impl Enveloped for PlanList {
    const ENVELOPE: Envelope = Envelope {
        what: "list of plans",
        format: "waymark-plans",
        version: 1,
        damaged: ErrorCode::PlanDamaged,
        newer: ErrorCode::PlanNewer,
    };

    fn generation(&self) -> u64 {
        self.generation
    }
}

impl PlanList {
    /// Checks that there is a plan with this id.
    fn known(&self, id: &str) -> Result<(), InputError> {
        if self.plans.iter().any(|plan| plan == id) {
            return Ok(());
        }
        Err(unknown(id))
    }
}

impl DataFolder {
    /// The desktop app's own, by the rule that Tauri follows: `$XDG_DATA_HOME` on Linux if it is an
    /// absolute path, else the user's own data folder. `None` if the system has none.
    pub fn of_the_desktop_app() -> Option<Self> {
        dirs::data_dir().map(|folder| Self::new(folder.join(IDENTIFIER)))
    }

    /// The data folder at this path. It need not exist.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The path of the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of the list of plans.
    pub fn list_path(&self) -> PathBuf {
        self.path.join(format!("{LIST}.json"))
    }

    /// All plans, oldest first. Changes nothing.
    ///
    /// # Errors
    /// If the folder can't be read, or a newer Waymark wrote the list.
    pub fn plans(&self) -> Result<Vec<PlanFolder>, InputError> {
        let list = Storage::new(self.path.clone()).read_named::<PlanList>(LIST);
        let list = list.map_err(|error| unread(&self.path, &error))?.document;
        let list = self.completed(list)?;
        let mut plans = self.folders(&list);
        // One of the former layout, which the next change takes over. A folder in its place is
        // reported once it is opened.
        let is_blocked = plans.is_empty() && earlier_layout::obstacle(&self.path).is_some();
        let blocked = || is_blocked.then(|| Storage::new(self.path.clone()));
        if let Some(storage) = earlier_layout::find(&self.path).or_else(blocked) {
            plans.push(PlanFolder {
                id: earlier_layout::id(&storage).unwrap_or_else(|| "plan".to_owned()),
                is_open: plans.is_empty(),
                is_archived: false,
                storage,
            });
        }
        Ok(plans)
    }

    /// The plan that the window opens; `None` if there is none yet. Changes nothing.
    ///
    /// # Errors
    /// As [`DataFolder::plans`].
    pub fn open_plan(&self) -> Result<Option<PlanFolder>, InputError> {
        Ok(self.plans()?.into_iter().find(|plan| plan.is_open))
    }

    /// The plan with this id. Changes nothing.
    ///
    /// # Errors
    /// If there is none, or as [`DataFolder::plans`].
    pub fn plan(&self, id: &str) -> Result<PlanFolder, InputError> {
        let plan = self.plans()?.into_iter().find(|plan| plan.id == id);
        plan.ok_or_else(|| unknown(id))
    }

    /// Makes the folder if there is none, takes over files of earlier versions, and returns the
    /// plan to open: a new folder if there is no plan.
    ///
    /// # Errors
    /// If the folder can't be used, or a newer Waymark wrote the list.
    pub fn prepare(&self, now: DateTime<Utc>) -> Result<Prepared, InputError> {
        let list = self.list_path();
        storage::resolved(&list).map_err(|error| unread(&list, &error))?;
        let _lock = self.lock()?;
        let storage = Storage::new(self.path.clone());
        let recovered = storage.recover_named::<PlanList>(LIST, now);
        let recovered = recovered.map_err(|error| unread(&self.path, &error))?;
        let mut list = self.completed(recovered.document.clone())?;
        if list.plans.is_empty()
            && let Some((path, error)) = earlier_layout::obstacle(&self.path)
        {
            return Err(unread(&path, &error));
        }
        let taken_over = earlier_layout::take_over(&self.path, &self.path.join(PLANS))
            .map_err(|error| unsaved(&self.path, &error))?;
        if taken_over.is_some() {
            list = self.completed(recovered.document.clone())?;
        }
        if list.open.is_empty() {
            list.open = taken_over.unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
        }
        if !list.plans.contains(&list.open) {
            list.plans.push(list.open.clone());
        }
        for plan in self.folders(&list) {
            private_folder(plan.storage.folder())
                .map_err(|error| unsaved(plan.storage.folder(), &error))?;
        }
        self.save(&storage, recovered.document.as_ref(), list.clone())?;
        let plan = self.folders(&list).into_iter().find(|plan| plan.is_open);
        let plan = plan.ok_or_else(|| unknown(&list.open))?;
        Ok(Prepared { plan })
    }

    /// Makes another plan the open one. It isn't archived any more then.
    ///
    /// # Errors
    /// If there is no such plan, or the list can't be saved.
    pub fn set_open(&self, id: &str, now: DateTime<Utc>) -> Result<(), InputError> {
        self.prepare(now)?;
        self.change(|list| {
            list.known(id)?;
            list.open = id.to_owned();
            self.mark(list, id, false)
        })
    }

    /// Makes a change to the list, and saves it.
    fn change(
        &self,
        change: impl FnOnce(&mut PlanList) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        self.change_then(change, || Ok(()))
    }

    /// Makes a change to the list, saves it, and then does the rest before any other program can
    /// change the list.
    fn change_then(
        &self,
        change: impl FnOnce(&mut PlanList) -> Result<(), InputError>,
        rest: impl FnOnce() -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        let _lock = self.lock()?;
        let storage = Storage::new(self.path.clone());
        let list = storage.read_named::<PlanList>(LIST);
        let list = list.map_err(|error| unread(&self.path, &error))?.document;
        let mut changed = self.completed(list.clone())?;
        change(&mut changed)?;
        self.save(&storage, list.as_ref(), changed)?;
        rest()
    }

    /// Adds a plan in a folder of its own, and makes it the open one. Returns the folder's name.
    ///
    /// # Errors
    /// If the folder can't be used, or the plan can't be saved.
    pub fn add(&self, document: &Document, now: DateTime<Utc>) -> Result<String, InputError> {
        if self.open_plan()?.is_some() {
            self.prepare(now)?;
        }
        let _lock = self.lock()?;
        let storage = Storage::new(self.path.clone());
        let list = storage.read_named::<PlanList>(LIST);
        let list = list.map_err(|error| unread(&self.path, &error))?.document;
        let mut changed = self.completed(list.clone())?;
        let plans = self.path.join(PLANS);
        let id = Some(document.plan.id().to_owned());
        let id = id.filter(|id| earlier_layout::can_name_folder(id) && !plans.join(id).exists());
        let id = id.unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
        let to = Storage::new(plans.join(&id));
        for folder in [plans.as_path(), to.folder()] {
            private_folder(folder).map_err(|error| unsaved(folder, &error))?;
        }
        // The plan first: a folder that isn't in the list is found all the same.
        let saved = to.save_named(storage::PLAN, document);
        saved.map_err(|error| unsaved(to.folder(), &error))?;
        changed.plans.push(id.clone());
        changed.open.clone_from(&id);
        self.save(&storage, list.as_ref(), changed)?;
        Ok(id)
    }

    fn save(
        &self,
        storage: &Storage,
        stored: Option<&PlanList>,
        mut list: PlanList,
    ) -> Result<(), InputError> {
        if stored == Some(&list) {
            return Ok(());
        }
        list.generation += 1;
        let saved = storage.save_named(LIST, &list);
        saved.map_err(|error| unsaved(&self.path, &error))
    }

    /// The list, with every plan that has a folder: also after the list was lost.
    fn completed(&self, list: Option<PlanList>) -> Result<PlanList, InputError> {
        let mut list = list.unwrap_or_else(|| PlanList {
            format: PlanList::ENVELOPE.format.to_owned(),
            version: PlanList::ENVELOPE.version,
            generation: 0,
            open: String::new(),
            plans: Vec::new(),
            archived: BTreeSet::new(),
        });
        let folder = self.path.join(PLANS);
        let mut found = match fs::read_dir(&folder) {
            Ok(entries) => entries
                .filter_map(Result::ok)
                .filter(|entry| Storage::new(entry.path()).has(storage::PLAN))
                .filter_map(|entry| entry.file_name().into_string().ok())
                .collect::<Vec<_>>(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(unread(&folder, &error)),
        };
        found.sort();
        found.retain(|id| !list.plans.contains(id));
        let is_marked = |id: &&String| folder.join(id).join(ARCHIVED).exists();
        list.archived
            .extend(found.iter().filter(is_marked).cloned());
        list.plans.extend(found);
        if list.open.is_empty() {
            let is_out = |id: &&String| !list.archived.contains(*id);
            let first = list.plans.iter().find(is_out).or(list.plans.first());
            list.open = first.cloned().unwrap_or_default();
            list.archived.remove(&list.open);
        }
        Ok(list)
    }

    /// Archives a plan or takes it out of the archive, in the list and in the plan's folder.
    fn mark(&self, list: &mut PlanList, id: &str, is_archived: bool) -> Result<(), InputError> {
        let path = self.path.join(PLANS).join(id).join(ARCHIVED);
        let marked = if is_archived {
            list.archived.insert(id.to_owned());
            storage::write(&path, b"This plan is archived.\n", Audience::Owner)
        } else {
            list.archived.remove(id);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        };
        marked.map_err(|error| unsaved(&path, &error))
    }

    fn folders(&self, list: &PlanList) -> Vec<PlanFolder> {
        let folder = |id: &String| PlanFolder {
            id: id.clone(),
            is_open: *id == list.open,
            is_archived: list.archived.contains(id),
            storage: Storage::new(self.path.join(PLANS).join(id)),
        };
        list.plans.iter().map(folder).collect()
    }

    fn lock(&self) -> Result<FileLock, InputError> {
        private_folder(&self.path).map_err(|error| unsaved(&self.path, &error))?;
        file_lock(&self.list_path(), Wait::default())
    }
}

/// The error that there is no plan with this id.
pub fn unknown(id: &str) -> InputError {
    InputError::new(
        ErrorCode::NoPlan,
        "plan",
        id,
        "enter an id that `waymark plans` lists",
    )
    .because("isn't in the list")
}

#[cfg(test)]
mod tests;
