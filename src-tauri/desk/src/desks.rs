//! The open plan of the window, which can be another one at any time.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use chrono::{DateTime, Utc};
use waymark_core::input_error::{ErrorCode, InputError};

use crate::clock::Clock;
use crate::data_folder::{DataFolder, PlanFolder};
use crate::desk::{Desk, Program};
use crate::mutex::lock;
use crate::new_plan::{self, PlanSource};
use crate::plan_store::PlanStore;
use crate::refusal::{self, Refusal};
use crate::shelf::{RemovedEntry, Shelf};

/// The learner's plans while the window runs, one of which is open.
///
/// A command takes the open plan once, when it begins: one that takes its time, such as a sync,
/// goes on with that plan after the window has opened another.
#[derive(Debug)]
pub struct Desks {
    folder: DataFolder,
    program: Program,
    open: Mutex<Arc<Desk>>,
    /// Held while another plan is opened, so that two switches don't meet.
    switching: Mutex<()>,
}

impl Desks {
    /// Opens the open plan of the data folder, or makes a new one. It tells these notices.
    ///
    /// # Errors
    /// If the folder can't be used, or holds a plan of a newer Waymark.
    pub fn open(
        folder: &DataFolder,
        launched: Instant,
        notices: Vec<String>,
    ) -> Result<Self, InputError> {
        let program = Program::new(launched, Clock::new()?);
        let desk = Desk::open_in(folder, program.clone())?;
        let desk = notices.into_iter().fold(desk, Desk::noting);
        Ok(Self {
            folder: folder.clone(),
            program,
            open: Mutex::new(Arc::new(desk)),
            switching: Mutex::default(),
        })
    }

    /// The open plan.
    pub fn desk(&self) -> Arc<Desk> {
        Arc::clone(&lock(&self.open))
    }

    /// All plans as a list.
    ///
    /// # Errors
    /// If the list can't be read.
    pub fn shelf(&self) -> Result<Shelf, InputError> {
        let mut shelf = Shelf::of(&self.folder, self.program.clock.now())?;
        // Another program may have chosen another plan for the next start.
        let open = self.desk();
        for plan in &mut shelf.plans {
            plan.is_open = plan.id == open.id;
        }
        Ok(shelf)
    }

    /// Opens another plan, now and at the next start.
    ///
    /// # Errors
    /// If there is no such plan, or it can't be opened. The open one stays then.
    pub fn switch(&self, id: &str) -> Result<(), InputError> {
        let _switching = lock(&self.switching);
        self.switch_to(id)
    }

    fn switch_to(&self, id: &str) -> Result<(), InputError> {
        let now = self.program.clock.now();
        self.folder.prepare(now)?;
        let plan = self.folder.plan(id)?;
        let desk = if self.desk().id == id {
            None
        } else {
            Some(self.opened(plan)?)
        };
        self.folder.set_open(id, now)?;
        if let Some(desk) = desk {
            *lock(&self.open) = Arc::new(desk);
            self.program.alarm.ring();
        }
        Ok(())
    }

    /// Why a plan can't be opened, and the ways on; `None` if it can be.
    ///
    /// # Errors
    /// If there is no such plan.
    pub fn refusal(&self, id: &str) -> Result<Option<Refusal>, InputError> {
        Ok(Refusal::of_plan(&self.folder.plan(id)?))
    }

    /// Opens a plan that can't be opened from an earlier copy of it.
    ///
    /// # Errors
    /// As [`refusal::open_copy`], or if it can't be opened all the same.
    pub fn open_copy(&self, id: &str, name: &str) -> Result<(), InputError> {
        self.open_by(id, |plan, now| refusal::open_copy_of(plan, name, now))
    }

    /// Opens a plan as it was edited outside Waymark.
    ///
    /// # Errors
    /// As [`refusal::accept_edits`], or if it can't be opened all the same.
    pub fn open_edited(&self, id: &str) -> Result<(), InputError> {
        self.open_by(id, refusal::accept_edits_of)
    }

    fn open_by(
        &self,
        id: &str,
        repair: impl FnOnce(&PlanFolder, DateTime<Utc>) -> Result<Vec<String>, InputError>,
    ) -> Result<(), InputError> {
        let _switching = lock(&self.switching);
        let notices = repair(&self.folder.plan(id)?, self.program.clock.now())?;
        self.switch_to(id)?;
        let desk = self.desk();
        notices.into_iter().for_each(|notice| desk.note(notice));
        Ok(())
    }

