//! Progress of the plan at `now`: which sessions were done, which were missed, and which work is
//! waiting.
//!
//! The current schedule ([`current`](crate::schedule::current)) stays unchanged until the learner
//! reschedules, whether or not they log work in the meantime. This module allocates the log to the
//! sessions:
//! 1. An entry counts towards its item's sessions on the same date, in chronological order.
//! 2. Any remaining minutes count towards the item's earliest sessions that are not full yet. They
//!    make up for missed sessions, or count as work done ahead.
//! 3. If an item has more sessions to come than work left, its last ones are freed. If it has
//!    fewer, the difference *waits* for the next re-plan.
//!
//! A past session without logged work was missed: work is never assumed to be done. A re-plan keeps
//! the minutes done of each past session in its basis, and later entries only add to them.

mod ahead;
pub mod baseline;
mod measure;
mod timer;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use crate::availability::Moment;
use crate::plan::{LogEntry, Plan};
use crate::roadmap::Track;
use crate::schedule::{Schedule, Span, Why, current};

pub use ahead::busy_ahead;
pub(crate) use measure::week_of;
pub use measure::{DayAmount, EarnedSchedule, Measures, WeekTotal};
pub use measure::{baseline_curve, earned_schedule, measure};
pub use timer::{ABSURD_MINUTES, Timer};

/// Progress of a plan at a point in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// The current schedule. Its unplaced work excludes work that was done since.
    pub schedule: Schedule,
    /// All past and scheduled sessions, in chronological order.
    pub sessions: Vec<Tracked>,
    /// Work that waits for the next re-plan because no session is left for it, as (index of the
    /// item in the roadmap, minutes).
    pub waiting: Vec<(usize, u32)>,
    /// For each item of the roadmap, the span from its first session to its last, without freed
    /// ones. `None` if it has no sessions. Its minutes are the work on the item, logged and left;
    /// sessions that were missed before the last re-plan aren't among its sessions.
    pub items: Vec<Option<Span>>,
    /// The same for each phase.
    pub phases: Vec<Option<Span>>,
}

/// A session and its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tracked {
    /// Index of the item in the roadmap.
    pub item: usize,
    /// Number of the session within its item, counted from 1 for the first ever planned.
    pub ordinal: u32,
    /// When it starts.
    pub start: Moment,
    /// Planned length.
    pub minutes: u32,
    /// Minutes done.
    pub done: u32,
    /// Done, missed, still to come and so on.
    pub state: SessionState,
    /// Reason for its time. `None` for past sessions.
    pub why: Option<Why>,
}

/// Status of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum SessionState {
    /// All of it was done.
    Done,
    /// It is over, and some of it was done.
    Part,
    /// It is over, and nothing was done.
    Missed,
    /// It is on now.
    Due,
    /// It is to come.
    Planned,
    /// It is to come, but its item has no work left for it.
    Freed,
}

impl Tracked {
    /// When it ends.
    pub fn end(&self) -> Moment {
        self.start.plus(self.minutes)
    }

    /// Minutes not done yet.
    pub fn open(&self) -> u32 {
        self.minutes.saturating_sub(self.done)
    }

    /// Whether it counts as a session: true unless it was freed.
    pub fn is_there(&self) -> bool {
        self.state != SessionState::Freed
    }

    fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.end().instant() <= now
    }
}

impl Progress {
    /// Minutes of work that wait for the next re-plan.
    pub fn waiting_minutes(&self) -> u64 {
        let minutes = |(_, minutes): &(usize, u32)| u64::from(*minutes);
        self.waiting.iter().map(minutes).sum()
    }

    /// Minutes of work on these items of the roadmap that wait for the next re-plan.
    pub fn waiting_minutes_of(&self, items: &Range<usize>) -> u64 {
        let waiting = self.waiting.iter().filter(|(item, _)| items.contains(item));
        waiting.map(|(_, minutes)| u64::from(*minutes)).sum()
    }

    /// Total minutes of work: done, to come and waiting. Work that could not be scheduled is not
    /// counted.
    pub fn effort_minutes(&self, plan: &Plan) -> u64 {
        let unplaced = self.schedule.unplaced.iter();
        let unplaced: u64 = unplaced.map(|work| u64::from(work.minutes)).sum();
        (plan.done_minutes() + plan.left_minutes()).saturating_sub(unplaced)
    }

