//! The start: it opens the plan, or notes why it can't. The window then shows the reason.

use std::sync::Mutex;
use std::time::Instant;

use chrono::Utc;
use tauri::{AppHandle, Manager, Runtime};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_desk::data_folder::DataFolder;
use waymark_desk::desks::Desks;
use waymark_desk::mutex::lock;
use waymark_desk::refusal::{self, Refusal};
use waymark_desk::storage;

use crate::settings;

/// The folder to open, and why it couldn't be opened.
#[derive(Debug)]
pub struct Start {
    folder: DataFolder,
    launched: Instant,
    /// `None` once the plan is open.
    refusal: Mutex<Option<Refusal>>,
}

impl Start {
    /// A start in this folder. `launched` is when the program started.
    pub fn new(folder: DataFolder, launched: Instant) -> Self {
        Self {
            folder,
            launched,
            refusal: Mutex::default(),
        }
    }

    /// Opens the plan for the commands. If it can't be opened, [`Start::refusal`] has the reason.
    pub fn attempt<R: Runtime>(&self, app: &AppHandle<R>, notices: Vec<String>) {
        let refusal = match self.desks(notices) {
            Ok(desks) => {
                app.manage(desks);
                None
            }
            Err(error) => {
                let refusal = Refusal::new(&self.folder, &error);
                eprintln!("{refusal}");
                Some(refusal)
            }
        };
        *lock(&self.refusal) = refusal;
    }

    fn desks(&self, notices: Vec<String>) -> Result<Desks, InputError> {
        // Before the store is opened: it would empty a file that it cannot read.
        settings::set_damaged_aside(self.folder.path()).map_err(|error| {
            let fault = storage::read_fault(&error);
            let sentence = format!("couldn't read the settings file: {fault}");
            InputError::sentence(ErrorCode::NotRead, sentence)
        })?;
        Desks::open(&self.folder, self.launched, notices)
    }

    /// Why the plan couldn't be opened; `None` if it is open.
    pub fn refusal(&self) -> Option<Refusal> {
        lock(&self.refusal).clone()
    }

    /// Makes an earlier copy the plan, and opens it.
    ///
    /// # Errors
    /// If that copy can't take the plan's place.
    pub fn open_copy<R: Runtime>(&self, app: &AppHandle<R>, name: &str) -> Result<(), InputError> {
        let notices = refusal::open_copy(&self.folder, name, Utc::now())?;
        self.attempt(app, notices);
        Ok(())
    }

    /// Uses the plan as a person edited it, and opens it.
    ///
    /// # Errors
    /// If the edited plan can't be read or saved.
    pub fn accept_edits<R: Runtime>(&self, app: &AppHandle<R>) -> Result<(), InputError> {
        let notices = refusal::accept_edits(&self.folder, Utc::now())?;
        self.attempt(app, notices);
        Ok(())
    }
}
