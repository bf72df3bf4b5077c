//! Each recovery option: its changes, or the reason why it can't work.

use chrono::NaiveDate;

use super::sprint::sprint;
use super::{Attempt, RecoveryOption, RecoverySearch, dropping, hours};
use crate::ladder::ladder;
use crate::needed::{STEP_MINUTES, first};
use crate::outlook::Outlook;
use crate::plan::change::{SetException, SetHours, SetTarget, StartAgain};
use crate::plan::{Change, ExceptionEntry, Plan};
use crate::words;

const SAME_HOURS: &str = "Finish later at the same hours";

/// All recovery options, in the order of this file.
pub(super) fn all(search: &RecoverySearch, windows: &[ExceptionEntry]) -> Vec<RecoveryOption> {
    let outlook = Outlook::at(&search.present);
    let replan = outlook.change.clone();
    let mut same = search.option("same-hours", SAME_HOURS, same_hours(search, &replan));
    let needed = match &same.outcome {
        Some(outcome) if outcome.in_time => Err(not_needed(search, outcome.finish)),
        _ => Ok(()),
    };
    let unless_needless = |way: &dyn Fn() -> Attempt| match &needed {
        Ok(()) => way(),
        Err(why) => Attempt::Rejected(why.clone()),
    };
    // A window without time for study is rejected by name, and no mix relies on the others.
    let useless = windows.iter().find_map(|window| useless(search, window));
    let windows = match &useless {
        Some(_) => Vec::new(),
        None => extra_windows(windows),
    };
    let free = useless.map_or_else(|| free_windows(&windows), Attempt::Rejected);
    let mut options = vec![
        search.option("free-windows", "Use free windows", free),
        search.option(
            "more-hours",
            "More hours a week",
            unless_needless(&|| more_hours(search)),
        ),
        search.option("sprint", "A sprint", unless_needless(&|| sprint(search))),
        search.option(
            "drop",
            "Leave out optional items",
            unless_needless(&|| dropping::dropping(search)),
        ),
    ];
    let is_enough = |option: &RecoveryOption| option.outcome.as_ref().is_some_and(|o| o.in_time);
    if needed.is_ok() && !options.iter().any(is_enough) {
        options.push(search.option("mix", "A mix", mix(search, &windows)));
    }
    options.push(search.option(
        "move-target",
        target_name(search),
        move_target(search, &same, &replan),
    ));
    if is_needless(&same, &outlook) {
        let why = "Nothing would change: you're in time, and every session stays where it is.";
        same = search.option("same-hours", SAME_HOURS, Attempt::Rejected(why.to_owned()));
    }
    let again = start_again(search, &outlook);
    let again = search.option("start-again", StartAgain::NAME, again);
    options.insert(0, again);
    options.insert(0, same);
    options
}

/// Whether the same hours would be in time and change nothing.
fn is_needless(same: &RecoveryOption, outlook: &Outlook) -> bool {
    let is_in_time = same.outcome.as_ref().is_some_and(|same| same.in_time);
    is_in_time && outlook.changes_nothing()
}

/// A plan from today, without the past's sessions.
fn start_again(search: &RecoverySearch, outlook: &Outlook) -> Attempt {
    let mut missed = search.present.progress().missed();
    if missed.next().is_none() {
        let why = "You missed no session, so there's nothing to drop.";
        return Attempt::Rejected(why.to_owned());
    }
    Attempt::Works {
        changes: vec![outlook.starting_again()],
        name: StartAgain::NAME.to_owned(),
        deed: "Drop the sessions you missed, keep what you've done".to_owned(),
    }
}

fn not_needed(search: &RecoverySearch, finish: NaiveDate) -> String {
    let date = words::plain_date(finish);
    let against = search
        .goal
        .as_ref()
        .map(|goal| format!(", {}", goal.against(finish)));
    format!(
        "Not needed if all goes as planned: the last session is on {date}{}.",
        against.unwrap_or_default()
    )
}

