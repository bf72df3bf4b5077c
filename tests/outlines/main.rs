//! Outlines of our own making, of many shapes, each with its right result; and the source of the
//! embedded roadmap.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use waymark_core::outline::{self, Meaning, Outline};
use waymark_core::roadmap::{ItemKind, Roadmap};

/// An outline and its right result: each phase with its items and weeks.
struct RightResult {
    file: &'static str,
    phases: &'static [(&'static str, usize, Option<u32>)],
    questions: &'static [&'static str],
}

const RIGHT: &[RightResult] = &[
    RightResult {
        file: "01-phases-weeks.md",
        phases: &[("On land", 5, Some(2)), ("On the lake", 3, Some(4))],
        questions: &["ticked"],
    },
    RightResult {
        file: "02-shared-weeks.txt",
        phases: &[
            ("Soil", 2, Some(4)),
            ("Seeds", 3, Some(4)),
            ("Harvest (Optional)", 2, None),
        ],
        questions: &["hours"],
    },
    RightResult {
        file: "03-year-tables.md",
        phases: &[("Home", 3, Some(52)), ("Shop", 2, Some(52))],
        questions: &[],
    },
    RightResult {
        file: "04-tree.md",
        phases: &[
            ("OPEN CHORDS", 5, Some(8)),
            ("BARRE CHORDS", 3, Some(8)),
            ("RHYTHM", 2, None),
        ],
        questions: &["hours", "open-end", "side-by-side"],
    },
    RightResult {
        file: "05-parallel-months.md",
        phases: &[
            ("Hand building", 2, Some(13)),
            ("Wheel", 2, Some(13)),
            ("Glaze", 2, None),
        ],
        questions: &["hours", "open-end", "side-by-side"],
    },
    RightResult {
        file: "06-linked-modules.md",
        phases: &[
            ("The hive", 3, None),
            ("The year", 2, None),
            ("Workshop 1: Smoke", 1, None),
            ("Honey", 2, None),
        ],
        questions: &["hours"],
    },
    RightResult {
        file: "07-days-minutes.md",
        phases: &[("Lines", 3, None), ("Shade", 2, None), ("Places", 2, None)],
        questions: &[],
    },
    RightResult {
        file: "08-dated.csv",
        phases: &[("My roadmap", 3, None)],
        questions: &["hours"],
    },
    RightResult {
        file: "09-week-day.csv",
        phases: &[("Week 1", 2, Some(1)), ("Week 2", 3, Some(1))],
        questions: &["columns"],
    },
    RightResult {
        file: "10-bold-commas.txt",
        phases: &[
            ("Openings", 4, None),
            ("Tactics", 4, None),
            ("Endgames", 3, None),
        ],
        questions: &["hours"],
    },
    RightResult {
        file: "11-glued-spans.txt",
        phases: &[
            ("Walk and jog", 2, Some(13)),
            ("Ten kilometres", 3, Some(13)),
            ("Marathon", 2, Some(26)),
        ],
        questions: &[],
    },
    RightResult {
        file: "12-label-sentences.txt",
        phases: &[("Light", 2, None), ("Frame", 3, None)],
        questions: &["hours"],
    },
    RightResult {
        file: "13-headings-lists.md",
        phases: &[
            ("First rows", 3, None),
            ("Shapes", 2, None),
            ("Bonus: Colours", 2, None),
        ],
        questions: &["hours"],
    },
    RightResult {
        file: "14-outliner.opml",
        phases: &[("Breathing", 2, None), ("Strokes", 3, None)],
        questions: &["hours"],
    },
    RightResult {
        file: "15-tool.json",
        phases: &[("Theory", 2, Some(4)), ("On air", 2, Some(2))],
        questions: &["ticked"],
    },
    RightResult {
        file: "16-page.html",
        phases: &[("Two balls", 2, Some(1)), ("Three balls", 2, Some(1))],
        questions: &[],
    },
    RightResult {
        file: "17-nested-list.md",
        phases: &[
            ("Wood", 2, None),
            ("Hand tools", 3, None),
            ("Joints", 2, None),
        ],
        questions: &["hours"],
    },
    RightResult {
        file: "19-tabs-numbered.txt",
        phases: &[
            ("Ground", 2, None),
            ("Walls", 3, None),
            ("Gates (optional)", 2, None),
        ],
        questions: &["hours"],
    },
    RightResult {
        file: "20-notion-export.md",
        phases: &[
            ("A starter", 3, Some(1)),
            ("A first loaf", 4, Some(1)),
            ("Bake it well", 3, Some(1)),
        ],
        questions: &["ticked"],
    },
    RightResult {
        file: "21-badges-readme.md",
        phases: &[("Beginner", 3, None), ("Intermediate", 4, None)],
        questions: &["hours"],
    },
    RightResult {
        file: "23-deutsch.md",
        phases: &[
            ("Grundlagen", 3, Some(4)),
            ("Am Volk", 2, Some(4)),
            ("Honig (freiwillig)", 2, Some(4)),
        ],
        questions: &[],
    },
    RightResult {
        file: "24-francais.txt",
        phases: &[
            ("Le papier", 3, Some(2)),
            ("La couture", 2, Some(3)),
            ("La couverture", 3, Some(1)),
        ],
        questions: &[],
    },
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/outlines/own")
}

