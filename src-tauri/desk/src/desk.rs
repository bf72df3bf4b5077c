//! The open plan while the window runs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use waymark_core::document::{Document, EarlierPlan};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::{self, Change, Plan};
use waymark_core::roadmap::Roadmap;
use waymark_core::view::{View, view};

use crate::alarm::Alarm;
use crate::beside::BesidePlans;
use crate::calendars::live;
use crate::calendars::server::Servers;
use crate::calendars::tracking::Tracking;
use crate::clock::Clock;
use crate::data_folder::{DataFolder, PlanFolder};
use crate::exchange::{self, ImportedPlan};
use crate::mutex::lock;
use crate::new_plan;
use crate::notices::{self, Notice};
use crate::plan_store::PlanStore;
use crate::ring::Ring;
use crate::storage::{self, Storage};
use crate::web_feeds::Feeds;
use crate::zone;

/// The open plan, its calendars, and where both are kept.
#[derive(Debug)]
pub struct Desk {
    /// The name of the plan's folder.
    pub id: String,
    /// The documents in the plan's folder.
    pub storage: Storage,
    /// The servers that have calendars, of all plans.
    pub servers: Arc<Servers>,
    /// When the program started.
    pub launched: Instant,
    folder: DataFolder,
    /// The learner's other plans.
    beside: BesidePlans,
    /// The notices of this start that weren't dismissed.
    told: Mutex<Vec<Notice>>,
    store: PlanStore,
    /// The plan as the window shows it.
    document: Mutex<Arc<Document>>,
    clock: Clock,
    /// Why a live file could not be written after the latest change, by the calendar's id.
    pub(crate) stale: Mutex<BTreeMap<String, String>>,
    /// The calendars that sync automatically.
    pub(crate) tracking: Tracking,
    /// Rung when one of them may be due.
    pub(crate) alarm: Arc<Alarm>,
    /// The addresses of published calendars.
    pub(crate) feeds: Arc<Feeds>,
    /// The day on which live files were last rolled on.
    pub(crate) rolled: Mutex<Option<NaiveDate>>,
}

/// The parts of the running program that every open plan shares.
#[derive(Debug, Clone)]
pub struct Program {
    /// When it started.
    pub launched: Instant,
    #[allow(missing_docs)]
    pub clock: Clock,
    /// The servers that have calendars.
    pub servers: Arc<Servers>,
    /// Wakes the thread that syncs calendars automatically.
    pub alarm: Arc<Alarm>,
    /// The addresses of published calendars.
    pub feeds: Arc<Feeds>,
}

impl Program {
    /// A program that started then, by this clock.
    pub fn new(launched: Instant, clock: Clock) -> Self {
        Self {
            launched,
            clock,
            servers: Arc::default(),
            alarm: Arc::default(),
            feeds: Arc::default(),
        }
    }
}

impl Desk {
    /// Opens the open plan of the data folder, or makes a new one.
    ///
    /// # Errors
    /// If the folder can't be used, or holds a plan of a newer Waymark.
    pub fn open(folder: &DataFolder, launched: Instant) -> Result<Self, InputError> {
        Self::open_by(folder, launched, Clock::new()?)
    }

