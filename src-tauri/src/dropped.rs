//! Files that are dropped on the window: calendars become busy times, a plan is imported, and the
//! text of an outline is shown to be pasted. The page gets no file system, so the shell reads them
//! and tells the page.

use std::path::{Path, PathBuf};

use tauri::ipc::Channel;
use tauri::plugin::{self, TauriPlugin};
use tauri::{AppHandle, DragDropEvent, Manager, RunEvent, Runtime, State, WindowEvent};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_desk::busy_files::ENDINGS;
use waymark_desk::desk::Desk;
use waymark_desk::desks::Desks;
use waymark_desk::mutex::lock;
use waymark_desk::new_plan::is_plan;

use crate::auto_sync;
use crate::commands::earlier::import_plan_file;
use crate::commands::files::import_busy_file;
use crate::commands::outlines::outline_file;
use crate::news::{Ear, WindowNews};

/// The endings of outlines, beside JSON.
pub const OUTLINES: [&str; 10] = [
    "txt", "text", "md", "markdown", "csv", "tsv", "opml", "xml", "html", "htm",
];

/// Tells the page of files that are dropped on the window, of the system's menu, and of calendars
/// that sync automatically, which begins now: the page is there.
#[tauri::command(async)] // it reads the calendars
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn watch_window<R: Runtime>(app: AppHandle<R>, ear: State<'_, Ear>, news: Channel<WindowNews>) {
    *lock(&ear.0) = Some(news);
    if let Some(desks) = app.try_state::<Desks>() {
        auto_sync::tell(&app, desks.desk().calendars_state(), false);
    }
    auto_sync::begin(&app);
}

/// Watches for files that are dropped.
pub fn watcher<R: Runtime>() -> TauriPlugin<R> {
    plugin::Builder::new("dropped")
        .setup(|app, _| {
            app.manage(Ear::default());
            app.manage(auto_sync::Syncing::default());
            Ok(())
        })
        .on_event(|app, event| {
            let RunEvent::WindowEvent {
                event: WindowEvent::DragDrop(event),
                ..
            } = event
            else {
                return;
            };
            let ear = app.state::<Ear>();
            match event {
                DragDropEvent::Enter { .. } => ear.tell(WindowNews::Over),
                DragDropEvent::Leave => ear.tell(WindowNews::Left),
                DragDropEvent::Drop { paths, .. } => {
                    ear.tell(WindowNews::Left);
                    take(app, paths.clone());
                }
                _ => {}
            }
        })
        .build()
}

/// Imports the files apart from the window's thread: they may be large, and a plan may be asked
/// about.
fn take<R: Runtime>(app: &AppHandle<R>, paths: Vec<PathBuf>) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        for news in read(&app, &paths) {
            app.state::<Ear>().tell(news);
        }
    });
}

/// Reads files that were dropped, and imports those that are calendars or plans.
pub fn read<R: Runtime>(app: &AppHandle<R>, paths: &[PathBuf]) -> Vec<WindowNews> {
    let Some(desks) = app.try_state::<Desks>() else {
        return Vec::new();
    };
    let desk = desks.desk();
    let news = paths.iter().filter_map(|path| {
        import(app, &desk, path).unwrap_or_else(|error| {
            let problem = (&error).into();
            Some(WindowNews::Rejected { problem })
        })
    });
    news.collect()
}

fn import<R: Runtime>(
    app: &AppHandle<R>,
    desk: &Desk,
    path: &Path,
) -> Result<Option<WindowNews>, InputError> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let ending = ending.to_lowercase();
    if ENDINGS.contains(&ending.as_str()) || ending == "zip" {
        let imported = Box::new(import_busy_file(desk, path)?);
        return Ok(Some(WindowNews::Busy { imported }));
    }
    if ending == "json" && is_plan(&outline_file(path)?) {
        let imported = import_plan_file(app, desk, path)?;
        return Ok(imported.map(|imported| WindowNews::Plan { imported }));
    }
    if ending == "json" || OUTLINES.contains(&ending.as_str()) {
        let text = outline_file(path)?;
        return Ok(Some(WindowNews::Outline { text }));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let expected = "drop a calendar file (.ics or .zip), a plan (.json) or an outline";
    Err(InputError::new(ErrorCode::NotRead, "file", name, expected))
}
