//! Events that a calendar has already when its record knows none: the record was lost, or they are
//! another plan's with the same id.

use super::collection::{Collection, Fetched};
use super::held::{self, Reading};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::Plan;
use crate::words;

impl Collection {
    /// Whether events in the calendar with the plan's id may be another plan's: nothing is recorded
    /// yet, and the plan has the id of its roadmap, as all plans of earlier terminals had.
    pub fn is_unsure_of(&self, plan: &Plan) -> bool {
        let is_new = self.places.is_empty() && self.intended.is_empty() && self.ledger.is_empty();
        is_new && plan.id() == plan.roadmap().file.id
    }

    /// Rejects a calendar that has events with the plan's id, if they may be another plan's.
    ///
    /// # Errors
    /// If there are such events: their number, and the id.
    pub fn check_owner(&self, plan: &Plan, fetched: &[Fetched]) -> Result<(), InputError> {
        if !self.is_unsure_of(plan) {
            return Ok(());
        }
        let is_ours = |resource: &&Fetched| {
            let text = resource.text.as_deref();
            text.is_some_and(|text| !matches!(held::read(text, plan), Reading::Foreign))
        };
        let events = fetched.iter().filter(is_ours).count();
        if events == 0 {
            return Ok(());
        }
        let sentence = format!(
            "The calendar already has {} of a plan with the id {}. Several plans can have that id, so these may be another plan's. Nothing was changed",
            words::count(events, "event"),
            plan.id(),
        );
        Err(InputError::sentence(ErrorCode::SharedPlanId, sentence))
    }
}
