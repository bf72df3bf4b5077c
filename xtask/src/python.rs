//! A Python environment with an independent reader of calendars and a calendar server, for the
//! tests.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{Failure, Project, Result, execute};

/// The variable that names the interpreter for the Rust tests.
pub const VARIABLE: &str = "WAYMARK_PYTHON";

const REQUIREMENTS: &str = "tests/interop/requirements.txt";

/// The interpreter of the project's own virtual environment.
pub fn path(project: &Project) -> PathBuf {
    let venv = venv(project);
    if cfg!(windows) {
        venv.join("Scripts").join("python.exe")
    } else {
        venv.join("bin").join("python")
    }
}

/// Creates the virtual environment with the pinned packages, unless it exists.
pub fn ready(project: &Project) -> Result {
    let requirements = project.root.join(REQUIREMENTS);
    let wanted = std::fs::read(&requirements)
        .map_err(|error| Failure::new(format!("Can't read {REQUIREMENTS}: {error}.")))?;
    // Written last, so it exists only if everything was installed.
    let installed = venv(project).join("installed.txt");
    if std::fs::read(&installed).is_ok_and(|had| had == wanted) {
        println!("The virtual environment is up to date.");
        return Ok(());
    }
    let python = if cfg!(windows) { "python" } else { "python3" };
    execute(
        Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(venv(project)),
    )?;
    execute(
        Command::new(path(project))
            .args(["-m", "pip", "install", "--quiet", "--no-deps"])
            .args(["--disable-pip-version-check", "--requirement"])
            .arg(&requirements),
    )?;
    std::fs::write(&installed, wanted)
        .map_err(|error| Failure::new(format!("Can't write {}: {error}.", installed.display())))
}

fn venv(project: &Project) -> PathBuf {
    project.target.join("venv")
}
