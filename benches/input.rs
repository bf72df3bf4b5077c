//! The plans to measure: Waymark's own roadmap, and made-up ones of any size.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use waymark_core::input_error::InputError;
use waymark_core::plan::change::{SetHours, SetSessionLength};
use waymark_core::plan::{Change, Plan};
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;

/// The current time, before any of the plans starts.
pub const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// Number of items of each made-up roadmap.
pub const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];

/// Waymark's own roadmap, with the given hours a week.
pub fn real(hours: &str) -> Result<Plan, InputError> {
    let plan = plan(Roadmap::embedded()?, 2027)?;
    plan.apply(&Change::Hours(SetHours {
        value: hours.to_owned(),
    }))
}

/// A made-up roadmap: consecutive phases of 50 items, each of which requires an earlier one of its
/// phase.
///
/// An item has two and a half hours on average, five sessions of half an hour, so that 500,000
/// sessions at 60 hours a week end within the 80 years from 2000.
pub fn synthetic(items: usize) -> Result<Plan, InputError> {
    let mut phases: Vec<Value> = Vec::new();
    for phase in 0..items / 50 {
        let item = |place: usize| {
            let requires = (place > 0).then(|| format!("item-{}", phase * 50 + place / 2));
            json!({
                "id": format!("item-{}", phase * 50 + place),
                "title": format!("Item {place} of phase {phase}"),
                "kind": "topic",
                "weight": 1 + place % 3,
                "requires": Vec::from_iter(requires),
            })
        };
        phases.push(json!({
            "id": format!("phase-{phase}"),
            "title": format!("Phase {phase}"),
            "weeks": 5,
            "requires": Vec::from_iter(phase.checked_sub(1).map(|before| format!("phase-{before}"))),
            "outcome": { "id": format!("outcome-{phase}"), "title": "Finished" },
            "items": Vec::from_iter((0..50).map(item)),
        }));
    }
    let roadmap = json!({
        "id": "synthetic",
        "title": "Synthetic",
        "nominal_hours_per_week": 25,
        "phases": phases,
    });
    plan(Roadmap::from_json(&roadmap.to_string())?, 2000)?.apply_all(&[
        Change::Hours(SetHours {
            value: "60".to_owned(),
        }),
        Change::Sessions(SetSessionLength {
            min: "15".to_owned(),
            max: "30".to_owned(),
        }),
    ])
}

fn plan(roadmap: Roadmap, year: i32) -> Result<Plan, InputError> {
    let start = NaiveDate::from_ymd_opt(year, 1, 4).unwrap_or_default();
    let zone = Zone::bundled("Europe/Berlin").unwrap_or(Zone::utc());
    Plan::new("bench", roadmap, start, zone, NOW)
}
