//! Dependencies: each is named in the sources, comes from where it may, and has a licence we
//! accept.
//!
//! `deny.toml` holds the rules, so that `cargo deny check` agrees with this where it is installed.
//! Compiling cargo-deny would take every bare CI run minutes; this takes a second.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Finding, read};
use crate::command::{Failure, Project, Result, output};
use crate::files::{self, File};
use crate::source::{Kind, code};

const RULES: &str = "deny.toml";

const LOCK: &str = "Cargo.lock";

pub fn of_project(project: &Project) -> Result<Vec<Finding>> {
    let rules = read(project, RULES)?;
    let mut findings = unused(&project.root)?;
    findings.extend(locked(&read(project, LOCK)?, &rules));
    let tree = output(project.cargo("tree").args([
        "--workspace",
        "--locked",
        "--prefix=none",
        "--format={p}|{l}",
    ]))
    .ok_or_else(|| Failure::new("`cargo tree` failed; run `cargo tree --workspace --locked`."))?;
    findings.extend(licences(&tree, &rules));
    Ok(findings)
}

fn finding(file: &str, line: usize, subject: &str, message: String) -> Finding {
    Finding {
        check: "dependency",
        file: file.to_owned(),
        line,
        subject: subject.to_owned(),
        message,
    }
}

/// The strings of a list in a section of a TOML file.
fn strings<'a>(toml: &'a str, section: &str, key: &str) -> Vec<&'a str> {
    let header = format!("[{section}]");
    let Some((_, after)) = toml.split_once(&header) else {
        return Vec::new();
    };
    let body = after.split("\n[").next().unwrap_or_default();
    body.split_once(&format!("\n{key} = ["))
        .and_then(|(_, list)| list.split(']').next())
        .unwrap_or_default()
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default())
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .collect()
}

/// Packages of the lock file that are banned or come from elsewhere.
fn locked(lock: &str, rules: &str) -> Vec<Finding> {
    let banned = strings(rules, "bans", "deny");
    let registries = strings(rules, "sources", "allow-registry");
    let mut name = "";
    let mut found = Vec::new();
    for (index, line) in lock.lines().enumerate() {
        let Some((key, value)) = line.split_once(" = ") else {
            continue;
        };
        let value = value.trim_matches('"');
        if key == "name" {
            name = value;
            if banned.contains(&name) {
                found.push(finding(LOCK, index + 1, name, format!("{name} is banned")));
            }
        } else if key == "source" {
            let registry = value.strip_prefix("registry+").unwrap_or_default();
            if !registries.contains(&registry) {
                let message = format!("{name} comes from {value}");
                found.push(finding(LOCK, index + 1, name, message));
            }
        }
    }
    found
}

/// Packages whose licence is not accepted, from lines such as `serde v1.0.0|MIT OR Apache-2.0`.
fn licences(tree: &str, rules: &str) -> Vec<Finding> {
    let accepted = strings(rules, "licenses", "allow");
    let mut lines: Vec<&str> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
        .into_iter()
        .filter_map(|line| line.split_once('|'))
        .filter(|(_, licence)| !is_accepted(licence, &accepted))
        .map(|(package, licence)| {
            let name = package.split(' ').next().unwrap_or_default();
            let message = format!("{package} has the licence \"{licence}\"");
            finding(RULES, 1, name, message)
        })
        .collect()
}

/// Whether an SPDX expression can be met with the accepted licences. `AND` binds closer than `OR`.
fn is_accepted(licence: &str, accepted: &[&str]) -> bool {
    let spaced = licence
        .replace('(', " ( ")
        .replace(')', " ) ")
        // Crates from before SPDX expressions say `MIT/Apache-2.0`.
        .replace('/', " OR ")
        .replace(" WITH ", "-WITH-");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    !words.is_empty() && any_of(&words, &mut at, accepted) && at == words.len()
}

fn any_of(words: &[&str], at: &mut usize, accepted: &[&str]) -> bool {
    let mut met = all_of(words, at, accepted);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all_of(words, at, accepted);
    }
    met
}

fn all_of(words: &[&str], at: &mut usize, accepted: &[&str]) -> bool {
    let mut met = one(words, at, accepted);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, accepted);
    }
    met
}

fn one(words: &[&str], at: &mut usize, accepted: &[&str]) -> bool {
    let Some(word) = words.get(*at) else {
        return false;
    };
    *at += 1;
    if *word != "(" {
        return accepted
            .iter()
            .any(|licence| licence.replace(" WITH ", "-WITH-") == *word);
    }
    let met = any_of(words, at, accepted);
    let closes = words.get(*at) == Some(&")");
    *at += 1;
    met && closes
}

