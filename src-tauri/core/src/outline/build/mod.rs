//! The meanings of all lines → phases, items and reference.

mod rows;

use super::arrange;
use super::classify::LineMark;
use super::counted::CountedLines;
use super::detail;
use super::facts::{self, OutlineFacts};
use super::input::InputText;
use super::kinds::{kind, kind_word};
use super::line::{LineShape, ReadLine};
use super::own;
use super::questions;
use super::span::{self, PhaseSpans, length_in_weeks};
use super::words::{self, Announced, ReferencePart};
use super::{
    MarkedLine, Meaning, Outline, OutlineFinding, OutlineItem, OutlinePhase, OutlineReference,
};
use crate::roadmap::ItemKind;

/// Items that a roadmap can have.
pub(super) const MOST_ITEMS: usize = 5000;
/// Characters that a title can have.
const LONGEST_TITLE: usize = 200;
/// Characters that the summary of the whole can have.
const LONGEST_SUMMARY: usize = 500;

struct OutlineBuilder<'a> {
    outline: Outline,
    spans: Vec<PhaseSpans>,
    group: String,
    group_weeks: Option<f64>,
    reference_group: String,
    items: usize,
    /// Whether a line other than a table's row has opened a phase.
    has_phases: bool,
    lines: &'a CountedLines,
    /// The place of the current line in the input.
    number: usize,
    /// The current line as a quote has it, with its markup.
    quoted: Option<String>,
}

pub(super) fn outline(
    input: InputText,
    lines: &CountedLines,
    facts: &OutlineFacts,
    marks: &[LineMark],
) -> Outline {
    let finding = |(line, sentence)| OutlineFinding { line, sentence };
    let mut builder = OutlineBuilder {
        outline: Outline {
            format: input.format,
            title: String::new(),
            summary: String::new(),
            phases: Vec::new(),
            reference: Vec::new(),
            lines: Vec::with_capacity(lines.len()),
            questions: Vec::new(),
            findings: input.findings.into_iter().map(finding).collect(),
            weeks: 0,
            hours_per_week: input.hours_per_week,
            steps: 0,
        },
        spans: Vec::new(),
        group: String::new(),
        group_weeks: None,
        reference_group: String::new(),
        items: 0,
        has_phases: false,
        lines,
        number: 0,
        quoted: None,
    };
    for ((at, source), mark) in input.lines.into_iter().enumerate().zip(marks) {
        let &LineMark {
            meaning,
            rule,
            part,
        } = mark;
        let line = &lines[at];
        let mut marked = MarkedLine {
            number: source.number,
            text: source.text,
            meaning,
            rule,
        };
        builder.refuse(line, source.number);
        if builder.items >= MOST_ITEMS && matches!(meaning, Meaning::Item | Meaning::Optional) {
            if builder.items == MOST_ITEMS {
                let sentence = format!(
                    "A roadmap can have {MOST_ITEMS} items. This line and the items after it are left out"
                );
                builder.outline.findings.push(OutlineFinding {
                    line: source.number,
                    sentence,
                });
                builder.items += 1;
            }
            (marked.meaning, marked.rule) = (Meaning::LeftOut, "too-many-items");
        } else {
            builder.number = source.number;
            builder.quoted = own::quoted(&marked.text);
            if !builder.take(at, line, facts, meaning, part) {
                (marked.meaning, marked.rule) = (Meaning::LeftOut, "no-place");
            }
        }
        builder.outline.lines.push(marked);
    }
    let OutlineBuilder {
        mut outline, spans, ..
    } = builder;
    arrange::arrange(&mut outline, &spans);
    let numbers: Vec<usize> = outline.lines.iter().map(|line| line.number).collect();
    outline.steps += own::settle(&mut outline, &numbers);
    if outline.title.is_empty() {
        outline.title = "My roadmap".into();
    }
    questions::ask(&mut outline, lines, facts, &spans);
    outline
}

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST_TITLE {
        return line;
    }
    line.chars().take(LONGEST_TITLE - 1).chain(['…']).collect()
}

