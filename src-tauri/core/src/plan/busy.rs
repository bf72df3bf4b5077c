//! Busy time in a plan: entered by the learner, and imported from calendar files.

use std::collections::BTreeMap;

use super::Plan;
use super::entries::{BusyEntry, at_most, reject};
use crate::availability::Busy;
use crate::input_error::{ErrorCode, InputError};

/// Busy times that a plan can have in total.
const MOST: usize = 200_000;
/// Characters that the name of a source can have.
const LONGEST_NAME: usize = 200;

/// Busy time by where it comes from; [`crate::availability::Availability::busy`] is all of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct BusyTime {
    /// Entered in the plan file.
    own: Vec<Busy>,
    /// Imported, by source, such as `work.ics`.
    sources: BTreeMap<String, Vec<Busy>>,
}

impl Plan {
    /// The imported calendar files, each with its number of busy times.
    pub fn busy_sources(&self) -> impl Iterator<Item = (&str, usize)> {
        self.busy
            .sources
            .iter()
            .map(|(name, busy)| (name.as_str(), busy.len()))
    }

    pub(super) fn read_busy(
        &mut self,
        own: Vec<BusyEntry>,
        sources: BTreeMap<String, Vec<BusyEntry>>,
    ) -> Result<(), InputError> {
        // Counted before merging, so that a file cannot cause work beyond the limit.
        at_most(
            "busy",
            own.len() + sources.values().map(Vec::len).sum::<usize>(),
            MOST,
        )?;
        self.busy.own = union(own)?;
        for (name, entries) in sources {
            self.busy
                .sources
                .insert(source_name(&name)?, union(entries)?);
        }
        self.combine_busy();
        Ok(())
    }

    /// Replaces the busy time of a source.
    pub(super) fn set_busy(&mut self, source: &str, times: &[BusyEntry]) -> Result<(), InputError> {
        let name = source_name(source)?;
        let others = self
            .busy
            .sources
            .iter()
            .filter(|(other, _)| **other != name);
        let others = others.map(|(_, busy)| busy.len()).sum::<usize>() + self.busy.own.len();
        at_most("busy", times.len() + others, MOST)?;
        self.busy.sources.insert(name, union(times.to_vec())?);
        self.combine_busy();
        Ok(())
    }

    pub(super) fn drop_busy(&mut self, source: &str) -> Result<(), InputError> {
        if self.busy.sources.remove(source.trim()).is_none() {
            let error = InputError::new(ErrorCode::UnknownSource, "calendar file", source, "");
            return Err(error.because("isn't a source of busy time in this plan"));
        }
        self.combine_busy();
        Ok(())
    }

    /// Adds busy time of the learner's own.
    pub(super) fn keep_free(&mut self, time: Busy) -> Result<(), InputError> {
        at_most("busy", self.busy.own.len() + 1, MOST)?;
        self.busy.own.push(time);
        self.busy.own = Busy::union(std::mem::take(&mut self.busy.own));
        self.combine_busy();
        Ok(())
    }

    fn combine_busy(&mut self) {
        let sources = self.busy.sources.values().flatten();
        let all = self.busy.own.iter().chain(sources).copied();
        self.availability.busy = Busy::union(all.collect());
    }

    pub(super) fn busy_entries(&self) -> (Vec<BusyEntry>, BTreeMap<String, Vec<BusyEntry>>) {
        let entries = |busy: &Vec<Busy>| busy.iter().copied().map(BusyEntry::from).collect();
        let sources = self
            .busy
            .sources
            .iter()
            .map(|(name, busy)| (name.clone(), entries(busy)))
            .collect();
        (entries(&self.busy.own), sources)
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
    let is_fit = !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(char::is_control);
    if is_fit {
        return Ok(name.to_owned());
    }
    let expected = format!("enter a name of 1 to {LONGEST_NAME} characters, such as work.ics");
    Err(reject("calendar file", name, &expected))
}

/// In order of time, with overlapping times merged.
fn union(entries: Vec<BusyEntry>) -> Result<Vec<Busy>, InputError> {
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