/// Dependencies that no source of their package names.
fn unused(root: &Path) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for (manifest, text) in files::ending_in(root, &["Cargo.toml"])? {
        let sources = sources_of(root, &manifest, &text)?;
        let named: BTreeSet<&str> = sources
            .iter()
            .flat_map(|(_, source)| code(source))
            .filter(|token| token.kind == Kind::Word)
            .map(|token| token.text)
            .collect();
        for (name, line) in dependencies(&text) {
            if !named.contains(name.replace('-', "_").as_str()) {
                let message = format!("no source names {name}");
                found.push(finding(&manifest, line, name, message));
            }
        }
    }
    Ok(found)
}

/// The names that a manifest's dependency tables begin their lines with.
fn dependencies(manifest: &str) -> Vec<(&str, usize)> {
    let mut is_listed = false;
    let mut found = Vec::new();
    for (index, line) in manifest.lines().enumerate() {
        if let Some(header) = line.strip_prefix('[') {
            // Those of the workspace are for its members to name.
            is_listed = header.ends_with("dependencies]") && !header.starts_with("workspace");
        } else if is_listed
            && !line.starts_with('#')
            && let Some((key, _)) = line.split_once('=')
        {
            let name = key.trim().split('.').next().unwrap_or_default();
            found.push((name, index + 1));
        }
    }
    found
}

/// The Rust files of a package: its `src`, and the folders of the files that its manifest names.
fn sources_of(root: &Path, manifest: &str, text: &str) -> Result<Vec<File>> {
    let package = root.join(manifest);
    let folder = package.parent().unwrap_or(root);
    let mut folders = Vec::new();
    if folder.join("src").is_dir() {
        folders.push(folder.join("src"));
    }
    let mut build_scripts = Vec::new();
    for line in text.lines() {
        let named = ["path = \"", "build = \""]
            .iter()
            .find_map(|start| line.strip_prefix(start)?.split('"').next());
        let Some(file) = named.map(|named| folder.join(named)) else {
            continue;
        };
        if line.starts_with("build") {
            build_scripts.push(file);
        } else if let Some(folder) = file.parent() {
            folders.push(folder.to_path_buf());
        }
    }
    folders.sort();
    folders.dedup();
    let mut sources = Vec::new();
    for folder in folders {
        sources.extend(files::ending_in(&folder, &[".rs"])?);
    }
    let beside = folder.join("build.rs");
    if beside.is_file() {
        build_scripts.push(beside);
    }
    for script in build_scripts {
        let text = std::fs::read_to_string(&script)
            .map_err(|error| Failure::new(format!("Can't read {}: {error}.", script.display())))?;
        sources.push((script.display().to_string(), text));
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "
[licenses]
allow = [
  \"MIT\", # with \"quotes\"
  \"Unicode-3.0\",
  \"Apache-2.0 WITH LLVM-exception\",
]
[bans]
deny = [\"openssl\"]
[sources]
allow-registry = [\"https://example.org/index\"]
";

    fn subjects(findings: &[Finding]) -> Vec<&str> {
        findings
            .iter()
            .map(|found| found.subject.as_str())
            .collect()
    }

    #[test]
    fn licences_are_expressions() {
        let accepted = strings(RULES, "licenses", "allow");
        assert_eq!(accepted.len(), 3);
        for good in [
            "MIT",
            "MIT OR Apache-2.0",
            "GPL-3.0/MIT",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(is_accepted(good, &accepted), "{good}");
        }
        for bad in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "Apache-2.0",
            "GPL-3.0 OR (GPL-2.0 AND MIT)",
        ] {
            assert!(!is_accepted(bad, &accepted), "{bad}");
        }
    }

    #[test]
    fn a_package_without_an_accepted_licence_is_found_once() {
        let tree = "a v1.0.0|MIT\nb v2.0.0|GPL-3.0\nb v2.0.0|GPL-3.0 (*)\nc v1.0.0 (proc-macro)|\n";
        assert_eq!(subjects(&licences(tree, RULES)), ["b", "c"]);
    }

    #[test]
    fn the_lock_file_names_sources_and_bans() {
        let lock = "[[package]]\nname = \"own\"\n\n[[package]]\nname = \"openssl\"\nsource = \"registry+https://example.org/index\"\n\n[[package]]\nname = \"b\"\nsource = \"git+https://example.org/b\"\n";
        assert_eq!(subjects(&locked(lock, RULES)), ["openssl", "b"]);
    }

    #[test]
    fn dependencies_are_those_of_the_package() {
        let manifest = "[workspace.dependencies]\na = \"1\"\n[dependencies]\n# c = 1\nb-c = { workspace = true }\nd.workspace = true\n[dev-dependencies]\ne = \"1\"\n[lints]\nworkspace = true\n";
        let names: Vec<&str> = dependencies(manifest)
            .iter()
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(names, ["b-c", "d", "e"]);
    }
}
