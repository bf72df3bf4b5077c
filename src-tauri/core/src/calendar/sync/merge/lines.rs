//! The text of a resource, line by line and component by component, exactly as it stands.

use std::borrow::Cow;
use std::ops::Range;

/// Deeper than any calendar nests.
const DEEPEST: usize = 8;

/// One line of a resource.
#[derive(Debug, Clone)]
pub(super) struct HeldLine<'a> {
    /// As it stands, with its folds and its end.
    raw: &'a str,
    /// Unfolded, without its end.
    text: Cow<'a, str>,
}

/// A part of a component.
#[derive(Debug, Clone)]
pub(super) enum HeldPart<'a> {
    Line(HeldLine<'a>),
    Component(HeldComponent<'a>),
}

/// A component: from its BEGIN to its END.
#[derive(Debug, Clone)]
pub(super) struct HeldComponent<'a> {
    begin: HeldLine<'a>,
    pub parts: Vec<HeldPart<'a>>,
    end: HeldLine<'a>,
}

impl<'a> HeldLine<'a> {
    /// Whether the line is of this property.
    pub fn is(&self, name: &str) -> bool {
        let end = self.text.find([':', ';']).unwrap_or(self.text.len());
        self.text
            .get(..end)
            .is_some_and(|it| it.eq_ignore_ascii_case(name))
    }

    /// Whether the line is of one of these properties.
    pub fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// Its value, still escaped.
    pub fn value(&self) -> &str {
        let colon = unquoted(&self.text, ':').next();
        let value = colon.and_then(|at| self.text.get(at + 1..));
        value.unwrap_or_default()
    }

    /// Its parameters as they stand, such as `LANGUAGE=en`.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        let head = match unquoted(&self.text, ':').next() {
            Some(colon) => self.text.get(..colon).unwrap_or_default(),
            None => &self.text,
        };
        let starts: Vec<usize> = unquoted(head, ';').map(|at| at + 1).collect();
        let ends = unquoted(head, ';').skip(1).chain([head.len()]);
        let ranges = starts.into_iter().zip(ends.collect::<Vec<_>>());
        ranges.filter_map(move |(start, end)| head.get(start..end))
    }

    pub fn write(&self, out: &mut String) {
        out.push_str(self.raw);
        if !self.raw.ends_with('\n') {
            out.push_str("\r\n");
        }
    }
}

impl<'a> HeldComponent<'a> {
    /// The calendar in a text; `None` if the text is not one whole calendar.
    pub fn calendar(text: &'a str) -> Option<Self> {
        let mut open: Vec<(HeldLine, Vec<HeldPart>)> = Vec::new();
        let mut calendar = None;
        for line in lines(text.trim_start_matches('\u{feff}')) {
            if line.text.trim().is_empty() {
                continue;
            }
            if calendar.is_some() {
                return None;
            }
            if line.is("BEGIN") {
                if open.len() >= DEEPEST {
                    return None;
                }
                open.push((line, Vec::new()));
            } else if line.is("END") {
                let (begin, parts) = open.pop()?;
                if !begin
                    .value()
                    .trim()
                    .eq_ignore_ascii_case(line.value().trim())
                {
                    return None;
                }
                let whole = Self {
                    begin,
                    parts,
                    end: line,
                };
                match open.last_mut() {
                    Some((_, parts)) => parts.push(HeldPart::Component(whole)),
                    None => calendar = Some(whole),
                }
            } else {
                let (_, parts) = open.last_mut()?;
                parts.push(HeldPart::Line(line));
            }
        }
        calendar.filter(|calendar| open.is_empty() && calendar.is("VCALENDAR"))
    }

    pub fn is(&self, name: &str) -> bool {
        self.begin.value().trim().eq_ignore_ascii_case(name)
    }

    /// Its first line of a property.
    pub fn line(&self, name: &str) -> Option<&HeldLine<'a>> {
        self.lines().find(|line| line.is(name))
    }

    pub fn lines(&self) -> impl Iterator<Item = &HeldLine<'a>> {
        self.parts.iter().filter_map(|part| match part {
            HeldPart::Line(line) => Some(line),
            HeldPart::Component(_) => None,
        })
    }

    /// The components of a kind that are directly in it.
    pub fn components(&self, name: &str) -> impl Iterator<Item = &HeldComponent<'a>> {
        self.parts.iter().filter_map(move |part| match part {
            HeldPart::Component(component) if component.is(name) => Some(component),
            _ => None,
        })
    }

    pub fn write(&self, out: &mut String) {
        self.write_around(out, |out| {
            self.parts.iter().for_each(|part| part.write(out))
        });
    }

    /// Writes the component with other parts.
    pub fn write_around(&self, out: &mut String, parts: impl FnOnce(&mut String)) {
        self.begin.write(out);
        parts(out);
        self.end.write(out);
    }
}

impl HeldPart<'_> {
    pub fn write(&self, out: &mut String) {
        match self {
            Self::Line(line) => line.write(out),
            Self::Component(component) => component.write(out),
        }
    }
}

/// The places of a character outside quoted text.
fn unquoted(text: &str, wanted: char) -> impl Iterator<Item = usize> {
    let mut is_quoted = false;
    let found = text.char_indices().filter(move |(_, c)| {
        is_quoted ^= *c == '"';
        *c == wanted && !is_quoted
    });
    found.map(|(at, _)| at)
}

fn lines(text: &str) -> Vec<HeldLine<'_>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive('\n') {
        let end = at + piece.len();
        match ranges.last_mut() {
            Some(range) if piece.starts_with([' ', '\t']) => range.end = end,
            _ => ranges.push(at..end),
        }
        at = end;
    }
    let raws = ranges.into_iter().filter_map(|range| text.get(range));
    raws.map(|raw| HeldLine {
        raw,
        text: unfolded(raw),
    })
    .collect()
}

fn unfolded(raw: &str) -> Cow<'_, str> {
    let bare = |piece: &'_ str| piece.trim_end_matches(['\r', '\n']).len();
    if let Some(text) = raw.get(..bare(raw))
        && !text.contains('\n')
    {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(raw.len());
    for (index, piece) in raw.split_inclusive('\n').enumerate() {
        // The blank that begins a continued line is none of its text.
        let from = usize::from(index > 0);
        text.push_str(piece.get(from..bare(piece)).unwrap_or_default());
    }
    Cow::Owned(text)
}
