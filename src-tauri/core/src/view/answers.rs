//! How the target dates are met and the hours they take, in sentences: for window and terminal
//! alike.

use serde::Serialize;

use crate::needed::{Needed, Target, needed_from};
use crate::outlook::Outlook;
use crate::plan::{HOURS_PER_WEEK, Plan};
use crate::slack::{Slack, Verdict};
use crate::words;

/// The answers about the target dates of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    /// Whether all of them are met.
    pub is_met: bool,
    /// The answer in a few words: "met as planned, 30 h to spare".
    pub short: String,
    /// Whether they are met and with how much time to spare, or what doesn't fit and why.
    pub verdict: String,
    /// The hours a week they take.
    pub takes: String,
}

/// The answers about the target dates as of now, for the plan rescheduled at the same hours. `None`
/// if no remaining work has a target date.
pub fn answers(outlook: &Outlook) -> Option<Answers> {
    let (plan, slack) = (&outlook.plan, outlook.slack.as_ref()?);
    let hardest = hardest(outlook);
    let is_met = slack.verdict == Verdict::Met;
    let short = match (is_met, hardest.map(|(_, needed)| needed)) {
        (true, _) => format!("met as planned, {} to spare", spare(slack)),
        (false, Some(Needed::Minutes { week_minutes, .. })) => {
            format!("not met as planned: takes {} a week", hours(week_minutes))
        }
        (false, Some(Needed::NotEven { most_minutes, .. })) => {
            format!(
                "not met as planned, not even with {} a week",
                hours(most_minutes)
            )
        }
        (false, None) => "not met as planned".to_owned(),
    };
    Some(Answers {
        is_met,
        short,
        verdict: verdict(plan, slack) + &reserve(plan),
        takes: hardest.map_or_else(String::new, |(goal, needed)| takes(plan, goal, needed)),
    })
}

/// The target that takes the most hours a week, with these hours.
fn hardest(outlook: &Outlook) -> Option<(Target, Needed)> {
    let (plan, origin) = (&outlook.plan, outlook.origin());
    let whole = plan.target().map(|by| Target { phase: None, by });
    let phases = plan.roadmap().phases.iter().enumerate();
    let own = phases.filter_map(|(index, phase)| {
        Some(Target {
            phase: Some(index),
            by: plan.own_target_of(&phase.id)?,
        })
    });
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 60
    let most = (HOURS_PER_WEEK.end() * 60.0) as u32;
    let answered = whole
        .into_iter()
        .chain(own)
        .map(|goal| (goal, needed_from(plan, &origin, goal, most)));
    let size = |needed: &Needed| match *needed {
        Needed::Minutes { week_minutes, .. } => (0, week_minutes),
        Needed::NotEven { most_minutes, .. } => (1, most_minutes),
    };
    // If several take as much, the first: the whole before a phase.
    answered.reduce(|hardest, next| {
        if size(&next.1) > size(&hardest.1) {
            next
        } else {
            hardest
        }
    })
}

/// Says that the answers keep the reserve, if the plan has one.
fn reserve(plan: &Plan) -> String {
    match plan.availability().reserve_percent {
        0 => String::new(),
        percent => format!(" Your reserve of {percent}% of each week stays free."),
    }
}

fn verdict(plan: &Plan, slack: &Slack) -> String {
    let roadmap = plan.roadmap();
    let item = |index: usize| roadmap.items[index].title.as_str();
    let phase = |index: usize| roadmap.phases[index].title.as_str();
    match slack.verdict {
        Verdict::Met => format!(
            "Target {}: met as planned, with {} of study time to spare.",
            words::plain_date(slack.whole.by),
            spare(slack),
        ),
        Verdict::TooFewHours {
            item: last,
            missing_minutes,
            by,
        } => format!(
            "Target {}: not met as planned. {} of study time are missing by then; the last that is due is “{}”.",
            words::plain_date(by),
            words::effort(missing_minutes.unsigned_abs()),
            item(last),
        ),
        Verdict::SessionRule { phase: late, by } => format!(
            "Target {}: as planned, “{}” ends later. The hours are enough, but not in sessions of {} to {} minutes.",
            words::plain_date(by),
            phase(late),
            plan.session().min,
            plan.session().max,
        ),
        Verdict::NotBefore { phase: late, by } => format!(
            "Target {}: as planned, “{}” ends later. The hours are enough, but you set dates before which items don't begin.",
            words::plain_date(by),
            phase(late),
        ),
        Verdict::Order { phase: late, by } => format!(
            "Target {}: as planned, “{}” ends later. The hours are enough, but other work comes before it.",
            words::plain_date(by),
            phase(late),
        ),
    }
}

fn takes(plan: &Plan, goal: Target, needed: Needed) -> String {
    let phase = |index: usize| plan.roadmap().phases[index].title.as_str();
    let all = match goal.phase {
        None => "all of it".to_owned(),
        Some(index) => format!("“{}”", phase(index)),
    };
    let by = words::plain_date(goal.by);
    match needed {
        Needed::Minutes {
            week_minutes,
            binding,
        } => {
            let takes = hours(week_minutes);
            let last = match goal.phase {
                None => format!("; “{}” ends last", phase(binding)),
                Some(_) => String::new(),
            };
            format!("To be done with {all} by {by} takes {takes} a week{last}.")
        }
        Needed::NotEven {
            most_minutes,
            earliest,
        } => {
            let most = hours(most_minutes);
            let earliest = earliest.map_or_else(String::new, |earliest| {
                format!(": with these it would be {}", words::long_date(earliest))
            });
            format!("To be done with {all} by {by} not even {most} a week are enough{earliest}.")
        }
    }
}

fn hours(minutes: u32) -> String {
    words::effort(minutes.into())
}

fn spare(slack: &Slack) -> String {
    words::effort(slack.whole.minutes.max(0).unsigned_abs())
}
