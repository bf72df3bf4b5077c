//! `waymark history` and `waymark restore`: the desktop app's earlier plans.

use chrono::{DateTime, Utc};
use clap::Args;
use serde_json::{Value, json};
use waymark_core::difference::moves;
use waymark_core::document::EarlierPlan;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::Plan;
use waymark_core::schedule::current;
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
}

#[derive(Args)]
pub struct RestoreArgs {
    /// Number of the earlier plan, as `waymark history` shows it
    number: u64,
}

pub fn list(args: &HistoryArgs) -> Result<(), Failure> {
    let store = of_the_app(false, now()?)?;
    let plan = &store.document()?.plan;
    let plans = match store.ring() {
        Some(ring) => ring.plans()?,
        None => Vec::new(),
    };
    if args.json {
        let plans: Vec<Value> = plans.iter().map(|earlier| data(earlier, plan)).collect();
        return print(&json::pretty(&json!({"plans": plans})));
    }
    if plans.is_empty() {
        return print("There are no earlier plans: nothing was changed yet.\n");
    }
    let columns = [
        "Number",
        "Until",
        "Before the change",
        "Log",
        "Finish",
        "Since then",
    ];
    let mut table = table::new(&columns, &[0, 3]);
    for earlier in &plans {
        table.add_row([
            earlier.generation.to_string(),
            shown(earlier),
            earlier.change.clone(),
            earlier.plan.log().len().to_string(),
            finish(&earlier.plan).map_or(String::new(), words::short_date),
            since(&earlier.plan, plan).unwrap_or_default(),
        ]);
    }
    print(&format!("{}\n", table::rendered(&table)))
}

pub fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let now = now()?;
    let store = of_the_app(true, now)?;
    let earlier = earlier(&store, args.number)?;
    let time = shown(&earlier);
    store.change(now, |document| {
        let name = format!("Restore the plan of {time}");
        document.replaced(name, earlier.plan.clone())
    })?;
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

/// The time until which the plan stood, on the learner's clock.
fn shown(earlier: &EarlierPlan) -> String {
    let time = earlier.plan.local(earlier.until);
    time.format("%a %-d %b %Y %H:%M").to_string()
}

fn finish(plan: &Plan) -> Option<chrono::NaiveDate> {
    current(plan).finish().map(|time| time.date())
}

/// The sessions that differ now, in words.
fn since(earlier: &Plan, now: &Plan) -> Option<String> {
    if earlier.roadmap() != now.roadmap() {
        return Some("another roadmap".to_owned());
    }
    moves(earlier, now).in_words()
}

fn data(earlier: &EarlierPlan, now: &Plan) -> Value {
    let until: DateTime<Utc> = earlier.until;
    json!({
        "number": earlier.generation,
        "until": instant(until),
        "local_until": local(earlier.plan.local(until)),
        "change": earlier.change,
        "log_entries": earlier.plan.log().len(),
        "finish": finish(&earlier.plan),
        "since": since(&earlier.plan, now),
    })
}
