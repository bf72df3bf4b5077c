//! The state between two lines: the open section, label and entry.

use super::Meaning;
use super::facts::OutlineFacts;
use super::line::ReadLine;
use super::words::{self, Announced, ReferencePart};

/// The part of the text that a line lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SectionKind {
    Before,
    Plan,
    Reference { part: ReferencePart },
    LeftOut { strength: u8 },
}

#[derive(Debug)]
pub(super) struct ReadingState {
    pub section: SectionKind,
    pub has_title: bool,
    pub has_summary: bool,
    /// Content that the open label announced.
    pub mode: Option<Announced>,
    /// Strength and indentation of the label. Deeper lists belong to it.
    mode_level: (u8, usize),
    pub item_indent: Option<usize>,
    /// Whether the open item is one of a text of ours.
    pub item_is_own: bool,
}

/// The effect of a rule on the lines that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RuleEffect {
    Nothing,
    OpensPhase,
    OpensGroup,
    LeavesOut,
    OpensReference,
    Announces,
    OpensItem,
}

impl ReadingState {
    pub fn new() -> Self {
        Self {
            section: SectionKind::Before,
            has_title: false,
            has_summary: false,
            mode: None,
            mode_level: (8, 0),
            item_indent: None,
            item_is_own: false,
        }
    }

    /// Closes what ends before a line.
    pub fn leave(&mut self, line: &ReadLine, facts: &OutlineFacts, at: usize) {
        let strength = line.strength();
        if let (SectionKind::LeftOut { strength: open }, Some(new)) = (self.section, strength)
            && new <= open
            && !facts.opens[at]
            && facts.first_opener.is_none()
        {
            self.section = SectionKind::Plan;
        }
        if self.mode.is_some() {
            let (open, indent) = self.mode_level;
            let is_over = match strength {
                Some(strength) => strength <= open,
                None => open > 8 && line.is_list() && line.indent <= indent,
            };
            if is_over {
                self.mode = None;
            }
        }
        if strength.is_some()
            || self
                .item_indent
                .is_some_and(|indent| line.is_list() && line.indent <= indent)
        {
            self.item_indent = None;
        }
    }

    pub fn advance(&mut self, line: &ReadLine, meaning: Meaning, effect: RuleEffect) {
        let strength = line.strength().unwrap_or(8);
        match effect {
            RuleEffect::Nothing => {}
            RuleEffect::OpensPhase => {
                self.section = SectionKind::Plan;
                self.mode = None;
                self.item_indent = None;
            }
            RuleEffect::OpensGroup => {
                self.mode = None;
                self.item_indent = None;
            }
            RuleEffect::LeavesOut => self.section = SectionKind::LeftOut { strength },
            RuleEffect::OpensReference => {
                let part = words::reference(line.text()).unwrap_or(ReferencePart::Trends);
                self.section = SectionKind::Reference { part };
            }
            RuleEffect::Announces => {
                let value = line.label.as_ref().map_or("", |(_, value)| value.as_str());
                let name = line
                    .label
                    .as_ref()
                    .map_or(line.text(), |(label, _)| label.as_str());
                // A label with its value on the same line is complete.
                if value.is_empty() {
                    self.mode = words::announced(name);
                    let level = if line.is_list() { 9 } else { strength };
                    self.mode_level = (level, line.indent);
                }
            }
            RuleEffect::OpensItem => {
                self.item_is_own = line.marks.id.is_some();
                if line.is_list() {
                    self.item_indent = Some(line.indent);
                }
                if self.section == SectionKind::Before {
                    self.section = SectionKind::Plan;
                }
            }
        }
        match meaning {
            Meaning::Title => self.has_title = true,
            Meaning::Note if self.section == SectionKind::Before => self.has_summary = true,
            _ => {}
        }
    }
}
