//! Changes to the roadmap itself: its items, their order, their texts.

mod divide;
mod items;
mod merge;
mod phases;
mod requires;
mod steps;
mod texts;

pub use divide::{MergeItems, SplitItem};
pub use items::{AddItem, MoveItem, RemoveItem, RenameItem, SetEffort, SetKind, SetOptional};
pub use merge::{MergeKind, MergeText, MergedLine, RoadmapMerge};
pub use phases::{AddPhase, MovePhase, RemovePhase, RenamePhase, SetOutcome, SetPhaseWeeks};
pub use requires::SetPrerequisite;
pub use steps::{CountSteps, SetSteps, TickStep};
pub use texts::{SetDoneWhen, SetLinks, SetNotes};

use std::sync::Arc;

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::InputError;
use crate::plan::Plan;
use crate::plan::entries::reject;
use crate::roadmap::{Ids, ItemEntry, LONGEST_TITLE, RoadmapFile};

impl Plan {
    /// Edits one item of the roadmap.
    ///
    /// # Errors
    /// If the roadmap has no such item, `edit` rejects it, or the edited roadmap can't be
    /// scheduled.
    fn edit_item(
        &mut self,
        id: &str,
        edit: impl FnOnce(&mut ItemEntry) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        self.known_item(id)?;
        self.edit_roadmap(|file| item_mut(file, id).map_or(Ok(()), edit))
    }
}

fn item_mut<'a>(file: &'a mut RoadmapFile, id: &str) -> Option<&'a mut ItemEntry> {
    let mut items = file.phases.iter_mut().flat_map(|phase| &mut phase.items);
    items.find(|item| item.id == id)
}

/// A title as typed.
fn read_title(typed: &str) -> Result<&str, InputError> {
    let title = typed.trim();
    if (1..=LONGEST_TITLE).contains(&title.chars().count()) {
        return Ok(title);
    }
    Err(reject("title", title, "enter 1 to 200 characters"))
}

/// The place of an item in a roadmap file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ItemPlace {
    phase: usize,
    item: usize,
}

fn place_of(file: &RoadmapFile, id: &str) -> Option<ItemPlace> {
    let mut phases = file.phases.iter().enumerate();
    phases.find_map(|(phase, entry)| {
        let item = entry.items.iter().position(|item| item.id == id)?;
        Some(ItemPlace { phase, item })
    })
}

/// Has other prerequisites in the place of one, in the whole roadmap.
fn replace_need(file: &mut RoadmapFile, id: &str, by: &[String]) {
    let replace = |own: &str, needs: &mut Vec<String>| {
        let Some(place) = needs.iter().position(|need| need == id) else {
            return;
        };
        let new = by
            .iter()
            .filter(|need| *need != own && !needs.contains(need));
        let new: Vec<String> = new.cloned().collect();
        needs.splice(place..=place, new);
    };
    for phase in &mut file.phases {
        replace(&phase.id, &mut phase.requires);
        for item in &mut phase.items {
            replace(&item.id, &mut item.requires);
        }
    }
}

/// An id for a new part of the roadmap.
fn new_id(plan: &Plan, title: &str, otherwise: &str) -> String {
    new_ids(plan).id(title, otherwise)
}

/// Ids for new parts of the roadmap: made from their titles, and never those of anything else, also
/// not of an item that was removed.
fn new_ids(plan: &Plan) -> Ids {
    let file = &plan.roadmap.file;
    let mut ids = Ids::default();
    for phase in &file.phases {
        ids.take(&phase.id);
        ids.take(&phase.outcome.id);
        phase.items.iter().for_each(|item| ids.take(&item.id));
    }
    let reference = &file.reference;
    let parts = [&reference.trends, &reference.strategy, &reference.outcomes];
    for entry in parts.into_iter().flatten() {
        ids.take(&entry.id);
    }
    plan.record.removed.keys().for_each(|id| ids.take(id));
    ids
}

impl Plan {
    /// The id of the phase of an item.
    ///
    /// # Errors
    /// If the roadmap has no such item.
    fn phase_id_of(&self, item: &str) -> Result<String, InputError> {
        self.known_item(item)?;
        let index = self.roadmap.item(item).unwrap_or_default();
        let phase = self.roadmap.items[index].phase;
        Ok(self.roadmap.phases[phase].id.clone())
    }

    /// Edits the roadmap, with the effort of each item in these phases stated in hours first: the
    /// other items of a phase with weeks would share what one of them gains or loses.
    fn edit_hours(
        &mut self,
        phases: &[&str],
        edit: impl FnOnce(&mut RoadmapFile) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        let roadmap = Arc::clone(&self.roadmap);
        self.edit_roadmap(|file| {
            let stated = file.phases.iter_mut();
            for phase in stated.filter(|phase| phases.contains(&phase.id.as_str())) {
                for item in &mut phase.items {
                    if let Some(index) = roadmap.item(&item.id) {
                        item.set_minutes(roadmap.items[index].effort_minutes);
                    }
                }
            }
            edit(file)
        })
    }
}

#[cfg(test)]
mod editor_tests;
#[cfg(test)]
mod tests;
