//! A sprint: more hours for some weeks, the fewest that are enough.

use chrono::{Days, NaiveDate, NaiveTime};

use super::{Attempt, RecoverySearch, hours};
use crate::availability::{ExceptionKind, Slot};
use crate::needed::first;
use crate::plan::change::SetException;
use crate::plan::{Change, ExceptionEntry};
use crate::words;

/// The most weeks of a sprint.
const LONGEST_SPRINT: u32 = 8;
/// Weeks from now within which those of a sprint are looked for.
const LOOKED_AT: u64 = 52;

/// The days of a sprint.
struct SprintDates {
    first: NaiveDate,
    last: NaiveDate,
    /// Whether weeks between them don't count, since they have no study time.
    skips_weeks: bool,
}

/// Half as many hours again for the fewest weeks that are enough.
pub(super) fn sprint(search: &RecoverySearch) -> Attempt {
    let usual = search.plan.availability().week.minutes();
    let faster = (usual + usual / 2).div_ceil(30) * 30;
    let faster = faster.min(search.most_minutes());
    if faster <= usual {
        return Attempt::Rejected(format!(
            "Your days and windows hold no more than {} a week, so that there is no room for a sprint.",
            hours(usual)
        ));
    }
    let at = |weeks: u32| sprint_changes(search, faster, weeks);
    if !search.is_enough(&at(LONGEST_SPRINT)) {
        let weeks = words::count(LONGEST_SPRINT as usize, "week");
        let how = format!("with {weeks} at {}", hours(faster));
        return Attempt::Rejected(search.not_even(&how, search.finish(&at(LONGEST_SPRINT))));
    }
    let weeks = first(1, LONGEST_SPRINT, |weeks| search.is_enough(&at(weeks)));
    let SprintDates {
        first: from,
        last: until,
        skips_weeks,
    } = sprint_dates(search, weeks);
    let deed = format!(
        "Study {} a week for {}, from {} to {}{}, then {} again",
        hours(faster),
        words::count(weeks as usize, "week"),
        words::plain_date(from),
        words::plain_date(until),
        if skips_weeks {
            " (not counting weeks off)"
        } else {
            ""
        },
        hours(usual),
    );
    Attempt::Works {
        changes: at(weeks),
        name: format!(
            "Sprint: {} at {}",
            words::count(weeks as usize, "week"),
            hours(faster)
        ),
        deed,
    }
}

/// The first and the last day: whole weeks from today, or from tomorrow if today's first window has
/// begun. A week without study time, such as a week of holidays, doesn't count.
fn sprint_dates(search: &RecoverySearch, weeks: u32) -> SprintDates {
    let plan = search.plan;
    let today = search.today();
    let midnight = |date: NaiveDate| plan.instant(date.and_time(NaiveTime::MIN));
    let has_begun = |slot: Slot| slot.start.instant() < search.now;
    let begun = plan.slots(midnight(today)).next().is_some_and(has_begun);
    let later = |date: NaiveDate, days: u64| date.checked_add_days(Days::new(days)).unwrap_or(date);
    let first = later(today, begun.into());
    let week = |slot: Slot| (slot.start.local().date() - first).num_days() / 7;
    let mut with_time: Vec<u64> = Vec::new();
    for number in plan.slots(midnight(first)).map(week) {
        let number = number.unsigned_abs();
        if with_time.last() != Some(&number) {
            if with_time.len() >= weeks as usize || number >= LOOKED_AT {
                break;
            }
            with_time.push(number);
        }
    }
    let usual = u64::from(weeks).saturating_sub(1);
    let begin = with_time.first().copied().unwrap_or(0);
    let last = with_time.last().copied().unwrap_or(0).max(begin + usual);
    SprintDates {
        first: later(first, begin * 7),
        last: later(first, last * 7 + 6),
        skips_weeks: last > begin + usual,
    }
}

/// Other hours between two dates, except in weeks for which the learner has set hours already.
fn sprint_changes(search: &RecoverySearch, week_minutes: u32, weeks: u32) -> Vec<Change> {
    let SprintDates { first, last, .. } = sprint_dates(search, weeks);
    let exceptions = search.plan.availability().exceptions.iter();
    let own = exceptions.filter(|e| matches!(e.kind, ExceptionKind::OtherWeek(_)));
    let mut own: Vec<(NaiveDate, NaiveDate)> = own.map(|e| (e.first, e.last)).collect();
    own.sort_unstable();
    let mut changes = Vec::new();
    let mut from = Some(first);
    let mut add = |from: NaiveDate, until: NaiveDate| {
        if from <= until {
            let (first, last) = (from.to_string(), until.to_string());
            let exception = ExceptionEntry::OtherHours {
                first,
                last,
                week_minutes,
            };
            changes.push(Change::Exception(SetException {
                exception,
                added: true,
            }));
        }
    };
    for (own_first, own_last) in own {
        let Some(begin) = from else { break };
        if own_last < begin || own_first > last {
            continue;
        }
        if let Some(before) = own_first.pred_opt() {
            add(begin, before);
        }
        from = own_last.succ_opt();
    }
    if let Some(from) = from {
        add(from, last);
    }
    changes
}
