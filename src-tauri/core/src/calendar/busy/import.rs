//! Busy time of a file for a plan.

use std::ops::Range;

use chrono::{DateTime, Days, NaiveTime, Utc};

use super::read::read_for;
use super::report::BusyReport;
use crate::availability::HORIZON;
use crate::calendar::ical::limits::Limits;
use crate::input_error::InputError;
use crate::plan::{Change, Plan};
use crate::schedule::current;

/// Busy time is read for so long after the last session: room for a plan that takes longer one day.
const DAYS_AFTER: Days = Days::new(365);
/// Upper bound of passes: busy time can move the end of the plan, which extends the range to read.
const ROUNDS: usize = 5;

/// Reads a calendar file for as long as the plan takes with it, and a year more: the change that
/// takes its busy time into the plan in place of what `source` had before, to be made at `now`, and
/// what was read.
///
/// # Errors
/// As [`read`], and where the plan cannot have the busy time.
pub fn import(
    plan: &Plan,
    source: &str,
    bytes: &[u8],
    limits: &Limits,
    now: DateTime<Utc>,
) -> Result<(Change, BusyReport), InputError> {
    let mut range = range(plan);
    let mut round = 1;
    loop {
        let report = read_for(plan, bytes, range.clone(), limits)?;
        let change = Change::busy(source, report.busy());
        let with_busy = self::range(&plan.changed(std::slice::from_ref(&change), now)?);
        let is_covered = with_busy.end <= range.end + DAYS_AFTER;
        if is_covered || round == ROUNDS {
            return Ok((change, report));
        }
        range = with_busy;
        round += 1;
    }
}

/// From the plan's start to a year after its last session, or to the end of the calendar.
fn range(plan: &Plan) -> Range<DateTime<Utc>> {
    let start = plan.start_instant();
    let end = current(plan).end();
    let last = end.map_or(start, |end| end.instant());
    let horizon = HORIZON.and_time(NaiveTime::MIN).and_utc();
    let until = last.checked_add_days(DAYS_AFTER).unwrap_or(horizon);
    start..until.min(horizon)
}
