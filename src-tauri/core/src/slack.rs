//! How much can go wrong before a target date breaks, and whether it can be met at all.
//!
//! One learner is one resource, so that the float of the critical path method overstates freedom: two items that could each
//! slip a week cannot both. Slack here is what is left after levelling: the minutes of study time that an item may slip.
//!
//! All of it is worked out on the axis of *free minutes from now*, those that fixed sessions leave, for the work that these leave.
//! A target date is a number on it (the free minutes until then); each item's deadline is tightened backwards to the earliest of its dependants'; and work can meet all deadlines exactly if
//! for each of these the effort due by then is no more than the free minutes: earliest-deadline-first is optimal for one machine with
//! prerequisites and equal release times (Jackson 1955; Lawler 1973). (Taking the dependants' effort off as well
//! changes nothing: it is counted in the effort due by their own deadline.) The least of these
//! differences is the *cushion*, and the deadline at which it is least is the one that binds.
//!
//! What waits for a fixed session cannot begin before it; no minutes are missing for that, so that the cushion does not count
//! it. Where a date breaks by it, the verdict is [`Verdict::Order`].

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::availability::Purpose;
use crate::plan::Plan;
use crate::roadmap::Point;
use crate::schedule::{Keep, Schedule, Session, Span, Why, schedule};

/// What the target dates leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slack {
    /// For each item, the minutes of study time it may slip before a date breaks; less than 0 if one is broken already.
    /// `None` for items all of whose work has its place, and for those that no date waits for.
    pub items: Vec<Option<i64>>,
    /// For each phase, the least slack of its items.
    pub phases: Vec<Option<Cushion>>,
    /// The least of all.
    pub whole: Cushion,
    /// The items that have no more slack than that, in roadmap order: the critical path.
    pub critical: Vec<usize>,
    /// Whether the dates are met.
    pub verdict: Verdict,
}

/// Available time less required time, where that is least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cushion {
    /// Minutes of study time; less than 0 if so many are missing.
    pub minutes: i64,
    /// The target date that binds.
    pub by: NaiveDate,
    /// The last item that must be finished for it.
    pub item: usize,
}

/// Whether target dates are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All of them.
    Met,
    /// The hours are too few, whatever the order: so many minutes are missing by then.
    TooFewHours {
        /// The last item that must be finished by the date.
        item: usize,
        /// Minutes of study time that are missing.
        missing_minutes: i64,
        /// The date.
        by: NaiveDate,
    },
    /// The hours are enough, but not in sessions of the lengths asked for: this phase ends too late, and
    /// with sessions of any length it would not.
    SessionRule {
        /// Index of the phase in the roadmap.
        phase: usize,
        /// Its date.
        by: NaiveDate,
    },
    /// The hours and the sessions are enough, but other work comes before: by roadmap order, priority, a share or a pin.
    Order {
        /// Index of the phase that ends too late in the roadmap.
        phase: usize,
        /// Its date.
        by: NaiveDate,
    },
}

/// The slack that a plan's target dates leave from `now` on; nothing if it has none.
pub fn slack(plan: &Plan, laid: &Schedule, now: DateTime<Utc>) -> Option<Slack> {
    let roadmap = plan.roadmap();
    let targets: Vec<Option<NaiveDate>> = roadmap
        .phases
        .iter()
        .map(|p| plan.target_of(&p.id))
        .collect();
    let mut dates: Vec<NaiveDate> = targets.iter().flatten().copied().collect();
    dates.sort_unstable();
    dates.dedup();
    let fixed = fixed(plan, laid, now);
    let available = available_by(plan, now, &dates, &fixed);
    let mut work: Vec<i64> = plan.left().into_iter().map(i64::from).collect();
    for session in &fixed {
        let left = &mut work[session.item()];
        *left = (*left - i64::from(session.minutes)).max(0);
    }

    // Deadlines, from the last items back to the first. Each knows the date it comes from.
    let mut deadlines: Vec<Option<(i64, NaiveDate)>> = vec![None; roadmap.network.waiting.len()];
    for point in roadmap.network.order().into_iter().rev() {
        let own = match Point::of(roadmap, point) {
            Point::Item(item) if work[item] > 0 => {
                targets[roadmap.items[item].phase].and_then(|date| {
                    let index = dates.binary_search(&date).ok()?;
                    Some((available[index], date))
                })
            }
            _ => None,
        };
        let dependants = roadmap.network.after(point).iter();
        let tightened = dependants.filter_map(|&next| deadlines[next]);
        deadlines[point] = own.into_iter().chain(tightened).min();
    }

    // Work in order of deadline: what is due by each, against what there is.
    let with_work = (0..roadmap.items.len()).filter(|&item| work[item] > 0);
    let mut due: Vec<(i64, usize, NaiveDate)> = with_work
        .filter_map(|item| deadlines[item].map(|(deadline, date)| (deadline, item, date)))
        .collect();
    due.sort_unstable();
    let mut required = 0;
    let left: Vec<i64> = due
        .iter()
        .map(|&(deadline, item, _)| {
            required += work[item];
            deadline - required
        })
        .collect();

    // An item may slip by the least that is left at its own deadline or any later one.
    let mut items = vec![None; roadmap.items.len()];
    let mut phases: Vec<Option<Cushion>> = vec![None; roadmap.phases.len()];
    let mut least: Option<Cushion> = None;
    for (&(_, item, by), &minutes) in due.iter().zip(&left).rev() {
        if least.is_none_or(|least| minutes < least.minutes) {
            least = Some(Cushion { minutes, by, item });
        }
        items[item] = least.map(|least| least.minutes);
        phases[roadmap.items[item].phase] = least;
    }
    let whole = least?;
    let critical = items
        .iter()
        .enumerate()
        .filter(|(_, slack)| **slack == Some(whole.minutes));
    let critical = critical.map(|(item, _)| item).collect();
    let verdict = verdict(plan, laid, now, &targets, whole);
    Some(Slack {
        items,
        phases,
        whole,
        critical,
        verdict,
    })
}

