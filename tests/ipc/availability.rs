//! Real availability, target dates and pinned sessions, as the window sets them.

use std::fs;

use serde_json::{Value, json};

use crate::at_home;

fn change(kind: &str, value: &str) -> Value {
    json!({"kind": kind, "value": value})
}

#[test]
fn changes_of_all_controls_are_in_the_view_and_survive_a_restart() {
    at_home(|home| {
        let desk = home.open();
        let off = json!({"kind": "time-off", "first": "2027-08-02", "last": "2027-08-15"});
        let window = json!({"day": "tue", "from": "19:00", "to": "22:00"});
        let changes = [
            change("start", "2027-01-04"),
            change("zone", "Europe/Berlin"),
            json!({"kind": "windows", "windows": [window]}),
            json!({"kind": "exception", "exception": off, "added": true}),
            json!({"kind": "travel", "journey": {"from": "2027-04-01", "zone": "asia/tokyo"}, "added": true}),
            change("weekCap", "600"),
            change("review", "10"),
            change("career", "20"),
            change("target", "2030-12-31"),
            json!({"kind": "pin", "pin": {"item": "python", "start": "2027-01-05T19:00", "minutes": 90}, "instead": null}),
            json!({"kind": "known", "item": "git", "known": "whole"}),
            json!({"kind": "priority", "item": "linux-shell", "value": "1"}),
            json!({"kind": "notBefore", "item": "git", "value": "2027-02-01"}),
            json!({"kind": "notBefore", "item": "linux-shell", "value": "2027-02-02"}),
            json!({"kind": "phaseTarget", "phase": "foundations", "value": "2027-06-30"}),
        ];
        let mut view = Value::Null;
        for change in changes {
            view = desk.call("apply", json!({"change": change})).unwrap();
        }
        let time = &view["plan"]["time"];
        assert_eq!(time["ownWindows"], json!([window]));
        assert_eq!(time["exceptions"], json!([off]));
        assert_eq!(
            time["journeys"],
            json!([{"from": "2027-04-01", "zone": "Asia/Tokyo"}])
        );
        assert_eq!(time["weekCapMinutes"], 600);
        assert_eq!(
            (&time["reviewPercent"], &time["careerPercent"]),
            (&json!(10), &json!(20))
        );
        assert_eq!(time["pins"][0]["title"], "Python");
        assert_eq!(view["plan"]["target"], "2030-12-31");
        assert!(
            view["answers"]["verdict"]
                .as_str()
                .unwrap()
                .starts_with("Target ")
        );

        let first = &view["chart"]["phases"][0];
        assert_eq!(first["target"], "2027-06-30");
        let item = |id: &str| {
            let items = first["items"].as_array().unwrap();
            items.iter().find(|item| item["id"] == id).unwrap().clone()
        };
        assert_eq!(item("git")["knownMinutes"], item("git")["effortMinutes"]);
        assert_eq!(item("git")["sessions"], json!([]));
        assert_eq!(item("linux-shell")["priority"], 1);
        assert_eq!(item("git")["notBefore"], "2027-02-01");
        // The first study time of its date, 29 days after the start.
        let linux = item("linux-shell");
        let start = linux["sessions"][0].as_i64().unwrap();
        assert_eq!(start / 1440, 29);
        let why = usize::try_from(linux["whys"][0].as_u64().unwrap()).unwrap();
        assert_eq!(view["chart"]["reasons"][why]["code"], "not-before");
        let why = usize::try_from(item("python")["whys"][0].as_u64().unwrap()).unwrap();
        assert_eq!(view["chart"]["reasons"][why]["code"], "pinned");

        drop(desk);
        let again = home.open().open()["view"].clone();
        assert_eq!(again["plan"], view["plan"]);
        assert_eq!(again["answers"], view["answers"]);
    });
}

