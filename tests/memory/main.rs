//! The memory of a plan stays the same however long it is changed. A program of its own, because it
//! counts all memory of the program.
//!
//! `CHANGES=100000 cargo test -p waymark-core --test memory -- --nocapture` is the run of
//! docs/reliability.md.
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, TimeDelta, Utc};
use peak_alloc::PeakAlloc;
use waymark_core::document::{Document, MOST_STEPS};
use waymark_core::plan::change::{SetHours, SetTarget};
use waymark_core::plan::{Change, Plan};
use waymark_core::zone::ZoneDatabase;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const PLAN: &str = r#"{
    "id": "plan", "start": "2027-01-04", "zone": "Europe/Berlin", "week_minutes": 360,
    "roadmap": {"id": "french", "title": "French", "nominal_hours_per_week": 6, "phases": [
        {"id": "reading", "title": "Reading", "outcome": {"id": "done", "title": "Done"}, "items": [
            {"id": "verbs", "title": "Verbs", "kind": "topic", "effort_hours": 5}
        ]}
    ]}
}"#;

/// A change, an undo or a redo, by number: each is another plan than before.
fn changed(document: &Document, number: u32, now: DateTime<Utc>) -> Document {
    let hours = |value: u32| {
        Change::Hours(SetHours {
            value: value.to_string(),
        })
    };
    let target = |value: &str| {
        Change::Target(SetTarget {
            value: value.to_owned(),
        })
    };
    let change = match number % 5 {
        0 => target("2027-06-01"),
        1 => return document.undone().unwrap().unwrap(),
        2 => return document.redone().unwrap().unwrap(),
        3 => target(""),
        _ => hours(3 + number % 7),
    };
    document.changed(&[change], now).unwrap()
}

#[test]
fn memory_stays_flat_over_any_number_of_changes() {
    let count = std::env::var("CHANGES").ok();
    let count: u32 = count.and_then(|count| count.parse().ok()).unwrap_or(6_000);
    let plan = Plan::from_json(PLAN).unwrap();
    let mut now: DateTime<Utc> = "2026-12-01T12:00:00Z".parse().unwrap();
    let _zones = ZoneDatabase::bundled();
    let mut document = Document::new(plan);
    // The undo history is full after these, so the memory should grow no more.
    let filled = 5 * u32::try_from(MOST_STEPS).unwrap();
    let mut full = 0;
    let mut most = 0;
    for number in 0..count {
        now += TimeDelta::seconds(1);
        document = changed(&document, number, now);
        if number == filled {
            full = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
        }
        if number > filled {
            most = most.max(MEMORY.current_usage());
        }
    }
    assert_eq!(document.undo.len(), MOST_STEPS);
    println!(
        "{count} changes: {} kB after {filled}, at most {} kB later",
        full / 1024,
        most / 1024
    );
    assert!(most < full + full / 20, "{full} bytes, later {most}");
    // The control: history that is kept makes the difference visible.
    let before = MEMORY.current_usage();
    let kept: Vec<Document> = (0..50).map(|_| document.clone()).collect();
    assert!(
        MEMORY.current_usage() > before + full / 20,
        "{}",
        kept.len()
    );
}