    /// The part of [`Progress::effort_minutes`] in the phases with weeks in the roadmap.
    pub fn core_minutes(&self, plan: &Plan) -> u64 {
        let (roadmap, logged, left) = (plan.roadmap(), plan.logged(), plan.left());
        let items = roadmap.items.iter().enumerate();
        let core = items.filter(|(_, item)| roadmap.phases[item.phase].track == Track::Core);
        let minutes = core.map(|(index, item)| {
            let unplaced = self.schedule.unplaced.iter();
            let unplaced = unplaced.filter(|work| work.item == index);
            let unplaced: u32 = unplaced.map(|work| work.minutes).sum();
            let logged = logged.get(&item.id).copied().unwrap_or(0);
            u64::from(logged) + u64::from(left[index].saturating_sub(unplaced))
        });
        minutes.sum()
    }

    /// The day on which the phases with weeks in the roadmap are finished. `None` if they have no
    /// session.
    pub fn core_finish(&self, plan: &Plan) -> Option<NaiveDate> {
        let phases = plan.roadmap().phases.iter().zip(&self.phases);
        let core = phases.filter(|(phase, _)| phase.track == Track::Core);
        core.filter_map(|(_, span)| span.map(|span| span.end.day_of_end()))
            .max()
    }

    /// The last session.
    pub fn last(&self) -> Option<&Tracked> {
        let is_there = |session: &&Tracked| session.is_there();
        self.sessions.iter().rev().find(is_there)
    }

    /// The day of the last session of the plan as it is, without the work that waits. `None` if
    /// some work couldn't be scheduled, or if it has no session at all.
    pub fn finish(&self) -> Option<NaiveDate> {
        let is_whole = self.schedule.unplaced.is_empty();
        let last = self.last().filter(|_| is_whole)?;
        Some(last.end().day_of_end())
    }

    /// Whether this item has a session to come that starts at this time on the learner's clock.
    pub fn is_to_come(&self, item: usize, start: NaiveDateTime) -> bool {
        let mut sessions = self.sessions.iter();
        sessions.any(|session| {
            session.state == SessionState::Planned
                && session.item == item
                && session.start.local() == start
        })
    }

    /// The sessions that are over without any work done.
    pub fn missed(&self) -> impl Iterator<Item = &Tracked> {
        let is_missed = |session: &&Tracked| session.state == SessionState::Missed;
        self.sessions.iter().filter(is_missed)
    }
}

/// The plan's progress at `now`. Takes time proportional to sessions and log entries.
pub fn progress(plan: &Plan, now: DateTime<Utc>) -> Progress {
    progress_of(plan, current(plan), now)
}

/// As [`progress`], with the plan's current schedule at hand, while a timer may run: a session of
/// its item that ended since it was started is on until it stops.
pub(crate) fn progress_timed(
    plan: &Plan,
    schedule: Schedule,
    now: DateTime<Utc>,
    timer: Option<&Timer>,
) -> Progress {
    let timed = timer.filter(|timer| timer.is_running() && !timer.is_absurd(now));
    let timed = timed.and_then(|timer| {
        let item = plan.roadmap().item(&timer.item)?;
        Some((item, timer.begun))
    });
    let is_timed = |session: &Tracked| {
        timed.is_some_and(|(item, begun)| {
            session.item == item && (begun..=now).contains(&session.end().instant())
        })
    };
    track(plan, schedule, now, is_timed)
}

/// As [`progress`], with the plan's current schedule at hand.
pub(crate) fn progress_of(plan: &Plan, schedule: Schedule, now: DateTime<Utc>) -> Progress {
    track(plan, schedule, now, |_| false)
}

