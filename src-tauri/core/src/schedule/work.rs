//! The remaining work while a schedule is built: which items are ready, which are open, whose turn
//! it is.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::fixed::{Fixed, FixedKind};
use super::held::Held;
use super::precedence;
use super::session_rule::SessionRule;
use super::{Idle, Reason, Unplaced, Why};
use crate::availability::Moment;
use crate::plan::{Career, Plan};
use crate::roadmap::{ItemKind, Phase, Point, Requirement, Roadmap, Track};

/// Number of ready items tried for a rest of a slot that no open item can use: a bound on the time
/// taken, not a rule.
const MOST_PASSED_OVER: usize = 16;

pub(super) struct Work<'a> {
    plan: &'a Plan,
    roadmap: &'a Roadmap,
    rule: SessionRule,
    items: Vec<Left>,
    /// For each point of the network, how many points it still waits for.
    waiting: Vec<u32>,
    core: Lane,
    career: Lane,
    share: Option<Share>,
    held: Held,
    /// Points just reached. A field, so that finishing an item allocates nothing.
    reached: Vec<usize>,
}

/// The remaining work of an item.
#[derive(Debug, Clone, Copy)]
struct Left {
    /// Minutes that can be scheduled anywhere.
    minutes: u32,
    /// Number of fixed sessions to come.
    fixed: u32,
    phase: usize,
    priority: i32,
    state: ItemState,
    why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ItemState {
    /// A prerequisite isn't finished.
    Waiting,
    /// Ready or open, in its lane.
    InLane,
    /// Ready, but its day is to come.
    Held,
    /// Nothing to schedule: finished, or only fixed sessions are to come.
    Resting,
    /// No window can hold it, so items that require it never become ready.
    TooLong,
}

/// The place of an item in the order: priority, then roadmap order.
type Rank = (Reverse<i32>, usize);

/// The items of one track.
#[derive(Debug, Default)]
struct Lane {
    /// Items that can start, by priority and then roadmap order.
    ready: BinaryHeap<Reverse<Rank>>,
    /// The items worked on, in the order of their turns.
    open: Vec<usize>,
}

/// How the tracks share the time: minutes scheduled for the career track and in all.
#[derive(Debug)]
struct Share {
    percent: u64,
    career: u64,
    all: u64,
}

impl<'a> Work<'a> {
    /// All work `left`, less that of the fixed sessions. Fixed sessions without work left are
    /// removed.
    pub fn new(plan: &'a Plan, left: &[u32], rule: SessionRule, fixed: &mut Vec<Fixed>) -> Self {
        let roadmap = plan.roadmap();
        let priorities = precedence::priorities(plan, left);
        let mut items = Vec::with_capacity(left.len());
        // By phases, not from the items: an item with its texts is large, and this reads them all.
        for (phase, Phase { items: range, .. }) in roadmap.phases.iter().enumerate() {
            let of_phase = left[range.clone()].iter().zip(&priorities[range.clone()]);
            items.extend(of_phase.map(|(&minutes, &priority)| Left {
                minutes,
                fixed: 0,
                phase,
                priority,
                state: ItemState::Waiting,
                why: Why::Next,
            }));
        }
        // Pinned sessions first: kept ones get the work that these leave.
        for kind in [FixedKind::Pinned, FixedKind::Frozen, FixedKind::Kept] {
            fixed.retain_mut(|session| {
                let left = &mut items[session.item];
                if session.kind == kind {
                    session.minutes = session.minutes.min(left.minutes);
                    left.minutes -= session.minutes;
                    left.fixed += u32::from(session.minutes > 0);
                }
                session.minutes > 0
            });
        }
        let share = match plan.career() {
            Career::After => None,
            Career::Alongside { percent } => Some(Share {
                percent: percent.into(),
                career: 0,
                all: 0,
            }),
        };
        let waiting = roadmap.network.waiting.clone();
        let reached = (0..waiting.len()).filter(|&point| waiting[point] == 0);
        let mut work = Self {
            plan,
            roadmap,
            rule,
            items,
            reached: reached.collect(),
            waiting,
            core: Lane::default(),
            career: Lane::default(),
            share,
            held: Held::new(plan),
        };
        work.reach(None);
        work
    }

