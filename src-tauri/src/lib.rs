//! The shell around the core: a window and its commands.
//!
//! Commands are thin: they parse, call the core, and return a view or a problem. The plan on disk
//! and the calendars are `waymark_desk`'s; settings and view state are kept by tauri-plugin-store
//! ([`settings`]).

include!("commands/all.rs");

pub mod commands;
pub mod dropped;
pub mod news;
pub mod settings;
pub mod start;

mod auto_sync;
mod menu;
mod navigation;
mod open_desk;
mod painting;
mod show;
mod window_size;

use std::time::Instant;

use tauri::plugin::{self, TauriPlugin};
use tauri::{Builder, Manager, Runtime};
use waymark_desk::data_folder::DataFolder;

use crate::start::Start;

/// Opens the window and runs until it is closed. `launched` is when the program started.
///
/// # Errors
/// If there is no window system, or no data folder.
pub fn run(launched: Instant) -> tauri::Result<()> {
    let builder = Builder::default().plugin(tauri_plugin_single_instance::init(|app, _, _| {
        // A second start brings the first window forward: two would overwrite each other's plan.
        if let Some(window) = app.get_webview_window("main") {
            let _ = window.unminimize();
            let _ = window.set_focus();
        }
    }));
    let builder = menu::on_a_mac(configure(builder, launched));
    builder.run(tauri::generate_context!())
}

/// The setup that the real app and the tests of its commands share.
pub fn configure<R: Runtime>(builder: Builder<R>, launched: Instant) -> Builder<R> {
    builder
        .plugin(opening(launched))
        .plugin(navigation::guard())
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(window_size::keeper())
        .plugin(painting::chooser())
        .plugin(dropped::watcher())
        .invoke_handler(with_commands!(tauri::generate_handler))
}

/// Opens the plan before there is a window. A plan that can't be opened is no failure: the window
/// shows why.
fn opening<R: Runtime>(launched: Instant) -> TauriPlugin<R> {
    plugin::Builder::new("start")
        .setup(move |app, _| {
            let start = Start::new(DataFolder::new(app.path().app_data_dir()?), launched);
            start.attempt(app, Vec::new());
            app.manage(start);
            Ok(())
        })
        .build()
}

#[cfg(test)]
mod types;
