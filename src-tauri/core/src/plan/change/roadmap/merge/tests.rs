#![allow(clippy::unwrap_used)]
use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::super::tests::{change, changed, plan, rejected};
use super::*;
use crate::document::Document;
use crate::plan::Change;
use crate::samples::{self, embedded};
use crate::schedule::current;

fn merge(text: &str) -> Value {
    json!({"kind": "mergeText", "text": text})
}

fn told(plan: &Plan, text: &str) -> String {
    match RoadmapMerge::of(plan, text) {
        Ok(merge) => {
            let line = |line: &MergedLine| {
                let number = line.line.map_or("-".to_owned(), |line| line.to_string());
                format!("{number} {:?}: {}\n", line.kind, line.words)
            };
            let lines: String = merge.lines.iter().map(line).collect();
            format!("{}\n{lines}", merge.in_short())
        }
        Err(problems) => problems
            .iter()
            .map(|problem| format!("{problem}\n"))
            .collect(),
    }
}

const EDITED: &str = "# R\n\n## One (4 weeks) ^first\nOutcome: Fine\n- Write it (2 h, project) ^write\n\
    - New (90 min)\n  - After: write\n\n## SECOND ^second\nOutcome: Done\n- SPEAK (4 h) ^speak\n\
    \x20 - Done when: You can\n- READ (5 h) ^read\n";

#[test]
fn an_edited_text_is_told_before_it_is_merged_and_undone_in_one_step() {
    let plan = plan();
    insta::assert_snapshot!(told(&plan, EDITED));
    let edited = changed(&plan, &merge(EDITED));
    insta::assert_snapshot!("edited", text::write(edited.roadmap()));
    let name = plan.name_of(&[change(&merge(EDITED))], &edited);
    assert_eq!(
        name,
        "Roadmap text: 2 renamed, 1 moved, 1 added, 3 changed, 1 removed"
    );
}

/// Renamed and moved, an item keeps its id, its log and its ticks; the log of a removed one stays.
#[test]
fn progress_is_kept() {
    let plan = embedded();
    let now = plan.start_instant() + TimeDelta::days(9);
    let steps = json!({"kind": "steps", "item": "python", "value": "One\nTwo"});
    let tick =
        json!({"kind": "tick", "item": "python", "step": "Two", "ticked": true, "counts": false});
    let log = |item: &str, start: i64| {
        let index = plan.roadmap().item(item).unwrap();
        let start = plan.start_instant() + TimeDelta::hours(start);
        samples::entry(&plan, index, start, 60)
    };
    let changes = [
        change(&steps),
        change(&tick),
        log("python", 20),
        log("git", 30),
    ];
    let document = Document::new(plan.clone()).changed(&changes, now).unwrap();
    let plan = &document.plan;
    let text = text::write(plan.roadmap());
    let is_of = |line: &str, id: &str| line.ends_with(&format!(" ^{id}"));
    let line_of = |id: &str| text.lines().find(|line| is_of(line, id)).unwrap();
    let (python, git) = (line_of("python"), line_of("git"));
    // Python to the last phase, with its lines below; git removed with its own.
    let mut kept = String::new();
    let mut python_lines = String::new();
    let mut below = "";
    for line in text.lines() {
        if !line.starts_with("  ") {
            below = if is_of(line, "python") {
                "python"
            } else if is_of(line, "git") {
                "git"
            } else {
                ""
            };
        }
        let to = match below {
            "python" => &mut python_lines,
            "git" => continue,
            _ => &mut kept,
        };
        *to += &format!("{line}\n");
    }
    let edited = python_lines.replace(python, &python.replacen("Python", "Python 3", 1));
    let edited = edited.replace("Two", "Second");
    let end = kept.find("\n## Trends (reference)").unwrap();
    kept.insert_str(end, &edited);
    assert!(git.contains("Git"));

    let merged = document.changed(&[change(&merge(&kept))], now).unwrap();
    let roadmap = merged.plan.roadmap();
    let index = roadmap.item("python").unwrap();
    assert_eq!(roadmap.items[index].title, "Python 3");
    assert_eq!(roadmap.items[index].phase, roadmap.phases.len() - 1);
    assert_eq!(merged.plan.log(), plan.log());
    assert_eq!(merged.plan.logged().get("python"), Some(&60));
    assert_eq!(merged.plan.title_of("git"), "Git & version control");
    assert!(merged.plan.is_ticked("python", "Second"));
    assert_eq!(merged.undo.len(), document.undo.len() + 1);
    assert_eq!(merged.undone().unwrap().unwrap().plan, *plan);

    // Its id can't come back as another item's.
    let back = format!("{kept}\n## More\n- Git again ^git\n");
    let said = told(&merged.plan, &back);
    assert!(said.contains("which was removed"), "{said}");
}

