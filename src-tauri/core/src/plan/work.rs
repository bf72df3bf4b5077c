//! Changes of the work there is: what is known already, what comes first, where a session stays, and by when a phase is due.

use chrono::NaiveDateTime;

use super::file::{KnownEntry, MOST_PINS, PinEntry, at_most, reject, within};
use super::{Credit, Pin, Plan, typed};
use crate::input_error::InputError;

const PIN_START: &str = "%Y-%m-%dT%H:%M";

impl Plan {
    /// The pinned sessions, as a plan file has them.
    pub fn pin_entries(&self) -> impl Iterator<Item = PinEntry> {
        self.pins.iter().map(write_pin)
    }

    pub(super) fn set_known(
        &mut self,
        item: &str,
        known: Option<&KnownEntry>,
    ) -> Result<(), InputError> {
        self.known_item(item)?;
        match known {
            None => self.credits.remove(item),
            Some(KnownEntry::Whole) => self.credits.insert(item.to_owned(), Credit::Whole),
            Some(KnownEntry::Minutes(minutes)) => self
                .credits
                .insert(item.to_owned(), Credit::Minutes(*minutes)),
        };
        Ok(())
    }

    pub(super) fn set_priority(&mut self, item: &str, text: &str) -> Result<(), InputError> {
        self.known_item(item)?;
        let expected = "enter a whole number, such as 1 for sooner or -1 for later";
        match text.trim().parse() {
            Ok(0) => self.priorities.remove(item),
            Ok(priority) => self.priorities.insert(item.to_owned(), priority),
            Err(_) => return Err(reject("priority", text, expected)),
        };
        Ok(())
    }

    pub(super) fn pin(
        &mut self,
        entry: &PinEntry,
        instead: Option<&str>,
    ) -> Result<(), InputError> {
        let pin = self.read_pin(entry)?;
        if let Some(start) = instead {
            // One that is not pinned is let go of when the plan is laid anew.
            let at = read_session_start("start of the session", start)?;
            self.pins
                .retain(|known| known.item != pin.item || known.start != at);
        }
        let same = |known: &Pin| known.item == pin.item && known.start == pin.start;
        if self.pins.iter().any(same) {
            let error = reject("start of the session", &entry.start, "");
            return Err(error.because("already has a pinned session of this item"));
        }
        at_most("pins", self.pins.len() + 1, MOST_PINS)?;
        self.pins.push(pin);
        Ok(())
    }

    pub(super) fn unpin(&mut self, item: &str, start: &str) -> Result<(), InputError> {
        self.known_item(item)?;
        let at = read_session_start("start of the session", start)?;
        let place = self
            .pins
            .iter()
            .position(|pin| pin.item == item && pin.start == at);
        let Some(place) = place else {
            let error = reject("start of the session", start, "");
            return Err(error.because("has no pinned session of this item"));
        };
        self.pins.remove(place);
        Ok(())
    }

    pub(super) fn set_phase_target(&mut self, phase: &str, text: &str) -> Result<(), InputError> {
        self.known_phase("phase", phase)?;
        match typed::maybe_date("target date", text)? {
            Some(date) => self.phase_targets.insert(phase.to_owned(), date),
            None => self.phase_targets.remove(phase),
        };
        Ok(())
    }

    pub(super) fn read_pin(&self, entry: &PinEntry) -> Result<Pin, InputError> {
        self.known_item(&entry.item)?;
        Ok(Pin {
            item: entry.item.clone(),
            start: read_session_start("start of the session", &entry.start)?,
            minutes: within("minutes of the session", entry.minutes, 1..=1440)?,
        })
    }

    pub(crate) fn known_item(&self, item: &str) -> Result<(), InputError> {
        match self.roadmap.item(item) {
            Some(_) => Ok(()),
            None => Err(reject("item", item, "enter the id of one of its items")
                .because("isn't in the roadmap")),
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

/// When something starts on the learner's clock, such as `2027-01-09T14:00`.
pub(crate) fn read_session_start(field: &str, text: &str) -> Result<NaiveDateTime, InputError> {
    match NaiveDateTime::parse_from_str(text.trim(), PIN_START) {
        Ok(start) if typed::STARTS.contains(&start.date()) => Ok(start),
        Ok(_) => {
            let (first, last) = (typed::STARTS.start(), typed::STARTS.end());
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

pub(super) fn write_known(credit: Credit) -> KnownEntry {
    match credit {
        Credit::Whole => KnownEntry::Whole,
        Credit::Minutes(minutes) => KnownEntry::Minutes(minutes),
    }
}
