//! The differences that a text makes to a roadmap, in words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::plan::Plan;
use crate::roadmap::{Item, ItemEntry, Phase, PhaseEntry, Roadmap};
use crate::words;

/// The way in which a part differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum MergeKind {
    /// It has another title.
    Renamed,
    /// It is in another phase, or in another place of its own.
    Moved,
    /// It is new.
    Added,
    /// The text has another effort, note or other fact of it.
    Changed,
    /// The text lacks it.
    Removed,
}

impl MergeKind {
    const ALL: [Self; 5] = [
        Self::Renamed,
        Self::Moved,
        Self::Added,
        Self::Changed,
        Self::Removed,
    ];

    /// In a word, such as "renamed".
    pub fn name(self) -> &'static str {
        match self {
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MergedLine {
    /// The way in which the part differs.
    pub kind: MergeKind,
    /// Its line of the text; `None` if the text lacks it.
    pub line: Option<usize>,
    /// Such as "Python → Python 3".
    pub words: String,
}

/// Such as "2 renamed, 1 added".
pub(super) fn in_short(lines: &[MergedLine]) -> String {
    let counts = MergeKind::ALL.iter().filter_map(|kind| {
        let count = lines.iter().filter(|line| line.kind == *kind).count();
        (count > 0).then(|| format!("{count} {}", kind.name()))
    });
    let counts: Vec<String> = counts.collect();
    if counts.is_empty() {
        "nothing changed".to_owned()
    } else {
        counts.join(", ")
    }
}

/// Whether the work, its order and its prerequisites are the same, whatever the texts say.
pub(super) fn is_same_work(before: &Roadmap, after: &Roadmap) -> bool {
    let phase = |(before, after): (&Phase, &Phase)| {
        before.id == after.id
            && before.track == after.track
            && before.items == after.items
            && before.requires == after.requires
    };
    let item = |(before, after): (&Item, &Item)| {
        before.id == after.id
            && before.kind == after.kind
            && before.effort_minutes == after.effort_minutes
            && before.requires == after.requires
            && before.optional == after.optional
    };
    before.phases.len() == after.phases.len()
        && before.items.len() == after.items.len()
        && before.phases.iter().zip(&after.phases).all(phase)
        && before.items.iter().zip(&after.items).all(item)
}

/// The differences between a plan's roadmap and another one, in the order of the text; removed
/// parts come last. `lines` are those of the text, by id.
pub(super) fn differences(
    plan: &Plan,
    after: &Roadmap,
    lines: &BTreeMap<String, usize>,
) -> Vec<MergedLine> {
    let mut told = Differences {
        plan,
        before: plan.roadmap(),
        after,
        lines,
        found: Vec::new(),
    };
    told.whole();
    told.phases();
    told.items();
    told.found
        .sort_by_key(|line| (line.line.is_none(), line.line));
    told.removed();
    told.found
}

struct Differences<'a> {
    plan: &'a Plan,
    before: &'a Roadmap,
    after: &'a Roadmap,
    lines: &'a BTreeMap<String, usize>,
    found: Vec<MergedLine>,
}

impl Differences<'_> {
    fn tell(&mut self, kind: MergeKind, id: &str, words: String) {
        let line = self.lines.get(id).copied();
        self.found.push(MergedLine { kind, line, words });
    }

    fn whole(&mut self) {
        let (before, after) = (&self.before.file, &self.after.file);
        if before.title != after.title {
            let sentence = format!("{} → {}", before.title, after.title);
            self.tell(MergeKind::Renamed, "", sentence);
        }
        if before.summary != after.summary {
            self.tell(MergeKind::Changed, "", "The roadmap’s summary".to_owned());
        }
        if before.reference != after.reference {
            self.tell(MergeKind::Changed, "", "The texts to read".to_owned());
        }
    }

