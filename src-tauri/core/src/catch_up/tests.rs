use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::difference::moves;
use crate::document::Document;
use crate::plan::change::{
    IncludeItem, LogWork, RemoveLogEntry, Replan, SetEstimate, SetException, SetHours, SetKnown,
    SetTarget,
};
use crate::plan::{KnownEntry, LogEntry};
use crate::progress::{SessionState, progress};
use crate::samples::{embedded, plans, small_plans};
use crate::schedule::schedule;

/// Few enough to try a law on many plans; every figure but the forecast's is the same.
const FEW_ROUNDS: u32 = 60;

const COURSE: &str = include_str!("../../../../tests/catching-up/plans/course.json");

pub fn options_of(
    plan: &Plan,
    now: DateTime<Utc>,
    windows: &[ExceptionEntry],
) -> Vec<RecoveryOption> {
    options_in_rounds(plan, now, windows, FEW_ROUNDS)
}

fn log(item: &str, start: String, minutes: u32) -> Change {
    Change::Log(LogWork {
        item: item.to_owned(),
        start,
        minutes: minutes.to_string(),
        note: String::new(),
        entry: None,
        again: false,
    })
}

/// A plan some weeks on: of the sessions that were to be, some were done, whole or in part.
pub fn begun() -> impl Strategy<Value = (Document, DateTime<Utc>)> {
    let attended = prop::collection::vec((any::<bool>(), 1u32..150), 0..12);
    (plans(), 0i64..40_000, attended).prop_map(|(plan, minutes, attended)| {
        let now = plan.start_instant() + TimeDelta::minutes(minutes);
        let mut document = Document::new(plan);
        let sessions = current(&document.plan).sessions;
        let behind = sessions.iter().filter(|s| s.end().instant() <= now);
        let done = behind.zip(attended).filter(|(_, (is_done, _))| *is_done);
        for (session, (_, minutes)) in done {
            let item = document.plan.roadmap().items[session.item()].id.clone();
            let start = session.start.local().format("%Y-%m-%dT%H:%M").to_string();
            let entry = log(&item, start, minutes);
            // A clock that shows the same time twice can put a start after `now`.
            document = document.changed(&[entry], now).unwrap_or(document);
        }
        (document, now)
    })
}

