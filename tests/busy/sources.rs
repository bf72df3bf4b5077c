//! Several calendars in one plan: which is a newer version of which, and what their removal gives
//! back.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use waymark_core::calendar::busy::{Import, Limits, import};
use waymark_core::document::Document;
use waymark_core::plan::change::RemoveBusy;
use waymark_core::plan::{Change, KnownAs, Plan, PlanFile};
use waymark_core::schedule::current;

const PLAN: &str = r#"{
    "id": "sources", "start": "2027-01-04", "zone": "Europe/Berlin",
    "windows": [{"day": "Tue", "from": "19:00", "to": "21:00"},
                {"day": "Sat", "from": "09:00", "to": "12:00"}],
    "busy": [{"start": "2027-01-05T18:00:00Z", "end": "2027-01-05T18:30:00Z"}],
    "roadmap": {"id": "one", "title": "One", "nominal_hours_per_week": 5, "phases": [
        {"id": "p", "title": "Phase", "outcome": {"id": "o", "title": "Done"}, "items": [
            {"id": "a", "title": "A", "kind": "topic", "effort_hours": 40}
        ]}
    ]}
}"#;

fn now() -> DateTime<Utc> {
    "2026-12-01T12:00:00Z".parse().unwrap()
}

fn plan() -> Plan {
    Plan::from_json(PLAN).unwrap()
}

/// A calendar with an event of an hour for each UID and number of days after the start, at 19:00.
fn calendar(name: Option<&str>, events: &[(&str, i64)]) -> String {
    let first: DateTime<Utc> = "2027-01-05T18:00:00Z".parse().unwrap();
    let event = |(uid, days): &(&str, i64)| {
        let start = first + TimeDelta::days(*days);
        let start = start.format("%Y%m%dT%H%M%SZ");
        format!("BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:{start}\r\nDURATION:PT1H\r\nEND:VEVENT\r\n")
    };
    let name = name.map_or(String::new(), |name| format!("X-WR-CALNAME:{name}\r\n"));
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\r\n{name}{events}END:VCALENDAR\r\n")
}

fn read(plan: &Plan, file: &str, text: &str) -> Import {
    import(plan, file, text.as_bytes(), &Limits::default(), now()).unwrap()
}

/// The plan with a calendar that it knows, or that is new to it.
fn with(plan: &Plan, file: &str, text: &str) -> Plan {
    let import = read(plan, file, text);
    assert_eq!(import.question(), None);
    plan.apply(&Change::Busy(import.change)).unwrap()
}

fn replacing(plan: &Plan, file: &str, text: &str, source: &str) -> Plan {
    let change = read(plan, file, text).instead_of(source).change;
    plan.apply(&Change::Busy(change)).unwrap()
}

fn without(plan: &Plan, source: &str) -> Plan {
    let source = source.to_owned();
    plan.apply(&Change::DropBusy(RemoveBusy { source }))
        .unwrap()
}

/// All of a plan but the reports, which name the last day that was read.
fn bare(plan: &Plan) -> PlanFile {
    let mut file = plan.to_file();
    for calendar in file.busy_calendars.values_mut() {
        calendar.report.clear();
    }
    file
}

fn names(plan: &Plan) -> Vec<&str> {
    plan.busy_sources().map(|source| source.name).collect()
}

const WORK: [(&str, i64); 3] = [("w1@x", 0), ("w2@x", 7), ("w3@x", 14)];
const FAMILY: [(&str, i64); 3] = [("f1@x", 0), ("f2@x", 4), ("f3@x", 11)];

#[test]
fn the_same_file_twice_is_one_source() {
    let work = calendar(Some("Work"), &WORK);
    let once = with(&plan(), "work.ics", &work);
    assert_eq!(bare(&with(&once, "work.ics", &work)), bare(&once));
    // Also under the name that a browser gives to a second download.
    assert_eq!(bare(&with(&once, "work (1).ics", &work)), bare(&once));
}

#[test]
fn a_newer_version_in_a_file_of_the_same_name_replaces_the_older() {
    let once = with(&plan(), "work.ics", &calendar(Some("Work"), &WORK));
    let newer = calendar(Some("Work"), &[("w2@x", 8), ("w3@x", 15), ("w4@x", 21)]);
    let again = with(&once, "work.ics", &newer);
    assert_eq!(bare(&again), bare(&with(&plan(), "work.ics", &newer)));
}

