//! When the plan starts, and in which zone.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::entries::{MOST_EXCEPTIONS, at_most};
use crate::plan::{Plan, typed};
use crate::zone::Zone;

/// Sets the day the plan starts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetStart {
    /// Such as `2027-01-04`, as typed.
    pub value: String,
}

impl Edit for SetStart {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let start = typed::read_start(&self.value)?;
        draft.plan.check_start(start)?;
        draft.plan.start = start;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Start {} → {}", plans.before.start, plans.after.start)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

impl Plan {
    /// Rejects a start before the present one, once work was logged: all weeks up to the first work
    /// would count as missed.
    fn check_start(&self, start: NaiveDate) -> Result<(), InputError> {
        let logged = self.log().iter().map(|entry| entry.start).min();
        let Some(logged) = logged.map(|first| self.local(first).date()) else {
            return Ok(());
        };
        let first = logged.min(self.start);
        if start >= first {
            return Ok(());
        }
        let expected = format!("enter {first} or a later date");
        let code = ErrorCode::StartOutOfRange;
        let error = InputError::new(code, "start date", start.to_string(), expected);
        Err(error.because("is before all the work that you logged"))
    }

    /// Makes `zone` the zone of the plan: at once if it has no past, else from today on. The time
    /// before is then a stay in the zone that is left, and a later stay elsewhere remains.
    fn move_home(&mut self, zone: Zone, now: DateTime<Utc>) -> Result<(), InputError> {
        let first_day = self.first_day_of_past(now);
        let (new, old) = (
            now.with_timezone(&zone).date_naive(),
            self.local(now).date(),
        );
        let left = std::mem::replace(&mut self.availability.zone, zone);
        let Some(first_day) = first_day else {
            return Ok(());
        };
        // The new clock counts at once: from the earlier of the two dates that it can be now, and
        // whatever stay was to begin by the later one.
        let moves = &mut self.availability.moves;
        let mut later = moves.split_off(moves.partition_point(|(from, _)| *from <= new.max(old)));
        let today = new.min(old);
        moves.retain(|(from, _)| *from < today);
        if moves.first().is_none_or(|(from, _)| *from > first_day) {
            moves.insert(0, (first_day, left));
        }
        moves.push((today, zone));
        moves.append(&mut later);
        // A stay in the zone that is home now is none, and neither is one after another in the same
        // zone.
        let mut last = None;
        moves.retain(|(_, zone)| last.replace(*zone) != Some(*zone));
        if moves.first().is_some_and(|(_, first)| *first == zone) {
            moves.remove(0);
        }
        at_most("journeys", moves.len(), MOST_EXCEPTIONS)
    }

    /// A day before anything was planned or logged on any clock, if something was by `now`.
    fn first_day_of_past(&self, now: DateTime<Utc>) -> Option<NaiveDate> {
        let logged = self.log().iter().map(|entry| entry.start);
        let past = self.past().iter().map(|session| session.start);
        let start = Some(self.start_instant()).filter(|start| *start < now);
        let first = logged.chain(past).chain(start).min()?;
        self.local(first).date().checked_sub_days(Days::new(2))
    }
}

/// Sets the time zone. The past of a plan under way stays on the clock of the zone it was in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetZone {
    /// IANA name, such as `Europe/Berlin`, as typed.
    pub value: String,
}

impl Edit for SetZone {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let zones = draft.plan.zone().database();
        let zone = typed::read_zone(&self.value, zones)?;
        draft.plan.move_home(zone, draft.now)
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let (before, after) = (plans.before.zone(), plans.after.zone());
        format!("Time zone {before} → {after}")
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}
