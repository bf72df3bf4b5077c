//! Texts with fields to fill in, such as `{item} ({length})`.

use crate::input_error::{ErrorCode, InputError};

/// A field that can be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternField {
    Item,
    Phase,
    Plan,
    /// The length of the session.
    Length,
    /// The session's number, a field of earlier versions. It changed with every other session.
    Number,
    /// The number of sessions of the item, likewise.
    Total,
}

/// A piece of such a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternPart {
    Text(String),
    Field(PatternField),
}

impl PatternPart {
    /// The part as it is written in the text.
    fn source(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Field(field) => format!("{{{}}}", field.name()),
        }
    }
}

impl PatternField {
    /// The fields of a title.
    const TITLE: [Self; 4] = [Self::Item, Self::Phase, Self::Plan, Self::Length];
    /// Fields that titles of earlier versions may contain. They are left out.
    const FORMER: [Self; 2] = [Self::Number, Self::Total];

    fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Phase => "phase",
            Self::Plan => "plan",
            Self::Length => "length",
            Self::Number => "session",
            Self::Total => "sessions",
        }
    }
}

/// Parses the title of an event. Fields of earlier versions are left out.
///
/// # Errors
/// If the text is too long, or has a field that no title has.
pub fn title(pattern: &str, longest: usize) -> Result<Vec<PatternPart>, InputError> {
    if !has_former(pattern) {
        return parts("title", pattern, longest, &PatternField::TITLE);
    }
    let all = [&PatternField::TITLE[..], &PatternField::FORMER].concat();
    parts("title", pattern, longest, &all).map(without_former)
}

/// A title stored by an earlier version, without the fields that titles no longer have.
pub fn current_title(pattern: String) -> String {
    if !has_former(&pattern) {
        return pattern;
    }
    match title(&pattern, usize::MAX) {
        Ok(parts) => parts.iter().map(PatternPart::source).collect(),
        Err(_) => pattern,
    }
}

fn has_former(pattern: &str) -> bool {
    let mut former = PatternField::FORMER.iter();
    former.any(|field| pattern.contains(&format!("{{{}}}", field.name())))
}

/// Leaves out the former fields, each with the text that leads to it: `{item} ({session} of
/// {sessions})` becomes `{item}`.
fn without_former(parts: Vec<PatternPart>) -> Vec<PatternPart> {
    let mut kept: Vec<PatternPart> = Vec::with_capacity(parts.len());
    // The number of opening brackets left out so far, and whether any part was kept.
    let (mut open, mut is_begun) = (0, true);
    for part in parts {
        match part {
            PatternPart::Field(field) if PatternField::FORMER.contains(&field) => {
                if let Some(PatternPart::Text(text)) =
                    kept.pop_if(|part| matches!(part, PatternPart::Text(_)))
                {
                    open += text.matches(['(', '[']).count();
                }
                is_begun = !kept.is_empty();
            }
            PatternPart::Text(text) => {
                let mut rest = text.as_str();
                while open > 0
                    && let Some(closed) = rest.strip_prefix([')', ']'])
                {
                    (rest, open) = (closed, open - 1);
                }
                if is_begun && !rest.is_empty() {
                    kept.push(PatternPart::Text(rest.to_owned()));
                }
            }
            field => {
                is_begun = true;
                kept.push(field);
            }
        }
    }
    if kept.is_empty() {
        kept.push(PatternPart::Field(PatternField::Item));
    }
    kept
}

/// Parses the text. A brace that does not begin a field stands for itself.
///
/// # Errors
/// If the text is too long, or has a field that is not among `fields`.
pub fn parts(
    what: &str,
    pattern: &str,
    longest: usize,
    fields: &[PatternField],
) -> Result<Vec<PatternPart>, InputError> {
    let reject =
        |expected: String| InputError::new(ErrorCode::ExportOption, what, pattern, expected);
    if pattern.chars().count() > longest {
        return Err(reject(format!("enter at most {longest} characters")));
    }
    let mut parts = Vec::new();
    let mut rest = pattern;
    let mut text = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let name = after
            .split_once('}')
            .filter(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase()));
        let Some((name, after)) = name else {
            text.push('{');
            rest = after;
            continue;
        };
        let Some(field) = fields.iter().find(|field| field.name() == name) else {
            let known: Vec<String> = fields
                .iter()
                .map(|field| format!("{{{}}}", field.name()))
                .collect();
            return Err(reject(format!(
                "there is no {{{name}}}; the fields are {}",
                known.join(", ")
            )));
        };
        if !text.is_empty() {
            parts.push(PatternPart::Text(std::mem::take(&mut text)));
        }
        parts.push(PatternPart::Field(*field));
        rest = after;
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(PatternPart::Text(text));
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_sessions_are_left_out_of_titles() {
        for (pattern, expected) in [
            ("{item} ({session} of {sessions})", "{item}"),
            (
                "{plan}: {item} {session}/{sessions}, {length} ({phase})",
                "{plan}: {item}, {length} ({phase})",
            ),
            ("{session}. {item}", "{item}"),
            ("[{session}] {item}!", "{item}!"),
            ("{session}/{sessions}", "{item}"),
            ("{item}, {length}", "{item}, {length}"),
            ("Study", "Study"),
        ] {
            let parts = title(pattern, 200).unwrap();
            assert_eq!(parts, title(expected, 200).unwrap(), "{pattern}");
            assert_eq!(current_title(pattern.to_owned()), expected);
        }
    }
}
