use serde_json::{Value, json};

use crate::document::Document;
use crate::plan::{Change, Plan};

/// Two phases, the second after the first, from Monday 4 January 2027 in Berlin: an hour on
/// Tuesdays and two on Saturdays.
pub(super) fn plan() -> Plan {
    let item = |id: &str, hours: f64| json!({"id": id, "title": id.to_uppercase(), "kind": "topic", "effort_hours": hours});
    let phase = |id: &str, items: Vec<Value>, requires: &[&str]| {
        json!({"id": id, "title": id.to_uppercase(), "requires": requires, "items": items,
               "outcome": {"id": format!("{id}-done"), "title": "Done"}})
    };
    let roadmap = json!({
        "id": "r", "title": "R", "nominal_hours_per_week": 3,
        "phases": [
            phase("first", vec![item("read", 5.0), item("write", 2.0)], &[]),
            phase("second", vec![item("speak", 4.0), item("teach", 3.0)], &["first"]),
        ],
    });
    let plan = json!({
        "id": "p", "start": "2027-01-04", "zone": "Europe/Berlin", "roadmap": roadmap,
        "windows": [
            {"day": "Tue", "from": "19:00", "to": "20:00"},
            {"day": "Sat", "from": "09:00", "to": "11:00"},
        ],
    });
    Plan::from_json(&plan.to_string()).unwrap()
}

pub(super) fn change(value: &Value) -> Change {
    serde_json::from_value(value.clone()).unwrap()
}

/// The plan after a change at its start, which undo takes back and a file keeps.
pub(super) fn changed(plan: &Plan, value: &Value) -> Plan {
    let document = Document::new(plan.clone());
    let made = document.changed(&[change(value)], plan.created());
    let made = made.unwrap_or_else(|error| panic!("{value}: {error}"));
    assert_eq!(made.undone().unwrap().unwrap().plan, *plan, "{value}");
    let stored = Plan::from_file(made.plan.to_file()).unwrap();
    assert_eq!(stored, made.plan, "{value}");
    made.plan
}

/// The sentence that rejects a change.
pub(super) fn rejected(plan: &Plan, value: &Value) -> String {
    let rejected = plan.changed(&[change(value)], plan.created());
    rejected.map(|_| value).unwrap_err().to_string()
}

fn left(plan: &Plan, id: &str) -> u32 {
    plan.left()[plan.roadmap().item(id).unwrap()]
}

#[test]
fn texts_of_an_item_are_kept_as_typed() {
    let notes = "Read *slowly*.\n\n- twice\n";
    let mut plan = plan();
    for value in [
        json!({"kind": "notes", "item": "read", "value": notes}),
        json!({"kind": "doneWhen", "item": "read", "value": " You can  say it.\n"}),
        json!({"kind": "links", "item": "read",
               "value": "The book: https://a.example/b\n\nmailto:me@a.example\n[Site](https://a.example)"}),
    ] {
        plan = changed(&plan, &value);
    }
    let entry = plan.roadmap().entry(0).unwrap();
    assert_eq!(entry.notes, notes);
    assert_eq!(entry.done_when, "You can say it.");
    let links: Vec<String> = entry.links.iter().map(|link| link.line()).collect();
    assert_eq!(
        links,
        [
            "The book: https://a.example/b",
            "mailto:me@a.example",
            "Site: https://a.example"
        ]
    );
}

#[test]
fn a_text_that_cannot_be_used_is_rejected_by_line() {
    let said = [
        json!({"kind": "links", "item": "read", "value": "javascript:alert(1)"}),
        json!({"kind": "links", "item": "read", "value": "https://a.example\nfile:///etc/passwd"}),
        json!({"kind": "steps", "item": "read", "value": "One\nTwo\n\nOne"}),
        json!({"kind": "doneWhen", "item": "read", "value": "x".repeat(501)}),
        json!({"kind": "notes", "item": "astrology", "value": ""}),
        json!({"kind": "tick", "item": "read", "step": "One", "ticked": true, "counts": false}),
    ]
    .map(|value| rejected(&plan(), &value));
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn steps_keep_their_ticks_by_title_or_place() {
    let steps = |value: &str| json!({"kind": "steps", "item": "read", "value": value});
    let tick = |step: &str, ticked: bool| json!({"kind": "tick", "item": "read", "step": step, "ticked": ticked, "counts": false});
    let plan = changed(
        &plan(),
        &steps("- Buy it\n[ ] Read it (2 h)\n* Lend it (45 min)"),
    );
    let minutes = plan.roadmap().entry(0).unwrap().steps.iter();
    let minutes: Vec<_> = minutes.map(|step| step.minutes).collect();
    assert_eq!(minutes, [None, Some(120), Some(45)]);

    let before = plan.left();
    let plan = changed(
        &changed(&plan, &tick("Buy it", true)),
        &tick("Lend it", true),
    );
    assert_eq!(plan.left(), before);
    // Renamed, and moved.
    let plan = changed(&plan, &steps("Borrow it\nRead it\nLend it"));
    let ticked = |plan: &Plan, step: &str| plan.is_ticked("read", step);
    assert!(ticked(&plan, "Borrow it") && !ticked(&plan, "Read it") && ticked(&plan, "Lend it"));
    let plan = changed(&plan, &steps("Lend it\nBorrow it"));
    assert!(ticked(&plan, "Borrow it") && ticked(&plan, "Lend it"));
    let plan = changed(&plan, &steps("Another"));
    assert!(!ticked(&plan, "Another"));
}

#[test]
fn a_ticked_step_lowers_the_work_left_only_if_it_counts() {
    let steps = json!({"kind": "steps", "item": "read", "value": "Short (30 min)\nLong (9 h)"});
    let tick = |step: &str, ticked: bool| json!({"kind": "tick", "item": "read", "step": step, "ticked": ticked, "counts": true});
    let plan = changed(&plan(), &steps);
    let short = changed(&plan, &tick("Short", true));
    assert_eq!((left(&plan, "read"), left(&short, "read")), (300, 270));
    assert_eq!(left(&changed(&short, &tick("Short", false)), "read"), 300);
    assert_eq!(left(&changed(&short, &tick("Long", true)), "read"), 0);
    // Ticked twice, it counts once.
    let twice = short.changed(&[change(&tick("Short", true))], plan.created());
    assert_eq!(left(&twice.unwrap(), "read"), 270);
}

/// Plans that were stored before the embedded roadmap said when an item is done.
#[test]
fn an_earlier_copy_of_the_embedded_roadmap_says_when_its_unchanged_items_are_done() {
    let embedded = crate::samples::embedded();
    let mut file = embedded.to_file();
    let roadmap = file.roadmap.as_mut().unwrap();
    for item in roadmap.phases.iter_mut().flat_map(|phase| &mut phase.items) {
        item.done_when.clear();
    }
    roadmap.phases[0].items[0].title = "Python 3".into();
    let read = Plan::from_file(file.clone()).unwrap();
    let said = |plan: &Plan, item| plan.roadmap().entry(item).unwrap().done_when.clone();
    assert_eq!(said(&read, 0), "");
    assert_eq!(said(&read, 1), said(&embedded, 1));
    // A learner removed all but one.
    let roadmap = file.roadmap.as_mut().unwrap();
    roadmap.phases[0].items[2].done_when = "Mine.".into();
    assert_eq!(said(&Plan::from_file(file).unwrap(), 1), "");
}
