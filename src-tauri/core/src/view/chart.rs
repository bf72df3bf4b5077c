//! The Gantt chart: rows and sessions in minutes of wall-clock time.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde::Serialize;

use super::week_of;
use super::why::{ReasonView, Reasons};
use crate::plan::{Plan, PriorKnowledge};
use crate::progress::{Progress, SessionState};
use crate::roadmap::{ItemKind, Track};
use crate::schedule::Span;
use crate::slack::Slack;
use crate::words;

/// The Gantt chart. Times are minutes of wall-clock time since `origin` 00:00, so a day is always
/// 1440 wide.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Chart {
    /// The plan's first day: time 0.
    pub origin: NaiveDate,
    /// Days from the first to the last, both counted.
    pub days: i32,
    /// The present; `None` if it is far outside the chart.
    pub today: Option<i32>,
    /// The end of the plan's target date.
    pub target: Option<i32>,
    /// The reasons for the sessions' times; items refer to them by index.
    pub reasons: Vec<ReasonView>,
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
    /// The phase's title.
    pub title: String,
    /// Core, or career.
    pub track: Track,
    /// The start of its first session.
    pub start: Option<i32>,
    /// The end of its last session.
    pub end: Option<i32>,
    /// The first and the last week it takes part in, counted from the start date, from 1.
    pub weeks: Option<(u32, u32)>,
    /// Minutes of work, logged and left, without work that could not be scheduled.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub effort_minutes: u64,
    /// Minutes of work that were logged.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub done_minutes: u64,
    /// Minutes of work that are left.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub left_minutes: u64,
    /// The number of sessions that the work is in.
    pub sessions: u32,
    /// Its own target date.
    pub target: Option<NaiveDate>,
    /// The study time to spare before a target date is missed; negative if some is missing.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub slack_minutes: Option<i64>,
    /// About when it would have to end at the latest, at the usual hours a week, before a target
    /// date is missed. `None` if there is nothing to spare.
    pub cushion_end: Option<i32>,
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
    /// The outcome's title.
    pub title: String,
    /// The time it is reached.
    pub at: Option<i32>,
    /// Whether the learner marked it as reached.
    pub reached: bool,
}

/// An item and its sessions.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ItemRow {
    /// Its id in the roadmap.
    pub id: String,
    /// The item's title.
    pub title: String,
    /// Its kind.
    pub kind: ItemKind,
    /// Its heading within the phase.
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
    /// The status of each session.
    pub states: Vec<SessionState>,
    /// Minutes that were logged.
    pub done_minutes: u32,
    /// Minutes that are left.
    pub left_minutes: u32,
    /// Minutes of them that wait without a session.
    pub waiting_minutes: u32,
    /// Minutes of them that don't fit.
    pub unplaced_minutes: u32,
    /// Whether the learner marked it as done.
    pub finished: bool,
    /// For each session, the index of its reason; `None` for past sessions.
    pub whys: Vec<Option<u32>>,
    /// Minutes of prior knowledge.
    pub known_minutes: u32,
    /// Items of a higher priority come first.
    pub priority: i32,
    /// The date before which it doesn't begin.
    pub not_before: Option<NaiveDate>,
    /// The work that can be added to it before a target date is missed; `None` if no target depends
    /// on it.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub slack_minutes: Option<i64>,
    /// No item has less slack.
    pub critical: bool,
}

/// The sessions of an item, as its row has them.
#[derive(Debug, Clone, Default)]
struct SessionsOf {
    sessions: Vec<i32>,
    states: Vec<SessionState>,
    whys: Vec<Option<u32>>,
}

/// The end of a cushion of study time after `end`, at this many minutes of study a week.
fn cushion_end(end: i32, cushion_minutes: i64, week_minutes: u32) -> Option<i32> {
    const WEEK: i64 = 7 * 1440;
    let length = cushion_minutes.checked_mul(WEEK)? / i64::from(week_minutes.max(1));
    let until = i64::from(end).checked_add(length)?;
    i32::try_from(until).ok().filter(|_| length > 0)
}

/// A time in minutes of the chart that begins on `origin`: the minute that has begun, before the
/// origin too.
pub(super) fn minutes_since(origin: NaiveDate, time: NaiveDateTime) -> Option<i32> {
    let since = time - origin.and_time(NaiveTime::MIN);
    i32::try_from(since.num_seconds().div_euclid(60)).ok()
}

