//! The focus timer: what was worked on, measured on the clock, through restarts and sleep.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::input_error::InputError;
use crate::plan::change::LogWork;
use crate::plan::{Change, Plan};

/// A single stretch longer than this is unlikely to be all work, so Waymark asks the learner.
pub const ABSURD_MINUTES: i64 = 240;

/// A timer for one item. It stores instants, not a count, so no process has to run while the timer
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
    /// When it last started running. `None` while it is paused.
    running: Option<DateTime<Utc>>,
}

impl Timer {
    /// A timer that starts at `now`.
    ///
    /// # Errors
    /// If no item of the plan has this id.
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

    /// Seconds it has run. Setting the clock back does not reduce them.
    pub fn seconds(&self, now: DateTime<Utc>) -> i64 {
        let stretch = self.running.map_or(TimeDelta::zero(), |since| now - since);
        self.seconds.saturating_add(stretch.num_seconds().max(0))
    }

    /// Whether it has run longer at a stretch than anyone works, because the computer slept or the
    /// learner forgot it.
    pub fn is_absurd(&self, now: DateTime<Utc>) -> bool {
        let stretch = self.running.map(|since| (now - since).num_minutes());
        stretch.is_some_and(|minutes| minutes > ABSURD_MINUTES)
    }

    /// Pauses it, or resumes it if it is paused.
    #[must_use]
    pub fn toggled(&self, now: DateTime<Utc>) -> Self {
        Self {
            seconds: self.seconds(now),
            running: if self.is_running() { None } else { Some(now) },
            ..self.clone()
        }
    }

    /// The log entry for stopping it at `now`, with the learner's `minutes` if given, otherwise the
    /// measured time, to the minute and at least one minute.
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
