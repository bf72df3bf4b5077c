//! The calendars on the web whose busy times a plan has: their stored list.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use waymark_core::input_error::{ErrorCode, InputError};

use crate::calendars::trouble::Trouble;
use crate::file_lock::{Wait, file_lock};
use crate::storage::{Envelope, Enveloped, Storage, unread, unsaved};

/// The name of the document that lists them.
const DOCUMENT: &str = "busy-calendars";
const MOST: usize = 50;
const LONGEST_NAME: usize = 80;

/// A calendar on the web that the learner is busy by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct WebCalendar {
    /// Identifies it, also in the keyring.
    pub id: String,
    /// The learner's name for it.
    pub name: String,
    /// The name of its busy times in the plan.
    pub source: String,
    /// Its place.
    pub place: WebPlace,
    /// When it was read last.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub read: DateTime<Utc>,
    /// Why it couldn't be read since; `None` if it could.
    pub trouble: Option<Trouble>,
}

/// The place of a calendar on the web.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum WebPlace {
    /// At an address, which is in the keyring: whoever has it can read the calendar.
    Address {
        /// The host's name.
        host: String,
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct WebCalendars {
    format: String,
    version: u32,
    /// Raised with each save.
    generation: u64,
    calendars: Vec<WebCalendar>,
}

impl Enveloped for WebCalendars {
    const ENVELOPE: Envelope = Envelope {
        what: "list of calendars on the web",
        format: "waymark-busy-calendars",
        version: 1,
        damaged: ErrorCode::CalendarsDamaged,
        newer: ErrorCode::CalendarsNewer,
    };

    fn generation(&self) -> u64 {
        self.generation
    }
}

impl WebCalendars {
    fn find(storage: &Storage, now: DateTime<Utc>) -> Result<Self, InputError> {
        let found = storage.recover_named::<Self>(DOCUMENT, now);
        let found = found.map_err(|error| unread(&storage.document_path(DOCUMENT), &error))?;
        Ok(found.document.unwrap_or_else(|| Self {
            format: Self::ENVELOPE.format.to_owned(),
            version: Self::ENVELOPE.version,
            generation: 0,
            calendars: Vec::new(),
        }))
    }
}

/// The calendars on the web, oldest first.
///
/// # Errors
/// If the list can't be read.
pub fn all(storage: &Storage, now: DateTime<Utc>) -> Result<Vec<WebCalendar>, InputError> {
    Ok(WebCalendars::find(storage, now)?.calendars)
}

/// The calendar with that id.
///
/// # Errors
/// If it was removed, or the list can't be read.
pub fn find(storage: &Storage, id: &str, now: DateTime<Utc>) -> Result<WebCalendar, InputError> {
    let mut all = all(storage, now)?.into_iter();
    all.find(|calendar| calendar.id == id)
        .ok_or_else(|| gone(id))
}

/// Checks that a new calendar could have this name, and returns it without blanks around it.
///
/// # Errors
/// If it is taken or unusable, or there are too many calendars.
pub(super) fn free_name(
    storage: &Storage,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<String, InputError> {
    let name = typed.trim();
    let refuse = |expected: &str| InputError::new(ErrorCode::CalendarName, "name", name, expected);
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        return Err(refuse("enter a name of 1 to 80 characters"));
    }
    let all = all(storage, now)?;
    if all.iter().any(|other| other.name == name) {
        return Err(refuse(
            "another calendar has this name; enter a different one",
        ));
    }
    if all.len() >= MOST {
        return Err(refuse(&format!(
            "there are {MOST} already; remove one first"
        )));
    }
    Ok(name.to_owned())
}

/// Changes the list, and saves it if it differs.
pub(super) fn change(
    storage: &Storage,
    now: DateTime<Utc>,
    change: impl FnOnce(&mut Vec<WebCalendar>),
) -> Result<(), InputError> {
    let path = storage.document_path(DOCUMENT);
    let _lock = file_lock(&path, Wait::default())?;
    let mut kept = WebCalendars::find(storage, now)?;
    let before = kept.calendars.clone();
    change(&mut kept.calendars);
    if kept.calendars == before {
        return Ok(());
    }
    kept.generation += 1;
    let saved = storage.save_named(DOCUMENT, &kept);
    saved.map_err(|error| unsaved(&path, &error))
}

fn gone(id: &str) -> InputError {
    InputError::new(ErrorCode::NoSuchCalendar, "calendar", id, "").because("was removed")
}
