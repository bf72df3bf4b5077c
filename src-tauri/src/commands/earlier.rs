//! Earlier plans, and whole plans as files.

use std::path::Path;

use crate::open_desk::OpenDesk;
use serde::Serialize;
use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons};
use waymark_core::document::Document;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::view::{self, EarlierView, View, earlier_views};
use waymark_desk::calendars::files::Exported;
use waymark_desk::desk::Desk;
use waymark_desk::exchange;

use super::files::{Dialog, ask};
use crate::show;

const WHOLE_PLAN: Dialog = ("Export the whole plan", "Waymark plan", "json");

/// The result of an import.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ImportResult {
    /// The report, in sentences.
    pub message: String,
    /// Whether the open plan was changed. If not, the imported one can be opened.
    pub is_change: bool,
    /// The id of the imported plan in the list.
    pub id: String,
}

/// The earlier plans with what has changed since, the latest first.
///
/// # Errors
/// If they can't be read.
#[tauri::command(async)] // it takes longer than a frame
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn earlier_plans(desk: OpenDesk) -> Result<Vec<EarlierView>, InputError> {
    Ok(earlier_views(
        &desk.earlier_plans()?,
        &desk.plan(),
        desk.now(),
    ))
}

/// The view that an earlier plan would have. Saves nothing.
///
/// # Errors
/// If there is no such plan, or it can't be read.
#[tauri::command(async)] // it reads a file
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn preview_earlier(desk: OpenDesk, number: u64) -> Result<View, InputError> {
    let earlier = desk.earlier_plan(number)?;
    Ok(view::preview(&desk.document(), &earlier.plan, desk.now()))
}

/// Restores an earlier plan, as a change that can be undone.
///
/// # Errors
/// If there is no such plan, or the plan can't be saved; it is then as before.
#[tauri::command(async)] // it reads a file
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn restore_plan(desk: OpenDesk, number: u64) -> Result<View, InputError> {
    let earlier = desk.earlier_plan(number)?;
    desk.keep(|document, _| document.restored(&earlier))
}

/// Asks for a path, and writes the whole plan there. A former file is kept beside it. `None` if the
/// learner cancels.
///
/// # Errors
/// If the file can't be written.
#[tauri::command]
pub async fn export_plan<R: Runtime>(
    app: AppHandle<R>,
    desk: OpenDesk,
) -> Result<Option<Exported>, InputError> {
    let Some(path) = ask(&app, WHOLE_PLAN)? else {
        return Ok(None);
    };
    let document = desk.document();
    let kept = exchange::export(&document, &path, true, desk.now())?;
    let shown = path.display().to_string();
    let kept = kept.map(|kept| format!(" The former file is now {}.", kept.display()));
    Ok(Some(Exported {
        message: format!(
            "Whole plan exported to {shown}.{}",
            kept.unwrap_or_default()
        ),
        path: shown,
        count: document.plan.log().len(),
    }))
}

/// Asks for a plan file, and imports it. `None` if the learner cancels.
///
/// # Errors
/// If it can't be read or isn't a plan, or the plan can't be saved.
#[tauri::command]
pub async fn import_plan<R: Runtime>(
    app: AppHandle<R>,
    desk: OpenDesk,
) -> Result<Option<ImportResult>, InputError> {
    let dialog = app.dialog().file().set_title("Import a plan");
    let dialog = dialog.add_filter("Waymark plan", &["json"]);
    let Some(chosen) = dialog.blocking_pick_file() else {
        return Ok(None);
    };
    let path = chosen.clone().into_path().map_err(|error| {
        let (field, value) = ("file", chosen.to_string());
        InputError::new(ErrorCode::NotRead, field, value, error.to_string())
    })?;
    import_plan_file(&app, &desk, &path)
}

/// Imports a plan file. `None` if the learner declines.
///
/// # Errors
/// As [`import_plan`].
pub fn import_plan_file<R: Runtime>(
    app: &AppHandle<R>,
    desk: &Desk,
    path: &Path,
) -> Result<Option<ImportResult>, InputError> {
    match read(app, path)? {
        Some(imported) => import(desk, imported).map(Some),
        None => Ok(None),
    }
}

/// Imports a plan that was read.
///
/// # Errors
/// As [`import_plan`].
pub fn import(desk: &Desk, imported: Document) -> Result<ImportResult, InputError> {
    let imported = desk.import(imported)?;
    let opens = if imported.is_change {
        ""
    } else {
        " Open it in the menu at the plan's name."
    };
    Ok(ImportResult {
        message: imported.sentence() + opens,
        is_change: imported.is_change,
        id: imported.folder,
    })
}

/// Reads a plan file. Asks about one that was edited outside Waymark; `None` if the learner
/// declines.
fn read<R: Runtime>(app: &AppHandle<R>, path: &Path) -> Result<Option<Document>, InputError> {
    match exchange::read(path, false) {
        Err(error) if error.code == ErrorCode::PlanEdited => {
            let question = "This file was edited outside Waymark. Import it as it is?";
            let buttons = MessageDialogButtons::OkCancelCustom("Import".into(), "Cancel".into());
            let asked = app.dialog().message(question).title("Import a plan");
            if asked.buttons(buttons).blocking_show() {
                exchange::read(path, true).map(Some)
            } else {
                Ok(None)
            }
        }
        read => read.map(Some),
    }
}

/// Shows the plan's folder in the file manager.
///
/// # Errors
/// If the system can't show it.
#[tauri::command(async)] // the file manager may take its time
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn show_files(desk: OpenDesk) -> Result<(), InputError> {
    show::folder(desk.storage.folder())
}
