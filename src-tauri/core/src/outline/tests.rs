use std::collections::BTreeSet;

use proptest::prelude::*;

use super::rules::RULES;
use super::*;
use crate::input_error::ErrorCode;

fn understood(text: &str) -> Outline {
    read(text.as_bytes()).unwrap()
}

/// Each rule with an outline and the line of it, from 1, that the rule decides.
const EXAMPLES: [(&str, usize, &str); 33] = [
    ("blank", 2, "# A\n\n## Phase 1\n- x\n## Phase 2\n- y"),
    ("layout", 2, "# A\n---\n## Phase 1\n- x\n## Phase 2\n- y"),
    (
        "code",
        4,
        "## Phase 1\n- x\n```\nlet a = 1;\n```\n- y\n## Phase 2\n- z\n- z2\n- z3",
    ),
    ("drawing", 3, "## Phase 1\n- x\n████ 40%\n## Phase 2\n- z"),
    ("no-words", 3, "## Phase 1\n- x\n- …\n## Phase 2\n- z"),
    ("phase", 1, "## Phase 1: A\n- x\n## Phase 2: B\n- z"),
    ("detail", 3, "## A ^a\n- x ^x\n  - Done when: you can"),
    (
        "title",
        1,
        "# Sailing\n## Phase 1: A\n- x\n## Phase 2: B\n- z",
    ),
    (
        "page-trimming",
        5,
        "Phase 1: A\nx\nPhase 2: B\ny\nComments\nI like it",
    ),
    (
        "page-section",
        5,
        "## Phase 1: A\n- x\n## Phase 2: B\n- z\n## FAQ\n- why",
    ),
    (
        "reference",
        5,
        "## Phase 1: A\n- x\n## Phase 2: B\n- z\n## Industry Trends\n- t",
    ),
    (
        "late-phase",
        5,
        "## Phase 1: A\n- x\n## Phase 2: B\n- z\n## Capstone\n- t",
    ),
    (
        "divider",
        4,
        "# Plan\n### Week 1: A\n- x\n## Deeper\n### Week 2: B\n- z",
    ),
    (
        "beside-the-plan",
        5,
        "## Phase 1: A\n- x\n## Phase 2: B\n- z\n## Things I like\n- t",
    ),
    (
        "in-reference",
        6,
        "## Phase 1: A\n- x\n## Phase 2: B\n- z\n## Industry Trends\n- t",
    ),
    (
        "in-left-out",
        6,
        "## Phase 1: A\n- x\n## Phase 2: B\n- z\n## FAQ\n- why",
    ),
    (
        "summary",
        2,
        "# A\nThis plan leads from nothing to something.\n## Phase 1\n- x\n## Phase 2\n- y",
    ),
    (
        "before-the-plan",
        2,
        "# A\nBy me\n## Phase 1\n- x\n## Phase 2\n- y",
    ),
    (
        "template",
        3,
        "## Phase 1\n- x\n**Status**: [Status]\n## Phase 2\n- y",
    ),
    (
        "column-names",
        2,
        "## Phase 1\n| Topic | Link |\n|---|---|\n| x | - |\n## Phase 2\n- y",
    ),
    (
        "idle-row",
        4,
        "## Phase 1\n| Topic | Link |\n|---|---|\n| No class | - |\n## Phase 2\n- y",
    ),
    (
        "row",
        4,
        "## Phase 1\n| Topic | Link |\n|---|---|\n| Knots | - |\n## Phase 2\n- y",
    ),
    (
        "outcome",
        3,
        "## Phase 1\n- x\n**Goal**: sail\n## Phase 2\n- y",
    ),
    (
        "resources",
        3,
        "## Phase 1\n- x\n**Resources:**\n- [a](https://a.org)\n## Phase 2\n- y",
    ),
    (
        "remark",
        3,
        "## Phase 1\n- x\n**Why:** because\n## Phase 2\n- y",
    ),
    (
        "in-outcome",
        4,
        "## Phase 1\n- x\n**Outcomes:**\n- sail\n## Phase 2\n- y",
    ),
    (
        "in-resources",
        4,
        "## Phase 1\n- x\n**Resources:**\n- [a](https://a.org)\n## Phase 2\n- y",
    ),
    (
        "in-remark",
        4,
        "## Phase 1\n- x\n**Prerequisites:**\n- a boat\n## Phase 2\n- y",
    ),
    ("group", 2, "## Phase 1\n### Theory\n- x\n## Phase 2\n- y"),
    (
        "below-an-item",
        3,
        "## Phase 1\n- x\n  - of it\n- x2\n- x3\n- x4\n## Phase 2\n- y\n- y2\n- y3",
    ),
    ("item", 2, "## Phase 1\n- x\n## Phase 2\n- y"),
    (
        "note",
        3,
        "## Phase 1\n- x\nTake your time with it.\n## Phase 2\n- y",
    ),
    ("item", 2, "Phase 1: A\nKnots\nPhase 2: B\nTides"),
];

