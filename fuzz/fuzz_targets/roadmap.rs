//! Reads any bytes as a roadmap. docs/reliability.md has the command.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/documents/any_roadmap.rs"]
mod any_roadmap;

fuzz_target!(|bytes: &[u8]| any_roadmap::holds(bytes));
