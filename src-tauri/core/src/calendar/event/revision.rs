//! Versions of an event, and events that were cancelled.

use std::sync::Arc;

use super::key::EventKey;
use super::when::When;

/// A version of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Revision {
    /// Part of the UID: raised when an event is created again after it was cancelled.
    pub generation: u32,
    /// SEQUENCE: the number of changes.
    pub sequence: u32,
    /// The time of the last change, in seconds since 1970.
    pub modified: i64,
}

/// An event that was cancelled.
#[derive(Debug, Clone, PartialEq)]
pub struct Tombstone {
    /// Its subject.
    pub key: EventKey,
    /// Its number among the events of the subject.
    pub ordinal: u32,
    /// The revision that cancels it.
    pub revision: Revision,
    /// Its last time before it was cancelled.
    pub when: When,
    /// The title of its subject when it was cancelled.
    pub title: Arc<str>,
    /// The id of its phase, if it had one.
    pub phase: Option<Arc<str>>,
}

impl Revision {
    /// The revision after a change at `now` (seconds since 1970).
    ///
    /// A clock that was set back must not make the newer revision look older.
    pub(in crate::calendar) fn next(self, now: i64) -> Self {
        Self {
            sequence: self.sequence.saturating_add(1),
            modified: self.modified.max(now),
            ..self
        }
    }
}
