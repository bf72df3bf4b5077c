//! Prerequisites.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField, item_mut};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::Plan;
use crate::plan::entries::reject;

/// Adds or removes a prerequisite of an item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetPrerequisite {
    /// The item's id.
    pub item: String,
    /// The item or phase that comes before it, by its id or its title.
    pub needs: String,
    /// Added or removed.
    pub added: bool,
}

impl Edit for SetPrerequisite {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let phase = plan.phase_id_of(&self.item)?;
        let needs = plan.need(&self.needs)?;
        let before = plan.clone();
        let title_of = |id: &str| before.name_of_need(id).to_owned();
        let in_words = |error: InputError| {
            if error.code != ErrorCode::RoadmapCycle {
                return error;
            }
            let circle: Vec<String> = error.value().split(" → ").map(title_of).collect();
            let expected = "choose another one, or remove one of these first";
            let circle = circle.join(" → ");
            InputError::new(error.code, "prerequisite", circle, expected).because("is a circle")
        };
        let edited = plan.edit_roadmap(|file| {
            let title = &self.needs;
            let Some(item) = item_mut(file, &self.item) else {
                return Ok(());
            };
            let has = item.requires.contains(&needs);
            if self.added {
                if has {
                    let error = reject("prerequisite", title, "");
                    return Err(error.because("is one already"));
                }
                item.requires.push(needs);
                return Ok(());
            }
            if has {
                item.requires.retain(|id| *id != needs);
                return Ok(());
            }
            // The first item of a phase shows those of the phase.
            let phase = file.phases.iter_mut().find(|entry| entry.id == phase);
            match phase.filter(|phase| phase.requires.contains(&needs)) {
                Some(phase) => {
                    phase.requires.retain(|id| *id != needs);
                    Ok(())
                }
                None => {
                    let error = reject("prerequisite", title, "");
                    Err(error.because("isn't a prerequisite of this item"))
                }
            }
        });
        edited.map_err(in_words)
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let title = plans.title(&self.item);
        let needs = plans.before.need(&self.needs).unwrap_or_default();
        let needs = plans.before.name_of_need(&needs);
        if self.added {
            format!("{title} after {needs}")
        } else {
            format!("{title} no longer after {needs}")
        }
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

impl Plan {
    /// The id of the item or phase that a person typed.
    fn need(&self, typed: &str) -> Result<String, InputError> {
        let typed = typed.trim();
        let items = self
            .roadmap
            .items
            .iter()
            .map(|item| (&item.id, &item.title));
        let phases = self.roadmap.phases.iter();
        let phases = phases.map(|phase| (&phase.id, &phase.title));
        let all = || items.clone().chain(phases.clone());
        let by_id = all().find(|(id, _)| *id == typed);
        let is_it = |title: &str| title.to_lowercase() == typed.to_lowercase();
        let found = by_id.or_else(|| all().find(|(_, title)| is_it(title)));
        found.map(|(id, _)| id.clone()).ok_or_else(|| {
            let expected = "enter the title of an item or a phase";
            reject("prerequisite", typed, expected).because("isn't in the roadmap")
        })
    }

    fn name_of_need<'a>(&'a self, id: &'a str) -> &'a str {
        let mut phases = self.roadmap.phases.iter();
        let phase = phases.find(|phase| phase.id == id);
        phase.map_or_else(|| self.title_of(id), |phase| &phase.title)
    }
}
