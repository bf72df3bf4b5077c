//! Earlier plans: each a whole plan without its undo history, packed, under a version and checksum.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Document;
use super::packed::Packed;
use crate::envelope::Envelope;
use crate::input_error::{ErrorCode, InputError};
use crate::plan::{Plan, PlanFile};
use crate::words;
use crate::zone::ZoneDatabase;

const ENVELOPE: Envelope = Envelope {
    what: "earlier plan",
    format: "waymark-earlier-plan",
    version: 1,
    damaged: ErrorCode::PlanDamaged,
    newer: ErrorCode::PlanNewer,
};

/// A plan as it was before a change.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierPlan {
    /// Generation of its document.
    pub generation: u64,
    /// When the change was made.
    pub until: DateTime<Utc>,
    /// The name of the change, such as "Hours 10 → 8".
    pub change: String,
    #[allow(missing_docs)]
    pub plan: Plan,
}

#[derive(Serialize, Deserialize)]
struct StoredEarlierPlan {
    format: String,
    version: u32,
    generation: u64,
    until: DateTime<Utc>,
    change: String,
    plan: Packed,
}

impl EarlierPlan {
    /// The plan before a change at `now` that led to `after`. `None` if the plan stayed the same.
    pub fn before(document: &Document, after: &Document, now: DateTime<Utc>) -> Option<Self> {
        if document.plan == after.plan {
            return None;
        }
        let name = |steps: &[super::UndoStep]| steps.last().map(|step| step.name.clone());
        let change = if after.redo.len() > document.redo.len() {
            name(&after.redo).map(|name| format!("Undo: {name}"))
        } else {
            name(&after.undo)
        };
        Some(Self {
            generation: document.generation,
            until: now,
            change: change.unwrap_or_default(),
            plan: document.plan.clone(),
        })
    }

    /// Until when it was the plan, on the learner's clock: "Tue 5 Jan 2027, 14:05".
    pub fn time(&self) -> String {
        words::moment(self.plan.local(self.until))
    }

    /// It as a document, whose generation is above its former one.
    pub fn into_document(self) -> Document {
        Document {
            generation: self.generation + 1,
            ..Document::new(self.plan)
        }
    }

    /// The text of its file.
    ///
    /// # Errors
    /// Only if the plan can't be written as JSON, which never happens to a valid plan.
    pub fn to_json(&self) -> Result<String, InputError> {
        let packed = Packed::quickly(&self.plan.to_file());
        ENVELOPE.close(&StoredEarlierPlan {
            format: ENVELOPE.format.to_owned(),
            version: ENVELOPE.version,
            generation: self.generation,
            until: self.until,
            change: self.change.clone(),
            plan: packed.map_err(|why| ENVELOPE.refuse("plan", &why))?,
        })
    }

    /// Reads what [`EarlierPlan::to_json`] wrote.
    ///
    /// # Errors
    /// A file that is damaged, isn't an earlier plan, or was written by a newer Waymark.
    pub fn from_json_in(text: &str, zones: &'static ZoneDatabase) -> Result<Self, InputError> {
        let stored: StoredEarlierPlan = ENVELOPE.open(text)?;
        let file: PlanFile = stored
            .plan
            .open()
            .map_err(|why| ENVELOPE.refuse("plan", &why))?;
        Ok(Self {
            generation: stored.generation,
            until: stored.until,
            change: stored.change,
            plan: Document::from_plan_file(file, zones)?.plan,
        })
    }
}
