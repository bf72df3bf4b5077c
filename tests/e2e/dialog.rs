//! The system's own file dialogs, which WebDriver cannot see: they are answered with keys, by
//! xdotool.

use std::path::Path;
use std::process::Command;

use crate::window::{Result, Window};

/// Answers the dialog that asks where to save.
pub async fn save_as(window: &Window, title: &str, path: &Path) -> Result {
    answer(window, title, path, false).await
}

/// Answers the dialog that asks what to open.
pub async fn open(window: &Window, title: &str, path: &Path) -> Result {
    answer(window, title, path, true).await
}

/// Waits for the dialog with this title, types the path and presses Enter.
async fn answer(window: &Window, title: &str, path: &Path, opens: bool) -> Result {
    window
        .until("the dialog is open", async || Ok(find(title)?.is_some()))
        .await?;
    let dialog = find(title)?.ok_or("the dialog closed unexpectedly")?;
    // There is no window manager on the test's display, so nobody else gives it the keyboard.
    xdotool(&["windowfocus", "--sync", &dialog])?;
    // A dialog that opens files has no name to type until it is asked for one.
    xdotool(&[
        "key",
        "--clearmodifiers",
        if opens { "ctrl+l" } else { "ctrl+a" },
    ])?;
    let path = path.to_str().ok_or("the path is not UTF-8")?;
    xdotool(&["type", "--clearmodifiers", "--delay", "5", path])?;
    xdotool(&["key", "--clearmodifiers", "Return"])?;
    window
        .until("the dialog has closed", async || {
            let is_open = find(title)?.is_some();
            if is_open && opens {
                // While it looks for files that go on like what was typed, it does not hear Enter.
                xdotool(&["key", "--clearmodifiers", "Return"])?;
            }
            Ok(!is_open)
        })
        .await
}

/// The X window of a dialog, if it is there and visible.
fn find(title: &str) -> Result<Option<String>> {
    // Finding nothing is no error: xdotool then prints nothing and exits with 1.
    let found = Command::new("xdotool")
        .args(["search", "--onlyvisible", "--name", &format!("^{title}$")])
        .output()
        .map_err(|error| format!("xdotool does not start: {error}"))?;
    let windows = String::from_utf8(found.stdout)?;
    Ok(windows.lines().next().map(str::to_owned))
}

fn xdotool(arguments: &[&str]) -> Result<String> {
    let output = Command::new("xdotool").args(arguments).output()?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?)
    } else {
        let error = String::from_utf8_lossy(&output.stderr);
        Err(format!("xdotool {}: {error}", arguments.join(" ")).into())
    }
}
