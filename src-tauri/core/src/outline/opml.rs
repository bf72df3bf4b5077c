//! OPML of an outliner → nested list entries.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::source::InputLine;

/// The entries, each as a list entry of Markdown; a note follows as a line of its own.
pub(super) fn lines(text: &str, findings: &mut Vec<(usize, String)>) -> Vec<InputLine> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut lines = Vec::new();
    let mut depth = 0_usize;
    let mut is_title = false;
    let mut at = LineCounter {
        text,
        place: 0,
        number: 1,
    };
    loop {
        let number = at.number_at(reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                is_title = tag.name().as_ref() == "title";
                if tag.name().as_ref() == "outline" {
                    entry(&tag, depth, number, &mut lines);
                    depth += 1;
                }
            }
            Ok(Event::Empty(tag)) if tag.name().as_ref() == "outline" => {
                entry(&tag, depth, number, &mut lines);
            }
            Ok(Event::End(tag)) => {
                is_title = false;
                if tag.name().as_ref() == "outline" {
                    depth = depth.saturating_sub(1);
                }
            }
            Ok(Event::Text(words)) if is_title => {
                let title = words.trim().to_owned();
                if !title.is_empty() {
                    lines.push(InputLine {
                        text: format!("# {title}"),
                        number,
                    });
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                findings.push((number, format!("The OPML can't be read from here: {error}")));
                break;
            }
        }
    }
    lines
}

fn entry(tag: &BytesStart, depth: usize, number: usize, lines: &mut Vec<InputLine>) {
    let attribute = |name: &str| {
        let found = tag.try_get_attribute(name).ok().flatten()?;
        let value = found.value.clone().into_owned();
        let value = quick_xml::escape::unescape(&value).map_or(value.clone(), |v| v.into_owned());
        Some(value.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|v| !v.is_empty())
    };
    let indent = " ".repeat(2 * depth.min(1000));
    let title = attribute("text")
        .or_else(|| attribute("title"))
        .unwrap_or_default();
    let link = ["url", "htmlUrl", "xmlUrl"]
        .iter()
        .find_map(|name| attribute(name));
    let title = match link {
        Some(link) if !title.contains(['[', ']']) => format!("[{title}]({link})"),
        _ => title,
    };
    let tick = match attribute("_status")
        .or_else(|| attribute("_complete"))
        .as_deref()
    {
        Some("checked" | "true") => "[x] ",
        Some("unchecked") => "[ ] ",
        _ => "",
    };
    lines.push(InputLine {
        text: format!("{indent}- {tick}{title}"),
        number,
    });
    if let Some(note) = attribute("_note").or_else(|| attribute("description")) {
        lines.push(InputLine {
            text: format!("{indent}  > {note}"),
            number,
        });
    }
}

/// The line of each place of a text, for places that only rise.
struct LineCounter<'a> {
    text: &'a str,
    place: usize,
    number: usize,
}

impl LineCounter<'_> {
    fn number_at(&mut self, place: u64) -> usize {
        let place = usize::try_from(place)
            .unwrap_or(usize::MAX)
            .min(self.text.len());
        let passed = self
            .text
            .as_bytes()
            .get(self.place..place)
            .unwrap_or_default();
        self.number += passed.iter().filter(|&&byte| byte == b'\n').count();
        self.place = place.max(self.place);
        self.number
    }
}
