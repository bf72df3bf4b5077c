//! The Gantt chart as an SVG picture: complete, on one sheet, for printing or sending.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use svg::node::element::{Group, Line, Path, Rectangle, Text, Title};

use crate::document;
use crate::palette;
use crate::plan::Plan;
use crate::view::{self, ItemRow, PhaseRow, View};
use crate::words;

use super::sheet::{sheet, written};

const NAMES_WIDTH: f64 = 330.0;
const TIME_WIDTH: f64 = 1500.0;
const MARGIN: f64 = 28.0;
const HEADER_HEIGHT: f64 = 128.0;
const PHASE_HEIGHT: f64 = 28.0;
const ITEM_HEIGHT: f64 = 18.0;
const FOOTER_HEIGHT: f64 = 44.0;
/// No mark is thinner than this: a session of an hour would be hair-thin on a sheet of a year.
const THINNEST_MARK: f64 = 1.3;
const MINUTES_PER_DAY: f64 = 1440.0;

const INK: &str = "#1c2733";
const FAINT_INK: &str = "#66727f";
const RULE: &str = "#dde3e9";
const TODAY: &str = "#c62828";

/// Draws the current plan at `now`.
pub fn svg(plan: &Plan, now: DateTime<Utc>) -> String {
    let view = view::view(&document::Document::new(plan.clone()), now);
    let canvas = Canvas::new(&view);
    let (width, height) = (canvas.width(), canvas.height);
    let title = format!("{}: {}", view.plan.title, view.summary.sentence);
    let document = sheet(width, height, title)
        .add(rectangle(0.0, 0.0, width, height, "#ffffff"))
        .add(canvas.heading())
        .add(canvas.calendar())
        .add(canvas.rows())
        .add(canvas.today())
        .add(canvas.legend());
    written(&document)
}

/// The measures of one picture.
struct Canvas<'a> {
    view: &'a View,
    days: i32,
    height: f64,
}

impl<'a> Canvas<'a> {
    fn new(view: &'a View) -> Self {
        let phases = &view.chart.phases;
        let items: usize = phases.iter().map(|phase| phase.items.len()).sum();
        let rows = count(phases.len()) * PHASE_HEIGHT + count(items) * ITEM_HEIGHT;
        Self {
            view,
            days: view.chart.days.max(7),
            height: HEADER_HEIGHT + rows + FOOTER_HEIGHT,
        }
    }

    fn width(&self) -> f64 {
        MARGIN + NAMES_WIDTH + TIME_WIDTH + MARGIN
    }

    /// The horizontal position of a minute of the chart.
    fn x(&self, minutes: f64) -> f64 {
        let days = minutes / MINUTES_PER_DAY;
        MARGIN + NAMES_WIDTH + days * TIME_WIDTH / f64::from(self.days)
    }

    fn heading(&self) -> Group {
        let plan = &self.view.plan;
        let terms = format!(
            "{} hours a week from {}, {}",
            plan.hours_per_week,
            words::plain_date(plan.start),
            plan.zone
        );
        Group::new()
            .add(text(&plan.title, MARGIN, 42.0, 22, INK).set("font-weight", 600))
            .add(text(&self.view.summary.sentence, MARGIN, 66.0, 14, INK))
            .add(text(&terms, MARGIN, 86.0, 12, FAINT_INK))
    }