    fn phases(&mut self) {
        let former = self.before.file.phases.iter().enumerate();
        let former: HashMap<&str, (usize, &PhaseEntry)> = former
            .map(|(index, phase)| (phase.id.as_str(), (index, phase)))
            .collect();
        let after = self.after;
        let known: Vec<(&PhaseEntry, usize, &PhaseEntry)> = after
            .file
            .phases
            .iter()
            .filter_map(|phase| {
                let (index, was) = former.get(phase.id.as_str())?;
                Some((phase, *index, *was))
            })
            .collect();
        let places: Vec<usize> = known.iter().map(|(_, index, _)| *index).collect();
        let is_in_order = in_order(&places);
        for ((phase, _, was), is_in_order) in known.into_iter().zip(is_in_order) {
            if phase.title != was.title {
                let sentence = format!("{} → {}", was.title, phase.title);
                self.tell(MergeKind::Renamed, &phase.id, sentence);
            }
            if !is_in_order {
                let sentence = format!("{}, among the phases", phase.title);
                self.tell(MergeKind::Moved, &phase.id, sentence);
            }
            let facts = self.phase_facts(was, phase);
            if !facts.is_empty() {
                let sentence = format!("{}: {}", phase.title, facts.join("; "));
                self.tell(MergeKind::Changed, &phase.id, sentence);
            }
        }
        for phase in &after.file.phases {
            if !former.contains_key(phase.id.as_str()) {
                let sentence = format!("Phase {}", phase.title);
                self.tell(MergeKind::Added, &phase.id, sentence);
            }
        }
    }

    fn phase_facts(&self, was: &PhaseEntry, phase: &PhaseEntry) -> Vec<String> {
        let weeks = |weeks: Option<u32>| match weeks {
            Some(weeks) => words::count(weeks as usize, "week"),
            None => "no weeks".to_owned(),
        };
        let mut facts = Vec::new();
        if was.weeks != phase.weeks {
            facts.push(format!("{} → {}", weeks(was.weeks), weeks(phase.weeks)));
        }
        if was.summary != phase.summary {
            facts.push("summary".to_owned());
        }
        if was.outcome.title != phase.outcome.title {
            facts.push("outcome".to_owned());
        }
        let follows = |roadmap: &Roadmap, phase: &PhaseEntry| {
            let phases = &roadmap.file.phases;
            let index = phases.iter().position(|known| known.id == phase.id);
            let above = index.and_then(|index| phases.get(index.checked_sub(1)?));
            let above = above.map(|above| above.id.as_str());
            phase.requires.iter().map(String::as_str).eq(above)
        };
        if !(follows(self.before, was) && follows(self.after, phase)) {
            facts.extend(self.needs_fact(&was.requires, &phase.requires));
        }
        facts
    }

    /// Other prerequisites than before, apart from those in the place of removed parts.
    fn needs_fact(&self, was: &[String], is: &[String]) -> Option<String> {
        let has = |id: &str| {
            let mut phases = self.after.phases.iter();
            self.after.item(id).is_some() || phases.any(|phase| phase.id == id)
        };
        let kept: Vec<&String> = was.iter().filter(|id| has(id)).collect();
        let is_same = if kept.len() < was.len() {
            kept.iter().all(|id| is.contains(id))
        } else {
            was == is
        };
        (!is_same).then(|| "prerequisites".to_owned())
    }

