//! Roadmaps and plans of every version, with damage by a seed: nothing stops the program, and
//! whatever is accepted is whole. The fuzz targets in `fuzz/` check the same.
//!
//! `DAMAGED=100000 cargo test -p waymark-core --test documents` tries more.
#![allow(clippy::unwrap_used)]

mod any_plan;
mod any_roadmap;
mod damage;

use damage::{Numbers, damaged};
use serde_json::{Value, json};
use waymark_core::document::Document;
use waymark_core::plan::{Change, PlanFile, change::SetHours};
use waymark_core::zone::ZoneDatabase;

const FIRST: &str = include_str!("version-1.json");
const SECOND: &str = include_str!("version-2.json");
const BY_HAND: &str = include_str!("../catching-up/plans/course.json");
const ROADMAP: &str = include_str!("../../src-tauri/roadmaps/mlops-2026.json");
const SEED: u64 = 20_261_129;

/// How many damaged files are tried of each.
fn tries(usual: usize) -> usize {
    let more = std::env::var("DAMAGED").ok();
    more.and_then(|more| more.parse().ok()).unwrap_or(usual)
}

/// A plan that a person wrote, as documents of the newest version and of the one before, with
/// something to undo and to redo.
fn documents() -> [String; 2] {
    let file = PlanFile::from_json(BY_HAND).unwrap();
    let mut document = Document::from_plan_file(file, ZoneDatabase::bundled()).unwrap();
    let now = "2027-01-05T20:00:00Z".parse().unwrap();
    for hours in ["4", "5", "6"] {
        let change = Change::Hours(SetHours {
            value: hours.into(),
        });
        document = document.changed(&[change], now).unwrap();
    }
    let newest = document.undone().unwrap().unwrap().to_json().unwrap();
    let mut third: Value = serde_json::from_str(&newest).unwrap();
    let inner = third["document"].as_object_mut().unwrap();
    inner["version"] = json!(3);
    inner["plan"].as_object_mut().unwrap().remove("clock_rules");
    [newest, third.to_string()]
}

fn try_each(text: &str, usual: usize, holds: fn(&[u8])) {
    holds(text.as_bytes());
    let mut numbers = Numbers(SEED);
    for _ in 0..tries(usual) {
        holds(&damaged(text.as_bytes(), &mut numbers));
    }
}

#[test]
fn damaged_roadmaps_are_rejected_or_whole() {
    let small: Value = serde_json::from_str(BY_HAND).unwrap();
    try_each(&small["roadmap"].to_string(), 600, any_roadmap::holds);
    try_each(ROADMAP, 60, any_roadmap::holds);
}

#[test]
fn damaged_plans_that_a_person_wrote_are_rejected_or_whole() {
    try_each(BY_HAND, 400, any_plan::holds);
}

#[test]
fn damaged_documents_of_each_version_are_rejected_or_whole() {
    for text in documents() {
        assert!(Document::from_edited_json_in(&text, ZoneDatabase::bundled()).is_ok());
        try_each(&text, 200, any_plan::holds);
    }
    for text in [FIRST, SECOND] {
        assert!(Document::from_json(text).is_ok());
        try_each(text, 40, any_plan::holds);
    }
}
