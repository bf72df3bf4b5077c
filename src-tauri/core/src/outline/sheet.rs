//! Comma, semicolon and tab separated values → the rows of a table.

use super::source::{InputLine, split};

/// Rows looked at to recognize a table.
const SAMPLE_ROWS: usize = 20;

/// The rows as a table of Markdown, if the text is one table.
pub(super) fn lines(text: &str) -> Option<Vec<InputLine>> {
    let separator = [b'\t', b',', b';']
        .into_iter()
        .find(|&mark| is_table(text, mark))?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut lines: Vec<InputLine> = Vec::new();
    let mut columns = 0;
    for record in reader.records() {
        let record = record.ok()?;
        let number = record
            .position()
            .map_or(1, |at| usize::try_from(at.line()).unwrap_or(1));
        // Blank lines, which the reader skips, are lines as well.
        while lines.len() < number.saturating_sub(1)
            && lines.last().is_none_or(|l| l.number < number)
        {
            let at = lines.len() + 1;
            if at >= number || columns > 0 && lines.last().is_some_and(|l| l.text.contains("<br>"))
            {
                break;
            }
            lines.push(InputLine {
                text: String::new(),
                number: at,
            });
        }
        let cell = |cell: &str| cell.replace('|', "\\|").replace(['\r', '\n'], "<br>");
        let cells: Vec<String> = record.iter().map(cell).collect();
        let row = format!("| {} |", cells.join(" | "));
        columns = columns.max(cells.len());
        lines.push(InputLine { text: row, number });
    }
    // The first row names the columns.
    let at = lines.iter().position(|line| !line.text.is_empty())?;
    let number = lines.get(at)?.number;
    lines.insert(
        at + 1,
        InputLine {
            text: "|---".repeat(columns) + "|",
            number,
        },
    );
    Some(lines)
}

fn is_table(text: &str, mark: u8) -> bool {
    let start: String = split(text)
        .take(SAMPLE_ROWS * 4)
        .collect::<Vec<_>>()
        .join("\n");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .from_reader(start.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().take(SAMPLE_ROWS).flatten().collect();
    let Some(header) = rows.first() else {
        return false;
    };
    let is_name = |cell: &str| {
        cell.chars().count() <= 40
            && !cell.ends_with(['.', '!'])
            && !cell.starts_with([' ', '-', '#', '*'])
    };
    let named = header.iter().filter(|cell| !cell.trim().is_empty()).count();
    rows.len() >= 2
        && header.len() >= 2
        && named * 2 > header.len()
        && header.iter().all(is_name)
        && rows.iter().filter(|row| row.len() == header.len()).count() * 10 >= rows.len() * 9
}
