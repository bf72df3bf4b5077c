//! The promises of schedules, checked by programs that share no code with the core.
//!
//! `check.py` draws plans from a seed, has the built `waymark` schedule them, and works out
//! windows, clock changes, busy time and caps again, minute by minute. `under_way.py` draws which
//! of their sessions were done, asks for status and options, and takes some of them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::Command;

#[test]
fn an_independent_reading_finds_every_promise_kept() {
    read_again("check.py", "300");
}

/// The same for plans under way, with what was done and missed of them.
#[test]
fn an_independent_reading_finds_every_answer_true() {
    read_again("under_way.py", "150");
}

/// Runs one of the programs on this many random plans.
fn read_again(program: &str, plans: &str) {
    let python = std::env::var_os("WAYMARK_PYTHON");
    let python = python.expect("WAYMARK_PYTHON is not set: run this through `cargo xtask test`");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/promises");
    let done = Command::new(python)
        .arg(format!("{folder}/{program}"))
        .arg(assert_cmd::cargo::cargo_bin("waymark"))
        .arg(plans)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    let problem = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}{problem}");
    print!("{said}");
}
