//! The fields of a roadmap file.

use serde::{Deserialize, Serialize};

use super::ItemKind;
use crate::input_error::{ErrorCode, InputError};
use crate::reading::{self, FileKind};

/// Bytes that a roadmap file can have.
const LARGEST_BYTES: usize = 20 * 1024 * 1024;

const KIND: FileKind = FileKind {
    name: "roadmap file",
    not_json: ErrorCode::RoadmapNotJson,
    bad_field: ErrorCode::RoadmapField,
};

/// The fields of a roadmap file; `roadmap.schema.json` describes each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a roadmap (an object)")]
#[allow(missing_docs)] // described in the schema, once
pub struct RoadmapFile {
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default)]
    pub summary: String,
    pub nominal_hours_per_week: f64,
    #[serde(default)]
    pub assumptions: Vec<String>,
    pub phases: Vec<PhaseEntry>,
    #[serde(default)]
    pub reference: Reference,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PhaseEntry {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_line: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_weeks: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<u32>,
    #[serde(default)]
    pub summary: String,
    #[serde(default)]
    pub requires: Vec<String>,
    pub outcome: OutcomeEntry,
    pub items: Vec<ItemEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OutcomeEntry {
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "is_false")]
    pub ours: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ItemEntry {
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_line: Option<u32>,
    pub kind: ItemKind,
    #[serde(default)]
    pub group: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort_hours: Option<f64>,
    #[serde(default)]
    pub summary: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub done_when: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    #[serde(default)]
    pub requires: Vec<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Link {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    pub address: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Step {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

impl Link {
    /// Whether Waymark opens this address: a roadmap can come from anybody.
    pub fn can_open(address: &str) -> bool {
        let has_scheme = |scheme: &&str| {
            let start = address.get(..scheme.len());
            let is_scheme = start.is_some_and(|start| start.eq_ignore_ascii_case(scheme));
            is_scheme && address.len() > scheme.len()
        };
        let is_whole = !address.chars().any(|c| c.is_whitespace() || c.is_control());
        is_whole && ["https://", "mailto:"].iter().any(has_scheme)
    }

    /// The link as a line of text: its title, if it has one, and its address.
    pub fn line(&self) -> String {
        match self.title.trim() {
            "" => self.address.clone(),
            title => format!("{title}: {}", self.address),
        }
    }
}

/// Reference texts of the roadmap: shown, never scheduled.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)]
pub struct Reference {
    pub trends: Vec<ReferenceEntry>,
    pub strategy: Vec<ReferenceEntry>,
    pub outcomes: Vec<ReferenceEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ReferenceEntry {
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_line: Option<u32>,
    #[serde(default)]
    pub group: String,
    #[serde(default)]
    pub summary: String,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_false(value: &bool) -> bool {
    !value
}

impl RoadmapFile {
    /// The file's text, to be shared.
    pub fn to_json(&self) -> String {
        // Its fields are texts and numbers, which JSON always has.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        text + "\n"
    }

    pub(crate) fn parse(text: &str) -> Result<Self, InputError> {
        if text.len() > LARGEST_BYTES {
            return Err(InputError::new(
                ErrorCode::RoadmapTooLarge,
                "roadmap file",
                format!("{} bytes", text.len()),
                "a roadmap has at most 20 MB",
            )
            .because("is too large"));
        }
        reading::json(text, &KIND)
    }
}
