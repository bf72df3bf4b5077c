//! The projection that the window draws: everything on the screen, made from scratch after each
//! change.

mod agenda;
mod answers;
mod baselines;
mod burn_up;
mod busy_times;
mod chart;
mod earlier;
mod findings;
mod forecast;
mod merge;
mod outline;
mod progress;
mod reference;
mod study_record;
mod time;
mod why;
mod worklog;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::availability::Window;
use crate::document::{Document, PlanAt, UndoStep};
use crate::outlook::Outlook;
use crate::plan::{HOURS_PER_WEEK, Plan};
use crate::progress::SessionState;
use crate::status::{StatusReport, report};
use crate::words;

pub use agenda::{AgendaSession, AgendaView, agenda};
pub use answers::{Answers, answers};
pub use baselines::{BaselineView, baselines};
pub use burn_up::{Ahead, BaselineCurve, BurnUp, Fan, burn_up};
pub use busy_times::{BusySpan, busy_times};
pub use chart::{Chart, ItemRow, OutcomeView, PhaseRow, chart};
pub use earlier::{EarlierView, earlier_views};
pub use findings::{Finding, LONG_WINDOW, findings};
pub use forecast::{ForecastView, PhaseForecast, QuantilesView, forecast_view};
pub use forecast::{TargetAtPace, TargetHours, target_hours};
pub use merge::{MergeView, merge_view};
pub use outline::{
    OutlineItemView, OutlineLine, OutlinePhaseView, OutlineView, QuestionView, outline_view,
};
pub use progress::{Figure, ProgressView, Side, WeekView, progress_view};
pub use reference::{
    ItemTexts, LinkView, NeedView, PhaseFacts, ReferenceGroup, ReferenceText, RoadmapFacts,
    StepView, roadmap_facts,
};
pub use study_record::{StudyDay, StudyRecord, study_record};
pub use time::{BusyView, OtherPlanView, PinView, TimeView};
pub use why::{ReasonView, reason, session_reason};
pub use worklog::{EntryView, worklog};

/// Everything the window draws.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// The values that the learner can change.
    pub plan: PlanView,
    /// Its status, with the reason and what to do about it.
    pub status: StatusReport,
    /// The answer in words and figures.
    pub summary: Summary,
    /// The answers about its target dates; `None` without any.
    pub answers: Option<Answers>,
    /// The result as a chart.
    pub chart: Chart,
    /// The work that doesn't fit, and why.
    pub findings: Vec<Finding>,
    /// The sessions that the learner moved outside the study time, in sentences. They are no
    /// findings, but worth knowing while one is dragged.
    pub outside: Vec<String>,
    /// The changes that can be undone and redone.
    pub history: History,
    /// The focus timer.
    pub timer: Option<TimerView>,
    /// Today's sessions and those around them.
    pub agenda: AgendaView,
    /// The schedules to measure against, the last set first.
    pub baselines: Vec<BaselineView>,
    /// The learner's progress.
    pub progress: ProgressView,
}

/// The names of changes that can be taken back or made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct History {
    /// The latest change first.
    pub undo: Vec<String>,
    /// The next one first.
    pub redo: Vec<String>,
}

/// A focus timer as it is drawn: `seconds` were measured when the view was made, and go on if it
/// runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TimerView {
    /// The item's id.
    pub item: String,
    /// The item's title.
    pub title: String,
    /// Seconds that it has run.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub seconds: i64,
    /// Whether it runs.
    pub running: bool,
    /// Whether it has run longer at a stretch than anyone works, so that the learner is to be
    /// asked.
    pub absurd: bool,
}

