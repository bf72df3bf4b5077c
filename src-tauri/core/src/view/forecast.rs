//! A forecast in words: for window and terminal alike.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::forecast::{Basis, Draws, EVEN, Forecast, Quantiles, ROUNDS};
use crate::ladder::{self, Rung, ladder};
use crate::needed::{Needed, Target, needed_from};
use crate::outlook::Outlook;
use crate::plan::{HOURS_PER_WEEK, Plan};
use crate::status::{Status, status};
use crate::words;

/// A forecast as the window shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ForecastView {
    /// The message for everywhere but the forecast's own page. Until the learner's own record
    /// weighs half it has finish dates of real schedules, then P80 as exactly as it is known.
    pub headline: String,
    /// Whether the learner's own record weighs half. Until then neither P80 nor the chance is shown
    /// anywhere but on the forecast's own page.
    pub is_own: bool,
    /// Weeks until the learner's own record weighs half.
    pub weeks_to_own: u32,
    /// Finish dates of real schedules; empty once the record weighs half.
    pub ladder: Vec<Rung>,
    /// The hours a week for the target date; `None` without one, and until the record weighs half.
    pub target_hours: Option<TargetHours>,
    /// For the whole plan. `None` if nothing is left to do, or some of it could not be scheduled.
    pub whole: Option<QuantilesView>,
    /// The target date at the learner's own pace; `None` without one, while the plan is paused, and
    /// until the record weighs half.
    pub target: Option<TargetAtPace>,
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

/// How likely the learner meets the target date at their own pace. It stands beside the plan's
/// answer to that date, which assumes that every session is attended and takes as long as planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TargetAtPace {
    /// Whether at least half of the rounds meet it.
    pub is_likely: bool,
    /// In a few words: "1% at your pace".
    pub short: String,
}

/// The hours a week that a target date takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TargetHours {
    /// Minutes a week without ever missing a session; `None` if no hours are enough.
    pub never_miss_minutes: Option<u32>,
    /// Minutes a week to meet the date in 80% of the rounds; `None` if no hours are enough.
    pub sure_minutes: Option<u32>,
    /// "5 h 30 min a week if you never miss; 14 h to be 80% sure".
    pub sentence: String,
}

/// Dates by which 50, 80 and 95% of the rounds are finished; `None` for a date after 2099, the end
/// of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct QuantilesView {
    pub p50: Option<NaiveDate>,
    pub p80: Option<NaiveDate>,
    pub p95: Option<NaiveDate>,
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

/// The forecast of a plan at `now`, in words.
pub fn forecast_view(plan: &Plan, forecast: &Forecast, now: DateTime<Utc>) -> ForecastView {
    let basis = &forecast.basis;
    let phases = plan.roadmap().phases.iter().zip(&forecast.phases);
    let phases = phases.enumerate().filter_map(|(index, (phase, finish))| {
        Some(PhaseForecast {
            number: index + 1,
            title: phase.title.clone(),
            finish: quantiles((*finish)?),
        })
    });
    let ladder = if basis.is_own() || plan.is_done() {
        Vec::new()
    } else {
        ladder(plan, now)
    };
    ForecastView {
        headline: headline(plan, forecast, &ladder, now),
        is_own: basis.is_own(),
        weeks_to_own: basis.weeks_to_own(),
        target_hours: basis.is_own().then(|| target_hours(plan, now)).flatten(),
        ladder,
        whole: forecast.whole.map(quantiles),
        target: target_at_pace(plan, forecast, now),
        sentence: sentence(plan, forecast),
        assumed: basis.is_assumed(),
        own: words::percent(basis.own_attendance),
        basis: basis_in_words(basis),
        phases: phases.collect(),
    }
}

