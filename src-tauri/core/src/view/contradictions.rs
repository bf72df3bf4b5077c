//! A plan's answers and its forecast stand side by side: no learner may read them as two answers to
//! one question.

use chrono::{DateTime, Days, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::catch_up::options;
use crate::forecast::{EVEN, forecast};
use crate::outlook::Outlook;
use crate::plan::change::{Replan, SetTarget};
use crate::plan::{Change, Keep, PlanFile};
use crate::progress::progress;
use crate::samples::{entry, small_plans};

/// A plan after up to 16 weeks, in which each session was attended with the same chance and took
/// longer or shorter than planned, with a target date around its finish.
fn records() -> impl Strategy<Value = (Plan, DateTime<Utc>)> {
    let habits = (
        1u32..=100,
        10u32..=150,
        prop::collection::vec(0u32..100, 200),
    );
    (small_plans(), 0i64..16, habits, -60i64..200).prop_map(
        |(plan, weeks, (attendance, part, draws), spare)| {
            let now = plan.start_instant() + TimeDelta::weeks(weeks) + TimeDelta::hours(12);
            let mut plan = Plan::from_file(PlanFile {
                phase_targets: Default::default(),
                ..plan.to_file()
            })
            .unwrap();
            let sessions = progress(&plan, now).sessions;
            let over = sessions
                .iter()
                .filter(|session| session.end().instant() <= now);
            for (session, draw) in over.zip(draws) {
                let minutes = (session.minutes * part / 100).max(1);
                if draw < attendance {
                    let done = entry(&plan, session.item, session.start.instant(), minutes);
                    plan = plan.changed(&[done], now).unwrap_or(plan);
                }
            }
            let finish = Outlook::new(&plan, now).finish.unwrap_or(plan.start());
            let by = match u64::try_from(spare) {
                Ok(days) => finish + Days::new(days),
                Err(_) => finish - Days::new(spare.unsigned_abs()),
            };
            let by = by.max(plan.start());
            let target = Change::Target(SetTarget {
                value: by.to_string(),
            });
            let replan = Change::Replan(Replan { keep: Keep::Frozen });
            let plan = plan.changed(&[target, replan], now).unwrap_or(plan);
            (plan, now)
        },
    )
}

/// Whether a text says of a date or a target what it takes to come true.
fn is_conditional(text: &str) -> bool {
    [
        "as planned",
        " a week",
        "target of",
        "own pace",
        "your pace",
        "Planned in",
    ]
    .iter()
    .any(|condition| text.contains(condition))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 100, ..ProptestConfig::default() })]

    /// The plan's answers say that they are the plan's, and the forecast's that they are of the
    /// learner's own pace. If the two differ about the target date, nothing about it is green.
    /// Until the record weighs half there is nothing of the forecast beside the plan.
    #[test]
    fn a_plan_and_its_forecast_never_contradict_each_other((plan, now) in records()) {
        let foreseen = forecast(&plan, now);
        let told = forecast_view(&plan, &foreseen, now);
        let shown = view(&crate::document::Document::new(plan.clone()), now);
        let answers = shown.answers.as_ref();
        let recommended: Vec<String> = options(&plan, now)
            .into_iter()
            .filter_map(|option| option.recommended)
            .collect();
        let of_plan = answers
            .into_iter()
            .flat_map(|answers| [answers.short.clone(), answers.verdict.clone()])
            .chain([shown.status.reason.clone()])
            .chain(recommended.iter().cloned());
        for text in of_plan.filter(|text| ["meet", "met", "finish"].iter().any(|it| text.contains(it))) {
            prop_assert!(is_conditional(&text), "{}", text);
            prop_assert!(told.is_own || !text.contains("pace"), "{}", text);
        }
        if !told.is_own {
            prop_assert_eq!(&told.target, &None);
            prop_assert!(!told.headline.contains('%'), "{}", told.headline);
            return Ok(());
        }
        let Some(pace) = told.target else { return Ok(()) };
        let chance = foreseen.chance.unwrap();
        prop_assert_eq!(pace.is_likely, chance >= EVEN);
        let percent = format!("{}%", words::chance(chance));
        for text in [&pace.short, &told.headline] {
            prop_assert!(text.contains(&percent) && text.contains("pace"), "{}", text);
        }
        if !pace.is_likely && answers.is_some_and(|answers| answers.is_met) {
            for text in recommended.iter().filter(|text| text.contains("meet")) {
                prop_assert!(text.contains("own pace"), "{}", text);
            }
        }
    }
}
