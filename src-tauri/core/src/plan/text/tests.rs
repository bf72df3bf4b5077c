use super::*;
use crate::roadmap::{ItemEntry, Link, PhaseEntry, Roadmap, Step};
use crate::samples::embedded;

#[test]
fn a_roadmap_as_text_is_markdown_with_ids() {
    let plan = embedded();
    let text = write(plan.roadmap());
    let start: String = text
        .lines()
        .take(16)
        .map(|line| format!("{line}\n"))
        .collect();
    insta::assert_snapshot!(start);
    // Each phase, item and text to read has its id.
    let file = &plan.roadmap().file;
    let items = file.phases.iter().flat_map(|phase| &phase.items);
    let ids = file
        .phases
        .iter()
        .map(|phase| &phase.id)
        .chain(items.map(|item| &item.id));
    for id in ids {
        let line = format!(" ^{id}");
        assert!(text.lines().any(|text| text.ends_with(&line)), "{id}");
    }
}

#[test]
fn a_line_keeps_what_it_would_lose() {
    for text in [
        " spaces ", "a\nb", "\r", "\u{2028}", "\\u{41}", "\\", "\\u{", "^id", "a\tb", "",
        "\u{feff}",
    ] {
        let line = one_line(text);
        assert!(!line.contains('\n') && line.trim() == line, "{line:?}");
        assert_eq!(unescaped(&line), text, "{line}");
        assert_eq!(unescaped(&note_line(text)), text);
    }
    // A number that is none stays as it is.
    assert_eq!(
        unescaped("\\u{zz} \\u{110000} \\u{41}"),
        "\\u{zz} \\u{110000} A"
    );
}

#[test]
fn facts_are_read_only_where_all_of_them_are() {
    let read = |line: &str| {
        let text = format!("## Phase\n- {line}\n");
        let mut read = read(&text, 600);
        assert_eq!(read.problems, [], "{line}");
        let item = read.phases.remove(0).items.remove(0);
        (item.title, item.minutes, item.id.unwrap_or_default())
    };
    for (line, title, minutes, id) in [
        ("Git (90 min) ^git", "Git", Some(90), "git"),
        ("Git (1 h 30 min, tool, optional)", "Git", Some(90), ""),
        ("Git (2 weeks)", "Git", Some(1200), ""),
        ("Python (3.12)", "Python (3.12)", None, ""),
        ("Python (3.12) (2 h)", "Python (3.12)", Some(120), ""),
        ("Git (hard)", "Git (hard)", None, ""),
        ("(2 h)", "(2 h)", None, ""),
        ("[x] Git", "Git", None, ""),
        ("x^2 and e^x", "x^2 and e^x", None, ""),
    ] {
        assert_eq!(
            read(line),
            (title.to_owned(), minutes, id.to_owned()),
            "{line}"
        );
    }
}

#[test]
fn a_line_that_has_no_meaning_is_named() {
    let read = read(
        "hello\n- Before a phase\n## A (600 weeks)\n  - lost\n- x\n  - y\n  - [z](javascript:x)\n\
         # Two\n# Three\n## News (reference)\n  - About: x\n- \n",
        600,
    );
    let said: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(said.join("\n"));
}

/// Read as any other outline, a text of ours keeps what it says.
#[test]
fn a_text_is_an_outline_that_loses_nothing() {
    let mut file = embedded().roadmap().file.clone();
    let item = &mut file.phases[0].items[1];
    item.notes = "Read *slowly*.\nTwice.".into();
    item.links = vec![
        Link {
            title: "Handbook".into(),
            address: "https://a.example/h".into(),
        },
        Link {
            title: String::new(),
            address: "https://a.example".into(),
        },
    ];
    item.steps = vec![
        Step {
            title: "Install it".into(),
            minutes: Some(90),
        },
        Step {
            title: "Use it".into(),
            minutes: None,
        },
    ];
    item.optional = true;
    item.requires = vec!["python".into()];
    let roadmap = Roadmap::from_file(file).unwrap();
    let outline = crate::outline::read(write(&roadmap).as_bytes()).unwrap();
    assert_eq!(outline.findings, []);
    let again = outline.roadmap().unwrap();
    let phases = |roadmap: &Roadmap| -> Vec<String> {
        let phase = |phase: &PhaseEntry| {
            format!(
                "{} {} {:?} {:?} {}",
                phase.id, phase.title, phase.weeks, phase.requires, phase.outcome.title
            )
        };
        roadmap.file.phases.iter().map(phase).collect()
    };
    assert_eq!(phases(&again), phases(&roadmap));
    for (index, item) in roadmap.items.iter().enumerate() {
        let entry = |roadmap: &Roadmap| {
            let entry = roadmap.entry(index).unwrap().clone();
            ItemEntry {
                weight: None,
                effort_hours: None,
                source: None,
                source_line: None,
                note: None,
                ..entry
            }
        };
        assert_eq!(entry(&again), entry(&roadmap));
        assert_eq!(
            again.items[index].effort_minutes, item.effort_minutes,
            "{}",
            item.id
        );
    }
    let titles = |roadmap: &Roadmap| -> Vec<String> {
        let reference = &roadmap.file.reference;
        let lists = [&reference.trends, &reference.strategy, &reference.outcomes];
        let entries = lists.into_iter().flatten();
        entries
            .map(|entry| format!("{} {}", entry.title, entry.summary))
            .collect()
    };
    assert_eq!(titles(&again), titles(&roadmap));
}
