//! `waymark plans`: the desktop app's plans. Lists, makes, copies, renames, archives and removes
//! them, chooses the open one, and exports and imports whole plans.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use waymark_core::input_error::ErrorCode;
use waymark_desk::data_folder::{DataFolder, PlanFolder, unknown};
use waymark_desk::exchange::{self, ImportedPlan};
use waymark_desk::new_plan::{self, PlanSource};
use waymark_desk::plan_store::PlanStore;
use waymark_desk::shelf::{PlanEntry, RemovedEntry, Shelf};

use crate::json;
use crate::output::{Kind, Outputs, Target, is_stdout};
use crate::plan_file::data_folder;
use crate::share::{self, PagePart};
use crate::{Failure, now, output, print, table};

#[derive(Args)]
pub struct PlansArgs {
    /// Print JSON instead of a table
    #[arg(long, global = true)]
    json: bool,

    #[command(subcommand)]
    action: Option<PlansAction>,
}

#[derive(Subcommand)]
enum PlansAction {
    /// List all plans (the default)
    List,
    /// Make a plan the one that the desktop app opens at its next start
    Open {
        /// Id or title of the plan, as `list` shows it
        plan: String,
    },
    /// Make a new plan from a template, or from a file with a plan, a roadmap or an outline
    New {
        /// The file
        #[arg(required_unless_present = "template", conflicts_with = "template")]
        file: Option<PathBuf>,

        /// Id of the template, as `templates` shows it
        #[arg(long, value_name = "ID")]
        template: Option<String>,

        /// Name of the plan [default: the title of its roadmap]
        #[arg(long)]
        name: Option<String>,

        /// Use a plan file even if it was edited outside Waymark
        #[arg(long)]
        accept_edits: bool,
    },
    /// List the templates
    Templates,
    /// Copy a plan, with calendars and events of its own
    Duplicate {
        /// Id or title of the plan
        plan: String,
    },
    /// Rename a plan, as a change that can be undone
    Rename {
        /// Id or title of the plan
        plan: String,
        /// The name; empty for the title of its roadmap
        name: String,
    },
    /// Put a plan away; its sessions aren't busy time of other plans any more
    Archive {
        /// Id or title of the plan
        plan: String,
    },
    /// Take a plan out of the archive
    Unarchive {
        /// Id or title of the plan
        plan: String,
    },
    /// Remove a plan; `restore` brings it back
    Remove {
        /// Id or title of the plan
        plan: String,
    },
    /// List the removed plans
    Removed,
    /// Bring a removed plan back
    Restore {
        /// Id of the plan, as `removed` shows it
        plan: String,
    },
    /// Write a plan as one HTML page to share: chart, weeks and progress, without anything private
    Share {
        /// The file to write; `-` prints it
        file: PathBuf,

        /// Id or title of the plan [default: the open one]
        #[arg(long)]
        id: Option<String>,

        /// Private parts to show too: notes, log, calendars, busy
        #[arg(long, value_name = "PARTS", value_delimiter = ',')]
        with: Vec<PagePart>,

        /// Overwrite a file of another kind
        #[arg(long)]
        force: bool,
    },
    /// Write a whole plan to one file, with its log and undo history
    Export {
        /// The file to write; `-` prints it
        file: PathBuf,

        /// Id or title of the plan [default: the open one]
        #[arg(long)]
        id: Option<String>,

        /// Write over any file; the former one is kept beside it
        #[arg(long)]
        replace: bool,
    },
    /// Read a plan from a file: as a change of the plan with the same id, else as a plan of its own
    Import {
        /// The plan file (JSON)
        file: PathBuf,

        /// Use the file even if it was edited outside Waymark
        #[arg(long)]
        accept_edits: bool,
    },
}

pub fn run(args: &PlansArgs) -> Result<(), Failure> {
    let folder = data_folder()?;
    let now = now()?;
    if let Some(PlansAction::Export { file, id, replace }) = &args.action {
        return export(&folder, file, id.as_deref(), *replace);
    }
    if let Some(PlansAction::Share {
        file,
        id,
        with,
        force,
    }) = &args.action
    {
        let target = Target {
            path: file,
            kind: Kind::Page,
        };
        let outputs = Outputs::checked(&[target], *force)?;
        let document = PlanStore::of_the_app(asked(&folder, id.as_deref())?.storage).document()?;
        return outputs.write(&target, &share::text(&document.plan, with, now));
    }
    let told = match &args.action {
        None => None,
        Some(action) => carry_out(action, &folder, now)?,
    };
    if let Some(told) = told.filter(|_| !args.json) {
        return print(&told);
    }
    let shelf = Shelf::of(&folder, now)?;
    if args.json {
        return print(&json::pretty(&as_data(&folder, &shelf)));
    }
    print(&match &args.action {
        Some(PlansAction::Templates) => templates_text(&shelf),
        Some(PlansAction::Removed) => removed_text(&shelf),
        _ => text(&shelf),
    })
}

