use super::*;
use crate::calendar::event::{EventKey, EventKind, When};
use crate::calendar::export::{
    CalendarContents, EventParts, EventText, ExportOptions, ExportTimes, PatternPart, Writer, text,
};
use crate::calendar::ledger::{ExportKind, Ledger};
use crate::plan::change::{Replan, SetHours, SetSessionLength, SetStart};
use crate::plan::{Change, Keep, Plan};
use crate::roadmap::{Link, Roadmap, Step};
use crate::samples::zone;
use crate::schedule::schedule;
use icalendar::{Calendar, CalendarComponent, Component};
use proptest::prelude::*;

fn plan(roadmap: &str) -> Plan {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = "2027-01-04".parse().unwrap();
    let roadmap = Roadmap::from_json(roadmap).unwrap();
    Plan::new("p", roadmap, start, zone("Europe/Berlin"), created).unwrap()
}

fn embedded() -> Plan {
    plan(include_str!("../../../../roadmaps/mlops-2026.json"))
}

fn exported(plan: &Plan) -> String {
    calendar(plan, &schedule(plan, plan.start_instant())).unwrap()
}

fn written(plan: &Plan, options: &ExportOptions) -> Vec<IcsFile> {
    let scheduled = schedule(plan, plan.start_instant());
    let contents = CalendarContents::new(plan, &scheduled, options).unwrap();
    let ledger = Ledger::new(plan.id());
    let export = ledger
        .export(&contents, ExportKind::Full, plan.created())
        .unwrap();
    files(&contents, &export)
}

/// The first event with a UID that ends like this, and the lines before all events.
fn event<'a>(text: &'a str, uid: &str) -> &'a str {
    let at = text.find(&format!("{uid}@waymark")).unwrap();
    let begin = text[..at].rfind("BEGIN:VEVENT").unwrap();
    let end = begin + text[begin..].find("END:VEVENT").unwrap();
    &text[begin..end]
}

#[test]
fn the_first_event_in_full() {
    let text = exported(&embedded());
    let end = text.find("END:VEVENT").unwrap();
    insta::assert_snapshot!(text[..end].replace('\r', ""));
}

/// Studying changes no event: what the learner writes or ticks while at it isn't in the text.
#[test]
fn links_are_in_the_text_and_the_learners_notes_are_not() {
    let mut file = Roadmap::embedded().unwrap().file;
    let item = &mut file.phases[0].items[0];
    item.links = vec![Link {
        title: "Tutorial".into(),
        address: "https://python.example/start".into(),
    }];
    item.notes = "My own notes".into();
    item.steps = vec![Step {
        title: "My own step".into(),
        minutes: None,
    }];
    let text = exported(&plan(&serde_json::to_string(&file).unwrap()));
    let text = text.replace("\r\n ", "");
    assert!(text.contains(
        "without asking you anything.\\n\\nTutorial: https://python.example/start\\n\\nPhase 1"
    ));
    assert!(!text.contains("My own"));
}

/// One event of each sort, with everything that can be chosen about them, on the learner's clock.
#[test]
fn every_sort_of_event_in_full() {
    let options = ExportOptions {
        weeks: true,
        phases: true,
        milestones: true,
        reminders: vec![60, 0, 10, 10],
        title: "{plan}: {item} {session}/{sessions}, {length} ({phase}) {not a field}".into(),
        link: Some("https://example.org/notes;v=1,2/{phase}/{item}".into()),
        times: ExportTimes::Zoned,
        ..ExportOptions::default()
    };
    let files = written(&embedded(), &options);
    let [file] = &files[..] else {
        panic!("one file")
    };
    let head = &file.text[..file.text.find("BEGIN:VEVENT").unwrap()];
    let events = [
        "p.python.2.0",
        "p.1.week.0",
        "p.foundations.phase.0",
        "p.foundations.outcome.0",
    ];
    let shown: Vec<&str> = events.iter().map(|uid| event(&file.text, uid)).collect();
    insta::assert_snapshot!(format!("{head}{}", shown.concat()).replace('\r', ""));
}

