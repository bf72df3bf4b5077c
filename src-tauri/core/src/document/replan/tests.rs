use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{FIRST_BASELINE, all_sessions};
use crate::document::Document;
use crate::outlook::histories;
use crate::plan::change::{
    NotThisWeek, PinSession, PlaceSession, ReleaseSessions, Replan, SetAside, SetBaseline,
    SetHours, SwapTopic,
};
use crate::plan::{Change, Keep, PinEntry, Plan, PlanFile, Planned};
use crate::progress::{SessionState, Tracked, progress};
use crate::samples::{embedded, entry as logged, plans};
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
    /// stays. (With a cap, it takes the time of others on its new day.)
    #[test]
    fn a_session_that_is_moved_moves_alone(plan in plans(), which in any::<Index>(), by in -20_000i64..2_000) {
        let plan = Plan::from_file(PlanFile {
            day_cap_minutes: None,
            week_cap_minutes: None,
            ..plan.to_file()
        }).unwrap();
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// A week that is moved on has no sessions from then on, but for one that is on. No session is
    /// pinned for it, no work is lost, and one undo brings the week back.
    #[test]
    fn a_week_that_is_moved_on_has_no_sessions(plan in plans(), at in 0i64..40_000, ahead in 0u64..20) {
        let plan = Plan::from_file(PlanFile { pins: Vec::new(), ..plan.to_file() }).unwrap();
        let now = plan.start_instant() + TimeDelta::minutes(at);
        let day = plan.local(now).date() + chrono::Days::new(ahead);
        let first = plan.availability().week_of(day);
        let document = Document::new(plan.clone());
        let change = Change::NotThisWeek(NotThisWeek { day: day.to_string() });
        let after = document.changed(&[change], now).unwrap();
        let is_in = |session: &&Session| {
            let days = (session.start.local().date() - first).num_days();
            session.start.instant() >= now && (0..7).contains(&days)
        };
        let scheduled = current(&after.plan);
        prop_assert_eq!(scheduled.sessions.iter().find(is_in), None);
        prop_assert_eq!(after.plan.pins(), &[]);
        prop_assert_eq!(after.undone().unwrap().unwrap().plan, plan);
    }
}

fn at(plan: &Plan, item: &str) -> Vec<String> {
    let index = plan.roadmap().item(item).unwrap();
    let scheduled = current(plan);
    let sessions = scheduled.sessions.iter();
    let sessions = sessions.filter(|session| session.item() == index);
    sessions
        .map(|session| session.start.local().format(LOCAL).to_string())
        .collect()
}

fn entry(item: &str, start: &str) -> PinEntry {
    PinEntry {
        item: item.to_owned(),
        start: start.to_owned(),
        minutes: 90,
    }
}

/// A session that was moved by hand keeps its time until the learner reschedules with more than the
/// least disruption. A pinned one stays.
#[test]
fn a_move_is_soft_and_a_pin_is_hard() {
    let plan = embedded();
    let now = plan.start_instant();
    let moved = Change::Pin(PinSession {
        pin: entry("python", "2027-01-10T14:00"),
        instead: Some("2027-01-04T19:00".to_owned()),
    });
    let pinned = Change::Pin(PinSession {
        pin: entry("python", "2027-01-17T14:00"),
        instead: None,
    });
    let hours = Change::Hours(SetHours { value: "8".into() });
    let replan = |keep| Change::Replan(Replan { keep });
    let plan = plan.changed(&[moved, pinned], now).unwrap();
    let has = |plan: &Plan, start: &str| at(plan, "python").contains(&start.to_owned());
    for change in [replan(Keep::Fitting), hours] {
        let after = plan.changed(&[change], now).unwrap();
        assert!(has(&after, "2027-01-10T14:00") && has(&after, "2027-01-17T14:00"));
        assert_eq!(after.move_entries().count(), 1);
    }
    let again = plan.changed(&[replan(Keep::Frozen)], now).unwrap();
    assert!(!has(&again, "2027-01-10T14:00") && has(&again, "2027-01-17T14:00"));
    let release = |pinned| Change::Release(ReleaseSessions { pinned });
    let released = plan.changed(&[release(false)], now).unwrap();
    assert_eq!(
        (
            released.move_entries().count(),
            released.pin_entries().count()
        ),
        (0, 1)
    );
    let released = plan.changed(&[release(true)], now).unwrap();
    assert_eq!(released.pins(), []);
    assert_eq!(current(&released).sessions, current(&embedded()).sessions);
    // Moving a pinned session leaves it pinned, and a moved one can be pinned.
    let again = Change::Pin(PinSession {
        pin: entry("python", "2027-01-24T14:00"),
        instead: Some("2027-01-17T14:00".to_owned()),
    });
    let harder = Change::Pin(PinSession {
        pin: entry("python", "2027-01-10T14:00"),
        instead: None,
    });
    let after = plan.changed(&[again, harder], now).unwrap();
    assert_eq!(
        (after.move_entries().count(), after.pin_entries().count()),
        (0, 2)
    );
}

