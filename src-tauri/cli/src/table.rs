//! The plan as a table for a terminal.

use chrono::{DateTime, Utc, Weekday};
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use waymark_core::availability::{Moment, Window};
use waymark_core::outlook::Outlook;
use waymark_core::plan::Plan;
use waymark_core::progress::Progress;
use waymark_core::schedule::Span;
use waymark_core::view;
use waymark_core::words;

/// A heading, one row a phase, what doesn't fit, and the answer in a sentence.
pub fn text(plan: &Plan, progress: &Progress, outlook: &Outlook) -> String {
    let roadmap = plan.roadmap();
    let columns = [
        "", "Phase", "Weeks", "From", "To", "Effort", "Sessions", "Outcome",
    ];
    let mut table = new(&columns, &[0, 2, 5, 6]);
    for (index, (phase, &span)) in roadmap.phases.iter().zip(&progress.phases).enumerate() {
        let none = || "–".to_owned();
        let date = |moment: Moment| words::short_date(moment.local().date());
        table.add_row([
            (index + 1).to_string(),
            phase.title.clone(),
            span.map_or_else(none, |span| weeks(plan, &span)),
            span.map_or_else(none, |span| date(span.start)),
            span.map_or_else(none, |span| date(span.end)),
            span.map_or_else(none, |span| words::effort(span.minutes)),
            span.map_or(0, |span| span.sessions).to_string(),
            phase.outcome.clone(),
        ]);
    }
    let table = rendered(&table);
    let mut text = format!(
        "{}\n{} a week from {}, {}: {}\n{}\n{table}\n\n",
        plan.title(),
        words::effort(plan.availability().week.minutes().into()),
        words::long_date(plan.start()),
        plan.zone().name(),
        windows(plan.windows()),
        view::busy_share(plan, outlook.now).map_or(String::new(), |sentence| sentence + "\n"),
    );
    let left_out = roadmap.items.iter().filter(|item| !plan.includes(item));
    let optional: Vec<&str> = left_out.map(|item| item.id.as_str()).collect();
    if !optional.is_empty() {
        text += &format!(
            "Optional, not included (add with --include): {}\n",
            optional.join(", ")
        );
    }
    for finding in view::findings(plan, outlook.schedule()) {
        text += &format!("{}{}\n", finding.lead(), finding.message);
    }
    text += &view::summary(outlook).sentence;
    text += "\n";
    if let Some(sentence) = overdue_start(plan, outlook.now) {
        text += &format!(
            "{sentence}
"
        );
    }
    if let Some(answers) = view::answers(outlook) {
        text += &format!("{}\n{}\n", answers.verdict, answers.takes);
    }
    text
}

/// Says that the plan started some time ago and nothing was logged since. `None` otherwise.
fn overdue_start(plan: &Plan, now: DateTime<Utc>) -> Option<String> {
    const DAYS: i64 = 14;
    let today = plan.local(now).date();
    let is_overdue = plan.log().is_empty() && (today - plan.start()).num_days() >= DAYS;
    is_overdue.then(|| {
        format!(
            "Nothing is logged since the start on {}. To start today, add --start {today}.",
            words::plain_date(plan.start())
        )
    })
}

/// An empty table with these columns; those in `numbers` are aligned to the right.
pub fn new(columns: &[&str], numbers: &[usize]) -> Table {
    let rule = LineStyle::none().fill('─').junction('─');
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(rule))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(columns);
    for &number in numbers {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// The table's text, without the padding of its last column.
pub fn rendered(table: &Table) -> String {
    let table = table.to_string();
    let lines: Vec<&str> = table.lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn weeks(plan: &Plan, span: &Span) -> String {
    let first = view::week_of(plan, span.start.local().date());
    let last = view::week_of(plan, span.end.day_of_end());
    if first == last {
        first.to_string()
    } else {
        format!("{first}–{last}")
    }
}

/// "Mon–Fri 19:00–20:30, Sat 09:00–11:30": consecutive days with the same times are joined.
fn windows(windows: &[Window]) -> String {
    let mut groups: Vec<(Weekday, &Window)> = Vec::new();
    for window in windows {
        match groups.last_mut() {
            Some((_, last))
                if last.day.succ() == window.day
                    && (last.start, last.end) == (window.start, window.end) =>
            {
                *last = window;
            }
            _ => groups.push((window.day, window)),
        }
    }
    let group = |(first, last): &(Weekday, &Window)| {
        let days = if *first == last.day {
            first.to_string()
        } else {
            format!("{first}–{}", last.day)
        };
        format!(
            "{days} {}–{}",
            words::clock(last.start),
            words::clock(last.end)
        )
    };
    groups.iter().map(group).collect::<Vec<_>>().join(", ")
}
