//! The dates that a recurrence rule (RFC 5545, 3.3.10) names, with a bound on the work.
//!
//! The crate `rrule` expands rules in local time without a zone, starting one period before the
//! dates asked for. A rule that names no date, such as 30 February, would keep it searching up to
//! its last year, 10000, so rules are expanded in those last years instead. If no century without
//! its leap day lies between, the calendar repeats every 28 years, and is the same again 8000 years
//! later: the weekdays, leap days and weeks are those of the original years.

use std::ops::RangeInclusive;

use calcard::common::CalendarScale;
use calcard::icalendar::{ICalendarFrequency, ICalendarRecurrenceRule};
use chrono::{
    Datelike, Month, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Weekday,
};
use rrule::{Frequency, NWeekday, RRule, Tz, Unvalidated};

use super::budget::{self, Budget};

/// More times a day than a day has minutes are no calendar of a person's.
const MOST_TIMES_A_DAY: u64 = 24 * 60;
/// The years without an odd century among them, and those that repeat them before the last that
/// `rrule` knows.
const YEARS: RangeInclusive<i32> = 1_901..=2_099;
const LAST_YEARS: RangeInclusive<i32> = 9_901..=9_999;
/// Cost of a rule before its first date.
const RULE_COST: u64 = 30;
/// Number of consecutive periods without a date after which `rrule` ends a rule.
const MOST_PERIODS: u64 = 100_000;

/// The ranges of RFC 5545, and of what a rule can be worked out with. Larger numbers would be cut
/// silently.
const NUMBERS: [(&str, RangeInclusive<i64>); 9] = [
    ("INTERVAL", 0..=10_000),
    ("COUNT", -1..=1_000_000),
    ("BYSECOND", 0..=60),
    ("BYMINUTE", 0..=59),
    ("BYHOUR", 0..=23),
    ("BYMONTHDAY", -31..=31),
    ("BYYEARDAY", -366..=366),
    ("BYWEEKNO", -53..=53),
    ("BYSETPOS", -366..=366),
];

/// Looks at the numbers of the rules in an event's lines, as they stand there.
///
/// # Errors
/// The first that is out of range.
pub fn check_numbers(lines: &str) -> Result<(), String> {
    let rules = lines.lines().filter(|line| {
        let starts = |name: &str| {
            line.get(..5)
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        starts("RRULE") || starts("EXRUL")
    });
    let parts = rules.flat_map(|line| line.split([':', ';']));
    for (name, value) in parts.filter_map(|part| part.split_once('=')) {
        let name = name.trim().to_ascii_uppercase();
        let known = NUMBERS.iter().find(|(known, ..)| *known == name);
        let Some((_, range)) = known else { continue };
        for number in value.split(',').map(str::trim) {
            let size = number.parse::<i64>();
            if !size.is_ok_and(|size| range.contains(&size)) {
                return Err(format!(
                    "its rule has {name} “{number}”, which is out of range"
                ));
            }
        }
    }
    Ok(())
}

/// Whether a rule among an event's lines counts below 0.
pub fn has_no_count(lines: &str) -> bool {
    lines.to_ascii_uppercase().contains("COUNT=-")
}

/// Takes out of a rule what a whole day does not have (RFC 5545, 3.3.10).
pub fn without_times(rule: &mut ICalendarRecurrenceRule) {
    rule.byhour.clear();
    rule.byminute.clear();
    rule.bysecond.clear();
}

/// The span in which to look for the dates of a rule, all on the same clock.
pub struct RuleSpan<'a> {
    /// The start of the series, from which dates are counted.
    pub start: NaiveDateTime,
    /// The last date that the rule may name (UNTIL); `None` if it has none.
    pub last: Option<NaiveDateTime>,
    /// The dates of interest.
    pub window: RangeInclusive<NaiveDateTime>,
    /// Whether the clock ever shows a time: it skips some when it is set forward.
    pub shows: &'a dyn Fn(NaiveDateTime) -> bool,
}

