//! The plan that the commands about a plan under way read and change.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use clap::Args;
use waymark_core::document::Document;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::{Change, Plan};
use waymark_desk::beside::BesidePlans;
use waymark_desk::clock::Clock;
use waymark_desk::data_folder::DataFolder;
use waymark_desk::file_lock::Wait;
use waymark_desk::notices::{self, Notice};
use waymark_desk::plan_store::PlanStore;
use waymark_desk::storage::Storage;

use crate::{Failure, print};

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

    /// Use the plan even if its file was edited outside Waymark
    #[arg(long, global = true)]
    accept_edits: bool,

    /// Print JSON instead of sentences
    #[arg(long, global = true)]
    pub json: bool,
}

/// How the terminal waits for another program: it says for which one.
pub const WAIT: Wait = Wait {
    patience: Duration::from_secs(10),
    notice: |holder| crate::warn(&format!("waymark: waiting for {holder}\n")),
};

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
    /// Those of a plan file, or else of the desktop app's plan.
    pub fn of(plan: Option<PathBuf>, accept_edits: bool) -> Self {
        Self {
            path: None,
            plan,
            now: None,
            accept_edits,
            json: false,
        }
    }

    /// The plan, to be looked at.
    pub fn open(&self) -> Result<Opened, Failure> {
        let now = self.now()?;
        let document = self.store(false, now)?.document()?;
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
        let store = self.store(true, now)?;
        let beside = self.beside(now)?;
        let changed = store.change(now, |document| {
            tell_clock_changes(document, now);
            let opened = Opened {
                document: Arc::new(document.clone()),
                now,
            };
            let changes = changes(&opened)?;
            let changes = match &beside {
                Some(beside) => beside.with(&document.plan, &changes),
                None => changes,
            };
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

    /// The other plans of the desktop app; `None` for a plan file, which stands alone.
    fn beside(&self, now: DateTime<Utc>) -> Result<Option<BesidePlans>, Failure> {
        if self.path.is_some() || self.plan.is_some() {
            return Ok(None);
        }
        let folder = data_folder()?;
        let Some(open) = folder.open_plan()? else {
            return Ok(None);
        };
        let beside = BesidePlans::new(folder, open.id);
        beside.refresh(now);
        Ok(Some(beside))
    }

    fn now(&self) -> Result<DateTime<Utc>, Failure> {
        let clock = match &self.now {
            Some(typed) => Clock::starting_at("present", typed)?,
            None => Clock::new()?,
        };
        Ok(clock.now())
    }

    fn store(&self, to_change: bool, now: DateTime<Utc>) -> Result<PlanStore, Failure> {
        let store = match (&self.path, &self.plan) {
            (Some(_), Some(_)) => {
                let why = "give the plan file once: as FILE or with --plan";
                Err(Failure::Input(why.to_owned()))
            }
            (Some(path), None) | (None, Some(path)) => Ok(of_file(path)),
            (None, None) => of_the_app(to_change, now),
        }?;
        Ok(store.accepting_edits(self.accept_edits))
    }
}

/// Says on standard error what new clock rules have moved since the plan was saved.
fn tell_clock_changes(document: &Document, now: DateTime<Utc>) {
    for change in document.clock_changes(now) {
        crate::warn(&format!("note: {change}\n"));
    }
}

impl Opened {
    pub fn plan(&self) -> &Plan {
        &self.document.plan
    }
}

/// The plan in a file.
pub fn of_file(path: &Path) -> PlanStore {
    PlanStore::of_file(path.to_owned()).waiting(WAIT)
}

/// The desktop app's data folder.
pub fn data_folder() -> Result<DataFolder, Failure> {
    DataFolder::of_the_desktop_app().ok_or_else(|| {
        Failure::Input("this computer has no data folder: name a plan file".to_owned())
    })
}

/// The desktop app's open plan. To be changed, files of an earlier version are taken over first.
pub fn of_the_app(to_change: bool, now: DateTime<Utc>) -> Result<PlanStore, Failure> {
    let folder = data_folder()?;
    let none = || {
        let path = folder.path().display();
        let why = format!(
            "The desktop app has no plan yet ({path}). Start Waymark once, or name a plan file"
        );
        InputError::sentence(ErrorCode::NoPlan, why)
    };
    let found = folder.open_plan()?.ok_or_else(none)?;
    let plan = if to_change {
        folder.prepare(now)?.plan
    } else {
        found
    };
    let store = PlanStore::of_the_app(plan.storage.clone()).waiting(WAIT);
    if to_change {
        for untold in store.recover(now).or_else(edited_later)? {
            tell(&untold);
        }
    } else if let Ok(Some(damage)) = store.damage() {
        tell(&damage);
    }
    let stored = told_in(&folder, &plan.storage);
    if !stored.is_empty() {
        stored.iter().for_each(|notice| tell(&notice.text));
        tell("`waymark notices --dismiss` dismisses these notes.");
    }
    Ok(store)
}

/// A plan that was edited by hand is reported by the command itself, unless it accepts the edits.
fn edited_later(error: InputError) -> Result<Vec<String>, InputError> {
    if error.code == ErrorCode::PlanEdited {
        Ok(Vec::new())
    } else {
        Err(error)
    }
}

fn tell(note: &str) {
    crate::warn(&format!("note: {note}\n"));
}

/// The notices about the app's files that weren't dismissed.
fn told_in(folder: &DataFolder, plan: &Storage) -> Vec<Notice> {
    let mut told = notices::all(&Storage::new(folder.path().to_owned()));
    told.extend(notices::all(plan));
    told
}

#[derive(Args)]
pub struct NoticesArgs {
    /// Dismiss them all
    #[arg(long)]
    dismiss: bool,
}

/// Lists the notices about the app's files, or dismisses them.
pub fn list_notices(args: &NoticesArgs) -> Result<(), Failure> {
    let folder = data_folder()?;
    let mut storages = vec![Storage::new(folder.path().to_owned())];
    storages.extend(folder.open_plan()?.map(|plan| plan.storage));
    let mut text = String::new();
    for storage in &storages {
        for notice in notices::all(storage) {
            text += &format!("{}\n", notice.text);
            if args.dismiss {
                notices::dismiss(storage, &notice.id)?;
            }
        }
    }
    if text.is_empty() {
        text = "There are no notices.\n".to_owned();
    } else if args.dismiss {
        text += "Dismissed. The files stay where they are.\n";
    }
    print(&text)
}
