//! Files that the learner imports into a calendar.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;
use waymark_core::calendar::busy::Limits;
use waymark_core::calendar::export::CalendarContents;
use waymark_core::calendar::files::{EventCounts, files};
use waymark_core::calendar::ledger::{ExportCounts, ExportKind, Ledger};
use waymark_core::input_error::InputError;
use waymark_core::plan::Plan;
use waymark_core::schedule::current;
use waymark_core::words;

use super::{Calendar, ledgers};
use crate::storage::{self, Storage};

/// A file that was written for the learner.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// Its path.
    pub path: String,
    /// The number of sessions or events in it.
    pub count: usize,
    /// A sentence that says so.
    pub message: String,
}

/// The counts of an export, and the number of events in each file.
pub(super) fn weigh(
    storage: &Storage,
    calendar: &Calendar,
    agenda: &CalendarContents,
    kind: ExportKind,
    now: DateTime<Utc>,
) -> Result<(ExportCounts, Vec<usize>), InputError> {
    let ledger = ledgers::ledger(storage, calendar, agenda.plan, now)?;
    let export = ledger.export(agenda, kind, now)?;
    let events = files(agenda, &export)
        .iter()
        .map(|file| file.events.total())
        .collect();
    Ok((export.counts, events))
}

/// Writes an export to `path`, and to files next to it if one is not enough, then records it.
///
/// # Errors
/// If the options can't be used or a file can't be written; the record is then as before.
pub fn export(
    storage: &Storage,
    plan: &Plan,
    calendar: &Calendar,
    (kind, path): (ExportKind, &Path),
    now: DateTime<Utc>,
) -> Result<Exported, InputError> {
    let schedule = current(plan);
    let agenda = CalendarContents::new(plan, &schedule, &calendar.options)?;
    let _lock = ledgers::lock(storage, calendar)?;
    let export = ledgers::ledger(storage, calendar, plan, now)?.export(&agenda, kind, now)?;
    let files = files(&agenda, &export);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let beside = |name: String| path.with_file_name(name);
    let named: Vec<(PathBuf, &[u8])> = files
        .iter()
        .map(|file| (beside(file.name(&stem)), file.text.as_bytes()))
        .collect();
    storage::write_all(&named).map_err(|error| storage::unwritten(path, &error))?;
    ledgers::save(storage, calendar, &export.ledger)?;
    super::keep_exported(storage, &calendar.id, now)?;

    let shown = path.display().to_string();
    let counts: EventCounts = files.iter().map(|file| file.events).sum();
    let (count, events) = (counts.total(), counts.in_words());
    let message = match named.len() {
        0 => "The calendar is up to date. There's nothing to write.".to_owned(),
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

/// Makes the record of a calendar again, from a file that the calendar's own program exported.
/// Returns a sentence about it.
///
/// # Errors
/// If the file can't be read or has no event of the plan, or the record can't be saved.
pub fn read_back(
    storage: &Storage,
    plan: &Plan,
    calendar: &Calendar,
    path: &Path,
    now: DateTime<Utc>,
) -> Result<String, InputError> {
    let limits = Limits::default();
    let file = storage::read_at_most(path, limits.bytes);
    let file = file.map_err(|error| storage::unread(path, &error))?;
    let ledger = Ledger::of_calendar_file(&file, plan, &limits, now)?;
    let _lock = ledgers::lock(storage, calendar)?;
    // A later save of two is the newer one.
    let former = ledgers::ledger(storage, calendar, plan, now)?;
    let ledger = ledger.following(&former);
    ledgers::save(storage, calendar, &ledger)?;
    super::keep_exported(storage, &calendar.id, now)?;
    let events = words::count(ledger.len(), "event");
    Ok(format!(
        "The calendar has {events} of this plan. The next export updates them."
    ))
}
