//! The plan among the learner's others: its name, and their sessions as busy time.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::InputError;
use crate::plan::OtherSessions;

/// Gives the plan a name of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetPlanName {
    /// As typed; empty for the title of the roadmap.
    pub value: String,
}

impl Edit for SetPlanName {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.set_name(&self.value)
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Plan renamed “{}”", plans.after.title())
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// Sets the sessions of the learner's other plans, in place of those that the plan knew. Made
/// together with a change that reschedules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetOtherPlans {
    /// Their sessions to come, by the plan's title.
    pub plans: OtherSessions,
}

impl Edit for SetOtherPlans {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.set_other_plans(&self.plans)
    }

    fn name(&self, _: &BeforeAfter) -> String {
        "Your other plans' sessions updated".to_owned()
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// Counts the sessions of the learner's other plans as busy time, or leaves them out of account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CountOtherPlans {
    /// Whether they count.
    pub counts: bool,
}

impl Edit for CountOtherPlans {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.count_other_plans(self.counts);
        Ok(())
    }

    fn name(&self, _: &BeforeAfter) -> String {
        let are = if self.counts { "are" } else { "aren't" };
        format!("Other plans {are} busy time")
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}
