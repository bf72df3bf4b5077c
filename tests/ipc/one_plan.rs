//! The window and the terminal program on one plan: neither loses the other's changes.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::calendars::{person, sync_request};
use crate::servers::{Kind, PASSWORD, Server, USER};
use crate::{Home, at_home};

/// The terminal program, which the workspace's build puts next to this test.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.parent().unwrap().with_file_name("waymark");
    if !program.exists() {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--workspace", "--bin", "waymark", "--locked"]);
        assert!(cargo.status().unwrap().success());
    }
    program
}

impl Home {
    fn terminal(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.env("XDG_DATA_HOME", self.0.path()).args(arguments);
        command
    }

    fn in_terminal(&self, arguments: &[&str]) -> String {
        let output = self.terminal(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn entries(&self) -> Vec<u64> {
        let listed: Value = serde_json::from_str(&self.in_terminal(&["log", "--json"])).unwrap();
        let entries = listed["entries"].as_array().unwrap().iter();
        let mut minutes: Vec<u64> = entries
            .map(|entry| entry["minutes"].as_u64().unwrap())
            .collect();
        minutes.sort_unstable();
        minutes
    }
}

fn log(minutes: u64) -> Value {
    json!({"change": {
        "kind": "log", "item": "python", "start": "2027-01-04T19:00",
        "minutes": minutes.to_string(), "note": "", "entry": null,
    }})
}

/// Both begin on a Tuesday with a plan from the day before.
fn under_way(test: impl FnOnce(&Home)) {
    at_home(|home| {
        let now = |now| temp_env::with_var("WAYMARK_NOW", Some(now), || drop(home.open()));
        now("2027-01-01T10:00:00Z");
        temp_env::with_var("WAYMARK_NOW", Some("2027-01-05T10:00:00Z"), || test(home));
    });
}

#[test]
fn each_sees_what_the_other_did() {
    under_way(|home| {
        let desk = home.open();
        assert_eq!(home.entries(), [0; 0]);
        desk.call("apply", log(30)).unwrap();
        assert_eq!(home.entries(), [30]);

        home.in_terminal(&["log", "add", "python", "60"]);
        let view = desk.call("look", json!({})).unwrap();
        assert_eq!(view["history"]["undo"][0], "1 h of Python logged");
        assert_eq!(desk.call("worklog", json!({})).unwrap()[0]["minutes"], 60);
    });
}

#[test]
fn a_change_is_made_to_the_newest_plan_also_where_the_window_has_not_looked() {
    under_way(|home| {
        let desk = home.open();
        home.in_terminal(&["log", "add", "python", "60"]);
        desk.hours("apply", "20").unwrap();
        desk.call("apply", log(30)).unwrap();
        assert_eq!(home.entries(), [30, 60]);
        let view = desk.call("look", json!({})).unwrap();
        assert_eq!(view["plan"]["hoursPerWeek"], 20.0);
        // And the changes can be undone one by one.
        desk.call("undo", json!({})).unwrap();
        desk.call("undo", json!({})).unwrap();
        assert_eq!(home.entries(), [60]);
    });
}

/// Undo takes back the change that the window shows as the latest, and never one it has not shown.
#[test]
fn undo_waits_until_the_window_shows_what_the_terminal_did() {
    under_way(|home| {
        let desk = home.open();
        desk.call("apply", log(30)).unwrap();
        home.in_terminal(&["log", "add", "python", "60"]);
        let error = desk.call("undo", json!({})).unwrap_err();
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with("Another program changed"), "{message}");
        assert_eq!(home.entries(), [30, 60]);
        desk.call("undo", json!({})).unwrap();
        assert_eq!(home.entries(), [30]);
    });
}

#[test]
fn both_at_the_same_time_lose_nothing() {
    under_way(|home| {
        let desk = home.open();
        let mut running = Vec::new();
        for minutes in 1..=8 {
            let mut terminal = home.terminal(&["log", "add", "python", &minutes.to_string()]);
            running.push(terminal.stdout(Stdio::null()).spawn().unwrap());
            desk.call("apply", log(100 + minutes)).unwrap();
        }
        for mut process in running {
            assert!(process.wait().unwrap().success());
        }
        let all: Vec<u64> = (1..=8).chain(101..=108).collect();
        assert_eq!(home.entries(), all);
    });
}

/// The next number of a sequence (xorshift64).
fn drawn(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// A sync, the window and the terminal at once, with pauses drawn from a seed: each entry is
/// logged, and each session that was moved in the calendar is where it was put.
#[test]
fn a_sync_beside_window_and_terminal_loses_nothing() {
    under_way(|home| {
        let folder = tempfile::tempdir().unwrap();
        let radicale = Server::start(Kind::Radicale, USER, folder.path()).unwrap();
        let desk = home.open();
        let add = json!({
            "login": {"address": format!("http://{}", radicale.address), "user": USER},
            "password": PASSWORD, "keepPassword": false,
            "choice": {"kind": "new", "name": "Study"},
        });
        let added = desk.call("add_server_calendar", add).unwrap();
        let id = &added["id"];
        let there = &added["calendars"][1]["calendar"]["way"]["calendar"];
        let options = json!({"to": "2027-01-31"});
        let synced = desk.sync(id, &options, json!({})).unwrap();
        assert_eq!(synced["problem"], Value::Null);

        let mut expected = home.entries();
        for seed in 1..=3_u64 {
            let mut held = person(there, &["list"]);
            held.sort_by_key(|event| event["start"].to_string());
            let moved = &held[usize::try_from(8 + seed).unwrap()]["uid"];
            person(
                there,
                &["move", moved.as_str().unwrap(), "20", "Europe/Berlin"],
            );

            let mut pauses = seed << 20;
            let answer = desk.begin("sync_calendar", sync_request(id, &options, json!({})));
            let (in_window, in_terminal) = (10 * seed, 10 * seed + 5);
            thread::scope(|scope| {
                let mut theirs = seed << 40;
                scope.spawn(move || {
                    for minutes in in_terminal..in_terminal + 3 {
                        thread::sleep(Duration::from_micros(drawn(&mut theirs) % 50_000));
                        home.in_terminal(&["log", "add", "git", &minutes.to_string(), "--again"]);
                    }
                });
                for minutes in in_window..in_window + 3 {
                    thread::sleep(Duration::from_micros(drawn(&mut pauses) % 50_000));
                    desk.call("apply", log(minutes)).unwrap();
                }
            });
            assert_eq!(answer.recv(), Ok(true), "seed {seed}");
            expected.extend((in_window..in_window + 3).chain(in_terminal..in_terminal + 3));
            expected.sort_unstable();
            assert_eq!(home.entries(), expected, "seed {seed}");
            let view = desk.call("look", json!({})).unwrap();
            let moved = view["plan"]["time"]["moved"].as_array().unwrap().len();
            assert_eq!(
                u64::try_from(moved),
                Ok(seed),
                "seed {seed}: {}",
                view["plan"]
            );
        }
    });
}
