//! The work before the end of each stage, in some hundreds of cases of what the items will take.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::Draws;
use super::road::Stage;
use crate::plan::Plan;

/// An inverse distribution is a table of its values in the middle of this many equal parts.
pub(super) const PLACES: usize = 4096;

/// Cases that are drawn; each round takes one. A roadmap of thousands of items gets fewer, since
/// its noise evens out.
const CASES: usize = 1_000;
const FEWEST_CASES: usize = 40;
const MOST_FACTORS: usize = 10_000_000;

/// Minutes of work before the end of each stage: those that the learner's bias applies to, and
/// those that it doesn't.
#[derive(Debug, Clone)]
pub(super) struct Cases {
    pub count: usize,
    stages: usize,
    /// For each case, stage by stage.
    minutes: Vec<(f32, f32)>,
}

impl Cases {
    pub fn draw(draws: &Draws, plan: &Plan, stages: &[Stage]) -> Self {
        let items = &plan.roadmap().items;
        let count = (MOST_FACTORS / items.len().max(1)).clamp(FEWEST_CASES, CASES);
        let mut minutes = vec![(0.0, 0.0); count * stages.len()];
        for (stage, at) in stages.iter().zip(0..) {
            for &(item, work) in &stage.work {
                // The bias of the first estimates doesn't apply to what was estimated again.
                let is_revised = items
                    .get(item as usize)
                    .is_some_and(|item| plan.expected_minutes(item) != plan.effort_minutes(item));
                let mut factors = factors(draws.seed, item, &draws.tables.noise);
                for case in minutes.chunks_exact_mut(stages.len()) {
                    let more = work * factors();
                    let (biased, again) = &mut case[at];
                    *if is_revised { again } else { biased } += more;
                }
            }
        }
        for case in minutes.chunks_exact_mut(stages.len().max(1)) {
            for at in 1..case.len() {
                let before = case[at - 1];
                case[at].0 += before.0;
                case[at].1 += before.1;
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
    pub fn case(&self, number: usize) -> &[(f32, f32)] {
        let from = number % self.count * self.stages;
        &self.minutes[from..from + self.stages]
    }
}

/// The factors of one item, case by case: the same ones whatever else is in the plan.
pub(super) fn factors(seed: u64, item: u32, table: &[f32]) -> impl FnMut() -> f32 {
    let mut random = SplitMix64::seed_from_u64(seed.rotate_left(17) ^ u64::from(item));
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

/// An inverse distribution as a table.
pub(super) fn table(of: impl Fn(f64) -> f32) -> Vec<f32> {
    #[allow(clippy::cast_precision_loss)] // small numbers
    let at = |place: usize| (place as f64 + 0.5) / PLACES as f64;
    (0..PLACES).map(|place| of(at(place))).collect()
}

/// A place in such a table.
#[inline]
#[allow(clippy::cast_possible_truncation)] // it is below `PLACES`
pub(super) fn place(bits: u64) -> usize {
    bits as usize % PLACES
}
