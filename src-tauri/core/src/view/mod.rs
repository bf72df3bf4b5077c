//! The projection that the window draws: everything on the screen, made afresh after each change.

mod agenda;
mod baselines;
mod worklog;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde::Serialize;

use crate::plan::{Document, HOURS_PER_WEEK, Plan, Step};
use crate::progress::{Standing, State, track};
use crate::roadmap::{ItemKind, Track};
use crate::schedule::{Conflict, ConflictKind, Reason, Schedule, Span, Unplaced};
use crate::words;

pub use agenda::{Agenda, AgendaSession, agenda};
pub use baselines::{BaselineView, baselines};
pub use worklog::{EntryView, worklog};

/// Everything the window draws.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// What the learner can change.
    pub plan: PlanView,
    /// What follows from it, in words and figures.
    pub summary: Summary,
    /// What follows from it, in time.
    pub chart: Chart,
    /// What does not fit, and why.
    pub findings: Vec<Finding>,
    /// What can be undone and redone.
    pub history: History,
    /// The focus timer.
    pub timer: Option<TimerView>,
    /// What is at hand.
    pub agenda: Agenda,
    /// The schedules to measure against, the last set first.
    pub baselines: Vec<BaselineView>,
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

/// A focus timer as it is drawn: `seconds` were measured when the view was made, and go on if it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TimerView {
    /// The item's id.
    pub item: String,
    /// What the item is called.
    pub title: String,
    /// Seconds that it has run.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub seconds: i64,
    /// Whether it runs.
    pub running: bool,
    /// Whether it has run longer at a stretch than anyone works, so that the learner is to be asked.
    pub absurd: bool,
}

/// The plan's own values.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    /// The roadmap's title.
    pub title: String,
    /// Hours of study a week.
    pub hours_per_week: f64,
    /// The first day.
    pub start: NaiveDate,
    /// IANA name of the time zone.
    pub zone: String,
    /// The days studied on.
    #[cfg_attr(feature = "types", ts(type = "Weekday[]"))]
    pub days: Vec<&'static str>,
    /// The weekly windows that follow from hours and days.
    pub windows: Vec<WindowView>,
    /// The shortest session.
    pub session_min_minutes: u32,
    /// The longest session.
    pub session_max_minutes: u32,
    /// The hours a week that the roadmap's own weeks are meant for.
    pub nominal_hours_per_week: f64,
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

/// The answer in a few figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The day of the last session; none if nothing could be laid.
    pub finish: Option<NaiveDate>,
    /// The day on which the phases that the roadmap gives weeks to are finished.
    pub core_finish: Option<NaiveDate>,
    /// Weeks from the start to the finish, a begun one counted whole.
    pub weeks: u32,
    /// Minutes of work laid out.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub effort_minutes: u64,
    /// How many sessions that is.
    pub sessions: usize,
    /// All of it in one sentence.
    pub sentence: String,
}

/// The Gantt chart. Times are minutes of wall-clock time since `origin` 00:00, so that a day is always 1440 wide.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Chart {
    /// The plan's first day: time 0.
    pub origin: NaiveDate,
    /// Days from the first to the last, both counted.
    pub days: i32,
    /// The present; none if it lies far outside the chart.
    pub today: Option<i32>,
    /// The first day of a week.
    #[cfg_attr(feature = "types", ts(type = "Weekday"))]
    pub week_start: &'static str,
    /// The rows, as a tree.
    pub phases: Vec<PhaseRow>,
}

/// A phase and its items.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PhaseRow {
    /// Its id in the roadmap.
    pub id: String,
    /// 1 for the first phase.
    pub number: usize,
    /// What it is called.
    pub title: String,
    /// Core, or career.
    pub track: Track,
    /// The start of its first session.
    pub start: Option<i32>,
    /// The end of its last session.
    pub end: Option<i32>,
    /// The first and the last week it takes part of, counted from the start date, from 1.
    pub weeks: Option<(u32, u32)>,
    /// Minutes of work laid out.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub effort_minutes: u64,
    /// How many sessions that is.
    pub sessions: u32,
    /// The milestone at its end.
    pub outcome: OutcomeView,
    /// Its items.
    pub items: Vec<ItemRow>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OutcomeView {
    /// Its id in the roadmap.
    pub id: String,
    /// What is reached.
    pub title: String,
    /// When.
    pub at: Option<i32>,
    /// Whether the learner says that it is reached.
    pub reached: bool,
}

