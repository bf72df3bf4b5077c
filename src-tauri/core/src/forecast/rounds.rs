//! The rounds themselves.

use std::iter::Enumerate;
use std::slice::ChunksExact;

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::attendance::{Attendance, WeekBlock, below};
use super::dates::Ends;
use super::held::Holds;
use super::noise::Cases;
use super::road::{Road, Stage};
use super::tables::place;
use super::{BLOCK, Draws, SEED, Tables};
use crate::plan::Plan;

/// The golden ratio's fraction: its multiples fill the line between 0 and 1 evenly (Weyl 1916).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The days on which each stage ends, over all rounds.
pub(super) fn run(
    draws: &Draws,
    plan: &Plan,
    stages: &[Stage],
    road: &Road,
    rounds: u32,
) -> Vec<Ends> {
    let walks = Walks::of(draws, plan, stages, road, rounds);
    let mut all = vec![Ends::default(); stages.len()];
    let mut course = Course::default();
    for number in 0..rounds {
        walks.walk(number, &mut course, |stage, day| all[stage].add(day));
    }
    all
}

/// Everything that the rounds look up.
pub(super) struct Walks<'a> {
    attendance: &'a Attendance,
    tables: &'a Tables,
    road: &'a Road,
    /// For each stage, the earliest day that it can end on.
    not_before: Vec<u32>,
    /// `None` if all work can begin at any time.
    holds: Option<Holds>,
    cases: Cases,
    /// For each block of the road's weeks and each block of attendance, the minutes that get used.
    used: Vec<f32>,
    starts: usize,
}

/// A round's attendance: block after block of weeks.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pool: Vec<WeekBlock>,
    random: SplitMix64,
    drift: f32,
    ahead: u32,
    /// The chance of an absence in each block, in 65,536ths.
    absence: u32,
    /// The blocks that an absence still lasts.
    away: f32,
    /// Random bits that are left, 32 for each block.
    bits: u64,
    draws: u32,
}

impl Default for Course {
    fn default() -> Self {
        Self {
            pool: Vec::new(),
            random: SplitMix64::seed_from_u64(0),
            drift: 0.0,
            ahead: 0,
            absence: 0,
            away: 0.0,
            bits: 0,
            draws: 0,
        }
    }
}

impl Course {
    fn begin(&mut self, seed: u64, attendance: &Attendance, drifts: &[f32]) {
        let mut random = SplitMix64::seed_from_u64(seed);
        attendance.draw_pool(&mut self.pool, &mut random);
        let bits = random.next_u64();
        self.drift = drifts[place(bits)];
        self.absence = attendance.absences.chance(place(bits >> 32));
        self.random = random;
        (self.draws, self.ahead, self.away) = (0, 0, 0.0);
    }

    #[inline]
    pub fn next(&mut self, attendance: &Attendance) -> WeekBlock {
        if self.draws == 0 {
            self.bits = self.random.next_u64();
            self.draws = 2;
        }
        let block = below((self.bits & 0xffff) << 16, self.pool.len());
        #[allow(clippy::cast_possible_truncation)] // 16 bits
        let absence = (self.bits >> 16) as u32 & 0xffff;
        self.bits >>= 32;
        self.draws -= 1;
        if absence < self.absence {
            self.away += attendance.absences.length(absence, self.absence);
        }
        let away = self.away.min(1.0);
        self.away -= away;
        let block = self.pool[block];
        let level = block.level * (1.0 - away) * Attendance::drifted(self.drift, self.ahead);
        self.ahead += 1;
        WeekBlock { level, ..block }
    }
}

impl<'a> Walks<'a> {
    pub fn of(
        draws: &'a Draws,
        plan: &Plan,
        stages: &[Stage],
        road: &'a Road,
        rounds: u32,
    ) -> Self {
        let starts = draws.attendance.starts();
        let mut used = Vec::with_capacity(road.weeks.len().div_ceil(BLOCK) * starts);
        for weeks in road.weeks.chunks(BLOCK) {
            used.extend((0..starts).map(|start| {
                let attended = draws.attendance.weeks(start).iter().zip(weeks);
                attended
                    .map(|(part, week)| part * week.minutes())
                    .sum::<f32>()
            }));
        }
        Self {
            attendance: &draws.attendance,
            tables: &draws.tables,
            road,
            not_before: stages.iter().map(|stage| stage.not_before).collect(),
            holds: Holds::of(stages),
            cases: Cases::draw(draws, plan, stages, rounds),
            used,
            starts,
        }
    }

    /// The ratio of a learner's work to its estimates in the round of this number.
    #[inline]
    pub fn common(&self, number: u32) -> f32 {
        let along = u64::from(number).wrapping_mul(GOLDEN).wrapping_add(SEED);
        self.tables.bias[place(along >> 52)]
    }

    /// Begins the round of this number. Its draws depend on the learner's record, not on the plan.
    pub fn begin(&self, number: u32, course: &mut Course) {
        let number = u64::from(number).wrapping_mul(GOLDEN).rotate_left(32);
        course.begin(SEED ^ number, self.attendance, &self.tables.drift);
    }

