//! The plan that the commands about a plan under way read and change.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::Args;
use waymark_core::document::Document;
use waymark_core::plan::{Change, Plan};
use waymark_desk::clock::Clock;
use waymark_desk::data_folder;
use waymark_desk::plan_store::PlanStore;
use waymark_desk::storage::Storage;

use crate::Failure;

#[derive(Args)]
pub struct PlanFileOptions {
    /// The plan file (JSON) [default: the desktop app's plan]
    #[arg(value_name = "FILE")]
    path: Option<PathBuf>,

    /// The plan file, in place of FILE
    #[arg(long, value_name = "FILE", global = true)]
    plan: Option<PathBuf>,

    /// Use this time instead of now, e.g. 2027-02-01T18:00:00Z
    #[arg(
        long,
        value_name = "INSTANT",
        global = true,
        allow_hyphen_values = true
    )]
    now: Option<String>,

    /// Print JSON instead of sentences
    #[arg(long, global = true)]
    pub json: bool,
}

/// A plan that was read, and the time it is looked at.
pub struct Opened {
    pub document: Arc<Document>,
    pub now: DateTime<Utc>,
}

/// A plan before and after a change, and what the change is called.
pub struct Done {
    pub before: Opened,
    pub after: Opened,
    pub name: String,
}

impl PlanFileOptions {
    /// The plan, to be looked at.
    pub fn open(&self) -> Result<Opened, Failure> {
        let now = self.now()?;
        let document = self.store()?.document()?;
        tell_clock_changes(&document, now);
        Ok(Opened { document, now })
    }

    /// Changes the newest plan and saves it.
    pub fn change(
        &self,
        changes: impl FnOnce(&Opened) -> Result<Vec<Change>, Failure>,
    ) -> Result<Done, Failure> {
        let now = self.now()?;
        let mut name = String::new();
        let changed = self.store()?.change(|document| {
            tell_clock_changes(document, now);
            let opened = Opened {
                document: Arc::new(document.clone()),
                now,
            };
            let changes = changes(&opened)?;
            let changed = document.changed(&changes, now)?;
            name = document.plan.name_of(&changes, &changed.plan);
            Ok::<_, Failure>(changed)
        })?;
        let opened = |document| Opened { document, now };
        Ok(Done {
            before: opened(changed.before),
            after: opened(changed.after),
            name,
        })
    }

    fn now(&self) -> Result<DateTime<Utc>, Failure> {
        let clock = match &self.now {
            Some(typed) => Clock::starting_at("present", typed)?,
            None => Clock::new()?,
        };
        Ok(clock.now())
    }

    fn store(&self) -> Result<PlanStore, Failure> {
        match (&self.path, &self.plan) {
            (Some(_), Some(_)) => {
                let why = "give the plan file once: as FILE or with --plan";
                Err(Failure::Input(why.to_owned()))
            }
            (Some(path), None) | (None, Some(path)) => Ok(of_file(path)),
            (None, None) => of_the_app(),
        }
    }
}

/// Says on standard error what new clock rules have moved since the plan was saved.
fn tell_clock_changes(document: &Document, now: DateTime<Utc>) {
    for change in document.clock_changes(now) {
        eprintln!("note: {change}");
    }
}

impl Opened {
    pub fn plan(&self) -> &Plan {
        &self.document.plan
    }
}

/// The plan in a file.
pub fn of_file(path: &Path) -> PlanStore {
    PlanStore::of_file(path.to_owned())
}

/// The desktop app's plan.
pub fn of_the_app() -> Result<PlanStore, Failure> {
    let folder = data_folder::of_the_desktop_app().ok_or_else(|| {
        Failure::Input("this computer has no data folder: name a plan file".to_owned())
    })?;
    Ok(PlanStore::of_the_app(Storage::new(folder)))
}
