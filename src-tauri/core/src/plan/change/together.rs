//! Several changes as one.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Change, Draft, Edit, Effect, PageField, SetBaseline};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::Plan;

/// Makes several changes as one, with one name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Together {
    /// Their name in the list of what can be undone.
    pub name: String,
    /// None of them another `All`.
    pub changes: Vec<Change>,
}

impl Together {
    /// The changes that a learner decides for. The plan that they give becomes a baseline of this
    /// name, so that nobody stays behind an earlier plan after having decided. (A plan with the
    /// most baselines gets no other.)
    pub(crate) fn decided(plan: &Plan, name: &str, changes: &[Change]) -> Change {
        let mut changes = changes.to_vec();
        let baseline = plan.new_baseline_name(name);
        changes.extend(baseline.map(|name| Change::Baseline(SetBaseline { name })));
        let name = name.to_owned();
        Change::All(Self { name, changes })
    }
}

impl Edit for Together {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        for change in &self.changes {
            if matches!(change, Change::All(_)) {
                let expected = "list them one after the other";
                let error = InputError::new(ErrorCode::ChangeInChange, "changes", "all", expected);
                return Err(error.because("can't be nested"));
            }
            change.edit().apply(draft)?;
        }
        Ok(())
    }

    fn name(&self, _: &BeforeAfter) -> String {
        self.name.clone()
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Each(&self.changes)
    }
}
