//! The parts of a roadmap that no schedule has: what comes before what, and the texts to read.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::plan::Plan;
use crate::roadmap::{ItemEntry, Requirement, Roadmap};

/// The parts of a roadmap beside its phases and items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RoadmapFacts {
    /// Its summary.
    pub summary: String,
    /// The prerequisites of each item that has some, by the item's id.
    pub needs: BTreeMap<String, Vec<NeedView>>,
    /// The texts of each item that has some, by the item's id.
    pub texts: BTreeMap<String, ItemTexts>,
    /// The facts of each phase, in order.
    pub phases: Vec<PhaseFacts>,
    /// Texts to read: trends, strategy, outcomes.
    pub reference: Vec<ReferenceGroup>,
}

/// The parts of a phase that no schedule has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PhaseFacts {
    /// Its id.
    pub id: String,
    /// Its weeks in the roadmap, if it has some.
    pub weeks: Option<u32>,
    /// Its summary, or empty.
    pub summary: String,
    /// Its line in the source, as a sentence, or empty.
    pub source: String,
}

/// The texts of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ItemTexts {
    /// The sentence that says when it is done, or empty.
    pub done_when: String,
    /// Links to learn from.
    pub links: Vec<LinkView>,
    /// Notes, with the links and emphasis of Markdown.
    pub notes: String,
    /// Its checklist.
    pub steps: Vec<StepView>,
    /// Its line in the source, as a sentence, or empty.
    pub source: String,
}

/// A link of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LinkView {
    /// Its title, or empty.
    pub title: String,
    /// Its address.
    pub address: String,
}

/// A step of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct StepView {
    /// Its title, by which it is ticked.
    pub title: String,
    /// Its minutes, if it has some.
    pub minutes: Option<u32>,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// An item or a phase that comes before another item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct NeedView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// Texts under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ReferenceGroup {
    /// The heading.
    pub title: String,
    /// The texts.
    pub entries: Vec<ReferenceText>,
}

/// A text to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ReferenceText {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A sentence about it.
    pub summary: String,
    /// Its line in the source, as a sentence, or empty.
    pub source: String,
}

/// The facts of a plan's roadmap.
pub fn roadmap_facts(plan: &Plan) -> RoadmapFacts {
    let roadmap = plan.roadmap();
    let needs = roadmap.items.iter().enumerate();
    let needs = needs
        .map(|(index, item)| (item.id.clone(), needs_of(roadmap, index)))
        .filter(|(_, needs)| !needs.is_empty());
    let reference = &roadmap.file.reference;
    let parts = [
        ("Trends", &reference.trends),
        ("Strategy", &reference.strategy),
        ("Final outcomes", &reference.outcomes),
    ];
    let groups = parts.into_iter().filter(|(_, entries)| !entries.is_empty());
    let groups = groups.map(|(name, entries)| ReferenceGroup {
        // The source has headings of its own, such as "2026 Industry Trends".
        title: entries
            .first()
            .map(|entry| entry.group.trim())
            .filter(|group| !group.is_empty())
            .unwrap_or(name)
            .to_owned(),
        entries: entries
            .iter()
            .map(|entry| ReferenceText {
                id: entry.id.clone(),
                title: entry.title.clone(),
                summary: entry.summary.clone(),
                source: source(entry.source.as_deref(), entry.source_line),
            })
            .collect(),
    });
    let texts = roadmap.items.iter().enumerate();
    let texts = texts
        .filter_map(|(index, item)| Some((item.id.clone(), texts_of(plan, roadmap.entry(index)?))))
        .filter(|(_, texts)| *texts != ItemTexts::default());
    let phases = roadmap.file.phases.iter().map(|phase| PhaseFacts {
        id: phase.id.clone(),
        weeks: phase.weeks,
        summary: phase.summary.clone(),
        source: source(phase.source.as_deref(), phase.source_line),
    });
    RoadmapFacts {
        phases: phases.collect(),
        texts: texts.collect(),
        summary: roadmap.file.summary.clone(),
        needs: needs.collect(),
        reference: groups.collect(),
    }
}

fn texts_of(plan: &Plan, entry: &ItemEntry) -> ItemTexts {
    let links = entry.links.iter().map(|link| LinkView {
        title: link.title.clone(),
        address: link.address.clone(),
    });
    let steps = entry.steps.iter().map(|step| StepView {
        title: step.title.clone(),
        minutes: step.minutes,
        ticked: plan.is_ticked(&entry.id, &step.title),
    });
    ItemTexts {
        done_when: entry.done_when.clone(),
        links: links.collect(),
        notes: entry.notes.clone(),
        steps: steps.collect(),
        source: source(entry.source.as_deref(), entry.source_line),
    }
}

/// The line of a part in the roadmap's source, and its words there. Empty if it isn't known.
fn source(words: Option<&str>, line: Option<u32>) -> String {
    match (words, line) {
        (Some(words), Some(line)) => format!("Line {line} of the source: “{words}”"),
        (Some(words), None) => format!("In the source: “{words}”"),
        (None, Some(line)) => format!("Line {line} of the source"),
        (None, None) => String::new(),
    }
}

/// The prerequisites of an item; the first item of a phase also has those of the phase.
fn needs_of(roadmap: &Roadmap, index: usize) -> Vec<NeedView> {
    let item = &roadmap.items[index];
    let phase = &roadmap.phases[item.phase];
    let of_phase = phase.requires.iter().filter(|_| phase.items.start == index);
    let need = |requirement: &Requirement| match *requirement {
        Requirement::Item(item) => NeedView {
            id: roadmap.items[item].id.clone(),
            title: roadmap.items[item].title.clone(),
        },
        Requirement::Phase(phase) => NeedView {
            id: roadmap.phases[phase].id.clone(),
            title: roadmap.phases[phase].title.clone(),
        },
    };
    let mut needs: Vec<NeedView> = of_phase.chain(&item.requires).map(need).collect();
    needs.dedup();
    needs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trends_strategy_outcomes_and_prerequisites_are_there() {
        let plan = crate::samples::embedded();
        let facts = roadmap_facts(&plan);
        let groups: Vec<_> = facts
            .reference
            .iter()
            .map(|group| group.title.as_str())
            .collect();
        assert_eq!(
            groups,
            [
                "2026 Industry Trends (Must Know)",
                "Pro Strategy (Career Accelerator)",
                "Final Outcome: You become",
            ]
        );
        let entries = facts.reference.iter().flat_map(|group| &group.entries);
        assert!(entries.clone().count() > 10);
        for entry in entries {
            assert!(!entry.title.is_empty(), "{}", entry.id);
            assert!(entry.source.ends_with(&format!("{}”", entry.title)));
        }
        // Each item shows its line of the source, also one whose title is shorter.
        assert_eq!(
            facts.texts["python"].source,
            "Line 7 of the source: “Python (must-have)”"
        );
        for item in &plan.roadmap().items {
            let source = &facts.texts[&item.id].source;
            assert!(source.starts_with("Line ") && source.contains(&item.title));
        }
        assert!(
            facts
                .phases
                .iter()
                .all(|phase| phase.source.starts_with("Line "))
        );
        let first = &plan.roadmap().items[plan.roadmap().phases[1].items.start].id;
        assert_eq!(facts.needs[first][0].id, plan.roadmap().phases[0].id);
    }
}
