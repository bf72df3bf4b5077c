//! An edited or updated text of the roadmap, merged into the plan.

mod build;
mod ids;
mod report;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::steps::ticks_kept;
use super::{BeforeAfter, Draft, Edit, Effect, PageField, new_ids};
use crate::input_error::{ErrorCode, InputError};
use crate::outline;
use crate::plan::{Plan, text};
use crate::roadmap::Roadmap;

pub use report::{MergeKind, MergedLine};

/// Merges a text of the roadmap, as [`text::write`] writes it and a person edited it. Parts with a
/// known id are that item or phase, those without one are added, and those that are missing are
/// removed. The log stays whole.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MergeText {
    /// The text.
    pub text: String,
}

/// A text merged into a plan's roadmap.
#[derive(Debug, Clone, PartialEq)]
pub struct RoadmapMerge {
    /// The merged roadmap.
    roadmap: Roadmap,
    /// Items to which the text gives another effort.
    resized: Vec<String>,
    /// The differences, in the order of the text; removed parts come last.
    pub lines: Vec<MergedLine>,
}

impl RoadmapMerge {
    /// Reads a text and merges it into the roadmap of a plan, which stays as it is.
    ///
    /// # Errors
    /// A sentence for each line that can't be used.
    pub fn of(plan: &Plan, typed: &str) -> Result<Self, Vec<InputError>> {
        let typed = outline::text_of(typed.as_bytes()).map_err(|error| vec![error])?;
        if typed.trim().is_empty() {
            let sentence = "The text is empty. Nothing would be left of the roadmap";
            return Err(vec![InputError::sentence(
                ErrorCode::OutlineEmpty,
                sentence,
            )]);
        }
        let read = text::read(&typed, plan.availability.week.minutes());
        let built = build::merged_file(plan, read)?;
        let lines = built.lines;
        let roadmap = Roadmap::from_file(built.file)
            .map_err(|error| vec![build::at_line(error, plan, &lines)])?;
        let lines = report::differences(plan, &roadmap, &lines);
        Ok(Self {
            roadmap,
            resized: built.resized,
            lines,
        })
    }

    /// Such as "2 renamed, 1 moved, 1 removed".
    pub fn in_short(&self) -> String {
        report::in_short(&self.lines)
    }

    fn settle_into(self, plan: &mut Plan) {
        if self.roadmap.file == plan.roadmap.file {
            return;
        }
        for id in &self.resized {
            plan.record.estimates.remove(id);
        }
        for (index, item) in self.roadmap.items.iter().enumerate() {
            let Some(known) = plan.roadmap.item(&item.id) else {
                continue;
            };
            // One that becomes optional stays in the plan.
            let was_optional = plan
                .roadmap
                .items
                .get(known)
                .is_some_and(|item| item.optional);
            if item.optional && !was_optional {
                plan.included.insert(item.id.clone());
            }
            let entries = plan.roadmap.entry(known).zip(self.roadmap.entry(index));
            if let (Some((before, after)), Some(ticked)) =
                (entries, plan.record.ticked.get(&item.id))
            {
                let kept = ticks_kept(&before.steps, &after.steps, ticked);
                plan.record.ticked.insert(item.id.clone(), kept);
            }
        }
        plan.follow(self.roadmap);
    }
}

impl Edit for MergeText {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let merge = RoadmapMerge::of(&draft.plan, &self.text);
        let unknown = || InputError::sentence(ErrorCode::RoadmapField, "The text can't be used");
        let merge = merge.map_err(|errors| errors.into_iter().next().unwrap_or_else(unknown))?;
        merge.settle_into(&mut draft.plan);
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let lines = BTreeMap::new();
        let differences = report::differences(plans.before, plans.after.roadmap(), &lines);
        format!("Roadmap text: {}", report::in_short(&differences))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }

    fn leaves_work(&self, plans: &BeforeAfter) -> bool {
        report::is_same_work(plans.before.roadmap(), plans.after.roadmap())
    }
}

#[cfg(test)]
mod tests;
