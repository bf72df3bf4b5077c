//! The looks of the marks, in both themes: one table for the window's style sheet and for files.

use std::fmt::Write;

use serde::Serialize;

/// The meaning of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum MarkRole {
    /// Text.
    Ink,
    /// Text of axes and legends.
    Faint,
    /// A line of the grid.
    Rule,
    /// The baseline.
    Baseline,
    /// Work that is done, as a line.
    Done,
    /// The area of the forecast between 50% and 80% of the rounds.
    FanNear,
    /// The area between 80% and 95%.
    FanFar,
    /// The date of 80%.
    Sure,
    /// The plan from now on.
    Plan,
    /// A schedule that leaves sessions out.
    Rung,
    /// The present.
    Now,
    /// The target date.
    Target,
    /// Planned work, as an outline.
    Planned,
    /// Work that is done, as an area.
    Filled,
    /// A day without work.
    Level0,
    /// A day with less than half an hour.
    Level1,
    /// A day with less than an hour.
    Level2,
    /// A day with less than two hours.
    Level3,
    /// A day with two hours or more.
    Level4,
}

/// A colour in both themes, as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tone {
    pub light: &'static str,
    pub dark: &'static str,
}

/// How a mark is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct MarkStyle {
    pub fill: Option<Tone>,
    pub stroke: Option<Tone>,
    pub stroke_width: f64,
    /// Lengths of dashes and gaps; empty for a solid line.
    pub dashes: &'static str,
}

/// The size of all texts of a picture.
pub(super) const TEXT_SIZE: u32 = 11;

/// The sheet that files are drawn on.
pub(super) const PAPER: Tone = tone("#ffffff", "#171c24");

const INK: Tone = tone("#18202e", "#e7ebf2");
const FAINT: Tone = tone("#566174", "#a2adbf");
const RULE: Tone = tone("#e4e9f0", "#2a323e");
const GREY: Tone = tone("#838ea1", "#76839a");
const ACCENT: Tone = tone("#1f4fc4", "#8db4ff");
const RED: Tone = tone("#c21f3a", "#ff7d8f");
const AMBER: Tone = tone("#8a5a00", "#f0c060");

const ALL: [MarkRole; 19] = [
    MarkRole::Ink,
    MarkRole::Faint,
    MarkRole::Rule,
    MarkRole::Baseline,
    MarkRole::Done,
    MarkRole::FanNear,
    MarkRole::FanFar,
    MarkRole::Sure,
    MarkRole::Plan,
    MarkRole::Rung,
    MarkRole::Now,
    MarkRole::Target,
    MarkRole::Planned,
    MarkRole::Filled,
    MarkRole::Level0,
    MarkRole::Level1,
    MarkRole::Level2,
    MarkRole::Level3,
    MarkRole::Level4,
];

const fn tone(light: &'static str, dark: &'static str) -> Tone {
    Tone { light, dark }
}

const fn filled(fill: Tone) -> MarkStyle {
    MarkStyle {
        fill: Some(fill),
        stroke: None,
        stroke_width: 0.0,
        dashes: "",
    }
}

const fn drawn(stroke: Tone, stroke_width: f64, dashes: &'static str) -> MarkStyle {
    MarkStyle {
        fill: None,
        stroke: Some(stroke),
        stroke_width,
        dashes,
    }
}

impl MarkRole {
    pub(super) fn style(self) -> MarkStyle {
        match self {
            Self::Ink => filled(INK),
            Self::Faint => filled(FAINT),
            Self::Rule => drawn(RULE, 1.0, ""),
            Self::Baseline => drawn(GREY, 2.0, "5 3"),
            Self::Done => drawn(ACCENT, 3.0, ""),
            Self::FanNear => filled(tone("#c4d4f8", "#2c4470")),
            Self::FanFar => filled(tone("#e4ecfd", "#22304b")),
            Self::Sure => drawn(ACCENT, 1.0, ""),
            Self::Plan => drawn(ACCENT, 2.0, "2 3"),
            Self::Rung => drawn(GREY, 1.0, ""),
            Self::Now => drawn(RED, 1.5, ""),
            Self::Target => drawn(AMBER, 1.5, "4 2"),
            Self::Planned => drawn(GREY, 1.0, ""),
            Self::Filled => filled(ACCENT),
            Self::Level0 => filled(tone("#eaeef4", "#252d39")),
            Self::Level1 => filled(tone("#b4c9f8", "#2d4a80")),
            Self::Level2 => filled(tone("#7fa3f0", "#4470bd")),
            Self::Level3 => filled(tone("#4574dc", "#709fee")),
            Self::Level4 => filled(tone("#1a3f9c", "#b9d2ff")),
        }
    }

    /// Its class in the window: "mark-fanNear".
    fn class(self) -> String {
        let name = format!("{self:?}");
        let mut letters = name.chars();
        let first = letters.next().map(|letter| letter.to_ascii_lowercase());
        format!(
            "mark-{}",
            first.into_iter().chain(letters).collect::<String>()
        )
    }
}

/// The window's style sheet: a class for each role.
pub fn stylesheet() -> String {
    let mut css =
        "/* Generated from the core's pictures by `UPDATE_TYPES=1 cargo test types`. Do not edit. */\n"
            .to_owned();
    let colour = |tone: Option<Tone>, is_dark: bool| {
        tone.map_or("none", |tone| if is_dark { tone.dark } else { tone.light })
    };
    for role in ALL {
        let style = role.style();
        let class = role.class();
        let (fill, stroke) = (colour(style.fill, false), colour(style.stroke, false));
        let mut rules = format!("  fill: {fill};\n");
        if style.stroke.is_some() {
            rules += &format!(
                "  stroke: {stroke};\n  stroke-width: {}px;\n",
                style.stroke_width
            );
        }
        if !style.dashes.is_empty() {
            rules += &format!("  stroke-dasharray: {};\n", style.dashes);
        }
        let (fill, stroke) = (colour(style.fill, true), colour(style.stroke, true));
        let mut dark = String::new();
        if style.fill.is_some() {
            dark += &format!("  fill: {fill};\n");
        }
        if style.stroke.is_some() {
            dark += &format!("  stroke: {stroke};\n");
        }
        // Writing to a string cannot fail.
        let _ = write!(
            css,
            "\n.{class} {{\n{rules}}}\n\n[data-theme=\"dark\"] .{class} {{\n{dark}}}\n"
        );
    }
    css
}
