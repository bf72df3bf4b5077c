//! Wakes the one thread that syncs calendars automatically.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::mutex::lock;

/// Rung when there may be something to sync.
#[derive(Debug, Default)]
pub struct Alarm {
    is_rung: Mutex<bool>,
    bell: Condvar,
}

impl Alarm {
    /// Wakes whoever waits, or the next one who does.
    pub fn ring(&self) {
        *lock(&self.is_rung) = true;
        self.bell.notify_all();
    }

    /// Waits until it is rung, but not longer than this.
    pub fn wait(&self, at_most: Duration) {
        let is_quiet = |is_rung: &mut bool| !*is_rung;
        let waited = self
            .bell
            .wait_timeout_while(lock(&self.is_rung), at_most, is_quiet);
        let (mut is_rung, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *is_rung = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_before_the_wait_is_heard() {
        let alarm = Alarm::default();
        alarm.ring();
        alarm.wait(Duration::MAX);
        alarm.wait(Duration::ZERO);
    }
}
