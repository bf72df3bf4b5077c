//! One event as text, through the `ics` crate.

use std::fmt::Write;

use ics::components::{Parameter, Property};
use ics::properties::{
    Categories, Color, Description, DtEnd, DtStart, LastModified, Sequence, Status, Summary,
    Transp, Trigger, URL,
};
use ics::{Alarm, Event};

use super::options::ExportOptions;
use super::pattern::{PatternField, PatternPart};
use super::text::{Folded, text};
use crate::calendar::digits::{push_date, push_instant, push_number, push_time};
use crate::calendar::event::{EventKey, EventKind, Revision, Tombstone, When, push_uid};
use crate::calendar::zone;
use crate::words;
use crate::zone::Zone;

/// The text and looks that all events of a subject share, escaped.
#[derive(Debug, Default)]
pub(in crate::calendar) struct EventText {
    pub title: Vec<PatternPart>,
    pub notes: String,
    pub category: String,
    pub colour: &'static str,
    pub link: String,
}

/// One event to write.
#[derive(Debug, Clone, Copy)]
pub(in crate::calendar) struct EventParts<'a> {
    pub key: &'a EventKey,
    pub text: &'a EventText,
    pub ordinal: u32,
    pub when: When,
    /// The zone for times on the learner's clock; `None` for UTC.
    pub zone: Option<Zone>,
    pub revision: Revision,
}

/// Writes events. It reuses its buffers, so that an event needs almost no allocations.
#[derive(Debug)]
pub(in crate::calendar) struct Writer<'a> {
    plan: &'a str,
    has_notes: bool,
    triggers: Vec<String>,
    texts: Texts,
    /// A digest of the form that all events share.
    form: u64,
}

/// The values that differ from event to event.
#[derive(Debug, Default)]
struct Texts {
    uid: String,
    stamp: String,
    sequence: String,
    start: String,
    end: String,
    title: String,
    notes: String,
    /// The time of the previous event's last change. In most files it is the same for all events.
    stamped: Option<i64>,
    lengths: LengthWords,
}

/// The lengths of events in words. A plan has only a few different ones.
#[derive(Debug, Default)]
struct LengthWords {
    words: Vec<(u64, String)>,
}

impl LengthWords {
    fn of(&mut self, when: When) -> &str {
        let minutes = when.minutes();
        let at = match self.words.iter().position(|(known, _)| *known == minutes) {
            Some(at) => at,
            None => {
                self.words.push((minutes, words::effort(minutes)));
                self.words.len() - 1
            }
        };
        self.words.get(at).map_or("", |(_, words)| words)
    }
}

/// The trigger of a reminder this number of minutes before the start.
pub(in crate::calendar) fn reminder_trigger(minutes: u32) -> String {
    // If a file has a trigger that Apple cannot read, it imports none of it: no "-PT0M".
    match minutes {
        0 => "PT0S".to_owned(),
        minutes => format!("-PT{minutes}M"),
    }
}

impl<'a> Writer<'a> {
    /// A writer for the events of a plan.
    pub fn new(plan: &'a str, options: &ExportOptions) -> Self {
        let mut minutes = options.reminders.clone();
        minutes.sort_unstable();
        minutes.dedup();
        let mut writer = Self {
            plan,
            has_notes: options.notes,
            triggers: minutes.into_iter().map(reminder_trigger).collect(),
            texts: Texts::default(),
            form: 0,
        };
        writer.form = writer.sample();
        writer
    }

    /// Writes an event, as whole lines.
    pub fn event(&mut self, out: &mut String, parts: EventParts) {
        let EventParts {
            key,
            text: look,
            ordinal,
            when,
            zone,
            revision,
        } = parts;
        let texts = &mut self.texts;
        texts.identify(self.plan, key, ordinal, revision);
        let zone = texts.tell(when, zone);
        let title = match &look.title[..] {
            [PatternPart::Text(title)] => title.as_str(),
            parts => {
                texts.title(parts, when);
                &texts.title
            }
        };
        let is_session = key.kind == EventKind::Session;
        texts.notes.clear();
        texts.notes.push_str(&look.notes);
        if is_session && self.has_notes {
            let length = texts.lengths.of(when);
            texts.notes.push_str(length);
        }
        if !look.link.is_empty() {
            // Not every calendar shows URL.
            if !texts.notes.is_empty() {
                texts.notes.push_str("\\n\\n");
            }
            // The two special characters in a TEXT value that an address can contain. It cannot
            // contain a backslash.
            let escaped = look.link.replace(';', "\\;").replace(',', "\\,");
            texts.notes.push_str(&escaped);
        }

        let mut event = texts.event(when, zone);
        push(&mut event, Summary::new(title), title);
        let notes = texts.notes.as_str();
        push(&mut event, Description::new(notes), notes);
        let category = look.category.as_str();
        push(&mut event, Categories::new(category), category);
        push(&mut event, Color::new(look.colour), look.colour);
        push(&mut event, URL::new(look.link.as_str()), &look.link);
        event.push(Status::confirmed());
        event.push(if is_session {
            Transp::opaque()
        } else {
            Transp::transparent()
        });
        if is_session {
            for trigger in &self.triggers {
                let title = if title.is_empty() { "Study" } else { title };
                event.add_alarm(Alarm::display(
                    Trigger::new(trigger.as_str()),
                    Description::new(title),
                ));
            }
        }
        // Writing to a string cannot fail.
        let _ = write!(Folded::new(out), "{event}");
    }

