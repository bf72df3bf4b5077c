use proptest::prelude::*;

use super::*;
use crate::samples::plans;
use crate::schedule::schedule;

fn nominal() -> Plan {
    Plan::from_json(r#"{"id": "p", "start": "2027-01-04", "zone": "Europe/Berlin"}"#).unwrap()
}

fn ask(plan: &Plan, phase: Option<usize>, by: &str, cap_hours: u32) -> Needed {
    let by = by.parse().unwrap();
    needed(
        plan,
        plan.start_instant(),
        Target { phase, by },
        cap_hours * 60,
    )
}

#[test]
fn the_source_weeks_need_the_nominal_hours() {
    // 44 weeks, phases 1 to 7, 440 hours.
    let monitoring = 6;
    let plan = nominal();
    let answer = Needed::Minutes {
        week_minutes: 600,
        binding: monitoring,
    };
    assert_eq!(ask(&plan, Some(monitoring), "2027-11-07", 60), answer);
    let half = Needed::Minutes {
        week_minutes: 300,
        binding: monitoring,
    };
    assert_eq!(ask(&plan, Some(monitoring), "2028-09-10", 60), half);
}

#[test]
fn an_impossible_date_is_answered_with_the_earliest_one() {
    let plan = nominal();
    let by_then = Needed::NotEven {
        most_minutes: 720,
        earliest: "2027-11-27".parse().ok(),
    };
    assert_eq!(ask(&plan, None, "2027-06-01", 12), by_then);
    // A date before the plan starts cannot be met either, even with any number of hours.
    assert!(matches!(
        ask(&plan, None, "2026-01-01", 60),
        Needed::NotEven {
            most_minutes: 3600,
            earliest: Some(_)
        }
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// Either the answer is enough and a quarter of an hour less is not, or the most is not enough.
    #[test]
    fn the_answer_is_the_least(plan in plans(), days in 1u64..500, phase in any::<prop::sample::Index>(), whole in any::<bool>()) {
        let phases = plan.roadmap().phases.len();
        let goal = Target {
            phase: (!whole).then(|| phase.index(phases)),
            by: plan.start() + chrono::Days::new(days),
        };
        let now = plan.start_instant();
        let is_enough = |minutes: u32| {
            let plan = plan.with_week_minutes(minutes).unwrap();
            let scheduled = schedule(&plan, now);
            let goals = goal.phase.map_or(0..phases, |phase| phase..phase + 1);
            goals.into_iter().all(|phase| slack::is_met(&plan, &scheduled, phase, goal.by))
        };
        match needed(&plan, now, goal, 3000) {
            Needed::Minutes { week_minutes, .. } => {
                prop_assert!(is_enough(week_minutes));
                prop_assert!(week_minutes == 30 || !is_enough(week_minutes - STEP_MINUTES));
            }
            Needed::NotEven { most_minutes, earliest } => {
                prop_assert!(most_minutes < 30 || !is_enough(most_minutes));
                prop_assert!(earliest.is_none_or(|earliest| earliest > goal.by));
            }
        }
    }
}
