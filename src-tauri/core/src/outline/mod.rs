//! Any outline → a roadmap, with the meaning of each line.
//!
//! The stages: bytes become lines ([`input`]), each line shows its shape ([`line`]), the whole
//! shows its phases ([`facts`]), one table of rules gives each line its meaning ([`rules`]), and
//! the meanings make the roadmap ([`build`]). A person corrects meanings, not the roadmap, so that
//! all follows from one correction.

mod arrange;
mod build;
mod classify;
mod counted;
mod data;
mod detail;
mod facts;
mod html;
mod input;
mod kinds;
mod line;
mod opml;
mod ordinal;
mod ours;
mod own;
mod questions;
mod roadmap;
mod rules;
mod sheet;
mod source;
mod span;
mod state;
mod table;
mod text;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::input_error::InputError;
use crate::roadmap::{ItemKind, Step};
use crate::words::count;
use classify::LineMark;
use counted::CountedLines;
pub use input::{LARGEST_BYTES, OutlineFormat, text_of};
pub use own::TypedNeed;
pub use questions::TOPIC_HOURS;
pub use text::OutlineLink;
pub use words::ReferencePart;

/// The meaning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// The name of the whole.
    Title,
    /// A phase.
    Phase,
    /// A heading of some of a phase's items.
    Group,
    /// One item, or several between commas.
    Item,
    /// An item that a plan leaves out unless the learner adds it.
    Optional,
    /// The outcome of a phase.
    Outcome,
    /// A link to learn from.
    Link,
    /// A remark on the item, phase or roadmap above.
    Note,
    /// Shown with the roadmap, never scheduled.
    Reference,
    /// No part of the roadmap.
    LeftOut,
    /// A blank line, a rule, or the names of a table's columns.
    Layout,
}

/// A line of the outline, and its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkedLine {
    /// Line of the input, from 1. Several lines of a web page can share one.
    pub number: usize,
    /// The line as text.
    pub text: String,
    /// Its meaning.
    pub meaning: Meaning,
    /// The rule that gave the meaning.
    pub rule: &'static str,
}

/// An item of an outline.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineItem {
    /// The item's title.
    pub title: String,
    /// Index of its line.
    pub line: usize,
    /// The heading above, or empty.
    pub group: String,
    /// Topic, tool, project and so on.
    pub kind: ItemKind,
    /// Left out of a plan unless the learner adds it.
    pub optional: bool,
    /// Ticked in the outline.
    pub ticked: bool,
    /// Minutes of work, if the outline states them.
    pub minutes: Option<u32>,
    /// Its share of the phase's weeks, where the outline states its span.
    pub weeks: Option<f64>,
    /// Remarks on it.
    pub notes: Vec<String>,
    /// Links to learn from.
    pub links: Vec<OutlineLink>,
    /// Its id, if the outline is a text of ours.
    pub id: Option<String>,
    /// A sentence about it; `None` for the first remark.
    pub summary: Option<String>,
    /// The sentence that says when it is done, or empty.
    pub done_when: String,
    /// Its checklist.
    pub steps: Vec<Step>,
    /// Its prerequisites.
    pub requires: Vec<OutlineNeed>,
    /// Its prerequisites as the text names them, until they are found.
    pub(crate) typed_after: Vec<TypedNeed>,
}

/// A part that comes before another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutlineNeed {
    /// All of a phase, by its index.
    Phase(usize),
    /// An item, by the index of its phase and its own in it.
    Item {
        /// Index of the phase.
        phase: usize,
        /// Index of the item in the phase.
        item: usize,
    },
}

/// A phase of an outline.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlinePhase {
    /// The phase's title, without number and span.
    pub title: String,
    /// Index of its line; `None` if the outline has no phases.
    pub line: Option<usize>,
    /// Its length in whole weeks, if the outline states one.
    pub weeks: Option<u32>,
    /// Week of the whole at which it begins, from 0.
    pub begins: Option<f64>,
    /// Runs beside the phase before it.
    pub parallel: bool,
    /// Its outcomes.
    pub outcomes: Vec<String>,
    /// Remarks on it.
    pub notes: Vec<String>,
    /// Links that belong to no item.
    pub links: Vec<OutlineLink>,
    /// Its items.
    pub items: Vec<OutlineItem>,
    /// Its id, if the outline is a text of ours.
    pub id: Option<String>,
    /// Its prerequisites; `None` for the order of the text.
    pub requires: Option<Vec<OutlineNeed>>,
    /// Its prerequisites as the text names them, until they are found.
    pub(crate) typed_after: Option<Vec<TypedNeed>>,
}

