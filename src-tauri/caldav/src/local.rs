//! The local side of a sync.

use chrono::{DateTime, Utc};
use waymark_core::calendar::sync::Collection;
use waymark_core::plan::{Change, Plan};

/// The local side of a sync: the plan, and the record of the exported events.
pub trait Local {
    /// The current plan.
    fn plan(&self) -> Plan;

    /// Applies a change to the plan, and saves it.
    ///
    /// # Errors
    /// If the plan rejects the change or cannot be saved: a sentence. The plan is then unchanged.
    fn change(&mut self, change: Change, now: DateTime<Utc>) -> Result<(), String>;

    /// Saves the record.
    ///
    /// # Errors
    /// If it cannot be saved: a sentence.
    fn record(&mut self, collection: &Collection) -> Result<(), String>;

    /// Reports progress: `done` of `of` steps. Returns false to stop before the next one.
    fn may_go_on(&mut self, done: usize, of: usize) -> bool {
        let _ = (done, of);
        true
    }
}

/// The local side of a dry run, which changes nothing.
#[derive(Debug)]
pub struct Trial(pub Plan);

impl Local for Trial {
    fn plan(&self) -> Plan {
        self.0.clone()
    }

    fn change(&mut self, change: Change, now: DateTime<Utc>) -> Result<(), String> {
        let changed = self.0.changed(&[change], now);
        self.0 = changed.map_err(|error| error.to_string())?;
        Ok(())
    }

    fn record(&mut self, _: &Collection) -> Result<(), String> {
        Ok(())
    }
}
