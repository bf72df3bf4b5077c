//! Two programs that change one plan at once, with pauses drawn from a seed.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::json;
use waymark_core::input_error::InputError;
use waymark_core::plan::Change;
use waymark_desk::plan_store::PlanStore;

use crate::programs::{Home, now, program};

/// The changes that each writer makes.
const CHANGES: u32 = 5;
const SEEDS: [u64; 3] = [1, 2, 3];

/// A program that logs work.
#[derive(Debug, Clone, Copy)]
enum Writer {
    /// The window's own way to the plan, with what it has in memory.
    Window,
    /// A run of the program for each change.
    Terminal,
}

impl Writer {
    /// Logs these minutes, one entry after the other.
    fn write(self, home: &Home, minutes: &[u32], mut seed: u64) {
        let store = PlanStore::of_the_app(home.storage());
        store.document().unwrap();
        for minutes in minutes {
            thread::sleep(Duration::from_micros(drawn(&mut seed) % 30_000));
            let minutes = minutes.to_string();
            match self {
                Self::Window => {
                    let change: Change = serde_json::from_value(json!({
                        "kind": "log", "item": "python", "start": "2027-01-04T19:00",
                        "minutes": minutes, "note": "", "entry": null, "again": true,
                    }))
                    .unwrap();
                    let changed = store.change::<InputError>(now(), |document| {
                        document.changed(std::slice::from_ref(&change), now())
                    });
                    changed.unwrap();
                }
                Self::Terminal => {
                    let mut command = home.command(&program());
                    command.args(["log", "add", "python", &minutes, "--again"]);
                    // Another folder for temporary files: the lock doesn't depend on it.
                    command.env("TMPDIR", home.path().join(&minutes));
                    let status = command.stdout(Stdio::null()).status().unwrap();
                    assert!(status.success());
                }
            }
        }
    }
}

/// The next number of a sequence (xorshift64).
fn drawn(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn two_writers_of_any_kind_lose_nothing() {
    use Writer::{Terminal, Window};
    for (one, other) in [(Window, Window), (Window, Terminal), (Terminal, Terminal)] {
        for seed in SEEDS {
            let home = Home::new();
            let first: Vec<u32> = (1..=CHANGES).collect();
            let second: Vec<u32> = (101..=100 + CHANGES).collect();
            thread::scope(|scope| {
                scope.spawn(|| one.write(&home, &first, seed));
                scope.spawn(|| other.write(&home, &second, seed << 32));
            });
            let mut logged = home.logged();
            logged.sort_unstable();
            let all = [&first[..], &[60], &second].concat();
            assert_eq!(logged, all, "{one:?}, {other:?}, seed {seed}");
        }
    }
}