    /// As [`Desk::open`], by this clock.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn open_by(
        folder: &DataFolder,
        launched: Instant,
        clock: Clock,
    ) -> Result<Self, InputError> {
        Self::open_in(folder, Program::new(launched, clock))
    }

    /// As [`Desk::open`], in this program.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn open_in(folder: &DataFolder, program: Program) -> Result<Self, InputError> {
        let prepared = folder.prepare(program.clock.now())?;
        let id = prepared.plan.id.clone();
        Self::of_plan(folder, prepared.plan, program, |now| default_plan(id, now))
    }

    /// Opens a plan of the data folder, or saves `new` if it has none yet.
    ///
    /// # Errors
    /// If its folder can't be used, it can't be read, or a newer Waymark wrote it.
    pub fn of_plan(
        folder: &DataFolder,
        plan: PlanFolder,
        program: Program,
        new: impl FnOnce(DateTime<Utc>) -> Result<Plan, InputError>,
    ) -> Result<Self, InputError> {
        let Program {
            launched,
            clock,
            servers,
            alarm,
            feeds,
        } = program;
        let now = clock.now();
        let storage = plan.storage;
        let store = PlanStore::of_the_app(storage.clone());
        let opened = store.open_or(now, || new(now))?;
        let beside = BesidePlans::new(folder.clone(), plan.id.clone());
        beside.refresh(now);
        let changed_clocks = opened.document.clock_changes(now);
        let changed_clocks: Vec<String> = changed_clocks.iter().map(ToString::to_string).collect();
        let told = [opened.notices, changed_clocks].concat();
        Ok(Self {
            id: plan.id,
            storage,
            folder: folder.clone(),
            beside,
            store,
            document: Mutex::new(opened.document),
            told: Mutex::new(told.into_iter().enumerate().map(of_this_start).collect()),
            launched,
            clock,
            stale: Mutex::default(),
            tracking: Tracking::default(),
            alarm,
            feeds,
            rolled: Mutex::default(),
            servers,
        })
    }

    /// With one more notice for the learner.
    #[must_use]
    pub fn noting(self, notice: String) -> Self {
        self.note(notice);
        self
    }

    /// Adds a notice for the learner.
    pub fn note(&self, notice: String) {
        let mut told = lock(&self.told);
        let number = told.len();
        told.push(of_this_start((number, notice)));
    }

    /// The notices that the learner hasn't dismissed.
    pub fn notices(&self) -> Vec<Notice> {
        let stored = self
            .noted()
            .into_iter()
            .flat_map(|noted| notices::all(&noted));
        stored.chain(lock(&self.told).clone()).collect()
    }

    /// Dismisses a notice, and returns the others.
    ///
    /// # Errors
    /// If that can't be saved.
    pub fn dismiss(&self, id: &str) -> Result<Vec<Notice>, InputError> {
        lock(&self.told).retain(|notice| notice.id != id);
        for storage in self.noted() {
            if notices::all(&storage).iter().any(|notice| notice.id == id) {
                notices::dismiss(&storage, id)?;
            }
        }
        Ok(self.notices())
    }

    /// The folders with files that notices are about.
    fn noted(&self) -> [Storage; 2] {
        [
            Storage::new(self.folder.path().to_owned()),
            self.storage.clone(),
        ]
    }

    /// The plan as the window shows it.
    pub fn document(&self) -> Arc<Document> {
        Arc::clone(&lock(&self.document))
    }

    /// The same without its history.
    pub fn plan(&self) -> Plan {
        self.document().plan.clone()
    }

    /// The plan as it is stored now: another program may have changed it. If it can't be read, the
    /// window goes on with what it has.
    pub fn refreshed(&self) -> Arc<Document> {
        if let Ok(stored) = self.store.document() {
            self.show(&stored);
        }
        self.document()
    }

    /// Shows a plan, unless a newer one is shown: commands run side by side, and one that read the
    /// plan before a change may end after it.
    fn show(&self, document: &Arc<Document>) {
        let mut shown = lock(&self.document);
        if shown.generation <= document.generation {
            if shown.generation < document.generation {
                self.alarm.ring();
            }
            *shown = Arc::clone(document);
        }
    }

    /// As [`Desk::refreshed`], for the learner to see.
    ///
    /// # Errors
    /// If a person edited the plan's file, so that the learner is to be asked.
    pub fn look(&self) -> Result<Arc<Document>, InputError> {
        match self.store.document() {
            Err(error) if storage::is_edited(&error) => Err(error),
            _ => Ok(self.refreshed()),
        }
    }

    /// Uses the plan as a person edited it, as a change that can be undone, or keeps the one that
    /// the window shows. Returns its view.
    ///
    /// # Errors
    /// If the edited plan can't be read, or the plan can't be saved.
    pub fn settle_edits(&self, accepts: bool) -> Result<View, InputError> {
        let now = self.now();
        let shown = self.document();
        let settled = self.store.settle_edits(Some(&shown), accepts, now)?;
        self.show(&settled);
        *lock(&self.stale) = live::refresh(&self.storage, &settled.plan, now);
        Ok(view(&settled, now))
    }

    /// The current time.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Why a live file could not be written after the latest change, by the calendar's id.
    pub fn stale(&self) -> BTreeMap<String, String> {
        lock(&self.stale).clone()
    }

    /// Notes that the live file of this calendar was written after all.
    pub fn brought_up_to_date(&self, id: &str) {
        lock(&self.stale).remove(id);
    }

    /// The earlier plans, the latest first.
    ///
    /// # Errors
    /// If their folder can't be read.
    pub fn earlier_plans(&self) -> Result<Vec<EarlierPlan>, InputError> {
        Ring::of(self.storage.folder()).plans()
    }

    /// The earlier plan with this number.
    ///
    /// # Errors
    /// If there is none, or it can't be read.
    pub fn earlier_plan(&self, number: u64) -> Result<EarlierPlan, InputError> {
        Ring::of(self.storage.folder()).plan(number)
    }

    /// Imports a plan: as a change of the open one if it has its id, else as [`exchange::import`]
    /// does.
    ///
    /// # Errors
    /// If the plan can't be saved.
    pub fn import(&self, imported: Document) -> Result<ImportedPlan, InputError> {
        if imported.plan.id() != self.document().plan.id() {
            let imported = exchange::import(&self.folder, imported, self.now())?;
            if !imported.is_change {
                // The window goes on with this plan, and the next start too.
                self.folder.set_open(&self.id, self.now())?;
            }
            return Ok(imported);
        }
        self.keep(|document, _| exchange::replaced(document, &imported))?;
        Ok(ImportedPlan {
            folder: imported.plan.id().to_owned(),
            title: imported.plan.title().to_owned(),
            is_change: true,
        })
    }

    /// As [`Desk::keep`], for a change that only makes sense on the plan that the window shows: it
    /// is rejected if another program has changed the plan since, and the window shows that one
    /// from then on.
    ///
    /// # Errors
    /// As [`Desk::keep`], or if the plan was changed by another program.
    pub fn keep_shown(
        &self,
        change: impl FnOnce(&Document) -> Result<Document, InputError>,
    ) -> Result<View, InputError> {
        let shown = self.document();
        let kept = self.keep(|document, _| {
            if document.generation != shown.generation {
                let sentence = "another program changed this plan in the meantime. \
                                Look at the plan, then try again";
                return Err(InputError::sentence(ErrorCode::NotUndone, sentence));
            }
            change(document)
        });
        if kept.is_err() {
            self.refreshed();
        }
        kept
    }

    /// The plan as the window shows it after changes, without saving them.
    ///
    /// # Errors
    /// If a change is rejected.
    pub fn trial(&self, changes: &[Change]) -> Result<Plan, InputError> {
        let document = self.document();
        let changes = self.beside.with(&document.plan, changes);
        document.plan.changed(&changes, self.now())
    }

    /// Makes changes to the newest plan as one step, saves it, and returns its view. If they
    /// reschedule it, the sessions of the other plans are read first.
    ///
    /// # Errors
    /// As [`Desk::keep`].
    pub fn apply(&self, changes: &[Change]) -> Result<View, InputError> {
        if changes.iter().any(Change::can_move_sessions) {
            self.beside.refresh(self.now());
        }
        self.keep(|document, now| document.changed(&self.beside.with(&document.plan, changes), now))
    }

    /// Makes a change to the newest plan, saves it, and returns its view.
    ///
    /// # Errors
    /// If `change` rejects it, or it can't be saved: the plan is then as before.
    pub fn keep(
        &self,
        change: impl FnOnce(&Document, DateTime<Utc>) -> Result<Document, InputError>,
    ) -> Result<View, InputError> {
        let now = self.now();
        let changed = self.store.change(now, |document| change(document, now))?;
        self.show(&changed.after);
        if changed.after != changed.before {
            // The change is saved, whatever happens to the files. Of changes side by side, the last
            // to come here writes the newest plan.
            let mut stale = lock(&self.stale);
            *stale = live::refresh(&self.storage, &self.document().plan, now);
        }
        Ok(view(&changed.after, now))
    }
}

/// A notice that is told by this start only.
fn of_this_start((number, text): (usize, String)) -> Notice {
    let id = format!("start-{number}");
    Notice { id, text }
}

/// The embedded roadmap at its nominal hours, from next Monday, in this computer's zone and with
/// weeks as its region has them.
fn default_plan(id: String, now: DateTime<Utc>) -> Result<Plan, InputError> {
    let zone = zone::of_this_computer();
    let start = plan::default_start(now.with_timezone(&zone).naive_local());
    new_plan::of_this_region(Plan::new(id, Roadmap::embedded()?, start, zone, now)?)
}

#[cfg(test)]
mod tests;
