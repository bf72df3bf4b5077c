//! The colours of the phases, the same in the window, the picture and the calendar.
//!
//! Each phase also has its number wherever its colour is, so that colour is never the only sign. A
//! roadmap of more phases than there are colours repeats them. docs/decisions/0008-palette.md says
//! how the colours were found; the tests of this module hold them to it.

use std::fmt::Write;

/// How one phase is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// The colour's name in CSS3, which RFC 7986 asks for in calendars: exactly
    /// [`light`](Self::light).
    pub css_name: &'static str,
    /// In the light theme and on paper, as `#rrggbb`.
    pub light: &'static str,
    /// In the dark theme, as `#rrggbb`.
    pub dark: &'static str,
}

/// The text on a phase's colour in the light theme and on paper.
pub const TEXT_ON_LIGHT: &str = "#ffffff";
/// The text on a phase's colour in the dark theme.
pub const TEXT_ON_DARK: &str = "#10141b";

/// The colours in the order of the phases, which keeps neighbours apart.
pub const PALETTE: [Colour; 11] = [
    colour("royalblue", "#4169e1", "#208ff7"),
    colour("darkolivegreen", "#556b2f", "#b9cd96"),
    colour("darkmagenta", "#8b008b", "#be8eba"),
    colour("crimson", "#dc143c", "#e06956"),
    colour("teal", "#008080", "#79dbe9"),
    colour("darkslateblue", "#483d8b", "#7a82eb"),
    colour("saddlebrown", "#8b4513", "#ca8838"),
    colour("dimgray", "#696969", "#909390"),
    colour("blueviolet", "#8a2be2", "#c677e7"),
    colour("green", "#008000", "#5ca768"),
    colour("indigo", "#4b0082", "#f3c4fe"),
];

const fn colour(css_name: &'static str, light: &'static str, dark: &'static str) -> Colour {
    Colour {
        css_name,
        light,
        dark,
    }
}

/// The colour of a phase by its index in the roadmap.
pub fn of_phase(index: usize) -> &'static Colour {
    &PALETTE[index % PALETTE.len()]
}

/// How the style sheet selects a theme, and its colours.
struct ThemeRules {
    root: &'static str,
    within: &'static str,
    text: &'static str,
    shade: fn(&Colour) -> &'static str,
}

/// The window's style sheet: the classes `hue-1`, `hue-2`, … set `--hue`, and each theme
/// `--on-hue`.
pub fn stylesheet() -> String {
    let mut css =
        "/* Generated from the core's palette by `UPDATE_TYPES=1 cargo test types`. Do not edit. */\n"
            .to_owned();
    let themes = [
        ThemeRules {
            root: ":root",
            within: "",
            text: TEXT_ON_LIGHT,
            shade: |colour| colour.light,
        },
        ThemeRules {
            root: ":root[data-theme=\"dark\"]",
            within: "[data-theme=\"dark\"] ",
            text: TEXT_ON_DARK,
            shade: |colour| colour.dark,
        },
    ];
    for ThemeRules {
        root,
        within,
        text,
        shade,
    } in themes
    {
        // Writing to a string cannot fail.
        let _ = write!(css, "\n{root} {{\n  --on-hue: {text};\n}}\n");
        for (number, colour) in (1..).zip(&PALETTE) {
            let hue = shade(colour);
            let _ = write!(css, "\n{within}.hue-{number} {{\n  --hue: {hue};\n}}\n");
        }
    }
    css
}

#[cfg(test)]
mod tests;
