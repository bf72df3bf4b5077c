//! The points that only a person can decide, each with the guess used until then.

use super::counted::CountedLines;
use super::facts::OutlineFacts;
use super::line::LineShape;
use super::span::{PhaseSpans, WrittenSpan};
use super::words;
use super::{LineMeaning, Meaning, Outline, OutlineAnswer, OutlineQuestion};
use crate::words::count;

/// Hours of an item without weeks and without hours of its own.
pub const TOPIC_HOURS: f64 = 4.0;
/// Hours of a project.
pub(super) const PROJECT_HOURS: f64 = 20.0;
/// Hours of a certification.
pub(super) const CERTIFICATION_HOURS: f64 = 40.0;
/// Items in one list from which on it may be a menu to choose from.
const MENU: usize = 40;

/// Lines with one meaning.
fn meaning(lines: &[usize], meaning: Meaning) -> Vec<LineMeaning> {
    let line = |&line: &usize| LineMeaning { line, meaning };
    lines.iter().map(line).collect()
}

/// The lines that open phases.
fn opened(outline: &Outline) -> Vec<usize> {
    let lines = outline.phases.iter().filter_map(|phase| phase.line);
    let is_phase = |at: &usize| outline.lines[*at].meaning == Meaning::Phase;
    lines.filter(is_phase).collect()
}

/// The answer that a heading beside the plan is one of its phases. The lines below follow it.
fn added(at: usize) -> OutlineAnswer {
    OutlineAnswer {
        label: "Add it".into(),
        lines: meaning(&[at], Meaning::Phase),
    }
}

