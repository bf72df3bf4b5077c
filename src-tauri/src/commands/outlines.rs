//! Outlines before they are a plan's roadmap, and the roadmap as text.

use std::path::Path;

use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::DialogExt;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::outline::{LARGEST_BYTES, text_of};
use waymark_core::plan::change::UseOutline;
use waymark_core::plan::text;
use waymark_core::view::{MergeView, OutlineView, merge_view, outline_view};
use waymark_desk::storage::{self, read_at_most};

use crate::open_desk::OpenDesk;

/// An outline as it is understood. The plan isn't touched.
///
/// # Errors
/// If the text is empty, too long, or no text.
#[tauri::command(async)] // a long text takes longer than a frame
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn read_outline(outline: UseOutline) -> Result<OutlineView, InputError> {
    outline_view(&outline)
}

/// Asks for a file with an outline, and returns its text. `None` if the learner cancels.
///
/// # Errors
/// If the file can't be read, is too large, or is no text.
#[tauri::command]
pub async fn choose_outline<R: Runtime>(app: AppHandle<R>) -> Result<Option<String>, InputError> {
    let dialog = app.dialog().file().set_title("Choose an outline");
    let Some(chosen) = dialog.blocking_pick_file() else {
        return Ok(None);
    };
    let path = chosen.clone().into_path().map_err(|error| {
        let why = error.to_string();
        InputError::new(ErrorCode::NotRead, "file", chosen.to_string(), why)
    })?;
    outline_file(&path).map(Some)
}

/// The text of a file with an outline.
///
/// # Errors
/// If the file can't be read, is too large, or is no text.
pub fn outline_file(path: &Path) -> Result<String, InputError> {
    let bytes = read_at_most(path, LARGEST_BYTES).map_err(|error| storage::unread(path, &error))?;
    text_of(&bytes)
}

/// The plan's roadmap as text, each part with its id.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn roadmap_text(desk: OpenDesk) -> String {
    text::write(desk.plan().roadmap())
}

/// The differences that an edited text makes to the plan's roadmap. The plan isn't touched.
#[tauri::command(async)] // a long text takes longer than a frame
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn read_merge(desk: OpenDesk, text: String) -> MergeView {
    merge_view(&desk.plan(), &text)
}
