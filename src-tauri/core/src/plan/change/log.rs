//! The work log.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::entries::MOST_ENTRIES;
use crate::plan::record::{self, LogEntry};
use crate::plan::{Plan, work};
use crate::words;

/// Characters that a note can have.
const LONGEST_NOTE: usize = 2_000;

/// Logs work that was done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LogWork {
    /// The item's id.
    pub item: String,
    /// Start on the learner's clock, such as `2027-01-04T19:00`.
    pub start: String,
    /// Minutes it took, as typed.
    pub minutes: String,
    /// The learner's note.
    pub note: String,
    /// The id of the entry that this one replaces.
    pub entry: Option<u32>,
    /// Whether to log it even if the log has the same work already, or the day has no room for it.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<bool>"))]
    pub again: bool,
}

impl Edit for LogWork {
    fn field() -> PageField {
        PageField::LIST_PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let (plan, now) = (&mut draft.plan, draft.now);
        plan.known_item(&self.item)?;
        let local = work::read_session_start("start of the work", &self.start)?;
        let minutes = &self.minutes;
        let minutes = record::read_minutes("minutes of work", minutes, record::ENTRY_MINUTES)?;
        let start = plan.instant(local);
        if start > now {
            let (code, expected) = (ErrorCode::LogAhead, "log work once it's done");
            let error = InputError::new(code, "start of the work", &self.start, expected);
            return Err(error.because("is in the future"));
        }
        if self.note.chars().count() > LONGEST_NOTE {
            let expected = format!("a note has at most {LONGEST_NOTE} characters");
            let error = InputError::new(ErrorCode::NoteTooLong, "note", &self.note, expected);
            return Err(error.because("is too long"));
        }
        let id = match self.entry {
            Some(id) => plan.remove_entry(id)?.id,
            None => plan.next_entry_id()?,
        };
        let entry = LogEntry {
            id,
            item: self.item.clone(),
            start,
            minutes,
            note: self.note.clone(),
        };
        if !self.again {
            plan.check_entry(&entry)?;
        }
        plan.recount_past(&entry);
        plan.record.log.push(entry);
        plan.record.sort();
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let id = self.entry.unwrap_or_else(|| plans.after.last_entry_id());
        let entry = plans.after.record.log.iter().find(|entry| entry.id == id);
        let minutes = entry.map_or(0, |entry| entry.minutes);
        format!(
            "{} of {} logged",
            words::effort(minutes.into()),
            plans.title(&self.item)
        )
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// Removes an entry from the log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RemoveLogEntry {
    /// The entry's id.
    pub entry: u32,
}

impl Edit for RemoveLogEntry {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.remove_entry(self.entry).map(drop)
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let log = &plans.before.record.log;
        let entry = log.iter().find(|known| known.id == self.entry);
        format!(
            "Log entry of {} removed",
            entry.map_or("", |entry| plans.title(&entry.item))
        )
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

impl Plan {
    fn remove_entry(&mut self, id: u32) -> Result<LogEntry, InputError> {
        let log = &mut self.record.log;
        match log.iter().position(|entry| entry.id == id) {
            Some(place) => {
                let entry = log.remove(place);
                self.recount_past(&entry);
                Ok(entry)
            }
            None => {
                let code = ErrorCode::NoSuchEntry;
                let error = InputError::new(code, "log entry", id.to_string(), "");
                Err(error.because("isn't in the log"))
            }
        }
    }

    /// Rejects work that was probably logged by mistake.
    fn check_entry(&self, entry: &LogEntry) -> Result<(), InputError> {
        let start = self.local(entry.start);
        let is_same = |known: &&LogEntry| {
            (&known.item, known.start, known.minutes) == (&entry.item, entry.start, entry.minutes)
        };
        if self.record.log.iter().any(|known| is_same(&known)) {
            let (code, value) = (ErrorCode::LoggedTwice, start.format("%Y-%m-%dT%H:%M"));
            let error = InputError::new(code, "start of the work", value.to_string(), "");
            return Err(error.because("is already logged, with the same item and minutes"));
        }
        let of_day = self
            .record
            .log
            .iter()
            .filter(|known| self.local(known.start).date() == start.date())
            .map(|known| u64::from(known.minutes));
        let total = of_day.sum::<u64>() + u64::from(entry.minutes);
        if total > 24 * 60 {
            let (code, value) = (ErrorCode::LogBeyondDay, entry.minutes.to_string());
            let error = InputError::new(code, "minutes of work", value, "");
            return Err(error.because(format!(
                "would make {} on {}",
                words::effort(total),
                words::plain_date(start.date())
            )));
        }
        Ok(())
    }

    /// The id for one more entry.
    fn next_entry_id(&self) -> Result<u32, InputError> {
        if self.record.log.len() >= MOST_ENTRIES {
            let expected = format!("a plan has at most {MOST_ENTRIES} entries");
            return Err(InputError::new(ErrorCode::LogFull, "log", "", expected));
        }
        let before = self.record.basis.as_ref().map_or(0, |basis| basis.entries);
        Ok(self.last_entry_id().max(before).saturating_add(1))
    }

    /// The id of the newest entry; 0 if there is none.
    pub(crate) fn last_entry_id(&self) -> u32 {
        let ids = self.record.log.iter().map(|entry| entry.id);
        ids.max().unwrap_or(0)
    }
}
