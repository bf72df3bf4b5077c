//! A plan file as the commands about a plan under way read it, change it and write it back.

use std::fs::{self, File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;
use serde_json::Value;
use waymark_core::document::Document;
use waymark_core::plan::{Change, Plan};
use waymark_core::roadmap::Roadmap;

use crate::clock::now_or;
use crate::{Failure, replace};

#[derive(Args)]
pub struct PlanFileOptions {
    /// The plan file (JSON); the window's own plan can be read too, but is changed in the window
    #[arg(value_name = "FILE")]
    path: PathBuf,

    /// Another present than now, such as 2027-02-01T18:00:00Z
    #[arg(
        long,
        value_name = "INSTANT",
        global = true,
        allow_hyphen_values = true
    )]
    now: Option<String>,

    /// Print data (JSON) in place of sentences
    #[arg(long, global = true)]
    pub json: bool,
}

/// A plan that was read, and how it is written back.
pub struct Opened {
    pub document: Document,
    pub now: DateTime<Utc>,
    path: PathBuf,
    /// What to write; none for the window's own plan, which the window would write over.
    form: Option<Form>,
}

#[derive(Clone, Copy)]
struct Form {
    has_roadmap: bool,
}

impl PlanFileOptions {
    /// The plan, to be looked at.
    pub fn open(&self) -> Result<Opened, Failure> {
        let now = now_or(self.now.as_deref())?;
        let text = fs::read_to_string(&self.path).map_err(|error| {
            Failure::Input(format!("cannot read {}: {error}", self.path.display()))
        })?;
        let file: Value = serde_json::from_str(&text).unwrap_or_default();
        let is_document = file.get("sha256").is_some();
        let (document, form) = if is_document {
            (Document::from_json(&text)?, None)
        } else {
            let has_roadmap = file
                .get("roadmap")
                .is_some_and(|roadmap| !roadmap.is_null());
            let document = Document::new(Plan::from_json(&text)?);
            (document, Some(Form { has_roadmap }))
        };
        let path = self.path.clone();
        Ok(Opened {
            document,
            now,
            path,
            form,
        })
    }

    /// Opens the plan, changes it and writes it back whole. Another program that does the same has to wait, so that nothing is lost.
    /// Gives the plan before and after.
    pub fn change(
        &self,
        changes: impl FnOnce(&Opened) -> Result<Vec<Change>, Failure>,
    ) -> Result<(Opened, Opened, String), Failure> {
        let lock = lock(&self.path)?;
        let before = self.open()?;
        let Some(form) = before.form else {
            return Err(Failure::Input(format!(
                "{} is the window's own plan: change it in the window",
                self.path.display()
            )));
        };
        let changes = changes(&before)?;
        let plan = &before.document.plan;
        let document = before.document.changed(&changes, before.now)?;
        let name = plan.name_of(&changes, &document.plan);
        if document.plan != *plan {
            before.write(&document.plan, form)?;
        }
        drop(lock);
        let after = Opened {
            document,
            path: before.path.clone(),
            ..before
        };
        let before = Opened {
            document: Document::new(plan.clone()),
            path: after.path.clone(),
            ..after
        };
        Ok((before, after, name))
    }
}

impl Opened {
    pub fn plan(&self) -> &Plan {
        &self.document.plan
    }

    fn write(&self, plan: &Plan, form: Form) -> Result<(), Failure> {
        replace(&self.path, &text(plan, form.has_roadmap)?)
    }
}

/// The text of a plan file. Without a roadmap it is the one that comes with Waymark.
fn text(plan: &Plan, has_roadmap: bool) -> Result<String, Failure> {
    let mut file = plan.to_file();
    if !has_roadmap {
        file.roadmap = None;
    }
    let text = serde_json::to_string_pretty(&file);
    let text = text.map_err(|error| Failure::Output(format!("cannot write the plan: {error}")))?;
    Ok(format!("{text}\n"))
}

/// The text of the file of a new plan.
pub fn new_text(plan: &Plan) -> Result<String, Failure> {
    text(plan, Roadmap::embedded()? != *plan.roadmap())
}

/// Held until it is dropped. It lies apart from the plan, which is replaced as a whole when it is written.
pub fn lock(path: &Path) -> Result<File, Failure> {
    let name = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    let place = std::env::temp_dir().join(format!("waymark-{:016x}.lock", hasher.finish()));
    let open = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&place);
    let locked = open.and_then(|file| file.lock().map(|()| file));
    locked.map_err(|error| Failure::Output(format!("cannot lock {}: {error}", path.display())))
}
