//! From a change to the disk and back: `cargo bench -p waymark-desk --bench saving`.
//!
//! The plan is the desktop app's, with 200 changes that can be undone and a full ring of earlier
//! plans, in a folder of the project's target folder, so on its disk.

use std::error::Error;
use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use waymark_core::document::{Document, EarlierPlan, MOST_STEPS};
use waymark_core::input_error::InputError;
use waymark_core::plan::change::SetHours;
use waymark_core::plan::{Change, Plan};
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;
use waymark_desk::plan_store::PlanStore;
use waymark_desk::ring::Ring;
use waymark_desk::storage::{PLAN, Storage};

const CHANGES: usize = 300;
const STARTS: usize = 31;

/// A promise, and the measured time.
struct Promise {
    what: &'static str,
    under: Duration,
    measured: Duration,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let storage = Storage::new(folder.path().join("plan"));
    let store = PlanStore::of_the_app(storage.clone());
    let mut now: DateTime<Utc> = "2026-12-01T12:00:00Z".parse()?;
    store.open_or(now, new_plan)?;
    let mut change = |number: usize| -> Result<Duration, InputError> {
        // A year passes, so that the ring has plans of days and weeks too.
        now += TimeDelta::hours(17);
        let hours = Change::Hours(SetHours {
            value: (5 + number % 7).to_string(),
        });
        let begun = Instant::now();
        store.change::<InputError>(now, |document| {
            document.changed(std::slice::from_ref(&hours), now)
        })?;
        Ok(begun.elapsed())
    };
    for number in 0..MOST_STEPS + 1 {
        change(number)?;
    }
    let saves: Vec<Duration> = (0..CHANGES).map(&mut change).collect::<Result<_, _>>()?;

    // The ring alone: the same plans into one of its own.
    let aside = Ring::of(&folder.path().join("aside"));
    let mut adds = Vec::new();
    for earlier in store
        .ring()
        .into_iter()
        .flat_map(|ring| ring.plans())
        .flatten()
        .rev()
    {
        let plan = EarlierPlan { ..earlier };
        let begun = Instant::now();
        aside.add(&plan)?;
        adds.push(begun.elapsed());
    }

    let text = fs::read_to_string(storage.document_path(PLAN))?;
    let reads = (0..51).map(|_| {
        let begun = Instant::now();
        let document = Document::from_json(&text)?;
        assert_eq!(document.undo.len(), MOST_STEPS);
        Ok(begun.elapsed())
    });
    let reads: Vec<Duration> = reads.collect::<Result<_, InputError>>()?;

    // Starts with the ring and without it, in turns.
    let ring = storage.path("history");
    let hidden = folder.path().join("hidden");
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        with.push(start(&storage, now)?);
        fs::rename(&ring, &hidden)?;
        without.push(start(&storage, now)?);
        fs::rename(&hidden, &ring)?;
    }
    let ring_bytes: u64 = fs::read_dir(&ring)?
        .filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()))
        .sum();
    println!(
        "{CHANGES} changes saved, {} kB each: median {:?}, 95 of 100 under {:?}",
        text.len() / 1000,
        at(&saves, 50),
        at(&saves, 95)
    );
    println!(
        "{} earlier plans in the ring, {} kB",
        adds.len(),
        ring_bytes / 1000
    );
    let promises = [
        Promise {
            what: "a change is on the disk, 95 of 100",
            under: Duration::from_millis(50),
            measured: at(&saves, 95),
        },
        Promise {
            what: "the ring's part of a save, median",
            under: Duration::from_millis(2),
            measured: at(&adds, 50),
        },
        Promise {
            what: "the ring's part of a start, median",
            under: Duration::from_millis(10),
            measured: at(&with, 50).saturating_sub(at(&without, 50)),
        },
        Promise {
            what: "reading a plan with 200 steps, median",
            under: Duration::from_millis(5),
            measured: at(&reads, 50),
        },
    ];
    let mut code = 0;
    for Promise {
        what,
        under,
        measured,
    } in promises
    {
        let is_kept = measured < under;
        code |= u8::from(!is_kept);
        let verdict = if is_kept { "kept" } else { "BROKEN" };
        println!("{what}: {measured:?}, under {under:?}: {verdict}");
    }
    Ok(ExitCode::from(code))
}

/// The time of a start up to the open plan.
fn start(storage: &Storage, now: DateTime<Utc>) -> Result<Duration, InputError> {
    let begun = Instant::now();
    PlanStore::of_the_app(storage.clone()).open_or(now, new_plan)?;
    Ok(begun.elapsed())
}

/// The time that this many of a hundred stay under.
fn at(times: &[Duration], percent: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    sorted.get(place).copied().unwrap_or_default()
}

fn new_plan() -> Result<Plan, InputError> {
    let start = NaiveDate::from_ymd_opt(2027, 1, 4).unwrap_or_default();
    let zone = Zone::bundled("Europe/Berlin").unwrap_or(Zone::utc());
    Plan::new(
        "bench",
        Roadmap::embedded()?,
        start,
        zone,
        DateTime::UNIX_EPOCH,
    )
}
