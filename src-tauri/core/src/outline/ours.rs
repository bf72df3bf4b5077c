//! A roadmap file of Waymark's own, as JSON → the lines of a text of ours, which keep its ids,
//! efforts, prerequisites, steps and texts.
//!
//! A file with mistakes is read as far as it can be: the marks of the lines are checked later, as
//! those of any such text.

use serde_json::{Map, Value};

use super::source::InputLine;
use crate::roadmap::{Ids, ItemKind, is_id, minutes, share};
use crate::words;

/// The lines of a JSON text.
pub(super) struct JsonLines {
    /// Hours of study that a week of it means.
    pub hours_per_week: f64,
    pub lines: Vec<InputLine>,
}

/// The roadmap in a JSON text; `None` if it has none of ours. It can be a roadmap, or a plan with
/// one.
pub(super) fn read(
    text: &str,
    value: &Value,
    findings: &mut Vec<(usize, String)>,
) -> Option<JsonLines> {
    let root = LocatedValue { value, first: 0 };
    let plan = root.field("roadmap");
    let document = root.field("plan").and_then(|plan| plan.field("roadmap"));
    let places = [Some(root), plan, document].into_iter().flatten();
    let found = places.into_iter().find(|at| is_roadmap(at.value))?;
    let mut writer = OwnWriter {
        lines: Vec::new(),
        places: string_lines(text),
        ids: Ids::default(),
        findings,
    };
    let fields = found.fields();
    let hours = number(&fields, "nominal_hours_per_week");
    let hours = hours.filter(|hours| *hours > 0.0 && *hours <= 80.0);
    let hours_per_week = hours.unwrap_or(super::HOURS_PER_WEEK);
    writer.roadmap(&fields, hours_per_week);
    Some(JsonLines {
        hours_per_week,
        lines: writer.lines,
    })
}

fn is_roadmap(value: &Value) -> bool {
    value
        .get("nominal_hours_per_week")
        .is_some_and(Value::is_number)
        && value.get("phases").is_some_and(Value::is_array)
}

/// The line of each string of a JSON text, names of fields included, in the order of the text.
fn string_lines(text: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    let (mut line, mut is_inside, mut is_escaped) = (1, false, false);
    for byte in text.bytes() {
        match byte {
            b'\n' => line += 1,
            _ if is_escaped => is_escaped = false,
            b'\\' if is_inside => is_escaped = true,
            b'"' => {
                if !is_inside {
                    lines.push(line);
                }
                is_inside = !is_inside;
            }
            _ => {}
        }
    }
    lines
}

/// A value of the JSON, and the number of its first string among all.
#[derive(Clone, Copy)]
struct LocatedValue<'a> {
    value: &'a Value,
    first: usize,
}

struct LocatedField<'a> {
    name: &'a str,
    at: LocatedValue<'a>,
}

fn count_strings(value: &Value) -> usize {
    match value {
        Value::String(_) => 1,
        Value::Array(list) => list.iter().map(count_strings).sum(),
        Value::Object(fields) => fields.values().map(|value| 1 + count_strings(value)).sum(),
        _ => 0,
    }
}

impl<'a> LocatedValue<'a> {
    /// The fields of an object, or none.
    fn fields(self) -> Vec<LocatedField<'a>> {
        let mut next = self.first;
        let all = self.value.as_object().into_iter().flat_map(Map::iter);
        all.map(|(name, value)| {
            let at = LocatedValue {
                value,
                first: next + 1,
            };
            next = at.first + count_strings(value);
            LocatedField { name, at }
        })
        .collect()
    }

    fn field(self, name: &str) -> Option<LocatedValue<'a>> {
        get(&self.fields(), name)
    }

    /// The entries of a list, or none.
    fn entries(self) -> Vec<Self> {
        let mut next = self.first;
        let all = self.value.as_array().into_iter().flatten();
        all.map(|value| {
            let at = Self { value, first: next };
            next += count_strings(value);
            at
        })
        .collect()
    }
}

type LocatedFields<'a> = [LocatedField<'a>];

fn get<'a>(fields: &LocatedFields<'a>, name: &str) -> Option<LocatedValue<'a>> {
    let found = fields.iter().find(|field| field.name == name)?;
    Some(found.at)
}

fn number(fields: &LocatedFields, name: &str) -> Option<f64> {
    get(fields, name)?.value.as_f64()
}

