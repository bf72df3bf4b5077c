//! The roadmap file that a text makes of a plan's own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::ids::{IdOf, PartIds};
use crate::input_error::{ErrorCode, InputError};
use crate::outline::TOPIC_HOURS;
use crate::plan::Plan;
use crate::plan::entries::reject;
use crate::plan::text::{RoadmapText, TextEntry, TextItem, TextNeed, TextPhase};
use crate::roadmap::{ItemEntry, PhaseEntry, ReferenceEntry, RoadmapFile, Step};

/// A merged roadmap file.
pub(super) struct MergedFile {
    pub file: RoadmapFile,
    /// The line of each phase and item of the text, by id.
    pub lines: BTreeMap<String, usize>,
    /// Items to which the text gives another effort.
    pub resized: Vec<String>,
}

/// A phase of the text, with the ids of its parts.
struct NamedPhase {
    id: String,
    text: TextPhase,
    items: Vec<NamedItem>,
}

struct NamedItem {
    id: String,
    text: TextItem,
}

/// The roadmap with the text's parts in its order, and everything that a text doesn't have as it
/// was.
pub(super) fn merged_file(
    plan: &Plan,
    mut text: RoadmapText,
) -> Result<MergedFile, Vec<InputError>> {
    let mut problems = std::mem::take(&mut text.problems);
    if text.phases.is_empty() && problems.is_empty() {
        let expected = "no line is a phase. Begin each phase with ##, and each item with -";
        problems.push(InputError::sentence(ErrorCode::RoadmapField, expected));
    }
    let mut ids = PartIds::new(plan);
    let phases = named(text.phases, &mut ids);
    let needs = Needs::new(plan, &phases);
    let mut merged = MergedFile {
        file: plan.roadmap.file.clone(),
        lines: needs.lines.clone(),
        resized: Vec::new(),
    };
    let mut builder = RoadmapBuilder {
        former: Former::new(plan),
        needs,
        problems: Vec::new(),
        resized: Vec::new(),
    };
    if let Some(head) = text.head {
        merged.file.title = head.title;
        merged.file.summary = head.summary;
    }
    let mut before = None;
    merged.file.phases.clear();
    for phase in phases {
        let id = phase.id.clone();
        let entry = builder.phase(phase, before.as_deref(), &mut ids);
        merged.file.phases.push(entry);
        before = Some(id);
    }
    if let Some(reference) = text.reference {
        let file = &mut merged.file.reference;
        for (list, entries) in [
            (&mut file.trends, reference.trends),
            (&mut file.strategy, reference.strategy),
            (&mut file.outcomes, reference.outcomes),
        ] {
            *list = reference_list(entries, &plan.roadmap.file, &mut ids);
        }
    }
    merged.resized = builder.resized;
    problems.append(&mut ids.problems);
    problems.append(&mut builder.problems);
    problems.sort_by_key(line_of);
    if problems.is_empty() {
        return Ok(merged);
    }
    Err(problems)
}

fn named(phases: Vec<TextPhase>, ids: &mut PartIds) -> Vec<NamedPhase> {
    let phase = |mut text: TextPhase| {
        let id = ids.id(text.id.as_deref(), text.line, &text.title, IdOf::Phase);
        let items = std::mem::take(&mut text.items).into_iter();
        let items = items.map(|text| NamedItem {
            id: ids.id(text.id.as_deref(), text.line, &text.title, IdOf::Item),
            text,
        });
        NamedPhase {
            id,
            items: items.collect(),
            text,
        }
    };
    phases.into_iter().map(phase).collect()
}

fn reference_list(
    entries: Vec<TextEntry>,
    file: &RoadmapFile,
    ids: &mut PartIds,
) -> Vec<ReferenceEntry> {
    // An entry can come from another list.
    let lists = [
        &file.reference.trends,
        &file.reference.strategy,
        &file.reference.outcomes,
    ];
    let all = lists.into_iter().flatten();
    let all: HashMap<&str, &ReferenceEntry> = all.map(|entry| (entry.id.as_str(), entry)).collect();
    let entry = |text: TextEntry| {
        let id = ids.id(text.id.as_deref(), text.line, &text.title, IdOf::Entry);
        let known = all.get(id.as_str());
        ReferenceEntry {
            id,
            title: text.title,
            source: known.and_then(|known| known.source.clone()),
            source_line: known.and_then(|known| known.source_line),
            group: text.group,
            summary: text.summary,
        }
    };
    entries.into_iter().map(entry).collect()
}

/// The parts of the roadmap as it was, by id.
struct Former<'a> {
    phases: HashMap<&'a str, &'a PhaseEntry>,
    items: HashMap<&'a str, FormerItem<'a>>,
    nominal: f64,
}

