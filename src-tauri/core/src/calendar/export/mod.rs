//! A schedule as the events of a calendar (RFC 5545).
//!
//! Times are written in UTC: exact, and read alike by every calendar without a VTIMEZONE. The
//! learner may choose times on their own clock; the zone's rules are then in the file. DTSTAMP and
//! LAST-MODIFIED are those of an event's last change, not of the export, so that an unchanged event
//! has the same text each time.

mod build;
mod contents;
mod horizon;
mod options;
mod pattern;
mod scope;
mod sessions;
mod text;
mod writer;

pub(in crate::calendar) use build::colour;
pub(in crate::calendar) use contents::SubjectName;
pub use contents::{CalendarContents, PlannedEvent, Subject};
pub(in crate::calendar) use horizon::Horizon;
pub use options::{ExportOptions, ExportTimes};
pub(in crate::calendar) use sessions::session_spans;
pub(in crate::calendar) use text::{Folded, text};
pub(in crate::calendar) use writer::{EventParts, Writer, mix, reminder_trigger};

#[cfg(test)]
pub(in crate::calendar) use {pattern::PatternPart, writer::EventText};
