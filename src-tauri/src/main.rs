//! The desktop app.

// No console next to the window on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use waymark_desk::data_folder::DataFolder;
use waymark_desk::refusal::Refusal;

/// The start was refused, and no window could say so.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    let launched = std::time::Instant::now();
    if !has_display() {
        let folder = DataFolder::of_the_desktop_app();
        match folder.as_ref().and_then(Refusal::of_a_start) {
            Some(refusal) => eprintln!("{refusal}"),
            None => eprintln!(
                "Waymark has no display for its window. \
                 The same planner runs in a terminal: waymark --help"
            ),
        }
        return ExitCode::from(REFUSED);
    }
    match waymark_desktop::run(launched) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Waymark couldn't start: {error}");
            ExitCode::from(REFUSED)
        }
    }
}

/// Whether a window can be shown. Tauri would panic if not.
fn has_display() -> bool {
    #[cfg(target_os = "linux")]
    return gtk::init().is_ok();
    #[cfg(not(target_os = "linux"))]
    true
}
