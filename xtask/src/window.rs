//! The real window: its end-to-end test, screenshots and measurements.

use std::process::Command;

use crate::command::{Failure, Project, Result, WORKSPACE, execute};
use crate::{node, page, python, system};

const DRIVER_VERSION: &str = "2.1.0";

/// The test's screenshots that the README and the guide show.
const SHOWN: &[(&str, &str)] = &[
    ("03-light.png", "light.png"),
    ("11-zoomed-in.png", "zoomed-in.png"),
    ("13-dark.png", "dark.png"),
    ("56-way-previewed.png", "catching-up.png"),
    ("60-contents.png", "calendars.png"),
];

/// Installs tauri-driver for this project only.
pub fn driver(project: &Project) -> Result {
    let tools = project.target.join("tools");
    if tools.join("bin").join(driver_name()).is_file() {
        println!("tauri-driver is installed.");
        return Ok(());
    }
    execute(
        project
            .cargo("install")
            .args(["tauri-driver", "--version", DRIVER_VERSION, "--locked"])
            .arg("--root")
            .arg(tools),
    )
}

/// The end-to-end test on the debug build.
pub fn test(project: &Project) -> Result {
    execute(&mut on_a_display(project, &["--nocapture"])?)
}

/// Retakes the screenshots of README and guide.
pub fn screenshots(project: &Project) -> Result {
    ready(project)?;
    test(project)?;
    let images = project.root.join("docs").join("images");
    std::fs::create_dir_all(&images)
        .map_err(|error| Failure::new(format!("Can't create {}: {error}.", images.display())))?;
    for (step, name) in SHOWN {
        let (from, to) = (project.target.join("e2e").join(step), images.join(name));
        std::fs::copy(&from, &to).map_err(|error| {
            Failure::new(format!(
                "Can't copy {} to {}: {error}.",
                from.display(),
                to.display()
            ))
        })?;
        println!("Written: {}", to.display());
    }
    Ok(())
}

/// Measures the release build, which is what a learner runs, beside an empty window.
pub fn figures(project: &Project) -> Result {
    ready(project)?;
    execute(project.cargo("build").args([
        "--release",
        "--locked",
        "--package",
        "waymark-desktop",
        "--bin",
        "waymark-desktop",
        "--example",
        "empty_window",
    ]))?;
    let release = project.target.join("release");
    execute(
        on_a_display(project, &["--ignored", "figures", "--nocapture"])?
            .env("WAYMARK_APP", release.join("waymark-desktop"))
            .env(
                "WAYMARK_EMPTY",
                release.join("examples").join("empty_window"),
            ),
    )
}

fn ready(project: &Project) -> Result {
    system::ready_to_build()?;
    system::ready_to_test()?;
    node::packages(project)?;
    page::build(project)?;
    python::ready(project)?;
    driver(project)
}

/// The test binary `e2e` with the arguments, on a virtual display of its own.
fn on_a_display(project: &Project, arguments: &[&str]) -> Result<Command> {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new(
            "The real window is driven on Linux only, with Xvfb and WebKitWebDriver.",
        ));
    }
    let mut command = Command::new("xvfb-run");
    command
        .current_dir(&project.root)
        .args(["--auto-servernum", "--server-args=-screen 0 1280x800x24"])
        .args(["cargo", "test"])
        .args(WORKSPACE)
        // One at a time, because windows on one display steal each other's focus.
        .args(["--test", "e2e", "--", "--test-threads=1"])
        .args(arguments)
        .env(python::VARIABLE, python::path(project))
        .env(
            "WAYMARK_TAURI_DRIVER",
            project.target.join("tools").join("bin").join(driver_name()),
        );
    Ok(command)
}

fn driver_name() -> String {
    format!("tauri-driver{}", std::env::consts::EXE_SUFFIX)
}
