//! A window with nothing in it. `cargo xtask figures` compares Waymark's with it: the rest of a
//! launch and of a frame is Tauri's and the system's.

// No console next to the window on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::time::Instant;

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    let launched = Instant::now();
    let builder = tauri::Builder::default().setup(move |app| {
        // The page can't call anything, so it tells by its title that it has painted.
        WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
            .inner_size(1280.0, 800.0)
            .on_document_title_changed(move |_, title| {
                if title == "painted" {
                    let milliseconds = launched.elapsed().as_millis();
                    eprintln!("empty: drawn {milliseconds} ms after launch");
                }
            })
            .build()?;
        Ok(())
    });
    builder.run(tauri::generate_context!(
        "tests/empty_window/tauri.conf.json"
    ))
}
