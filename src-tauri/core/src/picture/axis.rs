//! The axes of pictures: months along, hours up.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::scene::{Anchor, Area, PictureMark, Spot, line, text, width_of};
use super::style::MarkRole;

/// Days along the width of an area.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayAxis {
    area: Area,
    first: NaiveDate,
    days: f64,
}

impl DayAxis {
    /// From the start of the first day to the end of the last.
    pub fn new(area: Area, first: NaiveDate, last: NaiveDate) -> Self {
        Self {
            area,
            first,
            days: (days_between(first, last) + 1.0).max(1.0),
        }
    }

    /// The end of a day.
    pub fn x(&self, day: NaiveDate) -> f64 {
        let days = days_between(self.first, day) + 1.0;
        self.area.x + self.area.width * (days / self.days).clamp(0.0, 1.0)
    }

    /// Names and lines of months, as many as there is room for.
    pub fn months(&self) -> Vec<PictureMark> {
        let day_width = self.area.width / self.days;
        let apart = [1, 2, 3, 6, 12, 24]
            .into_iter()
            .find(|&months| f64::from(months) * 30.0 * day_width >= 52.0)
            .unwrap_or(60);
        let mut marks = Vec::new();
        let mut month = self.first.with_day(1).unwrap_or(self.first);
        // Years begin at a mark.
        while apart > 1 && !month.month0().is_multiple_of(apart.min(12)) {
            let Some(earlier) = month.checked_sub_months(Months::new(1)) else {
                break;
            };
            month = earlier;
        }
        let mut year = None;
        let mut label_end = f64::MIN;
        while let Some(next) = month.checked_add_months(Months::new(apart)) {
            if days_between(self.first, month) >= self.days {
                break;
            }
            if month >= self.first
                && let Some(before) = month.checked_sub_days(Days::new(1))
            {
                let x = self.x(before);
                let is_new_year = year != Some(month.year());
                let label = month.format(if is_new_year { "%b %Y" } else { "%b" });
                let label = label.to_string();
                let (top, bottom) = (self.area.y, self.area.bottom());
                let up = [Spot { x, y: top }, Spot { x, y: bottom }];
                marks.extend(line(MarkRole::Rule, &up));
                let end = x + 2.0 + width_of(&label);
                if x >= label_end && end <= self.area.right() + 8.0 {
                    let at = Spot {
                        x: x + 2.0,
                        y: bottom + 14.0,
                    };
                    marks.push(text(MarkRole::Faint, at, &label, Anchor::Start));
                    year = Some(month.year());
                    label_end = end + 6.0;
                }
            }
            month = next;
        }
        marks
    }
}

/// Hours along the height of an area.
#[derive(Debug, Clone, Copy)]
pub(super) struct HourAxis {
    area: Area,
    most: f64,
    step: f64,
}

impl HourAxis {
    /// From 0 to a round number of hours that holds these minutes.
    pub fn new(area: Area, most_minutes: u64) -> Self {
        let most = (minutes(most_minutes) / 60.0).max(1.0);
        let steps = [1.0, 2.0, 5.0];
        let powers = (0..9).map(|power| 10f64.powi(power));
        let step = powers
            .flat_map(|power| steps.map(|step| step * power))
            .find(|step| most / step <= 5.0)
            .unwrap_or(most);
        Self {
            area,
            most: (most / step).ceil() * step,
            step,
        }
    }

    pub fn y(&self, amount: u64) -> f64 {
        let part = minutes(amount) / 60.0 / self.most;
        self.area.bottom() - self.area.height * part.clamp(0.0, 1.0)
    }

    pub fn hours(&self) -> Vec<PictureMark> {
        let mut marks = Vec::new();
        let mut hours = 0.0;
        while hours <= self.most {
            let y = self.area.bottom() - self.area.height * hours / self.most;
            let (left, right) = (self.area.x, self.area.right());
            let across = [Spot { x: left, y }, Spot { x: right, y }];
            marks.extend(line(MarkRole::Rule, &across));
            let at = Spot {
                x: left - 6.0,
                y: y + 4.0,
            };
            marks.push(text(
                MarkRole::Faint,
                at,
                &format!("{hours} h"),
                Anchor::End,
            ));
            hours += self.step;
        }
        marks
    }
}

#[allow(clippy::cast_precision_loss)] // minutes of a lifetime
fn minutes(amount: u64) -> f64 {
    amount as f64
}

#[allow(clippy::cast_precision_loss)] // days of the calendar
pub(super) fn days_between(from: NaiveDate, to: NaiveDate) -> f64 {
    (to - from).num_days() as f64
}
