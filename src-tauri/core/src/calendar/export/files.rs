//! The events as files that every calendar takes.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono_tz::Tz;
use ics::ICalendar;
use ics::components::Property;
use ics::properties::{CalScale, Color, Method, Name, RefreshInterval};

use super::agenda::{Agenda, colour};
use super::event::Writer;
use super::text::{Folded, text};
use crate::calendar::ledger::{Due, Export, Kind, Tombstone};
use crate::calendar::zone;
use crate::roadmap::Phase;

const PRODID: &str = "-//Waymark//Study planner//EN";
const END: &str = "END:VCALENDAR\r\n";
/// Google imports files of up to 1 MB; fewer events than these are taken by all that were asked.
const MOST_EVENTS: usize = 1_000;
const MOST_BYTES: usize = 900_000;
/// What an event takes about, with its notes and a reminder.
const USUAL_BYTES: usize = 600;
/// How often a program that follows a live file may look at it again: a hint, which not every one takes.
const REFRESH: &str = "PT1H";

/// An .ics file to be written.
#[derive(Debug)]
pub struct File {
    /// What tells it from the others of the export, as a part of its name, such as `foundations-2`; empty for the first or only one.
    pub part: String,
    /// Its text (RFC 5545, UTF-8, lines that end with CRLF).
    pub text: String,
    /// How many events it has, cancelled ones included.
    pub events: usize,
}

impl File {
    /// Its name: `study.ics`, `study-2.ics`, `study-foundations.ics`.
    pub fn name(&self, stem: &str) -> String {
        match self.part.as_str() {
            "" => format!("{stem}.ics"),
            part => format!("{stem}-{part}.ics"),
        }
    }
}

/// The files of an export, none of more than 1,000 events or 900 kB; none at all where there is nothing to say.
pub fn files(agenda: &Agenda, export: &Export) -> Vec<File> {
    let mut groups: BTreeMap<Option<usize>, (Vec<&Due>, Vec<&Tombstone>)> = BTreeMap::new();
    let is_split = agenda.options.file_per_phase;
    for due in &export.due {
        let wanted = agenda.events.get(due.event);
        let subject = wanted.and_then(|wanted| agenda.subjects.get(wanted.subject));
        let phase = subject
            .and_then(|subject| subject.phase)
            .filter(|_| is_split);
        groups.entry(phase).or_default().0.push(due);
    }
    for tombstone in &export.tombstones {
        let is_its = |phase: &Phase| Some(&phase.id) == tombstone.phase.as_ref();
        let mut phases = agenda.plan.roadmap().phases.iter();
        let phase = phases.position(is_its).filter(|_| is_split);
        groups.entry(phase).or_default().1.push(tombstone);
    }
    let mut writer = Writer::new(agenda.plan.id(), &agenda.options);
    let mut files = Vec::new();
    for (phase, (due, tombstones)) in groups {
        let mut sheet = Sheet::new(agenda, phase, export.kind);
        sheet.reserve(due.len() + tombstones.len());
        for due in due {
            let mark = sheet.text.len();
            sheet.add(&mut writer, due);
            sheet.break_at(mark, &mut files);
        }
        for tombstone in tombstones {
            let mark = sheet.text.len();
            writer.tombstone(&mut sheet.text, tombstone);
            sheet.break_at(mark, &mut files);
        }
        files.extend(sheet.finish());
    }
    files
}

/// All that is, in one text, for a program that follows the file and takes each version of it for the whole calendar: what is gone is left out.
pub fn live_file(agenda: &Agenda, export: &Export) -> String {
    let mut sheet = one(agenda, export);
    let refresh: Property = RefreshInterval::new(REFRESH).into();
    let mut hints = String::new();
    for property in [refresh, Property::new("X-PUBLISHED-TTL", REFRESH)] {
        let _ = write!(Folded::new(&mut hints), "{property}");
    }
    sheet.text.insert_str(sheet.head.len(), &hints);
    sheet.head.push_str(&hints);
    sheet.take()
}

/// All that is, in one text, however long.
pub(super) fn whole(agenda: &Agenda, export: &Export) -> String {
    one(agenda, export).take()
}

fn one<'a>(agenda: &'a Agenda, export: &Export) -> Sheet<'a> {
    let mut sheet = Sheet::new(agenda, None, Kind::Full);
    sheet.reserve(export.due.len());
    let mut writer = Writer::new(agenda.plan.id(), &agenda.options);
    for due in &export.due {
        sheet.add(&mut writer, due);
    }
    sheet
}

