//! The burn-up: work done so far, the baseline, the plan, and where it may lead.

use chrono::{Days, NaiveDate};

use super::axis::{DayAxis, HourAxis, days_between};
use super::legend::{Legend, LegendEntry};
use super::scene::{Area, Picture, PictureTable, Spot, along, line, path};
use super::style::MarkRole;
use crate::progress::DayAmount;
use crate::view::{Ahead, BurnUp, Fan};
use crate::words;

const HEIGHT: f64 = 300.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 10.0;
const BOTTOM: f64 = 22.0;
/// At most this many columns can be looked at one by one.
const MOST_COLUMNS: u32 = 72;
/// At most this many points make a curve.
const MOST_POINTS: u32 = 400;

/// The days that are drawn.
#[derive(Debug, Clone, Copy)]
struct DrawnDays {
    first: NaiveDate,
    last: NaiveDate,
}

pub(super) fn draw(burn_up: &BurnUp, width: f64) -> Picture {
    let days = drawn_days(burn_up);
    let entries = legend(burn_up);
    let within = Area {
        x: LEFT,
        y: 0.0,
        width: width - LEFT,
        height: HEIGHT,
    };
    let legend = Legend::new(&entries, within);
    let top = legend.height + 8.0;
    let area = Area {
        x: LEFT,
        y: top,
        width: width - LEFT - RIGHT,
        height: HEIGHT - top - BOTTOM,
    };
    let across = DayAxis::new(area, days.first, days.last);
    let baseline = burn_up.baseline.as_ref();
    let budget = baseline.and_then(|baseline| baseline.amounts.last());
    let most = budget.map_or(0, |last| last.minutes);
    let up = HourAxis::new(area, burn_up.total_minutes.max(most));
    let spots = |curve: &[DayAmount]| -> Vec<Spot> {
        thinned(curve, days)
            .iter()
            .map(|amount| Spot {
                x: across.x(amount.day),
                y: up.y(amount.minutes),
            })
            .collect()
    };

    let mut marks = legend.marks;
    marks.extend(across.months());
    marks.extend(up.hours());
    if let Ahead::Fan(fan) = &burn_up.ahead {
        let between = |one: &[DayAmount], other: &[DayAmount]| {
            let mut around = spots(one);
            around.extend(spots(other).into_iter().rev());
            along(&around) + "Z"
        };
        marks.push(path(MarkRole::FanFar, between(&fan.p80, &fan.p95)));
        marks.push(path(MarkRole::FanNear, between(&fan.p50, &fan.p80)));
        marks.extend(line(MarkRole::Sure, &spots(&fan.p80)));
    }
    if let Ahead::Rungs(rungs) = &burn_up.ahead {
        let now = DayAmount {
            day: burn_up.today,
            minutes: burn_up.done_minutes(),
        };
        // The first rung leaves nothing out: that is the plan itself.
        for finish in rungs.iter().skip(1).filter_map(|rung| rung.finish) {
            let end = DayAmount {
                day: finish,
                minutes: burn_up.total_minutes,
            };
            marks.extend(line(MarkRole::Rung, &spots(&[now, end])));
        }
    }
    let upright = |day: NaiveDate, role: MarkRole| {
        let x = across.x(day);
        let (top, bottom) = (area.y, area.bottom());
        line(role, &[Spot { x, y: top }, Spot { x, y: bottom }])
    };
    if let Some(target) = burn_up.target {
        marks.extend(upright(target, MarkRole::Target));
    }
    if let Some(baseline) = baseline {
        marks.extend(line(
            MarkRole::Baseline,
            &stepped(&spots(&baseline.amounts)),
        ));
    }
    marks.extend(line(MarkRole::Plan, &spots(&burn_up.plan)));
    marks.extend(line(MarkRole::Done, &stepped(&spots(&burn_up.done))));
    marks.extend(upright(burn_up.today, MarkRole::Now));

    let columns = columns(days, burn_up.today);
    let mut cells = Vec::with_capacity(columns.len());
    let mut table = table(burn_up);
    let mut left = area.x;
    let present = columns.partition_point(|day| *day < burn_up.today);
    for day in columns {
        let right = across.x(day);
        let cell = Area {
            x: left,
            width: (right - left).max(1.0),
            ..area
        };
        let row = row(burn_up, day);
        cells.push(cell.cell(label(&table, &row, day <= burn_up.today)));
        table.rows.push(row);
        left = right;
    }
    Picture {
        title: "Work done over time".to_owned(),
        sentence: sentence(burn_up),
        width,
        height: HEIGHT,
        marks,
        cells,
        stride: 1,
        present,
        table,
    }
}