impl OutlineBuilder<'_> {
    fn refuse(&mut self, line: &ReadLine, number: usize) {
        for address in &line.plain.refused {
            let start: String = address.chars().take(40).collect();
            let sentence = format!(
                "The link {start} is left out, because Waymark opens only https, http and mailto addresses"
            );
            self.outline.findings.push(OutlineFinding {
                line: number,
                sentence,
            });
        }
    }

    fn is_own(&self) -> bool {
        let last = self.outline.phases.last();
        last.is_some_and(|phase| phase.id.is_some())
    }

    fn phase(&mut self) -> &mut OutlinePhase {
        if self.outline.phases.is_empty() {
            let title = if self.outline.title.is_empty() {
                "My roadmap".into()
            } else {
                self.outline.title.clone()
            };
            let group = std::mem::take(&mut self.group);
            self.open(title, None, PhaseSpans::default());
            self.group = group;
        }
        let last = self.outline.phases.len() - 1;
        &mut self.outline.phases[last]
    }

    fn open(&mut self, title: String, line: Option<usize>, spans: PhaseSpans) {
        self.group.clear();
        self.group_weeks = None;
        self.spans.push(spans);
        self.outline.phases.push(OutlinePhase {
            title: short(&title),
            line,
            weeks: None,
            begins: None,
            parallel: false,
            outcomes: Vec::new(),
            notes: Vec::new(),
            links: Vec::new(),
            items: Vec::new(),
            id: None,
            requires: None,
            typed_after: None,
        });
    }

    /// Takes a line into the roadmap. False if it became no part of it.
    fn take(
        &mut self,
        at: usize,
        line: &ReadLine,
        facts: &OutlineFacts,
        meaning: Meaning,
        part: Option<ReferencePart>,
    ) -> bool {
        match meaning {
            Meaning::Title => self.outline.title = short(line.text()),
            Meaning::Phase => self.take_phase(at, line),
            Meaning::Group => {
                let title = line.label.as_ref().filter(|(_, value)| value.is_empty());
                let title = title
                    .map_or(line.text(), |(label, _)| label.as_str())
                    .trim_end_matches(':');
                self.group = short(title);
                self.group_weeks = None;
                if let (Some(found), false) = (line.span, self.outline.phases.is_empty()) {
                    self.group_weeks = length_in_weeks(found.written);
                    if let Some(spans) = self.spans.last_mut() {
                        spans.inner.push(found.written);
                    }
                }
            }
            Meaning::Item | Meaning::Optional => {
                let count = |this: &Self| this.items + this.outline.phases.len();
                let before = count(self);
                match &facts.tables[at] {
                    Some(table) => self.take_row(at, line, table, meaning),
                    None => self.take_item(at, line, facts, meaning),
                }
                return count(self) > before;
            }
            Meaning::Outcome => {
                let text = match &line.label {
                    Some((label, value)) if words::announced(label) == Some(Announced::Outcome) => {
                        value.as_str()
                    }
                    _ => line.text(),
                };
                if !text.is_empty()
                    && line.strength().is_none_or(|_| line.label.is_none())
                    && words::announced(text).is_none()
                {
                    let text = short(text);
                    self.phase().outcomes.push(text);
                }
            }
            Meaning::Note | Meaning::Link => return self.take_note(line),
            Meaning::Reference => {
                let about = line
                    .text()
                    .strip_prefix("About:")
                    .filter(|_| line.indent > 1);
                if let (Some(about), Some(last)) = (about, self.outline.reference.last_mut()) {
                    last.summary = about.trim().to_owned();
                } else if line.strength().is_some() && !line.is_list() || line.text().ends_with(':')
                {
                    self.reference_group = short(line.text().trim_end_matches(':'));
                } else if !line.text().is_empty() {
                    self.outline.reference.push(OutlineReference {
                        part: part.unwrap_or(ReferencePart::Trends),
                        group: self.reference_group.clone(),
                        title: short(line.text()),
                        summary: String::new(),
                    });
                }
            }
            // A rule ends a group of a text of ours.
            Meaning::Layout if line.shape == LineShape::Layout && self.is_own() => {
                self.group.clear();
            }
            Meaning::LeftOut | Meaning::Layout => {}
        }
        true
    }

    fn take_phase(&mut self, at: usize, line: &ReadLine) {
        let text = line.text();
        let rest = line
            .ordinal
            .as_ref()
            .map_or(text, |ordinal| ordinal.rest.as_str());
        // "Month 1–2: Basics" says its span in its number, "Phase 1: Basics (Weeks 1–6)" after it.
        let after = span::find(rest);
        let title = after.map_or(rest.to_owned(), |found| span::without(rest, found));
        let title = title.trim_matches(|c: char| c.is_whitespace() || ":–—-|".contains(c));
        let title = match (&line.ordinal, title.is_empty()) {
            (Some(ordinal), true) => ordinal.name.clone(),
            _ if title.is_empty() => text.to_owned(),
            _ => title.to_owned(),
        };
        let own = after.or(line.span).map(|found| found.written);
        let lower = text.to_lowercase();
        let says_parallel =
            lower.contains("parallel") || lower.contains("alongside") || lower.contains("ongoing");
        self.has_phases |= line.shape != LineShape::Row;
        self.open(
            title,
            Some(at),
            PhaseSpans {
                own,
                inner: Vec::new(),
                says_parallel,
            },
        );
        let links = line.plain.links.clone();
        let phase = self.phase();
        phase.links = links;
        phase.id = line.marks.id.clone();
    }

    fn take_note(&mut self, line: &ReadLine) -> bool {
        let links = line.plain.links.clone();
        let announced = line
            .label
            .as_ref()
            .and_then(|(label, _)| words::announced(label));
        if self.outline.phases.is_empty() {
            return self.take_summary(line.text());
        }
        if let (Some(Announced::Duration), Some(found), Some(spans)) =
            (announced, line.span, self.spans.last_mut())
        {
            spans.own = spans.own.or(Some(found.written));
        }
        let text = line.text().to_owned();
        let (lines, number) = (self.lines, self.number);
        let quoted = self.quoted.take();
        let phase = self.phase();
        let item = phase.items.last().and_then(|item| lines.get(item.line));
        let is_deeper = item.is_some_and(|item| line.indent > item.indent);
        let is_below = line.is_list() && is_deeper || line.shape == LineShape::Quote;
        match phase.items.last_mut().filter(|_| is_below) {
            Some(item) if item.id.is_some() => detail::take(item, line, quoted, number),
            Some(item) => {
                item.links.extend(links);
                item.notes.push(text);
            }
            None => {
                let after = text.strip_prefix("After:").filter(|_| phase.id.is_some());
                if let Some(after) = after {
                    let needs = own::typed_needs(after.trim(), number);
                    phase.typed_after.get_or_insert_default().extend(needs);
                    return true;
                }
                phase.links.extend(links);
                if !text.is_empty() {
                    phase.notes.push(text);
                }
            }
        }
        true
    }

    /// Takes a line before all phases into the summary, unless that is long enough.
    fn take_summary(&mut self, text: &str) -> bool {
        let summary = &mut self.outline.summary;
        if summary.is_empty() {
            *summary = text.chars().take(LONGEST_SUMMARY).collect();
            return true;
        }
        let has_room = summary.chars().count() + text.chars().count() < LONGEST_SUMMARY;
        if has_room {
            summary.push(' ');
            summary.push_str(text);
        }
        has_room
    }

    fn take_item(&mut self, at: usize, line: &ReadLine, facts: &OutlineFacts, meaning: Meaning) {
        let is_list_of_commas = facts.by_commas && facts::is_comma_list(line);
        if is_list_of_commas {
            for piece in line.text().split([',', ';']) {
                let piece = piece.trim().trim_end_matches('.');
                let piece = piece.strip_prefix("and ").unwrap_or(piece);
                if !piece.is_empty() {
                    self.push(at, piece, meaning);
                }
            }
            return;
        }
        let text = match (line.text(), line.plain.links.first()) {
            ("", Some(link)) => link.address.clone(),
            (text, _) => text.to_owned(),
        };
        if line.marks.id.is_some() {
            let links = line.plain.links.clone();
            if let Some(item) = self.push(at, &text, meaning) {
                item.links = links;
                item.minutes = line.marks.minutes;
            }
            return;
        }
        // "Label: sentence" is an item with its summary; "Project: shop" names a kind.
        let (title, note) = match &line.label {
            Some((label, value))
                if value.split_whitespace().nth(3).is_some() && kind_word(label).is_none() =>
            {
                (label.clone(), Some(value.clone()))
            }
            _ => (text, None),
        };
        let stated = span::minutes(line.text());
        let title = match span::minutes(&title) {
            Some((_, found)) => span::without(&title, found),
            None => title,
        };
        let weeks = line.span.and_then(|found| length_in_weeks(found.written));
        let links = line.plain.links.clone();
        if let Some(item) = self.push(at, &title, meaning) {
            item.notes.extend(note);
            item.links = links;
            item.minutes = stated.map(|(minutes, _)| minutes);
            item.weeks = weeks.filter(|_| stated.is_none()).or(item.weeks);
        }
    }

    fn push(&mut self, at: usize, title: &str, meaning: Meaning) -> Option<&mut OutlineItem> {
        let title = short(title.trim_end_matches(':'));
        if title.is_empty() {
            return None;
        }
        let line = &self.lines[at];
        let group = self.group.clone();
        let weeks = self.group_weeks;
        self.items += 1;
        let phase = self.phase();
        let is_own = line.marks.id.is_some();
        let optional = meaning == Meaning::Optional
            || !is_own && (words::is_optional(&phase.title) || words::is_optional(&group));
        let kind = if is_own {
            line.marks.kind.unwrap_or(ItemKind::Topic)
        } else {
            kind(&title, &group, &phase.title, line.plain.emoji)
        };
        phase.items.push(OutlineItem {
            title,
            line: at,
            group,
            kind,
            optional,
            ticked: line.shape == LineShape::Box(true),
            minutes: None,
            weeks,
            notes: Vec::new(),
            links: Vec::new(),
            id: line.marks.id.clone(),
            summary: is_own.then(String::new),
            done_when: String::new(),
            steps: Vec::new(),
            requires: Vec::new(),
            typed_after: Vec::new(),
        });
        phase.items.last_mut()
    }
}
