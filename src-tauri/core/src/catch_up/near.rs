//! The option that is recommended, which leaves the sessions of the next three days alone if that
//! costs nothing.

use super::{Attempt, RecoveryOption, RecoverySearch};
use crate::difference::changed_before;
use crate::forecast::EVEN;
use crate::outlook::Outlook;
use crate::plan::change::{Replan, SOON};
use crate::plan::{Change, Keep};
use crate::schedule::current;
use crate::status::{Status, report};
use crate::words;

/// Recommends one option that works, and says why.
///
/// After a pause that is to start again. Else, if the target date would be missed, it is the option
/// that meets it at the least cost, or the one that moves it if none does. Else it is the same
/// hours, which ask for nothing.
pub(super) fn recommend(
    search: &RecoverySearch,
    outlook: &Outlook,
    options: &mut [RecoveryOption],
) {
    let Some(Recommended { place, why }) = recommended(search, outlook, options) else {
        return;
    };
    let (calmer, near) = keeping_the_near(search, &options[place]);
    if let Some(calmer) = calmer {
        options[place] = calmer;
    }
    options[place].recommended = Some(format!("{why} {near}"));
}

/// Place of an option, and why it is the one to take.
struct Recommended {
    place: usize,
    why: String,
}

fn recommended(
    search: &RecoverySearch,
    outlook: &Outlook,
    options: &[RecoveryOption],
) -> Option<Recommended> {
    let place = |id: &str| {
        let mut options = options.iter();
        options.position(|option| option.id == id && option.outcome.is_some())
    };
    let status = report(search.plan, search.present.progress(), outlook).status;
    if let (Status::Paused { since }, Some(place)) = (status, place("start-again")) {
        let since = words::plain_date(since);
        let why = format!(
            "You haven't studied since {since}. This keeps what you've done and drops what was \
             missed."
        );
        return Some(Recommended { place, why });
    }
    let same = place("same-hours")?;
    let Some(target) = search.plan.target() else {
        let why = "It asks for nothing more, and without a target date nobody is late.";
        let why = why.to_owned();
        return Some(Recommended { place: same, why });
    };
    let is_in_time = |option: &RecoveryOption| option.outcome.as_ref().is_some_and(|o| o.in_time);
    let target = words::plain_date(target);
    if is_in_time(&options[same]) {
        let why =
            format!("It asks for nothing more, and as planned it meets the target of {target}.");
        let why = why + &at_own_pace(&options[same]);
        return Some(Recommended { place: same, why });
    }
    let meets = |option: &RecoveryOption| option.id != "move-target" && is_in_time(option);
    if let Some(place) = options.iter().position(meets) {
        let why = format!(
            "Of the options that meet the target of {target} as planned, it costs the least."
        );
        let why = why + &at_own_pace(&options[place]);
        return Some(Recommended { place, why });
    }
    let why =
        format!("No option meets the target of {target}, and this one asks for nothing more.");
    let place = place("move-target").unwrap_or(same);
    Some(Recommended { place, why })
}

/// The chance of an option that meets the target date as planned, if the learner's own pace makes
/// that unlikely.
fn at_own_pace(option: &RecoveryOption) -> String {
    let outcome = option.outcome.as_ref();
    let unlikely = outcome.filter(|outcome| outcome.chance.is_some_and(|chance| chance < EVEN));
    let chance = unlikely.and_then(|outcome| outcome.chance_in_words.as_deref());
    chance.map_or_else(String::new, |chance| {
        format!(" At your own pace the chance is {chance}.")
    })
}

/// The option with the sessions of the next three days kept where they are, unless it keeps them
/// anyway or the finish would be later; and a sentence about these sessions.
fn keeping_the_near(
    search: &RecoverySearch,
    option: &RecoveryOption,
) -> (Option<RecoveryOption>, String) {
    let until = search.now + SOON;
    let changed = |changes: &[Change]| {
        let after = search.after(changes).ok()?;
        let progress = search.present.progress();
        Some(changed_before(progress, &current(&after), until))
    };
    let calm = "It moves no session of the next three days.".to_owned();
    let moved = changed(&option.changes);
    if moved == Some(0) {
        return (None, calm);
    }
    let mut changes = option.changes.clone();
    changes.retain(|change| !matches!(change, Change::Replan(_)));
    let keep = Keep::Soon;
    let again = changes.iter_mut().find_map(|change| match change {
        Change::StartAgain(again) => Some(again),
        _ => None,
    });
    match again {
        Some(again) => again.keep = keep,
        None => changes.push(Change::Replan(Replan { keep })),
    }
    let still = changed(&changes);
    let attempt = Attempt::Works {
        changes,
        name: option.name.clone(),
        deed: option.deed.clone(),
    };
    let calmer = search.option(option.id, &option.name, attempt);
    let is_no_later = match (&option.outcome, &calmer.outcome) {
        (Some(was), Some(is)) => is.finish <= was.finish && (is.in_time || !was.in_time),
        _ => false,
    };
    if !is_no_later {
        let near = "Keeping the sessions of the next three days would make the finish later.";
        return (None, near.to_owned());
    }
    match still {
        Some(0) => (Some(calmer), calm),
        // An item that is left out or shortened loses its sessions whatever is kept.
        Some(still) if moved.is_none_or(|moved| still < moved) => {
            (Some(calmer), changes_near(still))
        }
        _ => (None, changes_near(moved.unwrap_or_default())),
    }
}

fn changes_near(count: usize) -> String {
    let sessions = words::count(count, "session");
    format!("It changes {sessions} of the next three days.")
}

#[cfg(test)]
mod tests;
