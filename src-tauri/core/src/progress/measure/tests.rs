use chrono::{TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::*;
use crate::plan::change::{Replan, SetBaseline, SetDone};
use crate::plan::{Change, Keep};
use crate::progress::progress;
use crate::samples::{embedded as plan, entry, plans};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn measured(plan: &Plan, now: &str) -> Measures {
    measure(plan, &progress(plan, at(now)), at(now))
}

/// The plan with all sessions from one date to another done as planned.
fn attended(plan: &Plan, from: &str, until: &str) -> Plan {
    let sessions = progress(plan, plan.start_instant()).sessions;
    let within = sessions.iter().filter(|session| {
        let date = session.start.local().date();
        (from.parse().unwrap()..=until.parse().unwrap()).contains(&date)
    });
    let done =
        within.map(|session| entry(plan, session.item, session.start.instant(), session.minutes));
    plan.changed(&done.collect::<Vec<_>>(), at(&format!("{until}T23:59:00Z")))
        .unwrap()
}

fn told(measures: &Measures) -> String {
    let ratio = |ratio: Option<f64>| ratio.map_or("–".into(), |ratio| format!("{ratio:.3}"));
    let time = measures.earned_schedule;
    let weeks: Vec<String> = measures
        .weeks
        .iter()
        .map(|week| format!("{} {}/{}", week.start, week.done, week.planned))
        .collect();
    format!(
        "against {}\nPV {} EV {} AC {} of BAC {}\nSPI {} CPI {}\nAT {} ES {} PD {} SV(t) {} SPI(t) {} IEAC(t) {}\nbehind {} min, {:.2} study days\nattendance {} accuracy {} streak {}\n{}\n",
        measures
            .baseline
            .as_deref()
            .unwrap_or("the plan as it stands"),
        measures.planned_value,
        measures.earned_value,
        measures.actual_cost,
        measures.budget,
        ratio(measures.spi),
        ratio(measures.cpi),
        time.actual_time,
        time.earned,
        time.planned_duration,
        time.variance(),
        ratio(time.index()),
        ratio(time.at_completion()),
        measures.behind_minutes,
        measures.behind_days,
        ratio(measures.attendance),
        ratio(measures.accuracy),
        measures.streak,
        weeks.join(", "),
    )
}

/// Worked examples of Lipke's (2003) formulas, published with the project pmcontrols
/// (`tests/validation_cases.json`: evm-hand-001, evm-ahead-003, es-interp-001, es-interp-003,
/// es-interp-004).
#[test]
fn published_examples_of_earned_schedule_come_out() {
    let line: Vec<(f64, f64)> = (0..=10)
        .map(|period| (f64::from(period), f64::from(period) * 10_000.0))
        .collect();
    let status = |earned: f64, actual_time: f64| EarnedSchedule {
        actual_time,
        earned: earned_schedule(&line, earned),
        planned_duration: 10.0,
    };
    let late = status(30_000.0, 4.0);
    assert_eq!(
        (late.earned, late.variance(), late.index()),
        (3.0, -1.0, Some(0.75))
    );
    assert!((late.at_completion().unwrap() - 13.333_333_333).abs() < 1e-9);
    let ahead = status(50_000.0, 4.0);
    assert_eq!(
        (
            ahead.earned,
            ahead.variance(),
            ahead.index(),
            ahead.at_completion()
        ),
        (5.0, 1.0, Some(1.25), Some(8.0))
    );
    assert_eq!(status(34_000.0, 4.0).earned, 3.4);
    let curve =
        |values: [f64; 6]| -> Vec<(f64, f64)> { (0..6).map(f64::from).zip(values).collect() };
    assert_eq!(
        earned_schedule(&curve([0.0, 20.0, 50.0, 90.0, 140.0, 200.0]), 70.0),
        2.5
    );
    assert_eq!(
        earned_schedule(&curve([0.0, 30.0, 70.0, 120.0, 180.0, 250.0]), 100.0),
        2.6
    );
}

#[test]
fn a_curve_that_is_reached_before_it_begins_after_it_ends_or_while_it_is_flat() {
    let curve = [(2.0, 10.0), (3.0, 20.0), (5.0, 20.0), (6.0, 30.0)];
    let reached = [5.0, 10.0, 20.0, 25.0, 30.0, 99.0].map(|earned| earned_schedule(&curve, earned));
    assert_eq!(reached, [2.0, 2.0, 5.0, 5.5, 6.0, 6.0]);
    assert_eq!(earned_schedule(&[], 1.0), 0.0);
}

#[test]
fn two_weeks_on_time_two_missed_and_one_of_two() {
    let (plan, now) = (plan(), "2027-01-18T00:00:00Z");
    let on_time = attended(&plan, "2027-01-04", "2027-01-17");
    let one_of_two = attended(&plan, "2027-01-11", "2027-01-17");
    insta::assert_snapshot!(
        [&on_time, &plan, &one_of_two]
            .map(|plan| told(&measured(plan, now)))
            .join("\n")
    );
    assert_eq!(measured(&plan, "2026-12-01T00:00:00Z").attendance, None);
}

#[test]
fn a_holiday_is_not_slippage_whether_it_was_planned_at_first_or_later() {
    let done = attended(&plan(), "2027-01-04", "2027-01-17");
    let off = |plan: &Plan| {
        let mut file: Value = serde_json::to_value(plan.to_file()).unwrap();
        file["exceptions"] =
            json!([{"kind": "time-off", "first": "2027-01-18", "last": "2027-01-31"}]);
        Plan::from_json(&file.to_string()).unwrap()
    };
    let later = off(&done);
    let at_first = off(&plan());
    let at_first = attended(&at_first, "2027-01-04", "2027-01-17");
    for plan in [&later, &at_first] {
        let measures = measured(plan, "2027-02-01T00:00:00Z");
        assert_eq!(
            (
                measures.behind_minutes,
                measures.behind_days,
                measures.streak
            ),
            (0, 0.0, 2)
        );
        assert_eq!(measures.earned_schedule.index(), Some(1.0));
    }
    assert_eq!(
        measured(&done, "2027-02-01T00:00:00Z").behind_minutes,
        1_200
    );
}

#[test]
fn late_work_is_seen_in_time_when_its_value_says_all_is_well() {
    let roadmap = json!({"id": "r", "title": "R", "nominal_hours_per_week": 3, "phases": [{
        "id": "a", "title": "A", "weeks": null, "outcome": {"id": "x", "title": "X"},
        "items": [{"id": "i", "title": "I", "kind": "topic", "effort_hours": 6}],
    }]});
    let file = json!({"id": "p", "start": "2027-01-04", "zone": "Europe/Berlin", "roadmap": roadmap,
        "week_minutes": 180, "days": ["Mon", "Wed"]});
    let plan = Plan::from_json(&file.to_string()).unwrap();
    let set = plan
        .changed(
            &[Change::Baseline(SetBaseline { name: "Set".into() })],
            at("2027-01-04T00:00:00Z"),
        )
        .unwrap();
    // Two weeks were planned. A week later everything is done, in half the estimated time.
    let now = at("2027-01-25T00:00:00Z");
    let late = set
        .changed(&[entry(&set, 0, at("2027-01-20T18:00:00Z"), 180)], now)
        .unwrap();
    let done = late
        .changed(
            &[Change::Done(SetDone {
                item: "i".into(),
                done: true,
            })],
            now,
        )
        .unwrap();
    insta::assert_snapshot!(
        [&late, &done]
            .map(|plan| told(&measured(plan, "2027-01-25T00:00:00Z")))
            .join("\n")
    );
}

#[test]
fn a_baseline_set_on_the_way_counts_what_was_done_and_not_what_was_missed() {
    let missed = attended(&plan(), "2027-01-11", "2027-01-17");
    let now = at("2027-01-18T00:00:00Z");
    let again = missed.changed(
        &[
            Change::Replan(Replan { keep: Keep::Frozen }),
            Change::Baseline(SetBaseline {
                name: "Again".into(),
            }),
        ],
        now,
    );
    let again = again
        .unwrap()
        .changed(
            &[Change::Baseline(SetBaseline {
                name: "Again".into(),
            })],
            now,
        )
        .unwrap();
    let measures = measured(&again, "2027-01-18T00:00:00Z");
    let effort: u64 = plan()
        .roadmap()
        .items
        .iter()
        .map(|item| u64::from(plan().effort_minutes(item)))
        .sum();
    assert_eq!(
        (
            measures.budget,
            measures.planned_value,
            measures.earned_value
        ),
        (effort, 600, 600)
    );
    assert_eq!((measures.behind_minutes, measures.spi), (0, Some(1.0)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, max_shrink_iters: 300, ..ProptestConfig::default() })]

    /// For every plan, figures stay within their bounds, weeks add up, and there is no ratio
    /// without a denominator.
    #[test]
    fn figures_keep_their_bounds(
        plan in plans(),
        days in -20i64..400,
        work in prop::collection::vec((any::<Index>(), 0i64..200_000, 1u32..300), 0..10),
        replan in any::<bool>(),
    ) {
        let now = plan.start_instant() + TimeDelta::days(days);
        let work = work.iter().map(|(item, before, minutes)| {
            entry(&plan, item.index(plan.roadmap().items.len()), now - TimeDelta::minutes(*before), *minutes)
        });
        let mut changes: Vec<Change> = work.collect();
        changes.extend(replan.then_some(Change::Replan(Replan { keep: Keep::Frozen })));
        let plan = plan.changed(&changes, now).unwrap();
        let measures = measure(&plan, &progress(&plan, now), now);
        prop_assert!(measures.planned_value <= measures.budget && measures.earned_value <= measures.budget);
        let time = measures.earned_schedule;
        prop_assert!(0.0 <= time.earned && time.earned <= time.planned_duration);
        let ratios = [measures.spi, measures.cpi, measures.attendance, measures.accuracy, time.index(), time.at_completion()];
        prop_assert!(ratios.into_iter().flatten().chain([measures.behind_days]).all(f64::is_finite));
        let logged: u64 = plan.log().iter().map(|entry| u64::from(entry.minutes)).sum();
        prop_assert_eq!(measures.weeks.iter().map(|week| week.done).sum::<u64>(), logged);
        prop_assert!(measures.weeks.windows(2).all(|two| (two[1].start - two[0].start).num_days() == 7));
        prop_assert!(measures.streak as usize <= measures.weeks.len());
        if measures.spi.is_none() {
            prop_assert_eq!(measures.planned_value, 0);
        }
    }
}
