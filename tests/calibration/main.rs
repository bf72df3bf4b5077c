//! Forecasts come true as often as they say: a short form of the tables in docs/forecasting.md.

mod follow;
mod learners;

use follow::{Outcome, WEEKS, follow};
use learners::KINDS;
use waymark_core::plan::Plan;
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;

/// Learners of each kind.
const LEARNERS: u64 = 30;
const ROUNDS: u32 = 400;

#[test]
fn about_four_of_five_learners_finish_by_p80_in_every_week() {
    let plan = Plan::new(
        "calibration",
        Roadmap::embedded().unwrap(),
        "2027-01-04".parse().unwrap(),
        Zone::bundled("Europe/Berlin").unwrap(),
        "2026-11-23T12:00:00Z".parse().unwrap(),
    )
    .unwrap();
    let outcomes: Vec<Outcome> = KINDS
        .iter()
        .flat_map(|kind| (0..LEARNERS).map(move |number| (*kind, number)))
        .map(|(kind, number)| {
            follow(&plan, kind, number * 16 + kind as u64)
                .unwrap()
                .outcome(ROUNDS)
                .unwrap()
        })
        .collect();
    for kind in KINDS {
        let some: Vec<&Outcome> = outcomes.iter().filter(|o| o.kind == kind).collect();
        let mean = |of: &dyn Fn(&Outcome) -> f64| {
            some.iter().map(|outcome| of(outcome)).sum::<f64>() / some.len() as f64
        };
        let chances = |outcome: &Outcome| outcome.forecasts.iter().map(|told| told.chance).sum();
        let (attendance, accuracy) = (mean(&|o| o.attendance), mean(&|o| o.accuracy));
        let chance = mean(&chances) / WEEKS.len() as f64;
        println!("{kind:?}: {attendance:.2} {accuracy:.2}; chance of the real finish {chance:.2}");
        assert!((0.3..1.0).contains(&attendance) && (1.0..1.6).contains(&accuracy));
    }
    let percent = |count: usize| 100 * count / outcomes.len();
    for (at, week) in WEEKS.iter().enumerate() {
        let by = |quantile: usize| {
            percent(
                outcomes
                    .iter()
                    .filter(|outcome| outcome.forecasts[at].within[quantile])
                    .count(),
            )
        };
        let found = [by(0), by(1), by(2)];
        let sharpness: f64 = outcomes
            .iter()
            .map(|outcome| outcome.forecasts[at].sharpness)
            .sum();
        let sharpness = sharpness / outcomes.len() as f64;
        println!("week {week}: by P50, P80, P95 {found:?}; P95/P50 {sharpness:.2}");
        // Two standard errors of 210 learners are 6 in 100 at P80.
        assert!((35..=65).contains(&found[0]), "week {week}: {found:?}");
        assert!((72..=91).contains(&found[1]), "week {week}: {found:?}");
        assert!((88..=100).contains(&found[2]), "week {week}: {found:?}");
        assert!(sharpness < 2.5, "week {week}: {sharpness}");
    }
}
