//! Finish dates of real schedules for a learner who keeps all study days, all but one, or all but
//! two. They are shown while the record is too short for a forecast.

use std::cmp::Reverse;

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use serde::Serialize;

use crate::availability::Window;
use crate::needed::STEP_MINUTES;
use crate::outlook::Outlook;
use crate::plan::Plan;
use crate::schedule::schedule;
use crate::words;

/// Windows that begin at this minute of the day or later are evenings.
const EVENING: u32 = 17 * 60;

/// A finish date for a share of the study days that are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Rung {
    /// Such as "all 6 evenings", "5 of 6".
    pub kept: String,
    /// The time that it leaves out, such as "one study day a week"; empty for the first.
    pub missed: &'static str,
    /// The day of the last session of that schedule; `None` if some work can't be scheduled then.
    pub finish: Option<NaiveDate>,
}

const DAYS: [&str; 2] = ["one study day a week", "two study days a week"];
const WEEKS: [&str; 2] = ["one week in four", "every other week"];

/// The ladder of a plan at `now`, from everything kept downwards.
pub fn ladder(plan: &Plan, now: DateTime<Utc>) -> Vec<Rung> {
    let days = study_days(plan);
    let all = days.len();
    let lesser = match all {
        0 => return Vec::new(),
        // Of one or two days, whole weeks are left out.
        1 | 2 => [
            (
                "3 of 4 weeks".to_owned(),
                WEEKS[0],
                in_weeks_of_four(plan, 3),
            ),
            (
                "2 of 4 weeks".to_owned(),
                WEEKS[1],
                in_weeks_of_four(plan, 2),
            ),
        ],
        _ => [1, 2].map(|fewer| {
            let kept = format!("{} of {all}", all - fewer);
            (
                kept,
                DAYS[fewer - 1],
                plan.without_days(&days[..fewer]).ok(),
            )
        }),
    };
    let first = match all {
        1 | 2 => "every week".to_owned(),
        _ => format!("all {all} {}", noun(plan)),
    };
    // The first rung is the finish that the header shows, and less time never ends earlier.
    let mut finish = Outlook::new(plan, now).finish;
    let mut rungs = vec![Rung {
        kept: first,
        missed: "",
        finish,
    }];
    for (kept, missed, reduced) in lesser {
        let next = reduced.and_then(|reduced| finish_of(&reduced, now));
        finish = finish.zip(next).map(|(finish, next)| finish.max(next));
        rungs.push(Rung {
            kept,
            missed,
            finish,
        });
    }
    rungs
}

/// The days of the usual week, from the one with the least time up; of two with the same time the
/// later one first.
fn study_days(plan: &Plan) -> Vec<Weekday> {
    let windows = plan.windows();
    let mut days: Vec<Weekday> = windows.iter().map(|window| window.day).collect();
    days.dedup();
    let minutes = |day: Weekday| -> u32 {
        let of_day = windows.iter().filter(|window| window.day == day);
        of_day.map(Window::minutes).sum()
    };
    days.sort_by_key(|day| (minutes(*day), Reverse(day.num_days_from_monday())));
    days
}

fn noun(plan: &Plan) -> &'static str {
    if plan.windows().iter().all(|window| window.start >= EVENING) {
        "evenings"
    } else {
        "study days"
    }
}

/// The plan with the hours of `part` weeks in each four.
fn in_weeks_of_four(plan: &Plan, part: u32) -> Option<Plan> {
    let minutes = plan.availability().week.minutes() * part / 4;
    let whole_steps = minutes / STEP_MINUTES * STEP_MINUTES;
    plan.with_week_minutes(whole_steps).ok()
}

/// The ladder in a line: "Keep all 6 evenings: 2 Feb 2028 · 5 of 6: 11 Apr · 4 of 6: 19 Jul".
pub(crate) fn in_words(ladder: &[Rung]) -> String {
    let mut year = None;
    let rungs = ladder.iter().map(|rung| {
        let date = rung.finish.map_or("doesn't fit".to_owned(), |date| {
            let is_said = year.replace(date.year()) == Some(date.year());
            let text = words::short_date(date);
            match text.rsplit_once(' ') {
                Some((day, _)) if is_said => day.to_owned(),
                _ => text,
            }
        });
        format!("{}: {date}", rung.kept)
    });
    let rungs: Vec<String> = rungs.collect();
    format!("Keep {}", rungs.join(" · "))
}

/// The finish of a new schedule. `None` if some work doesn't fit.
fn finish_of(plan: &Plan, now: DateTime<Utc>) -> Option<NaiveDate> {
    let schedule = schedule(plan, now);
    if !schedule.unplaced.is_empty() {
        return None;
    }
    Some(schedule.end()?.day_of_end())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::samples::{embedded, plans};

    #[test]
    fn the_ladder_of_a_new_plan_has_three_dates() {
        let plan = embedded();
        insta::assert_snapshot!(in_words(&ladder(&plan, plan.start_instant())), @"Keep all 6 study days: 2 Feb 2028 · 5 of 6: 11 Apr · 4 of 6: 19 Jul");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// The first rung never contradicts the finish in the header, and fewer study days never
        /// end earlier.
        #[test]
        fn a_ladder_leads_from_the_finish_to_later_dates(plan in plans(), days in 0i64..100) {
            let now = plan.start_instant() + TimeDelta::days(days);
            let rungs = ladder(&plan, now);
            let dates: Vec<_> = rungs.iter().map(|rung| rung.finish).collect();
            prop_assert_eq!(dates.first().copied().flatten(), Outlook::new(&plan, now).finish);
            for pair in dates.windows(2) {
                prop_assert!(pair[1].is_none() || pair[0] <= pair[1], "{:?}", dates);
            }
        }
    }
}
