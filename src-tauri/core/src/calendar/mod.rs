//! The plan in other calendars, and other calendars in the plan.
//!
//! An [`export::Agenda`] is what a calendar should hold. The [`ledger`] remembers what it was given, and so
//! knows what the next file has to say. [`export::files`] writes it (RFC 5545);
//! [`sync`] says what to do on a server. docs/calendar.md tells why.
//! [`busy`] reads when something else is on. What other programs write is read in one place, `ical`.

pub mod busy;
pub mod export;

pub mod ledger;

pub mod sync;

mod ical;

mod zone;