/// The plan's own values.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    /// The plan's own name, or its roadmap's title.
    pub title: String,
    /// The plan's own name; `None` if it has the title of its roadmap.
    pub own_name: Option<String>,
    /// The roadmap's title.
    pub roadmap: String,
    /// Hours of study a week.
    pub hours_per_week: f64,
    /// How much of the hours a week busy times usually take, and on which days. `None` if they take
    /// nothing.
    pub busy_share: Option<String>,
    /// The first day.
    pub start: NaiveDate,
    /// IANA name of the time zone.
    pub zone: String,
    /// The days studied on.
    #[cfg_attr(feature = "types", ts(type = "Weekday[]"))]
    pub days: Vec<&'static str>,
    /// The weekly windows that follow from hours and days.
    pub windows: Vec<WindowView>,
    /// Everything else that sets the study time.
    pub time: TimeView,
    /// The date by which all of it should be finished.
    pub target: Option<NaiveDate>,
    /// The shortest session.
    pub session_min_minutes: u32,
    /// The longest session.
    pub session_max_minutes: u32,
    /// The hours a week that the roadmap's own weeks are meant for.
    pub nominal_hours_per_week: f64,
    /// Whether the minutes of ticked steps lower the work that is left.
    pub steps_count: bool,
    /// The first assumption that the roadmap states.
    pub assumption: String,
    /// The fewest hours a week a plan can have.
    pub min_hours_per_week: f64,
    /// The most hours a week a plan can have.
    pub max_hours_per_week: f64,
}

/// A weekly window, with times as on a clock.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct WindowView {
    /// Its day.
    #[cfg_attr(feature = "types", ts(type = "Weekday"))]
    pub day: &'static str,
    /// Such as "19:00".
    pub from: String,
    /// Such as "20:30".
    pub to: String,
}

/// The result in a few figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The finish date as of now, at the same hours. `None` if some work doesn't fit, or if there
    /// is no work.
    pub finish: Option<NaiveDate>,
    /// The finish date of the plan as it is, which the chart shows: without the work that waits.
    /// `None` if some work couldn't be scheduled.
    pub planned_finish: Option<NaiveDate>,
    /// The date on which the phases with weeks in the roadmap are finished.
    pub core_finish: Option<NaiveDate>,
    /// Weeks from the start to that date, a partial one counted whole; 0 without one.
    pub core_weeks: u32,
    /// Minutes of work in those phases: done and to come.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub core_minutes: u64,
    /// Weeks from the start to the finish, a partial one counted whole.
    pub weeks: u32,
    /// Minutes of work in all: done and to come.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub effort_minutes: u64,
    /// Number of sessions, missed ones not counted.
    pub sessions: usize,
    /// The answer in a sentence.
    pub sentence: String,
}

/// The view of a document at `now`.
pub fn view(document: &Document, now: DateTime<Utc>) -> View {
    preview(document, &document.plan, now)
}

/// The view that a document would have with another plan: what a change would give, without the
/// change. Copies neither the document nor what can be undone.
pub fn preview(document: &Document, plan: &Plan, now: DateTime<Utc>) -> View {
    let at = PlanAt::new(plan, now).with_timer(document.timer.as_ref());
    let (progress, outlook) = (at.progress(), Outlook::at(&at));
    let names = |steps: &[UndoStep]| steps.iter().rev().map(|step| step.name.clone()).collect();
    View {
        plan: plan_view(plan, now),
        status: report(plan, progress, &outlook),
        summary: summary(&outlook),
        answers: answers(&outlook),
        chart: chart(plan, progress, outlook.slack.as_ref(), now),
        findings: findings(plan, outlook.schedule()),
        outside: findings::outside_by_choice(plan, outlook.schedule()),
        history: History {
            undo: names(&document.undo),
            redo: names(&document.redo),
        },
        timer: document.timer.as_ref().map(|timer| TimerView {
            title: plan.title_of(&timer.item).to_owned(),
            item: timer.item.clone(),
            seconds: timer.seconds(now),
            running: timer.is_running(),
            absurd: timer.is_absurd(now),
        }),
        agenda: agenda(plan, progress, now),
        baselines: baselines(plan, progress),
        progress: progress_view(plan, progress, now),
    }
}

fn plan_view(plan: &Plan, now: DateTime<Utc>) -> PlanView {
    let file = &plan.roadmap().file;
    PlanView {
        title: plan.title().to_owned(),
        own_name: plan.own_name().map(str::to_owned),
        roadmap: file.title.clone(),
        hours_per_week: plan.hours_per_week(),
        busy_share: busy_share(plan, now),
        start: plan.start(),
        zone: plan.zone().name().to_owned(),
        days: plan.days().iter().copied().map(words::day).collect(),
        windows: plan.windows().iter().map(WindowView::of).collect(),
        time: time::time_view(plan),
        target: plan.target(),
        session_min_minutes: plan.session().min,
        session_max_minutes: plan.session().max,
        nominal_hours_per_week: file.nominal_hours_per_week,
        steps_count: plan.steps_count(),
        assumption: file.assumptions.first().cloned().unwrap_or_default(),
        min_hours_per_week: *HOURS_PER_WEEK.start(),
        max_hours_per_week: *HOURS_PER_WEEK.end(),
    }
}

