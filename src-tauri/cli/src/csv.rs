//! Start and end of each phase and item, for a spreadsheet.

use std::borrow::Cow;

use chrono::{Datelike, Timelike};
use csv::Writer;
use waymark_core::availability::Moment;
use waymark_core::plan::Plan;
use waymark_core::progress::Progress;
use waymark_core::schedule::Span;

/// One row a phase, with an empty item, and one row an item. Times are in the learner's zone, with
/// their offset from UTC, and empty without a session.
pub fn text(plan: &Plan, progress: &Progress) -> Result<String, csv::Error> {
    let roadmap = plan.roadmap();
    let mut table = Writer::from_writer(Vec::new());
    table.write_record([
        "phase", "item", "title", "start", "end", "minutes", "sessions",
    ])?;
    let mut row = |phase: &str, item: &str, title: &str, span: Option<Span>| {
        let time =
            |moment: fn(Span) -> Moment| span.map_or(String::new(), |span| time(moment(span)));
        table.write_record([
            phase,
            item,
            &plain(title),
            &time(|span| span.start),
            &time(|span| span.end),
            &span.map_or(0, |span| span.minutes).to_string(),
            &span.map_or(0, |span| span.sessions).to_string(),
        ])
    };
    for (phase, &span) in roadmap.phases.iter().zip(&progress.phases) {
        row(&phase.id, "", &phase.title, span)?;
        for index in phase.items.clone() {
            let item = &roadmap.items[index];
            row(&phase.id, &item.id, &item.title, progress.items[index])?;
        }
    }
    let bytes = table.into_inner().map_err(|error| error.into_error())?;
    String::from_utf8(bytes).map_err(|error| std::io::Error::other(error).into())
}

/// "2027-01-04T19:00+01:00". Written by hand, because a formatter costs more than the rest of the
/// row.
fn time(moment: Moment) -> String {
    let zoned = moment.zoned();
    let (date, clock) = (zoned.date_naive(), zoned.time());
    let (year, ahead) = (
        date.year().unsigned_abs(),
        zoned.offset().local_minus_utc() / 60,
    );
    let sign = if ahead < 0 { "-" } else { "+" };
    let mut text = String::with_capacity(24);
    let mut two = |number: u32, mark: &str| {
        text.extend(char::from_digit(number / 10, 10));
        text.extend(char::from_digit(number % 10, 10));
        text.push_str(mark);
    };
    two(year / 100, "");
    two(year % 100, "-");
    two(date.month(), "-");
    two(date.day(), "T");
    two(clock.hour(), ":");
    two(clock.minute(), sign);
    two(ahead.unsigned_abs() / 60, ":");
    two(ahead.unsigned_abs() % 60, "");
    text
}

/// Text without control characters that no spreadsheet takes for a formula: an apostrophe goes
/// before what starts like one.
fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) {
        return plain(&text.replace(char::is_control, " "))
            .into_owned()
            .into();
    }
    if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}
