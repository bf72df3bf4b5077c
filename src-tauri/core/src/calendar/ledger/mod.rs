//! The record of the events a calendar was given, so that the next file leaves neither duplicates
//! nor orphaned events in it.
//!
//! A UID identifies an event by plan, subject, number and generation. It stays the same for as long
//! as the event exists, and each change raises SEQUENCE. When the event is removed, a tombstone
//! cancels it and its UID is never used again: if the event returns, it gets the next generation
//! (RFC 5546, 2.1.4 and 3.2.5). Events that have begun are history and are never cancelled.
//!
//! ```
//! # use chrono::{TimeZone, Utc};
//! # use waymark_core::calendar::export::{CalendarContents, ExportOptions};
//! # use waymark_core::calendar::{files::files, ledger::{ExportKind, Ledger}};
//! # use waymark_core::plan::{Change, Plan, change::SetHours};
//! # use waymark_core::{roadmap::Roadmap, schedule::schedule, zone::Zone};
//! # fn main() -> Result<(), waymark_core::input_error::InputError> {
//! # let now = Utc.timestamp_opt(1_798_000_000, 0).single().unwrap_or_default();
//! # let start = "2027-01-04".parse().unwrap_or_default();
//! # let zone = Zone::bundled("Europe/Berlin").unwrap_or(Zone::utc());
//! let plan = Plan::new("my-plan", Roadmap::embedded()?, start, zone, now)?;
//! let slower = plan.apply(&Change::Hours(SetHours { value: "5".into() }))?;
//! let (options, begin) = (ExportOptions::default(), plan.start_instant());
//! let contents = CalendarContents::new(&plan, &schedule(&plan, begin), &options)?;
//! let first = Ledger::new(plan.id()).export(&contents, ExportKind::Full, now)?;
//!
//! // Less time: most sessions move. A file with the changes says no more than that.
//! let contents = CalendarContents::new(&slower, &schedule(&slower, begin), &options)?;
//! let second = first.ledger.export(&contents, ExportKind::Changes, now)?;
//! assert_eq!(second.counts.unchanged + second.due.len(), contents.events.len());
//! let texts = files(&contents, &second);
//! // Once the files are written, `second.ledger` is what the calendar was given.
//! # assert!(!texts.is_empty());
//! # Ok(())
//! # }
//! ```

mod confirmed;
mod counts;
mod export;
mod matching;
mod record;
mod stored;

pub use counts::{ExportCounts, ExportKind};
pub use export::{Export, PendingWrite};
pub use record::Ledger;
pub(in crate::calendar) use record::LedgerEntry;

#[cfg(test)]
mod tests;
