//! Without a calendar server, no command opens a network connection.

use std::fs;
use std::path::Path;

use crate::calls_out::calls_out;
use crate::programs::{Home, program};
use crate::strace::Traced;

fn traced(home: &Home, program: &Path, arguments: &[&str]) -> String {
    let traced = Traced { program, arguments };
    let (output, trace) = traced.trace(home, &["-e", "trace=%network"]);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    trace
}

#[test]
fn a_session_in_the_terminal_opens_no_connection() {
    let home = Home::new();
    fs::write(
        home.path().join("mine.txt"),
        "Rust\n- Ownership (3 h)\n- Traits (2 h)\n",
    )
    .unwrap();
    for arguments in [
        &["status"][..],
        &["plans"],
        &["log", "add", "git", "30"],
        &["log", "--json"],
        &["log", "done", "git"],
        &["forecast"],
        &["catch-up"],
        &["history"],
        &["restore", "2"],
        &["outline", "mine.txt"],
        &["roadmap"],
        &[
            "export", "--ics", "plan.ics", "--ledger", "ledger", "--kind", "fresh",
        ],
        &[
            "plan",
            "--svg",
            "plan.svg",
            "--csv",
            "plan.csv",
            "--save",
            "mine.json",
        ],
        &["busy", "plan.ics", "--plan", "mine.json"],
    ] {
        let trace = traced(&home, &program(), arguments);
        assert_eq!(calls_out(&trace), [""; 0], "{arguments:?}");
    }
}

/// The trace shows a connection where there is one.
#[test]
fn a_connection_is_seen() {
    let home = Home::new();
    let script = "exec 3<>/dev/tcp/127.0.0.1/9 || true";
    let trace = traced(&home, Path::new("/bin/bash"), &["-c", script]);
    assert_eq!(calls_out(&trace).len(), 1, "{trace}");
}
