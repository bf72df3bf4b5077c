//! JSON of roadmap tools → nested list entries.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::HOURS_PER_WEEK;
use super::ours::{self, JsonLines};
use super::source::InputLine;

/// Fields that name an entry.
const TITLES: [&str; 7] = ["title", "name", "label", "topic", "text", "heading", "task"];
/// Fields that hold the entries below.
const CHILDREN: [&str; 24] = [
    "phases",
    "stages",
    "modules",
    "weeks",
    "months",
    "sections",
    "steps",
    "milestones",
    "topics",
    "items",
    "tasks",
    "children",
    "subtopics",
    "lessons",
    "skills",
    "units",
    "chapters",
    "days",
    "nodes",
    "roadmap",
    "curriculum",
    "tools",
    "projects",
    "entries",
];
const NOTES: [&str; 4] = ["description", "summary", "note", "details"];
const LINKS: [&str; 4] = ["url", "link", "href", "address"];
const LISTS_OF_LINKS: [&str; 2] = ["resources", "links"];
const OUTCOMES: [&str; 4] = ["outcome", "goal", "objective", "deliverable"];
const SPANS: [&str; 5] = ["duration", "weeks", "timeline", "estimated_time", "effort"];

/// The entries of a JSON text; `None` if it holds none, and the line and the reason if it isn't
/// JSON.
pub(super) fn lines(
    text: &str,
    findings: &mut Vec<(usize, String)>,
) -> Result<Option<JsonLines>, (usize, String)> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) if looks_like_json(text) => {
            let why = format!("This looks like JSON, but can't be read as JSON: {error}");
            return Err((error.line().max(1), why));
        }
        Err(_) => return Ok(None),
    };
    if let Some(lines) = ours::read(text, &value, findings) {
        return Ok(Some(lines));
    }
    let mut writer = EntryWriter {
        lines: Vec::new(),
        text,
        place: 0,
        number: 1,
        ids: HashSet::new(),
        findings,
    };
    writer.value(&value, 0);
    let lines = Some(writer.lines).filter(|lines| !lines.is_empty());
    Ok(lines.map(|lines| JsonLines {
        hours_per_week: HOURS_PER_WEEK,
        lines,
    }))
}

fn looks_like_json(text: &str) -> bool {
    let start = text.trim_start();
    let second = start.get(1..).unwrap_or_default().trim_start();
    start.starts_with('{') && second.starts_with('"')
        || start.starts_with('[') && second.starts_with('{')
}

struct EntryWriter<'a> {
    lines: Vec<InputLine>,
    text: &'a str,
    place: usize,
    number: usize,
    ids: HashSet<String>,
    findings: &'a mut Vec<(usize, String)>,
}

