//! When each piece of work happens: list scheduling over free slots.
//!
//! The rules, in order (docs/scheduling.md has them with examples):
//! 1. An item is *ready* when its prerequisites are finished. The first ready item is opened next:
//!    by priority (its own, or that of an item that waits for it), then in roadmap order. Phases
//!    with weeks in the roadmap come before the career track, or share the week with it.
//! 2. At most `in_parallel` items are open at a time, all of one phase, and take turns.
//! 3. A slot is cut into sessions by the session rule (`session_rule.rs`).
//! 4. An item with a date before which it doesn't begin is held until then.
//! 5. Pinned and frozen sessions stay where they are. Other sessions that a re-plan keeps stay
//!    while they still fit (`fixed.rs`).
//!
//! A schedule is computed from the plan each time. Work that doesn't fit is listed, never dropped.

mod fixed;
mod held;
pub(crate) mod precedence;
mod session_rule;
mod work;

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::availability::{Cap, Moment, PinnedTime, Purpose, Slot, Slots, Used};
use crate::plan::Plan;
use fixed::{Fixed, FixedKind};
use session_rule::SessionRule;
use work::Work;

pub(crate) use fixed::frozen_until;

/// Upper bound for `Vec::with_capacity`: a roadmap may have more work than fits anywhere.
const MOST_SESSIONS_RESERVED: usize = 1_000_000;

/// When each part of a plan's work happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// In chronological order, without overlaps.
    pub sessions: Vec<Session>,
    /// Time set aside for review, in chronological order.
    pub reviews: Vec<Review>,
    /// For each item of the roadmap, its first to its last session. `None` if it has no session.
    pub items: Vec<Option<Span>>,
    /// For each phase of the roadmap, its first to its last session. `None` if it has no session.
    pub phases: Vec<Option<Span>>,
    /// Work that doesn't fit, in roadmap order.
    pub unplaced: Vec<Unplaced>,
    /// Problems of sessions with a fixed place, in chronological order.
    pub conflicts: Vec<Conflict>,
}

/// One block of work on one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Index of the item in the roadmap.
    pub item: u32,
    /// Number of the session among those of its item, from 1. Sessions in the plan's past count.
    pub ordinal: u32,
    /// When it starts. No clock change falls inside a session, unless the session is pinned or
    /// kept.
    pub start: Moment,
    /// Its length.
    pub minutes: u32,
    /// Why it is at this time.
    pub why: Why,
}

/// Why a session is at its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// It is the first free time.
    Next,
    /// It is the first free time after this item, its last prerequisite, was finished.
    After(u32),
    /// It is the item's turn among the open items.
    Turn,
    /// The cap allows no more of the time before it.
    AfterCap(Cap),
    /// It is the first free time from the date on before which this item, its own, doesn't begin.
    NotBefore(u32),
    /// The learner pinned it.
    Pinned,
    /// It was there before, and it still fits or is within the frozen days.
    Kept,
}

/// Time set aside for review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// When it starts.
    pub start: Moment,
    /// Its length.
    pub minutes: u32,
}

/// From the first to the last session of an item or a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When the first session starts.
    pub start: Moment,
    /// When the last session ends.
    pub end: Moment,
    /// Minutes of work in it.
    pub minutes: u64,
    /// Number of sessions in it.
    pub sessions: u32,
}

/// Work that doesn't fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unplaced {
    /// Index of the item in the roadmap.
    pub item: usize,
    /// Minutes that don't fit.
    pub minutes: u32,
    /// Why they don't.
    pub reason: Reason,
}

/// Why work doesn't fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is no free time at all.
    NoTime,
    /// No window is long enough to divide the work into sessions of the allowed lengths.
    SessionRule {
        /// The longest window, in minutes.
        longest_window: u32,
    },
    /// This prerequisite doesn't fit itself.
    Behind(usize),
    /// The calendar ends first (with the year 2099).
    Horizon,
}

/// A problem of a pinned or frozen session. The session is scheduled all the same, unless the kind
/// says that it was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// Index of the item in the roadmap.
    pub item: usize,
    /// When the session starts.
    pub start: Moment,
    /// The problem.
    pub kind: ConflictKind,
}

