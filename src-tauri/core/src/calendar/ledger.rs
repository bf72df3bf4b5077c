//! What a calendar was given, so that the next file leaves it neither a duplicate nor a ghost.
//!
//! An event is known by its UID: plan, subject, number and generation. While it stays, the UID stays, and each change
//! raises SEQUENCE; when it goes, it is cancelled by a tombstone, and its UID is never used again: should it come back, it
//! comes in the next generation (RFC 5546, 2.1.4 and 3.2.5). What has begun is history, and is never cancelled.
//!
//! ```
//! # use chrono::{TimeZone, Utc};
//! # use waymark_core::{calendar::{export::{Agenda, Options, files}, ledger::{Kind, Ledger}}, plan::{Change, Plan}, roadmap::Roadmap, schedule::schedule};
//! # fn main() -> Result<(), waymark_core::input_error::InputError> {
//! # let now = Utc.timestamp_opt(1_798_000_000, 0).single().unwrap_or_default();
//! # let start = "2027-01-04".parse().unwrap_or_default();
//! let plan = Plan::new("my-plan", Roadmap::embedded()?, start, chrono_tz::Europe::Berlin, now)?;
//! let slower = plan.apply(&Change::Hours { value: "5".into() })?;
//! let (options, begin) = (Options::default(), plan.start_instant());
//! let agenda = Agenda::new(&plan, &schedule(&plan, begin), &options)?;
//! let first = Ledger::new(plan.id()).export(&agenda, Kind::Full, now)?;
//!
//! // Less time: most sessions move. A file with the changes says no more than that.
//! let agenda = Agenda::new(&slower, &schedule(&slower, begin), &options)?;
//! let second = first.ledger.export(&agenda, Kind::Changes, now)?;
//! assert_eq!(second.counts.unchanged + second.due.len(), agenda.events.len());
//! let texts = files(&agenda, &second);
//! // Once the files are written, `second.ledger` is what the calendar was given.
//! # assert!(!texts.is_empty());
//! # Ok(())
//! # }
//! ```

mod confirmed;
mod stored;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::export::{Agenda, Key, Present, Wanted, When};
use crate::input_error::{ErrorCode, InputError};

/// What one calendar was given of one plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    plan: String,
    /// How many exports it was given: of two copies, the higher one is the newer.
    exports: u64,
    /// The generation of what it is given for the first time.
    generation: u32,
    /// The events that it has, by subject, in order of their numbers.
    given: BTreeMap<Key, Vec<Entry>>,
    /// The events that it was told are cancelled.
    tombstones: Vec<Tombstone>,
}

/// An event that the calendar has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::calendar) struct Entry {
    pub ordinal: u32,
    pub revision: Revision,
    pub when: When,
    /// Stands for what it says, see [`Agenda::digest`].
    pub text: u64,
}

/// Which state of an event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Revision {
    /// Part of the UID.
    pub generation: u32,
    /// SEQUENCE: how often it was changed.
    pub sequence: u32,
    /// When it was changed last, in seconds since 1970.
    pub modified: i64,
}

/// An event that is no more.
#[derive(Debug, Clone, PartialEq)]
pub struct Tombstone {
    /// What it was about.
    pub key: Key,
    /// Its number.
    pub ordinal: u32,
    /// The revision that cancels it.
    pub revision: Revision,
    /// When it was last.
    pub when: When,
    /// What its subject was called then.
    pub title: String,
    /// The id of its phase, if it had one.
    pub phase: Option<String>,
}

/// What a file is to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "types", ts(rename = "ExportKind"))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// All that is, and that is no more.
    #[default]
    Full,
    /// What is new, has changed or is gone since the last export.
    Changes,
    /// What is no more, in a form that makes some calendars remove it.
    Removals,
    /// All that is, for an empty calendar: in a new generation, so that nothing the learner's calendars remember is in its way.
    Fresh,
}

/// How many events an export is about, by what happens to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "types", ts(rename = "ExportCounts"))]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// The calendar has not had them.
    pub new: usize,
    /// They are at another time.
    pub moved: usize,
    /// They are at the same time and say something else.
    pub reworded: usize,
    /// They are cancelled.
    pub removed: usize,
    /// They are as the calendar has them.
    pub unchanged: usize,
    /// They are no part of the plan any more, but lie in the past: the calendar keeps them.
    pub past: usize,
}