/// Changes the list, and returns the report. `None` if the action only lists something.
fn carry_out(
    action: &PlansAction,
    folder: &DataFolder,
    now: DateTime<Utc>,
) -> Result<Option<String>, Failure> {
    let told = match action {
        PlansAction::List
        | PlansAction::Templates
        | PlansAction::Removed
        | PlansAction::Share { .. }
        | PlansAction::Export { .. } => return Ok(None),
        PlansAction::Open { plan } => {
            let plan = chosen(folder, plan)?;
            folder.set_open(&plan.id, now)?;
            format!("{OPENS} {}.\n", titled(&plan))
        }
        PlansAction::New {
            file,
            template,
            name,
            accept_edits,
        } => {
            let name = name.as_deref().unwrap_or_default();
            let id = match (file, template) {
                (Some(file), _) => new_plan::add_file(folder, file, name, *accept_edits, now)?,
                (None, template) => {
                    let template = template.clone().unwrap_or_default();
                    new_plan::add(folder, &PlanSource::Template { template }, name, now)?
                }
            };
            made(folder, &id)?
        }
        PlansAction::Duplicate { plan } => {
            let id = new_plan::duplicate(folder, &chosen(folder, plan)?.id, now)?;
            made(folder, &id)?
        }
        PlansAction::Rename { plan, name } => {
            let plan = chosen(folder, plan)?;
            let former = titled(&plan);
            new_plan::rename(folder, &plan.id, name, now)?;
            format!("{former} is now {}.\n", titled(&folder.plan(&plan.id)?))
        }
        PlansAction::Archive { plan } => {
            let plan = chosen(folder, plan)?;
            folder.set_archived(&plan.id, true, now)?;
            format!("Archived {}.\n", titled(&plan))
        }
        PlansAction::Unarchive { plan } => {
            let plan = chosen(folder, plan)?;
            folder.set_archived(&plan.id, false, now)?;
            format!("Took {} out of the archive.\n", titled(&plan))
        }
        PlansAction::Remove { plan } => {
            let plan = chosen(folder, plan)?;
            let told = titled(&plan);
            let removed = folder.remove(&plan.id, now)?;
            format!(
                "Removed {told}. To bring it back: waymark plans restore {}\n",
                removed.id
            )
        }
        PlansAction::Restore { plan } => {
            let plan = folder.bring_back(plan, now)?;
            format!("{} is in the list again.\n", titled(&plan))
        }
        PlansAction::Import { file, accept_edits } => {
            let document = exchange::read(file, *accept_edits)?;
            let imported = exchange::import(folder, document, now)?;
            let more = match &imported {
                ImportedPlan {
                    is_change: true, ..
                } => String::new(),
                imported => format!(" Its id is {}.{OPENS_IT}", imported.folder),
            };
            format!("{}{more}\n", imported.sentence())
        }
    };
    Ok(Some(told))
}

const OPENS: &str = "The desktop app opens at its next start:";
const OPENS_IT: &str = " The desktop app opens it at its next start.";

fn made(folder: &DataFolder, id: &str) -> Result<String, Failure> {
    let plan = folder.plan(id)?;
    Ok(format!("Made {}, {id}.{OPENS_IT}\n", titled(&plan)))
}

/// The title of a plan in quotes, or its id if it can't be read.
fn titled(plan: &PlanFolder) -> String {
    let stored = PlanStore::of_the_app(plan.storage.clone()).document();
    stored.map_or_else(
        |_| plan.id.clone(),
        |document| format!("“{}”", document.plan.title()),
    )
}

