//! When the learner is busy, from an iCalendar file (RFC 5545) of any calendar program.
//!
//! [`super::ical`] parses the file. Here the events of one UID become occurrences ([`series`]), and
//! only those in the planning range are expanded. The [`BusyReport`] lists every event: used,
//! skipped, or not understood and why.

mod import;
mod own;
mod read;
mod report;
mod series;

pub use super::ical::limits::Limits;
pub use import::{Import, import};
pub use read::{read, read_for};
pub use report::{BusyReport, EventOutcome, EventReport, Occurrence};
