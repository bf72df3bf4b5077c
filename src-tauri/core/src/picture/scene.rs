//! The parts of a picture of the progress. The window draws them in its theme, a file on paper.

use serde::Serialize;

use super::style::MarkRole;

/// A picture, with the same in words and figures. Lengths are pixels.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    /// Such as "Hours a week".
    pub title: String,
    /// Its message.
    pub sentence: String,
    #[allow(missing_docs)]
    pub width: f64,
    #[allow(missing_docs)]
    pub height: f64,
    /// The marks to draw, the hindmost first.
    pub marks: Vec<PictureMark>,
    /// The parts that can be looked at one by one, in the order of time.
    pub cells: Vec<PictureCell>,
    /// Number of cells in a column.
    pub stride: u32,
    /// Index of the cell of the present.
    pub present: usize,
    /// The same in figures.
    pub table: PictureTable,
}

/// A part of a picture that is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PictureMark {
    /// Its meaning, which sets its look.
    pub role: MarkRole,
    #[allow(missing_docs)]
    pub shape: MarkShape,
}

/// The shape of a mark.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum MarkShape {
    Box {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        /// The radius of its corners.
        round: f64,
    },
    /// Lines and areas, as an SVG path.
    Path { d: String },
    Text {
        x: f64,
        y: f64,
        text: String,
        anchor: Anchor,
    },
}

/// The end of a text that is at its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A day or a week of a picture, with its figures in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct PictureCell {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    /// Such as "Tue 3 Nov 2026: 1 h 30 min".
    pub label: String,
}

/// The figures of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct PictureTable {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl PictureTable {
    /// A table with these columns and no rows yet.
    pub(super) fn new(columns: &[&str]) -> Self {
        Self {
            columns: columns.iter().map(|&column| column.to_owned()).collect(),
            rows: Vec::new(),
        }
    }
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    pub fn mark(self, role: MarkRole, round: f64) -> PictureMark {
        let Self {
            x,
            y,
            width,
            height,
        } = self;
        PictureMark {
            role,
            shape: MarkShape::Box {
                x: tenth(x),
                y: tenth(y),
                width: tenth(width),
                height: tenth(height),
                round,
            },
        }
    }

    pub fn cell(self, label: String) -> PictureCell {
        PictureCell {
            x: tenth(self.x),
            y: tenth(self.y),
            width: tenth(self.width),
            height: tenth(self.height),
            label,
        }
    }
}

/// A place in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub x: f64,
    pub y: f64,
}

pub(super) fn path(role: MarkRole, d: String) -> PictureMark {
    PictureMark {
        role,
        shape: MarkShape::Path { d },
    }
}

/// A line through these places; `None` if there are fewer than two.
pub(super) fn line(role: MarkRole, spots: &[Spot]) -> Option<PictureMark> {
    (spots.len() > 1).then(|| path(role, along(spots)))
}

/// The commands of a path along these places.
pub(super) fn along(spots: &[Spot]) -> String {
    let mut d = String::new();
    for (number, Spot { x, y }) in spots.iter().enumerate() {
        let command = if number == 0 { 'M' } else { 'L' };
        d += &format!("{command}{x:.1} {y:.1}");
    }
    d
}

pub(super) fn text(role: MarkRole, at: Spot, text: &str, anchor: Anchor) -> PictureMark {
    PictureMark {
        role,
        shape: MarkShape::Text {
            x: tenth(at.x),
            y: tenth(at.y),
            text: text.to_owned(),
            anchor,
        },
    }
}

/// A rough width of a text in the size of pictures.
#[allow(clippy::cast_precision_loss)] // a few words
pub(super) fn width_of(text: &str) -> f64 {
    text.chars().count() as f64 * 6.3
}

fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}
