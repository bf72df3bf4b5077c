//! The calendars that get the plan: their list, their options, and the record of each.
//!
//! There are three kinds: files that the learner imports ([`files`]), a file that is kept up to
//! date ([`live`]), and a calendar on a server ([`server`]).

pub mod files;
pub mod google;
mod ledgers;
pub mod live;
pub mod server;
pub mod tracking;
pub mod trouble;
mod upkeep;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use waymark_core::calendar::export::{CalendarContents, ExportOptions};
use waymark_core::calendar::ledger::{ExportCounts, ExportKind};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::Plan;
use waymark_core::schedule::current;

pub use self::upkeep::Upload;
pub(crate) use self::upkeep::{note, set_auto_sync, set_upload};

use self::trouble::Trouble;
use crate::file_lock::Wait;
use crate::file_lock::file_lock;
use crate::storage::{Envelope, Enveloped, Storage, unread, unsaved};

/// The name of the document that lists them.
const CALENDARS: &str = "calendars";
/// The calendar every learner starts with, for files.
const FIRST: &str = "calendar";
const FIRST_NAME: &str = "My calendar";
const MOST_CALENDARS: usize = 50;
const LONGEST_NAME: usize = 80;

/// A calendar that gets the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Calendar {
    /// Identifies it, and starts the name of its ledger.
    pub id: String,
    /// The learner's name for it.
    pub name: String,
    /// How it gets the plan.
    pub way: Way,
    /// Its contents.
    pub options: ExportOptions,
    /// Whether it was given files: a missing record then means that nobody knows what it has.
    #[serde(default, rename = "wasExported")]
    pub was_exported: bool,
    /// Whether it syncs automatically: after each change, on start, and on a timer.
    #[serde(default, rename = "autoSync")]
    pub auto_sync: bool,
    /// Why the last such sync failed; `None` once one succeeds.
    #[serde(default)]
    pub trouble: Option<Trouble>,
    /// The web address that a live file is also sent to; `None` if it is only on this computer.
    #[serde(default)]
    pub upload: Option<Upload>,
}

/// How a calendar gets the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Way {
    /// Through files that the learner imports.
    Files,
    /// Through a file that is rewritten after each change.
    Live {
        /// The file's path.
        path: String,
    },
    /// On a server (CalDAV).
    Server {
        /// The server's address, as the learner entered it.
        address: String,
        /// The learner's user name there.
        user: String,
        /// The calendar's address there.
        calendar: String,
    },
}

impl Way {
    /// The contents that are offered for a new calendar of this kind. Files are imported now and
    /// then, so they have the whole plan.
    pub fn offered(&self) -> ExportOptions {
        match self {
            Self::Files => ExportOptions::default(),
            Self::Live { .. } | Self::Server { .. } => ExportOptions::rolling(),
        }
    }
}

/// A preview of an export.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExportPreview {
    /// Numbers of new, moved and removed events.
    pub counts: ExportCounts,
    /// The same in words.
    pub message: String,
    /// The number of events in each file; empty for a calendar without files.
    pub files: Vec<usize>,
}

/// The stored list of calendars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Calendars {
    format: String,
    version: u32,
    /// Raised with each save.
    generation: u64,
    calendars: Vec<Calendar>,
}

impl Enveloped for Calendars {
    const ENVELOPE: Envelope = Envelope {
        what: "list of calendars",
        format: "waymark-calendars",
        version: 1,
        damaged: ErrorCode::CalendarsDamaged,
        newer: ErrorCode::CalendarsNewer,
    };

    fn generation(&self) -> u64 {
        self.generation
    }
}

impl Calendars {
    fn of(calendars: Vec<Calendar>) -> Self {
        Self {
            format: Self::ENVELOPE.format.to_owned(),
            version: Self::ENVELOPE.version,
            generation: 0,
            calendars,
        }
    }

    /// The stored list, or the one every learner starts with.
    fn find(storage: &Storage, now: DateTime<Utc>) -> Result<Self, InputError> {
        let found = storage.recover_named::<Self>(CALENDARS, now);
        let path = storage.document_path(CALENDARS);
        let found = found.map_err(|error| unread(&path, &error))?;
        Ok(found.document.unwrap_or_else(|| {
            let mut calendars = vec![Calendar::new(FIRST, FIRST_NAME, Way::Files)];
            calendars.extend(live::of_earlier_versions(storage));
            Self::of(calendars)
        }))
    }
}

