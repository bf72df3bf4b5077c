//! Dates to be met, and schedules to measure against.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::{record, typed};
use crate::words;

const FIELD: &str = "target date";

/// Sets the date by which everything should be finished.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetTarget {
    /// As typed; empty for no target.
    pub value: String,
}

impl Edit for SetTarget {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.target = typed::maybe_date(FIELD, &self.value)?;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        match plans.after.target {
            Some(target) => format!("Target {}", words::plain_date(target)),
            None => "No target".to_owned(),
        }
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// Sets the date by which a phase should be finished.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetPhaseTarget {
    /// The phase's id.
    pub phase: String,
    /// As typed; empty for no target.
    pub value: String,
}

impl Edit for SetPhaseTarget {
    fn field() -> PageField {
        PageField::PER_PHASE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        plan.known_phase("phase", &self.phase)?;
        match typed::maybe_date(FIELD, &self.value)? {
            Some(date) => plan.phase_targets.insert(self.phase.clone(), date),
            None => plan.phase_targets.remove(&self.phase),
        };
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let phases = &plans.before.roadmap.phases;
        let phase = phases.iter().find(|phase| phase.id == self.phase);
        let title = phase.map_or("", |phase| &phase.title);
        match plans.after.own_target_of(&self.phase) {
            Some(date) => format!("{title} by {}", words::plain_date(date)),
            None => format!("{title} without a target"),
        }
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// Sets a baseline: the schedule as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetBaseline {
    /// Name; a baseline of the same name is replaced.
    pub name: String,
}

impl Edit for SetBaseline {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, _: &mut Draft<'a>) -> Result<(), InputError> {
        record::baseline_name(&self.name).map(drop)
    }

    fn name(&self, _: &BeforeAfter) -> String {
        format!("Baseline {} set", self.name)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Baseline(&self.name)
    }
}

/// Removes a baseline.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RemoveBaseline {
    /// Its name.
    pub name: String,
}

impl Edit for RemoveBaseline {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let baselines = &mut draft.plan.record.baselines;
        let Some(place) = baselines.iter().position(|known| known.name == self.name) else {
            let expected = "enter the name of one of the plan's baselines";
            let code = ErrorCode::NoSuchBaseline;
            return Err(InputError::new(code, "baseline", &self.name, expected));
        };
        baselines.remove(place);
        Ok(())
    }

    fn name(&self, _: &BeforeAfter) -> String {
        format!("Baseline {} removed", self.name)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}
