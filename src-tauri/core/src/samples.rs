//! Plans for tests: random ones that use everything a plan file can have, in proportions that often
//! clash, and the embedded roadmap to log work in.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::plan::change::LogWork;
use crate::plan::{Change, Plan};
use crate::roadmap::Roadmap;
use crate::words::clock;
use crate::zone::Zone;

/// The embedded roadmap from Monday 4 January 2027 in Berlin: evenings of 90 minutes, Saturdays of
/// 150; 600 minutes a week, 100 a study day.
pub fn embedded() -> Plan {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = "2027-01-04".parse().unwrap();
    Plan::new(
        "p",
        Roadmap::embedded().unwrap(),
        start,
        zone("Europe/Berlin"),
        created,
    )
    .unwrap()
}

/// The change that logs work on an item.
pub fn entry(plan: &Plan, item: usize, start: DateTime<Utc>, minutes: u32) -> Change {
    let local = plan.moment_at(start).local();
    Change::Log(LogWork {
        item: plan.roadmap().items[item].id.clone(),
        start: local.format("%Y-%m-%dT%H:%M").to_string(),
        minutes: minutes.to_string(),
        note: String::new(),
        entry: None,
        again: false,
    })
}

/// Zones with and without clock changes, on both halves of the earth, by hours and by parts of one.
pub const ZONES: [&str; 9] = [
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Africa/Casablanca",
];

