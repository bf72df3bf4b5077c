//! The text of a roadmap.

use super::line::{FactsOf, bare_title};
use super::{GROUP_END, ID_MARK, NOTHING, escaped, note_line, one_line};
use crate::roadmap::{ItemEntry, ItemKind, Link, PhaseEntry, ReferenceEntry, Roadmap};
use crate::words;

/// A roadmap as text, each part with its id at the end of its line.
pub fn write(roadmap: &Roadmap) -> String {
    let file = &roadmap.file;
    let mut out = format!("# {}\n", one_line(&file.title));
    quote(&mut out, "", &file.summary);
    let mut before: Option<&str> = None;
    for (phase, entry) in roadmap.phases.iter().zip(&file.phases) {
        write_phase(&mut out, entry, before);
        let items = roadmap.items.get(phase.items.clone()).unwrap_or_default();
        let mut group = "";
        for (item, entry) in items.iter().zip(&entry.items) {
            write_group(&mut out, &mut group, &entry.group);
            write_item(&mut out, entry, item.effort_minutes);
        }
        before = Some(&entry.id);
    }
    let reference = &file.reference;
    let parts = [
        ("Trends", &reference.trends),
        ("Strategy", &reference.strategy),
        ("Final outcomes", &reference.outcomes),
    ];
    for (name, entries) in parts {
        if entries.is_empty() {
            continue;
        }
        out += &format!("\n## {name} (reference)\n");
        let mut group = "";
        for entry in entries {
            write_group(&mut out, &mut group, &entry.group);
            write_reference(&mut out, entry);
        }
    }
    out
}

/// Lines of a text, each behind a `>`.
fn quote(out: &mut String, indent: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    for line in text.split('\n') {
        let space = if line.is_empty() { "" } else { " " };
        *out += &format!("{indent}>{space}{}\n", note_line(line));
    }
}

fn write_phase(out: &mut String, phase: &PhaseEntry, before: Option<&str>) {
    let title = match phase.weeks {
        Some(weeks) => {
            let weeks = words::count(weeks as usize, "week");
            format!("{} ({weeks})", one_line(&phase.title))
        }
        None => bare_title(&phase.title, FactsOf::Heading),
    };
    *out += &format!("\n## {title} {ID_MARK}{}\n", phase.id);
    quote(out, "", &phase.summary);
    *out += &format!("Outcome: {}\n", one_line(&phase.outcome.title));
    if !phase.requires.iter().map(String::as_str).eq(before) {
        let needs = match &phase.requires[..] {
            [] => NOTHING.to_owned(),
            needs => needs.join(", "),
        };
        *out += &format!("After: {needs}\n");
    }
}

/// A heading, if the group changes.
fn write_group<'a>(out: &mut String, group: &mut &'a str, next: &'a str) {
    if *group == next {
        return;
    }
    *out += &match next {
        "" => format!("\n{GROUP_END}\n"),
        next => format!("\n**{}**\n", one_line(next)),
    };
    *group = next;
}

fn write_item(out: &mut String, item: &ItemEntry, minutes: u32) {
    let title = one_line(&item.title);
    let mut facts = words::effort(minutes.into());
    if item.kind != ItemKind::Topic {
        facts += &format!(", {}", item.kind.name());
    }
    if item.optional {
        facts += ", optional";
    }
    *out += &format!("- {title} ({facts}) {ID_MARK}{}\n", item.id);
    let mut line = |text: String| *out += &format!("  - {text}\n");
    if !item.summary.is_empty() {
        line(format!("About: {}", one_line(&item.summary)));
    }
    if !item.done_when.is_empty() {
        line(format!("Done when: {}", one_line(&item.done_when)));
    }
    if !item.requires.is_empty() {
        line(format!("After: {}", item.requires.join(", ")));
    }
    item.links.iter().for_each(|link| line(write_link(link)));
    for step in &item.steps {
        let title = match step.minutes {
            Some(minutes) => {
                format!(
                    "{} ({})",
                    one_line(&step.title),
                    words::effort(minutes.into())
                )
            }
            None => bare_title(&step.title, FactsOf::Step),
        };
        line(format!("[ ] {title}"));
    }
    quote(out, "  ", &item.notes);
}

/// A link as in Markdown, or its address alone.
fn write_link(link: &Link) -> String {
    let address = escaped(&link.address, |_, _| false);
    if link.title.is_empty() {
        return address;
    }
    let title = one_line(&link.title);
    // A link is no tick box, and has one address.
    let is_box = title.starts_with("x]") || title.starts_with("X]");
    let title = title.replacen(']', "\\u{5d}", usize::from(is_box));
    let address = address.replace("](", "\\u{5d}(");
    format!("[{title}]({address})")
}

fn write_reference(out: &mut String, entry: &ReferenceEntry) {
    *out += &format!("- {} {ID_MARK}{}\n", one_line(&entry.title), entry.id);
    if !entry.summary.is_empty() {
        *out += &format!("  - About: {}\n", one_line(&entry.summary));
    }
}