fn list<'a>(fields: &LocatedFields<'a>, name: &str) -> Vec<LocatedValue<'a>> {
    get(fields, name)
        .map(LocatedValue::entries)
        .unwrap_or_default()
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line_text(fields: &LocatedFields, name: &str) -> String {
    let text = get(fields, name).and_then(|at| at.value.as_str());
    one_line(text.unwrap_or_default())
}

struct OwnWriter<'a> {
    lines: Vec<InputLine>,
    /// The line of each string.
    places: Vec<usize>,
    ids: Ids,
    findings: &'a mut Vec<(usize, String)>,
}

impl OwnWriter<'_> {
    fn push(&mut self, number: usize, text: String) {
        self.lines.push(InputLine { text, number });
    }

    /// The line at which a value begins.
    fn line_of(&self, at: LocatedValue) -> usize {
        let own = if at.value.is_string() {
            at.first
        } else {
            at.first.saturating_sub(1)
        };
        self.places.get(own).copied().unwrap_or(1)
    }

    /// A field's text behind a mark, at its line. Nothing if it is empty.
    fn text(&mut self, fields: &LocatedFields, name: &str, mark: &str) {
        let text = line_text(fields, name);
        if let (Some(at), false) = (get(fields, name), text.is_empty()) {
            self.push(self.line_of(at), format!("{mark}{text}"));
        }
    }

    fn roadmap(&mut self, fields: &LocatedFields, hours_per_week: f64) {
        self.text(fields, "title", "# ");
        self.text(fields, "summary", "> ");
        for phase in list(fields, "phases") {
            self.phase(&phase.fields(), self.line_of(phase), hours_per_week);
        }
        let Some(reference) = get(fields, "reference") else {
            return;
        };
        let reference = reference.fields();
        for (name, title) in [
            ("trends", "Trends"),
            ("strategy", "Strategy"),
            ("outcomes", "Final outcomes"),
        ] {
            let entries = list(&reference, name);
            if let Some(first) = entries.first() {
                let number = self.line_of(*first);
                self.push(number, format!("## {title} (reference)"));
            }
            let mut group = String::new();
            for entry in entries {
                let fields = entry.fields();
                self.group(&fields, &mut group);
                self.text(&fields, "title", "- ");
                self.text(&fields, "summary", "  - About: ");
            }
        }
    }

    /// The line of a part: its title with the facts, and its id.
    fn part(&mut self, fields: &LocatedFields, mark: &str, facts: &str, otherwise: usize) {
        let title = line_text(fields, "title");
        let number = get(fields, "title").map_or(otherwise, |at| self.line_of(at));
        let id = get(fields, "id").and_then(|at| at.value.as_str());
        let id = match id {
            Some(id) if is_id(id) => {
                self.ids.take(id);
                id.to_owned()
            }
            typed => {
                if let Some(typed) = typed {
                    let typed: String = typed.chars().take(60).collect();
                    let sentence = format!(
                        "The id “{typed}” can't be used, because an id has 1 to 64 small letters, \
                         digits and hyphens. This part gets another one"
                    );
                    self.findings.push((number, sentence));
                }
                self.ids.id(&title, "part")
            }
        };
        self.push(number, format!("{mark}{title}{facts} ^{id}"));
    }

    fn phase(&mut self, fields: &LocatedFields, otherwise: usize, hours_per_week: f64) {
        let weeks = get(fields, "weeks").and_then(|at| at.value.as_u64());
        let weeks = weeks.and_then(|weeks| u32::try_from(weeks).ok());
        let weeks = weeks.filter(|weeks| (1..=520).contains(weeks));
        let facts = weeks.map(|weeks| format!(" ({})", words::count(weeks as usize, "week")));
        self.part(fields, "## ", &facts.unwrap_or_default(), otherwise);
        self.text(fields, "summary", "> ");
        let outcome = get(fields, "outcome").map(LocatedValue::fields);
        self.text(&outcome.unwrap_or_default(), "title", "Outcome: ");
        self.needs(fields, "", true);
        let items: Vec<_> = list(fields, "items");
        let items: Vec<_> = items
            .iter()
            .map(|item| (self.line_of(*item), item.fields()))
            .collect();
        let efforts = efforts(
            items.iter().map(|(_, fields)| &fields[..]),
            weeks,
            hours_per_week,
        );
        let mut group = String::new();
        for ((number, item), minutes) in items.iter().zip(efforts) {
            self.group(item, &mut group);
            self.item(item, minutes, *number);
        }
    }

    /// A heading, if the group changes.
    fn group(&mut self, fields: &LocatedFields, group: &mut String) {
        let next = line_text(fields, "group");
        if next == *group {
            return;
        }
        let number = get(fields, "title").map_or(1, |at| self.line_of(at));
        let line = if next.is_empty() {
            "---".to_owned()
        } else {
            format!("**{next}**")
        };
        self.push(number, line);
        *group = next;
    }

    /// The prerequisites, each at its line.
    fn needs(&mut self, fields: &LocatedFields, mark: &str, is_phase: bool) {
        let needs = list(fields, "requires");
        if let (true, true, Some(last)) = (needs.is_empty(), is_phase, self.lines.last()) {
            self.push(last.number, format!("{mark}After: (nothing)"));
        }
        for need in needs {
            let typed = one_line(need.value.as_str().unwrap_or_default());
            if !typed.is_empty() {
                self.push(self.line_of(need), format!("{mark}After: {typed}"));
            }
        }
    }

    fn item(&mut self, fields: &LocatedFields, minutes: Option<u32>, otherwise: usize) {
        let mut facts: Vec<String> = Vec::new();
        facts.extend(minutes.map(|minutes| words::effort(minutes.into())));
        if let Some(at) = get(fields, "kind") {
            let name = at.value.as_str().unwrap_or_default();
            if ItemKind::ALL.iter().any(|kind| kind.name() == name) {
                facts.push(name.to_owned());
            } else {
                let name: String = name.chars().take(60).collect();
                let kinds = ItemKind::ALL.map(ItemKind::name).join(", ");
                let sentence = format!(
                    "The kind “{name}” can't be used, because the kinds are {kinds}. The item is \
                     read as a topic"
                );
                self.findings.push((self.line_of(at), sentence));
            }
        }
        if get(fields, "optional").is_some_and(|at| at.value.as_bool() == Some(true)) {
            facts.push("optional".into());
        }
        let facts = match &facts[..] {
            [] => String::new(),
            facts => format!(" ({})", facts.join(", ")),
        };
        self.part(fields, "- ", &facts, otherwise);
        self.text(fields, "summary", "  - About: ");
        self.text(fields, "done_when", "  - Done when: ");
        self.needs(fields, "  - ", false);
        for link in list(fields, "links") {
            let fields = link.fields();
            let title = line_text(&fields, "title").replace([']', '['], " ");
            if let Some(at) = get(&fields, "address") {
                let address = one_line(at.value.as_str().unwrap_or_default());
                let title = if title.is_empty() {
                    address.clone()
                } else {
                    title
                };
                self.push(self.line_of(at), format!("  - [{title}]({address})"));
            }
        }
        for step in list(fields, "steps") {
            let fields = step.fields();
            let minutes = get(&fields, "minutes").and_then(|at| at.value.as_u64());
            let minutes = minutes.filter(|minutes| (1..=600_000).contains(minutes));
            let time = minutes.map(|minutes| format!(" ({})", words::effort(minutes)));
            let title = line_text(&fields, "title");
            if let (Some(at), false) = (get(&fields, "title"), title.is_empty()) {
                let line = format!("  - [ ] {title}{}", time.unwrap_or_default());
                self.push(self.line_of(at), line);
            }
        }
        if let Some(at) = get(fields, "notes") {
            let notes = at.value.as_str().unwrap_or_default();
            for line in notes.lines().filter(|line| !line.trim().is_empty()) {
                self.push(self.line_of(at), format!("  > {line}"));
            }
        }
    }
}

/// The minutes of each item of a phase: stated, or its share of the phase's weeks.
fn efforts<'a>(
    items: impl Iterator<Item = &'a LocatedFields<'a>>,
    weeks: Option<u32>,
    hours_per_week: f64,
) -> Vec<Option<u32>> {
    let mut stated: Vec<Option<f64>> = Vec::new();
    let mut weights: Vec<f64> = Vec::new();
    for item in items {
        let hours = number(item, "effort_hours").filter(|hours| (0.0..=10_000.0).contains(hours));
        let weight = number(item, "weight").filter(|weight| *weight > 0.0 && *weight <= 1000.0);
        if hours.is_none() {
            weights.push(weight.unwrap_or(1.0));
        }
        stated.push(hours);
    }
    let spoken_for: f64 = stated.iter().flatten().sum();
    let whole = weeks.map(|weeks| f64::from(weeks) * hours_per_week - spoken_for);
    let shares = match whole.filter(|hours| *hours > 0.0) {
        Some(hours) => share(minutes(hours), &weights),
        None => Vec::new(),
    };
    let mut shares = shares.into_iter();
    let effort = |hours: Option<f64>| hours.map(minutes).or_else(|| shares.next());
    stated.into_iter().map(effort).collect()
}