/// A bundled zone.
pub fn zone(name: &str) -> Zone {
    Zone::bundled(name).unwrap()
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A small roadmap with prerequisites on earlier items and phases, as a JSON value.
pub fn roadmap() -> impl Strategy<Value = Value> {
    let item = (
        0u32..900,
        any::<bool>(),
        prop::collection::vec(any::<Index>(), 0..3),
    );
    let phase = (
        prop::collection::vec(item, 1..7),
        any::<bool>(),
        any::<bool>(),
    );
    prop::collection::vec(phase, 1..5).prop_map(|phases| {
        let mut ids: Vec<String> = Vec::new();
        let mut written = Vec::new();
        for (p, (items, is_core, in_order)) in phases.into_iter().enumerate() {
            let mut entries = Vec::new();
            for (i, (minutes, optional, requires)) in items.into_iter().enumerate() {
                let id = format!("item-{p}-{i}");
                let pick = |index: &Index| ids[index.index(ids.len())].clone();
                let requires: Vec<String> = if ids.is_empty() {
                    vec![]
                } else {
                    requires.iter().map(pick).collect()
                };
                ids.push(id.clone());
                entries.push(json!({
                    "id": id, "title": id, "kind": "topic", "requires": requires,
                    "optional": optional, "effort_hours": f64::from(minutes) / 60.0,
                }));
            }
            let mut phase = json!({
                "id": format!("phase-{p}"), "title": "P",
                "outcome": {"id": format!("done-{p}"), "title": "Done"},
            });
            if in_order && p > 0 {
                phase["requires"] = json!([format!("phase-{}", p - 1)]);
            }
            if is_core {
                phase["weeks"] = 400.into();
                entries.push(json!({
                    "id": format!("rest-{p}"), "title": "R", "kind": "tool", "weight": 1, "optional": true,
                }));
            }
            phase["items"] = entries.into();
            written.push(phase);
        }
        json!({"id": "r", "title": "R", "nominal_hours_per_week": 10, "phases": written})
    })
}

/// Hours spread over days, or own windows.
fn week() -> impl Strategy<Value = Value> {
    let quick = (30u32..3600, 1u32..128).prop_map(|(minutes, days)| {
        let days: Vec<&str> = (0..7)
            .filter(|day| days >> day & 1 == 1)
            .map(|day| DAYS[day])
            .collect();
        let most = u32::try_from(days.len()).unwrap() * 990;
        json!({"week_minutes": minutes.min(most), "days": days})
    });
    let window = (0usize..7, 0u32..1400, 30u32..400);
    let exact = prop::collection::vec(window, 1..9).prop_map(|mut windows| {
        windows.sort_unstable();
        windows.dedup_by(|later, earlier| later.0 == earlier.0 && later.1 < earlier.1 + earlier.2);
        let write = |(day, start, length): (usize, u32, u32)| {
            let end = (start + length).min(1440);
            json!({"day": DAYS[day], "from": clock(start), "to": clock(end)})
        };
        json!({"windows": windows.into_iter().map(write).collect::<Vec<_>>()})
    });
    prop_oneof![quick, exact]
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()
}

/// Time off, lighter weeks, extra windows, busy times and a journey within some months of the
/// start.
fn exceptions(start: NaiveDate) -> impl Strategy<Value = Value> {
    let exception = (0u64..120, 0u64..30, 0u32..3, 0u32..600, 0u32..1200);
    let busy = (0i64..120 * 1440, 1i64..3000);
    (
        prop::collection::vec(exception, 0..5),
        prop::collection::vec(busy, 0..8),
        prop::option::of((0u64..60, select(&ZONES[..]))),
    )
        .prop_map(move |(exceptions, busy, journey)| {
            let write = |(from, length, kind, minutes, at): (u64, u64, u32, u32, u32)| {
                let (first, last) = (start + Days::new(from), start + Days::new(from + length));
                match kind {
                    0 => json!({"kind": "time-off", "first": first, "last": last}),
                    1 => json!({"kind": "other-hours", "first": first, "last": last, "week_minutes": minutes}),
                    _ => json!({"kind": "extra-window", "first": first, "last": last,
                        "from": clock(at), "to": clock(at + 200)}),
                }
            };
            let midnight = start.and_time(chrono::NaiveTime::MIN).and_utc();
            let busy = busy.into_iter().map(|(from, length)| {
                let from = midnight + TimeDelta::minutes(from) + TimeDelta::seconds(from % 60);
                json!({"start": from, "end": from + TimeDelta::minutes(length)})
            });
            let moves = journey.map(|(day, zone)| json!({"from": start + Days::new(day), "zone": zone}));
            json!({
                "exceptions": exceptions.into_iter().map(write).collect::<Vec<_>>(),
                "busy": busy.collect::<Vec<_>>(),
                "moves": moves.into_iter().collect::<Vec<_>>(),
            })
        })
}

/// Session lengths, caps and shares.
fn rules() -> impl Strategy<Value = Value> {
    (
        (1u32..120, 0u32..180, 0u32..40),
        (prop::option::of(30u32..500), prop::option::of(100u32..1500)),
        (0u32..50, 0u32..60, 0usize..7, 1u32..4, 0u32..60),
        prop::option::of(1u32..99),
    )
        .prop_map(|((min, more, pause), (day_cap, week_cap), (review, reserve, first_day, parallel, buffer), career)| {
            json!({
                "session_min_minutes": min, "session_max_minutes": min + more, "break_minutes": pause,
                "day_cap_minutes": day_cap, "week_cap_minutes": week_cap,
                // No review in half of the plans, and no reserve in half of them.
                "review_percent": review.saturating_sub(25),
                "reserve_percent": reserve.saturating_sub(30), "week_start": DAYS[first_day],
                "in_parallel": parallel, "buffer_minutes": buffer, "career_percent": career,
            })
        })
}

/// A plan that combines all of this, with pins, priorities, prior knowledge and dates before which
/// items don't begin.
pub fn plans() -> impl Strategy<Value = Plan> {
    let days = (0u64..1500).prop_map(|day| first_day() + Days::new(day));
    (days, roadmap()).prop_flat_map(|(start, roadmap)| {
        let ids: Vec<String> = roadmap["phases"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|phase| phase["items"].as_array().unwrap())
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect();
        let pin = (select(ids.clone()), 0i64..200 * 288, 1u32..50);
        let wishes = (
            prop::collection::vec(pin, 0..4),
            prop::collection::hash_map(select(ids.clone()), -3..4, 0..3),
            prop::collection::hash_map(select(ids.clone()), prop::option::of(0u32..500), 0..3),
            (
                prop::option::of(1u64..400),
                // Half of the plans have none.
                prop_oneof![
                    Just(HashMap::new()),
                    prop::collection::hash_map(select(ids), 0u64..200, 0..3)
                ],
            ),
            0u32..40,
        );
        (
            exceptions(start),
            week(),
            rules(),
            select(&ZONES[..]),
            wishes,
        )
            .prop_map(
                move |(
                    exceptions,
                    week,
                    rules,
                    zone,
                    (pins, priorities, known, (target, not_before), freeze),
                )| {
                    let midnight = start.and_time(chrono::NaiveTime::MIN);
                    let pins = pins.into_iter().map(|(item, at, length)| {
                        let at = midnight + TimeDelta::minutes(at * 5);
                        json!({"item": item, "start": at.format("%Y-%m-%dT%H:%M").to_string(), "minutes": length * 5})
                    });
                    let known = known.into_iter().map(|(item, minutes)| {
                        let known =
                            minutes.map_or(json!("whole"), |minutes| json!({"minutes": minutes}));
                        (item, known)
                    });
                    let not_before = not_before
                        .into_iter()
                        .map(|(item, days)| (item, json!(start + Days::new(days))));
                    let mut file = json!({
                        "id": "p", "start": start, "zone": zone, "roadmap": roadmap,
                        "not_before": not_before.collect::<serde_json::Map<_, _>>(),
                        "pins": pins.collect::<Vec<_>>(),
                        "priorities": priorities, "known": known.collect::<serde_json::Map<_, _>>(),
                        "target": target.map(|days| start + Days::new(days)), "freeze_days": freeze,
                    });
                    for part in [&exceptions, &week, &rules] {
                        file.as_object_mut()
                            .unwrap()
                            .extend(part.as_object().unwrap().clone());
                    }
                    // More hours than the own windows have are rejected: then all weeks are alike.
                    Plan::from_json(&file.to_string()).unwrap_or_else(|_| {
                        file["exceptions"] = json!([]);
                        Plan::from_json(&file.to_string()).unwrap()
                    })
                },
            )
    })
}

/// A plan of a few items, hours and a target date for each phase, small enough to try every value.
pub fn small_plans() -> impl Strategy<Value = Plan> {
    let item = (1u32..40, prop::collection::vec(any::<Index>(), 0..2));
    let phases = prop::collection::vec((prop::collection::vec(item, 1..4), 0u64..40), 1..4);
    (phases, 1u32..40, any::<bool>()).prop_map(|(phases, half_hours, in_order)| {
        let mut ids: Vec<String> = Vec::new();
        let (mut written, mut targets) = (Vec::new(), serde_json::Map::new());
        for (p, (items, days)) in phases.into_iter().enumerate() {
            let mut entries = Vec::new();
            for (i, (half_hours, requires)) in items.into_iter().enumerate() {
                let id = format!("item-{p}-{i}");
                let requires: Vec<String> = match ids.len() {
                    0 => vec![],
                    count => requires.iter().map(|index| ids[index.index(count)].clone()).collect(),
                };
                ids.push(id.clone());
                entries.push(json!({
                    "id": id, "title": id, "kind": "topic", "requires": requires,
                    "effort_hours": f64::from(half_hours) / 2.0,
                }));
            }
            let id = format!("phase-{p}");
            let requires = if in_order && p > 0 { vec![format!("phase-{}", p - 1)] } else { vec![] };
            targets.insert(id.clone(), json!(first_day() + Days::new(days)));
            written.push(json!({
                "id": id, "title": "P", "items": entries, "requires": requires, "weeks": null,
                "outcome": {"id": format!("done-{p}"), "title": "Done"},
            }));
        }
        let file = json!({
            "id": "p", "start": first_day(), "zone": "Europe/Berlin", "week_minutes": half_hours * 30,
            "phase_targets": targets,
            "roadmap": {"id": "r", "title": "R", "nominal_hours_per_week": 10, "phases": written},
        });
        Plan::from_json(&file.to_string()).unwrap()
    })
}
