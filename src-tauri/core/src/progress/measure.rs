//! Standard measures of the learner's progress: earned value, and earned schedule on an axis of
//! available time.
//!
//! Everything is measured against the latest baseline. Work logged before it was set is *done
//! before*. From then on the baseline's sessions are a *clock* of available minutes, which stops
//! outside them. If the learner later takes a date off or reduces its hours, its sessions' time is
//! removed from the clock, so a holiday is not slippage, whenever it was planned. After the
//! baseline's last session the clock continues in the plan's free time. Items that are no longer
//! included are left out of the baseline.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::Progress;
use crate::availability::{ExceptionKind, Purpose};
use crate::plan::{Baseline, Plan, Planned};

mod weeks;

pub use weeks::WeekTotal;
pub(crate) use weeks::week_of;

/// Progress against the baseline. Values are minutes of effort, and ratios have no unit. A ratio
/// with a denominator of zero is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// Name of the baseline. `None` if none is set; then the current plan serves as the baseline.
    pub baseline: Option<String>,
    /// Budget at completion, BAC: minutes of effort in the baseline.
    pub budget: u64,
    /// Planned value, PV: minutes of effort planned to be done by now. (ANSI/EIA-748; PMI, *The
    /// Standard for Earned Value Management*, 2019.)
    pub planned_value: u64,
    /// Earned value, EV: the sum over all items of the fraction of the expected effort that is done
    /// times the effort in the baseline. An item that is done has earned all of its baseline
    /// effort. (The "percent complete" method of the same standards.)
    pub earned_value: u64,
    /// Actual cost, AC: minutes logged for the items of the baseline.
    pub actual_cost: u64,
    /// Schedule performance index, SPI = EV / PV. It ends at 1 even for a late plan: see
    /// [`EarnedSchedule`].
    pub spi: Option<f64>,
    /// Cost performance index, CPI = EV / AC: hours of effort earned per hour of work.
    pub cpi: Option<f64>,
    /// The same measures in units of time.
    pub earned_schedule: EarnedSchedule,
    /// PV − EV, the schedule variance SV with its sign reversed: effort that should be done by now
    /// but is not. Negative if the learner is ahead.
    pub behind_minutes: i64,
    /// −SV(t) in study days: the available time the learner is behind, divided by the average
    /// minutes of a study day in the baseline.
    pub behind_days: f64,
    /// Minutes logged divided by minutes planned, over all past sessions.
    pub attendance: Option<f64>,
    /// Minutes spent divided by minutes originally estimated, over the finished items that were
    /// worked on.
    pub accuracy: Option<f64>,
    /// Number of consecutive weeks with work done, up to now. A week with nothing planned does not
    /// end the streak, nor does the current week.
    pub streak: u32,
    /// Totals by week, from the first week to the current one.
    pub weeks: Vec<WeekTotal>,
}

/// Earned schedule, in minutes of available time. (W. Lipke, "Schedule is Different", *The
/// Measurable News*, March 2003; PMI, *Practice Standard for Earned Value Management*, 2nd ed.,
/// 2011, appendix D.)
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EarnedSchedule {
    /// Actual time, AT: the available time that has passed.
    pub actual_time: f64,
    /// ES: the time at which the baseline's planned value equals the value earned now.
    pub earned: f64,
    /// Planned duration, PD: available time from the baseline's start to its end.
    pub planned_duration: f64,
}

impl EarnedSchedule {
    /// Schedule variance in time, SV(t) = ES − AT. Negative if the learner is late.
    pub fn variance(&self) -> f64 {
        self.earned - self.actual_time
    }

    /// Schedule performance index in time, SPI(t) = ES / AT.
    pub fn index(&self) -> Option<f64> {
        ratio(self.earned, self.actual_time)
    }

    /// Independent estimate at completion in time, IEAC(t) = PD / SPI(t): the total available time
    /// needed at the same pace.
    pub fn at_completion(&self) -> Option<f64> {
        ratio(self.planned_duration, self.index()?)
    }
}

