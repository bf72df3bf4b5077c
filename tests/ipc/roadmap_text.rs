//! The roadmap as text, merged again, and pastes that can't be used.

use serde_json::{Value, json};

use crate::at_home;

#[test]
fn an_edited_text_is_compared_then_merged_in_one_step() {
    at_home(|home| {
        let desk = home.open();
        let text = desk.call("roadmap_text", json!({})).unwrap();
        let text = text.as_str().unwrap().to_owned();
        let same = desk.call("read_merge", json!({"text": text})).unwrap();
        assert_eq!(same["summary"], "Nothing changed");

        let before = desk.open();
        let edited = text.replace("- Python (", "- Snake (");
        let read = desk.call("read_merge", json!({"text": edited})).unwrap();
        assert_eq!(read["summary"], "1 renamed");
        assert_eq!(read["lines"][0]["words"], "Python → Snake");
        assert_eq!(desk.open(), before);
        let change = json!({"kind": "mergeText", "text": edited});
        let applied = desk.call("apply", json!({"change": change})).unwrap();
        assert_eq!(applied["chart"]["phases"][0]["items"][0]["title"], "Snake");
        assert_eq!(applied["chart"]["phases"][0]["items"][0]["id"], "python");
        assert_eq!(
            applied["history"]["undo"]
                .as_array()
                .unwrap()
                .last()
                .unwrap(),
            "Roadmap text: 1 renamed"
        );
        let undone = desk.call("undo", json!({})).unwrap();
        assert_eq!(undone["chart"], before["view"]["chart"]);

        let bad = text.replace("^python\n", "^pyhton\n");
        let read = desk.call("read_merge", json!({"text": bad})).unwrap();
        let problem = read["problems"][0].as_str().unwrap();
        assert!(
            problem.starts_with("Line ") && problem.contains("pyhton"),
            "{problem}"
        );
        let change = json!({"kind": "mergeText", "text": bad});
        let error = desk.call("apply", json!({"change": change})).unwrap_err();
        assert_eq!(error["message"], problem);
    });
}

/// Each input of the list, as the paste page sends it.
#[test]
fn a_bad_paste_is_a_sentence_and_what_can_be_used_is_kept() {
    at_home(|home| {
        let desk = home.open();
        let before = desk.open();
        let read = |text: &str| {
            let outline = json!({"text": text, "corrected": [], "hours": "", "known": false});
            desk.call("read_outline", json!({"outline": outline}))
        };
        for (text, sentence) in [
            ("", "The outline is empty."),
            (" \n\t\n", "The outline is empty."),
            ("\0\u{1}\u{2}PNG", "The outline isn't text."),
            (
                "\u{fffd}\u{fffd}\u{fffd}\u{fffd}PNG",
                "The outline isn't text.",
            ),
            (&"a".repeat(9 << 20), "The outline is too large."),
        ] {
            let error = read(text).unwrap_err();
            let message = error["message"].as_str().unwrap();
            assert!(message.starts_with(sentence), "{message}");
        }

        let many: String = (1..=50_000).map(|n| format!("- Item {n}\n")).collect();
        let many = read(&many).unwrap();
        let finding = many["findings"][0].as_str().unwrap();
        assert!(
            finding.starts_with("Line 5001: A roadmap can have 5000 items."),
            "{finding}"
        );
        assert_eq!(many["obstacle"], Value::Null);

        let links =
            "# A\n## One\n- [x](javascript:alert(1))\n- [y](file:///etc/passwd)\n- z \u{fffd}\n";
        let links = read(links).unwrap();
        let findings: Vec<&str> = links["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding.as_str().unwrap())
            .collect();
        let lines: Vec<&str> = findings
            .iter()
            .map(|said| said.split(':').next().unwrap())
            .collect();
        assert_eq!(lines, ["Line 5", "Line 3", "Line 4"], "{findings:?}");
        assert_eq!(links["phases"][0]["items"].as_array().unwrap().len(), 3);

        let page = "<!doctype html><html><head><title>T</title><script>x()</script></head><body>\
                    <nav><a href='/'>Home</a></nav><h1>Sailing</h1><h2>Phase 1: Land</h2><ul><li>Knots</ul>\
                    <h2>Phase 2: Lake</h2><ul><li>Tack<li>Gybe</ul><footer>©</footer></body></html>";
        let page = read(page).unwrap();
        assert!(
            page["summary"]
                .as_str()
                .unwrap()
                .starts_with("2 phases, 3 items"),
            "{}",
            page["summary"]
        );

        // Links and prose are no work on their own; headings alone aren't either.
        let heading = read("# Only a title").unwrap();
        assert_eq!(
            heading["obstacle"],
            "No line is an item yet. Mark the lines that are work."
        );
        assert_eq!(desk.open(), before);
    });
}
