//! Single files: read within bounds, replaced in one step, or moved out of the way.
//!
//! A path that leads over symbolic links means the file at their end; the links stay. Folders,
//! devices and pipes are rejected.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use tempfile::{Builder, NamedTempFile};
use waymark_core::input_error::{ErrorCode, InputError};

/// The largest document that is read, in bytes: a hundred times a plan of several years.
pub const MOST_BYTES: usize = 50 << 20;

/// The most symbolic links that a path may lead over, as on Linux.
const MOST_LINKS: usize = 40;
/// How names of files write times.
pub(crate) const TIME_IN_NAMES: &str = "%Y%m%dT%H%M%S%3fZ";
/// The end of the names of temporary files.
const TEMPORARY: &str = ".waymark-tmp";
/// The most characters of a file's name that its temporary files repeat.
const LONGEST_START: usize = 60;
/// The reason that a disk is full.
const FULL: &str = "there's no space left on the disk";

/// The users who may read a written file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Only its owner: plans, ledgers and lists.
    Owner,
    /// The same as before; for a new file, whoever the system's default admits.
    Default,
}

/// The bytes of a file, or its first `most` and one more: enough to see that it is too large.
///
/// # Errors
/// If it can't be read or isn't a regular file.
pub fn read_at_most(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    // A pipe would block when it is opened.
    check_kind(&fs::metadata(path)?)?;
    let mut bytes = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a document.
///
/// # Errors
/// As [`read_at_most`], or if it is larger than any document.
pub fn read(path: &Path) -> io::Result<String> {
    let bytes = read_at_most(path, MOST_BYTES)?;
    if bytes.len() > MOST_BYTES {
        let message = format!("it's larger than {} MB", MOST_BYTES >> 20);
        return Err(io::Error::new(ErrorKind::FileTooLarge, message));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The error that a file can't be read.
pub fn unread(path: &Path, error: &io::Error) -> InputError {
    let sentence = format!("couldn't read {}: {}", path.display(), read_fault(error));
    // A newer Waymark's file says so itself.
    let source = error.get_ref().and_then(|source| source.downcast_ref());
    let code = source.map_or(ErrorCode::NotRead, |source: &InputError| source.code);
    InputError::sentence(code, sentence)
}

/// The error that a file can't be saved.
pub(crate) fn unsaved(path: &Path, error: &io::Error) -> InputError {
    let sentence = if is_full(error) {
        format!("{FULL}. Your change wasn't saved. Free some space and try again")
    } else {
        format!("couldn't save {}: {}", path.display(), write_fault(error))
    };
    InputError::sentence(ErrorCode::NotSaved, sentence)
}

/// The error that a file couldn't be written.
pub fn unwritten(path: &Path, error: &io::Error) -> InputError {
    let sentence = format!("couldn't write {}: {}", path.display(), write_fault(error));
    InputError::sentence(ErrorCode::NotWritten, sentence)
}

/// Why a file couldn't be read, in words.
pub fn read_fault(error: &io::Error) -> String {
    in_words(error, "there's no such file")
}

/// Why a file couldn't be written, in words.
pub fn write_fault(error: &io::Error) -> String {
    in_words(error, "its folder doesn't exist")
}

/// An error of the system in words, without its number and the name of a temporary file.
fn in_words(error: &io::Error, absent: &str) -> String {
    let words = match error.kind() {
        _ if is_full(error) => return format!("{FULL}. Free some space and try again"),
        // A message of our own.
        _ if error
            .get_ref()
            .is_some_and(|source| source.is::<InputError>()) =>
        {
            ""
        }
        ErrorKind::NotFound => absent,
        ErrorKind::PermissionDenied => "you don't have permission",
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        ErrorKind::NotADirectory => "a part of its path isn't a folder",
        ErrorKind::InvalidFilename => "its name is too long, or not allowed here",
        _ => "",
    };
    if !words.is_empty() {
        return words.to_owned();
    }
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((text, _)) => format!("the system reports “{text}”"),
        None => text,
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded
    )
}

/// Renames a file so that nothing overwrites it, with `why` and `now` in its new name. Returns the
/// new path.
///
/// # Errors
/// If it can't be renamed.
pub fn set_aside(path: &Path, why: &str, now: DateTime<Utc>) -> io::Result<PathBuf> {
    let aside = name_aside(path, why, now);
    fs::rename(path, &aside)?;
    Ok(aside)
}

/// A free name beside `path` that says why and when it was kept.
pub(super) fn name_aside(path: &Path, why: &str, now: DateTime<Utc>) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stamp = now.format(TIME_IN_NAMES);
    let mut aside = path.with_file_name(format!("{name}.{why}-{stamp}"));
    let mut number = 2;
    while aside.exists() {
        aside = path.with_file_name(format!("{name}.{why}-{stamp}-{number}"));
        number += 1;
    }
    aside
}

/// Replaces a file in one step. When this returns, it is on the disk.
///
/// # Errors
/// If it can't be written; the former file is then still there.
pub fn write(path: &Path, bytes: &[u8], audience: Audience) -> io::Result<()> {
    put(vec![write_beside(path, bytes, audience)?])
}

/// Replaces several files. All are on the disk before the first takes its place, so that a full
/// disk leaves all the former ones.
///
/// # Errors
/// If one can't be written.
pub fn write_all(files: &[(PathBuf, &[u8])]) -> io::Result<()> {
    write_all_for(files, Audience::Default)
}

/// As [`write_all`], for these users.
///
/// # Errors
/// As [`write_all`].
pub fn write_all_for(files: &[(PathBuf, &[u8])], audience: Audience) -> io::Result<()> {
    let written: io::Result<Vec<_>> = files
        .iter()
        .map(|(path, bytes)| write_beside(path, bytes, audience))
        .collect();
    put(written?)
}

/// A file that is on the disk beside the one it is to replace.
struct Beside {
    file: NamedTempFile,
    target: PathBuf,
}

fn write_beside(path: &Path, bytes: &[u8], audience: Audience) -> io::Result<Beside> {
    let target = resolved(path)?;
    let former = fs::metadata(&target).ok();
    let start = temporary_start(&target);
    let mut builder = Builder::new();
    builder.prefix(&start).suffix(TEMPORARY);
    #[cfg(unix)]
    if audience == Audience::Default {
        use std::os::unix::fs::PermissionsExt;
        // The umask takes its part of it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder(&target))?;
    file.write_all(bytes)?;
    if let (Some(former), Audience::Default) = (former, audience) {
        file.as_file().set_permissions(former.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(Beside { file, target })
}

/// Lets the files take their places, in this order.
fn put(files: Vec<Beside>) -> io::Result<()> {
    let mut folders = BTreeSet::new();
    for Beside { file, target } in files {
        file.persist(&target)?;
        folders.insert(folder(&target).to_owned());
    }
    // The renames last only once the folder is on the disk: once for all of them, since a file that
    // is in either place is whole. Windows has no such call, nor needs it.
    if cfg!(unix) {
        for folder in folders {
            File::open(folder)?.sync_all()?;
        }
    }
    Ok(())
}

/// Makes a folder that only its owner can read, or makes it so.
///
/// # Errors
/// If it can't be made.
pub fn private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mut permissions = fs::metadata(path)?.permissions();
        if permissions.mode() & 0o077 != 0 {
            permissions.set_mode(permissions.mode() & 0o700);
            fs::set_permissions(path, permissions)?;
        }
    }
    Ok(())
}

/// Removes the temporary files that killed runs left beside this file. To be called by whoever
/// holds the file's lock.
pub fn sweep(path: &Path) {
    let Ok(target) = resolved(path) else {
        return;
    };
    let start = temporary_start(&target);
    let entries = fs::read_dir(folder(&target)).into_iter().flatten();
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&start) && name.ends_with(TEMPORARY) {
            // If it can't be removed, it does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The file that a path leads to, over symbolic links; it need not exist.
///
/// # Errors
/// If it is a folder, device or pipe, or the links lead in a circle.
pub fn resolved(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(path),
            Err(error) => return Err(error),
        };
        if !metadata.is_symlink() {
            check_kind(&metadata)?;
            return Ok(path);
        }
        // A relative link starts in its own folder; an absolute one replaces the whole path.
        path = folder(&path).join(fs::read_link(&path)?);
    }
    Err(io::Error::other("its symbolic links lead in a circle"))
}

fn check_kind(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    let what = if metadata.is_dir() {
        "it's a folder"
    } else {
        "it's a device or a pipe, not a file. To print, write - in its place"
    };
    Err(io::Error::new(ErrorKind::InvalidInput, what))
}

fn temporary_start(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let start: String = name.chars().take(LONGEST_START).collect();
    format!(".{start}.")
}

fn folder(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(Path::new("."));
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}

#[cfg(test)]
mod tests;
