//! `waymark log`: logs completed work in a plan.

use chrono::{DateTime, TimeDelta, Utc};
use clap::{Args, Subcommand};
use serde_json::json;
use waymark_core::plan::change::{LogWork, RemoveLogEntry, SetDone, SetEstimate};
use waymark_core::plan::{Change, LogEntry, Plan};
use waymark_core::words;

use crate::json;
use crate::plan_file::{Done, Opened, PlanFileOptions};
use crate::{Failure, json as data, print, table};

const LOCAL: &str = "%Y-%m-%dT%H:%M";

#[derive(Args)]
pub struct LogArgs {
    #[command(flatten)]
    file: PlanFileOptions,

    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand)]
enum Action {
    /// List all entries, oldest first (the default)
    List,
    /// Log completed work
    Add {
        /// Id of the item
        item: String,
        /// Minutes of work
        #[arg(allow_hyphen_values = true)]
        minutes: String,
        /// Start in your time zone, e.g. 2027-01-04T19:00 [default: that many minutes ago, or the
        /// entry's start]
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        start: Option<String>,
        /// A note [default: none, or the entry's note]
        #[arg(long, allow_hyphen_values = true)]
        note: Option<String>,
        /// Log it even if the same work is logged already, or the day has more than 24 hours of it
        #[arg(long)]
        again: bool,
        /// Replace this entry
        #[arg(long, value_name = "ENTRY")]
        entry: Option<u32>,
    },
    /// Remove an entry
    Remove {
        /// The entry's number, as `list` shows it
        entry: u32,
    },
    /// Mark an item as done, or an outcome as reached
    Done {
        /// Id of the item or the outcome
        item: String,
        /// Mark it as not done
        #[arg(long)]
        not: bool,
    },
    /// Estimate the work that an item still needs
    Estimate {
        /// Id of the item
        item: String,
        /// Minutes of work left
        #[arg(allow_hyphen_values = true)]
        minutes: String,
    },
}

pub fn run(args: &LogArgs) -> Result<(), Failure> {
    let change = match args.action.as_ref().unwrap_or(&Action::List) {
        Action::List => return list(&args.file),
        Action::Add {
            item,
            minutes,
            start,
            note,
            entry,
            again,
        } => args.file.change(|opened| {
            let log = opened.plan().log();
            let former = log.iter().find(|known| Some(known.id) == *entry);
            let begun = || match former {
                Some(former) => written(opened, former.start),
                None => ago(opened, minutes),
            };
            Ok(vec![Change::Log(LogWork {
                item: item.clone(),
                start: start.clone().unwrap_or_else(begun),
                minutes: minutes.clone(),
                note: (note.clone().or(former.map(|former| former.note.clone())))
                    .unwrap_or_default(),
                entry: *entry,
                again: *again,
            })])
        }),
        Action::Remove { entry } => args
            .file
            .change(|_| Ok(vec![Change::Unlog(RemoveLogEntry { entry: *entry })])),
        Action::Done { item, not } => args.file.change(|_| {
            Ok(vec![Change::Done(SetDone {
                item: item.clone(),
                done: !not,
            })])
        }),
        Action::Estimate { item, minutes } => args.file.change(|_| {
            Ok(vec![Change::Estimate(SetEstimate {
                item: item.clone(),
                minutes: minutes.clone(),
            })])
        }),
    };
    let Done {
        before,
        after,
        name,
    } = change?;
    let left = |opened: &Opened| opened.plan().left_minutes();
    if args.file.json {
        let told = json!({
            "changed": name,
            "entries": after.plan().log().len(),
            "left_minutes_before": left(&before),
            "left_minutes": left(&after),
        });
        return print(&json::pretty(&told));
    }
    print(&format!(
        "{name}. {} left in total.\n",
        words::effort(left(&after))
    ))
}

/// The start, in the learner's zone, of work that ends now.
fn ago(opened: &Opened, minutes: &str) -> String {
    let minutes = minutes.trim().parse().ok().and_then(TimeDelta::try_minutes);
    let begun = minutes.and_then(|minutes| opened.now.checked_sub_signed(minutes));
    written(opened, begun.unwrap_or(opened.now))
}

/// An instant in the learner's zone, as a change has it.
fn written(opened: &Opened, instant: DateTime<Utc>) -> String {
    opened.plan().local(instant).format(LOCAL).to_string()
}

fn list(file: &PlanFileOptions) -> Result<(), Failure> {
    let opened = file.open()?;
    let plan = opened.plan();
    if file.json {
        let entry = |entry: &LogEntry| {
            json!({
                "entry": entry.id,
                "item": entry.item,
                "start": data::instant(entry.start),
                "local_start": data::local(plan.local(entry.start)),
                "minutes": entry.minutes,
                "note": entry.note,
            })
        };
        let entries: Vec<_> = plan.log().iter().map(entry).collect();
        return print(&json::pretty(&json!({"entries": entries})));
    }
    print(&entries(plan))
}

fn entries(plan: &Plan) -> String {
    if plan.log().is_empty() {
        return "Nothing is logged yet.\n".to_owned();
    }
    let mut table = table::new(&["Entry", "Start", "Item", "Minutes", "Note"], &[0, 3]);
    for entry in plan.log() {
        let start = plan.local(entry.start);
        table.add_row([
            entry.id.to_string(),
            start.format("%a %-d %b %Y %H:%M").to_string(),
            plan.title_of(&entry.item).to_owned(),
            entry.minutes.to_string(),
            entry.note.clone(),
        ]);
    }
    let minutes = plan
        .log()
        .iter()
        .map(|entry| u64::from(entry.minutes))
        .sum();
    format!(
        "{}\n\n{} in total.\n",
        table::rendered(&table),
        words::effort(minutes)
    )
}
