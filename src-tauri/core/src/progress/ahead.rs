//! The sessions to come, as time that is taken for everything else.

use chrono::{DateTime, Utc};

use super::progress;
use crate::availability::Busy;
use crate::plan::Plan;

/// The times of the sessions that aren't over at `now`, with adjacent ones merged.
pub fn busy_ahead(plan: &Plan, now: DateTime<Utc>) -> Vec<Busy> {
    let sessions = progress(plan, now).sessions;
    let ahead = sessions
        .iter()
        .filter(|session| session.is_there() && session.end().instant() > now);
    let busy = ahead.map(|session| Busy {
        start: session.start.instant(),
        end: session.end().instant(),
    });
    Busy::union(busy.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::embedded;

    #[test]
    fn only_sessions_that_are_not_over_are_busy() {
        let plan = embedded();
        let all = progress(&plan, plan.start_instant()).sessions;
        let busy = busy_ahead(&plan, plan.start_instant());
        let minutes: u32 = all.iter().map(|session| session.minutes).sum();
        let taken: i64 = busy
            .iter()
            .map(|busy| (busy.end - busy.start).num_minutes())
            .sum();
        assert_eq!(taken, i64::from(minutes));
        assert_eq!(busy.first().unwrap().start, all[0].start.instant());

        let later = all[20].end().instant();
        let busy = busy_ahead(&plan, later);
        assert!(busy.iter().all(|busy| busy.end > later));
        assert!(!busy.is_empty());
        let done = all.last().unwrap().end().instant();
        assert!(busy_ahead(&plan, done).is_empty());
    }
}
