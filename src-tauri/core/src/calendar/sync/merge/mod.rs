//! Writes an event of the plan into the resource that the server holds: only what Waymark owns
//! changes, and everything that a person or another program added stays.
//!
//! Waymark owns start and end, the title, the colour, the status and the version; and of the
//! description, categories, link and reminders the pieces that it wrote (see [`mark`]). All other
//! lines stay as they are, byte for byte, and so do the parameters of Waymark's own lines.

mod lines;
mod mark;
mod notes;
mod plain;
mod reminder;

use std::fmt::Write;

use ics::components::Property;

use self::lines::{HeldComponent, HeldLine, HeldPart};
use self::mark::{MARK, Mark, Marked, Piece};
use self::reminder::trigger;
use crate::calendar::export::Folded;

pub(super) use self::plain::with_mark;
pub use self::plain::{PlainText, plain};

/// The properties that are Waymark's as a whole.
const OWN: [&str; 8] = [
    "DTSTAMP",
    "LAST-MODIFIED",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "COLOR",
    "STATUS",
];
/// The other way to write an end, and the mark, which is written again.
const REPLACED: [&str; 2] = ["DURATION", MARK];
/// Parameters that say how a value is written, and so belong to it.
const OF_THE_VALUE: [&str; 4] = ["TZID", "VALUE", "ENCODING", "CHARSET"];

/// The text of a resource with the plan's event in it.
#[derive(Debug, PartialEq)]
pub struct Merged {
    /// The text to send.
    pub text: String,
    /// Whether a person had deleted some of Waymark's part of the description, which is there
    /// again.
    pub is_restored: bool,
}

/// A text that Waymark is about to send as a new resource, with the mark.
pub(super) fn marked(text: &str) -> String {
    merge(text, text).map_or_else(|| text.to_owned(), |merged| merged.text)
}

/// The resource `held` with the event of `new` in it. `None` if `held` does not hold that event.
pub(super) fn merge(held: &str, new: &str) -> Option<Merged> {
    let held = HeldComponent::calendar(held)?;
    let new = HeldComponent::calendar(new)?;
    let event = new.components("VEVENT").next()?;
    let uid = event.line("UID")?.value().trim();
    let is_it =
        |other: &HeldComponent| other.line("UID").is_some_and(|it| it.value().trim() == uid);
    let is_occurrence = |other: &HeldComponent| other.line("RECURRENCE-ID").is_some();
    let mut events = held.components("VEVENT");
    events.find(|other| is_it(other) && !is_occurrence(other))?;

    let zone = |component: &HeldComponent| {
        let name = component.line("TZID");
        name.map(|name| name.value().trim().to_owned())
    };
    let zones: Vec<Option<String>> = new.components("VTIMEZONE").map(zone).collect();
    let mut text = String::new();
    let mut is_restored = false;
    held.write_around(&mut text, |out| {
        let (mut has_zones, mut is_done) = (false, false);
        for part in &held.parts {
            let HeldPart::Component(component) = part else {
                part.write(out);
                continue;
            };
            // Before the first component, so that each zone is defined before it is used.
            if !std::mem::replace(&mut has_zones, true) {
                new.components("VTIMEZONE").for_each(|zone| zone.write(out));
            }
            if component.is("VTIMEZONE") && zones.contains(&zone(component)) {
                continue;
            }
            let is_ours = component.is("VEVENT") && is_it(component) && !is_occurrence(component);
            if is_ours && !std::mem::replace(&mut is_done, true) {
                is_restored = MergedEvent::new(component, event).write(out);
            } else {
                component.write(out);
            }
        }
    });
    Some(Merged { text, is_restored })
}

/// One event as the server holds it, and as Waymark would write it.
struct MergedEvent<'a> {
    held: &'a HeldComponent<'a>,
    new: &'a HeldComponent<'a>,
    mark: Mark,
    /// The properties written so far.
    written: Vec<&'static str>,
    pieces: Vec<Piece>,
    is_restored: bool,
}

