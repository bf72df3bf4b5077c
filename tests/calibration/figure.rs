//! The tables and the plot of docs/forecasting.md:
//! `cargo run --release -p waymark-core --example calibration [PLOT.svg]`.
//!
//! With `LEARNERS=choose` it follows the learners on which the assumptions were chosen instead.

mod follow;
mod learners;

use std::error::Error;
use std::ops::Range;

use follow::{Outcome, WEEKS, follow};
use learners::{KINDS, Kind, UNSEEN};
use svg::Document;
use svg::node::element::{Circle, Line, Polyline, Rectangle, Text};
use waymark_core::plan::Plan;
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;

/// The learners of each kind that the assumptions were chosen on, by number.
const TO_CHOOSE: Range<u64> = 0..80;
/// Those that the results are shown for.
const TO_SHOW: Range<u64> = 10_000..10_060;
/// Rounds of each forecast: with all 10,000 the dates differ by a few days at most.
const ROUNDS: u32 = 2_000;
/// The plot's square and the margin around it, in pixels.
const SIDE: f64 = 360.0;
const EDGE: f64 = 56.0;
const COLOURS: [&str; 4] = ["#b8c8dc", "#7ea3cf", "#4b7fbf", "#1f5fa8"];

fn main() -> Result<(), Box<dyn Error>> {
    let is_choosing = std::env::var("LEARNERS").is_ok_and(|which| which == "choose");
    let numbers = if is_choosing { TO_CHOOSE } else { TO_SHOW };
    let kinds: Vec<Kind> = match is_choosing {
        true => KINDS.to_vec(),
        false => KINDS.into_iter().chain(UNSEEN).collect(),
    };
    let plan = Plan::new(
        "calibration",
        Roadmap::embedded()?,
        "2027-01-04".parse()?,
        Zone::bundled("Europe/Berlin").ok_or("no Berlin")?,
        "2026-11-23T12:00:00Z".parse()?,
    )?;
    let mut outcomes = Vec::new();
    for kind in kinds {
        for number in numbers.clone() {
            // Kinds have learners of their own.
            outcomes.push(follow(&plan, kind, number * 16 + kind as u64)?.outcome(ROUNDS)?);
        }
    }
    println!("By P80 after 0, 4, 12 and 24 weeks, and P95 by P50 of the time left:\n");
    println!("| learners | attendance | work by estimate | 0 | 4 | 12 | 24 | P95/P50 |");
    println!("|---|---|---|---|---|---|---|---|");
    let is_mixed = |outcome: &Outcome| KINDS.contains(&outcome.kind);
    for kind in KINDS {
        row(&format!("{kind:?}").to_lowercase(), &outcomes, |o| {
            o.kind == kind
        });
    }
    row("**all of these**", &outcomes, is_mixed);
    for kind in UNSEEN {
        row(
            &format!("{kind:?}, unseen").to_lowercase(),
            &outcomes,
            |o| o.kind == kind,
        );
    }
    println!("\n| all, after weeks | by P50 | by P80 | by P95 | P95/P50 |\n|---|---|---|---|---|");
    let mixed: Vec<&Outcome> = outcomes.iter().filter(|o| is_mixed(o)).collect();
    for (at, week) in WEEKS.iter().enumerate() {
        let [p50, p80, p95] = [0, 1, 2].map(|quantile| share(&mixed, at, quantile));
        let sharpness = sharpness(&mixed, at);
        println!("| {week} | {p50:.1}% | {p80:.1}% | {p95:.1}% | {sharpness:.2} |");
    }
    if let Some(path) = std::env::args().nth(1) {
        svg::save(path, &plot(&mixed))?;
    }
    Ok(())
}

/// The percentage of the learners who finished by a quantile of the forecast at one of the weeks.
fn share(outcomes: &[&Outcome], at: usize, quantile: usize) -> f64 {
    let within = outcomes
        .iter()
        .filter(|outcome| outcome.forecasts[at].within[quantile])
        .count();
    100.0 * within as f64 / outcomes.len() as f64
}

/// The mean of P95/P50.
fn sharpness(outcomes: &[&Outcome], at: usize) -> f64 {
    mean(outcomes, |outcome| outcome.forecasts[at].sharpness)
}

fn mean(outcomes: &[&Outcome], of: impl Fn(&Outcome) -> f64) -> f64 {
    outcomes.iter().map(|outcome| of(outcome)).sum::<f64>() / outcomes.len() as f64
}

