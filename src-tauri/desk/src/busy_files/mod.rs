//! Calendar files that busy times are read from: single ones, and archives of several.

mod archive;

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;
use waymark_core::calendar::busy::{self, Import, Limits};
use waymark_core::document::Document;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::change::SetBusy;
use waymark_core::plan::{Change, KnownAs};

pub use archive::{ArchiveLimits, ENDINGS};

use crate::storage;

/// A calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFile {
    /// Its name, such as `work.ics`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The calendars in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenedFile {
    /// The calendar itself, or those of an archive.
    pub calendars: Vec<CalendarFile>,
    /// The other files of an archive, a sentence each.
    pub left_out: Vec<String>,
}

/// A calendar that was read into the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ImportedCalendar {
    /// Its name in the plan.
    pub source: String,
    /// The events imported, skipped and not understood, one sentence a line.
    pub report: Vec<String>,
}

/// Asks whether a calendar is a newer version of one that the plan has. It was not read into the
/// plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BusyQuestion {
    /// The question's reason, as a sentence.
    pub message: String,
    /// The calendar that the plan has.
    pub source: String,
    /// The change that keeps both. With `source` as its `instead`, it replaces the other one.
    pub change: SetBusy,
}

/// The result of reading a file into a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BusyImport {
    /// The calendars that are in the plan now.
    pub calendars: Vec<ImportedCalendar>,
    /// The calendars that may be newer versions of those in the plan.
    pub questions: Vec<BusyQuestion>,
    /// The other files of an archive, a sentence each.
    pub left_out: Vec<String>,
}

/// Reads a calendar file, or an archive of several.
///
/// # Errors
/// If it can't be read, or is an archive that can't be unpacked.
pub fn read(path: &Path) -> Result<OpenedFile, InputError> {
    let most = Limits::default().bytes;
    let bytes = storage::read_at_most(path, most).map_err(|error| storage::unread(path, &error))?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    open(&name.to_string_lossy(), bytes, &ArchiveLimits::default())
}

/// Opens a file that was read: a calendar, or an archive of several.
///
/// # Errors
/// If it is an archive that can't be unpacked, or has no calendar.
pub fn open(name: &str, bytes: Vec<u8>, limits: &ArchiveLimits) -> Result<OpenedFile, InputError> {
    if !archive::is_archive(&bytes) {
        let name = name.to_owned();
        return Ok(OpenedFile {
            calendars: vec![CalendarFile { name, bytes }],
            left_out: Vec::new(),
        });
    }
    if bytes.len() > Limits::default().bytes {
        let most = format!("choose one of at most {} MB", Limits::default().bytes >> 20);
        let error = InputError::new(ErrorCode::CalendarTooLarge, "calendar archive", name, most);
        return Err(error.because("is too large"));
    }
    let opened = archive::unpack(name, &bytes, limits)?;
    if opened.calendars.is_empty() {
        return Err(none_in(name, &opened.left_out));
    }
    Ok(opened)
}

/// Reads the calendars of a file into the plan of a document, each as one step that can be undone.
/// Those that may be newer versions of calendars in the plan are asked about instead.
///
/// # Errors
/// If no calendar of the file can be read. The document is then as before.
pub fn import(
    document: &Document,
    name: &str,
    opened: OpenedFile,
    now: DateTime<Utc>,
) -> Result<(Document, BusyImport), InputError> {
    let mut document = document.clone();
    let is_single = opened.calendars.len() == 1 && opened.left_out.is_empty();
    let mut result = BusyImport {
        left_out: opened.left_out,
        ..BusyImport::default()
    };
    for file in opened.calendars {
        let read = busy::import(
            &document.plan,
            &file.name,
            &file.bytes,
            &Limits::default(),
            now,
        );
        let import = match read {
            Err(error) if is_single => return Err(error),
            Err(error) => {
                result.left_out.push(left_out(&file.name, &error));
                continue;
            }
            Ok(import) => import,
        };
        if let (Some(message), KnownAs::Perhaps { source, .. }) =
            (import.question(), &import.known_as)
        {
            result.questions.push(BusyQuestion {
                message,
                source: source.clone(),
                change: import.change,
            });
            continue;
        }
        let Import { change, report, .. } = import;
        document = document.changed(&[Change::Busy(change.clone())], now)?;
        result.calendars.push(ImportedCalendar {
            source: change.name_in(&document.plan).to_owned(),
            report: report.lines(),
        });
    }
    if result.calendars.is_empty() && result.questions.is_empty() {
        return Err(none_in(name, &result.left_out));
    }
    Ok((document, result))
}

/// The sentence about a file of an archive that isn't a calendar after all.
pub fn left_out(name: &str, error: &InputError) -> String {
    archive::left_out(name, &format!("it can't be read. {error}"))
}

/// The error that an archive has no calendar that can be read.
pub fn none_in(name: &str, left_out: &[String]) -> InputError {
    let reasons = left_out.join(" ");
    let error = InputError::new(ErrorCode::NotACalendar, "calendar archive", name, reasons);
    error.because("has no calendar file (.ics) that can be read")
}

#[cfg(test)]
mod tests;
