//! A plan follows another roadmap: an edited one, or a new one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Plan;
use super::record::Record;
use crate::input_error::InputError;
use crate::roadmap::{Roadmap, RoadmapFile};

impl Plan {
    /// Edits the roadmap.
    ///
    /// # Errors
    /// If `edit` rejects it, or the edited roadmap can't be scheduled; the plan is then as before.
    pub(super) fn edit_roadmap(
        &mut self,
        edit: impl FnOnce(&mut RoadmapFile) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        let mut file = self.roadmap.file.clone();
        edit(&mut file)?;
        self.follow(Roadmap::from_file(file)?);
        Ok(())
    }

    /// Follows another roadmap. Decisions about items with the same id stay; those about other
    /// items are dropped. The record stays whole: it keeps the titles of items that were removed.
    pub(super) fn follow(&mut self, roadmap: Roadmap) {
        let former = std::mem::replace(&mut self.roadmap, Arc::new(roadmap));
        let roadmap = Arc::clone(&self.roadmap);
        let knows = |id: &str| roadmap.item(id).is_some();
        let is_optional = |id: &String| {
            let item = roadmap.item(id).and_then(|index| roadmap.items.get(index));
            item.is_some_and(|item| item.optional)
        };
        self.included.retain(is_optional);
        self.priorities.retain(|id, _| knows(id));
        self.not_before.retain(|id, _| knows(id));
        self.prior_knowledge.retain(|id, _| knows(id));
        self.pins.retain(|pin| knows(&pin.item));
        let is_phase = |id: &str| roadmap.phases.iter().any(|phase| phase.id == id);
        self.phase_targets.retain(|id, _| is_phase(id));

        let record: &mut Record = &mut self.record;
        record.estimates.retain(|id, _| knows(id));
        let is_outcome = |id: &str| roadmap.phases.iter().any(|phase| phase.outcome_id == id);
        record.finished.retain(|id| knows(id) || is_outcome(id));
        let gone = former.items.iter().filter(|item| !knows(&item.id));
        let gone: BTreeMap<String, String> = gone
            .map(|item| (item.id.clone(), item.title.clone()))
            .collect();
        let mut named: BTreeSet<&str> = record.log.iter().map(|entry| &*entry.item).collect();
        let baselines = record.baselines.iter().flat_map(|set| &set.sessions);
        let kept = record.basis.iter().flat_map(|basis| &basis.kept);
        let planned = record.past.iter().chain(baselines).chain(kept);
        named.extend(planned.map(|session| &*session.item));
        record
            .removed
            .retain(|id, _| !knows(id) && named.contains(id.as_str()));
        record.removed.extend(gone);
        record.ticked.retain(|item, steps| {
            let entry = roadmap.item(item).and_then(|index| roadmap.entry(index));
            let titles = entry.iter().flat_map(|entry| &entry.steps);
            let titles: BTreeSet<&str> = titles.map(|step| step.title.as_str()).collect();
            steps.retain(|step| titles.contains(step.as_str()));
            !steps.is_empty()
        });
    }
}
