//! Reads any JSON as the document of a sealed plan, with a checksum that fits, so that it gets as
//! far as its fields. docs/reliability.md has the command.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

#[path = "../../tests/documents/any_plan.rs"]
mod any_plan;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = serde_json::from_slice::<Value>(bytes) {
        let file = json!({"sha256": "", "document": document});
        any_plan::holds(file.to_string().as_bytes());
    }
});