fn track(
    plan: &Plan,
    mut schedule: Schedule,
    now: DateTime<Utc>,
    is_timed: impl Fn(&Tracked) -> bool,
) -> Progress {
    let mut sessions = past(plan);
    let known = sessions.len();
    sessions.extend(schedule.sessions.iter().map(|session| Tracked {
        item: session.item(),
        ordinal: session.ordinal,
        start: session.start,
        minutes: session.minutes,
        done: 0,
        state: SessionState::Planned,
        why: Some(session.why),
    }));
    // Entries from before the last re-plan count towards the sessions before it, and later entries
    // towards the later sessions.
    let (before, after) = sessions.split_at_mut(known);
    let is_before = |entry: &LogEntry| {
        plan.basis().is_some_and(|basis| {
            entry.start < basis.from || entry.start == basis.from && entry.id <= basis.entries
        })
    };
    let counted = recall(plan, before);
    let is_counted = |entry: &LogEntry| {
        let is_in_basis = plan.basis().is_some_and(|basis| entry.id <= basis.entries);
        is_in_basis && counted.contains(entry.item.as_str())
    };
    pour(
        plan,
        before,
        |entry| is_before(entry) && !is_counted(entry),
        now,
    );
    pour(plan, after, |entry| !is_before(entry), now);

    let logged = plan.logged();
    let left = plan.left_after(&logged);
    let mut to_come = vec![0u32; left.len()];
    for session in &mut sessions {
        let is_timed = session.open() > 0 && is_timed(session);
        if session.is_over(now) && !is_timed {
            session.state = match session.done {
                0 => SessionState::Missed,
                done if done < session.minutes => SessionState::Part,
                _ => SessionState::Done,
            };
            continue;
        }
        let is_on = session.start.instant() <= now;
        session.state = match session.open() {
            0 => SessionState::Done,
            _ if is_on => SessionState::Due,
            _ => SessionState::Planned,
        };
        to_come[session.item] = to_come[session.item].saturating_add(session.open());
    }
    free(&mut sessions, &mut to_come, &left);
    // Work that could not be scheduled may still have been done.
    for work in &mut schedule.unplaced {
        let open = left[work.item].saturating_sub(to_come[work.item]);
        work.minutes = work.minutes.min(open);
        to_come[work.item] = to_come[work.item].saturating_add(work.minutes);
    }
    schedule.unplaced.retain(|work| work.minutes > 0);
    let waiting = left.iter().zip(&to_come).enumerate();
    let waiting = waiting.map(|(item, (left, to_come))| (item, left.saturating_sub(*to_come)));
    let efforts = efforts(plan, &schedule, &logged, &left);
    let (items, phases) = spans(plan, &sessions, known, &efforts);
    Progress {
        waiting: waiting.filter(|(_, minutes)| *minutes > 0).collect(),
        schedule,
        sessions,
        items,
        phases,
    }
}

/// Minutes of work on each item of the roadmap: logged and left, without work that could not be
/// scheduled.
fn efforts(
    plan: &Plan,
    schedule: &Schedule,
    logged: &BTreeMap<String, u32>,
    left: &[u32],
) -> Vec<u64> {
    let items = plan.roadmap().items.iter().zip(left);
    let efforts = items.map(|(item, left)| {
        let logged = logged.get(&item.id).copied().unwrap_or(0);
        u64::from(logged) + u64::from(*left)
    });
    let mut efforts: Vec<u64> = efforts.collect();
    for work in &schedule.unplaced {
        efforts[work.item] = efforts[work.item].saturating_sub(work.minutes.into());
    }
    efforts
}

/// Minutes of work on each phase: logged and left, without work that this schedule has no room for.
pub(crate) fn phase_efforts(plan: &Plan, schedule: &Schedule) -> Vec<u64> {
    let logged = plan.logged();
    let efforts = efforts(plan, schedule, &logged, &plan.left_after(&logged));
    let phases = plan.roadmap().phases.iter();
    let phases = phases.map(|phase| efforts[phase.items.clone()].iter().sum());
    phases.collect()
}

/// The spans of items and phases. The first `known` sessions are from before the last re-plan: what
/// was missed of them is done in other sessions now, so they don't hold any work.
fn spans(
    plan: &Plan,
    sessions: &[Tracked],
    known: usize,
    efforts: &[u64],
) -> (Vec<Option<Span>>, Vec<Option<Span>>) {
    let roadmap = plan.roadmap();
    let mut items: Vec<Option<Span>> = vec![None; roadmap.items.len()];
    let mut missed = vec![0; roadmap.items.len()];
    for (at, session) in sessions.iter().enumerate() {
        if !session.is_there() {
            continue;
        }
        Span::add(&mut items[session.item], session.start, session.minutes);
        if at < known && session.state == SessionState::Missed {
            missed[session.item] += 1;
        }
    }
    for (item, span) in items.iter_mut().enumerate() {
        if let Some(span) = span {
            span.minutes = efforts[item];
            span.sessions -= missed[item];
        }
    }
    let phases = roadmap.phases.iter().map(|phase| {
        let spans = items[phase.items.clone()].iter();
        let span = spans.flatten().copied().reduce(Span::and)?;
        let minutes = efforts[phase.items.clone()].iter().sum();
        Some(Span { minutes, ..span })
    });
    let phases = phases.collect();
    (items, phases)
}

