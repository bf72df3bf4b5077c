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

/// The field of a plan file with its roadmap.
const ROADMAP: &str = "roadmap";

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
    /// The step from one plan to another. Their roadmaps are part of it only if they differ: few
    /// changes touch them, and a roadmap is longer than the rest of a plan.
    ///
    /// # Errors
    /// Only if a plan can't be written as JSON, which never happens to a valid plan.
    pub fn back(name: String, from: &Plan, to: &Plan) -> Result<Self, InputError> {
        let has_roadmap = !from.has_roadmap_of(to);
        let patch = diff(&value(from, has_roadmap)?, &value(to, has_roadmap)?);
        let packed = Packed::new(&patch).map_err(|why| unwritten(from, &why))?;
        Ok(Self { name, packed })
    }

    /// Applies the step to `plan`.
    ///
    /// # Errors
    /// If the step doesn't fit the plan.
    pub fn apply(&self, plan: &Plan) -> Result<Plan, InputError> {
        let steps: Patch = self.packed.open().map_err(|error| self.refuse(&error))?;
        let has_roadmap = steps.iter().any(|step| {
            let path = step.path();
            path.first().is_some_and(|first| first.decoded() == ROADMAP)
        });
        let mut file = value(plan, has_roadmap)?;
        patch(&mut file, &steps).map_err(|error| self.refuse(&error))?;
        let file: PlanFile = serde_json::from_value(file).map_err(|error| self.refuse(&error))?;
        if has_roadmap {
            Plan::from_file_in(file, plan.zone().database())
        } else {
            plan.with_file(file)
        }
    }

    fn refuse(&self, error: &dyn Display) -> InputError {
        let why = format!("it doesn't fit the plan: {error}");
        InputError::new(ErrorCode::NotUndone, "step", &self.name, why)
    }
}

/// The plan's file, with or without its roadmap.
fn value(plan: &Plan, has_roadmap: bool) -> Result<Value, InputError> {
    let mut file = plan.to_file_without_roadmap();
    file.roadmap = has_roadmap.then(|| plan.roadmap().file.clone());
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
        // The sessions of other plans come along with a change that uses them.
        let is_own = |change: &&Change| !matches!(change, Change::OtherPlans(_));
        let own: Vec<&Change> = changes.iter().filter(is_own).collect();
        match own[..] {
            [change] => name(change),
            [] if !changes.is_empty() => name(&changes[0]),
            [] => "Nothing".to_owned(),
            [first, ref rest @ ..] => {
                let more = words::count(rest.len(), "more change");
                format!("{} and {more}", name(first))
            }
        }
    }
}
