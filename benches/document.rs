//! The size of a stored plan over a learner's life, and the cost of a change:
//! `cargo bench -p waymark-core --bench document`.
//!
//! The life is the real plan at 10 hours a week. Each week the learner logs four sessions, misses
//! the others, and re-plans with the least disruption. Then the hours change, usually with the
//! least disruption too.

#![allow(clippy::disallowed_methods)] // a stopwatch needs a clock

#[allow(dead_code)] // the other benchmarks use the rest of it
mod input;

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use waymark_core::document::Document;
use waymark_core::input_error::InputError;
use waymark_core::plan::change::{LogWork, Replan, SetHours, SetTarget, Together};
use waymark_core::plan::{Change, Keep, Plan};
use waymark_core::progress::progress;

const WEEKS: i64 = 41;
const SESSIONS_A_WEEK: usize = 4;

fn main() -> Result<(), InputError> {
    let target = Change::Target(SetTarget {
        value: "2028-06-01".into(),
    });
    let plan = input::real("10")?.apply(&target)?;
    let mut document = Document::new(plan);
    let mut takes = [Vec::new(), Vec::new(), Vec::new()];
    let mut changes = 0;
    let mut largest = 0;
    println!(
        "{:>7} {:>9} {:>9} {:>9} {:>9}",
        "changes", "stored", "plan", "undo", "largest"
    );
    for week in 1..=WEEKS {
        let now = document.plan.start_instant() + TimeDelta::days(7 * week - 1);
        let logged = logged(&document.plan, now);
        for (change, now) in logged
            .into_iter()
            .chain(decisions(week).map(|change| (change, now)))
        {
            let before = document.clone();
            let start = Instant::now();
            document = before.changed(&[change], now)?;
            takes[0].push(start.elapsed());
            let start = Instant::now();
            let text = document.to_json()?;
            takes[1].push(start.elapsed());
            changes += 1;
            largest = largest.max(text.len());
            if week == WEEKS {
                let start = Instant::now();
                assert_eq!(Document::from_json(&text)?, document);
                takes[2].push(start.elapsed());
            }
        }
        if week % 10 == 0 || week == WEEKS {
            let stored = document.to_json()?.len();
            let plan = Document::new(document.plan.clone()).to_json()?.len();
            println!(
                "{changes:>7} {:>9} {:>9} {:>9} {:>9}",
                in_kb(stored),
                in_kb(plan),
                in_kb(stored - plan),
                in_kb(largest)
            );
        }
    }
    for (what, takes) in ["a change", "to write it", "to read it"]
        .iter()
        .zip(&mut takes)
    {
        takes.sort_unstable();
        let middle = takes.get(takes.len() / 2).copied().unwrap_or_default();
        let last = takes.last().copied().unwrap_or_default();
        println!("{what:<12} {middle:>9.1?}, at most {last:.1?}");
    }
    let start = Instant::now();
    let mut undone = 0;
    while let Some(before) = document.undone()? {
        document = before;
        undone += 1;
    }
    let all = start.elapsed();
    println!(
        "to undo      {:>9.1?} each, {undone} times",
        all / undone.max(1)
    );
    Ok(())
}

/// The first planned sessions of the week.
fn logged(plan: &Plan, now: DateTime<Utc>) -> Vec<(Change, DateTime<Utc>)> {
    let progress = progress(plan, now);
    let begun = |start: DateTime<Utc>| start < now && start >= now - TimeDelta::days(6);
    let sessions = progress
        .sessions
        .iter()
        .filter(|session| begun(session.start.instant()));
    let log = sessions.take(SESSIONS_A_WEEK).map(|session| {
        let change = Change::Log(LogWork {
            item: plan.roadmap().items[session.item].id.clone(),
            start: session.start.local().format("%Y-%m-%dT%H:%M").to_string(),
            minutes: session.minutes.to_string(),
            note: String::new(),
            entry: None,
            again: false,
        });
        (change, session.end().instant())
    });
    log.collect()
}

/// The learner's changes at the end of a week.
fn decisions(week: i64) -> [Change; 2] {
    let fitting = Change::Replan(Replan {
        keep: Keep::Fitting,
    });
    let hours = Change::Hours(SetHours {
        value: (9 + week % 3).to_string(),
    });
    if week % 8 == 0 {
        return [fitting, hours];
    }
    let changes = vec![hours, fitting.clone()];
    let name = "Other hours, the rest as it is".to_owned();
    [fitting, Change::All(Together { name, changes })]
}

fn in_kb(bytes: usize) -> String {
    format!("{} kB", bytes / 1000)
}