    /// Approximate number of sessions to come.
    pub fn sessions(&self) -> usize {
        let longest = u64::from(self.rule.max.max(1));
        let minutes: u64 = self.items.iter().map(|left| u64::from(left.minutes)).sum();
        usize::try_from(minutes / longest).unwrap_or(usize::MAX)
    }

    /// The item of the next session, its length and the reason, with `free` minutes left of a slot.
    pub fn next(&mut self, free: u32) -> Option<(usize, u32, Why)> {
        if free == 0 {
            return None;
        }
        let (track, (item, minutes)) = match &self.share {
            None => {
                // The career track's turn comes once nothing of the core can be worked on.
                let track = if self.core.is_empty() {
                    Track::Career
                } else {
                    Track::Core
                };
                (track, self.next_of(track, free)?)
            }
            Some(share) => {
                let first = share.turn(free.min(self.rule.max));
                let second = match first {
                    Track::Core => Track::Career,
                    Track::Career => Track::Core,
                };
                let next = self.next_of(first, free).map(|next| (first, next));
                next.or_else(|| Some((second, self.next_of(second, free)?)))?
            }
        };
        if let Some(share) = &mut self.share {
            share.all += u64::from(minutes);
            share.career += u64::from(track == Track::Career) * u64::from(minutes);
        }
        let left = &mut self.items[item];
        left.minutes -= minutes;
        let why = std::mem::replace(&mut left.why, Why::Turn);
        if left.minutes == 0 {
            left.state = ItemState::Resting;
            let is_finished = left.fixed == 0;
            self.lane(track).open.pop();
            if is_finished {
                self.finish(item);
            }
        }
        Some((item, minutes, why))
    }

    /// The item of a track whose turn it is, which then goes to the end of the line. If no open
    /// item can use the time, a ready one is opened, so that no usable time is left.
    fn next_of(&mut self, track: Track, free: u32) -> Option<(usize, u32)> {
        self.open_items(track);
        let (items, rule) = (&self.items, &self.rule);
        let lane = match track {
            Track::Core => &mut self.core,
            Track::Career => &mut self.career,
        };
        let others = lane.open.len() + lane.ready.len() > 1;
        let length = |item: usize| rule.length(items[item].minutes, free, others);
        let turn = lane
            .open
            .iter()
            .enumerate()
            .find_map(|(turn, &item)| Some((turn, length(item)?)));
        if let Some((mut turn, mut minutes)) = turn {
            let is_new = |item: usize| items[item].why != Why::Turn;
            let item = lane.open[turn];
            // An item begins with a full session: an earlier one takes a short rest of a slot.
            if is_new(item) && rule.is_short(items[item].minutes, free) {
                let begun = lane.open.iter().enumerate().skip(turn + 1);
                let begun = begun.filter(|&(_, &item)| !is_new(item));
                let begun = begun.filter_map(|(turn, &item)| Some((turn, length(item)?)));
                (turn, minutes) = begun
                    .max_by_key(|&(_, minutes)| minutes)
                    .unwrap_or((turn, minutes));
            }
            let item = lane.open[turn];
            // Faster than `rotate_left` for a few items.
            for next in turn + 1..lane.open.len() {
                lane.open.swap(next - 1, next);
            }
            return Some((item, minutes));
        }
        if free < rule.min {
            return None;
        }
        let mut passed_over = Vec::new();
        let mut found = None;
        while found.is_none() && passed_over.len() < MOST_PASSED_OVER {
            let Some(next) = lane.ready.pop() else {
                break;
            };
            let Reverse((_, item)) = next;
            match length(item).filter(|_| rule.can_hold(items[item].minutes)) {
                Some(minutes) => found = Some((item, minutes)),
                None => passed_over.push(next),
            }
        }
        lane.ready.extend(passed_over);
        lane.open.extend(found.map(|(item, _)| item));
        found
    }

