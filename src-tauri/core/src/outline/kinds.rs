//! The kinds of items, from words.

use super::text;
use crate::roadmap::ItemKind;

/// The kind that a word names.
pub(super) fn kind_word(text: &str) -> Option<ItemKind> {
    let words = text::bare(text);
    let any = |list: &[&str]| words.split(' ').any(|word| list.contains(&word));
    if any(&[
        "project",
        "projects",
        "build",
        "homework",
        "assignment",
        "assignments",
        "lab",
        "labs",
        "capstone",
        "stack",
        "exercise",
        "projekt",
        "projekte",
        "übung",
        "projet",
        "projets",
        "exercice",
        "proyecto",
        "proyectos",
        "ejercicio",
    ]) {
        Some(ItemKind::Project)
    } else if any(&[
        "certification",
        "certifications",
        "certificate",
        "certificates",
        "exam",
        "prüfung",
        "examen",
    ]) {
        Some(ItemKind::Certification)
    } else if any(&[
        "tool",
        "tools",
        "platform",
        "platforms",
        "werkzeuge",
        "outils",
    ]) {
        Some(ItemKind::Tool)
    } else if any(&["portfolio"]) {
        Some(ItemKind::Portfolio)
    } else if any(&["questions"]) {
        Some(ItemKind::Question)
    } else if any(&["skills"]) && words.starts_with("key ") {
        Some(ItemKind::Skill)
    } else {
        None
    }
}

/// The kind of an item, from its own words and those of its headings.
pub(super) fn kind(title: &str, group: &str, phase: &str, emoji: Option<char>) -> ItemKind {
    let label = title
        .split_once(':')
        .and_then(|(label, _)| kind_word(label));
    let whole = Some(title).filter(|title| title.split_whitespace().count() <= 2);
    label
        .or((emoji == Some('📦')).then_some(ItemKind::Project))
        .or_else(|| whole.and_then(kind_word))
        .or_else(|| kind_word(group))
        .or_else(|| kind_word(phase))
        .unwrap_or(ItemKind::Topic)
}
