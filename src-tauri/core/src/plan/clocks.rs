//! The clock rules that a plan follows, and a change of law between two of its openings.

use chrono::{DateTime, NaiveTime};

use super::Plan;
use crate::zone::{ClockRules, Zone};

/// A day more than any clock is away from UTC.
const DAY_SECONDS: i64 = 86_400;

impl Plan {
    /// Its zone and those it travels to, each once.
    pub fn zones(&self) -> Vec<Zone> {
        let mut zones = vec![self.availability.zone];
        for (_, zone) in &self.availability.moves {
            if !zones.contains(zone) {
                zones.push(*zone);
            }
        }
        zones
    }

    /// The clock rules of its zones from its start on, which are stored with it.
    pub fn clock_rules(&self) -> ClockRules {
        ClockRules::of(&self.zones(), self.first_second())
    }

    /// As [`Plan::clock_rules`], by the rules of the last Waymark that stored none.
    pub fn first_clock_rules(&self) -> ClockRules {
        ClockRules::first(&self.zones(), self.first_second())
    }

    fn first_second(&self) -> i64 {
        let start = self.start.and_time(NaiveTime::MIN).and_utc();
        start.timestamp() - DAY_SECONDS
    }

    /// The plan with the sessions that stay where they are at the same local time as by `former`
    /// rules. They are stored as instants, but the learner agreed to what the clock shows.
    pub(crate) fn keeping_local_times(mut self, former: &ClockRules) -> Self {
        let availability = &self.availability;
        let Some(basis) = &mut self.record.basis else {
            return self;
        };
        for session in &mut basis.kept {
            let seconds = session.start.timestamp();
            let moment = availability.moment_at(session.start);
            let zone = availability.zone_on(moment.local().date());
            let local = former.offset_at(zone, seconds).and_then(|offset| {
                let shown = DateTime::from_timestamp(seconds + i64::from(offset), 0)?;
                Some(shown.naive_utc())
            });
            if let Some(local) = local {
                session.start = crate::availability::moment(local, zone).instant();
            }
        }
        self
    }
}
