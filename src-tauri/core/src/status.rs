//! One status for the whole plan, with its reason and the one thing to do about it.
//!
//! The window's header, strip, check-in, options and agenda, and the terminal, show this status and
//! work out none of their own. Of all that apply, the first of [`Status`] counts.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use crate::availability::{ExceptionKind, Slot};
use crate::document::PlanAt;
use crate::outlook::{Lateness, Outlook};
use crate::plan::change::{StartAgain, Together};
use crate::plan::{Change, Plan};
use crate::progress::{Progress, SessionState, Tracked};
use crate::words;

/// Days without logged work, despite planned sessions, after which a plan is paused.
const PAUSED_AFTER_DAYS: u32 = 14;

/// Status of a plan, in the order in which the statuses are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// No work is left.
    Finished,
    /// Nothing was logged, and the first session isn't over.
    NotBegun,
    /// Nothing was logged in the last 14 days, though sessions were planned. Time off doesn't
    /// count.
    Paused {
        /// The day of the last logged work, or of the first session if there is none.
        since: NaiveDate,
    },
    /// Some work can't be scheduled at all, as of now.
    DoesNotFit {
        /// Minutes of it.
        #[cfg_attr(feature = "types", ts(type = "number"))]
        minutes: u64,
    },
    /// A target date is missed, as of now.
    Late {
        /// Days from the target date to the finish date.
        #[cfg_attr(feature = "types", ts(type = "number"))]
        days: i64,
    },
    /// The target dates are met with less than half a week's study time to spare.
    Tight {
        /// Minutes to spare.
        #[cfg_attr(feature = "types", ts(type = "number"))]
        minutes: i64,
    },
    /// There is no target date, and more work waits than the week's reserve has room for.
    Behind {
        /// Minutes of it beyond the reserve.
        #[cfg_attr(feature = "types", ts(type = "number"))]
        minutes: u64,
    },
    /// Anything else.
    OnTrack,
}

/// The one action that a status offers the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Lever {
    /// Nothing needs to be done.
    None,
    /// Start the first session.
    Begin,
    /// Reschedule from today, after a pause.
    StartAgain,
    /// Change the weekly time, or the session lengths.
    MakeRoom,
    /// Compare the recovery options. A plan that is tight has none while a re-plan changes nothing.
    SeeOptions,
    /// Schedule the work that waits.
    PlanIn,
}

/// A status in words, with its lever.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StatusReport {
    /// The status.
    pub status: Status,
    /// The status in a few words: "Late by 21 days".
    pub title: String,
    /// Why, in a sentence.
    pub reason: String,
    /// The action that it offers.
    pub lever: Lever,
    /// Label of the lever: "See your options". Empty if there is none.
    pub lever_label: &'static str,
    /// The change that the lever makes. `None` if it only opens a panel.
    pub change: Option<Change>,
    /// The work that waits, in a sentence. `None` if no work waits, or if the status is about it.
    pub note: Option<String>,
}

/// The status of a plan at `now`.
pub fn status(plan: &Plan, now: DateTime<Utc>) -> StatusReport {
    let at = PlanAt::new(plan, now);
    report(plan, at.progress(), &Outlook::at(&at))
}

/// Status and finish date of a plan in a line, for a list of plans: "On track, finish 5 February
/// 2028".
pub fn status_line(plan: &Plan, now: DateTime<Utc>) -> String {
    let at = PlanAt::new(plan, now);
    let (progress, outlook) = (at.progress(), Outlook::at(&at));
    let status = Status::of(plan, progress, &outlook);
    match (status, outlook.finish) {
        (Status::Finished, _) | (_, None) => title(status),
        (_, Some(finish)) => format!("{}, finish {}", title(status), words::plain_date(finish)),
    }
}

/// As [`status`], with the plan's progress and outlook at hand.
pub(crate) fn report(plan: &Plan, progress: &Progress, outlook: &Outlook) -> StatusReport {
    let status = Status::of(plan, progress, outlook);
    let lever = lever(status, outlook);
    let label = label(lever);
    let waits = outlook.waiting_minutes > 0;
    let is_about_it = matches!(
        status,
        Status::Finished | Status::Paused { .. } | Status::Behind { .. }
    );
    StatusReport {
        status,
        title: title(status),
        reason: reason(status, plan, progress, outlook),
        lever,
        lever_label: label,
        change: match lever {
            Lever::PlanIn => Some(outlook.change.clone()),
            Lever::StartAgain => {
                let changes = [outlook.starting_again()];
                Some(Together::decided(plan, StartAgain::NAME, &changes))
            }
            _ => None,
        },
        note: (waits && !is_about_it).then(|| waiting(outlook)),
    }
}