/// A line of the reference of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineReference {
    /// The part that it belongs to.
    pub part: ReferencePart,
    /// Its heading.
    pub group: String,
    /// Its text.
    pub title: String,
    /// A sentence about it, or empty.
    pub summary: String,
}

/// A point that only a person can decide, and the guess until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineQuestion {
    /// Stable name of the kind of question.
    pub id: &'static str,
    /// Line of the input it is about, if it is about one.
    pub line: Option<usize>,
    /// The question.
    pub question: String,
    /// The answer assumed until then.
    pub guess: String,
    /// Answers that other meanings of lines give.
    pub answers: Vec<OutlineAnswer>,
}

/// An answer to a question, which gives lines other meanings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct OutlineAnswer {
    /// The answer in a word or two, such as "12 phases".
    pub label: String,
    /// The lines and their meanings.
    pub lines: Vec<LineMeaning>,
}

/// A meaning that the learner gives to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LineMeaning {
    /// The index of the line, from 0.
    pub line: usize,
    /// Its meaning.
    pub meaning: Meaning,
}

/// Part of the input that couldn't be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineFinding {
    /// Line of the input.
    pub line: usize,
    /// The sentence about it.
    pub sentence: String,
}

/// An outline as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The format it was read as.
    pub format: OutlineFormat,
    /// The name of the whole.
    pub title: String,
    /// Its first sentence or two.
    pub summary: String,
    /// The phases in order.
    pub phases: Vec<OutlinePhase>,
    /// Trends, strategy and outcomes.
    pub reference: Vec<OutlineReference>,
    /// Each line once, in order.
    pub lines: Vec<MarkedLine>,
    /// Points to ask the learner about.
    pub questions: Vec<OutlineQuestion>,
    /// Parts that couldn't be used.
    pub findings: Vec<OutlineFinding>,
    /// Length of the whole in weeks, as far as stated.
    pub weeks: u32,
    /// Hours of study that a week of it means.
    pub hours_per_week: f64,
    /// Lines looked at, over all passes: it grows in proportion to the input.
    pub steps: u64,
}

/// Hours a week that a week of an outline means, unless it states them.
pub(crate) const HOURS_PER_WEEK: f64 = 10.0;

/// Reads an outline of any format.
///
/// # Errors
/// If the bytes are empty, too many, or no text.
pub fn read(bytes: &[u8]) -> Result<Outline, InputError> {
    read_corrected(bytes, &BTreeMap::new())
}

/// Reads an outline with meanings that a person gave to lines, by the index of the line.
///
/// # Errors
/// As [`read`].
pub fn read_corrected(
    bytes: &[u8],
    corrected: &BTreeMap<usize, Meaning>,
) -> Result<Outline, InputError> {
    let input = input::read(bytes)?;
    let lines = input.lines.iter().map(|line| line::read(&line.text));
    let lines = CountedLines::new(lines.collect());
    let mut facts = facts::find(&lines);
    let mut marks = classify::classify(&lines, &facts, corrected);
    let is_work = |mark: &LineMark| matches!(mark.meaning, Meaning::Item | Meaning::Optional);
    if !marks.iter().any(is_work) {
        // Nothing but links or prose: then these are the work.
        facts.links_are_items = true;
        facts.boxes_only = false;
        facts.plain_items = true;
        marks = classify::classify(&lines, &facts, corrected);
    }
    let mut outline = build::outline(input, &lines, &facts, &marks);
    outline.steps += lines.looks();
    Ok(outline)
}

impl Outline {
    /// The number of items.
    pub fn item_count(&self) -> usize {
        self.phases.iter().map(|phase| phase.items.len()).sum()
    }

    /// The number of lines with a meaning.
    pub fn count(&self, meaning: Meaning) -> usize {
        self.lines
            .iter()
            .filter(|line| line.meaning == meaning)
            .count()
    }

    /// The whole in a line: "11 phases, 67 items, 44 weeks; 14 lines left out, 3 questions".
    pub fn in_short(&self) -> String {
        let weeks = match self.weeks {
            0 => "no weeks given".to_owned(),
            weeks => count(weeks as usize, "week"),
        };
        format!(
            "{}, {}, {weeks}; {} left out, {}",
            count(self.phases.len(), "phase"),
            count(self.item_count(), "item"),
            count(self.count(Meaning::LeftOut), "line"),
            count(self.questions.len(), "question"),
        )
    }
}

#[cfg(test)]
mod tests;
