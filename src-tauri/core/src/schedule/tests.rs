use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, Timelike, Weekday};
use chrono_tz::{Africa, America, Asia, Australia, Europe, Pacific, Tz};
use proptest::prelude::*;

use super::*;
use crate::plan::Change;
use crate::roadmap::{Requirement, Roadmap};

const ZONES: [Tz; 9] = [
    Europe::Berlin,
    America::New_York,
    America::St_Johns,
    Asia::Kolkata,
    Asia::Tokyo,
    Australia::Lord_Howe,
    Pacific::Auckland,
    Pacific::Chatham,
    Africa::Casablanca,
];

fn plan(roadmap: Roadmap, start: NaiveDate, zone: Tz) -> Plan {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    Plan::new("p", roadmap, start, zone, created).unwrap()
}

fn with(plan: &Plan, changes: &[Change]) -> Plan {
    let apply = |plan: Plan, change| plan.apply(change).unwrap();
    changes.iter().fold(plan.clone(), apply)
}

fn hours(value: &str) -> Change {
    Change::Hours {
        value: value.into(),
    }
}

fn lay(plan: &Plan) -> Schedule {
    schedule(plan, plan.start_instant())
}

/// When the last window of this week of the plan ends, on the learner's clock.
fn week_end(plan: &Plan, week: u64) -> NaiveDateTime {
    let next_week = (plan.start() + Days::new(7 * week)).and_time(NaiveTime::MIN);
    let windows = |days_before: u64| {
        let date = (next_week - Days::new(days_before)).date();
        plan.windows()
            .iter()
            .filter(move |w| w.day == chrono::Datelike::weekday(&date))
            .map(move |w| date.and_time(NaiveTime::MIN) + TimeDelta::minutes(w.end.into()))
    };
    (1..=7).flat_map(windows).max().unwrap()
}

/// The first promise of the scheduler: the source's own weeks, to the minute.
#[test]
fn phases_end_exactly_where_the_source_says() {
    let roadmap = Roadmap::embedded().unwrap();
    let first: NaiveDate = "2026-01-01".parse().unwrap();
    for day in 0..731u64 {
        let zone = ZONES[day as usize % ZONES.len()];
        let nominal = plan(roadmap.clone(), first + Days::new(day), zone);
        for (hours_per_week, factor) in [("10", 2), ("5", 4), ("20", 1)] {
            // Two years of start dates at the nominal hours; the half and the double on every fifth.
            if factor != 2 && day % 5 != 0 {
                continue;
            }
            let plan = with(&nominal, &[hours(hours_per_week)]);
            let schedule = lay(&plan);
            let source = [6, 12, 18, 24, 32, 40, 44];
            for (phase, week) in schedule.phases.iter().zip(source) {
                assert_eq!(
                    phase.unwrap().end.local(),
                    week_end(&plan, week * factor / 2),
                    "{hours_per_week} h a week from {} in {zone}",
                    plan.start()
                );
            }
            assert_eq!(schedule.unplaced, []);
        }
    }
}

#[test]
fn a_week_is_not_one_topic_only() {
    let start = "2027-01-04".parse().unwrap();
    let plan = plan(Roadmap::embedded().unwrap(), start, Europe::Berlin);
    let schedule = lay(&plan);
    let title = |session: &Session| plan.roadmap().items[session.item()].title.as_str();
    let week: Vec<String> = schedule
        .sessions
        .iter()
        .take(7)
        .map(|session| {
            format!(
                "{} {} min {}",
                session.start.local().format("%a %H:%M"),
                session.minutes,
                title(session)
            )
        })
        .collect();
    insta::assert_snapshot!(week.join("\n"));
}

#[test]
fn the_career_track_waits_for_the_core_and_optional_items_for_the_learner() {
    let start = "2027-01-04".parse().unwrap();
    let plan = plan(Roadmap::embedded().unwrap(), start, Europe::Berlin);
    let without = lay(&plan);
    let core_end = without.phases[6].unwrap().end.seconds;
    let career = &without.phases[7..];
    assert!(
        career
            .iter()
            .flatten()
            .all(|span| span.start.seconds > core_end)
    );
    assert_eq!(without.phases[8], None);

    let item = "google-ml-engineer";
    let include = Change::Include {
        item: item.into(),
        included: true,
    };
    let added = with(&plan, &[include]);
    let span = lay(&added).items[plan.roadmap().item(item).unwrap()];
    assert_eq!(span.unwrap().minutes, 40 * 60);
}