/// What is to be written, and what the ledger is once it was.
#[derive(Debug)]
pub struct Export {
    /// What the file is to say.
    pub kind: Kind,
    /// The events to write.
    pub due: Vec<Due>,
    /// The cancelled events to write.
    pub tombstones: Vec<Tombstone>,
    /// What it means for the learner.
    pub counts: Counts,
    /// To be kept once the file was written, and only then: a dry run is an export whose ledger is dropped.
    pub ledger: Ledger,
}

/// An event to be written.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    /// Its index in [`Agenda::events`].
    pub event: usize,
    /// The revision to write.
    pub revision: Revision,
}

impl Counts {
    /// "3 new, 12 moved, 1 removed, 404 unchanged", and what else there is.
    pub fn sentence(&self) -> String {
        let mut told = format!("{} new, {} moved, ", self.new, self.moved);
        if self.reworded > 0 {
            told += &format!("{} with another text, ", self.reworded);
        }
        told += &format!("{} removed, {} unchanged", self.removed, self.unchanged);
        if self.past > 0 {
            told += &format!(", {} in the past stay", self.past);
        }
        told
    }
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

    /// Of a new calendar, where the ledger of the former one was lost: its generation is the number of the day,
    /// which is far more than the former ones can have been.
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

    /// How many exports the calendar was given: of two copies of a ledger, the one with more is the newer.
    pub fn exports(&self) -> u64 {
        self.exports
    }

    /// Whether the calendar was given nothing.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.tombstones.is_empty()
    }

    /// What to write so that the calendar holds the agenda, and nothing that it does not hold, but for the past.
    ///
    /// `now` dates what changes. Takes time in proportion to the events of ledger and agenda.
    ///
    /// # Errors
    /// A ledger of another plan.
    pub fn export(
        &self,
        agenda: &Agenda,
        kind: Kind,
        now: DateTime<Utc>,
    ) -> Result<Export, InputError> {
        let plan = agenda.plan.id();
        if self.plan != plan {
            return Err(InputError::new(
                ErrorCode::LedgerOfAnotherPlan,
                "plan of the ledger",
                &self.plan,
                "give each plan a ledger of its own",
            )
            .because(format!("isn't this plan, {plan}")));
        }
        let former = match kind {
            Kind::Fresh => self.renewed(),
            _ => self.clone(),
        };
        Ok(Drawing::new(former, agenda, kind, now).draw())
    }

    /// Of an empty calendar that takes this one's place: none of its UIDs was ever used.
    fn renewed(&self) -> Self {
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

/// An export in the making.
struct Drawing<'a> {
    agenda: &'a Agenda<'a>,
    present: Present,
    now: i64,
    /// The next generation of each event that was cancelled.
    generations: HashMap<(Key, u32), u32>,
    export: Export,
}

/// The events of one subject, and which of them the agenda has too.
#[derive(Default)]
struct Given {
    entries: Vec<Entry>,
    is_wanted: Vec<bool>,
    new: Vec<Entry>,
}

impl<'a> Drawing<'a> {
    fn new(ledger: Ledger, agenda: &'a Agenda<'a>, kind: Kind, now: DateTime<Utc>) -> Self {
        let mut generations = HashMap::new();
        for tombstone in &ledger.tombstones {
            let next = generations
                .entry((tombstone.key.clone(), tombstone.ordinal))
                .or_insert(0);
            *next = tombstone.revision.generation.saturating_add(1).max(*next);
        }
        Self {
            agenda,
            present: agenda.present(now),
            now: now.timestamp(),
            generations,
            export: Export {
                kind,
                due: Vec::new(),
                tombstones: Vec::new(),
                counts: Counts::default(),
                ledger,
            },
        }
    }

    fn draw(mut self) -> Export {
        let mut former = std::mem::take(&mut self.export.ledger.given);
        let mut given: Vec<Given> = Vec::with_capacity(self.agenda.subjects.len());
        given.extend(self.agenda.subjects.iter().map(|subject| {
            let entries = former.remove(&subject.key).unwrap_or_default();
            Given {
                is_wanted: vec![false; entries.len()],
                entries,
                new: Vec::new(),
            }
        }));
        for (event, wanted) in self.agenda.events.iter().enumerate() {
            if let Some(given) = given.get_mut(wanted.subject) {
                self.compare(event, wanted, given);
            }
        }
        let known = self
            .agenda
            .subjects
            .iter()
            .map(|subject| subject.key.clone());
        let gone = former.into_iter().map(|(key, entries)| {
            let is_wanted = vec![false; entries.len()];
            let new = Vec::new();
            (
                key,
                Given {
                    entries,
                    is_wanted,
                    new,
                },
            )
        });
        for (key, given) in known.zip(given).chain(gone) {
            self.keep(key, given);
        }
        let ledger = &mut self.export.ledger;
        ledger.exports = ledger.exports.saturating_add(1);
        if matches!(self.export.kind, Kind::Full | Kind::Removals) {
            let is_about = |tombstone: &&Tombstone| self.agenda.is_about(tombstone.when);
            let tombstones = ledger.tombstones.iter().filter(is_about);
            self.export.tombstones = tombstones.cloned().collect();
        }
        self.export
    }

