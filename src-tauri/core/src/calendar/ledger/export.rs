//! Compares the events a calendar has with those it should have, to find the ones to write.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::counts::{ExportCounts, ExportKind};
use super::record::{Ledger, LedgerEntry};
use crate::calendar::event::{EventKey, Now, Revision, Tombstone};
use crate::calendar::export::{CalendarContents, PlannedEvent, SubjectName};
use crate::input_error::{ErrorCode, InputError};

/// The events to write, and the ledger once they are written.
#[derive(Debug)]
pub struct Export {
    /// The kind of file.
    pub kind: ExportKind,
    /// The events to write.
    pub due: Vec<PendingWrite>,
    /// The cancelled events to write.
    pub tombstones: Vec<Tombstone>,
    /// The counts to show to the learner.
    pub counts: ExportCounts,
    /// The ledger to save, but only after the file is written. For a dry run, drop it.
    pub ledger: Ledger,
}

/// An event to be written.
#[derive(Debug, Clone, Copy)]
pub struct PendingWrite {
    /// Its index in [`CalendarContents::events`].
    pub event: usize,
    /// The revision to write.
    pub revision: Revision,
}

impl Ledger {
    /// The events to write so that the calendar matches the contents. Past events that are no
    /// longer in the contents stay in the calendar.
    ///
    /// `now` is the date of the changes. Takes time proportional to the number of events in the
    /// ledger and the contents.
    ///
    /// # Errors
    /// If the ledger belongs to another plan.
    pub fn export(
        &self,
        contents: &CalendarContents,
        kind: ExportKind,
        now: DateTime<Utc>,
    ) -> Result<Export, InputError> {
        let plan = contents.plan.id();
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
            ExportKind::Fresh => self.renewed(),
            _ => self.clone(),
        };
        Ok(Drawing::new(former, contents, kind, now).draw())
    }
}

/// An export in progress.
struct Drawing<'a> {
    contents: &'a CalendarContents<'a>,
    present: Now,
    now: i64,
    /// The next generation of each cancelled event.
    generations: HashMap<(EventKey, u32), u32>,
    export: Export,
}

/// The ledger's events of one subject, and whether the contents include each of them.
#[derive(Default)]
struct Given {
    entries: Vec<LedgerEntry>,
    is_wanted: Vec<bool>,
    new: Vec<LedgerEntry>,
}

impl<'a> Drawing<'a> {
    fn new(
        ledger: Ledger,
        contents: &'a CalendarContents<'a>,
        kind: ExportKind,
        now: DateTime<Utc>,
    ) -> Self {
        let mut generations = HashMap::new();
        for tombstone in &ledger.tombstones {
            let next = generations
                .entry((tombstone.key.clone(), tombstone.ordinal))
                .or_insert(0);
            *next = tombstone.revision.generation.saturating_add(1).max(*next);
        }
        Self {
            contents,
            present: contents.at(now),
            now: now.timestamp(),
            generations,
            export: Export {
                kind,
                due: Vec::new(),
                tombstones: Vec::new(),
                counts: ExportCounts::default(),
                ledger,
            },
        }
    }

    fn draw(mut self) -> Export {
        let mut former = std::mem::take(&mut self.export.ledger.given);
        let mut given: Vec<Given> = Vec::with_capacity(self.contents.subjects.len());
        given.extend(self.contents.subjects.iter().map(|subject| {
            let entries = former.remove(&subject.key).unwrap_or_default();
            Given {
                is_wanted: vec![false; entries.len()],
                entries,
                new: Vec::new(),
            }
        }));
        for (event, wanted) in self.contents.events.iter().enumerate() {
            if let Some(given) = given.get_mut(wanted.subject) {
                self.compare(event, wanted, given);
            }
        }
        let known = self
            .contents
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
        if matches!(self.export.kind, ExportKind::Full | ExportKind::Removals) {
            let is_about = |tombstone: &&Tombstone| self.contents.covers(tombstone.when);
            let tombstones = ledger.tombstones.iter().filter(is_about);
            self.export.tombstones = tombstones.cloned().collect();
        }
        self.export
    }

    /// Compares an event in the contents with the ledger, and records the write it needs.
    fn compare(&mut self, event: usize, wanted: &PlannedEvent, given: &mut Given) {
        let by_ordinal = |entry: &LedgerEntry| entry.ordinal;
        let found = given
            .entries
            .binary_search_by_key(&wanted.ordinal, by_ordinal);
        if let Some(is_wanted) = found.ok().and_then(|at| given.is_wanted.get_mut(at)) {
            *is_wanted = true;
        }
        if self.export.kind == ExportKind::Removals {
            return;
        }
        let now = self.now;
        let (when, text) = (wanted.when, self.contents.digest(wanted));
        let entry = |generation| LedgerEntry {
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
                is_due = self.export.kind != ExportKind::Changes;
                former.revision
            }
            // The past session stays in the calendar, so the future one with its number is a new
            // event.
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
                *former = LedgerEntry {
                    revision: former.revision.next(now),
                    ..entry(0)
                };
                former.revision
            }
        };
        if is_due {
            self.export.due.push(PendingWrite { event, revision });
        }
    }

    /// The generation for an event that the calendar does not have.
    fn generation(&self, wanted: &PlannedEvent) -> u32 {
        let first = self.export.ledger.generation;
        if self.generations.is_empty() {
            return first;
        }
        let subject = self.contents.subjects.get(wanted.subject);
        let next = subject.and_then(|subject| {
            let name = (subject.key.clone(), wanted.ordinal);
            self.generations.get(&name).copied()
        });
        next.map_or(first, |next| next.max(first))
    }

    /// Records the events the calendar has after this export, and a tombstone for each removed one.
    fn keep(&mut self, key: EventKey, given: Given) {
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
            if is_wanted || !self.contents.covers(entry.when) {
                kept.push(entry);
            } else if entry.when.is_past(self.present) {
                counts.past += 1;
                kept.push(entry);
            } else {
                counts.removed += 1;
                let SubjectName { title, phase } =
                    name.get_or_insert_with(|| self.contents.name(&key)).clone();
                let tombstone = Tombstone {
                    key: key.clone(),
                    ordinal: entry.ordinal,
                    revision: entry.revision.next(self.now),
                    when: entry.when,
                    title,
                    phase,
                };
                if *kind == ExportKind::Changes {
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