impl WindowView {
    fn of(window: &Window) -> Self {
        Self {
            day: words::day(window.day),
            from: words::clock(window.start),
            to: words::clock(window.end),
        }
    }
}

/// The answer in a few figures and one sentence: as of now, at the same hours.
pub fn summary(outlook: &Outlook) -> Summary {
    let (plan, progress) = (&outlook.plan, &outlook.progress);
    let sessions = progress
        .sessions
        .iter()
        .filter(|session| session.is_there() && session.state != SessionState::Missed)
        .count();
    let core_finish = progress.core_finish(plan);
    let summary = Summary {
        finish: outlook.finish,
        planned_finish: outlook.planned_finish,
        core_finish,
        core_weeks: core_finish.map_or(0, |finish| week_of(plan, finish)),
        core_minutes: progress.core_minutes(plan),
        weeks: outlook.finish.map_or(0, |finish| week_of(plan, finish)),
        effort_minutes: progress.effort_minutes(plan),
        sessions,
        sentence: String::new(),
    };
    Summary {
        sentence: sentence(&summary, outlook),
        ..summary
    }
}

fn sentence(summary: &Summary, outlook: &Outlook) -> String {
    let plan = &outlook.plan;
    let unplaced = outlook.unplaced_minutes();
    if unplaced > 0 {
        let rest = match outlook.progress.last() {
            Some(last) => format!(
                "The rest ends on {}.",
                words::long_date(last.end().day_of_end())
            ),
            None => "Nothing else is planned.".to_owned(),
        };
        return format!(
            "{} of work don't fit into your time. {rest}",
            words::effort(unplaced)
        );
    }
    if plan.is_done() && plan.log().is_empty() {
        return "Nothing to do.".to_owned();
    }
    let Some(finish) = summary.finish else {
        return "Nothing to do.".to_owned();
    };
    let finish = words::long_date(finish);
    let rest = format!(
        "{}, {} in {}",
        words::count(summary.weeks as usize, "week"),
        words::effort(summary.effort_minutes),
        words::count(summary.sessions, "session"),
    );
    let days = outlook.days_later();
    match days {
        _ if plan.is_done() => format!("You've finished: {rest}."),
        0 => format!("You finish on {finish}: {rest}."),
        1.. => format!(
            "You finish on {finish}, {} later than planned: {rest}.",
            words::days_or_weeks(days)
        ),
        _ => format!(
            "You can finish on {finish}, {} earlier than planned: {rest}.",
            words::days_or_weeks(days)
        ),
    }
}

/// The plan's week of a day: week 1 begins on the start date.
pub fn week_of(plan: &Plan, day: NaiveDate) -> u32 {
    let days = (day - plan.start()).num_days().max(0);
    u32::try_from(days / 7 + 1).unwrap_or(u32::MAX)
}

/// How much of the hours a week busy times usually take, and on which days. `None` if they take
/// nothing.
pub fn busy_share(plan: &Plan, now: DateTime<Utc>) -> Option<String> {
    let from = now.max(plan.start_instant());
    let taken = plan.availability().taken_by_busy(from);
    let minutes: u32 = taken.iter().map(|(_, minutes)| minutes).sum();
    let days: Vec<String> = taken
        .iter()
        .map(|(day, _)| format!("{}s", words::weekday(*day)))
        .collect();
    let by_plans = minutes.saturating_sub(plan.taken_without_other_plans(from));
    let what = match by_plans {
        0 => "Busy times take",
        by_plans if by_plans == minutes => "Your other plans take",
        _ => "Busy times and your other plans take",
    };
    (minutes > 0).then(|| {
        format!(
            "{what} {} of your {} a week, on {}.",
            words::effort(minutes.into()),
            words::effort(plan.availability().week.minutes().into()),
            words::list(&days)
        )
    })
}

#[cfg(test)]
mod contradictions;
#[cfg(test)]
mod tests;
