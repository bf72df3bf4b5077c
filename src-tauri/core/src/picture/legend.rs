//! The legend of a picture, in as many rows as it takes.

use super::scene::{Anchor, Area, PictureMark, Spot, line, text, width_of};
use super::style::MarkRole;

const ROW: f64 = 18.0;
const SWATCH: f64 = 18.0;
const GAP: f64 = 6.0;
const BETWEEN: f64 = 14.0;

/// A mark and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LegendEntry {
    role: MarkRole,
    text: String,
}

impl LegendEntry {
    pub fn new(role: MarkRole, text: &str) -> Self {
        Self {
            role,
            text: text.to_owned(),
        }
    }

    fn is_line(&self) -> bool {
        self.role.style().fill.is_none() && self.role != MarkRole::Planned
    }

    fn swatch(&self) -> f64 {
        if self.is_line() { SWATCH } else { 12.0 }
    }

    fn width(&self) -> f64 {
        self.swatch() + GAP + width_of(&self.text)
    }
}

/// A legend as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Legend {
    pub height: f64,
    pub marks: Vec<PictureMark>,
}

impl Legend {
    /// From the upper left of an area on, no wider than that.
    pub fn new(entries: &[LegendEntry], area: Area) -> Self {
        let (mut x, mut y) = (area.x, area.y);
        let mut marks = Vec::new();
        for entry in entries {
            if x > area.x && x + entry.width() > area.right() {
                (x, y) = (area.x, y + ROW);
            }
            let swatch = entry.swatch();
            if entry.is_line() {
                let y = y + 9.0;
                marks.extend(line(
                    entry.role,
                    &[Spot { x, y }, Spot { x: x + swatch, y }],
                ));
            } else {
                let swatch = Area {
                    x,
                    y: y + 3.0,
                    width: swatch,
                    height: 12.0,
                };
                marks.push(swatch.mark(entry.role, 2.5));
            }
            let at = Spot {
                x: x + swatch + GAP,
                y: y + 13.0,
            };
            marks.push(text(MarkRole::Faint, at, &entry.text, Anchor::Start));
            x += entry.width() + BETWEEN;
        }
        Self {
            height: y + ROW - area.y,
            marks,
        }
    }
}
