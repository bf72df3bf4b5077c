//! What a forecast costs, beside the schedule that it is about: `cargo bench -p waymark-core --bench forecast`.

#![allow(clippy::disallowed_methods)] // a stopwatch needs a clock

#[allow(dead_code)] // the other benchmarks use the rest of it
mod input;

use std::hint::black_box;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use waymark_core::forecast::{Draws, ROUNDS, forecast};
use waymark_core::plan::{Change, Keeping, Plan};
use waymark_core::problem::Problem;
use waymark_core::schedule::schedule;

const TURNS: usize = 21;
const OPTIONS: [&str; 7] = ["8", "9", "10", "11", "12", "14", "16"];

/// The plan twelve weeks on, with three of four sessions done.
fn begun(plan: &Plan) -> Result<(Plan, DateTime<Utc>), Problem> {
    let now = plan.start_instant() + TimeDelta::weeks(12);
    let laid = schedule(plan, plan.start_instant());
    let behind = laid
        .sessions
        .iter()
        .filter(|session| session.end().instant() <= now);
    let done = behind.enumerate().filter(|(index, _)| index % 4 > 0);
    let log = done.map(|(_, session)| Change::Log {
        item: plan.roadmap().items[session.item()].id.clone(),
        start: session.start.local().format("%Y-%m-%dT%H:%M").to_string(),
        minutes: session.minutes.to_string(),
        note: String::new(),
        entry: None,
    });
    let mut changes: Vec<Change> = log.collect();
    changes.push(Change::Replan {
        keep: Keeping::Frozen,
    });
    Ok((plan.changed(&changes, now)?, now))
}

fn main() -> Result<(), Problem> {
    let slow = begun(&input::real("5")?)?;
    let (plan, now) = begun(&input::real("10")?)?;
    let fresh = input::real("10")?;
    let options = OPTIONS.map(|hours| {
        plan.changed(
            &[Change::Hours {
                value: hours.into(),
            }],
            now,
        )
    });
    let options = options
        .into_iter()
        .collect::<Result<Vec<Plan>, Problem>>()?;
    let large = input::synthetic(1_000)?;

    let cases: [(&str, &dyn Fn()); 7] = [
        ("a schedule", &|| {
            let _ = black_box(schedule(&plan, now));
        }),
        ("its forecast, 10,000 rounds", &|| {
            let _ = black_box(forecast(&plan, now));
        }),
        ("the same at 5 h a week", &|| {
            let _ = black_box(forecast(&slow.0, slow.1));
        }),
        ("before the first week", &|| {
            let _ = black_box(forecast(&fresh, fresh.start_instant()));
        }),
        ("1,000 rounds", &|| {
            let laid = schedule(&plan, now);
            let _ = black_box(Draws::new(&plan, now, 1_000).forecast(&plan, &laid, now));
        }),
        (
            "seven options on the same draws, 10,000 rounds each",
            &|| {
                let draws = Draws::new(&plan, now, ROUNDS);
                for option in &options {
                    let _ = black_box(draws.forecast(option, &schedule(option, now), now));
                }
            },
        ),
        ("1,000 items at 60 h a week", &|| {
            let _ = black_box(forecast(&large, large.start_instant()));
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
    let mut unit = None;
    for ((name, _), turns) in cases.iter().zip(&mut turns) {
        turns.sort_by(f64::total_cmp);
        let takes = turns[TURNS / 2];
        let unit = *unit.get_or_insert(takes);
        println!(
            "{name:<52} {takes:>8.3} ms, at best {:>8.3} {:>8.0} schedules",
            turns[0],
            takes / unit
        );
    }
    let told = forecast(&plan, now);
    println!("{told:#?}");
    Ok(())
}
