//! Changes to each event on the server since it was exported.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::collection::{Collection, Excluded, Fetched, Place};
use super::held::{self, HeldEvent, Reading};
use super::moves::Moved;
use crate::calendar::event::{EventKey, EventKind, Now, Revision, Tombstone, read_uid};
use crate::calendar::export::{CalendarContents, SubjectName};
use crate::calendar::ledger::LedgerEntry;

/// If a calendar with at least this many future events has lost all of them, it was emptied or is a
/// different calendar.
const FEWEST_EMPTIED: usize = 5;

/// The changes received from the server.
#[derive(Debug)]
pub struct Pull {
    /// The collection as the server has it now.
    pub collection: Collection,
    /// Sessions that the learner moved there.
    pub moved: Vec<Moved>,
    /// The number of future events that are gone there, though the plan has them.
    pub deleted: usize,
    /// Events whose text was changed there, but not their time. They stay that way until the plan
    /// changes them.
    pub edited: usize,
    /// All-day events that were moved there. They follow the plan.
    pub put_back: usize,
    /// Events that cannot be used, as UID and reason. They stay as they are until the plan changes
    /// them.
    pub odd: Vec<(String, String)>,
    /// Whether all future events are gone: the calendar was emptied, rather than sessions deleted.
    pub is_emptied: bool,
}

impl Collection {
    /// The changes in the calendar since the last sync.
    ///
    /// `listed` is everything in the calendar, and `fetched` the texts of [`Collection::to_fetch`].
    /// `contents` are those of the plan before the sync.
    pub fn pull(
        &self,
        contents: &CalendarContents,
        listed: &[Place],
        fetched: &[Fetched],
        now: DateTime<Utc>,
    ) -> Pull {
        let mut hearing = Pulling::new(self, contents, listed, now);
        let mut ours = Vec::new();
        for resource in fetched {
            let reading = match &resource.text {
                Some(text) => held::read(text, contents.plan),
                None => Reading::Foreign,
            };
            match reading {
                Reading::Ours(held) => ours.push((held, &resource.place)),
                Reading::Odd { uid, why } => hearing.leave(uid, why, &resource.place),
                Reading::Foreign if resource.text.is_some() => hearing.lose(&resource.place.href),
                Reading::Foreign => {}
            }
        }
        // The newest generation of an event is the one that counts.
        ours.sort_by_key(|(held, _)| held.id.generation);
        for (held, place) in ours {
            hearing.apply_remote(held, place);
        }
        hearing.detect_deletions();
        hearing.pull
    }
}

/// A pull in progress.
struct Pulling<'a> {
    contents: &'a CalendarContents<'a>,
    present: Now,
    now: DateTime<Utc>,
    before: &'a Collection,
    /// The events that the server has, by their UIDs.
    there: HashSet<String>,
    pub pull: Pull,
}

impl<'a> Pulling<'a> {
    fn new(
        before: &'a Collection,
        contents: &'a CalendarContents<'a>,
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
        collection.orphans.clear();
        Self {
            contents,
            present: contents.at(now),
            now,
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

    /// Leaves an event as it is: it counts as neither moved nor deleted.
    pub fn leave(&mut self, uid: String, why: String, place: &Place) {
        let is_news = !self.is_unchanged(&uid, place);
        self.place(&uid, place);
        let ledger = &mut self.pull.collection.ledger;
        if is_news && let Some(id) = read_uid(ledger.plan(), &uid) {
            ledger.mark_personal(&id);
        }
        if is_news {
            self.pull.odd.push((uid, why));
        }
    }

    /// Notes that a resource has no event of the plan any more.
    fn lose(&mut self, href: &str) {
        let places = &mut self.pull.collection.places;
        let lost = places.extract_if(.., |_, place| place.href == href);
        for (uid, _) in lost {
            self.there.remove(&uid);
        }
    }

    /// Whether the event is in its last known state. (If a server names no states, all events are
    /// fetched each time.)
    fn is_unchanged(&self, uid: &str, place: &Place) -> bool {
        !place.etag.is_empty() && self.before.places.get(uid) == Some(place)
    }

    /// Applies the changes of an event on the server.
    pub fn apply_remote(&mut self, held: HeldEvent, place: &Place) {
        if held.is_cancelled {
            // A cancelled event counts as deleted.
            self.there.remove(&held.uid);
            self.pull.collection.places.remove(&held.uid);
            return;
        }
        let is_known = self.before.places.contains_key(&held.uid);
        let is_unchanged = self.is_unchanged(&held.uid, place);
        let is_edited = is_known && !is_unchanged;
        self.place(&held.uid, place);
        let ledger = &mut self.pull.collection.ledger;
        let intent = self.before.intended.get(&held.uid).copied().flatten();
        let intent = intent.filter(|intent| intent.when == held.when);
        let mut entry = match ledger.entry(&held.id.key, held.id.ordinal) {
            Some(entry) if entry.revision.generation == held.id.generation => *entry,
            Some(entry) if entry.revision.generation > held.id.generation => {
                self.mark_orphan(held);
                return;
            }
            _ if ledger.is_cancelled(&held.id.key, held.id.ordinal, held.id.generation) => {
                self.mark_orphan(held);
                return;
            }
            // The server has the event but the ledger does not: it was sent before an interruption,
            // or the ledger is a new one.
            _ => {
                if self.before.ledger.is_empty() && intent.is_none() {
                    ledger.succeed(held.id.generation, self.now);
                }
                LedgerEntry {
                    ordinal: held.id.ordinal,
                    revision: Revision {
                        generation: held.id.generation,
                        ..Revision::default()
                    },
                    when: held.when,
                    text: 0,
                    is_personal: false,
                }
            }
        };
        entry.revision.sequence = entry.revision.sequence.max(held.sequence);
        // A state that Waymark did not write is a person's.
        entry.is_personal |= intent.is_none() && !is_unchanged;
        if let Some(intent) = intent {
            entry.text = intent.text;
        } else if entry.when == held.when {
            self.pull.edited += usize::from(is_edited);
        } else if held.id.key.kind == EventKind::Session {
            self.pull.moved.push(Moved {
                item: held.id.key.id.to_string(),
                title: self.contents.name(&held.id.key).title.to_string(),
                from: entry.when,
                to: held.when,
            });
        } else {
            self.pull.put_back += 1;
        }
        entry.when = held.when;
        ledger.hold(&held.id.key, entry);
    }

    /// Marks an event of the plan that should not be there for removal, unless it is history.
    fn mark_orphan(&mut self, held: HeldEvent) {
        if !held.when.is_past(self.present) {
            self.pull.collection.orphans.insert(held.uid);
        }
    }

    /// Finds the events that the server no longer has.
    pub fn detect_deletions(&mut self) {
        let collection = &self.pull.collection;
        let uid = |key: &EventKey, entry: &LedgerEntry| {
            collection.uid(key, entry.ordinal, entry.revision.generation)
        };
        let is_there = |key: &EventKey, entry: &LedgerEntry| self.there.contains(&uid(key, entry));
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
            // An event that Waymark was about to remove was not deleted by the learner.
            let is_ours = self.before.intended.get(&uid) == Some(&None);
            if !is_ours {
                // A deleted past event is not exported again either, and needs no answer.
                self.pull.collection.excluded.push(Excluded {
                    key: key.clone(),
                    when: entry.when,
                    is_settled: is_past,
                });
                self.pull.deleted += usize::from(!is_past);
            }
            let SubjectName { title, phase } = self.contents.name(&key);
            self.pull.collection.ledger.tombstone(Tombstone {
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