#[test]
fn a_newer_version_in_a_file_of_another_name_is_asked_about() {
    let once = with(&plan(), "work.ics", &calendar(Some("Work"), &WORK));
    let newer = calendar(Some("Work"), &[("w2@x", 8), ("w3@x", 15), ("w4@x", 21)]);
    let import = read(&once, "work (1).ics", &newer);
    assert_eq!(
        import.question().unwrap(),
        "The file work (1).ics may be a newer download of work.ics: most of its events are the same."
    );
    let both = once.apply(&Change::Busy(import.change)).unwrap();
    assert_eq!(names(&both), ["work (1).ics", "work.ics"]);
    let replaced = replacing(&once, "work (1).ics", &newer, "work.ics");
    assert_eq!(
        bare(&replaced),
        bare(&with(&plan(), "work (1).ics", &newer))
    );
}

#[test]
fn another_calendar_in_a_file_of_the_same_name_is_kept_beside() {
    for (one, other, named) in [
        (Some("Work"), Some("Family"), "basic.ics (Family)"),
        (None, None, "basic.ics (2)"),
    ] {
        let work = with(&plan(), "basic.ics", &calendar(one, &WORK));
        let both = with(&work, "basic.ics", &calendar(other, &FAMILY));
        assert_eq!(names(&both), ["basic.ics", named]);
        // Each is known again, and a third one gets a name of its own.
        let again = with(&both, "basic.ics", &calendar(other, &FAMILY));
        assert_eq!(bare(&again), bare(&both));
        let newer = calendar(other, &[("f2@x", 4), ("f3@x", 12)]);
        let newer = with(&both, "basic.ics", &newer);
        assert_eq!(names(&newer), ["basic.ics", named]);
        let third = with(&both, "basic.ics", &calendar(None, &[("c1@x", 2)]));
        assert_eq!(names(&third).len(), 3);
        assert_eq!(without(&both, named), work);
    }
}

#[test]
fn resemblances_that_may_mislead_are_asked_about() {
    let work = with(&plan(), "calendar.ics", &calendar(Some("Calendar"), &WORK));
    let plain = with(&plan(), "calendar.ics", &calendar(None, &WORK));
    let asked = [
        // Two accounts, or a calendar of which only new events are exported.
        read(&work, "other.ics", &calendar(Some("Calendar"), &FAMILY)),
        // The calendar was renamed.
        read(&work, "calendar.ics", &calendar(Some("Job"), &WORK)),
        // Some events are in both, such as invitations.
        read(
            &plain,
            "calendar.ics",
            &calendar(None, &[("w1@x", 0), ("f1@x", 1), ("f2@x", 2)]),
        ),
        // Everything is gone from it.
        read(&plain, "calendar.ics", &calendar(None, &[])),
    ]
    .map(|import| import.question().unwrap());
    insta::assert_snapshot!(asked.join("\n"));
    // A calendar of another name that shares a few events with it is another one.
    let other = calendar(Some("Family"), &[("w1@x", 0), ("f1@x", 1), ("f2@x", 2)]);
    assert_eq!(read(&work, "family.ics", &other).known_as, KnownAs::New);
}

#[test]
fn calendars_of_an_earlier_version_are_known_by_their_names_and_times() {
    let mut stored = plan().to_file();
    let work = with(&plan(), "work.ics", &calendar(Some("Work"), &WORK));
    stored.busy_sources = work.to_file().busy_sources;
    let text = serde_json::to_string(&stored).unwrap();
    assert!(!text.contains("busy_calendars"), "as version 4 stored it");
    let old = Plan::from_json(&text).unwrap();
    assert_eq!(names(&old), ["work.ics"]);
    assert_eq!(current(&old).finish(), current(&work).finish());
    assert_eq!(old.to_file().busy_sources, work.to_file().busy_sources);

    let newer = calendar(Some("Work"), &[("w2@x", 7), ("w3@x", 14), ("w4@x", 21)]);
    let known = with(&old, "work.ics", &newer);
    assert_eq!(bare(&known), bare(&with(&plan(), "work.ics", &newer)));
    let renamed = read(&old, "work (1).ics", &newer);
    assert!(renamed.question().is_some());
    let other = read(&old, "work.ics", &calendar(Some("Family"), &[("f1@x", 3)]));
    assert!(
        other.question().is_some(),
        "nothing tells whether it is the same"
    );
}

