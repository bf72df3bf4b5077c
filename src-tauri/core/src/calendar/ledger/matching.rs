//! Matches a calendar's events to the planned sessions, so that as few events as possible change.
//!
//! The sessions of an item are alike, so any event of the item could become any of them. But what a
//! person added to an event, such as a note or a reminder, belongs to the session it was written
//! for. So an event whose time is still planned stays, whatever happened to the others. A pinned
//! session gets the nearest of the remaining events, and the rest are paired in order of time, with
//! the least movement. Events that have begun are history and never become future sessions.

use std::collections::BTreeMap;

use super::record::LedgerEntry;
use crate::calendar::event::{Now, When};

/// Upper bound for the comparisons in a search for the least movement. Beyond it, the earliest are
/// paired, which is the same if both sides are equally long.
const MOST_COMPARISONS: usize = 1_000_000;

/// A planned session, as far as the matching needs it.
#[derive(Debug, Clone, Copy)]
pub(super) struct SessionPlace {
    pub when: When,
    /// Whether the learner chose its time.
    pub is_pinned: bool,
}

/// For each session of an item, the index of the entry that becomes it; `None` for a new event.
/// Entries that are `None` are taken. Takes time proportional to both sides, except for sorting
/// them and a bounded search among those that changed.
pub(super) fn matched(
    entries: &[Option<LedgerEntry>],
    sessions: &[SessionPlace],
    now: Now,
) -> Vec<Option<usize>> {
    let mut matching = Matching {
        entries: entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| Some((index, (*entry)?.when)))
            .collect(),
        sessions: sessions
            .iter()
            .map(|session| session.when)
            .enumerate()
            .collect(),
        found: vec![None; sessions.len()],
    };
    matching.sort();
    matching.take_equal(|when| (when.start, when.end));
    matching.take_equal(|when| (when.start, 0));
    matching.take_nearest(
        |index| sessions.get(index).is_some_and(|it| it.is_pinned),
        now,
    );
    for is_past in [true, false] {
        matching.take_in_order(|when| when.is_past(now) == is_past);
    }
    matching.found
}

/// The entries and sessions that are not matched yet, both in order of time.
struct Matching {
    entries: Vec<(usize, When)>,
    sessions: Vec<(usize, When)>,
    found: Vec<Option<usize>>,
}

impl Matching {
    fn sort(&mut self) {
        for side in [&mut self.entries, &mut self.sessions] {
            side.sort_by_key(|(_, when)| (when.start, when.end));
        }
    }

    /// Whether no more pairs can be made.
    fn is_done(&self) -> bool {
        self.entries.is_empty() || self.sessions.is_empty()
    }

    fn pair(&mut self, session: usize, entry: usize) {
        if let Some(found) = self.found.get_mut(session) {
            *found = Some(entry);
        }
    }

    /// Pairs those with the same key. Both sides must be in order of the key.
    fn take_equal(&mut self, key: impl Fn(When) -> (i64, i64)) {
        if self.is_done() {
            return;
        }
        let left = Vec::with_capacity(self.entries.len());
        let mut entries = std::mem::replace(&mut self.entries, left)
            .into_iter()
            .peekable();
        let mut sessions = std::mem::take(&mut self.sessions);
        sessions.retain(|(session, when)| {
            while let Some(earlier) = entries.next_if(|(_, entry)| key(*entry) < key(*when)) {
                self.entries.push(earlier);
            }
            let equal = entries.next_if(|(_, entry)| key(*entry) == key(*when));
            if let Some((entry, _)) = equal {
                self.pair(*session, entry);
            }
            equal.is_none()
        });
        self.sessions = sessions;
        self.entries.extend(entries);
    }

    /// Pairs the chosen sessions, each with the nearest entry on the same side of the present.
    fn take_nearest(&mut self, is_chosen: impl Fn(usize) -> bool, now: Now) {
        let chosen = split(&mut self.sessions, |(session, _)| is_chosen(*session));
        if chosen.is_empty() {
            return;
        }
        let mut free: [BTreeMap<(i64, usize), When>; 2] = Default::default();
        for (entry, when) in std::mem::take(&mut self.entries) {
            free[usize::from(when.is_past(now))].insert((when.start, entry), when);
        }
        for (session, when) in chosen {
            let free = &mut free[usize::from(when.is_past(now))];
            let at = (when.start, 0);
            let before = free.range(..at).next_back().map(|(key, _)| *key);
            let after = free.range(at..).next().map(|(key, _)| *key);
            let nearest = before
                .into_iter()
                .chain(after)
                .min_by_key(|(start, _)| start.abs_diff(when.start));
            match nearest {
                Some(key) => {
                    free.remove(&key);
                    self.pair(session, key.1);
                }
                None => self.sessions.push((session, when)),
            }
        }
        let free = free.into_iter().flatten();
        self.entries = free.map(|((_, entry), when)| (entry, when)).collect();
        self.sort();
    }

    /// Pairs those at the given times, in order.
    fn take_in_order(&mut self, is_at: impl Fn(When) -> bool) {
        if self.is_done() {
            return;
        }
        let entries = split(&mut self.entries, |(_, when)| is_at(*when));
        let sessions = split(&mut self.sessions, |(_, when)| is_at(*when));
        if entries.is_empty() || sessions.is_empty() {
            return;
        }
        let starts = |side: &[(usize, When)]| -> Vec<i64> {
            side.iter().map(|(_, when)| when.start).collect()
        };
        let (few, many) = (starts(&entries), starts(&sessions));
        let pairs: Vec<(usize, usize)> = if few.len() <= many.len() {
            nearest_in_order(&few, &many)
        } else {
            let pairs = nearest_in_order(&many, &few);
            pairs
                .into_iter()
                .map(|(session, entry)| (entry, session))
                .collect()
        };
        for (entry, session) in pairs {
            if let (Some((entry, _)), Some((session, _))) =
                (entries.get(entry), sessions.get(session))
            {
                self.pair(*session, *entry);
            }
        }
    }
}

