//! The work that is left while a schedule is being laid: what is ready, what is open, whose turn it is.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::sitting::Sitting;
use super::{IN_PARALLEL, Reason, Unplaced};
use crate::plan::Plan;
use crate::roadmap::{Point, Requirement, Roadmap, Track};

pub(super) struct Work<'a> {
    roadmap: &'a Roadmap,
    sitting: Sitting,
    /// For each item, the minutes without a session yet.
    remaining: Vec<u32>,
    /// For each point of the network, how many points it still waits for.
    waiting: Vec<u32>,
    /// Items that may start, by (track, roadmap order).
    ready: BinaryHeap<Reverse<(bool, usize)>>,
    /// The items being worked on, the one whose turn it is first.
    open: Vec<usize>,
    /// Items that no window can hold; what requires them never becomes ready.
    too_long: Vec<usize>,
}

impl<'a> Work<'a> {
    pub fn new(plan: &'a Plan, sitting: Sitting) -> Self {
        let roadmap = plan.roadmap();
        let effort = |item| {
            if plan.includes(item) {
                item.effort_minutes
            } else {
                0
            }
        };
        let mut work = Self {
            roadmap,
            sitting,
            remaining: roadmap.items.iter().map(effort).collect(),
            waiting: roadmap.network.waiting.clone(),
            ready: BinaryHeap::new(),
            open: Vec::with_capacity(IN_PARALLEL),
            too_long: Vec::new(),
        };
        let free = (0..work.waiting.len()).filter(|&point| work.waiting[point] == 0);
        let free: Vec<usize> = free.collect();
        work.reach(free);
        work
    }

    /// The item that the next session goes to and its length, where `free` minutes are left of a slot.
    pub fn next(&mut self, free: u32) -> Option<(usize, u32)> {
        if free == 0 {
            return None;
        }
        self.open_items();
        let (turn, minutes) = self.open.iter().enumerate().find_map(|(turn, &item)| {
            let minutes = self.sitting.length(self.remaining[item], free)?;
            Some((turn, minutes))
        })?;
        let item = self.open.remove(turn);
        self.remaining[item] -= minutes;
        if self.remaining[item] == 0 {
            self.finish(item);
        } else {
            self.open.push(item);
        }
        Some((item, minutes))
    }

    /// Whether nothing more can be laid, however much time there is.
    pub fn is_over(&self) -> bool {
        self.open.is_empty() && self.ready.is_empty()
    }

    pub fn unplaced(&self) -> Vec<Unplaced> {
        let left = self.remaining.iter().enumerate();
        left.filter(|(_, minutes)| **minutes > 0)
            .map(|(item, &minutes)| Unplaced {
                item,
                minutes,
                reason: self.reason(item),
            })
            .collect()
    }

    fn open_items(&mut self) {
        // What is opened now has waited longest: its turn comes before that of the items already open.
        let mut fresh = 0;
        while self.open.len() < IN_PARALLEL {
            let Some(&Reverse((_, item))) = self.ready.peek() else {
                return;
            };
            let phase = |item: usize| self.roadmap.items[item].phase;
            if self
                .open
                .first()
                .is_some_and(|&other| phase(other) != phase(item))
            {
                return;
            }
            self.ready.pop();
            if self.sitting.can_hold(self.remaining[item]) {
                self.open.insert(fresh, item);
                fresh += 1;
            } else {
                self.too_long.push(item);
            }
        }
    }

    fn finish(&mut self, point: usize) {
        let mut reached = Vec::new();
        for &next in &self.roadmap.network.after[point] {
            self.waiting[next] -= 1;
            if self.waiting[next] == 0 {
                reached.push(next);
            }
        }
        self.reach(reached);
    }

    /// Takes note that these points wait for nothing any more; what has no effort is finished at once.
    fn reach(&mut self, mut points: Vec<usize>) {
        while let Some(point) = points.pop() {
            match Point::of(self.roadmap, point) {
                Point::Item(item) if self.remaining[item] > 0 => {
                    let phase = &self.roadmap.phases[self.roadmap.items[item].phase];
                    self.ready
                        .push(Reverse((phase.track == Track::Career, item)));
                }
                _ => {
                    for &next in &self.roadmap.network.after[point] {
                        self.waiting[next] -= 1;
                        if self.waiting[next] == 0 {
                            points.push(next);
                        }
                    }
                }
            }
        }
    }

    fn reason(&self, item: usize) -> Reason {
        if self.too_long.contains(&item) {
            return Reason::SessionRule {
                longest_window: self.sitting.longest_window,
            };
        }
        if self.waiting[item] == 0 {
            return Reason::Horizon;
        }
        let phase = &self.roadmap.phases[self.roadmap.items[item].phase];
        let requirements = self.roadmap.items[item]
            .requires
            .iter()
            .chain(&phase.requires);
        let behind = requirements
            .filter_map(|requirement| match *requirement {
                Requirement::Item(other) => Some(other).filter(|&i| self.remaining[i] > 0),
                Requirement::Phase(other) => {
                    let mut items = self.roadmap.phases[other].items.clone();
                    items.find(|&i| self.remaining[i] > 0)
                }
            })
            .min();
        behind.map_or(Reason::Horizon, Reason::Behind)
    }
}
