//! The work done so far and to come, as curves over time.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::forecast::{ForecastView, PhaseForecast, QuantilesView, forecast_view};
use crate::forecast::forecast;
use crate::ladder::Rung;
use crate::outlook::Outlook;
use crate::plan::Plan;
use crate::progress::{DayAmount, baseline_curve};
use crate::status::{Status, status};

/// A plan's work over time. Amounts are by the end of a day, in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct BurnUp {
    /// The present day on the learner's clock.
    pub today: NaiveDate,
    /// Minutes of work in all: done and left.
    pub total_minutes: u64,
    /// Logged work, up to now.
    pub done: Vec<DayAmount>,
    /// The plan from now on, rescheduled at the same hours.
    pub plan: Vec<DayAmount>,
    /// The baseline. `None` until the plan has started.
    pub baseline: Option<BaselineCurve>,
    /// The date by which all of it should be finished.
    pub target: Option<NaiveDate>,
    /// The finish dates it may lead to.
    pub ahead: Ahead,
    /// The forecast in words.
    pub headline: String,
}

/// The work of a baseline over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineCurve {
    /// Its name.
    pub name: String,
    #[allow(missing_docs)]
    pub amounts: Vec<DayAmount>,
}

/// The finish dates to expect.
#[derive(Debug, Clone, PartialEq)]
pub enum Ahead {
    /// Nothing is left, some of it couldn't be scheduled, or the plan is paused.
    Nothing,
    /// The learner's record is too short for a forecast: schedules that leave sessions out.
    Rungs(Vec<Rung>),
    /// The forecast.
    Fan(Fan),
}

/// The forecast's curves, each from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fan {
    /// Half of the rounds have done as much.
    pub p50: Vec<DayAmount>,
    /// 80% of the rounds.
    pub p80: Vec<DayAmount>,
    /// 95% of the rounds.
    pub p95: Vec<DayAmount>,
}

impl BurnUp {
    /// Minutes that are done.
    pub fn done_minutes(&self) -> u64 {
        self.done.last().map_or(0, |last| last.minutes)
    }
}

/// The work of a plan over time at `now`, compared with the baseline of this name. `None`, or a
/// name that isn't there, is the latest one.
pub fn burn_up(plan: &Plan, baseline: Option<&str>, now: DateTime<Utc>) -> BurnUp {
    let today = plan.moment_at(now).local().date();
    let done = done(plan, today);
    let minutes = plan.done_minutes();
    let baselines = plan.baselines();
    let named = baselines
        .iter()
        .find(|each| Some(each.name.as_str()) == baseline);
    let baseline = named.or(baselines.last()).map(|baseline| BaselineCurve {
        name: baseline.name.clone(),
        amounts: baseline_curve(plan, baseline),
    });
    let from = DayAmount {
        day: today,
        minutes,
    };
    let foreseen = forecast_view(plan, &forecast(plan, now), now);
    BurnUp {
        today,
        total_minutes: minutes + plan.left_minutes(),
        plan: planned(&Outlook::new(plan, now), from),
        target: plan.target(),
        ahead: ahead(plan, &foreseen, from, now),
        headline: foreseen.headline,
        baseline,
        done,
    }
}

fn done(plan: &Plan, today: NaiveDate) -> Vec<DayAmount> {
    let mut days: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    for entry in plan.log() {
        let day = plan.moment_at(entry.start).local().date();
        *days.entry(day.min(today)).or_default() += u64::from(entry.minutes);
    }
    let first = days.keys().next().copied().unwrap_or(today);
    let start = first.min(plan.start()).min(today);
    let mut minutes = 0;
    let mut curve: Vec<DayAmount> = start
        .pred_opt()
        .map(|day| DayAmount { day, minutes })
        .into_iter()
        .collect();
    for (day, more) in days {
        minutes += more;
        curve.push(DayAmount { day, minutes });
    }
    if curve.last().is_some_and(|last| last.day < today) {
        let day = today;
        curve.push(DayAmount { day, minutes });
    }
    curve
}

fn planned(outlook: &Outlook, from: DayAmount) -> Vec<DayAmount> {
    let mut days: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    let sessions = outlook.progress.sessions.iter();
    let to_come = sessions.filter(|session| {
        session.is_there() && session.open() > 0 && session.end().instant() > outlook.now
    });
    for session in to_come {
        let day = session.end().day_of_end();
        *days.entry(day).or_default() += u64::from(session.open());
    }
    let mut minutes = from.minutes;
    let mut curve = vec![from];
    for (day, more) in days {
        minutes += more;
        curve.push(DayAmount { day, minutes });
    }
    curve
}

fn ahead(plan: &Plan, foreseen: &ForecastView, from: DayAmount, now: DateTime<Utc>) -> Ahead {
    let is_paused = matches!(status(plan, now).status, Status::Paused { .. });
    if foreseen.whole.is_none() || is_paused {
        return Ahead::Nothing;
    }
    if !foreseen.is_own {
        return Ahead::Rungs(foreseen.ladder.clone());
    }
    // The rounds do phase after phase.
    let mut phases: Vec<&PhaseForecast> = foreseen.phases.iter().collect();
    phases.sort_by_key(|phase| (phase.finish.p50.is_none(), phase.finish.p50, phase.number));
    let left = plan.left();
    let through = |finish: fn(&QuantilesView) -> Option<NaiveDate>| {
        let mut curve = vec![from];
        let mut last = from;
        for phase in &phases {
            let items = plan
                .roadmap()
                .phases
                .get(phase.number - 1)
                .map(|phase| phase.items.clone());
            let left = items.and_then(|items| left.get(items)).unwrap_or_default();
            let more: u64 = left.iter().map(|left| u64::from(*left)).sum();
            let Some(day) = finish(&phase.finish) else {
                break;
            };
            last = DayAmount {
                day: day.max(last.day),
                minutes: last.minutes + more,
            };
            curve.push(last);
        }
        curve
    };
    Ahead::Fan(Fan {
        p50: through(|finish| finish.p50),
        p80: through(|finish| finish.p80),
        p95: through(|finish| finish.p95),
    })
}
