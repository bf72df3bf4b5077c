//! Without a calendar server, no command opens a network connection.

use std::path::Path;

use crate::programs::{Home, program};
use crate::strace::Traced;

/// The calls to another computer in a trace: with an address of the Internet.
fn calls_out(trace: &str) -> Vec<&str> {
    let is_out = |line: &&str| {
        ["connect(", "sendto(", "sendmsg(", "sendmmsg("]
            .iter()
            .any(|call| line.contains(call))
            && line.contains("AF_INET")
    };
    trace.lines().filter(is_out).collect()
}

fn traced(home: &Home, program: &Path, arguments: &[&str]) -> String {
    let traced = Traced { program, arguments };
    let (output, trace) = traced.trace(home, &["-e", "trace=%network"]);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    trace
}

#[test]
fn a_session_in_the_terminal_opens_no_connection() {
    let home = Home::new();
    for arguments in [
        &["status"][..],
        &["plans"],
        &["log", "add", "git", "30"],
        &["log", "--json"],
        &["forecast"],
        &["catch-up"],
        &[
            "export", "--ics", "plan.ics", "--ledger", "ledger", "--kind", "fresh",
        ],
        &["plan", "--svg", "plan.svg", "--csv", "plan.csv"],
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