/// From the first day with work to the last date of the picture. A forecast far beyond the plan is
/// cut off, as the rest would be a sliver.
fn drawn_days(burn_up: &BurnUp) -> DrawnDays {
    let starts = [burn_up.done.first(), baseline_of(burn_up).first()];
    let first = starts.iter().flatten().map(|amount| amount.day).min();
    let first = first.unwrap_or(burn_up.today);
    let ends = [burn_up.plan.last(), baseline_of(burn_up).last()];
    let ends = ends.iter().flatten().map(|amount| amount.day);
    let planned = ends
        .chain(burn_up.target)
        .chain([burn_up.today])
        .max()
        .unwrap_or(burn_up.today);
    let farthest = match &burn_up.ahead {
        Ahead::Nothing => None,
        Ahead::Rungs(rungs) => rungs.iter().filter_map(|rung| rung.finish).max(),
        Ahead::Fan(fan) => fan.p95.last().map(|last| last.day),
    };
    let ahead = days_between(burn_up.today, planned).max(28.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // days of the calendar
    let limit = burn_up.today + Days::new((ahead * 2.0) as u64);
    let last = farthest.map_or(planned, |farthest| farthest.min(limit).max(planned));
    DrawnDays {
        first,
        last: last.max(first + Days::new(28)),
    }
}

fn baseline_of(burn_up: &BurnUp) -> &[DayAmount] {
    let baseline = burn_up.baseline.as_ref();
    baseline.map_or(&[], |baseline| &baseline.amounts)
}

/// A curve within the drawn days, with few enough points.
fn thinned(curve: &[DayAmount], days: DrawnDays) -> Vec<DayAmount> {
    let Some((first, last)) = curve.first().zip(curve.last()) else {
        return Vec::new();
    };
    let length = days_between(first.day, last.day);
    let apart = (length / f64::from(MOST_POINTS)).floor();
    let mut thin: Vec<DayAmount> = Vec::new();
    for amount in curve {
        if amount.day > days.last {
            // The curve goes on beyond the picture: cut it at the edge.
            let minutes = amount_at(curve, days.last, true).unwrap_or(amount.minutes);
            thin.push(DayAmount {
                day: days.last,
                minutes,
            });
            return thin;
        }
        let is_near = thin
            .last()
            .is_some_and(|last| days_between(last.day, amount.day) < apart);
        if !is_near || amount == last {
            thin.push(*amount);
        }
    }
    thin
}

/// The amount of a curve by the end of a day: between two points that of the earlier one, or
/// `sloped`, a part of the way. `None` before the curve, and beyond it if it is `sloped`.
fn amount_at(curve: &[DayAmount], day: NaiveDate, sloped: bool) -> Option<u64> {
    let after = curve.partition_point(|amount| amount.day <= day);
    let before = curve.get(after.checked_sub(1)?)?;
    let Some(next) = curve.get(after) else {
        return (!sloped || before.day == day).then_some(before.minutes);
    };
    if !sloped {
        return Some(before.minutes);
    }
    let part = days_between(before.day, day) / days_between(before.day, next.day);
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )] // minutes of a lifetime
    let more = ((next.minutes.saturating_sub(before.minutes)) as f64 * part).round() as u64;
    Some(before.minutes + more)
}

/// Steps from spot to spot: work is done on a day, not between days.
fn stepped(spots: &[Spot]) -> Vec<Spot> {
    let mut steps = Vec::with_capacity(spots.len() * 2);
    for (at, spot) in spots.iter().enumerate() {
        if at > 0 {
            steps.push(Spot {
                x: spot.x,
                y: spots[at - 1].y,
            });
        }
        steps.push(*spot);
    }
    steps
}

/// The days at which the picture is read: evenly apart, by weeks if there are few, and today.
fn columns(days: DrawnDays, today: NaiveDate) -> Vec<NaiveDate> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // days of the calendar
    let length = days_between(days.first, days.last) as u32;
    let apart = length.div_ceil(MOST_COLUMNS).div_ceil(7).max(1) * 7;
    let before = today.signed_duration_since(days.first).num_days();
    let first = u64::try_from(before).unwrap_or(0) % u64::from(apart);
    let first = days.first + Days::new(first);
    let mut columns: Vec<NaiveDate> = first
        .iter_days()
        .step_by(apart as usize)
        .take_while(|day| *day < days.last)
        .collect();
    columns.push(days.last);
    columns
}

