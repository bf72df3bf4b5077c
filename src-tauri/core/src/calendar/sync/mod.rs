//! Keeps a calendar on a server (CalDAV, RFC 4791) in line with the plan, while a person may change
//! it too.
//!
//! A sync reads the server first: [`Collection::pull`] compares the calendar's events with those it
//! was given. Sessions the learner moved there come back as pins, and deleted sessions as
//! questions. [`Collection::push`] then lists the steps to send, and each step is recorded once the
//! server has confirmed it. The intended writes are stored beforehand: after an interruption, the
//! next pull uses them to tell Waymark's own writes from the learner's changes. A changed event is
//! written into the text that the server holds ([`PushStep::merged`]), so that everything a person
//! added to it stays. Nothing in this module connects to a server.

mod adoption;
mod collection;
mod held;
mod known;
mod merge;
mod moves;
mod pull;
mod push;
mod questions;
mod recovered;
mod report;
mod states;
mod stored;

pub use collection::{Collection, Fetched, Place};
pub use merge::{Merged, PlainText, plain};
pub use moves::{Moved, RejectedMove, pins};
pub use pull::Pull;
pub use push::{Push, PushStep};
pub use questions::{DeletedAnswer, DeletedSession};
pub use report::SyncReport;
pub use states::{Delta, KnownState, SyncMark};

#[cfg(test)]
mod tests;
