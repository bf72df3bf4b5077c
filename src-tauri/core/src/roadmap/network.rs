//! The prerequisites of a roadmap as a graph.
//!
//! A phase has two points, its start and its end, with its items between them. "Requires a phase"
//! is then one edge, and the graph stays as small as the roadmap.

use super::{Item, Phase, Requirement, Roadmap};

/// The graph. Points are numbered: items first, then phase starts, then phase ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Network {
    /// The successors of the first point, then those of the second, and so on.
    after: Vec<usize>,
    /// For each point, the index in `after` of its first successor, and the end of the last one's.
    first: Vec<usize>,
    /// For each point, its number of prerequisites.
    pub waiting: Vec<u32>,
}

/// The meaning of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    Item(usize),
    Start(usize),
    End(usize),
}

impl Point {
    pub fn of(roadmap: &Roadmap, number: usize) -> Self {
        let (items, phases) = (roadmap.items.len(), roadmap.phases.len());
        if number < items {
            Self::Item(number)
        } else if number < items + phases {
            Self::Start(number - items)
        } else {
            Self::End(number - items - phases)
        }
    }
}

impl Network {
    pub fn new(phases: &[Phase], items: &[Item]) -> Self {
        let start = |phase: usize| items.len() + phase;
        let end = |phase: usize| items.len() + phases.len() + phase;
        let point = |requirement: &Requirement| match *requirement {
            Requirement::Item(item) => item,
            Requirement::Phase(phase) => end(phase),
        };
        let points = items.len() + 2 * phases.len();
        let mut edges = Vec::new();
        for (index, item) in items.iter().enumerate() {
            edges.push((start(item.phase), index));
            edges.push((index, end(item.phase)));
            edges.extend(item.requires.iter().map(|r| (point(r), index)));
        }
        for (index, phase) in phases.iter().enumerate() {
            edges.push((start(index), end(index)));
            edges.extend(phase.requires.iter().map(|r| (point(r), start(index))));
        }
        let mut waiting = vec![0; points];
        let mut first = vec![0; points + 1];
        for &(before, next) in &edges {
            waiting[next] += 1;
            first[before + 1] += 1;
        }
        for point in 0..points {
            first[point + 1] += first[point];
        }
        // Counting sort by the point before keeps them in roadmap order.
        let mut free = first.clone();
        let mut after = vec![0; edges.len()];
        for (before, next) in edges {
            after[free[before]] = next;
            free[before] += 1;
        }
        Self {
            after,
            first,
            waiting,
        }
    }

    /// The successors of a point.
    pub fn after(&self, point: usize) -> &[usize] {
        &self.after[self.first[point]..self.first[point + 1]]
    }

    /// The points in topological order (Kahn 1962). Points on a circle or behind one are missing.
    pub fn order(&self) -> Vec<usize> {
        let mut waiting = self.waiting.clone();
        let mut order: Vec<usize> = (0..waiting.len()).filter(|&i| waiting[i] == 0).collect();
        let mut done = 0;
        while let Some(&point) = order.get(done) {
            done += 1;
            for &next in self.after(point) {
                waiting[next] -= 1;
                if waiting[next] == 0 {
                    order.push(next);
                }
            }
        }
        order
    }

    /// A circle of prerequisites, each point after its prerequisite. `None` if there is none.
    pub fn circle(&self) -> Option<Vec<usize>> {
        let mut is_left = vec![true; self.waiting.len()];
        for point in self.order() {
            is_left[point] = false;
        }
        // Every remaining point has a remaining prerequisite: walk back until one repeats.
        let mut waits_for = vec![None; self.waiting.len()];
        for before in (0..is_left.len()).filter(|&before| is_left[before]) {
            for &next in self.after(before) {
                waits_for[next] = Some(before);
            }
        }
        let mut here = is_left.iter().position(|&left| left)?;
        let mut met = vec![None; self.waiting.len()];
        let mut path = Vec::new();
        while met[here].is_none() {
            met[here] = Some(path.len());
            path.push(here);
            here = waits_for[here]?;
        }
        let mut circle = path.split_off(met[here]?);
        circle.reverse();
        Some(circle)
    }
}
