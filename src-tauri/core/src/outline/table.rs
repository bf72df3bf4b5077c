//! Tables: the meaning of their columns, and the work in their rows.

use std::rc::Rc;

use super::counted::CountedLines;
use super::line::{LineShape, ReadLine};
use super::span;
use super::text::bare;
use super::words;

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnRole {
    Phase,
    Title,
    Span,
    Outcome,
    Link,
    Note,
    Nothing,
}

/// The place of a row in its table.
#[derive(Debug, Clone)]
pub(super) struct TableAt {
    pub is_header: bool,
    pub roles: Rc<Vec<ColumnRole>>,
    pub names: Rc<Vec<String>>,
    pub phase_column: Option<usize>,
    /// The columns' meanings are a guess from their content.
    pub is_guess: bool,
}

const PHASES: &[&str] = &[
    "phase", "month", "week", "stage", "step", "module", "year", "section", "category", "level",
    "unit", "part", "quarter", "sprint", "area", "domain", "group", "weeks", "months", "tuần",
];
const TITLES: &[&str] = &[
    "topic",
    "topics",
    "title",
    "task",
    "tasks",
    "name",
    "goals",
    "goal",
    "subject",
    "course",
    "courses",
    "skill",
    "skills",
    "lecture",
    "lesson",
    "item",
    "focus",
    "content",
    "activity",
    "activities",
    "what to learn",
    "learn",
    "theme",
    "concept",
    "concepts",
    "project",
    "thema",
    "tema",
    "chapter",
    "book",
    "technology",
    "tool",
    "tools",
    "focus area",
    "main topic",
    "key topics",
];
const SPANS: &[&str] = &[
    "duration",
    "time",
    "hours",
    "effort",
    "estimated time",
    "minutes",
    "length",
    "estimate",
    "timeline",
    "est hours",
    "estimated hours",
    "days",
    "weeks",
    "total",
    "hrs",
];
const OUTCOMES: &[&str] = &[
    "outcome",
    "outcomes",
    "deliverable",
    "deliverables",
    "milestone",
];
const LINKS: &[&str] = &[
    "url",
    "link",
    "links",
    "href",
    "resource",
    "resources",
    "materials",
    "video",
];
const NOTHING: &[&str] = &[
    "date",
    "day",
    "no",
    "number",
    "id",
    "status",
    "done",
    "completed",
    "started",
    "progress",
    "rating",
    "",
];

/// The table of each line that is a row.
pub(super) fn find(lines: &CountedLines) -> Vec<Option<TableAt>> {
    let mut out = vec![None; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        let is_row = |at: usize| {
            lines
                .get(at)
                .is_some_and(|line| line.shape == LineShape::Row)
        };
        if !is_row(at) {
            at += 1;
            continue;
        }
        let mut end = at;
        while is_row(end)
            || lines
                .get(end)
                .is_some_and(|line| line.shape == LineShape::Layout)
        {
            end += 1;
        }
        let has_header = lines
            .get(at + 1)
            .is_some_and(|line| line.shape == LineShape::Layout);
        let body: Vec<&ReadLine> = lines
            .range(at + usize::from(has_header)..end)
            .iter()
            .filter(|line| line.shape == LineShape::Row)
            .collect();
        let header = has_header.then(|| &lines[at].cells);
        let table = columns(header, &body);
        for (row, place) in out.iter_mut().enumerate().take(end).skip(at) {
            if is_row(row) {
                let is_header = has_header && row == at;
                *place = Some(TableAt {
                    is_header,
                    ..table.clone()
                });
            }
        }
        at = end.max(at + 1);
    }
    out
}

fn columns(header: Option<&Vec<String>>, body: &[&ReadLine]) -> TableAt {
    let width = body
        .iter()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or(0)
        .min(100);
    let names: Vec<String> = (0..width)
        .map(|at| {
            header
                .and_then(|cells| cells.get(at))
                .map_or(String::new(), |cell| bare(&cell.replace('_', " ")))
        })
        .collect();
    let mut roles: Vec<ColumnRole> = names.iter().map(|name| role(name)).collect();
    let mut is_guess = false;
    // The first column with words is the title, if no name says so.
    if !roles.contains(&ColumnRole::Title) {
        let is_worded = |&at: &usize| {
            let cells = || {
                body.iter()
                    .filter_map(|row| row.cells.get(at))
                    .filter(|cell| !cell.is_empty())
            };
            let worded = cells()
                .filter(|cell| cell.chars().filter(|c| c.is_alphabetic()).count() >= 3)
                .count();
            roles[at] == ColumnRole::Note && worded * 2 > cells().count()
        };
        let found = (0..width).find(is_worded);
        is_guess = found.is_some();
        let fallback = (0..width).find(|&at| {
            matches!(
                roles[at],
                ColumnRole::Outcome | ColumnRole::Link | ColumnRole::Phase
            )
        });
        if let Some(at) = found.or(fallback) {
            roles[at] = ColumnRole::Title;
        }
    }
    // Later titles explain the first.
    let mut has_title = false;
    for role in &mut roles {
        if *role == ColumnRole::Title {
            *role = if has_title {
                ColumnRole::Note
            } else {
                ColumnRole::Title
            };
            has_title = true;
        }
    }
    let phase_column = roles.iter().position(|role| *role == ColumnRole::Phase);
    TableAt {
        is_header: false,
        roles: Rc::new(roles),
        names: Rc::new(names),
        phase_column,
        is_guess,
    }
}

fn role(name: &str) -> ColumnRole {
    let is_in = |list: &[&str]| list.contains(&name);
    if is_in(PHASES) {
        ColumnRole::Phase
    } else if is_in(TITLES) {
        ColumnRole::Title
    } else if is_in(SPANS) {
        ColumnRole::Span
    } else if is_in(OUTCOMES) {
        ColumnRole::Outcome
    } else if is_in(LINKS) {
        ColumnRole::Link
    } else if is_in(NOTHING) {
        ColumnRole::Nothing
    } else {
        ColumnRole::Note
    }
}

/// A row's cell with a role.
pub(super) fn cell<'a>(line: &'a ReadLine, table: &TableAt, wanted: ColumnRole) -> Option<&'a str> {
    let at = table.roles.iter().position(|role| *role == wanted)?;
    line.cells
        .get(at)
        .map(String::as_str)
        .filter(|cell| !cell.is_empty() && *cell != "-")
}

/// Whether a row holds no work: a break, or a form to fill in.
pub(super) fn is_idle(line: &ReadLine, table: &TableAt) -> bool {
    cell(line, table, ColumnRole::Title).is_none_or(words::is_break)
}

/// The span of a row, from its column for time or its phase's.
pub(super) fn row_span(line: &ReadLine, table: &TableAt) -> Option<span::FoundSpan> {
    let named = |role: ColumnRole| {
        let at = table.roles.iter().position(|r| *r == role)?;
        let cell = line.cells.get(at)?;
        let bare_number = cell.trim().parse::<f64>().is_ok();
        if bare_number {
            span::find(&format!("{cell} {}", table.names.get(at)?))
        } else {
            span::find(cell)
        }
    };
    named(ColumnRole::Span).or_else(|| named(ColumnRole::Phase))
}
