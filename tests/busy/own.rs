//! A plan that reads a calendar which has its own sessions in it: these must not block its time.

use chrono::{DateTime, Utc};
use waymark_core::calendar::busy::{BusyReport, EventOutcome, Limits, import};
use waymark_core::calendar::files::calendar;
use waymark_core::plan::{Change, Plan};
use waymark_core::schedule::current;

const PLAN: &str = r#"{
    "id": "110-one-item", "start": "2027-01-04", "zone": "Europe/Berlin",
    "windows": [{"day": "Tue", "from": "19:00", "to": "20:00"}],
    "session_min_minutes": 60, "session_max_minutes": 60,
    "roadmap": {"id": "one", "title": "One", "nominal_hours_per_week": 1, "phases": [
        {"id": "p", "title": "Only, phase", "outcome": {"id": "o", "title": "Done"}, "items": [
            {"id": "a", "title": "Läs, \"skriv\"; & co", "kind": "topic", "effort_hours": 3}
        ]}
    ]}
}"#;

fn now() -> DateTime<Utc> {
    "2026-12-01T12:00:00Z".parse().unwrap()
}

fn plan() -> Plan {
    Plan::from_json(PLAN).unwrap()
}

/// The plan's export, and what the plan is after it has read it back with some change.
fn read_back(change: impl Fn(&str) -> String) -> (BusyReport, Plan) {
    let plan = plan();
    let file = change(&calendar(&plan, &current(&plan)).unwrap());
    let read = import(&plan, "own.ics", file.as_bytes(), &Limits::default(), now()).unwrap();
    let change = Change::Busy(read.change);
    (read.report, plan.changed(&[change], now()).unwrap())
}

fn count(report: &BusyReport, outcome: &EventOutcome) -> usize {
    report.count(|other| other == outcome)
}

#[test]
fn an_export_read_back_moves_nothing() {
    let finish = current(&plan()).finish();
    let (report, after) = read_back(str::to_owned);
    assert_eq!(count(&report, &EventOutcome::Own), 3);
    assert_eq!(report.busy(), []);
    assert_eq!(current(&after).finish(), finish);
    assert!(
        report
            .lines()
            .contains(&"3 events ignored: sessions of this plan.".to_owned())
    );
}

#[test]
fn sessions_are_known_by_time_and_title_if_their_uids_were_replaced() {
    let (report, _) = read_back(|file| file.replace("UID:110-one-item.a", "UID:040000008200E0"));
    assert_eq!(count(&report, &EventOutcome::Own), 3);
}

#[test]
fn sessions_are_known_by_uid_if_somebody_moved_or_renamed_them() {
    let (report, _) = read_back(|file| {
        file.replace("T180000Z", "T173000Z")
            .replace("SUMMARY:", "SUMMARY:Not ")
    });
    assert_eq!(count(&report, &EventOutcome::Own), 3);
}

#[test]
fn other_events_at_the_time_of_a_session_are_busy() {
    let (report, after) = read_back(|file| {
        file.replace("UID:110-one-item.a.1.0", "UID:choir")
            .replacen("SUMMARY:", "SUMMARY:Choir ", 1)
            .replacen("SUMMARY:Choir Läs", "SUMMARY:Choir, not L", 1)
    });
    assert_eq!(count(&report, &EventOutcome::Own), 2);
    assert_eq!(count(&report, &EventOutcome::Taken), 1);
    assert!(current(&after).finish() > current(&plan()).finish());
}

#[test]
fn sessions_of_another_plan_are_busy() {
    let (report, _) = read_back(|file| {
        file.replace("UID:110-one-item.", "UID:110-two-items.")
            .replace("SUMMARY:L", "SUMMARY:K")
    });
    assert_eq!(count(&report, &EventOutcome::Taken), 3);
}
