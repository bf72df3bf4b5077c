use super::*;
use crate::forecast::{Basis, Forecast, Quantiles};
use crate::plan::change::{
    LogWork, PinSession, Replan, SetEstimate, SetKnown, SetPhaseTarget, SetTarget, SetWeekCap,
};
use crate::plan::{Change, Keep, KnownEntry, PinEntry};
use crate::roadmap::Item;
use crate::samples::embedded as plan;
use crate::schedule::schedule;

fn seen(plan: &Plan) -> View {
    view(&Document::new(plan.clone()), plan.start_instant())
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
    assert_eq!(today("2026-11-23T12:00:59Z"), today("2026-11-23T12:00:00Z"));
    assert_eq!(today("2020-01-01T12:00:00Z"), None);
}

/// The agenda on the Friday of the first week: Monday done, Tuesday in part, the others missed;
/// with and without a re-plan.
#[test]
fn at_hand_is_what_can_be_ticked_made_up_or_begun() {
    let log = |start: &str, item: &str, minutes: &str| {
        Change::Log(LogWork {
            item: item.into(),
            start: start.into(),
            minutes: minutes.into(),
            note: "in the train".into(),
            entry: None,
            again: false,
        })
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
        let agenda = agenda(plan, &crate::progress::progress(plan, friday), friday);
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
    let keep = Keep::Frozen;
    let again = document
        .changed(&[Change::Replan(Replan { keep })], friday)
        .unwrap();
    let progress = crate::progress::progress(&again.plan, friday);
    let baselines: Vec<String> = baselines(&again.plan, &progress)
        .iter()
        .map(|baseline| {
            let (name, set, finish) = (&baseline.name, baseline.set, baseline.finish);
            let (phase, item) = (baseline.phases[0], baseline.items[0]);
            format!("{name} set {set}, finish {finish:?}, phase 1 {phase:?}, python {item:?}")
        })
        .collect();
    let progress = crate::progress::progress(&document.plan, friday);
    let stands = progress_view(&document.plan, &progress, friday);
    insta::assert_snapshot!("where_one_stands", format!("{stands:#?}"));
    insta::assert_snapshot!(format!(
        "{}\nrescheduled\n{}\n{}\n{:#?}",
        told(&document),
        told(&again),
        baselines.join("\n"),
        worklog(&again.plan)
    ));
}

/// It said "you've done 8 h 8 min" beside "In all 8 h 10 min": the one counts hours as they were
/// planned, the other as they were spent. Hours logged before the first week were in the baseline
/// twice.
#[test]
fn hours_done_are_one_figure() {
    let plan = plan();
    let log = |start: &str, minutes: &str| {
        Change::Log(LogWork {
            item: "python".into(),
            start: start.into(),
            minutes: minutes.into(),
            note: String::new(),
            entry: None,
            again: false,
        })
    };
    let told = |entries: &[(&str, &str)], more: &[Change]| {
        let now: DateTime<Utc> = "2027-01-06T12:00:00Z".parse().unwrap();
        let entries: Vec<Change> = entries.iter().map(|(at, it)| log(at, it)).collect();
        let plan = plan.changed(&[&entries, more].concat(), now).unwrap();
        let view = view(&Document::new(plan.clone()), now).progress;
        let all = view.habits.iter().find(|habit| habit.name == "In all");
        assert_eq!(all.unwrap().value, words::effort(plan.done_minutes()));
        view.sentence
    };
    let as_planned = [("2027-01-04T19:00", "90"), ("2027-01-05T19:00", "40")];
    let begun_early = [("2027-01-02T19:00", "85"), ("2027-01-04T19:00", "90")];
    // By a new estimate the same hours are another part of the work.
    let estimate = |minutes: u32| {
        let item = "python".into();
        Change::Estimate(SetEstimate {
            item,
            minutes: minutes.to_string(),
        })
    };
    let left = plan.roadmap().items[plan.roadmap().item("python").unwrap()].effort_minutes;
    let slower = [estimate(left * 3 / 2 - 130)];
    let said = [
        told(&as_planned, &[]),
        told(&begun_early, &[]),
        told(&as_planned, &slower),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn target_dates_are_answered_in_sentences() {
    let told = |targets: &[(&str, &str)]| {
        let changes = targets.iter().map(|&(phase, value)| match phase {
            "" => Change::Target(SetTarget {
                value: value.into(),
            }),
            _ => Change::PhaseTarget(SetPhaseTarget {
                phase: phase.into(),
                value: value.into(),
            }),
        });
        let plan = plan().apply_all(&changes.collect::<Vec<_>>()).unwrap();
        let answers = seen(&plan).answers.unwrap();
        format!(
            "{targets:?}\n  {}: {}\n  {}\n  {}",
            answers.is_met, answers.short, answers.verdict, answers.takes
        )
    };
    let said = [
        told(&[("", "2028-06-01")]),
        told(&[("", "2027-09-01")]),
        told(&[("", "2027-02-01")]),
        told(&[("foundations", "2027-02-28")]),
        told(&[("foundations", "2027-01-31")]),
        told(&[("", "2028-06-01"), ("foundations", "2027-01-31")]),
    ];
    insta::assert_snapshot!(said.join("\n"));
    assert_eq!(seen(&plan()).answers, None);
}

/// Of the chart with a target date: the items of the critical path have the plan's own cushion and
/// no more.
#[test]
fn the_chart_tells_slack_and_critical_path() {
    let target = Change::Target(SetTarget {
        value: "2028-06-01".into(),
    });
    let view = seen(&plan().apply(&target).unwrap());
    let items: Vec<&ItemRow> = view.chart.phases.iter().flat_map(|p| &p.items).collect();
    let least = items.iter().filter_map(|item| item.slack_minutes).min();
    assert!(least.is_some_and(|least| least > 0));
    for item in &items {
        let is_least = item.slack_minutes.is_some() && item.slack_minutes == least;
        assert_eq!(item.critical, is_least, "{}", item.id);
    }
    let days = (NaiveDate::from_ymd_opt(2028, 6, 2).unwrap() - view.chart.origin).num_days();
    assert_eq!(view.chart.target.map(i64::from), Some(days * 1440));
    let without = seen(&plan()).chart;
    assert!(without.target.is_none());
    assert!(
        without
            .phases
            .iter()
            .flat_map(|p| &p.items)
            .all(|item| !item.critical)
    );
}

#[test]
fn every_session_says_why_in_words() {
    let pin = PinEntry {
        item: "python".into(),
        start: "2027-01-09T14:00".into(),
        minutes: 60,
    };
    let changes = [
        Change::Pin(PinSession { pin, instead: None }),
        Change::WeekCap(SetWeekCap {
            value: "480".into(),
        }),
    ];
    let plan = plan().apply_all(&changes).unwrap();
    let schedule = schedule(&plan, plan.start_instant());
    let chart = seen(&plan).chart;
    for (index, item) in chart.phases.iter().flat_map(|p| &p.items).enumerate() {
        let sessions = schedule.sessions.iter().filter(|s| s.item() == index);
        let said: Vec<String> = sessions.map(|s| reason(&plan, s.why).text).collect();
        let shown = item
            .whys
            .iter()
            .flatten()
            .map(|&why| &chart.reasons[why as usize].text);
        assert!(shown.eq(&said), "{}", item.id);
    }
    let words: Vec<&str> = chart.reasons.iter().map(|r| r.text.as_str()).collect();
    insta::assert_snapshot!(words[..8].join("\n"));
}

#[test]
fn a_forecast_says_what_it_rests_on() {
    let plan = plan();
    let date = |text: &str| text.parse().ok();
    let whole = Quantiles {
        p50: date("2028-03-01"),
        p80: date("2028-06-15"),
        p95: date("2028-12-31"),
    };
    let mut phases = vec![None; plan.roadmap().phases.len()];
    phases[1] = Some(whole);
    let assumed = Basis {
        weeks: 0,
        items: 0,
        own_attendance: 0.0,
        own_accuracy: 0.0,
        attendance: 0.8,
        accuracy: 1.3,
    };
    let own = Basis {
        weeks: 12,
        items: 1,
        own_attendance: 0.67,
        own_accuracy: 0.2,
        ..assumed
    };
    let known = |item: &Item| {
        Change::Known(SetKnown {
            item: item.id.clone(),
            known: Some(KnownEntry::Whole),
        })
    };
    let known: Vec<Change> = plan.roadmap().items.iter().map(known).collect();
    let done = plan.apply_all(&known).unwrap();
    let told = |plan: &Plan, whole, chance, basis| {
        let phases = phases.clone();
        let forecast = Forecast {
            phases,
            whole,
            chance,
            basis,
        };
        let view = forecast_view(plan, &forecast, plan.start_instant());
        let phase = &view.phases[0];
        assert_eq!((view.phases.len(), phase.number), (1, 2));
        format!(
            "{:?} {}\n{}\n{}\n{}\n{:?}",
            view.target, view.assumed, view.headline, view.sentence, view.basis, view.target_hours
        )
    };
    let said = [
        told(&plan, Some(whole), None, assumed),
        told(&plan, Some(whole), Some(0.625), own),
        told(&plan, None, Some(0.0), own),
        told(&done, None, None, own),
    ];
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn a_window_of_more_than_four_hours_is_said_if_the_hours_were_spread() {
    let said = |week_minutes: u32| {
        let plan = crate::samples::embedded()
            .with_week_minutes(week_minutes)
            .unwrap();
        let schedule = crate::schedule::schedule(&plan, plan.start_instant());
        Vec::from_iter(
            findings(&plan, &schedule)
                .into_iter()
                .map(|finding| finding.message),
        )
    };
    assert_eq!(said(600), Vec::<String>::new());
    assert_eq!(
        said(3600),
        [
            "On Saturday you'd study from 07:30 to 22:30 without a break; choose more days or fewer \
          hours, or set the windows yourself."
        ]
    );
}
