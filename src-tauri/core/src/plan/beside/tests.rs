use serde_json::json;

use super::*;
use crate::document::Document;
use crate::plan::Change;
use crate::plan::change::{CountOtherPlans, SetHours, SetOtherPlans, SetPlanName};
use crate::progress::busy_ahead;
use crate::samples::embedded;
use crate::schedule::current;
use crate::view;

fn busy(start: &str, end: &str) -> BusyEntry {
    BusyEntry {
        start: start.parse().unwrap(),
        end: end.parse().unwrap(),
    }
}

/// An hour on Tuesday evenings from 5 January 2027 on, in Berlin.
fn evenings() -> Plan {
    let roadmap = json!({
        "id": "r", "title": "Baking", "nominal_hours_per_week": 1,
        "phases": [{"id": "p", "title": "P", "outcome": {"id": "o", "title": "O"},
            "items": [{"id": "bread", "title": "Bread", "kind": "topic", "effort_hours": 4}]}],
    });
    let plan = json!({
        "id": "baking", "start": "2027-01-04", "zone": "Europe/Berlin", "roadmap": roadmap,
        "windows": [{"day": "Tue", "from": "19:00", "to": "20:00"}],
    });
    Plan::from_json(&plan.to_string()).unwrap()
}

fn others(times: Vec<BusyEntry>) -> Change {
    let plans = [("Guitar".to_owned(), times)].into();
    Change::OtherPlans(SetOtherPlans { plans })
}

fn starts(plan: &Plan) -> Vec<String> {
    let sessions = current(plan).sessions;
    let starts = sessions.iter().map(|session| session.start.local().date());
    starts.map(|date| date.to_string()).collect()
}

#[test]
fn a_session_of_another_plan_is_busy_time_from_the_next_re_plan_on() {
    let plan = evenings();
    let now = plan.created().max(plan.start_instant());
    assert_eq!(starts(&plan)[..2], ["2027-01-05", "2027-01-12"]);
    let second = busy("2027-01-12T18:00:00Z", "2027-01-12T19:00:00Z");

    // Alone they change nothing: no session moves because of another plan.
    let told = plan.changed(&[others(vec![second.clone()])], plan.created());
    assert_eq!(told.unwrap(), plan);

    let document = Document::new(plan.clone());
    let half = Change::Hours(SetHours { value: "1".into() });
    let changes = [half, others(vec![second])];
    let moved = document.changed(&changes, now).unwrap();
    assert_eq!(starts(&moved.plan)[..2], ["2027-01-05", "2027-01-19"]);
    assert_eq!(moved.undo[0].name, "Hours 1 h → 1 h");
    let stored = Plan::from_file(moved.plan.to_file()).unwrap();
    assert_eq!(stored, moved.plan);
    assert_eq!(starts(&stored), starts(&moved.plan));
    assert_eq!(moved.undone().unwrap().unwrap().plan, plan);

    let spans = view::busy_times(&moved.plan, "2027-01-12".parse().unwrap(), 1);
    let [span] = &spans[..] else {
        panic!("{spans:?}");
    };
    assert_eq!(
        (span.source.as_deref(), span.is_plan),
        (Some("Guitar"), true)
    );
    assert_eq!(span.start, "2027-01-12T19:00");
}

#[test]
fn the_other_plans_count_unless_the_learner_says_no() {
    let plan = evenings();
    assert!(plan.counts_other_plans());
    let now = plan.start_instant();
    let every: Vec<BusyEntry> = (5..=26)
        .step_by(7)
        .map(|day| {
            let on = |hour: u32| format!("2027-01-{day:02}T{hour}:00:00Z");
            busy(&on(18), &on(19))
        })
        .collect();
    let hours = Change::Hours(SetHours { value: "1".into() });
    let full = plan
        .changed(&[hours.clone(), others(every.clone())], now)
        .unwrap();
    assert_eq!(starts(&full)[0], "2027-02-02");
    assert_eq!(
        view::busy_share(&full, now).unwrap(),
        "Your other plans take 1 h of your 1 h a week, on Tuesdays."
    );

    let off = Change::CountOthers(CountOtherPlans { counts: false });
    let alone = full.changed(&[off, others(every.clone())], now).unwrap();
    assert_eq!(starts(&alone), starts(&plan));
    assert_eq!(alone.other_plans().count(), 0);
    assert_eq!(Plan::from_file(alone.to_file()).unwrap(), alone);
    let on = Change::CountOthers(CountOtherPlans { counts: true });
    let again = alone.changed(&[on, others(every)], now).unwrap();
    assert_eq!(starts(&again), starts(&full));
}

#[test]
fn a_plan_has_a_name_of_its_own_or_that_of_its_roadmap() {
    let plan = evenings();
    assert_eq!((plan.title(), plan.own_name()), ("Baking", None));
    let named = |value: &str| {
        let value = value.to_owned();
        Change::PlanName(SetPlanName { value })
    };
    let document = Document::new(plan.clone());
    let now = plan.start_instant();
    let renamed = document.changed(&[named("  Bread for two ")], now).unwrap();
    assert_eq!(renamed.plan.title(), "Bread for two");
    assert_eq!(renamed.undo[0].name, "Plan renamed “Bread for two”");
    assert_eq!(starts(&renamed.plan), starts(&plan));
    let back = renamed.changed(&[named(" ")], now).unwrap();
    assert_eq!(back.plan.title(), "Baking");

    let said = |value: &str| plan.apply(&named(value)).unwrap_err().to_string();
    assert!(said("two\nlines").ends_with("Enter a name on one line."));
    assert!(said(&"x".repeat(201)).ends_with("Enter 1 to 200 characters."));
}

/// Two plans on the same evenings: the second gets windows after the first, and no session of one
/// overlaps with one of the other.
#[test]
fn a_second_plan_is_scheduled_beside_the_first() {
    let first = embedded();
    let now = first.start_instant();
    let second = first.with_time_of(&first, first.windows());
    assert_eq!(second.hours_per_week(), first.hours_per_week());
    for window in second.windows() {
        assert!(!first.windows().iter().any(|other| {
            other.day == window.day && other.start < window.end && window.start < other.end
        }));
    }
    let plans = [("First".to_owned(), busy_ahead(&first, now))];
    let plans = plans.map(|(title, busy)| {
        let entries: Vec<BusyEntry> = busy.into_iter().map(BusyEntry::from).collect();
        (title, entries)
    });
    // Also on the very same windows.
    for plan in [second, first.clone()] {
        let plans = plans.clone().into();
        let change = Change::OtherPlans(SetOtherPlans { plans });
        let beside = plan.apply(&change).unwrap();
        let (mine, theirs) = (busy_ahead(&beside, now), busy_ahead(&first, now));
        assert!(!mine.is_empty());
        for busy in &mine {
            let at = theirs.partition_point(|other| other.end <= busy.start);
            assert!(theirs.get(at).is_none_or(|other| other.start >= busy.end));
        }
    }
}