/// The dates that a rule names, in order.
///
/// # Errors
/// If the rule cannot be worked out, with the reason.
pub fn dates(
    rule: &ICalendarRecurrenceRule,
    span: &RuleSpan,
    budget: &mut Budget,
) -> Result<Vec<NaiveDateTime>, String> {
    let RuleSpan {
        start,
        last,
        ref window,
        shows,
    } = *span;
    let end = last.map_or(*window.end(), |last| last.min(*window.end()));
    if end < start || end < *window.start() {
        return Ok(Vec::new());
    }
    let period = Period::of(rule)?;
    // The cost of a search is known after it; with nothing left there is none.
    budget.spend(RULE_COST + period.cost)?;
    let first = match rule.count {
        // Dates can be counted from the start only.
        Some(_) => start,
        None => period.period_before(start.max(*window.start()), start),
    };
    let years = shift(first.year(), end.year());
    let moved = |time: NaiveDateTime, years: i32| {
        let year = time.year().checked_add(years)?;
        time.with_year(year)
    };
    let from = moved(first, years).ok_or("its dates are out of range")?;
    if period.is_within_a_day() && !budget.has(least_cost(rule, period.periods(first, end))) {
        return Err(budget::rule_over());
    }
    let set = whole(rule, start)?
        .build(Tz::UTC.from_utc_datetime(&from))
        .map_err(|error| format!("its rule cannot be worked out: {error}"))?;

    let mut dates = Vec::new();
    let (mut found, mut at) = (0, from);
    for date in &set.limit() {
        if rule.count.is_some_and(|count| found >= count) {
            return Ok(dates);
        }
        let date = date.naive_utc();
        budget.spend(period.cost(at, date))?;
        at = date;
        let date = moved(date, -years).ok_or("its dates are out of range")?;
        if date > end {
            return Ok(dates);
        }
        // A time of day that is skipped once is moved, but an hour or minute that does not exist is
        // none, and does not count (RFC 5545, 3.3.10).
        if period.is_within_a_day() && !shows(date) {
            continue;
        }
        found += 1;
        if date >= start && date >= *window.start() {
            // Working with the date costs as much again.
            budget.spend(1)?;
            dates.push(date);
        }
    }
    if rule.count.is_some_and(|count| found >= count) {
        return Ok(dates);
    }
    // It named none up to the last year, or the search was given up.
    let most = period.cost(at, end_of_years());
    budget.spend(most)?;
    if period.frequency > Frequency::Hourly {
        return Err("its rule names no time for too long to go on looking".to_owned());
    }
    Ok(dates)
}

/// The steps that a rule takes at least, with that many periods until the end of the window.
fn least_cost(rule: &ICalendarRecurrenceRule, periods: u64) -> u64 {
    let is_filtered = !(rule.bymonth.is_empty()
        && rule.byweekno.is_empty()
        && rule.byyearday.is_empty()
        && rule.bymonthday.is_empty()
        && rule.byday.is_empty()
        && rule.byhour.is_empty()
        && rule.byminute.is_empty()
        && rule.bysecond.is_empty());
    // A date takes three steps: one for its period, one to be found, and one to be used.
    let a_period = if is_filtered { 1 } else { 3 };
    let dates = rule
        .count
        .map_or(periods, |count| periods.min(count.into()));
    dates.saturating_mul(a_period)
}

/// How many years later the same dates lie on the same weekdays, close to the last year; 0 where
/// there is no such number.
fn shift(first: i32, end: i32) -> i32 {
    let years = (8_000 - 28 * 8..=8_000).rev().step_by(28);
    let mut years = years.filter(|years| end + years <= *LAST_YEARS.end());
    let fits = |years: &i32| {
        YEARS.contains(&first) && YEARS.contains(&end) && first + years >= *LAST_YEARS.start()
    };
    years.next().filter(fits).unwrap_or(0)
}

/// The period of a rule.
struct Period {
    frequency: Frequency,
    interval: u16,
    week_start: Weekday,
    /// Cost of a period without a date, in units of about 0.2 microseconds.
    cost: u64,
}

