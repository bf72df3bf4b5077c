//! The ledger as a stored document: versioned and checksummed, like the plan.

use serde::{Deserialize, Serialize};

use super::record::{Ledger, LedgerEntry};
use crate::calendar::event::{EventKey, EventKind, Revision, Tombstone, When};
use crate::envelope::Envelope;
use crate::input_error::{ErrorCode, InputError};

/// The version of the stored format that this program writes.
const VERSION: u32 = 1;

const ENVELOPE: Envelope = Envelope {
    what: "ledger",
    format: "waymark-ledger",
    version: VERSION,
    damaged: ErrorCode::LedgerDamaged,
    newer: ErrorCode::LedgerNewer,
};

/// Upper bound for sequences and generations. SEQUENCE is a 31-bit integer, and no real calendar
/// changes this often.
pub(super) const MOST_CHANGES: u32 = 1_000_000_000;
/// Upper bound for distances from 1970, about 300 years. No time in a plan is that far away.
pub(super) const FARTHEST_SECONDS: i64 = 10_000_000_000;

#[derive(Serialize, Deserialize)]
struct StoredLedger {
    format: String,
    version: u32,
    exports: u64,
    plan: String,
    generation: u32,
    given: Vec<StoredSubject>,
    tombstones: Vec<StoredTombstone>,
    /// Not there in ledgers of earlier versions.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    lost: bool,
}

#[derive(Serialize, Deserialize)]
struct StoredSubject {
    about: EventKind,
    id: String,
    events: Vec<StoredEntry>,
    /// The numbers of those that a person has to do with. Not there in ledgers of earlier versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    personal: Vec<u32>,
}

/// Ordinal, generation, sequence, modified, start, end and text digest. A tuple keeps the file
/// small, since there can be very many entries.
#[derive(Serialize, Deserialize)]
struct StoredEntry(u32, u32, u32, i64, i64, i64, u64);

#[derive(Serialize, Deserialize)]
struct StoredTombstone {
    about: EventKind,
    id: String,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phase: Option<String>,
    event: StoredEntry,
}

impl Ledger {
    /// The text of the file.
    ///
    /// # Errors
    /// Only if it cannot be written as JSON, which is impossible for a valid ledger.
    pub fn to_json(&self) -> Result<String, InputError> {
        let given = self.given.iter().map(|(key, entries)| StoredSubject {
            about: key.kind,
            id: key.id.to_string(),
            events: entries.iter().map(StoredEntry::new).collect(),
            personal: entries
                .iter()
                .filter(|entry| entry.is_personal)
                .map(|entry| entry.ordinal)
                .collect(),
        });
        let tombstones = self.tombstones.iter().map(|tombstone| StoredTombstone {
            about: tombstone.key.kind,
            id: tombstone.key.id.to_string(),
            title: tombstone.title.to_string(),
            phase: tombstone.phase.as_deref().map(str::to_owned),
            event: StoredEntry::new(&LedgerEntry {
                ordinal: tombstone.ordinal,
                revision: tombstone.revision,
                when: tombstone.when,
                text: 0,
                is_personal: false,
            }),
        });
        ENVELOPE.close(&StoredLedger {
            format: ENVELOPE.format.to_owned(),
            version: VERSION,
            exports: self.exports,
            plan: self.plan.clone(),
            generation: self.generation,
            given: given.collect(),
            tombstones: tombstones.collect(),
            lost: self.is_lost,
        })
    }

    /// Reads what [`Ledger::to_json`] wrote.
    ///
    /// # Errors
    /// If the file is damaged, is not a ledger, or was written by a newer version of Waymark.
    pub fn from_json(text: &str) -> Result<Self, InputError> {
        let stored: StoredLedger = ENVELOPE.open(text)?;
        if stored.generation > MOST_CHANGES {
            return Err(ENVELOPE.refuse("generation", "no calendar is started again this often"));
        }
        let mut ledger = Self {
            exports: stored.exports,
            generation: stored.generation,
            is_lost: stored.lost,
            ..Self::new(stored.plan)
        };
        for subject in stored.given {
            let key = EventKey {
                kind: subject.about,
                id: subject.id.into(),
            };
            let entries = subject.events.into_iter().map(|event| event.entry(&key));
            let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
            for entry in &mut entries {
                entry.is_personal = subject.personal.contains(&entry.ordinal);
            }
            entries.sort_unstable_by_key(|entry| entry.ordinal);
            if entries
                .windows(2)
                .any(|two| matches!(two, [a, b] if a.ordinal == b.ordinal))
            {
                return Err(ENVELOPE.refuse(&key.id, "it has the same event twice"));
            }
            if ledger.given.insert(key, entries).is_some() {
                return Err(ENVELOPE.refuse("given", "it has the same subject twice"));
            }
        }
        for tombstone in stored.tombstones {
            let key = EventKey {
                kind: tombstone.about,
                id: tombstone.id.into(),
            };
            let event = tombstone.event.entry(&key)?;
            ledger.tombstones.push(Tombstone {
                key,
                ordinal: event.ordinal,
                revision: event.revision,
                when: event.when,
                title: tombstone.title.into(),
                phase: tombstone.phase.map(Into::into),
            });
        }
        Ok(ledger)
    }
}

impl StoredEntry {
    fn new(entry: &LedgerEntry) -> Self {
        let Revision {
            generation,
            sequence,
            modified,
        } = entry.revision;
        let When { start, end, .. } = entry.when;
        Self(
            entry.ordinal,
            generation,
            sequence,
            modified,
            start,
            end,
            entry.text,
        )
    }

    fn entry(self, key: &EventKey) -> Result<LedgerEntry, InputError> {
        let Self(ordinal, generation, sequence, modified, start, end, text) = self;
        let seconds = [modified, start, end];
        if generation.max(sequence).max(ordinal) > MOST_CHANGES
            || seconds
                .iter()
                .any(|at| at.unsigned_abs() > FARTHEST_SECONDS.unsigned_abs())
            || end < start
        {
            let event = format!("event {ordinal} of {}", key.id);
            return Err(ENVELOPE.refuse(&event, "it has a number or a time that no event has"));
        }
        Ok(LedgerEntry {
            ordinal,
            revision: Revision {
                generation,
                sequence,
                modified,
            },
            when: When {
                start,
                end,
                all_day: key.kind != EventKind::Session,
            },
            text,
            is_personal: false,
        })
    }
}
