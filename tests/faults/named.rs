//! The page about security names a test for each promise. Each of them exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Settings of lints, which the page names too.
const LINTS: [&str; 4] = ["unwrap_used", "expect_used", "print_stdout", "print_stderr"];

/// The names of functions in all Rust files of a folder.
fn functions(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            functions(&path, names);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(path).unwrap();
            let after = text.split("fn ").skip(1);
            names.extend(after.filter_map(|rest| Some(rest.split_once('(')?.0.to_owned())));
        }
    }
}

#[test]
fn every_test_named_in_the_docs_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut known = BTreeSet::new();
    for folder in ["src-tauri", "tests"] {
        functions(&root.join(folder), &mut known);
    }
    let page = fs::read_to_string(root.join("docs/security.md")).unwrap();
    let quoted = page.split('`').skip(1).step_by(2);
    let is_name = |text: &&str| {
        let mut chars = text.chars();
        text.contains('_')
            && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let named: Vec<&str> = quoted.filter(is_name).collect();
    let unknown: Vec<_> = named
        .iter()
        .filter(|name| !known.contains(**name) && !LINTS.contains(name))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(named.len() > 30, "{}", named.len());
}
