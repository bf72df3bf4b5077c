//! Dates that differ from the usual week, and stays in other zones.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField, added_or_removed};
use crate::input_error::InputError;
use crate::plan::entries::{ExceptionEntry, MOST_EXCEPTIONS, MoveEntry, at_most, reject};
use crate::plan::time;
use crate::words;

/// Adds or removes an exception.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetException {
    /// The exception and its dates.
    pub exception: ExceptionEntry,
    /// Added or removed.
    pub added: bool,
}

impl Edit for SetException {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let availability = &mut draft.plan.availability;
        let exception = time::read_exception(&self.exception, &availability.week)?;
        let exceptions = &mut availability.exceptions;
        let value = format!("{} to {}", exception.first, exception.last);
        let place = exceptions.iter().position(|known| *known == exception);
        match (place, self.added) {
            (None, true) => {
                at_most("exceptions", exceptions.len() + 1, MOST_EXCEPTIONS)?;
                exceptions.push(exception);
            }
            (Some(place), false) => {
                exceptions.remove(place);
            }
            (Some(_), true) => {
                return Err(reject("exception", value, "").because("is already in the plan"));
            }
            (None, false) => {
                return Err(reject("exception", value, "").because("isn't in the plan"));
            }
        }
        Ok(())
    }

    fn name(&self, _: &BeforeAfter) -> String {
        let name = match self.exception {
            ExceptionEntry::TimeOff { .. } => "Time off",
            ExceptionEntry::OtherHours { .. } => "Other hours",
            ExceptionEntry::ExtraWindow { .. } => "Extra time",
        };
        let (_, first, last) = self.exception.parts();
        let when = if first.trim() == last.trim() {
            format!("on {}", in_words(first))
        } else {
            format!("from {} to {}", in_words(first), in_words(last))
        };
        format!("{name} {when} {}", added_or_removed(self.added))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// A date as it was typed, in words: "6 January 2027".
fn in_words(date: &str) -> String {
    let read = date.trim().parse();
    read.map_or_else(|_| date.to_owned(), words::plain_date)
}

/// Adds or removes a stay in another zone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetJourney {
    /// The zone, and the first day there.
    pub journey: MoveEntry,
    /// Added or removed.
    pub added: bool,
}

impl Edit for SetJourney {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let (from, zone) = time::read_journey(&self.journey, draft.plan.zone().database())?;
        let moves = &mut draft.plan.availability.moves;
        if self.added {
            at_most("journeys", moves.len() + 1, MOST_EXCEPTIONS)?;
            moves.retain(|(other, _)| *other != from);
            moves.push((from, zone));
            moves.sort_by_key(|(from, _)| *from);
        } else if moves.contains(&(from, zone)) {
            moves.retain(|known| *known != (from, zone));
        } else {
            let value = format!("{} from {from}", zone.name());
            return Err(reject("journey", value, "").because("isn't in the plan"));
        }
        Ok(())
    }

    fn name(&self, _: &BeforeAfter) -> String {
        let MoveEntry { from, zone } = &self.journey;
        format!(
            "{zone} from {} {}",
            in_words(from),
            added_or_removed(self.added)
        )
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}
