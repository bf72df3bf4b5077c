//! The record of a plan: the log, the sessions of the past and the baselines. No re-plan rewrites
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Plan;
use crate::availability::Used;
use crate::input_error::{ErrorCode, InputError};
use crate::reading;
use crate::roadmap::Item;

/// An entry of the log: work that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogEntry {
    /// Unique in the plan, and never reused.
    pub id: u32,
    /// The item's id.
    pub item: String,
    /// Start of the work.
    #[serde(deserialize_with = "reading::one")]
    pub start: DateTime<Utc>,
    /// Minutes of work.
    pub minutes: u32,
    /// The learner's note. May be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A session as it was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// The item's id.
    pub item: String,
    /// Planned start.
    #[serde(deserialize_with = "reading::one")]
    pub start: DateTime<Utc>,
    /// Planned length in minutes.
    pub minutes: u32,
}

impl Planned {
    pub(crate) fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.start + TimeDelta::minutes(self.minutes.into()) <= now
    }
}

/// When the plan was last rescheduled, and the state at that time. From these the current schedule
/// is computed the same way however much time has passed, until the next re-plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleBasis {
    /// Every session of the schedule starts at or after this instant.
    #[serde(deserialize_with = "reading::one")]
    pub from: DateTime<Utc>,
    /// Minutes done of each item.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub done: BTreeMap<String, u32>,
    /// Sessions that stayed where they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Planned>,
    /// Minutes done earlier that day and that week.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub used: Used,
    /// Minutes of the reserve that missed work took.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reserve: u32,
    /// Minutes of each item that wait without a session, since the learner set them aside or moved
    /// other sessions by hand.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub waiting: BTreeMap<String, u32>,
    /// The id of the newest log entry then; 0 if there was none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub entries: u32,
    /// Minutes that were done of each item's past sessions, in chronological order. Entries logged
    /// later add to them. An item is missing if one of its entries was changed or removed since.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub past_done: BTreeMap<String, Vec<u32>>,
}

/// A snapshot of the schedule, to measure progress against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Unique in the plan.
    pub name: String,
    /// When the snapshot was taken.
    #[serde(deserialize_with = "reading::one")]
    pub set: DateTime<Utc>,
    /// All of its sessions, in order of time.
    pub sessions: Vec<Planned>,
}

/// The log, past sessions and baselines of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Record {
    /// In order of time.
    pub log: Vec<LogEntry>,
    /// Total minutes of each item that the learner estimated.
    pub estimates: BTreeMap<String, u32>,
    /// Items that the learner marked as done, and outcomes that were reached.
    pub finished: BTreeSet<String>,
    /// `None` until the first re-plan.
    pub basis: Option<ScheduleBasis>,
    /// Sessions from before the last re-plan, in order of time.
    pub past: Vec<Planned>,
    /// Oldest first.
    pub baselines: Vec<Baseline>,
    /// Titles of the ticked steps, by item.
    pub ticked: BTreeMap<String, BTreeSet<String>>,
    /// Titles of items that are no longer in the roadmap, by id: the record can name them.
    pub removed: BTreeMap<String, String>,
}

impl Plan {
    /// The log, in order of time.
    pub fn log(&self) -> &[LogEntry] {
        &self.record.log
    }

    /// The sessions from before the last re-plan, in order of time.
    pub fn past(&self) -> &[Planned] {
        &self.record.past
    }

    /// The basis of the current schedule. `None` until the first re-plan.
    pub fn basis(&self) -> Option<&ScheduleBasis> {
        self.record.basis.as_ref()
    }

    /// The baselines, oldest first. Empty until the plan has started.
    pub fn baselines(&self) -> &[Baseline] {
        &self.record.baselines
    }

    /// Whether the learner marked this item as done, or this outcome as reached.
    pub fn is_finished(&self, id: &str) -> bool {
        self.record.finished.contains(id)
    }

    /// Whether a step of an item is ticked, by its title.
    pub fn is_ticked(&self, item: &str, step: &str) -> bool {
        let ticked = self.record.ticked.get(item);
        ticked.is_some_and(|steps| steps.contains(step))
    }