fn same_hours(search: &RecoverySearch, replan: &Change) -> Attempt {
    let hours = hours(search.plan.availability().week.minutes());
    Attempt::Works {
        changes: vec![replan.clone()],
        name: SAME_HOURS.to_owned(),
        deed: format!("Keep your {hours} a week"),
    }
}

/// The least hours a week that are enough, from now on.
fn more_hours(search: &RecoverySearch) -> Attempt {
    let usual = search.plan.availability().week.minutes();
    let most = search.most_minutes();
    if most <= usual {
        return Attempt::Rejected(format!(
            "Your days and windows hold no more than {} a week: name free windows, or make your windows longer.",
            hours(usual)
        ));
    }
    match least_hours(search, &[]) {
        Some(minutes) => Attempt::Works {
            changes: vec![hours_change(minutes)],
            name: format!("{} a week", hours(minutes)),
            deed: words::sentence(&more(search, minutes)),
        },
        None => Attempt::Rejected(search.not_even(
            &format!("at {} a week", hours(most)),
            search.finish(&[hours_change(most)]),
        )),
    }
}

/// "study 12 h a week instead of 10 h from 5 April 2027"
fn more(search: &RecoverySearch, minutes: u32) -> String {
    let plan = search.plan;
    format!(
        "study {} a week instead of {} from {} on",
        hours(minutes),
        hours(plan.availability().week.minutes()),
        words::plain_date(search.today()),
    )
}

/// The fewest hours a week that are enough with other changes, in steps; `None` if the most aren't.
fn least_hours(search: &RecoverySearch, others: &[Change]) -> Option<u32> {
    let usual = search.plan.availability().week.minutes();
    let most = search.most_minutes();
    let at = |minutes: u32| [others, &[hours_change(minutes)]].concat();
    let steps = most.saturating_sub(usual) / STEP_MINUTES;
    let minutes = |step: u32| usual + step * STEP_MINUTES;
    if steps == 0 || !search.is_enough(&at(minutes(steps))) {
        return None;
    }
    Some(minutes(first(1, steps, |step| {
        search.is_enough(&at(minutes(step)))
    })))
}

fn extra_windows(windows: &[ExceptionEntry]) -> Vec<Change> {
    let change = |exception: &ExceptionEntry| {
        Change::Exception(SetException {
            exception: exception.clone(),
            added: true,
        })
    };
    windows.iter().map(change).collect()
}

/// Why a free window adds no time to study after now; `None` if it adds some, or is rejected as a
/// change anyway.
fn useless(search: &RecoverySearch, window: &ExceptionEntry) -> Option<String> {
    let ExceptionEntry::ExtraWindow {
        first,
        last,
        from,
        to,
    } = window
    else {
        return None;
    };
    let end: NaiveDate = last.parse().ok()?;
    let added = Change::Exception(SetException {
        exception: window.clone(),
        added: true,
    });
    let after = search.plan.apply(&added).ok()?;
    let free = |plan: &Plan| -> u64 {
        let slots = plan.slots(search.now);
        let slots = slots.take_while(|slot| slot.start.local().date() <= end);
        slots.map(|slot| u64::from(slot.minutes)).sum()
    };
    (free(&after) <= free(search.plan)).then(|| {
        format!(
            "Free window {first} {from}–{to}: it adds no study time. Enter a time that isn't over, \
             that the clock doesn't skip, and that isn't study time or busy already."
        )
    })
}

fn free_windows(windows: &[Change]) -> Attempt {
    if windows.is_empty() {
        return Attempt::Rejected(
            "Name dates and times on which you are free, to see what they give.".to_owned(),
        );
    }
    Attempt::Works {
        changes: windows.to_vec(),
        name: words::count(windows.len(), "free window"),
        deed: format!("Use {}", named(windows)),
    }
}

/// "the free window you named", "the 3 free windows you named".
fn named(windows: &[Change]) -> String {
    match windows.len() {
        1 => "the free window that you named".to_owned(),
        count => format!("the {count} free windows that you named"),
    }
}

