//! Learners with known habits, to check whether forecasts come true.
//!
//! They don't behave as the forecast assumes: attendance is decided session by session, by rules of
//! several kinds, and the time that items take follows three other distributions.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use waymark_core::plan::Plan;

const WEEKS_A_YEAR: f64 = 52.0;
/// No absence is longer than this, in weeks.
const LONGEST_ABSENCE: f64 = 40.0;

/// How a learner attends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Attends each session with the same chance.
    Steady,
    /// Good weeks, and now and then a run of two to eight bad ones.
    Clustered,
    /// Two to four weeks away each quarter, for exams.
    Exams,
    /// Comes less and less for a year.
    Fading,
    /// Comes more and more for a year.
    Growing,
    /// Some unplanned weeks off each year, and now and then an absence of many weeks.
    Gaps,
    /// Four to nine weeks of holidays a year that aren't entered as time off.
    Holidays,
    /// Bursts of good weeks with slack ones between, and one long stop a year. Never used to choose
    /// the forecast's assumptions.
    Bursts,
    /// From some week of the first year, half a year with much less time. Never used to choose the
    /// forecast's assumptions.
    NewJob,
}

/// The mixture that the forecast's assumptions are chosen and checked on.
pub const KINDS: [Kind; 7] = [
    Kind::Steady,
    Kind::Clustered,
    Kind::Exams,
    Kind::Fading,
    Kind::Growing,
    Kind::Gaps,
    Kind::Holidays,
];

/// Kinds that play no part in choosing the assumptions.
#[allow(dead_code)] // the test in main.rs has no use for them
pub const UNSEEN: [Kind; 2] = [Kind::Bursts, Kind::NewJob];

/// A run of bad weeks, of which there are `share` in all.
struct BadWeeks {
    attendance: f64,
    mean_weeks: f64,
    share: f64,
}

/// Weeks away each quarter.
struct Exams {
    weeks: i64,
    /// The week of the quarter in which they begin.
    first: i64,
}

/// Absences without warning.
struct Absences {
    short_a_year: f64,
    long_a_year: f64,
}

/// Weeks of the year that are off, from the first to before the last.
struct Holiday {
    first: i64,
    end: i64,
}

/// Someone who follows a plan.
pub struct Learner {
    kind: Kind,
    random: Xoshiro256PlusPlus,
    /// The chance to attend a session, on average or at first.
    usual: f64,
    /// The change of that chance in a year.
    drift: f64,
    bad: BadWeeks,
    is_bad: bool,
    exams: Exams,
    absences: Absences,
    /// Weeks that the present absence still lasts.
    away: f64,
    holidays: [Holiday; 3],
    /// The week in which the new job begins.
    new_job: i64,
}

impl Learner {
    pub fn new(kind: Kind, mut random: Xoshiro256PlusPlus) -> Self {
        let random_ref = &mut random;
        let usual = match kind {
            Kind::Steady => between(random_ref, 0.5, 1.0),
            Kind::Clustered | Kind::Exams => between(random_ref, 0.75, 1.0),
            Kind::Fading | Kind::Gaps | Kind::NewJob => between(random_ref, 0.7, 1.0),
            Kind::Growing => between(random_ref, 0.5, 0.8),
            Kind::Holidays => between(random_ref, 0.65, 1.0),
            Kind::Bursts => between(random_ref, 0.8, 1.0),
        };
        let drift = match kind {
            Kind::Fading => -between(random_ref, 0.0, 0.3),
            Kind::Growing => between(random_ref, 0.0, 0.25),
            _ => 0.0,
        };
        let bad = BadWeeks {
            attendance: between(random_ref, 0.0, 0.4),
            mean_weeks: between(random_ref, 2.0, 8.0),
            share: between(random_ref, 0.1, 0.4),
        };
        let is_bad = uniform(random_ref) < bad.share;
        let exams = Exams {
            weeks: 2 + below(random_ref, 3),
            first: below(random_ref, 13),
        };
        let absences = Absences {
            short_a_year: between(random_ref, 1.0, 4.0),
            long_a_year: between(random_ref, 0.4, 1.2),
        };
        let mut holiday = |from: i64, within: i64, fewest: i64, most: i64| {
            let first = from + below(random_ref, within);
            let weeks = fewest + below(random_ref, most - fewest + 1);
            Holiday {
                first,
                end: first + weeks,
            }
        };
        // Spring, summer and Christmas; the plans start in the first week of the year.
        let holidays = [
            holiday(12, 5, 0, 2),
            holiday(26, 6, 3, 5),
            holiday(49, 2, 1, 2),
        ];
        let new_job = below(random_ref, 52);
        Self {
            kind,
            random,
            usual,
            drift,
            bad,
            is_bad,
            exams,
            absences,
            away: 0.0,
            holidays,
            new_job,
        }
    }