/// Other words move no session, and the finish stays.
#[test]
fn renaming_moves_no_session() {
    let plan = embedded();
    let now = plan.start_instant() + TimeDelta::days(9);
    let text = text::write(plan.roadmap()).replace("Python (", "Snake (");
    let renamed = plan.changed(&[change(&merge(&text))], now).unwrap();
    assert_ne!(renamed.roadmap(), plan.roadmap());
    assert_eq!(current(&renamed).sessions, current(&plan).sessions);
    let longer = text.replacen("Snake (", "Snake (9", 1);
    let longer = plan.changed(&[change(&merge(&longer))], now).unwrap();
    assert_ne!(current(&longer).sessions, current(&plan).sessions);
}

/// As in the editor: other weeks alone are shared by the items.
#[test]
fn items_share_other_weeks() {
    let plan = embedded();
    let text = text::write(plan.roadmap());
    let more = text.replacen("(6 weeks)", "(12 weeks)", 1);
    let by_text = changed(&plan, &merge(&more));
    let phase = &plan.roadmap().phases[0].id;
    let by_editor = json!({"kind": "phaseWeeks", "phase": phase, "value": "12"});
    assert_eq!(by_text.roadmap(), changed(&plan, &by_editor).roadmap());
}

/// The items after a removed one come after those before it, as in the editor.
#[test]
fn prerequisites_pass_over_removed_items() {
    let chain = "## A ^first\n- READ (5 h) ^read\n- WRITE (2 h) ^write\n  - After: read\n\
                 ## B ^second\n- SPEAK (4 h) ^speak\n  - After: write, teach\n- TEACH (3 h) ^teach\n";
    let plan = changed(&plan(), &merge(chain));
    let without = chain.replace("- WRITE (2 h) ^write\n  - After: read\n", "");
    let merged = changed(&plan, &merge(&without));
    let speak = merged.roadmap().item("speak").unwrap();
    assert_eq!(
        merged.roadmap().entry(speak).unwrap().requires,
        ["read", "teach"]
    );
}

#[test]
fn bad_lines_are_sentences_with_their_numbers() {
    let said: Vec<String> = [
        "",
        "\0",
        "hello",
        "## A ^third\n- x ^read\n- y ^read\n- z ^first\n- w ^gone\n",
        "## A ^first\n- x ^read\n  - After: nobody\n  - [ ] a\n  - [ ] a\n",
        "## A ^first\n- READ ^read\n  - After: write\n- WRITE ^write\n  - After: read\n",
        "## A ^first\n- READ ^read\n  - After: second\n## B ^second\n",
        "# R\n",
    ]
    .iter()
    .map(|text| format!("{text:?}\n{}", told(&plan(), text)))
    .collect();
    insta::assert_snapshot!(said.join("\n"));
    let long = format!(
        "## A ^first\n- READ ^read\n  - Done when: {}\n",
        "x".repeat(501)
    );
    assert!(
        told(&plan(), &long).starts_with("Line 2"),
        "{}",
        told(&plan(), &long)
    );
    assert!(rejected(&plan(), &merge("## A ^third")).starts_with("Line 1"));
}

