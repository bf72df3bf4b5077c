//! Tells Tauri which commands the page may call and where the capability lies.

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    let commands = tauri_build::AppManifest::new().commands(&[
        "open",
        "preview",
        "apply",
        "look",
        "forecast",
        "catch_up",
        "check_in",
        "seen",
        "worklog",
        "undo",
        "redo",
        "timer",
        "calendars",
        "add_calendar",
        "add_live_file",
        "server_calendars",
        "add_server_calendar",
        "rename_calendar",
        "remove_calendar",
        "keep_calendar_options",
        "export_preview",
        "export_calendar",
        "sync_calendar",
        "keep_password",
        "stop_sync",
        "answer_deleted",
        "import_busy",
        "save_picture",
        "keep_settings",
        "drawn",
    ]);
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning=tauri-build: {error:#}");
        std::process::exit(1);
    }
}
