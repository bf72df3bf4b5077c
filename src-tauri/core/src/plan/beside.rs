//! The learner's other plans: their sessions are busy time in this one.
//!
//! They are stored with the plan, as of the latest change that rescheduled it, so that its schedule
//! stays the same until the next one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::Plan;
use super::busy::{MOST_BUSY, union};
use super::entries::{BusyEntry, at_most, reject};
use crate::availability::{Availability, Busy, Exception, ExceptionKind, Week, Window};
use crate::input_error::InputError;
use crate::roadmap::LONGEST_TITLE;

/// The sessions of the other plans, by the plan's title.
pub type OtherSessions = BTreeMap<String, Vec<BusyEntry>>;

/// The other plans as this one knows them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct OtherPlans {
    /// Whether their sessions are left out of account.
    pub ignored: bool,
    pub sessions: BTreeMap<String, Vec<Busy>>,
}

/// Another plan, as this one knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherPlan<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its sessions to come, as of the latest change that rescheduled this plan.
    pub sessions: &'a [Busy],
}

impl Plan {
    /// The title: the plan's own name, or its roadmap's title.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.roadmap.file.title)
    }

    /// The plan's own name. `None` if it has the title of its roadmap.
    pub fn own_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Gives the plan a name; an empty one is that of its roadmap.
    pub(super) fn set_name(&mut self, name: &str) -> Result<(), InputError> {
        let name = name.trim();
        if name.contains(char::is_control) {
            let expected = "enter a name on one line";
            return Err(reject("name of the plan", name, expected));
        }
        self.name = match name {
            "" => None,
            name => Some(checked_title("name of the plan", name)?),
        };
        Ok(())
    }

    /// Whether the sessions of the learner's other plans are busy time.
    pub fn counts_other_plans(&self) -> bool {
        !self.others.ignored
    }

    /// The other plans whose sessions are busy time.
    pub fn other_plans(&self) -> impl Iterator<Item = OtherPlan<'_>> {
        let sessions = self.others.sessions.iter();
        sessions.map(|(title, sessions)| OtherPlan { title, sessions })
    }

    /// Minutes of the usual windows that busy times usually take, without the other plans.
    pub(crate) fn taken_without_other_plans(&self, from: DateTime<Utc>) -> u32 {
        if self.others.sessions.is_empty() {
            let taken = self.availability.taken_by_busy(from);
            return taken.iter().map(|(_, minutes)| minutes).sum();
        }
        let mut alone = self.clone();
        alone.others.sessions.clear();
        alone.combine_busy();
        alone.taken_without_other_plans(from)
    }

    /// The plan with the learner's time as another plan has it: the zone with its journeys, the
    /// first day of the week, time off, imported busy times, and the lengths of sessions. Its own
    /// hours are spread over the days of that plan, beside the windows in `taken`.
    #[must_use]
    pub fn with_time_of(&self, other: &Self, taken: &[Window]) -> Self {
        let (mine, theirs) = (&self.availability, &other.availability);
        let minutes = mine.week.minutes();
        let week = Week::spread_beside(minutes, theirs.week.days(), taken);
        let is_off = |exception: &&Exception| exception.kind == ExceptionKind::TimeOff;
        let mut plan = self.clone();
        plan.availability = Availability {
            zone: theirs.zone,
            moves: theirs.moves.clone(),
            // More hours than these days hold stay as they are.
            week: week.unwrap_or_else(|_| mine.week.clone()),
            exceptions: theirs.exceptions.iter().filter(is_off).cloned().collect(),
            buffer_minutes: theirs.buffer_minutes,
            week_start: theirs.week_start,
            ..mine.clone()
        };
        plan.busy = other.busy.clone();
        plan.session = other.session;
        plan.combine_busy();
        plan
    }

    pub(super) fn count_other_plans(&mut self, counts: bool) {
        self.others.ignored = !counts;
        if !counts {
            self.others.sessions.clear();
        }
        self.combine_busy();
    }

    /// Sets the sessions of the other plans, in place of those that it knew.
    pub(super) fn set_other_plans(&mut self, plans: &OtherSessions) -> Result<(), InputError> {
        let count = plans.values().map(Vec::len).sum::<usize>();
        at_most("other_plans", count, MOST_BUSY)?;
        let mut sessions = BTreeMap::new();
        if !self.others.ignored {
            for (title, times) in plans {
                let title = checked_title("title of another plan", title)?;
                let times = union(times.clone())?;
                if !times.is_empty() {
                    sessions.insert(title, times);
                }
            }
        }
        self.others.sessions = sessions;
        self.combine_busy();
        Ok(())
    }

    /// Knows of other plans what `before` did: their sessions only count from a re-plan on.
    pub(crate) fn keep_other_plans_of(&mut self, before: &Self) {
        if self.others != before.others {
            self.others = before.others.clone();
            self.combine_busy();
        }
    }

    pub(super) fn other_sessions(&self) -> OtherSessions {
        let entries = |busy: &Vec<Busy>| busy.iter().copied().map(BusyEntry::from).collect();
        let sessions = self.others.sessions.iter();
        sessions
            .map(|(title, busy)| (title.clone(), entries(busy)))
            .collect()
    }
}

fn checked_title(field: &str, title: &str) -> Result<String, InputError> {
    if (1..=LONGEST_TITLE).contains(&title.chars().count()) {
        return Ok(title.to_owned());
    }
    let expected = format!("enter 1 to {LONGEST_TITLE} characters");
    Err(reject(field, title, &expected))
}

#[cfg(test)]
mod tests;
