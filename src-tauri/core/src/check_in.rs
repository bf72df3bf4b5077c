//! The check-in: after a missed session or at the start of a week, the planned and the done work,
//! and the finish that follows.
//!
//! Everything is reported once: anything before [`Document::seen`] isn't reported again. A break is
//! no failure: the title names the next session, and what was done comes before what was planned.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::catch_up::Goal;
use crate::document::{Document, PlanAt};
use crate::outlook::Outlook;
use crate::plan::Plan;
use crate::progress::{Progress, SessionState, Tracked, week_of};
use crate::status::{Status, first_to_come, report};
use crate::words;

/// Days without logged work, despite planned sessions, that count as a long break.
const LONG_BREAK_DAYS: i64 = 14;

/// A check-in.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CheckIn {
    /// The reason for it.
    pub occasion: Occasion,
    /// The time after which sessions ended that it reports.
    pub since: DateTime<Utc>,
    /// Minutes that were planned since then.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub planned_minutes: u64,
    /// Minutes that were done since then, planned or not.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub done_minutes: u64,
    /// Sessions of that time without any work done.
    pub missed: usize,
    /// Minutes of work that have no session until the next re-plan.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub waiting_minutes: u64,
    /// The end of the current schedule, without waiting work.
    pub standing_finish: Option<NaiveDate>,
    /// The end after a re-plan at the same hours.
    pub fresh_finish: Option<NaiveDate>,
    /// The target date, or the end of the baseline.
    pub goal: Option<NaiveDate>,
    /// A title of a few words.
    pub title: String,
    /// The check-in in sentences.
    pub sentences: Vec<String>,
    /// Whether there is something to catch up with.
    pub is_late: bool,
}

/// The reason for a check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Occasion {
    /// A session was missed.
    Missed,
    /// A week has begun.
    NewWeek,
    /// The learner is back after weeks without study.
    Return,
}

/// The check-in at `now`, if there is a missed session or a new week that the learner hasn't seen.
pub fn check_in(document: &Document, now: DateTime<Utc>) -> Option<CheckIn> {
    let plan = &document.plan;
    let since = document.seen.unwrap_or(DateTime::<Utc>::MIN_UTC);
    let present = PlanAt::new(plan, now).with_timer(document.timer.as_ref());
    let told = tell(&present, since);
    let is_busy = told.planned_minutes > 0 || told.done_minutes > 0;
    let is_due = told.missed > 0 || is_busy && is_in_a_new_week(plan, told.since, now);
    is_due.then_some(told)
}

/// The planned and the done work since the plan began, whether the learner has seen it or not.
pub fn so_far(plan: &Plan, now: DateTime<Utc>) -> CheckIn {
    tell(&PlanAt::new(plan, now), DateTime::<Utc>::MIN_UTC)
}

/// The start of the plan, or of what was logged or placed before it.
fn beginning(plan: &Plan, progress: &Progress) -> DateTime<Utc> {
    let logged = plan.log().first().map(|entry| entry.start);
    let planned = progress.sessions.first().map(|it| it.start.instant());
    let first = logged.into_iter().chain(planned).min();
    first.map_or(plan.start_instant(), |first| {
        first.min(plan.start_instant())
    })
}

