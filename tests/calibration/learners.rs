//! Learners with known habits, to check whether forecasts come true. They don't behave as the
//! forecast assumes: attendance is decided session by session, by rules of five kinds, and the time
//! that items take follows three other distributions than the forecast's.

use chrono::{DateTime, TimeDelta, Utc};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use waymark_core::availability::Purpose;
use waymark_core::forecast::{Draws, Forecast};
use waymark_core::input_error::InputError;
use waymark_core::plan::change::{LogWork, Replan, SetDone, SetEstimate, SetTarget};
use waymark_core::plan::{Change, Keep, Plan};
use waymark_core::progress::progress;
use waymark_core::schedule::schedule;

/// How many weeks the forecast may know of.
pub const KNOWN_WEEKS: i64 = 12;

/// How a learner attends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Each session is attended or not, as by the throw of a die.
    Steady,
    /// Good weeks, and now and then a stretch of bad ones, of two to eight weeks.
    Clustered,
    /// Two to four weeks away each quarter, for exams.
    Exams,
    /// Comes less and less for a year.
    Fading,
    /// Comes more and more for a year.
    Growing,
}

/// All kinds.
pub const KINDS: [Kind; 5] = [
    Kind::Steady,
    Kind::Clustered,
    Kind::Exams,
    Kind::Fading,
    Kind::Growing,
];

/// Someone who follows a plan.
struct Learner {
    kind: Kind,
    random: Xoshiro256PlusPlus,
    /// How likely a session is attended, on average or at first.
    usual: f64,
    /// The same in bad weeks.
    bad: f64,
    /// How long bad weeks last, in weeks, and what part of all weeks they are.
    stretch: f64,
    often: f64,
    is_bad: bool,
    /// By how much it changes in a year.
    drift: f64,
    /// Weeks away each quarter, and in which week of it they begin.
    away: (u32, u32),
}

/// One learner's way to the end.
pub struct Outcome {
    /// How the learner attends.
    pub kind: Kind,
    /// The part of the time that was really used up to the end.
    pub attendance: f64,
    /// By how much the work took longer than estimated, in all.
    pub accuracy: f64,
    /// The forecast that could be made after [`KNOWN_WEEKS`] weeks, with the true finish as its
    /// target date.
    pub told: Forecast,
    /// Whether the true finish was no later than each of the quantiles.
    pub within: [bool; 3],
}

impl Learner {
    fn new(kind: Kind, mut random: Xoshiro256PlusPlus) -> Self {
        let usual = match kind {
            Kind::Steady => between(&mut random, 0.5, 1.0),
            Kind::Clustered | Kind::Exams => between(&mut random, 0.75, 1.0),
            Kind::Fading => between(&mut random, 0.7, 1.0),
            Kind::Growing => between(&mut random, 0.5, 0.8),
        };
        let drift = match kind {
            Kind::Fading => -between(&mut random, 0.0, 0.3),
            Kind::Growing => between(&mut random, 0.0, 0.25),
            _ => 0.0,
        };
        let often = between(&mut random, 0.1, 0.4);
        Self {
            kind,
            usual,
            drift,
            bad: between(&mut random, 0.0, 0.4),
            stretch: between(&mut random, 2.0, 8.0),
            often,
            is_bad: uniform(&mut random) < often,
            away: (2 + below(&mut random, 3), below(&mut random, 13)),
            random,
        }
    }

    /// How likely a session of this week is attended.
    fn attendance(&mut self, week: i64) -> f64 {
        let year = (week as f64 / 52.0).min(1.0);
        let quarter = u32::try_from(week % 13).unwrap_or(0);
        match self.kind {
            Kind::Steady => self.usual,
            Kind::Fading | Kind::Growing => self.usual + self.drift * year,
            Kind::Exams if (quarter + 13 - self.away.1) % 13 < self.away.0 => 0.05,
            Kind::Exams => self.usual,
            Kind::Clustered => {
                let leave = if self.is_bad {
                    1.0 / self.stretch
                } else {
                    self.often / (1.0 - self.often) / self.stretch
                };
                self.is_bad ^= uniform(&mut self.random) < leave;
                if self.is_bad { self.bad } else { self.usual }
            }
        }
    }

    fn attends(&mut self, attendance: f64) -> bool {
        uniform(&mut self.random) < attendance
    }
}

/// Minutes that each item will really take.
fn efforts(plan: &Plan, random: &mut Xoshiro256PlusPlus) -> Vec<f64> {
    // From a fifth faster to four fifths slower, most of them somewhat slower.
    let bias = 0.8 + 0.5 * uniform(random) + 0.5 * uniform(random);
    let shape = below(random, 3);
    let items = plan.roadmap().items.iter();
    let efforts = items.map(|item| {
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
    });
    efforts.collect()
}

