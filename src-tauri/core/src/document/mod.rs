//! A plan under way: its changes over time, undo and redo, and the document that stores all of it
//! under one version and checksum.
//!
//! It builds on [`plan`](crate::plan), [`schedule`](crate::schedule) and
//! [`progress`](crate::progress), none of which depends on it
//! (docs/decisions/0007-order-of-modules.md).

mod clocks;
mod earlier;
mod history;
mod packed;
mod replan;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::envelope::Envelope;
use crate::input_error::{ErrorCode, InputError};
use crate::plan::{Change, Plan, PlanFile};
use crate::progress::Timer;
use crate::zone::{ClockRules, ZoneDatabase};

pub use clocks::ClockChange;
pub use earlier::EarlierPlan;
pub use history::UndoStep;
pub use replan::FIRST_BASELINE;
pub(crate) use replan::PlanAt;

/// Version of the stored form that this program writes. Version 1 had no log, no timer and no undo;
/// version 2 stored undo steps unpacked; version 3 had no clock rules.
pub const VERSION: u32 = 4;

/// Maximum number of changes that can be undone. The oldest is dropped first.
pub const MOST_STEPS: usize = 200;

const ENVELOPE: Envelope = Envelope {
    what: "plan",
    format: "waymark-plan",
    version: VERSION,
    damaged: ErrorCode::PlanDamaged,
    newer: ErrorCode::PlanNewer,
};

/// A plan with everything stored alongside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Raised by each save: of two copies, the one with the higher generation is newer.
    pub generation: u64,
    #[allow(missing_docs)]
    pub plan: Plan,
    /// Steps that undo the changes so far, the latest last.
    pub undo: Vec<UndoStep>,
    /// Steps that redo undone changes, the next one last.
    pub redo: Vec<UndoStep>,
    /// The focus timer, if one is on.
    pub timer: Option<Timer>,
    /// Time up to which the learner has seen the check-in.
    pub seen: Option<DateTime<Utc>>,
    /// The clock rules it was saved by. `None` if they are still the same in its zones and years,
    /// and after any change.
    pub former_clocks: Option<ClockRules>,
}

#[derive(Serialize, Deserialize)]
struct StoredDocument {
    format: String,
    version: u32,
    generation: u64,
    plan: PlanFile,
    #[serde(default)]
    undo: Vec<UndoStep>,
    #[serde(default)]
    redo: Vec<UndoStep>,
    #[serde(default)]
    timer: Option<Timer>,
    #[serde(default)]
    seen: Option<DateTime<Utc>>,
}

impl Document {
    /// A new document, with nothing to undo.
    pub fn new(plan: Plan) -> Self {
        Self {
            generation: 1,
            plan,
            undo: Vec::new(),
            redo: Vec::new(),
            timer: None,
            seen: None,
            former_clocks: None,
        }
    }

    /// A plan that a person wrote, or a program that stores no history.
    ///
    /// # Errors
    /// As [`Plan::from_file_in`].
    pub fn from_plan_file(
        mut file: PlanFile,
        zones: &'static ZoneDatabase,
    ) -> Result<Self, InputError> {
        let former = file.clock_rules.take();
        let plan = Plan::from_file_in(file, zones)?;
        let (plan, former_clocks) = match former {
            Some(former) => clocks::adopt(plan, former),
            None => (plan, None),
        };
        Ok(Self {
            former_clocks,
            ..Self::new(plan)
        })
    }

    /// The document after changes made at `now`, as one step that can be undone. Unchanged if the
    /// changes change nothing.
    ///
    /// # Errors
    /// As [`Plan::changed`].
    pub fn changed(&self, changes: &[Change], now: DateTime<Utc>) -> Result<Self, InputError> {
        let plan = self.plan.changed(changes, now)?;
        if plan == self.plan {
            return Ok(self.clone());
        }
        let name = self.plan.name_of(changes, &plan);
        self.stepped_to(name, plan)
    }

    fn stepped_to(&self, name: String, plan: Plan) -> Result<Self, InputError> {
        let mut after = self.next(plan);
        after
            .undo
            .push(UndoStep::back(name, &after.plan, &self.plan)?);
        after.redo.clear();
        let over = after.undo.len().saturating_sub(MOST_STEPS);
        after.undo.drain(..over);
        Ok(after)
    }

    /// The document with an earlier plan in the place of its own, as one step that can be undone.
    /// Unchanged if the plan is the same.
    ///
    /// # Errors
    /// As [`Document::replaced`].
    pub fn restored(&self, earlier: &EarlierPlan) -> Result<Self, InputError> {
        let name = format!("Restore the plan of {}", earlier.time());
        self.replaced(name, earlier.plan.clone())
    }

    /// The document with another plan in the place of its own, as one step that can be undone.
    /// Unchanged if the plan is the same.
    ///
    /// # Errors
    /// If it is a plan of another id: the calendars of this one wouldn't know its events.
    pub fn replaced(&self, name: String, plan: Plan) -> Result<Self, InputError> {
        if plan == self.plan {
            return Ok(self.clone());
        }
        if plan.id() != self.plan.id() {
            let why = format!(
                "it has another id than the plan it would replace, {}",
                self.plan.id()
            );
            return Err(InputError::new(
                ErrorCode::NotUndone,
                "plan",
                plan.id(),
                why,
            ));
        }
        self.stepped_to(name, plan)
    }

