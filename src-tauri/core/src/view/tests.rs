use super::*;
use crate::plan::{Change, Keeping};
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

/// What is at hand on a Friday of the first week: Monday done, Tuesday in part, the others missed, and the plan laid anew or not.
#[test]
fn at_hand_is_what_can_be_ticked_made_up_or_begun() {
    let log = |start: &str, item: &str, minutes: &str| Change::Log {
        item: item.into(),
        start: start.into(),
        minutes: minutes.into(),
        note: "in the train".into(),
        entry: None,
    };
    let friday: DateTime<Utc> = "2027-01-08T17:00:00Z".parse().unwrap();
    let document = Document::new(plan());
    let changes = [
        log("2027-01-04T19:00", "python", "90"),
        log("2027-01-05T20:00", "data-structures-algorithms", "30"),
    ];
    let document = document.changed(&changes, friday).unwrap();
    let told = |document: &Document| {
        let plan = &document.plan;
        let agenda = agenda(plan, &track(plan, friday), friday);
        let list = |sessions: &[AgendaSession]| {
            let told = sessions.iter().map(|s| {
                let (start, end, state) = (&s.start, &s.end, s.state);
                let (done, minutes, begun) = (s.done_minutes, s.minutes, &s.begun);
                format!(
                    "  {start}-{end} {} {done}/{minutes} {state:?}, ticked from {begun}\n",
                    s.item
                )
            });
            told.collect::<String>()
        };
        format!(
            "{}\ntoday\n{}missed: {}\n{}next\n{}waiting: {} min\n",
            agenda.now,
            list(&agenda.today),
            agenda.missed_count,
            list(&agenda.missed),
            list(&agenda.next),
            agenda.waiting_minutes
        )
    };
    let keep = Keeping::Frozen;
    let again = document
        .changed(&[Change::Replan { keep }], friday)
        .unwrap();
    let baselines: Vec<String> = baselines(&again.plan)
        .iter()
        .map(|baseline| {
            let (name, set, finish) = (&baseline.name, baseline.set, baseline.finish);
            let (phase, item) = (baseline.phases[0], baseline.items[0]);
            format!("{name} set {set}, finish {finish:?}, phase 1 {phase:?}, python {item:?}")
        })
        .collect();
    insta::assert_snapshot!(format!(
        "{}\nlaid anew\n{}\n{}\n{:#?}",
        told(&document),
        told(&again),
        baselines.join("\n"),
        worklog(&again.plan)
    ));
}