/// Work that was missed and planned in again counts once.
#[test]
fn a_phase_is_as_long_after_a_replan_as_before() {
    let options = ExportOptions {
        phases: true,
        ..ExportOptions::default()
    };
    let plan = embedded();
    let replan = Change::Replan(Replan { keep: Keep::Frozen });
    let after = plan
        .changed(&[replan], "2027-01-18T08:00:00Z".parse().unwrap())
        .unwrap();
    for plan in [plan, after] {
        let schedule = crate::schedule::current(&plan);
        let contents = CalendarContents::new(&plan, &schedule, &options).unwrap();
        let export = Ledger::new(plan.id()).export(&contents, ExportKind::Full, plan.created());
        let files = files(&contents, &export.unwrap());
        let phase = event(&files[0].text, "p.foundations.phase.0");
        assert!(phase.contains("60 h of study."), "{phase}");
    }
}

#[test]
fn one_file_for_each_phase_and_none_too_large() {
    let options = ExportOptions {
        weeks: true,
        file_per_phase: true,
        ..ExportOptions::default()
    };
    let of = |files: &[IcsFile]| -> Vec<String> {
        let line = |file: &IcsFile| {
            assert!(file.text.len() <= 900_000 && file.events.total() <= 1_000);
            let calendar: Calendar = file.text.parse().unwrap();
            assert_eq!(calendar.events().count(), file.events.total());
            let name = calendar
                .property_value("NAME")
                .unwrap_or_default()
                .to_owned();
            format!(
                "{:<30} {:>5} events, {name}",
                file.part,
                file.events.total()
            )
        };
        files.iter().map(line).collect()
    };
    let per_phase = of(&written(&embedded(), &options));
    let many = embedded()
        .apply_all(&[
            Change::Sessions(SetSessionLength {
                min: "10".into(),
                max: "15".into(),
            }),
            Change::Hours(SetHours { value: "20".into() }),
        ])
        .unwrap();
    let split = of(&written(&many, &ExportOptions::default()));
    let long = ExportOptions {
        title: "{item} ".repeat(28),
        reminders: vec![5, 10, 15, 20, 30],
        ..ExportOptions::default()
    };
    let large = of(&written(&many, &long));
    let all = [per_phase, split, large].map(|files| files.join("\n"));
    insta::assert_snapshot!(all.join("\n\n"));
}

/// On the learner's clock, as then something goes between the head and the events.
#[test]
fn the_head_of_a_live_file() {
    let plan = embedded();
    let scheduled = schedule(&plan, plan.start_instant());
    let options = ExportOptions {
        times: ExportTimes::Zoned,
        ..ExportOptions::default()
    };
    let contents = CalendarContents::new(&plan, &scheduled, &options).unwrap();
    let ledger = Ledger::new(plan.id());
    let export = ledger
        .export(&contents, ExportKind::Full, plan.created())
        .unwrap();
    let text = live_file(&contents, &export).text;
    let calendar: Calendar = text.parse().unwrap();
    assert_eq!(calendar.events().count(), scheduled.sessions.len());
    let (head, _) = text.split_once("BEGIN:STANDARD").unwrap();
    insta::assert_snapshot!(head.replace('\r', ""));
}

