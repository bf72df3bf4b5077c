//! Single files: read within bounds, replaced in one step, or moved out of the way.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;
use chrono::{DateTime, Utc};
use waymark_core::input_error::{ErrorCode, InputError};

/// The bytes of a file, or its first `most` and one more: enough to see that it is too large.
///
/// # Errors
/// If it can't be read.
pub fn read_at_most(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The error that a file couldn't be written.
pub fn unwritten(path: &Path, error: &io::Error) -> InputError {
    let path = path.display().to_string();
    InputError::new(ErrorCode::NotWritten, "file", path, error.to_string())
}

/// Renames a file so that nothing overwrites it, with `why` and `now` in its new name. Returns the
/// new path.
///
/// # Errors
/// If it can't be renamed.
pub fn set_aside(path: &Path, why: &str, now: DateTime<Utc>) -> io::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stamp = now.format("%Y%m%dT%H%M%S%3fZ");
    let aside = path.with_file_name(format!("{name}.{why}-{stamp}"));
    fs::rename(path, &aside)?;
    Ok(aside)
}

/// Replaces a file in one step. When this returns, it is on the disk.
///
/// # Errors
/// If it can't be written; the former file is then still there.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(bytes)?;
    // This syncs the file, renames it and syncs the folder.
    file.commit()
}

/// Replaces several files. All are on the disk before the first takes its place, so that a full
/// disk leaves all the former ones.
///
/// # Errors
/// If one can't be written.
pub fn write_all(files: &[(PathBuf, &[u8])]) -> io::Result<()> {
    if let [(path, bytes)] = files {
        return write(path, bytes);
    }
    let mut written = Vec::new();
    for (path, bytes) in files {
        let mut file = AtomicWriteFile::open(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        written.push(file);
    }
    written.into_iter().try_for_each(AtomicWriteFile::commit)
}
