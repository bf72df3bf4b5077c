//! The plan, and every other document, on disk: each written so that a crash leaves the old one or the new one.
//!
//! A file that cannot be read is kept beside the new one, never overwritten. The copy that was
//! saved before the last one stands in for a damaged file.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;
use chrono::{DateTime, Utc};
use waymark_core::calendar::ledger::Ledger;
use waymark_core::calendar::sync::Collection;
use waymark_core::document::Document;
use waymark_core::input_error::{ErrorCode, InputError};

pub use waymark_core::envelope::Envelope;

/// The name of the plan's document.
const PLAN: &str = "plan";

/// A document that tells whether it is whole, and which of two copies is the newer.
pub trait Sealed: Sized {
    /// What it is, such as "plan".
    const WHAT: &'static str;

    /// The text of the file.
    ///
    /// # Errors
    /// Where it cannot be written as text.
    fn text(&self) -> Result<String, InputError>;

    /// Reads what [`Sealed::text`] wrote.
    ///
    /// # Errors
    /// A text that is not whole; with a code that ends with `-newer` one that a newer Waymark wrote.
    fn read(text: &str) -> Result<Self, InputError>;

    /// Of two copies, the higher one is the newer.
    fn age(&self) -> u64;
}

impl Sealed for Document {
    const WHAT: &'static str = "plan";

    fn text(&self) -> Result<String, InputError> {
        self.to_json()
    }

    fn read(text: &str) -> Result<Self, InputError> {
        Self::from_json(text)
    }

    fn age(&self) -> u64 {
        self.generation
    }
}

impl Sealed for Ledger {
    const WHAT: &'static str = "calendar ledger";

    fn text(&self) -> Result<String, InputError> {
        self.to_json()
    }

    fn read(text: &str) -> Result<Self, InputError> {
        Self::from_json(text)
    }

    fn age(&self) -> u64 {
        self.exports()
    }
}

impl Sealed for Collection {
    const WHAT: &'static str = "calendar ledger";

    fn text(&self) -> Result<String, InputError> {
        self.to_json()
    }

    fn read(text: &str) -> Result<Self, InputError> {
        Self::from_json(text)
    }

    fn age(&self) -> u64 {
        self.ledger().exports()
    }
}

/// The folder that holds the documents.
#[derive(Debug)]
pub struct Storage {
    folder: PathBuf,
}

/// What was found in the folder.
#[derive(Debug)]
pub struct Found<D = Document> {
    /// The newest document that could be read; none in a new folder, or where every copy is damaged.
    pub document: Option<D>,
    /// What the learner should know about it, in sentences.
    pub notices: Vec<String>,
}

