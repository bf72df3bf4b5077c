//! Plans that are archived, removed and brought back. A removed plan keeps its whole folder, in
//! another place.

use std::fs;
use std::io;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDateTime, Utc};
use waymark_core::input_error::{ErrorCode, InputError};

use super::{ARCHIVED, DataFolder, PLANS, PlanFolder, PlanList, earlier_layout};
use crate::file_lock::{Wait, file_lock};
use crate::storage::{PLAN, Storage, TIME_IN_NAMES, private_folder, unread, unsaved};

/// The folder with the removed plans.
const REMOVED: &str = "removed";
/// Between a plan's id and the time at which it was removed.
const MARK: &str = ".removed-";

/// A plan that was removed, and can be brought back.
#[derive(Debug, Clone)]
pub struct RemovedPlan {
    /// The name of its folder now, which says when it was removed.
    pub name: String,
    /// The id that it had in the list.
    pub id: String,
    /// When it was removed.
    pub time: DateTime<Utc>,
    /// Its documents.
    pub storage: Storage,
}

impl RemovedPlan {
    fn at(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_owned();
        let (id, stamp) = name.split_once(MARK)?;
        let time = NaiveDateTime::parse_from_str(stamp, TIME_IN_NAMES).ok()?;
        Some(Self {
            id: id.to_owned(),
            time: time.and_utc(),
            storage: Storage::new(path),
            name,
        })
    }
}

impl DataFolder {
    /// Archives a plan, or takes it out of the archive.
    ///
    /// # Errors
    /// If there is no such plan, it is the open one, or the list can't be saved.
    pub fn set_archived(
        &self,
        id: &str,
        is_archived: bool,
        now: DateTime<Utc>,
    ) -> Result<(), InputError> {
        self.prepare(now)?;
        self.change(|list| {
            list.known(id)?;
            if is_archived && list.open == id {
                return Err(is_open(id, "archived"));
            }
            self.mark(list, id, is_archived)
        })
    }

    /// Removes a plan: its folder goes among the removed ones, whole.
    ///
    /// # Errors
    /// If there is no such plan, it is the open one, another program is changing it, or its folder
    /// can't be moved. It is then still there.
    pub fn remove(&self, id: &str, now: DateTime<Utc>) -> Result<RemovedPlan, InputError> {
        self.prepare(now)?;
        let from = Storage::new(self.path.join(PLANS).join(id));
        let name = format!("{id}{MARK}{}", now.format(TIME_IN_NAMES));
        let removed = self.path.join(REMOVED);
        let to = removed.join(&name);
        // A change under way comes to its end first.
        if from.has(PLAN) {
            drop(file_lock(&from.document_path(PLAN), Wait::default())?);
        }
        let unlisted = |list: &mut PlanList| {
            list.known(id)?;
            if list.open == id {
                return Err(is_open(id, "removed"));
            }
            list.plans.retain(|plan| plan != id);
            list.archived.remove(id);
            Ok(())
        };
        // The list first: a folder that isn't in it is found all the same, and the plan is there
        // again.
        self.change_then(unlisted, || {
            private_folder(&removed).map_err(|error| unsaved(&removed, &error))?;
            fs::rename(from.folder(), &to).map_err(|error| unsaved(from.folder(), &error))
        })?;
        let gone = || unread(&to, &io::Error::from(io::ErrorKind::NotFound));
        RemovedPlan::at(to.clone()).ok_or_else(gone)
    }

    /// The removed plans, the latest first. Changes nothing.
    ///
    /// # Errors
    /// If their folder can't be read.
    pub fn removed(&self) -> Result<Vec<RemovedPlan>, InputError> {
        let folder = self.path.join(REMOVED);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unread(&folder, &error)),
        };
        let mut removed: Vec<RemovedPlan> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| RemovedPlan::at(entry.path()))
            .collect();
        removed.sort_by(|one, other| other.name.cmp(&one.name));
        removed.sort_by_key(|plan| std::cmp::Reverse(plan.time));
        Ok(removed)
    }

    /// Brings a removed plan back, by the name of its folder or by its id, and returns it.
    ///
    /// # Errors
    /// If there is no such plan, a plan with its id is in the list, or its folder can't be moved.
    pub fn bring_back(&self, name: &str, now: DateTime<Utc>) -> Result<PlanFolder, InputError> {
        self.prepare(now)?;
        let removed = self.removed()?;
        let found = removed
            .into_iter()
            .find(|plan| plan.name == name || plan.id == name);
        let found = found.filter(|plan| earlier_layout::can_name_folder(&plan.id));
        let plan = found.ok_or_else(|| {
            let expected = "enter an id that `waymark plans removed` lists";
            let error = InputError::new(ErrorCode::NoPlan, "removed plan", name, expected);
            error.because("isn't there")
        })?;
        let to = self.path.join(PLANS).join(&plan.id);
        let is_archived = plan.storage.path(ARCHIVED).exists();
        self.change(|list| {
            if list.plans.contains(&plan.id) || to.exists() {
                let expected = "remove that one first";
                let error =
                    InputError::new(ErrorCode::Occupied, "removed plan", &plan.id, expected);
                return Err(error.because("has the id of a plan in the list"));
            }
            let from = plan.storage.folder();
            fs::rename(from, &to).map_err(|error| unsaved(from, &error))?;
            list.plans.push(plan.id.clone());
            // It is archived if it was.
            if is_archived {
                list.archived.insert(plan.id.clone());
            }
            Ok(())
        })?;
        Ok(PlanFolder {
            id: plan.id,
            is_open: false,
            is_archived,
            storage: Storage::new(to),
        })
    }
}

fn is_open(id: &str, done: &str) -> InputError {
    let error = InputError::new(ErrorCode::InUse, "plan", id, "open another plan first");
    error.because(format!("is the open plan, which can't be {done}"))
}