    /// Writes a cancellation, with only the properties that every reader needs to find the event,
    /// so that its text is the same each time.
    pub fn tombstone(&mut self, out: &mut String, tombstone: &Tombstone) {
        let texts = &mut self.texts;
        texts.identify(
            self.plan,
            &tombstone.key,
            tombstone.ordinal,
            tombstone.revision,
        );
        let zone = texts.tell(tombstone.when, None);
        let title = text(&tombstone.title);
        let mut event = texts.event(tombstone.when, zone);
        push(&mut event, Summary::new(title.as_str()), &title);
        event.push(Status::cancelled());
        event.push(Transp::transparent());
        let _ = write!(Folded::new(out), "{event}");
    }

    /// A digest of the text that a subject's events share, except their numbers and times. Any
    /// change to the text changes it, whether from an option or a newer version of Waymark.
    pub fn digest(&self, look: &EventText) -> u64 {
        let mut digest = self.form;
        for part in &look.title {
            match part {
                PatternPart::Text(text) => digest = mix(digest, text),
                PatternPart::Field(_) => digest = mix(digest, "{length}"),
            }
        }
        let rest = [&look.notes, &look.category, look.colour, &look.link];
        rest.into_iter().fold(digest, mix)
    }

    /// A digest of a sample event that has every possible property.
    fn sample(&mut self) -> u64 {
        let (mut sample, word) = (String::new(), || "sample".to_owned());
        let look = EventText {
            title: vec![
                PatternPart::Text(word()),
                PatternPart::Field(PatternField::Length),
            ],
            notes: word(),
            category: word(),
            colour: "gold",
            link: word(),
        };
        for kind in [EventKind::Session, EventKind::Phase] {
            let key = EventKey {
                kind,
                id: word().into(),
            };
            let parts = EventParts {
                key: &key,
                text: &look,
                ordinal: 1,
                when: When {
                    start: 0,
                    end: 3600,
                    all_day: kind != EventKind::Session,
                },
                zone: None,
                revision: Revision::default(),
            };
            self.event(&mut sample, parts);
        }
        mix(0, &sample)
    }
}

/// Hashes a text, eight bytes at a time (after FNV-1a). The result is the same on every computer
/// and in every version.
pub(in crate::calendar) fn mix(digest: u64, text: &str) -> u64 {
    let step = |digest: u64, word: u64| {
        let digest = (digest ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        digest ^ digest >> 29
    };
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let digest = words.iter().fold(digest, |digest, word| {
        step(digest, u64::from_le_bytes(*word))
    });
    let digest = rest
        .iter()
        .fold(digest, |digest, byte| step(digest, u64::from(*byte)));
    // So that "a", "b" and "ab" have different digests.
    step(digest, text.len() as u64)
}

impl Texts {
    /// UID, SEQUENCE and DTSTAMP. DTSTAMP is the revision's, so that an unchanged event has the
    /// same text each time.
    fn identify(&mut self, plan: &str, key: &EventKey, ordinal: u32, revision: Revision) {
        self.uid.clear();
        push_uid(&mut self.uid, plan, key, ordinal, revision.generation);
        if self.stamped != Some(revision.modified) {
            self.stamped = Some(revision.modified);
            self.stamp.clear();
            push_instant(&mut self.stamp, revision.modified);
        }
        self.sequence.clear();
        push_number(&mut self.sequence, revision.sequence);
    }

    /// Writes start and end. Returns the zone they are written in: `None` if the zone's clock
    /// cannot tell them apart.
    fn tell(&mut self, when: When, zone: Option<Zone>) -> Option<Zone> {
        let (start, end) = (&mut self.start, &mut self.end);
        start.clear();
        end.clear();
        if when.all_day {
            push_date(start, when.start);
            push_date(end, when.end);
            return None;
        }
        let local = zone.and_then(|zone| {
            let clock = |seconds| zone::wall_clock(zone, seconds);
            Some((zone, clock(when.start)?, clock(when.end)?))
        });
        let Some((zone, from, to)) = local else {
            push_instant(start, when.start);
            push_instant(end, when.end);
            return None;
        };
        push_time(start, from);
        push_time(end, to);
        Some(zone)
    }

    fn title(&mut self, parts: &[PatternPart], when: When) {
        self.title.clear();
        for part in parts {
            match part {
                PatternPart::Text(text) => self.title.push_str(text),
                PatternPart::Field(_) => self.title.push_str(self.lengths.of(when)),
            }
        }
    }

    fn event(&self, when: When, zone: Option<Zone>) -> Event<'_> {
        let mut event = Event::new(self.uid.as_str(), self.stamp.as_str());
        event.push(LastModified::new(self.stamp.as_str()));
        event.push(Sequence::new(self.sequence.as_str()));
        let mut start = DtStart::new(self.start.as_str());
        let mut end = DtEnd::new(self.end.as_str());
        let parameter = match zone {
            Some(zone) => Some(Parameter::new("TZID", zone.name())),
            None => when.all_day.then(|| Parameter::new("VALUE", "DATE")),
        };
        if let Some(parameter) = parameter {
            start.add(parameter.clone());
            end.add(parameter);
        }
        event.push(start);
        event.push(end);
        event
    }
}

/// Skips empty texts.
fn push<'a>(event: &mut Event<'a>, property: impl Into<Property<'a>>, value: &str) {
    if !value.is_empty() {
        event.push(property);
    }
}
