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
    #[cfg(target_os = "linux")]
    draw_without_gpu();
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

/// Without a graphics card WebKit draws by software, and its newest way of passing pictures on is
/// slower than the one before and takes more memory. It can be switched off by a variable only, so
/// the program starts itself again with it.
#[cfg(target_os = "linux")]
fn draw_without_gpu() {
    use std::os::unix::process::CommandExt;
    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    let has_gpu = std::fs::read_dir("/dev/dri").is_ok_and(|cards| {
        let mut names = cards.flatten().map(|card| card.file_name());
        names.any(|name| name.to_string_lossy().starts_with("renderD"))
    });
    if has_gpu || std::env::var_os(SWITCH).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        // Only returns if it failed. Then the window is drawn more slowly.
        let _ = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(SWITCH, "1")
            .exec();
    }
}