/// The time at which a planned-value curve, given as (time, value) in order, reaches `earned`: ES =
/// N + (EV − PV(N)) / (PV(N+1) − PV(N)), with N the last point whose value is no more than `earned`
/// (Lipke 2003). The curve's last time if it ends below `earned`.
pub fn earned_schedule(planned: &[(f64, f64)], earned: f64) -> f64 {
    let after = planned.partition_point(|(_, value)| *value <= earned);
    match (
        after.checked_sub(1).and_then(|n| planned.get(n)),
        planned.get(after),
    ) {
        (Some((time, value)), Some((next, more))) => {
            time + (next - time) * (earned - value) / (more - value)
        }
        (Some((time, _)), None) | (None, Some((time, _))) => *time,
        (None, None) => 0.0,
    }
}

/// The measures of a plan at `now`, given the progress of its sessions.
///
/// Takes time proportional to the number of sessions and log entries and, once the baseline has
/// ended, the slots since then.
pub fn measure(plan: &Plan, progress: &Progress, now: DateTime<Utc>) -> Measures {
    let logged = logged(plan);
    let left = plan.left();
    let baseline = Base::of(plan, progress, now);

    let mut earned_value = 0.0;
    let mut actual_cost = 0;
    for (index, item) in plan.roadmap().items.iter().enumerate() {
        let (budget, left) = (baseline.budgets[index], left[index]);
        if budget > 0 {
            let expected = f64::from(plan.expected_minutes(item));
            let open = if left == 0 {
                0.0
            } else {
                f64::from(left) / expected
            };
            earned_value += as_f64(budget) * (1.0 - open);
            actual_cost += logged[index];
        }
    }
    let budget: u64 = baseline.budgets.iter().sum();
    let ahead = budget.saturating_sub(baseline.done_before);
    let planned_value = baseline.done_before + baseline.clock.min(ahead);
    // On this axis the baseline is a straight line: one minute of effort for each minute of
    // available time.
    let (start, end) = (as_f64(baseline.done_before), as_f64(budget));
    let line = [(0.0, start), (as_f64(ahead), end)];
    let time = EarnedSchedule {
        actual_time: as_f64(baseline.clock),
        earned: earned_schedule(&line, earned_value),
        planned_duration: as_f64(ahead),
    };
    let earned_value = rounded(earned_value);
    let weeks = weeks::weeks(plan, progress, now);
    let is_over = |session: &&super::Tracked| session.is_over(now);
    let planned = progress.sessions.iter().filter(is_over);
    let planned: u64 = planned.map(|session| u64::from(session.minutes)).sum();
    Measures {
        baseline: baseline.name,
        budget,
        planned_value,
        earned_value,
        actual_cost,
        spi: ratio(as_f64(earned_value), as_f64(planned_value)),
        cpi: ratio(as_f64(earned_value), as_f64(actual_cost)),
        earned_schedule: time,
        behind_minutes: signed(planned_value) - signed(earned_value),
        behind_days: ratio(time.actual_time - time.earned, baseline.study_day).unwrap_or(0.0),
        attendance: ratio(as_f64(logged.iter().sum()), as_f64(planned)),
        accuracy: accuracy(plan, &logged, &left),
        streak: weeks::streak(&weeks),
        weeks,
    }
}

/// Minutes logged for each item of the roadmap.
fn logged(plan: &Plan) -> Vec<u64> {
    let logged = plan.logged();
    let items = plan.roadmap().items.iter();
    items
        .map(|item| logged.get(&item.id).copied().unwrap_or(0).into())
        .collect()
}

fn accuracy(plan: &Plan, logged: &[u64], left: &[u32]) -> Option<f64> {
    let (mut spent, mut estimated) = (0, 0);
    for ((item, logged), left) in plan.roadmap().items.iter().zip(logged).zip(left) {
        let estimate = plan.effort_minutes(item);
        if *left == 0 && *logged > 0 && estimate > 0 {
            spent += logged;
            estimated += u64::from(estimate);
        }
    }
    ratio(as_f64(spent), as_f64(estimated))
}

