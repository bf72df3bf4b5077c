//! The stored form of a plan: versioned, with a checksum over every byte that matters.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{Plan, PlanFile};
use crate::problem::Problem;

/// The version of the stored form that this program writes.
pub const VERSION: u32 = 1;

const FORMAT: &str = "waymark-plan";

/// A plan as it is stored, with the count of times it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Raised with each save: of two copies, the higher one is the newer.
    pub generation: u64,
    /// The plan itself.
    pub plan: Plan,
}

/// The file: a checksum, and the text it is the checksum of.
#[derive(Serialize, Deserialize)]
struct Envelope<'a> {
    sha256: String,
    #[serde(borrow)]
    document: &'a RawValue,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    format: String,
    version: u32,
    generation: u64,
    plan: PlanFile,
}

/// What can be told of a document before it is known whether this program can read the rest.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

impl Document {
    /// The text of the file.
    ///
    /// # Errors
    /// Only if the plan cannot be written as JSON, which a valid plan can.
    pub fn to_json(&self) -> Result<String, Problem> {
        let stored = Stored {
            format: FORMAT.to_owned(),
            version: VERSION,
            generation: self.generation,
            plan: self.plan.to_file(),
        };
        let write = || {
            let document = serde_json::value::to_raw_value(&stored)?;
            serde_json::to_string(&Envelope {
                sha256: hash(document.get()),
                document: &document,
            })
        };
        write().map_err(|error| refuse("as a whole", &error.to_string()))
    }

    /// Reads what [`Document::to_json`] wrote.
    ///
    /// # Errors
    /// A file that was damaged, that is no plan, or that a newer Waymark wrote.
    pub fn from_json(text: &str) -> Result<Self, Problem> {
        let envelope: Envelope = serde_json::from_str(text)
            .map_err(|error| refuse("as a whole", &format!("it is no stored plan: {error}")))?;
        let text = envelope.document.get();
        if hash(text) != envelope.sha256 {
            return Err(refuse("sha256", "the text is not the one that was written"));
        }
        let not_read = |error: serde_json::Error| refuse("document", &error.to_string());
        let header: Header = serde_json::from_str(text).map_err(not_read)?;
        if header.format != FORMAT {
            return Err(refuse("format", "it is no Waymark plan"));
        }
        if header.version > VERSION {
            return Err(Problem::new(
                "plan-newer",
                "plan file, version",
                header.version.to_string(),
                "a newer Waymark wrote it: update Waymark to open it",
            ));
        }
        let stored: Stored = serde_json::from_str(text).map_err(not_read)?;
        Ok(Self {
            generation: stored.generation,
            plan: Plan::from_file(stored.plan)?,
        })
    }
}

fn refuse(field: &str, why: &str) -> Problem {
    Problem::new("plan-damaged", "plan file", field, why)
}

pub(super) fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
