//! What is said when something a person or a file gave cannot be used.

use serde::Serialize;

use crate::words;

/// A refusal: which field, which value, and one plain sentence.
///
/// The terminal prints the sentence and the window shows it, so that both say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// A stable name for the kind of problem, such as `hours-out-of-range`.
    pub code: &'static str,
    /// The field that was refused, such as `hours per week`.
    pub field: String,
    /// The value as it was given, cut short if it is very long.
    pub value: String,
    /// One sentence for a person, naming field and value.
    pub message: String,
}

impl Problem {
    /// A problem with the sentence "`field` `value`: `expected`."
    pub fn new(
        code: &'static str,
        field: impl Into<String>,
        value: impl AsRef<str>,
        expected: impl AsRef<str>,
    ) -> Self {
        let field = field.into();
        // A hostile value must not break the sentence it stands in.
        let value = words::one_line(value.as_ref());
        let expected = expected.as_ref();
        let message = capitalized(format!("{field} “{value}” cannot be used: {expected}."));
        Self {
            code,
            field,
            value,
            message,
        }
    }

    /// The same problem as that of a part of something: `place` is named before the field.
    #[must_use]
    pub fn within(self, place: &str) -> Self {
        let rest = self.message.get(self.field.len()..).unwrap_or_default();
        let message = capitalized(format!("{place}, {}{rest}", self.field));
        Self {
            field: format!("{place}, {}", self.field),
            message,
            ..self
        }
    }
}

fn capitalized(sentence: String) -> String {
    match sentence.get(..1) {
        Some(first) => first.to_uppercase() + &sentence[1..],
        None => sentence,
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}
