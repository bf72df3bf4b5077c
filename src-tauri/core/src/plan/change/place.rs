//! A session of waiting work: the learner gives it a time.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::InputError;
use crate::plan::Pin;
use crate::plan::entries::{MOST_PINS, PinEntry, at_most, reject};

/// Gives waiting work a session. It stays there as one that was moved by hand does: until the
/// learner reschedules with more than the least disruption.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PlaceSession {
    /// The item, when and how long.
    pub session: PinEntry,
}

impl Edit for PlaceSession {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let session = plan.read_pin(&self.session)?;
        let is_same = |known: &Pin| known.item == session.item && known.start == session.start;
        if plan.pins.iter().any(is_same) {
            let error = reject("start of the session", &self.session.start, "");
            return Err(error.because("already has a session of this item"));
        }
        at_most("pins", plan.pins.len() + 1, MOST_PINS)?;
        plan.pins.push(Pin {
            moved: true,
            ..session
        });
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("{} placed", plans.title(&self.session.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Place
    }
}
