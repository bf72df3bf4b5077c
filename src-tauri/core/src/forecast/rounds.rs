//! The rounds themselves.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::Draws;
use super::attendance::{Attendance, Course};
use super::dates::Ends;
use super::road::{Road, Stage};
use crate::plan::Plan;

/// Quantiles are looked up at so many places of the inverse distribution, in the middle of equal parts.
const PLACES: usize = 4096;

/// No forecast draws more factors of items than this: a roadmap of many thousands of items needs fewer rounds, as their noise evens out.
const MOST_FACTORS: u64 = 20_000_000;
const FEWEST_ROUNDS: u32 = 200;

/// The golden ratio's fraction: its multiples fill the line between 0 and 1 evenly (Weyl 1916).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// What every round of a plan's forecast looks up.
pub(super) struct Tables<'a> {
    attendance: &'a Attendance,
    seed: u64,
    /// The item's own factor at each place, and the one common to all.
    own: Vec<f32>,
    common: Vec<f32>,
    /// Items that were estimated anew: these are not wrong by what the first estimates were wrong by.
    is_anew: Vec<bool>,
}

/// One course that things may take.
pub(super) struct Round<'a> {
    tables: &'a Tables<'a>,
    random: SplitMix64,
    course: Course,
    /// By how much each item takes longer.
    factors: Vec<f32>,
    /// The part of the week's free time that is used, in the week at hand.
    pub attendance: f32,
}

impl<'a> Tables<'a> {
    pub fn of(draws: &'a Draws, plan: &Plan) -> Self {
        #[allow(clippy::cast_precision_loss)] // small numbers
        let at = |place: usize| (place as f64 + 0.5) / PLACES as f64;
        let places = || (0..PLACES).map(at);
        let items = plan.roadmap().items.iter();
        Self {
            attendance: &draws.attendance,
            seed: draws.seed,
            own: places().map(|at| draws.accuracy.own(at)).collect(),
            common: places().map(|at| draws.accuracy.common(at)).collect(),
            is_anew: items
                .map(|item| plan.expected_minutes(item) != plan.effort_minutes(item))
                .collect(),
        }
    }
}

impl<'a> Round<'a> {
    pub fn new(tables: &'a Tables<'a>) -> Self {
        Self {
            tables,
            random: SplitMix64::seed_from_u64(0),
            course: Course::default(),
            factors: vec![1.0; tables.is_anew.len().next_multiple_of(4)],
            attendance: 1.0,
        }
    }

    /// Draws the round of this number. What an item's factor is does not depend on which others there are, and no week's attendance on any item.
    pub fn begin(&mut self, number: u32) {
        let tables = self.tables;
        let number = u64::from(number).wrapping_mul(GOLDEN);
        self.random = SplitMix64::seed_from_u64(tables.seed ^ number.rotate_left(32));
        for four in self.factors.chunks_exact_mut(4) {
            let bits = self.random.next_u64();
            for (part, factor) in four.iter_mut().enumerate() {
                *factor = tables.own[place(bits >> (16 * part))];
            }
        }
        let common = tables.common[place(tables.seed.wrapping_add(number) >> 52)];
        for (factor, is_anew) in self.factors.iter_mut().zip(&tables.is_anew) {
            *factor *= if *is_anew { 1.0 } else { common };
        }
        tables.attendance.begin(&mut self.course, &mut self.random);
        self.next_week();
    }

    #[inline]
    pub fn next_week(&mut self) {
        let course = (&mut self.course, &mut self.random);
        self.attendance = self.tables.attendance.next(course.0, course.1);
    }

    /// By how much an item takes longer than estimated.
    #[inline]
    pub fn factor(&self, item: usize) -> f32 {
        self.factors[item]
    }

    /// Walks the road, and says on which day each stage ends.
    pub fn walk(&mut self, stages: &[Stage], road: &Road, mut ends: impl FnMut(usize, u32)) {
        let (mut needed, mut had, mut free, mut week) = (0f32, 0f32, 0f32, 0);
        for (index, stage) in stages.iter().enumerate() {
            for &(item, minutes) in &stage.work {
                needed += minutes * self.factor(item as usize);
            }
            let day = loop {
                let Some(at) = road.weeks.get(week) else {
                    break road.beyond(needed - had, had / free);
                };
                let have = at.minutes * self.attendance;
                if had + have >= needed {
                    break road.day_in(at, (needed - had) / self.attendance);
                }
                had += have;
                free += at.minutes;
                week += 1;
                self.next_week();
            };
            ends(index, day.max(stage.not_before).min(road.end()));
        }
    }
}

#[inline]
fn place(bits: u64) -> usize {
    (bits % PLACES as u64) as usize
}

/// The days on which each stage ends, over all rounds.
pub(super) fn run(draws: &Draws, plan: &Plan, stages: &[Stage], road: &Road) -> Vec<Ends> {
    let tables = Tables::of(draws, plan);
    let most = MOST_FACTORS / (plan.roadmap().items.len() as u64).max(1);
    let most = u32::try_from(most).unwrap_or(u32::MAX).max(FEWEST_ROUNDS);
    let mut all = vec![Ends::default(); stages.len()];
    let mut round = Round::new(&tables);
    for number in 0..draws.rounds.min(most) {
        round.begin(number);
        round.walk(stages, road, |stage, day| all[stage].add(day));
    }
    all
}
