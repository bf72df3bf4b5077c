//! Lines of text with their places in the input.

/// A line of text, and the line of the input where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InputLine {
    pub text: String,
    pub number: usize,
}

/// The lines of a text, whatever ends them.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
}
