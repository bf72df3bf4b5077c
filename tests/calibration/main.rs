//! Forecasts come true as often as they say: the short form of the figure in docs/forecasting.md.

mod learners;

use learners::{Outcome, follow};
use waymark_core::plan::Plan;
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;

const LEARNERS: u64 = 200;

#[test]
fn four_of_five_learners_finish_by_the_date_that_is_said_to_be_four_to_one() {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = "2027-01-04".parse().unwrap();
    let roadmap = Roadmap::embedded().unwrap();
    let plan = Plan::new(
        "calibration",
        roadmap,
        start,
        Zone::bundled("Europe/Berlin").unwrap(),
        created,
    )
    .unwrap();
    let outcomes: Vec<Outcome> = (0..LEARNERS)
        .map(|number| follow(&plan, number, 400).unwrap())
        .collect();
    assert!(outcomes.iter().all(|outcome| outcome.told.whole.is_some()));
    let within = |quantile: usize| {
        let count = outcomes
            .iter()
            .filter(|outcome| outcome.within[quantile])
            .count();
        100 * count / outcomes.len()
    };
    let found = [within(0), within(1), within(2)];
    let mean =
        |of: fn(&Outcome) -> f64| outcomes.iter().map(of).sum::<f64>() / outcomes.len() as f64;
    let (attendance, accuracy) = (
        mean(|outcome| outcome.attendance),
        mean(|outcome| outcome.accuracy),
    );
    println!(
        "within P50, P80, P95: {found:?}%; attendance {attendance:.2}, work by estimate {accuracy:.2}"
    );
    let of_kind = |kind| {
        outcomes
            .iter()
            .filter(|outcome| outcome.kind == kind)
            .count()
    };
    assert!(
        learners::KINDS
            .iter()
            .all(|kind| of_kind(*kind) == outcomes.len() / learners::KINDS.len())
    );
    // Two standard errors of 200 learners are 6 in 100 at P80.
    assert!((40..=60).contains(&found[0]), "{found:?}");
    assert!((74..=86).contains(&found[1]), "{found:?}");
    assert!((90..=99).contains(&found[2]), "{found:?}");
}
