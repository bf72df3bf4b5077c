//! Changes made by a re-plan, found by comparing two schedules of one roadmap.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::availability::Moment;
use crate::plan::Plan;
use crate::progress::{Progress, SessionState, Tracked};
use crate::schedule::{Schedule, Session, Why, current};
use crate::words;

/// A session that moved, changed its length, was added or was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Index of the item in the roadmap.
    pub item: usize,
    /// Its former start and length. `None` if it is new.
    pub from: Option<(Moment, u32)>,
    /// Its start and length now. `None` if it is gone.
    pub to: Option<(Moment, u32)>,
    /// Why it is there now. `None` if it is gone.
    pub why: Option<Why>,
}

/// Every session that moved, changed its length, was added or removed: by item, then
/// chronologically.
///
/// Sessions of the same item and length are interchangeable: if an item has a session at the same
/// time in both schedules, that one didn't move. The others are paired in chronological order.
pub fn differences(before: &Schedule, after: &Schedule) -> Vec<Difference> {
    let mut differences = Vec::new();
    let (before, after) = (&before.sessions, &after.sessions);
    each_difference(
        &by_item(before.iter()),
        &by_item(after.iter()),
        |difference| {
            differences.push(difference);
        },
    );
    differences
}

/// The differences between sessions by item.
fn each_difference(
    mut before: &[&Session],
    mut after: &[&Session],
    mut found: impl FnMut(Difference),
) {
    while let Some(item) = [before.first(), after.first()]
        .into_iter()
        .flatten()
        .map(|s| s.item)
        .min()
    {
        let (gone, came) = unmatched(take(&mut before, item), take(&mut after, item));
        for index in 0..gone.len().max(came.len()) {
            let place = |session: &&Session| (session.start, session.minutes);
            found(Difference {
                item: item as usize,
                from: gone.get(index).map(place),
                to: came.get(index).map(place),
                why: came.get(index).map(|session| session.why),
            });
        }
    }
}

/// Numbers of sessions to come that a change moves, adds and removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moves {
    /// Sessions at another time or of another length.
    pub moved: usize,
    /// New sessions.
    pub added: usize,
    /// Removed sessions.
    pub gone: usize,
}

impl Moves {
    /// Number of sessions that change.
    pub fn all(self) -> usize {
        self.moved + self.added + self.gone
    }

    /// "3 sessions moved, 1 added". `None` if no session changes.
    pub fn in_words(self) -> Option<String> {
        let counts = [
            (self.moved, "moved"),
            (self.added, "added"),
            (self.gone, "gone"),
        ];
        let mut counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let (count, what) = counts.next()?;
        let first = format!("{} {what}", words::count(count, "session"));
        let rest = counts.map(|(count, what)| format!(", {count} {what}"));
        Some(first + &rest.collect::<String>())
    }
}

/// Numbers of sessions that a change moves, of those after the basis of the changed plan.
pub fn moves(before: &Plan, after: &Plan) -> Moves {
    moves_between((before, &current(before)), (after, &current(after)))
}

/// As [`moves`], with the current schedules of both plans at hand.
pub(crate) fn moves_between(before: (&Plan, &Schedule), after: (&Plan, &Schedule)) -> Moves {
    let from = after
        .0
        .basis()
        .filter(|_| after.0.basis() != before.0.basis());
    let is_to_come =
        |session: &&Session| from.is_none_or(|scheduled| session.start.instant() >= scheduled.from);
    let [before, after] =
        [before.1, after.1].map(|scheduled| by_item(scheduled.sessions.iter().filter(is_to_come)));
    let mut moves = Moves::default();
    each_difference(&before, &after, |difference| {
        let count = match (difference.from, difference.to) {
            (Some(_), Some(_)) => &mut moves.moved,
            (None, _) => &mut moves.added,
            (Some(_), None) => &mut moves.gone,
        };
        *count += 1;
    });
    moves
}

/// Number of sessions to come before `until` that are at another time or of another length in
/// `after`, or gone. Those whose work is done already, even in part, don't count.
pub(crate) fn changed_before(before: &Progress, after: &Schedule, until: DateTime<Utc>) -> usize {
    let places = after.sessions.iter();
    let places: HashSet<(usize, i64, u32)> = places
        .take_while(|session| session.start.instant() < until)
        .map(|session| (session.item(), session.start.seconds, session.minutes))
        .collect();
    let is_whole = |session: &&Tracked| session.state == SessionState::Planned && session.done == 0;
    before
        .sessions
        .iter()
        .filter(is_whole)
        .filter(|session| session.start.instant() < until)
        .filter(|session| !places.contains(&(session.item, session.start.seconds, session.minutes)))
        .count()
}

/// Sessions sorted by item, each item's in chronological order.
fn by_item<'a>(sessions: impl Iterator<Item = &'a Session>) -> Vec<&'a Session> {
    let mut sessions: Vec<&Session> = sessions.collect();
    sessions.sort_by_key(|session| session.item);
    sessions
}

/// Takes the sessions of an item off the front.
fn take<'s, 'a>(sessions: &mut &'s [&'a Session], item: u32) -> &'s [&'a Session] {
    let count = sessions.partition_point(|session| session.item <= item);
    let (first, rest) = sessions.split_at(count);
    *sessions = rest;
    first
}

/// The sessions that are in only one of two chronological lists.
fn unmatched<'a>(
    before: &[&'a Session],
    after: &[&'a Session],
) -> (Vec<&'a Session>, Vec<&'a Session>) {
    let (mut gone, mut came) = (Vec::new(), Vec::new());
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let place = |session: &&&'a Session| (session.start, session.minutes);
        match (old.peek().map(place), new.peek().map(place)) {
            (None, None) => return (gone, came),
            (was, is) if was == is => {
                old.next();
                new.next();
            }
            (Some(was), is) if is.is_none_or(|is| was < is) => gone.extend(old.next().copied()),
            _ => came.extend(new.next().copied()),
        }
    }
}

#[cfg(test)]
mod tests;
