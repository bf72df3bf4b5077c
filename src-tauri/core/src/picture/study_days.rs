//! A heat map of the days: a column for each week, a row for each weekday.

use chrono::{Datelike, Days, NaiveDate};

use super::legend::{Legend, LegendEntry};
use super::scene::{Anchor, Area, Picture, PictureMark, PictureTable, Spot, text, width_of};
use super::style::MarkRole;
use crate::progress::week_of;
use crate::view::{StudyDay, StudyRecord};
use crate::words;

const LEFT: f64 = 32.0;
const TOP: f64 = 18.0;
/// From one day to the next, if there are many weeks and if there are few.
const LEAST_STEP: f64 = 15.0;
const MOST_STEP: f64 = 21.0;
const GAP: f64 = 3.0;
const MOST_WEEKS: u64 = 53;
const FEWEST_WEEKS: u64 = 12;

/// From these minutes on a day has the level.
const LEVELS: [(u64, MarkRole); 4] = [
    (120, MarkRole::Level4),
    (60, MarkRole::Level3),
    (30, MarkRole::Level2),
    (1, MarkRole::Level1),
];

pub(super) fn draw(record: &StudyRecord, width: f64) -> Picture {
    let weeks = drawn_weeks(record, width);
    #[allow(clippy::cast_precision_loss)] // some dozens
    let step = ((width - LEFT) / weeks.len().max(1) as f64).clamp(LEAST_STEP, MOST_STEP);
    let mut marks = weekdays(record, step);
    let mut cells = Vec::new();
    let mut present = 0;
    let mut x = LEFT;
    let mut month = None;
    let mut label_end = 0.0;
    for week in &weeks {
        // A month is named at its first whole week.
        let starts = week.day() <= 7 && month != Some(week.month());
        if starts && x >= label_end {
            let name = week
                .format(if week.month() == 1 { "%b %Y" } else { "%b" })
                .to_string();
            label_end = x + width_of(&name) + 4.0;
            let at = Spot { x, y: TOP - 6.0 };
            marks.push(text(MarkRole::Faint, at, &name, Anchor::Start));
            month = Some(week.month());
        }
        for (row, day) in week.iter_days().take(7).enumerate() {
            let cell = square(x, row, step);
            if day == record.today {
                present = cells.len();
            }
            let hours = record.days.get(&day).copied().unwrap_or_default();
            marks.push(cell.mark(role(hours, day, record.today), 2.5));
            cells.push(cell.cell(label(hours, day, record.today)));
        }
        x += step;
    }
    let bottom = TOP + 7.0 * step + 6.0;
    let within = Area {
        x: LEFT,
        y: bottom,
        width: width - LEFT,
        height: 0.0,
    };
    let legend = Legend::new(&legend(), within);
    marks.extend(legend.marks);
    Picture {
        title: "Study days".to_owned(),
        sentence: sentence(record, &weeks),
        width,
        height: bottom + legend.height,
        marks,
        cells,
        stride: 7,
        present,
        table: table(record, &weeks),
    }
}

#[allow(clippy::cast_precision_loss)] // one of seven
fn square(x: f64, row: usize, step: f64) -> Area {
    Area {
        x,
        y: TOP + row as f64 * step,
        width: step - GAP,
        height: step - GAP,
    }
}

/// The weeks there is room for: the latest ones, or from the first week on.
fn drawn_weeks(record: &StudyRecord, width: f64) -> Vec<NaiveDate> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // some dozens
    let room = ((width - LEFT) / LEAST_STEP).max(1.0) as u64;
    let most = room.min(MOST_WEEKS);
    let present = record.present_week();
    let first = record
        .days
        .iter()
        .next()
        .map_or(record.today, |(day, _)| *day);
    let first = week_of(first.min(record.today), record.week_start);
    let latest = present.checked_sub_days(Days::new(7 * (most - 1)));
    let first = latest.map_or(first, |latest| latest.max(first));
    let so_far = u64::try_from((present - first).num_days() / 7).unwrap_or(0) + 1;
    let number = so_far.max(FEWEST_WEEKS.min(most));
    #[allow(clippy::cast_possible_truncation)] // some dozens
    let number = number as usize;
    first.iter_days().step_by(7).take(number).collect()
}

