//! Ledgers of calendars that confirm each event, updated one event at a time.

use super::record::{Ledger, LedgerEntry};
use crate::calendar::event::{EventId, EventKey, Tombstone};

impl Ledger {
    pub(in crate::calendar) fn entries(&self) -> impl Iterator<Item = (&EventKey, &LedgerEntry)> {
        let given = self.given.iter();
        given.flat_map(|(key, entries)| entries.iter().map(move |entry| (key, entry)))
    }

    pub(in crate::calendar) fn entry(&self, key: &EventKey, ordinal: u32) -> Option<&LedgerEntry> {
        let entries = self.given.get(key)?;
        let at = entries.binary_search_by_key(&ordinal, |entry| entry.ordinal);
        entries.get(at.ok()?)
    }

    /// Records that the calendar has this event, replacing any other with the same number.
    pub(in crate::calendar) fn hold(&mut self, key: &EventKey, entry: LedgerEntry) {
        let entries = self.given.entry(key.clone()).or_default();
        match entries.binary_search_by_key(&entry.ordinal, |entry| entry.ordinal) {
            Ok(at) => entries[at] = entry,
            Err(at) => entries.insert(at, entry),
        }
    }

    /// Records that a person has to do with an event.
    pub(in crate::calendar) fn mark_personal(&mut self, id: &EventId) {
        let entries = self.given.get_mut(&id.key);
        let is_it = |entry: &&mut LedgerEntry| {
            (entry.ordinal, entry.revision.generation) == (id.ordinal, id.generation)
        };
        if let Some(entry) = entries.and_then(|entries| entries.iter_mut().find(is_it)) {
            entry.is_personal = true;
        }
    }

    /// Records that the calendar no longer has the event. Its UID is never used again.
    pub(in crate::calendar) fn tombstone(&mut self, tombstone: Tombstone) {
        if let Some(entries) = self.given.get_mut(&tombstone.key) {
            let is_its = |entry: &LedgerEntry| {
                entry.ordinal == tombstone.ordinal
                    && entry.revision.generation == tombstone.revision.generation
            };
            entries.retain(|entry| !is_its(entry));
            if entries.is_empty() {
                self.given.remove(&tombstone.key);
            }
        }
        self.tombstones.push(tombstone);
    }

    /// Whether an event was cancelled in the calendar.
    pub(in crate::calendar) fn is_cancelled(
        &self,
        key: &EventKey,
        ordinal: u32,
        generation: u32,
    ) -> bool {
        self.tombstones.iter().any(|tombstone| {
            tombstone.ordinal == ordinal
                && tombstone.revision.generation == generation
                && tombstone.key == *key
        })
    }

    /// Counts one more completed export.
    pub(in crate::calendar) fn count_export(&mut self) {
        self.exports = self.exports.saturating_add(1);
    }
}