/// Takes those that are chosen out of `side`. Usually that is all or none of them, which copies
/// nothing.
fn split<T>(side: &mut Vec<T>, is_chosen: impl Fn(&T) -> bool) -> Vec<T> {
    if !side.iter().any(&is_chosen) {
        return Vec::new();
    }
    let all = std::mem::take(side);
    if all.iter().all(&is_chosen) {
        return all;
    }
    let (chosen, others) = all.into_iter().partition(is_chosen);
    *side = others;
    chosen
}

/// Pairs all of `few` with some of `many`, in order, so that the sum of the distances is least.
/// Both must be in order. Returns the pairs of their indexes.
fn nearest_in_order(few: &[i64], many: &[i64]) -> Vec<(usize, usize)> {
    let spare = many.len() - few.len();
    let earliest = (0..few.len()).map(|index| (index, index));
    if spare == 0 || few.len().saturating_mul(spare + 1) > MOST_COMPARISONS {
        return earliest.collect();
    }
    // `costs[skipped]` is the least sum for the pairs so far with at most `skipped` of `many` left
    // out.
    let mut costs = vec![0_u64; spare + 1];
    // Whether the least sum is reached by leaving out one more of `many`.
    let mut skips = vec![vec![false; spare + 1]; few.len()];
    for (index, (start, skips)) in few.iter().zip(&mut skips).enumerate() {
        let mut best = u64::MAX;
        for (skipped, (cost, skip)) in costs.iter_mut().zip(skips).enumerate() {
            let there = many.get(index + skipped).copied().unwrap_or(i64::MAX);
            let paired = cost.saturating_add(start.abs_diff(there));
            *skip = best <= paired;
            best = best.min(paired);
            *cost = best;
        }
    }
    let mut skipped = spare;
    let mut pairs: Vec<(usize, usize)> = skips
        .iter()
        .enumerate()
        .rev()
        .map(|(index, skips)| {
            while skipped > 0 && skips.get(skipped) == Some(&true) {
                skipped -= 1;
            }
            (index, index + skipped)
        })
        .collect();
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::event::Revision;
    use proptest::prelude::*;

    fn when(start: i64) -> When {
        When {
            start,
            end: start + 10,
            all_day: false,
        }
    }

    fn now(seconds: i64) -> Now {
        let instant = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
        Now::new(instant, crate::samples::zone("UTC"))
    }

    fn matching(entries: &[i64], sessions: &[(i64, bool)], present: i64) -> Vec<Option<usize>> {
        let entry = |start: &i64| {
            Some(LedgerEntry {
                ordinal: 0,
                revision: Revision::default(),
                when: when(*start),
                text: 0,
                is_personal: false,
            })
        };
        let entries: Vec<_> = entries.iter().map(entry).collect();
        let sessions: Vec<_> = sessions
            .iter()
            .map(|(start, is_pinned)| SessionPlace {
                when: when(*start),
                is_pinned: *is_pinned,
            })
            .collect();
        matched(&entries, &sessions, now(present))
    }

    #[test]
    fn an_evening_off_moves_one_event() {
        let sessions = [100, 300, 400, 500].map(|start| (start, false));
        let found = matching(&[100, 200, 300, 400], &sessions, 0);
        assert_eq!(found, [Some(0), Some(2), Some(3), Some(1)]);
    }

    #[test]
    fn one_left_out_of_many_is_the_farthest() {
        let found = matching(&[100, 490, 800], &[(500, false), (810, false)], 0);
        assert_eq!(found, [Some(1), Some(2)]);
        let found = matching(&[500, 810], &[(100, false), (490, false), (800, false)], 0);
        assert_eq!(found, [None, Some(0), Some(1)]);
    }

    #[test]
    fn a_pinned_session_is_the_nearest_event() {
        let found = matching(&[100, 480], &[(500, true), (900, false)], 0);
        assert_eq!(found, [Some(1), Some(0)]);
    }

    #[test]
    fn what_has_begun_becomes_nothing_to_come() {
        let found = matching(&[100], &[(900, false)], 200);
        assert_eq!(found, [None]);
        let found = matching(&[100], &[(900, true)], 200);
        assert_eq!(found, [None]);
    }

    proptest! {
        /// Compared with every way to leave some out.
        #[test]
        fn pairs_in_order_move_the_least(
            few in prop::collection::btree_set(0..60_i64, 0..5),
            many in prop::collection::btree_set(0..60_i64, 5..9),
        ) {
            let (few, many): (Vec<_>, Vec<_>) = (few.into_iter().collect(), many.into_iter().collect());
            let pairs = nearest_in_order(&few, &many);
            prop_assert!(pairs.iter().map(|(index, _)| *index).eq(0..few.len()));
            prop_assert!(pairs.windows(2).all(|two| two[0].1 < two[1].1));
            let sum: u64 = pairs.iter().map(|(a, b)| few[*a].abs_diff(many[*b])).sum();
            let least = (0_u32..1 << many.len())
                .filter(|chosen| chosen.count_ones() as usize == few.len())
                .map(|chosen| {
                    let chosen = many.iter().enumerate().filter(|(index, _)| chosen >> index & 1 == 1);
                    few.iter().zip(chosen).map(|(a, (_, b))| a.abs_diff(*b)).sum::<u64>()
                })
                .min();
            prop_assert_eq!(Some(sum), least);
        }
    }
}
