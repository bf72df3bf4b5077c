//! Phases of the roadmap.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField, new_id, read_title, replace_need};
use crate::input_error::InputError;
use crate::plan::Plan;
use crate::plan::entries::reject;
use crate::roadmap::{PhaseEntry, RoadmapFile};
use crate::words;

/// Adds a phase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct AddPhase {
    /// The id of the phase before which it is added; `None` for the end.
    pub before: Option<String>,
    /// Its title.
    pub title: String,
}

impl Edit for AddPhase {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let title = read_title(&self.title)?;
        let id = new_id(plan, title, "phase");
        let outcome = new_id(plan, &format!("outcome {id}"), "outcome");
        let phase = PhaseEntry::new(id, title, outcome);
        plan.edit_roadmap(|file| put(file, phase, self.before.as_deref()))
    }

    fn name(&self, _: &BeforeAfter) -> String {
        format!("{} added", self.title.trim())
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Gives a phase another title.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RenamePhase {
    /// The phase's id.
    pub phase: String,
    /// Its title.
    pub title: String,
}

impl Edit for RenamePhase {
    fn field() -> PageField {
        PageField::PER_PHASE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let title = read_title(&self.title)?;
        draft.plan.edit_phase(&self.phase, |entry| {
            title.clone_into(&mut entry.title);
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let before = plans.before.phase_title(&self.phase);
        format!("{before} → {}", self.title.trim())
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// Sets the outcome of a phase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetOutcome {
    /// The phase's id.
    pub phase: String,
    /// The outcome's title.
    pub title: String,
}

impl Edit for SetOutcome {
    fn field() -> PageField {
        PageField::PER_PHASE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let title = read_title(&self.title)?;
        draft.plan.edit_phase(&self.phase, |entry| {
            title.clone_into(&mut entry.outcome.title);
            entry.outcome.ours = false;
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Outcome of {}", plans.before.phase_title(&self.phase))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// Sets the weeks of a phase: its items share them in proportion to their effort. Without weeks the
/// efforts stay, and the phase is part of the career track.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetPhaseWeeks {
    /// The phase's id.
    pub phase: String,
    /// Whole weeks, as typed; empty for none.
    pub value: String,
}

impl Edit for SetPhaseWeeks {
    fn field() -> PageField {
        PageField::PER_PHASE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let typed = self.value.trim().to_lowercase();
        let number = typed.strip_suffix("weeks").or(typed.strip_suffix("week"));
        let number = number.unwrap_or(&typed).trim();
        let weeks: Option<u32> = match number {
            "" => None,
            number => match number.parse() {
                Ok(weeks @ 1..=520) => Some(weeks),
                _ => {
                    let expected = "enter whole weeks from 1 to 520, or nothing";
                    return Err(reject("weeks", &self.value, expected));
                }
            },
        };
        plan.known_phase("phase", &self.phase)?;
        plan.edit_hours(&[&self.phase], |file| {
            let nominal = file.nominal_hours_per_week;
            let phase = file.phases.iter_mut().find(|entry| entry.id == self.phase);
            if let Some(phase) = phase {
                phase.set_weeks(weeks, nominal);
            }
            Ok(())
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let file = &plans.after.roadmap().file;
        let phase = file.phases.iter().find(|phase| phase.id == self.phase);
        let title = plans.before.phase_title(&self.phase);
        match phase.and_then(|phase| phase.weeks) {
            Some(weeks) => format!("{title}: {}", words::count(weeks as usize, "week")),
            None => format!("{title} without weeks"),
        }
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Moves a phase. It comes after the phase before it, and the next one after it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MovePhase {
    /// The phase's id.
    pub phase: String,
    /// The id of the phase before which it is put; `None` for the end.
    pub before: Option<String>,
}

impl Edit for MovePhase {
    fn field() -> PageField {
        PageField::PER_PHASE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        plan.known_phase("phase", &self.phase)?;
        if self.before.as_ref() == Some(&self.phase) {
            return Ok(());
        }
        plan.edit_roadmap(|file| match remove(file, &self.phase) {
            Some(phase) => put(file, phase, self.before.as_deref()),
            None => Ok(()),
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("{} moved", plans.before.phase_title(&self.phase))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Removes a phase with its items. Their log stays.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RemovePhase {
    /// The phase's id.
    pub phase: String,
    /// Whether to remove it even if work was logged on its items.
    pub confirmed: bool,
}

impl Edit for RemovePhase {
    fn field() -> PageField {
        PageField::PER_PHASE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        plan.known_phase("phase", &self.phase)?;
        if !self.confirmed {
            let file = &plan.roadmap.file;
            let phase = file.phases.iter().find(|entry| entry.id == self.phase);
            let items = phase.iter().flat_map(|phase| &phase.items);
            let items: Vec<&str> = items.map(|item| item.id.as_str()).collect();
            plan.reject_logged(&items, "phase", plan.phase_title(&self.phase))?;
        }
        plan.edit_roadmap(|file| {
            if let Some(phase) = remove(file, &self.phase) {
                for item in &phase.items {
                    replace_need(file, &item.id, &phase.requires);
                }
            }
            Ok(())
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("{} removed", plans.before.phase_title(&self.phase))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

impl Plan {
    fn edit_phase(
        &mut self,
        id: &str,
        edit: impl FnOnce(&mut PhaseEntry),
    ) -> Result<(), InputError> {
        self.known_phase("phase", id)?;
        self.edit_roadmap(|file| {
            let phase = file.phases.iter_mut().find(|phase| phase.id == id);
            phase.map(edit);
            Ok(())
        })
    }

    fn phase_title<'a>(&'a self, id: &'a str) -> &'a str {
        let mut phases = self.roadmap.phases.iter();
        let phase = phases.find(|phase| phase.id == id);
        phase.map_or(id, |phase| &phase.title)
    }
}

/// Takes a phase out of the order: whatever came after it comes after those before it.
fn remove(file: &mut RoadmapFile, id: &str) -> Option<PhaseEntry> {
    let index = file.phases.iter().position(|phase| phase.id == id)?;
    let phase = file.phases.remove(index);
    replace_need(file, id, &phase.requires);
    Some(phase)
}

/// Puts a phase into the order: after the phase before it, and before the next one if that came
/// after the same phase.
fn put(
    file: &mut RoadmapFile,
    mut phase: PhaseEntry,
    before: Option<&str>,
) -> Result<(), InputError> {
    let index = match before {
        None => file.phases.len(),
        Some(before) => {
            let found = file.phases.iter().position(|entry| entry.id == before);
            found.ok_or_else(|| reject("phase", before, "enter the id of one of its phases"))?
        }
    };
    let previous = index
        .checked_sub(1)
        .and_then(|index| file.phases.get(index));
    let previous = previous.map(|phase| phase.id.clone());
    phase.requires = previous.clone().into_iter().collect();
    if let Some(next) = file.phases.get_mut(index) {
        match &previous {
            Some(previous) => {
                for need in next.requires.iter_mut().filter(|need| *need == previous) {
                    need.clone_from(&phase.id);
                }
            }
            None if next.requires.is_empty() => next.requires.push(phase.id.clone()),
            None => {}
        }
    }
    file.phases.insert(index, phase);
    Ok(())
}