/// The fewest optional items to leave out with the most hours and the free windows, then the fewest
/// hours.
fn mix(search: &RecoverySearch, windows: &[Change]) -> Attempt {
    let items = dropping::candidates(search);
    if windows.is_empty() && items.is_empty() {
        let why = "There is nothing to mix: nothing that is left is optional, and no free windows are named.";
        return Attempt::Rejected(why.to_owned());
    }
    let usual = search.plan.availability().week.minutes();
    let most = search.most_minutes();
    let with_most: Vec<Change> = if most > usual {
        [windows, &[hours_change(most)]].concat()
    } else {
        windows.to_vec()
    };
    let dropped = if search.is_enough(&with_most) {
        Vec::new()
    } else {
        let Some(set) = dropping::smallest_set(search, &items, &with_most) else {
            let all = dropping::out(search, &items);
            let mut how = vec![format!("at {} a week", hours(most))];
            how.extend((!windows.is_empty()).then(|| format!("with {}", named(windows))));
            how.extend((!items.is_empty()).then(|| "without optional items".to_owned()));
            let how = words::list(&how);
            let finish = search.finish(&[&with_most[..], &all].concat());
            return Attempt::Rejected(search.not_even(&how, finish));
        };
        set
    };
    let others = [windows, &dropping::out(search, &dropped)].concat();
    let mut deeds = Vec::new();
    let mut changes = others.clone();
    if !search.is_enough(&others) {
        let Some(minutes) = least_hours(search, &others) else {
            return Attempt::Rejected(
                "No mix of hours, windows and optional items was found.".to_owned(),
            );
        };
        changes.push(hours_change(minutes));
        deeds.push(more(search, minutes));
    }
    if !windows.is_empty() {
        deeds.push(format!("use {}", named(windows)));
    }
    if !dropped.is_empty() {
        deeds.push(format!("leave out {}", dropping::titles(search, &dropped)));
    }
    Attempt::Works {
        changes,
        name: "A mix".to_owned(),
        deed: words::sentence(&words::list(&deeds)),
    }
}

fn target_name(search: &RecoverySearch) -> &'static str {
    match search.plan.target() {
        Some(_) => "Move the target",
        None => "Set a target",
    }
}

/// The target moves to a date that the same hours are likely enough for: P80, or as long as the
/// record is short, the ladder's second date. Never beyond twice the plan left.
fn move_target(search: &RecoverySearch, same: &RecoveryOption, replan: &Change) -> Attempt {
    let Some(outcome) = &same.outcome else {
        return Attempt::Rejected(same.sentence.clone());
    };
    if let (true, Some(_)) = (outcome.in_time, search.plan.target()) {
        return Attempt::Rejected(not_needed(search, outcome.finish));
    }
    let likely = if search.draws.basis().is_own() {
        let why = "which you're 80% sure to meet if you keep going".to_owned();
        outcome.p80.map(|by| (by, why))
    } else {
        let ladder = ladder(search.plan, search.now);
        ladder.get(1).and_then(|rung| {
            let why = format!("which you meet even if you miss {}", rung.missed);
            Some((rung.finish?, why))
        })
    };
    let today = search.today();
    let is_near = |by: NaiveDate| by - today <= (outcome.finish - today) * 2;
    let Some((by, why)) = likely.filter(|(by, _)| is_near(*by)) else {
        return Attempt::Rejected(
            "There's no date to aim at: at this pace you'd need more than twice the time that the \
             plan has left. Change the hours or the plan first."
                .to_owned(),
        );
    };
    let by = by.max(outcome.finish);
    let date = words::plain_date(by);
    let deed = format!("Make {date} the target, {why}");
    let target = Change::Target(SetTarget {
        value: by.to_string(),
    });
    Attempt::Works {
        changes: vec![target, replan.clone()],
        name: format!("Target {date}"),
        deed,
    }
}

fn hours_change(minutes: u32) -> Change {
    Change::Hours(SetHours {
        value: (f64::from(minutes) / 60.0).to_string(),
    })
}
