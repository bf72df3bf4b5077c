//! `cargo xtask test`: everything that CI runs, fast failures first.

use std::num::NonZero;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use clap::builder::PossibleValuesParser;

use crate::command::{Failure, Project, Result, WORKSPACE, execute};
use crate::{format, house, laws, node, page, python, system, window};

struct Step {
    name: &'static str,
    about: &'static str,
    run: fn(&Project) -> Result,
}

const fn step(name: &'static str, about: &'static str, run: fn(&Project) -> Result) -> Step {
    Step { name, about, run }
}

/// In this order: each step relies on those above it, and faster ones come first.
const STEPS: &[Step] = &[
    step(
        "format",
        "format of Rust, Markdown and comments",
        format::check,
    ),
    step(
        "house",
        "circles, names, words, columns, dependencies",
        house::run,
    ),
    step("system", "system packages to build and test with", packages),
    step("node", "Node.js packages of the page", node::packages),
    step("ui-check", "types of the page", |project| {
        node::script(project, "check")
    }),
    step("ui-lint", "lints and format of the page", |project| {
        node::script(project, "lint")
    }),
    step("ui-test", "unit tests of the page", |project| {
        node::script(project, "test")
    }),
    step("ui-build", "the page that the app carries", page::build),
    step("clippy", "lints of all Rust code", clippy),
    step("python", "a second reader of calendars", python::ready),
    step("rust", "Rust tests, all but the real window", rust_tests),
    step("examples", "examples in the documentation", examples),
    step(
        "driver",
        "tauri-driver, which drives the window",
        window::driver,
    ),
    step("window", "the built app in its real window", window::test),
];

/// Other systems have no WebKitWebDriver and no Xvfb, so these steps are skipped there.
const LINUX_ONLY: [&str; 2] = ["driver", "window"];

fn packages(_: &Project) -> Result {
    system::ready_to_build()?;
    system::ready_to_test()
}

fn clippy(project: &Project) -> Result {
    system::rust_component("clippy", "cargo-clippy")?;
    execute(project.cargo("clippy").args(WORKSPACE).args([
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))
}

fn rust_tests(project: &Project) -> Result {
    // Other random plans with each commit, the same ones for everyone who tests it.
    let seed = laws::seed(project).to_string();
    println!("Random plans: {}={seed}", laws::VARIABLE);
    let run = |arguments: &[&str]| {
        let mut tests = project.cargo(arguments[0]);
        tests.args(&arguments[1..]).env(laws::VARIABLE, &seed);
        execute(tests.env(python::VARIABLE, python::path(project)))
    };
    // The stories of the window need a display, and have a step of their own.
    if system::on_path("cargo-nextest") {
        // Tests of calendar servers wait about half their time.
        let threads = (2 * available_parallelism().map_or(2, NonZero::get)).to_string();
        let all_but_stories = ["--filterset", "not binary(e2e)", "--no-fail-fast"];
        let options = [&all_but_stories[..], &["--test-threads", &threads]].concat();
        return run(&[&["nextest", "run"][..], &WORKSPACE, &options].concat());
    }
    let kinds = ["--lib", "--bins", "--tests"];
    run(&[&["test"][..], &WORKSPACE, &["--exclude", DESKTOP], &kinds].concat())?;
    let shell = ["--package", DESKTOP, "--lib", "--bins", "--test", "ipc"];
    run(&[&["test", "--locked"][..], &shell].concat())
}

const DESKTOP: &str = "waymark-desktop";

fn examples(project: &Project) -> Result {
    execute(project.cargo("test").args(WORKSPACE).arg("--doc"))
}

pub fn step_names() -> PossibleValuesParser {
    PossibleValuesParser::new(STEPS.iter().map(|step| step.name))
}

pub fn list() {
    for step in STEPS {
        println!("{:<10} {}", step.name, step.about);
    }
}

/// Runs all steps, or the named one, up to the first that fails.
pub fn run(project: &Project, only: Option<&str>) -> Result {
    let steps: Vec<_> = STEPS
        .iter()
        .filter(|step| only.is_none_or(|name| name == step.name))
        .filter(|step| {
            let here = cfg!(target_os = "linux") || !LINUX_ONLY.contains(&step.name);
            if !here {
                println!("Skipped, because it needs Linux: {}", step.name);
            }
            here
        })
        .collect();
    let begun = Instant::now();
    let mut passed: Vec<(&str, Duration)> = Vec::new();

    for (index, step) in steps.iter().enumerate() {
        println!(
            "\n[{}/{}] {}: {}",
            index + 1,
            steps.len(),
            step.name,
            step.about
        );
        let step_begun = Instant::now();
        let result = (step.run)(project);
        let took = step_begun.elapsed();
        match result {
            Ok(()) => {
                println!("{} passed in {:.1} s", step.name, took.as_secs_f64());
                passed.push((step.name, took));
            }
            Err(failure) => {
                summarise(&passed);
                return Err(Failure::new(format!(
                    "{failure}\nThe step \"{name}\" FAILED after {seconds:.1} s. \
                     To run it alone: cargo xtask test --only {name}",
                    name = step.name,
                    seconds = took.as_secs_f64(),
                )));
            }
        }
    }

    summarise(&passed);
    println!(
        "Passed: {} of {} steps, in {:.1} s.",
        passed.len(),
        STEPS.len(),
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}

fn summarise(passed: &[(&str, Duration)]) {
    println!();
    for (name, took) in passed {
        println!("{name:<10} {:>7.1} s  passed", took.as_secs_f64());
    }
}
