use proptest::prelude::*;
use serde_json::{Value, json};

use super::SetZone;
use crate::document::Document;
use crate::outlook::histories;
use crate::plan::{Change, Plan};

/// One item that needs another, and one that is optional, from Monday 4 January 2027 in Berlin: an
/// hour on Tuesdays and two on Saturdays.
fn plan() -> Plan {
    let item = |id: &str, minutes: u32| json!({"id": id, "title": id, "kind": "topic", "effort_hours": f64::from(minutes) / 60.0});
    let roadmap = json!({
        "id": "r", "title": "R", "nominal_hours_per_week": 3,
        "phases": [
            {"id": "first", "title": "First", "items": [item("read", 300), item("write", 120)],
             "outcome": {"id": "done", "title": "Done"}},
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

fn change(value: &Value) -> Change {
    serde_json::from_value(value.clone()).unwrap()
}

/// The fields that tell two fields of the page apart are there.
fn assert_fields(changes: &[Value]) {
    let kinds = Change::kinds();
    for change in changes {
        let known = kinds.iter().find(|(kind, _)| change["kind"] == *kind);
        let (_, field) = known.unwrap_or_else(|| panic!("{change} is no kind of change"));
        assert!(
            field.per.is_none_or(|per| change[per].is_string()),
            "{change}"
        );
    }
}

fn time_off(first: &str, last: &str) -> Value {
    json!({"kind": "time-off", "first": first, "last": last})
}

fn pin(item: &str, start: &str, minutes: u32) -> Value {
    json!({"item": item, "start": start, "minutes": minutes})
}

/// Changes as the window sends them, one after the other, each with its name and what of the plan
/// file it changes; undo takes each back.
#[test]
fn each_change_changes_its_own_part_of_the_plan() {
    let august = time_off("2027-08-02", "2027-08-15");
    let lighter = json!({"kind": "other-hours", "first": "2027-03-01", "last": "2027-03-14", "week_minutes": 60});
    let extra = json!({"kind": "extra-window", "first": "2027-01-06", "last": "2027-01-06", "from": "18:00", "to": "19:30"});
    let tokyo = json!({"from": "2027-04-01", "zone": "Asia/Tokyo"});
    let delhi = json!({"from": "2027-04-01", "zone": "Asia/Kolkata"});
    let changes = [
        json!({"kind": "windows", "windows": [{"day": "sun", "from": "8:00", "to": "12:30"}, {"day": "mon", "from": "22:00", "to": "24:00"}]}),
        json!({"kind": "windows", "windows": []}),
        json!({"kind": "exception", "exception": august, "added": true}),
        json!({"kind": "exception", "exception": lighter, "added": true}),
        json!({"kind": "exception", "exception": extra, "added": true}),
        json!({"kind": "exception", "exception": august, "added": false}),
        json!({"kind": "travel", "journey": tokyo, "added": true}),
        json!({"kind": "travel", "journey": delhi, "added": true}),
        json!({"kind": "travel", "journey": delhi, "added": false}),
        json!({"kind": "dayCap", "value": "90"}),
        json!({"kind": "dayCap", "value": ""}),
        json!({"kind": "weekCap", "value": " 240 "}),
        json!({"kind": "break", "value": "10"}),
        json!({"kind": "buffer", "value": "15"}),
        json!({"kind": "review", "value": "20"}),
        json!({"kind": "weekStart", "day": "sun"}),
        json!({"kind": "parallel", "value": "3"}),
        json!({"kind": "frozen", "value": "7"}),
        json!({"kind": "career", "value": "25"}),
        json!({"kind": "career", "value": ""}),
        json!({"kind": "known", "item": "read", "known": {"minutes": 90}}),
        json!({"kind": "known", "item": "read", "known": "whole"}),
        json!({"kind": "known", "item": "read", "known": null}),
        json!({"kind": "priority", "item": "write", "value": "2"}),
        json!({"kind": "priority", "item": "write", "value": "0"}),
        json!({"kind": "notBefore", "item": "write", "value": " 2027-03-12 "}),
        json!({"kind": "notBefore", "item": "write", "value": "2027-02-01"}),
        json!({"kind": "notBefore", "item": "write", "value": ""}),
        json!({"kind": "pin", "pin": pin("read", "2027-01-09T09:30", 60), "instead": null}),
        json!({"kind": "pin", "pin": pin("read", "2027-01-10T14:00", 60), "instead": "2027-01-09T09:30"}),
        json!({"kind": "unpin", "item": "read", "start": "2027-01-10T14:00"}),
        json!({"kind": "phaseTarget", "phase": "first", "value": "2027-02-28"}),
        json!({"kind": "phaseTarget", "phase": "first", "value": ""}),
        json!({"kind": "target", "value": "2027-12-31"}),
        json!({"kind": "target", "value": ""}),
    ];
    assert_fields(&changes);
    let written = |plan: &Plan| match serde_json::to_value(plan.to_file()).unwrap() {
        Value::Object(mut fields) => {
            // They follow from the zones.
            fields.remove("clock_rules");
            fields
        }
        other => panic!("{other}"),
    };
    let mut plan = plan();
    let mut told = Vec::new();
    for value in &changes {
        let before = written(&plan);
        let one = change(value);
        let changed = plan.apply(&one).unwrap();
        let name = plan.name_of(std::slice::from_ref(&one), &changed);
        let document = Document::new(plan.clone());
        let made = document.changed(&[one], plan.created()).unwrap();
        assert_eq!(made.undone().unwrap().unwrap().plan, plan, "{value}");
        plan = changed;
        let after = written(&plan);
        told.push(format!("{name}: {value}"));
        for name in before
            .keys()
            .chain(after.keys().filter(|name| !before.contains_key(*name)))
        {
            let (was, is) = (before.get(name), after.get(name));
            if was != is {
                let text = |value: Option<&Value>| value.map_or("-".to_owned(), Value::to_string);
                told.push(format!("    {name}: {} → {}", text(was), text(is)));
            }
        }
        assert_eq!(Plan::from_file(plan.to_file()).unwrap(), plan, "{value}");
    }
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_cannot_be_used_is_refused_by_field_and_value() {
    let window = |from: &str, to: &str| json!({"kind": "windows", "windows": [{"day": "tue", "from": from, "to": to}]});
    let exception =
        |exception: Value| json!({"kind": "exception", "exception": exception, "added": true});
    let valued = |kind: &str, value: &str| json!({"kind": kind, "value": value});
    let journey = |from: &str, zone: &str| json!({"kind": "travel", "journey": {"from": from, "zone": zone}, "added": true});
    let pinned = |pin: Value| json!({"kind": "pin", "pin": pin, "instead": null});
    let refused = [
        window("21:00", "19:00"),
        window("seven", "19:00"),
        window("19:00", "25:00"),
        window("19:00", "19:10"),
        json!({"kind": "windows", "windows": [
            {"day": "tue", "from": "19:00", "to": "20:00"}, {"day": "tue", "from": "19:30", "to": "21:00"}]}),
        exception(time_off("2027-08-15", "2027-08-02")),
        exception(time_off("2027-02-29", "2027-03-02")),
        exception(time_off("2027-03-01", "")),
        exception(
            json!({"kind": "other-hours", "first": "2027-03-01", "last": "2027-03-14", "week_minutes": 600}),
        ),
        exception(
            json!({"kind": "extra-window", "first": "2027-03-01", "last": "2027-03-01", "from": "19:00", "to": "18:00"}),
        ),
        json!({"kind": "exception", "exception": time_off("2027-08-02", "2027-08-15"), "added": false}),
        journey("2027-04-01", "Mars/Olympus"),
        journey("soon", "Asia/Tokyo"),
        json!({"kind": "travel", "journey": {"from": "2027-04-01", "zone": "Asia/Tokyo"}, "added": false}),
        valued("dayCap", "0"),
        valued("dayCap", "two"),
        valued("weekCap", "20000"),
        valued("break", "-5"),
        valued("buffer", "1441"),
        valued("review", "60"),
        valued("parallel", "0"),
        valued("frozen", "many"),
        valued("career", "100"),
        json!({"kind": "known", "item": "astrology", "known": "whole"}),
        json!({"kind": "priority", "item": "astrology", "value": "1"}),
        json!({"kind": "priority", "item": "read", "value": "high"}),
        json!({"kind": "notBefore", "item": "astrology", "value": "2027-03-12"}),
        json!({"kind": "notBefore", "item": "read", "value": "in spring"}),
        json!({"kind": "notBefore", "item": "read", "value": "2027-02-29"}),
        json!({"kind": "notBefore", "item": "read", "value": "2190-01-01"}),
        pinned(pin("astrology", "2027-01-09T09:30", 60)),
        pinned(pin("read", "Saturday", 60)),
        pinned(pin("read", "2027-01-09T09:30", 0)),
        json!({"kind": "pin", "pin": pin("read", "2027-01-09T09:30", 60), "instead": "2027-01-10T09:30"}),
        json!({"kind": "unpin", "item": "read", "start": "2027-01-09T09:30"}),
        json!({"kind": "phaseTarget", "phase": "last", "value": "2027-02-28"}),
        json!({"kind": "phaseTarget", "phase": "first", "value": "2027-02-30"}),
    ];
    let plan = plan();
    let said: Vec<String> = refused
        .iter()
        .map(|value| {
            let refused = plan.changed(&[change(value)], plan.created());
            refused.unwrap_err().to_string()
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_is_there_already_is_not_added_again() {
    let plan = plan();
    for value in [
        json!({"kind": "exception", "exception": time_off("2027-08-02", "2027-08-15"), "added": true}),
        json!({"kind": "pin", "pin": pin("read", "2027-01-09T09:30", 60), "instead": null}),
    ] {
        let once = plan.apply(&change(&value)).unwrap();
        let message = once.apply(&change(&value)).unwrap_err().to_string();
        assert!(message.contains("already"), "{message}");
    }
}

/// Shorter windows must not silently shorten a heavier week that the learner asked for.
#[test]
fn windows_too_short_for_a_heavier_week_are_refused() {
    let heavier = json!({"kind": "other-hours", "first": "2027-03-01", "last": "2027-03-14", "week_minutes": 180});
    let plan = plan()
        .apply(&change(
            &json!({"kind": "exception", "exception": heavier, "added": true}),
        ))
        .unwrap();
    let shorter =
        json!({"kind": "windows", "windows": [{"day": "tue", "from": "19:00", "to": "20:00"}]});
    let problem = plan.apply(&change(&shorter)).unwrap_err();
    insta::assert_snapshot!(
        problem.to_string(),
        @"Hours per week: 1 h is too few. The weeks from 1 March 2027 have 3 h, more than its days and windows hold; remove that exception first."
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Another zone counts from today on. Work logged or planned before stays on its clock, and the
    /// zone before brings everything back.
    #[test]
    fn another_zone_leaves_the_past_on_its_clock(
        (plan, now) in histories(),
        zone in prop::sample::select(vec!["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London", "Australia/Lord_Howe"]),
    ) {
        let set = |value: &str| [Change::Zone(SetZone { value: value.to_owned() })];
        let moved = plan.changed(&set(zone), now).unwrap();
        prop_assert_eq!(moved.zone().name(), zone);
        let clock = now.with_timezone(&moved.zone()).naive_local();
        prop_assert_eq!(moved.local(now), clock);
        let today = clock.date().min(plan.local(now).date());
        let entries = plan.log().iter().map(|entry| entry.start);
        for start in entries.chain(plan.past().iter().map(|session| session.start)) {
            if plan.local(start).date() < today {
                prop_assert_eq!(moved.local(start), plan.local(start));
            }
        }
        // West of it, the plan may not have begun yet.
        if moved.start_instant() >= now && moved.log().is_empty() && moved.past().is_empty() {
            return Ok(());
        }
        let back = moved.changed(&set(plan.zone().name()), now).unwrap();
        prop_assert_eq!(back.local(now), now.with_timezone(&plan.zone()).naive_local());
    }
}
