//! Properties of every schedule, tested on random plans that nobody would make.

use std::collections::BTreeMap;

use chrono::{TimeDelta, Timelike};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::difference::differences;
use crate::plan::change::{Replan, SetNotBefore, SetZone};
use crate::plan::{BusyEntry, Change, Keep, LogEntry, PlanFile};
use crate::roadmap::Requirement;
use crate::samples::{ZONES, plans, small_plans};
use crate::words::clock;

/// The day and the week of a session on the learner's clock, as numbers.
fn day_and_week(plan: &Plan, moment: Moment) -> (i64, i64) {
    let date = moment.local().date();
    let day = i64::from(chrono::Datelike::num_days_from_ce(&date));
    // Day 1 of the common era was a Monday.
    let first = i64::from(plan.availability().week_start.num_days_from_monday());
    (day, (day - 1 - first).div_euclid(7))
}

/// Inputs of a schedule.
struct Made {
    origin: Origin,
    /// Sessions that were kept stay as they are until then.
    frozen_until: DateTime<Utc>,
}

impl Made {
    /// For `schedule(plan, now)`.
    fn at(plan: &Plan, now: DateTime<Utc>) -> Self {
        Self {
            origin: Origin::at(plan, now),
            frozen_until: now,
        }
    }

    /// For `current(plan)`.
    fn of(plan: &Plan) -> Self {
        let origin = Origin::of_current(plan);
        let frozen_until = plan
            .basis()
            .map_or(origin.from, |_| frozen_until(plan, origin.from));
        Self {
            origin,
            frozen_until,
        }
    }
}

