//! Roadmaps: phases of items, each with an effort and its prerequisites.
//!
//! A [`Roadmap`] is always valid: [`Roadmap::from_json`] rejects what cannot be scheduled (a cycle,
//! an unknown prerequisite, a negative effort) and names the place.

mod check;
mod completed;
mod entries;
mod file;
mod ids;
mod network;
pub mod readable;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub(crate) use check::{LONGEST_NOTES, LONGEST_TITLE, MOST_LINKS, is_id, minutes, share};
pub use file::{ItemEntry, Link, RoadmapFile, Step};
pub(crate) use file::{PhaseEntry, ReferenceEntry};
pub(crate) use ids::Ids;
pub(crate) use network::{Network, Point};

use crate::input_error::InputError;

/// The roadmap that comes with Waymark: the 44 weeks and 11 phases to an MLOps engineer.
const EMBEDDED: &str = include_str!("../../../roadmaps/mlops-2026.json");

/// A checked roadmap, with every effort worked out and every prerequisite resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Roadmap {
    /// The phases in roadmap order.
    pub phases: Vec<Phase>,
    /// The items of all phases, in roadmap order; a phase holds a range of them.
    pub items: Vec<Item>,
    /// Indices of the items in order of their ids, because records refer to thousands of sessions
    /// by item id.
    by_id: Vec<usize>,
    /// The kind of each item, in one piece of memory: scheduling asks for it at each session, and
    /// an item with its texts is large.
    pub(crate) kinds: Vec<ItemKind>,
    /// The prerequisites as a graph.
    pub(crate) network: Network,
    /// The file this roadmap was read from, for its texts and for storing it with a plan.
    pub file: RoadmapFile,
}

/// A stage of the roadmap, ended by its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Unique in the roadmap.
    pub id: String,
    /// The phase's title.
    pub title: String,
    /// Core if the roadmap gives it weeks, else the career track.
    pub track: Track,
    /// Its items, as a range of [`Roadmap::items`].
    pub items: Range<usize>,
    /// Prerequisites of its first item.
    pub requires: Vec<Requirement>,
    /// The milestone at its end: no effort, reached when the last item is finished.
    pub outcome: String,
    /// The milestone's id, unique in the roadmap.
    pub outcome_id: String,
}

/// One thing to learn or do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Unique in the roadmap.
    pub id: String,
    /// The item's title.
    pub title: String,
    /// Its kind.
    pub kind: ItemKind,
    /// Its heading within the phase, such as "Tools".
    pub group: String,
    /// A sentence about what to do.
    pub summary: String,
    /// Index of its phase in [`Roadmap::phases`].
    pub phase: usize,
    /// Minutes of work; 0 for a checklist entry.
    pub effort_minutes: u32,
    /// Its prerequisites.
    pub requires: Vec<Requirement>,
    /// Left out of a plan unless the learner adds it.
    pub optional: bool,
}

/// A resolved prerequisite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// One item, as an index of [`Roadmap::items`].
    Item(usize),
    /// Every item of a phase, as an index of [`Roadmap::phases`].
    Phase(usize),
}

/// The part of the roadmap a phase belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Track {
    /// Phases with weeks.
    Core,
    /// Projects, certifications, portfolio and interviews: phases without weeks.
    Career,
}

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// Something to understand.
    Topic,
    /// A program or platform to learn to use.
    Tool,
    /// Something to build.
    Project,
    /// An exam to take.
    Certification,
    /// Something to show an employer.
    Portfolio,
    /// A skill to have at the end.
    Skill,
    /// A question to be able to answer.
    Question,
    /// Something to know about.
    Trend,
}

impl ItemKind {
    /// Every kind.
    pub(crate) const ALL: [Self; 8] = [
        Self::Topic,
        Self::Tool,
        Self::Project,
        Self::Certification,
        Self::Portfolio,
        Self::Skill,
        Self::Question,
        Self::Trend,
    ];

    /// Its name in a file and a text.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Tool => "tool",
            Self::Project => "project",
            Self::Certification => "certification",
            Self::Portfolio => "portfolio",
            Self::Skill => "skill",
            Self::Question => "question",
            Self::Trend => "trend",
        }
    }
}

impl Roadmap {
    /// The MLOps engineer roadmap that comes with Waymark.
    ///
    /// # Errors
    /// Never in a build that passed its tests, which read it.
    pub fn embedded() -> Result<Self, InputError> {
        Self::from_json(EMBEDDED)
    }

    /// Reads and checks a roadmap file.
    ///
    /// # Errors
    /// The first thing wrong with it, named by phase, item and field.
    pub fn from_json(text: &str) -> Result<Self, InputError> {
        Self::from_file(RoadmapFile::parse(text)?)
    }

    /// Checks a roadmap that was already read.
    ///
    /// # Errors
    /// As [`Roadmap::from_json`].
    pub fn from_file(file: RoadmapFile) -> Result<Self, InputError> {
        check::resolve(file)
    }

    /// The index of the item with this id.
    pub fn item(&self, id: &str) -> Option<usize> {
        let order = |&index: &usize| {
            self.items
                .get(index)
                .map(|item| item.id.as_str())
                .cmp(&Some(id))
        };
        let place = self.by_id.binary_search_by(order).ok()?;
        self.by_id.get(place).copied()
    }

    /// The texts of an item: its links, notes and steps, and when it is done.
    pub fn entry(&self, item: usize) -> Option<&ItemEntry> {
        let phase = self.items.get(item)?.phase;
        let place = item.checked_sub(self.phases.get(phase)?.items.start)?;
        self.file.phases.get(phase)?.items.get(place)
    }

    /// Minutes of work in a phase, optional items included.
    pub fn effort_minutes(&self, phase: &Phase) -> u64 {
        let items = self.items.get(phase.items.clone()).unwrap_or_default();
        items
            .iter()
            .map(|item| u64::from(item.effort_minutes))
            .sum()
    }
}

#[cfg(test)]
mod tests;
