//! Commands of the page that shows why the plan can't be opened.

use std::path::Path;

use tauri::{AppHandle, Runtime, State};
use waymark_core::input_error::InputError;
use waymark_desk::refusal::Refusal;

use crate::show;
use crate::start::Start;

/// Why the plan couldn't be opened; `None` if it is open.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn refusal(start: State<'_, Start>) -> Option<Refusal> {
    start.refusal()
}

/// Tries again to open the plan. Returns why it couldn't be opened; `None` if it is open now.
#[tauri::command(async)] // it may wait for another program
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn retry_start<R: Runtime>(app: AppHandle<R>, start: State<'_, Start>) -> Option<Refusal> {
    if start.refusal().is_some() {
        start.attempt(&app, Vec::new());
    }
    start.refusal()
}

/// Makes an earlier copy the plan, and opens it. Returns why it couldn't be opened; `None` if it is
/// open now.
///
/// # Errors
/// If that copy can't take the plan's place.
#[tauri::command(async)] // it may wait for another program
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn open_copy<R: Runtime>(
    app: AppHandle<R>,
    start: State<'_, Start>,
    name: String,
) -> Result<Option<Refusal>, InputError> {
    if start.refusal().is_some() {
        start.open_copy(&app, &name)?;
    }
    Ok(start.refusal())
}

/// Uses the plan as it was edited outside Waymark, and opens it. Returns why it couldn't be opened;
/// `None` if it is open now.
///
/// # Errors
/// If the edited plan can't be read or saved.
#[tauri::command(async)] // it may wait for another program
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn accept_edits<R: Runtime>(
    app: AppHandle<R>,
    start: State<'_, Start>,
) -> Result<Option<Refusal>, InputError> {
    if start.refusal().is_some() {
        start.accept_edits(&app)?;
    }
    Ok(start.refusal())
}

/// Shows the folder of the file that can't be opened.
///
/// # Errors
/// If the system can't show it.
#[tauri::command(async)] // the file manager may take its time
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn show_folder(start: State<'_, Start>) -> Result<(), InputError> {
    let refusal = start.refusal();
    let folder = refusal
        .as_ref()
        .and_then(|refusal| Path::new(&refusal.file).parent());
    folder.map_or(Ok(()), show::folder)
}

/// Ends the program.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn quit<R: Runtime>(app: AppHandle<R>) {
    app.exit(0);
}
