//! The parts of a roadmap's text, each with its line.

use super::line::{FactsOf, LineTitle, PartTitle, title, without_id};
use super::{GROUP_END, NOTHING, unescaped};
use crate::input_error::InputError;
use crate::plan::entries::reject;
use crate::roadmap::{ItemKind, LONGEST_TITLE, Link, Step};

/// A roadmap as a text has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::plan) struct RoadmapText {
    pub head: Option<TextHead>,
    pub phases: Vec<TextPhase>,
    /// The lists to read; `None` if the text has none.
    pub reference: Option<TextReference>,
    /// Sentences about lines that can't be used.
    pub problems: Vec<InputError>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::plan) struct TextHead {
    pub line: usize,
    pub title: String,
    pub summary: String,
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::plan) struct TextPhase {
    pub line: usize,
    pub id: Option<String>,
    pub title: String,
    pub weeks: Option<u32>,
    pub summary: String,
    /// `None` if the text states none.
    pub outcome: Option<String>,
    /// `None` to come after the phase above.
    pub after: Option<Vec<TextNeed>>,
    pub items: Vec<TextItem>,
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::plan) struct TextItem {
    pub line: usize,
    pub id: Option<String>,
    pub title: String,
    /// `None` if the text states no effort.
    pub minutes: Option<u32>,
    pub kind: ItemKind,
    pub optional: bool,
    pub group: String,
    pub summary: String,
    pub done_when: String,
    pub after: Vec<TextNeed>,
    pub links: Vec<Link>,
    pub steps: Vec<Step>,
    /// The line of the first step.
    pub steps_line: usize,
    pub notes: String,
}

/// A prerequisite as typed: an id or a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::plan) struct TextNeed {
    pub line: usize,
    pub typed: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::plan) struct TextReference {
    pub trends: Vec<TextEntry>,
    pub strategy: Vec<TextEntry>,
    pub outcomes: Vec<TextEntry>,
}

/// A line of a list to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::plan) struct TextEntry {
    pub line: usize,
    pub id: Option<String>,
    pub title: String,
    pub group: String,
    pub summary: String,
}

/// The part that the next lines belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenPart {
    Nothing,
    Head,
    Phase,
    Reference(ReferenceList),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReferenceList {
    Trends,
    Strategy,
    Outcomes,
}

struct TextReader {
    text: RoadmapText,
    open: OpenPart,
    group: String,
    /// Minutes of a week of effort.
    week_minutes: u32,
    line: usize,
    /// Whether the line before was one of a `>` text, which this one continues.
    quotes: bool,
}

