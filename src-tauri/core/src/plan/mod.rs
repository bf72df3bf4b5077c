//! What the learner decided: the only thing that is stored, and the only way it changes.

mod change;
mod document;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;

use crate::availability::{self, Slots, Window};
use crate::problem::Problem;
use crate::roadmap::{Item, Roadmap};

pub use change::{Change, HOURS_PER_WEEK, STARTS, read_start};
pub use document::{Document, VERSION};

/// A roadmap and the time there is for it. Schedules are made from it and never stored.
///
/// A plan is always a valid one: [`Plan::apply`] refuses what cannot be planned.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    id: String,
    created: DateTime<Utc>,
    /// Shared between a plan and its previews: no change of a plan changes the roadmap.
    roadmap: Arc<Roadmap>,
    start: NaiveDate,
    zone: Tz,
    week_minutes: u32,
    days: Vec<Weekday>,
    windows: Vec<Window>,
    session: SessionLength,
    included: BTreeSet<String>,
}

/// How long one session may be, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLength {
    /// At least this long, unless the whole item is shorter.
    pub min: u32,
    /// At most this long.
    pub max: u32,
}

impl Plan {
    /// A plan at the roadmap's nominal hours, from Monday to Saturday, in sessions of 30 minutes to 2 hours.
    ///
    /// `id` names the plan in the events it exports and must never be given to another plan;
    /// `created` dates those events, so that an unchanged one is the same in each export.
    ///
    /// # Errors
    /// Where the start date is out of range, or the roadmap's hours are more than a week has.
    pub fn new(
        id: impl Into<String>,
        roadmap: Roadmap,
        start: NaiveDate,
        zone: Tz,
        created: DateTime<Utc>,
    ) -> Result<Self, Problem> {
        let week_minutes = change::week_minutes(roadmap.file.nominal_hours_per_week)?;
        let days: Vec<Weekday> = availability::week()[..6].to_vec();
        let plan = Self {
            id: id.into(),
            created,
            roadmap: Arc::new(roadmap),
            start: change::in_range(start)?,
            zone,
            week_minutes,
            windows: availability::spread(week_minutes, &days)?,
            days,
            session: SessionLength { min: 30, max: 120 },
            included: BTreeSet::new(),
        };
        Ok(plan)
    }

    /// Names the plan in what it exports.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When the plan was made.
    pub fn created(&self) -> DateTime<Utc> {
        self.created
    }

    /// What is to be learnt.
    pub fn roadmap(&self) -> &Roadmap {
        &self.roadmap
    }

    /// The first day of the first week.
    pub fn start(&self) -> NaiveDate {
        self.start
    }

    /// Midnight of the first day, as an instant: the first one of that day in the plan's zone.
    pub fn start_instant(&self) -> DateTime<Utc> {
        availability::instant(self.start.and_time(NaiveTime::MIN), self.zone)
    }

    /// The zone whose clock the windows are read on.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Hours of study a week.
    pub fn hours_per_week(&self) -> f64 {
        f64::from(self.week_minutes) / 60.0
    }

    /// The days studied on, Monday first.
    pub fn days(&self) -> &[Weekday] {
        &self.days
    }

    /// The weekly windows that follow from hours and days.
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// How long a session may be.
    pub fn session(&self) -> SessionLength {
        self.session
    }

    /// Whether an item takes part: every item does, but optional ones only once they were added.
    pub fn includes(&self, item: &Item) -> bool {
        !item.optional || self.included.contains(&item.id)
    }

    /// The free slots of the plan from its start, or from `now` where that is later.
    pub fn slots(&self, now: DateTime<Utc>) -> Slots {
        availability::slots(&self.windows, self.zone, now.max(self.start_instant()))
    }
}

/// The Monday after this day: where a plan starts unless the learner says otherwise.
pub fn next_monday(today: NaiveDate) -> NaiveDate {
    let ahead = 7 - u64::from(today.weekday().num_days_from_monday());
    today.checked_add_days(Days::new(ahead)).unwrap_or(today)
}

#[cfg(test)]
mod tests;
