//! What the ways out cost, all of them with their forecasts: `cargo bench -p waymark-core --bench catch_up`.

#![allow(clippy::disallowed_methods)] // a stopwatch needs a clock

#[allow(dead_code)] // the other benchmarks use the rest of it
mod input;

use std::hint::black_box;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use waymark_core::catch_up::{options, options_with};
use waymark_core::check_in::check_in;
use waymark_core::forecast::forecast;
use waymark_core::plan::{Change, Document, ExceptionEntry, Plan};
use waymark_core::problem::Problem;
use waymark_core::schedule::{schedule, standing};

const TURNS: usize = 21;
/// All ways out of the real plan together are promised to take no longer.
const PROMISE: f64 = 20.0;

/// The plan fourteen weeks on: three of four sessions done in twelve of them, and two weeks missed; two certifications are in it, and there is a target date.
fn late() -> Result<(Plan, DateTime<Utc>), Problem> {
    let include = |item: &str| Change::Include {
        item: item.into(),
        included: true,
    };
    let target = Change::Target {
        value: "2028-06-01".into(),
    };
    let plan = input::real("10")?;
    let changes = [
        include("aws-ml-specialty"),
        include("google-ml-engineer"),
        target,
    ];
    let plan = plan.apply_all(&changes)?;
    let now = plan.start_instant() + TimeDelta::weeks(14);
    let laid = standing(&plan);
    let attended = now - TimeDelta::weeks(2);
    let behind = laid
        .sessions
        .iter()
        .filter(|s| s.end().instant() <= attended);
    let done = behind.enumerate().filter(|(index, _)| index % 4 > 0);
    let log = done.map(|(_, session)| Change::Log {
        item: plan.roadmap().items[session.item()].id.clone(),
        start: session.start.local().format("%Y-%m-%dT%H:%M").to_string(),
        minutes: session.minutes.to_string(),
        note: String::new(),
        entry: None,
    });
    let log: Vec<Change> = log.collect();
    Ok((plan.changed(&log, now)?, now))
}

fn main() -> Result<(), Problem> {
    let (plan, now) = late()?;
    // Nothing gets there: every way is tried to its end, and the mix as well.
    let target = Change::Target {
        value: "2027-06-01".into(),
    };
    let hopeless = plan.changed(&[target], now)?;
    let document = Document::new(plan.clone());
    let windows = ["2027-04-17", "2027-04-18"].map(|date| ExceptionEntry::ExtraWindow {
        first: date.into(),
        last: date.into(),
        from: "14:00".into(),
        to: "18:00".into(),
    });
    let cases: [(&str, &dyn Fn()); 6] = [
        ("a schedule", &|| {
            let _ = black_box(schedule(&plan, now));
        }),
        ("a forecast", &|| {
            let _ = black_box(forecast(&plan, now));
        }),
        ("all ways out", &|| {
            let _ = black_box(options(&plan, now));
        }),
        ("all ways out, with free windows", &|| {
            let _ = black_box(options_with(&plan, now, &windows));
        }),
        ("all ways out, none of which is enough", &|| {
            let _ = black_box(options_with(&hopeless, now, &windows));
        }),
        ("the check-in", &|| {
            let _ = black_box(check_in(&document, now));
        }),
    ];
    let mut turns = vec![Vec::new(); cases.len()];
    // In turns, so that a busy computer slows all alike.
    for _ in 0..TURNS {
        for ((_, case), turns) in cases.iter().zip(&mut turns) {
            let start = Instant::now();
            case();
            turns.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    let mut kept = true;
    for ((name, _), turns) in cases.iter().zip(&mut turns) {
        turns.sort_by(f64::total_cmp);
        let median = turns[TURNS / 2];
        println!("{name:<40} {median:>8.3} ms, at best {:>8.3} ms", turns[0]);
        kept &= median < PROMISE;
    }
    for choice in options_with(&plan, now, &windows) {
        println!("{}: {}", choice.id, choice.sentence);
    }
    assert!(kept, "the ways out take more than {PROMISE} ms");
    Ok(())
}
