//! The tables of the page.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::markup::{Column, HtmlTable};
use crate::plan::Plan;
use crate::progress::Progress;
use crate::view::{self, BusySpan};
use crate::words;

/// The most busy times on a page.
const MOST_BUSY: usize = 1_000;
/// Days of busy times on a page.
const BUSY_DAYS: u32 = 366;

/// Start and end of each phase, and how much of it is done.
pub(super) fn phases(plan: &Plan, progress: &Progress) -> String {
    let roadmap = plan.roadmap();
    let mut table = HtmlTable::new(&[
        Column("Phase", ""),
        Column("Start", "when"),
        Column("End", "when"),
        Column("Done", "number"),
        Column("Left", "number"),
        Column("Outcome", ""),
    ]);
    let (logged, left) = (plan.logged(), plan.left());
    for (phase, span) in roadmap.phases.iter().zip(&progress.phases) {
        let day = |date: Option<NaiveDate>| date.map_or_else(|| "–".to_owned(), words::plain_date);
        let items = roadmap.items.get(phase.items.clone()).unwrap_or_default();
        let done: u64 = items
            .iter()
            .filter_map(|item| logged.get(&item.id))
            .map(|minutes| u64::from(*minutes))
            .sum();
        let left = left.get(phase.items.clone()).unwrap_or_default();
        let left: u64 = left.iter().map(|minutes| u64::from(*minutes)).sum();
        table.row(
            "",
            &[
                phase.title.clone(),
                day(span.map(|span| span.start.local().date())),
                day(span.map(|span| span.end.day_of_end())),
                words::effort(done),
                words::effort(left),
                phase.outcome.clone(),
            ],
        );
    }
    table.finished()
}

/// A week of the plan.
#[derive(Default)]
struct WeekWork {
    planned: u64,
    done: u64,
    /// Titles of the items, in the order of their first sessions.
    items: Vec<String>,
}

/// The weeks with sessions: the time planned and done, and what for.
pub(super) fn weeks(plan: &Plan, progress: &Progress, now: DateTime<Utc>) -> String {
    let week_of = |date: NaiveDate| plan.availability().week_of(date);
    let mut weeks: BTreeMap<NaiveDate, WeekWork> = BTreeMap::new();
    for session in progress
        .sessions
        .iter()
        .filter(|session| session.is_there())
    {
        let first = week_of(session.start.local().date());
        let week = weeks.entry(first).or_default();
        week.planned += u64::from(session.minutes);
        let item = plan.roadmap().items.get(session.item);
        let title = item.map(|item| item.title.clone()).unwrap_or_default();
        if !week.items.contains(&title) {
            week.items.push(title);
        }
    }
    for entry in plan.log() {
        let first = week_of(plan.local(entry.start).date());
        weeks.entry(first).or_default().done += u64::from(entry.minutes);
    }
    let mut table = HtmlTable::new(&[
        Column("Week", "when"),
        Column("Planned", "number"),
        Column("Done", "number"),
        Column("Items", ""),
    ]);
    let present = week_of(plan.local(now).date());
    for (first, week) in weeks {
        let last = first.checked_add_days(Days::new(6)).unwrap_or(first);
        let class = if first == present { "now" } else { "" };
        table.row(
            class,
            &[
                format!("{} – {}", words::plain_date(first), words::plain_date(last)),
                words::effort(week.planned),
                words::effort(week.done),
                week.items.join(", "),
            ],
        );
    }
    table.finished()
}

/// The notes on the items. `None` if there are none.
pub(super) fn notes(plan: &Plan) -> Option<String> {
    let mut table = HtmlTable::new(&[Column("Item", ""), Column("Notes", "notes")]);
    let mut has_any = false;
    for (index, item) in plan.roadmap().items.iter().enumerate() {
        let entry = plan.roadmap().entry(index);
        let notes = entry
            .map(|entry| entry.notes.trim_end())
            .unwrap_or_default();
        if !notes.is_empty() {
            has_any = true;
            table.row("", &[item.title.clone(), notes.to_owned()]);
        }
    }
    has_any.then(|| table.finished())
}

/// The log, the latest entry first. `None` if it is empty.
pub(super) fn log(plan: &Plan) -> Option<String> {
    let mut table = HtmlTable::new(&[
        Column("Start", "when"),
        Column("Item", ""),
        Column("Time", "number"),
        Column("Note", "notes"),
    ]);
    for entry in plan.log().iter().rev() {
        table.row(
            "",
            &[
                words::moment(plan.local(entry.start)),
                plan.title_of(&entry.item).to_owned(),
                words::effort(entry.minutes.into()),
                entry.note.clone(),
            ],
        );
    }
    (!plan.log().is_empty()).then(|| table.finished())
}

/// The calendars that busy times come from, and the learner's other plans. `None` without any.
pub(super) fn calendars(plan: &Plan) -> Option<String> {
    let mut table = HtmlTable::new(&[Column("Calendar", ""), Column("Busy times", "number")]);
    let files = plan.busy_sources().map(|source| {
        let name = source.calendar.and_then(|calendar| calendar.name.clone());
        (name.unwrap_or_else(|| source.name.to_owned()), source.times)
    });
    let others = plan
        .other_plans()
        .map(|other| (other.title.to_owned(), other.sessions.len()));
    let all: Vec<(String, usize)> = files.chain(others).collect();
    for (name, times) in &all {
        table.row("", &[name.clone(), times.to_string()]);
    }
    (!all.is_empty()).then(|| table.finished())
}

/// The busy times of the year to come, without the names of their calendars. `None` without any.
pub(super) fn busy(plan: &Plan, now: DateTime<Utc>) -> Option<String> {
    let mut times = view::busy_times(plan, plan.local(now).date(), BUSY_DAYS);
    times.sort_by(|one, other| one.start.cmp(&other.start));
    let mut table = HtmlTable::new(&[Column("Start", "when"), Column("End", "when")]);
    for BusySpan { start, end, .. } in times.iter().take(MOST_BUSY) {
        table.row("", &[start.replace('T', " "), end.replace('T', " ")]);
    }
    (!times.is_empty()).then(|| table.finished())
}