impl<'a> MergedEvent<'a> {
    fn new(held: &'a HeldComponent<'a>, new: &'a HeldComponent<'a>) -> Self {
        Self {
            held,
            new,
            mark: Mark::of(held),
            written: Vec::new(),
            pieces: Vec::new(),
            is_restored: false,
        }
    }

    /// Returns whether a deleted part of the description is there again.
    fn write(mut self, out: &mut String) -> bool {
        let held = self.held;
        held.write_around(out, |out| {
            for line in held.lines() {
                self.write_line(line, out);
            }
            self.write_rest(out);
            for part in &held.parts {
                match part {
                    HeldPart::Line(_) => {}
                    HeldPart::Component(alarm) if alarm.is("VALARM") => {
                        self.write_held_alarm(alarm, out);
                    }
                    HeldPart::Component(component) => component.write(out),
                }
            }
            self.write_new_alarms(out);
        });
        self.is_restored
    }

    fn write_line(&mut self, line: &HeldLine, out: &mut String) {
        if let Some(name) = OWN.into_iter().find(|name| line.is(name)) {
            match self.new.line(name) {
                Some(new) if !self.written.contains(&name) => {
                    self.written.push(name);
                    replace(line, name, new, new.value(), out);
                }
                // A second one is no valid event.
                Some(_) => {}
                None => line.write(out),
            }
        } else if line.is("DESCRIPTION") {
            self.write_description(line, out);
        } else if line.is("CATEGORIES") {
            self.write_categories(line, out);
        } else if line.is("URL") {
            self.write_link(line, out);
        } else if line.is("TRANSP") {
            self.written.push("TRANSP");
            line.write(out);
        } else if !line.is_any(&REPLACED) {
            line.write(out);
        }
    }

    /// Writes a line of Waymark's that the server's event does not have.
    fn write_missing(&mut self, name: &'static str, out: &mut String) {
        if !self.written.contains(&name) {
            self.written.push(name);
            if let Some(line) = self.new.line(name) {
                line.write(out);
            }
        }
    }

    fn write_description(&mut self, line: &HeldLine, out: &mut String) {
        if self.written.contains(&"DESCRIPTION") {
            return line.write(out);
        }
        self.written.push("DESCRIPTION");
        let notes = notes::merged(line.value(), self.value("DESCRIPTION"), &self.mark);
        self.is_restored = notes.is_restored;
        if notes.value == line.value() {
            line.write(out);
        } else if !notes.value.is_empty() {
            replace(line, "DESCRIPTION", line, &notes.value, out);
        }
    }

    /// A line may have values of Waymark and of the person.
    fn write_categories(&mut self, line: &HeldLine, out: &mut String) {
        let new = self.value("CATEGORIES");
        let values = separated(line.value());
        // Earlier versions wrote commas, escaped, and no mark.
        let is_own = |value: &&str| {
            value.replace("\\,", "") == new || self.mark.has(Marked::Category, value)
        };
        if !values.iter().any(is_own) {
            return line.write(out);
        }
        let is_first = !self.written.contains(&"CATEGORIES");
        let theirs = values.iter().copied().filter(|value| !is_own(value));
        let own = Some(new).filter(|new| is_first && !new.is_empty());
        let values: Vec<&str> = own.into_iter().chain(theirs).collect();
        self.written.push("CATEGORIES");
        if !values.is_empty() {
            replace(line, "CATEGORIES", line, &values.join(","), out);
        }
    }

    fn write_link(&mut self, line: &HeldLine, out: &mut String) {
        let new = self.value("URL");
        let is_own = self.mark.has(Marked::Link, line.value()) || line.value() == new;
        if !is_own {
            self.written.push("URL");
            return line.write(out);
        }
        if !self.written.contains(&"URL") && !new.is_empty() {
            self.written.push("URL");
            replace(line, "URL", line, new, out);
            self.mark_link();
        }
    }

    fn mark_link(&mut self) {
        let link = self.value("URL");
        if !link.is_empty() {
            self.pieces.push(Marked::Link.piece(link));
        }
    }

