//! The speed of the scheduler: compared with the floor, over sizes, and on the real plan.
//!
//! `cargo bench -p waymark-core --bench schedule`; docs/performance.md explains the columns.
//! Scheduler and floor take turns within one run, so a busy computer slows down both equally: read
//! the ratios, not the nanoseconds.

#![allow(clippy::disallowed_methods)] // a stopwatch needs a clock

mod floor;
mod input;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use waymark_core::input_error::InputError;
use waymark_core::plan::Plan;
use waymark_core::schedule::schedule;

use input::{NOW, SIZES, real, synthetic};

const ROUNDS: usize = 21;
/// A faster program runs several times in a round, so that the clock can measure it.
const LEAST_ROUND: Duration = Duration::from_millis(2);

/// The promises that the bench checks.
const MOST_MICROSECONDS_REAL: f64 = 100.0;
const MOST_MICROSECONDS_SYNTHETIC: f64 = 150_000.0;
const MOST_SPREAD: f64 = 2.0;
const MOST_FLOORS: f64 = 5.0;

struct Case {
    name: String,
    plan: Plan,
    floor: floor::Input,
    sessions: f64,
    repeats: u32,
    rounds: Vec<Round>,
}

/// The seconds that one run took.
struct Round {
    scheduler: f64,
    floor: f64,
    /// The floor, given the zone's clock changes.
    given: f64,
}

fn main() -> Result<ExitCode, InputError> {
    let mut cases = Vec::new();
    for hours in ["5", "10", "20"] {
        cases.push(Case::new(format!("real, {hours} h"), real(hours)?));
    }
    let real = cases.len();
    for items in SIZES {
        cases.push(Case::new("made up".to_owned(), synthetic(items)?));
    }
    for _ in 0..ROUNDS {
        cases.iter_mut().for_each(Case::round);
    }

    println!("                             a schedule       ns/session:            ratio to:");
    println!("plan           items sessions        µs  scheduler floor given   floor  given");
    cases.iter().for_each(Case::print);
    println!();

    let most = |cases: &[Case], of: fn(&Case) -> f64| cases.iter().map(of).fold(0.0, f64::max);
    let per_session = most(&cases[real..], Case::per_session);
    let spread = per_session * most(&cases[real..], |case| 1.0 / case.per_session());
    let promises = [
        (
            "real plan, µs",
            most(&cases[..real], Case::microseconds),
            MOST_MICROSECONDS_REAL,
        ),
        (
            "100,000 items, µs",
            most(&cases[real..], Case::microseconds),
            MOST_MICROSECONDS_SYNTHETIC,
        ),
        ("spread over the sizes", spread, MOST_SPREAD),
        ("ratio to the floor", most(&cases, Case::ratio), MOST_FLOORS),
    ];
    for (what, value, most) in promises {
        let verdict = if value < most { "kept" } else { "BROKEN" };
        println!("{what:<22} {value:>9.2}, under {most}: {verdict}");
    }
    let are_kept = promises.iter().all(|(_, value, most)| value < most);
    Ok(ExitCode::from(u8::from(!are_kept)))
}

impl Case {
    fn new(name: String, plan: Plan) -> Self {
        let scheduled = schedule(&plan, NOW);
        let floor = floor::Input::new(&plan);
        let sessions = floor.lay(&floor.changes());

        assert!(
            scheduled.unplaced.is_empty(),
            "{name}: everything is scheduled"
        );
        let minutes: u64 = sessions
            .iter()
            .map(|session| u64::from(session.minutes))
            .sum();
        assert_eq!(
            minutes,
            scheduled.minutes(),
            "{name}: both schedule the same minutes"
        );
        let end = sessions.last().map(floor::Session::end);
        let finish = scheduled.end().map(|end| end.instant().timestamp());
        assert_eq!(end, finish, "{name}: both use the same slots");

        let once = time(1, || schedule(&plan, NOW));
        Self {
            name,
            plan,
            floor,
            sessions: scheduled.sessions.len() as f64,
            repeats: (LEAST_ROUND.as_secs_f64() / once).ceil() as u32,
            rounds: Vec::new(),
        }
    }

    fn round(&mut self) {
        let (plan, floor) = (&self.plan, &self.floor);
        let changes = floor.changes();
        self.rounds.push(Round {
            scheduler: time(self.repeats, || schedule(black_box(plan), NOW)),
            floor: time(self.repeats, || floor.lay(&black_box(floor).changes())),
            given: time(self.repeats, || floor.lay(black_box(&changes))),
        });
    }

    fn median(&self, of: impl Fn(&Round) -> f64) -> f64 {
        let mut values: Vec<f64> = self.rounds.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    }

    fn microseconds(&self) -> f64 {
        self.median(|round| round.scheduler) * 1e6
    }

    fn per_session(&self) -> f64 {
        self.microseconds() * 1e3 / self.sessions
    }

    fn ratio(&self) -> f64 {
        self.median(|round| round.scheduler / round.floor)
    }

    fn print(&self) {
        println!(
            "{:<12} {:>7} {:>8} {:>9.1}  {:>9.1} {:>5.1} {:>5.1} {:>7.2} {:>6.2}",
            self.name,
            self.plan.roadmap().items.len(),
            self.sessions,
            self.microseconds(),
            self.per_session(),
            self.median(|round| round.floor) * 1e9 / self.sessions,
            self.median(|round| round.given) * 1e9 / self.sessions,
            self.ratio(),
            self.median(|round| round.scheduler / round.given),
        );
    }
}

/// The seconds of one run, averaged over several, including the time to drop the result. A run
/// before them is not counted, so no program finds memory or cache as another one left them.
fn time<T>(repeats: u32, run: impl Fn() -> T) -> f64 {
    drop(black_box(run()));
    let begun = Instant::now();
    for _ in 0..repeats {
        drop(black_box(run()));
    }
    begun.elapsed().as_secs_f64() / f64::from(repeats)
}