fn headline(plan: &Plan, forecast: &Forecast, ladder: &[Rung], now: DateTime<Utc>) -> String {
    let Some(whole) = forecast.whole else {
        return sentence(plan, forecast);
    };
    // After a pause the pace of the past says nothing about the weeks to come.
    let status = status(plan, now);
    if matches!(status.status, Status::Paused { .. }) {
        let finish = Outlook::new(plan, now).finish.map(words::plain_date);
        let finish = finish.map_or_else(String::new, |finish| {
            format!(" If you start again today, you finish on {finish}.")
        });
        return format!("{}.{finish}", status.title);
    }
    if !forecast.basis.is_own() {
        let weeks = words::count(forecast.basis.weeks_to_own() as usize, "week");
        let ladder = ladder::in_words(ladder);
        return format!("{ladder}. Your own forecast in {weeks}.");
    }
    let chance = forecast.chance.map_or_else(String::new, |chance| {
        let chance = words::chance(chance);
        format!(" The chance of meeting the target date is then {chance}%.")
    });
    match whole.p80_in_words() {
        Some(date) => format!(
            "If you keep going at your own pace, you're 80% sure to finish by {date}.{chance}"
        ),
        None => {
            format!("At your own pace the plan isn't likely to be finished before 2100.{chance}")
        }
    }
}

fn target_at_pace(plan: &Plan, forecast: &Forecast, now: DateTime<Utc>) -> Option<TargetAtPace> {
    let is_told = forecast.basis.is_own() && forecast.whole.is_some();
    let chance = forecast.chance.filter(|_| is_told)?;
    let is_paused = matches!(status(plan, now).status, Status::Paused { .. });
    (!is_paused).then(|| TargetAtPace {
        is_likely: chance >= EVEN,
        short: format!("{}% at your pace", words::chance(chance)),
    })
}

fn sentence(plan: &Plan, forecast: &Forecast) -> String {
    let Some(Quantiles { p50, p80, p95 }) = forecast.whole else {
        return if plan.is_done() {
            "Everything is done.".to_owned()
        } else {
            "Some of the remaining work doesn't fit into your study time.".to_owned()
        };
    };
    let by = |date: Option<NaiveDate>| {
        date.map_or_else(
            || "some time after 2099".to_owned(),
            |date| format!("by {}", words::plain_date(date)),
        )
    };
    let half = p50.map_or_else(
        || "after 2099".to_owned(),
        |date| format!("before and after {}", words::plain_date(date)),
    );
    let likely = if p50.is_some() { "equally" } else { "most" };
    let chance = forecast.chance.map_or_else(String::new, |chance| {
        let chance = words::chance(chance);
        format!(" In {chance} of 100 cases you meet the target date.")
    });
    format!(
        "If you keep going, you're {likely} likely to finish {half}. In 80 of 100 cases you finish {}, in 95 {}.{chance}",
        by(p80),
        by(p95)
    )
}

/// The hours a week for the target date of the whole plan; `None` without one, or without work.
pub fn target_hours(plan: &Plan, now: DateTime<Utc>) -> Option<TargetHours> {
    let by = plan.target().filter(|_| !plan.is_done())?;
    let hours = |minutes: u32| words::effort(minutes.into());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 60
    let most = (HOURS_PER_WEEK.end() * 60.0) as u32;
    let outlook = Outlook::new(plan, now);
    let whole = Target { phase: None, by };
    let never_miss = match needed_from(&outlook.plan, &outlook.origin(), whole, most) {
        Needed::Minutes { week_minutes, .. } => week_minutes,
        Needed::NotEven { most_minutes, .. } => {
            return Some(TargetHours {
                never_miss_minutes: None,
                sure_minutes: None,
                sentence: format!("even {} a week isn't enough", hours(most_minutes)),
            });
        }
    };
    let draws = Draws::new(plan, now, ROUNDS);
    let sure = draws.week_minutes_to_be_sure(plan, now, by);
    let sure_in_words = sure.map_or_else(
        || "no number of hours makes it 80% sure".to_owned(),
        |sure| format!("{} to be 80% sure", hours(sure)),
    );
    Some(TargetHours {
        never_miss_minutes: Some(never_miss),
        sure_minutes: sure,
        sentence: format!(
            "{} a week if you never miss; {sure_in_words}",
            hours(never_miss)
        ),
    })
}

fn quantiles(Quantiles { p50, p80, p95 }: Quantiles) -> QuantilesView {
    QuantilesView { p50, p80, p95 }
}

fn basis_in_words(basis: &Basis) -> String {
    let assumed = format!(
        "It assumes that you use {}% of your study time, and that work takes {}% of its estimate.",
        words::percent(basis.attendance),
        words::percent(basis.accuracy)
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
        words::percent(basis.own_attendance),
        words::percent(basis.own_accuracy)
    )
}
