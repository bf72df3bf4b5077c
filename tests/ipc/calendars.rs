//! The learner's calendars: files, a live file, and one on Radicale, a real server on this
//! computer.

use std::fs;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::servers::{Kind, PASSWORD, Server, USER, python};
use crate::{Desk, at_home};

impl Desk {
    fn calendars(&self) -> Vec<Value> {
        let calendars = self.call("calendars", json!({})).unwrap();
        calendars.as_array().unwrap().clone()
    }

    /// Syncs with the known password.
    pub fn sync(&self, id: &Value, options: &Value, how: Value) -> Result<Value, Value> {
        self.call("sync_calendar", sync_request(id, options, how))
    }
}

/// The arguments of a sync with the known password.
pub fn sync_request(id: &Value, options: &Value, how: Value) -> Value {
    let mut arguments = json!({
        "id": id, "options": options, "password": null, "deleted": null, "adopt": false,
        "trial": false, "steps": "__CHANNEL__:1",
    });
    arguments
        .as_object_mut()
        .unwrap()
        .extend(how.as_object().unwrap().clone());
    arguments
}

#[test]
fn an_export_is_previewed_by_its_options() {
    at_home(|home| {
        let desk = home.open();
        let preview = |options: Value| {
            let arguments = json!({"id": "calendar", "options": options, "kind": "full"});
            desk.call("export_preview", arguments)
        };
        let all = preview(json!({})).unwrap();
        let sessions = desk.open()["view"]["summary"]["sessions"].clone();
        assert_eq!(all["counts"]["new"], sessions);
        let phases = preview(json!({"sessions": false, "milestones": true})).unwrap();
        assert_eq!(
            (&phases["counts"]["new"], &phases["files"]),
            (&json!(10), &json!([10]))
        );
        let problem = preview(json!({"title": "{itme}"})).unwrap_err();
        assert_eq!(problem["field"], "title");
        let gone = json!({"id": "no-such", "options": {}, "kind": "full"});
        let problem = desk.call("export_preview", gone).unwrap_err();
        assert_eq!(problem["code"], "no-such-calendar");
    });
}

#[test]
fn calendar_options_survive_a_restart() {
    at_home(|home| {
        let desk = home.open();
        let added = desk.call("add_calendar", json!({"name": "Phone"})).unwrap();
        let options =
            json!({"weeks": true, "reminders": [5, 60], "from": "2027-01-04", "times": "zoned"});
        let keep = |options: &Value| {
            let arguments = json!({"id": added["id"], "options": options});
            desk.call("keep_calendar_options", arguments)
        };
        keep(&options).unwrap();
        let refused = keep(&json!({"sessions": false})).unwrap_err();
        assert_eq!(refused["field"], "export");
        let kept = desk.calendars();
        assert_eq!(kept[1]["calendar"]["options"]["reminders"], json!([5, 60]));
        assert_eq!(kept[0]["calendar"]["options"]["reminders"], json!([10]));
        drop(desk);

        let desk = home.open();
        assert_eq!(desk.calendars(), kept);
        let left = desk
            .call("remove_calendar", json!({"id": added["id"]}))
            .unwrap();
        assert_eq!(left.as_array().unwrap()[..], kept[..1]);
    });
}

#[test]
fn a_live_file_follows_each_change_and_a_change_is_kept_without_it() {
    at_home(|home| {
        drop(home.open());
        let path = home.folder().join("live.ics");
        // In the form of the first version of Waymark.
        let live = json!({"path": path, "options": {"reminders": []}});
        fs::write(home.file("live-calendar.json"), live.to_string()).unwrap();
        let desk = home.open();
        desk.hours("apply", "20").unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("BEGIN:VCALENDAR") && !text.contains("VALARM"));
        let live = desk.calendars()[1].clone();
        assert_eq!(
            (&live["calendar"]["way"]["path"], &live["problem"]),
            (&json!(path), &Value::Null)
        );

        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        let view = desk.hours("apply", "12").unwrap();
        assert_eq!(view["plan"]["hoursPerWeek"], 12.0);
        let said = desk.calendars()[1]["problem"].clone();
        assert!(said.as_str().unwrap().contains("live.ics"), "{said}");
        fs::remove_dir(&path).unwrap();
        desk.hours("apply", "13").unwrap();
        assert_eq!(desk.calendars()[1]["problem"], Value::Null);
        assert!(path.exists());
    });
}

/// Another program's view of the calendar, and its changes.
pub fn person(calendar: &Value, arguments: &[&str]) -> Vec<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/caldav/person.py");
    let output = python()
        .unwrap()
        .args([script, calendar.as_str().unwrap(), USER, PASSWORD])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