    /// Walks one round, and reports the day on which each stage ends.
    pub fn walk(&self, number: u32, course: &mut Course, mut ends: impl FnMut(usize, u32)) {
        if let Some(holds) = &self.holds {
            return self.walk_held(holds, number, course, ends);
        }
        let common = self.common(number);
        let case = self.cases.case(number as usize);
        let mut walk = Walk::begin(self, number, course);
        for (stage, work) in case.iter().enumerate() {
            let day = walk.day_of(work.biased * common + work.unbiased);
            ends(stage, day.max(self.not_before[stage]).min(self.road.end));
        }
    }

    /// As [`Walks::walk`], where some work doesn't begin before a day.
    fn walk_held(
        &self,
        holds: &Holds,
        number: u32,
        course: &mut Course,
        mut ends: impl FnMut(usize, u32),
    ) {
        let mut walk = Walk::begin(self, number, course);
        let until = holds.days.iter().map(|&day| walk.minutes_until(day));
        let releases: Vec<f32> = until.collect();
        let common = self.common(number);
        let case = self.cases.case(number as usize).iter();
        let needed = case.map(|work| work.biased * common + work.unbiased);
        let done = holds.ends(&needed.collect::<Vec<_>>(), &releases);
        let mut order: Vec<usize> = (0..done.len()).collect();
        order.sort_by(|&a, &b| done[a].total_cmp(&done[b]));
        let mut days = vec![0; done.len()];
        let mut walk = Walk::begin(self, number, course);
        for stage in order {
            days[stage] = walk.day_of(done[stage]);
        }
        for (stage, day) in days.iter().enumerate() {
            let with = holds.ends_with[stage].iter().map(|&other| days[other]);
            let day = with.chain([*day]).max().unwrap_or(0);
            let day = day.max(holds.not_from[stage]).max(self.not_before[stage]);
            ends(stage, day.min(self.road.end));
        }
    }

    /// The minutes of the block of weeks at this place that get used before a day.
    fn minutes_before(&self, place: usize, block: WeekBlock, day: u32) -> f32 {
        let first = place * BLOCK;
        let weeks = self.road.weeks[first..first + BLOCK].iter();
        let parts = self.attendance.weeks(block.start);
        let minutes = weeks.zip(parts).enumerate().map(|(at, (week, part))| {
            let days = (0..7).take_while(|&of_week| self.road.number(first + at, of_week) < day);
            week.minutes_of(days.count()) * part * block.level
        });
        minutes.sum()
    }

    /// The day on which `minutes` of the block of weeks at this place are done.
    #[inline]
    fn day(&self, place: usize, block: WeekBlock, minutes: f32) -> u32 {
        let first = place * BLOCK;
        let weeks = &self.road.weeks[first..first + BLOCK];
        let parts = self.attendance.weeks(block.start);
        let mut done = [0f32; BLOCK + 1];
        for at in 0..BLOCK {
            done[at + 1] = done[at] + weeks[at].minutes() * (parts[at] * block.level);
        }
        let over = done[1..BLOCK]
            .iter()
            .map(|done| usize::from(*done < minutes));
        let week = over.sum::<usize>();
        let within = (minutes - done[week]) / (parts[week] * block.level);
        self.road.number(first + week, weeks[week].day_of(within))
    }
}

/// One round on its way through the blocks of weeks. It only goes forward.
struct Walk<'a> {
    walks: &'a Walks<'a>,
    course: &'a mut Course,
    /// The block of attendance that was drawn for the block of weeks at hand.
    block: WeekBlock,
    /// The number of the block of weeks at hand, and the minutes that each block of attendance uses
    /// of it. `None` beyond the road.
    at: Option<(usize, &'a [f32])>,
    ahead: Enumerate<ChunksExact<'a, f32>>,
    /// The minutes that got used before the block at hand.
    had: f32,
}

impl<'a> Walk<'a> {
    #[inline]
    fn begin(walks: &'a Walks<'a>, number: u32, course: &'a mut Course) -> Self {
        walks.begin(number, course);
        let mut ahead = walks.used.chunks_exact(walks.starts).enumerate();
        Self {
            walks,
            block: course.next(walks.attendance),
            course,
            at: ahead.next(),
            ahead,
            had: 0.0,
        }
    }

    /// The day on which this many minutes have got used. They aren't fewer than at the last call.
    #[inline]
    fn day_of(&mut self, minutes: f32) -> u32 {
        loop {
            let Some((place, used)) = self.at else {
                return self.walks.road.beyond(minutes - self.had, self.had);
            };
            let have = used[self.block.start] * self.block.level;
            if self.had + have >= minutes {
                return self.walks.day(place, self.block, minutes - self.had);
            }
            self.pass(have);
        }
    }

    /// The minutes that get used before a day. It isn't before that of the last call.
    fn minutes_until(&mut self, day: u32) -> f32 {
        while let Some((place, used)) = self.at {
            if self.walks.road.number((place + 1) * BLOCK, 0) > day {
                return self.had + self.walks.minutes_before(place, self.block, day);
            }
            self.pass(used[self.block.start] * self.block.level);
        }
        self.had
    }

    #[inline]
    fn pass(&mut self, minutes: f32) {
        self.had += minutes;
        self.block = self.course.next(self.walks.attendance);
        self.at = self.ahead.next();
    }
}
