use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

use super::*;
use crate::plan::change::{
    IncludeItem, PinSession, SetHours, SetReview, SetSessionLength, SetStart, SetWeekCap,
};
use crate::plan::{Change, PinEntry};
use crate::roadmap::{ItemKind, Roadmap};
use crate::samples::{ZONES, zone};
use crate::zone::Zone;

fn plan(roadmap: Roadmap, start: NaiveDate, zone: Zone) -> Plan {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    Plan::new("p", roadmap, start, zone, created).unwrap()
}

fn with(plan: &Plan, changes: &[Change]) -> Plan {
    let apply = |plan: Plan, change| plan.apply(change).unwrap();
    changes.iter().fold(plan.clone(), apply)
}

fn hours(value: &str) -> Change {
    Change::Hours(SetHours {
        value: value.into(),
    })
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
        let zone = zone(ZONES[day as usize % ZONES.len()]);
        let nominal = plan(roadmap.clone(), first + Days::new(day), zone);
        for (hours_per_week, factor) in [("10", 2), ("5", 4), ("20", 1)] {
            // Two years of start dates at the nominal hours; the half and the double on every
            // fifth.
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
    let plan = plan(Roadmap::embedded().unwrap(), start, zone("Europe/Berlin"));
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
    let plan = plan(Roadmap::embedded().unwrap(), start, zone("Europe/Berlin"));
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
    let include = Change::Include(IncludeItem {
        item: item.into(),
        included: true,
    });
    let added = with(&plan, &[include]);
    let span = lay(&added).items[plan.roadmap().item(item).unwrap()];
    assert_eq!(span.unwrap().minutes, 40 * 60);
}

#[test]
fn work_that_no_window_can_hold_is_named_with_what_waits_for_it() {
    let start = "2027-01-04".parse().unwrap();
    let plan = plan(Roadmap::embedded().unwrap(), start, zone("Europe/Berlin"));
    let sessions = |min: &str, max: &str| {
        Change::Sessions(SetSessionLength {
            min: min.into(),
            max: max.into(),
        })
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
    let late = Change::Start(SetStart {
        value: "2089-12-31".into(),
    });
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

/// Over the slider's whole range and between its steps, a quarter of an hour more a week never
/// makes the plan finish later, and never delays a phase by as much as a shortest session.
#[test]
fn the_slider_never_goes_backwards() {
    let start = "2027-01-04".parse().unwrap();
    let plan = plan(Roadmap::embedded().unwrap(), start, zone("Europe/Berlin"));
    let ends = |quarters: u32| {
        let scheduled = lay(&plan.with_week_minutes(quarters * 15).unwrap());
        assert_eq!(scheduled.unplaced, []);
        let ends = scheduled
            .phases
            .iter()
            .flatten()
            .map(|span| span.end.seconds / 60);
        ends.collect::<Vec<i64>>()
    };
    let mut before = ends(2);
    for quarters in 3..=240 {
        let after = ends(quarters);
        let late = |(after, before): (&i64, &i64)| after - before;
        let late: Vec<i64> = after.iter().zip(&before).map(late).collect();
        assert!(
            late.last().is_none_or(|&late| late <= 0),
            "{quarters}: {late:?}"
        );
        assert!(late.iter().all(|&late| late < 30), "{quarters}: {late:?}");
        before = after;
    }
}

/// Few sessions are too short to get into the work, and few items begin with one.
#[test]
fn under_8_percent_of_the_sessions_are_half_an_hour_or_less() {
    let plan = crate::samples::embedded();
    let scheduled = lay(&plan);
    let short = scheduled.sessions.iter().filter(|s| s.minutes <= 30);
    let short = Vec::from_iter(short);
    let begun = short.iter().filter(|s| s.ordinal == 1).count();
    assert!(
        short.len() * 100 < scheduled.sessions.len() * 8,
        "{short:?}"
    );
    assert!(begun <= 2, "{short:?}");
}

#[test]
fn one_project_at_a_time() {
    let plan = crate::samples::embedded();
    let scheduled = lay(&plan);
    let items = &plan.roadmap().items;
    let projects = (0..items.len()).filter(|&item| items[item].kind == ItemKind::Project);
    let mut spans = Vec::from_iter(projects.filter_map(|item| scheduled.items[item]));
    spans.sort_by_key(|span| span.start);
    assert!(spans.len() >= 3);
    for pair in spans.windows(2) {
        assert!(pair[0].end.seconds <= pair[1].start.seconds, "{pair:?}");
    }
}

#[test]
fn pinned_sessions_overlap_only_if_one_begins_before_the_other_ends() {
    let roadmap = Roadmap::embedded().unwrap();
    let plan = plan(roadmap, "2027-01-04".parse().unwrap(), zone("UTC"));
    let pin = |start: &str| {
        Change::Pin(PinSession {
            pin: PinEntry {
                item: "python".into(),
                start: start.into(),
                minutes: 60,
            },
            instead: None,
        })
    };
    let overlaps = |second: &str| {
        let pinned = with(&plan, &[pin("2027-01-05T19:00"), pin(second)]);
        let mut conflicts = lay(&pinned).conflicts.into_iter();
        conflicts.any(|conflict| conflict.kind == ConflictKind::Overlap)
    };
    assert!(!overlaps("2027-01-05T20:00"), "they touch");
    assert!(overlaps("2027-01-05T19:59"));
}

/// Reviews to come are the same whenever one looks: a first week without time left, or with none
/// that its cap still allows, is the first all the same.
#[test]
fn only_the_first_week_has_no_review() {
    let review = Change::Review(SetReview { value: "20".into() });
    let cap = Change::WeekCap(SetWeekCap { value: "10".into() });
    let plan = with(&crate::samples::embedded(), &[review]);
    let start = plan.start_instant();
    let second_week = |slots: crate::availability::Slots<'_>| -> Vec<Slot> {
        let slots = slots.take_while(|slot| slot.start.instant() < start + TimeDelta::weeks(2));
        slots
            .filter(|slot| slot.start.instant() >= start + TimeDelta::weeks(1))
            .collect()
    };
    let expected = second_week(plan.slots(start));
    assert!(expected.iter().any(|slot| slot.purpose == Purpose::Review));
    for day in 0..7 {
        let slots = plan.slots(start + TimeDelta::days(day));
        assert_eq!(second_week(slots), expected, "from day {day}");
    }
    let capped = with(&plan, &[cap]);
    let none_left = Used { day: 0, week: 600 };
    assert_eq!(
        second_week(capped.slots_after(start, none_left)),
        second_week(capped.slots(start))
    );
}
