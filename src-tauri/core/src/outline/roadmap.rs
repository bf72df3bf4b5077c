//! An outline → a roadmap that can be planned.

use serde_json::{Value, json};

use super::questions::{CERTIFICATION_HOURS, PROJECT_HOURS, TOPIC_HOURS};
use super::{Outline, OutlineItem, OutlineLink, OutlineNeed, OutlinePhase, ReferencePart};
use crate::input_error::InputError;
use crate::roadmap::{
    Ids, ItemKind, LONGEST_NOTES, LONGEST_TITLE, Link, MOST_LINKS, Roadmap, RoadmapFile,
};

/// The hours that the items of an outline take.
#[derive(Clone, Copy)]
struct OutlineHours {
    /// Of a topic that states none.
    topic: f64,
    /// Of a week.
    week: f64,
}

fn hours(item: &OutlineItem, of: OutlineHours) -> f64 {
    let guess = match item.kind {
        ItemKind::Project => PROJECT_HOURS,
        ItemKind::Certification => CERTIFICATION_HOURS,
        _ => of.topic,
    };
    let stated = item.minutes.map(|minutes| f64::from(minutes) / 60.0);
    stated
        .or(item.weeks.map(|weeks| (weeks * of.week).round().max(0.5)))
        .unwrap_or(guess)
}

impl Outline {
    /// The outline as a roadmap, with the guesses of its questions.
    ///
    /// # Errors
    /// If it can't be planned.
    pub fn roadmap(&self) -> Result<Roadmap, InputError> {
        self.roadmap_with(TOPIC_HOURS)
    }

    /// As [`Outline::roadmap`], with the hours of each topic that states none.
    ///
    /// # Errors
    /// If it can't be planned.
    pub fn roadmap_with(&self, topic_hours: f64) -> Result<Roadmap, InputError> {
        Roadmap::from_file(self.roadmap_file(topic_hours)?)
    }

    /// The outline as the fields of a roadmap file, with the hours of each topic that states none.
    ///
    /// # Errors
    /// If a field of the file is not as its reader expects.
    pub fn roadmap_file(&self, topic_hours: f64) -> Result<RoadmapFile, InputError> {
        let mut ids = Ids::default();
        // Those of a text of ours stay.
        let items = self.phases.iter().flat_map(|phase| &phase.items);
        let known = self.phases.iter().map(|phase| &phase.id);
        let known = known.chain(items.map(|item| &item.id)).flatten();
        known.for_each(|id| ids.take(id));
        let roadmap_id = ids.id(&self.title, "roadmap");
        let part_ids = OutlineIds {
            phases: self
                .phases
                .iter()
                .map(|phase| {
                    phase
                        .id
                        .clone()
                        .unwrap_or_else(|| ids.id(&phase.title, "phase"))
                })
                .collect(),
            items: self
                .phases
                .iter()
                .map(|phase| item_ids(phase, &mut ids))
                .collect(),
        };
        let hours = OutlineHours {
            topic: topic_hours,
            week: self.hours_per_week,
        };
        let mut phases = Vec::with_capacity(self.phases.len());
        // The phases before, that the next one waits for.
        let mut before: Option<&str> = None;
        let mut started_with: Option<&str> = None;
        for (at, (phase, id)) in self.phases.iter().zip(&part_ids.phases).enumerate() {
            let requires = if phase.parallel { started_with } else { before };
            let requires = match &phase.requires {
                Some(needs) => part_ids.needs(needs),
                None => requires.map(str::to_owned).into_iter().collect(),
            };
            phases.push(phase_value(
                phase,
                (at, &part_ids),
                &requires,
                hours,
                &mut ids,
            ));
            if !phase.parallel {
                started_with = before;
                before = Some(id);
            }
        }
        let mut reference = json!({"trends": [], "strategy": [], "outcomes": []});
        for entry in &self.reference {
            let part = match entry.part {
                ReferencePart::Trends => "trends",
                ReferencePart::Strategy => "strategy",
                ReferencePart::Outcomes => "outcomes",
            };
            let value = json!({"id": ids.id(&entry.title, part), "title": entry.title, "group": entry.group, "summary": entry.summary});
            if let Some(list) = reference.get_mut(part).and_then(Value::as_array_mut) {
                list.push(value);
            }
        }
        let guesses = self
            .questions
            .iter()
            .map(|q| short(&format!("{} {}.", q.question, q.guess)));
        let first = format!("A week of the outline means {} hours of study.", hours.week);
        let file = json!({
            "id": roadmap_id,
            "title": self.title,
            "summary": if self.summary.is_empty() { self.title.clone() } else { self.summary.clone() },
            "nominal_hours_per_week": hours.week,
            "assumptions": std::iter::once(first).chain(guesses).collect::<Vec<_>>(),
            "phases": phases,
            "reference": reference,
        });
        RoadmapFile::parse(&file.to_string())
    }
}

