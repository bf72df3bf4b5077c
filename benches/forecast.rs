//! The cost of a forecast and of the recovery options, relative to the schedule: `cargo bench -p
//! waymark-core --bench forecast`.

#![allow(clippy::disallowed_methods)] // a stopwatch needs a clock

#[allow(dead_code)] // the other benchmarks use the rest of it
mod input;

use std::hint::black_box;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use waymark_core::catch_up::options_with;
use waymark_core::check_in::check_in;
use waymark_core::document::Document;
use waymark_core::forecast::{Draws, ROUNDS, forecast};
use waymark_core::input_error::InputError;
use waymark_core::plan::change::{IncludeItem, LogWork, Replan, SetHours, SetTarget};
use waymark_core::plan::{Change, ExceptionEntry, Keep, Plan};
use waymark_core::schedule::schedule;
use waymark_core::view::target_hours;

const TURNS: usize = 21;
const OPTIONS: [&str; 7] = ["8", "9", "10", "11", "12", "14", "16"];

/// The plan twelve weeks later, with three of four sessions done.
fn begun(plan: &Plan) -> Result<(Plan, DateTime<Utc>), InputError> {
    let now = plan.start_instant() + TimeDelta::weeks(12);
    let scheduled = schedule(plan, plan.start_instant());
    let behind = scheduled
        .sessions
        .iter()
        .filter(|session| session.end().instant() <= now);
    let done = behind.enumerate().filter(|(index, _)| index % 4 > 0);
    let log = done.map(|(_, session)| {
        Change::Log(LogWork {
            item: plan.roadmap().items[session.item()].id.clone(),
            start: session.start.local().format("%Y-%m-%dT%H:%M").to_string(),
            minutes: session.minutes.to_string(),
            note: String::new(),
            entry: None,
            again: false,
        })
    });
    let mut changes: Vec<Change> = log.collect();
    changes.push(Change::Replan(Replan { keep: Keep::Frozen }));
    Ok((plan.changed(&changes, now)?, now))
}

/// The plan with two certifications and a target date.
fn to_be_done_by(plan: &Plan, date: &str, now: DateTime<Utc>) -> Result<Plan, InputError> {
    let include = |item: &str| {
        Change::Include(IncludeItem {
            item: item.into(),
            included: true,
        })
    };
    let target = Change::Target(SetTarget { value: date.into() });
    let certifications = ["aws-ml-specialty", "google-ml-engineer"].map(include);
    plan.changed(&[&certifications[..], &[target]].concat(), now)
}

fn main() -> Result<(), InputError> {
    let slow = begun(&input::real("5")?)?;
    let (plan, now) = begun(&input::real("10")?)?;
    let fresh = input::real("10")?;
    let options = OPTIONS.map(|hours| {
        plan.changed(
            &[Change::Hours(SetHours {
                value: hours.into(),
            })],
            now,
        )
    });
    let options = options
        .into_iter()
        .collect::<Result<Vec<Plan>, InputError>>()?;
    let large = input::synthetic(1_000)?;
    // Two more weeks with nothing done. One date can be met; for the other, every option is tried
    // in full, and the mix too.
    let later = now + TimeDelta::weeks(2);
    let late = to_be_done_by(&plan, "2028-06-01", now)?;
    let hopeless = to_be_done_by(&plan, "2027-06-01", now)?;
    let document = Document::new(late.clone());
    let windows = ["2027-04-17", "2027-04-18"].map(|date| ExceptionEntry::ExtraWindow {
        first: date.into(),
        last: date.into(),
        from: "14:00".into(),
        to: "18:00".into(),
    });

    let cases: [(&str, &dyn Fn()); 11] = [
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
            let scheduled = schedule(&plan, now);
            let _ = black_box(Draws::new(&plan, now, 1_000).forecast(&plan, &scheduled, now));
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
        ("the two numbers of a target date", &|| {
            let _ = black_box(target_hours(&late, now));
        }),
        ("all options", &|| {
            let _ = black_box(options_with(&late, later, &windows));
        }),
        ("all options, none of which is enough", &|| {
            let _ = black_box(options_with(&hopeless, later, &windows));
        }),
        ("the check-in", &|| {
            let _ = black_box(check_in(&document, later));
        }),
    ];
    let mut turns = vec![Vec::new(); cases.len()];
    // In turns, so a busy computer slows down all of them equally.
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
    for option in options_with(&late, later, &windows) {
        println!("{}: {}", option.id, option.sentence);
    }
    Ok(())
}