/// Reads a text. `week_minutes` are those of a week of effort.
pub(in crate::plan) fn read(text: &str, week_minutes: u32) -> RoadmapText {
    let mut reader = TextReader {
        text: RoadmapText::default(),
        open: OpenPart::Nothing,
        group: String::new(),
        week_minutes,
        line: 0,
        quotes: false,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for line in text.lines() {
        reader.line += 1;
        let is_quote = line.trim_start().starts_with('>');
        if let Err(error) = reader.take(line) {
            reader.text.problems.push(error);
        }
        reader.quotes = is_quote;
    }
    reader.text
}

impl TextReader {
    fn take(&mut self, line: &str) -> Result<(), InputError> {
        let text = line.trim_start();
        let is_below = line.starts_with("  ") || line.starts_with('\t');
        if text.trim_end().is_empty() {
            return Ok(());
        }
        if let Some(quoted) = text.strip_prefix('>') {
            return self.take_quote(quoted.strip_prefix(' ').unwrap_or(quoted));
        }
        let text = text.trim_end();
        if let Some(heading) = text.strip_prefix("# ") {
            return self.take_head(heading.trim());
        }
        if let Some(heading) = text.strip_prefix("## ") {
            return self.take_heading(heading);
        }
        if let Some(group) = group(text) {
            self.group = unescaped(group);
            return Ok(());
        }
        if let Some(value) = text.strip_prefix("Outcome:").filter(|_| !is_below) {
            let title = self.title(&unescaped(value.trim()))?;
            let phase = self.phase()?;
            phase.outcome = Some(title);
            return Ok(());
        }
        if let Some(value) = text.strip_prefix("After:").filter(|_| !is_below) {
            let needs = self.needs(value);
            let phase = self.phase()?;
            phase.after = Some(needs);
            return Ok(());
        }
        let Some(entry) = text.strip_prefix("- ").or(text.strip_prefix("* ")) else {
            return Err(self.unread(text, EXPECTED));
        };
        let entry = entry.trim_start();
        if is_below {
            return self.take_detail(entry);
        }
        match self.open {
            OpenPart::Reference(list) => self.take_reference(list, entry),
            _ => self.take_item(entry),
        }
    }

    /// The name of this line in a sentence.
    fn field(&self) -> String {
        format!("line {}", self.line)
    }

    fn unread(&self, text: &str, expected: &str) -> InputError {
        reject(&self.field(), text, expected)
    }

    fn title(&self, title: &str) -> Result<String, InputError> {
        if !title.trim().is_empty() && title.chars().count() <= LONGEST_TITLE {
            return Ok(title.to_owned());
        }
        Err(reject(
            &self.field(),
            title,
            "enter a title of 1 to 200 characters",
        ))
    }

    fn phase(&mut self) -> Result<&mut TextPhase, InputError> {
        let error = reject(&self.field(), "", "Begin with a phase, such as ## Basics");
        let is_open = self.open == OpenPart::Phase;
        let phase = self.text.phases.last_mut().filter(|_| is_open);
        phase.ok_or(error)
    }

    fn take_head(&mut self, title: &str) -> Result<(), InputError> {
        if self.text.head.is_some() {
            return Err(self.unread(title, "use ## for a phase; # is the roadmap's title"));
        }
        let title = self.title(&unescaped(title))?;
        self.open = OpenPart::Head;
        self.text.head = Some(TextHead {
            line: self.line,
            title,
            summary: String::new(),
        });
        Ok(())
    }

    fn take_heading(&mut self, heading: &str) -> Result<(), InputError> {
        let PartTitle { text, id } = without_id(heading);
        let line = title(text, FactsOf::Heading, self.week_minutes);
        self.group.clear();
        if line.is_reference {
            let list = match line.title.to_lowercase().as_str() {
                "trends" => ReferenceList::Trends,
                "strategy" => ReferenceList::Strategy,
                "final outcomes" => ReferenceList::Outcomes,
                _ => {
                    let expected = "a reference is Trends, Strategy or Final outcomes";
                    return Err(self.unread(&line.title, expected));
                }
            };
            self.open = OpenPart::Reference(list);
            self.text.reference.get_or_insert_default();
            return Ok(());
        }
        // Its items are read even if the heading can't be used.
        let checked = self.title(&line.title);
        self.open = OpenPart::Phase;
        self.text.phases.push(TextPhase {
            line: self.line,
            id: id.map(str::to_owned),
            title: line.title,
            weeks: line.weeks,
            summary: String::new(),
            outcome: None,
            after: None,
            items: Vec::new(),
        });
        checked?;
        if line.weeks.is_some_and(|weeks| !(1..=520).contains(&weeks)) {
            return Err(self.unread(text, "enter 1 to 520 weeks"));
        }
        Ok(())
    }

    fn take_item(&mut self, entry: &str) -> Result<(), InputError> {
        let PartTitle { text, id } = without_id(entry);
        let text = match id {
            Some(_) => text,
            None => without_box(text).unwrap_or(text),
        };
        let LineTitle {
            title,
            minutes,
            kind,
            optional,
            ..
        } = title(text, FactsOf::Item, self.week_minutes);
        let checked = self.title(&title);
        let (line, group) = (self.line, self.group.clone());
        self.phase()?.items.push(TextItem {
            line,
            id: id.map(str::to_owned),
            title,
            minutes,
            kind: kind.unwrap_or(ItemKind::Topic),
            optional,
            group,
            summary: String::new(),
            done_when: String::new(),
            after: Vec::new(),
            links: Vec::new(),
            steps: Vec::new(),
            steps_line: line,
            notes: String::new(),
        });
        checked.map(|_| ())
    }

    fn take_reference(&mut self, list: ReferenceList, entry: &str) -> Result<(), InputError> {
        let PartTitle { text, id } = without_id(entry);
        let entry = TextEntry {
            line: self.line,
            id: id.map(str::to_owned),
            title: unescaped(text),
            group: self.group.clone(),
            summary: String::new(),
        };
        self.list(list).push(entry);
        Ok(())
    }

    fn list(&mut self, list: ReferenceList) -> &mut Vec<TextEntry> {
        let reference = self.text.reference.get_or_insert_default();
        match list {
            ReferenceList::Trends => &mut reference.trends,
            ReferenceList::Strategy => &mut reference.strategy,
            ReferenceList::Outcomes => &mut reference.outcomes,
        }
    }

    /// A line of what a `>` text says.
    fn take_quote(&mut self, line: &str) -> Result<(), InputError> {
        let line = unescaped(line);
        let continues = self.quotes;
        let field = self.field();
        let text = match self.open {
            OpenPart::Head => self.text.head.as_mut().map(|head| &mut head.summary),
            OpenPart::Phase => self.text.phases.last_mut().map(|phase| {
                let TextPhase { summary, items, .. } = phase;
                items.last_mut().map_or(summary, |item| &mut item.notes)
            }),
            _ => None,
        };
        let expected = "write > below the roadmap's title, a phase or an item";
        let text = text.ok_or_else(|| reject(&field, &line, expected))?;
        if continues || !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line);
        Ok(())
    }

    /// A line below an item, or below a line of a list to read.
    fn take_detail(&mut self, entry: &str) -> Result<(), InputError> {
        if let OpenPart::Reference(list) = self.open {
            let about = entry
                .strip_prefix("About:")
                .map(|text| unescaped(text.trim()));
            let error = self.unread(entry, "begin it with About:");
            let last = self.list(list).last_mut();
            let (Some(about), Some(last)) = (about, last) else {
                return Err(error);
            };
            last.summary = about;
            return Ok(());
        }
        // An item that is indented by mistake has its id.
        let has_id = without_id(entry).id.is_some();
        let week_minutes = self.week_minutes;
        let line = self.line;
        let needs = entry.strip_prefix("After:").map(|value| self.needs(value));
        let field = self.field();
        let no_item = || {
            reject(
                &field,
                entry,
                "write it below an item, such as - Python (30 h)",
            )
        };
        let phase = self.phase().map_err(|_| no_item())?;
        let item = phase.items.last_mut().ok_or_else(no_item)?;
        if let Some(needs) = needs {
            item.after.extend(needs);
        } else if let Some(about) = entry.strip_prefix("About:") {
            item.summary = unescaped(about.trim());
        } else if let Some(sentence) = entry.strip_prefix("Done when:") {
            item.done_when = unescaped(sentence.trim());
        } else if let Some(step) = without_box(entry) {
            if item.steps.is_empty() {
                item.steps_line = line;
            }
            let LineTitle { title, minutes, .. } = title(step, FactsOf::Step, week_minutes);
            let is_short = title.chars().count() <= LONGEST_TITLE;
            if title.trim().is_empty() || !is_short || minutes == Some(0) {
                let expected = "enter a title of 1 to 200 characters, and minutes above 0";
                return Err(reject(&field, step, expected));
            }
            item.steps.push(Step { title, minutes });
        } else if let Some(link) = link(entry) {
            if !Link::can_open(&link.address) {
                let expected = "enter an address that begins with https:// or mailto:";
                return Err(reject(&field, &link.address, expected));
            }
            item.links.push(link);
        } else if has_id {
            return self.take_item(entry);
        } else {
            return Err(reject(&field, entry, EXPECTED_BELOW));
        }
        Ok(())
    }

    /// Prerequisites between commas.
    fn needs(&self, value: &str) -> Vec<TextNeed> {
        let value = value.trim();
        if value == NOTHING {
            return Vec::new();
        }
        let parts = value.split(',').map(str::trim);
        let parts = parts.filter(|part| !part.is_empty());
        let need = |part: &str| TextNeed {
            line: self.line,
            typed: part.trim_start_matches('^').to_owned(),
        };
        parts.map(need).collect()
    }
}

