//! A learner's finished and missed sessions, through the real commands, at times that the test
//! sets.

use serde_json::{Value, json};

use crate::{Desk, Home, at_home};

/// Runs part of a story with the clock set.
fn at(now: &str, part: impl FnOnce()) {
    temp_env::with_var("WAYMARK_NOW", Some(now), part);
}

/// A plan that starts on Monday 4 January 2027 in Berlin: evenings from 19:00, ten hours a week.
fn begin(home: &Home) {
    at("2027-01-01T10:00:00Z", || {
        let desk = home.open();
        let zone = json!({"kind": "zone", "value": "Europe/Berlin"});
        let view = desk.apply(zone).unwrap();
        assert_eq!(view["plan"]["start"], "2027-01-04");
        assert_eq!(desk.call("check_in", json!({})).unwrap(), Value::Null);
    });
}

impl Desk {
    fn apply(&self, change: Value) -> Result<Value, Value> {
        self.call("apply", json!({ "change": change }))
    }

    fn timer(&self, action: Value) -> Value {
        self.call("timer", json!({ "action": action })).unwrap()
    }

    fn worklog(&self) -> Vec<Value> {
        let log = self.call("worklog", json!({})).unwrap();
        log.as_array().unwrap().clone()
    }
}

#[test]
fn an_option_gives_what_it_promises_and_is_undone_whole() {
    at_home(|home| {
        begin(home);
        at("2027-01-19T18:00:00Z", || {
            let desk = home.open();
            let before = desk.open()["view"].clone();
            let check_in = desk.call("check_in", json!({})).unwrap();
            assert_eq!(check_in["doneMinutes"], 0);
            assert!(check_in["missed"].as_u64().unwrap() > 10, "{check_in}");
            assert_eq!(before["agenda"]["missedCount"], check_in["missed"]);
            assert_eq!(before["progress"]["side"], "behind");

            let free = json!({
                "kind": "extra-window", "first": "2027-01-23", "last": "2027-01-23",
                "from": "14:00", "to": "17:00",
            });
            let choices = desk.call("catch_up", json!({"windows": [free]})).unwrap();
            let works = |choice: &&Value| !choice["outcome"].is_null();
            let ways: Vec<&Value> = choices.as_array().unwrap().iter().filter(works).collect();
            assert!(ways.len() >= 4, "{choices}");
            assert!(
                ways.iter().any(|way| way["id"] == "free-windows"),
                "{choices}"
            );
            for choice in ways {
                let change = json!({
                    "kind": "all", "name": choice["name"], "changes": choice["changes"],
                });
                let change = json!({ "change": change });
                let promised = &choice["outcome"];
                let preview = desk.call("preview", change.clone()).unwrap();
                assert_eq!(preview["summary"]["finish"], promised["finish"], "{choice}");
                // Two weeks of record are too few for a forecast anywhere but on its own page.
                let forecast = desk.call("forecast", change.clone()).unwrap();
                assert_eq!(forecast["isOwn"], false);
                assert_eq!(promised["p80"], Value::Null, "{choice}");

                let applied = desk.call("apply", change).unwrap();
                assert_eq!(applied["chart"], preview["chart"], "{choice}");
                assert_eq!(applied["history"]["undo"][0], choice["name"]);
                assert_eq!(applied["agenda"]["waitingMinutes"], 0, "{choice}");
                let undone = desk.call("undo", json!({})).unwrap();
                assert_eq!(undone["chart"], before["chart"], "{choice}");
                assert_eq!(undone["history"]["redo"][0], choice["name"]);
            }

            desk.call("seen", json!({})).unwrap();
            assert_eq!(desk.call("check_in", json!({})).unwrap(), Value::Null);
        });
        // Not after a restart either; the next missed session is reported again.
        at("2027-01-19T18:30:00Z", || {
            let told = home.open().call("check_in", json!({})).unwrap();
            assert_eq!(told, Value::Null);
        });
        at("2027-01-20T08:00:00Z", || {
            let told = home.open().call("check_in", json!({})).unwrap();
            assert_eq!(
                (&told["missed"], &told["occasion"]),
                (&json!(1), &json!("missed"))
            );
        });
    });
}

