//! Rows of tables → phases and items.

use super::OutlineBuilder;
use crate::outline::line::ReadLine;
use crate::outline::span::{self, PhaseSpans, length_in_minutes, length_in_weeks};
use crate::outline::table::{self, ColumnRole, TableAt};
use crate::outline::{Meaning, text};

impl OutlineBuilder<'_> {
    pub(super) fn take_row(
        &mut self,
        at: usize,
        line: &ReadLine,
        table: &TableAt,
        meaning: Meaning,
    ) {
        let phase = table
            .phase_column
            .and_then(|column| line.cells.get(column))
            .filter(|cell| !cell.is_empty());
        let has_phases = self.has_phases;
        if let (Some(cell), false) = (phase, has_phases) {
            let plain = text::plain(cell).text;
            let name = table
                .phase_column
                .and_then(|column| table.names.get(column));
            let is_number = plain
                .chars()
                .all(|c| c.is_ascii_digit() || "-– ".contains(c));
            let title = match name {
                Some(name) if is_number => format!(
                    "{}{} {plain}",
                    name.chars()
                        .take(1)
                        .flat_map(char::to_uppercase)
                        .collect::<String>(),
                    name.chars().skip(1).collect::<String>()
                ),
                _ => plain,
            };
            if self
                .outline
                .phases
                .last()
                .is_none_or(|phase| phase.title != title)
            {
                let own = span::find(&title).map(|found| found.written);
                self.open(
                    title,
                    Some(at),
                    PhaseSpans {
                        own,
                        ..PhaseSpans::default()
                    },
                );
            }
        }
        let title = table::cell(line, table, ColumnRole::Title).unwrap_or_default();
        let plain = text::plain(title);
        let span = table::row_span(line, table);
        let weeks = span.and_then(|found| length_in_weeks(found.written));
        if let (Some(found), Some(spans)) = (span.filter(|_| has_phases), self.spans.last_mut()) {
            spans.inner.push(found.written);
        }
        let minutes = span.and_then(|found| length_in_minutes(found.written, 600_000.0));
        let note = |role: ColumnRole| {
            table
                .roles
                .iter()
                .zip(&line.cells)
                .filter(move |(r, cell)| **r == role && cell.len() > 1)
        };
        let notes: Vec<String> = note(ColumnRole::Note)
            .map(|(_, cell)| text::plain(cell).text)
            .collect();
        let outcome =
            table::cell(line, table, ColumnRole::Outcome).map(|cell| text::plain(cell).text);
        let mut links = line.plain.links.clone();
        let addresses =
            note(ColumnRole::Link).filter(|(_, cell)| cell.starts_with('/') && !cell.contains(' '));
        links.extend(addresses.map(|(_, cell)| text::OutlineLink {
            title: plain.text.clone(),
            address: cell.clone(),
        }));
        // `<br>` in a cell separates items.
        for piece in plain
            .text
            .split('\n')
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
        {
            let piece = piece.trim_start_matches(['-', '•', '*', ' ']);
            if let Some(item) = self.push(at, piece, meaning) {
                item.notes = notes
                    .iter()
                    .filter(|note| !note.is_empty())
                    .cloned()
                    .collect();
                item.notes.extend(
                    outcome
                        .as_ref()
                        .map(|outcome| format!("Done when: {outcome}")),
                );
                item.links = links.clone();
                item.weeks = weeks.or(item.weeks);
                item.minutes = minutes;
            }
        }
    }
}
