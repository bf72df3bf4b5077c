//! Undo and redo: each change with its name and its inverse.

use std::fmt::Display;

use json_patch::{Patch, diff, patch};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::packed::Packed;
use crate::difference::moves;
use crate::input_error::{ErrorCode, InputError};
use crate::plan::{Change, Plan, PlanFile};
use crate::words;

/// A change that can be undone or redone.
///
/// Stored as the difference of the two plan files (RFC 6902), which is small compared to a plan. If
/// many sessions moved it is still long, so it is packed: once, because each save writes every
/// step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "StoredStep")]
pub struct UndoStep {
    /// Such as "Hours 10 → 8".
    pub name: String,
    /// A [`Patch`] from the later plan to the earlier one.
    packed: Packed,
}

/// A step in a document. Documents of version 2 have an unpacked patch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredStep {
    name: String,
    patch: Option<Patch>,
    packed: Option<Packed>,
}

impl TryFrom<StoredStep> for UndoStep {
    type Error = String;

    fn try_from(stored: StoredStep) -> Result<Self, String> {
        let packed = match (stored.packed, stored.patch) {
            (Some(packed), None) => packed,
            (None, Some(patch)) => Packed::new(&patch)?,
            _ => return Err("a step has either packed or patch".to_owned()),
        };
        let name = stored.name;
        Ok(Self { name, packed })
    }
}

impl UndoStep {
    /// The step from one plan to another of the same roadmap.
    ///
    /// # Errors
    /// Only if a plan can't be written as JSON, which never happens to a valid plan.
    pub fn back(name: String, from: &Plan, to: &Plan) -> Result<Self, InputError> {
        let patch = diff(&value(from)?, &value(to)?);
        let packed = Packed::new(&patch).map_err(|why| unwritten(from, &why))?;
        Ok(Self { name, packed })
    }

    /// Applies the step to `plan`.
    ///
    /// # Errors
    /// If the step doesn't fit the plan.
    pub fn apply(&self, plan: &Plan) -> Result<Plan, InputError> {
        let mut file = value(plan)?;
        let steps: Patch = self.packed.open().map_err(|error| self.refuse(&error))?;
        patch(&mut file, &steps).map_err(|error| self.refuse(&error))?;
        let file: PlanFile = serde_json::from_value(file).map_err(|error| self.refuse(&error))?;
        plan.with_file(file)
    }

    fn refuse(&self, error: &dyn Display) -> InputError {
        let why = format!("it doesn't fit the plan: {error}");
        InputError::new(ErrorCode::NotUndone, "step", &self.name, why)
    }
}

/// The plan's file without its roadmap, which no change touches.
fn value(plan: &Plan) -> Result<Value, InputError> {
    let file = plan.to_file_without_roadmap();
    serde_json::to_value(file).map_err(|error| unwritten(plan, &error))
}

fn unwritten(plan: &Plan, why: &dyn Display) -> InputError {
    let why = format!("it can't be written: {why}");
    InputError::new(ErrorCode::PlanField, "plan file", plan.id(), why)
}

impl Plan {
    /// The name of changes of this plan that led to `after`, in the list of what can be undone:
    /// such as "Hours 10 → 8".
    pub fn name_of(&self, changes: &[Change], after: &Self) -> String {
        let name = |change: &Change| match change {
            // A re-plan is named by what it moved.
            Change::Replan(_) => moves(self, after).in_words(),
            _ => None,
        };
        let name = |change| name(change).unwrap_or_else(|| change.name(self, after));
        match changes {
            [change] => name(change),
            [] => "Nothing".to_owned(),
            [first, rest @ ..] => {
                let more = words::count(rest.len(), "more change");
                format!("{} and {more}", name(first))
            }
        }
    }
}