/// A calendar's change as the page sends it, after it was read.
fn busy(desk: &crate::Desk, file: &str, name: &str, uid: &str, instead: Option<&str>) -> Value {
    use waymark_core::calendar::busy::{Limits, import};

    let text = format!(
        "BEGIN:VCALENDAR\r\nX-WR-CALNAME:{name}\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n\
         DTSTART;TZID=Europe/Berlin:20270105T190000\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY;COUNT=9\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    let now = "2026-12-01T12:00:00Z".parse().unwrap();
    let plan = json!({"id": "p", "start": "2027-01-04", "zone": "Europe/Berlin"});
    let plan = waymark_core::plan::Plan::from_json(&plan.to_string()).unwrap();
    let read = import(&plan, file, text.as_bytes(), &Limits::default(), now).unwrap();
    let mut change = serde_json::to_value(read.change).unwrap();
    change["kind"] = json!("busy");
    change["instead"] = json!(instead);
    desk.call("apply", json!({"change": change})).unwrap()
}

#[test]
fn calendars_are_listed_with_reports_replaced_removed_and_undone_one_by_one() {
    at_home(|home| {
        let desk = home.open();
        let first = desk
            .call("apply", json!({"change": change("start", "2027-01-04")}))
            .unwrap();
        let names = |view: &Value| -> Vec<String> {
            let busy = view["plan"]["time"]["busy"].as_array().unwrap();
            let name = |source: &Value| source["source"].as_str().unwrap().to_owned();
            busy.iter().map(name).collect()
        };
        busy(&desk, "basic.ics", "Work", "w@x", None);
        let both = busy(&desk, "basic.ics", "Family", "f@x", None);
        assert_eq!(names(&both), ["basic.ics", "basic.ics (Family)"]);
        assert_ne!(both["summary"]["finish"], first["summary"]["finish"]);
        for (number, name) in ["Work", "Family"].iter().enumerate() {
            let source = &both["plan"]["time"]["busy"][number];
            assert_eq!(
                (&source["name"], &source["times"]),
                (&json!(name), &json!(9))
            );
            let report = source["report"][0].as_str().unwrap();
            assert!(report.starts_with("Busy: 1 event with 9 times"), "{report}");
        }

        let instead = busy(&desk, "work (1).ics", "Work", "w@x", Some("basic.ics"));
        assert_eq!(
            names(&instead),
            ["basic.ics", "basic.ics (Family)"],
            "the same content"
        );
        let instead = busy(&desk, "new.ics", "Job", "w@x", Some("basic.ics"));
        assert_eq!(names(&instead), ["basic.ics (Family)", "new.ics"]);
        let undo = &instead["history"]["undo"][0];
        assert_eq!(undo, "Busy time of new.ics imported instead of basic.ics");
        assert_eq!(names(&desk.call("undo", json!({})).unwrap()), names(&both));

        drop(desk);
        let desk = home.open();
        assert_eq!(desk.open()["view"]["plan"]["time"], both["plan"]["time"]);
        let remove = |source: &str| {
            let change = json!({"kind": "dropBusy", "source": source});
            desk.call("apply", json!({"change": change}))
        };
        remove("basic.ics").unwrap();
        let last = remove("basic.ics (Family)").unwrap();
        assert_eq!(last["plan"], first["plan"]);
        assert_eq!(
            last["summary"], first["summary"],
            "the hours are given back exactly"
        );
        let refused = remove("basic.ics").unwrap_err();
        assert_eq!(refused["code"], "unknown-source");
    });
}

#[test]
fn bad_input_is_rejected_in_a_sentence_and_nothing_is_saved() {
    at_home(|home| {
        let desk = home.open();
        desk.call("apply", json!({"change": change("start", "2027-01-04")}))
            .unwrap();
        let stored = fs::read(home.file("plan.json")).unwrap();
        let exception = |first: &str, last: &str| {
            json!({"kind": "exception", "added": true,
                   "exception": {"kind": "time-off", "first": first, "last": last}})
        };
        let cases = [
            (
                exception("2027-08-15", "2027-08-02"),
                "Time off: 2027-08-15 to 2027-08-02",
            ),
            (
                exception("2027-02-30", "2027-08-02"),
                "Time off, first day: 2027-02-30",
            ),
            (change("dayCap", "0"), "Most minutes a day: 0"),
            (
                json!({"kind": "windows", "windows": [{"day": "tue", "from": "21:00", "to": "9"}]}),
                "Window 1, to: 9",
            ),
            (
                json!({"kind": "known", "item": "astrology", "known": {"minutes": 60}}),
                "Item: “astrology”",
            ),
            (
                json!({"kind": "unpin", "item": "python", "start": "2027-01-05T19:00"}),
                "Start of the session: 2027-01-05T19:00",
            ),
        ];
        for (change, named) in cases {
            for command in ["preview", "apply"] {
                let problem = desk.call(command, json!({"change": change})).unwrap_err();
                let message = problem["message"].as_str().unwrap();
                assert!(message.starts_with(named), "{message}");
            }
        }
        assert_eq!(fs::read(home.file("plan.json")).unwrap(), stored);
    });
}
