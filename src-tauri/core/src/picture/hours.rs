//! Hours a week: done as bars, planned as outlines.

use super::axis::HourAxis;
use super::legend::{Legend, LegendEntry};
use super::scene::{Anchor, Area, Picture, PictureTable, Spot, line, text, width_of};
use super::style::MarkRole;
use crate::view::{StudyRecord, WeekView};
use crate::words;

const HEIGHT: f64 = 190.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 6.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 20.0;
/// The least width of a week.
const NARROWEST_WEEK: f64 = 17.0;
const WIDEST_WEEK: f64 = 40.0;
const MOST_WEEKS: usize = 53;

pub(super) fn draw(record: &StudyRecord, width: f64) -> Picture {
    let room = width - LEFT - RIGHT;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // some dozens
    let most = ((room / NARROWEST_WEEK).max(1.0) as usize).min(MOST_WEEKS);
    let skipped = record.weeks.len().saturating_sub(most);
    let weeks = record.weeks.get(skipped..).unwrap_or_default();
    let area = Area {
        x: LEFT,
        y: TOP,
        width: room,
        height: HEIGHT - TOP - BOTTOM,
    };
    let amounts = weeks
        .iter()
        .map(|week| week.planned_minutes.max(week.done_minutes));
    let up = HourAxis::new(area, amounts.max().unwrap_or(0));
    #[allow(clippy::cast_precision_loss)] // some dozens
    let step = (room / weeks.len().max(1) as f64).min(WIDEST_WEEK);

    let present = weeks
        .iter()
        .position(|week| week.start == record.present_week());
    let entries = [
        LegendEntry::new(MarkRole::Filled, "done"),
        LegendEntry::new(MarkRole::Planned, "planned"),
    ];
    let within = Area {
        y: 0.0,
        height: 0.0,
        ..area
    };
    let mut marks = Legend::new(&entries, within).marks;
    marks.extend(up.hours());
    let mut cells = Vec::with_capacity(weeks.len());
    let mut table = PictureTable::new(&["Week from", "Done", "Planned"]);
    let (mut x, mut label_end) = (area.x, 0.0);
    for week in weeks {
        let bar = |minutes: u64, inset: f64| {
            let y = up.y(minutes);
            Area {
                x: x + inset,
                y,
                width: step - 2.0 * inset,
                height: area.bottom() - y,
            }
        };
        if week.done_minutes > 0 {
            marks.push(bar(week.done_minutes, 3.5).mark(MarkRole::Filled, 1.5));
        }
        if week.planned_minutes > 0 {
            marks.push(bar(week.planned_minutes, 2.0).mark(MarkRole::Planned, 1.5));
        }
        if week.start == record.present_week() {
            let y = area.bottom() + 2.0;
            let under = [Spot { x, y }, Spot { x: x + step, y }];
            marks.extend(line(MarkRole::Now, &under));
        }
        let name = format!("{}", week.start.format("%-d %b"));
        let at = Spot {
            x: x + step / 2.0,
            y: area.bottom() + 15.0,
        };
        let half = width_of(&name) / 2.0;
        if at.x - half >= label_end && at.x + half <= width {
            marks.push(text(MarkRole::Faint, at, &name, Anchor::Middle));
            label_end = at.x + half + 10.0;
        }
        let column = Area {
            x,
            width: step,
            ..area
        };
        cells.push(column.cell(label(record, week)));
        table.rows.push(vec![
            words::short_date(week.start),
            words::effort(week.done_minutes),
            words::effort(week.planned_minutes),
        ]);
        x += step;
    }
    Picture {
        title: "Hours a week".to_owned(),
        sentence: sentence(record),
        width,
        height: HEIGHT,
        marks,
        cells,
        stride: 1,
        present: present.unwrap_or(0),
        table,
    }
}

fn label(record: &StudyRecord, week: &WeekView) -> String {
    let planned = words::effort(week.planned_minutes);
    let date = words::short_date(week.start);
    if week.start > record.present_week() {
        return format!("Week from {date}: {planned} planned");
    }
    let done = words::effort(week.done_minutes);
    format!("Week from {date}: {done} done, {planned} planned")
}

fn sentence(record: &StudyRecord) -> String {
    let present = record.present_week();
    let week = record.weeks.iter().find(|week| week.start == present);
    let (done, planned) = week.map_or((0, 0), |week| (week.done_minutes, week.planned_minutes));
    let week = match (done, planned) {
        (0, 0) => "Nothing is planned this week".to_owned(),
        (done, 0) => format!("{} done this week", words::effort(done)),
        (done, planned) => format!(
            "{} of {} done this week",
            words::effort(done),
            words::effort(planned)
        ),
    };
    format!("{week}, {} in all.", words::effort(record.done_minutes()))
}
