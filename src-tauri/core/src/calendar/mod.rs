//! The plan in other calendars, and other calendars in the plan.
//!
//! The modules build on one another in this order:
//! - [`event`]: what identifies an event, its time and its revision.
//! - [`export`]: [`export::CalendarContents`], the events that a calendar should have.
//! - [`ledger`]: the events that a calendar was given, and so what to write next.
//! - [`files`]: the iCalendar files (RFC 5545).
//! - [`sync`]: the same for a calendar on a server, where a person may change it too.
//! - [`rhythm`]: when such a calendar is due, if it syncs automatically.
//!
//! [`busy`] reads when the learner is busy. Text of other programs is parsed in one place, `ical`.
//! docs/calendar.md explains the decisions.

pub mod busy;
pub mod event;
pub mod export;
pub mod files;
pub mod ledger;
pub mod rhythm;
pub mod sync;

mod digits;
mod ical;
mod zone;
