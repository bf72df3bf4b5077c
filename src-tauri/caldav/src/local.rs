//! This end of a sync.

use chrono::{DateTime, Utc};
use waymark_core::calendar::sync::Collection;
use waymark_core::plan::{Change, Plan};

/// This end of a sync: the plan, and the record of what the calendar was given.
pub trait Local {
    /// The plan as it stands by now.
    fn plan(&self) -> Plan;

    /// Makes a change to the plan, and keeps it.
    ///
    /// # Errors
    /// Why the plan does not take it or cannot be kept, in a sentence: then it is as before.
    fn change(&mut self, change: Change, now: DateTime<Utc>) -> Result<(), String>;

    /// Keeps the record.
    ///
    /// # Errors
    /// Why it cannot be kept, in a sentence.
    fn record(&mut self, collection: &Collection) -> Result<(), String>;

    /// So many of the steps are done; false to stop before the next one.
    fn may_go_on(&mut self, done: usize, of: usize) -> bool {
        let _ = (done, of);
        true
    }
}

/// A sync that changes nothing, there or here: what would come of it.
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