/// The two items swap times, and nothing else moves. An item that can't begin yet is rejected.
#[test]
fn another_topic_swaps_a_session() {
    let plan = embedded();
    let now = plan.start_instant();
    let swap = |item: &str| {
        let session = entry(item, "2027-01-04T19:00");
        let item = "python".to_owned();
        plan.changed(&[Change::Swap(SwapTopic { item, session })], now)
    };
    let (python, other) = (at(&plan, "python"), at(&plan, "data-structures-algorithms"));
    let after = swap("data-structures-algorithms").unwrap();
    let swapped = |mut starts: Vec<String>, from: &str, to: &str| {
        starts.retain(|start| start != from);
        starts.push(to.to_owned());
        starts.sort();
        starts
    };
    let (here, there) = ("2027-01-04T19:00", other[0].as_str());
    assert_eq!(at(&after, "python"), swapped(python, here, there));
    assert_eq!(
        at(&after, "data-structures-algorithms"),
        swapped(other.clone(), there, here)
    );
    let early = swap("kubernetes").unwrap_err().to_string();
    assert!(early.contains("needs another item first"), "{early}");
    let same = swap("python").unwrap_err().to_string();
    assert!(same.contains("is the session's item already"), "{same}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// A session that is set aside waits, all others stay where they are, and what waited goes on
    /// waiting. Placed again it waits no more, and nothing else moves. A re-plan gives all of it a
    /// place.
    #[test]
    fn what_is_set_aside_waits_until_it_is_placed((plan, now) in histories(), which in any::<Index>()) {
        let plan = Plan::from_file(PlanFile {
            pins: Vec::new(),
            day_cap_minutes: None,
            week_cap_minutes: None,
            ..plan.to_file()
        }).unwrap();
        let is_on = |session: &&Tracked| session.state == SessionState::Due;
        let before = progress(&plan, now);
        prop_assume!(is_whole(&before.schedule) && before.sessions.iter().find(is_on).is_none());
        let to_come = |plan: &Plan| -> Vec<Tracked> {
            let is_planned = |session: &Tracked| session.state == SessionState::Planned;
            let sessions = progress(plan, now).sessions.into_iter();
            sessions.filter(is_planned).map(|session| Tracked { ordinal: 0, why: None, ..session }).collect()
        };
        let mut expected = to_come(&plan);
        prop_assume!(!expected.is_empty() && expected.iter().all(|session| session.done == 0));
        // Work done ahead shortens an item's last session in the next schedule.
        let planned: u64 = expected.iter().map(|session| u64::from(session.minutes)).sum();
        let left: u64 = plan.left().iter().map(|left| u64::from(*left)).sum();
        prop_assume!(planned + before.waiting_minutes() == left);
        let gone = expected.remove(which.index(expected.len()));
        prop_assume!(plan.availability().buffer_minutes * 2 < gone.minutes);
        let session = PinEntry {
            item: plan.roadmap().items[gone.item].id.clone(),
            start: gone.start.local().format(LOCAL).to_string(),
            minutes: gone.minutes,
        };
        prop_assume!(plan.moment(gone.start.local()) == gone.start);
        let after = plan.changed(&[Change::SetAside(SetAside { session: session.clone() })], now).unwrap();
        prop_assert_eq!(&to_come(&after), &expected);
        let mut waiting = before.waiting.clone();
        match waiting.iter_mut().find(|(item, _)| *item == gone.item) {
            Some((_, minutes)) => *minutes += gone.minutes,
            None => waiting.push((gone.item, gone.minutes)),
        }
        waiting.sort_unstable();
        prop_assert_eq!(&progress(&after, now).waiting, &waiting);

        let placed = after.changed(&[Change::Place(PlaceSession { session })], now).unwrap();
        expected.insert(which.index(expected.len() + 1), gone);
        prop_assert_eq!(to_come(&placed), expected);
        prop_assert_eq!(&progress(&placed, now).waiting, &before.waiting);

        let replan = Change::Replan(Replan { keep: Keep::Fitting });
        prop_assert_eq!(progress(&after.changed(&[replan], now).unwrap(), now).waiting, vec![]);
    }
}

/// A session that is set aside isn't planned at its time again, also once its work is planned in.
#[test]
fn a_session_that_is_set_aside_leaves_its_time_free() {
    let plan = embedded();
    let now = plan.start_instant();
    let session = entry("python", "2027-01-04T19:00");
    let after = plan
        .changed(&[Change::SetAside(SetAside { session })], now)
        .unwrap();
    let sessions = |plan: &Plan| current(plan).sessions;
    let is_there = |session: &Session| session.start.local().to_string() == "2027-01-04 19:00:00";
    assert!(sessions(&plan).iter().any(is_there) && !sessions(&after).iter().any(is_there));
    assert_eq!(progress(&after, now).waiting_minutes(), 90);
    let replan = Change::Replan(Replan { keep: Keep::Frozen });
    let again = after.changed(&[replan], now).unwrap();
    assert!(!sessions(&again).iter().any(is_there));
    let minutes = |plan: &Plan| current(plan).minutes();
    assert_eq!(minutes(&again), minutes(&plan));
    // A stored plan has it too.
    let stored = Document::new(after.clone()).to_json().unwrap();
    let read = Document::from_json(&stored).unwrap();
    assert_eq!(progress(&read.plan, now).waiting_minutes(), 90);
}

/// A session whose work is done already isn't planned again, and one of which some is done keeps
/// the rest: everything else stays where it is.
#[test]
fn what_is_done_ahead_is_not_planned_again() {
    let sessions = |plan: &Plan| -> Vec<(String, u32)> {
        let sessions = current(plan).sessions.into_iter();
        let start = |session: &Session| session.start.local().format(LOCAL).to_string();
        sessions
            .map(|session| (start(&session), session.minutes))
            .collect()
    };
    let now = embedded().instant("2027-01-04T12:00:00".parse().unwrap());
    for (done, left) in [(90, None), (60, Some(30))] {
        let python = current(&embedded()).sessions[0].item();
        let log = logged(&embedded(), python, now - TimeDelta::hours(2), done);
        let plan = embedded().changed(&[log], now).unwrap();
        let [(tonight, 90), (tomorrow, 90)] = &sessions(&plan)[..2] else {
            panic!("two evenings");
        };
        let tomorrows = &plan.roadmap().items[current(&plan).sessions[1].item()].id;
        let session = entry(tomorrows, tomorrow);
        let after = Change::SetAside(SetAside { session });
        let after = plan.changed(&[after], now).unwrap();
        let mut expected = sessions(&plan).split_off(2);
        if let Some(left) = left {
            expected.insert(0, (tonight.clone(), left));
        }
        assert_eq!(sessions(&after), expected, "{done} minutes done");
    }
}

/// The first session can be before the plan's first day: nothing else moves because of it.
#[test]
fn the_first_session_can_be_tonight() {
    let plan = crate::samples::embedded();
    let before = current(&plan);
    let first = before.sessions[0];
    let tonight = plan
        .start()
        .pred_opt()
        .unwrap()
        .and_hms_opt(19, 0, 0)
        .unwrap();
    let change = Change::Pin(PinSession {
        pin: PinEntry {
            item: plan.roadmap().items[first.item()].id.clone(),
            start: tonight.format(LOCAL).to_string(),
            minutes: first.minutes,
        },
        instead: Some(first.start.local().format(LOCAL).to_string()),
    });
    let now = plan.instant(tonight) - TimeDelta::hours(2);
    let changed = plan.changed(&[change], now).unwrap();
    let after = current(&changed);
    assert!(is_whole(&after));
    assert_eq!(after.sessions[0].start.local(), tonight);
    let ends = |scheduled: &Schedule| {
        scheduled
            .phases
            .iter()
            .flatten()
            .map(|span| span.end.local().date())
            .collect::<Vec<_>>()
    };
    assert_eq!(ends(&after), ends(&before));
}

/// The names of a plan's baselines, and of the last the sessions.
fn baselines(plan: &Plan) -> (Vec<&str>, &[Planned]) {
    let names = plan.baselines().iter().map(|known| &*known.name);
    let last = plan.baselines().last();
    (names.collect(), last.map_or(&[], |known| &known.sessions))
}

/// A press of the timer before the first week sets no baseline. The first change in that week sets
/// it; while nothing else is set, it follows the setting up of the plan to the end of that week.
#[test]
fn the_first_baseline_is_the_plan_of_the_first_week() {
    let plan = embedded();
    let start = plan.start_instant();
    let hours = |hours: &str| {
        Change::Hours(SetHours {
            value: hours.into(),
        })
    };
    let press = |plan: &Plan, at| {
        let item = current(plan).sessions[0].item();
        plan.changed(&[logged(plan, item, at, 1)], at + TimeDelta::minutes(1))
    };
    let early = press(&plan, start - TimeDelta::days(2)).unwrap();
    let early = early
        .changed(&[hours("6")], start - TimeDelta::days(1))
        .unwrap();
    assert_eq!(baselines(&early), (vec![], &[][..]));

    let begun = press(&plan, start + TimeDelta::days(1)).unwrap();
    let all = |plan: &Plan| all_sessions(plan, &current(plan));
    assert_eq!(baselines(&begun), (vec![FIRST_BASELINE], &*all(&plan)));
    let tuesday = start + TimeDelta::days(2);
    let slower = begun.changed(&[hours("6")], tuesday).unwrap();
    assert_eq!(baselines(&slower), (vec![FIRST_BASELINE], &*all(&slower)));
    // A session moved by hand isn't the plan that was chosen.
    let session = *current(&slower).sessions.last().unwrap();
    let item = slower.roadmap().items[session.item()].id.clone();
    let drag = Change::Pin(PinSession {
        pin: PinEntry {
            item,
            start: (session.start.local() + TimeDelta::hours(1))
                .format(LOCAL)
                .to_string(),
            minutes: session.minutes,
        },
        instead: Some(session.start.local().format(LOCAL).to_string()),
    });
    let dragged = slower.changed(&[drag], tuesday).unwrap();
    assert_eq!(baselines(&dragged), baselines(&slower));
    let in_week_two = start + TimeDelta::days(8);
    let later = slower.changed(&[hours("8")], in_week_two).unwrap();
    assert_eq!(baselines(&later), baselines(&slower));
    // One that the learner sets is theirs.
    let set = Change::Baseline(SetBaseline {
        name: "Mine".into(),
    });
    let mine = slower.changed(&[set], tuesday).unwrap();
    let faster = mine.changed(&[hours("12")], tuesday).unwrap();
    assert_eq!(
        baselines(&faster),
        (vec![FIRST_BASELINE, "Mine"], &*all(&slower))
    );
}
