//! Each way out: what it changes, or why it cannot work.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::{Choice, Question, REPLAN, Tried, dropping, replan};
use crate::availability::{ExceptionKind, Slot};
use crate::needed::{STEP_MINUTES, first};
use crate::plan::{Change, ExceptionEntry, HOURS_PER_WEEK, Plan};
use crate::words;

const SAME_HOURS: &str = "Finish later at the same hours";

/// A sprint takes so many weeks at most: more is no sprint.
const LONGEST_SPRINT: u32 = 8;
/// No way asks for more than so many times the usual hours, unless they are few.
const MOST_TIMES: u32 = 2;
/// Where the usual hours are few: so many minutes a week more can be asked for.
const MOST_MORE: u32 = 5 * 60;

/// All ways out, in the order of this file.
pub(super) fn all(question: &Question, windows: &[ExceptionEntry]) -> Vec<Choice> {
    let replan = replan(question.plan, &question.present).map_or(REPLAN, |(change, _)| change);
    let same = question.choice("same-hours", SAME_HOURS, same_hours(question, &replan));
    let needed = match &same.outcome {
        Some(outcome) if outcome.in_time => Err(not_needed(question, outcome.finish)),
        _ => Ok(()),
    };
    let unless_needless = |way: &dyn Fn() -> Tried| match &needed {
        Ok(()) => way(),
        Err(why) => Tried::Not(why.clone()),
    };
    let windows = extra_windows(windows);
    let mut choices = vec![
        question.choice("free-windows", "Use free windows", free_windows(&windows)),
        question.choice(
            "more-hours",
            "More hours a week",
            unless_needless(&|| more_hours(question)),
        ),
        question.choice("sprint", "A sprint", unless_needless(&|| sprint(question))),
        question.choice(
            "drop",
            "Leave out optional items",
            unless_needless(&|| dropping::dropping(question)),
        ),
    ];
    let is_enough = |choice: &Choice| choice.outcome.as_ref().is_some_and(|o| o.in_time);
    if needed.is_ok() && !choices.iter().any(is_enough) {
        choices.push(question.choice("mix", "A mix", mix(question, &windows)));
    }
    choices.push(question.choice(
        "move-target",
        target_name(question),
        move_target(question, &same, &replan),
    ));
    choices.insert(0, same);
    choices
}

fn not_needed(question: &Question, finish: NaiveDate) -> String {
    let date = words::plain_date(finish);
    let against = question
        .aim
        .as_ref()
        .map(|aim| format!(", {}", aim.against(finish)));
    format!(
        "Not needed if all goes as planned: the last session is on {date}{}.",
        against.unwrap_or_default()
    )
}

fn same_hours(question: &Question, replan: &Change) -> Tried {
    let hours = hours(question.plan.availability().week.minutes());
    Tried::Way {
        changes: vec![replan.clone()],
        name: SAME_HOURS.to_owned(),
        deed: format!("Keep your {hours} a week"),
    }
}

/// The least hours a week that are enough, from now on.
fn more_hours(question: &Question) -> Tried {
    let usual = question.plan.availability().week.minutes();
    let most = most_minutes(question);
    if most <= usual {
        return Tried::Not(format!(
            "Your days and windows hold no more than {} a week: name free windows, or make your windows longer.",
            hours(usual)
        ));
    }
    match least_hours(question, &[]) {
        Some(minutes) => Tried::Way {
            changes: vec![hours_change(minutes)],
            name: format!("{} a week", hours(minutes)),
            deed: words::sentence(&more(question, minutes)),
        },
        None => Tried::Not(question.not_even(
            &format!("at {} a week", hours(most)),
            question.finish(&[hours_change(most)]),
        )),
    }
}

/// "study 12 h a week instead of 10 h from 5 April 2027 on"
fn more(question: &Question, minutes: u32) -> String {
    let plan = question.plan;
    format!(
        "study {} a week instead of {} from {} on",
        hours(minutes),
        hours(plan.availability().week.minutes()),
        words::plain_date(today(plan, question.now)),
    )
}

/// The first day from now on that the plan is about.
fn today(plan: &Plan, now: DateTime<Utc>) -> NaiveDate {
    plan.local(now).date().max(plan.start())
}

