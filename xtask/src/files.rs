//! The project's own text files, without what is generated, built or a test's data.

use std::path::Path;

use crate::command::{Failure, Result};

/// Folders that hold nothing written by hand.
const SKIPPED: [&str; 12] = [
    ".git",
    "target",
    "node_modules",
    "dist",
    "gen",
    "permissions",
    "corpus",
    "artifacts",
    "coverage",
    "snapshots",
    "__pycache__",
    "icons",
];

/// Files that a program writes, from sources that are checked.
const GENERATED: [&str; 2] = ["ui/src/bridge/types.ts", "ui/src/bridge/palette.ts"];

/// A file's path from the project's folder, with `/`, and its text.
pub type File = (String, String);

/// All files that end in one of these, in the order of their names.
///
/// # Errors
/// If a folder or file can't be read.
pub fn ending_in(root: &Path, endings: &[&str]) -> Result<Vec<File>> {
    let mut found = Vec::new();
    let mut waiting = vec![root.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let unreadable = |error: std::io::Error| {
            Failure::new(format!("Can't read {}: {error}.", folder.display()))
        };
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() {
                if !SKIPPED.contains(&&*name) {
                    waiting.push(path);
                }
            } else if kind.is_file() && endings.iter().any(|ending| name.ends_with(ending)) {
                let text = std::fs::read_to_string(&path).map_err(unreadable)?;
                let file = relative(root, &path);
                if !GENERATED.contains(&file.as_str()) {
                    found.push((file, text));
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}
