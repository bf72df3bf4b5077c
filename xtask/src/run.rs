//! `cargo xtask run`: from a fresh checkout to the running app.

use std::ffi::OsString;
use std::process::Command;

use crate::command::{Failure, Project, Result, execute};
use crate::{node, page, system};

const APP: [&str; 4] = ["--release", "--locked", "--package", "waymark-desktop"];

/// The debug build plans fast enough, and compiles in half the time.
const CLI: [&str; 3] = ["--locked", "--package", "waymark-cli"];

pub fn run(project: &Project, arguments: &[OsString]) -> Result {
    if system::has_display() {
        in_a_window(project, arguments)
    } else {
        println!(
            "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), \
             so Waymark plans in the terminal."
        );
        in_the_terminal(project, arguments)
    }
}

fn in_a_window(project: &Project, arguments: &[OsString]) -> Result {
    system::ready_to_build()?;
    node::packages(project)?;
    page::build(project)?;
    execute(project.cargo("build").args(APP))?;
    println!("Waymark opens its window. Close it to stop.");
    execute(
        project
            .cargo("run")
            .arg("--quiet")
            .args(APP)
            .arg("--")
            .args(arguments),
    )
}

/// Starts the debug build on a page that Vite serves, so that an edit of the page shows at once.
pub fn dev(project: &Project) -> Result {
    if !system::has_display() {
        return Err(Failure::new(
            "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).",
        ));
    }
    system::ready_to_build()?;
    node::packages(project)?;
    node::tauri(project, &["dev"])
}

/// Plans without a window. This needs neither WebKit nor Node.js.
fn in_the_terminal(project: &Project, arguments: &[OsString]) -> Result {
    let folder = project.target.join("waymark-out");
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::new(format!("Can't create {}: {error}.", folder.display())))?;
    execute(project.cargo("build").args(CLI))?;
    // Started in the caller's folder, so that relative paths in the arguments work.
    let mut plan = Command::new("cargo");
    plan.args(["run", "--quiet"])
        .args(CLI)
        .arg("--manifest-path")
        .arg(project.root.join("Cargo.toml"))
        .args(["--", "plan"]);
    for (option, name) in [("--ics", "waymark.ics"), ("--svg", "waymark.svg")] {
        // A file that the caller names takes precedence.
        if !is_given(option, arguments) {
            plan.arg(option).arg(folder.join(name));
        }
    }
    execute(plan.args(arguments))
}

/// Whether the arguments hold the option, as `--ics FILE` or `--ics=FILE`.
fn is_given(option: &str, arguments: &[OsString]) -> bool {
    arguments.iter().any(|argument| {
        argument
            .to_string_lossy()
            .strip_prefix(option)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    })
}
