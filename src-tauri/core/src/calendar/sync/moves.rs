//! Sessions that the learner moved in their calendar, on their way into the plan.

use chrono::{DateTime, Utc};

use crate::calendar::export::When;
use crate::plan::{Change, PinEntry, Plan};

/// A session that the learner moved in their calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The id of its item.
    pub item: String,
    /// What that is called.
    pub title: String,
    /// When it was given to the calendar.
    pub from: When,
    /// When it is there now.
    pub to: When,
}

/// A move that the plan does not take, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// The move.
    pub moved: Moved,
    /// A sentence for people.
    pub why: String,
}

/// The change that pins each moved session where the learner put it, none if there is nothing to pin; and the moves that the
/// plan does not take: one into the past, or two of an item to the same time.
pub fn pins(plan: &Plan, moved: &[Moved], now: DateTime<Utc>) -> (Option<Change>, Vec<Refused>) {
    let (mut trial, mut changes, mut refused) = (plan.clone(), Vec::new(), Vec::new());
    for moved in moved {
        let change = pin(&trial, moved);
        let taken = if moved.to.start <= now.timestamp() {
            Err("It is in the past: log it if it was done.".to_owned())
        } else {
            trial.apply(&change).map_err(|problem| problem.message)
        };
        match taken {
            Ok(taken) => {
                trial = taken;
                changes.push(change);
            }
            Err(why) => {
                let moved = moved.clone();
                refused.push(Refused { moved, why });
            }
        }
    }
    let name = "Moved in the calendar".to_owned();
    let change = (!changes.is_empty()).then_some(Change::All { name, changes });
    (change, refused)
}

fn pin(plan: &Plan, moved: &Moved) -> Change {
    let start = |seconds| {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        plan.moment_at(instant).local()
    };
    let from = start(moved.from.start);
    let mut entries = plan.pin_entries().zip(plan.pins());
    let instead = entries.find(|(entry, pin)| entry.item == moved.item && pin.start == from);
    Change::Pin {
        pin: PinEntry {
            item: moved.item.clone(),
            start: start(moved.to.start).format("%Y-%m-%dT%H:%M").to_string(),
            minutes: u32::try_from(moved.to.minutes()).unwrap_or(u32::MAX),
        },
        instead: instead.map(|(entry, _)| entry.start),
    }
}
