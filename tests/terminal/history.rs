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

/// A home with a plan of the desktop app, and what a command prints there.
struct AtHome(tempfile::TempDir);

impl AtHome {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("org.waymark.planner");
        fs::create_dir(&folder).unwrap();
        let stored = include_str!("../documents/version-2.json");
        fs::write(folder.join("plan.json"), stored).unwrap();
        Self(home)
    }

    fn run(&self, arguments: &[&str]) -> std::process::Output {
        at_home(self.0.path(), "2027-02-01T09:00:00Z", arguments)
    }

    fn printed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// The file of the open plan.
    fn plan(&self) -> std::path::PathBuf {
        let plans: Value = serde_json::from_str(&self.printed(&["plans", "--json"])).unwrap();
        let folder = plans["plans"][0]["folder"].as_str().unwrap();
        std::path::Path::new(folder).join("plan.json")
    }
}

#[test]
fn a_whole_plan_is_exported_and_imported() {
    let home = AtHome::new();
    home.printed(&["log", "add", "docker", "60"]);
    let file = home.path("whole.json");
    let told = home.printed(&["plans", "export", &file]);
    assert!(told.starts_with("Wrote the whole plan to "), "{told}");
    let again = refusal(&home.run(&["plans", "export", &file]));
    assert!(again.contains("is a plan with a log"), "{again}");
    assert!(again.contains("add --replace"), "{again}");
    home.printed(&["plans", "export", &file, "--replace"]);
    let printed = home.printed(&["plans", "export", "-"]);
    assert_eq!(printed, fs::read_to_string(&file).unwrap());

    // The same plan: its import is a change, and the former joins the earlier plans.
    home.printed(&["log", "add", "python", "45"]);
    let told = home.printed(&["plans", "import", &file]);
    assert!(
        told.contains("imported over the plan with the same id"),
        "{told}"
    );
    let log = home.printed(&["log", "--json"]);
    assert_eq!(log, home.printed(&["log", &file, "--json"]));
    let history: Value = serde_json::from_str(&home.printed(&["history", "--json"])).unwrap();
    assert_eq!(history["plans"][0]["change"], "Import the plan");

    // Another plan gets a folder of its own.
    let other = home.path("other.json");
    home.printed(&[
        "plan",
        "--hours",
        "6",
        "--start",
        "2027-03-01",
        "--save",
        &other,
    ]);
    let told = home.printed(&["plans", "import", &other]);
    assert!(told.contains("imported as a plan of its own"), "{told}");
    let plans: Value = serde_json::from_str(&home.printed(&["plans", "--json"])).unwrap();
    let open: Vec<_> = plans["plans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|plan| &plan["open"])
        .collect();
    assert_eq!(open, [&Value::Bool(false), &Value::Bool(true)]);

    let mut edited = fs::read_to_string(&file).unwrap();
    edited = edited.replacen("\"start\":\"20", "\"start\":\"21", 1);
    edited = edited
        .replacen("\"start\":\"21", "\"start\":\"20", 1)
        .replacen("\"minutes\":60", "\"minutes\":61", 1);
    fs::write(&file, edited).unwrap();
    let said = refusal(&home.run(&["plans", "import", &file]));
    assert!(said.contains("--accept-edits"), "{said}");
    home.printed(&["plans", "import", &file, "--accept-edits"]);
}

/// A recovery is told by each command until it is dismissed.
#[test]
fn a_recovered_plan_is_told_until_dismissed() {
    let home = AtHome::new();
    home.printed(&["log", "add", "docker", "60"]);
    assert_eq!(home.printed(&["notices"]), "There are no notices.\n");
    let plan = home.plan();
    fs::remove_file(&plan).unwrap();
    let said = |arguments: &[&str]| {
        let output = home.run(arguments);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    // Looking changes nothing, but says so.
    assert!(said(&["status"]).contains("was missing"));
    assert!(!plan.exists());
    for _ in 0..2 {
        let said = said(&["log", "add", "docker", "60", "--again"]);
        assert!(said.contains("was missing"), "{said}");
        assert!(said.contains("waymark notices --dismiss"), "{said}");
        assert!(plan.exists());
    }
    assert!(home.printed(&["notices"]).contains("was missing"));
    assert!(
        home.printed(&["notices", "--dismiss"])
            .contains("Dismissed.")
    );
    assert!(!said(&["status"]).contains("was missing"));
    assert_eq!(home.printed(&["notices"]), "There are no notices.\n");
}

/// A plan edited by hand is neither damaged nor taken unasked.
#[test]
fn an_edited_plan_of_the_app_is_used_if_asked() {
    let home = AtHome::new();
    home.printed(&["log", "add", "docker", "60"]);
    let plan = home.plan();
    let text = fs::read_to_string(&plan).unwrap();
    let edited = text.replacen("\"minutes\":60", "\"minutes\":75", 1);
    assert_ne!(edited, text);
    fs::write(&plan, &edited).unwrap();
    for arguments in [
        &["status"][..],
        &["history"],
        &["log", "add", "python", "45"],
    ] {
        let said = refusal(&home.run(arguments));
        assert!(said.contains("--accept-edits"), "{said}");
    }
    assert_eq!(fs::read_to_string(&plan).unwrap(), edited);
    home.printed(&["log", "add", "python", "45", "--accept-edits"]);
    assert!(home.printed(&["log", "--json"]).contains("75"));
    let names = fs::read_dir(plan.parent().unwrap()).unwrap();
    let is_kept = names.filter_map(Result::ok).any(|entry| {
        entry.file_name().to_string_lossy().contains(".edited-")
            && fs::read_to_string(entry.path()).unwrap() == edited
    });
    assert!(is_kept);
}