    /// The document with its latest change undone. `None` if there is nothing to undo.
    ///
    /// # Errors
    /// If the step doesn't fit the plan, which happens only to a document that was tampered with.
    pub fn undone(&self) -> Result<Option<Self>, InputError> {
        self.stepped(|document| (&mut document.undo, &mut document.redo))
    }

    /// The document with the change redone that was undone last. `None` if there is nothing to
    /// redo.
    ///
    /// # Errors
    /// As [`Document::undone`].
    pub fn redone(&self) -> Result<Option<Self>, InputError> {
        self.stepped(|document| (&mut document.redo, &mut document.undo))
    }

    /// Applies the last step of one list, and adds its inverse to the other.
    fn stepped(
        &self,
        lists: impl Fn(&mut Self) -> (&mut Vec<UndoStep>, &mut Vec<UndoStep>),
    ) -> Result<Option<Self>, InputError> {
        let mut after = self.clone();
        let Some(step) = lists(&mut after).0.pop() else {
            return Ok(None);
        };
        after.plan = step.apply(&self.plan)?;
        after.generation += 1;
        after.former_clocks = None;
        let back = UndoStep::back(step.name, &after.plan, &self.plan)?;
        lists(&mut after).1.push(back);
        Ok(Some(after))
    }

    /// The document with another timer, or without one.
    #[must_use]
    pub fn timing(&self, timer: Option<Timer>) -> Self {
        Self {
            timer,
            ..self.next(self.plan.clone())
        }
    }

    /// The document with the check-in seen up to `now`.
    #[must_use]
    pub fn seen_at(&self, now: DateTime<Utc>) -> Self {
        Self {
            seen: Some(now),
            ..self.next(self.plan.clone())
        }
    }

    fn next(&self, plan: Plan) -> Self {
        // A timer of an item that was removed has nothing left to time.
        let is_known = |timer: &Timer| plan.roadmap().item(&timer.item).is_some();
        Self {
            generation: self.generation + 1,
            timer: self.timer.clone().filter(is_known),
            former_clocks: None,
            plan,
            ..self.clone()
        }
    }

    /// The text of the file.
    ///
    /// # Errors
    /// Only if the plan can't be written as JSON, which never happens to a valid plan.
    pub fn to_json(&self) -> Result<String, InputError> {
        ENVELOPE.close(&StoredDocument {
            format: ENVELOPE.format.to_owned(),
            version: VERSION,
            generation: self.generation,
            plan: self.plan.to_file(),
            undo: self.undo.clone(),
            redo: self.redo.clone(),
            timer: self.timer.clone(),
            seen: self.seen,
        })
    }

    /// Reads what [`Document::to_json`] wrote, with the zones that come with Waymark.
    ///
    /// # Errors
    /// As [`Document::from_json_in`].
    pub fn from_json(text: &str) -> Result<Self, InputError> {
        Self::from_json_in(text, ZoneDatabase::bundled())
    }

    /// Reads what [`Document::to_json`] wrote. The plan's zones are those of `zones`.
    ///
    /// # Errors
    /// A file that is damaged, isn't a plan, or was written by a newer Waymark. One that was edited
    /// by hand, and could be read without its checksum, has a code of its own.
    pub fn from_json_in(text: &str, zones: &'static ZoneDatabase) -> Result<Self, InputError> {
        let stored = ENVELOPE.open(text).map_err(|error| {
            // Bytes that are no text come from no editor.
            let is_edited = error.code == ErrorCode::PlanDamaged
                && !text.contains(char::REPLACEMENT_CHARACTER)
                && Self::from_edited_json_in(text, zones).is_ok();
            if is_edited {
                let why = "its checksum doesn't fit its text, which can be read";
                InputError::new(ErrorCode::PlanEdited, "plan file", "", why)
                    .because("was edited outside Waymark")
            } else {
                error
            }
        })?;
        Self::from_stored(stored, zones)
    }

    /// As [`Document::from_json_in`], for a file that a person edited: its checksum isn't compared.
    ///
    /// # Errors
    /// A file that isn't a plan, or was written by a newer Waymark.
    pub fn from_edited_json_in(
        text: &str,
        zones: &'static ZoneDatabase,
    ) -> Result<Self, InputError> {
        Self::from_stored(ENVELOPE.open_unverified(text)?, zones)
    }

    fn from_stored(
        mut stored: StoredDocument,
        zones: &'static ZoneDatabase,
    ) -> Result<Self, InputError> {
        let former = stored.plan.clock_rules.take();
        let plan = Plan::from_file_in(stored.plan, zones)?;
        let former = former.unwrap_or_else(|| plan.first_clock_rules());
        let (plan, former_clocks) = clocks::adopt(plan, former);
        Ok(Self {
            generation: stored.generation,
            plan,
            former_clocks,
            undo: stored.undo,
            redo: stored.redo,
            timer: stored.timer,
            seen: stored.seen,
        })
    }
}

#[cfg(test)]
mod tests;
