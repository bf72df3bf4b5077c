//! Faults on the way to the disk: a program that is killed, a disk that fails, a damaged file, and
//! two programs at once. The plan is afterwards as before or as after, never in between.
//!
//! docs/reliability.md has the figures.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bytes;

mod named;

#[cfg(target_os = "linux")]
mod calls_out;

#[cfg(target_os = "linux")]
mod network;

#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "the sweeps need strace")
)]
mod programs;

#[cfg(target_os = "linux")]
mod plans;

#[cfg(target_os = "linux")]
mod saves;

#[cfg(target_os = "linux")]
mod strace;

#[cfg(target_os = "linux")]
mod sweep;

#[cfg(target_os = "linux")]
mod words;

mod writers;
