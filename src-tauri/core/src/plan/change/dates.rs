//! When the plan starts, and in which zone.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::InputError;
use crate::plan::typed;

/// Sets the day the plan starts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetStart {
    /// Such as `2027-01-04`, as typed.
    pub value: String,
}

impl Edit for SetStart {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.start = typed::read_start(&self.value)?;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Start {} → {}", plans.before.start, plans.after.start)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the time zone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetZone {
    /// IANA name, such as `Europe/Berlin`, as typed.
    pub value: String,
}

impl Edit for SetZone {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let zones = draft.plan.zone().database();
        draft.plan.availability.zone = typed::read_zone(&self.value, zones)?;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let (before, after) = (plans.before.zone(), plans.after.zone());
        format!("Time zone {before} → {after}")
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}