/// When a date is over, where the learner is then.
pub fn end_of(plan: &Plan, date: NaiveDate) -> DateTime<Utc> {
    let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
    plan.instant(next.and_time(NaiveTime::MIN))
}

/// Whether a phase is laid whole by the end of a date.
pub(crate) fn is_met(plan: &Plan, schedule: &Schedule, phase: usize, by: NaiveDate) -> bool {
    let items = plan.roadmap().phases[phase].items.clone();
    let in_time = |span: &Span| span.end.instant() <= end_of(plan, by);
    schedule.phases[phase].as_ref().is_none_or(in_time)
        && schedule
            .unplaced
            .iter()
            .all(|work| !items.contains(&work.item))
}

fn verdict(
    plan: &Plan,
    laid: &Schedule,
    now: DateTime<Utc>,
    targets: &[Option<NaiveDate>],
    whole: Cushion,
) -> Verdict {
    let late = |schedule: &Schedule| {
        targets.iter().enumerate().find_map(|(phase, target)| {
            let by = (*target)?;
            (!is_met(plan, schedule, phase, by)).then_some((phase, by))
        })
    };
    let Some((phase, by)) = late(laid) else {
        return Verdict::Met;
    };
    if whole.minutes < 0 {
        return Verdict::TooFewHours {
            item: whole.item,
            missing_minutes: -whole.minutes,
            by: whole.by,
        };
    }
    match late(&schedule(&plan.with_sessions_of_any_length(), now)) {
        None => Verdict::SessionRule { phase, by },
        Some(_) => Verdict::Order { phase, by },
    }
}

/// The sessions to come that have their place, pinned or frozen, in order of time: their work is done there, free time or not.
fn fixed<'a>(plan: &Plan, laid: &'a Schedule, now: DateTime<Utc>) -> Vec<&'a Session> {
    let frozen_until = Keep::frozen_until(plan, now);
    let is_fixed = |session: &&Session| match session.why {
        _ if session.start.instant() < now => false,
        Why::Pinned => true,
        Why::Kept => session.start.instant() < frozen_until,
        _ => false,
    };
    laid.sessions.iter().filter(is_fixed).collect()
}

/// The free minutes for study from now to the end of each date that fixed sessions leave.
fn available_by(
    plan: &Plan,
    now: DateTime<Utc>,
    dates: &[NaiveDate],
    fixed: &[&Session],
) -> Vec<i64> {
    let free = |start: i64, end: i64| {
        let next = fixed.partition_point(|session| session.end().seconds <= start);
        let taken = fixed.iter().skip(next).map_while(|session| {
            let from = session.start.seconds.max(start);
            (from < end).then(|| session.end().seconds.min(end) - from)
        });
        (end - start - taken.sum::<i64>()) / 60
    };
    let mut ends = dates
        .iter()
        .map(|&date| end_of(plan, date).timestamp())
        .peekable();
    let mut available = Vec::with_capacity(dates.len());
    let mut sum = 0;
    for slot in plan
        .slots(now)
        .filter(|slot| slot.purpose == Purpose::Study)
    {
        let (start, end) = (slot.start.seconds, slot.end().seconds);
        while let Some(over) = ends.next_if(|&over| over < end) {
            available.push(sum + free(start, over.max(start)));
        }
        if ends.peek().is_none() {
            break;
        }
        sum += free(start, end);
    }
    available.resize(dates.len(), sum);
    available
}

#[cfg(test)]
mod tests;
