//! Texts with fields to fill in, such as `{item} ({session} of {sessions})`.

use crate::input_error::{ErrorCode, InputError};

/// A field that can be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternField {
    Item,
    Phase,
    Plan,
    /// The session's number among those of its item.
    Session,
    /// The number of sessions its item has.
    Sessions,
    /// The length of the session.
    Length,
}

/// A piece of such a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternPart {
    Text(String),
    Field(PatternField),
}

impl PatternField {
    pub const ALL: [Self; 6] = [
        Self::Item,
        Self::Phase,
        Self::Plan,
        Self::Session,
        Self::Sessions,
        Self::Length,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Phase => "phase",
            Self::Plan => "plan",
            Self::Session => "session",
            Self::Sessions => "sessions",
            Self::Length => "length",
        }
    }
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