fn role(hours: StudyDay, day: NaiveDate, today: NaiveDate) -> MarkRole {
    let level = LEVELS
        .iter()
        .find(|(from, _)| hours.done_minutes >= *from)
        .map(|(_, role)| *role);
    match level {
        Some(role) => role,
        None if day > today => MarkRole::Planned,
        None => MarkRole::Level0,
    }
}

fn label(hours: StudyDay, day: NaiveDate, today: NaiveDate) -> String {
    let date = format!("{} {}", day.format("%a"), words::short_date(day));
    let planned = words::effort(hours.planned_minutes);
    let figures = match (hours.done_minutes, hours.planned_minutes) {
        (0, 0) if day > today => "to come".to_owned(),
        (0, 0) => "no study".to_owned(),
        (0, _) if day >= today => format!("{planned} planned"),
        (0, _) => "no study".to_owned(),
        (done, 0) => format!("{} done", words::effort(done)),
        (done, _) => format!("{} done, {planned} planned", words::effort(done)),
    };
    format!("{date}: {figures}")
}

fn weekdays(record: &StudyRecord, step: f64) -> Vec<PictureMark> {
    let mut day = record.week_start;
    let mut marks = Vec::new();
    for row in 0..7u8 {
        if row % 2 == 0 {
            let at = Spot {
                x: LEFT - 6.0,
                y: TOP + f64::from(row) * step + step / 2.0 + 3.0,
            };
            let name = words::weekday(day).get(..3).unwrap_or_default();
            marks.push(text(MarkRole::Faint, at, name, Anchor::End));
        }
        day = day.succ();
    }
    marks
}

fn legend() -> [LegendEntry; 5] {
    [
        LegendEntry::new(MarkRole::Level0, "none"),
        LegendEntry::new(MarkRole::Level1, "under 30 min"),
        LegendEntry::new(MarkRole::Level2, "under 1 h"),
        LegendEntry::new(MarkRole::Level3, "under 2 h"),
        LegendEntry::new(MarkRole::Level4, "2 h or more"),
    ]
}

/// The days with work, the latest first.
fn table(record: &StudyRecord, weeks: &[NaiveDate]) -> PictureTable {
    let mut table = PictureTable::new(&["Day", "Done", "Planned"]);
    let first = weeks.first().copied().unwrap_or(record.today);
    let days = record.days.range(first..=record.today.max(first)).rev();
    for (day, hours) in days.filter(|(_, hours)| hours.done_minutes > 0) {
        table.rows.push(vec![
            format!("{} {}", day.format("%a"), words::short_date(*day)),
            words::effort(hours.done_minutes),
            words::effort(hours.planned_minutes),
        ]);
    }
    table
}

fn sentence(record: &StudyRecord, weeks: &[NaiveDate]) -> String {
    let first = weeks.first().copied().unwrap_or(record.today);
    let done = record
        .days
        .range(first..)
        .filter(|(_, hours)| hours.done_minutes > 0);
    let number = done.clone().count();
    let minutes: u64 = done.clone().map(|(_, hours)| hours.done_minutes).sum();
    let longest = done.max_by_key(|(day, hours)| (hours.done_minutes, **day));
    let Some((day, hours)) = longest else {
        return "Each day you study will be coloured here.".to_owned();
    };
    format!(
        "{} with {} since {}. The longest was {}, with {}.",
        words::count(number, "study day"),
        words::effort(minutes),
        words::plain_date(first),
        words::plain_date(*day),
        words::effort(hours.done_minutes)
    )
}
