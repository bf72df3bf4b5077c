//! The plan in the learner's calendars: files that are given to one, a live file that programs follow, and what each was given.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use waymark_core::calendar::export::{Agenda, Options, files, live_file};
use waymark_core::calendar::ledger::{Counts, Kind, Ledger};
use waymark_core::plan::Plan;
use waymark_core::problem::Problem;
use waymark_core::schedule::standing;
use waymark_core::words;

use crate::commands::Exported;
use crate::storage::{self, Storage};

/// What the calendar was given that files are imported into.
const CALENDAR: &str = "calendar.ledger";
/// What the live file has.
const LIVE: &str = "live-calendar.ledger";
/// Where the live file is. It may be lost: the learner then chooses it again.
const LIVE_FILE: &str = "live-calendar.json";

/// What an export would do to the calendar.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExportPreview {
    /// How many events are new, moved, removed.
    pub counts: Counts,
    /// The same in words.
    pub message: String,
    /// How many events each file would have.
    pub files: Vec<usize>,
}

/// A file that is kept up to date after each change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LiveFile {
    /// Where it is.
    pub path: String,
    /// What it holds.
    pub options: Options,
}

/// What the next export would do. Nothing is written or kept.
///
/// # Errors
/// Options that cannot be used, or a ledger that cannot be read.
pub fn preview(
    storage: &Storage,
    plan: &Plan,
    options: &Options,
    kind: Kind,
    now: DateTime<Utc>,
) -> Result<ExportPreview, Problem> {
    let schedule = standing(plan);
    let agenda = Agenda::new(plan, &schedule, options)?;
    let export = ledger(storage, CALENDAR, plan, now)?.export(&agenda, kind, now)?;
    let files = files(&agenda, &export);
    Ok(ExportPreview {
        message: format!("{}.", export.counts.sentence()),
        counts: export.counts,
        files: files.iter().map(|file| file.events).collect(),
    })
}

/// Writes an export to `path`, and beside it where one file is not enough; then keeps what the calendar was given.
/// None where there is nothing to write.
///
/// # Errors
/// As [`preview`], or a file that cannot be written; what the calendar was given is then as before.
pub fn export(
    storage: &Storage,
    plan: &Plan,
    options: &Options,
    (kind, path): (Kind, &Path),
    now: DateTime<Utc>,
) -> Result<Exported, Problem> {
    let schedule = standing(plan);
    let agenda = Agenda::new(plan, &schedule, options)?;
    let export = ledger(storage, CALENDAR, plan, now)?.export(&agenda, kind, now)?;
    let files = files(&agenda, &export);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let beside = |name: String| path.with_file_name(name);
    let named: Vec<(PathBuf, &[u8])> = files
        .iter()
        .map(|file| (beside(file.name(&stem)), file.text.as_bytes()))
        .collect();
    storage::write_all(&named).map_err(|error| unwritten(path, &error))?;
    save(storage, CALENDAR, &export.ledger)?;

    let shown = path.display().to_string();
    let count = files.iter().map(|file| file.events).sum();
    let events = words::count(count, "event");
    let message = match named.len() {
        0 => "The calendar is up to date: there is nothing to write.".to_owned(),
        1 => format!("{events} written to {shown}."),
        more => format!(
            "{events} written to {} beginning with {shown}.",
            words::count(more, "file")
        ),
    };
    Ok(Exported {
        path: shown,
        count,
        message,
    })
}

/// Where the live file is, if there is one.
pub fn live(storage: &Storage) -> Option<LiveFile> {
    let text = fs::read_to_string(storage.path(LIVE_FILE)).ok()?;
    serde_json::from_str(&text).ok()
}

/// Begins to keep a live file, or stops it, and leaves the file as it is then.
///
/// # Errors
/// Options that cannot be used, or a file that cannot be written: then nothing is kept.
pub fn keep_live(
    storage: &Storage,
    plan: &Plan,
    file: Option<&LiveFile>,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let path = storage.path(LIVE_FILE);
    let Some(file) = file else {
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(unwritten(&path, &error))
            }
            _ => Ok(()),
        };
    };
    write_live(storage, plan, file, now)?;
    let text = serde_json::to_string(file)
        .map_err(|error| Problem::new("not-saved", "live file", &file.path, error.to_string()))?;
    storage::write(&path, text.as_bytes()).map_err(|error| unwritten(&path, &error))
}

/// Brings the live file up to date, if there is one.
///
/// # Errors
/// Where it cannot be written: it is then as before.
pub fn refresh_live(storage: &Storage, plan: &Plan, now: DateTime<Utc>) -> Result<(), Problem> {
    match live(storage) {
        Some(file) => write_live(storage, plan, &file, now),
        None => Ok(()),
    }
}

fn write_live(
    storage: &Storage,
    plan: &Plan,
    file: &LiveFile,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let schedule = standing(plan);
    let agenda = Agenda::new(plan, &schedule, &file.options)?;
    let export = ledger(storage, LIVE, plan, now)?.export(&agenda, Kind::Full, now)?;
    let path = Path::new(&file.path);
    storage::write(path, live_file(&agenda, &export).as_bytes())
        .map_err(|error| unwritten(path, &error))?;
    save(storage, LIVE, &export.ledger)
}

/// What a calendar was given of this plan. Of another plan's calendar nothing is known, nor where what was known is damaged:
/// both are as if the calendar were new, with UIDs that were never used.
fn ledger(
    storage: &Storage,
    name: &str,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<Ledger, Problem> {
    let found = storage
        .find_named::<Ledger>(name, now)
        .map_err(|error| Problem::new("not-read", "ledger file", name, error.to_string()))?;
    match found.document {
        Some(ledger) if ledger.plan() == plan.id() => Ok(ledger),
        None if found.notices.is_empty() => Ok(Ledger::new(plan.id())),
        _ => {
            let ledger = Ledger::after_loss(plan.id(), now);
            save(storage, name, &ledger)?;
            Ok(ledger)
        }
    }
}

fn save(storage: &Storage, name: &str, ledger: &Ledger) -> Result<(), Problem> {
    storage.save_named(name, ledger).map_err(|error| {
        let why = format!("it cannot be kept what the calendar was given ({error}): do not import the file, and export again");
        Problem::new("not-saved", "ledger file", name, why)
    })
}

fn unwritten(path: &Path, error: &std::io::Error) -> Problem {
    let path = path.display().to_string();
    Problem::new("not-written", "file", path, error.to_string())
}

#[cfg(test)]
mod tests;
