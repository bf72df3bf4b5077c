//! The frame that every picture file shares: its size, its font and its title.

use svg::Document;
use svg::node::element::Title;

/// An empty sheet of this size, in pixels.
pub(super) fn sheet(width: f64, height: f64, title: String) -> Document {
    Document::new()
        .set("viewBox", (0, 0, width.ceil(), height.ceil()))
        .set("width", width.ceil())
        .set("height", height.ceil())
        .set(
            "font-family",
            "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif",
        )
        .set("role", "img")
        .add(Title::new(title))
}

/// The text of the file. All texts of a picture pass here: one character that XML rejects would
/// make it unreadable.
pub(super) fn written(sheet: &Document) -> String {
    let mut text = format!("{sheet}\n");
    text.retain(is_allowed);
    text
}

/// Whether a picture may contain a character: XML (1.0, section 2.2) rejects most control
/// characters and two others. The rest of the control characters say nothing in a picture either.
pub(crate) fn is_allowed(c: char) -> bool {
    c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}
