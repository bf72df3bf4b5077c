//! "Set aside": a session isn't studied at its time, and its work waits.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField, SessionStart};
use crate::availability::Busy;
use crate::input_error::InputError;
use crate::plan::Pin;
use crate::plan::entries::PinEntry;

/// Sets a session aside: its time stays free of work, and its work waits until the learner places
/// it or reschedules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetAside {
    /// The session: its item, start and length.
    pub session: PinEntry,
}

impl Edit for SetAside {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let session = plan.read_pin(&self.session)?;
        let is_it = |pin: &Pin| pin.item == session.item && pin.start == session.start;
        plan.pins.retain(|pin| !is_it(pin));
        let start = plan.instant(session.start);
        plan.keep_free(Busy {
            start,
            end: start + TimeDelta::minutes(session.minutes.into()),
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Session of {} set aside", plans.title(&self.session.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::SetAside(SessionStart {
            item: &self.session.item,
            start: &self.session.start,
        })
    }
}
