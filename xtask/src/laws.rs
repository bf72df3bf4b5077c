//! The laws: property tests over random plans, and the seeds that the plans are drawn from.

use std::process::Command;

use crate::command::{Failure, Project, Result, execute, output};
use crate::files;
use crate::source::{Token, code};

/// The variable from which proptest reads its seed.
pub const VARIABLE: &str = "PROPTEST_RNG_SEED";

/// The seed where there is no commit to derive one from.
const SEED_WITHOUT_COMMIT: u64 = 2027;

/// The seed for this commit: the one that the caller sets, else one that changes with each commit
/// and is the same for everyone who tests it.
pub fn seed(project: &Project) -> u64 {
    let set = std::env::var(VARIABLE).ok();
    let head = output(
        Command::new("git")
            .current_dir(&project.root)
            .args(["rev-parse", "HEAD"]),
    );
    choose(set.as_deref(), head.as_deref())
}

fn choose(set: Option<&str>, head: Option<&str>) -> u64 {
    set.and_then(|set| set.parse().ok())
        .or_else(|| u64::from_str_radix(head?.get(..8)?, 16).ok())
        .unwrap_or(SEED_WITHOUT_COMMIT)
}

/// Runs all laws once with each of the seeds `from`, `from` + 1, ….
///
/// # Errors
/// If a law is broken, after the other seeds were tried; names the seeds.
pub fn run(project: &Project, from: u64, seeds: u64) -> Result {
    let laws = names(project)?;
    println!("{} laws, {seeds} seeds from {from}.", laws.len());
    execute(project.cargo("test").args(TESTS).arg("--no-run"))?;
    let broken: Vec<String> = (from..from.saturating_add(seeds))
        .filter(|seed| {
            let mut tests = project.cargo("test");
            tests.arg("--quiet").args(TESTS).arg("--").args(&laws);
            println!("{VARIABLE}={seed}");
            execute(tests.env(VARIABLE, seed.to_string())).is_err()
        })
        .map(|seed| seed.to_string())
        .collect();
    if broken.is_empty() {
        println!("All laws hold.");
        return Ok(());
    }
    Err(Failure::new(format!(
        "A law is broken with {} of {seeds} seeds: {}. The case is in a file of \
         proptest-regressions now: commit it with the fix.",
        broken.len(),
        broken.join(", ")
    )))
}

/// All laws are in the core's tests.
const TESTS: [&str; 7] = [
    "--locked",
    "--profile",
    "laws",
    "--package",
    "waymark-core",
    "--lib",
    "--tests",
];

/// The names of all property tests.
fn names(project: &Project) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for (_, text) in files::ending_in(&project.root, &[".rs"])? {
        names.extend(of_file(&text));
    }
    Ok(names)
}

/// The functions in the `proptest!` blocks of a file.
fn of_file(text: &str) -> Vec<String> {
    let tokens = code(text);
    let mut names = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        if pair[0].is("proptest") && pair[1].is("!") {
            names.extend(functions(&tokens[at + 2..]));
        }
    }
    names
}

/// The functions directly in the block that the tokens begin with.
fn functions(tokens: &[Token]) -> Vec<String> {
    let mut depth = 0usize;
    let mut names = Vec::new();
    for pair in tokens.windows(2) {
        match pair[0].text {
            _ if pair[0].is("fn") && depth == 1 => names.push(pair[1].text.to_owned()),
            _ if pair[0].is("{") => depth += 1,
            _ if pair[0].is("}") => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_is_the_callers_or_the_commits() {
        let head = Some("0000abcd1234567890");
        assert_eq!(choose(None, head), 0xabcd);
        assert_eq!(choose(Some("7"), head), 7);
        assert_eq!(choose(Some("none"), head), 0xabcd);
        assert_eq!(choose(None, None), SEED_WITHOUT_COMMIT);
    }

    #[test]
    fn laws_are_the_functions_of_proptest_blocks() {
        let text = "fn a() {} proptest! { #![c(D { e: 1 })] #[test] fn b(x in y()) { fn c() {} } #[test] fn d() {} } fn e() {}";
        assert_eq!(of_file(text), ["b", "d"]);
    }
}
