//! Leaves out optional items, or shortens one of them: no more than is enough.

use std::cmp::Reverse;

use super::{Attempt, RecoverySearch};
use crate::needed::first;
use crate::plan::change::{IncludeItem, SetEstimate, SetKnown};
use crate::plan::{Change, KnownEntry, PriorKnowledge};
use crate::words;

/// Minutes of a step by which an item is shortened. It keeps at least half of its remaining work.
const STEP_MINUTES: u32 = 30;

/// An optional item of the plan with work left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extra {
    /// Index of the item in the roadmap.
    pub item: usize,
    /// Minutes that remain of it.
    pub left: u32,
}

/// One item shortened if that is enough, else the smallest set of items left out.
pub(super) fn dropping(search: &RecoverySearch) -> Attempt {
    let all = candidates(search);
    if all.is_empty() {
        let why = "Nothing that is left of this plan is optional.";
        return Attempt::Rejected(why.to_owned());
    }
    if let Some(shortened) = all.iter().find_map(|extra| shortening(search, *extra)) {
        return shortened;
    }
    let Some(set) = smallest_set(search, &all, &[]) else {
        let finish = search.finish(&out(search, &all));
        return Attempt::Rejected(search.not_even("without any optional item", finish));
    };
    let minutes = set.iter().map(|extra| u64::from(extra.left)).sum();
    let deed = format!(
        "Leave out {} ({}){}",
        titles(search, &set),
        words::effort(minutes),
        begun(search, &set)
    );
    Attempt::Works {
        changes: out(search, &set),
        name: format!("Without {}", titles(search, &set)),
        deed,
    }
}

/// The optional items with work left, the largest first.
pub(super) fn candidates(search: &RecoverySearch) -> Vec<Extra> {
    let left = search.plan.left();
    let items = search.plan.roadmap().items.iter().zip(left).enumerate();
    let extras = items.filter(|(_, (item, left))| item.optional && *left > 0);
    let mut extras: Vec<Extra> = extras
        .map(|(item, (_, left))| Extra { item, left })
        .collect();
    extras.sort_by_key(|extra| (Reverse(extra.left), extra.item));
    extras
}

/// Leaves these out.
pub(super) fn out(search: &RecoverySearch, extras: &[Extra]) -> Vec<Change> {
    let include = |extra: &Extra| {
        Change::Include(IncludeItem {
            item: search.plan.roadmap().items[extra.item].id.clone(),
            included: false,
        })
    };
    extras.iter().map(include).collect()
}

/// Their titles, as a list.
pub(super) fn titles(search: &RecoverySearch, extras: &[Extra]) -> String {
    let title = |extra: &Extra| search.plan.roadmap().items[extra.item].title.clone();
    words::list(&extras.iter().map(title).collect::<Vec<_>>())
}

/// ", though you've done 19 h 30 min of AWS already": hours that are in items left out.
fn begun(search: &RecoverySearch, extras: &[Extra]) -> String {
    let logged = search.plan.logged();
    let done = |extra: &Extra| {
        let item = &search.plan.roadmap().items[extra.item];
        let minutes = *logged.get(&item.id)?;
        Some(format!(
            "{} of {}",
            words::effort(minutes.into()),
            item.title
        ))
    };
    let done: Vec<String> = extras.iter().filter_map(done).collect();
    match done.is_empty() {
        true => String::new(),
        false => format!(", though you've done {} already", words::list(&done)),
    }
}

/// The least shortening of one item that is enough.
fn shortening(search: &RecoverySearch, extra: Extra) -> Option<Attempt> {
    let steps = extra.left / 2 / STEP_MINUTES;
    let shorter = |step: u32| vec![shorter(search, extra, step * STEP_MINUTES)];
    if steps == 0 || !search.is_enough(&shorter(steps)) {
        return None;
    }
    let step = first(1, steps, |step| search.is_enough(&shorter(step)));
    let deed = format!(
        "Shorten {} by {} to the {} that are then left of it",
        titles(search, &[extra]),
        words::effort((step * STEP_MINUTES).into()),
        words::effort((extra.left - step * STEP_MINUTES).into()),
    );
    Some(Attempt::Works {
        changes: shorter(step),
        name: format!("{} shortened", titles(search, &[extra])),
        deed,
    })
}

/// Takes minutes off an item as prior knowledge. An estimate would count as evidence about the
/// learner's estimates, and so affect all other items; it changes only if the learner has estimated
/// the item before.
fn shorter(search: &RecoverySearch, extra: Extra, by: u32) -> Change {
    let plan = search.plan;
    let item = &plan.roadmap().items[extra.item];
    let id = item.id.clone();
    if plan.expected_minutes(item) != plan.effort_minutes(item) {
        let minutes = (extra.left - by).to_string();
        return Change::Estimate(SetEstimate { item: id, minutes });
    }
    let known = match plan.prior_knowledge(item) {
        Some(PriorKnowledge::Minutes(known)) => known,
        _ => 0,
    };
    Change::Known(SetKnown {
        item: id,
        known: Some(KnownEntry::Minutes(known.saturating_add(by))),
    })
}

/// The fewest of these items that are enough to leave out with other changes; of sets of as many
/// items, one with little work.
///
/// One learner is one resource, so only the amount of work counts: of sets of a size, the largest
/// items are most likely enough. Each of them is then replaced by the smallest that still is.
pub(super) fn smallest_set(
    search: &RecoverySearch,
    all: &[Extra],
    others: &[Change],
) -> Option<Vec<Extra>> {
    let is_enough = |set: &[Extra]| search.is_enough(&[others, &out(search, set)].concat());
    if !is_enough(all) {
        return None;
    }
    let most = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let count = first(0, most, |count| is_enough(&all[..count as usize])) as usize;
    let mut set = all[..count].to_vec();
    for place in 0..count {
        let mut others: Vec<Extra> = all.to_vec();
        others.retain(|extra| !set.contains(extra));
        others.reverse();
        let with = |other: Extra| {
            let mut with = set.clone();
            with[place] = other;
            with
        };
        let count = u32::try_from(others.len()).unwrap_or(0);
        let smallest = first(0, count, |at| is_enough(&with(others[at as usize])));
        if let Some(&other) = others.get(smallest as usize) {
            set = with(other);
        }
    }
    set.sort_by_key(|extra| extra.item);
    Some(set)
}
