//! A file under construction: its head, its time zones and its events.

use std::fmt::Write;

use crate::zone::Zone;
use ics::ICalendar;
use ics::components::Property;
use ics::properties::{CalScale, Color, Method, Name};

use super::counts::EventCounts;
use super::file::IcsFile;
use crate::calendar::event::{EventKind, Tombstone};
use crate::calendar::export::{CalendarContents, EventParts, Folded, Writer, colour, text};
use crate::calendar::ledger::{ExportKind, PendingWrite};
use crate::calendar::zone;

const PRODID: &str = "-//Waymark//Study planner//EN";
const END: &str = "END:VCALENDAR\r\n";
/// Google imports files of up to 1 MB; files of fewer events than this are accepted everywhere.
const MOST_EVENTS: usize = 1_000;
const MOST_BYTES: usize = 900_000;
/// The approximate size of an event with its notes and a reminder.
const USUAL_BYTES: usize = 600;

/// Whether a calendar file was written by Waymark.
pub fn is_ours(text: &str) -> bool {
    let mut head = text.lines().take(10);
    head.any(|line| line.strip_prefix("PRODID:").is_some_and(|id| id == PRODID))
}

/// A file under construction.
pub(super) struct FileBuilder<'a> {
    contents: &'a CalendarContents<'a>,
    /// The index of the phase it is for; `None` for the whole plan.
    phase: Option<usize>,
    /// The lines before the first component.
    head: String,
    /// A VTIMEZONE for each zone that events have times in, inserted after the head at the end.
    zones: Vec<(Zone, String)>,
    /// The head and the events.
    text: String,
    /// The position in `text` at which the last event begins.
    last: usize,
    /// The events so far.
    pub events: EventCounts,
    /// The kind of the last event; `None` if it is cancelled.
    last_kind: Option<EventKind>,
    /// The number of finished files of the same phase.
    finished: usize,
}

impl<'a> FileBuilder<'a> {
    pub fn new(contents: &'a CalendarContents<'a>, phase: Option<usize>, kind: ExportKind) -> Self {
        let roadmap = contents.plan.roadmap();
        let title = match phase.and_then(|phase| roadmap.phases.get(phase)) {
            Some(phase) => text(&format!("{}: {}", contents.plan.title(), phase.title)),
            None => text(contents.plan.title()),
        };
        let mut calendar = plain();
        if kind == ExportKind::Removals {
            calendar.push(Method::new("CANCEL"));
        }
        // Some calendars read the first property, others the second.
        calendar.push(Name::new(title.as_str()));
        calendar.push(Property::new("X-WR-CALNAME", title.as_str()));
        if let Some(phase) = phase {
            calendar.push(Color::new(colour(phase)));
        }
        Self::with_head(contents, phase, &calendar)
    }

    /// A file with the smallest head allowed.
    pub fn bare(contents: &'a CalendarContents<'a>) -> Self {
        Self::with_head(contents, None, &plain())
    }

    fn with_head(
        contents: &'a CalendarContents<'a>,
        phase: Option<usize>,
        calendar: &ICalendar,
    ) -> Self {
        let mut head = String::new();
        let _ = write!(Folded::new(&mut head), "{calendar}");
        head.truncate(head.len().saturating_sub(END.len()));
        Self {
            contents,
            phase,
            text: head.clone(),
            last: head.len(),
            head,
            zones: Vec::new(),
            events: EventCounts::default(),
            last_kind: None,
            finished: 0,
        }
    }

    /// Allocates room for that number of events, as far as one file takes them.
    pub fn reserve(&mut self, events: usize) {
        self.text.reserve(MOST_BYTES.min(events * USUAL_BYTES));
    }

    /// Adds whole lines to the head. Call it before taking the text.
    pub fn add_to_head(&mut self, lines: &str) {
        self.text.insert_str(self.head.len(), lines);
        self.head.push_str(lines);
    }

    pub fn add(&mut self, writer: &mut Writer, due: &PendingWrite) {
        let contents = self.contents;
        let Some(planned) = contents.events.get(due.event) else {
            return;
        };
        let Some(subject) = contents.subjects.get(planned.subject) else {
            return;
        };
        if let Some(zone) = planned.zone
            && !self.zones.iter().any(|(known, _)| *known == zone)
        {
            let (from, to) = contents.extent();
            let component = zone::component(zone, from, to).unwrap_or_default();
            self.zones.push((zone, component));
        }
        self.count(Some(subject.key.kind));
        let parts = EventParts {
            key: &subject.key,
            text: &subject.text,
            ordinal: due.ordinal,
            when: planned.when,
            zone: planned.zone,
            revision: due.revision,
        };
        writer.event(&mut self.text, parts);
    }

    pub fn add_tombstone(&mut self, writer: &mut Writer, tombstone: &Tombstone) {
        self.count(None);
        writer.tombstone(&mut self.text, tombstone);
    }

    /// Counts an event that begins here.
    fn count(&mut self, kind: Option<EventKind>) {
        self.last = self.text.len();
        self.last_kind = kind;
        *self.events.of(kind) += 1;
    }

    /// If the last event made the file too large, returns the file without it and starts another
    /// file with it.
    pub fn break_if_full(&mut self) -> Option<IcsFile> {
        let zones: usize = self.zones.iter().map(|(_, text)| text.len()).sum();
        let bytes = zones + self.text.len() + END.len();
        let events = self.events.total();
        if events <= 1 || (events <= MOST_EVENTS && bytes <= MOST_BYTES) {
            return None;
        }
        let last = self.text.split_off(self.last);
        let kind = self.last_kind;
        *self.events.of(kind) -= 1;
        let file = self.finish();
        self.reserve(MOST_EVENTS);
        self.count(kind);
        self.text.push_str(&last);
        file
    }

    /// The file, unless it has no events. The next event begins another one.
    pub fn finish(&mut self) -> Option<IcsFile> {
        if self.events.total() == 0 {
            return None;
        }
        let number = (self.finished > 0).then(|| (self.finished + 1).to_string());
        let phase = self
            .phase
            .and_then(|phase| self.contents.plan.roadmap().phases.get(phase))
            .map(|phase| phase.id.clone());
        let parts: Vec<String> = phase.into_iter().chain(number).collect();
        let file = IcsFile {
            part: parts.join("-"),
            text: self.take(),
            events: self.events,
        };
        self.events = EventCounts::default();
        self.finished += 1;
        Some(file)
    }

    /// The whole text. The next event begins another one.
    pub fn take(&mut self) -> String {
        let mut text = std::mem::replace(&mut self.text, self.head.clone());
        let zones: String = self.zones.iter().map(|(_, zone)| zone.as_str()).collect();
        text.insert_str(self.head.len(), &zones);
        text.push_str(END);
        text
    }
}

/// A calendar without a name.
fn plain<'a>() -> ICalendar<'a> {
    let mut calendar = ICalendar::new("2.0", PRODID);
    calendar.push(CalScale::new("GREGORIAN"));
    calendar
}
