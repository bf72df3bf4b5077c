use chrono::{TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::document::Document;
use crate::plan::change::{
    LogWork, RemoveBaseline, RemoveLogEntry, Replan, SetBaseline, SetDone, SetEstimate, SetHours,
    SetStart,
};
use crate::plan::{Change, Keep};
use crate::samples::{embedded as plan, plans};

const LOCAL: &str = "%Y-%m-%dT%H:%M";

fn log(plan: &Plan, item: usize, start: Moment, minutes: u32) -> Change {
    Change::Log(LogWork {
        item: plan.roadmap().items[item].id.clone(),
        start: start.local().format(LOCAL).to_string(),
        minutes: minutes.to_string(),
        note: String::new(),
        entry: None,
        again: false,
    })
}

fn hours(value: &str) -> Change {
    Change::Hours(SetHours {
        value: value.into(),
    })
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn states(plan: &Plan, now: &str, count: usize) -> String {
    let sessions = progress(plan, at(now)).sessions;
    let told = sessions.iter().take(count).map(|session| {
        let start = session.start.local().format("%a %-d %H:%M");
        let title = &plan.roadmap().items[session.item].title;
        let (done, minutes, state) = (session.done, session.minutes, session.state);
        format!("{start} {title} {done}/{minutes} {state:?}\n")
    });
    told.collect()
}

#[test]
fn a_session_is_done_in_part_missed_made_up_or_freed() {
    let plan = plan();
    let python = plan.roadmap().item("python").unwrap();
    let sessions = progress(&plan, at("2027-01-04T00:00:00Z")).sessions;
    let of_python: Vec<&Tracked> = sessions.iter().filter(|s| s.item == python).collect();
    // Wednesday: Monday's session was missed, and Tuesday's belongs to another item.
    let now = at("2027-01-07T08:00:00Z");
    let on_the_day = log(&plan, python, of_python[1].start.plus(120), 60);
    let plan = plan.changed(&[on_the_day], now).unwrap();
    insta::assert_snapshot!(states(&plan, "2027-01-07T08:00:00Z", 6));
}

#[test]
fn a_replan_takes_up_what_waits_and_leaves_the_past() {
    let plan = plan();
    let now = at("2027-01-07T08:00:00Z");
    let before = progress(&plan, now);
    assert_eq!(before.missed().count(), 3);
    assert_eq!(before.waiting_minutes(), 3 * 90);

    let keep = Keep::Frozen;
    let after = plan
        .changed(&[Change::Replan(Replan { keep })], now)
        .unwrap();
    let tracked = progress(&after, now);
    assert_eq!(tracked.waiting_minutes(), 0);
    assert_eq!(tracked.sessions[..3], past(&after)[..]);
    assert_eq!(tracked.missed().count(), 3);
    assert_eq!(after.baselines()[0].sessions.len(), before.sessions.len());
    // The first session to come replaces the first missed one, and has its item's next number.
    let first = tracked.sessions[3];
    assert_eq!(first.item, before.sessions[0].item);
    assert_eq!(first.start, before.sessions[3].start);
    assert_eq!(first.ordinal, 3);
}

/// Work that was missed and planned in again counts once.
#[test]
fn a_phase_takes_as_long_as_its_items() {
    let plan = plan();
    let first = |plan: &Plan, now| {
        let progress = progress(plan, now);
        let span = progress.phases[0].unwrap();
        let items = &plan.roadmap().phases[0].items;
        let of_items = progress.items[items.clone()].iter().flatten();
        assert_eq!(span.minutes, of_items.map(|item| item.minutes).sum::<u64>());
        (span.minutes, span.sessions)
    };
    let planned = first(&plan, plan.start_instant());
    let efforts = plan.roadmap().phases[0].items.clone();
    let efforts = efforts.map(|item| plan.effort_minutes(&plan.roadmap().items[item]));
    assert_eq!(planned.0, u64::from(efforts.sum::<u32>()));

    let now = at("2027-01-18T08:00:00Z");
    assert_eq!(first(&plan, now), planned);
    for keep in [Keep::Frozen, Keep::Fitting] {
        let replan = Change::Replan(Replan { keep });
        let after = plan.changed(&[replan], now).unwrap();
        let progress = progress(&after, now);
        assert!(progress.missed().count() > 0);
        let items = &plan.roadmap().phases[0].items;
        let to_come = progress.sessions.iter().filter(|session| {
            items.contains(&session.item) && session.state == SessionState::Planned
        });
        let to_come = u32::try_from(to_come.count()).unwrap();
        assert_eq!(first(&after, now), (planned.0, to_come), "{keep:?}");
    }
}

#[test]
fn what_has_begun_goes_on() {
    let plan = plan();
    let monday = progress(&plan, at("2027-01-04T00:00:00Z")).sessions[0];
    let now = monday.start.instant() + TimeDelta::minutes(20);
    let changed = plan.changed(&[hours("5")], now).unwrap();
    let tracked = progress(&changed, now);
    let first = tracked.sessions[0];
    assert_eq!((first.start, first.item), (monday.start, monday.item));
    assert_eq!((first.minutes, first.state), (90, SessionState::Due));
    assert_eq!(changed.basis().unwrap().from, monday.end().instant());
    assert_eq!(tracked.waiting_minutes(), 0);
    // Work waits once its session is over without being done. Once it is done, nothing waits.
    let later = now + TimeDelta::hours(3);
    assert_eq!(progress(&changed, later).waiting_minutes(), 90);
    let entry = log(&changed, monday.item, monday.start, 90);
    let logged = changed.changed(&[entry], later).unwrap();
    assert_eq!(progress(&logged, later).waiting_minutes(), 0);
    // A session changed again while it is on is not counted twice.
    let again = changed
        .changed(&[hours("6")], now + TimeDelta::minutes(5))
        .unwrap();
    assert_eq!(again.basis().unwrap().from, monday.end().instant());
    assert_eq!(again.past().len(), 1);
    assert_eq!(progress(&again, later).waiting_minutes(), 90);
}

#[test]
fn a_plan_that_has_not_begun_has_no_past_and_moving_its_start_restarts_it() {
    let plan = plan();
    let changed = plan
        .changed(&[hours("5")], at("2026-12-01T00:00:00Z"))
        .unwrap();
    assert_eq!((changed.basis(), changed.baselines()), (None, &[][..]));

    let late = at("2027-02-01T00:00:00Z");
    let begun = plan.changed(&[hours("5")], late).unwrap();
    assert!(!begun.past().is_empty() && begun.basis().is_some());
    let start = Change::Start(SetStart {
        value: "2027-03-01".into(),
    });
    let restarted = begun.changed(&[start], late).unwrap();
    assert_eq!((restarted.basis(), restarted.past()), (None, &[][..]));
}

#[test]
fn a_timer_survives_pauses_sleep_and_a_clock_that_is_set_back() {
    let plan = plan();
    let start = at("2027-01-04T18:00:30Z");
    let later = |minutes: i64| start + TimeDelta::minutes(minutes);
    let timer = Timer::start(&plan, "python", start).unwrap();
    assert_eq!(timer.seconds(later(-5)), 0);
    let paused = timer.toggled(later(25));
    assert_eq!(paused.seconds(later(500)), 25 * 60);
    let again = paused.toggled(later(30));
    assert_eq!(again.seconds(later(50)), 45 * 60);
    assert!(!again.is_absurd(later(30 + 240)) && again.is_absurd(later(30 + 241)));
    let entry = again.entry(&plan, None, later(50));
    let logged = plan.changed(&[entry], later(50)).unwrap();
    assert_eq!(logged.log()[0].minutes, 45);
    assert_eq!(logged.log()[0].start, at("2027-01-04T18:00:00Z"));
    assert!(Timer::start(&plan, "astrology", start).is_err());
}

#[test]
fn what_cannot_be_logged_is_refused_by_field_and_value() {
    let entry = |item: &str, start: &str, minutes: &str, entry| {
        Change::Log(LogWork {
            item: item.into(),
            start: start.into(),
            minutes: minutes.into(),
            note: String::new(),
            entry,
            again: false,
        })
    };
    let good = "2027-01-04T19:00";
    let now = at("2027-01-04T20:00:00Z");
    let changes = [
        entry("astrology", good, "60", None),
        entry("python", "yesterday", "60", None),
        entry("python", "2027-01-04T21:30", "60", None),
        entry("python", good, "0", None),
        entry("python", good, "1441", None),
        entry("python", good, "an hour", None),
        entry("python", good, "60", Some(7)),
        Change::Unlog(RemoveLogEntry { entry: 7 }),
        Change::Estimate(SetEstimate {
            item: "python".into(),
            minutes: "-1".into(),
        }),
        Change::Done(SetDone {
            item: "astrology".into(),
            done: true,
        }),
        Change::Baseline(SetBaseline { name: " ".into() }),
        Change::DropBaseline(RemoveBaseline {
            name: "None".into(),
        }),
    ];
    let said = changes.map(|change| plan().changed(&[change], now).unwrap_err().to_string());
    insta::assert_snapshot!(said.join("\n"));
}

/// A learner's action, described so that it applies to any plan.
#[derive(Debug, Clone)]
enum Deed {
    /// Logs some minutes for one of the sessions.
    Log(Index, u32),
    Done(Index),
    Estimate(Index, u32),
    Replan(Keep),
    Hours(u32),
}

fn deeds(count: Range<usize>) -> impl Strategy<Value = Vec<(i64, Deed)>> {
    let keep = prop::sample::select(vec![Keep::Frozen, Keep::Fitting]);
    let deed = prop_oneof![
        4 => (any::<Index>(), 1u32..200).prop_map(|(index, minutes)| Deed::Log(index, minutes)),
        1 => any::<Index>().prop_map(Deed::Done),
        1 => (any::<Index>(), 0u32..600).prop_map(|(index, minutes)| Deed::Estimate(index, minutes)),
        2 => keep.prop_map(Deed::Replan),
        1 => (1u32..20).prop_map(Deed::Hours),
    ];
    prop::collection::vec((0i64..10_000, deed), count)
}

/// The change that an action makes to this plan. `None` if the action does not apply to it.
fn change(plan: &Plan, now: DateTime<Utc>, deed: &Deed) -> Option<Change> {
    let items = &plan.roadmap().items;
    let item = |index: &Index| items[index.index(items.len())].id.clone();
    Some(match deed {
        Deed::Log(index, minutes) => {
            let begun: Vec<Tracked> = progress(plan, now).sessions;
            let begun: Vec<&Tracked> = (begun.iter())
                .filter(|session| session.start.instant() <= now)
                .collect();
            let session = begun.get(index.index(begun.len().max(1)))?;
            log(plan, session.item, session.start, *minutes)
        }
        Deed::Done(index) => Change::Done(SetDone {
            item: item(index),
            done: true,
        }),
        Deed::Estimate(index, minutes) => Change::Estimate(SetEstimate {
            item: item(index),
            minutes: minutes.to_string(),
        }),
        Deed::Replan(keep) => Change::Replan(Replan { keep: *keep }),
        Deed::Hours(value) => hours(&value.to_string()),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 400, ..ProptestConfig::default() })]

    /// For every sequence of actions, history stays, no effort is lost or invented, and each step
    /// can be undone and redone exactly.
    #[test]
    fn whatever_is_done_history_stays_and_effort_is_conserved(plan in plans(), deeds in deeds(1..8)) {
        let mut now = plan.start_instant();
        let first = plan.clone();
        let mut document = Document::new(plan);
        for (later, deed) in deeds {
            now += TimeDelta::minutes(later);
            let Some(change) = change(&document.plan, now, &deed) else { continue };
            // Hours that do not fit the windows are rejected.
            let Ok(after) = document.changed(std::slice::from_ref(&change), now) else { continue };
            let (was, is) = (progress(&document.plan, now), progress(&after.plan, now));

            // Past sessions stay, in the same order, with the same numbers.
            let over = |progress: &Progress| -> Vec<(usize, i64, u32, u32)> {
                let sessions = progress.sessions.iter().filter(|s| s.end().instant() <= now);
                sessions.map(|s| (s.item, s.start.seconds, s.minutes, s.ordinal)).collect()
            };
            let (was_over, is_over) = (over(&was), over(&is));
            let differs = was_over.iter().zip(&is_over).find(|(was, is)| was != is);
            prop_assert_eq!((was_over.len(), differs), (is_over.len(), None), "{:?} at {}", change, now);
            if !matches!(change, Change::Log(_)) {
                prop_assert_eq!(document.plan.log(), after.plan.log());
            }
            // Remaining work is scheduled, waits or could not be scheduled.
            let left = after.plan.left();
            let mut found = vec![0u32; left.len()];
            for session in is.sessions.iter().filter(|s| matches!(s.state, SessionState::Planned | SessionState::Due)) {
                found[session.item] += session.open();
            }
            for (item, minutes) in &is.waiting {
                found[*item] += minutes;
            }
            for work in &is.schedule.unplaced {
                found[work.item] += work.minutes;
            }
            for (item, left) in left.iter().enumerate() {
                // The last session to come may be longer than the remaining work.
                prop_assert!(found[item] >= *left, "{} of {}", found[item], left);
                prop_assert!(*left > 0 || found[item] == 0);
            }
            // Undo restores the earlier plan exactly, and redo the later one.
            if after != document {
                let undone = after.undone().unwrap().unwrap();
                prop_assert_eq!(&undone.plan, &document.plan);
                prop_assert_eq!(&undone.redone().unwrap().unwrap().plan, &after.plan);
            }
            document = after;
        }
        // This also holds after a restart, and back to the very first plan.
        let mut read = Document::from_json(&document.to_json().unwrap()).unwrap();
        prop_assert_eq!(&read, &document);
        while let Some(undone) = read.undone().unwrap() {
            read = undone;
        }
        prop_assert_eq!(read.plan, first);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, max_shrink_iters: 20, ..ProptestConfig::default() })]

    /// Every stored change can be undone, also after a restart. Undo restores exactly the plan
    /// before the change, and redo exactly the one after it.
    #[test]
    fn two_hundred_changes_are_undone_and_redone_exactly(plan in plans(), deeds in deeds(240..241)) {
        let mut now = plan.start_instant();
        let mut document = Document::new(plan);
        let mut plans = vec![document.plan.clone()];
        for (later, deed) in deeds {
            now += TimeDelta::minutes(later / 10);
            let Some(change) = change(&document.plan, now, &deed) else { continue };
            let Ok(after) = document.changed(&[change], now) else { continue };
            if after != document {
                plans.push(after.plan.clone());
            }
            document = after;
        }
        document = Document::from_json(&document.to_json().unwrap()).unwrap();
        let kept = document.undo.len();
        prop_assert_eq!(kept, (plans.len() - 1).min(200));
        let kept = &plans[plans.len() - 1 - kept..];
        for plan in kept.iter().rev().skip(1) {
            document = document.undone().unwrap().unwrap();
            prop_assert!(document.plan == *plan, "{} steps are left", document.undo.len());
        }
        document = Document::from_json(&document.to_json().unwrap()).unwrap();
        for plan in &kept[1..] {
            document = document.redone().unwrap().unwrap();
            prop_assert!(document.plan == *plan, "{} steps are left", document.redo.len());
        }
    }
}

/// A plan whose learner logged more than a session on the day of another one of its item, and then
/// estimated that item again: rescheduled in the middle of the other session, 27 minutes waited.
#[test]
fn nothing_waits_after_a_replan_in_the_middle_of_a_session() {
    let plan = include_str!("../../../../tests/catching-up/plans/replanned-mid-session.json");
    let plan = Plan::from_json(plan).unwrap();
    for keep in [Keep::Fitting, Keep::Frozen] {
        for now in ["2027-03-23T04:30:00Z", "2027-03-23T07:30:00Z"] {
            let now = now.parse().unwrap();
            let replan = Change::Replan(Replan { keep });
            let after = plan.changed(&[replan], now).unwrap();
            assert_eq!(progress(&after, now).waiting, []);
        }
    }
}
