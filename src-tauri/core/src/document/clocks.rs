//! A change of clock rules since a plan was saved, and the sessions it moves.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};

use super::Document;
use crate::plan::Plan;
use crate::schedule::{Session, current};
use crate::words;
use crate::zone::ClockRules;

/// Effect of a change in a zone's clock rules on a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockChange {
    /// The place the zone is named after.
    pub place: String,
    /// The release of the IANA database that has the new rules, such as `2026f`.
    pub release: String,
    /// Number of sessions to come that start at another instant, at the same local time.
    pub sessions: usize,
    /// Seconds by which they start later in UTC; negative if they start earlier.
    pub later: i64,
}

/// The plan under the current clock rules, and the rules it was saved by if those differ.
pub(super) fn adopt(plan: Plan, former: ClockRules) -> (Plan, Option<ClockRules>) {
    if former.zones == plan.clock_rules().zones {
        return (plan, None);
    }
    (plan.keeping_local_times(&former), Some(former))
}

impl Document {
    /// The changes of clock rules since the plan was saved, for the sessions that start after
    /// `now`. Each is one zone and one shift, in order of the places.
    pub fn clock_changes(&self, now: DateTime<Utc>) -> Vec<ClockChange> {
        let Some(former) = &self.former_clocks else {
            return Vec::new();
        };
        let mut moved: BTreeMap<(String, i64), usize> = BTreeMap::new();
        let schedule = current(&self.plan);
        let to_come = |session: &&Session| session.start.instant() > now;
        for session in schedule.sessions.iter().filter(to_come) {
            let local = session.start.local();
            let zone = self.plan.availability().zone_on(local.date());
            let was = former.instant(zone, local);
            let later = was.map_or(0, |was| session.start.instant().timestamp() - was);
            if later != 0 {
                *moved.entry((zone.place(), later)).or_default() += 1;
            }
        }
        let release = self.plan.zone().database().release();
        let change = |((place, later), sessions)| ClockChange {
            place,
            release: release.to_owned(),
            sessions,
            later,
        };
        moved.into_iter().map(change).collect()
    }
}

impl fmt::Display for ClockChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.later.unsigned_abs() / 60;
        let shift = match minutes {
            60 => "an hour".to_owned(),
            minutes => words::effort(minutes),
        };
        let direction = if self.later < 0 { "earlier" } else { "later" };
        let start = if self.sessions == 1 {
            "starts"
        } else {
            "start"
        };
        write!(
            f,
            "{} changed its clock rules: {} {start} {shift} {direction} in UTC. \
             Their local times stay the same. Export or sync again to update your calendars, \
             and import your busy times again.",
            self.place,
            words::count(self.sessions, "session"),
        )
    }
}
