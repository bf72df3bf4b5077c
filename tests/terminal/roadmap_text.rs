//! `waymark roadmap --text` and `--merge`.

use std::fs;

use serde_json::Value;

use super::{refusal, waymark};

fn printed(arguments: &[&str]) -> String {
    let output = waymark(arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_roadmap_is_written_as_text_edited_and_merged() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (plan, text) = (at("plan.json"), at("roadmap.md"));
    printed(&[
        "plan",
        "--zone",
        "UTC",
        "--start",
        "2027-01-04",
        "--save",
        &plan,
    ]);
    printed(&[
        "log",
        &plan,
        "add",
        "git",
        "90",
        "--start",
        "2026-11-30T09:00",
    ]);
    printed(&["roadmap", "--plan", &plan, "--text", &text]);
    let written = fs::read_to_string(&text).unwrap();
    assert_eq!(
        printed(&["roadmap", "--plan", &plan, "--text", "-"]),
        written
    );
    let merged = ["roadmap", "--plan", &plan, "--merge", &text];
    assert_eq!(printed(&merged), "Nothing changed\n");

    let line = |id: &str| {
        let end = format!(" ^{id}");
        written.lines().find(|line| line.ends_with(&end)).unwrap()
    };
    let edited = written
        .replace(
            line("python"),
            &line("python").replace("Python", "Python 3"),
        )
        .replace(line("git"), &line("git").replace(" ^git", ""));
    fs::write(&text, edited).unwrap();
    let before = fs::read(&plan).unwrap();
    insta::assert_snapshot!("merge", printed(&merged));
    assert_eq!(fs::read(&plan).unwrap(), before);
    let saved = printed(&[&merged[..], &["--save", "--json"]].concat());
    let saved: Value = serde_json::from_str(&saved).unwrap();
    assert_eq!(saved["saved"], true);
    let stored = fs::read_to_string(&plan).unwrap();
    assert!(stored.contains("Python 3"));
    assert!(printed(&["log", &plan]).contains("1 h 30 min"));

    // Now git is the id of an item that was removed.
    fs::write(&text, &written).unwrap();
    let refused = refusal(&waymark(&merged));
    assert!(
        refused.contains("Line ") && refused.contains("which was removed"),
        "{refused}"
    );
    // A roadmap file isn't overwritten by its text.
    let other = at("other.md");
    fs::write(&other, "# Notes\n").unwrap();
    let refused = refusal(&waymark(&["roadmap", "--text", &other]));
    assert!(refused.contains("--force"), "{refused}");
    printed(&["roadmap", "--plan", &plan, "--text", &text]);
}

#[test]
fn our_own_text_is_an_outline_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roadmap.md");
    let path = path.to_str().unwrap();
    printed(&["roadmap", "--text", path]);
    let data: Value = serde_json::from_str(&printed(&["outline", path, "--json"])).unwrap();
    assert_eq!(
        (&data["phases"], &data["items"], &data["weeks"]),
        (&11.into(), &67.into(), &44.into())
    );
}
