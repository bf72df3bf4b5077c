//! A roadmap as text to read: every phase, item and outcome, and the reference.

use super::file::ReferenceEntry;
use super::{Phase, Roadmap};
use crate::words;

/// The whole roadmap as text.
pub fn text(roadmap: &Roadmap) -> String {
    let mut out = format!("{}\n", roadmap.file.title);
    if !roadmap.file.summary.is_empty() {
        out += &format!("{}\n", roadmap.file.summary);
    }
    for (number, phase) in roadmap.phases.iter().enumerate() {
        phase_text(&mut out, roadmap, phase, number);
    }
    let reference = &roadmap.file.reference;
    let parts = [
        ("Trends", &reference.trends),
        ("Strategy", &reference.strategy),
        ("Outcomes", &reference.outcomes),
    ];
    for (name, entries) in parts {
        reference_text(&mut out, name, entries);
    }
    out
}

fn phase_text(out: &mut String, roadmap: &Roadmap, phase: &Phase, number: usize) {
    let entry = roadmap.file.phases.get(number);
    let weeks = match entry.and_then(|entry| entry.weeks) {
        Some(weeks) => format!(" ({})", words::count(weeks as usize, "week")),
        None => String::new(),
    };
    *out += &format!("\n{}. {}{weeks}\n", number + 1, phase.title);
    if let Some(summary) = entry
        .map(|entry| entry.summary.trim())
        .filter(|s| !s.is_empty())
    {
        *out += &format!("   {}\n", summary.replace('\n', "\n   "));
    }
    let mut group = "";
    for index in phase.items.clone() {
        let Some(item) = roadmap.items.get(index) else {
            continue;
        };
        if item.group != group {
            group = &item.group;
            *out += &format!("   {group}\n");
        }
        let optional = if item.optional { ", optional" } else { "" };
        let effort = words::effort(u64::from(item.effort_minutes));
        *out += &format!("   - {} ({effort}{optional})\n", item.title);
        let mut line = |text: &str| *out += &format!("     {}\n", text.replace('\n', "\n     "));
        if !item.summary.is_empty() {
            line(&item.summary);
        }
        let Some(entry) = roadmap.entry(index) else {
            continue;
        };
        if !entry.done_when.is_empty() {
            line(&format!("Done when: {}", entry.done_when));
        }
        entry.links.iter().for_each(|link| line(&link.line()));
        for step in &entry.steps {
            let minutes = step.minutes.map(|minutes| words::effort(minutes.into()));
            let minutes = minutes.map_or_else(String::new, |minutes| format!(" ({minutes})"));
            line(&format!("[ ] {}{minutes}", step.title));
        }
        if !entry.notes.is_empty() {
            line(entry.notes.trim_end());
        }
    }
    *out += &format!("   Outcome: {}\n", phase.outcome);
}

fn reference_text(out: &mut String, name: &str, entries: &[ReferenceEntry]) {
    if entries.is_empty() {
        return;
    }
    *out += &format!("\n{name}\n");
    let mut group = "";
    for entry in entries {
        if entry.group != group {
            group = &entry.group;
            *out += &format!("   {group}\n");
        }
        *out += &format!("   - {}\n", entry.title);
        if !entry.summary.is_empty() {
            *out += &format!("     {}\n", entry.summary.replace('\n', "\n     "));
        }
    }
}
