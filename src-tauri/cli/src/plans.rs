//! `waymark plans`: lists the desktop app's plans, chooses the open one, and exports and imports
//! whole plans.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use waymark_core::input_error::ErrorCode;
use waymark_desk::data_folder::{DataFolder, PlanFolder, unknown};
use waymark_desk::exchange;
use waymark_desk::plan_store::PlanStore;

use crate::json;
use crate::output::is_stdout;
use crate::plan_file::data_folder;
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
        /// Id of the plan, as `list` shows it
        id: String,
    },
    /// Write a whole plan to one file, with its log and undo history
    Export {
        /// The file to write; `-` prints it
        file: PathBuf,

        /// Id of the plan [default: the open one]
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
    let told = match &args.action {
        None | Some(PlansAction::List) => None,
        Some(PlansAction::Open { id }) => {
            folder.set_open(id, now()?)?;
            Some(format!("The desktop app opens {id} at its next start.\n"))
        }
        Some(PlansAction::Export { file, id, replace }) => {
            return export(&folder, file, id.as_deref(), *replace);
        }
        Some(PlansAction::Import { file, accept_edits }) => {
            let document = exchange::read(file, *accept_edits)?;
            Some(exchange::import(&folder, document, now()?)?.sentence() + "\n")
        }
    };
    if let Some(told) = told.filter(|_| !args.json) {
        return print(&told);
    }
    let plans = folder.plans()?;
    if args.json {
        let plans: Vec<Value> = plans.iter().map(as_data).collect();
        return print(&json::pretty(&json!({"plans": plans})));
    }
    print(&text(&plans))
}

fn export(
    folder: &DataFolder,
    file: &Path,
    id: Option<&str>,
    replaces: bool,
) -> Result<(), Failure> {
    let plans = folder.plans()?;
    let chosen = plans.into_iter().find(|plan| match id {
        Some(id) => plan.id == id,
        None => plan.is_open,
    });
    let plan = chosen.ok_or_else(|| unknown(id.unwrap_or_default()))?;
    let document = PlanStore::of_the_app(plan.storage).document()?;
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

/// The title of a plan's roadmap and its start, or why it can't be read.
fn described(plan: &PlanFolder) -> Result<(String, String), String> {
    let store = PlanStore::of_the_app(plan.storage.clone());
    let document = store.document().map_err(|error| error.to_string())?;
    let title = document.plan.roadmap().file.title.clone();
    Ok((title, document.plan.start().to_string()))
}

fn text(plans: &[PlanFolder]) -> String {
    if plans.is_empty() {
        return "There's no plan yet. Start the desktop app to make one.\n".to_owned();
    }
    let mut table = table::new(&["", "Id", "Roadmap", "Start"], &[]);
    for plan in plans {
        let (title, start) = described(plan).unwrap_or_else(|error| (error, String::new()));
        let mark = if plan.is_open { "open" } else { "" };
        table.add_row([mark.to_owned(), plan.id.clone(), title, start]);
    }
    format!("{}\n", table::rendered(&table))
}

fn as_data(plan: &PlanFolder) -> Value {
    let described = described(plan);
    let (title, start) = described.clone().unwrap_or_default();
    json!({
        "id": plan.id,
        "open": plan.is_open,
        "roadmap": title,
        "start": start,
        "folder": plan.storage.folder(),
        "problem": described.err(),
    })
}
