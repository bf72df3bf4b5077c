//! Prior knowledge and pins as a plan file or the page has them, read and written.

use chrono::NaiveDateTime;

use super::entries::{KnownEntry, PinEntry, reject, within};
use super::{Pin, Plan, PriorKnowledge, typed};
use crate::input_error::InputError;

const PIN_START: &str = "%Y-%m-%dT%H:%M";

impl Plan {
    /// The pinned sessions, as a plan file has them.
    pub fn pin_entries(&self) -> impl Iterator<Item = PinEntry> {
        self.pins.iter().filter(|pin| !pin.moved).map(write_pin)
    }

    /// The sessions that were moved by hand, as a plan file has them.
    pub fn move_entries(&self) -> impl Iterator<Item = PinEntry> {
        self.pins.iter().filter(|pin| pin.moved).map(write_pin)
    }

    /// Whether a session of this item that starts then was moved there by hand.
    pub fn is_moved(&self, item: &str, start: NaiveDateTime) -> bool {
        let mut pins = self.pins.iter();
        pins.any(|pin| pin.moved && pin.item == item && pin.start == start)
    }

    pub(super) fn read_pin(&self, entry: &PinEntry) -> Result<Pin, InputError> {
        self.known_item(&entry.item)?;
        Ok(Pin {
            item: entry.item.clone(),
            start: read_session_start("start of the session", &entry.start)?,
            minutes: within("minutes of the session", entry.minutes, 1..=1440)?,
            moved: false,
        })
    }

    pub(crate) fn known_item(&self, item: &str) -> Result<(), InputError> {
        match self.roadmap.item(item) {
            Some(_) => Ok(()),
            None => Err(reject("item", item, "enter the id of one of its items")
                .because("isn't in the roadmap")),
        }
    }

    /// Checks that a step of this title is in an item's checklist, and returns its minutes.
    pub(super) fn known_step(&self, item: &str, step: &str) -> Result<Option<u32>, InputError> {
        let index = self.roadmap.item(item);
        let entry = index.and_then(|index| self.roadmap.entry(index));
        let mut steps = entry.iter().flat_map(|entry| &entry.steps);
        match steps.find(|known| known.title == step) {
            Some(known) => Ok(known.minutes),
            None => Err(reject("step", step, "enter the title of one of its steps")
                .because("isn't in the item's checklist")),
        }
    }

    pub(super) fn known_phase(&self, field: &str, phase: &str) -> Result<(), InputError> {
        if self.roadmap.phases.iter().any(|known| known.id == phase) {
            return Ok(());
        }
        let expected = "enter the id of one of its phases";
        Err(reject(field, phase, expected).because("isn't in the roadmap"))
    }
}

/// Reads a start on the learner's clock, such as `2027-01-09T14:00`.
pub(crate) fn read_session_start(field: &str, text: &str) -> Result<NaiveDateTime, InputError> {
    match NaiveDateTime::parse_from_str(text.trim(), PIN_START) {
        Ok(start) if typed::SESSION_DATES.contains(&start.date()) => Ok(start),
        Ok(_) => {
            let (first, last) = (typed::SESSION_DATES.start(), typed::SESSION_DATES.end());
            let expected = format!("enter a date from {first} to {last}");
            Err(reject(field, text, &expected).because("is out of range"))
        }
        Err(_) => {
            let expected = "enter date and time, such as 2027-01-09T14:00";
            Err(reject(field, text, expected))
        }
    }
}

fn write_pin(pin: &Pin) -> PinEntry {
    PinEntry {
        item: pin.item.clone(),
        start: pin.start.format(PIN_START).to_string(),
        minutes: pin.minutes,
    }
}

impl From<&KnownEntry> for PriorKnowledge {
    fn from(known: &KnownEntry) -> Self {
        match known {
            KnownEntry::Whole => Self::Whole,
            KnownEntry::Minutes(minutes) => Self::Minutes(*minutes),
        }
    }
}

impl From<&PriorKnowledge> for KnownEntry {
    fn from(known: &PriorKnowledge) -> Self {
        match known {
            PriorKnowledge::Whole => Self::Whole,
            PriorKnowledge::Minutes(minutes) => Self::Minutes(*minutes),
        }
    }
}
