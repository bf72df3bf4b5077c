//! The size of the window, and whether it fills the screen, from one start to the next.
//!
//! Only a size that the learner set is saved. A window manager may give a window a few pixels more
//! than it asked for; saved at each end, the window would grow from start to start.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use tauri::plugin::{self, TauriPlugin};
use tauri::{AppHandle, LogicalSize, Manager, RunEvent, Runtime, Window, WindowEvent};
use waymark_desk::desks::Desks;
use waymark_desk::mutex::lock;

use crate::settings;

/// The part of the settings.
const WINDOW: &str = "window";

/// The smallest window that tauri.conf.json allows.
const LEAST: Size = Size {
    width: 720,
    height: 480,
};

/// A size in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    width: u32,
    height: u32,
}

/// The saved state of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowState {
    /// As the learner left it; `None` if it was never changed.
    size: Option<Size>,
    maximised: bool,
}

/// The sizes of this run, without those while it fills the screen.
#[derive(Debug, Default)]
struct Seen {
    /// As the window was opened.
    first: Option<Size>,
    latest: Option<Size>,
}

/// Restores the size of the window when it opens, and saves it when it closes.
pub fn keeper<R: Runtime>() -> TauriPlugin<R> {
    plugin::Builder::new("window-size")
        .setup(|app, _| {
            app.manage(Mutex::new(Seen::default()));
            Ok(())
        })
        .on_window_ready(|window| restore(&window))
        .on_event(|app, event| match event {
            RunEvent::WindowEvent {
                event: WindowEvent::Resized(_),
                ..
            } => note(app),
            RunEvent::WindowEvent {
                event: WindowEvent::CloseRequested { .. },
                ..
            } => save(app),
            _ => {}
        })
        .build()
}

fn restore<R: Runtime>(window: &Window<R>) {
    // Without a plan, the settings stay as they are.
    if window.try_state::<Desks>().is_none() {
        return;
    }
    let state: WindowState = settings::read_part(window.app_handle(), WINDOW);
    if let Some(size) = state.size {
        let Size { width, height } = within(size, screen(window));
        let _ = window.set_size(LogicalSize::new(width, height));
    }
    if state.maximised {
        let _ = window.maximize();
    }
}

fn screen<R: Runtime>(window: &Window<R>) -> Option<Size> {
    let monitor = window.current_monitor().ok().flatten()?;
    Some(of(monitor.size().to_logical(monitor.scale_factor())))
}

/// The size, on this screen and not too small to use.
fn within(size: Size, screen: Option<Size>) -> Size {
    let most = screen.unwrap_or(size);
    Size {
        width: size.width.min(most.width).max(LEAST.width),
        height: size.height.min(most.height).max(LEAST.height),
    }
}

fn of(size: LogicalSize<u32>) -> Size {
    Size {
        width: size.width,
        height: size.height,
    }
}

fn note<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window("main") else {
        return;
    };
    if window.is_maximized().unwrap_or_default() || window.is_fullscreen().unwrap_or_default() {
        return;
    }
    let (Ok(size), Ok(factor)) = (window.inner_size(), window.scale_factor()) else {
        return;
    };
    let size = of(size.to_logical(factor));
    let seen = app.state::<Mutex<Seen>>();
    let mut seen = lock(&seen);
    seen.first.get_or_insert(size);
    seen.latest = Some(size);
}

fn save<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window("main") else {
        return;
    };
    if app.try_state::<Desks>().is_none() {
        return;
    }
    let before = settings::read_part(app, WINDOW);
    let seen = app.state::<Mutex<Seen>>();
    let after = left(
        before,
        &lock(&seen),
        window.is_maximized().unwrap_or_default(),
    );
    if after != before {
        // The next window has the old size then, and that is all.
        let _ = settings::keep_part(app, WINDOW, &after);
    }
}

/// The state to save when the window closes.
fn left(before: WindowState, seen: &Seen, maximised: bool) -> WindowState {
    let changed = seen.latest.filter(|latest| seen.first != Some(*latest));
    WindowState {
        size: changed.or(before.size),
        maximised,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: u32, height: u32) -> Option<Size> {
        Some(Size { width, height })
    }

    #[test]
    fn only_a_size_that_was_changed_is_saved() {
        let before = WindowState {
            size: size(1000, 700),
            maximised: false,
        };
        let mut seen = Seen::default();
        assert_eq!(left(before, &seen, false), before);
        // The window manager gave it more than it asked for.
        seen.first = size(1016, 739);
        seen.latest = seen.first;
        assert_eq!(left(before, &seen, false), before);
        seen.latest = size(900, 600);
        assert_eq!(left(before, &seen, false).size, size(900, 600));
        assert!(left(before, &seen, true).maximised);
    }

    #[test]
    fn a_window_fits_the_screen_and_stays_usable() {
        let within = |width, height, screen| within(Size { width, height }, screen);
        assert_eq!(Some(within(3000, 2000, size(1920, 1080))), size(1920, 1080));
        assert_eq!(Some(within(10, 10, size(1920, 1080))), size(720, 480));
        assert_eq!(Some(within(1000, 700, None)), size(1000, 700));
    }
}
