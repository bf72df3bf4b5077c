//! The expected content of the window, from the core without any window.

use std::fmt;

use chrono::{DateTime, Utc};
use waymark_core::outlook::Outlook;
use waymark_core::plan::change::{IncludeItem, SetHours};
use waymark_core::plan::{Change, Plan};
use waymark_core::roadmap::Roadmap;
use waymark_core::schedule::current;
use waymark_core::view::{self, Answers};
use waymark_core::zone::Zone;

use crate::window::Result;

pub const ZONE: &str = "Europe/Berlin";
pub const START: &str = "2027-01-04";

/// A schedule, as far as it shows outside.
pub struct Expected {
    /// The day of the last session, as year-month-day.
    pub finish: String,
    /// When each session starts and ends, in order of time.
    pub sessions: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} sessions until {}", self.sessions.len(), self.finish)
    }
}

/// The schedule of a new plan with these hours a week, from [`START`] in [`ZONE`].
pub fn with_hours(hours: &str) -> Result<Expected> {
    after(&[hours_a_week(hours)])
}

/// The same with an optional item.
pub fn with_hours_and_item(hours: &str, item: &str) -> Result<Expected> {
    let include = Change::Include(IncludeItem {
        item: item.into(),
        included: true,
    });
    after(&[hours_a_week(hours), include])
}

pub fn hours_a_week(hours: &str) -> Change {
    Change::Hours(SetHours {
        value: hours.into(),
    })
}

/// The schedule of a new plan after these changes, from [`START`] in [`ZONE`].
pub fn after(changes: &[Change]) -> Result<Expected> {
    let plan = plan(changes)?;
    let schedule = current(&plan);
    let finish = schedule.finish().ok_or("nothing could be scheduled")?;
    Ok(Expected {
        finish: finish.date().to_string(),
        sessions: schedule
            .sessions
            .iter()
            .map(|session| (session.start.instant(), session.end().instant()))
            .collect(),
    })
}

/// The answers about the target dates of the same plan.
pub fn answers(changes: &[Change]) -> Result<Answers> {
    let plan = plan(changes)?;
    let outlook = Outlook::new(&plan, plan.start_instant());
    Ok(view::answers(&outlook).ok_or("no target date")?)
}

/// A new plan after these changes, from [`START`] in [`ZONE`].
pub fn plan(changes: &[Change]) -> Result<Plan> {
    let created = DateTime::UNIX_EPOCH;
    let start = START.parse()?;
    let zone = Zone::bundled(ZONE).ok_or("no such zone")?;
    let mut plan = Plan::new("expected", Roadmap::embedded()?, start, zone, created)?;
    for change in changes {
        plan = plan.changed(std::slice::from_ref(change), created)?;
    }
    Ok(plan)
}

/// Id and title of each phase of the roadmap, in order.
pub fn phases() -> Result<Vec<(String, String)>> {
    let roadmap = Roadmap::embedded()?;
    let named = |phase: &waymark_core::roadmap::Phase| (phase.id.clone(), phase.title.clone());
    Ok(roadmap.phases.iter().map(named).collect())
}
