//! A roadmap as text that people edit, and the text read again.
//!
//! The text is Markdown, so that other programs show it well, and each part ends with its id:
//!
//! ```text
//! # MLOps Engineer
//! > The path to the work between machine learning and production
//!
//! ## Foundations (6 weeks) ^foundations
//! > Code, a shell and a repository
//! Outcome: You can build and test a program
//! After: another-phase
//!
//! **Core Knowledge**
//! - Python (30 h, project, optional) ^python
//!   - About: The language of most tools
//!   - Done when: You have written a small program
//!   - After: linux-shell
//!   - [Tutorial](https://docs.python.org)
//!   - [ ] Install it (30 min)
//!   > Notes, as typed
//!
//! ## Trends (reference)
//! - LLMOps ^llmops
//! ```
//!
//! A phase comes after the one above it unless it says otherwise. Characters that such a line would
//! lose are written as `\u{…}`.

mod line;
mod read;
mod write;

pub(super) use read::{RoadmapText, TextEntry, TextItem, TextNeed, TextPhase, read};
pub use write::write;

/// The mark before an id at the end of a line.
const ID_MARK: char = '^';

/// The list of prerequisites of a phase that has none.
const NOTHING: &str = "(nothing)";

/// The line that ends a group of items.
const GROUP_END: &str = "---";

/// The start of a character's number.
const ESCAPE: &str = "\\u{";

/// A text on one line that [`unescaped`] reads as it is. Spaces at its ends would be lost, and so
/// would line breaks.
fn one_line(text: &str) -> String {
    escaped(text, |at, c| {
        let is_end = at == 0 || at + c.len_utf8() == text.len();
        let is_break = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        is_break || is_end && c.is_whitespace()
    })
}

/// A line of notes, with its spaces and tabs.
fn note_line(text: &str) -> String {
    escaped(text, |_, c| c.is_control() && c != '\t')
}

/// A text with the characters that a line would lose written by number.
fn escaped(text: &str, is_lost: impl Fn(usize, char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        if is_lost(at, c) || rest.starts_with(ESCAPE) {
            out.push_str(&numbered(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// A character by its number, such as `\u{a}`.
fn numbered(c: char) -> String {
    format!("{ESCAPE}{:x}}}", u32::from(c))
}

/// The text of a line, with the characters that were written by number.
fn unescaped(line: &str) -> String {
    if !line.contains(ESCAPE) {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(ESCAPE) {
        out.push_str(before);
        let read = after.split_once('}').and_then(|(number, after)| {
            let number = u32::from_str_radix(number, 16).ok()?;
            Some((char::from_u32(number)?, after))
        });
        if let Some((c, after)) = read {
            out.push(c);
            rest = after;
        } else {
            out.push_str(ESCAPE);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