    fn opened(&self, plan: PlanFolder) -> Result<Desk, InputError> {
        // A list may name a folder that has lost its plan.
        let missing = PlanStore::of_the_app(plan.storage.clone()).document().err();
        Desk::of_plan(&self.folder, plan, self.program.clone(), |_| {
            Err(missing.unwrap_or_else(|| crate::data_folder::unknown("")))
        })
    }

    /// Makes a new plan, and opens it.
    ///
    /// # Errors
    /// As [`new_plan::add`], or if it can't be opened.
    pub fn add(&self, source: &PlanSource, name: &str) -> Result<(), InputError> {
        self.add_by(|now| new_plan::add(&self.folder, source, name, now))
    }

    /// Makes a copy of a plan, and opens it.
    ///
    /// # Errors
    /// As [`new_plan::duplicate`], or if it can't be opened.
    pub fn duplicate(&self, id: &str) -> Result<(), InputError> {
        self.add_by(|now| new_plan::duplicate(&self.folder, id, now))
    }

    /// Makes a plan from a file, and opens it.
    ///
    /// # Errors
    /// As [`new_plan::add_file`], or if it can't be opened.
    pub fn add_file(&self, path: &Path, accepts_edits: bool) -> Result<(), InputError> {
        self.add_by(|now| new_plan::add_file(&self.folder, path, "", accepts_edits, now))
    }

    fn add_by(
        &self,
        add: impl FnOnce(DateTime<Utc>) -> Result<String, InputError>,
    ) -> Result<(), InputError> {
        let _switching = lock(&self.switching);
        let id = add(self.program.clock.now())?;
        self.switch_to(&id)
    }

    /// Gives a plan another name.
    ///
    /// # Errors
    /// As [`new_plan::rename`].
    pub fn rename(&self, id: &str, name: &str) -> Result<(), InputError> {
        new_plan::rename(&self.folder, id, name, self.program.clock.now())?;
        self.desk().refreshed();
        Ok(())
    }

    /// Archives a plan, or takes it out of the archive. The open one gives its place to another.
    ///
    /// # Errors
    /// If there is no such plan, it is the only one that isn't archived, or the list can't be
    /// saved.
    pub fn archive(&self, id: &str, is_archived: bool) -> Result<(), InputError> {
        let _switching = lock(&self.switching);
        if is_archived {
            self.leave(id)?;
        }
        let now = self.program.clock.now();
        self.folder.set_archived(id, is_archived, now)
    }

    /// Removes a plan, which can be brought back. The open one gives its place to another.
    ///
    /// # Errors
    /// If there is no such plan, it is the only one that isn't archived, or it can't be moved.
    pub fn remove(&self, id: &str) -> Result<RemovedEntry, InputError> {
        let _switching = lock(&self.switching);
        self.leave(id)?;
        let removed = self.folder.remove(id, self.program.clock.now())?;
        Ok(RemovedEntry::of(&removed))
    }

    /// Opens another plan if this one is open: the next of the list that isn't archived.
    fn leave(&self, id: &str) -> Result<(), InputError> {
        if self.desk().id != id {
            // Another program may have made it the one of the next start.
            let open = self.desk().id.clone();
            return self.folder.set_open(&open, self.program.clock.now());
        }
        let plans = self.folder.plans()?;
        let others = plans
            .iter()
            .filter(|plan| plan.id != id && !plan.is_archived);
        let mut failed = None;
        for other in others {
            match self.switch_to(&other.id) {
                Ok(()) => return Ok(()),
                Err(error) => failed = Some(error),
            }
        }
        Err(failed.unwrap_or_else(only_plan))
    }

    /// Brings a removed plan back, by the name of its folder or by its id, and returns its id.
    ///
    /// # Errors
    /// As [`DataFolder::bring_back`].
    pub fn bring_back(&self, name: &str) -> Result<String, InputError> {
        let now = self.program.clock.now();
        Ok(self.folder.bring_back(name, now)?.id)
    }
}

fn only_plan() -> InputError {
    let sentence = "this is your only plan that isn't archived. Make or open another one first";
    InputError::sentence(ErrorCode::NoPlan, sentence)
}

#[cfg(test)]
mod tests;
