//! The plan in other calendars.
//!
//! An [`export::Agenda`] is what a calendar should hold. The [`ledger`] remembers what it was given, and so
//! knows what the next file has to say. [`export::files`] writes it (RFC 5545);
//! [`sync`] says what to do on a server. docs/calendar.md tells why.

pub mod export;

pub mod ledger;

pub mod sync;

mod zone;
