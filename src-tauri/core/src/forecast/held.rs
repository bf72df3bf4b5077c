//! Work that doesn't begin before a date, in the rounds.
//!
//! The stages are pieces of work with the same first day, in the order of the work without dates. A
//! round does the first of them that can begin by now, and changes over when an earlier one can: as
//! the scheduler does, on the axis of the minutes that get used.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::road::{self, ItemWork, Stage, days_between, first_day};
use crate::plan::Plan;
use crate::roadmap::Point;
use crate::schedule::{Schedule, schedule};

/// The stages that have to wait, and those that end with others.
#[derive(Debug, Clone)]
pub(super) struct Holds {
    /// The days before which work doesn't begin, in order.
    pub days: Vec<u32>,
    /// For each stage, the place of its day among them; `None` if it can begin at any time.
    releases: Vec<Option<usize>>,
    pub not_from: Vec<u32>,
    pub ends_with: Vec<Vec<usize>>,
}

impl Holds {
    /// `None` if every stage can begin at any time.
    pub fn of(stages: &[Stage]) -> Option<Self> {
        let mut days: Vec<u32> = stages.iter().map(|stage| stage.not_from).collect();
        days.sort_unstable();
        days.dedup();
        days.retain(|day| *day > 0);
        if days.is_empty() {
            return None;
        }
        let release = |stage: &Stage| days.binary_search(&stage.not_from).ok();
        Some(Self {
            releases: stages.iter().map(release).collect(),
            not_from: stages.iter().map(|stage| stage.not_from).collect(),
            ends_with: stages.iter().map(|stage| stage.ends_with.clone()).collect(),
            days,
        })
    }

    /// The minutes at which the stages end. `needed` are their minutes and those of all stages
    /// before; `until` the minutes that get used before each day.
    pub fn ends(&self, needed: &[f32], until: &[f32]) -> Vec<f32> {
        let mut left: Vec<f32> = Vec::with_capacity(needed.len());
        let mut before = 0f32;
        for all in needed {
            left.push((all - before).max(0.0));
            before = *all;
        }
        let release = |stage: usize| self.releases[stage].map_or(0.0, |day| until[day]);
        let mut ends: Vec<f32> = (0..left.len()).map(release).collect();
        let mut now = 0f32;
        loop {
            let has_work = |stage: &usize| left[*stage] > 0.0;
            let mut to_do = (0..left.len()).filter(has_work);
            let ready = to_do.find(|&stage| release(stage) <= now);
            let later = (0..left.len()).filter(has_work).map(release);
            let next = later.filter(|at| *at > now).reduce(f32::min);
            let Some(stage) = ready else {
                match next {
                    Some(next) => now = next,
                    None => return ends,
                }
                continue;
            };
            let end = now + left[stage];
            match next.filter(|next| *next < end) {
                Some(next) => {
                    left[stage] -= next - now;
                    now = next;
                }
                None => {
                    left[stage] = 0.0;
                    ends[stage] = end;
                    now = end;
                }
            }
        }
    }
}

/// As [`road::stages`], for a plan in which some items don't begin before a date: the stages
/// divided by the first days of their work; then one for the end of each phase; and one for the end
/// of all.
pub(super) fn stages(plan: &Plan, scheduled: &Schedule, now: DateTime<Utc>) -> Vec<Stage> {
    let days = first_days(plan, now);
    if days.iter().all(|day| *day == 0) {
        return road::stages(plan, scheduled, now);
    }
    // The order of work is that without the dates: who is slower than the schedule does less of
    // what fills the time until then.
    let free = plan.without_not_before();
    let stages = road::stages(&free, &schedule(&free, now), now);
    let mut pieces: Vec<Stage> = Vec::new();
    let mut phases: Vec<Stage> = Vec::new();
    let mut of_phase: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for stage in stages {
        let mut by_day: BTreeMap<u32, Vec<ItemWork>> = BTreeMap::new();
        for work in &stage.work {
            by_day
                .entry(days[work.item as usize])
                .or_default()
                .push(*work);
        }
        for (not_from, work) in by_day {
            for ItemWork { item, .. } in &work {
                let phase = plan.roadmap().items[*item as usize].phase;
                of_phase.entry(phase).or_default().push(pieces.len());
            }
            pieces.push(Stage {
                phase: None,
                work,
                not_before: 0,
                not_from,
                ends_with: Vec::new(),
            });
        }
        phases.push(Stage {
            work: Vec::new(),
            ..stage
        });
    }
    let not_before = phases.iter().map(|phase| phase.not_before).max();
    let whole = Stage {
        phase: None,
        work: Vec::new(),
        not_before: not_before.unwrap_or(0),
        not_from: 0,
        ends_with: (0..pieces.len()).collect(),
    };
    for phase in &mut phases {
        let own = phase.phase.and_then(|phase| of_phase.remove(&phase));
        phase.ends_with = own.unwrap_or_default();
        phase.ends_with.dedup();
    }
    pieces.into_iter().chain(phases).chain([whole]).collect()
}

/// For each item, the number of the day before which it can't begin: by its own date, or by that of
/// an item that it waits for. Empty if no item has a date.
fn first_days(plan: &Plan, now: DateTime<Utc>) -> Vec<u32> {
    if !plan.has_not_before() {
        return Vec::new();
    }
    let (roadmap, left) = (plan.roadmap(), plan.left());
    let first = first_day(plan, now);
    let mut days = vec![0; roadmap.network.waiting.len()];
    for point in roadmap.network.order() {
        if let Point::Item(item) = Point::of(roadmap, point)
            && left[item] > 0
            && let Some(date) = plan.not_before(&roadmap.items[item])
        {
            days[point] = days[point].max(days_between(first, date));
        }
        for &next in roadmap.network.after(point) {
            days[next] = days[next].max(days[point]);
        }
    }
    days.truncate(roadmap.items.len());
    days
}
