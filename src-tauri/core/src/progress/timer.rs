//! The focus timer: what was worked on, measured on the clock, through restarts and sleep.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::input_error::InputError;
use crate::plan::change::LogWork;
use crate::plan::{Change, Plan};

/// One stretch of more minutes than this was hardly all work: the learner is asked.
pub const ABSURD_MINUTES: i64 = 240;

/// A timer for one item. It holds instants, not a count, so that nothing needs to run while it
/// does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timer {
    /// The item's id.
    pub item: String,
    /// When it was first started.
    pub begun: DateTime<Utc>,
    /// Seconds up to the last pause.
    seconds: i64,
    /// Since when it runs; none while it is paused.
    running: Option<DateTime<Utc>>,
}

impl Timer {
    /// A timer that runs from `now` on.
    ///
    /// # Errors
    /// An id that no item of the plan has.
    pub fn start(plan: &Plan, item: &str, now: DateTime<Utc>) -> Result<Self, InputError> {
        plan.known_item(item)?;
        Ok(Self {
            item: item.to_owned(),
            begun: now,
            seconds: 0,
            running: Some(now),
        })
    }

    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Seconds that it has run. A clock that was set back takes none away.
    pub fn seconds(&self, now: DateTime<Utc>) -> i64 {
        let stretch = self.running.map_or(TimeDelta::zero(), |since| now - since);
        self.seconds.saturating_add(stretch.num_seconds().max(0))
    }

    /// Whether it has run longer at a stretch than anyone works: a computer slept, or a learner
    /// forgot it.
    pub fn is_absurd(&self, now: DateTime<Utc>) -> bool {
        let stretch = self.running.map(|since| (now - since).num_minutes());
        stretch.is_some_and(|minutes| minutes > ABSURD_MINUTES)
    }

    /// Paused, or running again.
    #[must_use]
    pub fn toggled(&self, now: DateTime<Utc>) -> Self {
        Self {
            seconds: self.seconds(now),
            running: if self.is_running() { None } else { Some(now) },
            ..self.clone()
        }
    }

    /// The log entry that stopping it at `now` gives: `minutes` as the learner says, else what it
    /// measured, to the minute and at least one.
    pub fn entry(&self, plan: &Plan, minutes: Option<&str>, now: DateTime<Utc>) -> Change {
        let measured = (self.seconds(now) + 30) / 60;
        let start = plan.moment_at(self.begun).local();
        Change::Log(LogWork {
            item: self.item.clone(),
            start: start.format("%Y-%m-%dT%H:%M").to_string(),
            minutes: minutes.map_or_else(|| measured.max(1).to_string(), str::to_owned),
            note: String::new(),
            entry: None,
            again: false,
        })
    }
}
