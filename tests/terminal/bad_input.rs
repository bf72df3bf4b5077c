//! Files that people give by mistake, to every command that reads an outline, a roadmap or a plan.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{at_home, waymark};

const NOW: &str = "2026-12-01T12:00:00Z";
/// The first bytes of a picture.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\\r\xa8f";
const PAGE: &str = "<!doctype html><html><head><title>T</title><script>x()</script>\
    <style>p{color:red}</style></head><body><nav><a href='/'>Home</a></nav><h1>Sailing</h1>\
    <h2>Phase 1: Land</h2><ul><li>Knots</ul><h2>Phase 2: Lake</h2><ul><li>Tack<li>Gybe</ul>\
    <footer>© <a href='javascript:x()'>us</a></footer></body></html>";

/// Each bad file is rejected in sentences, by every command that reads such a file.
#[test]
fn bad_files_are_rejected_in_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let good = at("good.json");
    let saved = waymark(&["plan", "--zone", "UTC", "--save", &good]);
    assert!(saved.status.success(), "{saved:?}");
    fs::write(at("empty"), "").unwrap();
    fs::write(at("blank"), " \n\t\n").unwrap();
    fs::write(at("picture"), PICTURE).unwrap();
    fs::write(at("page"), PAGE).unwrap();
    fs::write(at("cut"), "{\"title\": \"Sailing\",\n \"phases\": [{\"id\"").unwrap();
    // 100 MB, of which none is written.
    fs::File::create(at("large"))
        .unwrap()
        .set_len(100 << 20)
        .unwrap();

    let mut told = String::new();
    for file in ["empty", "blank", "picture", "page", "cut", "large"] {
        let path = at(file);
        let commands: [(&str, &[&str]); 6] = [
            ("outline", &["outline", &path]),
            ("roadmap", &["roadmap", &path]),
            ("text", &["roadmap", &path, "--text", "-"]),
            ("merge", &["roadmap", "--plan", &good, "--merge", &path]),
            ("plan", &["plan", "--plan", &path]),
            ("new", &["plans", "new", &path]),
        ];
        for (name, arguments) in commands {
            // Of these an outline can be made, with what is wrong told at its line.
            let is_usable = matches!(file, "page" | "cut") && matches!(name, "outline" | "new");
            if is_usable {
                continue;
            }
            let output = at_home(&folder.path().join("home"), NOW, arguments);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(output.stdout.is_empty(), "{arguments:?}");
            let said = said.replace(folder.path().to_str().unwrap(), "…");
            let first = said.lines().next().unwrap();
            assert!(first.ends_with('.'), "{arguments:?}: {said}");
            told += &format!("{name} {file}: {first}\n");
        }
    }
    insta::assert_snapshot!(told);
}

fn outline(text: &[u8], folder: &Path) -> Value {
    let path = folder.join("outline");
    fs::write(&path, text).unwrap();
    let saved = folder.join("roadmap.json");
    let (path, saved) = (path.to_str().unwrap(), saved.to_str().unwrap());
    let output = waymark(&["outline", path, "--json", "--save", saved]);
    assert!(output.status.success(), "{output:?}");
    // The roadmap can be planned.
    let planned = waymark(&["roadmap", saved]);
    assert!(planned.status.success(), "{planned:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Each mistake is a sentence at its line, and the rest is kept.
#[test]
fn bad_parts_are_told_at_their_lines_and_the_rest_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let many: String = (1..=50_000).map(|n| format!("- Item {n}\n")).collect();
    let own = "# Tea\n## Leaves ^leaf\n- Green (2 h) ^green\n  - After: black\n- Black (1 h) ^black\n  \
        - After: green, nobody\n- White (1 h) ^green\n  - [a](file:///etc/passwd)\n";
    let json = json!({"title": "Tea", "nominal_hours_per_week": 5, "phases": [{
        "id": "leaf", "title": "Leaves", "outcome": {"title": "Know them"},
        "items": [
            {"id": "green", "title": "Green", "kind": "topic", "effort_hours": 2, "requires": ["black"]},
            {"id": "black", "title": "Black", "kind": "topic", "effort_hours": 1, "requires": ["green"]},
            {"id": "green", "title": "White", "kind": "topic", "effort_hours": 1},
        ],
    }]});
    let json = serde_json::to_vec_pretty(&json).unwrap();
    let cases: [(&str, &[u8], u64); 8] = [
        ("page", PAGE.as_bytes(), 3),
        (
            "cut",
            b"{\"title\": \"Sailing\",\n \"items\": [{\"title\": \"Knots\"}",
            1,
        ),
        ("50,000 items", many.as_bytes(), 5000),
        (
            "links",
            b"## One\n- [x](javascript:alert(1))\n- [y](file:///etc/passwd)\n- z\n",
            3,
        ),
        ("not UTF-8", b"## One\n- caf\xe9\n- b\n", 2),
        ("text of ours", own.as_bytes(), 3),
        ("JSON of ours", &json, 3),
        (
            "other JSON",
            b"[{\"id\": \"a\", \"title\": \"One\"},\n {\"id\": \"a\", \"title\": \"Two\"}]",
            2,
        ),
    ];
    let mut told = String::new();
    for (name, text, items) in cases {
        let data = outline(text, folder.path());
        assert!(
            data["items"].as_u64().unwrap() >= items,
            "{name}: {}",
            data["summary"]
        );
        told += &format!("{name}: {}\n", data["summary"].as_str().unwrap());
        for finding in data["findings"].as_array().unwrap() {
            let sentence = finding["sentence"].as_str().unwrap();
            told += &format!("  line {}: {sentence}\n", finding["line"]);
        }
    }
    insta::assert_snapshot!(told);
}
