//! The table and the plot of docs/forecasting.md: `cargo run --release -p waymark-core --example
//! calibration [docs/images/calibration.svg]`.

mod learners;

use std::error::Error;

use learners::{KINDS, Kind, Outcome, follow};
use svg::Document;
use svg::node::element::{Circle, Line, Polyline, Rectangle, Text};
use waymark_core::forecast::ROUNDS;
use waymark_core::plan::Plan;
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;

/// Others than those that the assumptions were tried on.
const LEARNERS: std::ops::Range<u64> = 10_000..11_000;
/// The plot's square, and the room around it, in pixels.
const SIDE: f64 = 360.0;
const EDGE: f64 = 56.0;

fn main() -> Result<(), Box<dyn Error>> {
    let roadmap = Roadmap::embedded()?;
    let created = "2026-11-23T12:00:00Z".parse()?;
    let plan = Plan::new(
        "calibration",
        roadmap,
        "2027-01-04".parse()?,
        Zone::bundled("Europe/Berlin").ok_or("no Berlin")?,
        created,
    )?;
    let mut outcomes = Vec::new();
    for number in LEARNERS {
        outcomes.push(follow(&plan, number, ROUNDS)?);
    }
    println!(
        "| learners | attendance | work by estimate | by P50 | by P80 | by P95 |\n|---|---|---|---|---|---|"
    );
    for kind in KINDS {
        row(&format!("{kind:?}").to_lowercase(), &outcomes, |outcome| {
            outcome.kind == kind
        });
    }
    row("all", &outcomes, |_| true);
    if let Some(path) = std::env::args().nth(1) {
        svg::save(path, &plot(&outcomes))?;
    }
    Ok(())
}

fn row(name: &str, outcomes: &[Outcome], which: impl Fn(&Outcome) -> bool) {
    let some: Vec<&Outcome> = outcomes.iter().filter(|outcome| which(outcome)).collect();
    let share = |quantile: usize| {
        let within = some
            .iter()
            .filter(|outcome| outcome.within[quantile])
            .count();
        100.0 * within as f64 / some.len() as f64
    };
    let mean = |of: fn(&Outcome) -> f64| {
        some.iter().map(|outcome| of(outcome)).sum::<f64>() / some.len() as f64
    };
    let (attendance, accuracy) = (
        mean(|outcome| outcome.attendance),
        mean(|outcome| outcome.accuracy),
    );
    println!(
        "| {name} ({}) | {attendance:.2} | {accuracy:.2} | {:.1}% | {:.1}% | {:.1}% |",
        some.len(),
        share(0),
        share(1),
        share(2),
    );
}

/// For each chance that was said, the part of the learners who had finished by then.
fn curve(outcomes: &[Outcome], kind: Option<Kind>) -> Vec<(f64, f64)> {
    let of_kind = outcomes
        .iter()
        .filter(|outcome| kind.is_none_or(|kind| outcome.kind == kind));
    let mut chances: Vec<f64> = of_kind.filter_map(|outcome| outcome.told.chance).collect();
    chances.sort_by(f64::total_cmp);
    let part =
        |said: f64| chances.partition_point(|chance| *chance <= said) as f64 / chances.len() as f64;
    (0..=50)
        .map(|step| f64::from(step) / 50.0)
        .map(|said| (said, part(said)))
        .collect()
}

fn plot(outcomes: &[Outcome]) -> Document {
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
    for tenth in 0..=5 {
        let part = f64::from(tenth) / 5.0;
        let percent = format!("{}%", tenth * 20);
        document = document
            .add(line((part, 0.0), (part, 1.0), "#ddd"))
            .add(line((0.0, part), (1.0, part), "#ddd"))
            .add(text((x(part), y(0.0) + 18.0), "middle", percent.clone()))
            .add(text((x(0.0) - 8.0, y(part) + 4.0), "end", percent));
    }
    document = document.add(line((0.0, 0.0), (1.0, 1.0), "#888").set("stroke-dasharray", "4 4"));
    let curves = KINDS
        .map(|kind| (Some(kind), "#b8c8dc", 1.0))
        .into_iter()
        .chain([(None, "#1f5fa8", 2.5)]);
    for (kind, colour, width) in curves {
        let points = curve(outcomes, kind);
        let points: Vec<String> = points
            .iter()
            .map(|(said, part)| format!("{:.1},{:.1}", x(*said), y(*part)))
            .collect();
        document = document.add(
            Polyline::new()
                .set("points", points.join(" "))
                .set("fill", "none")
                .set("stroke", colour)
                .set("stroke-width", width),
        );
    }
    for said in [0.5, 0.8, 0.95] {
        let found = curve(outcomes, None)
            .into_iter()
            .rfind(|(at, _)| *at <= said + 1e-9);
        let found = found.map_or(0.0, |(_, part)| part);
        document = document.add(
            Circle::new()
                .set("cx", x(said))
                .set("cy", y(found))
                .set("r", 4)
                .set("fill", "#1f5fa8"),
        );
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
            "chance that the forecast gave after 12 weeks".into(),
        ))
}
