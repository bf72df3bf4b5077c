//! The plan on disk: a document of its own, written so that a crash leaves the old one or the new one.
//!
//! A file that cannot be read is kept beside the new one, never overwritten. The copy that was
//! saved before the last one stands in for a damaged file.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;
use chrono::{DateTime, Utc};
use waymark_core::plan::Document;

const PLAN: &str = "plan.json";
const EARLIER: &str = "plan.earlier.json";

/// The folder that holds the plan.
#[derive(Debug)]
pub struct Storage {
    folder: PathBuf,
}

/// What was found in the folder.
#[derive(Debug)]
pub struct Found {
    /// The newest document that could be read; none in a new folder, or where every copy is damaged.
    pub document: Option<Document>,
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

    /// The newest document that can be read. Damaged ones are renamed, with `now` in their names.
    ///
    /// # Errors
    /// Where the folder cannot be read, a damaged file cannot be set aside, or a newer
    /// Waymark wrote the plan: it would be lost if this one went on.
    pub fn find(&self, now: DateTime<Utc>) -> io::Result<Found> {
        let mut notices = Vec::new();
        let mut found: Vec<Document> = Vec::new();
        for name in [PLAN, EARLIER] {
            let path = self.folder.join(name);
            let bytes = match fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            match Document::from_json(&String::from_utf8_lossy(&bytes)) {
                Ok(document) => found.push(document),
                Err(problem) if problem.code == "plan-newer" => {
                    return Err(io::Error::new(ErrorKind::InvalidData, problem.message));
                }
                Err(_) => {
                    let aside = set_aside(&path, now)?;
                    notices.push(format!(
                        "The plan file {name} was damaged. It is kept as {}.",
                        aside.display()
                    ));
                }
            }
        }
        let document = found.into_iter().max_by_key(|document| document.generation);
        if !notices.is_empty() {
            notices.push(match &document {
                Some(_) => "Your plan was opened from the newest copy that is whole, \
                            which may be from before the last change."
                    .to_owned(),
                None => "No whole copy was left, so this is a new plan.".to_owned(),
            });
        }
        Ok(Found { document, notices })
    }

    /// Writes the document durably: each file appears whole or not at all. The former one stays beside it.
    ///
    /// # Errors
    /// Where it could not be written; the former document is then still there.
    pub fn save(&self, document: &Document) -> io::Result<()> {
        let text = document.to_json().map_err(io::Error::other)?;
        let plan = self.folder.join(PLAN);
        match fs::read(&plan) {
            Ok(former) => write(&self.folder.join(EARLIER), &former)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        write(&plan, text.as_bytes())
    }
}

/// Renames a file that cannot be read, so that nothing overwrites it. Gives its new path.
///
/// # Errors
/// Where it cannot be renamed.
pub fn set_aside(path: &Path, now: DateTime<Utc>) -> io::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stamp = now.format("%Y%m%dT%H%M%S%3fZ");
    let aside = path.with_file_name(format!("{name}.damaged-{stamp}"));
    fs::rename(path, &aside)?;
    Ok(aside)
}

/// Replaces a file in one step: temporary file, fsync, rename, fsync of the folder.
///
/// # Errors
/// Where it could not be written; the former file is then still there.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(bytes)?;
    file.commit()?;
    // The rename itself lasts only once the folder is written. Windows has no such call, nor need of it.
    if cfg!(unix)
        && let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
    {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
