//! Busy time from calendar files.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Change, Draft, Edit, Effect, PageField};
use crate::availability::Busy;
use crate::input_error::InputError;
use crate::plan::entries::BusyEntry;

/// Sets the busy time of a calendar file, in place of what was read from it before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetBusy {
    /// The file's name, such as `work.ics`.
    pub source: String,
    /// Times that are taken.
    pub times: Vec<BusyEntry>,
}

impl Edit for SetBusy {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.set_busy(&self.source, &self.times)
    }

    fn name(&self, _: &BeforeAfter) -> String {
        format!("Busy time of {} imported", self.source)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Removes the busy time of a calendar file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RemoveBusy {
    /// The file's name.
    pub source: String,
}

impl Edit for RemoveBusy {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.drop_busy(&self.source)
    }

    fn name(&self, _: &BeforeAfter) -> String {
        format!("Busy time of {} removed", self.source)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

impl Change {
    /// The change that sets the busy time of a source.
    pub fn busy(source: &str, busy: Vec<Busy>) -> Self {
        Self::Busy(SetBusy {
            source: source.to_owned(),
            times: busy.into_iter().map(BusyEntry::from).collect(),
        })
    }
}
