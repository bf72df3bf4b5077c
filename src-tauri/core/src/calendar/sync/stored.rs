//! The collection as a stored document: its ledger, and the extra data for a calendar on a server.

use chrono::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::collection::{Collection, Excluded, Intent, Place};
use super::states::{KnownState, SyncMark};
use crate::calendar::event::{EventKey, EventKind, When, read_uid};
use crate::calendar::ledger::Ledger;
use crate::envelope::Envelope;
use crate::input_error::{ErrorCode, InputError};

/// The version of the stored format that this program writes.
const VERSION: u32 = 1;

const ENVELOPE: Envelope = Envelope {
    what: "calendar ledger",
    format: "waymark-collection",
    version: VERSION,
    damaged: ErrorCode::LedgerDamaged,
    newer: ErrorCode::LedgerNewer,
};

#[derive(Serialize, Deserialize)]
struct StoredCollection {
    format: String,
    version: u32,
    calendar: Option<String>,
    ledger: Box<RawValue>,
    places: Vec<StoredPlace>,
    intended: Vec<StoredIntent>,
    #[serde(rename = "withheld")]
    excluded: Vec<StoredExcluded>,
    /// Earlier versions listed the whole calendar in each sync.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    known: Option<StoredKnown>,
    /// Whether the ledger says which events a person has to do with. Earlier versions did not.
    #[serde(default)]
    hears: bool,
    /// Of servers that don't keep them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<StoredWrote>,
}

/// UID, and the value of the event's mark.
#[derive(Serialize, Deserialize)]
struct StoredWrote(String, String);

/// The state up to which the calendar is known.
#[derive(Serialize, Deserialize)]
struct StoredKnown {
    mark: StoredMark,
    /// When everything was last listed, in seconds since 1970.
    listed: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum StoredMark {
    Token(String),
    Tag(String),
    Wrong,
}

/// UID, path and entity tag.
#[derive(Serialize, Deserialize)]
struct StoredPlace(String, String, String);

/// UID, followed by start, end and text digest, unless the event was to be removed.
#[derive(Serialize, Deserialize)]
struct StoredIntent(String, Option<(i64, i64, u64)>);

#[derive(Serialize, Deserialize)]
struct StoredExcluded {
    about: EventKind,
    id: String,
    start: i64,
    end: i64,
    is_settled: bool,
}

impl Collection {
    /// The text of the file.
    ///
    /// # Errors
    /// Only if it cannot be written as JSON, which is impossible for a valid collection.
    pub fn to_json(&self) -> Result<String, InputError> {
        let ledger = RawValue::from_string(self.ledger.to_json()?);
        let ledger = ledger.map_err(|error| ENVELOPE.refuse("ledger", &error.to_string()))?;
        let place = |(uid, place): (&String, &Place)| {
            StoredPlace(uid.clone(), place.href.clone(), place.etag.clone())
        };
        let intent = |(uid, intent): (&String, &Option<Intent>)| {
            let intent = intent.map(|intent| (intent.when.start, intent.when.end, intent.text));
            StoredIntent(uid.clone(), intent)
        };
        let excluded = |it: &Excluded| StoredExcluded {
            about: it.key.kind,
            id: it.key.id.to_string(),
            start: it.when.start,
            end: it.when.end,
            is_settled: it.is_settled,
        };
        let mark = |(uid, mark): (&String, &String)| StoredWrote(uid.clone(), mark.clone());
        ENVELOPE.close(&StoredCollection {
            format: ENVELOPE.format.to_owned(),
            version: VERSION,
            calendar: self.calendar.clone(),
            ledger,
            places: self.places.iter().map(place).collect(),
            intended: self.intended.iter().map(intent).collect(),
            excluded: self.excluded.iter().map(excluded).collect(),
            known: self.known.as_ref().map(StoredKnown::of),
            hears: true,
            marks: self.marks.iter().map(mark).collect(),
        })
    }

    /// Reads what [`Collection::to_json`] wrote.
    ///
    /// # Errors
    /// If the file is damaged, is not the ledger of a calendar on a server, or was written by a
    /// newer version of Waymark.
    pub fn from_json(text: &str) -> Result<Self, InputError> {
        let stored: StoredCollection = ENVELOPE.open(text)?;
        let mut ledger = Ledger::from_json(stored.ledger.get())?;
        if !stored.hears {
            ledger = ledger.all_personal();
        }
        let mut collection = Self {
            calendar: stored.calendar,
            ..Self::new(ledger.plan())
        };
        for StoredPlace(uid, href, etag) in stored.places {
            collection.places.insert(uid, Place { href, etag });
        }
        for StoredIntent(uid, intent) in stored.intended {
            let Some(event) = read_uid(ledger.plan(), &uid) else {
                return Err(ENVELOPE.refuse(&uid, "it is the UID of no event of the plan"));
            };
            let intent = intent.map(|(start, end, text)| Intent {
                when: when(event.key.kind, start, end),
                text,
            });
            collection.intended.insert(uid, intent);
        }
        let excluded = |it: StoredExcluded| Excluded {
            when: when(it.about, it.start, it.end),
            key: EventKey {
                kind: it.about,
                id: it.id.into(),
            },
            is_settled: it.is_settled,
        };
        collection.excluded = stored.excluded.into_iter().map(excluded).collect();
        let marks = stored.marks.into_iter();
        collection.marks = marks.map(|StoredWrote(uid, mark)| (uid, mark)).collect();
        collection.known = stored.known.and_then(StoredKnown::read);
        collection.ledger = ledger;
        Ok(collection)
    }
}

impl StoredKnown {
    fn of(known: &KnownState) -> Self {
        Self {
            mark: match &known.mark {
                SyncMark::Token(token) => StoredMark::Token(token.clone()),
                SyncMark::Tag(tag) => StoredMark::Tag(tag.clone()),
                SyncMark::Wrong => StoredMark::Wrong,
            },
            listed: known.listed.timestamp(),
        }
    }

    /// `None` for a time that no clock has: everything is then listed again.
    fn read(self) -> Option<KnownState> {
        Some(KnownState {
            mark: match self.mark {
                StoredMark::Token(token) => SyncMark::Token(token),
                StoredMark::Tag(tag) => SyncMark::Tag(tag),
                StoredMark::Wrong => SyncMark::Wrong,
            },
            listed: DateTime::from_timestamp(self.listed, 0)?,
        })
    }
}

fn when(about: EventKind, start: i64, end: i64) -> When {
    When {
        start,
        end,
        all_day: about != EventKind::Session,
    }
}