pub(super) fn ask(
    outline: &mut Outline,
    lines: &CountedLines,
    facts: &OutlineFacts,
    spans: &[PhaseSpans],
) {
    let number = |at: usize| outline.lines.get(at).map(|line| line.number);
    let mut asked = Vec::new();
    let mut add = |id, line, question: String, guess: String, answers: Vec<OutlineAnswer>| {
        asked.push(OutlineQuestion {
            id,
            line,
            question,
            guess,
            answers,
        });
    };
    let is_phase = |at: &usize| outline.lines[*at].meaning == Meaning::Phase;
    if outline.item_count() == 0 {
        add(
            "no-items",
            None,
            "No line looks like something to learn or do. Which lines are items?".into(),
            "None: mark the lines that are work".into(),
            Vec::new(),
        );
    }
    let other = facts.other_reading.as_ref();
    if let Some(other) = other.filter(|other| !other.below.iter().all(is_phase)) {
        let (above, below) = (other.above.len(), other.below.len());
        let mut lines = meaning(&other.above, Meaning::Group);
        lines.extend(meaning(&other.below, Meaning::Phase));
        add(
            "two-readings",
            None,
            format!(
                "The headings can be read as {} or as {}. Which is right?",
                count(above, "phase"),
                count(below, "phase")
            ),
            format!("{}; the headings below are groups", count(above, "phase")),
            vec![OutlineAnswer {
                label: count(below, "phase"),
                lines,
            }],
        );
    } else if facts.is_numbered && outline.phases.len() > 14 {
        add(
            "many-phases",
            None,
            format!(
                "There are {}, such as “{}”. Keep them, or make them one phase?",
                count(outline.phases.len(), "phase"),
                outline.phases[0].title
            ),
            "Keep them".into(),
            vec![OutlineAnswer {
                label: "One phase".into(),
                lines: meaning(&opened(outline), Meaning::Group),
            }],
        );
    }
    let unsure = outline.phases.iter().filter(|phase| phase.weeks.is_none());
    let missing: usize = unsure
        .map(|phase| {
            phase
                .items
                .iter()
                .filter(|item| item.minutes.is_none() && item.weeks.is_none())
                .count()
        })
        .sum();
    if missing > 0 {
        add(
            "hours",
            None,
            format!(
                "No time is given for {}. How long do they take?",
                count(missing, "item")
            ),
            format!(
                "{TOPIC_HOURS} h each, {PROJECT_HOURS} h for a project and {CERTIFICATION_HOURS} h for a certification"
            ),
            Vec::new(),
        );
    }
    for (phase, spans) in outline.phases.iter().zip(spans) {
        let is_open = matches!(spans.own, Some(WrittenSpan::Open { .. }));
        if is_open && phase.weeks.is_none() {
            add(
                "open-end",
                phase.line.and_then(number),
                format!("“{}” has no end. How many weeks does it take?", phase.title),
                "As long as its items take".into(),
                Vec::new(),
            );
        }
    }
    let together: Vec<&str> = outline
        .phases
        .iter()
        .filter(|phase| phase.parallel)
        .map(|phase| phase.title.as_str())
        .collect();
    if let Some(first) = together.first() {
        add(
            "side-by-side",
            None,
            format!(
                "{} side by side with another, such as “{first}”. Is that right?",
                match together.len() {
                    1 => "1 phase runs".to_owned(),
                    many => format!("{many} phases run"),
                }
            ),
            "Yes".into(),
            Vec::new(),
        );
    }
    let ticked = outline
        .phases
        .iter()
        .flat_map(|phase| &phase.items)
        .filter(|item| item.ticked)
        .count();
    if ticked > 0 {
        add(
            "ticked",
            None,
            format!(
                "{} ticked. Do you know {} already?",
                if ticked == 1 {
                    "1 item is".into()
                } else {
                    format!("{ticked} items are")
                },
                if ticked == 1 { "it" } else { "them" }
            ),
            "Time is planned for it until you mark it as done".into(),
            Vec::new(),
        );
    }
    for (at, marked) in outline.lines.iter().enumerate() {
        let is_section = marked.meaning == Meaning::LeftOut
            && matches!(marked.rule, "beside-the-plan" | "page-section");
        let is_worth = marked.rule == "beside-the-plan"
            && at > facts.first_opener.unwrap_or(0)
            && facts.leads[at];
        if is_section && words::is_alternative(lines[at].text()) {
            add(
                "alternatives",
                Some(marked.number),
                format!(
                    "“{}” looks like alternatives. Which of them do you want to add?",
                    lines[at].text()
                ),
                "None".into(),
                vec![added(at)],
            );
        } else if is_worth {
            add(
                "left-out",
                Some(marked.number),
                format!(
                    "“{}” stands beside the phases. Is it part of the plan?",
                    lines[at].text()
                ),
                "No".into(),
                vec![added(at)],
            );
        }
    }
    if let Some(table) = facts
        .tables
        .iter()
        .position(|at| at.as_ref().is_some_and(|at| at.is_guess && at.is_header))
    {
        let name = facts.tables[table].as_ref().and_then(|at| {
            let column = at
                .roles
                .iter()
                .position(|role| *role == super::table::ColumnRole::Title)?;
            lines[table].cells.get(column).cloned()
        });
        add(
            "columns",
            number(table),
            "No column is called topic or title. Which column names the items?".into(),
            format!("“{}”", name.unwrap_or_default()),
            Vec::new(),
        );
    }
    if let Some(phase) = outline
        .phases
        .iter()
        .find(|phase| phase.items.len() >= MENU && phase.weeks.is_none())
    {
        let is_ticked = phase.items.iter().any(|item| {
            lines
                .get(item.line)
                .is_some_and(|l| matches!(l.shape, LineShape::Box(_)))
        });
        let items: Vec<usize> = phase.items.iter().map(|item| item.line).collect();
        let is_chosen = phase.items.iter().all(|item| item.optional);
        if !is_ticked && !is_chosen {
            add(
                "menu",
                phase.line.and_then(number),
                format!(
                    "“{}” lists {}. Do you want all of them, or choose some?",
                    phase.title,
                    count(phase.items.len(), "item")
                ),
                "All of them".into(),
                vec![OutlineAnswer {
                    label: "I choose later".into(),
                    lines: meaning(&items, Meaning::Optional),
                }],
            );
        }
    }
    outline.questions = asked;
}
