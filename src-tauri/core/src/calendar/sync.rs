//! A calendar on a server (CalDAV, RFC 4791), kept equal to the plan, while a person may change it too.
//!
//! First the server is heard: [`Collection::pull`] compares what it holds with what it was given. What the learner moved there comes back as
//! a pin, what they deleted as a question. Then [`Collection::push`] says what to send, step by step, and each step is
//! recorded when the server has confirmed it. What was about to be sent is noted before: after a cut, the next pull tells by that
//! what was sent already from what the learner did. Nothing here talks to a server.

mod hearing;
mod held;
mod moves;
mod report;
mod stored;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::export::{Agenda, Key, When, Writer, push_uid, resource};
use super::ledger::{Counts, Entry, Kind, Ledger, Tombstone};
use crate::input_error::{ErrorCode, InputError};
use hearing::Hearing;
use held::Reading;

pub use moves::{Moved, Refused, pins};
pub use report::Report;

/// What a calendar on a server was given of one plan, as the server confirmed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    ledger: Ledger,
    /// Its address, once it is known.
    calendar: Option<String>,
    /// Where each event is, by its UID.
    places: BTreeMap<String, Place>,
    /// What was about to be sent: an event, or nothing where it was to be removed.
    intended: BTreeMap<String, Option<Intent>>,
    /// Sessions that the learner deleted there.
    withheld: Vec<Withheld>,
    /// Events of the plan that the server should not have. Each pull finds them anew.
    strays: BTreeSet<String>,
}

/// Where an event is on the server, and in which state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The path of its resource.
    pub href: String,
    /// The entity tag of its state; empty where the server named none.
    pub etag: String,
}

/// A resource that the server gave.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// Where it is.
    pub place: Place,
    /// Its text; none where it could not be had.
    pub text: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Intent {
    when: When,
    text: u64,
}

#[derive(Debug, Clone, PartialEq)]
struct Withheld {
    key: Key,
    when: When,
    is_settled: bool,
}

/// What was heard from the server.
#[derive(Debug)]
pub struct Pull {
    /// As the server has it now.
    pub collection: Collection,
    /// Sessions that the learner moved there.
    pub moved: Vec<Moved>,
    /// Events ahead that are no more there, though the plan has them.
    pub deleted: usize,
    /// Events that say something else now at the same time. They stay so until the plan changes them.
    pub edited: usize,
    /// Events of whole days that were moved there. They follow the plan.
    pub put_back: usize,
    /// What cannot be planned with, as UID and why. It stays so until the plan changes it.
    pub odd: Vec<(String, String)>,
    /// Whether all that lies ahead is gone: a calendar that was emptied, not sessions that were deleted.
    pub is_emptied: bool,
}

/// A session that the learner deleted in their calendar, while the plan still has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What it is about.
    pub key: Key,
    /// What that is called.
    pub title: String,
    /// When the plan has it.
    pub when: When,
}

/// What is to become of a deleted session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "types", ts(rename = "DeletedAnswer"))]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// The calendar gets it again.
    Restore,
    /// The plan keeps it and the calendar does not get it, as long as it stays at its time.
    Leave,
}

/// What is to be sent.
#[derive(Debug)]
pub struct Push {
    /// One after the other; what is removed comes first.
    pub steps: Vec<Step>,
    /// What they mean for the learner.
    pub counts: Counts,
    /// The collection with what is about to be sent: to be stored before the first step.
    pub collection: Collection,
}

/// One event to be sent or removed.
#[derive(Debug)]
pub struct Step {
    /// Its UID.
    pub uid: String,
    /// Where it is now; none if the server does not have it.
    pub place: Option<Place>,
    /// The text to send (RFC 5545); none where it is to be removed.
    pub text: Option<String>,
    outcome: Outcome,
}

#[derive(Debug)]
enum Outcome {
    Given(Key, Entry),
    Gone(Option<Tombstone>),
}

impl Step {
    /// The name of a new resource for it.
    pub fn name(&self) -> String {
        format!("{}.ics", self.uid)
    }
}

