//! Where everything lay in the schedules that the learner set out with.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::Serialize;

use crate::plan::{Baseline, Plan};

/// A baseline as the chart draws it. Times are minutes as in [`Chart`](super::Chart).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BaselineView {
    /// What it is called.
    pub name: String,
    /// The day on which it was set.
    pub set: NaiveDate,
    /// The day of its last session.
    pub finish: Option<NaiveDate>,
    /// For each phase of the roadmap, from its first session to the end of its last one.
    pub phases: Vec<Option<(i32, i32)>>,
    /// The same for each item, in the order of the rows.
    pub items: Vec<Option<(i32, i32)>>,
}

/// From the first session to the end of the last one.
type Stretch = Option<(DateTime<Utc>, DateTime<Utc>)>;

/// Every baseline, the last set first.
pub fn baselines(plan: &Plan) -> Vec<BaselineView> {
    let baselines = plan.baselines().iter().rev();
    baselines.map(|baseline| drawn(plan, baseline)).collect()
}

fn drawn(plan: &Plan, baseline: &Baseline) -> BaselineView {
    let roadmap = plan.roadmap();
    let mut items: Vec<Stretch> = vec![None; roadmap.items.len()];
    for session in &baseline.sessions {
        let minutes = TimeDelta::minutes(session.minutes.into());
        let Some(end) = session.start.checked_add_signed(minutes) else {
            continue;
        };
        let item = roadmap.item(&session.item);
        if let Some(stretch) = item.and_then(|item| items.get_mut(item)) {
            *stretch = both(*stretch, Some((session.start, end)));
        }
    }
    let phases: Vec<Stretch> = roadmap
        .phases
        .iter()
        .map(|phase| {
            let items = items.get(phase.items.clone()).unwrap_or_default();
            items.iter().copied().fold(None, both)
        })
        .collect();
    let whole = phases.iter().copied().fold(None, both);
    let at = |instant| {
        let since = plan.moment_at(instant).local() - plan.start().and_time(NaiveTime::MIN);
        i32::try_from(since.num_minutes()).ok()
    };
    let place = |stretch: &Stretch| {
        let (start, end) = (*stretch)?;
        Some((at(start)?, at(end)?))
    };
    BaselineView {
        name: baseline.name.clone(),
        set: plan.moment_at(baseline.set).local().date(),
        finish: whole.map(|(_, end)| plan.moment_at(end).day_of_end()),
        phases: phases.iter().map(place).collect(),
        items: items.iter().map(place).collect(),
    }
}

fn both(one: Stretch, other: Stretch) -> Stretch {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}