#[test]
fn each_rule_decides_its_example() {
    let mut wrong = Vec::new();
    for (name, line, text) in EXAMPLES {
        let marked = &understood(text).lines[line - 1];
        if marked.rule != name {
            wrong.push(format!("{name}: {marked:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let shown: BTreeSet<&str> = EXAMPLES.iter().map(|(name, ..)| *name).collect();
    assert_eq!(shown, RULES.iter().map(|rule| rule.name).collect());
}

#[test]
fn a_corrected_line_changes_everything_after_it() {
    let text = b"## Phase 1\n- x\n## Phase 2\n- y\n## Things I like\n- t\n- u";
    assert_eq!(read(text).unwrap().phases.len(), 2);
    let corrected = BTreeMap::from([(4, Meaning::Phase), (6, Meaning::LeftOut)]);
    let outline = read_corrected(text, &corrected).unwrap();
    assert_eq!(outline.phases.len(), 3);
    assert_eq!(outline.phases[2].items.len(), 1);
    assert_eq!(outline.lines[6].rule, "corrected");
}

/// Each answer to a question is one press: lines with other meanings, after which it isn't asked.
#[test]
fn questions_are_answered_by_lines() {
    let answered = |text: &str, id: &str| {
        let outline = understood(text);
        let asked = outline.questions.iter().find(|question| question.id == id);
        let answer = asked.unwrap_or_else(|| panic!("{id}: {:?}", outline.questions));
        let lines = answer.answers[0].lines.iter();
        let corrected = lines.map(|line| (line.line, line.meaning)).collect();
        let outline = read_corrected(text.as_bytes(), &corrected).unwrap();
        assert!(
            outline.questions.iter().all(|question| question.id != id),
            "{id}"
        );
        outline
    };
    let days: String = (1..=21)
        .map(|day| format!("## Day {day}\n- a\n- b\n"))
        .collect();
    let one = answered(&format!("# Sketching\n{days}"), "many-phases");
    assert_eq!((one.phases.len(), one.item_count()), (1, 42));
    assert_eq!(one.phases[0].items[0].group, "Day 1");

    let parts: String = (0..4)
        .map(|part| {
            let heads: String = (0..5)
                .map(|head| format!("### {part}{head} thing\n- a\n"))
                .collect();
            format!("## Part about {part}\n{heads}")
        })
        .collect();
    let below = answered(&format!("# Things\n{parts}"), "two-readings");
    assert_eq!((below.phases.len(), below.item_count()), (20, 20));

    let beside = "## Phase 1: A\n- x\n## Phase 2: B\n- y\n## Things I like\n- t\n- u";
    let added = answered(beside, "left-out");
    assert_eq!((added.phases.len(), added.item_count()), (3, 4));

    let menu: String = (0..50)
        .map(|course| format!("- Course {course}\n"))
        .collect();
    let chosen = answered(&format!("# All courses\n{menu}"), "menu");
    assert!(chosen.phases[0].items.iter().all(|item| item.optional));
}

#[test]
fn spans_give_lengths() {
    let weeks = |spans: &[&str]| -> Vec<Option<u32>> {
        let text: String = spans
            .iter()
            .enumerate()
            .map(|(at, span)| format!("## Phase {}: A ({span})\n- x\n", at + 1))
            .collect();
        understood(&text)
            .phases
            .iter()
            .map(|phase| phase.weeks)
            .collect()
    };
    assert_eq!(
        weeks(&["Weeks 1–6", "Weeks 6–12", "Weeks 12–16"]),
        [Some(6), Some(6), Some(4)]
    );
    assert_eq!(weeks(&["Weeks 1-4", "Weeks 5-8"]), [Some(4), Some(4)]);
    assert_eq!(
        weeks(&["Months 1-3", "Months 3-5", "Months 4-6"]),
        [Some(13), Some(13), Some(13)]
    );
    assert_eq!(
        weeks(&["0-6 months", "6-12 months", "1-2 years"]),
        [Some(26), Some(26), Some(52)]
    );
    assert_eq!(weeks(&["3 weeks", "2-4 weeks"]), [Some(3), Some(4)]);
    assert_eq!(weeks(&["Week 1", "Week 2"]), [Some(1), Some(1)]);
    assert_eq!(weeks(&["Weeks 1-2", "Months 6+"]), [Some(2), None]);
    assert_eq!(weeks(&["EC2 and S3", "H100s"]), [None, None]);
}

#[test]
fn bad_input_is_refused_in_a_sentence() {
    let code = |bytes: &[u8]| read(bytes).unwrap_err().code;
    assert_eq!(code(b""), ErrorCode::OutlineEmpty);
    assert_eq!(code(b" \n\t\n"), ErrorCode::OutlineEmpty);
    assert_eq!(code(b"PNG\0\x01\x02"), ErrorCode::OutlineBinary);
    assert_eq!(
        code(&vec![b'a'; LARGEST_BYTES + 1]),
        ErrorCode::OutlineTooLarge
    );
    assert_eq!(
        read(b"").unwrap_err().to_string(),
        "The outline is empty. Paste or choose a text with at least one line."
    );
}

#[test]
fn what_can_be_used_of_bad_input_is_kept() {
    let text = "## Phase 1\n- [a](javascript:alert(1))\n- [b](file:///etc/passwd)\n## Phase 2\n- [c](https://c.org)";
    let outline = understood(text);
    assert_eq!(outline.item_count(), 3);
    assert_eq!(
        outline.findings.iter().map(|f| f.line).collect::<Vec<_>>(),
        [2, 3]
    );
    let links: Vec<_> = outline
        .phases
        .iter()
        .flat_map(|p| &p.items)
        .flat_map(|i| &i.links)
        .collect();
    assert_eq!(links.len(), 1);

    let broken = read(b"## Phase 1\n- caf\xe9\n## Phase 2\n- b").unwrap();
    assert_eq!((broken.findings[0].line, broken.item_count()), (2, 2));
    let json = read(b"{\"title\": \"a\",\n \"items\": [").unwrap();
    assert_eq!(json.findings[0].line, 2);

    let many: String = (0..6000).map(|n| format!("- item {n}\n")).collect();
    let outline = understood(&many);
    assert_eq!(outline.item_count(), build::MOST_ITEMS);
    assert_eq!(outline.findings[0].line, build::MOST_ITEMS + 1);
    outline.roadmap().unwrap();
}

/// Text with the marks that outlines consist of.
fn outline_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ \t]{0,9}",
        "#{1,7} ",
        "[-*+•] ",
        "[0-9]{1,2}[.)] ",
        "\\[[ x]\\] ",
        "\\| ",
        "├── ",
        "```",
        "\n",
        "\n",
        "Phase [0-9] ",
        "Weeks [0-9]{1,3}[-–][0-9]{1,9} ",
        "\\([0-9]{1,9} (min|h)\\)",
        "\\[a\\]\\(javascript:x\\)",
        "\\*\\*",
        "Outcome: ",
        "<li>",
        "</",
        "[{}\"]",
        "\\PC{0,9}",
        "[a-z, ]{0,9}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Of a text of ours, what can be used is kept, and the rest is a sentence at its line.
#[test]
fn ids_twice_and_circles_are_told_at_their_lines() {
    let outline = understood(
        "# A\n## One ^one\n- Read (2 h) ^read\n  - After: write, nobody\n- Write (3 h) ^write\n  - After: read\n\
         - Again ^read\n## Two ^two\n- Speak (1 h, project, optional) ^speak\n  - After: two, one, Write\n",
    );
    let told: Vec<String> = outline
        .findings
        .iter()
        .map(|finding| format!("{}: {}", finding.line, finding.sentence))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    let roadmap = outline.roadmap().unwrap();
    let requires = |index: usize| roadmap.entry(index).unwrap().requires.clone();
    assert_eq!(requires(0), ["write"]);
    assert_eq!(requires(1), Vec::<String>::new());
    assert_eq!(requires(3), ["one", "write"]);
    let ids: Vec<&str> = roadmap.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["read", "write", "again", "speak"]);
}

/// A roadmap file of ours keeps all that a text of ours can say.
#[test]
fn a_roadmap_file_of_ours_keeps_ids_efforts_and_prerequisites() {
    let right = crate::roadmap::Roadmap::embedded().unwrap();
    let outline = understood(&right.file.to_json());
    assert_eq!(outline.format, OutlineFormat::Json);
    assert_eq!(outline.findings, []);
    assert_eq!(outline.questions, []);
    let read = outline.roadmap().unwrap();
    assert_eq!(read.items, right.items);
    for (read, right) in read.phases.iter().zip(&right.phases) {
        let facts = |phase: &crate::roadmap::Phase| {
            let outcome = phase.outcome.clone();
            (
                phase.id.clone(),
                phase.title.clone(),
                phase.requires.clone(),
                outcome,
            )
        };
        assert_eq!(facts(read), facts(right));
    }
    for (read, right) in read.file.phases.iter().zip(&right.file.phases) {
        assert_eq!((read.weeks, &read.summary), (right.weeks, &right.summary));
        for (read, right) in read.items.iter().zip(&right.items) {
            assert_eq!(
                (&read.done_when, &read.links),
                (&right.done_when, &right.links)
            );
            assert_eq!((&read.steps, &read.notes), (&right.steps, &right.notes));
        }
    }
    let titles = |roadmap: &crate::roadmap::Roadmap| -> Vec<String> {
        let reference = &roadmap.file.reference;
        let parts = [&reference.trends, &reference.strategy, &reference.outcomes];
        let all = parts.into_iter().flatten();
        all.map(|entry| format!("{}|{}|{}", entry.group, entry.title, entry.summary))
            .collect()
    };
    assert_eq!(titles(&read), titles(&right));
}

/// Of a roadmap file with mistakes, what can be used is kept, and each mistake is told at its line.
#[test]
fn mistakes_in_a_roadmap_file_of_ours_are_told_at_their_lines() {
    let outline = understood(
        r#"{
  "title": "Tea",
  "nominal_hours_per_week": 5,
  "phases": [
    {
      "id": "leaf", "title": "Leaves", "weeks": 2,
      "outcome": {"title": "Know leaves"},
      "items": [
        {"id": "green", "title": "Green", "kind": "tpic", "weight": 1,
         "requires": [
           "black",
           "nobody"
         ]},
        {"id": "black", "title": "Black", "kind": "tool", "weight": 3, "requires": ["green"]},
        {"id": "green", "title": "White", "kind": "topic", "effort_hours": 2, "optional": true,
         "links": [{"title": "a", "address": "file:///etc/passwd"}]},
        {"id": "Not one", "title": "Oolong", "kind": "topic", "effort_hours": 1}
      ]
    }
  ]
}"#,
    );
    let told: Vec<String> = outline
        .findings
        .iter()
        .map(|finding| format!("{}: {}", finding.line, finding.sentence))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(outline.hours_per_week, 5.0);
    let roadmap = outline.roadmap().unwrap();
    let items: Vec<(&str, u32)> = roadmap
        .items
        .iter()
        .map(|item| (item.id.as_str(), item.effort_minutes))
        .collect();
    let right = [
        ("green", 120),
        ("black", 300),
        ("white", 120),
        ("oolong", 60),
    ];
    assert_eq!(items, right);
    assert_eq!(roadmap.entry(0).unwrap().requires, ["black"]);
    assert!(roadmap.items[2].optional);
}

proptest! {
    #[test]
    fn every_line_of_any_text_is_accounted_for_once(text in prop_oneof![outline_text(), "\\PC*", any::<String>()]) {
        if let Ok(outline) = read(text.as_bytes()) {
            if outline.format == OutlineFormat::Text {
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                let numbers: Vec<usize> = outline.lines.iter().map(|line| line.number).collect();
                prop_assert_eq!(&numbers, &(1..=text.split('\n').count()).collect::<Vec<_>>());
                for (line, raw) in outline.lines.iter().zip(text.split('\n')) {
                    prop_assert_eq!(line.text.as_str(), raw.strip_suffix('\r').unwrap_or(raw));
                }
            }
            // Each line became what its meaning says, and nothing else did.
            let with = |meanings: &[Meaning]| -> BTreeSet<usize> {
                let lines = outline.lines.iter().enumerate();
                lines.filter(|(_, line)| meanings.contains(&line.meaning)).map(|(at, _)| at).collect()
            };
            let items = outline.phases.iter().flat_map(|phase| &phase.items);
            let items: BTreeSet<usize> = items.map(|item| item.line).collect();
            let phases: BTreeSet<usize> = outline.phases.iter().filter_map(|phase| phase.line).collect();
            let opened = with(&[Meaning::Phase]);
            let worked = with(&[Meaning::Item, Meaning::Optional]);
            prop_assert!(opened.is_subset(&phases), "{:?} {:?}", opened, phases);
            prop_assert!(items.is_subset(&worked), "{:?} {:?}", items, worked);
            // A row of a table can open a phase.
            let used: BTreeSet<usize> = items.union(&phases).copied().collect();
            prop_assert!(worked.is_subset(&used), "{:?} {:?}", worked, used);
            let remarks = outline.phases.iter().flat_map(|phase| {
                phase.notes.iter().chain(phase.items.iter().flat_map(|item| &item.notes))
            });
            let remarks: Vec<&str> = remarks.map(String::as_str).chain([&*outline.summary]).collect();
            for line in outline.lines.iter().filter(|line| line.rule == "note") {
                let said: String = line::read(&line.text).text().chars().take(500).collect();
                prop_assert!(remarks.iter().any(|remark| remark.contains(&said)), "{:?}", line);
            }
            if !outline.phases.is_empty() {
                outline.roadmap().unwrap();
            }
        }
    }

    #[test]
    fn any_bytes_give_a_result_or_a_sentence(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Err(error) = read(&bytes) {
            prop_assert!(error.to_string().ends_with('.'));
        }
    }

    #[test]
    fn steps_grow_with_the_lines(text in outline_text()) {
        let twice = format!("{text}\n{text}");
        if let (Ok(one), Ok(two)) = (read(text.as_bytes()), read(twice.as_bytes())) {
            let most = MOST_LOOKS * two.lines.len() as u64;
            prop_assert!(one.steps <= MOST_LOOKS * one.lines.len() as u64 && two.steps <= most);
        }
    }
}

/// A line is looked at so often at most.
const MOST_LOOKS: u64 = 40;

/// The name of a shape, and its lines by their number.
type Shape = (&'static str, fn(usize) -> String);

/// Twice the lines take twice the steps, whatever their shape. The steps are counted where a line
/// is looked at.
#[test]
fn twice_the_lines_take_twice_the_steps() {
    let shapes: [Shape; 12] = [
        ("list", |at| format!("- item {at}\n")),
        ("text", |at| format!("item {at}\n")),
        ("prose", |at| {
            format!("This is the sentence with the number {at}.\n")
        }),
        ("phases", |at| {
            format!("## Phase {at}: A (Weeks {at}-{at})\n- x\n")
        }),
        ("headings", |at| format!("## Part about {at}\n- x\n")),
        ("bold", |at| format!("**Part {at}**\n- x\n")),
        ("commas", |at| format!("🚀 Tools {at}:\na, b, c\n")),
        ("rows", |at| format!("| Week {at} | knots | a |\n")),
        ("boxes", |at| format!("- [ ] item {at}\n")),
        ("fences", |at| format!("```\ncode {at}\n```\n- x\n")),
        ("tree", |at| format!("├── part {at}\n│   ├── leaf\n")),
        ("ours", |at| {
            format!(
                "## P {at} ^p{at}\n- I {at} (1 h) ^i{at}\n  - After: i{}\n",
                at + 1
            )
        }),
    ];
    for (name, line) in shapes {
        let steps = |lines: usize| {
            let header = if name == "rows" {
                "| Week | Topic | Note |\n|---|---|---|\n"
            } else {
                ""
            };
            let text: String = (0..lines).map(line).collect();
            understood(&format!("# All\n{header}{text}")).steps
        };
        let (one, two) = (steps(1000), steps(2000));
        assert!(two <= 2 * one + one / 10, "{name}: {one}, {two}");
    }
}

#[test]
fn long_and_deep_outlines_are_read() {
    let deep: String = (0..1000)
        .map(|depth| format!("{}- a\n", " ".repeat(depth)))
        .collect();
    assert_eq!(understood(&deep).lines.len(), 1001);
    let long = "- a\n".repeat(100_000);
    assert_eq!(understood(&long).lines.len(), 100_001);
    let wide = format!("- {}", "[(<*_|`a ".repeat(60_000));
    assert_eq!(understood(&wide).lines.len(), 1);
    let nested = "[".repeat(10_000);
    assert_eq!(understood(&nested).item_count(), 0);
}