    fn items(&mut self) {
        let (before, after) = (self.before, self.after);
        let was_at = |item: &Item| before.item(&item.id);
        let phase_of = |roadmap: &Roadmap, item: &Item| {
            let phase = roadmap.phases.get(item.phase);
            phase.map(|phase| phase.id.clone()).unwrap_or_default()
        };
        for phase in &after.phases {
            let items = after.items.get(phase.items.clone()).unwrap_or_default();
            let entries = phase.items.clone().map(|index| after.entry(index));
            // Those that stay in their phase are in order if no other one had to pass them.
            let stays = |item: &Item| {
                let was = was_at(item)?;
                let former = before.items.get(was)?;
                (phase_of(before, former) == phase.id).then_some(was)
            };
            let places: Vec<usize> = items.iter().filter_map(stays).collect();
            let mut is_in_order = in_order(&places).into_iter();
            for (item, entry) in items.iter().zip(entries) {
                let Some((was, entry)) = was_at(item).zip(entry) else {
                    let effort = words::effort(item.effort_minutes.into());
                    let sentence = format!("{} ({effort}), in {}", item.title, phase.title);
                    self.tell(MergeKind::Added, &item.id, sentence);
                    continue;
                };
                let former = &before.items[was];
                if former.title != item.title {
                    let sentence = format!("{} → {}", former.title, item.title);
                    self.tell(MergeKind::Renamed, &item.id, sentence);
                }
                let is_moved = match stays(item) {
                    Some(_) => !is_in_order.next().unwrap_or(true),
                    None => true,
                };
                if is_moved {
                    let to = match stays(item) {
                        Some(_) => format!("{}, in {}", item.title, phase.title),
                        None => format!("{}, to {}", item.title, phase.title),
                    };
                    self.tell(MergeKind::Moved, &item.id, to);
                }
                let Some(former_entry) = before.entry(was) else {
                    continue;
                };
                let mut facts = effort_and_kind(former, item);
                facts.extend(changed_texts(former_entry, entry));
                if !is_moved && former.group != item.group {
                    facts.push("group".to_owned());
                }
                facts.extend(self.needs_fact(&former_entry.requires, &entry.requires));
                if !facts.is_empty() {
                    let sentence = format!("{}: {}", item.title, facts.join("; "));
                    self.tell(MergeKind::Changed, &item.id, sentence);
                }
            }
        }
    }

    fn removed(&mut self) {
        let logged = self.plan.logged();
        let kept: BTreeSet<&str> = self.after.phases.iter().map(|phase| &*phase.id).collect();
        for phase in &self.before.phases {
            if !kept.contains(phase.id.as_str()) {
                let sentence = format!("Phase {}", phase.title);
                self.tell(MergeKind::Removed, &phase.id, sentence);
            }
            let items = self.before.items.get(phase.items.clone());
            for item in items.unwrap_or_default() {
                if self.after.item(&item.id).is_some() {
                    continue;
                }
                let log = match logged.get(&item.id).copied().unwrap_or(0) {
                    0 => String::new(),
                    minutes => format!("; {} in the log stay", words::effort(minutes.into())),
                };
                let effort = words::effort(item.effort_minutes.into());
                let sentence = format!("{} ({effort}{log})", item.title);
                self.tell(MergeKind::Removed, &item.id, sentence);
            }
        }
    }
}

fn effort_and_kind(was: &Item, item: &Item) -> Vec<String> {
    let mut facts = Vec::new();
    let efforts = [was, item].map(|item| words::effort(item.effort_minutes.into()));
    if was.effort_minutes != item.effort_minutes {
        facts.push(efforts.join(" → "));
    }
    if was.kind != item.kind {
        facts.push(item.kind.name().to_owned());
    }
    if was.optional != item.optional {
        let is = if item.optional {
            "optional"
        } else {
            "not optional"
        };
        facts.push(is.to_owned());
    }
    facts
}

fn changed_texts(was: &ItemEntry, item: &ItemEntry) -> Vec<String> {
    let texts = [
        ("summary", was.summary != item.summary),
        ("done when", was.done_when != item.done_when),
        ("links", was.links != item.links),
        ("steps", was.steps != item.steps),
        ("notes", was.notes != item.notes),
    ];
    let changed = texts.iter().filter(|(_, is_changed)| *is_changed);
    changed.map(|(name, _)| (*name).to_owned()).collect()
}

/// Whether each of these stays in order: as many as possible do (a longest increasing subsequence,
/// by patience sorting).
fn in_order(places: &[usize]) -> Vec<bool> {
    // The last element of the best sequence of each length, and each element's predecessor.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let length = ends.partition_point(|&end| places[end] < *place);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut stays = vec![false; places.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        stays[at] = true;
        next = before[at];
    }
    stays
}
