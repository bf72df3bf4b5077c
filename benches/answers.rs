//! The cost of the answers about a plan, relative to its schedule:
//! `cargo bench -p waymark-core --bench answers`.

#![allow(clippy::disallowed_methods)] // a stopwatch needs a clock

#[allow(dead_code)] // the other benchmarks use the rest of it
mod input;

use std::hint::black_box;
use std::time::Instant;

use waymark_core::difference::differences;
use waymark_core::document::Document;
use waymark_core::input_error::InputError;
use waymark_core::needed::{Target, needed};
use waymark_core::plan::Change;
use waymark_core::plan::change::{SetHours, SetTarget};
use waymark_core::schedule::schedule;
use waymark_core::slack::slack;
use waymark_core::view::view;

const ROUNDS: usize = 51;

fn main() -> Result<(), InputError> {
    let target = |value: &str| {
        Change::Target(SetTarget {
            value: value.into(),
        })
    };
    let plan = input::real("10")?.apply(&target("2028-06-01"))?;
    let faster = plan.apply(&Change::Hours(SetHours { value: "12".into() }))?;
    let now = plan.start_instant();
    let scheduled = schedule(&plan, now);
    let goal = Target {
        phase: None,
        by: plan.target().unwrap_or_default(),
    };
    let after = schedule(&faster, now);
    let document = Document::new(plan.clone());

    let lay = || {
        let _ = black_box(schedule(&plan, now));
    };
    let cases: [(&str, &dyn Fn()); 6] = [
        ("a schedule, with reasons", &lay),
        ("the same with cushion, slack and verdict", &|| {
            let scheduled = schedule(&plan, now);
            let _ = black_box(slack(&plan, &scheduled, now));
        }),
        ("hours a week for a date", &|| {
            let _ = black_box(needed(&plan, now, goal, 3600));
        }),
        ("difference of 10 and 12 hours a week", &|| {
            let _ = black_box(differences(&scheduled, &after));
        }),
        ("difference with itself", &|| {
            let _ = black_box(differences(&scheduled, &scheduled));
        }),
        ("the view of the window", &|| {
            let _ = black_box(view(&document, now));
        }),
    ];
    let mut rounds = vec![Vec::new(); cases.len()];
    // In turns, so a busy computer slows down all of them equally.
    for _ in 0..ROUNDS {
        for ((_, case), rounds) in cases.iter().zip(&mut rounds) {
            let start = Instant::now();
            case();
            rounds.push(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    let mut medians = rounds.iter_mut().map(|rounds| {
        rounds.sort_by(f64::total_cmp);
        rounds[ROUNDS / 2]
    });
    let mut schedule_takes = None;
    for (name, _) in cases {
        let takes = medians.next().unwrap_or_default();
        let unit = *schedule_takes.get_or_insert(takes);
        println!("{name:<44} {takes:>8.1} µs {:>6.2} schedules", takes / unit);
    }
    Ok(())
}