#[test]
fn a_calendar_with_the_plans_own_sessions_is_not_known_by_them() {
    let plan = plan();
    let sessions = waymark_core::calendar::files::calendar(&plan, &current(&plan)).unwrap();
    let event = |uid: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:20270110T100000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR"
        )
    };
    let one = sessions.replace("END:VCALENDAR", &event("w1@x"));
    let other = sessions.replace("END:VCALENDAR", &event("f1@x"));
    let strip = |text: &str| {
        let lines = text
            .lines()
            .filter(|line| !line.starts_with("X-WR-CALNAME"));
        lines.map(|line| format!("{line}\r\n")).collect::<String>()
    };
    let both = with(&with(&plan, "a.ics", &strip(&one)), "b.ics", &strip(&other));
    assert_eq!(names(&both), ["a.ics", "b.ics"]);
}

#[test]
fn each_calendar_is_one_step_that_can_be_undone_and_keeps_its_report() {
    let empty = Document::new(plan());
    let change = |document: &Document, file: &str, text: &str| {
        let import = read(&document.plan, file, text);
        document
            .changed(&[Change::Busy(import.change)], now())
            .unwrap()
    };
    let work = change(&empty, "basic.ics", &calendar(Some("Work"), &WORK));
    let both = change(&work, "basic.ics", &calendar(Some("Family"), &FAMILY));
    let steps: Vec<&str> = both.undo.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(
        steps,
        [
            "Busy time of basic.ics imported",
            "Busy time of basic.ics (Family) imported"
        ]
    );
    let stored = Document::from_json(&both.to_json().unwrap()).unwrap();
    assert_eq!(stored, both);
    for source in stored.plan.busy_sources() {
        let report = &source.calendar.unwrap().report;
        assert!(report[0].starts_with("Busy: 3 events"), "{report:?}");
    }
    let undone = both.undone().unwrap().unwrap();
    assert_eq!(undone.plan, work.plan);
    assert_eq!(undone.undone().unwrap().unwrap().plan, empty.plan);
}

#[test]
fn what_a_plan_cannot_keep_of_a_calendar_is_refused_by_name() {
    let mut file = with(&plan(), "work.ics", &calendar(Some("Work"), &WORK)).to_file();
    let whole = serde_json::to_string(&file).unwrap();
    let uids = serde_json::to_value(&file.busy_calendars["work.ics"].uids).unwrap();
    file.busy_sources.clear();
    let nameless = serde_json::to_string(&file).unwrap();
    let refused = |text: &str| Plan::from_json(text).unwrap_err().to_string();
    let said = [
        refused(&whole.replace(uids.as_str().unwrap(), "12345")),
        refused(&whole.replace(uids.as_str().unwrap(), "12345678901z")),
        refused(&whole.replace(r#""file":"work.ics""#, r#""file":"a\nb""#)),
        refused(&whole.replace(r#""name":"Work""#, r#""name":"""#)),
        refused(&nameless),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The plan has each calendar once, and gets its hours back exactly, in any order of removals.
    #[test]
    fn removal_gives_back_the_hours_exactly(
        calendars in prop::collection::vec(
            prop::collection::btree_map(0u8..40, 0i64..90, 1..8), 1..5),
        order in any::<prop::sample::Index>(),
    ) {
        let empty = plan();
        let mut steps = vec![empty.clone()];
        for (number, events) in calendars.iter().enumerate() {
            let uids: Vec<(String, i64)> = events
                .iter()
                .map(|(uid, day)| (format!("{number}-{uid}@x"), *day))
                .collect();
            let events: Vec<(&str, i64)> =
                uids.iter().map(|(uid, day)| (uid.as_str(), *day)).collect();
            let text = calendar(None, &events);
            let before = &steps[steps.len() - 1];
            let after = with(before, "basic.ics", &text);
            prop_assert_eq!(after.busy_sources().count(), number + 1);
            prop_assert_eq!(bare(&with(&after, "basic.ics", &text)), bare(&after));
            steps.push(after);
        }
        let full = &steps[steps.len() - 1];
        // The latest first: each step back is the plan before it.
        let mut plan = full.clone();
        for before in steps.iter().rev().skip(1) {
            let added: Vec<&str> = names(&plan)
                .into_iter()
                .filter(|name| !names(before).contains(name))
                .collect();
            plan = without(&plan, added[0]);
            prop_assert_eq!(&plan, before);
        }
        // And in another order.
        let mut plan = full.clone();
        while plan.busy_sources().count() > 0 {
            let all = names(&plan);
            let name = all[order.index(all.len())].to_owned();
            plan = without(&plan, &name);
        }
        prop_assert_eq!(current(&plan), current(&empty));
        prop_assert_eq!(plan, empty);
    }
}