    /// Whether no work can be scheduled any more, however much time there is.
    pub fn is_over(&self) -> bool {
        self.is_idle() && self.held.is_empty()
    }

    /// Whether no work can be scheduled at the time at hand.
    pub fn is_idle(&self) -> bool {
        self.core.is_empty() && self.career.is_empty()
    }

    /// The next slot starts then: items whose day has come take their places in the order.
    pub fn begin_day(&mut self, start: Moment) {
        if !self.held.has_dates() {
            return;
        }
        let is_first = self.held.begin_day(start);
        while let Some(item) = self.held.next() {
            // A date before the first slot has no effect.
            if let (false, Ok(index)) = (is_first, u32::try_from(item)) {
                self.items[item].why = Why::NotBefore(index);
            }
            self.make_ready(item);
            self.give_way(item);
        }
    }

    /// Whether an item doesn't begin yet at this time.
    pub fn is_before_date(&self, item: usize, start: Moment) -> bool {
        self.held.is_before_date(item, start)
    }

    /// Whether the prerequisites of an item are finished.
    pub fn is_ready(&self, item: usize) -> bool {
        self.items[item].state != ItemState::Waiting
    }

    /// A fixed session was scheduled.
    pub fn placed(&mut self, session: &Fixed) {
        let left = &mut self.items[session.item];
        left.fixed -= 1;
        left.why = Why::Turn;
        if left.state == ItemState::Resting && left.fixed == 0 && left.minutes == 0 {
            self.finish(session.item);
        }
    }

    /// A fixed session can't be at its time: its minutes can be scheduled anywhere again.
    pub fn release(&mut self, session: &Fixed) {
        let left = &mut self.items[session.item];
        left.fixed -= 1;
        left.minutes += session.minutes;
        if left.state == ItemState::Resting {
            self.make_ready(session.item);
        }
    }

    pub fn unplaced(&self, idle: Idle) -> Vec<Unplaced> {
        let left = self.items.iter().enumerate();
        left.filter(|(_, left)| left.minutes > 0)
            .map(|(item, left)| Unplaced {
                item,
                minutes: left.minutes,
                reason: self.reason(item, idle),
            })
            .collect()
    }

    fn lane(&mut self, track: Track) -> &mut Lane {
        match track {
            Track::Core => &mut self.core,
            Track::Career => &mut self.career,
        }
    }

    fn open_items(&mut self, track: Track) {
        let lane = match track {
            Track::Core => &mut self.core,
            Track::Career => &mut self.career,
        };
        if lane.open.len() >= self.plan.in_parallel() || lane.ready.is_empty() {
            return;
        }
        // Items not worked on yet come first, in the order in which they were opened.
        let is_new = |item: &&usize| self.items[**item].why != Why::Turn;
        let mut fresh = lane.open.iter().take_while(is_new).count();
        while lane.open.len() < self.plan.in_parallel() {
            let Some(&Reverse((_, item))) = lane.ready.peek() else {
                return;
            };
            let phase = |item: usize| self.items[item].phase;
            if lane
                .open
                .first()
                .is_some_and(|&other| phase(other) != phase(item))
            {
                return;
            }
            // One project at a time.
            let is_project = |item: usize| self.roadmap.kinds[item] == ItemKind::Project;
            if is_project(item) && lane.open.iter().any(|&other| is_project(other)) {
                return;
            }
            lane.ready.pop();
            if self.rule.can_hold(self.items[item].minutes) {
                lane.open.insert(fresh, item);
                fresh += 1;
            } else {
                self.items[item].state = ItemState::TooLong;
            }
        }
    }

