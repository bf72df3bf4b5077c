use crate::plan::change::{RemoveBusy, SetBusy};
use chrono::{DateTime, Utc};

use super::*;
use crate::plan::Change;
use crate::schedule::{ConflictKind, Schedule, schedule};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn busy(source: &str, times: &[(&str, &str)]) -> Change {
    let busy = times.iter().map(|(start, end)| Busy {
        start: at(start),
        end: at(end),
    });
    Change::busy(source, busy.collect())
}

/// Two hours on Mondays from 18:00 in Berlin, of which the plan file itself takes a half, and a
/// pinned session.
fn plan() -> Plan {
    let file = serde_json::json!({
        "id": "p", "start": "2027-01-04", "zone": "Europe/Berlin",
        "windows": [{"day": "Mon", "from": "18:00", "to": "20:00"}],
        "busy": [{"start": "2027-01-04T17:00:00Z", "end": "2027-01-04T17:30:00Z"}],
        "pins": [{"item": "python", "start": "2027-01-11T18:00", "minutes": 60}],
    });
    Plan::from_json(&file.to_string()).unwrap()
}

fn scheduled(plan: &Plan) -> Schedule {
    schedule(plan, plan.start_instant())
}

fn first_start(plan: &Plan) -> String {
    let first = scheduled(plan).sessions[0].start.instant();
    first.to_string()
}

#[test]
fn a_source_read_again_replaces_what_it_had() {
    let plan = plan();
    assert_eq!(first_start(&plan), "2027-01-04 17:30:00 UTC");
    let work = busy(
        "work.ics",
        &[("2027-01-04T17:00:00Z", "2027-01-04T18:00:00Z")],
    );
    let family = busy(
        "family.ics",
        &[("2027-01-04T18:00:00Z", "2027-01-04T18:15:00Z")],
    );
    let both = plan.apply_all(&[work, family]).unwrap();
    assert_eq!(first_start(&both), "2027-01-04 18:15:00 UTC");
    let names: Vec<_> = both
        .busy_sources()
        .map(|source| (source.name, source.times))
        .collect();
    assert_eq!(names, [("family.ics", 1), ("work.ics", 1)]);

    let moved = busy(
        "work.ics",
        &[("2027-06-01T17:00:00Z", "2027-06-01T18:00:00Z")],
    );
    let again = both.apply(&moved).unwrap();
    assert_eq!(first_start(&again), "2027-01-04 17:30:00 UTC");
    assert_eq!(again.apply(&moved).unwrap(), again);

    let drop = |source: &str| {
        Change::DropBusy(RemoveBusy {
            source: source.to_owned(),
        })
    };
    let without = again.apply_all(&[drop("work.ics"), drop("family.ics")]);
    assert_eq!(without.unwrap(), plan, "what the file says itself stays");
}

#[test]
fn sources_are_kept_in_the_file_and_files_without_them_are_read() {
    let work = busy(
        "work.ics",
        &[("2027-01-04T17:00:00Z", "2027-01-04T18:00:00Z")],
    );
    let plan = plan().apply(&work).unwrap();
    let text = serde_json::to_string(&plan.to_file()).unwrap();
    assert!(text.contains(r#""busy_sources":{"work.ics":[{"start":"2027-01-04T17:00:00Z""#));
    assert_eq!(Plan::from_json(&text).unwrap(), plan);
}

#[test]
fn busy_time_over_a_pinned_session_is_a_finding() {
    let plan = plan();
    assert_eq!(scheduled(&plan).conflicts, []);
    let over = busy(
        "work.ics",
        &[("2027-01-11T17:30:00Z", "2027-01-11T17:45:00Z")],
    );
    let conflicts = scheduled(&plan.apply(&over).unwrap()).conflicts;
    let kinds: Vec<ConflictKind> = conflicts.iter().map(|conflict| conflict.kind).collect();
    assert_eq!(kinds, [ConflictKind::OutsideAvailability]);
}

#[test]
fn what_cannot_be_busy_time_is_refused_and_nothing_changes() {
    let backwards = BusyEntry {
        start: at("2027-01-05T10:00:00Z"),
        end: at("2027-01-05T09:00:00Z"),
    };
    let change = |source: &str, times: Vec<BusyEntry>| {
        Change::Busy(SetBusy {
            source: source.to_owned(),
            times,
            calendar: None,
            instead: None,
        })
    };
    let second = |number: i64| BusyEntry {
        start: DateTime::from_timestamp(number * 10, 0).unwrap(),
        end: DateTime::from_timestamp(number * 10 + 1, 0).unwrap(),
    };
    let said = [
        change("work.ics", vec![backwards]),
        change("", vec![]),
        change("two\nlines", vec![]),
        change(&"x".repeat(201), vec![]),
        change("work.ics", (0..200_000).map(second).collect()),
        Change::DropBusy(RemoveBusy {
            source: "other.ics".to_owned(),
        }),
    ]
    .map(|change| plan().apply(&change).unwrap_err().to_string());
    insta::assert_snapshot!(said.join("\n"));
}
