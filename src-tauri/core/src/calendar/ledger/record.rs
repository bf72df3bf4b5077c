//! The events that a calendar has, and the ones that were cancelled.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::calendar::event::{EventKey, Revision, Tombstone, When};

/// The events of one plan that were exported to one calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    pub(super) plan: String,
    /// The number of exports so far: of two copies, the one with the higher number is newer.
    pub(super) exports: u64,
    /// The generation of events that are exported for the first time.
    pub(super) generation: u32,
    /// The events that the calendar has, by subject, in order of their numbers.
    pub(super) given: BTreeMap<EventKey, Vec<LedgerEntry>>,
    /// The events that were cancelled in the calendar.
    pub(super) tombstones: Vec<Tombstone>,
    /// Whether it replaces one that was lost, so that nobody knows what the calendar has.
    pub(super) is_lost: bool,
    /// Whether nobody hears what a person does in the calendar, so that any event may be theirs.
    pub(super) is_unheard: bool,
}

/// An event that the calendar has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::calendar) struct LedgerEntry {
    pub ordinal: u32,
    pub revision: Revision,
    pub when: When,
    /// A digest of the event's text, see [`CalendarContents::digest`].
    pub text: u64,
    /// Whether a person moved it or wrote into it.
    pub is_personal: bool,
}

impl Ledger {
    /// The ledger of a calendar that has no events yet.
    pub fn new(plan: impl Into<String>) -> Self {
        Self {
            plan: plan.into(),
            exports: 0,
            generation: 0,
            given: BTreeMap::new(),
            tombstones: Vec::new(),
            is_lost: false,
            is_unheard: false,
        }
    }

    /// The same ledger, of a calendar that may still have the events of a lost one. It can only be
    /// exported from for an empty calendar, or be replaced by what the calendar's own file has.
    pub fn unknown(self) -> Self {
        Self {
            is_lost: true,
            ..self
        }
    }

    /// The same ledger, of a calendar from which nothing is heard: whatever a person did there,
    /// none of its events is removed for lying too far ahead.
    pub fn unheard(self) -> Self {
        Self {
            is_unheard: true,
            ..self
        }
    }

    /// The same ledger of a version that did not record what a person did: any event may be theirs.
    pub(in crate::calendar) fn all_personal(mut self) -> Self {
        for entry in self.given.values_mut().flatten() {
            entry.is_personal = true;
        }
        self
    }

    /// The same ledger as the one that is saved after `former`, none of whose UIDs it uses for new
    /// events.
    pub fn following(self, former: &Self) -> Self {
        Self {
            exports: former.exports.saturating_add(1),
            generation: self.generation.max(former.generation),
            ..self
        }
    }

    /// Whether nobody knows what the calendar has.
    pub fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// The ledger of a new calendar that replaces one whose ledger was lost. Its generation is
    /// today's day number, far higher than any generation the lost ledger can have reached.
    pub fn after_loss(plan: impl Into<String>, now: DateTime<Utc>) -> Self {
        let day = now.timestamp() / 86_400;
        Self {
            generation: u32::try_from(day).unwrap_or(0),
            ..Self::new(plan)
        }
    }

    /// The same ledger, whose new events begin this many generations later. Another calendar of the
    /// plan thus has UIDs of its own.
    pub fn starting_at(mut self, generation: u32) -> Self {
        self.generation = self.generation.saturating_add(generation);
        self
    }

    /// Records that the calendar has an event of an earlier ledger, which was lost: new events get
    /// a generation that was never used.
    pub(in crate::calendar) fn succeed(&mut self, generation: u32, now: DateTime<Utc>) {
        let unused = Self::after_loss(self.plan.as_str(), now).generation;
        let next = generation.saturating_add(1).max(unused);
        self.generation = self.generation.max(next);
    }

    /// The number of events in the calendar, provided it applied every export.
    pub fn len(&self) -> usize {
        self.given.values().map(Vec::len).sum()
    }

    /// The id of the plan.
    pub fn plan(&self) -> &str {
        &self.plan
    }

    /// The number of exports to the calendar. Of two copies of a ledger, the one with more exports
    /// is newer.
    pub fn exports(&self) -> u64 {
        self.exports
    }

    /// Whether the calendar was given no events.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.tombstones.is_empty()
    }

    /// The ledger of an empty calendar that replaces this one: none of its UIDs was ever used.
    pub(super) fn renewed(&self) -> Self {
        let given = self.given.values().flatten().map(|entry| entry.revision);
        let gone = self.tombstones.iter().map(|tombstone| tombstone.revision);
        let used = given.chain(gone).map(|revision| revision.generation).max();
        Self {
            exports: self.exports,
            generation: used.map_or(self.generation, |used| used.max(self.generation) + 1),
            is_unheard: self.is_unheard,
            ..Self::new(self.plan.as_str())
        }
    }
}
