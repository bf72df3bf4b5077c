//! `waymark busy`: imports the busy times of calendar files into a plan, with a report.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use clap::Args;
use serde_json::{Value, json};
use waymark_core::calendar::busy::{self, BusyReport, EventOutcome, EventReport, Limits};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::change::RemoveBusy;
use waymark_core::plan::{Change, Plan};
use waymark_core::schedule::current;
use waymark_core::view;
use waymark_desk::storage;

use crate::json;
use crate::options::{PlanOptions, SavePlan, unread};
use crate::{Failure, print};

pub const EXAMPLES: &str = "\
Examples:
  waymark busy work.ics --plan plan.json --out plan.json
      Imports the busy times of work.ics into the plan and replaces those of an earlier work.ics
  waymark busy work.ics family.ics --plan plan.json
      Reports what both would add, and changes nothing
  waymark busy --remove work.ics --plan plan.json --out plan.json
      Removes the busy times of work.ics from the plan

Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used";

#[derive(Args)]
pub struct BusyArgs {
    /// Calendar files (.ics) from any calendar program; the plan keeps busy times by file name
    #[arg(value_name = "FILE", required_unless_present = "remove")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    options: PlanOptions,

    /// Remove the busy times of a file, by its name; can be repeated
    #[arg(long, value_name = "NAME")]
    remove: Vec<String>,

    /// First day to read, e.g. 2027-01-04; needs --until
    #[arg(long, value_name = "DATE", requires = "until", conflicts_with = "out")]
    from: Option<NaiveDate>,

    /// Last day to read [default: a year after the last session]
    #[arg(long, value_name = "DATE", requires = "from", conflicts_with = "out")]
    until: Option<NaiveDate>,

    /// Write the plan with its busy times to this plan file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Save over any plan; the former one is kept beside it
    #[arg(long, requires = "out")]
    replace: bool,

    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &BusyArgs) -> Result<(), Failure> {
    let now = crate::now()?;
    let mut plan = args.options.plan(now)?;
    for source in &args.remove {
        let source = source.clone();
        plan = plan.changed(&[Change::DropBusy(RemoveBusy { source })], now)?;
    }
    let mut reports = Vec::new();
    let mut names = BTreeSet::new();
    for path in &args.files {
        let name = name(path);
        if !names.insert(name.clone()) {
            let expected = "the plan keeps busy times by file name, so rename one of them";
            let error = InputError::new(ErrorCode::SameName, "calendar file", name, expected);
            return Err(error.because("is given twice").into());
        }
        let bytes = read(path, &Limits::default())?;
        let (change, report) = args.import(&plan, &name, &bytes, now)?;
        plan = plan.changed(&[change], now)?;
        reports.push((name, report));
    }
    let findings = findings(&plan);
    let mut saved = String::new();
    if let Some(path) = &args.out {
        let save = SavePlan {
            path,
            name: "Busy times",
            replaces: args.replace,
        };
        saved = args.options.save(&plan, &save, now)?;
    }
    if args.json {
        let files: Vec<Value> = reports
            .iter()
            .map(|(name, report)| data(name, report))
            .collect();
        let whole = json!({"files": files, "findings": findings});
        print(&json::pretty(&whole))?;
    } else {
        print(&text(&args.remove, &reports, &findings))?;
    }
    match &args.out {
        _ if args.json => Ok(()),
        Some(_) => print(&saved),
        None => print("Nothing was saved. To save the plan with its busy times, add --out FILE.\n"),
    }
}

impl BusyArgs {
    fn import(
        &self,
        plan: &Plan,
        name: &str,
        bytes: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(Change, BusyReport), InputError> {
        let limits = Limits::default();
        let (Some(from), Some(until)) = (self.from, self.until) else {
            return busy::import(plan, name, bytes, &limits, now);
        };
        let midnight = |date: NaiveDate| plan.instant(date.and_time(NaiveTime::MIN));
        let end = until.succ_opt().unwrap_or(until);
        if until < from {
            let expected = format!("enter {from} or later");
            let last = until.to_string();
            let error = InputError::new(ErrorCode::NotARange, "last day", last, expected);
            return Err(error.because("is before the first day"));
        }
        let report = busy::read_for(plan, bytes, midnight(from)..midnight(end), &limits)?;
        Ok((Change::busy(name, report.busy()), report))
    }
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, Failure> {
    storage::read_at_most(path, limits.bytes).map_err(|error| unread(path, &error))
}

/// The findings about sessions that no longer fit because of the busy times.
fn findings(plan: &Plan) -> Vec<view::Finding> {
    view::findings(plan, &current(plan))
}

fn text(
    removed: &[String],
    reports: &[(String, BusyReport)],
    findings: &[view::Finding],
) -> String {
    let mut text = String::new();
    for name in removed {
        text += &format!("Removed the busy times of {name}.\n");
    }
    for (name, report) in reports {
        text += &format!("{name}\n");
        for line in report.lines() {
            text += &format!("  {line}\n");
        }
    }
    for finding in findings {
        text += &format!("{}\n", finding.message);
    }
    text
}

/// Instants are in UTC.
fn data(name: &str, report: &BusyReport) -> Value {
    let count = |outcome: EventOutcome| report.count(|other| *other == outcome);
    let not_understood = |entry: &EventReport| match &entry.outcome {
        EventOutcome::NotUnderstood(why) => {
            Some(json!({"line": entry.line, "summary": entry.summary, "reason": why}))
        }
        _ => None,
    };
    let corrected = |entry: &EventReport| {
        let note = entry.note.as_ref()?;
        Some(json!({"line": entry.line, "summary": entry.summary, "note": note}))
    };
    let entries = report.entries.iter();
    let occurrences = report.occurrences.iter().map(|found| {
        json!({
            "start": instant(found.start),
            "end": instant(found.end),
            "summary": report.entries.get(found.entry).map(|entry| &entry.summary),
            "taken": report.is_taken(found),
        })
    });
    let busy = report.busy();
    let busy = busy
        .iter()
        .map(|busy| json!({"start": instant(busy.start), "end": instant(busy.end)}));
    json!({
        "source": name,
        "from": instant(report.range.start),
        "until": instant(report.range.end),
        "taken": count(EventOutcome::Taken),
        "own": count(EventOutcome::Own),
        "free": count(EventOutcome::Free),
        "cancelled": count(EventOutcome::Cancelled),
        "declined": count(EventOutcome::Declined),
        "elsewhere": count(EventOutcome::Elsewhere),
        "replaced": count(EventOutcome::Replaced),
        "not_understood": entries.filter_map(not_understood).collect::<Vec<_>>(),
        "corrected": report.entries.iter().filter_map(corrected).collect::<Vec<_>>(),
        "unknown_zones": report.unknown_zones,
        "cut_short": report.is_cut_short,
        "occurrences": occurrences.collect::<Vec<_>>(),
        "busy": busy.collect::<Vec<_>>(),
    })
}

fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