fn tell(present: &PlanAt, since: DateTime<Utc>) -> CheckIn {
    let (plan, now) = (present.plan(), present.now());
    let progress = present.progress();
    let since = since.max(beginning(plan, progress));
    // A session that ended at the very moment of the last check-in was in it.
    let is_new = |end: DateTime<Utc>| end > since && end <= now;
    let sessions = progress
        .sessions
        .iter()
        .filter(|session| is_new(session.end().instant()));
    let sessions: Vec<&Tracked> = sessions.filter(|session| session.is_there()).collect();
    let done = plan
        .log()
        .iter()
        .filter(|entry| (since..=now).contains(&entry.start));
    let missed = sessions.iter().filter(|s| s.state == SessionState::Missed);
    let missed = missed.count();
    let away = days_away(plan, progress, since, now);
    let outlook = Outlook::at(present);
    let fresh_finish = outlook.finish;
    let goal = Goal::of(plan, progress);
    let mut told = CheckIn {
        occasion: match missed {
            0 => Occasion::NewWeek,
            _ if away >= LONG_BREAK_DAYS => Occasion::Return,
            _ => Occasion::Missed,
        },
        since,
        planned_minutes: sessions.iter().map(|s| u64::from(s.minutes)).sum(),
        done_minutes: done.map(|entry| u64::from(entry.minutes)).sum(),
        missed,
        waiting_minutes: progress.waiting_minutes(),
        standing_finish: progress.last().map(|last| last.end().day_of_end()),
        fresh_finish,
        goal: goal.as_ref().map(|goal| goal.by),
        title: String::new(),
        sentences: Vec::new(),
        is_late: matches!(
            report(plan, progress, &outlook).status,
            Status::Paused { .. }
                | Status::DoesNotFit { .. }
                | Status::Late { .. }
                | Status::Behind { .. }
        ),
    };
    told.title = title(&told, present);
    told.sentences = sentences(&told, &outlook, plan, goal.as_ref());
    told
}

/// Days since the first session that was missed after the last work or the last check-in. Days on
/// which nothing was planned are no absence.
fn days_away(plan: &Plan, progress: &Progress, since: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    let worked = plan.log().iter().map(|entry| entry.start);
    let there = worked.max().map_or(since, |last| last.max(since));
    let missed = progress.missed().map(|session| session.start.instant());
    let first = missed.filter(|start| *start >= there).min();
    first.map_or(0, |missed| (now - missed).num_days())
}

fn is_in_a_new_week(plan: &Plan, since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let first_day = plan.availability().week_start;
    let week = |instant| week_of(plan.moment_at(instant).local().date(), first_day);
    week(since) < week(now)
}

fn title(check_in: &CheckIn, present: &PlanAt) -> String {
    let next = first_to_come(present.plan(), present.progress(), present.now());
    let next = next.map_or_else(
        || "Your plan waits where you left it".to_owned(),
        |(item, time)| format!("Next: {item}, {time}"),
    );
    match check_in.occasion {
        Occasion::Return => format!("Welcome back. {next}"),
        Occasion::Missed => next,
        Occasion::NewWeek => "A new week".to_owned(),
    }
}

fn sentences(
    check_in: &CheckIn,
    outlook: &Outlook,
    plan: &Plan,
    goal: Option<&Goal>,
) -> Vec<String> {
    let since = plan.moment_at(check_in.since).local().date();
    let since = words::plain_date(since);
    let planned = words::effort(check_in.planned_minutes);
    let done = words::effort(check_in.done_minutes);
    let is_return = check_in.occasion == Occasion::Return;
    let mut said = match (check_in.planned_minutes, check_in.done_minutes) {
        // Before the plan's start, for example.
        (0, 0) => Vec::new(),
        (0, _) => vec![format!(
            "You've done {done} since {since}; nothing was planned."
        )],
        (_, 0) if is_return => Vec::new(),
        (_, 0) => vec![format!(
            "A break is allowed. {planned} were planned since {since}."
        )],
        _ => vec![format!(
            "You've done {done} since {since}; {planned} were planned."
        )],
    };
    if is_return {
        said.push(match plan.done_minutes() {
            0 => "Nothing is lost: the plan waits where you left it.".to_owned(),
            minutes => format!(
                "Nothing is lost: your {} of work count, and the plan waits where you left it.",
                words::effort(minutes)
            ),
        });
    }
    said.push(leaves(outlook, plan, goal));
    said
}

/// The finish that follows.
fn leaves(outlook: &Outlook, plan: &Plan, goal: Option<&Goal>) -> String {
    if plan.is_done() {
        return "All of it is done.".to_owned();
    }
    let Some(finish) = outlook.finish else {
        return "The work that's left doesn't fit into your time as it is.".to_owned();
    };
    let date = words::long_date(finish);
    let against = goal.map(|goal| format!(", {}", goal.against(finish)));
    let against = against.unwrap_or_default();
    format!("{} you finish on {date}{against}.", outlook.at_hours())
}

#[cfg(test)]
mod tests;
