//! Writes an event of the plan into the resource that the server holds: only what Waymark owns
//! changes, and everything that a person or another program added stays.
//!
//! Waymark owns the times (and so any recurrence), the title, the colour, the status and the
//! version; and of the description, categories, link and reminders the pieces that it wrote (see
//! [`mark`]). All other lines stay as they are, byte for byte.

mod lines;
mod mark;
mod notes;

use std::fmt::Write;

use ics::components::Property;

use self::lines::{HeldComponent, HeldLine, HeldPart};
use self::mark::{MARK, Mark, Marked};
use crate::calendar::export::Folded;

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
/// Other ways to tell a time, and the mark, which is written again.
const REPLACED: [&str; 6] = ["DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", MARK];

/// A text that Waymark is about to send as a new resource, with the mark.
pub(super) fn marked(text: &str) -> String {
    merge(text, text).unwrap_or_else(|| text.to_owned())
}

/// The resource `held` with the event of `new` in it. `None` if `held` does not hold that event.
pub(super) fn merge(held: &str, new: &str) -> Option<String> {
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
            if !component.is("VEVENT") || !is_it(component) {
                component.write(out);
            } else if !is_occurrence(component) && !std::mem::replace(&mut is_done, true) {
                MergedEvent::new(component, event).write(out);
            }
        }
    });
    Some(text)
}

/// One event as the server holds it, and as Waymark would write it.
struct MergedEvent<'a> {
    held: &'a HeldComponent<'a>,
    new: &'a HeldComponent<'a>,
    mark: Mark,
    /// The properties written so far.
    written: Vec<&'static str>,
    digests: Vec<u64>,
}

impl<'a> MergedEvent<'a> {
    fn new(held: &'a HeldComponent<'a>, new: &'a HeldComponent<'a>) -> Self {
        Self {
            held,
            new,
            mark: Mark::of(held),
            written: Vec::new(),
            digests: Vec::new(),
        }
    }

    fn write(mut self, out: &mut String) {
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
    }

    fn write_line(&mut self, line: &HeldLine, out: &mut String) {
        if let Some(name) = OWN.into_iter().find(|name| line.is(name)) {
            self.write_own(name, out);
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

    /// Writes Waymark's own line of a property, the first time that it is called for.
    fn write_own(&mut self, name: &'static str, out: &mut String) {
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
        let new = self.value("DESCRIPTION");
        let merged = notes::merged(line.value(), new, &self.mark);
        if merged == line.value() {
            line.write(out);
        } else if !merged.is_empty() {
            property(out, "DESCRIPTION", &merged);
        }
    }

    /// A line may have values of Waymark and of the person.
    fn write_categories(&mut self, line: &HeldLine, out: &mut String) {
        let new = self.value("CATEGORIES");
        let is_first = !self.written.contains(&"CATEGORIES");
        let values = separated(line.value());
        let is_own = |value: &&str| {
            *value == new
                || self.mark.has(Marked::Category, value)
                || !self.mark.is_there() && is_first
        };
        if !values.iter().any(is_own) {
            return line.write(out);
        }
        let theirs = values.iter().copied().filter(|value| !is_own(value));
        let own = Some(new).filter(|new| is_first && !new.is_empty());
        let values: Vec<&str> = own.into_iter().chain(theirs).collect();
        self.written.push("CATEGORIES");
        if !values.is_empty() {
            property(out, "CATEGORIES", &values.join(","));
        }
    }

    fn write_link(&mut self, line: &HeldLine, out: &mut String) {
        if self.mark.has(Marked::Link, line.value()) || line.value() == self.value("URL") {
            self.write_own("URL", out);
            self.digest_link();
        } else {
            self.written.push("URL");
            line.write(out);
        }
    }

    fn digest_link(&mut self) {
        let link = self.value("URL");
        if !link.is_empty() {
            self.digests.push(Marked::Link.digest(link));
        }
    }

    /// Writes what the server's event does not have yet, and the mark.
    fn write_rest(&mut self, out: &mut String) {
        if !self.written.contains(&"URL") {
            self.digest_link();
        }
        for name in OWN
            .into_iter()
            .chain(["DESCRIPTION", "CATEGORIES", "URL", "TRANSP"])
        {
            self.write_own(name, out);
        }
        self.digests.extend(notes::marks(self.value("DESCRIPTION")));
        let category = self.value("CATEGORIES");
        if !category.is_empty() {
            self.digests.push(Marked::Category.digest(category));
        }
        for alarm in self.new.components("VALARM") {
            self.digests.push(Marked::Reminder.digest(trigger(alarm)));
        }
        property(out, MARK, &mark::value(&self.digests));
    }

    /// A reminder of Waymark's keeps what a program wrote into it, such as when it was dismissed.
    fn write_held_alarm(&self, alarm: &HeldComponent, out: &mut String) {
        let trigger_there = trigger(alarm);
        let mut wanted = self.new.components("VALARM");
        let wanted = wanted.find(|new| trigger(new) == trigger_there);
        let is_own = self.mark.has(Marked::Reminder, trigger_there);
        match wanted {
            None if is_own => {}
            Some(new) if is_own => alarm.write_around(out, |out| {
                for part in &alarm.parts {
                    match part {
                        HeldPart::Line(line) if line.is("DESCRIPTION") => {
                            new.line("DESCRIPTION").unwrap_or(line).write(out);
                        }
                        part => part.write(out),
                    }
                }
            }),
            _ => alarm.write(out),
        }
    }

    /// A reminder that a person removed or changed stays that way.
    fn write_new_alarms(&self, out: &mut String) {
        for new in self.new.components("VALARM") {
            let wanted = trigger(new);
            let mut there = self.held.components("VALARM");
            let is_there = there.any(|alarm| trigger(alarm) == wanted);
            if !is_there && !self.mark.has(Marked::Reminder, wanted) {
                new.write(out);
            }
        }
    }

    fn value(&self, name: &str) -> &'a str {
        self.new.line(name).map_or("", HeldLine::value)
    }
}

fn trigger<'a>(alarm: &'a HeldComponent) -> &'a str {
    alarm.line("TRIGGER").map_or("", HeldLine::value).trim()
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

fn property(out: &mut String, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = write!(Folded::new(out), "{}", Property::new(name, value));
}

#[cfg(test)]
mod tests;
