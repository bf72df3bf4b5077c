//! How the window is painted on a machine without a graphics card.
//!
//! WebKitGTK puts a page together with OpenGL, which such a machine has only in software: then each
//! frame costs several times as much as painting the page directly (docs/performance.md).

use tauri::Runtime;
use tauri::plugin::{self, TauriPlugin};

/// Has the page painted without OpenGL where there is no graphics card.
pub fn chooser<R: Runtime>() -> TauriPlugin<R> {
    let builder = plugin::Builder::new("painting");
    #[cfg(target_os = "linux")]
    let builder = builder.on_webview_ready(|webview| {
        if !has_graphics_card() {
            // If it can't be set the page is painted all the same, only more slowly.
            let _ = webview.with_webview(|webview| paint_directly(&webview.inner()));
        }
    });
    builder.build()
}

#[cfg(target_os = "linux")]
fn paint_directly(view: &webkit2gtk::WebView) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    if let Some(settings) = WebViewExt::settings(view) {
        settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
    }
}

/// Whether the system has a device that renders.
#[cfg(target_os = "linux")]
fn has_graphics_card() -> bool {
    let devices = std::fs::read_dir("/dev/dri").into_iter().flatten();
    devices.flatten().any(|device| {
        device
            .file_name()
            .as_encoded_bytes()
            .starts_with(b"renderD")
    })
}
