//! Commands that wait for the disk don't keep the window from drawing.

use std::sync::mpsc::TryRecvError;

use serde_json::{Value, json};
use waymark_core::document::Document;
use waymark_desk::file_lock::{FileLock, Wait};

use crate::{Home, at_home};

/// The calls that save, each with a change to save.
fn calls() -> Vec<(&'static str, Value)> {
    let hours = |value: &str| json!({"change": {"kind": "hours", "value": value}});
    vec![
        ("apply", hours("20")),
        ("undo", json!({})),
        ("redo", json!({})),
        (
            "timer",
            json!({"action": {"kind": "start", "item": "python"}}),
        ),
        ("seen", json!({})),
    ]
}

fn stored(home: &Home) -> Document {
    let text = std::fs::read_to_string(home.file("plan.json")).unwrap();
    Document::from_json(&text).unwrap()
}

/// While another program holds the plan, a call returns at once and has no answer yet. The answer
/// comes once the change is on the disk.
#[test]
fn a_change_waits_for_the_disk_off_the_windows_thread() {
    at_home(|home| {
        let desk = home.open();
        for (command, arguments) in calls() {
            let path = home.file("plan.json");
            let before = stored(home).generation;
            let held = FileLock::acquire(&path, Wait::default()).ok();
            assert!(held.is_some(), "{command}: the test holds the plan");
            let answers = desk.begin(command, arguments);
            // The window's thread is here, with the plan still held.
            assert_eq!(answers.try_recv(), Err(TryRecvError::Empty), "{command}");
            assert_eq!(stored(home).generation, before, "{command}");
            drop(held);
            assert_eq!(answers.recv(), Ok(true), "{command}");
            assert_eq!(stored(home).generation, before + 1, "{command}");
        }
    });
}
