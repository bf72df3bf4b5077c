//! The page: Node.js, its packages, its build.

use std::process::Command;
use std::time::SystemTime;

use crate::command::{Failure, Project, Result, execute, output};

/// The oldest Node.js that the page's build tool (Vite) runs on.
const OLDEST: (u32, u32) = (20, 19);

const HOW_TO_GET_IT: &str = "\
Get the current LTS release from https://nodejs.org, or with a version manager \
(`nvm install --lts`, `fnm install --lts`), or from your system if its package is new enough \
(Fedora: nodejs; Arch: nodejs npm; macOS: `brew install node`; Windows: `winget install OpenJS.NodeJS.LTS`).";

/// An npm script of the page, such as `build`.
pub fn script(project: &Project, name: &str) -> Result {
    execute(npm(project).args(["run", name]))
}

/// A command of Tauri's own program, such as `dev`.
pub fn tauri(project: &Project, arguments: &[&str]) -> Result {
    execute(npm(project).args(["run", "tauri", "--"]).args(arguments))
}

/// Installs the packages of the lock file, unless they are installed.
pub fn packages(project: &Project) -> Result {
    check_version()?;
    if are_current(project) {
        println!("ui/node_modules is up to date.");
        return Ok(());
    }
    // No package of the page needs its install script, so none may run one.
    execute(npm(project).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

/// npm writes its own lock file into node_modules last, when everything is in place.
fn are_current(project: &Project) -> bool {
    let written = |path: &str| -> Option<SystemTime> {
        std::fs::metadata(project.ui.join(path))
            .ok()?
            .modified()
            .ok()
    };
    match (
        written("node_modules/.package-lock.json"),
        written("package-lock.json"),
    ) {
        (Some(installed), Some(locked)) => installed >= locked,
        _ => false,
    }
}

fn check_version() -> Result {
    let needed = format!("{}.{}", OLDEST.0, OLDEST.1);
    match output(Command::new("node").arg("--version")) {
        None => Err(Failure::new(format!(
            "Node.js isn't installed. Waymark's page needs version {needed} or newer.\n{HOW_TO_GET_IT}"
        ))),
        Some(version) if parse(&version).is_none_or(|found| found < OLDEST) => {
            Err(Failure::new(format!(
                "Node.js {version} is too old. Waymark's page needs version {needed} or newer.\n{HOW_TO_GET_IT}"
            )))
        }
        Some(_) => Ok(()),
    }
}

/// Major and minor number of a version such as `v20.19.2`.
fn parse(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.trim_start_matches('v').split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn npm(project: &Project) -> Command {
    // On Windows npm is a script, which `Command` finds by its full name only.
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(&project.ui);
    command
}
