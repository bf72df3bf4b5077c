//! The steps that bring the server's calendar in line with the plan.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::collection::{Collection, Intent, Place};
use super::held::{self, Reading};
use super::merge::{self, Merged};
use crate::calendar::event::{EventKey, Tombstone, When};
use crate::calendar::export::{CalendarContents, Writer};
use crate::calendar::files::resource;
use crate::calendar::ledger::{ExportCounts, ExportKind, LedgerEntry};
use crate::input_error::InputError;
use crate::plan::Plan;

/// The steps to send, and the collection to store before them.
#[derive(Debug)]
pub struct Push {
    /// The steps in order, with removals first.
    pub steps: Vec<PushStep>,
    /// The counts to show to the learner.
    pub counts: ExportCounts,
    /// The collection with the intended writes, to be stored before the first step.
    pub collection: Collection,
}

/// One event to be sent or removed.
#[derive(Debug)]
pub struct PushStep {
    /// Its UID.
    pub uid: String,
    /// Its current address. `None` if the server does not have it.
    pub place: Option<Place>,
    /// The text to send (RFC 5545). `None` if the event is to be removed.
    pub text: Option<String>,
    /// The event's mark, if the server doesn't keep it.
    mark: Option<String>,
    outcome: StepOutcome,
}

#[derive(Debug)]
enum StepOutcome {
    Given(EventKey, LedgerEntry),
    Gone(Option<Tombstone>),
}

impl PushStep {
    /// The name for a new resource with this event.
    pub fn name(&self) -> String {
        format!("{}.ics", self.uid)
    }

    /// The text to send if the server holds this one: with the plan's event in it, and everything
    /// that a person or another program added. `None` if the text that the server holds is not one
    /// with this event.
    pub fn merged(&self, held: &str) -> Option<Merged> {
        let text = self.text.as_ref()?;
        let mark = self.mark.as_ref();
        let marked = mark.and_then(|mark| merge::with_mark(held, &self.uid, mark));
        merge::merge(marked.as_deref().unwrap_or(held), text)
    }

    /// Whether the server holds the event as it was sent, at least at the same time.
    pub fn is_done(&self, held: &str, plan: &Plan) -> bool {
        let StepOutcome::Given(_, entry) = &self.outcome else {
            return false;
        };
        match held::read(held, plan) {
            Reading::Ours(held) => !held.is_cancelled && held.when == entry.when,
            Reading::Odd { .. } => true,
            Reading::Foreign => false,
        }
    }
}

impl Collection {
    /// The steps that make the calendar match the contents. Sessions the learner deleted there are
    /// first taken out of the contents.
    ///
    /// # Errors
    /// If the collection belongs to another plan.
    pub fn push(
        &self,
        contents: &mut CalendarContents,
        now: DateTime<Utc>,
    ) -> Result<Push, InputError> {
        self.exclude(contents);
        let mut export = self.ledger.export(contents, ExportKind::Changes, now)?;
        let mut collection = self.clone();
        let mut steps = Vec::with_capacity(self.orphans.len() + export.due.len());
        for uid in &self.orphans {
            collection.intended.insert(uid.clone(), None);
            steps.push(PushStep {
                uid: uid.clone(),
                place: self.places.get(uid).cloned(),
                text: None,
                mark: None,
                outcome: StepOutcome::Gone(None),
            });
        }
        export.counts.removed += self.orphans.len();
        for tombstone in export.tombstones {
            let uid = self.uid(
                &tombstone.key,
                tombstone.ordinal,
                tombstone.revision.generation,
            );
            collection.intended.insert(uid.clone(), None);
            steps.push(PushStep {
                place: self.places.get(&uid).cloned(),
                uid,
                text: None,
                mark: None,
                outcome: StepOutcome::Gone(Some(tombstone)),
            });
        }
        let mut writer = Writer::new(contents.plan.id(), &contents.options);
        for due in &export.due {
            let Some(wanted) = contents.events.get(due.event) else {
                continue;
            };
            let Some(subject) = contents.subjects.get(wanted.subject) else {
                continue;
            };
            let uid = self.uid(&subject.key, due.ordinal, due.revision.generation);
            let (when, text) = (wanted.when, contents.digest(wanted));
            collection
                .intended
                .insert(uid.clone(), Some(Intent { when, text }));
            let former = self.ledger.entry(&subject.key, due.ordinal);
            let is_same = |it: &&LedgerEntry| it.revision.generation == due.revision.generation;
            let entry = LedgerEntry {
                ordinal: due.ordinal,
                revision: due.revision,
                when,
                text,
                is_personal: former.filter(is_same).is_some_and(|it| it.is_personal),
            };
            steps.push(PushStep {
                place: self.places.get(&uid).cloned(),
                mark: self.marks.get(&uid).cloned(),
                uid,
                text: Some(merge::marked(&resource(contents, &mut writer, due))),
                outcome: StepOutcome::Given(subject.key.clone(), entry),
            });
        }
        Ok(Push {
            steps,
            counts: export.counts,
            collection,
        })
    }

    /// Whether an event is still at the time it had at the last pull. This is for events whose
    /// state is unknown.
    pub fn is_unmoved(&self, step: &PushStep, held: &str, plan: &Plan) -> bool {
        let StepOutcome::Given(key, entry) = &step.outcome else {
            return true;
        };
        let known = self.ledger.entry(key, entry.ordinal);
        match held::read(held, plan) {
            Reading::Ours(held) => {
                !held.is_cancelled && known.is_none_or(|known| known.when == held.when)
            }
            // The pull has reported it.
            Reading::Odd { .. } => true,
            Reading::Foreign => false,
        }
    }

    /// Records a step that the server has done. `place` is the event's address and state since
    /// then.
    pub fn confirm(&mut self, step: &PushStep, place: Place) {
        self.intended.remove(&step.uid);
        match &step.outcome {
            StepOutcome::Given(key, entry) => {
                self.ledger.hold(key, *entry);
                self.places.insert(step.uid.clone(), place);
            }
            StepOutcome::Gone(tombstone) => {
                self.places.remove(&step.uid);
                self.orphans.remove(&step.uid);
                if let Some(tombstone) = tombstone {
                    self.ledger.tombstone(tombstone.clone());
                }
            }
        }
    }

    /// Records the mark of an event that was sent, if the server doesn't keep it.
    pub fn keep_mark(&mut self, step: &PushStep, mark: Option<String>) {
        match mark {
            Some(mark) => self.marks.insert(step.uid.clone(), mark),
            None => self.marks.remove(&step.uid),
        };
    }

    /// Records that all steps of a push are done.
    pub fn finish(&mut self) {
        self.marks.retain(|uid, _| self.places.contains_key(uid));
        self.ledger.count_export();
    }

    fn exclude(&self, contents: &mut CalendarContents) {
        let name = |key: &EventKey, when: When| (key.clone(), when.start, when.end);
        let excluded = self.excluded.iter().map(|it| name(&it.key, it.when));
        let excluded: HashSet<_> = excluded.collect();
        if excluded.is_empty() {
            return;
        }
        let subjects = &contents.subjects;
        contents.events.retain(|wanted| {
            let subject = subjects.get(wanted.subject);
            !subject.is_some_and(|subject| excluded.contains(&name(&subject.key, wanted.when)))
        });
    }
}