#[test]
fn work_that_no_window_can_hold_is_named_with_what_waits_for_it() {
    let start = "2027-01-04".parse().unwrap();
    let plan = plan(Roadmap::embedded().unwrap(), start, Europe::Berlin);
    let sessions = |min: &str, max: &str| Change::Sessions {
        min: min.into(),
        max: max.into(),
    };
    let all = plan
        .roadmap()
        .items
        .iter()
        .filter(|i| plan.includes(i) && i.effort_minutes > 0)
        .count();

    let schedule = lay(&with(&plan, &[sessions("180", "240")]));
    assert_eq!((schedule.sessions.len(), schedule.unplaced.len()), (0, all));
    assert_eq!(
        schedule.unplaced[0].reason,
        Reason::SessionRule {
            longest_window: 150
        }
    );
    let python = plan.roadmap().item("python").unwrap();
    let rest = plan.roadmap().item("apis-rest").unwrap();
    let behind = schedule
        .unplaced
        .iter()
        .find(|work| work.item == rest)
        .unwrap();
    assert_eq!(behind.reason, Reason::Behind(python));

    // The calendar's end is a reason too.
    let late = Change::Start {
        value: "2089-12-31".into(),
    };
    let schedule = lay(&with(&plan, &[late, hours("0.5")]));
    assert!(
        schedule
            .unplaced
            .iter()
            .any(|work| work.reason == Reason::Horizon)
    );
    let placed: u64 = schedule
        .items
        .iter()
        .flatten()
        .map(|span| span.minutes)
        .sum();
    let unplaced: u64 = schedule
        .unplaced
        .iter()
        .map(|work| u64::from(work.minutes))
        .sum();
    assert_eq!(placed + unplaced, 564 * 60);
}

/// Half an hour more a week never means to be done later, over the whole of the slider.
#[test]
fn the_slider_never_goes_backwards() {
    let start = "2027-01-04".parse().unwrap();
    let plan = plan(Roadmap::embedded().unwrap(), start, Europe::Berlin);
    let finish = |half_hours: u32| {
        let value = (f64::from(half_hours) / 2.0).to_string();
        lay(&with(&plan, &[Change::Hours { value }]))
            .finish()
            .unwrap()
    };
    let finishes: Vec<NaiveDateTime> = (1..=120).map(finish).collect();
    let later: Vec<_> = finishes
        .windows(2)
        .filter(|pair| pair[1] > pair[0])
        .collect();
    assert_eq!(later, [] as [&[NaiveDateTime]; 0]);
}

/// A small roadmap of random efforts (in minutes) and prerequisites on earlier items.
fn roadmaps() -> impl Strategy<Value = Roadmap> {
    let item = (
        0u32..900,
        any::<bool>(),
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    );
    let phase = (prop::collection::vec(item, 1..7), any::<bool>());
    prop::collection::vec(phase, 1..5).prop_map(|phases| {
        let mut ids: Vec<String> = Vec::new();
        let phases: Vec<_> = phases.into_iter().enumerate().map(|(p, (items, weekly))| {
            let items: Vec<_> = items.into_iter().enumerate().map(|(i, (minutes, optional, requires))| {
                let id = format!("item-{p}-{i}");
                let requires: Vec<String> = match ids.len() {
                    0 => vec![],
                    count => requires.iter().map(|index| ids[index.index(count)].clone()).collect(),
                };
                ids.push(id.clone());
                serde_json::json!({
                    "id": id, "title": id, "kind": "topic", "requires": requires,
                    "optional": optional, "effort_hours": f64::from(minutes) / 60.0,
                })
            }).collect();
            let mut phase = serde_json::json!({
                "id": format!("phase-{p}"), "title": "P", "items": items,
                "outcome": {"id": format!("done-{p}"), "title": "Done"},
            });
            if weekly {
                phase["weeks"] = 400.into();
                phase["items"].as_array_mut().unwrap().push(serde_json::json!({
                    "id": format!("rest-{p}"), "title": "R", "kind": "tool", "weight": 1, "optional": true,
                }));
            }
            phase
        }).collect();
        let file = serde_json::json!({
            "id": "r", "title": "R", "nominal_hours_per_week": 10, "phases": phases,
        });
        Roadmap::from_json(&file.to_string()).unwrap()
    })
}