/// Kinds of problems of pinned or frozen sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// It is pinned outside the free time.
    OutsideAvailability,
    /// It is pinned before a prerequisite of its item is finished.
    BeforePrerequisite,
    /// It is pinned over the session before it and was left out.
    Overlap,
    /// It is pinned, but its item has no work left; it was left out.
    NoWorkLeft,
    /// It is pinned for longer than its item's work that is left, and was shortened to that.
    Shortened,
    /// It is frozen where there is no free time any more.
    FrozenOutside,
    /// It is frozen, and a prerequisite of its item is no longer finished by then.
    FrozenEarly,
    /// It is pinned before the date before which its item doesn't begin.
    PinnedBeforeDate,
    /// It is frozen before the date before which its item doesn't begin.
    FrozenBeforeDate,
}

impl Session {
    /// When it ends.
    pub fn end(&self) -> Moment {
        self.start.plus(self.minutes)
    }

    /// Index of the item in the roadmap.
    pub fn item(&self) -> usize {
        self.item as usize
    }
}

impl Schedule {
    /// When the last session ends.
    pub fn end(&self) -> Option<Moment> {
        self.sessions.last().map(Session::end)
    }

    /// When the last session ends on the learner's clock.
    pub fn finish(&self) -> Option<NaiveDateTime> {
        self.end().map(Moment::local)
    }

    /// Minutes of all sessions.
    pub fn minutes(&self) -> u64 {
        let minutes = |session: &Session| u64::from(session.minutes);
        self.sessions.iter().map(minutes).sum()
    }
}

impl Span {
    pub(crate) fn add(span: &mut Option<Self>, start: Moment, minutes: u32) {
        let span = span.get_or_insert(Self {
            start,
            end: start,
            minutes: 0,
            sessions: 0,
        });
        span.end = start.plus(minutes);
        span.minutes += u64::from(minutes);
        span.sessions += 1;
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
            minutes: self.minutes + other.minutes,
            sessions: self.sessions + other.sessions,
        }
    }
}

/// Starting point of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// No session is earlier.
    pub from: DateTime<Utc>,
    /// Minutes of this day and of this week that are used already.
    pub used: Used,
    /// Minutes of work left of each item of the roadmap.
    pub left: Vec<u32>,
    /// Minutes of the next reserve that missed work may take.
    pub reserve: u32,
    /// Whether it is the origin of the current schedule, whose frozen sessions stay.
    is_current: bool,
}

impl Origin {
    /// The plan at `now`, with the work that is actually left.
    pub fn at(plan: &Plan, now: DateTime<Utc>) -> Self {
        Self {
            from: now,
            used: plan.used_before(now.max(plan.start_instant())),
            left: plan.left(),
            reserve: 0,
            is_current: false,
        }
    }

    /// The origin of the plan's current schedule: its basis, or its start if it has none.
    pub fn of_current(plan: &Plan) -> Self {
        let basis = plan.basis();
        Self {
            from: basis.map_or(plan.start_instant(), |basis| basis.from),
            used: basis.map_or(Used::default(), |basis| basis.used),
            left: plan.to_schedule(),
            reserve: basis.map_or(0, |basis| basis.reserve),
            is_current: true,
        }
    }

    /// The free slots of the plan from here on. Pinned and frozen sessions count towards its caps,
    /// wherever they are.
    pub(crate) fn slots<'a>(&self, plan: &'a Plan) -> Slots<'a> {
        let from = self.from.max(plan.start_instant());
        let mut slots = plan.slots_after(from, self.used);
        let availability = plan.availability();
        if availability.reserve_percent > 0 && self.reserve > 0 {
            slots = slots.with_reserve(plan.week_minutes_before(from), self.reserve);
        }
        let has_cap = availability.day_cap.or(availability.week_cap).is_some();
        let basis = plan.basis().filter(|_| self.is_current);
        if !has_cap || plan.pins().is_empty() && basis.is_none() {
            return slots;
        }
        let staying = fixed::staying(plan, &self.left, self.from, basis);
        let time = |session: &Fixed| PinnedTime {
            start: session.start,
            minutes: session.minutes,
        };
        slots.beside(staying.iter().map(time).collect())
    }
}

/// Schedules the plan's remaining work in its free time, from the later of its start and `now`.
///
/// Deterministic. Takes time proportional to items, sessions and slots, and to the logarithm of the
/// number of items that are ready at once.
pub fn schedule(plan: &Plan, now: DateTime<Utc>) -> Schedule {
    schedule_from(plan, &Origin::at(plan, now))
}

/// As [`schedule`], from any origin. Keeps no session of an earlier schedule.
pub fn schedule_from(plan: &Plan, origin: &Origin) -> Schedule {
    let fixed = fixed::pinned(plan, &origin.left, origin.from);
    place(plan, origin, fixed)
}

