//! Start and end of each phase and item, for a spreadsheet.

use std::borrow::Cow;

use chrono::{Datelike, Timelike};
use csv::Writer;
use waymark_core::availability::Moment;
use waymark_core::plan::Plan;
use waymark_core::progress::Standing;
use waymark_core::schedule::Span;

/// A row for each phase, without an item, and for each of its items. Times are the learner's with their offset from UTC;
/// what has no session has none.
pub fn text(plan: &Plan, standing: &Standing) -> Result<String, csv::Error> {
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
    for (phase, &span) in roadmap.phases.iter().zip(&standing.phases) {
        row(&phase.id, "", &phase.title, span)?;
        for index in phase.items.clone() {
            let item = &roadmap.items[index];
            row(&phase.id, &item.id, &item.title, standing.items[index])?;
        }
    }
    let bytes = table.into_inner().map_err(|error| error.into_error())?;
    String::from_utf8(bytes).map_err(|error| std::io::Error::other(error).into())
}

/// "2027-01-04T19:00+01:00", without a formatter: it would cost more than the rest of the row.
fn time(moment: Moment) -> String {
    let zoned = moment.zoned();
    let year = zoned.year().unsigned_abs();
    let ahead = zoned.offset().local_minus_utc() / 60;
    let sign = if ahead < 0 { '-' } else { '+' };
    let ahead = ahead.unsigned_abs();
    let mut text = String::with_capacity(24);
    let parts = [
        (year / 100, None),
        (year % 100, Some('-')),
        (zoned.month(), Some('-')),
        (zoned.day(), Some('T')),
        (zoned.hour(), Some(':')),
        (zoned.minute(), Some(sign)),
        (ahead / 60, Some(':')),
        (ahead % 60, None),
    ];
    for (number, mark) in parts {
        let digits = [number / 10, number % 10];
        text.extend(
            digits
                .into_iter()
                .filter_map(|digit| char::from_digit(digit, 10)),
        );
        text.extend(mark);
    }
    text
}

/// A text that no spreadsheet takes for a formula: what begins like one has an apostrophe before it.
fn plain(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}
