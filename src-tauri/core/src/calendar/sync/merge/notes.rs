//! A description in which a person may have written too. Values are as in a file, escaped.

use super::mark::{Mark, Marked, Piece};

/// A description with Waymark's new part in it.
pub(super) struct MergedNotes {
    pub value: String,
    /// Whether a person had deleted some of Waymark's part, which is there again.
    pub is_restored: bool,
}

/// Puts Waymark's new part in the place of its former one. Every line that Waymark did not write
/// stays as it is, before or after it.
pub(super) fn merged(held: &str, new: &str, mark: &Mark) -> MergedNotes {
    let mut former = mark.lines(pieces(new));
    let (mut kept, mut place) = (Vec::new(), None);
    for line in lines(held) {
        let text = plain(line);
        if !text.is_empty() && former.take(&text) {
            place.get_or_insert(kept.len());
        } else {
            kept.push(line);
        }
    }
    let (before, after) = kept.split_at(place.unwrap_or(kept.len()).min(kept.len()));
    let is_text = |line: &&str| !plain(line).is_empty();
    let before_end = before.iter().rposition(is_text).map_or(0, |at| at + 1);
    let after_start = after.iter().position(is_text).unwrap_or(after.len());
    let parts = [
        before.get(..before_end).unwrap_or_default().join("\\n"),
        new.to_owned(),
        after.get(after_start..).unwrap_or_default().join("\\n"),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    MergedNotes {
        value: parts.join("\\n\\n"),
        is_restored: !new.is_empty() && former.are_cut(),
    }
}

/// The pieces of Waymark's own part.
pub(super) fn pieces(part: &str) -> impl Iterator<Item = Piece> {
    let texts = lines(part).into_iter().map(plain);
    let texts = texts.filter(|text| !text.is_empty());
    texts.map(|text| Marked::Line.piece(&text))
}

/// The lines of a value, still escaped.
fn lines(value: &str) -> Vec<&str> {
    let (mut lines, mut start, mut is_escaped) = (Vec::new(), 0, false);
    for (at, c) in value.char_indices() {
        if is_escaped && matches!(c, 'n' | 'N') {
            lines.push(value.get(start..at.saturating_sub(1)).unwrap_or_default());
            start = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    lines.push(value.get(start..).unwrap_or_default());
    lines
}

/// The text of a line as people see it, without blanks around it.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut is_escaped = false;
    for c in line.chars() {
        is_escaped = c == '\\' && !is_escaped;
        if !is_escaped {
            text.push(c);
        }
    }
    text.trim().to_owned()
}
