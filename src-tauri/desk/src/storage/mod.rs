//! Documents in a folder, each written so that a crash leaves the former one or the new one.
//!
//! The document that was saved before the last one stays beside it and stands in for a damaged one.
//! A file that can't be read is renamed, never overwritten.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use waymark_core::calendar::ledger::Ledger;
use waymark_core::calendar::sync::Collection;
use waymark_core::document::Document;
use waymark_core::input_error::{ErrorCode, InputError};

use crate::zone;

mod file;

pub use file::{
    Audience, private_folder, read, read_at_most, read_fault, resolved, set_aside, sweep, unread,
    unwritten, write, write_all, write_fault,
};
pub(crate) use file::{TIME_IN_NAMES, unsaved};
pub use waymark_core::envelope::Envelope;
use waymark_core::envelope::version_of;

/// The name of a plan's document.
pub const PLAN: &str = "plan";
/// In the name of a file that is kept because it was damaged.
pub const DAMAGED: &str = "damaged";
/// In the name of a copy that stood in for a missing file.
pub(crate) const MISSING: &str = "missing";

/// A document with a checksum, and a count that says which of two copies is newer.
pub trait Sealed: Sized {
    /// The kind of document in words, such as "plan".
    const WHAT: &'static str;

    /// The text of the file.
    ///
    /// # Errors
    /// If it can't be written as text.
    fn text(&self) -> Result<String, InputError>;

    /// Reads what [`Sealed::text`] wrote.
    ///
    /// # Errors
    /// If the text is damaged, or, with a code that `is_newer`, if a newer Waymark wrote it.
    fn read(text: &str) -> Result<Self, InputError>;

    /// Of two copies, the one with the higher age is newer.
    fn age(&self) -> u64;
}

/// A document of the app's own, in an envelope.
pub(crate) trait Enveloped: Serialize + DeserializeOwned {
    const ENVELOPE: Envelope;

    /// Raised with each save.
    fn generation(&self) -> u64;
}

impl<D: Enveloped> Sealed for D {
    const WHAT: &'static str = D::ENVELOPE.what;

    fn text(&self) -> Result<String, InputError> {
        D::ENVELOPE.close(self)
    }

    fn read(text: &str) -> Result<Self, InputError> {
        D::ENVELOPE.open(text)
    }

    fn age(&self) -> u64 {
        self.generation()
    }
}

impl Sealed for Document {
    const WHAT: &'static str = "plan";

    fn text(&self) -> Result<String, InputError> {
        self.to_json()
    }

