use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::plan::change::SetHours;
use crate::plan::{Change, PinEntry, PlanFile};
use crate::roadmap::Requirement;
use crate::samples::{embedded, plans, small_plans};
use crate::schedule::schedule;

/// Work on the axis of free minutes, to try every order by brute force.
struct Trial<'a> {
    plan: &'a Plan,
    /// Minutes of each item outside its pins.
    work: Vec<i64>,
    /// End of each item's last pin.
    pinned_until: Vec<i64>,
    /// The minute before which each item doesn't begin.
    begins: Vec<i64>,
    /// Deadline of each item.
    deadlines: Vec<Option<i64>>,
}

impl Trial<'_> {
    fn requires(&self, item: usize) -> Vec<usize> {
        let roadmap = self.plan.roadmap();
        let entry = &roadmap.items[item];
        let all = entry
            .requires
            .iter()
            .chain(&roadmap.phases[entry.phase].requires);
        all.flat_map(|requirement| match *requirement {
            Requirement::Item(other) => other..other + 1,
            Requirement::Phase(other) => roadmap.phases[other].items.clone(),
        })
        .collect()
    }

    /// Whether all deadlines are met if each minute goes to the first of these items that can be
    /// worked on then.
    fn is_met_in(&self, order: &[usize]) -> bool {
        let mut left = self.work.clone();
        let mut finished: Vec<Option<i64>> = vec![None; left.len()];
        let mut now = 0;
        loop {
            for item in 0..left.len() {
                let before: Option<Vec<i64>> = self
                    .requires(item)
                    .iter()
                    .map(|&other| finished[other])
                    .collect();
                if let (0, None, Some(before)) = (left[item], finished[item], before) {
                    // An item with work is finished now, one without when its prerequisites are.
                    let last = before.into_iter().max().unwrap_or(0);
                    let own = if self.work[item] > 0 { now } else { last };
                    finished[item] = Some(own.max(self.pinned_until[item]));
                }
            }
            if left.iter().all(|&left| left == 0) && finished.iter().all(Option::is_some) {
                return true;
            }
            let can_be_worked_on = |item: &usize| {
                let is_over = |&other: &usize| finished[other].is_some_and(|end| end <= now);
                left[*item] > 0
                    && self.begins[*item] <= now
                    && self.requires(*item).iter().all(is_over)
            };
            let next = finished
                .iter()
                .flatten()
                .chain(&self.begins)
                .copied()
                .filter(|&time| time > now)
                .min();
            match order.iter().copied().find(can_be_worked_on) {
                Some(item) => {
                    let until = next.unwrap_or(i64::MAX).min(now + left[item]);
                    left[item] -= until - now;
                    now = until;
                    if left[item] == 0
                        && self.deadlines[item].is_some_and(|deadline| now > deadline)
                    {
                        return false;
                    }
                }
                None => match next {
                    Some(next) => now = next,
                    None => continue,
                },
            }
        }
    }

    fn is_met_in_some_order(&self) -> bool {
        fn any(trial: &Trial, order: &mut Vec<usize>, from: usize) -> bool {
            if from == order.len() {
                return trial.is_met_in(order);
            }
            (from..order.len()).any(|other| {
                order.swap(from, other);
                let is_met = any(trial, order, from + 1);
                order.swap(from, other);
                is_met
            })
        }
        let mut with_work: Vec<usize> = (0..self.work.len())
            .filter(|&item| self.work[item] > 0)
            .collect();
        any(self, &mut with_work, 0)
    }
}

/// The end of each free minute outside pins, until the last target date.
fn free_minutes(plan: &Plan, scheduled: &Schedule) -> Vec<i64> {
    let dates = plan
        .roadmap()
        .phases
        .iter()
        .filter_map(|p| plan.target_of(&p.id));
    let last = end_of(plan, dates.max().unwrap()).timestamp();
    let pins = scheduled
        .sessions
        .iter()
        .filter(|session| session.why == Why::Pinned);
    let pinned: BTreeSet<i64> = pins.flat_map(minutes_of).collect();
    let slots = plan
        .slots(plan.start_instant())
        .take_while(|slot| slot.start.seconds < last);
    let minutes = slots
        .flat_map(|slot| (1..=i64::from(slot.minutes)).map(move |m| slot.start.seconds + m * 60));
    minutes.filter(|minute| !pinned.contains(minute)).collect()
}

fn minutes_of(session: &Session) -> impl Iterator<Item = i64> {
    let start = session.start.seconds;
    (1..=i64::from(session.minutes)).map(move |minute| start + minute * 60)
}

/// The days from the plan's start before which some items don't begin.
fn not_before(plan: &Plan, dates: &[(prop::sample::Index, u64)]) -> BTreeMap<String, NaiveDate> {
    let items = &plan.roadmap().items;
    let dates = dates.iter().map(|(item, days)| {
        let item = &items[item.index(items.len())];
        (item.id.clone(), plan.start() + Days::new(*days))
    });
    dates.collect()
}

fn lay(plan: &Plan) -> (Schedule, Slack) {
    let scheduled = schedule(plan, plan.start_instant());
    let slack = slack(plan, &scheduled, plan.start_instant()).unwrap();
    (scheduled, slack)
}

