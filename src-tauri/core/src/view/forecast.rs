//! A forecast in words: for window and terminal alike.

use chrono::NaiveDate;
use serde::Serialize;

use crate::forecast::{Basis, Forecast, Quantiles};
use crate::plan::Plan;
use crate::words;

/// A forecast as the window shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ForecastView {
    /// For the whole plan. `None` if nothing is left to do, or some of it could not be scheduled.
    pub whole: Option<QuantilesView>,
    /// The chance of meeting the target date, in percent; `None` without one.
    pub chance: Option<u32>,
    /// The forecast in a sentence.
    pub sentence: String,
    /// Whether it is based on assumptions alone.
    pub assumed: bool,
    /// The weight of the learner's own record, in percent; the rest is assumption.
    pub own: u32,
    /// Its basis, in a sentence.
    pub basis: String,
    /// Phase by phase.
    pub phases: Vec<PhaseForecast>,
}

/// Dates by which 50, 80 and 95% of the rounds are finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct QuantilesView {
    pub p50: NaiveDate,
    pub p80: NaiveDate,
    pub p95: NaiveDate,
}

/// When a phase will be finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PhaseForecast {
    /// 1 for the first phase.
    pub number: usize,
    /// The phase's title.
    pub title: String,
    /// The dates.
    pub finish: QuantilesView,
}

/// The forecast of a plan, in words.
pub fn forecast_view(plan: &Plan, forecast: &Forecast) -> ForecastView {
    let phases = plan.roadmap().phases.iter().zip(&forecast.phases);
    let phases = phases.enumerate().filter_map(|(index, (phase, finish))| {
        Some(PhaseForecast {
            number: index + 1,
            title: phase.title.clone(),
            finish: quantiles((*finish)?),
        })
    });
    let chance = forecast.chance.map(percent);
    let sentence = match forecast.whole {
        None if plan.is_done() => "Everything is done.".to_owned(),
        None => "Some of the remaining work doesn't fit into your study time.".to_owned(),
        Some(Quantiles { p50, p80, p95 }) => {
            let chance = chance
                .map(|chance| format!(" Your chance of meeting the target date is {chance}%."));
            format!(
                "You're equally likely to finish before and after {}. In 80 of 100 cases you finish by {}, in 95 by {}.{}",
                words::plain_date(p50),
                words::plain_date(p80),
                words::plain_date(p95),
                chance.unwrap_or_default(),
            )
        }
    };
    ForecastView {
        whole: forecast.whole.map(quantiles),
        chance,
        sentence,
        assumed: forecast.basis.is_assumed(),
        own: percent(forecast.basis.own_attendance),
        basis: basis(&forecast.basis),
        phases: phases.collect(),
    }
}

fn quantiles(Quantiles { p50, p80, p95 }: Quantiles) -> QuantilesView {
    QuantilesView { p50, p80, p95 }
}

fn basis(basis: &Basis) -> String {
    let assumed = format!(
        "It assumes that you use {}% of your study time, and that work takes {}% of its estimate.",
        percent(basis.attendance),
        percent(basis.accuracy)
    );
    if basis.is_assumed() {
        return format!(
            "It is based on learners in general, since you have no record of your own yet. {assumed}"
        );
    }
    let weeks = words::count(basis.weeks as usize, "week");
    let items = words::count(basis.items as usize, "item");
    format!(
        "It is based on {weeks} and {items} of your own, weighted {}% and {}%. The rest is based on learners in general. {assumed}",
        percent(basis.own_attendance),
        percent(basis.own_accuracy)
    )
}

// A share, or a ratio that is bounded where it is drawn.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn percent(share: f64) -> u32 {
    (share.max(0.0) * 100.0).round() as u32
}
