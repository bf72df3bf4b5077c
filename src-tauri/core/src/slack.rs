//! How much can go wrong before a target date breaks, and whether it can be met at all.
//!
//! One learner is one resource, so the float of the critical path method overstates freedom: two
//! items that could each slip a week cannot both do so. Slack here is resource-levelled: the
//! minutes of study time that an item may slip.
//!
//! Slack is computed on an axis of *free minutes from now*, the minutes outside pinned sessions,
//! for the work that pinned sessions do not cover. A target date is a point on this axis, and each
//! item's deadline is the earliest of its own and its dependants' deadlines. The end of a pinned
//! session is also a point on the axis: work that waits for the session is released there.
//!
//! A session in the frozen days can be missed like any other, so its work counts as work that may
//! slip, and its time as free even if it lies outside the study times of today. If frozen sessions
//! counted as fixed, time to spare would appear whenever a session gets near enough to be frozen.
//!
//! The date before which an item doesn't begin is one more release, of the item itself and of the
//! work that waits for it. Frozen sessions before the date count as if it weren't set.
//!
//! Work can meet all deadlines if and only if, for each release and each deadline, the work
//! released and due between them is no more than the free minutes between them. This is because
//! earliest-deadline-first is optimal for one machine with preemption, releases and prerequisites
//! (Jackson 1955; Lawler 1973). (Also subtracting the dependants' effort from a deadline would
//! change nothing: that effort is already counted as due by their own deadlines.) The least of the
//! differences is the *cushion*, and the binding deadline is the one where it is least.
//!
//! Takes time proportional to the number of items times the number of releases.

mod axis;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::plan::Plan;
use crate::roadmap::Point;
use crate::schedule::{Origin, Schedule, Session, Span, Why, schedule_from};
use axis::Axis;

/// The slack before the plan's target dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slack {
    /// For each item, the minutes of study time it may slip before a target date is missed.
    /// Negative if one is missed already. `None` if the item has no work outside fixed sessions, or
    /// no target date depends on it.
    pub items: Vec<Option<i64>>,
    /// For each phase, the least slack of its items.
    pub phases: Vec<Option<Cushion>>,
    /// The least slack of all items.
    pub whole: Cushion,
    /// The items with exactly this slack, in roadmap order: the critical path.
    pub critical: Vec<usize>,
    /// Whether the dates are met.
    pub verdict: Verdict,
}

/// Available time minus required time, at the deadline where it is least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cushion {
    /// Minutes of study time. Negative if minutes are missing.
    pub minutes: i64,
    /// The target date that binds.
    pub by: NaiveDate,
    /// The last item that must be finished by this date.
    pub item: usize,
}

/// Whether target dates are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All target dates are met.
    Met,
    /// There are too few hours by the date, whatever the order of work.
    TooFewHours {
        /// The last item that must be finished by the date.
        item: usize,
        /// Minutes of study time that are missing.
        missing_minutes: i64,
        /// The date.
        by: NaiveDate,
    },
    /// There are enough hours, but not in sessions of the required lengths. This phase ends too
    /// late, and would not with sessions of any length.
    SessionRule {
        /// Index of the phase in the roadmap.
        phase: usize,
        /// Its date.
        by: NaiveDate,
    },
    /// There are enough hours and sessions, but some items don't begin before dates that the
    /// learner set. Without these dates the phase would end in time.
    NotBefore {
        /// Index in the roadmap of the phase that ends too late.
        phase: usize,
        /// Its date.
        by: NaiveDate,
    },
    /// There are enough hours and sessions, but other work comes first because of roadmap order,
    /// priority, a share or a pin.
    Order {
        /// Index in the roadmap of the phase that ends too late.
        phase: usize,
        /// Its date.
        by: NaiveDate,
    },
}

/// The slack before a plan's target dates from `now` on, given the work that is actually left.
/// `None` if the plan has no target, or no target depends on any remaining work.
pub fn slack(plan: &Plan, schedule: &Schedule, now: DateTime<Utc>) -> Option<Slack> {
    slack_from(plan, schedule, &Origin::at(plan, now))
}