#[derive(Clone, Copy)]
struct FormerItem<'a> {
    entry: &'a ItemEntry,
    minutes: u32,
}

impl<'a> Former<'a> {
    fn new(plan: &'a Plan) -> Self {
        let file = &plan.roadmap.file;
        let entries = file.phases.iter().flat_map(|phase| &phase.items);
        let items = entries.zip(&plan.roadmap.items).map(|(entry, item)| {
            let minutes = item.effort_minutes;
            (entry.id.as_str(), FormerItem { entry, minutes })
        });
        let phases = file.phases.iter().map(|phase| (phase.id.as_str(), phase));
        Self {
            phases: phases.collect(),
            items: items.collect(),
            nominal: file.nominal_hours_per_week,
        }
    }
}

struct RoadmapBuilder<'a> {
    former: Former<'a>,
    needs: Needs<'a>,
    problems: Vec<InputError>,
    resized: Vec<String>,
}

impl RoadmapBuilder<'_> {
    fn phase(&mut self, phase: NamedPhase, before: Option<&str>, ids: &mut PartIds) -> PhaseEntry {
        let NamedPhase { id, text, items } = phase;
        let former = self.former.phases.get(id.as_str()).copied();
        let mut entry = former.map_or_else(
            || {
                let outcome = ids.made(&format!("outcome {id}"), "outcome");
                PhaseEntry::new(id.clone(), &text.title, outcome)
            },
            |former| PhaseEntry {
                items: Vec::new(),
                ..former.clone()
            },
        );
        entry.title = text.title;
        entry.summary = text.summary;
        if let Some(outcome) = text.outcome.filter(|title| *title != entry.outcome.title) {
            entry.outcome.title = outcome;
            entry.outcome.ours = false;
        }
        entry.requires = match text.after {
            Some(needs) => self.needs.of(&id, &needs, &mut self.problems),
            None => before.map(str::to_owned).into_iter().collect(),
        };
        let efforts: Vec<u32> = items.iter().map(|item| self.effort(item)).collect();
        let is_same = former.is_some_and(|former| {
            let now = items.iter().map(|item| item.id.as_str());
            let was = former.items.iter().map(|item| item.id.as_str());
            let was_minutes = |item: &NamedItem| {
                let known = self.former.items.get(item.id.as_str());
                known.map(|known| known.minutes)
            };
            let mut each = items.iter().zip(&efforts);
            was.eq(now) && each.all(|(item, effort)| was_minutes(item) == Some(*effort))
        });
        let has_same_weeks = entry.weeks == text.weeks;
        for (item, minutes) in items.into_iter().zip(efforts) {
            let mut item = self.item(item, minutes);
            // Its neighbours would share what one of them gains or loses.
            if !is_same || !has_same_weeks {
                item.set_minutes(minutes);
            }
            entry.items.push(item);
        }
        if is_same && !has_same_weeks {
            // As in the editor: the items share the weeks.
            entry.set_weeks(text.weeks, self.former.nominal);
        }
        entry.weeks = text.weeks;
        entry
    }

    fn effort(&self, item: &NamedItem) -> u32 {
        let known = self.former.items.get(item.id.as_str());
        let known = known.map(|known| known.minutes);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 4 hours
        let guess = (TOPIC_HOURS * 60.0) as u32;
        item.text.minutes.or(known).unwrap_or(guess)
    }

    fn item(&mut self, item: NamedItem, minutes: u32) -> ItemEntry {
        let NamedItem { id, text } = item;
        let former = self.former.items.get(id.as_str()).copied();
        if former.is_some_and(|former| former.minutes != minutes) {
            self.resized.push(id.clone());
        }
        let former_steps = former.map_or(&[][..], |former| former.entry.steps.as_slice());
        if text.steps != former_steps
            && let Some(title) = twice(&text.steps)
        {
            let field = format!("line {}", text.steps_line);
            let error = reject(&field, title, "give each step its own title");
            self.problems.push(error.because("is there twice"));
        }
        let requires = self.needs.of(&id, &text.after, &mut self.problems);
        let entry = match former {
            Some(former) => former.entry.clone(),
            None => ItemEntry::new(id, &text.title, minutes),
        };
        ItemEntry {
            title: text.title,
            kind: text.kind,
            optional: text.optional,
            group: text.group,
            summary: text.summary,
            done_when: text.done_when,
            links: text.links,
            steps: text.steps,
            notes: text.notes,
            requires,
            ..entry
        }
    }
}

/// A title that two of the steps have.
fn twice(steps: &[Step]) -> Option<&str> {
    let mut titles = BTreeSet::new();
    let mut steps = steps.iter().map(|step| step.title.as_str());
    steps.find(|title| !titles.insert(*title))
}

