//! The learner's progress in plain words, with the field's figures.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::document::FIRST_BASELINE;
use crate::plan::Plan;
use crate::progress::{Measures, Progress, measure};
use crate::words;

/// Less than this is on time: nobody plans to the quarter of an hour.
const ON_TIME_MINUTES: u64 = 15;
/// The value of a figure that doesn't exist yet.
const NONE: &str = "–";
/// Number of weeks to show, the latest last.
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
    /// Figures about the learner's habits.
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

/// A figure with its name and meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// Such as "Attendance".
    pub name: &'static str,
    /// Such as "82%"; "–" if there is no figure yet.
    pub value: String,
    /// Its meaning, in a sentence.
    pub text: String,
}

impl Figure {
    /// Whether the figure exists.
    pub fn is_known(&self) -> bool {
        self.value != NONE
    }
}

/// Planned and finished work of a week.
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

/// The learner's progress at `now`.
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
        sentence: sentence(plan, &measures, side),
        habits: habits(plan, &measures),
        figures: figures(&measures),
        weeks: weeks.collect(),
    }
}

fn sentence(plan: &Plan, measures: &Measures, side: Side) -> String {
    let baseline = measures.baseline.as_deref().unwrap_or(FIRST_BASELINE);
    let by_now = words::effort(measures.planned_value);
    let earned = words::effort(measures.earned_value);
    if measures.planned_value == 0 && measures.earned_value == 0 {
        return "Nothing was due yet.".to_owned();
    }
    let days = study_days(measures.behind_days.abs());
    let about = match side {
        Side::OnTime => "You're on time".to_owned(),
        Side::Behind => format!("You're about {days} behind"),
        Side::Ahead => format!("You're about {days} ahead"),
    };
    // Hours that were spent are worth more or less than that if an estimate was off, or if the
    // baseline doesn't have all of an item.
    let done = match measures.earned_value == plan.done_minutes() {
        true => format!("you've done {earned}"),
        false => format!("your work so far covers {earned} of it"),
    };
    format!("{about}: by now “{baseline}” has {by_now}, and {done}.")
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

fn habits(plan: &Plan, measures: &Measures) -> Vec<Figure> {
    let week = measures.weeks.last();
    let (done, planned) = week.map_or((0, 0), |week| (week.done, week.planned));
    vec![
        Figure {
            name: "This week",
            value: format!("{} of {}", words::effort(done), words::effort(planned)),
            text: "Your study time this week, out of the time planned.".to_owned(),
        },
        Figure {
            name: "Streak",
            value: words::count(measures.streak as usize, "week"),
            text: "Weeks in a row with study time. A week off doesn't end the streak.".to_owned(),
        },
        // Attendance isn't among them: no figure at the top falls because a session was missed.
        Figure {
            name: "In all",
            value: words::effort(plan.done_minutes()),
            text: "All of your study time so far.".to_owned(),
        },
        Figure {
            name: "Estimates",
            value: percent(measures.accuracy),
            text: "The time that finished items took, as a share of their first estimates. Over 100% means they took longer."
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
            "Attendance",
            percent(measures.attendance),
            "Your study time so far, as a share of the time planned.",
        ),
        figure(
            "Planned value, PV",
            words::effort(measures.planned_value),
            "The work that was due by now.",
        ),
        figure(
            "Earned value, EV",
            words::effort(measures.earned_value),
            "The work that is done, at its estimate in the baseline.",
        ),
        figure(
            "Actual cost, AC",
            words::effort(measures.actual_cost),
            "The time that the finished work really took.",
        ),
        figure(
            "SPI",
            ratio(measures.spi),
            "EV divided by PV. Below 1, less is done than planned. It ends at 1, however late you are.",
        ),
        figure(
            "CPI",
            ratio(measures.cpi),
            "EV divided by AC. Below 1, the work takes longer than estimated.",
        ),
        figure(
            "Earned schedule, ES",
            hours(time.earned),
            "The study time that the baseline needed for the work you've done so far.",
        ),
        figure(
            "SV(t)",
            signed_hours(time.variance()),
            "ES minus the study time that has passed. Below 0, you're late. Time off doesn't count.",
        ),
        figure(
            "SPI(t)",
            ratio(time.index()),
            "ES divided by the study time that has passed: your pace.",
        ),
        figure(
            "IEAC(t)",
            time.at_completion().map_or_else(none, hours),
            "The study time that the whole plan takes at this pace.",
        ),
    ]
}

fn none() -> String {
    NONE.to_owned()
}

fn percent(ratio: Option<f64>) -> String {
    ratio.map_or_else(none, |ratio| format!("{}%", words::percent(ratio)))
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
