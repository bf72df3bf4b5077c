//! The contents a calendar should have, regardless of the events it already has.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::horizon::Horizon;
use super::options::ExportOptions;
use super::scope::Scope;
use super::writer::{EventText, mix};
use crate::calendar::event::{EventKey, EventKind, Now, When};
use crate::plan::Plan;
use crate::roadmap::Phase;
use crate::zone::Zone;

/// Everything that a calendar should contain under the given options.
#[derive(Debug)]
pub struct CalendarContents<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The subjects of its events.
    pub subjects: Vec<Subject>,
    /// The events: sessions in order of time, then weeks, phases and outcomes.
    pub events: Vec<PlannedEvent>,
    pub(in crate::calendar) options: ExportOptions,
    pub(super) scope: Scope,
    /// From the first start to the last end, in seconds since 1970.
    pub(super) extent: (i64, i64),
}

/// One thing that events are about, with the text they share.
#[derive(Debug)]
pub struct Subject {
    /// Identifies it.
    pub key: EventKey,
    /// Its title.
    pub title: String,
    /// The index of its phase; `None` if it belongs to none.
    pub phase: Option<usize>,
    pub(in crate::calendar) text: EventText,
    /// A digest of its events' text, except their numbers and times.
    pub(super) digest: u64,
}

/// An event that a calendar should contain.
#[derive(Debug, Clone, Copy)]
pub struct PlannedEvent {
    /// The index of its subject.
    pub subject: usize,
    /// When it is.
    pub when: When,
    /// The zone for times on the learner's clock; `None` for UTC.
    pub zone: Option<Zone>,
    /// Whether the learner chose its time.
    pub is_pinned: bool,
}

impl CalendarContents<'_> {
    /// The present, on the learner's clock.
    pub fn at(&self, now: DateTime<Utc>) -> Now {
        Now::new(now, self.plan.zone())
    }

    /// Up to when the calendar gets events.
    pub(in crate::calendar) fn horizon(&self, now: DateTime<Utc>) -> Horizon {
        Horizon::new(self.plan, &self.options, now)
    }

    /// Whether this export covers an event at that time.
    pub fn covers(&self, when: When) -> bool {
        self.scope.contains(when)
    }

    /// The title of a subject and the id of its phase, even if this export does not cover it.
    pub(in crate::calendar) fn name(&self, key: &EventKey) -> SubjectName {
        let roadmap = self.plan.roadmap();
        let phase_id = |index: usize| Some(roadmap.phases.get(index)?.id.as_str().into());
        let by_id = || roadmap.phases.iter().find(|phase| *phase.id == *key.id);
        let (title, phase) = match key.kind {
            EventKind::Session => {
                let item = roadmap
                    .item(&key.id)
                    .and_then(|index| roadmap.items.get(index));
                (
                    item.map(|item| item.title.clone()),
                    item.and_then(|item| phase_id(item.phase)),
                )
            }
            EventKind::Week => (Some(format!("Week {}", key.id)), None),
            EventKind::Phase => (
                by_id().map(|phase| phase.title.clone()),
                Some(key.id.clone()),
            ),
            EventKind::Outcome => (by_id().map(milestone), Some(key.id.clone())),
        };
        SubjectName {
            title: title.map_or_else(|| key.id.clone(), Arc::from),
            phase,
        }
    }

    /// A digest of an event's text, except its number and times.
    pub fn digest(&self, event: &PlannedEvent) -> u64 {
        let digest = self
            .subjects
            .get(event.subject)
            .map_or(0, |subject| subject.digest);
        event.zone.map_or(digest, |zone| mix(digest, zone.name()))
    }

    /// From the first start to the last end, in seconds since 1970.
    pub(in crate::calendar) fn extent(&self) -> (i64, i64) {
        self.extent
    }
}

/// The title of a subject, and the id of its phase.
#[derive(Debug, Clone)]
pub(in crate::calendar) struct SubjectName {
    pub title: Arc<str>,
    pub phase: Option<Arc<str>>,
}

pub(super) fn milestone(phase: &Phase) -> String {
    format!("Milestone: {}", phase.outcome)
}