const EXPECTED: &str =
    "begin it with ## for a phase, - for an item, > for a text, Outcome: or After:";
const EXPECTED_BELOW: &str =
    "begin it with About:, Done when:, After:, [ ], > or a link; an item isn't indented";

/// The name of a group, or an empty one for the end of the last one.
fn group(text: &str) -> Option<&str> {
    if text == GROUP_END {
        return Some("");
    }
    if let Some(heading) = text.strip_prefix("### ") {
        return Some(heading.trim());
    }
    text.strip_prefix("**")?.strip_suffix("**")
}

/// The text behind a tick box.
fn without_box(text: &str) -> Option<&str> {
    let boxes = ["[ ] ", "[x] ", "[X] "];
    boxes.iter().find_map(|mark| text.strip_prefix(mark))
}

/// A link: `[title](address)` or the address alone.
fn link(text: &str) -> Option<Link> {
    if let Some(rest) = text.strip_prefix('[')
        && let Some((title, address)) = rest.rsplit_once("](")
    {
        return Some(Link {
            title: unescaped(title),
            address: unescaped(address.strip_suffix(')')?.trim()),
        });
    }
    let is_address = !text.contains(char::is_whitespace) && text.contains(':');
    is_address.then(|| Link {
        title: String::new(),
        address: unescaped(text),
    })
}