impl Calendar {
    fn new(id: &str, name: &str, way: Way) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            way,
            options: ExportOptions::default(),
            was_exported: false,
            auto_sync: false,
            trouble: None,
            upload: None,
        }
    }

    /// The generation its first events belong to. Each calendar that was added has one of its own.
    fn generation(&self) -> u32 {
        match self.id.as_str() {
            FIRST | live::EARLIER => 0,
            id => own_generation(id),
        }
    }

    /// The name of the document that records what it was given.
    fn ledger(&self) -> String {
        format!("{}.ledger", self.id)
    }
}

/// The generation in which the events of a calendar begin, from a name that no other calendar has:
/// two calendars of one plan then have no UID in common. (FNV-1a.)
pub fn own_generation(name: &str) -> u32 {
    const MOST: u32 = 900_000_000;
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    // Above the generations that calendars reach otherwise.
    100_000 + hash % MOST
}

/// All calendars, oldest first.
///
/// # Errors
/// If the list can't be read.
pub fn all(storage: &Storage, now: DateTime<Utc>) -> Result<Vec<Calendar>, InputError> {
    Ok(Calendars::find(storage, now)?.calendars)
}

/// The calendar with that id.
///
/// # Errors
/// If it was removed, or the list can't be read.
pub fn find(storage: &Storage, id: &str, now: DateTime<Utc>) -> Result<Calendar, InputError> {
    let mut all = all(storage, now)?.into_iter();
    all.find(|calendar| calendar.id == id)
        .ok_or_else(|| unknown(id))
}

/// Adds a calendar with that name, and returns it.
///
/// # Errors
/// If the name is taken or unusable, the same file or server calendar is there already, there are
/// too many, or the list can't be saved.
pub fn add(
    storage: &Storage,
    name: &str,
    (way, options): (Way, ExportOptions),
    now: DateTime<Utc>,
) -> Result<Calendar, InputError> {
    let added = Calendar {
        options,
        ..Calendar::new(
            &format!("calendar-{}", uuid::Uuid::new_v4()),
            name.trim(),
            way,
        )
    };
    change(storage, now, |calendars| {
        refuse_name(&added.name, calendars)?;
        // Two that write the same file or calendar would take each other's writes for the
        // learner's.
        let is_there = |it: &&Calendar| it.way != Way::Files && it.way == added.way;
        if let Some(other) = calendars.iter().find(is_there) {
            let fault = format!("is already here, as “{}”", other.name);
            let error = InputError::new(ErrorCode::CalendarTwice, "calendar", &added.name, "");
            return Err(error.because(fault));
        }
        if calendars.len() >= MOST_CALENDARS {
            let expected = format!("there are {MOST_CALENDARS} already; remove one first");
            return Err(InputError::new(
                ErrorCode::Calendars,
                "calendar",
                &added.name,
                expected,
            ));
        }
        calendars.push(added.clone());
        Ok(())
    })?;
    Ok(added)
}

/// Checks that a new calendar could have this name.
///
/// # Errors
/// If it is taken or unusable, or the list can't be read.
pub fn check_name(storage: &Storage, name: &str, now: DateTime<Utc>) -> Result<(), InputError> {
    refuse_name(name.trim(), &all(storage, now)?)
}

/// The name, followed by a number if another calendar has it.
///
/// # Errors
/// If the list can't be read.
pub fn free_name(storage: &Storage, name: &str, now: DateTime<Utc>) -> Result<String, InputError> {
    let all = all(storage, now)?;
    let plain: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    let plain: String = plain.chars().take(LONGEST_NAME - 5).collect();
    let numbered = (2..).map(|number| format!("{plain} {number}"));
    let mut names = std::iter::once(plain.clone()).chain(numbered);
    let free = names.find(|name| !all.iter().any(|other| other.name == *name));
    Ok(free.unwrap_or(plain))
}

