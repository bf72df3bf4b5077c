//! Today's sessions, those that were missed, and those that come next.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use crate::plan::Plan;
use crate::progress::{Progress, SessionState, Tracked};

/// Number of missed sessions to list, latest first.
const MOST_MISSED: usize = 8;
/// Number of sessions after today to list.
const MOST_NEXT: usize = 6;

const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// The sessions to show now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AgendaView {
    /// Today's date where the learner is.
    pub date: NaiveDate,
    /// The time on the learner's clock, such as "2027-02-01T18:00".
    pub now: String,
    /// The sessions that begin today.
    pub today: Vec<AgendaSession>,
    /// The latest sessions from before today that were not completed, and whose item has work left,
    /// latest first. Sessions from before the last re-plan are not included, since their work was
    /// rescheduled.
    pub missed: Vec<AgendaSession>,
    /// The number of all such sessions.
    pub missed_count: usize,
    /// The sessions after today, the first few.
    pub next: Vec<AgendaSession>,
    /// Minutes of work that have no session until the next re-plan.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub waiting_minutes: u64,
}

/// A session that can be ticked or started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AgendaSession {
    /// The item's id.
    pub item: String,
    /// The item's title.
    pub title: String,
    /// The number of the item's phase, from 1.
    pub phase: usize,
    /// When it starts on the learner's clock, such as "2027-02-01T19:00".
    pub start: String,
    /// When it ends, such as "20:30".
    pub end: String,
    /// Its length in minutes.
    pub minutes: u32,
    /// Minutes of it that were done.
    pub done_minutes: u32,
    /// Its status.
    pub state: SessionState,
    /// The start of the log entry if the session is ticked now: its own start, or if that is still
    /// to come, as long ago as it takes.
    pub begun: String,
}

/// The sessions to show at `now`.
pub fn agenda(plan: &Plan, progress: &Progress, now: DateTime<Utc>) -> AgendaView {
    let date = plan.moment_at(now).local().date();
    let left = plan.left();
    let scheduled = plan.basis().map(|scheduled| scheduled.from);
    let day = |session: &Tracked| session.start.local().date();
    let has_work = |session: &Tracked| left.get(session.item).is_some_and(|left| *left > 0);
    let is_of_this_schedule =
        |session: &Tracked| scheduled.is_none_or(|scheduled| session.start.instant() >= scheduled);
    let there = progress
        .sessions
        .iter()
        .filter(|session| session.is_there());

    let today = there.clone().filter(|session| day(session) == date);
    let missed = there.clone().filter(|session| {
        let is_open = matches!(session.state, SessionState::Missed | SessionState::Part);
        is_open && day(session) < date && has_work(session) && is_of_this_schedule(session)
    });
    let next = there.filter(|session| day(session) > date);
    let told = |session: &Tracked| told(plan, session, now);
    AgendaView {
        date,
        now: plan.moment_at(now).local().format(LOCAL).to_string(),
        today: today.map(told).collect(),
        missed_count: missed.clone().count(),
        missed: missed.rev().take(MOST_MISSED).map(told).collect(),
        next: next.take(MOST_NEXT).map(told).collect(),
        waiting_minutes: progress.waiting_minutes(),
    }
}

fn told(plan: &Plan, session: &Tracked, now: DateTime<Utc>) -> AgendaSession {
    let roadmap = plan.roadmap();
    let item = roadmap.items.get(session.item);
    let mut phases = roadmap.phases.iter();
    let phase = phases.position(|phase| phase.items.contains(&session.item));
    let begun = if session.start.instant() <= now {
        session.start
    } else {
        // Work from before the last re-plan would count for the sessions of that time.
        let ago = now - TimeDelta::minutes(session.open().into());
        let scheduled = plan
            .basis()
            .map_or(ago, |scheduled| scheduled.from.min(now));
        plan.moment_at(ago.max(scheduled))
    };
    AgendaSession {
        item: item.map(|item| item.id.clone()).unwrap_or_default(),
        title: item.map(|item| item.title.clone()).unwrap_or_default(),
        phase: phase.map_or(0, |phase| phase + 1),
        start: session.start.local().format(LOCAL).to_string(),
        end: session.end().local().format("%H:%M").to_string(),
        minutes: session.minutes,
        done_minutes: session.done,
        state: session.state,
        begun: begun.local().format(LOCAL).to_string(),
    }
}
