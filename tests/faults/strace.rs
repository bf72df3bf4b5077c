//! strace, which lists the system calls of a program and strikes one of them.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Output;

use crate::programs::Home;

/// A system call of a program: its name, and how many of that name it is, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub name: String,
    pub number: usize,
}

/// How a call fails.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// The program is killed before the call.
    Kill,
    /// The call returns this error.
    Error(&'static str),
}

/// A command whose calls are traced or struck.
pub struct Traced<'a> {
    pub program: &'a Path,
    pub arguments: &'a [&'a str],
}

impl Traced<'_> {
    /// Runs the command under strace with these options. Returns its output, and the trace.
    pub fn trace(&self, home: &Home, options: &[&str]) -> (Output, String) {
        let log = home.path().join("strace.log");
        let output = home
            .command(Path::new("strace"))
            .args(["-f", "-o"])
            .arg(&log)
            .args(options)
            .arg(self.program)
            .args(self.arguments)
            .output()
            .expect("strace is installed: cargo xtask test --only system");
        (output, fs::read_to_string(log).unwrap())
    }

    /// The calls of a whole run, from the first one whose text contains `from`.
    pub fn calls(&self, home: &Home, from: &str) -> Vec<Call> {
        let (output, text) = self.trace(home, &[]);
        assert!(output.status.success(), "{output:?}");
        let mut counts = BTreeMap::<String, usize>::new();
        let mut calls = Vec::new();
        let mut is_begun = false;
        for line in text.lines() {
            // "1234 openat(AT_FDCWD, …". Other lines tell of signals and of a thread's return.
            let Some((name, _)) = line
                .split_once(' ')
                .and_then(|(_, call)| call.trim_start().split_once('('))
            else {
                continue;
            };
            if !name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            {
                continue;
            }
            let count = counts.entry(name.to_owned()).or_default();
            *count += 1;
            is_begun |= line.contains(from);
            if is_begun {
                calls.push(Call {
                    name: name.to_owned(),
                    number: *count,
                });
            }
        }
        assert!(is_begun, "no call with {from}");
        calls
    }

    /// Runs the command with a fault in one call, and returns whether it then reported success.
    ///
    /// Fails unless the fault struck.
    pub fn struck(&self, home: &Home, call: &Call, fault: Fault) -> bool {
        let Call { name, number } = call;
        let what = match fault {
            Fault::Kill => "signal=KILL".to_owned(),
            Fault::Error(error) => format!("error={error}"),
        };
        let (output, text) = self.trace(
            home,
            &[
                "-e",
                &format!("trace={name}"),
                "-e",
                &format!("inject={name}:{what}:when={number}"),
            ],
        );
        let is_struck = match fault {
            // strace ends as its program did.
            Fault::Kill => output.status.signal() == Some(9) && text.contains("killed by SIGKILL"),
            Fault::Error(error) => text.contains(error) && text.contains("(INJECTED)"),
        };
        assert!(
            is_struck,
            "{call:?} {fault:?} did not strike: {output:?}\n{text}"
        );
        output.status.success()
    }
}
