//! The layout of earlier versions: one plan, with all its files in the data folder itself.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use waymark_core::document::Document;

use crate::storage::{self, PLAN, Storage, private_folder};

/// The longest plan id that names a folder.
const LONGEST_ID: usize = 64;

/// The plan of an earlier version, if there is a file of one.
pub fn find(folder: &Path) -> Option<Storage> {
    let storage = Storage::new(folder.to_owned());
    let copies = storage.copies(PLAN);
    copies.iter().any(|path| path.is_file()).then_some(storage)
}

/// A folder, device or pipe in the place of an earlier version's plan, and why it can't be taken
/// over.
pub fn obstacle(folder: &Path) -> Option<(PathBuf, io::Error)> {
    let path = Storage::new(folder.to_owned()).document_path(PLAN);
    let error = storage::resolved(&path).err()?;
    Some((path, error))
}

/// The id of its plan, if it can be read and can name a folder.
pub fn id(storage: &Storage) -> Option<String> {
    let copies = storage.read_named::<Document>(PLAN).ok()?;
    let id = copies.document?.plan.id().to_owned();
    can_name_folder(&id).then_some(id)
}

/// Whether a plan's id can be the name of its folder.
pub fn can_name_folder(id: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=LONGEST_ID).contains(&id.len()) && id.chars().all(is_plain)
}

/// Moves the files of an earlier version to a folder of their own in `plans`, and returns its name.
///
/// The plan itself goes last: if this is interrupted, the next start goes on with the same folder.
pub fn take_over(folder: &Path, plans: &Path) -> io::Result<Option<String>> {
    let Some(storage) = find(folder) else {
        return Ok(None);
    };
    let is_free = |id: &String| !Storage::new(plans.join(id)).has(PLAN);
    let id = id(&storage).filter(is_free);
    let id = id.unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let to = plans.join(&id);
    private_folder(plans)?;
    private_folder(&to)?;
    for path in files(folder)? {
        fs::rename(&path, to.join(path.file_name().unwrap_or_default()))?;
    }
    Ok(Some(id))
}

/// The files that belong to the plan, the plan itself last.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = ["plan.", "calendars.", "live-calendar."]
            .iter()
            .any(|start| name.starts_with(start))
            || name.contains(".ledger.");
        if is_ours && entry.file_type()?.is_file() {
            files.push(entry.path());
        }
    }
    let rank = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match &*name {
            "plan.json" => 2,
            "plan.earlier.json" => 1,
            _ => 0,
        }
    };
    files.sort_by_key(rank);
    Ok(files)
}
