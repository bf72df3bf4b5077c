//! Items that are ready, but are not to begin before a date that is to come.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::availability::Moment;
use crate::plan::Plan;
use crate::roadmap::Item;

/// Days are numbered as [`Moment::day`] does.
pub(super) struct Held {
    /// For each item, the day before which it doesn't begin. Empty if no item has one.
    days: Vec<i64>,
    /// Ready items whose day is to come, with that day.
    items: BinaryHeap<Reverse<(i64, usize)>>,
    /// The day of the slot at hand; `i64::MIN` before the first.
    today: i64,
}

impl Held {
    pub fn new(plan: &Plan) -> Self {
        let day = |item: &Item| plan.not_before(item).map_or(i64::MIN, Moment::day_of);
        let days = if plan.has_not_before() {
            plan.roadmap().items.iter().map(day).collect()
        } else {
            Vec::new()
        };
        Self {
            days,
            items: BinaryHeap::new(),
            today: i64::MIN,
        }
    }

    /// Whether any item has a date.
    pub fn has_dates(&self) -> bool {
        !self.days.is_empty()
    }

    /// Whether no item is held.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Holds a ready item if its day is to come.
    pub fn holds(&mut self, item: usize) -> bool {
        let day = self.days.get(item).copied().unwrap_or(i64::MIN);
        let is_held = day > self.today;
        if is_held {
            self.items.push(Reverse((day, item)));
        }
        is_held
    }

    /// The next slot starts then. Returns whether it is the first.
    pub fn begin_day(&mut self, start: Moment) -> bool {
        let is_first = self.today == i64::MIN;
        self.today = start.day();
        is_first
    }

    /// The next item whose day has come, which is held no longer.
    pub fn next(&mut self) -> Option<usize> {
        let Reverse((day, _)) = self.items.peek()?;
        if *day > self.today {
            return None;
        }
        self.items.pop().map(|Reverse((_, item))| item)
    }

    /// Whether an item doesn't begin yet at this time.
    pub fn is_before_date(&self, item: usize, start: Moment) -> bool {
        let day = self.days.get(item);
        day.is_some_and(|&day| start.day() < day)
    }
}