impl Status {
    fn of(plan: &Plan, progress: &Progress, outlook: &Outlook) -> Self {
        let now = outlook.now;
        if plan.is_done() {
            return Self::Finished;
        }
        let mut sessions = progress.sessions.iter().filter(|s| s.is_there());
        let first = sessions.next();
        if plan.log().is_empty() && first.is_some_and(|first| first.end().instant() > now) {
            return Self::NotBegun;
        }
        if let Some(since) = paused_since(plan, progress, now) {
            return Self::Paused { since };
        }
        match outlook.unplaced_minutes() {
            0 => {}
            minutes => return Self::DoesNotFit { minutes },
        }
        if let Some(Lateness { days, .. }) = outlook.lateness() {
            return Self::Late { days };
        }
        let half_a_week = i64::from(plan.availability().week.minutes()) / 2;
        match outlook.spare_minutes() {
            Some(minutes) if minutes < half_a_week => return Self::Tight { minutes },
            _ => {}
        }
        match beyond_reserve(outlook) {
            minutes if minutes > 0 && !has_target(plan) => Self::Behind { minutes },
            _ => Self::OnTrack,
        }
    }
}

/// Minutes of work that wait and don't fit into this week's reserve.
fn beyond_reserve(outlook: &Outlook) -> u64 {
    outlook
        .waiting_minutes
        .saturating_sub(outlook.reserve_minutes())
}

/// "1 h of work is waiting. This week's reserve has room for it: Saturday 10:30–11:30."
fn waiting(outlook: &Outlook) -> String {
    let minutes = words::effort(outlook.waiting_minutes);
    if beyond_reserve(outlook) > 0 {
        return format!("{minutes} of work is waiting to be planned in.");
    }
    let time = |slot: &Slot| {
        let (start, end) = (slot.start.local(), slot.end().local());
        let day = words::weekday(start.weekday());
        format!("{day} {}–{}", start.format("%H:%M"), end.format("%H:%M"))
    };
    let times: Vec<String> = outlook.reserve.iter().map(time).collect();
    format!(
        "{minutes} of work is waiting. This week's reserve has room for it: {}.",
        words::list(&times)
    )
}

fn has_target(plan: &Plan) -> bool {
    let phases = &plan.roadmap().phases;
    phases
        .iter()
        .any(|phase| plan.target_of(&phase.id).is_some())
}

/// The day since which a plan is paused. `None` if it isn't.
fn paused_since(plan: &Plan, progress: &Progress, now: DateTime<Utc>) -> Option<NaiveDate> {
    let from = fourteen_days_before(plan, now)?;
    let there = || progress.sessions.iter().filter(|s| s.is_there());
    let last_logged = plan.log().iter().map(|entry| entry.start).max();
    let first_planned = there().map(|session| session.start.instant()).min();
    let since = last_logged.or(first_planned)?;
    let is_over =
        |session: &Tracked| session.start.instant() >= from && session.end().instant() <= now;
    (since < from && there().any(is_over)).then(|| plan.local(since).date())
}

/// The time of day of `now`, 14 days before, not counting days of time off. `None` if everything
/// before is time off.
fn fourteen_days_before(plan: &Plan, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    const LONGEST_DAYS: u32 = 3_660;
    let exceptions = &plan.availability().exceptions;
    let is_off = |date: NaiveDate| {
        exceptions.iter().any(|exception| {
            exception.kind == ExceptionKind::TimeOff
                && (exception.first..=exception.last).contains(&date)
        })
    };
    let mut date = plan.local(now).date();
    let mut counted = 0;
    for back in 1..=LONGEST_DAYS {
        date = date.checked_sub_days(Days::new(1))?;
        counted += u32::from(!is_off(date));
        if counted == PAUSED_AFTER_DAYS {
            return Some(now - TimeDelta::days(back.into()));
        }
    }
    None
}

fn title(status: Status) -> String {
    match status {
        Status::Finished => "Finished".to_owned(),
        Status::NotBegun => "Not started yet".to_owned(),
        Status::Paused { since } => format!("Paused since {}", words::plain_date(since)),
        Status::DoesNotFit { minutes } => format!("{} don't fit", words::effort(minutes)),
        Status::Late { days } => format!("Late by {}", words::days(days)),
        Status::Tight { minutes } => format!("Tight: {} to spare", spare(minutes)),
        Status::Behind { minutes } => format!("Behind by {}", words::effort(minutes)),
        Status::OnTrack => "On track".to_owned(),
    }
}

