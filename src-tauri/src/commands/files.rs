//! Files that are written or read through the system's own dialogs.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::DialogExt;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::picture::{self, Picture, PictureKind, PictureSize};
use waymark_core::plan::text;
use waymark_core::schedule::current;
use waymark_core::share::{self, ShareOptions};
use waymark_core::view::View;
use waymark_desk::busy_files::{self, BusyImport};
use waymark_desk::calendars::files::Exported;
use waymark_desk::desk::Desk;

use crate::open_desk::OpenDesk;
use waymark_desk::storage::{self, Audience};

/// Busy times that were read from a file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// The plan with them.
    pub view: View,
    /// The calendars of the file.
    pub read: BusyImport,
}

const WEB_PAGE: Dialog = ("Save as a web page", "HTML page", "html");
/// Width of a picture of the progress in a file.
const FILE_WIDTH: u32 = 1000;

/// Draws a picture of the progress, `width` pixels wide.
#[tauri::command(async)] // the forecast takes longer than a frame
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn draw_picture(
    desk: OpenDesk,
    kind: PictureKind,
    width: u32,
    baseline: Option<String>,
) -> Picture {
    let baseline = baseline.as_deref();
    let size = PictureSize { width, baseline };
    picture::draw(&desk.plan(), kind, size, desk.now())
}

/// Asks for a path, and saves a picture of the progress there, or the chart if no `kind` is given.
/// `None` if the learner cancels.
///
/// # Errors
/// If the file can't be written.
#[tauri::command]
pub async fn save_picture<R: Runtime>(
    app: AppHandle<R>,
    desk: OpenDesk,
    kind: Option<PictureKind>,
    baseline: Option<String>,
) -> Result<Option<Exported>, InputError> {
    let (plan, now) = (desk.plan(), desk.now());
    let text = kind.map_or_else(
        || picture::svg(&plan, now),
        |kind| {
            let size = PictureSize {
                width: FILE_WIDTH,
                baseline: baseline.as_deref(),
            };
            picture::progress_svg(plan.title(), &picture::draw(&plan, kind, size, now))
        },
    );
    let count = current(&plan).sessions.len();
    save(
        &app,
        ("Save picture", "SVG picture", "svg"),
        count,
        "Picture saved",
        &text,
    )
}

/// A form in which a roadmap is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum RoadmapFormat {
    /// Markdown, each part with its id.
    Text,
    /// The fields of `roadmap.schema.json`.
    Json,
}

/// Asks for a path, and saves the plan's roadmap there. `None` if the learner cancels.
///
/// # Errors
/// If the file can't be written.
#[tauri::command]
pub async fn save_roadmap<R: Runtime>(
    app: AppHandle<R>,
    desk: OpenDesk,
    format: RoadmapFormat,
) -> Result<Option<Exported>, InputError> {
    let plan = desk.plan();
    let roadmap = plan.roadmap();
    let (dialog, text) = match format {
        RoadmapFormat::Text => {
            let dialog = ("Save roadmap", "Roadmap as text", "md");
            (dialog, text::write(roadmap))
        }
        RoadmapFormat::Json => {
            let dialog = ("Save roadmap", "Roadmap file", "json");
            (dialog, roadmap.file.to_json())
        }
    };
    save(&app, dialog, roadmap.items.len(), "Roadmap saved", &text)
}

/// Asks for a path, and saves the plan there as one HTML page, with the private parts that
/// `options` asks for. `None` if the learner cancels.
///
/// # Errors
/// If the file can't be written.
#[tauri::command]
pub async fn save_page<R: Runtime>(
    app: AppHandle<R>,
    desk: OpenDesk,
    options: ShareOptions,
) -> Result<Option<Exported>, InputError> {
    let plan = desk.plan();
    let text = share::page(&plan, options, desk.now());
    let count = current(&plan).sessions.len();
    save(&app, WEB_PAGE, count, "Page saved", &text)
}

/// Asks for a calendar file, or an archive of several, and imports the busy times. `None` if the
/// learner cancels.
///
/// # Errors
/// If the file can't be read or isn't a calendar, or the plan can't be saved; it is then as before.
#[tauri::command]
pub async fn import_busy<R: Runtime>(
    app: AppHandle<R>,
    desk: OpenDesk,
) -> Result<Option<Imported>, InputError> {
    let dialog = app.dialog().file().set_title("Import busy times");
    let endings = [&busy_files::ENDINGS[..], &["zip"]].concat();
    let dialog = dialog.add_filter("iCalendar file, or archive of several", &endings);
    let Some(chosen) = dialog.blocking_pick_file() else {
        return Ok(None);
    };
    let path = chosen.clone().into_path().map_err(|error| {
        let why = error.to_string();
        InputError::new(ErrorCode::NotRead, "file", chosen.to_string(), why)
    })?;
    import_busy_file(&desk, &path).map(Some)
}

/// Imports the busy times of a calendar file, or an archive of several.
///
/// # Errors
/// As [`import_busy`].
pub fn import_busy_file(desk: &Desk, path: &Path) -> Result<Imported, InputError> {
    let opened = busy_files::read(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut read = BusyImport::default();
    let view = desk.keep(|document, now| {
        let (document, result) = busy_files::import(document, &name, opened, now)?;
        read = result;
        Ok(document)
    })?;
    Ok(Imported { view, read })
}

/// The save dialog's title, the kind of file, and its ending.
pub(super) type Dialog = (&'static str, &'static str, &'static str);

fn save<R: Runtime>(
    app: &AppHandle<R>,
    dialog: Dialog,
    count: usize,
    told: &str,
    text: &str,
) -> Result<Option<Exported>, InputError> {
    let Some(path) = ask(app, dialog)? else {
        return Ok(None);
    };
    let shown = path.display().to_string();
    storage::write(&path, text.as_bytes(), Audience::Default)
        .map_err(|error| storage::unwritten(&path, &error))?;
    Ok(Some(Exported {
        message: format!("{told} to {shown}."),
        path: shown,
        count,
    }))
}

/// Asks for the path of a file to write; `None` if the learner cancels.
pub(super) fn ask<R: Runtime>(
    app: &AppHandle<R>,
    (title, kind, ending): Dialog,
) -> Result<Option<PathBuf>, InputError> {
    let dialog = app.dialog().file();
    let dialog = dialog
        .set_title(title)
        .add_filter(kind, &[ending])
        .set_file_name(format!("waymark.{ending}"));
    let Some(chosen) = dialog.blocking_save_file() else {
        return Ok(None);
    };
    let mut path = chosen
        .into_path()
        .map_err(|error| refuse(title, &error.to_string()))?;
    if path.extension().is_none() {
        path.set_extension(ending);
    }
    Ok(Some(path))
}

/// Asks for the path of a file to read; `None` if the learner cancels.
pub(super) fn pick<R: Runtime>(
    app: &AppHandle<R>,
    title: &str,
    endings: &[&str],
) -> Result<Option<PathBuf>, InputError> {
    let dialog = app.dialog().file().set_title(title);
    let Some(chosen) = dialog.add_filter(title, endings).blocking_pick_file() else {
        return Ok(None);
    };
    let path = chosen.into_path().map_err(|error| {
        let sentence = format!("couldn't read the file: {error}");
        InputError::sentence(ErrorCode::NotRead, sentence)
    })?;
    Ok(Some(path))
}

fn refuse(value: &str, why: &str) -> InputError {
    InputError::new(ErrorCode::NotWritten, "file", value, why)
}
