//! Documents that tell whether they are whole: JSON with a format, a version, and a checksum over every byte that matters.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::input_error::{ErrorCode, InputError};

/// A sort of document. What it holds is an object with `format` and `version` among its fields.
#[derive(Debug)]
pub struct Envelope {
    /// What the document is, such as `plan`.
    pub what: &'static str,
    /// The format that it states.
    pub format: &'static str,
    /// The newest version that this program reads.
    pub version: u32,
    /// The code of the problem with one that is not whole.
    pub damaged: ErrorCode,
    /// The code of the problem with one that a newer Waymark wrote.
    pub newer: ErrorCode,
}

/// The file: a checksum, and the text it is the checksum of.
#[derive(Serialize, Deserialize)]
struct Checksummed<'a> {
    sha256: String,
    #[serde(borrow)]
    document: &'a RawValue,
}

/// What can be told of a document before it is known whether this program can read the rest.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

impl Envelope {
    /// The text of the file.
    ///
    /// # Errors
    /// Only if the document cannot be written as JSON, which a valid one can.
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
    /// A file that was damaged, that is something else, or that a newer Waymark wrote.
    pub fn open<T: DeserializeOwned>(&self, text: &str) -> Result<T, InputError> {
        let what = self.what;
        let envelope: Checksummed = serde_json::from_str(text)
            .map_err(|error| self.refuse("", &format!("it isn't a stored {what}: {error}")))?;
        let text = envelope.document.get();
        if hash(text) != envelope.sha256 {
            return Err(self.refuse("sha256", "the text isn't the one that was written"));
        }
        let not_read = |error: serde_json::Error| self.refuse("document", &error.to_string());
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

    /// What is said of a file that is not whole, or holds what no file can.
    pub fn refuse(&self, field: &str, why: &str) -> InputError {
        InputError::new(self.damaged, field, "", why).within(format!("{} file", self.what))
    }
}

pub(crate) fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
