//! Busy time in a plan: entered by the learner, and imported from calendar files.

mod identity;

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::Plan;
use super::entries::{BusyEntry, at_most, reject};
use crate::availability::Busy;
use crate::input_error::{ErrorCode, InputError};

pub use identity::{BusyCalendar, Resemblance, UidSet};
use identity::{Match, Source};

/// Busy times that a plan can have in total.
pub(super) const MOST_BUSY: usize = 200_000;
/// Characters that the name of a source can have.
const LONGEST_NAME: usize = 200;

/// Busy time by where it comes from; [`crate::availability::Availability::busy`] is all of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct BusyTime {
    /// Entered in the plan file.
    own: Vec<Busy>,
    /// Imported, by source, such as `work.ics`.
    sources: BTreeMap<String, Source>,
}

/// The busy times as a plan file has them.
pub(super) struct BusyEntries {
    pub own: Vec<BusyEntry>,
    pub sources: BTreeMap<String, Vec<BusyEntry>>,
    pub calendars: BTreeMap<String, BusyCalendar>,
}

/// An imported calendar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BusySource<'a> {
    /// Its name in the plan.
    pub name: &'a str,
    /// The number of its busy times.
    pub times: usize,
    /// The calendar as it was read last. `None` if an earlier Waymark or a person wrote it.
    pub calendar: Option<&'a BusyCalendar>,
}

/// The relation of a calendar that was just read to those of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownAs {
    /// No calendar that the plan has.
    New,
    /// The calendar with this name.
    Source(String),
    /// Perhaps the calendar with this name: only the learner knows.
    Perhaps {
        /// Its name.
        source: String,
        /// Why it may be the same.
        why: Resemblance,
    },
}