/// The least hours a week that are enough beside other changes, in steps; none if the most are not.
fn least_hours(question: &Question, others: &[Change]) -> Option<u32> {
    let usual = question.plan.availability().week.minutes();
    let most = most_minutes(question);
    let at = |minutes: u32| [others, &[hours_change(minutes)]].concat();
    let steps = most.saturating_sub(usual) / STEP_MINUTES;
    let minutes = |step: u32| usual + step * STEP_MINUTES;
    if steps == 0 || !question.is_enough(&at(minutes(steps))) {
        return None;
    }
    Some(minutes(first(1, steps, |step| {
        question.is_enough(&at(minutes(step)))
    })))
}

/// The most minutes a week that are asked for: what days and windows hold, within reason.
fn most_minutes(question: &Question) -> u32 {
    let usual = question.plan.availability().week.minutes();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 60
    let all = (HOURS_PER_WEEK.end() * 60.0) as u32;
    let most = (usual * MOST_TIMES).max(usual + MOST_MORE).min(all);
    let steps = most.saturating_sub(usual) / STEP_MINUTES;
    let is_beyond = |step: u32| {
        question
            .plan
            .with_week_minutes(usual + step * STEP_MINUTES)
            .is_err()
    };
    usual + first(1, steps + 1, is_beyond).saturating_sub(1) * STEP_MINUTES
}

/// Half as many hours again for the fewest weeks that are enough.
fn sprint(question: &Question) -> Tried {
    let usual = question.plan.availability().week.minutes();
    let faster = (usual + usual / 2).div_ceil(30) * 30;
    let faster = faster.min(most_minutes(question));
    if faster <= usual {
        return Tried::Not(format!(
            "Your days and windows hold no more than {} a week, so that there is no room for a sprint.",
            hours(usual)
        ));
    }
    let at = |weeks: u32| sprint_changes(question, faster, weeks);
    if !question.is_enough(&at(LONGEST_SPRINT)) {
        let weeks = words::count(LONGEST_SPRINT as usize, "week");
        let how = format!("with {weeks} at {}", hours(faster));
        return Tried::Not(question.not_even(&how, question.finish(&at(LONGEST_SPRINT))));
    }
    let weeks = first(1, LONGEST_SPRINT, |weeks| question.is_enough(&at(weeks)));
    let (from, until) = sprint_dates(question, weeks);
    let deed = format!(
        "Study {} a week for {}, from {} to {}, then {} again",
        hours(faster),
        words::count(weeks as usize, "week"),
        words::plain_date(from),
        words::plain_date(until),
        hours(usual),
    );
    Tried::Way {
        changes: at(weeks),
        name: format!(
            "Sprint: {} at {}",
            words::count(weeks as usize, "week"),
            hours(faster)
        ),
        deed,
    }
}

/// The first and the last day: whole weeks from today, or from tomorrow where today's first window has begun.
fn sprint_dates(question: &Question, weeks: u32) -> (NaiveDate, NaiveDate) {
    let plan = question.plan;
    let today = today(plan, question.now);
    let midnight = plan.instant(today.and_time(NaiveTime::MIN));
    let has_begun = |slot: Slot| slot.start.instant() < question.now;
    let begun = plan.slots(midnight).next().is_some_and(has_begun);
    let later = |days: u64| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let first = u64::from(begun);
    (later(first), later(first + u64::from(weeks) * 7 - 1))
}

/// Other hours between two dates, but for the weeks for which the learner has set hours already.
fn sprint_changes(question: &Question, week_minutes: u32, weeks: u32) -> Vec<Change> {
    let (first, last) = sprint_dates(question, weeks);
    let exceptions = question.plan.availability().exceptions.iter();
    let own = exceptions.filter(|e| matches!(e.kind, ExceptionKind::OtherWeek(_)));
    let mut own: Vec<(NaiveDate, NaiveDate)> = own.map(|e| (e.first, e.last)).collect();
    own.sort_unstable();
    let mut changes = Vec::new();
    let mut from = Some(first);
    let mut add = |from: NaiveDate, until: NaiveDate| {
        if from <= until {
            let (first, last) = (from.to_string(), until.to_string());
            let exception = ExceptionEntry::OtherHours {
                first,
                last,
                week_minutes,
            };
            changes.push(Change::Exception {
                exception,
                added: true,
            });
        }
    };
    for (own_first, own_last) in own {
        let Some(begin) = from else { break };
        if own_last < begin || own_first > last {
            continue;
        }
        if let Some(before) = own_first.pred_opt() {
            add(begin, before);
        }
        from = own_last.succ_opt();
    }
    if let Some(from) = from {
        add(from, last);
    }
    changes
}

