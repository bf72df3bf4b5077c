//! The additional study time of one plan over another.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::plan::Plan;
use crate::progress::week_of;

/// Additional minutes of free time in `after` over `before` from `now` to the end of `until`: in
/// the week with the most of them, and in all.
pub fn minutes(before: &Plan, after: &Plan, now: DateTime<Utc>, until: NaiveDate) -> (u32, u64) {
    if before.availability() == after.availability() {
        return (0, 0);
    }
    let had = by_week(before, now, until);
    let extra = by_week(after, now, until).into_iter().map(|(week, has)| {
        let had = had.get(&week).copied().unwrap_or(0);
        has.saturating_sub(had)
    });
    extra.fold((0, 0), |(most, all), extra| {
        (most.max(extra), all + u64::from(extra))
    })
}

/// Minutes of free time by the first day of the week.
fn by_week(plan: &Plan, now: DateTime<Utc>, until: NaiveDate) -> BTreeMap<NaiveDate, u32> {
    let mut weeks = BTreeMap::new();
    for slot in plan.slots(now) {
        let date = slot.start.local().date();
        if date > until {
            break;
        }
        let first = week_of(date, plan.availability().week_start);
        *weeks.entry(first).or_default() += slot.minutes;
    }
    weeks
}