/// Characters and words that a text of Markdown with ids could take for its own.
const HOSTILE: [&str; 34] = [
    "^",
    " ^python",
    "^i0-0",
    "(2 h)",
    " (2 h, project)",
    "(reference)",
    " (6 weeks)",
    "[ ] ",
    "x] ",
    "[a](https://b)",
    "](",
    "\\u{41}",
    "\\",
    "# ",
    "## ",
    "### ",
    "- ",
    "> ",
    "**",
    "---",
    "\n",
    "\r\n",
    "\t",
    "\u{2028}",
    "\u{0}",
    "\u{feff}",
    "Outcome: ",
    "After: ",
    "About: ",
    " ",
    "Trends",
    "日本語",
    "🚀",
    "e\u{301}",
];

fn hostile() -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        select(&HOSTILE[..]).prop_map(str::to_owned),
        "\\PC{0,6}",
        ".{0,6}"
    ];
    prop::collection::vec(parts, 0..5).prop_map(|parts| parts.concat())
}

fn title() -> impl Strategy<Value = String> {
    hostile().prop_map(|text| {
        if text.trim().is_empty() {
            format!("{text}a")
        } else {
            text
        }
    })
}

const ADDRESSES: [&str; 6] = [
    "https://a.example",
    "MAILTO:me",
    "https://a](b",
    "https://a/(b)",
    "https://a\\u{41}[x]",
    "https://日本.example/#^id",
];

fn link() -> impl Strategy<Value = Value> {
    (hostile(), select(&ADDRESSES[..]))
        .prop_map(|(title, address)| json!({"title": title, "address": address}))
}

fn step() -> impl Strategy<Value = Value> {
    (title(), prop::option::of(1..5000_u32))
        .prop_map(|(title, minutes)| json!({"title": title, "minutes": minutes}))
}

/// An item without id and prerequisites, and where those come from.
fn item() -> impl Strategy<Value = (Value, Vec<Index>)> {
    let texts = (title(), hostile(), hostile(), hostile(), hostile());
    let lists = (
        prop::collection::vec(link(), 0..3),
        prop::collection::vec(step(), 0..3),
    );
    let facts = (
        select(&["topic", "tool", "project", "skill", "trend"][..]),
        any::<bool>(),
        0.0..3.0_f64,
        any::<bool>(),
    );
    (texts, lists, facts, prop::collection::vec(any::<Index>(), 0..3)).prop_map(
        |((title, group, summary, done_when, notes), (links, steps), (kind, optional, hours, by_weight), needs)| {
            let mut item = json!({
                "title": title, "group": group, "summary": summary, "done_when": done_when,
                "notes": notes, "links": links, "steps": steps, "kind": kind, "optional": optional,
            });
            let field = if by_weight { "weight" } else { "effort_hours" };
            item[field] = json!(hours + 0.1);
            (item, needs)
        },
    )
}

type RandomPhase = (
    (String, String, String, Option<u32>),
    Vec<Index>,
    Vec<(Value, Vec<Index>)>,
);

fn phase() -> impl Strategy<Value = RandomPhase> {
    let facts = (title(), hostile(), title(), prop::option::of(3..60_u32));
    (
        facts,
        prop::collection::vec(any::<Index>(), 0..3),
        prop::collection::vec(item(), 0..5),
    )
}

/// Any roadmap that a file can have, with prerequisites that go back only.
fn roadmap() -> impl Strategy<Value = Value> {
    let reference = prop::collection::vec((hostile(), hostile(), hostile()), 0..3);
    let whole = (
        title(),
        hostile(),
        prop::collection::vec(phase(), 1..5),
        reference,
    );
    whole.prop_map(|(title, summary, phases, reference)| {
        let mut known: Vec<String> = Vec::new();
        let pick = |known: &[String], needs: &[Index]| -> Vec<String> {
            let needs = needs.iter().filter(|_| !known.is_empty());
            needs.map(|need| need.get(known).clone()).collect()
        };
        let mut values = Vec::new();
        for (number, ((title, summary, outcome, weeks), needs, items)) in phases.into_iter().enumerate() {
            let id = ["nothing", "a", "2", "-"][number % 4].to_owned();
            let requires = pick(&known, &needs);
            let mut entries = Vec::new();
            let mut own = Vec::new();
            for (at, (mut item, needs)) in items.into_iter().enumerate() {
                let id = format!("i{number}-{at}");
                if weeks.is_none() && item["weight"].is_number() {
                    item["effort_hours"] = item["weight"].take();
                    item.as_object_mut().unwrap().remove("weight");
                }
                item["requires"] = json!(pick(&known, &needs));
                item["id"] = json!(id);
                own.push(id);
                entries.push(item);
            }
            values.push(json!({
                "id": id, "title": title, "summary": summary, "weeks": weeks, "requires": requires,
                "outcome": {"id": format!("o{number}"), "title": outcome, "ours": true}, "items": entries,
            }));
            known.extend(own);
            known.push(id);
        }
        let reference: Vec<Value> = reference.into_iter().enumerate().map(|(at, (title, group, summary))| {
            json!({"id": format!("r{at}"), "title": title, "group": group, "summary": summary})
        }).collect();
        json!({
            "id": "r", "title": title, "summary": summary, "nominal_hours_per_week": 10,
            "phases": values, "reference": {"trends": reference},
        })
    })
}

