//! A calendar on a server (CalDAV, RFC 4791), kept equal to the plan, while a person may change it
//! too.
//!
//! First the server is heard: [`Collection::pull`] compares what it holds with what it was given.
//! What the learner moved there comes back as a pin, what they deleted as a question. Then
//! [`Collection::push`] says what to send, step by step, and each step is recorded when the server
//! has confirmed it. What was about to be sent is noted before: after a cut, the next pull tells by
//! that what was sent already from what the learner did. Nothing here talks to a server.

mod collection;
mod held;
mod moves;
mod pull;
mod push;
mod questions;
mod report;
mod stored;

pub use collection::{Collection, Fetched, Place};
pub use moves::{Moved, RejectedMove, pins};
pub use pull::Pull;
pub use push::{Push, PushStep};
pub use questions::{DeletedAnswer, DeletedSession};
pub use report::SyncReport;

#[cfg(test)]
mod tests;
