use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::progress::progress;
use crate::samples::{embedded, entry, plans};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The embedded plan with its first `weeks` weeks done, except every fourth session.
fn studied(weeks: i64) -> (Plan, DateTime<Utc>) {
    let plan = embedded();
    let now = plan.start_instant() + TimeDelta::weeks(weeks);
    let sessions = progress(&plan, plan.start_instant()).sessions;
    let past = sessions
        .iter()
        .filter(|session| session.end().instant() <= now)
        .enumerate()
        .filter(|(number, _)| number % 4 != 3);
    let done: Vec<_> = past
        .map(|(_, session)| {
            entry(
                &plan,
                session.item,
                session.start.instant(),
                session.minutes,
            )
        })
        .collect();
    (plan.changed(&done, now).unwrap(), now)
}

fn drawn(plan: &Plan, kind: PictureKind, now: DateTime<Utc>) -> Picture {
    let size = PictureSize {
        width: 700,
        baseline: None,
    };
    draw(plan, kind, size, now)
}

fn roles(picture: &Picture) -> Vec<MarkRole> {
    picture.marks.iter().map(|mark| mark.role).collect()
}

/// Title, sentence, the first and last cells, and the table.
fn told(picture: &Picture) -> String {
    let cells: Vec<&str> = picture
        .cells
        .iter()
        .map(|cell| cell.label.as_str())
        .collect();
    let shown = if cells.len() > 6 {
        let (first, last) = (&cells[..3], &cells[cells.len() - 3..]);
        format!("{}\n…\n{}", first.join("\n"), last.join("\n"))
    } else {
        cells.join("\n")
    };
    let rows: Vec<String> = picture
        .table
        .rows
        .iter()
        .map(|row| row.join(" | "))
        .collect();
    format!(
        "{}: {}\n\n{shown}\n\n{}\n{}\n",
        picture.title,
        picture.sentence,
        picture.table.columns.join(" | "),
        rows.join("\n")
    )
}

#[test]
fn ten_weeks_of_record_in_words() {
    let (plan, now) = studied(10);
    let kinds = [
        PictureKind::BurnUp,
        PictureKind::StudyDays,
        PictureKind::Hours,
    ];
    let told = kinds.map(|kind| told(&drawn(&plan, kind, now)));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_plan_that_has_not_begun_in_words() {
    let plan = embedded();
    let now = at("2026-12-20T12:00:00Z");
    let kinds = [
        PictureKind::BurnUp,
        PictureKind::StudyDays,
        PictureKind::Hours,
    ];
    let told = kinds.map(|kind| told(&drawn(&plan, kind, now)));
    insta::assert_snapshot!(told.join("\n"));
}

/// Until the record counts half, real schedules are in the place of the forecast; after a pause
/// there is neither.
#[test]
fn the_fan_is_drawn_once_the_record_is_the_learners_own() {
    let has = |weeks, away, role| {
        let (plan, now) = studied(weeks);
        let now = now + TimeDelta::weeks(away);
        roles(&drawn(&plan, PictureKind::BurnUp, now)).contains(&role)
    };
    assert!(has(2, 0, MarkRole::Rung) && !has(2, 0, MarkRole::FanNear));
    assert!(!has(10, 0, MarkRole::Rung) && has(10, 0, MarkRole::FanNear));
    assert!(!has(10, 3, MarkRole::Rung) && !has(10, 3, MarkRole::FanNear));
}

/// No day is marked as missed: a day without work looks the same whether or not some was planned.
#[test]
fn undone_has_no_colour_of_its_own() {
    let (plan, now) = studied(10);
    let days = drawn(&plan, PictureKind::StudyDays, now);
    assert!(!roles(&days).contains(&MarkRole::Now));
    assert!(days.cells.iter().all(|cell| !cell.label.contains("missed")));
}

#[test]
fn the_baseline_is_the_named_one_or_the_latest() {
    let (plan, now) = studied(3);
    let change = crate::plan::change::SetBaseline {
        name: "January".into(),
    };
    let change = crate::plan::Change::Baseline(change);
    let plan = plan.changed(&[change], now).unwrap();
    let named = |baseline| {
        let size = PictureSize {
            width: 700,
            baseline,
        };
        draw(&plan, PictureKind::BurnUp, size, now).sentence
    };
    assert!(named(None).contains("“January”"));
    assert!(named(Some("First plan")).contains("“First plan”"));
    assert!(named(Some("gone")).contains("“January”"));
}

#[test]
fn a_file_is_svg_with_title_and_message() {
    let (plan, now) = studied(10);
    for kind in [
        PictureKind::BurnUp,
        PictureKind::StudyDays,
        PictureKind::Hours,
    ] {
        let picture = drawn(&plan, kind, now);
        let text = progress_svg("A & B", &picture);
        let read = roxmltree::Document::parse(&text).unwrap();
        let texts: Vec<&str> = read.descendants().filter_map(|node| node.text()).collect();
        assert!(texts.iter().any(|text| text.contains("A & B")));
        assert!(texts.iter().any(|text| text.trim() == picture.sentence));
        // The first picture of a file: it is known again as one that may be overwritten.
        assert!(text.starts_with("<svg") && text.contains("font-family=\"system-ui"));
    }
}

proptest! {
    /// Of any plan at any time, in any width: everything is on the sheet.
    #[test]
    fn everything_is_on_the_sheet(
        plan in plans(),
        weeks in -4i64..120,
        width in 200u32..1600,
    ) {
        let now = plan.start_instant() + TimeDelta::weeks(weeks);
        for kind in [PictureKind::BurnUp, PictureKind::StudyDays, PictureKind::Hours] {
            let picture = draw(&plan, kind, PictureSize { width, baseline: None }, now);
            prop_assert!(picture.cells.len() <= 53 * 7);
            prop_assert_eq!(picture.cells.len() % picture.stride as usize, 0);
            for cell in &picture.cells {
                prop_assert!(cell.x >= 0.0 && cell.x + cell.width <= picture.width + 0.2);
                prop_assert!(cell.y >= 0.0 && cell.y + cell.height <= picture.height + 0.2);
            }
            for mark in &picture.marks {
                match &mark.shape {
                    MarkShape::Box { x, y, width, height, .. } => {
                        prop_assert!(*x >= 0.0 && *y >= 0.0 && *width >= 0.0 && *height >= 0.0);
                        prop_assert!(y + height <= picture.height + 0.2);
                    }
                    MarkShape::Path { d } => prop_assert!(!d.contains("NaN") && !d.contains("inf")),
                    MarkShape::Text { x, y, .. } => {
                        prop_assert!(*x >= 0.0 && *x <= picture.width);
                        prop_assert!(*y >= 0.0 && *y <= picture.height);
                    }
                }
            }
        }
    }
}