/// The part of the baseline that still applies.
struct Base {
    name: Option<String>,
    /// Minutes of effort of each item of the roadmap.
    budgets: Vec<u64>,
    /// Minutes done before the baseline was set.
    done_before: u64,
    /// Minutes of available time that have passed since.
    clock: u64,
    /// Minutes of an average day with sessions.
    study_day: f64,
}

impl Base {
    fn of(plan: &Plan, progress: &Progress, now: DateTime<Utc>) -> Self {
        let latest = plan.baselines().last();
        let own: Vec<Planned>;
        let (sessions, set) = match latest {
            Some(baseline) => (&baseline.sessions[..], baseline.set),
            None => {
                own = progress
                    .schedule
                    .sessions
                    .iter()
                    .map(|session| Planned {
                        item: plan.roadmap().items[session.item()].id.clone(),
                        start: session.start.instant(),
                        minutes: session.minutes,
                    })
                    .collect();
                (&own[..], plan.start_instant().min(now))
            }
        };
        let mut budgets = vec![0; plan.roadmap().items.len()];
        let mut days: BTreeMap<NaiveDate, (u64, u64)> = BTreeMap::new();
        let mut end = set;
        for counted in counted(plan, sessions, set) {
            let CountedSession { item, start, over } = counted;
            let minutes = counted.minutes();
            budgets[item] += minutes;
            end = end.max(over);
            let (all, behind) = days
                .entry(plan.moment_at(start).local().date())
                .or_default();
            *all += minutes;
            *behind += minutes * u64::from(over <= now);
        }
        let study_day = ratio(
            as_f64(days.values().map(|(all, _)| all).sum()),
            as_f64(days.len() as u64),
        );
        let mut done_before = 0;
        for (item, minutes) in done_before_of(plan, set, &budgets) {
            budgets[item] += minutes;
            done_before += minutes;
        }
        let mut clock: u64 = days.values().map(|(_, behind)| behind).sum();
        clock -= taken_off(plan, &days, (set, now));
        if end < now {
            clock += free(plan, end, now);
        }
        Self {
            name: latest.map(|baseline| baseline.name.clone()),
            budgets,
            done_before,
            clock,
            study_day: study_day.unwrap_or(0.0),
        }
    }
}

/// A session of a baseline that counts.
#[derive(Debug, Clone, Copy)]
struct CountedSession {
    /// Index in the roadmap.
    item: usize,
    start: DateTime<Utc>,
    over: DateTime<Utc>,
}

impl CountedSession {
    fn minutes(&self) -> u64 {
        (self.over - self.start).num_minutes().unsigned_abs()
    }
}

/// The sessions of a baseline set at a time, of items that are still included. Those before it
/// don't count.
fn counted(
    plan: &Plan,
    sessions: &[Planned],
    set: DateTime<Utc>,
) -> impl Iterator<Item = CountedSession> {
    let items = plan.roadmap().items.iter().enumerate();
    let items = items.filter(|(_, item)| plan.includes(item));
    let items: BTreeMap<&str, usize> = items
        .map(|(index, item)| (item.id.as_str(), index))
        .collect();
    sessions.iter().filter_map(move |session| {
        let over = session.start + chrono::TimeDelta::minutes(session.minutes.into());
        let item = items.get(session.item.as_str()).filter(|_| over > set)?;
        Some(CountedSession {
            item: *item,
            start: session.start,
            over,
        })
    })
}