impl Storage {
    /// Makes the folder if it is not there.
    ///
    /// # Errors
    /// Where that is not possible.
    pub fn new(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// The newest plan that can be read. Damaged files are renamed, with `now` in their names.
    ///
    /// # Errors
    /// As [`Storage::find_named`].
    pub fn find(&self, now: DateTime<Utc>) -> io::Result<Found> {
        let mut found = self.find_named::<Document>(PLAN, now)?;
        if !found.notices.is_empty() {
            found.notices.push(match &found.document {
                Some(_) => "Your plan was opened from the newest copy that is whole, \
                            which may be from before the last change."
                    .to_owned(),
                None => "No whole copy was left, so this is a new plan.".to_owned(),
            });
        }
        Ok(found)
    }

    /// The newest document of that name that can be read. Damaged ones are renamed, with `now` in their names.
    ///
    /// # Errors
    /// Where the folder cannot be read, a damaged file cannot be set aside, or a newer
    /// Waymark wrote the document: it would be lost if this one went on.
    pub fn find_named<D: Sealed>(&self, name: &str, now: DateTime<Utc>) -> io::Result<Found<D>> {
        let mut notices = Vec::new();
        let mut found: Vec<D> = Vec::new();
        for path in self.copies(name) {
            let bytes = match fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            match D::read(&String::from_utf8_lossy(&bytes)) {
                Ok(document) => found.push(document),
                Err(problem) if problem.code.is_newer() => {
                    return Err(io::Error::new(ErrorKind::InvalidData, problem.to_string()));
                }
                Err(_) => {
                    let aside = set_aside(&path, "damaged", now)?;
                    notices.push(format!(
                        "The {} file {} was damaged. It is kept as {}.",
                        D::WHAT,
                        path.file_name().unwrap_or_default().to_string_lossy(),
                        aside.display()
                    ));
                }
            }
        }
        // Of two that are as new, the one that was written last.
        let document = found.into_iter().rev().max_by_key(Sealed::age);
        Ok(Found { document, notices })
    }

    /// Writes the plan durably: each file appears whole or not at all. The former one stays beside it.
    ///
    /// # Errors
    /// As [`Storage::save_named`].
    pub fn save(&self, document: &Document) -> io::Result<()> {
        self.save_named(PLAN, document)
    }

    /// Writes a document durably: each file appears whole or not at all. The former one stays beside it.
    ///
    /// # Errors
    /// Where it could not be written; the former document is then still there.
    pub fn save_named<D: Sealed>(&self, name: &str, document: &D) -> io::Result<()> {
        let text = document.text().map_err(io::Error::other)?;
        let [newest, earlier] = self.copies(name);
        match fs::read(&newest) {
            Ok(former) => write(&earlier, &former)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        write(&newest, text.as_bytes())
    }

    /// Sets a document aside, with its copies: there is none of that name any more.
    ///
    /// # Errors
    /// Where a file cannot be renamed.
    pub fn set_named_aside(&self, name: &str, now: DateTime<Utc>) -> io::Result<()> {
        for path in self.copies(name) {
            if path.exists() {
                set_aside(&path, "removed", now)?;
            }
        }
        Ok(())
    }

    /// A file of the folder that is no document.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// The document, and the one before it.
    fn copies(&self, name: &str) -> [PathBuf; 2] {
        [".json", ".earlier.json"].map(|ending| self.folder.join(format!("{name}{ending}")))
    }
}

/// The bytes of a file, or the first ones of it and one more where it has more than `most`: enough to see that it is too large.
///
/// # Errors
/// Where it cannot be read.
pub fn read_at_most(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is said of a file that could not be written.
pub fn unwritten(path: &Path, error: &io::Error) -> InputError {
    let path = path.display().to_string();
    InputError::new(ErrorCode::NotWritten, "file", path, error.to_string())
}

/// Renames a file that was damaged or is not used any more, as `why` says, so that nothing overwrites it. Gives its new path.
///
/// # Errors
/// Where it cannot be renamed.
pub fn set_aside(path: &Path, why: &str, now: DateTime<Utc>) -> io::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stamp = now.format("%Y%m%dT%H%M%S%3fZ");
    let aside = path.with_file_name(format!("{name}.{why}-{stamp}"));
    fs::rename(path, &aside)?;
    Ok(aside)
}

/// Replaces a file in one step: temporary file, fsync, rename, fsync of the folder.
///
/// # Errors
/// Where it could not be written; the former file is then still there.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_all(&[(path.to_owned(), bytes)])
}

/// Replaces files: all of them are on the disk before the first one takes its place, so that a full disk leaves all the former ones.
///
/// # Errors
/// Where one could not be written.
pub fn write_all(files: &[(PathBuf, &[u8])]) -> io::Result<()> {
    let mut written = Vec::new();
    for (path, bytes) in files {
        let mut file = AtomicWriteFile::open(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        written.push(file);
    }
    for file in written {
        file.commit()?;
    }
    // The rename itself lasts only once the folder is written. Windows has no such call, nor need of it.
    for (path, _) in files {
        if cfg!(unix)
            && let Some(folder) = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty())
        {
            File::open(folder)?.sync_all()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