fn extra_windows(windows: &[ExceptionEntry]) -> Vec<Change> {
    let change = |exception: &ExceptionEntry| Change::Exception {
        exception: exception.clone(),
        added: true,
    };
    windows.iter().map(change).collect()
}

fn free_windows(windows: &[Change]) -> Tried {
    if windows.is_empty() {
        return Tried::Not(
            "Name dates and times on which you are free, to see what they give.".to_owned(),
        );
    }
    Tried::Way {
        changes: windows.to_vec(),
        name: words::count(windows.len(), "free window"),
        deed: format!("Use {}", named(windows)),
    }
}

/// "the free window that you named", "the 3 free windows that you named".
fn named(windows: &[Change]) -> String {
    match windows.len() {
        1 => "the free window that you named".to_owned(),
        count => format!("the {count} free windows that you named"),
    }
}

/// The fewest optional items to leave out beside the most hours and the free windows, then the least hours.
fn mix(question: &Question, windows: &[Change]) -> Tried {
    let items = dropping::candidates(question);
    if windows.is_empty() && items.is_empty() {
        let why = "There is nothing to mix: nothing that is left is optional, and no free windows are named.";
        return Tried::Not(why.to_owned());
    }
    let usual = question.plan.availability().week.minutes();
    let most = most_minutes(question);
    let with_most: Vec<Change> = if most > usual {
        [windows, &[hours_change(most)]].concat()
    } else {
        windows.to_vec()
    };
    let dropped = if question.is_enough(&with_most) {
        Vec::new()
    } else {
        let Some(set) = dropping::smallest_set(question, &items, &with_most) else {
            let all = dropping::out(question, &items);
            let mut how = vec![format!("at {} a week", hours(most))];
            how.extend((!windows.is_empty()).then(|| format!("with {}", named(windows))));
            how.extend((!items.is_empty()).then(|| "without optional items".to_owned()));
            let how = words::list(&how);
            let finish = question.finish(&[&with_most[..], &all].concat());
            return Tried::Not(question.not_even(&how, finish));
        };
        set
    };
    let others = [windows, &dropping::out(question, &dropped)].concat();
    let mut deeds = Vec::new();
    let mut changes = others.clone();
    if !question.is_enough(&others) {
        let Some(minutes) = least_hours(question, &others) else {
            return Tried::Not("No mix of hours, windows and optional items was found.".to_owned());
        };
        changes.push(hours_change(minutes));
        deeds.push(more(question, minutes));
    }
    if !windows.is_empty() {
        deeds.push(format!("use {}", named(windows)));
    }
    if !dropped.is_empty() {
        deeds.push(format!(
            "leave out {}",
            dropping::titles(question, &dropped)
        ));
    }
    Tried::Way {
        changes,
        name: "A mix".to_owned(),
        deed: words::sentence(&words::list(&deeds)),
    }
}

fn target_name(question: &Question) -> &'static str {
    match question.plan.target() {
        Some(_) => "Move the target",
        None => "Set a target",
    }
}

/// The day by which the same hours are enough becomes the target date.
fn move_target(question: &Question, same: &Choice, replan: &Change) -> Tried {
    let Some(outcome) = &same.outcome else {
        return Tried::Not(same.sentence.clone());
    };
    if let (true, Some(_)) = (outcome.in_time, question.plan.target()) {
        return Tried::Not(not_needed(question, outcome.finish));
    }
    let Some(by) = outcome.p80 else {
        return Tried::Not(
            "There is no date by which it is done in 80 of 100 cases, if it goes on as so far."
                .to_owned(),
        );
    };
    let by = by.max(outcome.finish);
    let target = Change::Target {
        value: by.to_string(),
    };
    Tried::Way {
        changes: vec![target, replan.clone()],
        name: format!("Target {}", words::plain_date(by)),
        deed: format!("Make {} the target", words::plain_date(by)),
    }
}

fn hours_change(minutes: u32) -> Change {
    Change::Hours {
        value: (f64::from(minutes) / 60.0).to_string(),
    }
}

fn hours(minutes: u32) -> String {
    words::effort(minutes.into())
}
