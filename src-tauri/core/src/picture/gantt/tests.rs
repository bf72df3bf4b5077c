use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::picture::sheet::is_allowed;
use crate::plan::Change;
use crate::plan::change::SetHours;
use crate::roadmap::Roadmap;
use crate::samples::embedded;
use crate::schedule::{Schedule, schedule};

fn picture(change: impl FnOnce(&Plan) -> Plan) -> (Plan, Schedule, String) {
    let plan = change(&embedded());
    let schedule = schedule(&plan, plan.start_instant());
    let picture = svg(&plan, plan.created());
    (plan, schedule, picture)
}

#[test]
fn every_phase_item_session_and_outcome_is_drawn() {
    let (plan, schedule, picture) = picture(Plan::clone);
    let escaped = |text: &str| text.replace('&', "&amp;");
    for (phase, span) in plan.roadmap().phases.iter().zip(&schedule.phases) {
        assert!(picture.contains(&escaped(&phase.title)), "{}", phase.title);
        let outcome = picture.contains(&escaped(&phase.outcome));
        assert_eq!(outcome, span.is_some(), "{}", phase.outcome);
    }
    for item in &plan.roadmap().items {
        assert!(picture.contains(&escaped(&item.title)), "{}", item.title);
    }
    let marks = picture.matches("v10h-").count();
    assert_eq!(marks, schedule.sessions.len());
}

/// From a plan of some months to one of decades: nothing leaves the sheet.
#[test]
fn everything_lies_on_the_sheet() {
    for hours in ["0.5", "10", "60"] {
        let (_, _, picture) = picture(|plan| {
            plan.apply(&Change::Hours(SetHours {
                value: hours.into(),
            }))
            .unwrap()
        });
        let width: f64 = picture
            .split("width=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        for x in picture
            .split(" x=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
        {
            let x: f64 = x.parse().unwrap();
            assert!((0.0..=width).contains(&x), "{x} at {hours} hours a week");
        }
        assert!(picture.len() < 400_000, "{} bytes", picture.len());
    }
}

/// A text with characters that XML rejects, or that say something to a terminal.
fn any_text() -> impl Strategy<Value = String> {
    let control = select(
        ('\0'..=' ')
            .chain('\u{7f}'..='\u{9f}')
            .chain([
                '\u{fffe}', '\u{ffff}', '\u{2028}', '<', '&', '"', '\'', ']', '>',
            ])
            .collect::<Vec<char>>(),
    );
    let characters = prop::collection::vec(prop_oneof![control, any::<char>()], 0..30);
    characters.prop_map(|characters| format!("x{}x", String::from_iter(characters)))
}

proptest! {
    /// With any texts in its plan, the picture is XML, has no control characters but line ends, and
    /// shows the rest of each text.
    #[test]
    fn any_text_gives_a_picture_that_xml_reads(texts in prop::array::uniform5(any_text())) {
        let [roadmap, phase, item, outcome, why] = &texts;
        let json = serde_json::json!({
            "id": "r", "title": roadmap, "nominal_hours_per_week": 10, "summary": why,
            "phases": [{
                "id": "p", "title": phase, "note": why, "outcome": {"id": "o", "title": outcome},
                "items": [{
                    "id": "i", "title": item, "kind": "topic", "effort_hours": 1, "summary": why,
                }],
            }],
        });
        let roadmap_read = Roadmap::from_json(&json.to_string());
        prop_assert!(roadmap_read.is_ok(), "{:?}", roadmap_read.err());
        let embedded = embedded();
        let (start, zone) = (embedded.start(), embedded.zone());
        let plan = Plan::new("p", roadmap_read.unwrap(), start, zone, embedded.created()).unwrap();
        let picture = svg(&plan, plan.created());
        prop_assert!(!picture.contains(|c: char| c.is_control() && c != '\n'));
        let read = roxmltree::Document::parse(&picture);
        prop_assert!(read.is_ok(), "{:?}: {picture}", read.err());
        let read = read.unwrap();
        let shown: Vec<&str> = read.descendants().filter_map(|node| node.text()).collect();
        for text in [roadmap, phase, item, outcome] {
            let plain: String = text.chars().filter(|c| is_allowed(*c)).collect();
            prop_assert!(shown.iter().any(|shown| shown.contains(plain.trim())), "{plain:?}: {shown:?}");
        }
    }
}
