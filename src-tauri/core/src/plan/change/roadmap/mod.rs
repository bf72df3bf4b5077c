//! Changes to the roadmap itself: its items, their order, their texts.

mod steps;
mod texts;

pub use steps::{CountSteps, SetSteps, TickStep};
pub use texts::{SetDoneWhen, SetLinks, SetNotes};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::InputError;
use crate::plan::Plan;
use crate::roadmap::{ItemEntry, RoadmapFile};

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

#[cfg(test)]
mod tests;
