//! `waymark history` and `waymark restore`: the desktop app's earlier plans.

use clap::Args;
use serde_json::{Value, json};
use waymark_core::document::EarlierPlan;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::view::{EarlierView, earlier_views};
use waymark_core::words;
use waymark_desk::plan_store::PlanStore;

use crate::json;
use crate::json::{instant, local};
use crate::plan_file::of_the_app;
use crate::{Failure, now, print, table};

#[derive(Args)]
pub struct HistoryArgs {
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,

    /// Use the plan even if its file was edited outside Waymark
    #[arg(long)]
    accept_edits: bool,
}

#[derive(Args)]
pub struct RestoreArgs {
    /// Number of the earlier plan, as `waymark history` shows it
    number: u64,

    /// Use the plan even if its file was edited outside Waymark
    #[arg(long)]
    accept_edits: bool,
}

pub fn list(args: &HistoryArgs) -> Result<(), Failure> {
    let now = now()?;
    let store = of_the_app(false, now)?.accepting_edits(args.accept_edits);
    let plan = &store.document()?.plan;
    let earlier = match store.ring() {
        Some(ring) => ring.plans()?,
        None => Vec::new(),
    };
    let views = earlier_views(&earlier, plan, now);
    if args.json {
        let plans: Vec<Value> = earlier.iter().zip(&views).map(data).collect();
        return print(&json::pretty(&json!({"plans": plans})));
    }
    if views.is_empty() {
        return print("There are no earlier plans: nothing was changed yet.\n");
    }
    let columns = [
        "Number",
        "Until",
        "Before the change",
        "Logged",
        "Finish",
        "Since then",
    ];
    let mut table = table::new(&columns, &[0, 3]);
    for view in &views {
        table.add_row([
            view.number.to_string(),
            view.until.clone(),
            view.change.clone(),
            words::effort(view.logged_minutes),
            view.finish.map_or(String::new(), words::short_date),
            view.since.join(", "),
        ]);
    }
    print(&format!("{}\n", table::rendered(&table)))
}

pub fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let now = now()?;
    let store = of_the_app(true, now)?.accepting_edits(args.accept_edits);
    let earlier = earlier(&store, args.number)?;
    let time = earlier.time();
    store.change(now, |document| document.restored(&earlier))?;
    print(&format!(
        "Restored the plan of {time}, before “{}”. Undo it in the window, or restore the plan before it with waymark restore.\n",
        earlier.change
    ))
}

fn earlier(store: &PlanStore, number: u64) -> Result<EarlierPlan, InputError> {
    let ring = store.ring().ok_or_else(|| {
        InputError::sentence(ErrorCode::NoPlan, "a plan file has no earlier plans")
    })?;
    ring.plan(number)
}

fn data((earlier, view): (&EarlierPlan, &EarlierView)) -> Value {
    json!({
        "number": view.number,
        "until": instant(earlier.until),
        "local_until": local(earlier.plan.local(earlier.until)),
        "change": view.change,
        "roadmap": view.roadmap,
        "log_entries": earlier.plan.log().len(),
        "logged_minutes": view.logged_minutes,
        "finish": view.finish,
        "since": view.since,
    })
}
