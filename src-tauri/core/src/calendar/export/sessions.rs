//! The sessions that become events: past ones, and those of the schedule.

use chrono::{DateTime, NaiveDate, Utc};

use crate::plan::Plan;
use crate::schedule::Schedule;
use crate::zone::Zone;

/// A past or scheduled session, in seconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct SessionSpan {
    pub item: usize,
    pub start: i64,
    pub end: i64,
}

impl SessionSpan {
    fn new(item: usize, start: DateTime<Utc>, minutes: u32) -> Self {
        let start = start.timestamp();
        Self {
            item,
            start,
            end: start + i64::from(minutes) * 60,
        }
    }

    pub fn minutes(&self) -> u64 {
        u64::try_from((self.end - self.start) / 60).unwrap_or(0)
    }
}

/// The past sessions, from before the last re-plan, followed by the schedule's.
pub fn session_spans(plan: &Plan, schedule: &Schedule) -> Vec<SessionSpan> {
    let roadmap = plan.roadmap();
    let past = plan.past().iter().filter_map(|session| {
        let item = roadmap.item(&session.item)?;
        Some(SessionSpan::new(item, session.start, session.minutes))
    });
    let ahead = schedule.sessions.iter().map(|session| {
        let start = session.start.instant();
        SessionSpan::new(session.item(), start, session.minutes)
    });
    past.chain(ahead).collect()
}

/// The learner's zone at that time.
pub fn zone_at(plan: &Plan, seconds: i64) -> Zone {
    let instant = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    let date = instant.with_timezone(&plan.zone()).date_naive();
    plan.availability().zone_on(date)
}

/// The date on the learner's clock.
pub fn date_at(plan: &Plan, seconds: i64) -> NaiveDate {
    let instant = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    instant.with_timezone(&zone_at(plan, seconds)).date_naive()
}
