//! The title, the facts and the id of a part, on one line.

use super::{ID_MARK, one_line, unescaped};
use crate::plan::typed;
use crate::roadmap::ItemKind;

/// The facts in parentheses after a title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::plan) struct LineTitle {
    pub title: String,
    pub minutes: Option<u32>,
    pub weeks: Option<u32>,
    pub kind: Option<ItemKind>,
    pub optional: bool,
    /// Names a list to read, which is no phase.
    pub is_reference: bool,
}

/// A line without its mark: its title with the facts, and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) struct PartTitle<'a> {
    pub text: &'a str,
    pub id: Option<&'a str>,
}

/// The facts that a line of this kind can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FactsOf {
    /// Weeks, or that it's a list to read.
    Heading,
    /// Effort, kind, optional.
    Item,
    /// Effort.
    Step,
}

/// Takes the id off the end of a line.
pub(super) fn without_id(line: &str) -> PartTitle<'_> {
    let line = line.trim();
    let whole = PartTitle {
        text: line,
        id: None,
    };
    let Some((text, id)) = line.rsplit_once(ID_MARK) else {
        return whole;
    };
    let is_apart = text.is_empty() || text.ends_with(char::is_whitespace);
    if !is_apart || id.is_empty() || id.contains(char::is_whitespace) {
        return whole;
    }
    PartTitle {
        text: text.trim_end(),
        id: Some(id),
    }
}

/// Reads a title with its facts. Parentheses that hold anything else are part of the title.
/// `week_minutes` are those of a week of effort.
pub(super) fn title(text: &str, of: FactsOf, week_minutes: u32) -> LineTitle {
    let facts = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    let facts = facts.and_then(|(title, facts)| {
        let title = title.trim_end();
        let mut line = LineTitle {
            title: unescaped(title),
            ..LineTitle::default()
        };
        let is_fact = |fact: &str| take(&mut line, fact.trim(), of, week_minutes);
        let are_facts = facts.split(',').map(is_fact).collect::<Option<Vec<()>>>();
        are_facts.filter(|_| !title.is_empty())?;
        Some(line)
    });
    facts.unwrap_or_else(|| LineTitle {
        title: unescaped(text),
        ..LineTitle::default()
    })
}

/// Takes one fact into the line. `None` if it is none.
fn take(line: &mut LineTitle, fact: &str, of: FactsOf, week_minutes: u32) -> Option<()> {
    let fact = fact.to_lowercase();
    if of == FactsOf::Heading {
        if fact == "reference" {
            line.is_reference = true;
            return Some(());
        }
        let weeks = fact.strip_suffix("weeks").or(fact.strip_suffix("week"))?;
        line.weeks = Some(weeks.trim().parse().ok()?);
        return Some(());
    }
    if of == FactsOf::Item {
        if fact == "optional" {
            line.optional = true;
            return Some(());
        }
        if let Some(kind) = ItemKind::ALL.iter().find(|kind| kind.name() == fact) {
            line.kind = Some(*kind);
            return Some(());
        }
    }
    // "Python (3.12)" is a version.
    let has_unit =
        fact.starts_with(|c: char| c.is_ascii_digit()) && fact.contains(char::is_alphabetic);
    let minutes = typed::effort("effort", &fact, week_minutes).ok();
    line.minutes = Some(minutes.filter(|_| has_unit)?);
    Some(())
}

/// A title on one line, without facts after it: parentheses at its end are not read as such.
pub(super) fn bare_title(text: &str, of: FactsOf) -> String {
    let line = one_line(text);
    if title(&line, of, 60).title == text {
        return line;
    }
    match line.rsplit_once('(') {
        Some((before, facts)) => format!("{before}\\u{{28}}{facts}"),
        None => line,
    }
}