/// The promises of a schedule.
fn check(plan: &Plan, made: &Made, schedule: &Schedule) -> Result<(), TestCaseError> {
    let frozen_until = made.frozen_until;
    let Origin {
        from: now,
        used,
        ref left,
        ..
    } = made.origin;
    let roadmap = plan.roadmap();
    let lengths = plan.session();
    let availability = plan.availability();
    let is_free = |why: Why| !matches!(why, Why::Pinned | Why::Kept);
    let is_fixed = |session: &Session| {
        let is_frozen = session.why == Why::Kept && session.start.instant() < frozen_until;
        session.why == Why::Pinned || is_frozen
    };

    let mut given: BTreeMap<usize, u32> = BTreeMap::new();
    let mut by_day: BTreeMap<i64, u32> = BTreeMap::new();
    let mut by_week: BTreeMap<i64, u32> = BTreeMap::new();
    let mut last: Option<&Session> = None;
    let today = day_and_week(plan, plan.moment_at(now.max(plan.start_instant())));
    by_day.insert(today.0, used.day);
    by_week.insert(today.1, used.week);
    let slots: Vec<Slot> = made
        .origin
        .slots(plan)
        .take_while(|slot| {
            schedule
                .end()
                .is_some_and(|end| slot.start.seconds < end.seconds)
        })
        .collect();
    for session in &schedule.sessions {
        // Sessions never overlap, there is a break between them, and none lies before now or the
        // plan's start.
        let start = session.start.instant();
        prop_assert!(start >= now && start >= plan.start_instant());
        if let Some(last) = last {
            let pause = if is_fixed(session) { 0 } else { lengths.pause };
            prop_assert!(
                start >= last.end().plus(pause).instant(),
                "{last:?} {session:?}"
            );
        }
        last = Some(session);
        // The two clocks agree; between two zones, it is the one that the learner leaves.
        let date = session.start.local().date();
        let shown = |date| {
            start
                .with_timezone(&availability.zone_on(date))
                .naive_local()
        };
        let is_there = shown(date) == session.start.local();
        let before = date.pred_opt().unwrap();
        prop_assert!(is_there || is_fixed(session) && shown(before) == session.start.local());
        prop_assert_eq!(start.second(), 0);
        // Each lies in one free slot, which lies in a window and touches no busy time; what has its
        // place may go on into the next, and what stays in any case is named where it lies outside.
        // A pin may be in the reserve.
        let is_for_it = |slot: &&Slot| match slot.purpose {
            Purpose::Study => true,
            Purpose::Review => false,
            Purpose::Reserve => session.why == Why::Pinned,
        };
        let slots_of: Vec<&Slot> = slots
            .iter()
            .filter(is_for_it)
            .filter(|slot| slot.start.seconds < session.end().seconds)
            .filter(|slot| slot.end().seconds > session.start.seconds)
            .collect();
        let overlap = |slot: &Slot| {
            let from = slot.start.seconds.max(session.start.seconds);
            (slot.end().seconds.min(session.end().seconds) - from) / 60
        };
        let in_slots: i64 = slots_of.iter().map(|slot| overlap(slot)).sum();
        let is_inside = in_slots == i64::from(session.minutes);
        let outside = match session.why {
            Why::Pinned => ConflictKind::OutsideAvailability,
            _ => ConflictKind::FrozenOutside,
        };
        let is_named = schedule
            .conflicts
            .iter()
            .any(|c| c.start == session.start && c.kind == outside);
        prop_assert_eq!(is_named, !is_inside, "{:?} {:?}", session, slots_of);
        prop_assert!(is_inside || is_fixed(session));
        // None is before its item's date, but for what stays where it is, and that is named.
        let date_of = plan.not_before(&roadmap.items[session.item()]);
        let is_early = date_of.is_some_and(|first| date < first);
        let early = match session.why {
            Why::Pinned => ConflictKind::PinnedBeforeDate,
            _ => ConflictKind::FrozenBeforeDate,
        };
        let is_early_named = schedule
            .conflicts
            .iter()
            .any(|c| c.start == session.start && c.kind == early);
        prop_assert_eq!(is_early_named, is_early, "{:?} {:?}", session, date_of);
        prop_assert!(!is_early || is_fixed(session));
        let is_in_one = slots_of.len() == 1;
        prop_assert!(
            is_in_one || !is_free(session.why),
            "{session:?} {slots_of:?}"
        );
        let effort = left[session.item()];
        // Pins, also those that lie behind, may leave any number of minutes of their item; so may
        // sessions that a re-plan would keep and that no longer fit, once their work is free again.
        let is_item = |id: &str| roadmap.item(id) == Some(session.item());
        let has_fixed = plan
            .basis()
            .is_some_and(|basis| basis.kept.iter().any(|kept| is_item(&kept.item)))
            || plan.pins().iter().any(|pin| is_item(&pin.item))
            || schedule
                .sessions
                .iter()
                .any(|s| s.item == session.item && !is_free(s.why));
        if is_free(session.why) {
            // Neither too long nor too short, unless the whole item, or what its pins leave of it,
            // is shorter; the last of an item may be either, and the one before it a little short.
            let later = schedule
                .sessions
                .iter()
                .filter(|s| s.item == session.item && s.start.seconds > session.start.seconds);
            let (longest, shortest) = match later.count() {
                0 => (lengths.max + lengths.min / 2, 1),
                // Followed by fixed ones it may still be the last that is free to move.
                _ if has_fixed => (lengths.max + lengths.min / 2, 1),
                1 => (lengths.max, lengths.min.saturating_sub(9).max(1)),
                _ => (lengths.max, lengths.min),
            };
            prop_assert!(session.minutes <= longest);
            prop_assert!(session.minutes >= shortest.min(effort));
        }
        *given.entry(session.item()).or_default() += session.minutes;
        // A session that goes on past midnight is of both days.
        for slot in slots_of.iter().filter(|_| !is_fixed(session)) {
            let minutes = u32::try_from(overlap(slot)).unwrap();
            let (day, week) = day_and_week(plan, slot.start);
            *by_day.entry(day).or_default() += minutes;
            *by_week.entry(week).or_default() += minutes;
        }
    }
    // Caps hold for all but what stays where it is, and that counts towards them. Work done before
    // counts too; alone it can exceed a cap, and nothing is added then.
    let (mut pinned_on, mut pinned_in) = (BTreeMap::new(), BTreeMap::new());
    for session in schedule.sessions.iter().filter(|s| is_fixed(s)) {
        // Between two zones, the day is that of the clock that the learner leaves.
        let start = plan.moment_at(session.start.instant());
        let (day, week) = day_and_week(plan, start);
        *pinned_on.entry(day).or_insert(0) += session.minutes;
        *pinned_in.entry(week).or_insert(0) += session.minutes;
    }
    let is_held = |minutes: &BTreeMap<i64, u32>,
                   pinned: &BTreeMap<i64, u32>,
                   (now, used): (i64, u32),
                   cap: Option<u32>| {
        minutes.iter().all(|(&time, &minutes)| {
            let pinned = pinned.get(&time).copied().unwrap_or(0);
            let before = if time == now { used } else { 0 };
            minutes == before || cap.is_none_or(|cap| minutes + pinned <= cap)
        })
    };
    let (day, week) = ((today.0, used.day), (today.1, used.week));
    prop_assert!(is_held(&by_day, &pinned_on, day, availability.day_cap));
    prop_assert!(is_held(&by_week, &pinned_in, week, availability.week_cap));
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
    for (index, left) in left.iter().enumerate() {
        prop_assert_eq!(given.get(&index).copied().unwrap_or(0), *left);
    }
    // Prerequisites end before their dependants start, but for what stays where it is.
    for session in schedule
        .sessions
        .iter()
        .filter(|session| !is_fixed(session))
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
    for pin in super::fixed::pinned(plan, left, now).0 {
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
        check(&plan, &Made::at(&plan, now), &first)?;
        // Same input, same output; no change, no difference.
        prop_assert_eq!(&schedule(&plan, now), &first);
        prop_assert_eq!(differences(&first, &first), vec![]);
    }

    #[test]
    fn a_replan_keeps_its_promises_and_what_still_fits(
        plan in plans(),
        late in 0i64..50_000,
        elsewhere in prop::option::of(prop::sample::select(&ZONES[..])),
        keep in prop::sample::select(vec![Keep::Frozen, Keep::Fitting]),
    ) {
        let earlier = current(&plan);
        let now = plan.start_instant() + TimeDelta::minutes(late);
        // In the meantime the learner may have moved to another zone for good.
        let zone = elsewhere.unwrap_or(plan.zone().name());
        let changes = [Change::Zone(SetZone { value: zone.into() }), Change::Replan(Replan { keep })];
        let moved = plan.changed(&changes, now).unwrap();
        let again = current(&moved);
        let made = Made::of(&moved);
        check(&moved, &made, &again)?;
        // A session that was on goes on, and nothing else delays the new schedule.
        let is_on = |s: &&Session| s.start.instant() <= now && now < s.end().instant();
        let on = earlier.sessions.iter().find(is_on);
        let from = on.map_or(now, |session| session.end().instant());
        if moved.basis().is_some() {
            prop_assert_eq!(made.origin.from, from);
            prop_assert_eq!(made.origin.used.day, on.map_or(0, |session| session.minutes));
        }
        // Frozen sessions stay where the learner has no pin. (Pins of their own item may leave no
        // work for them.)
        let frozen = from.max(moved.start_instant())..now + TimeDelta::days(plan.freeze_days().into());
        let is_pinned = |s: &Session| plan.pins().iter().any(|pin| plan.roadmap().item(&pin.item) == Some(s.item()));
        for session in earlier.sessions.iter().filter(|s| frozen.contains(&s.start.instant()) && !is_pinned(s)) {
            let touches = |other: &&Session| other.start.seconds < session.end().seconds && session.start.seconds < other.end().seconds;
            let there: Vec<&Session> = again.sessions.iter().filter(touches).collect();
            let stays = there.iter().any(|s| s.item == session.item && s.start.seconds == session.start.seconds);
            prop_assert!(stays || there.iter().any(|s| s.why == Why::Pinned), "{session:?} {there:?}");
        }
        // Re-planned at once with everything kept, nothing moves at all. (Work that had no place
        // before may find one beside what is kept.)
        if !earlier.unplaced.is_empty() {
            return Ok(());
        }
        let again = plan.changed(&[Change::Replan(Replan { keep: Keep::Fitting })], plan.start_instant()).unwrap();
        let is_behind = |s: &&Session| again.basis().is_some_and(|basis| s.start.instant() < basis.from);
        let behind = earlier.sessions.iter().take_while(is_behind).count();
        prop_assert_eq!(again.past().len(), behind);
        let to_come = Schedule { sessions: earlier.sessions[behind..].to_vec(), ..earlier };
        prop_assert_eq!(differences(&to_come, &current(&again)), vec![]);
    }

    /// Scheduled in the middle of a week, caps count the work logged on that day and in that week;
    /// and so do they when the schedule that a re-plan gave is made again, at any later time.
    #[test]
    fn caps_count_what_was_done(
        plan in plans(),
        late in 0i64..50_000,
        done in prop::collection::vec((any::<prop::sample::Index>(), 1i64..12_000, 1u32..200), 1..6),
    ) {
        let now = plan.start_instant() + TimeDelta::minutes(late);
        let items = &plan.roadmap().items;
        let mut file = plan.to_file();
        file.log = (1..).zip(&done).map(|(id, (item, ago, minutes))| LogEntry {
            id,
            item: items[item.index(items.len())].id.clone(),
            start: now - TimeDelta::minutes(*ago),
            minutes: *minutes,
            note: String::new(),
        }).collect();
        let plan = Plan::from_file(file).unwrap();
        let today = day_and_week(&plan, plan.moment_at(now));
        let (mut in_day, mut in_week) = (0, 0);
        for entry in plan.log() {
            let (day, week) = day_and_week(&plan, plan.moment_at(entry.start));
            in_day += if day == today.0 { entry.minutes } else { 0 };
            in_week += if week == today.1 { entry.minutes } else { 0 };
        }
        let replanned = plan.changed(&[Change::Replan(Replan { keep: Keep::Frozen })], now).unwrap();
        let availability = plan.availability();
        for schedule in [schedule(&plan, now), current(&replanned)] {
            let of = |is_asked_for: &dyn Fn((i64, i64)) -> bool| -> u32 {
                schedule
                    .sessions
                    .iter()
                    .filter(|s| !matches!(s.why, Why::Pinned | Why::Kept) && is_asked_for(day_and_week(&plan, s.start)))
                    .map(|s| s.minutes)
                    .sum()
            };
            let is_held = |cap: Option<u32>, done: u32, planned: u32| cap.is_none_or(|cap| planned <= cap.saturating_sub(done));
            prop_assert!(is_held(availability.day_cap, in_day, of(&|(day, _)| day == today.0)));
            prop_assert!(is_held(availability.week_cap, in_week, of(&|(_, week)| week == today.1)));
        }
    }

    /// No work is lost for the lengths of sessions, whatever they are, if a usual window holds one.
    /// The last session of an item may be shorter, or longer by half the minimum.
    #[test]
    fn any_lengths_place_every_minute(
        min in 5u32..130,
        more in prop_oneof![Just(0), 0u32..100],
        windows in prop::collection::vec((prop::sample::select(&["Mon", "Tue", "Wed", "Sat"][..]), 30u32..240), 1..4),
        items in prop::collection::vec(1u32..700, 1..6),
    ) {
        let windows = BTreeMap::from_iter(windows);
        let (longest, max) = (windows.values().max().copied().unwrap(), min + more);
        let mut file = plan_of(&Vec::from_iter(windows), &items);
        (file.session_min_minutes, file.session_max_minutes) = (Some(min), Some(max));
        let plan = Plan::from_file(file).unwrap();
        let schedule = schedule(&plan, plan.start_instant());
        if longest < min {
            let is_named = |work: &Unplaced| matches!(work.reason, Reason::SessionRule { .. });
            prop_assert!(schedule.unplaced.iter().all(is_named));
            return Ok(());
        }
        prop_assert_eq!(&schedule.unplaced, &[]);
        for (item, &effort) in items.iter().enumerate() {
            let of = schedule.sessions.iter().filter(|session| session.item() == item);
            let of = Vec::from_iter(of.map(|session| session.minutes));
            let (last, others) = of.split_last().unwrap();
            // Windows as long as the shortest session leave no choice.
            let is_forced = longest < min + 10;
            prop_assert!(is_forced || *last >= min.div_ceil(2).min(10).min(effort), "{of:?}");
            prop_assert!(*last <= max + min / 2, "{of:?}");
            prop_assert!(others.iter().all(|&m| m <= max && (m >= min || is_forced && m + 9 >= min)), "{of:?}");
        }
    }

    /// More availability never finishes later where windows and efforts are multiples of the
    /// shortest session, as with the defaults.
    #[test]
    fn more_time_never_finishes_later_on_the_grid(
        plan in small_plans(),
        dates in dates(),
        (day, at, length) in (0u64..60, 0u32..40, 1u32..8),
    ) {
        let plan = with_dates(&plan, &dates);
        let more = with_extra_window(&plan, day, at * 30, (at + length).min(48) * 30);
        let end = |plan: &Plan| schedule(plan, plan.start_instant()).end().map(|end| end.seconds);
        prop_assert!(end(&more) <= end(&plan));
    }

    /// Dates before which items don't begin leave no trace when they are removed; those that are
    /// past have no effect.
    #[test]
    fn dates_hold_until_they_are_removed(plan in plans(), dates in dates()) {
        let plan = plan.without_not_before();
        let at_all = |plan: &Plan| schedule(plan, plan.start_instant());
        let first = at_all(&plan);
        let dated = with_dates(&plan, &dates);
        let items = plan.roadmap().items.iter();
        let removals: Vec<Change> = items
            .map(|item| Change::NotBefore(SetNotBefore { item: item.id.clone(), value: String::new() }))
            .collect();
        let again = dated.apply_all(&removals).unwrap();
        prop_assert_eq!(&again, &plan);
        prop_assert_eq!(&at_all(&again), &first);
        let past = dates.iter().map(|(item, _)| (*item, 0));
        prop_assert_eq!(&at_all(&with_dates(&plan, &Vec::from_iter(past))), &first);
    }

    /// Off the grid it can, by what the session rule leaves unused: never more than 2·min − 2
    /// minutes of a slot. So work is finished by the time at which the slots, each less that, hold
    /// it all.
    #[test]
    fn no_slot_is_left_unused_by_more_than_the_session_rule_does(plan in plans()) {
        let mut file = plan.to_file();
        let min = plan.session().min;
        (file.pins, file.break_minutes) = (Vec::new(), 0);
        file.not_before.clear();
        file.session_max_minutes = Some(plan.session().max.max(2 * min));
        let plan = Plan::from_file(file).unwrap();
        let schedule = schedule(&plan, plan.start_instant());
        // If no usual window can hold a session, all work waits for rare windows.
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

/// For some items, the days from the plan's start before which they don't begin.
fn dates() -> impl Strategy<Value = Vec<(prop::sample::Index, u64)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0u64..60), 0..4)
}