/// An item and its sessions.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ItemRow {
    /// Its id in the roadmap.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What sort of thing it is.
    pub kind: ItemKind,
    /// The heading it stands under.
    pub group: String,
    /// A sentence on what to do.
    pub summary: String,
    /// Minutes of work; 0 for an entry that is only ticked off.
    pub effort_minutes: u32,
    /// Left out unless the learner adds it.
    pub optional: bool,
    /// Whether it is in the plan.
    pub included: bool,
    /// The start of its first session.
    pub start: Option<i32>,
    /// The end of its last session.
    pub end: Option<i32>,
    /// Start, length, start, length, and so on.
    pub sessions: Vec<i32>,
    /// What became of each of them.
    pub states: Vec<State>,
    /// Minutes that were logged.
    pub done_minutes: u32,
    /// Minutes that are left.
    pub left_minutes: u32,
    /// Whether the learner called it done.
    pub finished: bool,
}

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// A stable name for the kind of finding.
    pub code: &'static str,
    /// It in a sentence.
    pub message: String,
}

/// Projects a document, as seen at `now`.
pub fn view(document: &Document, now: DateTime<Utc>) -> View {
    let plan = &document.plan;
    let standing = track(plan, now);
    let names = |steps: &[Step]| steps.iter().rev().map(|step| step.name.clone()).collect();
    View {
        plan: plan_view(plan),
        summary: summary(plan, &standing),
        chart: chart(plan, &standing, now),
        findings: findings(plan, &standing.schedule),
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
        agenda: agenda(plan, &standing, now),
        baselines: baselines(plan),
    }
}

fn plan_view(plan: &Plan) -> PlanView {
    let file = &plan.roadmap().file;
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let windows = plan.windows().iter().map(|window| WindowView {
        day: words::day(window.day),
        from: clock(window.start),
        to: clock(window.end),
    });
    PlanView {
        title: file.title.clone(),
        hours_per_week: plan.hours_per_week(),
        start: plan.start(),
        zone: plan.zone().name().to_owned(),
        days: plan.days().iter().copied().map(words::day).collect(),
        windows: windows.collect(),
        session_min_minutes: plan.session().min,
        session_max_minutes: plan.session().max,
        nominal_hours_per_week: file.nominal_hours_per_week,
        assumption: file.assumptions.first().cloned().unwrap_or_default(),
        min_hours_per_week: *HOURS_PER_WEEK.start(),
        max_hours_per_week: *HOURS_PER_WEEK.end(),
    }
}

/// The answer in a few figures and one sentence.
pub fn summary(plan: &Plan, standing: &Standing) -> Summary {
    let finish = standing.last().map(|last| last.end().day_of_end());
    let core = plan.roadmap().phases.iter().zip(&standing.phases);
    let core_finish = core
        .filter(|(phase, _)| phase.track == Track::Core)
        .filter_map(|(_, span)| span.map(|span| span.end.day_of_end()))
        .max();
    let weeks = finish.map_or(0, |finish| week_of(plan, finish));
    let effort_minutes = standing.effort_minutes(plan);
    let sessions = standing.sessions.iter().filter(|s| s.is_there()).count();
    let sentence = match finish {
        Some(finish) => format!(
            "You finish on {}: {}, {} in {}.",
            words::long_date(finish),
            words::count(weeks as usize, "week"),
            words::effort(effort_minutes),
            words::count(sessions, "session"),
        ),
        None => "Nothing of this plan fits into its windows.".to_owned(),
    };
    Summary {
        finish,
        core_finish,
        weeks,
        effort_minutes,
        sessions,
        sentence,
    }
}

/// The week of the plan that a day lies in: week 1 begins on the start date.
pub fn week_of(plan: &Plan, day: NaiveDate) -> u32 {
    let days = (day - plan.start()).num_days().max(0);
    u32::try_from(days / 7 + 1).unwrap_or(u32::MAX)
}

