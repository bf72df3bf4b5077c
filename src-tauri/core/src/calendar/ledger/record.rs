//! The events that a calendar has, and those that were cancelled.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::calendar::event::{EventKey, Revision, Tombstone, When};

/// The events of one plan that were exported to one calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    pub(super) plan: String,
    /// How many exports it was given: of two copies, the higher one is the newer.
    pub(super) exports: u64,
    /// The generation of what it is given for the first time.
    pub(super) generation: u32,
    /// The events that it has, by subject, in order of their numbers.
    pub(super) given: BTreeMap<EventKey, Vec<LedgerEntry>>,
    /// The events that it was told are cancelled.
    pub(super) tombstones: Vec<Tombstone>,
}

/// An event that the calendar has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::calendar) struct LedgerEntry {
    pub ordinal: u32,
    pub revision: Revision,
    pub when: When,
    /// Stands for what it says, see [`CalendarContents::digest`].
    pub text: u64,
}

impl Ledger {
    /// Of a calendar that was given nothing yet.
    pub fn new(plan: impl Into<String>) -> Self {
        Self {
            plan: plan.into(),
            exports: 0,
            generation: 0,
            given: BTreeMap::new(),
            tombstones: Vec::new(),
        }
    }

    /// Of a new calendar, where the ledger of the former one was lost: its generation is the number
    /// of the day, which is far more than the former ones can have been.
    pub fn after_loss(plan: impl Into<String>, now: DateTime<Utc>) -> Self {
        let day = now.timestamp() / 86_400;
        Self {
            generation: u32::try_from(day).unwrap_or(0),
            ..Self::new(plan)
        }
    }

    /// How many events the calendar has, as far as it did what it was told.
    pub fn len(&self) -> usize {
        self.given.values().map(Vec::len).sum()
    }

    /// The id of the plan.
    pub fn plan(&self) -> &str {
        &self.plan
    }

    /// How many exports the calendar was given: of two copies of a ledger, the one with more is the
    /// newer.
    pub fn exports(&self) -> u64 {
        self.exports
    }

    /// Whether the calendar was given nothing.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.tombstones.is_empty()
    }

    /// Of an empty calendar that takes this one's place: none of its UIDs was ever used.
    pub(super) fn renewed(&self) -> Self {
        let given = self.given.values().flatten().map(|entry| entry.revision);
        let gone = self.tombstones.iter().map(|tombstone| tombstone.revision);
        let used = given.chain(gone).map(|revision| revision.generation).max();
        Self {
            exports: self.exports,
            generation: used.map_or(self.generation, |used| used.max(self.generation) + 1),
            ..Self::new(self.plan.as_str())
        }
    }
}
