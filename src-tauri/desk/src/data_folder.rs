//! The folder with the desktop app's files.

use std::path::PathBuf;

/// The app's identifier, as `tauri.conf.json` states it.
pub const IDENTIFIER: &str = "org.waymark.planner";

/// The desktop app's data folder, by the rule that Tauri follows: `$XDG_DATA_HOME` on Linux if it
/// is an absolute path, else the user's own data folder. `None` if the system has none.
pub fn of_the_desktop_app() -> Option<PathBuf> {
    dirs::data_dir().map(|folder| folder.join(IDENTIFIER))
}
