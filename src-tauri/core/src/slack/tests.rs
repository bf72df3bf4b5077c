use proptest::prelude::*;

use super::*;
use crate::plan::Change;
use crate::roadmap::{Requirement, Roadmap};
use crate::samples::{plans, small_plans};

/// Whether any order of the items at all, without a session rule, meets every date: tries them all.
fn some_order_meets_all(plan: &Plan, available: &dyn Fn(NaiveDate) -> i64) -> bool {
    fn try_next(
        plan: &Plan,
        available: &dyn Fn(NaiveDate) -> i64,
        done: &mut Vec<usize>,
        used: i64,
    ) -> bool {
        let roadmap = plan.roadmap();
        if done.len() == roadmap.items.len() {
            return true;
        }
        for item in 0..roadmap.items.len() {
            let entry = &roadmap.items[item];
            let phase = &roadmap.phases[entry.phase];
            let is_done = |requirement: &Requirement| match *requirement {
                Requirement::Item(other) => done.contains(&other),
                Requirement::Phase(other) => roadmap.phases[other]
                    .items
                    .clone()
                    .all(|i| done.contains(&i)),
            };
            if done.contains(&item) || !entry.requires.iter().chain(&phase.requires).all(is_done) {
                continue;
            }
            let used = used + i64::from(plan.effort_minutes(entry));
            let by = plan.target_of(&phase.id);
            if by.is_some_and(|by| used > available(by)) {
                continue;
            }
            done.push(item);
            let is_met = try_next(plan, available, done, used);
            done.pop();
            if is_met {
                return true;
            }
        }
        false
    }
    try_next(plan, available, &mut Vec::new(), 0)
}

fn lay(plan: &Plan) -> (Schedule, Slack) {
    let laid = schedule(plan, plan.start_instant());
    let slack = slack(plan, &laid, plan.start_instant()).unwrap();
    (laid, slack)
}

fn all_met(plan: &Plan, laid: &Schedule) -> bool {
    let phases = plan.roadmap().phases.iter().enumerate();
    phases.into_iter().all(|(index, phase)| {
        plan.target_of(&phase.id)
            .is_none_or(|by| is_met(plan, laid, index, by))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_shrink_iters: 400, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn the_certificate_agrees_with_trying_every_order(plan in small_plans()) {
        let (_, slack) = lay(&plan);
        let available = |by: NaiveDate| available_by(&plan, plan.start_instant(), &[by])[0];
        prop_assert_eq!(slack.whole.minutes >= 0, some_order_meets_all(&plan, &available));
    }

    /// So much more work in an item, and no more, is what its slack says that the dates bear.
    #[test]
    fn slack_is_the_work_that_can_be_added(plan in small_plans(), pick in any::<prop::sample::Index>()) {
        let (_, slack) = lay(&plan);
        prop_assume!(slack.whole.minutes >= 0);
        let item = pick.index(plan.roadmap().items.len());
        let can_bear = |more: i64| {
            let mut file = plan.to_file();
            let entries = file.roadmap.as_mut().unwrap().phases.iter_mut().flat_map(|phase| &mut phase.items);
            let entry = entries.into_iter().nth(item).unwrap();
            let hours = entry.effort_hours.as_mut().unwrap();
            #[allow(clippy::cast_precision_loss)]
            { *hours += more as f64 / 60.0; }
            lay(&Plan::from_file(file).unwrap()).1.whole.minutes >= 0
        };
        let slack = slack.items[item].unwrap();
        prop_assert!(can_bear(slack) && !can_bear(slack + 1));
    }

    /// The verdict is what the scheduler then does.
    #[test]
    fn the_verdict_is_true_of_the_schedule(plan in plans()) {
        let laid = schedule(&plan, plan.start_instant());
        // A pinned session may lie outside the free time that a cushion counts.
        let has_pins = !plan.pins().is_empty();
        match slack(&plan, &laid, plan.start_instant()).map(|slack| slack.verdict) {
            Some(Verdict::Met) => prop_assert!(all_met(&plan, &laid)),
            Some(Verdict::TooFewHours { .. }) => prop_assert!(has_pins || !all_met(&plan, &laid)),
            Some(Verdict::SessionRule { .. } | Verdict::Order { .. }) => prop_assert!(!all_met(&plan, &laid)),
            None => {}
        }
    }
}

fn nominal(target: &str) -> Plan {
    let file = serde_json::json!({
        "id": "p", "start": "2027-01-04", "zone": "Europe/Berlin", "phase_targets": {"monitoring-observability": target},
    });
    Plan::from_json(&file.to_string()).unwrap()
}

/// The source's own 44 weeks at its nominal hours leave nothing over; a week more leaves ten hours; a week less is short of them.
#[test]
fn the_cushion_of_the_nominal_plan() {
    for (target, minutes) in [("2027-11-06", 0), ("2027-11-13", 600), ("2027-10-30", -600)] {
        let plan = nominal(target);
        let (_, slack) = lay(&plan);
        assert_eq!(slack.whole.minutes, minutes, "by {target}");
        assert_eq!(slack.whole.by.to_string(), target);
        let is_met = matches!(slack.verdict, Verdict::Met);
        assert_eq!(is_met, minutes >= 0);
        // Every item of the core is as critical as the next, and no date waits for the career track.
        let core = plan
            .roadmap()
            .items
            .iter()
            .take_while(|item| item.phase < 7)
            .count();
        assert_eq!(slack.critical, (0..core).collect::<Vec<_>>());
        assert_eq!(slack.items[core], None);
    }
}

#[test]
fn without_a_target_there_is_no_slack() {
    let start = "2027-01-04".parse().unwrap();
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let plan = Plan::new(
        "p",
        Roadmap::embedded().unwrap(),
        start,
        chrono_tz::UTC,
        created,
    )
    .unwrap();
    let plan = plan.apply(&Change::Hours { value: "12".into() }).unwrap();
    let laid = schedule(&plan, plan.start_instant());
    assert_eq!(slack(&plan, &laid, plan.start_instant()), None);
}
