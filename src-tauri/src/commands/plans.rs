//! The learner's plans: the list, and the one that the window shows.

use serde::Serialize;
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_desk::desks::Desks;
use waymark_desk::new_plan::PlanSource;
use waymark_desk::refusal::Refusal;
use waymark_desk::shelf::Shelf;

use super::files::pick;

const PLAN_FILE: &str = "New plan from a file";
/// The endings of plans, roadmaps and outlines.
const ENDINGS: [&str; 11] = [
    "json", "txt", "md", "markdown", "csv", "tsv", "opml", "xml", "html", "htm", "text",
];

/// The plans after a change of the list.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ShelfChange {
    /// All plans.
    pub shelf: Shelf,
    /// Whether another plan is open now, which the page is to show.
    pub is_switched: bool,
    /// The plan that was removed, by the name to bring it back by.
    pub removed: Option<String>,
}

/// All plans, those that were removed, and the templates.
///
/// # Errors
/// If the list can't be read.
#[tauri::command(async)] // it reads every plan
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn plans(desks: State<'_, Desks>) -> Result<Shelf, InputError> {
    desks.shelf()
}

/// Opens another plan, now and at the next start.
///
/// # Errors
/// If there is no such plan, or it can't be opened. The open one stays then.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn switch_plan(desks: State<'_, Desks>, id: String) -> Result<ShelfChange, InputError> {
    changed(&desks, || desks.switch(&id).map(|()| None))
}

/// Why a plan can't be opened, and the ways on; `None` if it can be.
///
/// # Errors
/// If there is no such plan.
#[tauri::command(async)] // it reads the plan and its copies
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn plan_refusal(desks: State<'_, Desks>, id: String) -> Result<Option<Refusal>, InputError> {
    desks.refusal(&id)
}

/// Opens a plan from an earlier copy of it.
///
/// # Errors
/// If that copy can't take the plan's place, or the plan can't be opened all the same.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn open_plan_copy(
    desks: State<'_, Desks>,
    id: String,
    name: String,
) -> Result<ShelfChange, InputError> {
    changed(&desks, || desks.open_copy(&id, &name).map(|()| None))
}

/// Opens a plan as it was edited outside Waymark.
///
/// # Errors
/// If the edited plan can't be read, saved or opened.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn open_edited_plan(desks: State<'_, Desks>, id: String) -> Result<ShelfChange, InputError> {
    changed(&desks, || desks.open_edited(&id).map(|()| None))
}

/// Makes a plan from a template or an outline, and opens it. An empty `name` is the title of its
/// roadmap.
///
/// # Errors
/// If the outline or the name can't be used, or the plan can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn new_plan(
    desks: State<'_, Desks>,
    source: PlanSource,
    name: String,
) -> Result<ShelfChange, InputError> {
    changed(&desks, || desks.add(&source, &name).map(|()| None))
}

/// Asks for a file with a plan, a roadmap or an outline, makes a plan from it, and opens it. `None`
/// if the learner cancels.
///
/// # Errors
/// If the file can't be read or used, or the plan can't be saved.
#[tauri::command]
pub async fn new_plan_from_file<R: Runtime>(
    app: AppHandle<R>,
    desks: State<'_, Desks>,
) -> Result<Option<ShelfChange>, InputError> {
    let Some(path) = pick(&app, PLAN_FILE, &ENDINGS)? else {
        return Ok(None);
    };
    let add = |accepts_edits| {
        changed(&desks, || {
            desks.add_file(&path, accepts_edits).map(|()| None)
        })
    };
    match add(false) {
        Err(error) if error.code == ErrorCode::PlanEdited => {
            let question = "This file was edited outside Waymark. Use it as it is?";
            let buttons = MessageDialogButtons::OkCancelCustom("Use it".into(), "Cancel".into());
            let asked = app.dialog().message(question).title(PLAN_FILE);
            if asked.buttons(buttons).blocking_show() {
                add(true).map(Some)
            } else {
                Ok(None)
            }
        }
        added => added.map(Some),
    }
}

/// Makes a copy of a plan with calendars and events of its own, and opens it.
///
/// # Errors
/// If there is no such plan, or the copy can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn duplicate_plan(desks: State<'_, Desks>, id: String) -> Result<ShelfChange, InputError> {
    changed(&desks, || desks.duplicate(&id).map(|()| None))
}

/// Gives a plan another name, as a change of it that can be undone. An empty one is the title of
/// its roadmap.
///
/// # Errors
/// If there is no such plan, the name can't be used, or the plan can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn rename_plan(
    desks: State<'_, Desks>,
    id: String,
    name: String,
) -> Result<ShelfChange, InputError> {
    changed(&desks, || desks.rename(&id, &name).map(|()| None))
}

/// Archives a plan, or takes it out of the archive. If it is the open one, another is opened.
///
/// # Errors
/// If there is no such plan, it is the only one that isn't archived, or the list can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn archive_plan(
    desks: State<'_, Desks>,
    id: String,
    archived: bool,
) -> Result<ShelfChange, InputError> {
    changed(&desks, || desks.archive(&id, archived).map(|()| None))
}

/// Removes a plan, which can be brought back. If it is the open one, another is opened.
///
/// # Errors
/// If there is no such plan, it is the only one that isn't archived, or it can't be moved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn remove_plan(desks: State<'_, Desks>, id: String) -> Result<ShelfChange, InputError> {
    changed(&desks, || {
        desks.remove(&id).map(|removed| Some(removed.name))
    })
}

/// Brings a removed plan back into the list.
///
/// # Errors
/// If there is no such plan, or a plan with its id is in the list.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn bring_back_plan(desks: State<'_, Desks>, name: String) -> Result<ShelfChange, InputError> {
    changed(&desks, || desks.bring_back(&name).map(|_| None))
}

fn changed(
    desks: &Desks,
    change: impl FnOnce() -> Result<Option<String>, InputError>,
) -> Result<ShelfChange, InputError> {
    let before = desks.desk().id.clone();
    let removed = change()?;
    Ok(ShelfChange {
        shelf: desks.shelf()?,
        is_switched: desks.desk().id != before,
        removed,
    })
}
