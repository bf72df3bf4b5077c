//! "Another topic": a session is for another item.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField, SessionStart};
use crate::input_error::InputError;
use crate::plan::entries::{MOST_PINS, PinEntry, at_most, reject};
use crate::plan::{Pin, work};

const FIELD: &str = "start of the session";

/// Studies another item in a session. That item's next session gives up its time, which the work of
/// the first one can take.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SwapTopic {
    /// The id of the session's item.
    pub item: String,
    /// Start and length of the session, and the id of the item to study instead.
    pub session: PinEntry,
}

impl SwapTopic {
    /// The session before the change.
    pub(crate) fn before(&self) -> SessionStart<'_> {
        SessionStart {
            item: &self.item,
            start: &self.session.start,
        }
    }
}

impl Edit for SwapTopic {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let pin = plan.read_pin(&self.session)?;
        let start = work::read_session_start(FIELD, &self.session.start)?;
        let left = plan.roadmap.item(&pin.item).map(|item| plan.left()[item]);
        let left = left.unwrap_or(0);
        if pin.item == self.item || left == 0 {
            let why = if left == 0 {
                "has no work left"
            } else {
                "is the session's item already"
            };
            return Err(reject("item", plan.title_of(&pin.item), "").because(why));
        }
        let is_there = |known: &Pin| {
            known.start == start && (known.item == self.item || known.item == pin.item)
        };
        plan.pins.retain(|known| !is_there(known));
        at_most("pins", plan.pins.len() + 1, MOST_PINS)?;
        plan.pins.push(Pin {
            minutes: pin.minutes.min(left),
            moved: true,
            ..pin
        });
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let (with, item) = (plans.title(&self.session.item), plans.title(&self.item));
        format!("{with} in place of {item}")
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Swap(self)
    }
}
