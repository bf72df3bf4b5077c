//! What a re-plan changes: two schedules of one roadmap side by side.

use crate::availability::Moment;
use crate::schedule::{Schedule, Session, Why};

/// A session that is not where it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Index of the item in the roadmap.
    pub item: usize,
    /// Which of the item's sessions.
    pub ordinal: u32,
    /// Where it was, and how long; none if it is new.
    pub from: Option<(Moment, u32)>,
    /// Where it is now, and how long; none if it is gone.
    pub to: Option<(Moment, u32)>,
    /// Why it is there now.
    pub why: Option<Why>,
}

/// Every session that moved, changed its length, came or went, by item and then by ordinal.
pub fn differences(before: &Schedule, after: &Schedule) -> Vec<Difference> {
    let (before, after) = (by_item(before), by_item(after));
    let place = |session: &Session| (session.start, session.minutes);
    let mut differences = Vec::new();
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let key = |session: &&&Session| (session.item, session.ordinal);
        let (old_key, new_key) = (old.peek().map(key), new.peek().map(key));
        let Some(next) = old_key.into_iter().chain(new_key).min() else {
            return differences;
        };
        let from = old.next_if(|session| key(session) == next);
        let to = new.next_if(|session| key(session) == next);
        let (from, to, why) = (
            from.map(|session| place(session)),
            to.map(|session| place(session)),
            to.map(|session| session.why),
        );
        if from != to {
            differences.push(Difference {
                item: next.0 as usize,
                ordinal: next.1,
                from,
                to,
                why,
            });
        }
    }
}

/// Sessions by item; those of one item are in order of time already, which is the order of their ordinals.
fn by_item(schedule: &Schedule) -> Vec<&Session> {
    let mut sessions: Vec<&Session> = schedule.sessions.iter().collect();
    sessions.sort_by_key(|session| session.item);
    sessions
}

#[cfg(test)]
mod tests;
