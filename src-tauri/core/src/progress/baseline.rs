//! Compares a baseline with the current plan: the baseline dates of each phase and item, and how
//! many days later or earlier it now ends.

use chrono::NaiveDate;

use super::Progress;
use crate::plan::{Baseline, Plan};
use crate::schedule::Span;

/// A baseline and the plan, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// For each item of the roadmap; `None` if the baseline has no session for it.
    pub items: Vec<Option<Span>>,
    /// For each phase of the roadmap.
    pub phases: Vec<Against>,
    /// For the whole plan.
    pub whole: Against,
}

/// The dates of an item, a phase or the whole in a baseline and in the current plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Against {
    /// Its span in the baseline.
    pub was: Option<Span>,
    /// Its span in the plan.
    pub is: Option<Span>,
}

impl Against {
    /// Days by which it ends later than in the baseline, negative if earlier. `None` if it is in
    /// only one of the two.
    pub fn days_late(&self) -> Option<i64> {
        let day = |span: Span| -> NaiveDate { span.end.day_of_end() };
        Some((day(self.is?) - day(self.was?)).num_days())
    }
}

/// Compares a baseline with the current plan.
pub fn compare(plan: &Plan, progress: &Progress, baseline: &Baseline) -> Comparison {
    let roadmap = plan.roadmap();
    let mut items: Vec<Option<Span>> = vec![None; roadmap.items.len()];
    for session in &baseline.sessions {
        if let Some(item) = roadmap.item(&session.item) {
            Span::add(
                &mut items[item],
                plan.moment_at(session.start),
                session.minutes,
            );
        }
    }
    let all = |spans: &[Option<Span>]| spans.iter().flatten().copied().reduce(Span::and);
    let phases = roadmap.phases.iter().zip(&progress.phases);
    let phases = phases.map(|(phase, is)| Against {
        was: all(&items[phase.items.clone()]),
        is: *is,
    });
    Comparison {
        phases: phases.collect(),
        whole: Against {
            was: all(&items),
            is: all(&progress.phases),
        },
        items,
    }
}