/// The plan that was typed: by its id, by its title, or by the first characters of its id.
fn chosen(folder: &DataFolder, typed: &str) -> Result<PlanFolder, Failure> {
    let plans = folder.plans()?;
    let title = |plan: &PlanFolder| {
        let stored = PlanStore::of_the_app(plan.storage.clone()).document();
        stored.map_or_else(
            |_| String::new(),
            |document| document.plan.title().to_owned(),
        )
    };
    let by_title = |plan: &&PlanFolder| title(plan).eq_ignore_ascii_case(typed.trim());
    let by_start = |plan: &&PlanFolder| typed.len() >= 4 && plan.id.starts_with(typed);
    if let Some(plan) = plans.iter().find(|plan| plan.id == typed) {
        return Ok(plan.clone());
    }
    let mut found: Vec<&PlanFolder> = plans.iter().filter(by_title).collect();
    if found.is_empty() {
        found = plans.iter().filter(by_start).collect();
    }
    match found[..] {
        [plan] => Ok(plan.clone()),
        [] => Err(unknown(typed).into()),
        _ => Err(Failure::Input(format!(
            "“{typed}” stands for {} plans. Enter the id of one, as `waymark plans` lists it",
            found.len()
        ))),
    }
}

/// The plan that was typed, or the open one.
fn asked(folder: &DataFolder, typed: Option<&str>) -> Result<PlanFolder, Failure> {
    match typed {
        Some(typed) => chosen(folder, typed),
        None => Ok(folder.open_plan()?.ok_or_else(|| unknown(""))?),
    }
}

fn export(
    folder: &DataFolder,
    file: &Path,
    id: Option<&str>,
    replaces: bool,
) -> Result<(), Failure> {
    let document = PlanStore::of_the_app(asked(folder, id)?.storage).document()?;
    if is_stdout(file) {
        return output::print(&exchange::text(&document)?);
    }
    let kept = exchange::export(&document, file, replaces, now()?).map_err(|error| {
        if error.code == ErrorCode::Occupied {
            let advice = "To export here anyway, add --replace: the former file is kept beside it.";
            return Failure::Input(format!("{error} {advice}"));
        }
        error.into()
    })?;
    let kept = kept.map(|kept| format!("The former file is now {}\n", kept.display()));
    let told = format!("Wrote the whole plan to {}\n", file.display());
    print(&(kept.unwrap_or_default() + &told))
}

fn text(shelf: &Shelf) -> String {
    if shelf.plans.is_empty() {
        return "There's no plan yet. Start the desktop app, or run `waymark plans new`.\n"
            .to_owned();
    }
    let mut table = table::new(&["", "Id", "Plan", "Start", "Status"], &[]);
    for plan in &shelf.plans {
        let mark = match plan {
            PlanEntry { is_open: true, .. } => "open",
            PlanEntry {
                is_archived: true, ..
            } => "archived",
            _ => "",
        };
        table.add_row([mark, &plan.id, &plan.title, &plan.start, &plan.status]);
    }
    format!("{}\n", table::rendered(&table))
}

fn templates_text(shelf: &Shelf) -> String {
    let mut table = table::new(&["Template", "Roadmap", "Length"], &[]);
    for template in &shelf.templates {
        table.add_row([template.id, &template.title, template.shape]);
    }
    format!("{}\n", table::rendered(&table))
}

fn removed_text(shelf: &Shelf) -> String {
    if shelf.removed.is_empty() {
        return "No plan was removed.\n".to_owned();
    }
    let mut table = table::new(&["Id", "Plan", "Removed"], &[]);
    for plan in &shelf.removed {
        table.add_row([&plan.id, &plan.title, &plan.time]);
    }
    format!("{}\n", table::rendered(&table))
}

fn as_data(folder: &DataFolder, shelf: &Shelf) -> Value {
    let plan = |plan: &PlanEntry| {
        let stored = folder.plan(&plan.id).ok();
        json!({
            "id": plan.id,
            "open": plan.is_open,
            "archived": plan.is_archived,
            "title": plan.title,
            "roadmap": plan.roadmap,
            "start": plan.start,
            "status": plan.is_readable.then_some(&plan.status),
            "folder": stored.map(|stored| stored.storage.folder().to_owned()),
            "problem": (!plan.is_readable).then_some(&plan.status),
        })
    };
    let removed =
        |plan: &RemovedEntry| json!({"id": plan.id, "title": plan.title, "name": plan.name});
    json!({
        "plans": shelf.plans.iter().map(plan).collect::<Vec<_>>(),
        "removed": shelf.removed.iter().map(removed).collect::<Vec<_>>(),
    })
}