    fn make_ready(&mut self, item: usize) {
        if self.held.holds(item) {
            self.items[item].state = ItemState::Held;
            return;
        }
        self.items[item].state = ItemState::InLane;
        let (track, rank) = self.rank(item);
        self.lane(track).ready.push(Reverse(rank));
    }

    /// The track of an item and its place in the order there.
    fn rank(&self, item: usize) -> (Track, Rank) {
        let left = &self.items[item];
        let track = self.roadmap.phases[left.phase].track;
        (track, (Reverse(left.priority), item))
    }

    /// Open items that come after this one, whose day has come, are ready again: it doesn't have to
    /// wait for their ends.
    fn give_way(&mut self, item: usize) {
        let (track, first) = self.rank(item);
        let open = std::mem::take(&mut self.lane(track).open);
        for other in open {
            let (_, rank) = self.rank(other);
            let lane = self.lane(track);
            if rank > first {
                lane.ready.push(Reverse(rank));
            } else {
                lane.open.push(other);
            }
        }
    }

    fn finish(&mut self, item: usize) {
        self.leave(item);
        self.reach(Some(item));
    }

    /// The points that waited for this one wait for one fewer.
    fn leave(&mut self, point: usize) {
        for &next in self.roadmap.network.after(point) {
            self.waiting[next] -= 1;
            if self.waiting[next] == 0 {
                self.reached.push(next);
            }
        }
    }

    /// Makes items ready whose last prerequisite, `cause`, was finished. Items without effort are
    /// finished at once.
    fn reach(&mut self, cause: Option<usize>) {
        while let Some(point) = self.reached.pop() {
            let Point::Item(item) = Point::of(self.roadmap, point) else {
                self.leave(point);
                continue;
            };
            let left = &mut self.items[item];
            if let Some(cause) = cause.and_then(|cause| u32::try_from(cause).ok()) {
                left.why = Why::After(cause);
            }
            if left.minutes > 0 {
                self.make_ready(item);
            } else {
                left.state = ItemState::Resting;
                if left.fixed == 0 {
                    self.leave(item);
                }
            }
        }
    }

    fn reason(&self, item: usize, idle: Idle) -> Reason {
        match self.items[item].state {
            _ if idle.slots == 0 => Reason::NoTime,
            ItemState::TooLong => Reason::SessionRule {
                longest_window: self.rule.longest_window,
            },
            ItemState::InLane | ItemState::Held | ItemState::Resting if idle.longest > 0 => {
                Reason::SessionRule {
                    longest_window: idle.longest,
                }
            }
            ItemState::InLane | ItemState::Held | ItemState::Resting => Reason::Horizon,
            ItemState::Waiting => {
                let phase = &self.roadmap.phases[self.roadmap.items[item].phase];
                let requirements = self.roadmap.items[item]
                    .requires
                    .iter()
                    .chain(&phase.requires);
                let is_left = |item: &usize| self.items[*item].minutes > 0;
                let behind = requirements.filter_map(|requirement| match *requirement {
                    Requirement::Item(other) => Some(other).filter(is_left),
                    Requirement::Phase(other) => {
                        self.roadmap.phases[other].items.clone().find(is_left)
                    }
                });
                behind.min().map_or(Reason::Horizon, Reason::Behind)
            }
        }
    }
}

impl Lane {
    fn is_empty(&self) -> bool {
        self.open.is_empty() && self.ready.is_empty()
    }
}

impl Share {
    /// The track whose turn it is for a session of this length: the career track if that brings it
    /// nearer to its share. An excess in one week is made good in the next.
    fn turn(&self, minutes: u32) -> Track {
        let minutes = u64::from(minutes);
        if (2 * self.career + minutes) * 100 < 2 * self.percent * (self.all + minutes) {
            Track::Career
        } else {
            Track::Core
        }
    }
}
