//! Faults of the window's saves. A program of its own, because strace counts calls by thread: it
//! runs itself under strace, and then does in its only thread what the window does.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg_attr(
    not(target_os = "linux"),
    allow(missing_docs, reason = "the sweeps need strace")
)]

#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "the other tests use the rest")]
mod programs;
#[cfg(target_os = "linux")]
#[allow(dead_code, reason = "the other tests use the rest")]
mod strace;
#[cfg(target_os = "linux")]
mod sweep;
#[cfg(target_os = "linux")]
mod window;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    window::main()
}

#[cfg(not(target_os = "linux"))]
fn main() {}
