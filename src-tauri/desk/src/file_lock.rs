//! A lock next to a file, so that only one program at a time changes it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Longest wait for another program.
pub const PATIENCE: Duration = Duration::from_secs(10);

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
    /// Another program held it all the time. This names the program, if it is known.
    InUse(Option<String>),
    /// The lock file can't be opened.
    Io(io::Error),
}

impl FileLock {
    /// Waits at most `patience` until no other program holds the lock of this file.
    ///
    /// The lock is next to the file that `path` leads to. So all names of the file share it, and
    /// all programs, whatever their temporary folder or user.
    ///
    /// # Errors
    /// If another program holds it all the time, or the lock file can't be made.
    pub fn acquire(path: &Path, patience: Duration) -> Result<Self, LockError> {
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let path = target.with_file_name(format!(".{name}.lock"));
        let start = Instant::now();
        loop {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            let file = options.open(&path).map_err(LockError::Io)?;
            match file.try_lock() {
                // The program that held it has removed the lock file, so other programs would lock
                // a new one.
                Ok(()) if !is_at(&file, &path) => {}
                Ok(()) => {
                    let mut lock = Self { file, path };
                    // Only for the message of those who wait.
                    let _ = lock.sign();
                    return Ok(lock);
                }
                Err(TryLockError::WouldBlock) if start.elapsed() >= patience => {
                    let holder = std::fs::read_to_string(&path).unwrap_or_default();
                    let holder = holder.trim().to_owned();
                    return Err(LockError::InUse(Some(holder).filter(|it| !it.is_empty())));
                }
                Err(TryLockError::WouldBlock) => sleep(PAUSE),
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