#[test]
fn options_are_refused_by_name_and_value() {
    let date = |text: &str| Some(text.parse().unwrap());
    let usual = ExportOptions::default;
    let wrong = [
        ExportOptions {
            sessions: false,
            ..usual()
        },
        ExportOptions {
            from: date("2027-02-01"),
            to: date("2027-01-31"),
            ..usual()
        },
        ExportOptions {
            reminders: vec![1, 2, 3, 4, 5, 6],
            ..usual()
        },
        ExportOptions {
            reminders: vec![40_321],
            ..usual()
        },
        ExportOptions {
            title: " \n".into(),
            ..usual()
        },
        ExportOptions {
            title: "{itme}".into(),
            ..usual()
        },
        ExportOptions {
            title: "x".repeat(201),
            ..usual()
        },
        ExportOptions {
            link: Some("notes/{item}".into()),
            ..usual()
        },
        ExportOptions {
            link: Some("https://example.org/{length}".into()),
            ..usual()
        },
        ExportOptions {
            link: Some("https://example.org/a b".into()),
            ..usual()
        },
    ];
    let said: Vec<String> = wrong
        .iter()
        .map(|options| options.check().unwrap_err().to_string())
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

/// Some readers take a time that comes twice for the first one, some for the second: it is written
/// in UTC.
#[test]
fn times_that_a_clock_cannot_tell_apart_are_written_in_utc() {
    let file = serde_json::json!({
        "id": "p", "start": "2027-10-25", "zone": "Europe/Berlin",
        "windows": [{"day": "Sun", "from": "01:00", "to": "04:00"}],
        "session_min_minutes": 60, "session_max_minutes": 60,
    });
    let plan = Plan::from_json(&file.to_string()).unwrap();
    let options = ExportOptions {
        times: ExportTimes::Zoned,
        ..ExportOptions::default()
    };
    let files = written(&plan, &options);
    let lines = files[0].text.lines();
    let times: Vec<&str> = lines
        .filter(|line| {
            line.starts_with("DTSTART;TZID")
                || line.starts_with("DTSTART:2027103")
                || line.starts_with("DTEND")
        })
        .take(12)
        .collect();
    insta::assert_snapshot!(times.join("\n"));
}

#[test]
fn names_of_files_are_safe_everywhere() {
    let names = [
        "MLOps: Engineer / 2026 (v2)",
        "../../etc/passwd",
        "CON",
        "漢字",
        "",
        "é-ü",
        &"long ".repeat(50),
    ];
    insta::assert_debug_snapshot!(names.map(file_stem));
}

#[test]
fn a_session_keeps_its_uid_when_the_plan_changes() {
    let plan = embedded();
    let uids = |text: &str| -> std::collections::BTreeSet<String> {
        text.split("\r\n")
            .filter_map(|line| line.strip_prefix("UID:"))
            .map(str::to_owned)
            .collect()
    };
    let before = uids(&exported(&plan));
    assert_eq!(
        before.len(),
        schedule(&plan, plan.start_instant()).sessions.len()
    );
    let later = plan
        .apply(&Change::Start(SetStart {
            value: "2027-03-01".into(),
        }))
        .unwrap();
    assert_eq!(uids(&exported(&later)), before);
}

proptest! {
    /// Any text comes back as it was, but for characters that no calendar shows; and no line breaks
    /// a rule.
    #[test]
    fn any_title_survives(title in prop_oneof![
        r#"[\PC\n\t,;:\\"\r]{1,150}"#,
        r"[äß漢🚀]{1,150}",
        prop::collection::vec(any::<char>(), 1..200).prop_map(String::from_iter),
    ]) {
        prop_assume!(!title.trim().is_empty() && title.chars().count() <= 200);
        let roadmap = serde_json::json!({
            "id": "r", "title": "R", "nominal_hours_per_week": 10, "phases": [{
                "id": "p", "title": "P", "outcome": {"id": "o", "title": "O"},
                "items": [{"id": "i", "title": title, "kind": "topic", "effort_hours": 1}],
            }],
        });
        let text = exported(&plan(&roadmap.to_string()));
        check(&text, &title)?;
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 0, ..ProptestConfig::default() })]

    /// However long it is: a title of 10,000 characters never gets through a roadmap, but could
    /// through something else.
    #[test]
    fn any_long_text_survives(text in prop::collection::vec(any::<char>(), 9_000..10_000).prop_map(String::from_iter)) {
        let event_text = EventText {
            title: vec![PatternPart::Text(self::text(&text))],
            ..EventText::default()
        };
        let key = EventKey { kind: EventKind::Session, id: "i".into() };
        let parts = EventParts {
            key: &key,
            text: &event_text,
            ordinal: 1,
            when: When { start: 0, end: 3600, all_day: false },
            zone: None,
            revision: Default::default(),
        };
        let mut written = "BEGIN:VCALENDAR\r\n".to_owned();
        Writer::new("p", &ExportOptions::default()).event(&mut written, parts);
        check(&(written + "END:VCALENDAR\r\n"), &text)?;
    }
}

fn check(text: &str, title: &str) -> Result<(), TestCaseError> {
    for line in text.split_terminator("\r\n") {
        prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']));
    }
    let read: Calendar = text.parse().unwrap();
    let [CalendarComponent::Event(event)] = &read.components[..] else {
        return Err(TestCaseError::fail("one event"));
    };
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    let shown: String = title.chars().filter(kept).collect();
    let shown = shown.replace("\r\n", "\n").replace('\r', "\n");
    let shown = Some(shown.as_str()).filter(|shown| !shown.is_empty());
    prop_assert!(event.get_summary() == shown, "{title:?}");
    prop_assert_eq!(event.get_uid(), Some("p.i.1.0@waymark"));
    Ok(())
}