/// Lets learner number `number` follow a plan from its start to the end.
///
/// # Errors
/// None, as long as a plan takes what is logged.
pub fn follow(plan: &Plan, number: u64, rounds: u32) -> Result<Outcome, InputError> {
    let kind = KINDS[usize::try_from(number).unwrap_or(0) % KINDS.len()];
    let mut random = Xoshiro256PlusPlus::seed_from_u64(number);
    let mut left = efforts(plan, &mut random);
    let real: f64 = left.iter().sum();
    let mut learner = Learner::new(kind, random);
    let mut plan = plan.clone();
    let start = plan.start_instant();
    let (mut offered, mut attended) = (0.0, 0.0);
    for week in 0..KNOWN_WEEKS {
        let now = start + TimeDelta::weeks(week + 1);
        let changes = study(&plan, &mut learner, &mut left, (week, now));
        plan = plan.changed(&changes, now)?;
    }
    let now = start + TimeDelta::weeks(KNOWN_WEEKS);
    for session in progress(&plan, now)
        .sessions
        .iter()
        .filter(|session| session.end().instant() <= now)
    {
        offered += f64::from(session.minutes);
    }
    attended += plan
        .log()
        .iter()
        .map(|entry| f64::from(entry.minutes))
        .sum::<f64>();

    // From here on it does not matter which item comes when: the time that is attended is used up.
    let mut open: f64 = left.iter().map(|left| left.max(0.0)).sum();
    let (mut week, mut attendance) = (-1, 0.0);
    let mut finish = plan.start();
    for slot in plan
        .slots(now)
        .filter(|slot| slot.purpose == Purpose::Study)
    {
        let this = (slot.start.instant() - start).num_weeks();
        while week < this {
            week = this.min((week + 1).max(KNOWN_WEEKS));
            attendance = learner.attendance(week);
        }
        offered += f64::from(slot.minutes);
        if learner.attends(attendance) {
            attended += f64::from(slot.minutes).min(open);
            open -= f64::from(slot.minutes);
        }
        if open <= 0.0 {
            finish = slot.start.local().date();
            break;
        }
    }
    let plan = plan.changed(
        &[Change::Target(SetTarget {
            value: finish.to_string(),
        })],
        now,
    )?;
    let told = Draws::new(&plan, now, rounds).forecast(&plan, &schedule(&plan, now), now);
    let within = told
        .whole
        .map(|whole| [whole.p50, whole.p80, whole.p95].map(|date| finish <= date));
    let estimated = plan
        .roadmap()
        .items
        .iter()
        .map(|item| f64::from(plan.effort_minutes(item)));
    Ok(Outcome {
        kind,
        attendance: attended / offered,
        accuracy: real / estimated.sum::<f64>(),
        within: within.unwrap_or_default(),
        told,
    })
}

/// The changes of one week: what the learner logs, and says about items at its end.
fn study(
    plan: &Plan,
    learner: &mut Learner,
    left: &mut [f64],
    (week, now): (i64, DateTime<Utc>),
) -> Vec<Change> {
    let items = &plan.roadmap().items;
    let before = now - TimeDelta::weeks(1);
    let sessions = schedule(plan, before).sessions;
    let attendance = learner.attendance(week);
    let mut changes = Vec::new();
    let mut logged = plan.logged();
    let mut touched = Vec::new();
    for (at, session) in sessions
        .iter()
        .enumerate()
        .take_while(|(_, session)| session.end().instant() <= now)
    {
        if !learner.attends(attendance) {
            continue;
        }
        // When the item is done before the session is over, the next one follows.
        let mut minutes = session.minutes;
        let order = sessions[at..].iter().map(|session| session.item as usize);
        for item in order {
            let take = minutes.min(ceil(left[item]));
            if take > 0 {
                let start = session.start.plus(session.minutes - minutes);
                changes.push(Change::Log(LogWork {
                    item: items[item].id.clone(),
                    start: start.local().format("%Y-%m-%dT%H:%M").to_string(),
                    minutes: take.to_string(),
                    note: String::new(),
                    entry: None,
                    again: false,
                }));
                left[item] -= f64::from(take);
                *logged.entry(items[item].id.clone()).or_default() += take;
                touched.push(item);
                minutes -= take;
            }
            if minutes == 0 {
                break;
            }
        }
    }
    touched.sort_unstable();
    touched.dedup();
    for item in touched {
        let id = items[item].id.clone();
        let spent = logged.get(&id).copied().unwrap_or(0);
        if left[item] <= 0.0 {
            changes.push(Change::Done(SetDone {
                item: id,
                done: true,
            }));
        } else if spent >= plan.expected_minutes(&items[item]) {
            // Not done, though it should be: a new estimate, which is again too low.
            let guess = (left[item] * between(&mut learner.random, 0.6, 1.0) / 15.0).ceil() * 15.0;
            changes.push(Change::Estimate(SetEstimate {
                item: id,
                minutes: guess.to_string(),
            }));
        }
    }
    changes.push(Change::Replan(Replan { keep: Keep::Frozen }));
    changes
}

fn ceil(minutes: f64) -> u32 {
    minutes.max(0.0).ceil() as u32
}

fn uniform(random: &mut Xoshiro256PlusPlus) -> f64 {
    (random.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

fn between(random: &mut Xoshiro256PlusPlus, low: f64, high: f64) -> f64 {
    low + (high - low) * uniform(random)
}

fn below(random: &mut Xoshiro256PlusPlus, end: u32) -> u32 {
    u32::try_from(((random.next_u64() >> 32) * u64::from(end)) >> 32).unwrap_or(0)
}
