//! One item as two, and two as one.

use serde::{Deserialize, Serialize};

use super::items::{insert, take};
use super::{
    BeforeAfter, Draft, Edit, Effect, ItemPlace, PageField, new_id, place_of, read_title,
    replace_need,
};
use crate::input_error::InputError;
use crate::plan::entries::reject;
use crate::plan::record::Record;
use crate::plan::{Plan, PriorKnowledge};
use crate::roadmap::ItemEntry;
use crate::words;

/// Splits an item: a part of its effort becomes an item of its own, right after it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SplitItem {
    /// The item's id. It keeps its log.
    pub item: String,
    /// The title of the new item.
    pub title: String,
    /// The effort of the new item, as typed.
    pub effort: String,
}

impl Edit for SplitItem {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let phase = plan.phase_id_of(&self.item)?;
        let title = read_title(&self.title)?;
        let part = plan.read_effort(&self.effort)?;
        let index = plan.roadmap.item(&self.item).unwrap_or_default();
        let all = plan.roadmap.items[index].effort_minutes;
        let left = plan.left()[index];
        if part == 0 || part >= all || part > left && left > 0 {
            let most = if left > 0 { left.min(all) } else { all };
            let expected = format!("enter less than {}", words::effort(most.into()));
            return Err(reject("effort", &self.effort, &expected));
        }
        let id = new_id(plan, title, "item");
        plan.edit_hours(&[&phase], |file| {
            let Some(place) = place_of(file, &self.item) else {
                return Ok(());
            };
            // Items that needed the whole need both parts.
            replace_need(file, &self.item, std::slice::from_ref(&id));
            let item = &mut file.phases[place.phase].items[place.item];
            item.set_minutes(all - part);
            let new = ItemEntry {
                kind: item.kind,
                group: item.group.clone(),
                optional: item.optional,
                requires: vec![self.item.clone()],
                ..ItemEntry::new(id.clone(), title, part)
            };
            let after = ItemPlace {
                item: place.item + 1,
                ..place
            };
            insert(file, after, new);
            Ok(())
        })?;
        if let Some(&date) = plan.not_before.get(&self.item) {
            plan.not_before.insert(id.clone(), date);
        }
        if plan.included.contains(&self.item) {
            plan.included.insert(id);
        }
        let logged = plan.logged().get(&self.item).copied().unwrap_or(0);
        if let Some(estimate) = plan.record.estimates.get_mut(&self.item) {
            *estimate = estimate.saturating_sub(part).max(logged);
        }
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!(
            "{} split off {}",
            self.title.trim(),
            plans.title(&self.item)
        )
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Merges two items. Effort, texts and log of the second one join those of the first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MergeItems {
    /// The id of the item that stays.
    pub item: String,
    /// The id of the other one.
    pub with: String,
}

impl Edit for MergeItems {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let phases = [plan.phase_id_of(&self.item)?, plan.phase_id_of(&self.with)?];
        if self.item == self.with {
            let expected = "choose another item";
            return Err(reject("item", plan.title_of(&self.item), expected));
        }
        let [first, second] = [&self.item, &self.with].map(|id| MergedPart::of(plan, id));
        plan.merge_record(&self.item, &self.with);
        plan.edit_hours(&[&phases[0], &phases[1]], |file| {
            replace_need(file, &self.with, std::slice::from_ref(&self.item));
            let Some(other) = take(file, &self.with) else {
                return Ok(());
            };
            if let Some(item) = super::item_mut(file, &self.item) {
                join(item, other);
                item.set_minutes(first.effort.saturating_add(second.effort));
                item.requires
                    .retain(|id| *id != self.item && *id != self.with);
            }
            Ok(())
        })?;
        plan.record.removed.remove(&self.with);
        let known = first.known.saturating_add(second.known);
        if known > 0 {
            let known = PriorKnowledge::Minutes(known);
            plan.prior_knowledge.insert(self.item.clone(), known);
        }
        // Estimated, or done before the roadmap's effort was used up.
        let expected = first.expected.saturating_add(second.expected);
        let index = plan.roadmap.item(&self.item).unwrap_or_default();
        plan.record.estimates.remove(&self.item);
        if expected != plan.expected_minutes(&plan.roadmap.items[index]) {
            plan.record.estimates.insert(self.item.clone(), expected);
        }
        if first.is_finished && second.is_finished {
            plan.record.finished.insert(self.item.clone());
        } else {
            plan.record.finished.remove(&self.item);
        }
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!(
            "{} merged into {}",
            plans.title(&self.with),
            plans.title(&self.item)
        )
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// The minutes that an item brings into a merged one.
struct MergedPart {
    effort: u32,
    known: u32,
    /// Total minutes: the logged ones if it is finished.
    expected: u32,
    is_finished: bool,
}

impl MergedPart {
    fn of(plan: &Plan, id: &str) -> Self {
        let index = plan.roadmap.item(id).unwrap_or_default();
        let item = &plan.roadmap.items[index];
        let logged = plan.logged().get(id).copied().unwrap_or(0);
        let is_finished = plan.is_finished(id);
        Self {
            effort: item.effort_minutes,
            known: item.effort_minutes - plan.first_estimate(item),
            expected: if is_finished {
                logged
            } else {
                plan.last_estimate(item)
            },
            is_finished,
        }
    }
}

impl MergeItems {
    /// Gives sessions that were rescheduled after the change to the item that stays.
    pub(in crate::plan) fn settle(&self, plan: &mut Plan) {
        plan.merge_record(&self.item, &self.with);
    }
}

impl Plan {
    /// Gives the record of one item to another.
    fn merge_record(&mut self, item: &str, with: &str) {
        let renamed = |id: &mut String| {
            if id == with {
                item.clone_into(id);
            }
        };
        for pin in &mut self.pins {
            renamed(&mut pin.item);
        }
        let record: &mut Record = &mut self.record;
        for entry in &mut record.log {
            renamed(&mut entry.item);
        }
        let baselines = record
            .baselines
            .iter_mut()
            .flat_map(|set| &mut set.sessions);
        for session in record.past.iter_mut().chain(baselines) {
            renamed(&mut session.item);
        }
        if let Some(basis) = &mut record.basis {
            for session in &mut basis.kept {
                renamed(&mut session.item);
            }
            if let Some(done) = basis.done.remove(with) {
                *basis.done.entry(item.to_owned()).or_default() += done;
            }
            basis.past_done.remove(item);
            basis.past_done.remove(with);
        }
        if let Some(steps) = record.ticked.remove(with) {
            record
                .ticked
                .entry(item.to_owned())
                .or_default()
                .extend(steps);
        }
        record.sort();
    }
}

/// Adds the texts of an item to those of another.
fn join(item: &mut ItemEntry, other: ItemEntry) {
    let with = |text: &mut String, more: &str, between: &str| {
        if !text.is_empty() && !more.is_empty() {
            text.push_str(between);
        }
        text.push_str(more);
    };
    with(&mut item.summary, &other.summary, " ");
    with(&mut item.done_when, &other.done_when, " ");
    with(&mut item.notes, &other.notes, "\n\n");
    for link in other.links {
        if !item.links.contains(&link) {
            item.links.push(link);
        }
    }
    for step in other.steps {
        if !item.steps.iter().any(|known| known.title == step.title) {
            item.steps.push(step);
        }
    }
    for id in other.requires {
        if !item.requires.contains(&id) {
            item.requires.push(id);
        }
    }
}