    fn read(text: &str) -> Result<Self, InputError> {
        Self::from_json_in(text, zone::database())
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

/// A folder that holds documents.
#[derive(Debug, Clone)]
pub struct Storage {
    folder: PathBuf,
}

/// The result of reading a document's copies.
#[derive(Debug)]
pub struct Copies<D> {
    /// The newest copy that could be read; `None` if there is none.
    pub document: Option<D>,
    /// The copies that are damaged.
    pub damaged: Vec<PathBuf>,
}

/// A document that was opened, with its damaged copies out of the way.
#[derive(Debug)]
pub struct Recovered<D> {
    /// The newest copy that could be read; `None` if there is none.
    pub document: Option<D>,
    /// A sentence for the learner about each damaged copy.
    pub notices: Vec<String>,
}

impl Storage {
    /// The documents in `folder`. It is made when the first one is saved.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The newest copy of the document of that name. Changes nothing.
    ///
    /// # Errors
    /// If the folder can't be read, a newer Waymark wrote the document, or a person edited its
    /// newest copy: it would be lost if this version went on with an older one.
    pub fn read_named<D: Sealed>(&self, name: &str) -> io::Result<Copies<D>> {
        let mut damaged = Vec::new();
        let mut found: Vec<D> = Vec::new();
        for (at, path) in self.copies(name).into_iter().enumerate() {
            let text = match read(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            match D::read(&text) {
                Ok(document) => found.push(document),
                Err(problem) if problem.code.is_newer() || at == 0 && is_edited(&problem) => {
                    return Err(io::Error::new(ErrorKind::InvalidData, problem));
                }
                Err(_) => damaged.push(path),
            }
        }
        // Of two of the same age, the one that was written last.
        let document = found.into_iter().rev().max_by_key(Sealed::age);
        Ok(Copies { document, damaged })
    }

    /// As [`Storage::read_named`]; damaged copies are renamed, with `now` in their new names.
    ///
    /// # Errors
    /// As [`Storage::read_named`], or if a damaged copy can't be renamed.
    pub fn find_named<D: Sealed>(
        &self,
        name: &str,
        now: DateTime<Utc>,
    ) -> io::Result<Recovered<D>> {
        let Copies { document, damaged } = self.read_named::<D>(name)?;
        let mut notices = Vec::new();
        for path in damaged {
            let aside = set_aside(&path, DAMAGED, now)?;
            notices.push(format!(
                "The {} file {} was damaged. It is kept as {}.",
                D::WHAT,
                path.file_name().unwrap_or_default().to_string_lossy(),
                aside.display()
            ));
        }
        Ok(Recovered { document, notices })
    }

    /// As [`Storage::find_named`], and the document before the last one takes the place of a file
    /// that is missing or was damaged. Of a missing file, a copy with `now` in its name tells.
    ///
    /// # Errors
    /// As [`Storage::find_named`], or if a file can't be written.
    pub fn recover_named<D: Sealed>(
        &self,
        name: &str,
        now: DateTime<Utc>,
    ) -> io::Result<Recovered<D>> {
        let [newest, _] = self.copies(name);
        let told = [file::name_aside(&newest, MISSING, now)];
        self.fill_place(name, &told)?;
        let recovered = self.find_named(name, now)?;
        self.fill_place(name, &[])?;
        Ok(recovered)
    }

    /// Copies the document before the last one to other paths and to its own place, if that is
    /// empty.
    fn fill_place(&self, name: &str, others: &[PathBuf]) -> io::Result<()> {
        let [newest, earlier] = self.copies(name);
        if newest.exists() || !earlier.exists() {
            return Ok(());
        }
        let text = read(&earlier)?;
        let paths = others.iter().cloned().chain([newest]);
        let files: Vec<_> = paths.map(|path| (path, text.as_bytes())).collect();
        file::write_all_for(&files, Audience::Owner)
    }

    /// Writes a document durably: each file appears whole or not at all. The former one stays
    /// beside it; one of another version stays for good.
    ///
    /// # Errors
    /// If it can't be written; the former document is then still there.
    pub fn save_named<D: Sealed>(&self, name: &str, document: &D) -> io::Result<()> {
        self.save_text(name, &document.text().map_err(io::Error::other)?)
    }

    /// As [`Storage::save_named`], with the document's text.
    ///
    /// # Errors
    /// As [`Storage::save_named`].
    pub fn save_text(&self, name: &str, text: &str) -> io::Result<()> {
        let [newest, earlier] = self.copies(name);
        let former = match read(&newest) {
            Ok(former) => {
                keep_former_version(&newest, &former, text)?;
                Some(former)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(&self.folder)?;
                None
            }
            Err(error) => return Err(error),
        };
        // The copy takes its place first.
        let former = former.as_ref().map(|text| (earlier, text.as_bytes()));
        let files: Vec<_> = former
            .into_iter()
            .chain([(newest, text.as_bytes())])
            .collect();
        file::write_all_for(&files, Audience::Owner)
    }

    /// Renames a document and its copies, so that there is none of that name any more.
    ///
    /// # Errors
    /// If a file can't be renamed.
    pub fn set_named_aside(&self, name: &str, now: DateTime<Utc>) -> io::Result<()> {
        for path in self.copies(name) {
            if path.exists() {
                set_aside(&path, "removed", now)?;
            }
        }
        Ok(())
    }

    /// Whether there is a document of that name, or the one before it.
    pub fn has(&self, name: &str) -> bool {
        self.copies(name).iter().any(|path| path.exists())
    }

    /// The path of a file in the folder.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of the document of that name.
    pub fn document_path(&self, name: &str) -> PathBuf {
        self.path(&format!("{name}.json"))
    }

    /// The paths of the document and of the one before it.
    pub(crate) fn copies(&self, name: &str) -> [PathBuf; 2] {
        [
            self.document_path(name),
            self.path(&format!("{name}.earlier.json")),
        ]
    }
}

/// Keeps the text of a document of another version under a name of its own, before this version
/// overwrites it.
///
/// # Errors
/// If it can't be written.
pub(crate) fn keep_former_version(path: &Path, former: &str, text: &str) -> io::Result<()> {
    let Some(version) = version_of(former).filter(|former| version_of(text) != Some(*former))
    else {
        return Ok(());
    };
    let path = resolved(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = format!("{name}.version-{version}");
    let mut names = std::iter::once(name.clone())
        .chain((2..).map(|number| format!("{name}-{number}")))
        .map(|name| path.with_file_name(name));
    let has_it = |path: &Path| read(path).is_ok_and(|text| text == former);
    match names.find(|path| !path.exists() || has_it(path)) {
        Some(path) if !path.exists() => write(&path, former.as_bytes(), Audience::Owner),
        _ => Ok(()),
    }
}

/// Whether a document is whole but for its checksum, because a person edited it.
pub(crate) fn is_edited(error: &InputError) -> bool {
    error.code == ErrorCode::PlanEdited
}

#[cfg(test)]
mod tests;
