//! The state of a calendar on a server, as confirmed by the server.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::states::KnownState;
use crate::calendar::event::{EventKey, When, push_uid};
use crate::calendar::ledger::Ledger;
use crate::input_error::{ErrorCode, InputError};

/// The events of one plan on a server's calendar, as confirmed by the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    pub(super) ledger: Ledger,
    /// Its address, once it is known.
    pub(super) calendar: Option<String>,
    /// The place of each event, by its UID.
    pub(super) places: BTreeMap<String, Place>,
    /// Writes that were about to be sent: an event, or `None` for a removal.
    pub(super) intended: BTreeMap<String, Option<Intent>>,
    /// Sessions that the learner deleted there.
    pub(super) excluded: Vec<Excluded>,
    /// Events of the plan that the server should not have. Each pull finds them again.
    pub(super) orphans: BTreeSet<String>,
    /// The state of the calendar up to which everything is known.
    pub(super) known: Option<KnownState>,
    /// The marks of events that the server doesn't keep, by their UIDs.
    pub(super) marks: BTreeMap<String, String>,
}

/// An event's address on the server, and its state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The path of its resource.
    pub href: String,
    /// The entity tag of its state. Empty if the server gave none.
    pub etag: String,
}

/// A resource fetched from the server.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// Its address and state.
    pub place: Place,
    /// Its text. `None` if it could not be fetched.
    pub text: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Intent {
    pub when: When,
    pub text: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Excluded {
    pub key: EventKey,
    pub when: When,
    pub is_settled: bool,
}

impl Collection {
    /// The collection of a calendar that has no events yet.
    pub fn new(plan: impl Into<String>) -> Self {
        Self {
            ledger: Ledger::new(plan),
            calendar: None,
            places: BTreeMap::new(),
            intended: BTreeMap::new(),
            excluded: Vec::new(),
            orphans: BTreeSet::new(),
            known: None,
            marks: BTreeMap::new(),
        }
    }

    /// The same for a calendar whose events begin at a later generation, so that their UIDs are its
    /// own.
    pub fn starting_at(mut self, generation: u32) -> Self {
        self.ledger = self.ledger.starting_at(generation);
        self
    }

    /// The calendar's ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The address of the calendar, once it is known.
    pub fn calendar(&self) -> Option<&str> {
        self.calendar.as_deref()
    }

    /// Ties the collection to the calendar at this address.
    ///
    /// # Errors
    /// If it already belongs to another calendar, because its records do not apply to this one.
    pub fn settle_at(&mut self, address: &str) -> Result<(), InputError> {
        match &self.calendar {
            Some(known) if known != address => Err(InputError::new(
                ErrorCode::LedgerOfAnotherCalendar,
                "calendar",
                address,
                "give each calendar a ledger of its own",
            )
            .because(format!("isn't the ledger's calendar, {known}"))),
            _ => {
                self.calendar = Some(address.to_owned());
                Ok(())
            }
        }
    }

    /// The listed resources to fetch: those that changed. If one of our events is missing or
    /// `is_thorough` is set, also those that may be ours.
    pub fn to_fetch(&self, listed: &[Place], is_thorough: bool) -> Vec<String> {
        let known: HashMap<&str, &str> = self
            .places
            .values()
            .map(|place| (place.href.as_str(), place.etag.as_str()))
            .collect();
        let there: HashSet<&str> = listed.iter().map(|place| place.href.as_str()).collect();
        let is_missing = known.keys().any(|href| !there.contains(href));
        let is_all = is_thorough || is_missing || self.places.is_empty();
        let plan = self.ledger.plan();
        let is_due = |place: &&Place| match known.get(place.href.as_str()) {
            Some(etag) => etag.is_empty() || *etag != place.etag,
            None => is_all || place.href.contains(plan),
        };
        let due = listed.iter().filter(is_due);
        due.map(|place| place.href.clone()).collect()
    }

    pub(super) fn uid(&self, key: &EventKey, ordinal: u32, generation: u32) -> String {
        let mut uid = String::new();
        push_uid(&mut uid, self.ledger.plan(), key, ordinal, generation);
        uid
    }
}
