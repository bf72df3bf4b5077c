//! What became of each event since the calendar was given it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::held::Held;
use super::{Collection, Moved, Place, Pull, Withheld};
use crate::calendar::export::{Agenda, Key, Matter, Present};
use crate::calendar::ledger::{Entry, Revision, Tombstone};

/// A calendar of so many events ahead that has none of them any more was emptied, or is not the one it was.
const FEWEST_EMPTIED: usize = 5;

/// A pull in the making.
pub(super) struct Hearing<'a> {
    agenda: &'a Agenda<'a>,
    present: Present,
    before: &'a Collection,
    /// The events that the server has, by their UIDs.
    there: HashSet<String>,
    pub pull: Pull,
}

impl<'a> Hearing<'a> {
    pub fn new(
        before: &'a Collection,
        agenda: &'a Agenda<'a>,
        listed: &[Place],
        now: DateTime<Utc>,
    ) -> Self {
        let listed: HashSet<&str> = listed.iter().map(|place| place.href.as_str()).collect();
        let known = before.places.iter();
        let there = known.filter(|(_, place)| listed.contains(place.href.as_str()));
        let there: HashSet<String> = there.map(|(uid, _)| uid.clone()).collect();
        let mut collection = before.clone();
        collection.places.retain(|uid, _| there.contains(uid));
        collection.intended.clear();
        collection.strays.clear();
        Self {
            agenda,
            present: agenda.present(now),
            before,
            there,
            pull: Pull {
                collection,
                moved: Vec::new(),
                deleted: 0,
                edited: 0,
                put_back: 0,
                odd: Vec::new(),
                is_emptied: false,
            },
        }
    }

    fn place(&mut self, uid: &str, place: &Place) {
        self.there.insert(uid.to_owned());
        let places = &mut self.pull.collection.places;
        places.insert(uid.to_owned(), place.clone());
    }

    /// It stays as it is: neither moved nor deleted.
    pub fn leave(&mut self, uid: String, why: String, place: &Place) {
        self.place(&uid, place);
        self.pull.odd.push((uid, why));
    }

    /// What became of an event that the server has.
    pub fn hear(&mut self, held: Held, place: &Place) {
        if held.is_cancelled {
            // Crossed out is as good as deleted.
            self.there.remove(&held.uid);
            self.pull.collection.places.remove(&held.uid);
            return;
        }
        self.place(&held.uid, place);
        let ledger = &mut self.pull.collection.ledger;
        let intent = self.before.intended.get(&held.uid).copied().flatten();
        let intent = intent.filter(|intent| intent.when == held.when);
        let mut entry = match ledger.entry(&held.key, held.ordinal) {
            Some(entry) if entry.revision.generation == held.generation => *entry,
            Some(entry) if entry.revision.generation > held.generation => {
                self.stray(held);
                return;
            }
            _ if ledger.is_buried(&held.key, held.ordinal, held.generation) => {
                self.stray(held);
                return;
            }
            // The server has it, the ledger does not: one that was sent before a cut, or the ledger is a new one.
            _ => Entry {
                ordinal: held.ordinal,
                revision: Revision {
                    generation: held.generation,
                    ..Revision::default()
                },
                when: held.when,
                text: 0,
            },
        };
        let is_known = self.before.places.contains_key(&held.uid);
        entry.revision.sequence = entry.revision.sequence.max(held.sequence);
        if let Some(intent) = intent {
            entry.text = intent.text;
        } else if entry.when == held.when {
            self.pull.edited += usize::from(is_known);
        } else if held.key.about == Matter::Session {
            self.pull.moved.push(Moved {
                item: held.key.id.clone(),
                title: self.agenda.name(&held.key).0,
                from: entry.when,
                to: held.when,
            });
        } else {
            self.pull.put_back += 1;
        }
        entry.when = held.when;
        ledger.hold(&held.key, entry);
    }

    /// What is of the plan and should not be there goes, unless it is history.
    fn stray(&mut self, held: Held) {
        if !held.when.is_past(self.present) {
            self.pull.collection.strays.insert(held.uid);
        }
    }

    /// What became of the events that the server has no more.
    pub fn miss(&mut self) {
        let collection = &self.pull.collection;
        let uid = |key: &Key, entry: &Entry| {
            collection.uid(key, entry.ordinal, entry.revision.generation)
        };
        let is_there = |key: &Key, entry: &Entry| self.there.contains(&uid(key, entry));
        let (mut ahead, mut missed) = (0_usize, Vec::new());
        for (key, entry) in collection.ledger.entries() {
            let is_missing = !is_there(key, entry);
            ahead += usize::from(!entry.when.is_past(self.present));
            if is_missing {
                missed.push((key.clone(), *entry, uid(key, entry)));
            }
        }
        for (key, entry, uid) in missed {
            let is_past = entry.when.is_past(self.present);
            // What we were about to remove was not deleted by the learner.
            let is_ours = self.before.intended.get(&uid) == Some(&None);
            if !is_ours {
                // What was deleted of the past is not given again either, and needs no answer.
                self.pull.collection.withheld.push(Withheld {
                    key: key.clone(),
                    when: entry.when,
                    is_settled: is_past,
                });
                self.pull.deleted += usize::from(!is_past);
            }
            let (title, phase) = self.agenda.name(&key);
            self.pull.collection.ledger.bury(Tombstone {
                key,
                ordinal: entry.ordinal,
                revision: entry.revision,
                when: entry.when,
                title,
                phase,
            });
        }
        self.pull.is_emptied = ahead >= FEWEST_EMPTIED && self.pull.deleted == ahead;
    }
}
