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
            let items = outline.phases.iter().flat_map(|phase| &phase.items);
            for item in items {
                let meaning = outline.lines[item.line].meaning;
                prop_assert!(matches!(meaning, Meaning::Item | Meaning::Optional));
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
            let most = 18 * two.lines.len() as u64;
            prop_assert!(one.steps <= 18 * one.lines.len() as u64 && two.steps <= most);
        }
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