/// The Gantt chart, as seen at `now`.
pub fn chart(plan: &Plan, standing: &Standing, now: DateTime<Utc>) -> Chart {
    let roadmap = plan.roadmap();
    let origin = plan.start();
    let at = |time: NaiveDateTime| {
        let since = time - origin.and_time(NaiveTime::MIN);
        i32::try_from(since.num_minutes()).ok()
    };
    let start = |span: Option<Span>| span.and_then(|span| at(span.start.local()));
    let end = |span: Option<Span>| span.and_then(|span| at(span.end.local()));

    let mut sessions: Vec<Vec<i32>> = vec![Vec::new(); roadmap.items.len()];
    let mut states: Vec<Vec<State>> = vec![Vec::new(); roadmap.items.len()];
    for session in &standing.sessions {
        let length = i32::try_from(session.minutes).ok();
        if let (Some(start), Some(length)) = (at(session.start.local()), length) {
            sessions[session.item].extend([start, length]);
            states[session.item].push(session.state);
        }
    }
    let (logged, left) = (plan.logged(), plan.left());
    let item_row = |index: usize| {
        let item = &roadmap.items[index];
        ItemRow {
            id: item.id.clone(),
            title: item.title.clone(),
            kind: item.kind,
            group: item.group.clone(),
            summary: item.summary.clone(),
            effort_minutes: item.effort_minutes,
            optional: item.optional,
            included: plan.includes(item),
            start: start(standing.items[index]),
            end: end(standing.items[index]),
            sessions: sessions[index].clone(),
            states: states[index].clone(),
            done_minutes: logged.get(&item.id).copied().unwrap_or(0),
            left_minutes: left[index],
            finished: plan.is_finished(&item.id),
        }
    };
    let phases = roadmap.phases.iter().zip(&standing.phases).enumerate();
    let phases = phases.map(|(index, (phase, &span))| PhaseRow {
        id: phase.id.clone(),
        number: index + 1,
        title: phase.title.clone(),
        track: phase.track,
        start: start(span),
        end: end(span),
        weeks: span.map(|span| {
            let first = week_of(plan, span.start.local().date());
            (first, week_of(plan, span.end.day_of_end()))
        }),
        effort_minutes: span.map_or(0, |span| span.minutes),
        sessions: span.map_or(0, |span| span.sessions),
        outcome: OutcomeView {
            id: phase.outcome_id.clone(),
            title: phase.outcome.clone(),
            at: end(span),
            reached: plan.is_finished(&phase.outcome_id),
        },
        items: phase.items.clone().map(item_row).collect(),
    });
    let phases: Vec<PhaseRow> = phases.collect();

    let last = standing
        .last()
        .map_or(origin, |last| last.end().day_of_end());
    let days = i32::try_from((last - origin).num_days() + 1).unwrap_or(i32::MAX);
    let local_now = plan.moment_at(now).local();
    let near = -366 * 1440..i32::MAX;
    Chart {
        origin,
        days,
        today: at(local_now).filter(|today| near.contains(today)),
        week_start: words::day(chrono::Weekday::Mon),
        phases,
    }
}

/// What does not fit, and what is wrong with pinned sessions, in sentences.
pub fn findings(plan: &Plan, schedule: &Schedule) -> Vec<Finding> {
    let unplaced = schedule.unplaced.iter().map(|work| finding(plan, work));
    let conflicts = schedule
        .conflicts
        .iter()
        .map(|conflict| conflicting(plan, conflict));
    unplaced.chain(conflicts).collect()
}

fn conflicting(plan: &Plan, conflict: &Conflict) -> Finding {
    let (code, what) = match conflict.kind {
        ConflictKind::OutsideAvailability => ("pin-outside", "lies where there is no free time"),
        ConflictKind::BeforePrerequisite => ("pin-early", "lies before a prerequisite is finished"),
        ConflictKind::Overlap => (
            "pin-overlap",
            "overlaps the pinned session before it, and was left out",
        ),
        ConflictKind::NoWorkLeft => ("pin-idle", "has no work left to do, and was left out"),
    };
    let start = conflict.start.local();
    let title = &plan.roadmap().items[conflict.item].title;
    let when = format!(
        "{}, {}",
        words::long_date(start.date()),
        start.format("%H:%M")
    );
    Finding {
        code,
        message: format!("The session of “{title}” that is pinned to {when} {what}."),
    }
}

fn finding(plan: &Plan, work: &Unplaced) -> Finding {
    let items = &plan.roadmap().items;
    let what = format!(
        "{} of “{}” have no place",
        words::effort(work.minutes.into()),
        items[work.item].title
    );
    let session = plan.session();
    let (code, why) = match work.reason {
        Reason::SessionRule { longest_window } => (
            "session-rule",
            format!(
                "the longest window has {longest_window} minutes, which sessions of {} to {} minutes \
                 cannot add up to it in; allow shorter sessions or more hours a week",
                session.min, session.max
            ),
        ),
        Reason::NoTime => (
            "no-time",
            "no week has any free time; add a window or take an exception away".to_owned(),
        ),
        Reason::Behind(item) => (
            "behind-prerequisite",
            format!(
                "it needs “{}” first, which has none either",
                items[item].title
            ),
        ),
        Reason::Horizon => (
            "beyond-calendar",
            "the calendar ends with the year 2099; plan more hours a week or start earlier"
                .to_owned(),
        ),
    };
    Finding {
        code,
        message: format!("{what}: {why}."),
    }
}

#[cfg(test)]
mod tests;
