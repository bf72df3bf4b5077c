//! The work before the end of each stage, in some hundreds of cases of what the items will take.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::road::{ItemWork, Stage};
use super::tables::place;
use super::{Draws, SEED};
use crate::plan::Plan;

/// Cases that are drawn; each round takes one. A roadmap of thousands of items gets fewer, since
/// its noise evens out.
const CASES: usize = 1_000;
const FEWEST_CASES: usize = 40;
const MOST_FACTORS: usize = 10_000_000;

/// Minutes of work before the end of each stage, case by case.
#[derive(Debug, Clone)]
pub(super) struct Cases {
    pub count: usize,
    stages: usize,
    /// For each case, stage by stage.
    minutes: Vec<StageWork>,
}

/// Minutes of work before the end of a stage.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StageWork {
    /// Estimated at first, so that the learner's bias applies.
    pub biased: f32,
    /// Estimated again, so that it doesn't.
    pub unbiased: f32,
}

impl Cases {
    /// At most as many cases as there are rounds.
    pub fn draw(draws: &Draws, plan: &Plan, stages: &[Stage], rounds: u32) -> Self {
        let items = &plan.roadmap().items;
        let count = (MOST_FACTORS / items.len().max(1))
            .clamp(FEWEST_CASES, CASES)
            .min(rounds as usize)
            .max(1);
        let mut minutes = vec![StageWork::default(); count * stages.len()];
        for (stage, at) in stages.iter().zip(0..) {
            for &ItemWork {
                item,
                minutes: work,
            } in &stage.work
            {
                // The bias of the first estimates doesn't apply to what was estimated again.
                let is_revised = items
                    .get(item as usize)
                    .is_some_and(|item| plan.expected_minutes(item) != plan.effort_minutes(item));
                let mut factors = factors(item, &draws.tables.noise);
                for case in minutes.chunks_exact_mut(stages.len()) {
                    let more = work * factors();
                    let StageWork { biased, unbiased } = &mut case[at];
                    *if is_revised { unbiased } else { biased } += more;
                }
            }
        }
        for case in minutes.chunks_exact_mut(stages.len().max(1)) {
            for at in 1..case.len() {
                let before = case[at - 1];
                case[at].biased += before.biased;
                case[at].unbiased += before.unbiased;
            }
        }
        Self {
            count,
            stages: stages.len(),
            minutes,
        }
    }

    /// One case, stage by stage.
    #[inline]
    pub fn case(&self, number: usize) -> &[StageWork] {
        let from = number % self.count * self.stages;
        &self.minutes[from..from + self.stages]
    }
}

/// The factors of one item, case by case: the same ones whatever else is in the plan.
pub(super) fn factors(item: u32, table: &[f32]) -> impl FnMut() -> f32 {
    let mut random = SplitMix64::seed_from_u64(SEED.rotate_left(17) ^ u64::from(item));
    let (mut bits, mut left) = (0, 0);
    move || {
        if left == 0 {
            (bits, left) = (random.next_u64(), 4);
        }
        let factor = table[place(bits)];
        (bits, left) = (bits >> 16, left - 1);
        factor
    }
}
