//! The shell around the core: a window and its commands.
//!
//! Commands are thin: they parse, call the core, and return a view or a problem. The plan on disk
//! and the calendars are `waymark_desk`'s; settings and view state are kept by tauri-plugin-store
//! ([`settings`]).

include!("commands/all.rs");

pub mod commands;
pub mod settings;

use std::time::Instant;

use tauri::plugin::{self, TauriPlugin};
use tauri::{Builder, Manager, Runtime};
use waymark_desk::data_folder::DataFolder;
use waymark_desk::desk::Desk;

/// Opens the window and runs until it is closed. `launched` is when the program started.
///
/// # Errors
/// If there is no window system, or the plan can't be opened.
pub fn run(launched: Instant) -> tauri::Result<()> {
    let builder = Builder::default().plugin(tauri_plugin_single_instance::init(|app, _, _| {
        // A second start brings the first window forward: two would overwrite each other's plan.
        if let Some(window) = app.get_webview_window("main") {
            let _ = window.unminimize();
            let _ = window.set_focus();
        }
    }));
    configure(builder, launched).run(tauri::generate_context!())
}

/// The setup that the real app and the tests of its commands share.
pub fn configure<R: Runtime>(builder: Builder<R>, launched: Instant) -> Builder<R> {
    builder
        .plugin(desk(launched))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .invoke_handler(with_commands!(tauri::generate_handler))
}

/// Opens the plan before there is a window. It is a plugin so that a failure is an error, not a
/// panic.
fn desk<R: Runtime>(launched: Instant) -> TauriPlugin<R> {
    plugin::Builder::new("desk")
        .setup(move |app, _| {
            let folder = app.path().app_data_dir()?;
            // Before the store is opened: it would empty a file that it cannot read.
            let damaged_settings = settings::set_damaged_aside(&folder)?;
            let desk = Desk::open(&DataFolder::new(folder), launched)?;
            app.manage(desk.noting(damaged_settings));
            Ok(())
        })
        .build()
}

#[cfg(test)]
mod types;
