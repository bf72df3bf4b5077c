//! `waymark outline` and `waymark roadmap`.

use std::fs;

use serde_json::Value;

use super::{refusal, waymark};

const NOTES: &str = "# Sailing\n\n## Phase 1: On land (Weeks 1-2)\n**Goal**: Know the boat\n\
    - [x] Knots\n- [ ] Points of sail\n\n## Phase 2: On the lake\n- Tack\n- [Gybe](javascript:x)\n\n\
    ## FAQ\n- Do I need a licence?\n";

fn printed(arguments: &[&str]) -> String {
    let output = waymark(arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_outline_is_shown_saved_and_planned() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (notes, saved) = (at("notes.md"), at("roadmap.json"));
    fs::write(&notes, NOTES).unwrap();
    insta::assert_snapshot!("outline", printed(&["outline", &notes]));

    let data = printed(&["outline", &notes, "--json", "--save", &saved]);
    let data: Value = serde_json::from_str(&data).unwrap();
    assert_eq!(
        data["summary"],
        "2 phases, 4 items, 2 weeks; 2 lines left out, 2 questions"
    );
    assert_eq!(data["lines"][2]["meaning"], "phase");
    assert_eq!(
        data["lines"].as_array().unwrap().len(),
        NOTES.split('\n').count()
    );
    assert_eq!(data["findings"][0]["line"], 10);
    assert_eq!(data["ticked"][0], "Knots");

    let refused = refusal(&waymark(&["outline", &notes, "--save", &notes]));
    assert!(refused.contains("--force"), "{refused}");
    assert_eq!(fs::read_to_string(&notes).unwrap(), NOTES);
    printed(&["outline", &notes, "--save", &saved]);

    assert!(printed(&["plan", "--roadmap", &saved, "--zone", "UTC"]).contains("On the lake"));
    assert!(printed(&["roadmap", &saved]).contains("Outcome: Know the boat"));
}

#[test]
fn a_bad_outline_is_rejected_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let with = |bytes: &[u8]| {
        let path = folder.path().join("outline");
        fs::write(&path, bytes).unwrap();
        refusal(&waymark(&["outline", path.to_str().unwrap()]))
    };
    assert!(with(b"").contains("The outline is empty."));
    assert!(with(b"\0\0\0").contains("The outline isn't text."));
    assert!(with(&vec![b'a'; 9 << 20]).contains("The outline is too large."));
    assert!(refusal(&waymark(&["outline", "/nonexistent/a.md"])).contains("Couldn't read"));
}

#[test]
fn the_roadmap_is_printed_with_its_reference() {
    let text = printed(&["roadmap"]);
    for part in [
        "Foundations (6 weeks)",
        "Rise of LLMOps",
        "Pro Strategy",
        "MLOps Engineer",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let data: Value = serde_json::from_str(&printed(&["roadmap", "--json"])).unwrap();
    assert_eq!(data["phases"].as_array().unwrap().len(), 11);
}