    /// What becomes of an event that the agenda has.
    fn compare(&mut self, event: usize, wanted: &Wanted, given: &mut Given) {
        let by_ordinal = |entry: &Entry| entry.ordinal;
        let found = given
            .entries
            .binary_search_by_key(&wanted.ordinal, by_ordinal);
        if let Some(is_wanted) = found.ok().and_then(|at| given.is_wanted.get_mut(at)) {
            *is_wanted = true;
        }
        if self.export.kind == Kind::Removals {
            return;
        }
        let now = self.now;
        let (when, text) = (wanted.when, self.agenda.digest(wanted));
        let entry = |generation| Entry {
            ordinal: wanted.ordinal,
            revision: Revision {
                generation,
                sequence: 0,
                modified: now,
            },
            when,
            text,
        };
        let counts = &mut self.export.counts;
        let mut is_due = true;
        let revision = match found.ok().and_then(|at| given.entries.get_mut(at)) {
            None => {
                counts.new += 1;
                let new = entry(self.generation(wanted));
                given.new.push(new);
                new.revision
            }
            Some(former) if former.when == when && former.text == text => {
                counts.unchanged += 1;
                is_due = self.export.kind != Kind::Changes;
                former.revision
            }
            // What was studied then stays there; the same number is for something to come.
            Some(former) if former.when.is_past(self.present) && !when.is_past(self.present) => {
                counts.new += 1;
                counts.past += 1;
                *former = entry(former.revision.generation.saturating_add(1));
                former.revision
            }
            Some(former) => {
                if former.when == when {
                    counts.reworded += 1;
                } else {
                    counts.moved += 1;
                }
                *former = Entry {
                    revision: former.revision.next(now),
                    ..entry(0)
                };
                former.revision
            }
        };
        if is_due {
            self.export.due.push(Due { event, revision });
        }
    }

    /// The generation of an event that the calendar does not have.
    fn generation(&self, wanted: &Wanted) -> u32 {
        let first = self.export.ledger.generation;
        if self.generations.is_empty() {
            return first;
        }
        let subject = self.agenda.subjects.get(wanted.subject);
        let next = subject.and_then(|subject| {
            let name = (subject.key.clone(), wanted.ordinal);
            self.generations.get(&name).copied()
        });
        next.map_or(first, |next| next.max(first))
    }

    /// Keeps what the calendar has after this export, and buries what it is to have no more.
    fn keep(&mut self, key: Key, given: Given) {
        let Export {
            kind,
            counts,
            ledger,
            tombstones,
            ..
        } = &mut self.export;
        let mut name = None;
        let mut kept = Vec::with_capacity(given.entries.len());
        for (entry, is_wanted) in given.entries.into_iter().zip(given.is_wanted) {
            if is_wanted || !self.agenda.is_about(entry.when) {
                kept.push(entry);
            } else if entry.when.is_past(self.present) {
                counts.past += 1;
                kept.push(entry);
            } else {
                counts.removed += 1;
                let (title, phase) = name.get_or_insert_with(|| self.agenda.name(&key)).clone();
                let tombstone = Tombstone {
                    key: key.clone(),
                    ordinal: entry.ordinal,
                    revision: entry.revision.next(self.now),
                    when: entry.when,
                    title,
                    phase,
                };
                if *kind == Kind::Changes {
                    tombstones.push(tombstone.clone());
                }
                ledger.tombstones.push(tombstone);
            }
        }
        if kept.is_empty() {
            kept = given.new;
        } else if !given.new.is_empty() {
            kept.extend(given.new);
            kept.sort_unstable_by_key(|entry| entry.ordinal);
        }
        if !kept.is_empty() {
            ledger.given.insert(key, kept);
        }
    }
}

impl Revision {
    /// The one after it. A clock that was set back must not make it the older one.
    fn next(self, now: i64) -> Self {
        Self {
            sequence: self.sequence.saturating_add(1),
            modified: self.modified.max(now),
            ..self
        }
    }
}

#[cfg(test)]
mod tests;
