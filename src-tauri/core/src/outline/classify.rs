//! Gives each line its meaning, by the rules and the state before it.

use std::collections::BTreeMap;

use super::Meaning;
use super::counted::CountedLines;
use super::facts::OutlineFacts;
use super::rules::{LineRule, LineView, RULES};
use super::state::{ReadingState, RuleEffect, SectionKind};
use super::words::{self, ReferencePart};

/// The meaning of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineMark {
    pub meaning: Meaning,
    /// The name of the rule that gave it.
    pub rule: &'static str,
    /// The part of the reference that the line is in, if it is in one.
    pub part: Option<ReferencePart>,
}

/// The meaning of each line.
pub(super) fn classify(
    lines: &CountedLines,
    facts: &OutlineFacts,
    corrected: &BTreeMap<usize, Meaning>,
) -> Vec<LineMark> {
    let mut state = ReadingState::new();
    let mut out = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        state.leave(line, facts, at);
        let view = LineView {
            at,
            line,
            facts,
            state: &state,
        };
        let rule = RULES.iter().find(|rule| (rule.applies)(&view));
        let (mut meaning, mut name, mut effect) = rule.map_or(
            (Meaning::Note, "note", RuleEffect::Nothing),
            |r: &LineRule| (r.meaning, r.name, r.effect),
        );
        if let Some(&by_hand) = corrected.get(&at) {
            (meaning, name) = (by_hand, "corrected");
            if by_hand == Meaning::Group {
                // The lines below belong to it, also where none were work before.
                state.section = SectionKind::Plan;
            }
            effect = match by_hand {
                Meaning::Phase => RuleEffect::OpensPhase,
                Meaning::Group => RuleEffect::OpensGroup,
                Meaning::Item | Meaning::Optional => RuleEffect::OpensItem,
                _ => RuleEffect::Nothing,
            };
        }
        state.advance(line, meaning, effect);
        let is_optional = match line.marks.id {
            Some(_) => line.marks.optional,
            None => words::is_optional(line.text()),
        };
        if meaning == Meaning::Item && is_optional {
            meaning = Meaning::Optional;
        }
        if name == "in-resources" && line.plain.links.is_empty() {
            meaning = Meaning::Note;
        }
        let part = match state.section {
            SectionKind::Reference { part } => Some(part),
            _ => None,
        };
        out.push(LineMark {
            meaning,
            rule: name,
            part,
        });
    }
    out
}
