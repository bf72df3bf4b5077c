//! Compares the events a calendar has with those it should have, to find the ones to write.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::counts::{ExportCounts, ExportKind};
use super::matching::{SessionPlace, matched};
use super::record::{Ledger, LedgerEntry};
use crate::calendar::event::{EventKey, EventKind, Now, Revision, Tombstone, When};
use crate::calendar::export::{CalendarContents, Horizon, PlannedEvent, SubjectName};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::Plan;

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
    /// Its number among the events of its subject: part of the UID.
    pub ordinal: u32,
    /// The revision to write.
    pub revision: Revision,
}

impl Ledger {
    /// Rejects a plan that the ledger does not belong to.
    ///
    /// # Errors
    /// If it belongs to another plan.
    pub fn check_plan(&self, plan: &Plan) -> Result<(), InputError> {
        if self.plan == plan.id() {
            return Ok(());
        }
        Err(InputError::new(
            ErrorCode::LedgerOfAnotherPlan,
            "plan of the ledger",
            &self.plan,
            "give each plan a ledger of its own",
        )
        .because(format!("isn't this plan, {}", plan.id())))
    }

    /// The events to write so that the calendar matches the contents. Past events that are no
    /// longer in the contents stay in the calendar.
    ///
    /// `now` is the date of the changes. Takes time proportional to the number of events in the
    /// ledger and the contents.
    ///
    /// # Errors
    /// If the ledger belongs to another plan, or replaces a lost one and the calendar isn't a new,
    /// empty one.
    pub fn export(
        &self,
        contents: &CalendarContents,
        kind: ExportKind,
        now: DateTime<Utc>,
    ) -> Result<Export, InputError> {
        self.check_plan(contents.plan)?;
        if self.is_lost && kind != ExportKind::Fresh {
            let sentence = "Waymark lost its record of what this calendar has, so another file \
                            could double its events. Export for a new, empty calendar, or let \
                            Waymark read the calendar's own file first";
            return Err(InputError::sentence(ErrorCode::LedgerLost, sentence));
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
    horizon: Horizon,
    used: HashMap<EventKey, UsedNumbers>,
    /// The write of each event in the contents; `None` if it needs none.
    due: Vec<Option<PendingWrite>>,
    export: Export,
}

/// The highest number and the next generation of a subject's cancelled events.
#[derive(Clone, Copy, Default)]
struct UsedNumbers {
    ordinal: u32,
    generation: u32,
}

impl<'a> Drawing<'a> {
    fn new(
        ledger: Ledger,
        contents: &'a CalendarContents<'a>,
        kind: ExportKind,
        now: DateTime<Utc>,
    ) -> Self {
        let mut used: HashMap<EventKey, UsedNumbers> = HashMap::new();
        for tombstone in &ledger.tombstones {
            let used = used.entry(tombstone.key.clone()).or_default();
            used.ordinal = used.ordinal.max(tombstone.ordinal);
            let next = tombstone.revision.generation.saturating_add(1);
            used.generation = used.generation.max(next);
        }
        Self {
            contents,
            present: contents.at(now),
            now: now.timestamp(),
            horizon: contents.horizon(now),
            used,
            due: vec![None; contents.events.len()],
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
        let contents = self.contents;
        let mut former = std::mem::take(&mut self.export.ledger.given);
        let mut planned: Vec<Vec<usize>> = vec![Vec::new(); contents.subjects.len()];
        for (index, event) in contents.events.iter().enumerate() {
            if let Some(planned) = planned.get_mut(event.subject) {
                planned.push(index);
            }
        }
        for (subject, planned) in contents.subjects.iter().zip(planned) {
            let entries = former.remove(&subject.key).unwrap_or_default();
            self.compare(&subject.key, entries, &planned);
        }
        for (key, entries) in former {
            self.compare(&key, entries, &[]);
        }
        self.export.due = self.due.into_iter().flatten().collect();
        let ledger = &mut self.export.ledger;
        ledger.exports = ledger.exports.saturating_add(1);
        if matches!(self.export.kind, ExportKind::Full | ExportKind::Removals) {
            self.export.tombstones = ledger
                .tombstones
                .iter()
                .filter(|tombstone| contents.covers(tombstone.when))
                .cloned()
                .collect();
        }
        self.export
    }

    /// Compares a subject's events in the ledger with those in the contents, and records the writes
    /// they need.
    fn compare(&mut self, key: &EventKey, entries: Vec<LedgerEntry>, planned: &[usize]) {
        // Events outside this export's dates are left as they are.
        let mut free: Vec<Option<LedgerEntry>> = Vec::with_capacity(entries.len());
        let mut kept: Vec<LedgerEntry> = Vec::with_capacity(entries.len().max(planned.len()));
        let highest = entries.iter().map(|entry| entry.ordinal).max();
        for entry in entries {
            match self.contents.covers(entry.when) {
                true => free.push(Some(entry)),
                false => kept.push(entry),
            }
        }
        let found = self.matched(key, &free, planned);
        let used = self.used.get(key).copied().unwrap_or_default();
        let mut gone: Vec<LedgerEntry> = Vec::new();
        let mut number = highest.unwrap_or(0).max(used.ordinal);
        for (event, found) in planned.iter().zip(found) {
            let Some(planned) = self.contents.events.get(*event) else {
                continue;
            };
            let former = found.and_then(|found| free.get_mut(found)?.take());
            if !self.is_due_by_now(planned.when, former.as_ref()) {
                self.export.counts.later += 1;
                gone.extend(former);
                continue;
            }
            if self.export.kind == ExportKind::Removals {
                kept.extend(former);
                continue;
            }
            let new = || {
                // A number is never used again. A subject with a single event has no number, so its
                // next event gets a new generation.
                let (ordinal, generation) = match key.kind {
                    EventKind::Session => (number.saturating_add(1), 0),
                    _ => (0, used.generation),
                };
                LedgerEntry {
                    ordinal,
                    revision: Revision {
                        generation: generation.max(self.export.ledger.generation),
                        sequence: 0,
                        modified: self.now,
                    },
                    when: planned.when,
                    text: self.contents.digest(planned),
                    is_personal: false,
                }
            };
            let (entry, is_due) = match former {
                None => {
                    let new = new();
                    number = number.max(new.ordinal);
                    self.export.counts.new += 1;
                    (new, true)
                }
                Some(former) => self.changed(former, planned),
            };
            if is_due || self.export.kind != ExportKind::Changes {
                let (event, due) = (*event, self.due.get_mut(*event));
                if let Some(due) = due {
                    *due = Some(PendingWrite {
                        event,
                        ordinal: entry.ordinal,
                        revision: entry.revision,
                    });
                }
            }
            kept.push(entry);
        }
        self.keep(key, free.into_iter().flatten().chain(gone), kept);
    }

    /// Whether the calendar gets or keeps an event for a session at this time. One that a person
    /// has to do with stays, and follows the plan however far ahead.
    fn is_due_by_now(&self, when: When, former: Option<&LedgerEntry>) -> bool {
        let stays = |former: &LedgerEntry| {
            let is_personal = former.is_personal || self.export.ledger.is_unheard;
            !former.when.is_past(self.present)
                && (is_personal || self.horizon.nearly_contains(when))
        };
        self.horizon.contains(when) || former.is_some_and(stays)
    }

    /// For each planned event, the index of the entry that becomes it.
    fn matched(
        &self,
        key: &EventKey,
        entries: &[Option<LedgerEntry>],
        planned: &[usize],
    ) -> Vec<Option<usize>> {
        if key.kind != EventKind::Session {
            // There is at most one of each kind.
            return planned
                .iter()
                .enumerate()
                .map(|(index, _)| Some(index).filter(|index| *index < entries.len()))
                .collect();
        }
        let sessions: Vec<SessionPlace> = planned
            .iter()
            .filter_map(|index| self.contents.events.get(*index))
            .map(|event| SessionPlace {
                when: event.when,
                is_pinned: event.is_pinned,
            })
            .collect();
        matched(entries, &sessions, self.present)
    }

    /// The next state of an event that the calendar has, and whether it changes.
    fn changed(&mut self, former: LedgerEntry, planned: &PlannedEvent) -> (LedgerEntry, bool) {
        let counts = &mut self.export.counts;
        let (when, text) = (planned.when, self.contents.digest(planned));
        if former.when == when && former.text == text {
            counts.unchanged += 1;
            return (former, false);
        }
        let next = LedgerEntry {
            when,
            text,
            ..former
        };
        if former.when.is_past(self.present) && !when.is_past(self.present) {
            // The past days stay in the calendar, so those ahead are a new event.
            counts.new += 1;
            counts.past += 1;
            let revision = Revision {
                generation: former.revision.generation.saturating_add(1),
                sequence: 0,
                modified: self.now,
            };
            let is_personal = false;
            let next = LedgerEntry {
                revision,
                is_personal,
                ..next
            };
            return (next, true);
        }
        if former.when == when {
            counts.reworded += 1;
        } else {
            counts.moved += 1;
        }
        let revision = former.revision.next(self.now);
        (LedgerEntry { revision, ..next }, true)
    }

    /// Records the events the calendar has after this export, and a tombstone for each removed one.
    /// Past events stay.
    fn keep(
        &mut self,
        key: &EventKey,
        gone: impl Iterator<Item = LedgerEntry>,
        mut kept: Vec<LedgerEntry>,
    ) {
        let mut name = None;
        for entry in gone {
            if entry.when.is_past(self.present) {
                self.export.counts.past += 1;
                kept.push(entry);
                continue;
            }
            self.export.counts.removed += 1;
            let SubjectName { title, phase } =
                name.get_or_insert_with(|| self.contents.name(key)).clone();
            let tombstone = Tombstone {
                key: key.clone(),
                ordinal: entry.ordinal,
                revision: entry.revision.next(self.now),
                when: entry.when,
                title,
                phase,
            };
            if self.export.kind == ExportKind::Changes {
                self.export.tombstones.push(tombstone.clone());
            }
            self.export.ledger.tombstones.push(tombstone);
        }
        if !kept.is_empty() {
            kept.sort_unstable_by_key(|entry| entry.ordinal);
            self.export.ledger.given.insert(key.clone(), kept);
        }
    }
}
