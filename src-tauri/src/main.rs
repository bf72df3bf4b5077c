//! The desktop app.

// No console next to the window on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let launched = std::time::Instant::now();
    if cfg!(target_os = "linux") && !has_display() {
        eprintln!(
            "Waymark has no display for its window. \
             The same planner runs in a terminal: waymark --help"
        );
        return ExitCode::FAILURE;
    }
    match waymark_desktop::run(launched) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Waymark couldn't start: {error}");
            // A learner who started it from a menu sees no terminal.
            rfd::MessageDialog::new()
                .set_level(rfd::MessageLevel::Error)
                .set_title("Waymark couldn't start")
                .set_description(error.to_string())
                .show();
            ExitCode::FAILURE
        }
    }
}

fn has_display() -> bool {
    ["WAYLAND_DISPLAY", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
