//! What to send to the server, step by step.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::collection::{Collection, Intent, Place};
use crate::calendar::event::{EventKey, Tombstone, When};
use crate::calendar::export::{CalendarContents, Writer};
use crate::calendar::files::resource;
use crate::calendar::ledger::{ExportCounts, ExportKind, LedgerEntry};
use crate::input_error::InputError;

/// What is to be sent.
#[derive(Debug)]
pub struct Push {
    /// One after the other; what is removed comes first.
    pub steps: Vec<PushStep>,
    /// What they mean for the learner.
    pub counts: ExportCounts,
    /// The collection with what is about to be sent: to be stored before the first step.
    pub collection: Collection,
}

/// One event to be sent or removed.
#[derive(Debug)]
pub struct PushStep {
    /// Its UID.
    pub uid: String,
    /// Where it is now; none if the server does not have it.
    pub place: Option<Place>,
    /// The text to send (RFC 5545); none where it is to be removed.
    pub text: Option<String>,
    outcome: StepOutcome,
}

#[derive(Debug)]
enum StepOutcome {
    Given(EventKey, LedgerEntry),
    Gone(Option<Tombstone>),
}

impl PushStep {
    /// The name of a new resource for it.
    pub fn name(&self) -> String {
        format!("{}.ics", self.uid)
    }
}

impl Collection {
    /// What to send so that the calendar holds the contents, but for what the learner deleted
    /// there: that is taken out of the contents.
    ///
    /// # Errors
    /// A collection of another plan.
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
            let uid = self.uid(&subject.key, wanted.ordinal, due.revision.generation);
            let (when, text) = (wanted.when, contents.digest(wanted));
            collection
                .intended
                .insert(uid.clone(), Some(Intent { when, text }));
            let entry = LedgerEntry {
                ordinal: wanted.ordinal,
                revision: due.revision,
                when,
                text,
            };
            steps.push(PushStep {
                place: self.places.get(&uid).cloned(),
                uid,
                text: Some(resource(contents, &mut writer, due)),
                outcome: StepOutcome::Given(subject.key.clone(), entry),
            });
        }
        Ok(Push {
            steps,
            counts: export.counts,
            collection,
        })
    }

    /// The server has done a step; `place` is where the event is since.
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

    /// All steps of a push are through.
    pub fn finish(&mut self) {
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