    /// The chance to attend a session of this week. To be asked once a week, in order.
    pub fn attendance(&mut self, week: i64) -> f64 {
        let of_year = week % 52;
        let year = (week as f64 / WEEKS_A_YEAR).min(1.0);
        match self.kind {
            Kind::Steady => self.usual,
            Kind::Fading | Kind::Growing => self.usual + self.drift * year,
            Kind::Exams if (week + 13 - self.exams.first) % 13 < self.exams.weeks => 0.05,
            Kind::Exams => self.usual,
            Kind::Clustered => self.of_clusters(self.bad.mean_weeks, self.bad.share),
            Kind::Gaps => self.unless_away(),
            Kind::Holidays => {
                let is_off = |off: &Holiday| (off.first..off.end).contains(&of_year);
                if self.holidays.iter().any(is_off) {
                    0.0
                } else {
                    self.usual
                }
            }
            Kind::Bursts => {
                let stop = self.exams.first * 4;
                if (stop..stop + 2 + 2 * self.exams.weeks).contains(&of_year) {
                    return 0.0;
                }
                self.of_clusters(2.0, 0.35)
            }
            Kind::NewJob if (self.new_job..self.new_job + 26).contains(&week) => self.usual * 0.5,
            Kind::NewJob => self.usual,
        }
    }

    /// Bad weeks in runs of this average length.
    fn of_clusters(&mut self, mean_weeks: f64, share: f64) -> f64 {
        let turn = if self.is_bad {
            1.0 / mean_weeks
        } else {
            share / (1.0 - share) / mean_weeks
        };
        self.is_bad ^= uniform(&mut self.random) < turn;
        if self.is_bad {
            self.bad.attendance
        } else {
            self.usual
        }
    }

    /// Nothing during an absence: one to three weeks, or three and more with a heavy tail (Pareto's
    /// distribution with exponent 1.5).
    fn unless_away(&mut self) -> f64 {
        if self.away < 0.5 {
            self.away = 0.0;
            let draw = uniform(&mut self.random) * WEEKS_A_YEAR;
            let Absences {
                short_a_year,
                long_a_year,
            } = self.absences;
            if draw < long_a_year {
                let tail = (1.0 - uniform(&mut self.random)).powf(-1.0 / 1.5);
                self.away = (3.0 * tail).min(LONGEST_ABSENCE);
            } else if draw < long_a_year + short_a_year {
                self.away = between(&mut self.random, 1.0, 3.0).round();
            }
        }
        if self.away < 0.5 {
            return self.usual;
        }
        self.away -= 1.0;
        0.0
    }

    pub fn attends(&mut self, attendance: f64) -> bool {
        uniform(&mut self.random) < attendance
    }

    /// A new estimate of work that should have been done by now: it is too low again.
    pub fn guess(&mut self, minutes: f64) -> f64 {
        (minutes * between(&mut self.random, 0.6, 1.0) / 15.0).ceil() * 15.0
    }
}

/// The random numbers of one learner.
pub fn random(number: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(number)
}

/// The minutes that each item really takes.
pub fn efforts(plan: &Plan, random: &mut Xoshiro256PlusPlus) -> Vec<f64> {
    // From a fifth faster to four fifths slower, most of them somewhat slower.
    let bias = 0.8 + 0.5 * uniform(random) + 0.5 * uniform(random);
    let shape = below(random, 3);
    plan.roadmap()
        .items
        .iter()
        .map(|item| {
            let noise = match shape {
                // Within 40% either way.
                0 => between(random, 0.6, 1.4),
                // One in six takes two and a half times as long.
                1 if below(random, 6) == 0 => 2.5,
                1 => 0.7,
                // Exponential on top of a floor: a long tail.
                _ => 0.6 - 0.4 * (1.0 - uniform(random)).ln(),
            };
            f64::from(plan.effort_minutes(item)) * bias * noise
        })
        .collect()
}

fn uniform(random: &mut Xoshiro256PlusPlus) -> f64 {
    (random.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

fn between(random: &mut Xoshiro256PlusPlus, low: f64, high: f64) -> f64 {
    low + (high - low) * uniform(random)
}

/// A whole number from 0 to before `end`.
fn below(random: &mut Xoshiro256PlusPlus, end: i64) -> i64 {
    i64::try_from(((random.next_u64() >> 32) * end.unsigned_abs()) >> 32).unwrap_or(0)
}
