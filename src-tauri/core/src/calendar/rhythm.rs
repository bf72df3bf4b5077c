//! When a calendar that syncs automatically is due next.
//!
//! The decision is a function of what has happened and of the present, so that it can be tested
//! without waiting.

use chrono::{DateTime, TimeDelta, Utc};

/// Seconds from the latest change to its sync, so that several changes are sent at once.
const AFTER_CHANGE: i64 = 4;
/// Seconds from the first change that waits to its sync, however many follow.
const AT_LATEST: i64 = 60;
/// Seconds between syncs without a change here, to pick up changes made in the calendar.
const BETWEEN: i64 = 15 * 60;
/// Seconds after the first failure in a row. Each further one doubles the pause.
const FIRST_PAUSE: i64 = 30;
const LONGEST_PAUSE: i64 = 3600;

/// The events since the plan was opened that decide when a calendar is synced next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rhythm {
    /// When the last sync ended, well or not; `None` if there was none.
    last: Option<DateTime<Utc>>,
    /// The changes that wait to be sent.
    waiting: Option<Waiting>,
    /// The syncs that failed in a row.
    failures: u32,
    /// Whether the learner has to answer first.
    is_asking: bool,
}

/// The changes that wait to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Waiting {
    first: DateTime<Utc>,
    latest: DateTime<Utc>,
}

/// The end of a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncEnd {
    /// The calendar is in step.
    Done,
    /// It failed, and may succeed later.
    Failed,
    /// It can't go on without an answer of the learner.
    Asks,
}

/// When a sync is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Now.
    Now,
    /// Not before this time.
    At(DateTime<Utc>),
    /// Once the learner has answered.
    Answered,
}

impl Rhythm {
    /// Whether a change waits to be sent, or nothing was sent yet.
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some() || self.last.is_none()
    }

    /// Notes a change of the plan or of the calendar's contents.
    pub fn changed(&mut self, now: DateTime<Utc>) {
        let first = self.waiting.map_or(now, |waiting| waiting.first);
        self.waiting = Some(Waiting { first, latest: now });
    }

    /// Notes that a sync begins: it sends all changes up to now.
    pub fn begun(&mut self) {
        self.waiting = None;
    }

    /// Notes the end of a sync.
    pub fn ended(&mut self, end: SyncEnd, now: DateTime<Utc>) {
        self.last = Some(now);
        self.is_asking = end == SyncEnd::Asks;
        self.failures = match end {
            SyncEnd::Failed => self.failures.saturating_add(1),
            SyncEnd::Done | SyncEnd::Asks => 0,
        };
    }

    /// Notes that the learner has answered: the next sync acts on it.
    pub fn answered(&mut self, now: DateTime<Utc>) {
        self.is_asking = false;
        self.failures = 0;
        self.changed(now);
    }

    /// When the next sync is due: at once after the start, a little after a change, and every
    /// quarter of an hour; after failures, with growing pauses.
    pub fn due(&self, now: DateTime<Utc>) -> Due {
        let Some(last) = self.last else {
            return Due::Now;
        };
        if self.is_asking {
            return Due::Answered;
        }
        let after = |from: DateTime<Utc>, seconds| from + TimeDelta::seconds(seconds);
        // Nothing happens in the future: the clock was set back, and waiting by the old one could
        // take a day.
        let is_ahead = |time: DateTime<Utc>| time > now;
        let due = match self.waiting {
            _ if is_ahead(last) => now,
            _ if self.failures > 0 => after(last, pause(self.failures)),
            Some(waiting) if is_ahead(waiting.latest) => now,
            Some(waiting) => {
                let soon = after(waiting.latest, AFTER_CHANGE);
                soon.min(after(waiting.first, AT_LATEST))
            }
            None => after(last, BETWEEN),
        };
        if due <= now { Due::Now } else { Due::At(due) }
    }
}

