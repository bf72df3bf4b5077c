//! The rounds themselves.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::Draws;
use super::attendance::Course;
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

/// The days on which each stage ends, over all rounds.
pub(super) fn run(draws: &Draws, plan: &Plan, stages: &[Stage], road: &Road) -> Vec<Ends> {
    let place = |place: usize| (place as f64 + 0.5) / PLACES as f64;
    let own: Vec<f32> = (0..PLACES)
        .map(|at| draws.accuracy.own(place(at)))
        .collect();
    let common: Vec<f32> = (0..PLACES)
        .map(|at| draws.accuracy.common(place(at)))
        .collect();
    let items = plan.roadmap().items.len();
    // What was estimated anew is not wrong by what the first estimates were wrong by.
    let is_anew: Vec<bool> = plan
        .roadmap()
        .items
        .iter()
        .map(|item| plan.expected_minutes(item) != plan.effort_minutes(item))
        .collect();
    let most = MOST_FACTORS / (items as u64).max(1);
    let rounds = draws
        .rounds
        .min(u32::try_from(most).unwrap_or(u32::MAX).max(FEWEST_ROUNDS));

    let mut ends = vec![Ends::default(); stages.len()];
    let mut factors = vec![0f32; items.next_multiple_of(4)];
    let mut course = Course::default();
    for round in 0..rounds {
        let round = u64::from(round);
        let mut random =
            SplitMix64::seed_from_u64(draws.seed ^ round.wrapping_mul(GOLDEN).rotate_left(32));
        for four in factors.chunks_exact_mut(4) {
            let bits = random.next_u64();
            for (part, factor) in four.iter_mut().enumerate() {
                *factor = own[(bits >> (16 * part)) as usize % PLACES];
            }
        }
        let common =
            common[(draws.seed.wrapping_add(round.wrapping_mul(GOLDEN)) >> 52) as usize % PLACES];
        draws.attendance.begin(&mut course, &mut random);
        let mut next = || draws.attendance.next(&mut course, &mut random);

        let (mut needed, mut had, mut free, mut week) = (0f32, 0f32, 0f32, 0);
        let mut attendance = next();
        for (stage, ends) in stages.iter().zip(&mut ends) {
            for &(item, minutes) in &stage.work {
                let item = item as usize;
                let common = if is_anew[item] { 1.0 } else { common };
                needed += minutes * factors[item] * common;
            }
            let day = loop {
                let Some(at) = road.weeks.get(week) else {
                    break beyond(road, needed - had, had / free);
                };
                let have = at.minutes * attendance;
                if had + have >= needed {
                    let within = (needed - had) / attendance;
                    let days = &road.days[at.days.0..at.days.1];
                    break days
                        .iter()
                        .find(|(until, _)| *until >= within)
                        .map_or(at.last, |(_, day)| *day);
                }
                had += have;
                free += at.minutes;
                week += 1;
                attendance = next();
            };
            let not_before = stage
                .not_before
                .and_then(|date| road.day(date))
                .unwrap_or(0);
            ends.add(day.max(not_before).min(road.end()));
        }
    }
    ends
}

/// The day on which so many minutes more are done after the end of the road, at the attendance of the round so far.
fn beyond(road: &Road, minutes: f32, attendance: f32) -> u32 {
    let last = road.weeks.last().map_or(0, |week| week.last);
    let days = 7.0 * minutes / (road.average * attendance);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates
    let days = days.ceil().max(0.0) as u32;
    last.saturating_add(days)
}