fn row(name: &str, outcomes: &[Outcome], which: impl Fn(&Outcome) -> bool) {
    let some: Vec<&Outcome> = outcomes.iter().filter(|outcome| which(outcome)).collect();
    if some.is_empty() {
        return;
    }
    let p80 = [0, 1, 2, 3].map(|at| format!("{:.1}%", share(&some, at, 1)));
    let sharpness = [0, 1, 2, 3].map(|at| format!("{:.2}", sharpness(&some, at)));
    println!(
        "| {name} ({}) | {:.2} | {:.2} | {} | {} |",
        some.len(),
        mean(&some, |outcome| outcome.attendance),
        mean(&some, |outcome| outcome.accuracy),
        p80.join(" | "),
        sharpness.join(", "),
    );
}

/// For each chance that was given, the share of the learners who had finished by then.
fn curve(outcomes: &[&Outcome], at: usize) -> Vec<(f64, f64)> {
    let mut chances: Vec<f64> = outcomes.iter().map(|o| o.forecasts[at].chance).collect();
    chances.sort_by(f64::total_cmp);
    let part =
        |said: f64| chances.partition_point(|chance| *chance <= said) as f64 / chances.len() as f64;
    (0..=50)
        .map(|step| f64::from(step) / 50.0)
        .map(|said| (said, part(said)))
        .collect()
}

fn plot(outcomes: &[&Outcome]) -> Document {
    let x = |part: f64| EDGE + SIDE * part;
    let y = |part: f64| EDGE + SIDE * (1.0 - part);
    let size = SIDE + 2.0 * EDGE;
    let text = |at: (f64, f64), anchor: &str, words: String| {
        Text::new(words)
            .set("x", at.0)
            .set("y", at.1)
            .set("text-anchor", anchor)
            .set("fill", "#333")
    };
    let line = |from: (f64, f64), to: (f64, f64), colour: &str| {
        Line::new()
            .set("x1", x(from.0))
            .set("y1", y(from.1))
            .set("x2", x(to.0))
            .set("y2", y(to.1))
            .set("stroke", colour)
    };
    let mut document = Document::new()
        .set("viewBox", (0.0, 0.0, size, size))
        .set("font-family", "sans-serif")
        .set("font-size", 12)
        .add(
            Rectangle::new()
                .set("width", size)
                .set("height", size)
                .set("fill", "white"),
        );
    for fifth in 0..=5 {
        let part = f64::from(fifth) / 5.0;
        let percent = format!("{}%", fifth * 20);
        document = document
            .add(line((part, 0.0), (part, 1.0), "#ddd"))
            .add(line((0.0, part), (1.0, part), "#ddd"))
            .add(text((x(part), y(0.0) + 18.0), "middle", percent.clone()))
            .add(text((x(0.0) - 8.0, y(part) + 4.0), "end", percent));
    }
    document = document.add(line((0.0, 0.0), (1.0, 1.0), "#888").set("stroke-dasharray", "4 4"));
    for (at, (week, colour)) in WEEKS.iter().zip(COLOURS).enumerate() {
        let points = curve(outcomes, at);
        let path: Vec<String> = points
            .iter()
            .map(|(said, part)| format!("{:.1},{:.1}", x(*said), y(*part)))
            .collect();
        let label = match week {
            0 => "at the start".to_owned(),
            week => format!("after {week} weeks"),
        };
        let label_y = y(0.30 - 0.06 * at as f64);
        document = document
            .add(
                Polyline::new()
                    .set("points", path.join(" "))
                    .set("fill", "none")
                    .set("stroke", colour)
                    .set("stroke-width", 2),
            )
            .add(
                line((0.62, 0.0), (0.68, 0.0), colour)
                    .set("stroke-width", 2)
                    .set(
                        "transform",
                        format!("translate(0 {})", label_y - 4.0 - y(0.0)),
                    ),
            )
            .add(text((x(0.70), label_y), "start", label));
        for said in [0.5, 0.8, 0.95] {
            let found = points.iter().rfind(|(at, _)| *at <= said + 1e-9);
            let found = found.map_or(0.0, |(_, part)| *part);
            document = document.add(
                Circle::new()
                    .set("cx", x(said))
                    .set("cy", y(found))
                    .set("r", 3)
                    .set("fill", colour),
            );
        }
    }
    document
        .add(text(
            (size / 2.0, 30.0),
            "middle",
            format!(
                "{} learners: finished by the date with this chance",
                outcomes.len()
            ),
        ))
        .add(text(
            (size / 2.0, size - 14.0),
            "middle",
            "chance that the forecast gave".into(),
        ))
}
