//! Links of the roadmap, opened outside Waymark.

use tauri::{AppHandle, Runtime};
use tauri_plugin_opener::OpenerExt;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::roadmap::Link;

/// Opens an address in the learner's browser or mail program.
///
/// # Errors
/// If the address is neither https nor mailto, or the system has no program for it.
#[tauri::command(async)] // it starts a program
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn open_link<R: Runtime>(app: AppHandle<R>, address: String) -> Result<(), InputError> {
    if !Link::can_open(&address) {
        let expected = "enter an address that begins with https:// or mailto:";
        let code = ErrorCode::RoadmapField;
        return Err(InputError::new(code, "link", address, expected));
    }
    let opened = app.opener().open_url(&address, None::<&str>);
    opened.map_err(|error| {
        let why = error.to_string();
        InputError::new(ErrorCode::NotRead, "link", address, why).because("couldn't be opened")
    })
}
