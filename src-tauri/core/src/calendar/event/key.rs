//! The subject of an event.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The kind of subject that an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// A session of an item.
    Session,
    /// A week of the plan.
    Week,
    /// A phase.
    Phase,
    /// The outcome of a phase.
    Outcome,
}

/// Identifies the subject of an event for as long as the plan lives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventKey {
    /// The kind of subject.
    pub kind: EventKind,
    /// The id of the item or phase, or the number of the week.
    pub id: Arc<str>,
}
