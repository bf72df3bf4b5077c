//! Checksummed envelopes: stored JSON with a format, a version, and a checksum over the document.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::input_error::{ErrorCode, InputError};
use crate::reading::in_words;

/// The envelope of one kind of document. The document is an object with the fields `format` and
/// `version`.
#[derive(Debug)]
pub struct Envelope {
    /// Name of the kind of document, such as `plan`.
    pub what: &'static str,
    /// Value of its field `format`.
    pub format: &'static str,
    /// Newest version that this program reads.
    pub version: u32,
    /// Code of the problem with a damaged document.
    pub damaged: ErrorCode,
    /// Code of the problem with a document that a newer Waymark wrote.
    pub newer: ErrorCode,
}

/// The file: a document and its checksum.
#[derive(Serialize, Deserialize)]
struct Checksummed<'a> {
    sha256: String,
    #[serde(borrow)]
    document: &'a RawValue,
}

/// The fields that every version of a document has.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

impl Envelope {
    /// The text of the file.
    ///
    /// # Errors
    /// Only if the document can't be written as JSON, which never happens to a valid one.
    pub fn close(&self, document: &impl Serialize) -> Result<String, InputError> {
        let write = || {
            let document = serde_json::value::to_raw_value(document)?;
            serde_json::to_string(&Checksummed {
                sha256: hash(document.get()),
                document: &document,
            })
        };
        write().map_err(|error| self.refuse("", &error.to_string()))
    }

    /// Reads what [`Envelope::close`] wrote.
    ///
    /// # Errors
    /// A file that is damaged, is something else, or was written by a newer Waymark.
    pub fn open<T: DeserializeOwned>(&self, text: &str) -> Result<T, InputError> {
        let envelope = self.checksummed(text)?;
        let text = envelope.document.get();
        if hash(text) != envelope.sha256 {
            return Err(self.refuse("sha256", "the text isn't the one that was written"));
        }
        self.document(text)
    }

    /// As [`Envelope::open`], for a document that a person may have edited: its checksum isn't
    /// compared.
    ///
    /// # Errors
    /// As [`Envelope::open`].
    pub fn open_unverified<T: DeserializeOwned>(&self, text: &str) -> Result<T, InputError> {
        self.document(self.checksummed(text)?.document.get())
    }

    fn checksummed<'a>(&self, text: &'a str) -> Result<Checksummed<'a>, InputError> {
        let what = self.what;
        serde_json::from_str(text).map_err(|error| {
            let why = match error.classify() {
                Category::Eof => "it ends too early".to_owned(),
                Category::Syntax => {
                    let (line, column) = (error.line(), error.column());
                    format!("it can't be read from line {line}, column {column} on")
                }
                Category::Data | Category::Io => format!("it isn't a stored {what}"),
            };
            self.refuse("", &why)
        })
    }

    fn document<T: DeserializeOwned>(&self, text: &str) -> Result<T, InputError> {
        let what = self.what;
        let not_read = |error: serde_json::Error| self.refuse("document", &in_words(&error));
        let header: Header = serde_json::from_str(text).map_err(not_read)?;
        if header.format != self.format {
            return Err(self.refuse("format", &format!("it isn't a Waymark {what}")));
        }
        if header.version > self.version {
            return Err(InputError::new(
                self.newer,
                format!("{what} file, version"),
                header.version.to_string(),
                "a newer Waymark wrote it; update Waymark to open it",
            ));
        }
        serde_json::from_str(text).map_err(not_read)
    }

    /// The problem with a damaged file.
    pub fn refuse(&self, field: &str, why: &str) -> InputError {
        InputError::new(self.damaged, field, "", why).within(format!("{} file", self.what))
    }
}

/// The version of a stored document by the beginning of its text, where [`Envelope::close`] writes
/// it. `None` for any other text.
pub fn version_of(text: &str) -> Option<u32> {
    const LONGEST_HEAD: usize = 200;
    let end = text.len().min(LONGEST_HEAD);
    let head = text
        .get(..end)
        .filter(|head| head.starts_with("{\"sha256\""))?;
    let (_, version) = head.split_once("\"version\":")?;
    version
        .split(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

pub(crate) fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
