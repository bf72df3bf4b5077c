//! No text that a person can put in commands the terminal.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::at_home;

/// A text with control characters, the sequences of terminals among them.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        select(
            ('\u{1}'..=' ')
                .chain('\u{7f}'..='\u{9f}')
                .collect::<Vec<char>>()
        )
        .prop_map(String::from),
        select(vec![
            "\u{1b}[2J",
            "\u{9b}31m",
            "\u{1b}]0;title\u{7}",
            "\u{1b}P",
            "\r",
            "\u{8}"
        ])
        .prop_map(str::to_owned),
        "[a-zäöü漢🚀<&\"' =+@-]{1,4}",
    ];
    prop::collection::vec(part, 1..12).prop_map(|parts| format!("a{}b", parts.concat()))
}

/// Whether the bytes of an output have a control character other than line ends and the tabs of a
/// file.
fn commands(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t'))
}

/// A plan, a roadmap, an outline and a calendar, all of whose texts are these.
fn write(folder: &Path, texts: &[String; 4]) {
    let [title, phase, item, note] = texts;
    let roadmap = json!({
        "id": "r", "title": title, "nominal_hours_per_week": 5, "summary": note,
        "assumptions": [note], "source": note,
        "phases": [{
            "id": "p", "title": phase, "note": note, "summary": note,
            "outcome": {"id": "o", "title": item},
            "items": [{
                "id": "a", "title": item, "kind": "topic", "effort_hours": 4, "source": note,
            }],
        }],
        "reference": {
            "trends": [{"id": "t", "title": title, "group": phase, "summary": note}],
            "strategy": [], "outcomes": [],
        },
    });
    let plan = json!({
        "id": "mine", "start": "2027-01-04", "zone": "Europe/Berlin", "roadmap": roadmap,
        "log": [{
            "id": 1, "item": "a", "start": "2027-01-04T18:00:00Z", "minutes": 30, "note": note,
        }],
    });
    let calendar = format!(
        "BEGIN:VCALENDAR\r\nX-WR-CALNAME:{title}\r\nBEGIN:VEVENT\r\nUID:{phase}\r\n\
         SUMMARY:{item}\r\nDTSTART:20270105T180000Z\r\nDTEND:{note}\r\nEND:VEVENT\r\n\
         END:VCALENDAR\r\n"
    );
    for (name, text) in [
        ("plan.json", plan.to_string()),
        ("roadmap.json", roadmap.to_string()),
        (
            "outline.txt",
            format!("{title}\n# {phase}\n- {item} (3 h)\n  {note}\n"),
        ),
        ("busy.ics", calendar),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_text_commands_the_terminal(texts in prop::array::uniform4(text())) {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        write(folder, &texts);
        let path = |name: &str| folder.join(name).display().to_string();
        let (plan, roadmap, outline) = (path("plan.json"), path("roadmap.json"), path("outline.txt"));
        let busy = path("busy.ics");
        let [title, _, item, note] = &texts;
        let lists: [&[&str]; 19] = [
            &["plan", "--plan", &plan],
            &["plan", "--plan", &plan, "--csv", "-"],
            &["plan", "--plan", &plan, "--json", "-"],
            &["plan", "--plan", &plan, "--svg", "-"],
            &["plan", "--plan", &plan, "--ics", "-"],
            &["plan", "--roadmap", &roadmap],
            &["status", &plan],
            &["status", &plan, "--json"],
            &["log", &plan],
            &["log", &plan, "--json"],
            &["log", &plan, "add", "a", "30", "--note", note],
            &["log", &plan, "done", item],
            &["roadmap", &roadmap],
            &["roadmap", &roadmap, "--json"],
            &["outline", &outline],
            &["outline", &outline, "--json"],
            &["busy", &busy, "--plan", &plan],
            &["plan", "--hours", title],
            &["plan", note],
        ];
        for arguments in lists {
            let output = at_home(Path::new("/nonexistent"), "2027-01-05T12:00:00Z", arguments);
            for bytes in [&output.stdout, &output.stderr] {
                prop_assert!(!commands(bytes), "{arguments:?}: {:?}", String::from_utf8_lossy(bytes));
            }
            if arguments[0] == "plan" && arguments.len() > 3 || arguments == lists[0] {
                prop_assert!(output.status.success(), "{arguments:?}: {output:?}");
            }
            prop_assert!(!output.stdout.is_empty() || !output.stderr.is_empty(), "{arguments:?}");
            if arguments.contains(&"--svg") {
                let picture = String::from_utf8(output.stdout).unwrap();
                prop_assert!(roxmltree::Document::parse(&picture).is_ok(), "{picture}");
            }
        }
    }
}

#[test]
fn the_escape_codes_of_a_calendar_stay_in_it() {
    let busy = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/busy/cases/155-escape-codes.ics"
    );
    let now = "2027-01-01T12:00:00Z";
    let output = at_home(Path::new("/nonexistent"), now, &["busy", busy]);
    let told = String::from_utf8_lossy(&output.stdout);
    // The zone's name, without what it does to a terminal.
    assert!(told.contains("Zone"), "{output:?}");
    assert!(!commands(&output.stdout) && !commands(&output.stderr));
}