fn plans() -> impl Strategy<Value = Plan> {
    let sessions = (10u32..120, 0u32..180);
    let zones = prop::sample::select(&ZONES[..]);
    (
        roadmaps(),
        0u64..1500,
        zones,
        30u32..3600,
        1u32..128,
        sessions,
    )
        .prop_map(|(roadmap, day, zone, week_minutes, days, (min, more))| {
            let first: NaiveDate = "2026-01-01".parse().unwrap();
            let mut plan = plan(roadmap, first + Days::new(day), zone);
            let days: Vec<Weekday> = crate::availability::week()
                .into_iter()
                .enumerate()
                .filter_map(|(i, day)| (days >> i & 1 == 1).then_some(day))
                .collect();
            let most = days.len() as u32 * 15 * 60;
            let hours = f64::from(week_minutes.min(most)) / 60.0;
            let changes = [
                Change::Sessions {
                    min: min.to_string(),
                    max: (min + more).to_string(),
                },
                Change::Hours {
                    value: "0.5".into(),
                },
                Change::Days { days },
                Change::Hours {
                    value: hours.to_string(),
                },
            ];
            // Hours that do not fit on the days are refused; the plan is then one of half an hour.
            for change in changes {
                plan = plan.apply(&change).unwrap_or(plan);
            }
            plan
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// The invariants of docs/architecture.md, on plans that nobody would make.
    #[test]
    fn every_schedule_keeps_its_promises(plan in plans(), late in 0i64..100_000) {
        let now = plan.start_instant() + TimeDelta::minutes(late) + TimeDelta::seconds(late % 60);
        let schedule = schedule(&plan, now);
        let roadmap = plan.roadmap();
        let lengths = plan.session();

        let mut given: BTreeMap<usize, u32> = BTreeMap::new();
        let mut last_end = now;
        for session in &schedule.sessions {
            // Sessions never overlap, and none lies before now or the plan's start.
            prop_assert!(session.start.instant() >= last_end);
            last_end = session.end().instant();
            // Each lies in a window of its day, and the two clocks agree at both ends.
            let minute = |t: NaiveDateTime| t.hour() * 60 + t.minute();
            let day = chrono::Datelike::weekday(&session.start.local());
            let start = minute(session.start.local());
            let end = start + session.minutes;
            let held = |w: &crate::availability::Window| w.day == day && w.start <= start && end <= w.end;
            prop_assert!(plan.windows().iter().any(held));
            prop_assert_eq!(session.start.instant().with_timezone(&plan.zone()).naive_local(),
                session.start.local());
            let last = session.end().instant() - TimeDelta::minutes(1);
            prop_assert_eq!(last.with_timezone(&plan.zone()).naive_local(), session.end().local() - TimeDelta::minutes(1));
            // Neither too long nor too short, unless the whole item is shorter.
            let effort = roadmap.items[session.item()].effort_minutes;
            prop_assert!(session.minutes <= lengths.max.max(effort.min(lengths.min)));
            prop_assert!(session.minutes >= lengths.min.min(effort));
            let sum = given.entry(session.item()).or_default();
            *sum += session.minutes;
        }
        // Scheduled and unplaced are the effort, to the minute.
        for work in &schedule.unplaced {
            *given.entry(work.item).or_default() += work.minutes;
        }
        for (index, item) in roadmap.items.iter().enumerate() {
            let expected = if plan.includes(item) { item.effort_minutes } else { 0 };
            prop_assert_eq!(given.get(&index).copied().unwrap_or(0), expected);
        }
        // Prerequisites end before their dependants start.
        for (item, span) in roadmap.items.iter().zip(&schedule.items) {
            let Some(span) = span else { continue };
            for requirement in &item.requires {
                let ends = match *requirement {
                    Requirement::Item(other) => schedule.items[other],
                    Requirement::Phase(other) => schedule.phases[other],
                };
                prop_assert!(ends.is_none_or(|before| before.end.seconds <= span.start.seconds));
            }
        }
        // Same input, same output.
        prop_assert_eq!(&super::schedule(&plan, now), &schedule);
    }
}
