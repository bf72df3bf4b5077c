use super::*;
use crate::roadmap::Roadmap;
use crate::schedule::schedule;

fn plan() -> Plan {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = "2027-01-04".parse().unwrap();
    let zone = chrono_tz::Europe::Berlin;
    Plan::new("p", Roadmap::embedded().unwrap(), start, zone, created).unwrap()
}

#[test]
fn the_view_tells_what_the_schedule_has() {
    let plan = plan();
    let schedule = schedule(&plan, plan.start_instant());
    let view = view(
        &Document::new(plan),
        "2027-01-05T12:00:00Z".parse().unwrap(),
    );

    assert_eq!(view.chart.today, Some(1440 + 13 * 60));
    let rows = view.chart.phases.iter().flat_map(|phase| &phase.items);
    let marks: usize = rows.map(|item| item.sessions.len() / 2).sum();
    assert_eq!(marks, schedule.sessions.len());
    let phases: Vec<String> = view
        .chart
        .phases
        .iter()
        .map(|phase| {
            format!(
                "{} {:?} weeks {:?} from {:?} to {:?}, {} min, {} sessions",
                phase.number,
                phase.track,
                phase.weeks,
                phase.start,
                phase.end,
                phase.effort_minutes,
                phase.sessions
            )
        })
        .collect();
    insta::assert_snapshot!(format!("{:#?}\n{}", view.summary, phases.join("\n")));
}

#[test]
fn a_minute_past_the_chart_is_far_only_a_year_before_it() {
    let document = Document::new(plan());
    let today = |now: &str| view(&document, now.parse().unwrap()).chart.today;
    assert!(today("2026-11-23T12:00:00Z").is_some_and(|today| today < 0));
    assert_eq!(today("2020-01-01T12:00:00Z"), None);
}