/// Renames a calendar.
///
/// # Errors
/// As [`add`], or if the calendar was removed.
pub fn rename(
    storage: &Storage,
    id: &str,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), InputError> {
    change(storage, now, |calendars| {
        let others: Vec<_> = calendars.iter().filter(|it| it.id != id).cloned().collect();
        refuse_name(name.trim(), &others)?;
        the(calendars, id)?.name = name.trim().to_owned();
        Ok(())
    })
}

/// Saves a calendar's options, and returns the calendar.
///
/// # Errors
/// If the options can't be used, the calendar was removed, or the list can't be saved.
pub fn keep_options(
    storage: &Storage,
    id: &str,
    options: ExportOptions,
    now: DateTime<Utc>,
) -> Result<Calendar, InputError> {
    options.check()?;
    change(storage, now, |calendars| {
        let calendar = the(calendars, id)?;
        calendar.options = options;
        Ok(calendar.clone())
    })
}

/// Remembers that a calendar was given files.
fn keep_exported(storage: &Storage, id: &str, now: DateTime<Utc>) -> Result<(), InputError> {
    change(storage, now, |calendars| {
        the(calendars, id)?.was_exported = true;
        Ok(())
    })
}

/// Removes a calendar from the list, with its record. Its events stay where they are.
///
/// # Errors
/// If it was removed already, or the list can't be saved.
pub fn remove(storage: &Storage, id: &str, now: DateTime<Utc>) -> Result<Calendar, InputError> {
    let removed = find(storage, id, now)?;
    change(storage, now, |calendars| {
        calendars.retain(|calendar| calendar.id != id);
        Ok(())
    })?;
    ledgers::forget(storage, &removed, now)?;
    Ok(removed)
}

/// A preview of an export, by the local record. Writes and sends nothing.
///
/// # Errors
/// If the options can't be used, or the ledger can't be read.
pub fn preview(
    storage: &Storage,
    plan: &Plan,
    calendar: &Calendar,
    kind: ExportKind,
    now: DateTime<Utc>,
) -> Result<ExportPreview, InputError> {
    let schedule = current(plan);
    let mut agenda = CalendarContents::new(plan, &schedule, &calendar.options)?;
    let (counts, files) = match calendar.way {
        Way::Server { .. } => {
            let collection = ledgers::collection(storage, calendar, plan, now)?;
            (collection.push(&mut agenda, now)?.counts, Vec::new())
        }
        Way::Files | Way::Live { .. } => files::weigh(storage, calendar, &agenda, kind, now)?,
    };
    Ok(ExportPreview {
        message: format!("{}.", counts.sentence()),
        counts,
        files,
    })
}

/// Changes the list, and saves it if it differs.
fn change<T>(
    storage: &Storage,
    now: DateTime<Utc>,
    change: impl FnOnce(&mut Vec<Calendar>) -> Result<T, InputError>,
) -> Result<T, InputError> {
    let _lock = file_lock(&storage.document_path(CALENDARS), Wait::default())?;
    let mut kept = Calendars::find(storage, now)?;
    let before = kept.calendars.clone();
    let given = change(&mut kept.calendars)?;
    if kept.calendars == before {
        return Ok(given);
    }
    kept.generation += 1;
    let path = storage.document_path(CALENDARS);
    storage
        .save_named(CALENDARS, &kept)
        .map_err(|error| unsaved(&path, &error))?;
    Ok(given)
}

fn the<'a>(calendars: &'a mut [Calendar], id: &str) -> Result<&'a mut Calendar, InputError> {
    let mut calendars = calendars.iter_mut();
    calendars
        .find(|calendar| calendar.id == id)
        .ok_or_else(|| unknown(id))
}

fn unknown(id: &str) -> InputError {
    InputError::new(ErrorCode::NoSuchCalendar, "calendar", id, "").because("was removed")
}

fn refuse_name(name: &str, others: &[Calendar]) -> Result<(), InputError> {
    let refuse = |expected| {
        Err(InputError::new(
            ErrorCode::CalendarName,
            "name",
            name,
            expected,
        ))
    };
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        return refuse("enter a name of 1 to 80 characters");
    }
    if others.iter().any(|other| other.name == name) {
        return refuse("another calendar has this name; enter a different one");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