    /// The title of an item or an outcome, also of an item that was removed; its id if there is
    /// neither.
    pub fn title_of<'a>(&'a self, id: &'a str) -> &'a str {
        let index = self.roadmap.item(id);
        if let Some(item) = index.and_then(|index| self.roadmap.items.get(index)) {
            return &item.title;
        }
        let mut phases = self.roadmap.phases.iter();
        let outcome = phases.find(|phase| phase.outcome_id == id);
        let outcome = outcome.map(|phase| &phase.outcome);
        let title = outcome.or_else(|| self.record.removed.get(id));
        title.map_or(id, String::as_str)
    }

    /// Total minutes that an item is expected to take: the learner's last estimate, or else the
    /// roadmap's effort minus prior knowledge.
    pub fn expected_minutes(&self, item: &Item) -> u32 {
        let estimate = self.record.estimates.get(&item.id);
        estimate
            .copied()
            .filter(|_| self.includes(item))
            .unwrap_or_else(|| self.effort_minutes(item))
    }

    /// The learner's last estimate of an item in minutes, or the first one; whether the item is in
    /// the plan or not.
    pub(crate) fn last_estimate(&self, item: &Item) -> u32 {
        let estimate = self.record.estimates.get(&item.id).copied();
        estimate.unwrap_or_else(|| self.first_estimate(item))
    }

    /// Minutes of work that were logged, by item.
    pub fn logged(&self) -> BTreeMap<String, u32> {
        let mut logged = BTreeMap::new();
        for entry in &self.record.log {
            let minutes: &mut u32 = logged.entry(entry.item.clone()).or_default();
            *minutes = minutes.saturating_add(entry.minutes);
        }
        logged
    }

    /// Minutes of work that were logged, in all.
    pub fn done_minutes(&self) -> u64 {
        let minutes = |entry: &LogEntry| u64::from(entry.minutes);
        self.record.log.iter().map(minutes).sum()
    }

    /// Minutes of work that are left, in all.
    pub fn left_minutes(&self) -> u64 {
        self.left().iter().map(|left| u64::from(*left)).sum()
    }

    /// Minutes logged before this instant on the same day and in the same week.
    pub(crate) fn used_before(&self, moment: DateTime<Utc>) -> Used {
        let date = |at: DateTime<Utc>| self.moment_at(at).local().date();
        let today = date(moment);
        let week = self.availability.week_of(today);
        let mut used = Used::default();
        for entry in self.record.log.iter().rev() {
            let day = date(entry.start);
            if entry.start >= moment || day > today {
                continue;
            }
            if day < week {
                break;
            }
            used.week = used.week.saturating_add(entry.minutes);
            if day == today {
                used.day = used.day.saturating_add(entry.minutes);
            }
        }
        used
    }

    /// Minutes of work left of each item of the roadmap.
    pub fn left(&self) -> Vec<u32> {
        self.left_after(&self.logged())
    }

    /// Whether no work is left.
    pub fn is_done(&self) -> bool {
        self.left().iter().all(|left| *left == 0)
    }

    /// Minutes of each item that were to be scheduled at the last re-plan: all that was left then,
    /// but for work that waits.
    pub(crate) fn to_schedule(&self) -> Vec<u32> {
        let Some(basis) = &self.record.basis else {
            return self.left_after(&BTreeMap::new());
        };
        let mut left = self.left_after(&basis.done);
        for (item, minutes) in &basis.waiting {
            if let Some(item) = self.roadmap.item(item) {
                left[item] = left[item].saturating_sub(*minutes);
            }
        }
        left
    }

    /// Minutes of work left of each item once this many minutes of it are done.
    pub(crate) fn left_after(&self, done: &BTreeMap<String, u32>) -> Vec<u32> {
        let left = |item: &Item| {
            if self.is_finished(&item.id) {
                return 0;
            }
            let done = done.get(&item.id).copied().unwrap_or(0);
            self.expected_minutes(item).saturating_sub(done)
        };
        self.roadmap.items.iter().map(left).collect()
    }
}

