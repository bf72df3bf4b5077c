//! The plan as one HTML page.

use chrono::{DateTime, Utc};
use waymark_core::plan::Plan;
use waymark_core::share::{ShareOptions, page};

/// A private part of a plan, which a page has only if it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum PagePart {
    // Doc comments here would double the lines of the help.
    Notes,
    Log,
    Calendars,
    Busy,
}

/// The page with these private parts.
pub fn text(plan: &Plan, parts: &[PagePart], now: DateTime<Utc>) -> String {
    let has = |part| parts.contains(&part);
    let options = ShareOptions {
        notes: has(PagePart::Notes),
        log: has(PagePart::Log),
        calendars: has(PagePart::Calendars),
        busy: has(PagePart::Busy),
    };
    page(plan, options, now)
}
