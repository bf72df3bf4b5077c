//! `cargo xtask house`: the project's own lints, which no ready-made tool has.
//!
//! Each check is a function from sources to findings. `CONTRIBUTING.md` says what they ask for.

mod circles;
mod columns;
mod dependencies;
mod modules;
mod names;
mod words;

use std::fmt;

use self::modules::Crate;
use crate::command::{Failure, Project, Result};
use crate::files;

/// Something that a check objects to.
#[derive(Debug)]
pub struct Finding {
    pub check: &'static str,
    pub file: String,
    pub line: usize,
    /// The phrase, type or dependency that it is about, by which it can be allowed.
    pub subject: String,
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            check,
            file,
            line,
            message,
            ..
        } = self;
        write!(f, "{file}:{line}: {check}: {message}")
    }
}

/// The crates, by the files they begin with. Tests and benches have no modules worth an order.
const CRATES: [(&str, &str); 6] = [
    ("core", "src-tauri/core/src/lib.rs"),
    ("caldav", "src-tauri/caldav/src/lib.rs"),
    ("desk", "src-tauri/desk/src/lib.rs"),
    ("cli", "src-tauri/cli/src/main.rs"),
    ("shell", "src-tauri/src/lib.rs"),
    ("xtask", "xtask/src/main.rs"),
];

const PHRASES: &str = "xtask/house/words.txt";

const ALLOWED: &str = "xtask/house/allowed.txt";

/// Runs all checks.
///
/// # Errors
/// If there are findings, after printing them; or if a file can't be read.
pub fn run(project: &Project) -> Result {
    let findings = findings(project)?;
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("The house is in order.");
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} findings. Put exceptions into {ALLOWED}, with the reason.",
        findings.len()
    )))
}

fn findings(project: &Project) -> Result<Vec<Finding>> {
    let root = &project.root;
    let mut findings = Vec::new();
    for (name, file) in CRATES {
        if !root.join(file).is_file() {
            continue;
        }
        let krate = Crate::read(root, name, file)?;
        findings.extend(circles::of_crate(&krate));
        findings.extend(names::of_crate(&krate));
    }
    findings.extend(circles::of_page(&files::ending_in(
        root,
        &[".ts", ".svelte"],
    )?));
    let phrases = words::phrases(&read(project, PHRASES)?);
    for file in &files::ending_in(root, &[".md", ".rs", ".ts", ".svelte", ".py", ".toml"])? {
        findings.extend(words::of_file(file, &phrases));
        findings.extend(columns::of_file(file));
    }
    findings.extend(dependencies::of_project(project)?);
    allow(findings, &read(project, ALLOWED)?)
}

fn read(project: &Project, file: &str) -> Result<String> {
    std::fs::read_to_string(project.root.join(file))
        .map_err(|error| Failure::new(format!("Can't read {file}: {error}.")))
}

/// Leaves out the findings that the list allows, and adds one for each entry that allows nothing.
fn allow(findings: Vec<Finding>, list: &str) -> Result<Vec<Finding>> {
    let mut left = findings;
    for (index, entry) in list.lines().enumerate() {
        if entry.trim().is_empty() || entry.starts_with('#') {
            continue;
        }
        let [file, subject, reason] = entry.split('|').map(str::trim).collect::<Vec<_>>()[..]
        else {
            return Err(Failure::new(format!(
                "{ALLOWED}, line {}: write `file | subject | reason`.",
                index + 1
            )));
        };
        let before = left.len();
        left.retain(|found| {
            let is_meant = ["*", found.check, &found.subject].contains(&subject);
            !(is_meant && found.file.starts_with(file))
        });
        if left.len() == before || reason.is_empty() {
            left.push(Finding {
                check: "allowed",
                file: ALLOWED.to_owned(),
                line: index + 1,
                subject: subject.to_owned(),
                message: format!("nothing in {file} needs \"{subject}\", or no reason is given"),
            });
        }
    }
    Ok(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(file: &str, subject: &str) -> Finding {
        Finding {
            check: "words",
            file: file.to_owned(),
            line: 1,
            subject: subject.to_owned(),
            message: String::new(),
        }
    }

    fn left(list: &str) -> Vec<(String, String)> {
        let findings = vec![finding("a/b.rs", "phrase"), finding("c.md", "phrase")];
        allow(findings, list)
            .unwrap_or_default()
            .into_iter()
            .map(|found| (found.file, found.subject))
            .collect()
    }

    #[test]
    fn the_list_allows_what_it_names_and_nothing_else() {
        let pair = |file: &str| (file.to_owned(), "phrase".to_owned());
        assert_eq!(left("# none\n"), [pair("a/b.rs"), pair("c.md")]);
        assert_eq!(left("a/ | phrase | a reason"), [pair("c.md")]);
        assert_eq!(left("a/ | words | a reason"), [pair("c.md")]);
        assert_eq!(left("a/ | * | a reason\nc.md | phrase | another"), []);
    }

    #[test]
    fn an_entry_that_allows_nothing_is_a_finding() {
        let entries: Vec<String> = left("gone.rs | phrase | a reason")
            .into_iter()
            .map(|(file, _)| file)
            .collect();
        assert_eq!(entries, ["a/b.rs", "c.md", ALLOWED]);
    }
}
