//! Effects of an option on the order of the roadmap's outcomes, and on the end of its core.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::OptionOutcome;
use crate::plan::Plan;
use crate::progress::Progress;
use crate::words;

/// Pairs of outcomes whose new order is told in full.
const MOST_TURNS: usize = 2;

/// The end of the core, for the options that leave hours and work as they are.
pub(super) fn core_done(
    id: &str,
    before: &Progress,
    outcome: &OptionOutcome,
    plan: &Plan,
) -> String {
    let keeps_all = matches!(id, "same-hours" | "start-again");
    let (Some(was), Some(is)) = (before.core_finish(plan), outcome.core_finish) else {
        return String::new();
    };
    if !keeps_all || is == outcome.finish {
        return String::new();
    }
    let (was, is) = (words::plain_date(was), words::plain_date(is));
    match was == is {
        true => format!(" The core is still done on {is}."),
        false => format!(" The core is done on {is} instead of {was}."),
    }
}

/// The pairs of outcomes that are reached in the other order.
pub(super) fn turns(plan: &Plan, before: &Progress, after: &Progress) -> String {
    let phases = &plan.roadmap().phases;
    let ends = |progress: &Progress| -> Vec<Option<NaiveDate>> {
        let spans = progress.phases.iter();
        spans
            .map(|span| span.map(|span| span.end.day_of_end()))
            .collect()
    };
    let (was, is) = (ends(before), ends(after));
    let mut turned = Vec::new();
    for (one, other) in (0..phases.len()).flat_map(|one| (0..one).map(move |other| (one, other))) {
        let (Some(a), Some(b), Some(x), Some(y)) = (was[one], was[other], is[one], is[other])
        else {
            continue;
        };
        let (later, earlier) = match (a.cmp(&b), x.cmp(&y)) {
            (Ordering::Less, Ordering::Greater) => (one, other),
            (Ordering::Greater, Ordering::Less) => (other, one),
            _ => continue,
        };
        let [later, earlier] = [later, earlier].map(|phase| &phases[phase].outcome);
        turned.push(format!(" “{later}” is then reached after “{earlier}”."));
    }
    let mut text = turned[..turned.len().min(MOST_TURNS)].concat();
    if turned.len() > MOST_TURNS {
        let more = words::count(turned.len() - MOST_TURNS, "more pair");
        text += &format!(" The order turns round in {more} of outcomes.");
    }
    text
}
