//! A plan as one HTML page, to be shown to others: the chart, the weeks and the progress.
//!
//! The page needs nothing else: no script, no other file and no connection, which its own policy
//! forbids. It is well-formed XML too. The learner's notes, log, calendars and busy times are left
//! out unless they ask for them.

mod markup;
mod tables;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::outlook::Outlook;
use crate::picture;
use crate::plan::Plan;
use crate::progress::progress;
use crate::status::status;
use crate::view;

use markup::{element, escaped};

/// The private parts that a page has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct ShareOptions {
    /// The notes on the items.
    pub notes: bool,
    /// The log, with its notes.
    pub log: bool,
    /// The names of the calendars that busy times come from, and of the learner's other plans.
    pub calendars: bool,
    /// The busy times to come.
    pub busy: bool,
}

/// The first characters of each page, by which it is known again.
pub const PAGE_START: &str = "<!DOCTYPE html>\n<!-- Made by Waymark -->\n";

const STYLE: &str = "\
:root { color-scheme: light; }
body { max-width: 1120px; margin: 0 auto; padding: 24px; color: #1c2733; background: #fff;
  font: 15px/1.5 system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 26px; }
h2 { margin: 32px 0 8px; font-size: 18px; }
p { margin: 4px 0; }
figure { margin: 20px 0 0; overflow-x: auto; }
svg { display: block; width: 100%; min-width: 720px; height: auto; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 5px 8px; border-bottom: 1px solid #dde3e9; text-align: left;
  vertical-align: top; }
th { color: #4d5965; font-weight: 600; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.when { white-space: nowrap; }
.now { background: #eef4fb; }
.notes { white-space: pre-wrap; }
footer { margin-top: 32px; color: #4d5965; font-size: 13px; }
@media print { body { padding: 0; } svg { min-width: 0; } tr { break-inside: avoid; } }
";

/// The page of a plan at `now`.
pub fn page(plan: &Plan, options: ShareOptions, now: DateTime<Utc>) -> String {
    let progress = progress(plan, now);
    let status = status(plan, now);
    let outlook = Outlook::new(plan, now);
    let stands = view::progress_view(plan, &progress, now);
    let title = escaped(plan.title());
    let paragraph = |text: &str| element("p", text);
    let today = crate::words::long_date(plan.local(now).date());
    let parts = [
        element("h1", plan.title()),
        paragraph(&format!("{}. {}", status.title, status.reason)),
        paragraph(&view::summary(&outlook).sentence),
        format!("<figure>\n{}</figure>\n", picture::svg(plan, now)),
        element("h2", "Progress"),
        paragraph(&stands.sentence),
        tables::phases(plan, &progress),
        element("h2", "Weeks"),
        tables::weeks(plan, &progress, now),
        optional(options.notes, "Notes", || tables::notes(plan)),
        optional(options.log, "Log", || tables::log(plan)),
        optional(options.calendars, "Calendars", || tables::calendars(plan)),
        optional(options.busy, "Busy times", || tables::busy(plan, now)),
        format!(
            "<footer>{}</footer>\n",
            paragraph(&format!("Made with Waymark on {today}."))
        ),
    ];
    let mut page = format!(
        "{PAGE_START}<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n\
         <meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    page.extend(parts);
    page += "</body>\n</html>\n";
    page
}

/// A section that the learner asked for. It is left out if it has nothing.
fn optional(is_asked: bool, title: &str, content: impl FnOnce() -> Option<String>) -> String {
    let content = is_asked.then(content).flatten();
    content.map_or_else(String::new, |content| element("h2", title) + &content)
}

#[cfg(test)]
mod tests;
