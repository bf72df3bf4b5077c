//! Reads any bytes as a plan: sealed, edited by hand, or written by a person. docs/reliability.md
//! has the command.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/documents/any_plan.rs"]
mod any_plan;

fuzz_target!(|bytes: &[u8]| any_plan::holds(bytes));