impl Collection {
    /// Of a calendar that was given nothing yet.
    pub fn new(plan: impl Into<String>) -> Self {
        Self {
            ledger: Ledger::new(plan),
            calendar: None,
            places: BTreeMap::new(),
            intended: BTreeMap::new(),
            withheld: Vec::new(),
            strays: BTreeSet::new(),
        }
    }

    /// What the calendar was given.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The address of the calendar, once it is known.
    pub fn calendar(&self) -> Option<&str> {
        self.calendar.as_deref()
    }

    /// Makes it that of the calendar at this address.
    ///
    /// # Errors
    /// It is of another one: what that was given says nothing of this one.
    pub fn settle_at(&mut self, address: &str) -> Result<(), InputError> {
        match &self.calendar {
            Some(known) if known != address => Err(InputError::new(
                ErrorCode::LedgerOfAnotherCalendar,
                "calendar",
                address,
                "give each calendar a ledger of its own",
            )
            .because(format!("isn't the ledger's calendar, {known}"))),
            _ => {
                self.calendar = Some(address.to_owned());
                Ok(())
            }
        }
    }

    /// Which of the resources that a server lists have to be fetched: those that changed, and those of which it is not
    /// known whether they are ours, where one of ours is not in its place or `is_thorough` asks for it.
    pub fn to_fetch(&self, listed: &[Place], is_thorough: bool) -> Vec<String> {
        let known: HashMap<&str, &str> = self
            .places
            .values()
            .map(|place| (place.href.as_str(), place.etag.as_str()))
            .collect();
        let there: HashSet<&str> = listed.iter().map(|place| place.href.as_str()).collect();
        let is_missing = known.keys().any(|href| !there.contains(href));
        let is_all = is_thorough || is_missing || self.places.is_empty();
        let plan = self.ledger.plan();
        let is_due = |place: &&Place| match known.get(place.href.as_str()) {
            Some(etag) => etag.is_empty() || *etag != place.etag,
            None => is_all || place.href.contains(plan),
        };
        let due = listed.iter().filter(is_due);
        due.map(|place| place.href.clone()).collect()
    }

    /// What became of the calendar since it was given what it was given.
    ///
    /// `listed` is all that it holds, `fetched` the texts of [`Collection::to_fetch`]; `agenda` is the plan's as it was before.
    pub fn pull(
        &self,
        agenda: &Agenda,
        listed: &[Place],
        fetched: &[Fetched],
        now: DateTime<Utc>,
    ) -> Pull {
        let mut hearing = Hearing::new(self, agenda, listed, now);
        let mut ours = Vec::new();
        for resource in fetched {
            let reading = match &resource.text {
                Some(text) => held::read(text, agenda.plan),
                None => Reading::Foreign,
            };
            match reading {
                Reading::Ours(held) => ours.push((held, &resource.place)),
                Reading::Odd { uid, why } => hearing.leave(uid, why, &resource.place),
                Reading::Foreign => {}
            }
        }
        // The newest generation of an event is the one that counts.
        ours.sort_by_key(|(held, _)| held.generation);
        for (held, place) in ours {
            hearing.hear(held, place);
        }
        hearing.miss();
        hearing.pull
    }

    /// The deleted sessions that the plan still has where they were, and that nothing was decided about.
    pub fn questions(&self, agenda: &Agenda) -> Vec<Question> {
        let open: Vec<&Withheld> = self.withheld.iter().filter(|it| !it.is_settled).collect();
        let wanted = agenda.events.iter().filter_map(|wanted| {
            let subject = agenda.subjects.get(wanted.subject)?;
            let is_open = open
                .iter()
                .any(|it| it.when == wanted.when && it.key == subject.key);
            is_open.then(|| Question {
                key: subject.key.clone(),
                title: subject.title.clone(),
                when: wanted.when,
            })
        });
        if open.is_empty() {
            return Vec::new();
        }
        wanted.collect()
    }