fn plan_of(roadmap: &Value) -> Plan {
    let roadmap = Roadmap::from_json(&roadmap.to_string()).unwrap();
    let start = "2027-01-04".parse().unwrap();
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    Plan::new("p", roadmap, start, samples::zone("Europe/Berlin"), created).unwrap()
}

proptest! {
    #[test]
    fn a_text_out_and_in_again_changes_nothing(roadmap in roadmap()) {
        let plan = plan_of(&roadmap);
        let text = text::write(plan.roadmap());
        let merge = RoadmapMerge::of(&plan, &text);
        let merge = merge.map_err(|problems| TestCaseError::fail(format!("{problems:?}\n{text}")))?;
        prop_assert_eq!(&merge.roadmap.file, &plan.roadmap.file, "{}", text);
        prop_assert_eq!(&merge.lines, &[]);
        let again = plan.apply(&Change::MergeText(MergeText { text })).unwrap();
        prop_assert_eq!(again, plan);
    }

    #[test]
    fn what_is_shared_keeps_the_published_schema(roadmap in roadmap()) {
        let schema = include_str!("../../../../../../roadmaps/roadmap.schema.json");
        let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
        let shared = plan_of(&roadmap).roadmap().file.to_json();
        let shared: Value = serde_json::from_str(&shared).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&shared)
            .map(|fault| format!("{fault} at {}", fault.instance_path()))
            .collect();
        prop_assert_eq!(faults, Vec::<String>::new());
    }

    /// Lines deleted, doubled and swapped: each problem is a sentence, and a text that can be used
    /// gives what it says when it is written again.
    #[test]
    fn a_spoilt_text_is_merged_or_rejected(roadmap in roadmap(), edits in prop::collection::vec((any::<Index>(), any::<Index>(), 0..4_u8), 1..6), typed in hostile()) {
        let plan = plan_of(&roadmap);
        let text = text::write(plan.roadmap());
        let mut lines: Vec<&str> = text.lines().collect();
        for (one, other, edit) in &edits {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            match edit {
                0 => { if lines.len() > 1 { lines.remove(one); } }
                1 => lines.insert(one, lines[other]),
                2 => lines.swap(one, other),
                _ => lines.insert(one, &typed),
            }
        }
        let spoilt = lines.join("\n");
        match RoadmapMerge::of(&plan, &spoilt) {
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    let sentence = problem.to_string();
                    prop_assert!(sentence.starts_with("Line ") || problem.field().is_empty(), "{}\n{}", sentence, spoilt);
                }
            }
            Ok(merge) => {
                let merged = plan.apply(&Change::MergeText(MergeText { text: spoilt.clone() })).unwrap();
                prop_assert_eq!(&merge.roadmap.file, &merged.roadmap.file);
                prop_assert_eq!(merge.lines.is_empty(), merged.roadmap().file == plan.roadmap().file, "{}\n{:?}", spoilt, merge.lines);
                let again = RoadmapMerge::of(&merged, &text::write(merged.roadmap())).unwrap();
                prop_assert_eq!(&again.lines, &[]);
            }
        }
    }
}
