//! Sessions that the learner puts somewhere, and a re-plan of the others.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, Keep, PageField, SOON, SessionStart};
use crate::input_error::InputError;
use crate::plan::Pin;
use crate::plan::entries::{MOST_PINS, PinEntry, at_most, reject};
use crate::plan::work;
use crate::words;

const FIELD: &str = "start of the session";

/// Puts a session somewhere for good, or moves it there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PinSession {
    /// The item, when and how long.
    pub pin: PinEntry,
    /// Start of the item's session that moves there, if it is one. It leaves its old time; all
    /// others stay if they still fit. It stays until the learner reschedules with more than the
    /// least disruption, or for good if it was pinned.
    pub instead: Option<String>,
}

impl Edit for PinSession {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let mut pin = plan.read_pin(&self.pin)?;
        let is_at = |known: &Pin, start| known.item == pin.item && known.start == start;
        if let Some(start) = &self.instead {
            // A session that isn't pinned loses its place when the plan is rescheduled.
            let start = work::read_session_start(FIELD, start)?;
            let is_pinned = |known: &Pin| is_at(known, start) && !known.moved;
            let was_pinned = plan.pins.iter().any(is_pinned);
            plan.pins.retain(|known| !is_at(known, start));
            pin.moved = !was_pinned;
        } else {
            // A session that was moved is now pinned.
            plan.pins
                .retain(|known| !(is_at(known, pin.start) && known.moved));
        }
        let is_same = |known: &Pin| known.item == pin.item && known.start == pin.start;
        if plan.pins.iter().any(is_same) {
            let error = reject(FIELD, &self.pin.start, "");
            return Err(error.because("already has a pinned session of this item"));
        }
        at_most("pins", plan.pins.len() + 1, MOST_PINS)?;
        plan.pins.push(pin);
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let done = self.instead.as_ref().map_or("pinned", |_| "moved");
        format!("{} {done}", plans.title(&self.pin.item))
    }

    fn effect(&self) -> Effect<'_> {
        match &self.instead {
            Some(start) => Effect::Move(SessionStart {
                item: &self.pin.item,
                start,
            }),
            None => Effect::Place,
        }
    }
}

/// Lets a pinned session go where the plan has room for it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct UnpinSession {
    /// The item's id.
    pub item: String,
    /// Its start, such as `2027-01-09T14:00`.
    pub start: String,
}

impl Edit for UnpinSession {
    fn field() -> PageField {
        PageField::LIST_PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        plan.known_item(&self.item)?;
        let start = work::read_session_start(FIELD, &self.start)?;
        let is_it = |pin: &Pin| pin.item == self.item && pin.start == start;
        let Some(place) = plan.pins.iter().position(is_it) else {
            let error = reject(FIELD, &self.start, "");
            return Err(error.because("has no pinned session of this item"));
        };
        plan.pins.remove(place);
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("{} unpinned", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Lets sessions that the learner placed go where the plan has room for them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ReleaseSessions {
    /// Whether pinned sessions are released too, and not only those moved by hand.
    pub pinned: bool,
}

impl Edit for ReleaseSessions {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.pins.retain(|pin| !pin.moved && !self.pinned);
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let released = plans.before.pins.len() - plans.after.pins.len();
        format!("{} released", words::count(released, "session"))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

impl Draft<'_> {
    /// Lets sessions that were moved by hand go, but with the least disruption, and in the next
    /// three days if these are kept.
    fn release_moved(&mut self, keep: Keep) {
        let soon = self.plan.local(self.now + SOON);
        self.plan.pins.retain(|pin| {
            let stays = match keep {
                Keep::Frozen => false,
                Keep::Soon => pin.start < soon,
                Keep::Fitting => true,
            };
            !pin.moved || stays
        });
    }
}

/// Reschedules what is left from now on. Sessions moved by hand stay only with the least
/// disruption.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Replan {
    /// The sessions that stay where they are.
    pub keep: Keep,
}

impl Edit for Replan {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.release_moved(self.keep);
        Ok(())
    }

    fn name(&self, _: &BeforeAfter) -> String {
        "Rescheduled, nothing moved".to_owned()
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Replan(self.keep)
    }
}

/// Reschedules what is left from today on. The log stays; the sessions of the past, missed ones
/// above all, are forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct StartAgain {
    /// The sessions that stay where they are.
    pub keep: Keep,
}

impl StartAgain {
    /// Its name, as an option and in the list of what can be undone.
    pub(crate) const NAME: &str = "Start again from today";
}

impl Edit for StartAgain {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.release_moved(self.keep);
        Ok(())
    }

    fn name(&self, _: &BeforeAfter) -> String {
        Self::NAME.to_owned()
    }

    fn effect(&self) -> Effect<'_> {
        Effect::StartAgain(self.keep)
    }
}