/// As [`slack`], for a schedule from any origin.
pub fn slack_from(plan: &Plan, placed: &Schedule, origin: &Origin) -> Option<Slack> {
    let roadmap = plan.roadmap();
    let targets: Vec<Option<NaiveDate>> = roadmap
        .phases
        .iter()
        .map(|p| plan.target_of(&p.id))
        .collect();
    if targets.iter().all(Option::is_none) {
        return None;
    }
    let to_come = placed
        .sessions
        .iter()
        .filter(|session| session.start.instant() >= origin.from);
    // The work of a pinned session is done at its time, even if that is not free.
    let (fixed, movable): (Vec<&Session>, Vec<&Session>) =
        to_come.partition(|session| session.why == Why::Pinned);
    let over = |date: NaiveDate| end_of(plan, date).timestamp();
    let last = targets.iter().flatten().max().map_or(0, |&date| over(date));
    let begins = begins(plan, &movable, last);
    let moments = targets.iter().flatten().map(|&date| over(date));
    let moments = moments.chain(begins.iter().map(|begin| begin.at));
    let ends = fixed.iter().map(|session| session.end().seconds);
    let axis = Axis::new(
        plan,
        origin,
        moments.chain(ends).collect(),
        &fixed,
        &movable,
    );

    let due = due(plan, origin, &axis, &fixed, &targets, &begins);
    let mut releases: Vec<i64> = due.iter().map(|work| work.release).chain([0]).collect();
    releases.sort_unstable();
    releases.dedup();
    let mut items: Vec<Option<i64>> = vec![None; roadmap.items.len()];
    let mut phases: Vec<Option<Cushion>> = vec![None; roadmap.phases.len()];
    let (mut whole, mut from_now) = (None, None);
    for release in releases {
        // In order of deadline: the available minutes minus those due by then.
        let mut required = 0;
        let released = due.iter().filter(|work| work.release >= release);
        let left: Vec<(&DueWork, i64)> = released
            .map(|work| {
                required += work.minutes;
                (work, work.deadline - release - required)
            })
            .collect();
        // An item may slip by the least difference at its own deadline or any later one.
        let mut least: Option<Cushion> = None;
        for (work, minutes) in left.into_iter().rev() {
            let (by, item) = (work.by, work.item);
            least = lesser(least, Some(Cushion { minutes, by, item }));
            let slack = least.map(|least| least.minutes);
            items[item] = items[item].into_iter().chain(slack).min();
            let phase = &mut phases[roadmap.items[item].phase];
            *phase = lesser(*phase, least);
        }
        whole = lesser(whole, least);
        if release == 0 {
            from_now = least;
        }
    }
    let whole = whole?;
    let critical = items
        .iter()
        .enumerate()
        .filter(|(_, slack)| **slack == Some(whole.minutes));
    let critical = critical.map(|(item, _)| item).collect();
    let verdict = verdict(plan, placed, origin, &targets, from_now);
    Some(Slack {
        items,
        phases,
        whole,
        critical,
        verdict,
    })
}

/// End of a date, in the time zone where the learner is then.
pub fn end_of(plan: &Plan, date: NaiveDate) -> DateTime<Utc> {
    let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
    plan.instant(next.and_time(NaiveTime::MIN))
}

/// Whether the whole phase is scheduled by the end of a date.
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
    placed: &Schedule,
    origin: &Origin,
    targets: &[Option<NaiveDate>],
    from_now: Option<Cushion>,
) -> Verdict {
    let late = |schedule: &Schedule| {
        targets.iter().enumerate().find_map(|(phase, target)| {
            let by = (*target)?;
            (!is_met(plan, schedule, phase, by)).then_some((phase, by))
        })
    };
    let Some((phase, by)) = late(placed) else {
        return Verdict::Met;
    };
    // Only the cushion from now on counts here: if minutes are missing only because work waits for
    // a fixed session, more hours would not help.
    if let Some(short) = from_now.filter(|cushion| cushion.minutes < 0) {
        return Verdict::TooFewHours {
            item: short.item,
            missing_minutes: -short.minutes,
            by: short.by,
        };
    }
    if late(&schedule_from(&plan.with_sessions_of_any_length(), origin)).is_none() {
        return Verdict::SessionRule { phase, by };
    }
    let is_for_dates =
        plan.has_not_before() && late(&schedule_from(&plan.without_not_before(), origin)).is_none();
    if is_for_dates {
        return Verdict::NotBefore { phase, by };
    }
    Verdict::Order { phase, by }
}