/// The work that was done before a baseline was set, as (index of the item in the roadmap,
/// minutes). Only items in the baseline count: an item that was already done is not in it. Nor does
/// work that its sessions have anyway, such as hours logged before the first week of a plan that
/// wasn't rescheduled since: it would be in the baseline twice.
fn done_before_of(plan: &Plan, set: DateTime<Utc>, budgets: &[u64]) -> BTreeMap<usize, u64> {
    let mut done = BTreeMap::new();
    for entry in plan.log().iter().filter(|entry| entry.start < set) {
        if let Some(item) = plan.roadmap().item(&entry.item) {
            *done.entry(item).or_default() += u64::from(entry.minutes);
        }
    }
    done.retain(|&index, minutes| {
        let item = &plan.roadmap().items[index];
        let whole = plan.effort_minutes(item).max(plan.expected_minutes(item));
        let planned = budgets.get(index).copied().unwrap_or(0);
        *minutes = u64::from(whole).saturating_sub(planned).min(*minutes);
        planned > 0 && plan.includes(item)
    });
    done
}

/// Minutes of work that a baseline has by the end of each of its days, first those done before it
/// was set. The last is its budget at completion.
pub fn baseline_curve(plan: &Plan, baseline: &Baseline) -> Vec<DayAmount> {
    let set = baseline.set;
    let mut budgets = vec![0; plan.roadmap().items.len()];
    let mut days: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    for counted in counted(plan, &baseline.sessions, set) {
        budgets[counted.item] += counted.minutes();
        let day = plan.moment_at(counted.over).day_of_end();
        *days.entry(day).or_default() += counted.minutes();
    }
    let before = done_before_of(plan, set, &budgets);
    let mut minutes = before.values().sum();
    let mut curve = Vec::with_capacity(days.len() + 1);
    let from = plan.moment_at(set).local().date();
    let first = days.keys().next().map_or(from, |first| from.min(*first));
    if let Some(day) = first.pred_opt() {
        curve.push(DayAmount { day, minutes });
    }
    for (day, more) in days {
        minutes += more;
        curve.push(DayAmount { day, minutes });
    }
    curve
}

/// Minutes of work by the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayAmount {
    #[allow(missing_docs)]
    pub day: NaiveDate,
    #[allow(missing_docs)]
    pub minutes: u64,
}

/// Minutes of past sessions whose time is no longer available, because their date was later taken
/// off or its hours reduced.
fn taken_off(
    plan: &Plan,
    days: &BTreeMap<NaiveDate, (u64, u64)>,
    (set, now): (DateTime<Utc>, DateTime<Utc>),
) -> u64 {
    let exceptions = &plan.availability().exceptions;
    let lighter = exceptions
        .iter()
        .filter(|exception| !matches!(exception.kind, ExceptionKind::Extra { .. }));
    let mut taken: BTreeMap<NaiveDate, (u64, u64)> = BTreeMap::new();
    for exception in lighter {
        let within = days.range(exception.first..=exception.last.max(exception.first));
        taken.extend(
            within
                .filter(|(_, (_, behind))| *behind > 0)
                .map(|(date, (_, behind))| (*date, (*behind, 0))),
        );
    }
    if taken.is_empty() {
        return 0;
    }
    for slot in plan
        .availability()
        .slots(set)
        .take_while(|slot| slot.start.instant() < now)
    {
        if let Some((_, free)) = taken.get_mut(&slot.start.local().date()) {
            *free += u64::from(slot.minutes);
        }
    }
    taken
        .values()
        .map(|(behind, free)| behind.saturating_sub(*free))
        .sum()
}

/// Minutes of study time from one instant to another, in slots that are over.
fn free(plan: &Plan, from: DateTime<Utc>, now: DateTime<Utc>) -> u64 {
    let slots = plan
        .slots(from)
        .take_while(|slot| slot.end().instant() <= now);
    let study = slots.filter(|slot| slot.purpose == Purpose::Study);
    study.map(|slot| u64::from(slot.minutes)).sum()
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

#[allow(clippy::cast_precision_loss)] // minutes of a lifetime fit
fn as_f64(minutes: u64) -> f64 {
    minutes as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and the budget
fn rounded(minutes: f64) -> u64 {
    minutes.round() as u64
}

fn signed(minutes: u64) -> i64 {
    i64::try_from(minutes).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
