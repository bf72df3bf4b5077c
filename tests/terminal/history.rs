//! Earlier plans of the desktop app, in the terminal.

use std::fs;

use serde_json::Value;

use super::{at_home, refusal};

#[test]
fn an_earlier_plan_is_listed_and_restored() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("org.waymark.planner");
    fs::create_dir(&folder).unwrap();
    let stored = include_str!("../documents/version-2.json");
    fs::write(folder.join("plan.json"), stored).unwrap();
    let now = "2027-02-01T09:00:00Z";
    let printed = |arguments: &[&str]| {
        let output = at_home(home.path(), now, arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let data = |arguments: &[&str]| -> Value {
        serde_json::from_str(&printed(&[arguments, &["--json"]].concat())).unwrap()
    };
    assert!(printed(&["history"]).contains("There are no earlier plans"));
    let log = data(&["log"]);
    printed(&["log", "add", "docker", "60"]);
    let status = data(&["status"]);
    printed(&["log", "estimate", "docker", "240"]);
    let listed = data(&["history"]);
    let plans = listed["plans"].as_array().unwrap();
    assert_eq!(plans.len(), 2);
    assert_eq!(plans[0]["until"], now);
    // The finish date is that of the other commands, and the log tells the progress.
    assert_eq!(plans[0]["finish"], status["planned_finish"]);
    let since = plans[1]["since"].as_array().unwrap();
    assert!(since.contains(&"1 h more logged".into()), "{since:?}");
    let number = plans[1]["number"].to_string();

    // Restoring is a change: the plan before it joins the list, and can be restored too.
    let told = printed(&["restore", &number]);
    assert!(
        told.starts_with("Restored the plan of Mon 1 Feb 2027, 10:00, before"),
        "{told}"
    );
    assert_eq!(data(&["log"]), log);
    let listed = data(&["history"]);
    assert_eq!(listed["plans"].as_array().unwrap().len(), 3);
    let number = listed["plans"][0]["number"].to_string();
    let before = listed["plans"][0]["log_entries"].clone();
    printed(&["restore", &number]);
    assert_eq!(data(&["log"])["entries"].as_array().unwrap().len(), before);
    let table = printed(&["history"]);
    assert!(table.contains("Before the change"), "{table}");
    let unknown = refusal(&at_home(home.path(), now, &["restore", "999"]));
    assert!(
        unknown.contains("Earlier plan: 999 isn't there"),
        "{unknown}"
    );
}
