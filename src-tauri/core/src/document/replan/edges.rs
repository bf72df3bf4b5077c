//! The first and the last minute that a reschedule touches.

use chrono::{DateTime, TimeDelta, Utc, Weekday};

use super::all_sessions;
use crate::plan::change::{
    PinSession, RemoveLogEntry, Replan, SetDays, SetDone, SetHours, SetStart,
};
use crate::plan::{Change, Keep, PinEntry, Plan, PlanFile};
use crate::samples;
use crate::schedule::current;

/// Evenings of 90 minutes in two sessions, without a break between them.
fn back_to_back() -> Plan {
    let file = PlanFile {
        break_minutes: 0,
        session_max_minutes: Some(45),
        ..samples::embedded().to_file()
    };
    Plan::from_file(file).unwrap()
}

fn hours() -> Change {
    Change::Hours(SetHours { value: "8".into() })
}

fn pin(start: &str, instead: Option<&str>) -> Change {
    Change::Pin(PinSession {
        pin: PinEntry {
            item: "python".to_owned(),
            start: start.to_owned(),
            minutes: 45,
        },
        instead: instead.map(str::to_owned),
    })
}

fn local(plan: &Plan, text: &str) -> DateTime<Utc> {
    plan.instant(text.parse().unwrap())
}

/// The session that begins as the one under way ends is still to come.
#[test]
fn the_session_after_the_one_under_way_is_to_come() {
    let plan = back_to_back();
    let now = local(&plan, "2027-01-04T19:20:00");
    let starts: Vec<_> = current(&plan).sessions[..2]
        .iter()
        .map(|session| session.start.local().to_string())
        .collect();
    assert_eq!(starts, ["2027-01-04 19:00:00", "2027-01-04 19:45:00"]);
    let after = plan.changed(&[hours()], now).unwrap();
    assert_eq!(after.past().len(), 1);
    let sessions = all_sessions(&after, &current(&after));
    for pair in sessions.windows(2) {
        let end = pair[0].start + TimeDelta::minutes(pair[0].minutes.into());
        assert!(end <= pair[1].start, "{pair:?}");
    }
}

/// A plan that starts on the last date goes on for years: what it records then can be read again.
#[test]
fn a_late_plan_is_read_again_until_the_calendar_ends() {
    let file = PlanFile {
        start: "2089-12-26".to_owned(),
        week_minutes: Some(30),
        zone: "Pacific/Honolulu".to_owned(),
        ..samples::embedded().to_file()
    };
    let plan = Plan::from_file(file).unwrap();
    let last = *current(&plan).sessions.last().unwrap();
    assert!(last.start.instant().naive_utc().date() >= "2099-12-24".parse().unwrap());
    let now = local(&plan, "2098-02-03T12:00:00");
    let again = Change::Replan(Replan { keep: Keep::Soon });
    let after = plan.changed(&[again], now).unwrap();
    assert!(!after.baselines().is_empty() && !after.past().is_empty());
    let read = Plan::from_file(after.to_file()).unwrap();
    assert_eq!(current(&read).sessions, current(&after).sessions);
}

/// A session that begins as the frozen days end is free.
#[test]
fn the_frozen_days_end_to_the_minute() {
    let file = PlanFile {
        freeze_days: 1,
        ..samples::embedded().to_file()
    };
    let plan = Plan::from_file(file).unwrap();
    // Monday is no study day any more, and its session begins at 19:00.
    let days = Change::Days(SetDays {
        days: vec![
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
            Weekday::Sat,
        ],
    });
    let has_monday = |changes: &[Change], now: &str| {
        let after = plan.changed(changes, local(&plan, now)).unwrap();
        let monday = "2027-01-11".parse().unwrap();
        let sessions = current(&after).sessions;
        sessions
            .iter()
            .any(|session| session.start.local().date() == monday)
    };
    // A re-plan that keeps later sessions too keeps those that still fit.
    let keeping = |keep| vec![days.clone(), Change::Replan(Replan { keep })];
    let all = [
        vec![days.clone()],
        keeping(Keep::Soon),
        keeping(Keep::Fitting),
    ];
    for changes in all {
        assert!(has_monday(&changes, "2027-01-10T19:00:01"), "{changes:?}");
        assert!(!has_monday(&changes, "2027-01-10T19:00:00"), "{changes:?}");
    }
}

/// A plan with work in its log, before or after the change, keeps its past when its start moves.
#[test]
fn only_a_plan_without_a_log_starts_over() {
    let plan = samples::embedded();
    let now = local(&plan, "2027-01-06T12:00:00");
    let log = samples::entry(&plan, 0, local(&plan, "2027-01-04T19:00:00"), 90);
    let start = Change::Start(SetStart {
        value: "2027-01-11".into(),
    });
    let over = plan.changed(std::slice::from_ref(&start), now).unwrap();
    assert_eq!(over.past(), []);
    let logged = plan.changed(&[log.clone(), start.clone()], now).unwrap();
    assert_eq!(logged.past().len(), 2);
    let remove = Change::Unlog(RemoveLogEntry { entry: 1 });
    let logged = plan.changed(&[log], now).unwrap();
    let removed = logged.changed(&[remove, start], now).unwrap();
    assert_eq!(removed.past().len(), 2);
}

/// A pinned session can be moved even if its time has passed.
#[test]
fn a_missed_pin_can_be_moved() {
    let plan = samples::embedded();
    let missed = "2027-01-10T14:00";
    let plan = plan
        .changed(&[pin(missed, None)], plan.start_instant())
        .unwrap();
    let now = local(&plan, "2027-01-11T12:00:00");
    let later = pin("2027-01-17T14:00", Some(missed));
    let after = plan.changed(&[later], now).unwrap();
    let starts: Vec<_> = after
        .pins()
        .iter()
        .map(|pin| pin.start.to_string())
        .collect();
    assert_eq!(starts, ["2027-01-17 14:00:00"]);
}

/// A pin doesn't make its item's other times sessions.
#[test]
fn only_a_session_of_the_plan_can_be_moved() {
    let plan = samples::embedded();
    let now = plan.start_instant();
    let plan = plan.changed(&[pin("2027-01-10T14:00", None)], now).unwrap();
    let error = plan
        .changed(&[pin("2027-01-17T14:00", Some("2027-01-10T15:00"))], now)
        .unwrap_err()
        .to_string();
    assert!(error.contains("isn't the start of an upcoming"), "{error}");
}

/// A session of an item that is done with by now takes no time: the next item's begins at once.
#[test]
fn an_item_that_is_done_with_leaves_its_session() {
    let plan = samples::embedded();
    let now = local(&plan, "2027-01-04T19:20:00");
    let done = Change::Done(SetDone {
        item: "python".to_owned(),
        done: true,
    });
    let after = plan.changed(&[done], now).unwrap();
    let next = &current(&after).sessions[0];
    assert_eq!(next.start.local().to_string(), "2027-01-04 19:20:00");
}
