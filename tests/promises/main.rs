//! The promises of schedules, checked by a program that shares no code with the core.
//!
//! `check.py` draws plans from a seed, has the built `waymark` schedule them, and works out
//! windows, clock changes, busy time and caps again, minute by minute.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::Command;

/// A few hundred, in some seconds.
const PLANS: &str = "300";

#[test]
fn an_independent_reading_finds_every_promise_kept() {
    let python = std::env::var_os("WAYMARK_PYTHON");
    let python = python.expect("WAYMARK_PYTHON is not set: run this through `cargo xtask test`");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/promises");
    let done = Command::new(python)
        .arg(format!("{folder}/check.py"))
        .arg(assert_cmd::cargo::cargo_bin("waymark"))
        .arg(PLANS)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    let problem = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}{problem}");
    print!("{said}");
}
