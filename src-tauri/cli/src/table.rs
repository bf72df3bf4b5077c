//! The plan as a table for a terminal.

use chrono::{DateTime, Utc, Weekday};
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use waymark_core::availability::{Moment, Window};
use waymark_core::plan::{Document, Plan};
use waymark_core::progress::Standing;
use waymark_core::view;
use waymark_core::words;

/// A heading, a row per phase, what does not fit, and the answer in a sentence.
pub fn text(plan: &Plan, standing: &Standing, now: DateTime<Utc>) -> String {
    let view = view::view(&Document::new(plan.clone()), now);
    let columns = [
        "", "Phase", "Weeks", "From", "To", "Effort", "Sessions", "Outcome",
    ];
    let mut table = new(&columns, &[0, 2, 5, 6]);
    for (row, span) in view.chart.phases.iter().zip(&standing.phases) {
        let none = || "–".to_owned();
        let date = |moment: Moment| words::short_date(moment.local().date());
        table.add_row([
            row.number.to_string(),
            row.title.clone(),
            row.weeks.map_or_else(none, weeks),
            span.map_or_else(none, |span| date(span.start)),
            span.map_or_else(none, |span| date(span.end)),
            span.map_or_else(none, |span| words::effort(span.minutes)),
            row.sessions.to_string(),
            row.outcome.title.clone(),
        ]);
    }
    let table = rendered(&table);
    let mut text = format!(
        "{}\n{} h a week from {}, {}: {}\n\n{table}\n\n",
        view.plan.title,
        view.plan.hours_per_week,
        words::long_date(plan.start()),
        view.plan.zone,
        windows(plan.windows()),
    );
    let left_out = |row: &&view::ItemRow| !row.included;
    let items = view.chart.phases.iter().flat_map(|phase| &phase.items);
    let optional: Vec<&str> = items
        .filter(left_out)
        .map(|item| item.id.as_str())
        .collect();
    if !optional.is_empty() {
        text += &format!("Left out, add with --include: {}\n", optional.join(", "));
    }
    for finding in &view.findings {
        text += &format!("Does not fit: {}\n", finding.message);
    }
    text += &view.summary.sentence;
    text += "\n";
    if let Some(answers) = &view.answers {
        text += &format!("{}\n{}\n", answers.verdict, answers.takes);
    }
    text
}

/// An empty table with these columns, of which some are numbers and stand to the right.
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

/// The table's text. Its last column is padded too; nobody wants that copied.
pub fn rendered(table: &Table) -> String {
    let table = table.to_string();
    let lines: Vec<&str> = table.lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn weeks((first, last): (u32, u32)) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first}–{last}")
    }
}

/// "Mon–Fri 19:00–20:30, Sat 09:00–11:30": days with the same times in a row stand together.
fn windows(windows: &[Window]) -> String {
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
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
        format!("{days} {}–{}", clock(last.start), clock(last.end))
    };
    groups.iter().map(group).collect::<Vec<_>>().join(", ")
}