/// The Gantt chart at `now`, with the slack of its items.
pub fn chart(plan: &Plan, progress: &Progress, slack: Option<&Slack>, now: DateTime<Utc>) -> Chart {
    let roadmap = plan.roadmap();
    let origin = plan.start();
    let at = |time| minutes_since(origin, time);
    let start = |span: Option<Span>| span.and_then(|span| at(span.start.local()));
    let end = |span: Option<Span>| span.and_then(|span| at(span.end.local()));

    let mut rows: Vec<SessionsOf> = vec![SessionsOf::default(); roadmap.items.len()];
    let mut reasons = Reasons::default();
    for session in &progress.sessions {
        let length = i32::try_from(session.minutes).ok();
        if let (Some(start), Some(length)) = (at(session.start.local()), length) {
            let row = &mut rows[session.item];
            row.sessions.extend([start, length]);
            row.states.push(session.state);
            row.whys.push(reasons.number(plan, session));
        }
    }
    let (logged, left) = (plan.logged(), plan.left());
    let (mut waiting, mut unplaced) = (vec![0; left.len()], vec![0; left.len()]);
    for (item, minutes) in &progress.waiting {
        waiting[*item] = *minutes;
    }
    for work in &progress.schedule.unplaced {
        unplaced[work.item] += work.minutes;
    }
    let slack_of = |item: usize| slack.and_then(|slack| slack.items[item]);
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
            start: start(progress.items[index]),
            end: end(progress.items[index]),
            sessions: rows[index].sessions.clone(),
            states: rows[index].states.clone(),
            done_minutes: logged.get(&item.id).copied().unwrap_or(0),
            left_minutes: left[index],
            waiting_minutes: waiting[index],
            unplaced_minutes: unplaced[index],
            finished: plan.is_finished(&item.id),
            whys: rows[index].whys.clone(),
            known_minutes: match plan.prior_knowledge(item) {
                None => 0,
                Some(PriorKnowledge::Whole) => item.effort_minutes,
                Some(PriorKnowledge::Minutes(minutes)) => minutes.min(item.effort_minutes),
            },
            priority: plan.priority(item),
            not_before: plan.not_before(item),
            slack_minutes: slack_of(index),
            critical: slack.is_some_and(|slack| slack_of(index) == Some(slack.whole.minutes)),
        }
    };
    let phases = roadmap.phases.iter().zip(&progress.phases).enumerate();
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
        done_minutes: roadmap.items[phase.items.clone()]
            .iter()
            .filter_map(|item| logged.get(&item.id))
            .map(|minutes| u64::from(*minutes))
            .sum(),
        left_minutes: left[phase.items.clone()]
            .iter()
            .map(|minutes| u64::from(*minutes))
            .sum(),
        sessions: span.map_or(0, |span| span.sessions),
        target: plan.own_target_of(&phase.id),
        slack_minutes: slack.and_then(|slack| Some(slack.phases[index]?.minutes)),
        cushion_end: slack.and_then(|slack| {
            let minutes = slack.phases[index]?.minutes;
            cushion_end(end(span)?, minutes, plan.availability().week.minutes())
        }),
        outcome: OutcomeView {
            id: phase.outcome_id.clone(),
            title: phase.outcome.clone(),
            at: end(span),
            reached: plan.is_finished(&phase.outcome_id),
        },
        items: phase.items.clone().map(item_row).collect(),
    });
    let phases: Vec<PhaseRow> = phases.collect();

    let last = progress
        .last()
        .map_or(origin, |last| last.end().day_of_end());
    let days = i32::try_from((last - origin).num_days() + 1).unwrap_or(i32::MAX);
    let local_now = plan.moment_at(now).local();
    let near = -366 * 1440..i32::MAX;
    Chart {
        origin,
        days,
        today: at(local_now).filter(|today| near.contains(today)),
        target: plan
            .target()
            .and_then(|target| at(target.succ_opt()?.and_time(NaiveTime::MIN))),
        reasons: reasons.list,
        week_start: words::day(plan.availability().week_start),
        phases,
    }
}