fn all_met(plan: &Plan, scheduled: &Schedule) -> bool {
    let phases = plan.roadmap().phases.iter().enumerate();
    phases.into_iter().all(|(index, phase)| {
        plan.target_of(&phase.id)
            .is_none_or(|by| is_met(plan, scheduled, index, by))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_shrink_iters: 400, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    /// Pins are inside the windows, across their edges and outside them.
    #[test]
    fn the_certificate_agrees_with_trying_every_order(
        plan in small_plans(),
        pins in prop::collection::vec((any::<prop::sample::Index>(), 0u64..40, 18u32..23, 1u32..9), 0..4),
        dates in prop::collection::vec((any::<prop::sample::Index>(), 0u64..40), 0..3),
    ) {
        let mut file = plan.to_file();
        let items = &plan.roadmap().items;
        file.not_before = not_before(&plan, &dates);
        file.pins = pins.iter().map(|(item, day, hour, quarters)| PinEntry {
            item: items[item.index(items.len())].id.clone(),
            start: format!("{}T{hour}:30", plan.start() + Days::new(*day)),
            minutes: quarters * 15,
        }).collect();
        let plan = Plan::from_file(file).unwrap();
        let scheduled = schedule(&plan, plan.start_instant());
        let minutes = free_minutes(&plan, &scheduled);
        let until = |moment: i64| i64::try_from(minutes.iter().filter(|&&minute| minute <= moment).count()).unwrap();
        let items = &plan.roadmap().items;
        let pins = |item: usize| scheduled.sessions.iter().filter(move |s| s.why == Why::Pinned && s.item() == item);
        let trial = Trial {
            work: (0..items.len())
                .map(|item| i64::from(plan.effort_minutes(&items[item])) - pins(item).map(|s| i64::from(s.minutes)).sum::<i64>())
                .collect(),
            pinned_until: (0..items.len()).map(|item| pins(item).map(|s| until(s.end().seconds)).max().unwrap_or(0)).collect(),
            begins: items.iter()
                .map(|item| plan.not_before(item).map_or(0, |date| until(plan.instant(date.into()).timestamp())))
                .collect(),
            deadlines: items.iter()
                .map(|item| Some(until(end_of(&plan, plan.target_of(&plan.roadmap().phases[item.phase].id)?).timestamp())))
                .collect(),
            plan: &plan,
        };
        prop_assume!(trial.work.iter().filter(|&&work| work > 0).count() <= 6);
        let slack = slack(&plan, &scheduled, plan.start_instant());
        prop_assert_eq!(slack.is_none_or(|slack| slack.whole.minutes >= 0), trial.is_met_in_some_order());
    }

    /// An item's slack is exactly the work that can be added to it without missing a date.
    #[test]
    fn slack_is_the_work_that_can_be_added(
        plan in small_plans(),
        pick in any::<prop::sample::Index>(),
        dates in prop::collection::vec((any::<prop::sample::Index>(), 0u64..40), 0..3),
    ) {
        let plan = Plan::from_file(PlanFile { not_before: not_before(&plan, &dates), ..plan.to_file() }).unwrap();
        let (_, slack) = lay(&plan);
        prop_assume!(slack.whole.minutes >= 0);
        let item = pick.index(plan.roadmap().items.len());
        let can_bear = |more: i64| {
            let mut file = plan.to_file();
            let entries = file.roadmap.as_mut().unwrap().phases.iter_mut().flat_map(|phase| &mut phase.items);
            let entry = entries.into_iter().nth(item).unwrap();
            let hours = entry.effort_hours.as_mut().unwrap();
            #[allow(clippy::cast_precision_loss)]
            { *hours += more as f64 / 60.0; }
            lay(&Plan::from_file(file).unwrap()).1.whole.minutes >= 0
        };
        let slack = slack.items[item].unwrap();
        prop_assert!(can_bear(slack) && !can_bear(slack + 1));
    }

    /// The verdict matches the schedule.
    #[test]
    fn the_verdict_is_true_of_the_schedule(plan in plans()) {
        let scheduled = schedule(&plan, plan.start_instant());
        if let Some(slack) = slack(&plan, &scheduled, plan.start_instant()) {
            prop_assert_eq!(slack.verdict == Verdict::Met, all_met(&plan, &scheduled));
            // If minutes are missing, no schedule meets the dates.
            prop_assert!(slack.whole.minutes >= 0 || !all_met(&plan, &scheduled));
        }
    }
}

fn nominal(target: &str) -> Plan {
    let file = serde_json::json!({
        "id": "p", "start": "2027-01-04", "zone": "Europe/Berlin", "phase_targets": {"monitoring-observability": target},
    });
    Plan::from_json(&file.to_string()).unwrap()
}

/// The source's own 44 weeks at its nominal hours leave no cushion. One more week leaves ten hours,
/// and one week less is ten hours short.
#[test]
fn the_cushion_of_the_nominal_plan() {
    for (target, minutes) in [("2027-11-06", 0), ("2027-11-13", 600), ("2027-10-30", -600)] {
        let plan = nominal(target);
        let (_, slack) = lay(&plan);
        assert_eq!(slack.whole.minutes, minutes, "by {target}");
        assert_eq!(slack.whole.by.to_string(), target);
        let is_met = matches!(slack.verdict, Verdict::Met);
        assert_eq!(is_met, minutes >= 0);
        // Every core item is equally critical, and no date depends on the career track.
        let core = plan
            .roadmap()
            .items
            .iter()
            .take_while(|item| item.phase < 7)
            .count();
        assert_eq!(slack.critical, (0..core).collect::<Vec<_>>());
        assert_eq!(slack.items[core], None);
    }
}

#[test]
fn without_a_target_there_is_no_slack() {
    let plan = embedded();
    let plan = plan
        .apply(&Change::Hours(SetHours { value: "12".into() }))
        .unwrap();
    let scheduled = schedule(&plan, plan.start_instant());
    assert_eq!(slack(&plan, &scheduled, plan.start_instant()), None);
}