fn reason(status: Status, plan: &Plan, progress: &Progress, outlook: &Outlook) -> String {
    let finish = || outlook.finish.map_or_else(String::new, words::long_date);
    match status {
        Status::Finished if plan.log().is_empty() => "Nothing to do.".to_owned(),
        Status::Finished => "All of the work is done.".to_owned(),
        Status::NotBegun => {
            let timed = outlook
                .timed
                .and_then(|item| plan.roadmap().items.get(item));
            match (timed, next_session(plan, progress, outlook.now)) {
                (Some(item), _) => format!("Your first session is under way: {}.", item.title),
                (None, Some(next)) => format!("Your first session is {next}."),
                (None, None) => "No session is planned yet.".to_owned(),
            }
        }
        Status::Paused { .. } => {
            // A session that is on is of the plan as it was before the pause.
            let to_come = |session: &&Tracked| session.start.instant() > outlook.now;
            let next = outlook.progress.sessions.iter().find(to_come);
            let next = next.map(|next| in_words(plan, next, outlook.now));
            let next =
                next.map_or_else(String::new, |next| format!(" Your next session is {next}."));
            let done = if plan.log().is_empty() {
                "Your plan waits where you left it."
            } else {
                "What you've done still counts."
            };
            format!("{done}{next}")
        }
        Status::DoesNotFit { .. } => {
            "Your weekly time has no room for it. Add time, or allow other session lengths."
                .to_owned()
        }
        Status::Late { days } => {
            let late = outlook.lateness();
            let what = late.and_then(|late| late.phase).map_or_else(
                || format!("you finish on {}", finish()),
                |phase| format!("“{}” ends", plan.roadmap().phases[phase].title),
            );
            let by = late.map_or_else(String::new, |late| words::plain_date(late.by));
            let days = words::days(days);
            format!(
                "{} {what}, {days} after the target of {by}.",
                outlook.at_hours()
            )
        }
        Status::Tight { .. } => {
            let by = outlook.slack.as_ref().map(|slack| slack.whole.by);
            let by = by.map_or_else(String::new, words::plain_date);
            format!(
                "{} you meet the target of {by}, with less than half a week's study time to spare.",
                outlook.at_hours()
            )
        }
        Status::Behind { .. } => match outlook.days_later() {
            days @ 1.. => format!(
                "Planned in, it moves your finish to {}, {} later.",
                finish(),
                words::days_or_weeks(days)
            ),
            _ => format!("Planned in, you still finish on {}.", finish()),
        },
        Status::OnTrack => match (outlook.spare_minutes(), &outlook.slack) {
            (Some(minutes), Some(slack)) => format!(
                "{} you finish on {}, with {} of study time to spare before the target of {}.",
                outlook.at_hours(),
                finish(),
                spare(minutes),
                words::plain_date(slack.whole.by),
            ),
            _ => format!("{} you finish on {}.", outlook.at_hours(), finish()),
        },
    }
}

/// "on Monday 4 January 2027 at 19:00: Python", of the session that is on or the first to come.
fn next_session(plan: &Plan, progress: &Progress, now: DateTime<Utc>) -> Option<String> {
    Some(in_words(plan, on_or_next(progress, now)?, now))
}

fn on_or_next(progress: &Progress, now: DateTime<Utc>) -> Option<&Tracked> {
    progress.sessions.iter().find(|session| {
        matches!(session.state, SessionState::Planned | SessionState::Due)
            && session.end().instant() > now
    })
}

/// Item and time of the session that is on, or of the first one to come: "Python" and "Monday 4
/// January 2027 at 19:00".
pub(crate) fn first_to_come<'plan>(
    plan: &'plan Plan,
    progress: &Progress,
    now: DateTime<Utc>,
) -> Option<(&'plan str, String)> {
    let next = on_or_next(progress, now)?;
    let start = next.start.local();
    let (day, clock) = (words::long_date(start.date()), start.format("%H:%M"));
    let title = plan.roadmap().items[next.item].title.as_str();
    Some((title, format!("{day} at {clock}")))
}

/// "on Monday 4 January 2027 at 19:00: Python", "on now, until 20:30: Python".
fn in_words(plan: &Plan, session: &Tracked, now: DateTime<Utc>) -> String {
    let (start, end) = (session.start.local(), session.end().local());
    let title = &plan.roadmap().items[session.item].title;
    if session.start.instant() <= now {
        return format!("on now, until {}: {title}", end.format("%H:%M"));
    }
    let date = words::long_date(start.date());
    format!("on {date} at {}: {title}", start.format("%H:%M"))
}

fn lever(status: Status, outlook: &Outlook) -> Lever {
    match status {
        Status::Finished => Lever::None,
        // A date that can't be met is easiest to mend before the first session.
        Status::NotBegun if outlook.unplaced_minutes() > 0 => Lever::MakeRoom,
        Status::NotBegun if outlook.lateness().is_some() => Lever::SeeOptions,
        Status::NotBegun => Lever::Begin,
        Status::Paused { .. } => Lever::StartAgain,
        Status::DoesNotFit { .. } => Lever::MakeRoom,
        Status::Tight { .. } if outlook.changes_nothing() => Lever::None,
        Status::Late { .. } | Status::Tight { .. } => Lever::SeeOptions,
        Status::Behind { .. } => Lever::PlanIn,
        Status::OnTrack if beyond_reserve(outlook) > 0 => Lever::PlanIn,
        Status::OnTrack => Lever::None,
    }
}

fn label(lever: Lever) -> &'static str {
    match lever {
        Lever::None => "",
        Lever::Begin => "Start the first session",
        Lever::StartAgain => StartAgain::NAME,
        Lever::MakeRoom => "Change your time",
        Lever::SeeOptions => "See your options",
        Lever::PlanIn => "Plan it in",
    }
}

fn spare(minutes: i64) -> String {
    words::effort(minutes.max(0).unsigned_abs())
}

#[cfg(test)]
mod tests;