    /// Decides about a deleted session.
    pub fn answer(&mut self, question: &Question, answer: Answer) {
        let is_it = |it: &Withheld| it.key == question.key && it.when == question.when;
        match answer {
            Answer::Restore => self.withheld.retain(|it| !is_it(it)),
            Answer::Leave => {
                let its = self.withheld.iter_mut().filter(|it| is_it(it));
                its.for_each(|it| it.is_settled = true);
            }
        }
    }

    /// What to send so that the calendar holds the agenda, but for what the learner deleted there: that is taken out of the agenda.
    ///
    /// # Errors
    /// A collection of another plan.
    pub fn push(&self, agenda: &mut Agenda, now: DateTime<Utc>) -> Result<Push, InputError> {
        self.withhold(agenda);
        let mut export = self.ledger.export(agenda, Kind::Changes, now)?;
        let mut collection = self.clone();
        let mut steps = Vec::with_capacity(self.strays.len() + export.due.len());
        for uid in &self.strays {
            collection.intended.insert(uid.clone(), None);
            steps.push(Step {
                uid: uid.clone(),
                place: self.places.get(uid).cloned(),
                text: None,
                outcome: Outcome::Gone(None),
            });
        }
        export.counts.removed += self.strays.len();
        for tombstone in export.tombstones {
            let uid = self.uid(
                &tombstone.key,
                tombstone.ordinal,
                tombstone.revision.generation,
            );
            collection.intended.insert(uid.clone(), None);
            steps.push(Step {
                place: self.places.get(&uid).cloned(),
                uid,
                text: None,
                outcome: Outcome::Gone(Some(tombstone)),
            });
        }
        let mut writer = Writer::new(agenda.plan.id(), &agenda.options);
        for due in &export.due {
            let Some(wanted) = agenda.events.get(due.event) else {
                continue;
            };
            let Some(subject) = agenda.subjects.get(wanted.subject) else {
                continue;
            };
            let uid = self.uid(&subject.key, wanted.ordinal, due.revision.generation);
            let (when, text) = (wanted.when, agenda.digest(wanted));
            collection
                .intended
                .insert(uid.clone(), Some(Intent { when, text }));
            let entry = Entry {
                ordinal: wanted.ordinal,
                revision: due.revision,
                when,
                text,
            };
            steps.push(Step {
                place: self.places.get(&uid).cloned(),
                uid,
                text: Some(resource(agenda, &mut writer, due)),
                outcome: Outcome::Given(subject.key.clone(), entry),
            });
        }
        Ok(Push {
            steps,
            counts: export.counts,
            collection,
        })
    }

    /// The server has done a step; `place` is where the event is since.
    pub fn confirm(&mut self, step: &Step, place: Place) {
        self.intended.remove(&step.uid);
        match &step.outcome {
            Outcome::Given(key, entry) => {
                self.ledger.hold(key, *entry);
                self.places.insert(step.uid.clone(), place);
            }
            Outcome::Gone(tombstone) => {
                self.places.remove(&step.uid);
                self.strays.remove(&step.uid);
                if let Some(tombstone) = tombstone {
                    self.ledger.bury(tombstone.clone());
                }
            }
        }
    }

    /// All steps of a push are through.
    pub fn finish(&mut self) {
        self.ledger.count_export();
    }

    fn uid(&self, key: &Key, ordinal: u32, generation: u32) -> String {
        let mut uid = String::new();
        push_uid(&mut uid, self.ledger.plan(), key, ordinal, generation);
        uid
    }

    fn withhold(&self, agenda: &mut Agenda) {
        let name = |key: &Key, when: When| (key.clone(), when.start, when.end);
        let withheld = self.withheld.iter().map(|it| name(&it.key, it.when));
        let withheld: HashSet<_> = withheld.collect();
        if withheld.is_empty() {
            return;
        }
        let subjects = &agenda.subjects;
        agenda.events.retain(|wanted| {
            let subject = subjects.get(wanted.subject);
            !subject.is_some_and(|subject| withheld.contains(&name(&subject.key, wanted.when)))
        });
    }
}

#[cfg(test)]
mod tests;