/// The prerequisites that a text can name.
struct Needs<'a> {
    /// The line of each phase and item of the text, by id.
    lines: BTreeMap<String, usize>,
    /// The ids of phases and items by their titles in lower case.
    by_title: HashMap<String, String>,
    /// The prerequisites of each part that the text lacks.
    gone: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Needs<'a> {
    fn new(plan: &'a Plan, phases: &[NamedPhase]) -> Self {
        let mut lines = BTreeMap::new();
        let mut by_title = HashMap::new();
        let mut add = |id: &str, typed: Option<&String>, title: &str, line: usize| {
            lines.insert(id.to_owned(), line);
            // An id that was rejected is told once, not at each prerequisite too.
            for name in typed.into_iter().chain([&title.to_lowercase()]) {
                by_title
                    .entry(name.clone())
                    .or_insert_with(|| id.to_owned());
            }
        };
        for phase in phases {
            let text = &phase.text;
            add(&phase.id, text.id.as_ref(), &text.title, text.line);
            for item in &phase.items {
                let text = &item.text;
                add(&item.id, text.id.as_ref(), &text.title, text.line);
            }
        }
        let mut gone = HashMap::new();
        for phase in &plan.roadmap.file.phases {
            let of_phase = phase.requires.iter().map(String::as_str);
            let is_gone = !lines.contains_key(&phase.id);
            for item in phase
                .items
                .iter()
                .filter(|item| !lines.contains_key(&item.id))
            {
                let own = item.requires.iter().map(String::as_str);
                let of_phase = of_phase.clone().filter(|_| is_gone);
                gone.insert(item.id.as_str(), own.chain(of_phase).collect());
            }
            if is_gone {
                gone.insert(phase.id.as_str(), of_phase.collect());
            }
        }
        Self {
            lines,
            by_title,
            gone,
        }
    }

    /// The ids of a part's prerequisites. In the place of a part that is gone come those before it.
    fn of(&self, own: &str, needs: &[TextNeed], problems: &mut Vec<InputError>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for need in needs {
            if let Some(id) = self.lines.get_key_value(&need.typed).map(|(id, _)| id) {
                found.push(id.clone());
            } else if let Some(before) = self.gone.get(need.typed.as_str()) {
                let inherited = self.inherited(before);
                let inherited = inherited.into_iter().filter(|id| *id != own);
                for id in inherited {
                    if !found.iter().any(|known| known == id) {
                        found.push(id.to_owned());
                    }
                }
            } else if let Some(id) = self.by_title.get(&need.typed.to_lowercase()) {
                found.push(id.clone());
            } else {
                let field = format!("line {}", need.line);
                let expected = "enter the id or the title of an item or a phase";
                let error = reject(&field, &need.typed, expected);
                problems.push(error.because("isn't in this text"));
            }
        }
        found
    }

    /// The nearest parts of the text before parts that are gone.
    fn inherited(&self, before: &[&'a str]) -> Vec<&'a str> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        let mut open: Vec<&str> = before.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            if self.lines.contains_key(id) {
                found.push(id);
            } else if let Some(before) = self.gone.get(id) {
                open.extend(before.iter().rev());
            }
        }
        found
    }
}

/// The line that an error names.
fn line_of(error: &InputError) -> usize {
    let field = error.field();
    let number = field.strip_prefix("line ").unwrap_or_default();
    let number = number.split(',').next().unwrap_or_default();
    number.parse().unwrap_or_default()
}

/// An error about the merged roadmap, at its line of the text.
pub(super) fn at_line(
    error: InputError,
    plan: &Plan,
    lines: &BTreeMap<String, usize>,
) -> InputError {
    if error.code == ErrorCode::RoadmapCycle {
        let ids: Vec<&str> = error.value().split(" → ").collect();
        let line = ids.iter().find_map(|id| lines.get(*id));
        let title = |id: &&str| {
            let mut phases = plan.roadmap.phases.iter();
            let phase = phases.find(|phase| phase.id == *id);
            phase
                .map_or_else(|| plan.title_of(id), |phase| &phase.title)
                .to_owned()
        };
        let circle: Vec<String> = ids.iter().map(title).collect();
        let field = line.map_or_else(String::new, |line| format!("line {line}"));
        let expected = "remove one of these prerequisites";
        let circle = circle.join(" → ");
        return InputError::new(error.code, field, circle, expected).because("is a circle");
    }
    // Such as "phase foundations, item python, notes".
    let field = error.field();
    let named = field.split(", ").filter_map(|part| {
        let id = part.strip_prefix("item ").or(part.strip_prefix("phase "))?;
        lines.get(id)
    });
    match named.last() {
        Some(line) => error.within(format!("line {line}")),
        None => error,
    }
}
