//! `waymark plans`: lists the desktop app's plans, and chooses the open one.

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use waymark_desk::data_folder::PlanFolder;
use waymark_desk::plan_store::PlanStore;

use crate::json;
use crate::plan_file::data_folder;
use crate::{Failure, now, print, table};

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
}

pub fn run(args: &PlansArgs) -> Result<(), Failure> {
    let folder = data_folder()?;
    if let Some(PlansAction::Open { id }) = &args.action {
        folder.set_open(id, now()?)?;
        if !args.json {
            return print(&format!("The desktop app opens {id} at its next start.\n"));
        }
    }
    let plans = folder.plans()?;
    if args.json {
        let plans: Vec<Value> = plans.iter().map(as_data).collect();
        return print(&json::pretty(&json!({"plans": plans})));
    }
    print(&text(&plans))
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