fn is_nothing(used: &Used) -> bool {
    *used == Used::default()
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes a reference
pub(super) fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Sessions that a baseline or the past can have.
pub(super) const MOST_SESSIONS: usize = 1_000_000;
const MOST_BASELINES: usize = 50;
const LONGEST_NAME: usize = 80;
/// Minutes that a log entry can have: up to a day.
pub(super) const ENTRY_MINUTES: RangeInclusive<u32> = 1..=1_440;
/// Minutes that an item can be estimated to take: up to the most a roadmap can state.
pub(super) const ESTIMATE_MINUTES: RangeInclusive<u32> = 0..=600_000;

/// Changes of the record.
impl Plan {
    /// Checks the id of an item or an outcome.
    ///
    /// # Errors
    /// If the roadmap has neither.
    pub(super) fn known_item_or_outcome(&self, id: &str) -> Result<(), InputError> {
        let mut phases = self.roadmap.phases.iter();
        if phases.any(|phase| phase.outcome_id == id) {
            return Ok(());
        }
        self.known_item(id)
    }

    /// Adds a baseline, in place of the one of the same name if there is one.
    ///
    /// # Errors
    /// If the name is empty or too long, or the plan has the maximum number of baselines.
    pub(crate) fn add_baseline(&mut self, baseline: Baseline) -> Result<(), InputError> {
        let name = baseline_name(&baseline.name)?;
        let baselines = &mut self.record.baselines;
        baselines.retain(|known| known.name != name);
        if baselines.len() >= MOST_BASELINES {
            let expected =
                format!("a plan has at most {MOST_BASELINES} baselines; remove one first");
            return Err(InputError::new(
                ErrorCode::TooManyBaselines,
                "baseline",
                name,
                expected,
            ));
        }
        baselines.push(Baseline { name, ..baseline });
        Ok(())
    }

    /// Counts the minutes of this item's past sessions from the log again, since one of the entries
    /// from before the last re-plan is another now.
    pub(super) fn recount_past(&mut self, entry: &LogEntry) {
        if let Some(basis) = &mut self.record.basis
            && entry.id <= basis.entries
        {
            basis.past_done.remove(&entry.item);
        }
    }

    /// Schedules the plan on another basis. Sessions `behind` it become part of the past.
    pub(crate) fn rebase(&mut self, basis: Option<ScheduleBasis>, behind: Vec<Planned>) {
        self.record.basis = basis;
        self.record.past.extend(behind);
    }

    /// Forgets the past sessions that are over at `now`.
    pub(crate) fn forget_past(&mut self, now: DateTime<Utc>) {
        self.record.past.retain(|session| !session.is_over(now));
    }

    /// Forgets past sessions and baselines, as if the plan were new. The log stays.
    pub(crate) fn start_over(&mut self) {
        self.record.basis = None;
        self.record.past.clear();
        self.record.baselines.clear();
    }
}

impl Record {
    /// Sorts the log and the past by time.
    pub fn sort(&mut self) {
        self.log
            .sort_by(|a, b| (a.start, &a.item, a.id).cmp(&(b.start, &b.item, b.id)));
        self.past
            .sort_by(|a, b| (a.start, &a.item).cmp(&(b.start, &b.item)));
    }
}

impl Plan {
    /// This text as the name of a baseline, shortened if need be. `None` if the plan has the
    /// maximum number of baselines.
    pub(super) fn new_baseline_name(&self, text: &str) -> Option<String> {
        let name: String = text
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST_NAME)
            .collect();
        let name = name.trim();
        let baselines = &self.record.baselines;
        let has_room =
            baselines.len() < MOST_BASELINES || baselines.iter().any(|known| known.name == name);
        (has_room && !name.is_empty()).then(|| name.to_owned())
    }
}

pub(super) fn baseline_name(name: &str) -> Result<String, InputError> {
    let name = name.trim();
    if (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    let expected = format!("enter a name of 1 to {LONGEST_NAME} characters");
    Err(InputError::new(
        ErrorCode::BaselineName,
        "baseline",
        name,
        expected,
    ))
}

pub(super) fn read_minutes(
    field: &str,
    text: &str,
    range: RangeInclusive<u32>,
) -> Result<u32, InputError> {
    let minutes = text.trim().parse().ok();
    minutes
        .filter(|minutes| range.contains(minutes))
        .ok_or_else(|| {
            let expected = format!(
                "enter whole minutes from {} to {}",
                range.start(),
                range.end()
            );
            InputError::new(ErrorCode::MinutesOutOfRange, field, text, expected)
        })
}