impl Plan {
    /// The imported calendar files.
    pub fn busy_sources(&self) -> impl Iterator<Item = BusySource<'_>> {
        let sources = self.busy.sources.iter();
        sources.map(|(name, source)| BusySource {
            name,
            times: source.busy.len(),
            calendar: source.calendar.as_ref(),
        })
    }

    /// The busy times by the calendar file they come from; `None` for those entered in the plan.
    pub fn busy_by_source(&self) -> impl Iterator<Item = (Option<&str>, &[Busy])> {
        let sources = self
            .busy
            .sources
            .iter()
            .map(|(name, source)| (Some(name.as_str()), source.busy.as_slice()));
        std::iter::once((None, self.busy.own.as_slice())).chain(sources)
    }

    /// Finds the calendar that this one is a newer version of.
    pub fn busy_known_as(&self, read: &BusyCalendar, busy: &[Busy]) -> KnownAs {
        let sources = self.busy.sources.iter();
        let found = sources.map(|(name, source)| (source.compare(name, read, busy), name));
        match found.max_by_key(|(found, _)| *found) {
            Some((Match::Same, name)) => KnownAs::Source(name.clone()),
            Some((Match::Unsure(why), name)) => KnownAs::Perhaps {
                source: name.clone(),
                why,
            },
            Some((Match::Other, _)) | None => KnownAs::New,
        }
    }

    pub(super) fn read_busy(&mut self, entries: BusyEntries) -> Result<(), InputError> {
        let BusyEntries {
            own,
            sources,
            mut calendars,
        } = entries;
        // Counted before merging, so that a file cannot cause work beyond the limit.
        at_most(
            "busy",
            own.len() + sources.values().map(Vec::len).sum::<usize>(),
            MOST_BUSY,
        )?;
        self.busy.own = union(own)?;
        for (name, entries) in sources {
            let calendar = calendars.remove(&name);
            if let Some(calendar) = &calendar {
                calendar.check()?;
            }
            let busy = union(entries)?;
            let source = Source { busy, calendar };
            self.busy.sources.insert(source_name(&name)?, source);
        }
        if let Some(name) = calendars.keys().next() {
            let error = reject("busy_calendars", name, "give it its times in busy_sources");
            return Err(error.because("has no busy times"));
        }
        self.combine_busy();
        Ok(())
    }

    /// Sets the busy times under this name, in place of those that it had.
    pub(super) fn set_busy(&mut self, source: &str, times: &[BusyEntry]) -> Result<(), InputError> {
        let name = source_name(source)?;
        self.fits_busy(times.len(), &name)?;
        let source = Source {
            busy: union(times.to_vec())?,
            calendar: None,
        };
        self.busy.sources.insert(name, source);
        self.combine_busy();
        Ok(())
    }

    /// Adds a calendar, in place of `instead` or beside those that the plan has.
    pub(super) fn set_busy_calendar(
        &mut self,
        calendar: &BusyCalendar,
        instead: Option<&str>,
        times: &[BusyEntry],
    ) -> Result<(), InputError> {
        calendar.check()?;
        self.fits_busy(times.len(), instead.unwrap_or_default())?;
        let mut source = Source {
            busy: union(times.to_vec())?,
            calendar: Some(calendar.clone()),
        };
        let mut name = None;
        if let Some(instead) = instead {
            let former = self.take_source(instead)?;
            if former.has_content(calendar, &source.busy) {
                // The same calendar in a file of another name: nothing else is new.
                source.calendar = former.calendar.map(|former| BusyCalendar {
                    file: former.file,
                    ..calendar.clone()
                });
                name = Some(instead.trim().to_owned());
            } else if former.calendar.is_some_and(|it| it.file == calendar.file) {
                name = Some(instead.trim().to_owned());
            }
        }
        let name = match name {
            Some(name) => name,
            None => self.free_name(calendar)?,
        };
        self.busy.sources.insert(name, source);
        self.combine_busy();
        Ok(())
    }

    pub(super) fn drop_busy(&mut self, source: &str) -> Result<(), InputError> {
        self.take_source(source)?;
        self.combine_busy();
        Ok(())
    }

    /// Keeps this time free of sessions, and no time around it: the buffer that busy time gets is
    /// part of it.
    pub(super) fn keep_free(&mut self, time: Busy) -> Result<(), InputError> {
        at_most("busy", self.busy.own.len() + 1, MOST_BUSY)?;
        let half = (time.end - time.start - TimeDelta::minutes(1)) / 2;
        let buffer = TimeDelta::minutes(self.availability.buffer_minutes.into()).min(half);
        self.busy.own.push(Busy {
            start: time.start + buffer,
            end: time.end - buffer,
        });
        self.busy.own = Busy::union(std::mem::take(&mut self.busy.own));
        self.combine_busy();
        Ok(())
    }

    fn take_source(&mut self, name: &str) -> Result<Source, InputError> {
        self.busy.sources.remove(name.trim()).ok_or_else(|| {
            let error = InputError::new(ErrorCode::UnknownSource, "calendar file", name, "");
            error.because("isn't a source of busy time in this plan")
        })
    }

    /// Whether that many busy times have room if those of `replaced` go.
    fn fits_busy(&self, times: usize, replaced: &str) -> Result<(), InputError> {
        let others = self
            .busy
            .sources
            .iter()
            .filter(|(name, _)| **name != replaced.trim());
        let others = others.map(|(_, source)| source.busy.len()).sum::<usize>();
        at_most("busy", times + others + self.busy.own.len(), MOST_BUSY)
    }

    /// The name of the calendar's file; with the calendar's own name, or a number, if another
    /// calendar has it.
    fn free_name(&self, calendar: &BusyCalendar) -> Result<String, InputError> {
        let file = source_name(&calendar.file)?;
        let is_free = |name: &String| !self.busy.sources.contains_key(name);
        let with = |more: &str| {
            let room = LONGEST_NAME.saturating_sub(more.chars().count() + 3);
            let file: String = file.chars().take(room).collect();
            format!("{file} ({more})")
        };
        let own = calendar.name.as_deref().map(|name| {
            let short: String = name.chars().take(LONGEST_NAME / 2).collect();
            with(&short)
        });
        let numbered = (2..).map(|number: usize| with(&number.to_string()));
        let mut names = [Some(file.clone()), own]
            .into_iter()
            .flatten()
            .chain(numbered);
        Ok(names.find(is_free).unwrap_or(file))
    }

    pub(super) fn combine_busy(&mut self) {
        let sources = self.busy.sources.values().flat_map(|source| &source.busy);
        let others = self.others.sessions.values().flatten();
        let all = self.busy.own.iter().chain(sources).chain(others).copied();
        self.availability.busy = Busy::union(all.collect());
    }

    pub(super) fn busy_entries(&self) -> BusyEntries {
        let entries = |busy: &Vec<Busy>| busy.iter().copied().map(BusyEntry::from).collect();
        let sources = || self.busy.sources.iter();
        BusyEntries {
            own: entries(&self.busy.own),
            sources: sources()
                .map(|(name, source)| (name.clone(), entries(&source.busy)))
                .collect(),
            calendars: sources()
                .filter_map(|(name, source)| Some((name.clone(), source.calendar.clone()?)))
                .collect(),
        }
    }
}

impl From<Busy> for BusyEntry {
    fn from(busy: Busy) -> Self {
        Self {
            start: busy.start,
            end: busy.end,
        }
    }
}

fn source_name(name: &str) -> Result<String, InputError> {
    let name = name.trim();
    check_name("calendar file", name)?;
    Ok(name.to_owned())
}

fn check_name(field: &str, name: &str) -> Result<(), InputError> {
    let is_fit = !name.trim().is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(char::is_control);
    if is_fit {
        return Ok(());
    }
    let expected = format!("enter a name of 1 to {LONGEST_NAME} characters, such as work.ics");
    Err(reject(field, name, &expected))
}

/// In order of time, with overlapping times merged.
pub(super) fn union(entries: Vec<BusyEntry>) -> Result<Vec<Busy>, InputError> {
    let mut busy: Vec<Busy> = Vec::with_capacity(entries.len());
    for (number, BusyEntry { start, end }) in (1..).zip(entries) {
        if end < start {
            let field = format!("busy {number}");
            let value = format!("{start} to {end}");
            return Err(reject(&field, value, "").because("ends before it starts"));
        }
        busy.push(Busy { start, end });
    }
    Ok(Busy::union(busy))
}

#[cfg(test)]
mod tests;
