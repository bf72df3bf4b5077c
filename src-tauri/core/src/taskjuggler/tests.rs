use super::*;
use crate::roadmap::Roadmap;
use crate::schedule::schedule;
use crate::zone::Zone;

/// A small plan: `roadmap` fills the items of its one phase.
fn plan(items: &serde_json::Value, more: &serde_json::Value) -> Plan {
    let mut file = serde_json::json!({
        "id": "p", "start": "2027-01-06", "zone": "Europe/Berlin",
        "windows": [{"day": "Sat", "from": "09:00", "to": "11:30"}, {"day": "Wed", "from": "19:00", "to": "20:30"}],
        "roadmap": {
            "id": "r", "title": "A \"small\" one", "nominal_hours_per_week": 10,
            "phases": [{"id": "one", "title": "One", "outcome": {"id": "done", "title": "Done"}, "items": items}],
        },
    });
    if let (Some(file), Some(more)) = (file.as_object_mut(), more.as_object()) {
        file.extend(more.clone());
    }
    Plan::from_json(&file.to_string()).unwrap()
}

fn item(id: &str, hours: f64, requires: &[&str], optional: bool) -> serde_json::Value {
    serde_json::json!({
        "id": id, "title": id, "kind": "topic",
        "effort_hours": hours, "requires": requires, "optional": optional,
    })
}

fn written(plan: &Plan) -> String {
    project(plan, &schedule(plan, plan.start_instant())).unwrap()
}

#[test]
fn a_small_plan_is_this_file() {
    let items = serde_json::json!([
        item("first", 4.5, &[], false),
        item("2nd-one", 2.0, &["first"], false),
        item("to-tick", 0.0, &["2nd-one"], false),
        item("extra", 3.0, &["first"], true),
        item("for-later", 3.0, &["first"], true),
        item("last", 1.0, &["for-later"], false),
    ]);
    let more = serde_json::json!({
        "day_cap_minutes": 120,
        "exceptions": [{"kind": "time-off", "first": "2027-01-11", "last": "2027-01-17"}],
        "busy": [{"start": "2027-01-20T17:50:00Z", "end": "2027-01-20T18:40:00Z"}],
        "break_minutes": 5,
    });
    insta::assert_snapshot!(written(&plan(&items, &more)));
}

#[test]
fn nothing_in_a_text_is_read_as_a_command() {
    assert_eq!(quoted(r#"say "hi"\"#), r#""say \"hi\"/""#);
    assert_eq!(quoted("${now} $(HOME)\n"), r#""$ {now} $ (HOME) ""#);
}

#[test]
fn ids_stay_apart() {
    let ids = ["a-b", "1-b", "-1-b", "t1-b", "t-1-b"];
    let names: BTreeSet<String> = ids.iter().map(|id| identifier(id)).collect();
    assert_eq!(names.len(), ids.len());
}

#[test]
fn the_resolution_is_the_coarsest_that_loses_nothing() {
    let zoned = |zone: &str, hours: f64| {
        let items = serde_json::json!([item("first", hours, &[], false)]);
        let plan = plan(&items, &serde_json::json!({"zone": zone}));
        resolution(&plan, &schedule(&plan, plan.start_instant()))
    };
    assert_eq!(zoned("Europe/Berlin", 10.0), Some(30));
    assert_eq!(zoned("Asia/Kathmandu", 10.0), Some(15));
    assert_eq!(zoned("Europe/Berlin", 10.25), Some(15));
    assert_eq!(zoned("Europe/Berlin", 607.0 / 60.0), None);
}

#[test]
fn years_that_taskjuggler_has_not_are_refused() {
    let start = NaiveDate::from_ymd_opt(2035, 9, 3).unwrap();
    let plan = Plan::new(
        "p",
        Roadmap::embedded().unwrap(),
        start,
        Zone::utc(),
        DateTime::default(),
    );
    let plan = plan.unwrap();
    let refused = project(&plan, &schedule(&plan, plan.start_instant())).unwrap_err();
    assert_eq!(refused.code, ErrorCode::TaskjugglerYears);
}
