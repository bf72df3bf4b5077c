//! What holds for every schedule, of plans that nobody would make.

use std::collections::BTreeMap;

use chrono::{TimeDelta, Timelike};
use proptest::prelude::*;

use super::*;
use crate::difference::differences;
use crate::plan::Change;
use crate::roadmap::Requirement;
use crate::samples::{ZONES, plans, small_plans};

/// The day and the week of a session on the learner's clock, as numbers.
fn day_and_week(plan: &Plan, moment: Moment) -> (i64, i64) {
    let date = moment.local().date();
    let day = i64::from(chrono::Datelike::num_days_from_ce(&date));
    // Day 1 of the common era was a Monday.
    let first = i64::from(plan.availability().week_start.num_days_from_monday());
    (day, (day - 1 - first).div_euclid(7))
}

fn check(plan: &Plan, now: DateTime<Utc>, schedule: &Schedule) -> Result<(), TestCaseError> {
    let roadmap = plan.roadmap();
    let lengths = plan.session();
    let availability = plan.availability();
    let is_free = |why: Why| !matches!(why, Why::Pinned | Why::Kept);

    let mut given: BTreeMap<usize, u32> = BTreeMap::new();
    let mut by_day: BTreeMap<i64, u32> = BTreeMap::new();
    let mut by_week: BTreeMap<i64, u32> = BTreeMap::new();
    let mut last: Option<&Session> = None;
    let slots: Vec<Slot> = plan
        .slots(now)
        .take_while(|slot| {
            schedule
                .end()
                .is_some_and(|end| slot.start.seconds < end.seconds)
        })
        .collect();
    for session in &schedule.sessions {
        // Sessions never overlap, there is a break between them, and none lies before now or the plan's start.
        let start = session.start.instant();
        prop_assert!(start >= now && start >= plan.start_instant());
        if let Some(last) = last {
            let pause = if session.why == Why::Pinned {
                0
            } else {
                lengths.pause
            };
            prop_assert!(
                start >= last.end().plus(pause).instant(),
                "{last:?} {session:?}"
            );
        }
        last = Some(session);
        // The two clocks agree, at the end too unless the learner pinned it across a clock change.
        let zone = |moment: Moment| availability.zone_on(moment.local().date());
        let shown = start.with_timezone(&zone(session.start)).naive_local();
        prop_assert_eq!(shown, session.start.local());
        prop_assert_eq!(start.second(), 0);
        if session.why != Why::Pinned {
            // Each lies in one free slot, which lies in a window and touches no busy time.
            let index = slots.partition_point(|slot| slot.start.seconds <= session.start.seconds);
            let slot = &slots[index - 1];
            prop_assert!(
                slot.purpose == Purpose::Study && session.end().seconds <= slot.end().seconds
            );
        }
        let effort = plan.effort_minutes(&roadmap.items[session.item()]);
        // Pins, also those that lie behind, may leave any number of minutes of their item.
        let has_fixed = plan
            .pins()
            .iter()
            .any(|pin| roadmap.item(&pin.item) == Some(session.item()))
            || schedule
                .sessions
                .iter()
                .any(|s| s.item == session.item && !is_free(s.why));
        if is_free(session.why) {
            // Neither too long nor too short, unless the whole item, or what its pins leave of it, is shorter.
            prop_assert!(session.minutes <= lengths.max);
            prop_assert!(session.minutes >= lengths.min.min(effort) || has_fixed);
        }
        *given.entry(session.item()).or_default() += session.minutes;
        let (day, week) = day_and_week(plan, session.start);
        if session.why != Why::Pinned {
            *by_day.entry(day).or_default() += session.minutes;
            *by_week.entry(week).or_default() += session.minutes;
        }
    }
    // Caps hold for all but what the learner pinned.
    prop_assert!(
        by_day
            .values()
            .all(|&minutes| availability.day_cap.is_none_or(|cap| minutes <= cap))
    );
    prop_assert!(
        by_week
            .values()
            .all(|&minutes| availability.week_cap.is_none_or(|cap| minutes <= cap))
    );
    // Slots never overlap either, and none is busy.
    for pair in slots.windows(2) {
        prop_assert!(pair[0].end().seconds <= pair[1].start.seconds);
    }
    let buffer = TimeDelta::minutes(availability.buffer_minutes.into());
    for slot in &slots {
        let is_hit = |busy: &crate::availability::Busy| {
            slot.start.instant() < busy.end + buffer && slot.end().instant() > busy.start - buffer
        };
        prop_assert!(!availability.busy.iter().any(is_hit));
    }
    // Scheduled and unplaced are the effort, to the minute.
    for work in &schedule.unplaced {
        *given.entry(work.item).or_default() += work.minutes;
    }
    for (index, item) in roadmap.items.iter().enumerate() {
        prop_assert_eq!(
            given.get(&index).copied().unwrap_or(0),
            plan.effort_minutes(item)
        );
    }
    // Prerequisites end before their dependants start, but for what the learner pinned.
    for session in schedule
        .sessions
        .iter()
        .filter(|session| session.why != Why::Pinned)
    {
        let phase = &roadmap.phases[roadmap.items[session.item()].phase];
        for requirement in roadmap.items[session.item()]
            .requires
            .iter()
            .chain(&phase.requires)
        {
            let ends = match *requirement {
                Requirement::Item(other) => schedule.items[other],
                Requirement::Phase(other) => schedule.phases[other],
            };
            prop_assert!(ends.is_none_or(|before| before.end.seconds <= session.start.seconds));
        }
    }
    // Pinned sessions stay; those with nothing to do, or over another, are named.
    for pin in super::fixed::pinned(plan, &plan.left(), now).0 {
        let is_there = schedule.sessions.iter().any(|session| {
            session.why == Why::Pinned && session.item() == pin.item && session.start == pin.start
        });
        prop_assert!(is_there, "{pin:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, max_shrink_iters: 400, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn every_schedule_keeps_its_promises(plan in plans(), late in 0i64..100_000) {
        let now = plan.start_instant() + TimeDelta::minutes(late) + TimeDelta::seconds(late % 60);
        let first = schedule(&plan, now);
        check(&plan, now, &first)?;
        // Same input, same output; no change, no difference.
        prop_assert_eq!(&schedule(&plan, now), &first);
        prop_assert_eq!(differences(&first, &first), vec![]);
    }

    #[test]
    fn a_replan_keeps_its_promises_and_what_still_fits(plan in plans(), late in 0i64..50_000, elsewhere in prop::option::of(prop::sample::select(&ZONES[..])), keep in prop::sample::select(vec![Keep::Frozen, Keep::Fitting])) {
        let earlier = schedule(&plan, plan.start_instant());
        let now = plan.start_instant() + TimeDelta::minutes(late);
        // Meanwhile the learner may have moved to another zone for good.
        let zone = elsewhere.unwrap_or(plan.zone());
        let moved = plan.apply(&Change::Zone { value: zone.name().into() }).unwrap();
        check(&moved, now, &reschedule(&moved, now, &earlier, keep))?;
        // Re-planned at once and with all kept, nothing moves at all. (What had no place before may find one
        // beside what is kept.)
        if !earlier.unplaced.is_empty() {
            return Ok(());
        }
        let again = reschedule(&plan, plan.start_instant(), &earlier, Keep::Fitting);
        prop_assert_eq!(differences(&earlier, &again), vec![]);
    }

    /// More availability never finishes later where windows and efforts are multiples of the shortest session, as with the defaults.
    #[test]
    fn more_time_never_finishes_later_on_the_grid(plan in small_plans(), day in 0u64..60, at in 0u32..40, length in 1u32..8) {
        let more = with_extra_window(&plan, day, at * 30, (at + length).min(48) * 30);
        let end = |plan: &Plan| schedule(plan, plan.start_instant()).end().map(|end| end.seconds);
        prop_assert!(end(&more) <= end(&plan));
    }

    /// Off the grid it can, by what the session rule leaves unused: never more than 2·min − 2 minutes of a slot. So work is finished by the time
    /// at which the slots, each less that, hold it all.
    #[test]
    fn no_slot_is_left_unused_by_more_than_the_session_rule_does(plan in plans()) {
        let mut file = plan.to_file();
        let min = plan.session().min;
        (file.pins, file.break_minutes) = (Vec::new(), 0);
        file.session_max_minutes = Some(plan.session().max.max(2 * min));
        let plan = Plan::from_file(file).unwrap();
        let schedule = schedule(&plan, plan.start_instant());
        // Where no usual window holds a session, all waits for rare ones.
        let is_usual = plan.availability().usual_window() >= min;
        if !is_usual || !schedule.unplaced.is_empty() || schedule.sessions.is_empty() {
            return Ok(());
        }
        let end = schedule.end().unwrap().seconds;
        let mut left = schedule.minutes();
        for slot in plan.slots(plan.start_instant()).filter(|slot| slot.purpose == Purpose::Study) {
            if slot.start.seconds >= end {
                break;
            }
            // Here work is left: it must have been used but for the little that the rule may leave.
            let in_slot = schedule.sessions.iter()
                .filter(|s| slot.start.seconds <= s.start.seconds && s.start.seconds < slot.end().seconds);
            let used: u32 = in_slot.map(|session| session.minutes).sum();
            left -= u64::from(used);
            let unused = slot.minutes - used;
            prop_assert!(left == 0 || unused <= 2 * min - 2, "{slot:?} {unused} unused with {left} left");
        }
    }
}

fn with_extra_window(plan: &Plan, day: u64, start: u32, end: u32) -> Plan {
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let date = (plan.start() + chrono::Days::new(day)).to_string();
    let mut file = plan.to_file();
    file.exceptions
        .push(crate::plan::ExceptionEntry::ExtraWindow {
            first: date.clone(),
            last: date,
            from: clock(start),
            to: clock(end),
        });
    Plan::from_file(file).unwrap()
}
/// The example of docs/scheduling.md: off the grid, 45 minutes more on a Tuesday end four days later. The
/// longer session leaves 35 minutes that only a Sunday can hold.
#[test]
fn off_the_grid_more_time_can_finish_later() {
    let window =
        |day: &str, from: &str, to: &str| serde_json::json!({"day": day, "from": from, "to": to});
    let item = |id: &str, minutes: f64| serde_json::json!({"id": id, "title": id, "kind": "topic", "effort_hours": minutes / 60.0});
    let file = serde_json::json!({
        "id": "p", "start": "2027-01-04", "zone": "UTC",
        "windows": [
            window("Mon", "19:00", "19:30"), window("Wed", "19:00", "19:30"), window("Sun", "09:00", "10:05"),
        ],
        "roadmap": {"id": "r", "title": "R", "nominal_hours_per_week": 10, "phases": [{
            "id": "p1", "title": "P", "outcome": {"id": "o", "title": "O"}, "items": [item("a", 95.0), item("b", 90.0)],
        }]},
    });
    let plan = Plan::from_json(&file.to_string()).unwrap();
    let end = |plan: &Plan| {
        schedule(plan, plan.start_instant())
            .finish()
            .unwrap()
            .date()
            .to_string()
    };
    assert_eq!(end(&plan), "2027-01-13");
    assert_eq!(end(&with_extra_window(&plan, 1, 600, 645)), "2027-01-17");
}