impl EntryWriter<'_> {
    fn push(&mut self, depth: usize, prefix: &str, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            let number = self.number_of(&text);
            let indent = "  ".repeat(depth);
            self.lines.push(InputLine {
                text: format!("{indent}{prefix}{text}"),
                number,
            });
        }
    }

    /// The line of a title: the fields are read in the order of the text.
    fn number_of(&mut self, title: &str) -> usize {
        let head: String = title
            .chars()
            .take_while(|c| !"\"\\[]".contains(*c))
            .take(40)
            .collect();
        let rest = self.text.get(self.place..).unwrap_or_default();
        // Only ahead and not far, so that a text without the title stays linear.
        let end = (0..=4000.min(rest.len()))
            .rev()
            .find(|&end| rest.is_char_boundary(end));
        let near = rest.get(..end.unwrap_or(0)).unwrap_or_default();
        if let Some(at) = near.find(&head).filter(|_| !head.is_empty()) {
            let passed = near.get(..at).unwrap_or_default();
            self.number += passed.matches('\n').count();
            self.place += at;
        }
        self.number
    }

    fn value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Array(list) => list.iter().for_each(|entry| self.value(entry, depth)),
            Value::Object(fields) => self.object(fields, depth),
            Value::String(text) => self.push(depth, "- ", text),
            Value::Number(number) => self.push(depth, "- ", &number.to_string()),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn object(&mut self, fields: &Map<String, Value>, depth: usize) {
        // Diagrams keep the words of a node one level down.
        let data = fields.get("data").and_then(Value::as_object);
        if let (Some(data), None) = (data, words(fields, &TITLES)) {
            let kind = fields
                .get("type")
                .and_then(Value::as_str)
                .unwrap_or("topic");
            match kind {
                "title" => data
                    .get("label")
                    .and_then(Value::as_str)
                    .into_iter()
                    .for_each(|t| self.push(0, "# ", t)),
                "topic" | "milestone" => self.object(data, depth),
                "subtopic" | "checklist" | "checklist-item" | "todo" => {
                    self.object(data, depth + 1)
                }
                _ => {}
            }
            return;
        }
        let title = words(fields, &TITLES);
        let mut inner = depth;
        if let Some(title) = &title {
            let is_root = depth == 0 && self.lines.is_empty() && has_children(fields);
            let ticked = ["done", "completed", "checked"]
                .iter()
                .find_map(|name| fields.get(*name).and_then(Value::as_bool));
            let tick = match ticked {
                Some(true) => "[x] ",
                Some(false) => "[ ] ",
                None => "",
            };
            let span = SPANS.iter().find_map(|name| {
                let value = fields.get(*name)?;
                let unit = if *name == "weeks" { " weeks" } else { "" };
                value
                    .as_str()
                    .map(str::to_owned)
                    .or(value.as_f64().map(|n| format!("{n}{unit}")))
            });
            let span = span.map_or(String::new(), |span| format!(" ({span})"));
            let link = words(fields, &LINKS).filter(|_| !title.contains(['[', ']']));
            let shown = match link {
                Some(link) => format!("{tick}[{title}]({link}){span}"),
                None => format!("{tick}{title}{span}"),
            };
            self.push(depth, if is_root { "# " } else { "- " }, &shown);
            inner = if is_root { depth } else { depth + 1 };
            if let Some(id) = fields.get("id").and_then(Value::as_str)
                && !self.ids.insert(id.to_owned())
            {
                let id: String = id.chars().take(60).collect();
                let sentence = format!(
                    "The id “{id}” is used twice. Both entries are kept, each with an id of its own"
                );
                self.findings.push((self.number, sentence));
            }
        }
        for (name, value) in fields {
            let name = name.as_str();
            if NOTES.contains(&name) || OUTCOMES.contains(&name) {
                let text = value
                    .get("title")
                    .unwrap_or(value)
                    .as_str()
                    .unwrap_or_default();
                let label = if OUTCOMES.contains(&name) {
                    "Outcome: "
                } else {
                    ""
                };
                if !text.is_empty() {
                    let mark = if label.is_empty() { "> " } else { "- " };
                    self.push(inner, mark, &format!("{label}{text}"));
                }
            } else if LISTS_OF_LINKS.contains(&name) && value.is_array() {
                self.push(inner, "- ", "Resources:");
                self.value(value, inner + 1);
            } else if CHILDREN.contains(&name) && (value.is_array() || value.is_object()) {
                self.value(value, inner);
            } else if title.is_none() && (value.is_array() || value.is_object()) && depth < 40 {
                // A map from titles to entries. Text lists of a named entry are its entries too.
                if is_title(name) {
                    self.push(inner, "- ", name);
                    self.value(value, inner + 1);
                } else {
                    self.value(value, inner);
                }
            }
        }
    }
}

fn has_children(fields: &Map<String, Value>) -> bool {
    CHILDREN.iter().any(|name| {
        fields
            .get(*name)
            .is_some_and(|v| v.is_array() || v.is_object())
    })
}

fn is_title(name: &str) -> bool {
    name.contains(' ')
        || name.starts_with(char::is_uppercase)
        || name.ends_with(|c: char| c.is_ascii_digit())
}

fn words(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let text = names
        .iter()
        .find_map(|name| fields.get(*name).and_then(Value::as_str))?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
