//! An outline that is pasted, and an edit of the roadmap.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)] // a stopwatch needs a clock

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use waymark_core::document::Document;
use waymark_core::outline;
use waymark_core::plan::change::SetEffort;
use waymark_core::plan::{Change, Plan};
use waymark_core::roadmap::Roadmap;
use waymark_core::view::preview;
use waymark_core::zone::Zone;

/// The time that a paste of 1,000 lines may take.
const PASTE: Duration = Duration::from_millis(20);
/// The time that a megabyte may take.
const MEGABYTE: Duration = Duration::from_secs(1);
/// The time of the preview of an edit: a frame, as for the slider.
const EDIT: Duration = Duration::from_millis(16);

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
    println!("{} bytes understood in {read:.1?}", megabyte.len());

    let now: DateTime<Utc> = "2027-01-01T12:00:00Z".parse().unwrap();
    let zone = Zone::bundled("Europe/Berlin").unwrap();
    let start = "2027-01-04".parse().unwrap();
    let plan = Plan::new("p", Roadmap::embedded().unwrap(), start, zone, now).unwrap();
    let document = Document::new(plan);
    let edit = Change::Effort(SetEffort {
        item: "python".into(),
        value: "40h".into(),
    });
    let edited = median(51, || {
        let plan = document
            .plan
            .changed(std::slice::from_ref(&edit), now)
            .unwrap();
        u64::from(black_box(preview(&document, &plan, now)).summary.weeks)
    });
    println!("an edit previewed in {edited:.1?}");

    assert!(paste < PASTE, "1,000 lines took {paste:?}");
    assert!(read < MEGABYTE, "a megabyte took {read:?}");
    assert!(edited < EDIT, "an edit took {edited:?}");
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
