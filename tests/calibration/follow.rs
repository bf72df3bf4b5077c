//! Lets a learner follow a plan to the end, and compares the finish with the forecasts on the way.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use waymark_core::availability::{HORIZON, Purpose};
use waymark_core::forecast::Draws;
use waymark_core::input_error::InputError;
use waymark_core::plan::change::{LogWork, Replan, SetDone, SetEstimate, SetTarget};
use waymark_core::plan::{Change, Keep, Plan};
use waymark_core::schedule::schedule;

use super::learners::{Kind, Learner, efforts, random};

/// The weeks after which forecasts are made.
pub const WEEKS: [i64; 4] = [0, 4, 12, 24];

/// One learner's way through a plan.
pub struct Life {
    kind: Kind,
    attendance: f64,
    accuracy: f64,
    finish: NaiveDate,
    /// The plan after each of [`WEEKS`].
    at_weeks: Vec<PlanThen>,
}

/// A plan at some time.
struct PlanThen {
    plan: Plan,
    now: DateTime<Utc>,
}

/// The forecasts of one learner's finish.
pub struct Outcome {
    pub kind: Kind,
    /// The share of the plan's free time that was used up to the end.
    pub attendance: f64,
    /// By how much the work took longer than estimated, in all.
    pub accuracy: f64,
    /// For each of [`WEEKS`].
    pub forecasts: [Told; 4],
}

/// A forecast beside what came.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told {
    /// Whether the finish was no later than P50, P80 and P95.
    pub within: [bool; 3],
    /// The chance that the forecast gave to the day of the finish.
    pub chance: f64,
    /// P95 by P50 of the time left.
    pub sharpness: f64,
}

/// Lets learner number `number` follow a plan from its start to the end.
///
/// # Errors
/// If the plan rejects what is logged.
pub fn follow(plan: &Plan, kind: Kind, number: u64) -> Result<Life, InputError> {
    let mut random = random(number);
    let mut left = efforts(plan, &mut random);
    let estimated: u32 = (plan.roadmap().items.iter())
        .map(|item| plan.effort_minutes(item))
        .sum();
    let accuracy = left.iter().sum::<f64>() / f64::from(estimated);
    let mut learner = Learner::new(kind, random);
    let mut plan = plan.clone();
    let start = plan.start_instant();
    let mut at_weeks: Vec<PlanThen> = Vec::new();
    let last = WEEKS[WEEKS.len() - 1];
    for week in 0..last {
        if WEEKS.contains(&week) {
            at_weeks.push(PlanThen {
                plan: plan.clone(),
                now: start + TimeDelta::weeks(week),
            });
        }
        let now = start + TimeDelta::weeks(week + 1);
        let changes = study(&plan, &mut learner, &mut left, week);
        plan = plan.changed(&changes, now)?;
    }
    let now = start + TimeDelta::weeks(last);
    at_weeks.push(PlanThen {
        plan: plan.clone(),
        now,
    });

    // From here on the order of items doesn't matter: attended time uses up what is left.
    let mut offered = offered(&plan, start, now);
    let mut attended: f64 = (plan.log().iter())
        .map(|entry| f64::from(entry.minutes))
        .sum();
    let mut open: f64 = left.iter().map(|left| left.max(0.0)).sum();
    let (mut week, mut attendance) = (last - 1, 0.0);
    let mut finish = plan.start();
    for slot in plan
        .slots(now)
        .filter(|slot| slot.purpose == Purpose::Study)
    {
        let this = (slot.start.instant() - start).num_weeks();
        while week < this {
            week += 1;
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
    Ok(Life {
        kind,
        attendance: attended / offered,
        accuracy,
        finish,
        at_weeks,
    })
}

impl Life {
    /// The forecasts after each of [`WEEKS`], beside what came.
    ///
    /// # Errors
    /// If a plan rejects the finish as its target date.
    pub fn outcome(&self, rounds: u32) -> Result<Outcome, InputError> {
        let mut forecasts = [Told::default(); 4];
        for (told, PlanThen { plan, now }) in forecasts.iter_mut().zip(&self.at_weeks) {
            *told = tell(plan, *now, self.finish, rounds)?;
        }
        Ok(Outcome {
            kind: self.kind,
            attendance: self.attendance,
            accuracy: self.accuracy,
            forecasts,
        })
    }
}

/// The forecast of a plan beside the finish that came.
fn tell(
    plan: &Plan,
    now: DateTime<Utc>,
    finish: NaiveDate,
    rounds: u32,
) -> Result<Told, InputError> {
    let target = Change::Target(SetTarget {
        value: finish.to_string(),
    });
    let plan = plan.changed(&[target], now)?;
    let forecast = Draws::new(&plan, now, rounds).forecast(&plan, &schedule(&plan, now), now);
    let Some(whole) = forecast.whole else {
        return Ok(Told::default());
    };
    // No date means one after the end of the calendar.
    let known = |date: Option<NaiveDate>| date.unwrap_or(HORIZON);
    let days = |date| (known(date) - now.date_naive()).num_days().max(1) as f64;
    Ok(Told {
        within: [whole.p50, whole.p80, whole.p95].map(|date| finish <= known(date)),
        chance: forecast.chance.unwrap_or_default(),
        sharpness: days(whole.p95) / days(whole.p50),
    })
}

/// The minutes of free time between two times, as first planned.
fn offered(plan: &Plan, from: DateTime<Utc>, until: DateTime<Utc>) -> f64 {
    plan.slots(from)
        .filter(|slot| slot.purpose == Purpose::Study)
        .take_while(|slot| slot.start.instant() < until)
        .map(|slot| f64::from(slot.minutes))
        .sum()
}

/// The changes of one week: what the learner logs, and says about items at the week's end.
fn study(plan: &Plan, learner: &mut Learner, left: &mut [f64], week: i64) -> Vec<Change> {
    let items = &plan.roadmap().items;
    let begin = plan.start_instant() + TimeDelta::weeks(week);
    let end = begin + TimeDelta::weeks(1);
    let sessions = schedule(plan, begin).sessions;
    let attendance = learner.attendance(week);
    let mut changes = Vec::new();
    let mut logged = plan.logged();
    let mut touched = Vec::new();
    let of_week = |session: &waymark_core::schedule::Session| session.end().instant() <= end;
    for (at, session) in sessions.iter().enumerate() {
        if !of_week(session) {
            break;
        }
        if !learner.attends(attendance) {
            continue;
        }
        // If the item is done before the session is over, the next one follows.
        let mut minutes = session.minutes;
        for item in sessions[at..].iter().map(|session| session.item()) {
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
            changes.push(Change::Estimate(SetEstimate {
                item: id,
                minutes: learner.guess(left[item]).to_string(),
            }));
        }
    }
    changes.push(Change::Replan(Replan { keep: Keep::Frozen }));
    changes
}

fn ceil(minutes: f64) -> u32 {
    minutes.max(0.0).ceil() as u32
}