#[test]
fn a_calendar_on_a_server_is_synced_in_both_directions() {
    at_home(|home| {
        let folder = tempfile::tempdir().unwrap();
        let radicale = Server::start(Kind::Radicale, USER, folder.path()).unwrap();
        let desk = home.open();
        let login = json!({"address": format!("http://{}", radicale.address), "user": USER});
        let ask = |password: Value| {
            let arguments = json!({"login": login, "password": password});
            desk.call("server_calendars", arguments)
        };
        assert_eq!(ask(Value::Null).unwrap_err()["code"], "password-needed");
        let refused = ask(json!("wrong")).unwrap_err();
        assert_eq!(refused["code"], "server-password");
        assert_eq!(ask(json!(PASSWORD)).unwrap(), json!([]));

        let add = json!({
            "login": login, "password": null, "keepPassword": false,
            "choice": {"kind": "new", "name": "Study"},
        });
        let added = desk.call("add_server_calendar", add).unwrap();
        let (id, there) = (
            &added["id"],
            &added["calendars"][1]["calendar"]["way"]["calendar"],
        );
        let weeks = |place: usize| &added["calendars"][place]["calendar"]["options"]["weeksAhead"];
        assert_eq!((weeks(0), weeks(1)), (&Value::Null, &json!(8)));
        // Three weeks, to keep the test short.
        let plan = &desk.open()["view"]["plan"];
        let start: NaiveDate = plan["start"].as_str().unwrap().parse().unwrap();
        let options = json!({"to": start + Days::new(20)});

        let trial = desk.sync(id, &options, json!({"trial": true})).unwrap();
        assert_eq!(person(there, &["list"]), [] as [Value; 0]);
        let synced = desk.sync(id, &options, json!({})).unwrap();
        assert_eq!(synced["problem"], Value::Null);
        assert_eq!(synced["lines"], trial["lines"]);
        let mut held = person(there, &["list"]);
        assert!(held.len() > 10, "{held:?}");
        held.sort_by_key(|event| event["start"].to_string());
        let uid = |number: usize| held[number]["uid"].as_str().unwrap();

        // A session that was moved there moves here, which can be undone like any change.
        person(there, &["move", uid(3), "95", "Asia/Tokyo"]);
        person(there, &["delete", uid(6)]);
        let synced = desk.sync(id, &options, json!({})).unwrap();
        let pins = |view: &Value| view["plan"]["time"]["moved"].as_array().unwrap().len();
        assert_eq!(pins(&synced["view"]), 1, "{synced}");
        let undo = json!(["Moved in the calendar"]);
        assert_eq!(synced["view"]["history"]["undo"], undo);
        let questions = synced["questions"].as_array().unwrap();
        assert_eq!(questions.len(), 1);
        assert_eq!(desk.calendars()[1]["questions"], synced["questions"]);

        let count = person(there, &["list"]).len();
        let answer = json!({"id": id, "question": questions[0], "answer": "restore"});
        assert_eq!(desk.call("answer_deleted", answer).unwrap(), json!([]));
        desk.sync(id, &options, json!({})).unwrap();
        assert_eq!(person(there, &["list"]).len(), count + 1);

        // An empty calendar is not the learner's decision.
        person(there, &["empty"]);
        let synced = desk.sync(id, &options, json!({})).unwrap();
        assert_eq!(synced["problem"]["code"], "calendar-emptied");
        let synced = desk
            .sync(id, &options, json!({"deleted": "restore"}))
            .unwrap();
        assert_eq!(synced["problem"], Value::Null);
        assert_eq!(person(there, &["list"]).len(), count + 1);

        // The password is in no file, and is asked for after a restart: there is no keyring here.
        drop(desk);
        for path in home.files() {
            let bytes = fs::read(path).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains("ss-word"));
        }
        let desk = home.open();
        let refused = desk.sync(id, &options, json!({})).unwrap_err();
        assert_eq!(refused["code"], "password-needed");
        let known = json!({"password": PASSWORD});
        let synced = desk.sync(id, &options, known.clone()).unwrap();
        assert_eq!(synced["problem"], Value::Null);

        drop(radicale);
        let synced = desk.sync(id, &options, known).unwrap();
        assert_eq!(synced["problem"]["code"], "server-unreachable");
    });
}

/// A plan with the id of its roadmap, as all plans of the first versions had.
fn with_a_shared_id() -> String {
    let file = json!({"id": "mlops-2026", "start": "2027-01-11", "zone": "Europe/Berlin"});
    let plan = waymark_core::plan::Plan::from_json(&file.to_string()).unwrap();
    waymark_core::document::Document::new(plan)
        .to_json()
        .unwrap()
}

#[test]
fn events_that_may_be_another_plans_are_asked_about_once() {
    at_home(|home| {
        let folder = tempfile::tempdir().unwrap();
        let radicale = Server::start(Kind::Radicale, USER, folder.path()).unwrap();
        drop(home.open());
        fs::write(home.file("plan.json"), with_a_shared_id()).unwrap();
        let desk = home.open();
        let plan = &desk.open()["view"]["plan"];
        let start: NaiveDate = plan["start"].as_str().unwrap().parse().unwrap();
        let options = json!({"to": start + Days::new(6)});
        let login = json!({"address": format!("http://{}", radicale.address), "user": USER});
        let add = |choice: Value| {
            let arguments = json!({
                "login": login, "password": PASSWORD, "keepPassword": false, "choice": choice,
            });
            let added = desk.call("add_server_calendar", arguments).unwrap();
            let way = &added["calendars"][1]["calendar"]["way"];
            (added["id"].clone(), way["calendar"].clone())
        };
        let (id, there) = add(json!({"kind": "new", "name": "Study"}));
        let synced = desk.sync(&id, &options, json!({})).unwrap();
        assert_eq!(
            synced["problem"],
            Value::Null,
            "a new calendar raises no question"
        );
        let held = person(&there, &["list"]);
        assert!(!held.is_empty());

        // The record is lost with the calendar's entry.
        desk.call("remove_calendar", json!({"id": id})).unwrap();
        let existing = json!({"name": "Study", "address": there});
        let (id, _) = add(json!({"kind": "existing", "calendar": existing}));
        for trial in [true, false] {
            let synced = desk.sync(&id, &options, json!({"trial": trial})).unwrap();
            assert_eq!(synced["problem"]["code"], "shared-plan-id", "{synced}");
            assert_eq!(person(&there, &["list"]), held);
        }
        let synced = desk.sync(&id, &options, json!({"adopt": true})).unwrap();
        assert_eq!(synced["problem"], Value::Null);
        assert_eq!(person(&there, &["list"]).len(), held.len(), "no duplicates");
        let synced = desk.sync(&id, &options, json!({})).unwrap();
        assert_eq!(synced["problem"], Value::Null, "it is asked once");
    });
}
