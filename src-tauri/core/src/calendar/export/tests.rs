use super::*;
use crate::plan::Change;
use crate::roadmap::Roadmap;
use crate::schedule::schedule;
use icalendar::{Calendar, CalendarComponent, Component};
use proptest::prelude::*;

fn plan(roadmap: &str) -> Plan {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = "2027-01-04".parse().unwrap();
    let roadmap = Roadmap::from_json(roadmap).unwrap();
    Plan::new("p", roadmap, start, chrono_tz::Europe::Berlin, created).unwrap()
}

fn embedded() -> Plan {
    plan(include_str!("../../../../roadmaps/mlops-2026.json"))
}

fn exported(plan: &Plan) -> String {
    calendar(plan, &schedule(plan, plan.start_instant()))
}

#[test]
fn the_first_event_in_full() {
    let text = exported(&embedded());
    let end = text.find("END:VEVENT").unwrap();
    insta::assert_snapshot!(text[..end].replace('\r', ""));
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
        .apply(&Change::Start {
            value: "2027-03-01".into(),
        })
        .unwrap();
    assert_eq!(uids(&exported(&later)), before);
}

proptest! {
    /// Any title comes back as it was, but for characters that no calendar shows; and no line breaks a rule.
    #[test]
    fn any_title_survives(title in r#"[\PC\n\t,;:\\"\r]{1,150}|[äß漢🚀]{1,150}"#) {
        prop_assume!(!title.trim().is_empty() && title.chars().count() <= 200);
        let roadmap = serde_json::json!({
            "id": "r", "title": "R", "nominal_hours_per_week": 10, "phases": [{
                "id": "p", "title": "P", "outcome": {"id": "o", "title": "O"},
                "items": [{"id": "i", "title": title, "kind": "topic", "effort_hours": 1}],
            }],
        });
        let text = exported(&plan(&roadmap.to_string()));
        for line in text.split_terminator("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']));
        }
        let read: Calendar = text.parse().unwrap();
        let [CalendarComponent::Event(event)] = &read.components[..] else {
            return Err(TestCaseError::fail("one event"));
        };
        let shown: String = title.replace("\r\n", "\n").replace('\r', "\n");
        prop_assert_eq!(event.get_summary(), Some(shown.as_str()));
        prop_assert_eq!(event.get_uid(), Some("p.i.1.0@waymark"));
    }
}
