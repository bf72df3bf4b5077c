//! Sessions that the learner moved in their calendar, and the pins that apply them to the plan.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::calendar::event::When;
use crate::plan::change::{PinSession, Replan, Together};
use crate::plan::{Change, Keep, PinEntry, Plan};
use crate::progress::{Progress, progress};

/// A session that the learner moved in their calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The id of its item.
    pub item: String,
    /// Its title.
    pub title: String,
    /// Its time as exported to the calendar.
    pub from: When,
    /// Its time in the calendar now.
    pub to: When,
}

/// A move that the plan rejects, with the reason.
#[derive(Debug, Clone, PartialEq)]
pub struct RejectedMove {
    /// The move.
    pub moved: Moved,
    /// The reason, as a sentence for people.
    pub why: String,
}

/// The change that pins each moved session where the learner put it, and the moves that the plan
/// rejects. Other sessions stay where they are as far as they fit. The change is `None` if there is
/// nothing to pin. Rejected moves are those into the past, and those of two sessions of an item to
/// the same time.
pub fn pins(
    plan: &Plan,
    moved: &[Moved],
    now: DateTime<Utc>,
) -> (Option<Change>, Vec<RejectedMove>) {
    let progress = progress(plan, now);
    let (mut trial, mut changes, mut refused) = (plan.clone(), Vec::new(), Vec::new());
    for moved in moved {
        let change = pin(plan, &progress, &trial, moved);
        let taken = if moved.to.start <= now.timestamp() {
            Err("It is in the past: log it if it was done.".to_owned())
        } else {
            trial.apply(&change).map_err(|problem| problem.to_string())
        };
        match taken {
            Ok(taken) => {
                trial = taken;
                changes.push(change);
            }
            Err(why) => {
                let moved = moved.clone();
                refused.push(RejectedMove { moved, why });
            }
        }
    }
    if changes.is_empty() {
        return (None, refused);
    }
    // A learner who moves one session in a calendar expects the others to stay.
    let keep = Keep::Fitting;
    changes.push(Change::Replan(Replan { keep }));
    let name = "Moved in the calendar".to_owned();
    (Some(Change::All(Together { name, changes })), refused)
}

/// The change that moves a session to its new time, replacing the one at its old time. `trial` is
/// the plan after the earlier moves.
fn pin(plan: &Plan, progress: &Progress, trial: &Plan, moved: &Moved) -> Change {
    let local = |seconds| {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        plan.local(instant)
    };
    let written = |start: NaiveDateTime| start.format("%Y-%m-%dT%H:%M").to_string();
    let from = local(moved.from.start);
    let is_pinned = |plan: &Plan| {
        let mut pins = plan.pins().iter();
        pins.any(|pin| pin.item == moved.item && pin.start == from)
    };
    let item = plan.roadmap().item(&moved.item);
    let is_to_come = item.is_some_and(|item| progress.is_to_come(item, from));
    // Another session may have been moved to where this one was.
    let is_there = is_pinned(plan) || is_to_come && !is_pinned(trial);
    Change::Pin(PinSession {
        pin: PinEntry {
            item: moved.item.clone(),
            start: written(local(moved.to.start)),
            minutes: u32::try_from(moved.to.minutes()).unwrap_or(u32::MAX),
        },
        instead: is_there.then(|| written(from)),
    })
}