fn short(text: &str) -> String {
    text.chars().take(500).collect()
}

/// The ids of all phases, and of the items of each.
struct OutlineIds {
    phases: Vec<String>,
    items: Vec<Vec<String>>,
}

impl OutlineIds {
    fn needs(&self, needs: &[OutlineNeed]) -> Vec<String> {
        let id = |need: &OutlineNeed| match *need {
            OutlineNeed::Phase(phase) => self.phases.get(phase).cloned(),
            OutlineNeed::Item { phase, item } => self.items.get(phase)?.get(item).cloned(),
        };
        needs.iter().filter_map(id).collect()
    }
}

fn item_ids(phase: &OutlinePhase, ids: &mut Ids) -> Vec<String> {
    let id = |item: &OutlineItem| {
        let own = item.id.clone();
        own.unwrap_or_else(|| ids.id(&item.title, "item"))
    };
    phase.items.iter().map(id).collect()
}

fn phase_value(
    phase: &OutlinePhase,
    (at, part_ids): (usize, &OutlineIds),
    requires: &[String],
    of: OutlineHours,
    ids: &mut Ids,
) -> Value {
    let stated: f64 = phase
        .items
        .iter()
        .filter_map(|item| item.minutes)
        .map(|m| f64::from(m) / 60.0)
        .sum();
    let is_all_stated =
        !phase.items.is_empty() && phase.items.iter().all(|item| item.minutes.is_some());
    // Hours of the items are more exact than weeks, and more than the weeks hold can't be stated. A
    // text of ours states both.
    let is_own = phase.id.is_some();
    let weeks = phase.weeks.filter(|&weeks| {
        is_own && is_all_stated || !is_all_stated && stated < f64::from(weeks) * of.week
    });
    let id = &part_ids.phases[at];
    let mut items: Vec<Value> = phase
        .items
        .iter()
        .zip(&part_ids.items[at])
        .map(|(item, id)| {
            let (links, others) = links(item);
            let mut value = json!({
                "id": id,
                "title": item.title,
                "kind": item.kind,
                "group": item.group,
                "summary": summary(item),
                "links": links,
                "notes": notes(item, &others),
                "optional": item.optional,
                "done_when": item.done_when,
                "steps": item.steps,
                "requires": part_ids.needs(&item.requires),
            });
            match (weeks, item.minutes) {
                (Some(_), None) => {
                    value["weight"] = json!(item.weeks.unwrap_or(1.0).clamp(0.1, 1000.0))
                }
                _ => value["effort_hours"] = json!(hours(item, of).min(10_000.0)),
            }
            value
        })
        .collect();
    if items.is_empty() {
        // A phase that only has a name is one thing to do.
        let mut value =
            json!({"id": ids.id(&phase.title, "item"), "title": phase.title, "kind": "topic"});
        match weeks {
            Some(_) => value["weight"] = json!(1),
            None => value["effort_hours"] = json!(of.topic),
        }
        items.push(value);
    }
    let (outcome, ours) = match phase.outcomes.as_slice() {
        [] => (format!("Finish {}", phase.title), true),
        outcomes => (outcomes.join("; "), false),
    };
    let outcome: String = outcome.chars().take(200).collect();
    let mut value = json!({
        "id": id,
        "number": at + 1,
        "title": phase.title,
        "summary": short(&phase.notes.join(" ")),
        "requires": requires,
        "outcome": {"id": ids.id(&format!("outcome {id}"), "outcome"), "title": outcome, "ours": ours},
        "items": items,
    });
    if let Some(weeks) = weeks {
        value["weeks"] = json!(weeks);
    }
    value
}

/// An item's first remark, if it is short enough for a summary and has none of its own.
fn summary(item: &OutlineItem) -> &str {
    if let Some(summary) = &item.summary {
        return summary;
    }
    let first = item.notes.first().map(String::as_str);
    first
        .filter(|note| note.chars().count() <= 500)
        .unwrap_or_default()
}

/// The links of an item that a roadmap can hold, and the others.
fn links(item: &OutlineItem) -> (Vec<Link>, Vec<&OutlineLink>) {
    let mut held = Vec::new();
    let mut others = Vec::new();
    for link in &item.links {
        if held.len() < MOST_LINKS && Link::can_open(&link.address) {
            held.push(Link {
                title: link.title.chars().take(LONGEST_TITLE).collect(),
                address: link.address.clone(),
            });
        } else {
            others.push(link);
        }
    }
    (held, others)
}

/// The remarks that are not the summary, and the addresses of other links, a line each.
fn notes(item: &OutlineItem, others: &[&OutlineLink]) -> String {
    let remarks = item.notes.iter().skip(usize::from(
        item.summary.is_none() && !summary(item).is_empty(),
    ));
    let addresses = others.iter().map(|link| &link.address);
    let lines: Vec<&str> = remarks.chain(addresses).map(String::as_str).collect();
    lines.join("\n").chars().take(LONGEST_NOTES).collect()
}
