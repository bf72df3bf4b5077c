//! An outline as the paste page shows it: each line with its meaning, and the roadmap so far.

use serde::Serialize;

use crate::input_error::InputError;
use crate::outline::{Meaning, Outline, OutlineAnswer};
use crate::plan::change::UseOutline;

/// An outline as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OutlineView {
    /// The roadmap's title.
    pub title: String,
    /// Such as "11 phases, 67 items, 44 weeks; 14 lines left out, 3 questions".
    pub summary: String,
    /// Each line of the text, in order.
    pub lines: Vec<OutlineLine>,
    /// The phases of the roadmap.
    pub phases: Vec<OutlinePhaseView>,
    /// Titles of the reference: trends, strategy, outcomes.
    pub reference: Vec<String>,
    /// The questions that only the learner can answer.
    pub questions: Vec<QuestionView>,
    /// Sentences about parts that couldn't be used, each with its line.
    pub findings: Vec<String>,
    /// The number of ticked items.
    pub ticked: usize,
    /// Why it can't be used as a roadmap yet; `None` if it can.
    pub obstacle: Option<String>,
}

/// A line of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct OutlineLine {
    /// Its number in the input, from 1.
    pub number: usize,
    /// The line.
    pub text: String,
    /// Its meaning.
    pub meaning: Meaning,
}

/// A phase of the roadmap so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct OutlinePhaseView {
    /// Its title.
    pub title: String,
    /// Its weeks, if the text states them.
    pub weeks: Option<u32>,
    /// Its outcome, if the text states one.
    pub outcome: String,
    /// Its items.
    pub items: Vec<OutlineItemView>,
}

/// An item of the roadmap so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct OutlineItemView {
    /// Its title.
    pub title: String,
    /// Minutes of work: stated, shared out of weeks, or guessed.
    pub minutes: u32,
    /// Left out of the plan unless the learner adds it.
    pub optional: bool,
    /// Ticked in the text.
    pub ticked: bool,
}

/// A question with the answer that holds until the learner decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct QuestionView {
    /// The kind of question.
    pub id: String,
    /// The line it is about, if it is about one.
    pub line: Option<usize>,
    /// The question.
    pub question: String,
    /// The answer assumed until then.
    pub guess: String,
    /// Answers to choose instead.
    pub answers: Vec<OutlineAnswer>,
}

/// An outline as the page shows it.
///
/// # Errors
/// If the text is empty, too long, or no text.
pub fn outline_view(paste: &UseOutline) -> Result<OutlineView, InputError> {
    let outline = paste.outline()?;
    let hours = paste.topic_hours();
    let made = hours.and_then(|hours| outline.roadmap_with(hours));
    let (obstacle, roadmap) = match made {
        // Without items there are no phases either, which a roadmap would reject.
        _ if outline.item_count() == 0 => (
            Some("No line is an item yet. Mark the lines that are work.".into()),
            None,
        ),
        Ok(roadmap) => (None, Some(roadmap)),
        Err(error) => (Some(error.to_string()), None),
    };
    let phases = outline.phases.iter().enumerate().map(|(index, phase)| {
        let efforts = roadmap.iter().flat_map(|roadmap| {
            let items = roadmap.phases.get(index).map(|phase| phase.items.clone());
            let items = items.and_then(|items| roadmap.items.get(items));
            items.unwrap_or_default()
        });
        let efforts: Vec<u32> = efforts.map(|item| item.effort_minutes).collect();
        let items = phase.items.iter().enumerate();
        OutlinePhaseView {
            title: phase.title.clone(),
            weeks: phase.weeks,
            outcome: phase.outcomes.join("; "),
            items: items
                .map(|(at, item)| OutlineItemView {
                    title: item.title.clone(),
                    minutes: efforts.get(at).copied().unwrap_or_default(),
                    optional: item.optional,
                    ticked: item.ticked,
                })
                .collect(),
        }
    });
    let phases = phases.collect();
    Ok(OutlineView {
        title: outline.title.clone(),
        summary: outline.in_short(),
        phases,
        ticked: ticked(&outline),
        obstacle,
        reference: outline
            .reference
            .iter()
            .map(|entry| entry.title.clone())
            .collect(),
        questions: outline
            .questions
            .iter()
            .map(|asked| QuestionView {
                id: asked.id.to_owned(),
                line: asked.line,
                question: asked.question.clone(),
                guess: asked.guess.clone(),
                answers: asked.answers.clone(),
            })
            .collect(),
        findings: outline
            .findings
            .iter()
            .map(|finding| format!("Line {}: {}.", finding.line, finding.sentence))
            .collect(),
        lines: outline
            .lines
            .into_iter()
            .map(|line| OutlineLine {
                number: line.number,
                text: line.text,
                meaning: line.meaning,
            })
            .collect(),
    })
}

fn ticked(outline: &Outline) -> usize {
    let items = outline.phases.iter().flat_map(|phase| &phase.items);
    items.filter(|item| item.ticked).count()
}
