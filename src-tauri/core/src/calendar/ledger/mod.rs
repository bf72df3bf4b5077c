//! What a calendar was given, so that the next file leaves it neither a duplicate nor a ghost.
//!
//! An event is known by its UID: plan, subject, number and generation. While it stays, the UID
//! stays, and each change raises SEQUENCE; when it goes, it is cancelled by a tombstone, and its
//! UID is never used again: should it come back, it comes in the next generation (RFC 5546, 2.1.4
//! and 3.2.5). What has begun is history, and is never cancelled.
//!
//! ```
//! # use chrono::{TimeZone, Utc};
//! # use waymark_core::{calendar::{export::{CalendarContents, ExportOptions}, files::files, ledger::{ExportKind, Ledger}}, plan::{Change, Plan, change::SetHours}, roadmap::Roadmap, schedule::schedule, zone::Zone};
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
mod record;
mod stored;

pub use counts::{ExportCounts, ExportKind};
pub use export::{Export, PendingWrite};
pub use record::Ledger;
pub(in crate::calendar) use record::LedgerEntry;

#[cfg(test)]
mod tests;