fn read(file: &str) -> Outline {
    outline::read(&fs::read(folder().join(file)).unwrap()).unwrap()
}

fn titles(outline: &Outline) -> Vec<&str> {
    let items = outline.phases.iter().flat_map(|phase| &phase.items);
    items.map(|item| item.title.as_str()).collect()
}

#[test]
fn each_outline_gives_its_right_result() {
    let mut wrong = Vec::new();
    for right in RIGHT {
        let outline = read(right.file);
        let phases: Vec<_> = outline
            .phases
            .iter()
            .map(|phase| (phase.title.as_str(), phase.items.len(), phase.weeks))
            .collect();
        let questions: Vec<&str> = outline
            .questions
            .iter()
            .map(|question| question.id)
            .collect();
        if phases != right.phases || questions != right.questions {
            wrong.push(format!("{}: {phases:?} {questions:?}", right.file));
        }
        outline.roadmap().unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_outline_is_forgotten() {
    let found = fs::read_dir(folder()).unwrap();
    let found: BTreeSet<String> = found
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        found,
        RIGHT.iter().map(|right| right.file.to_owned()).collect()
    );
}

#[test]
fn details_of_the_outlines_are_read() {
    let sailing = read("01-phases-weeks.md");
    assert_eq!(sailing.phases[0].outcomes, ["Know the boat"]);
    assert_eq!(
        sailing.phases[1].outcomes,
        ["Sail a triangle alone", "Dock without help"]
    );
    assert_eq!(sailing.phases[0].items[3].group, "Practice");
    assert!(sailing.phases[0].items[2].ticked);

    let garden = read("02-shared-weeks.txt");
    assert_eq!(garden.weeks, 8);
    assert_eq!(garden.phases[1].outcomes, ["Raise seedlings"]);
    assert!(garden.phases[2].items.iter().all(|item| item.optional));
    assert_eq!(garden.phases[1].items[0].kind, ItemKind::Tool);
    assert_eq!(garden.reference[0].title, "No-dig beds");
    assert_eq!(garden.count(Meaning::LeftOut), 3);

    let bread = read("03-year-tables.md");
    assert_eq!(
        bread.phases[0].items[0].links[0].address,
        "https://example.org/starter"
    );
    let guitar = read("04-tree.md");
    assert_eq!(guitar.phases[0].items[2].kind, ItemKind::Project);
    assert!(guitar.phases[2].parallel);
    assert_eq!(
        read("05-parallel-months.md").phases[1].links[0].title,
        "Centring video"
    );
    let sketches = read("07-days-minutes.md");
    let minutes = sketches
        .phases
        .iter()
        .flat_map(|phase| &phase.items)
        .filter_map(|item| item.minutes);
    assert_eq!(minutes.sum::<u32>(), 180);
    assert_eq!(titles(&sketches)[0], "Straight lines");
    assert_eq!(
        read("08-dated.csv").phases[0].items[1].links[0].address,
        "/notes/2.pdf"
    );
    // A roadmap holds links that Waymark opens; the address of any other stays in the notes.
    let item = |name: &str, phase: usize, item: usize| {
        let file = read(name).roadmap().unwrap().file;
        file.phases[phase].items[item].clone()
    };
    let starter = item("03-year-tables.md", 0, 0);
    assert_eq!(starter.links[0].address, "https://example.org/starter");
    let second = item("08-dated.csv", 0, 1);
    assert_eq!(
        (second.links.len(), second.notes.as_str()),
        (0, "/notes/2.pdf")
    );
    let light = read("12-label-sentences.txt");
    assert_eq!(titles(&light)[0], "Exposure");
    assert!(light.phases[0].items[0].notes[0].starts_with("Learn how aperture"));
    let radio = read("15-tool.json");
    assert_eq!((radio.findings[0].line, radio.findings.len()), (9, 1));
    let juggling = read("16-page.html");
    assert_eq!(juggling.title, "Learn to juggle");
    assert_eq!(juggling.findings[0].line, 10);
}

/// The published text that the embedded roadmap was made from, put together from its fields: each
/// part is at the line that the roadmap names.
fn source_of(roadmap: &Roadmap) -> String {
    let mut lines: Vec<String> = vec![String::new(); 200];
    // A line is taken once.
    let mut put = |number: usize, text: String| {
        assert_eq!(lines[number - 1], "", "{number}: {text}");
        lines[number - 1] = text;
    };
    put(1, "How to become one".into());
    put(
        2,
        "Here is the roadmap that leads there, for everyone.".into(),
    );
    let mut last = 2;
    let mut next = |source: Option<&String>, line: Option<u32>| {
        let (text, line) = (source.unwrap().clone(), line.unwrap() as usize);
        assert!(line > last, "{line}: {text}");
        last = line;
        (line, text)
    };
    for phase in &roadmap.file.phases {
        let (head, text) = next(phase.source.as_ref(), phase.source_line);
        put(head, format!("🚀 {text}"));
        let mut group = (String::new(), head);
        for item in &phase.items {
            let (line, text) = next(item.source.as_ref(), item.source_line);
            // The certifications are right below their phase.
            if item.group != group.0 && line > group.1 + 1 {
                put(line - 1, format!("🔧 {}:", item.group));
            }
            group = (item.group.clone(), line);
            put(line, text);
        }
        if !phase.outcome.ours {
            put(group.1 + 1, format!("✅ Outcome: {}", phase.outcome.title));
        }
    }
    let reference = &roadmap.file.reference;
    for (head, entries) in [
        ("🔥 2026 Industry Trends (Must Know)", &reference.trends),
        ("🧠 Pro Strategy (Career Accelerator)", &reference.strategy),
        ("🏁 Final Outcome", &reference.outcomes),
    ] {
        for (at, entry) in entries.iter().enumerate() {
            let (line, text) = next(entry.source.as_ref(), entry.source_line);
            if at == 0 {
                put(line - 1, head.into());
            }
            put(line, format!("👉 {text}"));
        }
    }
    lines.truncate(last);
    lines.join("\n") + "\nComments\nPost a Comment\n"
}

#[test]
fn the_source_of_the_embedded_roadmap_gives_its_structure() {
    let roadmap = Roadmap::embedded().unwrap();
    let text = source_of(&roadmap);
    let reference = &roadmap.file.reference;

    let outline = outline::read(text.as_bytes()).unwrap();
    assert_eq!(
        (outline.phases.len(), outline.item_count(), outline.weeks),
        (11, 67, 44)
    );
    for (read, right) in outline.phases.iter().zip(&roadmap.file.phases) {
        assert!(read.title.starts_with(&right.title), "{}", read.title);
        assert_eq!(read.weeks, right.weeks, "{}", read.title);
        assert_eq!(read.items.len(), right.items.len(), "{}", read.title);
        let outcomes = Vec::from_iter((!right.outcome.ours).then(|| right.outcome.title.clone()));
        assert_eq!(read.outcomes, outcomes);
        for (item, right) in read.items.iter().zip(&right.items) {
            assert!(item.group == right.group || read.title.starts_with(&right.group));
            let line = &outline.lines[item.line];
            assert_eq!(
                Some(line.number),
                right.source_line.map(|line| line as usize)
            );
            assert_eq!(Some(&line.text), right.source.as_ref());
        }
    }
    let parts = [&reference.trends, &reference.strategy, &reference.outcomes];
    assert_eq!(
        outline.reference.len(),
        parts.iter().map(|part| part.len()).sum::<usize>()
    );
    let left_out: Vec<&str> = outline
        .lines
        .iter()
        .filter(|line| line.meaning == Meaning::LeftOut)
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(left_out, ["Comments", "Post a Comment"]);
}
