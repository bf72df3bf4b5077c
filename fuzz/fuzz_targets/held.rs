//! Reads any text as a calendar server's copy of one of our events. docs/calendar-import.md has the
//! command.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/busy/any_resource.rs"]
mod any_resource;

fuzz_target!(|bytes: &[u8]| any_resource::holds(&String::from_utf8_lossy(bytes)));
