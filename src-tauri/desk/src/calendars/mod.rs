//! The learner's calendars that get the plan: which there are, what each holds, and what each was given.
//!
//! A calendar is one of three ways: files that the learner imports ([`files`]), a file that is kept up to date ([`live`]), or a calendar
//! on a server ([`server`]).

pub mod files;
mod ledgers;
pub mod live;
pub mod server;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use waymark_core::calendar::export::{Agenda, Options};
use waymark_core::calendar::ledger::{Counts, Kind};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::Plan;
use waymark_core::schedule::current;

use crate::storage::{Envelope, Sealed, Storage};

/// The name of the document that lists them.
const CALENDARS: &str = "calendars";
/// The calendar that each learner has from the start, for files.
const FIRST: &str = "calendar";
const FIRST_NAME: &str = "My calendar";
const MOST_CALENDARS: usize = 50;
const LONGEST_NAME: usize = 80;

const ENVELOPE: Envelope = Envelope {
    what: "list of calendars",
    format: "waymark-calendars",
    version: 1,
    damaged: ErrorCode::CalendarsDamaged,
    newer: ErrorCode::CalendarsNewer,
};

/// A calendar that gets the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Calendar {
    /// What it is known by; also the beginning of the name of its ledger.
    pub id: String,
    /// What the learner calls it.
    pub name: String,
    /// How it gets the plan.
    pub way: Way,
    /// What it holds.
    pub options: Options,
}

/// How a calendar gets the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Way {
    /// By files that the learner imports.
    Files,
    /// By a file that is written anew after each change.
    Live {
        /// Where it is.
        path: String,
    },
    /// By a server that has it (CalDAV).
    Server {
        /// The server's address, as the learner gave it.
        address: String,
        /// The learner's name there.
        user: String,
        /// The calendar's address there.
        calendar: String,
    },
}

/// What a calendar would be told.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExportPreview {
    /// How many events are new, moved, removed.
    pub counts: Counts,
    /// The same in words.
    pub message: String,
    /// How many events each file would have; none where it is not told by files.
    pub files: Vec<usize>,
}

/// All calendars, as they are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Calendars {
    format: String,
    version: u32,
    /// How often the list was changed.
    generation: u64,
    calendars: Vec<Calendar>,
}

impl Sealed for Calendars {
    const WHAT: &'static str = ENVELOPE.what;

    fn text(&self) -> Result<String, InputError> {
        ENVELOPE.close(self)
    }

    fn read(text: &str) -> Result<Self, InputError> {
        ENVELOPE.open(text)
    }

    fn age(&self) -> u64 {
        self.generation
    }
}

impl Calendars {
    fn of(calendars: Vec<Calendar>) -> Self {
        Self {
            format: ENVELOPE.format.to_owned(),
            version: ENVELOPE.version,
            generation: 0,
            calendars,
        }
    }

    /// As they are kept, or as each learner has them from the start.
    fn find(storage: &Storage, now: DateTime<Utc>) -> Result<Self, InputError> {
        let found = storage
            .find_named::<Self>(CALENDARS, now)
            .map_err(|error| {
                InputError::new(
                    ErrorCode::NotRead,
                    "list of calendars",
                    CALENDARS,
                    error.to_string(),
                )
            })?;
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
            options: Options::default(),
        }
    }

    /// The name of the document that says what it was given.
    fn ledger(&self) -> String {
        format!("{}.ledger", self.id)
    }
}

/// Every calendar, in the order in which they were added.
///
/// # Errors
/// A list that cannot be read from the disk.
pub fn all(storage: &Storage, now: DateTime<Utc>) -> Result<Vec<Calendar>, InputError> {
    Ok(Calendars::find(storage, now)?.calendars)
}

/// The calendar of that id.
///
/// # Errors
/// There is none (any more), or the list cannot be read.
pub fn find(storage: &Storage, id: &str, now: DateTime<Utc>) -> Result<Calendar, InputError> {
    let mut all = all(storage, now)?.into_iter();
    all.find(|calendar| calendar.id == id)
        .ok_or_else(|| unknown(id))
}

/// Adds a calendar of that name, and gives it.
///
/// # Errors
/// A name that cannot be used, a file or server's calendar that is one of them already, too many calendars, or a disk that does not take it.
pub fn add(
    storage: &Storage,
    name: &str,
    (way, options): (Way, Options),
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
        // Two that write the same file or fill the same calendar would each take the other's doing for the learner's.
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

/// Refuses a name that no further calendar could have.
///
/// # Errors
/// Why, or a list that cannot be read.
pub fn check_name(storage: &Storage, name: &str, now: DateTime<Utc>) -> Result<(), InputError> {
    refuse_name(name.trim(), &all(storage, now)?)
}

/// The name, with a number behind it if another calendar has it.
///
/// # Errors
/// A list that cannot be read.
pub fn free_name(storage: &Storage, name: &str, now: DateTime<Utc>) -> Result<String, InputError> {
    let all = all(storage, now)?;
    let plain: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    let plain: String = plain.chars().take(LONGEST_NAME - 5).collect();
    let numbered = (2..).map(|number| format!("{plain} {number}"));
    let mut names = std::iter::once(plain.clone()).chain(numbered);
    let free = names.find(|name| !all.iter().any(|other| other.name == *name));
    Ok(free.unwrap_or(plain))
}

/// Has a calendar go by another name.
///
/// # Errors
/// As [`add`], or a calendar that there is not.
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

/// Keeps what a calendar is to hold, and gives the calendar.
///
/// # Errors
/// Options that cannot be used, a calendar that there is not, or a disk that does not take it.
pub fn keep_options(
    storage: &Storage,
    id: &str,
    options: Options,
    now: DateTime<Utc>,
) -> Result<Calendar, InputError> {
    options.check()?;
    change(storage, now, |calendars| {
        let calendar = the(calendars, id)?;
        calendar.options = options;
        Ok(calendar.clone())
    })
}

/// Forgets a calendar and what it was given. The calendar itself stays as it is, wherever it is.
///
/// # Errors
/// A calendar that there is not, or a disk that does not take it.
pub fn remove(storage: &Storage, id: &str, now: DateTime<Utc>) -> Result<Calendar, InputError> {
    let removed = find(storage, id, now)?;
    change(storage, now, |calendars| {
        calendars.retain(|calendar| calendar.id != id);
        Ok(())
    })?;
    ledgers::forget(storage, &removed, now)?;
    Ok(removed)
}

/// What a calendar would be told by what is known here. Nothing is written or sent.
///
/// # Errors
/// Options that cannot be used, or a ledger that cannot be read.
pub fn preview(
    storage: &Storage,
    plan: &Plan,
    calendar: &Calendar,
    kind: Kind,
    now: DateTime<Utc>,
) -> Result<ExportPreview, InputError> {
    let schedule = current(plan);
    let mut agenda = Agenda::new(plan, &schedule, &calendar.options)?;
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

/// Changes the list, and keeps it if it is another then. Where `change` refuses, nothing is changed.
fn change<T>(
    storage: &Storage,
    now: DateTime<Utc>,
    change: impl FnOnce(&mut Vec<Calendar>) -> Result<T, InputError>,
) -> Result<T, InputError> {
    let mut kept = Calendars::find(storage, now)?;
    let before = kept.calendars.clone();
    let given = change(&mut kept.calendars)?;
    if kept.calendars == before {
        return Ok(given);
    }
    kept.generation += 1;
    storage.save_named(CALENDARS, &kept).map_err(|error| {
        InputError::new(
            ErrorCode::NotSaved,
            "list of calendars",
            CALENDARS,
            error.to_string(),
        )
    })?;
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
