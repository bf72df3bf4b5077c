//! How much can go wrong before a target date breaks, and whether it can be met at all.
//!
//! One learner is one resource, so that the float of the critical path method overstates freedom:
//! two items that could each slip a week cannot both. Slack here is what is left after levelling:
//! the minutes of study time that an item may slip.
//!
//! All of it is worked out on the axis of *free minutes from now*, those that fixed sessions leave,
//! for the work that these leave. A target date is a number on it; each item's deadline is
//! tightened backwards to the earliest of its dependants'. The end of a fixed session is a number
//! on it too: what waits for it is not released before. Work can meet all deadlines exactly if from
//! each release to each deadline the work that lies between them is no more than the free minutes:
//! earliest-deadline-first is optimal for one machine on which work may be interrupted, with
//! releases and prerequisites (Jackson 1955; Lawler 1973). (Taking the dependants' effort off a
//! deadline as well changes nothing: it is counted in the effort due by their own.) The least of
//! these differences is the *cushion*, and the deadline at which it is least is the one that binds.
//!
//! Takes time in proportion to items, and once more for each release.

mod axis;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::plan::Plan;
use crate::roadmap::Point;
use crate::schedule::{Origin, Schedule, Session, Span, Why, frozen_until, schedule_from};
use axis::Axis;

/// What the target dates leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slack {
    /// For each item, the minutes of study time it may slip before a date breaks; less than 0 if
    /// one is broken already. `None` for items all of whose work has its place, and for those that
    /// no date waits for.
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
    /// The hours are enough, but not in sessions of the lengths asked for: this phase ends too
    /// late, and with sessions of any length it would not.
    SessionRule {
        /// Index of the phase in the roadmap.
        phase: usize,
        /// Its date.
        by: NaiveDate,
    },
    /// The hours and the sessions are enough, but other work comes before: by roadmap order,
    /// priority, a share or a pin.
    Order {
        /// Index of the phase that ends too late in the roadmap.
        phase: usize,
        /// Its date.
        by: NaiveDate,
    },
}

/// The slack that a plan's target dates leave from `now` on, with the work that is really left.
/// `None` if the plan has no target, or no work that a target waits for.
pub fn slack(plan: &Plan, schedule: &Schedule, now: DateTime<Utc>) -> Option<Slack> {
    slack_from(plan, schedule, &Origin::at(plan, now))
}

/// As [`slack`], of a schedule from any origin.
pub fn slack_from(plan: &Plan, laid: &Schedule, origin: &Origin) -> Option<Slack> {
    let roadmap = plan.roadmap();
    let targets: Vec<Option<NaiveDate>> = roadmap
        .phases
        .iter()
        .map(|p| plan.target_of(&p.id))
        .collect();
    if targets.iter().all(Option::is_none) {
        return None;
    }
    let fixed = fixed(plan, laid, origin.from);
    let over = |date: NaiveDate| end_of(plan, date).timestamp();
    let moments = targets.iter().flatten().map(|&date| over(date));
    let ends = fixed.iter().map(|session| session.end().seconds);
    let axis = Axis::new(plan, origin, moments.chain(ends).collect(), &fixed);

    let due = due(plan, origin, &axis, &fixed, &targets);
    let mut releases: Vec<i64> = due.iter().map(|work| work.release).chain([0]).collect();
    releases.sort_unstable();
    releases.dedup();
    let mut items: Vec<Option<i64>> = vec![None; roadmap.items.len()];
    let mut phases: Vec<Option<Cushion>> = vec![None; roadmap.phases.len()];
    let (mut whole, mut from_now) = (None, None);
    for release in releases {
        // In order of deadline: what is due by each, against what there is.
        let mut required = 0;
        let released = due.iter().filter(|work| work.release >= release);
        let left: Vec<(&DueWork, i64)> = released
            .map(|work| {
                required += work.minutes;
                (work, work.deadline - release - required)
            })
            .collect();
        // An item may slip by the least that is left at its own deadline or any later one.
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
    let verdict = verdict(plan, laid, origin, &targets, from_now);
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
    let Some((phase, by)) = late(laid) else {
        return Verdict::Met;
    };
    // Minutes that are missing only since something waits for a fixed session would not be there
    // with more hours either.
    if let Some(short) = from_now.filter(|cushion| cushion.minutes < 0) {
        return Verdict::TooFewHours {
            item: short.item,
            missing_minutes: -short.minutes,
            by: short.by,
        };
    }
    match late(&schedule_from(&plan.with_sessions_of_any_length(), origin)) {
        None => Verdict::SessionRule { phase, by },
        Some(_) => Verdict::Order { phase, by },
    }
}

/// The sessions to come that have their place, pinned or frozen, in order of time: their work is
/// done there, free time or not.
fn fixed<'a>(plan: &Plan, laid: &'a Schedule, now: DateTime<Utc>) -> Vec<&'a Session> {
    let frozen_until = frozen_until(plan, now);
    let is_fixed = |session: &&Session| match session.why {
        _ if session.start.instant() < now => false,
        Why::Pinned => true,
        Why::Kept => session.start.instant() < frozen_until,
        _ => false,
    };
    laid.sessions.iter().filter(is_fixed).collect()
}

/// Work of an item that has no place yet, on the axis.
struct DueWork {
    release: i64,
    deadline: i64,
    /// The date that the deadline comes from.
    by: NaiveDate,
    item: usize,
    minutes: i64,
}

/// What is due by the target dates, in order of deadline.
fn due(
    plan: &Plan,
    origin: &Origin,
    axis: &Axis,
    fixed: &[&Session],
    targets: &[Option<NaiveDate>],
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

    // Releases, from the first items on to the last.
    let mut releases = vec![0; roadmap.network.waiting.len()];
    for &point in &order {
        let own = match Point::of(roadmap, point) {
            Point::Item(item) => last_fixed[item],
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
        Some(DueWork {
            release: releases[item],
            deadline,
            by,
            item,
            minutes: left[item],
        })
    };
    let mut due: Vec<DueWork> = with_work.filter_map(of_item).collect();
    due.sort_unstable_by_key(|work| (work.deadline, work.item));
    due
}

fn lesser(a: Option<Cushion>, b: Option<Cushion>) -> Option<Cushion> {
    // Of two that are equal the first.
    a.into_iter().chain(b).min_by_key(|cushion| cushion.minutes)
}

#[cfg(test)]
mod tests;