/// The schedule the learner follows, computed from the plan's basis regardless of what was done or
/// missed since then.
pub fn current(plan: &Plan) -> Schedule {
    let origin = Origin::of_current(plan);
    let Some(basis) = plan.basis() else {
        return schedule_from(plan, &origin);
    };
    let sessions = fixed::of_basis(plan, basis);
    let fixed = fixed::kept(plan, &origin.left, origin.from, sessions);
    place(plan, &origin, fixed)
}

fn place(
    plan: &Plan,
    origin: &Origin,
    (mut fixed, conflicts): (Vec<Fixed>, Vec<Conflict>),
) -> Schedule {
    let mut slots = origin.slots(plan);
    let mut builder = ScheduleBuilder::new(plan, &origin.left, &mut fixed, conflicts);
    let mut fixed = fixed.iter().peekable();
    while let Some(slot) = slots.next() {
        builder.see(&slot);
        let mut from = slot.start;
        while let Some(next) = fixed.next_if(|next| next.start.seconds < slot.end().seconds) {
            builder.fill(&slot, from, next.start.seconds - builder.pause);
            let is_free = is_free(next, &slot, &slots);
            if let Some(end) = builder.place(next, is_free.then_some(&slot)) {
                from = from.max(end);
            }
        }
        let next = fixed.peek().map(|next| next.start.seconds - builder.pause);
        builder.fill(
            &slot,
            from,
            slot.end().seconds.min(next.unwrap_or(i64::MAX)),
        );
        if next.is_none() && builder.work.is_over() {
            break;
        }
    }
    for late in fixed {
        builder.place(late, None);
    }
    builder.finish()
}

/// Number of past sessions of each item. Empty if the plan was never rescheduled.
pub(crate) fn past_sessions(plan: &Plan) -> Vec<u32> {
    if plan.past().is_empty() {
        return Vec::new();
    }
    let mut counts = vec![0; plan.roadmap().items.len()];
    for session in plan.past() {
        if let Some(item) = plan.roadmap().item(&session.item) {
            counts[item] += 1;
        }
    }
    counts
}

/// Whether a session is in free time: in this slot, or also in slots that follow it without a
/// break, as at midnight or at a clock change.
fn is_free(session: &Fixed, slot: &Slot, after: &Slots) -> bool {
    let mut free_until = slot.end().seconds;
    // A pinned session is where the learner wants it, in the reserve too.
    let is_for_it = |purpose: Purpose| match purpose {
        Purpose::Study => true,
        Purpose::Review => false,
        Purpose::Reserve => session.kind == FixedKind::Pinned,
    };
    let is_in_slot = is_for_it(slot.purpose) && slot.start.seconds <= session.start.seconds;
    if !is_in_slot || session.end().seconds <= free_until {
        return is_in_slot;
    }
    for next in after.clone() {
        if !is_for_it(next.purpose) || next.start.seconds != free_until {
            break;
        }
        free_until = next.end().seconds;
        if session.end().seconds <= free_until {
            return true;
        }
    }
    false
}

/// Unused free time, to explain why work doesn't fit.
#[derive(Debug, Clone, Copy, Default)]
struct Idle {
    /// Number of study slots.
    slots: usize,
    /// Length of the longest study slot after the last session.
    longest: u32,
}

/// A schedule being built, slot by slot.
struct ScheduleBuilder<'a> {
    plan: &'a Plan,
    work: Work<'a>,
    schedule: Schedule,
    /// Seconds of break between two sessions.
    pause: i64,
    idle: Idle,
    /// Earliest start of the next session, in seconds since 1970.
    not_before: i64,
    /// Number of past sessions of each item. Empty if the plan has no past.
    ordinals: Vec<u32>,
}

impl<'a> ScheduleBuilder<'a> {
    fn new(plan: &'a Plan, left: &[u32], fixed: &mut Vec<Fixed>, conflicts: Vec<Conflict>) -> Self {
        let roadmap = plan.roadmap();
        let rule = SessionRule::new(
            plan.session(),
            plan.windows(),
            plan.availability().usual_window(),
            plan.availability().longest_window(),
        );
        let work = Work::new(plan, left, rule, fixed);
        Self {
            plan,
            schedule: Schedule {
                sessions: Vec::with_capacity(work.sessions().min(MOST_SESSIONS_RESERVED)),
                reviews: Vec::new(),
                items: vec![None; roadmap.items.len()],
                phases: vec![None; roadmap.phases.len()],
                unplaced: Vec::new(),
                conflicts,
            },
            work,
            pause: i64::from(plan.session().pause) * 60,
            idle: Idle::default(),
            not_before: i64::MIN,
            ordinals: past_sessions(plan),
        }
    }

