use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::Index;

use super::all_sessions;
use crate::plan::change::PinSession;
use crate::plan::{Change, PinEntry, Plan};
use crate::samples::plans;
use crate::schedule::{ConflictKind, Schedule, Session, current};

const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// Whether every pin has its session, and all work its place.
fn is_whole(laid: &Schedule) -> bool {
    let left_out = [ConflictKind::Overlap, ConflictKind::NoWorkLeft];
    let mut conflicts = laid.conflicts.iter();
    laid.unplaced.is_empty() && !conflicts.any(|conflict| left_out.contains(&conflict.kind))
}

/// A session moved by so many minutes, where that is to come, in nobody's way and not after the end of its item.
fn moved(
    plan: &Plan,
    laid: &Schedule,
    which: &Index,
    by: i64,
) -> Option<(usize, Change, DateTime<Utc>)> {
    let at = which.index(laid.sessions.len());
    let session = &laid.sessions[at];
    let local = session.start.local() + TimeDelta::minutes(by);
    let start = plan.moment(local);
    let end = start.plus(session.minutes).seconds;
    let pause = i64::from(plan.session().pause) * 60;
    let is_clear = |other: &Session| {
        other == session
            || other.end().seconds + pause <= start.seconds
            || end + pause <= other.start.seconds
    };
    let is_in_time = end <= laid.items[session.item()]?.end.seconds;
    let is_to_come = [session.start, start]
        .iter()
        .all(|start| start.instant() > plan.start_instant());
    let is_to_come = is_to_come && start.local() == local;
    (is_to_come && is_in_time && laid.sessions.iter().all(is_clear)).then(|| {
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
    /// Where a session is moved to free time before its item ends, it is there, and every other one is where it was.
    #[test]
    fn a_session_that_is_moved_moves_alone(plan in plans(), which in any::<Index>(), by in -20_000i64..2_000) {
        let laid = current(&plan);
        prop_assume!(!laid.sessions.is_empty() && is_whole(&laid));
        let Some((at, change, start)) = moved(&plan, &laid, &which, by) else { return Ok(()) };
        let mut expected = all_sessions(&plan, &laid);
        expected[at].start = start;
        expected.sort_by_key(|session| session.start);
        let after = plan.changed(&[change], plan.start_instant()).unwrap();
        prop_assert_eq!(all_sessions(&after, &current(&after)), expected);
    }
}
