//! The spans of phases and items in the baselines.

use chrono::NaiveDate;
use serde::Serialize;

use super::chart::minutes_since;
use crate::availability::Moment;
use crate::plan::{Baseline, Plan};
use crate::progress::Progress;
use crate::progress::baseline::compare;
use crate::schedule::Span;

/// A baseline as the chart draws it. Times are minutes as in [`Chart`](super::Chart).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BaselineView {
    /// Its name, as shown.
    pub name: String,
    /// The day on which it was set.
    pub set: NaiveDate,
    /// The day of its last session.
    pub finish: Option<NaiveDate>,
    /// Days by which the current plan ends later than this baseline; negative if earlier.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub days_late: Option<i64>,
    /// For each phase of the roadmap, from its first session to the end of its last one.
    pub phases: Vec<Option<(i32, i32)>>,
    /// The same for each item, in the order of the rows.
    pub items: Vec<Option<(i32, i32)>>,
}

/// Every baseline, the last set first.
pub fn baselines(plan: &Plan, progress: &Progress) -> Vec<BaselineView> {
    let baselines = plan.baselines().iter().rev();
    let drawn = baselines.map(|baseline| drawn(plan, progress, baseline));
    drawn.collect()
}

fn drawn(plan: &Plan, progress: &Progress, baseline: &Baseline) -> BaselineView {
    let compared = compare(plan, progress, baseline);
    let at = |moment: Moment| minutes_since(plan.start(), moment.local());
    let place = |span: Option<Span>| {
        let span = span?;
        Some((at(span.start)?, at(span.end)?))
    };
    let phases = compared.phases.iter().map(|phase| place(phase.was));
    BaselineView {
        name: baseline.name.clone(),
        set: plan.moment_at(baseline.set).local().date(),
        finish: compared.whole.was.map(|span| span.end.day_of_end()),
        days_late: compared.whole.days_late(),
        phases: phases.collect(),
        items: compared.items.iter().copied().map(place).collect(),
    }
}
