//! What a target date leaves, and what it takes, in sentences.

use waymark_core::needed::{Goal, Needed, needed};
use waymark_core::plan::Plan;
use waymark_core::schedule::Schedule;
use waymark_core::slack::{Verdict, slack};
use waymark_core::words;

/// Most hours a week that an answer may propose.
const CAP_MINUTES: u32 = 60 * 60;

/// Nothing where the plan has no target date.
pub fn sentences(plan: &Plan, schedule: &Schedule) -> Vec<String> {
    let now = plan.laid().map_or(plan.start_instant(), |laid| laid.from);
    let Some(slack) = slack(plan, schedule, now) else {
        return Vec::new();
    };
    let roadmap = plan.roadmap();
    let item = |index: usize| roadmap.items[index].title.as_str();
    let phase = |index: usize| roadmap.phases[index].title.as_str();
    let verdict = match slack.verdict {
        Verdict::Met => format!(
            "Target {}: met, with {} of study time to spare.",
            words::plain_date(slack.whole.by),
            words::effort(slack.whole.minutes.max(0).unsigned_abs()),
        ),
        Verdict::TooFewHours {
            item: last,
            missing_minutes,
            by,
        } => format!(
            "Target {}: not met. {} of study time are missing by then; the last that is due is “{}”.",
            words::plain_date(by),
            words::effort(missing_minutes.unsigned_abs()),
            item(last),
        ),
        Verdict::SessionRule { phase: late, by } => format!(
            "Target {}: “{}” ends later. The hours are enough, but not in sessions of {} to {} minutes.",
            words::plain_date(by),
            phase(late),
            plan.session().min,
            plan.session().max,
        ),
        Verdict::Order { phase: late, by } => format!(
            "Target {}: “{}” ends later. The hours are enough, but other work comes before it.",
            words::plain_date(by),
            phase(late),
        ),
    };
    let hours = |minutes: u32| words::effort(minutes.into());
    let by = slack.whole.by;
    let takes = match needed(plan, now, Goal { phase: None, by }, CAP_MINUTES) {
        Needed::Minutes {
            week_minutes,
            binding,
        } => format!(
            "To be done with all of it by then takes {} a week; “{}” ends last.",
            hours(week_minutes),
            phase(binding),
        ),
        Needed::NotEven {
            most_minutes,
            earliest: Some(earliest),
        } => format!(
            "Not even {} a week are enough: with these it would be {}.",
            hours(most_minutes),
            words::long_date(earliest),
        ),
        Needed::NotEven { most_minutes, .. } => {
            format!("Not even {} a week are enough.", hours(most_minutes))
        }
    };
    vec![verdict, takes]
}
