//! A calendar that confirms each event: its ledger follows it one event at a time.

use super::record::{Ledger, LedgerEntry};
use crate::calendar::event::{EventKey, Tombstone};

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

    /// The calendar has this event, in place of any other of the same number.
    pub(in crate::calendar) fn hold(&mut self, key: &EventKey, entry: LedgerEntry) {
        let entries = self.given.entry(key.clone()).or_default();
        match entries.binary_search_by_key(&entry.ordinal, |entry| entry.ordinal) {
            Ok(at) => entries[at] = entry,
            Err(at) => entries.insert(at, entry),
        }
    }

    /// The calendar has that event no more, and its UID is not used again.
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

    /// Whether it was told that an event is cancelled.
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

    /// One more export is through.
    pub(in crate::calendar) fn count_export(&mut self) {
        self.exports = self.exports.saturating_add(1);
    }
}