/// The sessions from before the last re-plan.
fn past(plan: &Plan) -> Vec<Tracked> {
    let mut ordinals = vec![0; plan.roadmap().items.len()];
    let sessions = plan.past().iter().filter_map(|session| {
        let item = plan.roadmap().item(&session.item)?;
        ordinals[item] += 1;
        Some(Tracked {
            item,
            ordinal: ordinals[item],
            start: plan.moment_at(session.start),
            minutes: session.minutes,
            done: 0,
            state: SessionState::Missed,
            why: None,
        })
    });
    sessions.collect()
}

/// Gives past sessions the minutes that were done of them at the last re-plan, which therefore
/// changes none of them. Returns the items for which these are known.
fn recall<'a>(plan: &'a Plan, past: &mut [Tracked]) -> BTreeSet<&'a str> {
    let Some(basis) = plan.basis() else {
        return BTreeSet::new();
    };
    let mut known = BTreeSet::new();
    for (item, done) in &basis.past_done {
        let Some(index) = plan.roadmap().item(item) else {
            continue;
        };
        let of_item = || past.iter().filter(|session| session.item == index);
        if of_item().count() != done.len() {
            continue;
        }
        known.insert(item.as_str());
        let sessions = past.iter_mut().filter(|session| session.item == index);
        for (session, done) in sessions.zip(done) {
            session.done = session.minutes.min(*done);
        }
    }
    known
}

/// Allocates the log entries that are `meant` to the sessions, in chronological order.
fn pour(
    plan: &Plan,
    sessions: &mut [Tracked],
    meant: impl Fn(&LogEntry) -> bool,
    now: DateTime<Utc>,
) {
    if plan.log().is_empty() || sessions.is_empty() {
        return;
    }
    let mut of_item: Vec<Vec<usize>> = vec![Vec::new(); plan.roadmap().items.len()];
    for (index, session) in sessions.iter().enumerate() {
        of_item[session.item].push(index);
    }
    let mut over: Vec<(usize, u32)> = Vec::new();
    for entry in plan.log().iter().filter(|entry| meant(entry)) {
        let Some(item) = plan.roadmap().item(&entry.item) else {
            continue;
        };
        let date = plan.moment_at(entry.start).local().date();
        let on_date = |session: &Tracked| session.start.local().date() == date;
        let left = fill(sessions, &of_item[item], entry.minutes, on_date);
        over.push((item, left));
    }
    // This checks an item's full sessions again for every entry, which is fine because an item has
    // few sessions.
    for (item, minutes) in over {
        let is_next = |session: &Tracked| session.is_over(now) || session.start.instant() > now;
        fill(sessions, &of_item[item], minutes, is_next);
    }
}

/// Fills, in order, the sessions at these indices that satisfy `is_asked_for`. Returns the minutes
/// left over.
fn fill(
    sessions: &mut [Tracked],
    places: &[usize],
    mut minutes: u32,
    is_asked_for: impl Fn(&Tracked) -> bool,
) -> u32 {
    for &place in places {
        if minutes == 0 {
            break;
        }
        let session = &mut sessions[place];
        if is_asked_for(session) {
            let taken = session.open().min(minutes);
            session.done += taken;
            minutes -= taken;
        }
    }
    minutes
}

/// Frees an item's last sessions if it has more sessions to come than work left. The last one that
/// is partly needed stays, and all before it. One that is on goes on while there is work for it.
fn free(sessions: &mut [Tracked], to_come: &mut [u32], left: &[u32]) {
    let mut is_needed = vec![false; left.len()];
    for session in sessions.iter_mut().rev() {
        let is_to_come = match session.state {
            SessionState::Planned => true,
            SessionState::Due => left[session.item] == 0,
            _ => false,
        };
        if !is_to_come || is_needed[session.item] {
            continue;
        }
        let over = to_come[session.item].saturating_sub(left[session.item]);
        if over >= session.open() {
            to_come[session.item] -= session.open();
            session.state = SessionState::Freed;
        } else {
            is_needed[session.item] = true;
        }
    }
}

#[cfg(test)]
mod tests;