    fn see(&mut self, slot: &Slot) {
        self.work.begin_day(slot.start);
        if slot.purpose == Purpose::Study {
            self.idle.slots += 1;
            self.idle.longest = self.idle.longest.max(slot.minutes);
        }
    }

    /// Fills a part of a slot with sessions.
    fn fill(&mut self, slot: &Slot, from: Moment, until: i64) {
        let mut at = from.seconds.max(self.not_before);
        let mut after_cap = slot.after_cap;
        while at < until {
            let start = Moment {
                seconds: at,
                ..slot.start
            };
            let free = u32::try_from((until - at) / 60).unwrap_or(0);
            if slot.purpose == Purpose::Reserve {
                return;
            }
            if slot.purpose == Purpose::Review {
                if !self.work.is_idle() && free > 0 {
                    self.schedule.reviews.push(Review {
                        start,
                        minutes: free,
                    });
                }
                return;
            }
            let Some((item, minutes, why)) = self.work.next(free) else {
                return;
            };
            let why = match after_cap.take() {
                Some(cap) if why == Why::Turn => Why::AfterCap(cap),
                _ => why,
            };
            self.push(item, start, minutes, why);
            at = self.not_before;
        }
    }

    /// Schedules a fixed session at its time, if it can be there. `slot` is the free slot it begins
    /// in, if any. Returns its end; `None` if it was released.
    fn place(&mut self, fixed: &Fixed, slot: Option<&Slot>) -> Option<Moment> {
        let is_ready = self.work.is_ready(fixed.item);
        // Read kept sessions on the clock of their slot, since the learner may have moved.
        let start = match (fixed.kind, slot) {
            (FixedKind::Pinned, _) => fixed.start,
            (_, Some(slot)) => Moment {
                offset: slot.start.offset,
                ..fixed.start
            },
            (_, None) => self.plan.availability().moment_at(fixed.start.instant()),
        };
        let is_begun = !self.work.is_before_date(fixed.item, start);
        let is_free = fixed.start.seconds >= self.not_before;
        let fits = slot.is_some() && is_ready && is_begun && is_free;
        if fixed.kind == FixedKind::Kept && !fits {
            self.work.release(fixed);
            return None;
        }
        let (why, outside, early, before_date) = match fixed.kind {
            FixedKind::Pinned => (
                Why::Pinned,
                ConflictKind::OutsideAvailability,
                ConflictKind::BeforePrerequisite,
                ConflictKind::PinnedBeforeDate,
            ),
            FixedKind::Frozen | FixedKind::Kept => (
                Why::Kept,
                ConflictKind::FrozenOutside,
                ConflictKind::FrozenEarly,
                ConflictKind::FrozenBeforeDate,
            ),
        };
        let found = [
            (slot.is_some(), outside),
            (is_ready, early),
            (is_begun, before_date),
        ];
        let found = found.into_iter().filter(|(is_well, _)| !is_well);
        self.schedule
            .conflicts
            .extend(found.map(|(_, kind)| Conflict {
                item: fixed.item,
                start,
                kind,
            }));
        self.push(fixed.item, start, fixed.minutes, why);
        self.work.placed(fixed);
        Some(fixed.end())
    }

    fn push(&mut self, item: usize, start: Moment, minutes: u32, why: Why) {
        let span = &mut self.schedule.items[item];
        let session = Session {
            item: u32::try_from(item).unwrap_or(u32::MAX),
            ordinal: self.ordinals.get(item).copied().unwrap_or(0)
                + span.map_or(0, |span| span.sessions)
                + 1,
            start,
            minutes,
            why,
        };
        Span::add(span, start, minutes);
        self.not_before = session.end().seconds + self.pause;
        self.idle.longest = 0;
        self.schedule.sessions.push(session);
    }

    fn finish(mut self) -> Schedule {
        let phases = &self.plan.roadmap().phases;
        for (phase, span) in phases.iter().zip(&mut self.schedule.phases) {
            let items = &self.schedule.items[phase.items.clone()];
            *span = items.iter().flatten().copied().reduce(Span::and);
        }
        self.schedule.unplaced = self.work.unplaced(self.idle);
        self.schedule
            .conflicts
            .sort_by_key(|conflict| (conflict.start, conflict.kind));
        self.schedule
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