    /// Writes what the server's event does not have yet, and the mark.
    fn write_rest(&mut self, out: &mut String) {
        if !self.written.contains(&"URL") {
            self.mark_link();
        }
        let notes = self.value("DESCRIPTION");
        if !self.written.contains(&"DESCRIPTION") {
            self.is_restored = notes::merged("", notes, &self.mark).is_restored;
        }
        for name in OWN
            .into_iter()
            .chain(["DESCRIPTION", "CATEGORIES", "URL", "TRANSP"])
        {
            self.write_missing(name, out);
        }
        self.pieces.extend(notes::pieces(notes));
        let category = self.value("CATEGORIES");
        if !category.is_empty() {
            self.pieces.push(Marked::Category.piece(category));
        }
        for alarm in self.new.components("VALARM") {
            self.pieces.push(Marked::Reminder.piece(&trigger(alarm)));
        }
        property(out, MARK, &mark::value(&self.pieces));
    }

    /// A reminder of Waymark's keeps what a program wrote into it, such as when it was dismissed.
    fn write_held_alarm(&self, alarm: &HeldComponent, out: &mut String) {
        if !self.is_own(alarm) {
            return alarm.write(out);
        }
        let mut wanted = self.new.components("VALARM");
        if let Some(new) = wanted.find(|new| trigger(new) == trigger(alarm)) {
            alarm.write_around(out, |out| {
                for part in &alarm.parts {
                    match part {
                        HeldPart::Line(line) if line.is("DESCRIPTION") => {
                            let new = new.line("DESCRIPTION").unwrap_or(line);
                            replace(line, "DESCRIPTION", new, new.value(), out);
                        }
                        part => part.write(out),
                    }
                }
            });
        }
    }

    /// Whether Waymark wrote this reminder. A person may have added another one for the same time:
    /// the plainest is Waymark's.
    fn is_own(&self, alarm: &HeldComponent) -> bool {
        let when = trigger(alarm);
        if !self.mark.has(Marked::Reminder, &when) {
            return false;
        }
        let alike = self.held.components("VALARM").filter(|other| {
            let action = other.line("ACTION").map_or("", HeldLine::value);
            trigger(other) == when && action.eq_ignore_ascii_case("DISPLAY")
        });
        let plainest = alike.min_by_key(|other| other.parts.len());
        plainest.is_some_and(|own| std::ptr::eq(own, alarm))
    }

    /// A reminder that a person removed or changed stays that way.
    fn write_new_alarms(&self, out: &mut String) {
        for new in self.new.components("VALARM") {
            let wanted = trigger(new);
            let mut there = self.held.components("VALARM");
            let is_there = there.any(|alarm| trigger(alarm) == wanted);
            if !is_there && !self.mark.has(Marked::Reminder, &wanted) {
                new.write(out);
            }
        }
    }

    fn value(&self, name: &str) -> &'a str {
        self.new.line(name).map_or("", HeldLine::value)
    }
}

/// The values of a list, still escaped.
fn separated(list: &str) -> Vec<&str> {
    let mut is_escaped = false;
    let values = list.split(|c| {
        let is_end = c == ',' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    values
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .collect()
}

/// Writes a line with a new value and the parameters of `new`, and with all others that the held
/// line had.
fn replace(held: &HeldLine, name: &str, new: &HeldLine, value: &str, out: &mut String) {
    let of = |parameter: &str| {
        let name = parameter.split('=').next().unwrap_or_default();
        name.trim().to_ascii_uppercase()
    };
    let mut name = name.to_owned();
    let own: Vec<String> = new.parameters().map(of).collect();
    for parameter in new.parameters() {
        name.push(';');
        name.push_str(parameter);
    }
    for parameter in held.parameters() {
        let known = of(parameter);
        if !own.contains(&known) && !OF_THE_VALUE.contains(&known.as_str()) {
            name.push(';');
            name.push_str(parameter);
        }
    }
    property(out, &name, value);
}

fn property(out: &mut String, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = write!(Folded::new(out), "{}", Property::new(name, value));
}

#[cfg(test)]
mod tests;