    /// Months and roadmap weeks above, rules below them.
    fn calendar(&self) -> Group {
        let mut group = Group::new();
        let origin = self.view.chart.origin;
        let end = origin + Days::new(u64::from(self.days.unsigned_abs()));
        let at = |date: NaiveDate| self.x(count_days(origin, date) * MINUTES_PER_DAY);
        let bottom = self.height - FOOTER_HEIGHT;

        let weeks = self.days.unsigned_abs().div_ceil(7);
        // A label needs some 32 points.
        let every = [1, 2, 4, 8, 13, 26, 52, 260].into_iter();
        let day_width = TIME_WIDTH / f64::from(self.days);
        let fits = |every: &u32| f64::from(*every) * 7.0 * day_width >= 32.0;
        let every = every.clone().find(fits).unwrap_or(520);
        for week in (0..weeks).step_by(every as usize) {
            let x = self.x(f64::from(week) * 7.0 * MINUTES_PER_DAY);
            let label = format!("W{}", week + 1);
            group = group
                .add(line(x, HEADER_HEIGHT - 18.0, x, bottom, RULE))
                .add(text(&label, x + 3.0, HEADER_HEIGHT - 6.0, 10, FAINT_INK));
        }

        let months_apart = [1, 3, 6, 12, 60]
            .into_iter()
            .find(|&months| f64::from(months) * 30.0 * day_width >= 34.0)
            .unwrap_or(120);
        let mut month = origin.with_day(1).unwrap_or(origin);
        while month < end {
            let next = month + Months::new(months_apart);
            let x = at(month.max(origin));
            let january_or_first = month <= origin || month.month() == 1;
            let label = month.format(if january_or_first { "%b %Y" } else { "%b" });
            let room = at(next.min(end)) - x;
            group = group.add(line(
                x,
                HEADER_HEIGHT - 36.0,
                x,
                HEADER_HEIGHT - 18.0,
                FAINT_INK,
            ));
            if room >= 26.0 {
                let label = label.to_string();
                let y = HEADER_HEIGHT - 23.0;
                group = group.add(text(&label, x + 3.0, y, 11, INK).set("font-weight", 600));
            }
            month = next;
        }
        group.add(line(
            MARGIN,
            HEADER_HEIGHT,
            self.width() - MARGIN,
            HEADER_HEIGHT,
            FAINT_INK,
        ))
    }

    fn rows(&self) -> Group {
        let mut group = Group::new();
        let mut y = HEADER_HEIGHT;
        for (index, phase) in self.view.chart.phases.iter().enumerate() {
            let colour = palette::of_phase(index).light;
            group = group.add(self.phase(phase, y, colour));
            y += PHASE_HEIGHT;
            for item in &phase.items {
                group = group.add(self.item(item, y, colour));
                y += ITEM_HEIGHT;
            }
        }
        group
    }

    fn phase(&self, phase: &PhaseRow, y: f64, colour: &str) -> Group {
        let name = format!("{}  {}", phase.number, phase.title);
        let middle = y + PHASE_HEIGHT / 2.0;
        let mut group = Group::new()
            .add(line(MARGIN, y, self.width() - MARGIN, y, RULE))
            .add(text(&name, MARGIN, middle + 4.5, 13, INK).set("font-weight", 600));
        let (Some(start), Some(end)) = (phase.start, phase.end) else {
            return group;
        };
        let (left, right) = (self.x(start.into()), self.x(end.into()));
        let bar = rectangle(left, middle - 4.0, (right - left).max(2.0), 8.0, colour).set("rx", 2);
        let diamond = Path::new()
            .set(
                "d",
                format!("M{right:.1} {:.1}l7 7l-7 7l-7 -7z", middle - 7.0),
            )
            .set("fill", "#ffffff")
            .set("stroke", colour)
            .set("stroke-width", 2)
            .add(Title::new(phase.outcome.title.clone()));
        group = group.add(bar).add(diamond);
        // The outcome goes where there is room: behind the diamond, or before the bar.
        let room = self.width() - MARGIN - right - 12.0;
        let label = &phase.outcome.title;
        if room >= count(label.chars().count()) * 5.6 {
            group.add(text(label, right + 12.0, middle + 4.0, 11, FAINT_INK))
        } else {
            let label = text(label, left - 8.0, middle + 4.0, 11, FAINT_INK);
            group.add(label.set("text-anchor", "end"))
        }
    }

