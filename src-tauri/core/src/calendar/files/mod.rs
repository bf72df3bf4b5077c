//! An export as iCalendar files (RFC 5545) for Google Calendar, Apple Calendar, Outlook and others.
//!
//! Import files are split so that every calendar accepts them; a live file and a server's resources
//! contain only what is current.

mod builder;
mod counts;
mod file;
mod write;

pub use builder::is_ours;
pub use counts::EventCounts;
pub use file::{IcsFile, file_stem};
pub(in crate::calendar) use write::resource;
pub use write::{calendar, files, live_file};

#[cfg(test)]
mod tests;