/// Seconds to wait after this many failures in a row.
fn pause(failures: u32) -> i64 {
    let doubled = FIRST_PAUSE.saturating_mul(1 << failures.saturating_sub(1).min(20));
    doubled.min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn in_step() -> Rhythm {
        let mut rhythm = Rhythm::default();
        rhythm.ended(SyncEnd::Done, at(0));
        rhythm
    }

    #[test]
    fn the_start_syncs_at_once_and_the_timer_later() {
        assert_eq!(Rhythm::default().due(at(0)), Due::Now);
        assert_eq!(in_step().due(at(1)), Due::At(at(BETWEEN)));
        assert_eq!(in_step().due(at(BETWEEN)), Due::Now);
    }

    #[test]
    fn changes_are_sent_together_a_little_later() {
        let mut rhythm = in_step();
        rhythm.changed(at(10));
        rhythm.changed(at(12));
        assert_eq!(rhythm.due(at(12)), Due::At(at(16)));
        assert_eq!(rhythm.due(at(16)), Due::Now);
        // Somebody who never pauses is heard too.
        for second in 13..70 {
            rhythm.changed(at(second));
        }
        assert_eq!(rhythm.due(at(69)), Due::At(at(70)));
        assert_eq!(rhythm.due(at(70)), Due::Now);
        rhythm.begun();
        rhythm.ended(SyncEnd::Done, at(72));
        assert_eq!(rhythm.due(at(73)), Due::At(at(72 + BETWEEN)));
    }

    #[test]
    fn failures_back_off_and_a_change_does_not_hurry_them() {
        let mut rhythm = in_step();
        let mut pauses = Vec::new();
        for _ in 0..9 {
            rhythm.ended(SyncEnd::Failed, at(0));
            rhythm.changed(at(0));
            match rhythm.due(at(0)) {
                Due::At(due) => pauses.push((due - at(0)).num_seconds()),
                due => panic!("{due:?}"),
            }
        }
        assert_eq!(pauses, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        rhythm.ended(SyncEnd::Done, at(5));
        assert_eq!(rhythm.due(at(5)), Due::Now, "the change that waited");
    }

    #[test]
    fn a_question_waits_for_its_answer_only() {
        let mut rhythm = in_step();
        rhythm.ended(SyncEnd::Asks, at(0));
        rhythm.changed(at(1));
        assert_eq!(rhythm.due(at(1_000_000)), Due::Answered);
        rhythm.answered(at(1_000_000));
        assert_eq!(rhythm.due(at(1_000_004)), Due::Now);
    }

    /// A clock that was wrong by a day and is put right.
    #[test]
    fn a_clock_that_was_set_back_delays_nothing() {
        let mut rhythm = Rhythm::default();
        rhythm.ended(SyncEnd::Failed, at(86_400));
        assert_eq!(rhythm.due(at(0)), Due::Now);
        rhythm.ended(SyncEnd::Done, at(0));
        rhythm.changed(at(86_400));
        assert_eq!(rhythm.due(at(1)), Due::Now);
    }

    #[derive(Debug, Clone)]
    enum Deed {
        Pass(i64),
        Change,
        Sync(SyncEnd),
    }

    proptest! {
        /// In every order of events, a change is sent within a minute, or an hour after failures,
        /// unless the learner is asked; and no two syncs follow within four seconds of each other.
        #[test]
        fn nothing_waits_for_ever_and_nobody_is_flooded(
            deeds in prop::collection::vec(prop_oneof![
                (1..4000_i64).prop_map(Deed::Pass),
                Just(Deed::Change),
                prop::sample::select(vec![SyncEnd::Done, SyncEnd::Failed, SyncEnd::Asks])
                    .prop_map(Deed::Sync),
            ], 0..40),
        ) {
            let (mut rhythm, mut now, mut last) = (in_step(), 0_i64, 0_i64);
            for deed in deeds {
                match deed {
                    Deed::Pass(seconds) => now += seconds,
                    Deed::Change => rhythm.changed(at(now)),
                    Deed::Sync(end) => if rhythm.due(at(now)) == Due::Now {
                        prop_assert!(now - last >= AFTER_CHANGE);
                        rhythm.begun();
                        rhythm.ended(end, at(now));
                        last = now;
                    },
                }
                let most = match (rhythm.failures, rhythm.waiting) {
                    (1.., _) => LONGEST_PAUSE,
                    (0, Some(_)) => AT_LATEST,
                    (0, None) => BETWEEN,
                };
                match rhythm.due(at(now)) {
                    Due::Now => {}
                    Due::At(due) => prop_assert!(due > at(now) && due <= at(now + most)),
                    Due::Answered => prop_assert!(rhythm.is_asking),
                }
            }
        }
    }
}
