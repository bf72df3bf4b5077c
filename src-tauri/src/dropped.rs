//! Files that are dropped on the window: calendars become busy times, a plan is imported, and the
//! text of an outline is shown to be pasted. The page gets no file system, so the shell reads them
//! and tells the page.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::Serialize;
use tauri::ipc::Channel;
use tauri::plugin::{self, TauriPlugin};
use tauri::{AppHandle, DragDropEvent, Manager, RunEvent, Runtime, State, WindowEvent};
use waymark_core::input_error::{ErrorCode, InputError, ShownError};
use waymark_desk::busy_files::ENDINGS;
use waymark_desk::desk::Desk;
use waymark_desk::desks::Desks;
use waymark_desk::mutex::lock;
use waymark_desk::new_plan::is_plan;

use crate::commands::earlier::{ImportResult, import_plan_file};
use crate::commands::files::{Imported, import_busy_file};
use crate::commands::outlines::outline_file;

/// The endings of outlines, beside JSON.
pub const OUTLINES: [&str; 10] = [
    "txt", "text", "md", "markdown", "csv", "tsv", "opml", "xml", "html", "htm",
];

/// News of the window that the page didn't ask for.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum WindowNews {
    /// Files are held over the window.
    Over,
    /// They have left it again, or were dropped.
    Left,
    /// The busy times of a calendar file were imported.
    Busy {
        /// The plan and a report.
        imported: Box<Imported>,
    },
    /// A plan was imported.
    Plan {
        /// A report.
        imported: ImportResult,
    },
    /// The text of an outline, to be looked at before it is used.
    Outline {
        /// The text.
        text: String,
    },
    /// A file couldn't be used.
    Rejected {
        /// The reason.
        problem: ShownError,
    },
    /// An entry of the system's menu was chosen: the id of a command of the page.
    Command {
        /// Such as "setup".
        id: String,
    },
}

/// The page's ear.
#[derive(Default)]
pub struct Ear(Mutex<Option<Channel<WindowNews>>>);

impl Ear {
    /// Tells the page, if it listens.
    pub fn tell(&self, news: WindowNews) {
        if let Some(channel) = &*lock(&self.0) {
            // A page that is gone has nothing to hear.
            let _ = channel.send(news);
        }
    }
}

/// Tells the page of files that are dropped on the window, and of the system's menu.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn watch_window(ear: State<'_, Ear>, news: Channel<WindowNews>) {
    *lock(&ear.0) = Some(news);
}

/// Watches for files that are dropped.
pub fn watcher<R: Runtime>() -> TauriPlugin<R> {
    plugin::Builder::new("dropped")
        .setup(|app, _| {
            app.manage(Ear::default());
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