    fn item(&self, item: &ItemRow, y: f64, colour: &str) -> Group {
        let middle = y + ITEM_HEIGHT / 2.0;
        let effort = words::effort(item.effort_minutes.into());
        let (note, ink) = match (item.included, item.effort_minutes) {
            (false, _) => ("left out", FAINT_INK),
            (true, 0) => ("to tick off", FAINT_INK),
            (true, _) => (effort.as_str(), INK),
        };
        let names_end = MARGIN + NAMES_WIDTH - 12.0;
        let mut group = Group::new()
            .add(text(&item.title, MARGIN + 18.0, middle + 4.0, 11, ink))
            .add(text(note, names_end, middle + 4.0, 10, FAINT_INK).set("text-anchor", "end"));
        let (Some(start), Some(end)) = (item.start, item.end) else {
            return group;
        };
        let (left, right) = (self.x(start.into()), self.x(end.into()));
        let band = rectangle(
            left,
            middle - 5.0,
            (right - left).max(THINNEST_MARK),
            10.0,
            colour,
        );
        group = group.add(band.set("opacity", 0.18).set("rx", 2));
        // All marks of an item are one path: a sheet has hundreds of them.
        let mut marks = String::new();
        for session in item.sessions.chunks_exact(2) {
            let left = self.x(session[0].into());
            let width = (self.x(f64::from(session[0] + session[1])) - left).max(THINNEST_MARK);
            marks += &format!("M{left:.1} {:.1}h{width:.1}v10h-{width:.1}z", middle - 5.0);
        }
        group.add(Path::new().set("d", marks).set("fill", colour))
    }

    fn today(&self) -> Group {
        let group = Group::new();
        let in_sheet = |today: &i32| (0..self.days * 1440).contains(today);
        let Some(today) = self.view.chart.today.filter(in_sheet) else {
            return group;
        };
        let x = self.x(today.into());
        group
            .add(line(
                x,
                HEADER_HEIGHT - 18.0,
                x,
                self.height - FOOTER_HEIGHT,
                TODAY,
            ))
            .add(text("today", x + 3.0, HEADER_HEIGHT + 11.0, 10, TODAY))
    }

    fn legend(&self) -> Group {
        let y = self.height - 18.0;
        let legend = "Light band: from the first session to the last. Dark marks: the sessions. \
                      Diamond: the phase’s outcome. W1 begins on the start date.";
        let mut group = Group::new().add(text(legend, MARGIN, y, 11, FAINT_INK));
        let findings = &self.view.findings;
        if !findings.is_empty() {
            let what = words::count(findings.len(), "item");
            let label = format!("{what} did not fit and are not drawn.");
            let end = self.width() - MARGIN;
            group = group.add(text(&label, end, y, 11, TODAY).set("text-anchor", "end"));
        }
        group
    }
}

#[allow(clippy::cast_precision_loss)] // far fewer than 2^52 rows
fn count(number: usize) -> f64 {
    number as f64
}

#[allow(clippy::cast_precision_loss)]
fn count_days(from: NaiveDate, to: NaiveDate) -> f64 {
    (to - from).num_days() as f64
}

fn text(content: &str, x: f64, y: f64, size: u32, fill: &str) -> Text {
    Text::new(content)
        .set("x", format!("{x:.1}"))
        .set("y", format!("{y:.1}"))
        .set("font-size", size)
        .set("fill", fill)
}

fn line(x1: f64, y1: f64, x2: f64, y2: f64, stroke: &str) -> Line {
    Line::new()
        .set("x1", format!("{x1:.1}"))
        .set("y1", format!("{y1:.1}"))
        .set("x2", format!("{x2:.1}"))
        .set("y2", format!("{y2:.1}"))
        .set("stroke", stroke)
}

fn rectangle(x: f64, y: f64, width: f64, height: f64, fill: &str) -> Rectangle {
    Rectangle::new()
        .set("x", format!("{x:.1}"))
        .set("y", format!("{y:.1}"))
        .set("width", format!("{width:.1}"))
        .set("height", format!("{height:.1}"))
        .set("fill", fill)
}

#[cfg(test)]
mod tests;
