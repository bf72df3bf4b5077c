//! Several plans of the desktop app, in the terminal.

use std::fs;

use serde_json::Value;

use super::{at_home, refusal};

const NOW: &str = "2027-02-01T09:00:00Z";

struct Plans(tempfile::TempDir);

impl Plans {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn run(&self, arguments: &[&str]) -> std::process::Output {
        at_home(self.0.path(), NOW, arguments)
    }

    fn printed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, arguments: &[&str]) -> String {
        refusal(&self.run(arguments))
    }

    fn listed(&self) -> Value {
        serde_json::from_str(&self.printed(&["plans", "--json"])).unwrap()
    }

    /// Each plan's title, with its marks.
    fn titles(&self) -> Vec<String> {
        let listed = self.listed();
        let plans = listed["plans"].as_array().unwrap().iter();
        let mark = |plan: &Value, name: &str| match plan[name].as_bool() {
            Some(true) => format!("{name} "),
            _ => String::new(),
        };
        let title = |plan: &Value| {
            let title = plan["title"].as_str().unwrap();
            mark(plan, "open") + &mark(plan, "archived") + title
        };
        plans.map(title).collect()
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// A printed text without the parts that differ from run to run: ids are random, and paths are
    /// this computer's.
    fn plain(&self, text: &str) -> String {
        let mut text = text.replace(self.0.path().to_str().unwrap(), "HOME");
        let listed = self.listed();
        for (number, plan) in (1..).zip(listed["plans"].as_array().unwrap()) {
            text = text.replace(plan["id"].as_str().unwrap(), &format!("ID-{number}"));
        }
        text
    }
}

#[test]
fn plans_are_made_renamed_archived_removed_and_brought_back() {
    let plans = Plans::new();
    assert!(plans.printed(&["plans"]).contains("There's no plan yet"));
    let mut told = String::new();
    let mut run = |arguments: &[&str]| {
        let printed = plans.printed(arguments);
        told += &format!(
            "$ waymark {}\n{}",
            arguments.join(" "),
            plans.plain(&printed)
        );
    };
    run(&["plans", "templates"]);
    run(&["plans", "new", "--template", "data-analysis"]);
    run(&[
        "plans",
        "new",
        "--template",
        "guitar",
        "--name",
        "Six strings",
    ]);
    run(&["plans", "duplicate", "six strings"]);
    run(&["plans", "rename", "Six strings (copy)", "Second try"]);
    run(&["plans", "open", "Data analysis in 12 weeks"]);
    run(&["plans", "archive", "Second try"]);
    run(&["plans", "removed"]);
    insta::assert_snapshot!("plans", told);
    assert_eq!(
        plans.titles(),
        [
            "open Data analysis in 12 weeks",
            "Six strings",
            "archived Second try"
        ]
    );

    let before = plans.listed()["plans"][1].clone();
    let removed = plans.printed(&["plans", "remove", "Six strings"]);
    let id = before["id"].as_str().unwrap();
    assert_eq!(
        removed,
        format!("Removed “Six strings”. To bring it back: waymark plans restore {id}\n")
    );
    assert!(plans.printed(&["plans", "removed"]).contains("Six strings"));
    assert!(
        plans
            .printed(&["plans", "restore", id])
            .contains("is in the list again")
    );
    plans.printed(&["plans", "unarchive", "Second try"]);
    assert_eq!(
        plans.titles(),
        [
            "open Data analysis in 12 weeks",
            "Second try",
            "Six strings"
        ]
    );

    let refused = [
        plans.refused(&["plans", "remove", "Data analysis in 12 weeks"]),
        plans.refused(&["plans", "archive", "Data analysis in 12 weeks"]),
        plans.refused(&["plans", "open", "Latin"]),
        plans.refused(&["plans", "restore", "no-such"]),
        plans.refused(&["plans", "new", "--template", "cooking"]),
        plans.refused(&["plans", "new", &plans.path("none.json")]),
        plans.refused(&["plans", "rename", "Six strings", "two\nlines"]),
    ];
    insta::assert_snapshot!("plans_refused", plans.plain(&refused.concat()));
}

/// Two plans on one learner's time: no session of one is at the time of the other's.
#[test]
fn the_sessions_of_one_plan_are_busy_time_in_the_other() {
    let plans = Plans::new();
    plans.printed(&["plans", "new", "--template", "data-analysis"]);
    plans.printed(&["plans", "new", "--template", "guitar"]);
    let stored = |number: usize| -> Value {
        let listed = plans.listed();
        let folder = listed["plans"][number]["folder"]
            .as_str()
            .unwrap()
            .to_owned();
        let text = fs::read_to_string(format!("{folder}/plan.json")).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        file["document"]["plan"].clone()
    };
    assert_eq!(
        stored(1)["other_plans"]
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        ["Data analysis in 12 weeks"]
    );
    // The first one learns of the second with its next change that reschedules.
    plans.printed(&["plans", "open", "Data analysis in 12 weeks"]);
    assert_eq!(stored(0)["other_plans"], Value::Null);
    let later = "2027-02-09T09:00:00Z";
    let output = at_home(plans.0.path(), later, &["sessions", "not-this-week"]);
    assert!(output.status.success(), "{output:?}");
    assert!(stored(0)["other_plans"]["Guitar: lessons and songs side by side"].is_array());
}

#[test]
fn a_plan_is_shared_as_a_page_and_no_file_of_another_kind_is_overwritten() {
    let plans = Plans::new();
    plans.printed(&[
        "plans",
        "new",
        "--template",
        "guitar",
        "--name",
        "<script>x</script>",
    ]);
    plans.printed(&[
        "log",
        "add",
        "posture-and-tuning",
        "30",
        "--note",
        "a secret",
    ]);
    let page = plans.path("plan.html");
    let told = plans.printed(&["plans", "share", &page]);
    assert_eq!(told, format!("Wrote the page to {page}\n"));
    let text = fs::read_to_string(&page).unwrap();
    assert!(text.starts_with("<!DOCTYPE html>"));
    assert!(text.contains("&lt;script&gt;x&lt;/script&gt;"));
    assert!(!text.contains("<script") && !text.contains("a secret"));
    // A page is replaced by a newer one.
    plans.printed(&["plans", "share", &page, "--with", "log,notes"]);
    assert!(fs::read_to_string(&page).unwrap().contains("a secret"));

    let notes = plans.path("notes.txt");
    fs::write(&notes, "mine").unwrap();
    let said = plans.refused(&["plans", "share", &notes]);
    assert!(said.contains("add --force"), "{said}");
    assert_eq!(fs::read_to_string(&notes).unwrap(), "mine");
    plans.printed(&["plans", "share", &notes, "--force"]);

    // Also of a plan that no list has.
    let other = plans.path("other.html");
    plans.printed(&["plan", "--start", "2027-01-04", "--html", &other]);
    let text = fs::read_to_string(&other).unwrap();
    assert!(text.contains("MLOps Engineer (2026)"));
    let allows = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    assert!(roxmltree::Document::parse_with_options(&text, allows).is_ok());
    plans.printed(&["plan", "--start", "2027-01-04", "--html", "-"]);
}
