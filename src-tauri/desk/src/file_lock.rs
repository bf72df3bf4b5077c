//! A lock next to a file, so that only one program at a time changes it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use waymark_core::input_error::{ErrorCode, InputError};

use crate::storage::{self, unsaved};

/// How to wait for another program.
#[derive(Debug, Clone, Copy)]
pub struct Wait {
    /// The longest time to wait.
    pub patience: Duration,
    /// Called once with the name of the other program, if it takes longer than a moment.
    pub notice: fn(&str),
}

impl Default for Wait {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(10),
            notice: |_| {},
        }
    }
}

/// How long to wait in silence.
const MOMENT: Duration = Duration::from_millis(500);
const PAUSE: Duration = Duration::from_millis(20);

/// Holds the lock until it is dropped.
#[derive(Debug)]
pub struct FileLock {
    file: File,
    path: PathBuf,
}

/// Why a lock was not taken.
#[derive(Debug)]
pub enum LockError {
    /// Another program, which this names, held it all the time.
    InUse(String),
    /// The lock file can't be opened.
    Io(io::Error),
}

impl FileLock {
    /// Waits until no other program holds the lock of this file. Then removes the temporary files
    /// that killed programs left beside it.
    ///
    /// The lock is next to the file that `path` leads to. So all names of the file share it, and
    /// all programs, whatever their temporary folder or user.
    ///
    /// # Errors
    /// If another program holds it all the time, or the lock file can't be made.
    pub fn acquire(path: &Path, wait: Wait) -> Result<Self, LockError> {
        let target = storage::resolved(path).map_err(LockError::Io)?;
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let path = target.with_file_name(format!(".{name}.lock"));
        let start = Instant::now();
        let mut notice = Some(wait.notice);
        loop {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(&path).map_err(LockError::Io)?;
            match file.try_lock() {
                // The program that held it has removed the lock file, so other programs would lock
                // a new one.
                Ok(()) if !is_at(&file, &path) => {}
                Ok(()) => {
                    let mut lock = Self { file, path };
                    // Only for the message of those who wait.
                    let _ = lock.sign();
                    storage::sweep(&target);
                    return Ok(lock);
                }
                Err(TryLockError::WouldBlock) if start.elapsed() >= wait.patience => {
                    return Err(LockError::InUse(holder(&path)));
                }
                Err(TryLockError::WouldBlock) => {
                    if start.elapsed() >= MOMENT
                        && let Some(notice) = notice.take()
                    {
                        notice(&holder(&path));
                    }
                    sleep(PAUSE);
                }
                Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
            }
        }
    }

    /// Notes who holds the lock.
    fn sign(&mut self) -> io::Result<()> {
        let program = std::env::current_exe().ok();
        let program = program.as_deref().and_then(Path::file_stem);
        let program = program.unwrap_or_default().to_string_lossy();
        self.file.set_len(0)?;
        writeln!(self.file, "{program} (process {})", std::process::id())
    }
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // Removed while it is still locked: a waiting program sees that it is gone, and creates a
        // new one. Windows keeps the name of a removed file until it is closed, so there the file
        // stays.
        if cfg!(unix) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// The program that holds a lock, in words.
fn holder(path: &Path) -> String {
    let signed = std::fs::read_to_string(path).unwrap_or_default();
    match signed.trim() {
        "" => "another program".to_owned(),
        holder => holder.to_owned(),
    }
}

/// Whether this is still the file that has that path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let ours = file.metadata();
    let theirs = std::fs::metadata(path);
    matches!((ours, theirs), (Ok(ours), Ok(theirs))
        if (ours.dev(), ours.ino()) == (theirs.dev(), theirs.ino()))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Waits until no other program changes this file.
///
/// # Errors
/// If another program keeps it locked, or it can't be locked at all.
pub fn file_lock(path: &Path, wait: Wait) -> Result<FileLock, InputError> {
    FileLock::acquire(path, wait).map_err(|error| match error {
        LockError::InUse(holder) => {
            let path = path.display();
            let sentence = format!("{holder} is working on {path}. Try again when it is done");
            InputError::sentence(ErrorCode::InUse, sentence)
        }
        LockError::Io(error) => unsaved(path, &error),
    })
}

#[cfg(test)]
mod tests;