/// A name that every system takes, made of what a person called something.
pub fn file_stem(title: &str) -> String {
    const LONGEST: usize = 60;
    // Windows keeps some names of up to four letters for itself.
    const SHORTEST: usize = 5;
    let mut stem = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        if stem.len() >= LONGEST {
            break;
        }
    }
    match stem.trim_end_matches('-') {
        "" => "study-plan".to_owned(),
        stem if stem.len() < SHORTEST => format!("study-{stem}"),
        stem => stem.to_owned(),
    }
}

/// A file in the making.
struct Sheet<'a> {
    agenda: &'a Agenda<'a>,
    /// The index of the only phase it is of, if it is of one.
    phase: Option<usize>,
    /// The lines before the first component.
    head: String,
    /// A VTIMEZONE for each zone that the events have times in: put behind the head once they are all there.
    zones: Vec<(Tz, String)>,
    /// The head and the events.
    text: String,
    events: usize,
    /// How many files of this phase there were before.
    before: usize,
}

impl<'a> Sheet<'a> {
    fn new(agenda: &'a Agenda<'a>, phase: Option<usize>, kind: Kind) -> Self {
        let roadmap = agenda.plan.roadmap();
        let title = match phase.and_then(|phase| roadmap.phases.get(phase)) {
            Some(phase) => text(&format!("{}: {}", roadmap.file.title, phase.title)),
            None => text(&roadmap.file.title),
        };
        let mut calendar = ICalendar::new("2.0", PRODID);
        calendar.push(CalScale::new("GREGORIAN"));
        if kind == Kind::Removals {
            calendar.push(Method::new("CANCEL"));
        }
        // One calendar reads the one property, the next the other.
        calendar.push(Name::new(title.as_str()));
        calendar.push(Property::new("X-WR-CALNAME", title.as_str()));
        if let Some(phase) = phase {
            calendar.push(Color::new(colour(phase)));
        }
        let mut head = String::new();
        let _ = write!(Folded::new(&mut head), "{calendar}");
        head.truncate(head.len().saturating_sub(END.len()));
        Self {
            agenda,
            phase,
            text: head.clone(),
            head,
            zones: Vec::new(),
            events: 0,
            before: 0,
        }
    }

    fn add(&mut self, writer: &mut Writer, due: &Due) {
        let agenda = self.agenda;
        let Some(wanted) = agenda.events.get(due.event) else {
            return;
        };
        let Some(subject) = agenda.subjects.get(wanted.subject) else {
            return;
        };
        if let Some(zone) = wanted.zone
            && !self.zones.iter().any(|(known, _)| *known == zone)
        {
            let (from, to) = agenda.extent();
            let component = zone::component(zone, from, to).unwrap_or_default();
            self.zones.push((zone, component));
        }
        writer.event(
            &mut self.text,
            (&subject.key, &subject.look),
            (wanted.ordinal, wanted.when, wanted.zone),
            due.revision,
        );
    }

    /// Makes room at once for so many events, as far as a file has them.
    fn reserve(&mut self, events: usize) {
        self.text.reserve(MOST_BYTES.min(events * USUAL_BYTES));
    }

    /// Counts what was written from `mark` on, and begins a new file with it where the present one is full.
    fn break_at(&mut self, mark: usize, files: &mut Vec<File>) {
        let zones: usize = self.zones.iter().map(|(_, text)| text.len()).sum();
        let bytes = zones + self.text.len() + END.len();
        if self.events > 0 && (self.events == MOST_EVENTS || bytes > MOST_BYTES) {
            let last = self.text.split_off(mark);
            files.extend(self.finish());
            self.reserve(MOST_EVENTS);
            self.text.push_str(&last);
        }
        self.events += 1;
    }

    fn finish(&mut self) -> Option<File> {
        if self.events == 0 {
            return None;
        }
        let number = (self.before > 0).then(|| (self.before + 1).to_string());
        let phases = &self.agenda.plan.roadmap().phases;
        let phase = self.phase.and_then(|phase| phases.get(phase));
        let phase = phase.map(|phase| phase.id.clone());
        let parts: Vec<String> = phase.into_iter().chain(number).collect();
        let file = File {
            part: parts.join("-"),
            text: self.take(),
            events: self.events,
        };
        self.events = 0;
        self.before += 1;
        Some(file)
    }

    /// The whole text. What comes next begins a new file.
    fn take(&mut self) -> String {
        let mut text = std::mem::replace(&mut self.text, self.head.clone());
        let zones: String = self.zones.iter().map(|(_, zone)| zone.as_str()).collect();
        text.insert_str(self.head.len(), &zones);
        text.push_str(END);
        text
    }
}
