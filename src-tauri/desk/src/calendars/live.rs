//! Calendar files that are rewritten after each change to the plan.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use waymark_core::calendar::export::{CalendarContents, ExportOptions};
use waymark_core::calendar::files::live_file;
use waymark_core::calendar::ledger::ExportKind;
use waymark_core::input_error::InputError;
use waymark_core::plan::Plan;
use waymark_core::schedule::current;

use super::{Calendar, Way, ledgers};
use crate::storage::{self, Audience, Storage};

/// The document in which the first version of Waymark stored the path of its one live file.
pub(super) const EARLIER: &str = "live-calendar";

/// Writes the file.
///
/// # Errors
/// If the options can't be used or the file can't be written; it is then as before.
pub fn write(
    storage: &Storage,
    plan: &Plan,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Result<(), InputError> {
    let Way::Live { path } = &calendar.way else {
        return Ok(());
    };
    let schedule = current(plan);
    let agenda = CalendarContents::new(plan, &schedule, &calendar.options)?;
    let _lock = ledgers::lock(storage, calendar)?;
    let ledger = ledgers::ledger(storage, calendar, plan, now)?;
    let export = ledger.export(&agenda, ExportKind::Full, now)?;
    let path = Path::new(path);
    storage::write(
        path,
        live_file(&agenda, &export).text.as_bytes(),
        Audience::Default,
    )
    .map_err(|error| storage::unwritten(path, &error))?;
    ledgers::save(storage, calendar, &export.ledger)
}

/// Brings all live files up to date. Returns why one could not be written, by the calendar's id.
pub fn refresh(storage: &Storage, plan: &Plan, now: DateTime<Utc>) -> BTreeMap<String, String> {
    let calendars = match super::all(storage, now) {
        Ok(calendars) => calendars,
        // Without the list, there's nothing to write.
        Err(_) => return BTreeMap::new(),
    };
    let stale = calendars.into_iter().filter_map(|calendar| {
        let problem = write(storage, plan, &calendar, now).err()?;
        Some((calendar.id, problem.to_string()))
    });
    stale.collect()
}

/// The live file of the first version of Waymark.
pub(super) fn of_earlier_versions(storage: &Storage) -> Option<Calendar> {
    #[derive(Deserialize)]
    struct Earlier {
        path: String,
        options: ExportOptions,
    }
    let text = fs::read_to_string(storage.document_path(EARLIER)).ok()?;
    let Earlier { path, options } = serde_json::from_str(&text).ok()?;
    let calendar = Calendar::new(EARLIER, "A file kept up to date", Way::Live { path });
    Some(Calendar {
        options,
        ..calendar
    })
}
