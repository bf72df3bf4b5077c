//! A picture of the progress as an SVG file, on paper.

use svg::node::element::{Group, Path, Rectangle, Text};

use super::scene::{Anchor, MarkShape, Picture, PictureMark};
use super::sheet::{sheet, written};
use super::style::{MarkRole, PAPER, TEXT_SIZE};

const MARGIN: f64 = 24.0;
const HEADING_HEIGHT: f64 = 60.0;

/// The text of the file: the picture below its title and its message.
pub fn progress_svg(plan_title: &str, picture: &Picture) -> String {
    let (width, height) = (
        picture.width + 2.0 * MARGIN,
        picture.height + HEADING_HEIGHT + 2.0 * MARGIN,
    );
    let mut marks = Group::new().set(
        "transform",
        format!("translate({MARGIN} {})", MARGIN + HEADING_HEIGHT),
    );
    for mark in &picture.marks {
        marks = add(marks, mark);
    }
    let ink = MarkRole::Ink.style().fill.unwrap_or(PAPER).light;
    let heading = |text: &str, y: f64, size: u32, weight: u32| {
        Text::new(text)
            .set("x", MARGIN)
            .set("y", y)
            .set("font-size", size)
            .set("font-weight", weight)
            .set("fill", ink)
    };
    let title = format!("{plan_title}: {}. {}", picture.title, picture.sentence);
    let document = sheet(width, height, title)
        .add(
            Rectangle::new()
                .set("width", width.ceil())
                .set("height", height.ceil())
                .set("fill", PAPER.light),
        )
        .add(heading(
            &format!("{plan_title}: {}", picture.title),
            MARGIN + 16.0,
            18,
            600,
        ))
        .add(heading(&picture.sentence, MARGIN + 38.0, 13, 400))
        .add(marks);
    written(&document)
}

fn add(group: Group, mark: &PictureMark) -> Group {
    let style = mark.role.style();
    let fill = style.fill.map_or("none", |tone| tone.light);
    let stroke = style.stroke.map_or("none", |tone| tone.light);
    match &mark.shape {
        MarkShape::Box {
            x,
            y,
            width,
            height,
            round,
        } => group.add(
            Rectangle::new()
                .set("x", *x)
                .set("y", *y)
                .set("width", *width)
                .set("height", *height)
                .set("rx", *round)
                .set("fill", fill)
                .set("stroke", stroke)
                .set("stroke-width", style.stroke_width),
        ),
        MarkShape::Path { d } => group.add(
            Path::new()
                .set("d", d.as_str())
                .set("fill", fill)
                .set("stroke", stroke)
                .set("stroke-width", style.stroke_width)
                .set("stroke-dasharray", style.dashes),
        ),
        MarkShape::Text { x, y, text, anchor } => group.add(
            Text::new(text.as_str())
                .set("x", *x)
                .set("y", *y)
                .set("font-size", TEXT_SIZE)
                .set("fill", fill)
                .set(
                    "text-anchor",
                    match anchor {
                        Anchor::Start => "start",
                        Anchor::Middle => "middle",
                        Anchor::End => "end",
                    },
                ),
        ),
    }
}
