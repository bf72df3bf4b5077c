//! The hours a week that make a date sure enough.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Draws, SURE, held, road, rounds};
use crate::needed::{STEP_MINUTES, first};
use crate::plan::{HOURS_PER_WEEK, Plan};
use crate::schedule::schedule;

/// Rounds of the search; its answer is then confirmed with all rounds.
const FEW_ROUNDS: u32 = 500;

impl Draws {
    /// The fewest minutes a week, in quarters of an hour, with which [`SURE`] of the rounds finish
    /// everything by a date; `None` if no hours that the days and windows hold are enough.
    ///
    /// A few rounds find the place, and all rounds correct it. Both are the same rounds for all
    /// hours, so their difference hardly changes from one quarter of an hour to the next, and a
    /// second search that adds it seldom misses.
    pub fn week_minutes_to_be_sure(
        &self,
        plan: &Plan,
        now: DateTime<Utc>,
        by: NaiveDate,
    ) -> Option<u32> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0.5 and 60
        let [fewest, most] = [HOURS_PER_WEEK.start(), HOURS_PER_WEEK.end()]
            .map(|h| (h * 60.0) as u32 / STEP_MINUTES);
        let can_hold = |steps: u32| plan.with_week_minutes(steps * STEP_MINUTES).is_ok();
        let most = first(fewest, most + 1, |steps| !can_hold(steps)).saturating_sub(1);
        if most < fewest {
            return None;
        }
        let few = Shares::of(self, plan, now, by, FEW_ROUNDS.min(self.rounds));
        let all = Shares::of(self, plan, now, by, self.rounds);
        let near = first(fewest, most, |steps| few.at(steps) >= SURE);
        let error = all.at(near) - few.at(near);
        let mut steps = first(fewest, most, |steps| few.at(steps) + error >= SURE);
        while all.at(steps) < SURE {
            if steps >= most {
                return None;
            }
            steps += 1;
        }
        while steps > fewest && all.at(steps - 1) >= SURE {
            steps -= 1;
        }
        Some(steps * STEP_MINUTES)
    }

    /// The share of rounds that finish everything by a date.
    fn share_by(&self, plan: &Plan, now: DateTime<Utc>, by: NaiveDate, rounds: u32) -> f64 {
        let schedule = schedule(plan, now);
        if !schedule.unplaced.is_empty() {
            return 0.0;
        }
        let stages = held::stages(plan, &schedule, now);
        let Some(road) = road::Road::of(plan, now, &stages) else {
            return 1.0;
        };
        rounds::run(self, plan, &stages, &road, rounds)
            .last()
            .map_or(1.0, |ends| ends.share_by(&road, by))
    }
}

/// The share of rounds that finish in time, by the number of quarters of an hour a week; each is
/// computed once.
struct Shares<'a> {
    draws: &'a Draws,
    plan: &'a Plan,
    now: DateTime<Utc>,
    by: NaiveDate,
    rounds: u32,
    known: RefCell<BTreeMap<u32, f64>>,
}

impl<'a> Shares<'a> {
    fn of(
        draws: &'a Draws,
        plan: &'a Plan,
        now: DateTime<Utc>,
        by: NaiveDate,
        rounds: u32,
    ) -> Self {
        Self {
            draws,
            plan,
            now,
            by,
            rounds,
            known: RefCell::default(),
        }
    }

    fn at(&self, steps: u32) -> f64 {
        if let Some(share) = self.known.borrow().get(&steps) {
            return *share;
        }
        let plan = self.plan.with_week_minutes(steps * STEP_MINUTES);
        let share = plan.map_or(0.0, |plan| {
            self.draws.share_by(&plan, self.now, self.by, self.rounds)
        });
        self.known.borrow_mut().insert(steps, share);
        share
    }
}
