//! Retention: which earlier plans are kept, and which make room.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, TimeDelta, Utc};

/// How many of the latest plans are kept, whatever their age.
pub const LATEST: usize = 20;
/// For how long one plan a day is kept.
pub const DAYS: TimeDelta = TimeDelta::days(31);
/// For how long one plan a week is kept.
pub const WEEKS: TimeDelta = TimeDelta::days(366);

/// An earlier plan that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Generation of its document. No two are the same.
    pub generation: u64,
    /// When a change took its place.
    pub until: DateTime<Utc>,
    /// Its size on disk.
    pub bytes: u64,
}

/// The generations of the plans that go at `now`: all but the latest [`LATEST`], then the last of
/// each day, then the last of each week, as far as they fit into `most_bytes`. The latest always
/// stays.
///
/// Days and weeks are those of UTC. The last plan of a week is also the last of its day, so that
/// thinning after each change keeps the same plans as thinning once.
pub fn thinned(plans: &[Kept], now: DateTime<Utc>, most_bytes: u64) -> BTreeSet<u64> {
    let mut latest_first = plans.to_vec();
    latest_first.sort_by_key(|plan| std::cmp::Reverse(plan.generation));
    let (mut days, mut weeks) = (BTreeSet::new(), BTreeSet::new());
    let mut goes = BTreeSet::new();
    let mut bytes = 0_u64;
    for (place, plan) in latest_first.iter().enumerate() {
        let day = plan.until.date_naive();
        let age = now - plan.until;
        let is_last_of_day = days.insert(day);
        let is_last_of_week = weeks.insert((day.iso_week().year(), day.iso_week().week()));
        let is_due =
            place < LATEST || age <= DAYS && is_last_of_day || age <= WEEKS && is_last_of_week;
        let fits = place == 0 || bytes.saturating_add(plan.bytes) <= most_bytes;
        if is_due && fits {
            bytes = bytes.saturating_add(plan.bytes);
        } else {
            goes.insert(plan.generation);
        }
    }
    goes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    /// Plans that were replaced after these numbers of minutes each.
    fn plans(gaps: &[i64]) -> Vec<Kept> {
        let mut until: DateTime<Utc> = "2027-01-04T12:00:00Z".parse().unwrap();
        let mut plans = Vec::new();
        for (generation, gap) in (1..).zip(gaps) {
            until += TimeDelta::minutes(*gap);
            let bytes = 1000;
            plans.push(Kept {
                generation,
                until,
                bytes,
            });
        }
        plans
    }

    fn left(plans: &[Kept], now: DateTime<Utc>, most_bytes: u64) -> Vec<Kept> {
        let goes = thinned(plans, now, most_bytes);
        let stays = |plan: &&Kept| !goes.contains(&plan.generation);
        plans.iter().filter(stays).copied().collect()
    }

    fn gaps() -> impl Strategy<Value = Vec<i64>> {
        let gap = prop_oneof![0..30_i64, 0..2_000_i64, 0..20_000_i64];
        prop::collection::vec(gap, 1..150)
    }

    #[test]
    fn a_year_of_changes_leaves_twenty_a_month_of_days_and_a_year_of_weeks() {
        // Four changes a day for two years.
        let plans = plans(&[360; 2 * 365 * 4]);
        let left = left(&plans, plans.last().unwrap().until, u64::MAX);
        let count = left.len();
        assert!((90..=20 + 31 + 53).contains(&count), "{count}");
    }

    proptest! {
        /// The latest are all kept; of the others at most one a day and none over a year old; each
        /// day of the last month and each week of the last year has its last plan.
        #[test]
        fn the_rule_holds(gaps in gaps(), later in 0..40_000_i64) {
            let plans = plans(&gaps);
            let now = plans.last().unwrap().until + TimeDelta::minutes(later);
            let left = left(&plans, now, u64::MAX);
            let latest = plans.len().saturating_sub(LATEST);
            for plan in &plans[latest..] {
                prop_assert!(left.contains(plan));
            }
            for (place, plan) in plans.iter().enumerate().take(latest) {
                let day = |plan: &Kept| plan.until.date_naive();
                let week = |plan: &Kept| day(plan).iso_week();
                let next = &plans[place + 1];
                let expected = now - plan.until <= DAYS && day(next) != day(plan)
                    || now - plan.until <= WEEKS && week(next) != week(plan);
                prop_assert_eq!(left.contains(plan), expected);
            }
        }

        /// Thinning after each change keeps the same plans as thinning once at the end.
        #[test]
        fn thinning_often_is_thinning_once(gaps in gaps()) {
            let plans = plans(&gaps);
            let mut often: Vec<Kept> = Vec::new();
            for plan in &plans {
                often.push(*plan);
                often = left(&often, plan.until, u64::MAX);
            }
            let now = plans.last().unwrap().until;
            prop_assert_eq!(often, left(&plans, now, u64::MAX));
        }

        /// They never take more room than given, and the latest stays.
        #[test]
        fn the_room_is_enough(gaps in gaps(), room in 0..200_000_u64) {
            let plans = plans(&gaps);
            let left = left(&plans, plans.last().unwrap().until, room);
            let bytes: u64 = left.iter().map(|plan| plan.bytes).sum();
            prop_assert!(bytes <= room.max(1000));
            prop_assert_eq!(left.last(), plans.last());
        }
    }
}
