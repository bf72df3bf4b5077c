//! Colour science, for the tests only: contrast as WCAG 2.2 has it, colour-vision deficiencies as
//! in Machado, Oliveira and Fernandes (2009), and the colour difference CIEDE2000 (Sharma, Wu and
//! Dalal 2005).

use std::f64::consts::TAU;

use super::*;

/// Neighbours are at least this far apart in CIEDE2000, whoever looks. A just noticeable difference
/// is about 2.3 (Mahy, Van Eycken and Oosterlinck 1994); small marks need several times as much
/// (Szafir 2018).
const NEIGHBOURS_APART: f64 = 15.0;
/// Phases with one phase between them.
const NEXT_BUT_ONE_APART: f64 = 9.0;
/// Any two phases, with common colour vision.
const ANY_TWO_APART: f64 = 11.0;
/// WCAG 2.2, success criterion 1.4.3 (AA), for text of any size.
const TEXT_CONTRAST: f64 = 4.5;

type Rgb = [f64; 3];
type Matrix = [[f64; 3]; 3];

/// Common vision, and Machado, Oliveira and Fernandes, "A Physiologically-based Model for
/// Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, at severity 1.0.
const VISIONS: [(&str, Matrix); 4] = [
    (
        "common",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// The colour with linear channels from 0 to 1 (sRGB, IEC 61966-2-1).
fn linear(hex: &str) -> Rgb {
    [1, 3, 5].map(|at| {
        let channel = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    })
}

fn times(matrix: &Matrix, vector: Rgb) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(m, v)| m * v).sum())
}

fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |hex| {
        let [r, g, b] = linear(hex);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[derive(Debug, Clone, Copy)]
struct Lab {
    l: f64,
    a: f64,
    b: f64,
}

impl Lab {
    /// The colour as it looks with a kind of vision, under D65.
    fn seen(hex: &str, vision: &Matrix) -> Self {
        const XYZ: Matrix = [
            [0.412_456_4, 0.357_576_1, 0.180_437_5],
            [0.212_672_9, 0.715_152_2, 0.072_175_0],
            [0.019_333_9, 0.119_192_0, 0.950_304_1],
        ];
        let seen = times(vision, linear(hex)).map(|channel| channel.clamp(0.0, 1.0));
        let [x, y, z] = times(&XYZ, seen);
        let f = |t: f64| {
            if t > 216.0 / 24_389.0 {
                t.cbrt()
            } else {
                (24_389.0 / 27.0 * t + 16.0) / 116.0
            }
        };
        let (x, y, z) = (f(x / 0.950_47), f(y), f(z / 1.088_83));
        Self {
            l: 116.0 * y - 16.0,
            a: 500.0 * (x - y),
            b: 200.0 * (y - z),
        }
    }

    /// CIEDE2000.
    fn difference(self, other: Self) -> f64 {
        let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25f64.powi(7))).sqrt();
        let stretch =
            1.5 - 0.5 * seventh(f64::midpoint(self.a.hypot(self.b), other.a.hypot(other.b)));
        let polar = |lab: Self| {
            let a = lab.a * stretch;
            let hue = lab.b.atan2(a).rem_euclid(TAU).to_degrees();
            (a.hypot(lab.b), hue)
        };
        let ((c1, h1), (c2, h2)) = (polar(self), polar(other));
        let turn = (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0;
        let (lightness, chroma) = (f64::midpoint(self.l, other.l), f64::midpoint(c1, c2));
        let hue = if c1 * c2 == 0.0 {
            h1 + h2
        } else {
            h1 + turn / 2.0
        };
        let cos = |degrees: f64| degrees.to_radians().cos();
        let t = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
            - 0.20 * cos(4.0 * hue - 63.0);
        let from_middle = (lightness - 50.0).powi(2);
        let dl = (other.l - self.l) / (1.0 + 0.015 * from_middle / (20.0 + from_middle).sqrt());
        let dc = (c2 - c1) / (1.0 + 0.045 * chroma);
        let dh =
            2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * chroma * t);
        let around = ((hue.rem_euclid(360.0) - 275.0) / 25.0).powi(2);
        let rotation = -2.0 * seventh(chroma) * (60.0 * (-around).exp()).to_radians().sin();
        (dl * dl + dc * dc + dh * dh + rotation * dc * dh).sqrt()
    }
}