/// Whether two outcomes are reached in another order after a change.
fn turns_round(plan: &Plan, after: &Plan, now: DateTime<Utc>) -> bool {
    let ends = |plan: &Plan| {
        let spans = progress(plan, now).phases;
        spans
            .into_iter()
            .map(|span| span.map(|span| span.end.day_of_end()))
            .collect::<Vec<_>>()
    };
    let (was, is) = (ends(plan), ends(after));
    let mut pairs = (0..was.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    pairs.any(
        |(one, other)| match (was[one], was[other], is[one], is[other]) {
            (Some(a), Some(b), Some(x), Some(y)) => a.cmp(&b) == y.cmp(&x) && a != b,
            _ => false,
        },
    )
}

/// An extra window a week after `now`.
fn window(plan: &Plan, now: DateTime<Utc>) -> ExceptionEntry {
    let date = plan.moment_at(now + TimeDelta::days(7)).local().date();
    let (first, last) = (date.to_string(), date.to_string());
    let (from, to) = ("06:00".to_owned(), "11:00".to_owned());
    ExceptionEntry::ExtraWindow {
        first,
        last,
        from,
        to,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// Each promised figure comes true exactly, finished work stays, and one undo reverts the
    /// option.
    #[test]
    fn each_option_gives_exactly_what_it_promised((document, now) in begun()) {
        let plan = &document.plan;
        for option in options_of(plan, now, &[window(plan, now)]) {
            let Some(promised) = &option.outcome else {
                prop_assert_eq!((&option.changes[..], &option.change), (&[][..], &None));
                prop_assert!(option.sentence.ends_with('.'), "{}", option.sentence);
                continue;
            };
            let taken = document.changed(&[option.change.clone().unwrap()], now).unwrap();
            let after = &taken.plan;
            let progress = progress(after, now);
            let last = progress.sessions.iter().rev().find(|s| s.state != SessionState::Freed).unwrap();
            prop_assert_eq!(last.end().day_of_end(), promised.finish);
            let is_told = option.sentence.contains("is then reached after");
            prop_assert_eq!(is_told, turns_round(plan, after, now), "{}", option.sentence);
            let draws = Draws::new(after, now, FEW_ROUNDS);
            let forecast = draws.forecast(after, &schedule(after, now), now);
            let is_own = forecast.basis.is_own();
            prop_assert_eq!(forecast.whole.and_then(|whole| whole.p80).filter(|_| is_own), promised.p80);
            prop_assert_eq!(forecast.chance.filter(|_| is_own), promised.chance);
            if let (true, Some(target)) = (after.target() != plan.target(), after.target()) {
                let today = plan.moment_at(now.max(plan.start_instant())).local().date();
                prop_assert!(target - today <= (promised.finish - today) * 2, "{}", target);
            }
            let Moves { moved, added, .. } = moves(plan, after);
            prop_assert_eq!((moved, added), (promised.moved, promised.added));
            prop_assert_eq!(extra::minutes(plan, after, now, promised.finish), (promised.extra_week_minutes, promised.extra_minutes));

            // Everything that is left is scheduled, to the minute, and history is unchanged.
            prop_assert_eq!((progress.waiting_minutes(), progress.schedule.unplaced.len()), (0, 0));
            let left: u64 = after.to_schedule().iter().map(|left| u64::from(*left)).sum();
            prop_assert_eq!(progress.schedule.minutes(), left);
            prop_assert_eq!(after.log(), plan.log());
            if option.id != "start-again" {
                prop_assert_eq!(&after.past()[..plan.past().len()], plan.past());
            }
            for item in &promised.dropped {
                let index = plan.roadmap().item(item).unwrap();
                prop_assert_eq!(progress.schedule.items[index], None);
            }
            // Pinned sessions that are to come stay where they are while their item does.
            let from = after.basis().map_or(DateTime::UNIX_EPOCH, |scheduled| scheduled.from);
            for pin in schedule(plan, from).sessions.iter().filter(|s| s.why == crate::schedule::Why::Pinned) {
                let is_there = progress.schedule.sessions.iter().any(|s| s.start == pin.start && s.item == pin.item);
                let item = &plan.roadmap().items[pin.item()];
                let is_shorter = after.expected_minutes(item) < plan.expected_minutes(item);
                prop_assert!(is_there || is_shorter, "{:?} in {}", pin, option.id);
            }

            let undone = taken.undone().unwrap().unwrap();
            prop_assert_eq!(&undone.plan, plan);
            prop_assert_eq!(&taken.undo.last().unwrap().name, &option.name);
        }
    }

    /// The order in which work was logged is of no matter.
    #[test]
    fn permuting_the_log_changes_nothing((document, now) in begun(), places in prop::collection::vec(any::<Index>(), 0..6)) {
        let plan = &document.plan;
        let mut entries: Vec<LogEntry> = plan.log().to_vec();
        let places = if entries.is_empty() { vec![] } else { places };
        for place in places {
            let entry = entries.remove(place.index(entries.len()));
            entries.push(entry);
        }
        let unlogged: Vec<Change> = entries.iter().map(|entry| Change::Unlog(RemoveLogEntry { entry: entry.id })).collect();
        let logged: Vec<Change> = entries.iter().map(|entry| {
            let start = plan.moment_at(entry.start).local().format("%Y-%m-%dT%H:%M").to_string();
            log(&entry.item, start, entry.minutes)
        }).collect();
        let Ok(other) = plan.changed(&unlogged, now).and_then(|plan| plan.changed(&logged, now)) else {
            return Ok(()); // a time that the clock shows twice
        };
        let times = |plan: &Plan| plan.log().iter().map(|entry| (entry.start, entry.item.clone())).collect::<Vec<_>>();
        prop_assume!(times(plan) == times(&other));
        prop_assert_eq!(progress(plan, now), progress(&other, now));
        prop_assert_eq!(options_of(plan, now, &[]), options_of(&other, now, &[]));
    }

    /// On the grid of the session lengths, an hour more that was done never makes the finish later.
    #[test]
    fn more_work_done_never_makes_the_finish_later(plan in small_plans(), at in 0i64..20_000, half_hours in 1u32..20, item in any::<Index>()) {
        let now = plan.start_instant() + TimeDelta::minutes(at);
        let items = &plan.roadmap().items;
        let item = items[item.index(items.len())].id.clone();
        let start = plan.moment_at(plan.start_instant()).local().format("%Y-%m-%dT%H:%M").to_string();
        let more = plan.changed(&[log(&item, start, half_hours * 30)], now).unwrap();
        let keep = Keep::Frozen;
        let ends = |plan: &Plan| {
            let replanned = plan.changed(&[Change::Replan(Replan { keep })], now).unwrap();
            current(&replanned).end().map(|end| end.instant())
        };
        prop_assert!(ends(&more) <= ends(&plan));
    }
}

/// Two weeks done, two missed, and three optional items; Monday 1 February 2027.
pub fn course(target: NaiveDate) -> (Plan, DateTime<Utc>) {
    let mut file: serde_json::Value = serde_json::from_str(COURSE).unwrap();
    file["included"] = serde_json::json!(["poems", "theatre", "songs"]);
    file["target"] = serde_json::json!(target);
    let plan = Plan::from_json(&file.to_string()).unwrap();
    let now = "2027-02-01T09:00:00Z".parse().unwrap();
    let sessions = current(&plan).sessions;
    let entries: Vec<Change> = (sessions.iter().take(6))
        .map(|session| {
            let item = &plan.roadmap().items[session.item()].id;
            let start = session.start.local().format("%Y-%m-%dT%H:%M").to_string();
            log(item, start, session.minutes)
        })
        .collect();
    (plan.changed(&entries, now).unwrap(), now)
}

/// For every target date of two months: less than is asked for would not be enough.
#[test]
fn nothing_more_is_asked_for_than_is_needed() {
    let mut seen = std::collections::BTreeMap::new();
    for day in 0..60 {
        let target = NaiveDate::from_ymd_opt(2027, 2, 20).unwrap() + TimeDelta::days(day);
        let (plan, now) = course(target);
        let is_enough = |changes: &[Change]| {
            let after = plan.changed(changes, now).unwrap();
            let progress = progress(&after, now);
            let last = progress.last().map(|last| last.end().day_of_end());
            progress.schedule.unplaced.is_empty() && last.is_some_and(|end| end <= target)
        };
        let replan = Change::Replan(Replan { keep: Keep::Frozen });
        for option in options_of(&plan, now, &[]) {
            let Some(outcome) = option.outcome.filter(|outcome| outcome.in_time) else {
                continue;
            };
            assert!(is_enough(&option.changes) || option.id == "move-target");
            *seen.entry(option.id).or_insert(0) += 1;
            match (option.id, &option.changes[..]) {
                ("more-hours", [Change::Hours(SetHours { value })]) => {
                    let less = value.parse::<f64>().unwrap() - 0.25;
                    let value = less.to_string();
                    assert!(
                        !is_enough(&[Change::Hours(SetHours { value })]),
                        "{target}: {less}"
                    );
                }
                ("sprint", [Change::Exception(SetException { exception, .. })]) => {
                    let ExceptionEntry::OtherHours {
                        first,
                        last,
                        week_minutes,
                    } = exception
                    else {
                        panic!("{exception:?}");
                    };
                    let last: NaiveDate = last.parse().unwrap();
                    let last = (last - TimeDelta::days(7)).to_string();
                    let exception = ExceptionEntry::OtherHours {
                        first: first.clone(),
                        last: last.clone(),
                        week_minutes: *week_minutes,
                    };
                    let shorter = Change::Exception(SetException {
                        exception,
                        added: true,
                    });
                    assert!(last < *first || !is_enough(&[shorter]), "{target}");
                }
                (
                    "drop",
                    [
                        Change::Known(SetKnown {
                            item,
                            known: Some(KnownEntry::Minutes(known)),
                        }),
                    ],
                ) => {
                    let known = (known - 30 > 0).then_some(KnownEntry::Minutes(known - 30));
                    let item = item.clone();
                    let longer = [replan.clone(), Change::Known(SetKnown { item, known })];
                    assert!(!is_enough(&longer), "{target}");
                }
                ("drop", _) => {
                    // Of all sets of optional items, none that is enough has fewer items, or as
                    // many and less work.
                    let cost = |items: &[&str]| {
                        let effort = |id: &&str| {
                            let index = plan.roadmap().item(id).unwrap();
                            plan.roadmap().items[index].effort_minutes
                        };
                        (items.len(), items.iter().map(effort).sum::<u32>())
                    };
                    let sets = (0..8u32).map(|bits| {
                        let all = ["poems", "theatre", "songs"].into_iter().enumerate();
                        let set = all.filter(|(bit, _)| bits >> bit & 1 == 1);
                        set.map(|(_, id)| id).collect::<Vec<&str>>()
                    });
                    let enough = sets.filter(|set| {
                        let mut changes = vec![replan.clone()];
                        changes.extend(set.iter().map(|item| {
                            Change::Include(IncludeItem {
                                item: (*item).to_owned(),
                                included: false,
                            })
                        }));
                        is_enough(&changes)
                    });
                    let best = enough.map(|set| cost(&set)).min().unwrap();
                    let dropped: Vec<&str> = outcome.dropped.iter().map(String::as_str).collect();
                    assert_eq!(cost(&dropped), best, "{target}");
                }
                _ => {}
            }
        }
    }
    insta::assert_debug_snapshot!(seen);
}

/// An item that the learner has estimated is estimated again. The promised forecast is then the one
/// with that estimate.
#[test]
fn an_item_that_was_estimated_is_shortened_by_its_estimate() {
    let (plan, now) = course(NaiveDate::from_ymd_opt(2027, 3, 24).unwrap());
    let estimate = Change::Estimate(SetEstimate {
        item: "theatre".into(),
        minutes: "300".into(),
    });
    let plan = plan.changed(&[estimate], now).unwrap();
    let options = options_of(&plan, now, &[]);
    let drop = options.iter().find(|option| option.id == "drop").unwrap();
    let [Change::Estimate(SetEstimate { item, minutes })] = &drop.changes[..] else {
        panic!("{drop:?}");
    };
    assert_eq!((&**item, &**minutes), ("theatre", "240"));
    let promised = drop.outcome.as_ref().unwrap();
    let after = plan.changed(&[drop.change.clone().unwrap()], now).unwrap();
    let draws = Draws::new(&after, now, FEW_ROUNDS);
    let forecast = draws.forecast(&after, &schedule(&after, now), now);
    assert!(!forecast.basis.is_own());
    assert_eq!((promised.p80, promised.chance), (None, None));
}

/// A free window that was over, or in an hour that the clock skips, once counted as used.
#[test]
fn a_free_window_without_time_is_rejected_by_name() {
    let plan = embedded();
    let now = "2027-01-18T12:00:00Z".parse().unwrap();
    let told = |date: &str, from: &str, to: &str| {
        let window = ExceptionEntry::ExtraWindow {
            first: date.to_owned(),
            last: date.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let options = options_of(&plan, now, &[window]);
        let free = options
            .into_iter()
            .find(|option| option.id == "free-windows");
        let free = free.unwrap();
        (free.outcome.is_some(), free.sentence)
    };
    assert!(told("2027-01-24", "14:00", "17:00").0);
    // The clock goes from 02:00 to 03:00 on 28 March.
    for (date, from, to) in [
        ("2027-01-10", "14:00", "17:00"),
        ("2027-03-28", "02:00", "03:00"),
    ] {
        let (works, sentence) = told(date, from, to);
        let named = format!("Free window {date} {from}–{to}: it adds no study time.");
        assert!(!works && sentence.starts_with(&named), "{sentence}");
    }
}

/// A plan in time with little to spare was once offered to keep its hours, which changed nothing.
#[test]
fn no_option_is_offered_that_would_change_nothing() {
    let plan = embedded();
    let now = plan.start_instant();
    let finish = current(&plan).finish().unwrap().date();
    let target = Change::Target(SetTarget {
        value: finish.to_string(),
    });
    let plan = plan.changed(&[target], now).unwrap();
    let options = options_of(&plan, now, &[]);
    let works: Vec<&str> = options
        .iter()
        .filter(|option| option.outcome.is_some())
        .map(|option| option.id)
        .collect();
    assert_eq!(works, <[&str; 0]>::default());
    let recommended = |option: &RecoveryOption| option.recommended.is_some();
    assert!(!options.iter().any(recommended));
    // Once it has begun, such a plan is tight, with nothing to do about it.
    let session = current(&plan).sessions[0];
    let item = &plan.roadmap().items[session.item()].id;
    let start = session.start.local().format("%Y-%m-%dT%H:%M").to_string();
    let now = session.end().instant();
    let begun = plan
        .changed(&[log(item, start, session.minutes)], now)
        .unwrap();
    let told = crate::status::status(&begun, now);
    assert!(matches!(told.status, crate::status::Status::Tight { .. }));
    assert_eq!(told.lever, crate::status::Lever::None);
}