/// The beginning of an item that has a date before which it doesn't begin.
struct Beginning {
    item: usize,
    /// The start of that date, or the last target if that is earlier; in seconds since 1970.
    at: i64,
    /// Minutes of frozen sessions before it.
    early_minutes: i64,
}

fn begins(plan: &Plan, movable: &[&Session], last: i64) -> Vec<Beginning> {
    if !plan.has_not_before() {
        return Vec::new();
    }
    let items = plan.roadmap().items.iter().enumerate();
    let dated = items.filter_map(|(index, item)| Some((index, plan.not_before(item)?)));
    dated
        .map(|(item, date)| {
            let is_early =
                |session: &&&Session| session.item() == item && session.start.local().date() < date;
            let early = movable.iter().filter(is_early);
            Beginning {
                item,
                at: plan
                    .instant(date.and_time(NaiveTime::MIN))
                    .timestamp()
                    .min(last),
                early_minutes: early.map(|session| i64::from(session.minutes)).sum(),
            }
        })
        .collect()
}

/// An item's work outside pinned sessions, on the axis.
struct DueWork {
    release: i64,
    deadline: i64,
    /// The target date behind the deadline.
    by: NaiveDate,
    item: usize,
    minutes: i64,
}

/// The work due by the target dates, in order of deadline.
fn due(
    plan: &Plan,
    origin: &Origin,
    axis: &Axis,
    fixed: &[&Session],
    targets: &[Option<NaiveDate>],
    begins: &[Beginning],
) -> Vec<DueWork> {
    let roadmap = plan.roadmap();
    let order = roadmap.network.order();
    let mut left: Vec<i64> = origin.left.iter().copied().map(i64::from).collect();
    let mut last_fixed = vec![0; roadmap.items.len()];
    for session in fixed {
        let left = &mut left[session.item()];
        *left = (*left - i64::from(session.minutes)).max(0);
        last_fixed[session.item()] = axis.until(session.end().seconds);
    }

    let mut begin = vec![0; roadmap.items.len()];
    let mut early = vec![0; roadmap.items.len()];
    for beginning in begins {
        let item = beginning.item;
        early[item] = beginning.early_minutes.min(left[item]);
        if left[item] > early[item] {
            begin[item] = axis.until(beginning.at);
        }
    }

    // Releases, from the first items to the last.
    let mut releases = vec![0; roadmap.network.waiting.len()];
    for &point in &order {
        let own = match Point::of(roadmap, point) {
            Point::Item(item) => last_fixed[item].max(begin[item]),
            _ => 0,
        };
        let passed_on = own.max(releases[point]);
        for &next in roadmap.network.after(point) {
            releases[next] = passed_on.max(releases[next]);
        }
    }
    // Deadlines, from the last items back to the first.
    let mut deadlines: Vec<Option<(i64, NaiveDate)>> = vec![None; roadmap.network.waiting.len()];
    for &point in order.iter().rev() {
        let own = match Point::of(roadmap, point) {
            Point::Item(item) if left[item] > 0 => targets[roadmap.items[item].phase],
            _ => None,
        };
        let own = own.map(|date| (axis.until(end_of(plan, date).timestamp()), date));
        let dependants = roadmap.network.after(point).iter();
        let tightened = dependants.filter_map(|&next| deadlines[next]);
        deadlines[point] = own.into_iter().chain(tightened).min();
    }

    let with_work = (0..roadmap.items.len()).filter(|&item| left[item] > 0);
    let of_item = |item: usize| {
        let (deadline, by) = deadlines[item]?;
        let part = |release: i64, minutes: i64| DueWork {
            release: releases[item].max(release),
            deadline,
            by,
            item,
            minutes,
        };
        Some([
            part(0, early[item]),
            part(begin[item], left[item] - early[item]),
        ])
    };
    let due = with_work.filter_map(of_item).flatten();
    let mut due: Vec<DueWork> = due.filter(|work| work.minutes > 0).collect();
    due.sort_unstable_by_key(|work| (work.deadline, work.item));
    due
}

fn lesser(a: Option<Cushion>, b: Option<Cushion>) -> Option<Cushion> {
    // The first if both are equal.
    a.into_iter().chain(b).min_by_key(|cushion| cushion.minutes)
}

#[cfg(test)]
mod tests;
