//! Items of the roadmap: added, renamed, moved and removed.

use serde::{Deserialize, Serialize};

use super::{
    BeforeAfter, Draft, Edit, Effect, ItemPlace, PageField, new_id, place_of, read_title,
    replace_need,
};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::entries::reject;
use crate::plan::{Plan, typed};
use crate::roadmap::{ItemEntry, ItemKind, RoadmapFile};
use crate::words;

/// Adds an item to a phase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct AddItem {
    /// The phase's id.
    pub phase: String,
    /// The id of the item before which it is added; `None` for the end of the phase.
    pub before: Option<String>,
    /// Its title.
    pub title: String,
    /// Its effort, as typed.
    pub effort: String,
}

impl Edit for AddItem {
    fn field() -> PageField {
        PageField::PER_PHASE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        plan.known_phase("phase", &self.phase)?;
        let title = read_title(&self.title)?;
        let minutes = plan.read_effort(&self.effort)?;
        let id = new_id(plan, title, "item");
        let before = self.before.as_deref();
        plan.edit_hours(&[&self.phase], |file| {
            let place = target(file, &self.phase, before)?;
            let mut item = ItemEntry::new(id, title, minutes);
            item.group = group_at(file, place);
            insert(file, place, item);
            Ok(())
        })
    }

    fn name(&self, _: &BeforeAfter) -> String {
        format!("{} added", self.title.trim())
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Gives an item another title.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RenameItem {
    /// The item's id.
    pub item: String,
    /// Its title.
    pub title: String,
}

impl Edit for RenameItem {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let title = read_title(&self.title)?;
        draft.plan.edit_item(&self.item, |entry| {
            title.clone_into(&mut entry.title);
            Ok(())
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("{} → {}", plans.title(&self.item), self.title.trim())
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// Sets the roadmap's effort of an item, in place of the learner's estimate too.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetEffort {
    /// The item's id.
    pub item: String,
    /// Such as `12h`, `90m`, `1.5 h` or `2 weeks` of the plan's hours.
    pub value: String,
}

impl Edit for SetEffort {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let minutes = plan.read_effort(&self.value)?;
        let phase = plan.phase_id_of(&self.item)?;
        plan.edit_hours(&[&phase], |file| {
            if let Some(item) = super::item_mut(file, &self.item) {
                item.set_minutes(minutes);
            }
            Ok(())
        })?;
        plan.record.estimates.remove(&self.item);
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let index = plans.after.roadmap().item(&self.item);
        let item = index.and_then(|index| plans.after.roadmap().items.get(index));
        let minutes = item.map_or(0, |item| item.effort_minutes);
        let effort = words::effort(minutes.into());
        format!("Effort of {} {effort}", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the kind of an item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetKind {
    /// The item's id.
    pub item: String,
    /// Its kind.
    pub value: ItemKind,
}

impl Edit for SetKind {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.edit_item(&self.item, |entry| {
            entry.kind = self.value;
            Ok(())
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Kind of {}", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        // A project is studied alone, so its kind can move sessions.
        Effect::Reschedule
    }
}

/// Makes an item optional, or a fixed part of the roadmap. One that becomes optional stays in the
/// plan until the learner leaves it out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetOptional {
    /// The item's id.
    pub item: String,
    /// Optional or not.
    pub optional: bool,
}

impl Edit for SetOptional {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        plan.edit_item(&self.item, |entry| {
            entry.optional = self.optional;
            Ok(())
        })?;
        if self.optional {
            plan.include(&self.item, true)?;
        }
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let is = if self.optional {
            "optional"
        } else {
            "not optional"
        };
        format!("{} {is}", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Moves an item to another place, in its phase or another one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MoveItem {
    /// The item's id.
    pub item: String,
    /// The id of the phase it moves to.
    pub phase: String,
    /// The id of the item before which it is put; `None` for the end of the phase.
    pub before: Option<String>,
}

impl Edit for MoveItem {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let from = plan.phase_id_of(&self.item)?;
        plan.known_phase("phase", &self.phase)?;
        if self.before.as_ref() == Some(&self.item) {
            return Ok(());
        }
        plan.edit_hours(&[&from, &self.phase], |file| {
            let Some(mut item) = take(file, &self.item) else {
                return Ok(());
            };
            let place = target(file, &self.phase, self.before.as_deref())?;
            item.group = group_at(file, place);
            insert(file, place, item);
            Ok(())
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("{} moved", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Removes an item. Its log stays.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RemoveItem {
    /// The item's id.
    pub item: String,
    /// Whether to remove it even if work was logged on it.
    pub confirmed: bool,
}

impl Edit for RemoveItem {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let phase = plan.phase_id_of(&self.item)?;
        if !self.confirmed {
            plan.reject_logged(&[&self.item], "item", plan.title_of(&self.item))?;
        }
        plan.edit_hours(&[&phase], |file| {
            if let Some(item) = take(file, &self.item) {
                // The order stays: the items after it come after those before it.
                replace_need(file, &self.item, &item.requires);
            }
            Ok(())
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("{} removed", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

impl Plan {
    /// An effort as typed, in minutes.
    pub(super) fn read_effort(&self, text: &str) -> Result<u32, InputError> {
        typed::effort("effort", text, self.availability.week.minutes())
    }

    /// Rejects the removal of items with logged work, unless the learner confirmed it.
    pub(super) fn reject_logged(
        &self,
        items: &[&str],
        field: &str,
        title: &str,
    ) -> Result<(), InputError> {
        let logged = self.logged();
        let logged = items.iter().filter_map(|item| logged.get(*item));
        let logged: u64 = logged.map(|minutes| u64::from(*minutes)).sum();
        if logged == 0 {
            return Ok(());
        }
        let expected = "the log stays if you remove it";
        let error = InputError::new(ErrorCode::HasLog, field, title, expected);
        Err(error.because(format!("has {} in the log", words::effort(logged))))
    }
}

/// The place before an item of a phase, or at its end.
pub(super) fn target(
    file: &RoadmapFile,
    phase: &str,
    before: Option<&str>,
) -> Result<ItemPlace, InputError> {
    let index = file.phases.iter().position(|entry| entry.id == phase);
    let index = index.unwrap_or_default();
    let items = file.phases.get(index).map(|phase| phase.items.as_slice());
    let items = items.unwrap_or_default();
    let place = match before {
        None => Some(items.len()),
        Some(before) => items.iter().position(|item| item.id == before),
    };
    match place {
        Some(item) => Ok(ItemPlace { phase: index, item }),
        None => Err(reject(
            "item",
            before.unwrap_or_default(),
            "enter the id of an item of that phase",
        )),
    }
}

pub(super) fn insert(file: &mut RoadmapFile, place: ItemPlace, item: ItemEntry) {
    if let Some(phase) = file.phases.get_mut(place.phase) {
        let at = place.item.min(phase.items.len());
        phase.items.insert(at, item);
    }
}

pub(super) fn take(file: &mut RoadmapFile, id: &str) -> Option<ItemEntry> {
    let place = place_of(file, id)?;
    let phase = file.phases.get_mut(place.phase)?;
    Some(phase.items.remove(place.item))
}

/// The heading at a place: that of the item there, or else of the one before it.
fn group_at(file: &RoadmapFile, place: ItemPlace) -> String {
    let items = file.phases.get(place.phase).map(|phase| &phase.items);
    let at = |index: usize| items.and_then(|items| items.get(index));
    let neighbour = at(place.item).or_else(|| at(place.item.checked_sub(1)?));
    neighbour.map(|item| item.group.clone()).unwrap_or_default()
}