#[test]
fn the_forecast_follows_a_preview_and_stores_nothing() {
    at_home(|home| {
        begin(home);
        at("2027-01-04T08:00:00Z", || {
            let desk = home.open();
            let forecast = |change: Value| desk.call("forecast", json!({ "change": change }));
            let hours = |value: &str| json!({"kind": "hours", "value": value});
            let date =
                |forecast: &Value, name: &str| forecast["whole"][name].as_str().unwrap().to_owned();
            let slow = forecast(Value::Null).unwrap();
            let fast = forecast(hours("20")).unwrap();
            assert!(date(&slow, "p50") <= date(&slow, "p80"));
            assert!(date(&slow, "p80") <= date(&slow, "p95"));
            assert!(date(&fast, "p80") < date(&slow, "p80"));
            assert_eq!(
                (&slow["assumed"], &slow["targetHours"]),
                (&json!(true), &Value::Null)
            );
            assert_eq!(forecast(hours("200")).unwrap_err()["value"], "200");
            assert_eq!(forecast(Value::Null).unwrap(), slow);

            desk.apply(json!({"kind": "target", "value": "2040-01-01"}))
                .unwrap();
            // It has a chance once the record weighs half.
            assert_eq!(forecast(Value::Null).unwrap()["target"], Value::Null);
        });
    });
}

#[test]
fn the_timer_outlives_a_restart_and_asks_after_an_absurd_length() {
    at_home(|home| {
        begin(home);
        at("2027-01-04T18:00:00Z", || {
            let view = home
                .open()
                .timer(json!({"kind": "start", "item": "python"}));
            assert_eq!(view["timer"]["running"], true);
        });
        at("2027-01-04T18:45:00Z", || {
            let desk = home.open();
            let opened = desk.open();
            let timer = &opened["view"]["timer"];
            assert!(
                (2690..2760).contains(&timer["seconds"].as_i64().unwrap()),
                "{timer}"
            );
            let view = desk.timer(json!({"kind": "stop", "minutes": null}));
            assert_eq!(view["timer"], Value::Null);
            let today = &view["agenda"]["today"][0];
            assert_eq!(
                (&today["doneMinutes"], &today["state"]),
                (&json!(45), &json!("due"))
            );
            desk.timer(json!({"kind": "start", "item": "python"}));
        });
        at("2027-01-05T08:00:00Z", || {
            let desk = home.open();
            assert_eq!(desk.open()["view"]["timer"]["absurd"], true);
            let stop = |minutes: &str| {
                let action = json!({"kind": "stop", "minutes": minutes});
                desk.call("timer", json!({ "action": action }))
            };
            assert_eq!(stop("9999").unwrap_err()["value"], "9999");
            assert_eq!(desk.open()["view"]["timer"]["absurd"], true);
            stop("40").unwrap();
            let log = desk.worklog();
            let minutes: Vec<&Value> = log.iter().map(|entry| &entry["minutes"]).collect();
            assert_eq!(minutes, [&json!(40), &json!(45)]);
        });
    });
}

#[test]
fn an_entry_is_corrected_removed_and_restored() {
    at_home(|home| {
        begin(home);
        at("2027-01-04T20:00:00Z", || {
            let desk = home.open();
            let log = |minutes: &str, entry: Value| {
                desk.apply(json!({
                    "kind": "log", "item": "python", "start": "2027-01-04T19:00",
                    "minutes": minutes, "note": "chapter 1", "entry": entry,
                }))
            };
            log("60", Value::Null).unwrap();
            let entry = desk.worklog()[0].clone();
            let expected = json!({
                "id": entry["id"], "item": "python", "title": "Python",
                "start": "2027-01-04T19:00", "minutes": 60, "note": "chapter 1",
            });
            assert_eq!(entry, expected);
            assert_eq!(log("0", entry["id"].clone()).unwrap_err()["value"], "0");
            let view = log("90", entry["id"].clone()).unwrap();
            assert_eq!(view["agenda"]["today"][0]["state"], "done");
            desk.apply(json!({"kind": "unlog", "entry": entry["id"]}))
                .unwrap();
            assert!(desk.worklog().is_empty());
            desk.call("undo", json!({})).unwrap();
            assert_eq!(desk.worklog()[0]["minutes"], 90);
        });
        // The view is requested again as time passes.
        at("2027-01-06T08:00:00Z", || {
            let view = home.open().call("look", json!({})).unwrap();
            assert_eq!(view["agenda"]["date"], "2027-01-06");
            assert_eq!(view["agenda"]["missedCount"], 1);
        });
    });
}
