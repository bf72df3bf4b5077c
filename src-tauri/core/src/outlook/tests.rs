use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::availability::Moment;
use crate::document::Document;
use crate::plan::PlanFile;
use crate::plan::change::SetTarget;
use crate::progress::{SessionState, progress};
use crate::samples::{embedded, entry, plans, small_plans};
use crate::view::{summary, view};

/// A plan some weeks on: each session was attended or not, and some were shorter than planned.
pub fn histories() -> impl Strategy<Value = (Plan, DateTime<Utc>)> {
    let attended = prop::collection::vec((any::<bool>(), 1u32..150), 0..12);
    let replanned = prop::option::of(0i64..20_000);
    (plans(), 0i64..40_000, attended, replanned).prop_map(|(plan, minutes, attended, replanned)| {
        let now = plan.start_instant() + TimeDelta::minutes(minutes);
        let mut plan = plan;
        if let Some(before) = replanned {
            let then = now - TimeDelta::minutes(before.min(minutes));
            let keep = Keep::Frozen;
            plan = plan
                .changed(&[Change::Replan(Replan { keep })], then)
                .unwrap();
        }
        let sessions = progress(&plan, now).sessions;
        let behind = sessions.iter().filter(|s| s.end().instant() <= now);
        for (session, (_, minutes)) in behind.zip(attended).filter(|(_, (is_done, _))| *is_done) {
            let done = entry(&plan, session.item, session.start.instant(), minutes);
            // A clock that shows the same time twice can put a start after `now`.
            plan = plan.changed(&[done], now).unwrap_or(plan);
        }
        (plan, now)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// The headline is the finish that the plan has once it is rescheduled at the same hours, and
    /// the answer to the target is that of this plan. Asked again after that, everything is the
    /// same.
    #[test]
    fn the_headline_is_what_the_same_hours_give((plan, now) in histories()) {
        let outlook = Outlook::new(&plan, now);
        let shown = view(&Document::new(plan.clone()), now);
        prop_assert_eq!(shown.summary.finish, outlook.finish);
        let after = plan.changed(std::slice::from_ref(&outlook.change), now).unwrap();
        let is = progress(&after, now);
        let is_whole = is.schedule.unplaced.is_empty();
        prop_assert_eq!(outlook.finish.is_some(), is_whole && is.last().is_some());
        if let Some(finish) = outlook.finish.filter(|_| !is.schedule.sessions.is_empty()) {
            prop_assert_eq!(Some(finish), is.last().map(|last| last.end().day_of_end()));
            let has_own = plan.roadmap().phases.iter().any(|phase| plan.own_target_of(&phase.id).is_some());
            if let (Some(by), Some(answers), false) = (plan.target(), &shown.answers, has_own) {
                prop_assert_eq!(answers.is_met, finish <= by);
            }
        }
        let again = Outlook::new(&after, now);
        prop_assert_eq!(again.waiting_minutes, 0);
        if outlook.finish.is_some() {
            prop_assert_eq!(again.finish, outlook.finish);
            prop_assert_eq!(again.days_later(), 0);
            prop_assert_eq!(summary(&again).sessions, shown.summary.sessions);
        }
    }

    /// A re-plan of either kind, also in the middle of a session, leaves nothing waiting and
    /// changes no minute done of a past session. So does another one some time later.
    #[test]
    fn a_replan_changes_nothing_done_and_leaves_nothing_waiting(
        (plan, now) in histories(),
        later in 0i64..10_000,
        keeps in prop::array::uniform2(prop::sample::select(vec![Keep::Frozen, Keep::Fitting])),
    ) {
        let mut plan = plan;
        for (keep, now) in keeps.into_iter().zip([now, now + TimeDelta::minutes(later)]) {
            let before = progress(&plan, now);
            let after = plan.changed(&[Change::Replan(Replan { keep })], now).unwrap();
            let is = progress(&after, now);
            prop_assert_eq!(&is.waiting, &[]);
            let past = |progress: &Progress| -> Vec<_> {
                let has_begun = |s: &&Tracked| s.start.instant() < now;
                let sessions = progress.sessions.iter().filter(has_begun);
                // A journey makes two clocks show the same instant.
                sessions.map(|s| (s.item, s.ordinal, s.start.seconds, s.minutes, s.done)).collect()
            };
            prop_assert_eq!(past(&is), past(&before));
            plan = after;
        }
    }

    /// Losing no more than a week's reserve changes no date after that week, and needs no re-plan:
    /// the reserve has room for all that waits.
    #[test]
    fn losing_a_reserve_changes_no_date(
        plan in small_plans(),
        percent in 5u32..=30,
        weeks in 0u64..6,
        skipped in 0usize..4,
    ) {
        let plan = Plan::from_file(PlanFile {
            reserve_percent: percent,
            phase_targets: Default::default(),
            ..plan.to_file()
        }).unwrap();
        let first = current(&plan);
        let availability = plan.availability();
        let week_of = |at: Moment| availability.week_of(at.local().date());
        let week = availability.week_of(plan.start() + chrono::Days::new(weeks * 7));
        let reserve: u32 = plan
            .slots(plan.start_instant())
            .take_while(|slot| week_of(slot.start) <= week)
            .filter(|slot| week_of(slot.start) == week && slot.purpose == Purpose::Reserve)
            .map(|slot| slot.minutes)
            .sum();
        let mut room = reserve;
        let of_week = first.sessions.iter().filter(|session| week_of(session.start) == week);
        let lost: Vec<&Session> = of_week
            .skip(skipped)
            .take_while(|session| {
                let fits = session.minutes <= room;
                room = room.saturating_sub(session.minutes);
                fits
            })
            .collect();
        let Some(now) = lost.last().map(|last| last.end().instant()) else { return Ok(()) };
        prop_assume!(week_of(first.end().unwrap()) > week);
        let done: Vec<Change> = first
            .sessions
            .iter()
            .filter(|session| session.end().instant() <= now && !lost.contains(session))
            .map(|session| entry(&plan, session.item(), session.start.instant(), session.minutes))
            .collect();
        let after = plan.changed(&done, now).unwrap();
        let outlook = Outlook::new(&after, now);
        prop_assert!(outlook.waiting_minutes > 0);
        prop_assert!(outlook.waiting_minutes <= outlook.reserve_minutes());
        prop_assert_eq!(outlook.finish, finish(&plan, &first));
        // A re-plan takes that much of the reserve, and another one leaves it there.
        let replanned = after.changed(std::slice::from_ref(&outlook.change), now).unwrap();
        let again = Outlook::new(&replanned, now);
        prop_assert_eq!((again.finish, again.waiting_minutes), (outlook.finish, 0));
        prop_assert_eq!(again.moves, Moves::default());
    }

    /// If the learner attends every session, no date moves and no time to spare appears.
    #[test]
    fn on_time_no_date_moves(plan in plans(), minutes in 0i64..40_000) {
        let first = Outlook::new(&plan, plan.start_instant());
        let now = plan.start_instant() + TimeDelta::minutes(minutes);
        let sessions = progress(&plan, now).sessions;
        let done: Vec<Change> = sessions
            .iter()
            .filter(|session| session.end().instant() <= now)
            .map(|session| entry(&plan, session.item, session.start.instant(), session.minutes))
            .collect();
        // If the clock shows a time twice, an entry counts as the first. A whole session may not
        // fit there.
        let Ok(on_time) = plan.changed(&done, now) else { return Ok(()) };
        let is_attended = |s: &Tracked| s.end().instant() > now || s.state == SessionState::Done;
        prop_assume!(progress(&on_time, now).sessions.iter().all(is_attended));
        let outlook = Outlook::new(&on_time, now);
        // A journey east repeats some hours. A session in them is told by the clock before the
        // journey once it's over, which can be the day before.
        let is_by_a_journey = |day: NaiveDate| {
            let mut journeys = plan.availability().moves.iter();
            journeys.any(|(first, _)| (day - *first).num_days().abs() <= 1)
        };
        if !outlook.planned_finish.is_some_and(is_by_a_journey) {
            if first.finish.is_some() && outlook.planned_finish == first.finish {
                prop_assert_eq!(outlook.finish, first.finish);
            }
            prop_assert_eq!(outlook.days_later(), 0);
        }
        let spare = first.spare_minutes().zip(outlook.spare_minutes());
        if let Some((before, after)) = spare.filter(|_| is_spare_time_exact(&plan)) {
            prop_assert!(after.max(0) <= before.max(0), "{before} to spare, then {after}");
        }
    }

    /// Neither a missed session nor the passing of time ever adds time to spare. Except that each
    /// week has a reserve of its own: what waits beyond the rest of this week's may take the next
    /// one's once that week begins.
    #[test]
    fn missing_a_session_never_gives_time_to_spare((plan, now) in histories(), hours in 1i64..400) {
        let later = now + TimeDelta::hours(hours);
        let first = Outlook::new(&plan, now);
        let has_reserve = plan.availability().reserve_percent > 0;
        prop_assume!(!has_reserve || first.waiting_minutes <= first.reserve_minutes());
        let spare = first.spare_minutes().zip(Outlook::new(&plan, later).spare_minutes());
        if let Some((before, after)) = spare.filter(|_| is_spare_time_exact(&plan)) {
            prop_assert!(after.max(0) <= before.max(0), "{before} to spare, then {after}");
        }
    }
}

/// Whether no minute is lost or won in counting spare time. The part of a week for review is
/// rounded, each time of what is left of the week. A cap's minutes that pass unused while all work
/// waits for a pin can be used later in the week.
fn is_spare_time_exact(plan: &Plan) -> bool {
    let availability = plan.availability();
    let is_capped = availability.day_cap.is_some() || availability.week_cap.is_some();
    availability.review_percent == 0 && (!is_capped || plan.pins().is_empty())
}

/// A learner who keeps to the plan sees the same dates every week.
#[test]
fn on_time_nothing_drifts() {
    let target = Change::Target(SetTarget {
        value: "2027-12-31".into(),
    });
    let mut plan = embedded().apply(&target).unwrap();
    let first = Outlook::new(&plan, plan.start_instant());
    let mut attended = 0;
    for week in 1..=44 {
        let now = plan.start_instant() + TimeDelta::weeks(week);
        let sessions = progress(&plan, now).sessions;
        let done: Vec<Change> = sessions
            .iter()
            .filter(|session| session.state == SessionState::Missed)
            .map(|session| {
                entry(
                    &plan,
                    session.item,
                    session.start.instant(),
                    session.minutes,
                )
            })
            .collect();
        attended += done.len();
        plan = plan.changed(&done, now).unwrap();
        let outlook = Outlook::new(&plan, now);
        assert_eq!(outlook.finish, first.finish, "week {week}");
        assert_eq!(
            outlook.spare_minutes(),
            first.spare_minutes(),
            "week {week}"
        );
        assert_eq!(outlook.days_later(), 0);
        assert_eq!(summary(&outlook).sentence, summary(&first).sentence);
    }
    assert!(attended > 300, "only {attended} sessions were attended");
}

/// The case of the issue: 10 h of work logged on one day, then four weeks away.
#[test]
fn the_answer_to_the_target_is_as_of_now() {
    let target = Change::Target(SetTarget {
        value: "2028-02-02".into(),
    });
    let plan = embedded().apply(&target).unwrap();
    let begun = plan.start_instant() + TimeDelta::hours(19);
    let python = plan.roadmap().item("python").unwrap();
    let done = entry(&plan, python, begun, 600);
    let plan = plan.changed(&[done], begun + TimeDelta::hours(10)).unwrap();
    let now = "2027-02-01T08:00:00Z".parse().unwrap();
    let shown = view(&Document::new(plan), now);
    let answers = shown.answers.unwrap();
    insta::assert_snapshot!(
        [
            shown.summary.sentence,
            answers.short,
            answers.verdict,
            shown.status.title,
            shown.status.reason
        ]
        .join("\n")
    );
}