/// The least difference between the colours of any two phases that are `apart` phases from each
/// other, the last and the first one being neighbours, with where it is.
fn least_apart(apart: usize, visions: &[(&str, Matrix)]) -> (f64, String) {
    let shades: [fn(&Colour) -> &'static str; 2] = [|colour| colour.light, |colour| colour.dark];
    let mut least = (f64::INFINITY, String::new());
    for (vision, matrix) in visions {
        for shade in shades {
            for index in 0..PALETTE.len() {
                let pair = [of_phase(index), of_phase(index + apart)];
                let [one, other] = pair.map(|colour| Lab::seen(shade(colour), matrix));
                let difference = one.difference(other);
                if difference < least.0 {
                    let names = pair.map(|colour| colour.css_name).join(" and ");
                    least = (difference, format!("{names}, {vision}"));
                }
            }
        }
    }
    least
}

/// Pairs 1, 4, 13 and 25 of the test data of Sharma, Wu and Dalal (2005).
#[test]
fn ciede2000_gives_the_published_values() {
    let lab = |l, a, b| Lab { l, a, b };
    let published = [
        (
            lab(50.0, 2.6772, -79.7751),
            lab(50.0, 0.0, -82.7485),
            2.0425,
        ),
        (
            lab(50.0, -1.3802, -84.2814),
            lab(50.0, 0.0, -82.7485),
            1.0000,
        ),
        (lab(50.0, -0.001, 2.49), lab(50.0, 0.0009, -2.49), 4.8045),
        (
            lab(60.2574, -34.0099, 36.2677),
            lab(60.4626, -34.1751, 39.4387),
            1.2644,
        ),
    ];
    for (one, other, difference) in published {
        let found = one.difference(other);
        assert!(
            (found - difference).abs() < 1e-4,
            "{found} for {difference}"
        );
    }
}

#[test]
fn neighbours_differ_with_every_kind_of_colour_vision_in_both_themes() {
    let neighbours = least_apart(1, &VISIONS);
    let next_but_one = least_apart(2, &VISIONS);
    println!("{neighbours:?} {next_but_one:?}");
    assert!(neighbours.0 >= NEIGHBOURS_APART, "{neighbours:?}");
    assert!(next_but_one.0 >= NEXT_BUT_ONE_APART, "{next_but_one:?}");
    for apart in 1..PALETTE.len() {
        let any = least_apart(apart, &VISIONS[..1]);
        assert!(any.0 >= ANY_TWO_APART, "{any:?}");
    }
}

#[test]
fn text_on_each_colour_has_enough_contrast_in_both_themes() {
    for colour in &PALETTE {
        for (text, ground) in [(TEXT_ON_LIGHT, colour.light), (TEXT_ON_DARK, colour.dark)] {
            let found = contrast(text, ground);
            assert!(found >= TEXT_CONTRAST, "{text} on {ground}: {found:.2}");
        }
    }
}

/// The names and values of CSS Color Module Level 3, section 4.3, as far as they are used.
#[test]
fn each_colour_of_the_light_theme_is_the_css_colour_of_its_name() {
    let css3 = [
        ("royalblue", [65, 105, 225]),
        ("darkolivegreen", [85, 107, 47]),
        ("darkmagenta", [139, 0, 139]),
        ("crimson", [220, 20, 60]),
        ("teal", [0, 128, 128]),
        ("darkslateblue", [72, 61, 139]),
        ("saddlebrown", [139, 69, 19]),
        ("dimgray", [105, 105, 105]),
        ("blueviolet", [138, 43, 226]),
        ("green", [0, 128, 0]),
        ("indigo", [75, 0, 130]),
    ];
    for (colour, (name, [r, g, b])) in PALETTE.iter().zip(css3) {
        let hex = format!("#{r:02x}{g:02x}{b:02x}");
        assert_eq!((colour.css_name, colour.light), (name, hex.as_str()));
    }
}

#[test]
fn the_colours_repeat_after_the_last_phase() {
    assert_eq!(of_phase(11), of_phase(0));
    assert_eq!(of_phase(25), of_phase(3));
}

#[test]
fn the_style_sheet_has_a_class_for_each_colour_and_theme() {
    let css = stylesheet();
    assert_eq!(css.matches("--hue:").count(), 2 * PALETTE.len());
    for colour in &PALETTE {
        assert!(css.contains(colour.light) && css.contains(colour.dark));
    }
}
