//! What lies before the learner while the program runs.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use waymark_core::document::Document;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::{self, Plan};
use waymark_core::roadmap::Roadmap;
use waymark_core::view::{View, view};

use crate::calendars::live;
use crate::calendars::server::Servers;
use crate::clock::Clock;
use crate::storage::Storage;

/// What lies before the learner: the plan that is open, and where it is kept.
#[derive(Debug)]
pub struct Desk {
    /// Where the plan and all else is kept.
    pub storage: Storage,
    /// The servers of calendars.
    pub servers: Servers,
    /// What the learner should know from the start, such as a file that was damaged.
    pub notices: Vec<String>,
    /// When the program began.
    pub launched: Instant,
    document: Mutex<Document>,
    clock: Clock,
    /// Why a live file could not be written after the latest change, by the calendar's id.
    stale: Mutex<BTreeMap<String, String>>,
}

impl Desk {
    /// Opens the plan that is kept in `folder`, or lays out a new one.
    ///
    /// # Errors
    /// Where the folder cannot be used, or holds a plan of a newer Waymark.
    pub fn open(folder: PathBuf, launched: Instant) -> Result<Self, Box<dyn std::error::Error>> {
        let storage = Storage::new(folder)?;
        let clock = Clock::new()?;
        let found = storage.find(clock.now())?;
        let document = match found.document {
            Some(document) => document,
            None => {
                let document = Document::new(default_plan(clock.now())?);
                storage.save(&document)?;
                document
            }
        };
        Ok(Self {
            storage,
            document: Mutex::new(document),
            notices: found.notices,
            launched,
            clock,
            stale: Mutex::default(),
            servers: Servers::default(),
        })
    }

    /// With one more notice for the learner.
    #[must_use]
    pub fn noting(mut self, notice: Option<String>) -> Self {
        self.notices.extend(notice);
        self
    }

    /// The document; nobody changes it meanwhile.
    pub fn document(&self) -> MutexGuard<'_, Document> {
        lock(&self.document)
    }

    /// The plan as it stands.
    pub fn plan(&self) -> Plan {
        self.document().plan.clone()
    }

    /// The present.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Why a live file could not be written after the latest change, by the calendar's id.
    pub fn stale(&self) -> BTreeMap<String, String> {
        lock(&self.stale).clone()
    }

    /// The live file of this calendar was written after all.
    pub fn brought_up_to_date(&self, id: &str) {
        lock(&self.stale).remove(id);
    }

    /// Puts another document in the place of this one, on disk first, and gives its view.
    ///
    /// # Errors
    /// What `change` refuses, or a disk that does not take it: the document is then as before.
    pub fn keep(
        &self,
        change: impl FnOnce(&Document, DateTime<Utc>) -> Result<Document, InputError>,
    ) -> Result<View, InputError> {
        let mut document = self.document();
        let now = self.now();
        let changed = change(&document, now)?;
        if changed != *document {
            self.storage.save(&changed).map_err(|error| {
                InputError::new(ErrorCode::NotSaved, "plan file", "", error.to_string())
            })?;
            *document = changed;
            // The change is kept, whatever becomes of the files.
            *lock(&self.stale) = live::refresh(&self.storage, &document.plan, now);
        }
        Ok(view(&document, now))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is in it is replaced whole, so that it is sound whatever happened to another command.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The embedded roadmap at its nominal hours, from next Monday, on this computer's clock.
fn default_plan(now: DateTime<Utc>) -> Result<Plan, InputError> {
    let zone = iana_time_zone::get_timezone()
        .ok()
        .and_then(|name| name.parse().ok())
        .unwrap_or(Tz::UTC);
    let start = plan::next_monday(now.with_timezone(&zone).date_naive());
    let id = uuid::Uuid::new_v4().to_string();
    Plan::new(id, Roadmap::embedded()?, start, zone, now)
}
