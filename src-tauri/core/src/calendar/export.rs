//! A schedule as iCalendar files (RFC 5545), for Google Calendar, Apple Calendar, Outlook and the rest.
//!
//! Instants are written in UTC: exact, and read alike by every calendar without a VTIMEZONE. The learner may ask for
//! times on their own clock; the zone's rules are then in the file. DTSTAMP and LAST-MODIFIED are those of an event's last
//! change and not of the export, so that an unchanged event is the same text each time.

mod agenda;
mod event;
mod files;
mod options;
mod pattern;
mod sittings;
mod text;
mod uid;
mod when;

pub use agenda::{Agenda, Key, Matter, Subject, Wanted};
pub(in crate::calendar) use event::Writer;
pub(in crate::calendar) use files::resource;
pub use files::{File, file_stem, files, live_file};
pub use options::{Options, Times};
pub(in crate::calendar) use uid::{push_uid, read_uid};
pub use when::{Present, When};

use crate::calendar::ledger::{Kind, Ledger};
use crate::input_error::InputError;
use crate::plan::Plan;
use crate::schedule::Schedule;

/// The schedule as the text of one .ics file, for a calendar that knows nothing of it: one event per session, with a reminder ten minutes before.
///
/// # Errors
/// None that the default options could give.
pub fn calendar(plan: &Plan, schedule: &Schedule) -> Result<String, InputError> {
    let agenda = Agenda::new(plan, schedule, &Options::default())?;
    // Dated by the plan itself: the same plan is the same file.
    let export = Ledger::new(plan.id()).export(&agenda, Kind::Full, plan.created())?;
    Ok(files::whole(&agenda, &export))
}

#[cfg(test)]
mod tests;