impl Period {
    fn of(rule: &ICalendarRecurrenceRule) -> Result<Self, String> {
        let frequency = match rule.freq {
            ICalendarFrequency::Yearly => Frequency::Yearly,
            ICalendarFrequency::Monthly => Frequency::Monthly,
            ICalendarFrequency::Weekly => Frequency::Weekly,
            ICalendarFrequency::Daily => Frequency::Daily,
            ICalendarFrequency::Hourly => Frequency::Hourly,
            ICalendarFrequency::Minutely => Frequency::Minutely,
            ICalendarFrequency::Secondly => Frequency::Secondly,
        };
        if rule
            .rscale
            .as_ref()
            .is_some_and(|scale| *scale != CalendarScale::Gregorian)
        {
            return Err("its rule is not by the Gregorian calendar".to_owned());
        }
        // Of the parts of a time, those finer than the rule's own period multiply its dates.
        let times = |part: Frequency, list: &Vec<u8>| match frequency < part {
            true => u64::try_from(list.len().max(1)).unwrap_or(u64::MAX),
            false => 1,
        };
        let times_a_day = [
            times(Frequency::Hourly, &rule.byhour),
            times(Frequency::Minutely, &rule.byminute),
            times(Frequency::Secondly, &rule.bysecond),
        ]
        .into_iter()
        .fold(1, u64::saturating_mul);
        if times_a_day > MOST_TIMES_A_DAY {
            return Err(format!("it recurs {times_a_day} times a day"));
        }
        let (cost, days) = match frequency {
            Frequency::Yearly => (10, 366),
            Frequency::Monthly => (2, 31),
            Frequency::Weekly => (1, 7),
            _ => (1, 1),
        };
        Ok(Self {
            frequency,
            interval: rule.interval.unwrap_or(1).max(1),
            week_start: rule.wkst.map_or(Weekday::Mon, Into::into),
            cost: cost + (times_a_day - 1) * days,
        })
    }

    /// The first moment of the last period of `start`'s that begins by `time`.
    fn period_before(&self, time: NaiveDateTime, start: NaiveDateTime) -> NaiveDateTime {
        let interval = i64::from(self.interval);
        let whole = |passed: i64| passed.div_euclid(interval) * interval;
        let month = |time: NaiveDateTime| i64::from(time.year()) * 12 + i64::from(time.month0());
        let date = match self.frequency {
            Frequency::Yearly | Frequency::Monthly => {
                let unit = if self.frequency == Frequency::Yearly {
                    12
                } else {
                    1
                };
                let first = month(start).div_euclid(unit);
                let months = (first + whole(month(time).div_euclid(unit) - first)) * unit;
                let year = i32::try_from(months.div_euclid(12)).unwrap_or_default();
                let month = u32::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
                NaiveDate::from_ymd_opt(year, month, 1)
            }
            Frequency::Weekly => {
                let first = start.date().week(self.week_start).checked_first_day();
                first.and_then(|first| {
                    let weeks = whole((time.date() - first).num_days().div_euclid(7));
                    first.checked_add_signed(TimeDelta::try_weeks(weeks)?)
                })
            }
            Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {
                let unit = self.seconds();
                let since_midnight = i64::from(start.num_seconds_from_midnight());
                let into = TimeDelta::try_seconds(since_midnight % unit).unwrap_or_default();
                let base = start.checked_sub_signed(into).unwrap_or(start);
                let passed = (time - base).num_seconds().div_euclid(unit);
                return TimeDelta::try_seconds(whole(passed) * unit)
                    .and_then(|passed| base.checked_add_signed(passed))
                    .unwrap_or(base);
            }
            _ => {
                let days = TimeDelta::try_days(whole((time.date() - start.date()).num_days()));
                days.and_then(|days| start.date().checked_add_signed(days))
            }
        };
        date.unwrap_or(start.date()).and_time(NaiveTime::MIN)
    }

    /// The steps from one date to the next.
    fn cost(&self, from: NaiveDateTime, until: NaiveDateTime) -> u64 {
        1 + self.periods(from, until).min(MOST_PERIODS) * self.cost
    }

    /// The most periods between two times.
    fn periods(&self, from: NaiveDateTime, until: NaiveDateTime) -> u64 {
        let periods = (until - from).num_seconds() / (self.seconds() * i64::from(self.interval));
        u64::try_from(periods).unwrap_or(0)
    }

