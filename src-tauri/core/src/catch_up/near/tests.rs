use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use crate::catch_up::RecoveryOption;
use crate::catch_up::tests::{begun, course, options_of};
use crate::document::Document;
use crate::outlook::finish;
use crate::plan::change::{Replan, SetException, SetTarget};
use crate::plan::{Change, ExceptionEntry, Keep, Plan};
use crate::progress::{SessionState, progress};
use crate::schedule::current;

/// Sessions to come within some days that a change takes away from their time, whole ones only.
fn lost(before: &Plan, after: &Plan, now: DateTime<Utc>, days: i64) -> usize {
    let after = current(after);
    let sessions = progress(before, now).sessions;
    let soon = sessions.iter().filter(|session| {
        let start = session.start.instant();
        let is_whole = session.state == SessionState::Planned && session.done == 0;
        is_whole && start > now && start < now + TimeDelta::days(days)
    });
    let is_lost = |session: &&crate::progress::Tracked| {
        !after.sessions.iter().any(|other| {
            (other.item(), other.start, other.minutes)
                == (session.item, session.start, session.minutes)
        })
    };
    soon.filter(is_lost).count()
}

fn recommended(options: &[RecoveryOption]) -> Option<&RecoveryOption> {
    let mut all = options.iter().filter(|option| option.recommended.is_some());
    let first = all.next();
    assert!(all.next().is_none());
    first
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// Of options that work, one is recommended. It leaves the next three days alone, unless its
    /// items lose work or the finish would be later; and each counts the sessions of the next 14
    /// days that it moves.
    #[test]
    fn the_recommended_option_keeps_the_next_three_days((document, now) in begun()) {
        let plan = &document.plan;
        let options = options_of(plan, now, &[]);
        let works = options.iter().any(|option| option.id == "same-hours" && option.outcome.is_some());
        prop_assert_eq!(recommended(&options).is_some(), works);
        for option in &options {
            let Some((outcome, change)) = option.outcome.as_ref().zip(option.change.clone()) else {
                continue;
            };
            let after = plan.changed(&[change], now).unwrap();
            prop_assert_eq!(outcome.moved_soon, lost(plan, &after, now, 14));
            if option.recommended.is_none() {
                continue;
            }
            let near = lost(plan, &after, now, 3);
            let said = option.recommended.as_ref().unwrap();
            prop_assert_eq!(said.contains("It moves no session of the next three days."), near == 0);
            let keep = Keep::Soon;
            let mut calm = option.changes.clone();
            calm.retain(|change| !matches!(change, Change::Replan(_) | Change::StartAgain(_)));
            calm.push(Change::Replan(Replan { keep }));
            let calm = plan.changed(&calm, now).unwrap();
            let is_later = finish(&calm, &current(&calm)).is_none_or(|end| end > outcome.finish);
            let left = |plan: &Plan| plan.left().iter().sum::<u32>();
            let loses_work = left(&after) < left(plan);
            prop_assert!(near == 0 || is_later || loses_work || lost(plan, &calm, now, 3) >= near);
        }
    }

    /// To start again leaves no session missed and keeps the log. An option that is taken sets a
    /// baseline of its name, and one undo reverts both.
    #[test]
    fn an_option_that_is_taken_is_the_new_baseline((document, now) in begun()) {
        for option in options_of(&document.plan, now, &[]) {
            let Some(change) = option.change else { continue };
            let taken = document.changed(&[change], now).unwrap();
            let after = &taken.plan;
            let baseline = after.baselines().last().unwrap();
            prop_assert_eq!(&baseline.name, &option.name);
            let sessions = progress(after, now).sessions;
            prop_assert_eq!(baseline.sessions.len(), sessions.len());
            let is_there = sessions.iter().all(|session| {
                let mut known = baseline.sessions.iter();
                known.any(|known| known.start == session.start.instant() && known.minutes == session.minutes)
            });
            prop_assert!(is_there);
            if option.id == "start-again" {
                let is_over = |session: &crate::progress::Tracked| session.end().instant() <= now;
                prop_assert!(!sessions.iter().any(is_over));
                prop_assert_eq!(after.log(), document.plan.log());
            }
            prop_assert_eq!(&taken.undone().unwrap().unwrap().plan, &document.plan);
        }
    }
}

/// Two weeks done and two missed, and a target that the same hours miss.
fn late() -> (Plan, DateTime<Utc>) {
    course("2027-03-24".parse().unwrap())
}

#[test]
fn a_sprint_counts_no_week_of_holidays() {
    let (plan, now) = late();
    let sprint = |plan: &Plan| {
        let options = options_of(plan, now, &[]);
        let found = options.into_iter().find(|option| option.id == "sprint");
        found.unwrap()
    };
    let holidays = Change::Exception(SetException {
        exception: ExceptionEntry::TimeOff {
            first: "2027-02-01".into(),
            last: "2027-02-14".into(),
        },
        added: true,
    });
    let later = Change::Target(SetTarget {
        value: "2027-04-07".into(),
    });
    let off = plan.changed(&[holidays, later], now).unwrap();
    insta::assert_snapshot!(sprint(&plan).sentence + "\n" + &sprint(&off).sentence);
}

#[test]
fn after_a_pause_it_is_to_start_again() {
    let (plan, _) = late();
    let now = "2027-02-22T09:00:00Z".parse().unwrap();
    let options = options_of(&plan, now, &[]);
    let again = recommended(&options).unwrap();
    assert_eq!(again.id, "start-again");
    insta::assert_snapshot!(again.recommended.clone().unwrap());
    let status = crate::status::status(&plan, now);
    assert_eq!(status.change, again.change);
    let document = Document::new(plan)
        .changed(&[status.change.unwrap()], now)
        .unwrap();
    assert_eq!(progress(&document.plan, now).missed().count(), 0);
}
