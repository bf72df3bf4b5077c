use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::Index;

use super::all_sessions;
use crate::plan::change::PinSession;
use crate::plan::{Change, PinEntry, Plan};
use crate::samples::plans;
use crate::schedule::{ConflictKind, Schedule, Session, current};

const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// Whether every pin has its session, and all work is scheduled.
fn is_whole(scheduled: &Schedule) -> bool {
    let left_out = [ConflictKind::Overlap, ConflictKind::NoWorkLeft];
    let mut conflicts = scheduled.conflicts.iter();
    scheduled.unplaced.is_empty() && !conflicts.any(|conflict| left_out.contains(&conflict.kind))
}

/// A session moved by some minutes, if that is in the future, free, and not after the end of its
/// item.
fn moved(
    plan: &Plan,
    scheduled: &Schedule,
    which: &Index,
    by: i64,
) -> Option<(usize, Change, DateTime<Utc>)> {
    let at = which.index(scheduled.sessions.len());
    let session = &scheduled.sessions[at];
    let local = session.start.local() + TimeDelta::minutes(by);
    let start = plan.moment(local);
    let end = start.plus(session.minutes).seconds;
    let pause = i64::from(plan.session().pause) * 60;
    let is_clear = |other: &Session| {
        other == session
            || other.end().seconds + pause <= start.seconds
            || end + pause <= other.start.seconds
    };
    let is_in_time = end <= scheduled.items[session.item()]?.end.seconds;
    let is_to_come = [session.start, start]
        .iter()
        .all(|start| start.instant() > plan.start_instant());
    let is_to_come = is_to_come && start.local() == local;
    (is_to_come && is_in_time && scheduled.sessions.iter().all(is_clear)).then(|| {
        let change = Change::Pin(PinSession {
            pin: PinEntry {
                item: plan.roadmap().items[session.item()].id.clone(),
                start: local.format(LOCAL).to_string(),
                minutes: session.minutes,
            },
            instead: Some(session.start.local().format(LOCAL).to_string()),
        });
        (at, change, start.instant())
    })
}

proptest! {
    /// If a session moves to free time before the end of its item, it is there, and every other one
    /// stays.
    #[test]
    fn a_session_that_is_moved_moves_alone(plan in plans(), which in any::<Index>(), by in -20_000i64..2_000) {
        let scheduled = current(&plan);
        prop_assume!(!scheduled.sessions.is_empty() && is_whole(&scheduled));
        let Some((at, change, start)) = moved(&plan, &scheduled, &which, by) else { return Ok(()) };
        let mut expected = all_sessions(&plan, &scheduled);
        expected[at].start = start;
        expected.sort_by_key(|session| session.start);
        let after = plan.changed(&[change], plan.start_instant()).unwrap();
        prop_assert_eq!(all_sessions(&after, &current(&after)), expected);
    }
}