    /// The least length of a period.
    fn seconds(&self) -> i64 {
        match self.frequency {
            Frequency::Yearly => 365 * 86_400,
            Frequency::Monthly => 28 * 86_400,
            Frequency::Weekly => 7 * 86_400,
            Frequency::Daily => 86_400,
            Frequency::Hourly => 3_600,
            Frequency::Minutely => 60,
            Frequency::Secondly => 1,
        }
    }

    /// Whether its periods are parts of a day.
    fn is_within_a_day(&self) -> bool {
        self.frequency >= Frequency::Hourly
    }
}

/// The rule with all that it takes from its start spelt out, so that it can be worked out from a
/// later period on.
fn whole(
    rule: &ICalendarRecurrenceRule,
    start: NaiveDateTime,
) -> Result<RRule<Unvalidated>, String> {
    let frequency = Period::of(rule)?.frequency;
    let mut months = rule
        .bymonth
        .iter()
        .map(|month| month.month())
        .collect::<Vec<_>>();
    let mut month_days = rule.bymonthday.clone();
    let mut weekdays = rule
        .byday
        .iter()
        .map(|day| {
            let weekday = Weekday::from(day.weekday);
            // "The first Monday" is one of a month or a year; of a week it is every Monday.
            match day.ordwk.filter(|_| frequency < Frequency::Weekly) {
                Some(ordinal) => NWeekday::Nth(ordinal, weekday),
                None => NWeekday::Every(weekday),
            }
        })
        .collect::<Vec<_>>();
    // A week without a day is the start's day of that week (RFC 5545, 3.3.10).
    let names_weeks_only = !rule.byweekno.is_empty()
        && rule.byyearday.is_empty()
        && month_days.is_empty()
        && weekdays.is_empty();
    if names_weeks_only && frequency == Frequency::Yearly {
        weekdays.push(NWeekday::Every(start.weekday()));
    }
    let names_days = !(rule.byweekno.is_empty()
        && rule.byyearday.is_empty()
        && month_days.is_empty()
        && weekdays.is_empty());
    if !names_days {
        let day = i8::try_from(start.day()).unwrap_or(1);
        match frequency {
            Frequency::Yearly => {
                if months.is_empty() {
                    months.push(u8::try_from(start.month()).unwrap_or(1));
                }
                month_days.push(day);
            }
            Frequency::Monthly => month_days.push(day),
            Frequency::Weekly => weekdays.push(NWeekday::Every(start.weekday())),
            _ => {}
        }
    }
    let months: Result<Vec<Month>, _> = months.into_iter().map(Month::try_from).collect();
    let months = months.map_err(|_| "its rule names a month that the year does not have")?;
    let or_own = |list: &[u8], own: u32| match list {
        [] => vec![u8::try_from(own).unwrap_or(0)],
        list => list.to_vec(),
    };
    let set = RRule::new(frequency)
        .interval(rule.interval.unwrap_or(1).max(1))
        .week_start(rule.wkst.map_or(Weekday::Mon, Into::into))
        .by_month(&months)
        .by_month_day(month_days)
        .by_year_day(rule.byyearday.clone())
        .by_week_no(rule.byweekno.clone())
        .by_weekday(weekdays)
        .by_set_pos(rule.bysetpos.clone());
    let set = match frequency {
        Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {
            set.by_hour(rule.byhour.clone())
        }
        _ => set.by_hour(or_own(&rule.byhour, start.hour())),
    };
    let set = match frequency {
        Frequency::Minutely | Frequency::Secondly => set.by_minute(rule.byminute.clone()),
        _ => set.by_minute(or_own(&rule.byminute, start.minute())),
    };
    // Dates are counted where it is known which of them exist.
    Ok(match frequency {
        Frequency::Secondly => set.by_second(rule.bysecond.clone()),
        _ => set.by_second(or_own(&rule.bysecond, start.second())),
    })
}

/// The end of the years in which rules are worked out.
fn end_of_years() -> NaiveDateTime {
    let last = NaiveDate::from_ymd_opt(*LAST_YEARS.end(), 12, 31);
    last.unwrap_or(NaiveDate::MAX).and_time(NaiveTime::MIN)
}
