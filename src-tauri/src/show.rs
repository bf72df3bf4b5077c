//! Shows files in the system's file manager.

use std::path::Path;
use std::process::Command;

use waymark_core::input_error::{ErrorCode, InputError};

/// The program that opens a folder.
const OPENER: &str = if cfg!(windows) {
    "explorer"
} else if cfg!(target_os = "macos") {
    "open"
} else {
    "xdg-open"
};

/// Opens a folder in the file manager.
///
/// # Errors
/// If the system has no program for that, or it fails.
pub fn folder(path: &Path) -> Result<(), InputError> {
    let failed = |why: &str| {
        let sentence = format!("couldn't show the folder {}: {why}", path.display());
        InputError::sentence(ErrorCode::NotRead, sentence)
    };
    let status = Command::new(OPENER).arg(path).status();
    match status {
        // Explorer reports failure whatever it does.
        Ok(status) if status.success() || cfg!(windows) => Ok(()),
        Ok(_) => Err(failed("no program opened it")),
        Err(error) => Err(failed(&format!("{OPENER}: {error}"))),
    }
}