fn with_dates(plan: &Plan, dates: &[(prop::sample::Index, u64)]) -> Plan {
    let items = &plan.roadmap().items;
    let change = |(item, days): &(prop::sample::Index, u64)| {
        Change::NotBefore(SetNotBefore {
            item: items[item.index(items.len())].id.clone(),
            value: (plan.start() + chrono::Days::new(*days)).to_string(),
        })
    };
    let changes: Vec<Change> = dates.iter().map(change).collect();
    plan.apply_all(&changes).unwrap()
}

fn with_extra_window(plan: &Plan, day: u64, start: u32, end: u32) -> Plan {
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

/// A plan from Monday, 4 January 2027, in UTC, with nothing but windows and items.
fn plan_of(windows: &[(&str, u32)], items: &[u32]) -> PlanFile {
    let window = |(day, minutes): &(&str, u32)| json!({"day": day, "from": "19:00", "to": clock(19 * 60 + minutes)});
    let item = |(index, minutes): (usize, &u32)| json!({"id": format!("item-{index}"), "title": "I", "kind": "topic", "effort_hours": f64::from(*minutes) / 60.0});
    let file = json!({
        "id": "p", "start": "2027-01-04", "zone": "UTC",
        "windows": Vec::from_iter(windows.iter().map(window)),
        "roadmap": {"id": "r", "title": "R", "nominal_hours_per_week": 10, "phases": [{
            "id": "phase", "title": "P", "outcome": {"id": "done", "title": "D"},
            "items": Vec::from_iter(items.iter().enumerate().map(item)),
        }]},
    });
    serde_json::from_value(file).unwrap()
}

/// The example of docs/scheduling.md: an item of 90 minutes, and evenings of 45 that busy times cut
/// to 30 in the first week. Without the busy time on Monday the first session takes 45 minutes, and
/// the 45 that are left fit in no evening of 30.
#[test]
fn off_the_grid_more_time_can_finish_later() {
    let cut = |day: u32| BusyEntry {
        start: format!("2027-01-0{day}T19:30:00Z").parse().unwrap(),
        end: format!("2027-01-0{day}T20:00:00Z").parse().unwrap(),
    };
    let end = |busy: Vec<BusyEntry>| {
        let file = plan_of(&[("Mon", 45), ("Wed", 45), ("Fri", 45)], &[90]);
        let plan = Plan::from_file(PlanFile { busy, ..file }).unwrap();
        schedule(&plan, plan.start_instant())
            .finish()
            .unwrap()
            .to_string()
    };
    assert_eq!(end(vec![cut(4), cut(6), cut(8)]), "2027-01-08 19:30:00");
    assert_eq!(end(vec![cut(6), cut(8)]), "2027-01-11 19:45:00");
}

/// The bound is the tightest: a slot of 2·min − 2 minutes is of no use to items of 2·min − 1, which
/// cannot be divided.
#[test]
fn a_slot_can_lose_as_much_as_the_bound_says() {
    let plan =
        Plan::from_file(plan_of(&[("Mon", 58), ("Tue", 58), ("Sat", 59)], &[59, 59])).unwrap();
    let min = plan.session().min;
    let scheduled = schedule(&plan, plan.start_instant());
    let dates = |session: &Session| session.start.local().date().to_string();
    assert_eq!(
        Vec::from_iter(scheduled.sessions.iter().map(dates)),
        ["2027-01-09", "2027-01-16"]
    );
    let unused = plan
        .slots(plan.start_instant())
        .take(2)
        .map(|slot| slot.minutes);
    assert_eq!(Vec::from_iter(unused), [2 * min - 2, 2 * min - 2]);
}
