//! An outline that is pasted, and an edit of the roadmap: `cargo bench -p waymark-core --bench
//! outline`.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)] // a stopwatch needs a clock

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use waymark_core::document::Document;
use waymark_core::outline;
use waymark_core::plan::change::{MergeText, SetEffort, SetHours};
use waymark_core::plan::{Change, Plan, text as roadmap_text};
use waymark_core::roadmap::Roadmap;
use waymark_core::view::preview;
use waymark_core::zone::Zone;

/// The time that a paste of 1,000 lines may take.
const PASTE: Duration = Duration::from_millis(20);
/// The time that a megabyte may take.
const MEGABYTE: Duration = Duration::from_secs(1);
/// The most lines of a paste that one of a megabyte may cost.
const MEGABYTE_LINES: f64 = 2.0;
/// The most previews of the hours' slider that the preview of an edit may cost.
const EDIT_SLIDERS: f64 = 1.5;

fn main() {
    let lines = text(1_000);
    let paste = median(21, || {
        black_box(outline::read(lines.as_bytes()).unwrap()).steps
    });
    println!("{} lines understood in {paste:.1?}", lines.lines().count());

    let mut megabyte = String::new();
    while megabyte.len() < 1_000_000 {
        megabyte += &lines;
    }
    let read = median(5, || {
        black_box(outline::read(megabyte.as_bytes()).unwrap()).steps
    });
    let per_line = |time: Duration, text: &str| time.as_secs_f64() / text.lines().count() as f64;
    let lines_of_paste = per_line(read, &megabyte) / per_line(paste, &lines);
    println!(
        "{} bytes understood in {read:.1?}; a line of them costs {lines_of_paste:.2} of the above",
        megabyte.len()
    );

    let now: DateTime<Utc> = "2027-01-01T12:00:00Z".parse().unwrap();
    let zone = Zone::bundled("Europe/Berlin").unwrap();
    let start = "2027-01-04".parse().unwrap();
    let plan = Plan::new("p", Roadmap::embedded().unwrap(), start, zone, now).unwrap();
    let document = Document::new(plan);
    let written = roadmap_text::write(document.plan.roadmap());
    let previewed = |change: Change| {
        median(51, || {
            let plan = document
                .plan
                .changed(std::slice::from_ref(&change), now)
                .unwrap();
            u64::from(black_box(preview(&document, &plan, now)).summary.weeks)
        })
    };
    let slider = previewed(Change::Hours(SetHours { value: "12".into() }));
    let edits = [
        (
            "an edited effort",
            Change::Effort(SetEffort {
                item: "python".into(),
                value: "40h".into(),
            }),
        ),
        (
            "an edited text of the roadmap",
            Change::MergeText(MergeText {
                text: written.replacen("- Python (", "- Snake (9", 1),
            }),
        ),
    ];
    println!("a step of the hours' slider previewed in {slider:.1?}");
    let mut ratios = Vec::new();
    for (name, change) in edits {
        let time = previewed(change);
        let ratio = time.as_secs_f64() / slider.as_secs_f64();
        println!("{name} previewed in {time:.1?}, {ratio:.2} steps of the slider");
        ratios.push(ratio);
    }

    assert!(
        lines_of_paste < MEGABYTE_LINES,
        "a line of a megabyte costs {lines_of_paste:.2}"
    );
    assert!(
        ratios[0] < EDIT_SLIDERS,
        "an edit costs {:.2} steps of the slider",
        ratios[0]
    );
    // The promised times are those of a release.
    if !cfg!(debug_assertions) {
        assert!(paste < PASTE, "1,000 lines took {paste:?}");
        assert!(read < MEGABYTE, "a megabyte took {read:?}");
    }
}

/// An outline of this many lines: phases of headings, lists with links, prose and a table.
fn text(lines: usize) -> String {
    let mut text = String::from("# A long roadmap\n");
    for line in 1..lines {
        let _ = match line % 20 {
            1 => writeln!(text, "## Phase {}: Part {line} (4 weeks)", line / 20 + 1),
            7 => writeln!(
                text,
                "Some prose about the part, with **emphasis** and no list."
            ),
            13 => writeln!(
                text,
                "- [A link to line {line}](https://example.org/{line})"
            ),
            19 => writeln!(text, "**Outcome:** You can do part {line}"),
            _ => writeln!(text, "- Topic number {line} (30 min)"),
        };
    }
    text
}

/// The median time of some rounds.
fn median(rounds: usize, mut once: impl FnMut() -> u64) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let begun = Instant::now();
            black_box(once());
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[rounds / 2]
}
