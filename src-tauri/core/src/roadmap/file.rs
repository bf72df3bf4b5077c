//! The roadmap file: its fields as they are written, and reading them with errors that name the place.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ItemKind;
use crate::problem::Problem;

/// A larger file is not a roadmap.
const LARGEST_BYTES: usize = 20 * 1024 * 1024;

/// A roadmap as its file has it; `roadmap.schema.json` describes each field.
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
    #[serde(default)]
    pub number: Option<u32>,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
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
    #[serde(default)]
    pub requires: Vec<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
}

/// What the roadmap says beside its phases: shown, never scheduled.
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
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        if text.len() > LARGEST_BYTES {
            return Err(Problem::new(
                "roadmap-too-large",
                "roadmap file",
                format!("{} bytes", text.len()),
                "a roadmap has at most 20 MB",
            ));
        }
        let mut reader = serde_json::Deserializer::from_str(text);
        let file = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let (place, value) = place(text, error.path());
            let cause = error.inner();
            if cause.is_data() {
                let cause = cause
                    .to_string()
                    .replace("expected f64", "expected a number");
                Problem::new("roadmap-field", place, value, cause)
            } else {
                not_json(text, cause)
            }
        })?;
        reader.end().map_err(|error| not_json(text, &error))?;
        Ok(file)
    }
}

fn not_json(text: &str, error: &serde_json::Error) -> Problem {
    Problem::new(
        "roadmap-not-json",
        "roadmap file",
        text,
        format!("it is not JSON: {error}"),
    )
}

/// `phases[2].items[0].weight` in words a person can find again, by id where there is one, and what stands there.
fn place(text: &str, path: &serde_path_to_error::Path) -> (String, String) {
    use serde_path_to_error::Segment;
    let whole: Value = serde_json::from_str(text).unwrap_or_default();
    let mut here = &whole;
    let mut words: Vec<String> = vec!["roadmap file".to_owned()];
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                here = here.get(index).unwrap_or(&Value::Null);
                let list = words.pop().unwrap_or_default();
                let one = list.strip_suffix('s').unwrap_or(&list);
                words.push(match here.get("id").and_then(Value::as_str) {
                    Some(id) => format!("{one} {id}"),
                    None => format!("{one} {}", index + 1),
                });
            }
            Segment::Map { key } => {
                here = here.get(key).unwrap_or(&Value::Null);
                words.push(key.clone());
            }
            Segment::Enum { variant } => words.push(variant.clone()),
            Segment::Unknown => {}
        }
    }
    let value = here
        .as_str()
        .map_or_else(|| here.to_string(), str::to_owned);
    (words.join(", "), value)
}