fn legend(burn_up: &BurnUp) -> Vec<LegendEntry> {
    let entry = LegendEntry::new;
    let mut entries = vec![entry(MarkRole::Done, "done")];
    if let Some(baseline) = &burn_up.baseline {
        let name = words::one_line(&baseline.name);
        entries.push(entry(MarkRole::Baseline, &format!("baseline “{name}”")));
    }
    if burn_up.plan.len() > 1 {
        entries.push(entry(MarkRole::Plan, "plan from now on"));
    }
    match &burn_up.ahead {
        Ahead::Nothing => {}
        Ahead::Rungs(rungs) => {
            let kept: Vec<String> = rungs.iter().skip(1).map(|rung| rung.kept.clone()).collect();
            if !kept.is_empty() {
                let text = format!("keeping {}", words::list(&kept));
                entries.push(entry(MarkRole::Rung, &text));
            }
        }
        Ahead::Fan(_) => {
            entries.push(entry(MarkRole::FanNear, "50 to 80% sure"));
            entries.push(entry(MarkRole::FanFar, "80 to 95%"));
        }
    }
    entries.push(entry(MarkRole::Now, "now"));
    if burn_up.target.is_some() {
        entries.push(entry(MarkRole::Target, "target"));
    }
    entries
}

fn table(burn_up: &BurnUp) -> PictureTable {
    let mut columns = vec!["By the end of", "Done or planned", "Baseline"];
    if matches!(burn_up.ahead, Ahead::Fan(_)) {
        columns.extend(["50% sure of", "80% sure of", "95% sure of"]);
    }
    PictureTable::new(&columns)
}

fn row(burn_up: &BurnUp, day: NaiveDate) -> Vec<String> {
    let amount = |amount: Option<u64>| amount.map_or_else(|| "–".to_owned(), words::effort);
    let is_past = day <= burn_up.today;
    let curve = if is_past {
        &burn_up.done
    } else {
        &burn_up.plan
    };
    let baseline = amount_at(baseline_of(burn_up), day, false);
    let mut row = vec![
        words::short_date(day),
        amount(amount_at(curve, day, false)),
        amount(baseline),
    ];
    if let Ahead::Fan(Fan { p50, p80, p95 }) = &burn_up.ahead {
        for curve in [p50, p80, p95] {
            let at = (!is_past).then(|| amount_at(curve, day, true)).flatten();
            row.push(amount(at.map(to_half_hours).or_else(|| {
                // Beyond its last date all of it is done.
                let last = curve.last().filter(|last| !is_past && last.day <= day)?;
                Some(last.minutes)
            })));
        }
    }
    row
}

/// Half hours are exact enough between the dates of a forecast.
fn to_half_hours(minutes: u64) -> u64 {
    (minutes + 15) / 30 * 30
}

/// "By the end of 3 Nov 2026: done 24 h, baseline 30 h".
fn label(table: &PictureTable, row: &[String], is_past: bool) -> String {
    let figures = table.columns.iter().zip(row).enumerate().skip(1);
    let figures: Vec<String> = figures
        .filter(|(_, (_, value))| *value != "–")
        .map(|(number, (name, value))| match (number, is_past) {
            (1, true) => format!("done {value}"),
            (1, false) => format!("plan {value}"),
            _ => format!("{} {value}", lower(name)),
        })
        .collect();
    let day = row.first().map_or("", String::as_str);
    format!("By the end of {day}: {}", figures.join(", "))
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

fn sentence(burn_up: &BurnUp) -> String {
    let done = words::effort(burn_up.done_minutes());
    let total = words::effort(burn_up.total_minutes);
    let baseline = burn_up.baseline.as_ref().and_then(|baseline| {
        let by_now = amount_at(&baseline.amounts, burn_up.today, false)?;
        let (name, by_now) = (words::one_line(&baseline.name), words::effort(by_now));
        Some(format!("; by the end of today “{name}” has {by_now}"))
    });
    let baseline = baseline.unwrap_or_default();
    format!("{done} of {total} done{baseline}. {}", burn_up.headline)
}
