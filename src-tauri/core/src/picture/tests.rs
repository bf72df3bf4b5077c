use super::*;
use crate::plan::Change;
use crate::plan::change::SetHours;
use crate::samples::embedded;
use crate::schedule::{Schedule, schedule};

fn picture(change: impl FnOnce(&Plan) -> Plan) -> (Plan, Schedule, String) {
    let plan = change(&embedded());
    let schedule = schedule(&plan, plan.start_instant());
    let picture = svg(&plan, plan.created());
    (plan, schedule, picture)
}

#[test]
fn every_phase_item_session_and_outcome_is_drawn() {
    let (plan, schedule, picture) = picture(Plan::clone);
    let escaped = |text: &str| text.replace('&', "&amp;");
    for (phase, span) in plan.roadmap().phases.iter().zip(&schedule.phases) {
        assert!(picture.contains(&escaped(&phase.title)), "{}", phase.title);
        let outcome = picture.contains(&escaped(&phase.outcome));
        assert_eq!(outcome, span.is_some(), "{}", phase.outcome);
    }
    for item in &plan.roadmap().items {
        assert!(picture.contains(&escaped(&item.title)), "{}", item.title);
    }
    let marks = picture.matches("v10h-").count();
    assert_eq!(marks, schedule.sessions.len());
}

/// From a plan of some months to one of decades: nothing leaves the sheet.
#[test]
fn everything_lies_on_the_sheet() {
    for hours in ["0.5", "10", "60"] {
        let (_, _, picture) = picture(|plan| {
            plan.apply(&Change::Hours(SetHours {
                value: hours.into(),
            }))
            .unwrap()
        });
        let width: f64 = picture
            .split("width=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        for x in picture
            .split(" x=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
        {
            let x: f64 = x.parse().unwrap();
            assert!((0.0..=width).contains(&x), "{x} at {hours} hours a week");
        }
        assert!(picture.len() < 400_000, "{} bytes", picture.len());
    }
}
