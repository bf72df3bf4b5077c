//! Where the learner stands, in plain words, with the figures of the field behind them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::document::FIRST_BASELINE;
use crate::plan::Plan;
use crate::progress::{Measures, Progress, measure};
use crate::words;

/// Less than this is on time: no one plans to the quarter of an hour.
const ON_TIME_MINUTES: u64 = 15;
/// The value of a figure that has nothing to tell yet.
const NONE: &str = "–";
/// So many weeks are told, the latest last.
const MOST_WEEKS: usize = 8;

/// The learner's progress.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ProgressView {
    /// Behind, on time, or ahead.
    pub side: Side,
    /// In a few words, such as "3 h behind".
    pub short: String,
    /// In a sentence.
    pub sentence: String,
    /// What a learner wants to know of their habits.
    pub habits: Vec<Figure>,
    /// The figures of earned value and earned schedule.
    pub figures: Vec<Figure>,
    /// The latest weeks, the present one last.
    pub weeks: Vec<WeekView>,
}

/// On which side of the baseline the learner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Side {
    Behind,
    OnTime,
    Ahead,
}

/// A figure with its name, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// Such as "Attendance".
    pub name: &'static str,
    /// Such as "82 %"; "–" where there is nothing to tell yet.
    pub value: String,
    /// What it says, in a sentence.
    pub text: String,
}

impl Figure {
    /// Whether there is something to tell.
    pub fn is_known(&self) -> bool {
        self.value != NONE
    }
}

/// What was planned and done in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct WeekView {
    /// Its first day.
    pub start: NaiveDate,
    /// Minutes that were planned.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub planned_minutes: u64,
    /// Minutes that were done.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub done_minutes: u64,
}

/// Where the learner stands at `now`.
pub fn progress_view(plan: &Plan, progress: &Progress, now: DateTime<Utc>) -> ProgressView {
    let measures = measure(plan, progress, now);
    let gap = measures.behind_minutes.unsigned_abs();
    let side = match measures.behind_minutes {
        _ if gap < ON_TIME_MINUTES => Side::OnTime,
        1.. => Side::Behind,
        _ => Side::Ahead,
    };
    let short = match side {
        Side::OnTime => "On time".to_owned(),
        Side::Behind => format!("{} behind", words::effort(gap)),
        Side::Ahead => format!("{} ahead", words::effort(gap)),
    };
    let weeks = measures.weeks.iter().rev().take(MOST_WEEKS).rev();
    let weeks = weeks.map(|week| WeekView {
        start: week.start,
        planned_minutes: week.planned,
        done_minutes: week.done,
    });
    ProgressView {
        side,
        short,
        sentence: sentence(&measures, side),
        habits: habits(&measures),
        figures: figures(&measures),
        weeks: weeks.collect(),
    }
}

fn sentence(measures: &Measures, side: Side) -> String {
    let baseline = measures.baseline.as_deref().unwrap_or(FIRST_BASELINE);
    let by_now = words::effort(measures.planned_value);
    let earned = words::effort(measures.earned_value);
    if measures.planned_value == 0 && measures.earned_value == 0 {
        return "Nothing was to be done so far.".to_owned();
    }
    let days = study_days(measures.behind_days.abs());
    let about = match side {
        Side::OnTime => "You are on time".to_owned(),
        Side::Behind => format!("You are behind by about {days}"),
        Side::Ahead => format!("You are ahead by about {days}"),
    };
    format!("{about}: {by_now} of work were to be done by now in “{baseline}”, and {earned} are.")
}

/// "3 study days", "half a study day".
fn study_days(days: f64) -> String {
    let rounded = (days * 2.0).round() / 2.0;
    if rounded < 1.0 {
        "half a study day".to_owned()
    } else if (rounded - 1.0).abs() < f64::EPSILON {
        "1 study day".to_owned()
    } else {
        format!("{rounded} study days")
    }
}

fn habits(measures: &Measures) -> Vec<Figure> {
    let week = measures.weeks.last();
    let (done, planned) = week.map_or((0, 0), |week| (week.done, week.planned));
    vec![
        Figure {
            name: "This week",
            value: format!("{} of {}", words::effort(done), words::effort(planned)),
            text: "What was done of what the week has.".to_owned(),
        },
        Figure {
            name: "Streak",
            value: words::count(measures.streak as usize, "week"),
            text: "Weeks in a row in which something was done. A week off does not end it.".to_owned(),
        },
        Figure {
            name: "Attendance",
            value: percent(measures.attendance),
            text: "The time you studied, of the time that was planned so far.".to_owned(),
        },
        Figure {
            name: "Estimates",
            value: percent(measures.accuracy),
            text: "The time that finished items took, of the time that was estimated for them at first: over 100 % they take longer."
                .to_owned(),
        },
    ]
}

fn figures(measures: &Measures) -> Vec<Figure> {
    let time = measures.earned_schedule;
    let figure = |name, value, text: &str| Figure {
        name,
        value,
        text: text.to_owned(),
    };
    vec![
        figure(
            "Planned value, PV",
            words::effort(measures.planned_value),
            "The work that was to be done by now.",
        ),
        figure(
            "Earned value, EV",
            words::effort(measures.earned_value),
            "The work that is done, at what the baseline reckoned for it.",
        ),
        figure(
            "Actual cost, AC",
            words::effort(measures.actual_cost),
            "The time that it really took.",
        ),
        figure(
            "SPI",
            ratio(measures.spi),
            "EV by PV: below 1 less is done than planned. It ends at 1 however late one is.",
        ),
        figure(
            "CPI",
            ratio(measures.cpi),
            "EV by AC: below 1 the work takes longer than reckoned.",
        ),
        figure(
            "Earned schedule, ES",
            hours(time.earned),
            "The study time after which the baseline had as much done as you have now.",
        ),
        figure(
            "SV(t)",
            signed_hours(time.variance()),
            "ES less the study time that has passed: below 0 you are late. Time off does not pass.",
        ),
        figure(
            "SPI(t)",
            ratio(time.index()),
            "ES by the study time that has passed: your pace.",
        ),
        figure(
            "IEAC(t)",
            time.at_completion().map_or_else(none, hours),
            "The study time that all of it takes at this pace.",
        ),
    ]
}

fn none() -> String {
    NONE.to_owned()
}

fn percent(ratio: Option<f64>) -> String {
    ratio.map_or_else(none, |ratio| format!("{:.0} %", ratio * 100.0))
}

fn ratio(ratio: Option<f64>) -> String {
    ratio.map_or_else(none, |ratio| format!("{ratio:.2}"))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // minutes of a lifetime fit
fn hours(minutes: f64) -> String {
    words::effort(minutes.max(0.0).round() as u64)
}

fn signed_hours(minutes: f64) -> String {
    let sign = if minutes <= -0.5 { "−" } else { "" };
    format!("{sign}{}", hours(minutes.abs()))
}
