//! One line of an outline: its indentation, its shape and its plain text.

use super::ordinal::{self, Ordinal};
use super::own::{self, OwnMarks};
use super::span::{self, FoundSpan};
use super::text::{self, Plain};

/// The shape of a line, before any meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineShape {
    Blank,
    /// A rule across the page, the line under a table's header, or an underline.
    Layout,
    /// The first or last line of a code block.
    Fence,
    /// Drawings and code.
    Drawing,
    /// A heading of Markdown: 1 to 6.
    Heading(u8),
    /// A whole line in bold.
    Bold,
    Bullet,
    /// A tick box, and whether it is ticked.
    Box(bool),
    Row,
    Quote,
    Text,
}

/// A line with everything that can be seen without its neighbours.
#[derive(Debug)]
pub(super) struct ReadLine {
    pub shape: LineShape,
    pub indent: usize,
    pub is_tree: bool,
    pub plain: Plain,
    pub ordinal: Option<Ordinal>,
    pub span: Option<FoundSpan>,
    /// "Goal" of "Goal: build an app", and "build an app".
    pub label: Option<(String, String)>,
    /// Cells of a table's row.
    pub cells: Vec<String>,
    /// Marks of a text of ours.
    pub marks: OwnMarks,
}

impl ReadLine {
    pub fn text(&self) -> &str {
        &self.plain.text
    }

    /// How strongly a line looks like a heading: 1 is the strongest.
    pub fn strength(&self) -> Option<u8> {
        match self.shape {
            LineShape::Heading(level) => Some(level),
            LineShape::Bold => Some(7),
            LineShape::Text if self.is_faint_heading() => Some(8),
            _ => None,
        }
    }

    /// Emoji, capitals or a colon at the end make a heading of a line of text.
    fn is_faint_heading(&self) -> bool {
        let text = self.text();
        if text.is_empty() || text.chars().count() > 80 || text.ends_with(['.', '!', '?', ',', ';'])
        {
            return false;
        }
        let is_marked = self.plain.emoji.is_some_and(|c| !text::is_bullet_emoji(c));
        let label_ends = self
            .label
            .as_ref()
            .is_some_and(|(_, value)| value.is_empty());
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        let is_loud =
            letters().count() > 5 && text.contains(' ') && letters().all(char::is_uppercase);
        let is_open_label = self.label.is_none() || label_ends;
        (is_marked && is_open_label) || label_ends || is_loud
    }

    pub fn is_list(&self) -> bool {
        matches!(self.shape, LineShape::Bullet | LineShape::Box(_))
    }

    pub fn is_prose(&self) -> bool {
        let text = self.text();
        text.ends_with(['.', '!', '…']) || text.split_whitespace().nth(14).is_some()
    }
}

const ART: &str = "│├└┌┐┘┤┬┴┼─━┃┣┗┏┓┛═║╠╚╔╗╝╰╭╮╯╞╟";

pub(super) fn read(raw: &str) -> ReadLine {
    let mut indent = 0;
    let mut rest = raw;
    let mut is_quote = false;
    let mut is_tree = false;
    loop {
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        match c {
            '\t' => indent += 4,
            '\u{3000}' => indent += 2,
            '\u{feff}' | '\u{200b}' => {}
            c if c.is_whitespace() => indent += 1,
            '>' if indent < 4 => is_quote = true,
            c if ART.contains(c) => {
                indent += 1;
                is_tree = true;
            }
            // Trees of plain characters: |-- and +--
            '|' | '+' | '`' if !is_tree && is_plain_branch(rest) => {
                indent += 3;
                is_tree = true;
                rest = rest.trim_start_matches(['|', '+', '`', '-']);
                continue;
            }
            _ => break,
        }
        rest = chars.as_str();
    }
    let rest = rest.trim_end();
    let mut line = ReadLine {
        shape: LineShape::Text,
        indent,
        is_tree,
        plain: Plain::default(),
        ordinal: None,
        span: None,
        label: None,
        cells: Vec::new(),
        marks: OwnMarks::default(),
    };
    if rest.is_empty() {
        line.shape = if is_tree {
            LineShape::Layout
        } else {
            LineShape::Blank
        };
        return line;
    }
    if rest.starts_with("```") || rest.starts_with("~~~") {
        line.shape = LineShape::Fence;
        return line;
    }
    if is_rule(rest) || rest.starts_with("<!--") && rest.ends_with("-->") {
        line.shape = LineShape::Layout;
        return line;
    }
    if rest.contains(['█', '░', '▓']) || rest.chars().filter(|&c| ART.contains(c)).count() > 3
    {
        line.shape = LineShape::Drawing;
        line.plain.text = rest.to_owned();
        return line;
    }
    if rest.starts_with('|') && rest.get(1..).is_some_and(|r| r.contains('|')) {
        line.shape = LineShape::Row;
        line.cells = cells(rest);
        line.plain = text::plain(&line.cells.join(" "));
        return line;
    }
    let (shape, rest) = shape(rest, &mut line.indent);
    line.shape = match shape {
        LineShape::Text if is_tree => LineShape::Bullet,
        LineShape::Text if is_quote => LineShape::Quote,
        shape => shape,
    };
    let can_have_marks = matches!(
        line.shape,
        LineShape::Heading(_) | LineShape::Bullet | LineShape::Box(_)
    );
    match own::take(rest).filter(|_| can_have_marks) {
        Some(own) => {
            fill(&mut line, &own.text);
            line.marks = own.marks;
        }
        None => fill(&mut line, rest),
    }
    line
}

fn is_plain_branch(text: &str) -> bool {
    ["|--", "+--", "`--"]
        .iter()
        .any(|branch| text.starts_with(branch))
        && !text.trim_end_matches(['-', '+', '|']).is_empty()
        && !text.contains("--|")
        && !text.contains("-+-")
}

fn is_rule(text: &str) -> bool {
    let is_mark = |c: char| "-=*_~·•.#—–".contains(c);
    text.len() >= 3 && text.chars().all(|c| is_mark(c) || c == ' ')
        || text.contains("--") && text.contains('|') && text.chars().all(|c| "-:| +".contains(c))
}

/// The cells of a table's row. A bar inside a code mark or after a backslash is no border.
fn cells(row: &str) -> Vec<String> {
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut out = vec![String::new()];
    let mut is_escaped = false;
    for c in inner.chars() {
        if c == '|' && !is_escaped {
            out.push(String::new());
        } else if let Some(cell) = out.last_mut().filter(|_| c != '\\') {
            cell.push(c);
        }
        is_escaped = c == '\\';
    }
    out.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn shape<'a>(text: &'a str, indent: &mut usize) -> (LineShape, &'a str) {
    let marks = text.len() - text.trim_start_matches('#').len();
    if (1..=6).contains(&marks) {
        let after = text.trim_start_matches('#');
        if after.starts_with(char::is_whitespace) || marks > 1 {
            #[allow(clippy::cast_possible_truncation)] // at most 6
            let level = marks as u8;
            return (
                LineShape::Heading(level),
                after.trim().trim_end_matches('#').trim_end(),
            );
        }
    }
    let mut rest = text;
    let mut is_listed = false;
    while let Some(after) = bullet(rest) {
        // Two bullets, as in "- - Compute", are one level deeper.
        *indent += if is_listed { 2 } else { 0 };
        is_listed = true;
        rest = after;
    }
    if let Some((is_ticked, after)) = tick_box(rest) {
        return (LineShape::Box(is_ticked), after);
    }
    if let Some(after) = numbered(rest) {
        return match tick_box(after) {
            Some((is_ticked, after)) => (LineShape::Box(is_ticked), after),
            None => (LineShape::Bullet, after),
        };
    }
    if is_listed {
        return (LineShape::Bullet, rest);
    }
    let is_bold = is_bold(rest);
    (
        if is_bold {
            LineShape::Bold
        } else {
            LineShape::Text
        },
        rest,
    )
}

fn bullet(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let mark = chars.next()?;
    let after = chars.as_str();
    let is_loose = "•◦▪▫‣⁃●○■□◆◇∙▸▹►".contains(mark);
    let is_strict = "-*+–—·o".contains(mark) && after.starts_with(char::is_whitespace);
    (is_loose || is_strict).then(|| after.trim_start())
}

fn tick_box(text: &str) -> Option<(bool, &str)> {
    for (mark, is_ticked) in [
        ("[ ]", false),
        ("[]", false),
        ("[x]", true),
        ("[X]", true),
        ("[✓]", true),
        ("[✔]", true),
        ("☐", false),
        ("⬜", false),
        ("☑", true),
        ("☒", true),
        ("🔲", false),
        ("\\[ \\]", false),
    ] {
        if let Some(after) = text
            .strip_prefix(mark)
            .filter(|after| !after.starts_with('('))
        {
            return Some((is_ticked, after.trim_start_matches('\u{fe0f}').trim_start()));
        }
    }
    None
}

/// The text after "1.", "1)", "2.3" or "1️⃣".
fn numbered(text: &str) -> Option<&str> {
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - after.len();
    if !(1..=3).contains(&digits) {
        return None;
    }
    if let Some(after) = after
        .strip_prefix('\u{fe0f}')
        .or(Some(after))?
        .strip_prefix('\u{20e3}')
    {
        return Some(after.trim_start());
    }
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')');
    let marks = after.len() - rest.len();
    (marks > 0 && rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// Whether all of a line is bold, except a colon or emoji.
fn is_bold(text: &str) -> bool {
    if text::is_styled_bold(text) {
        return true;
    }
    let is_edge = |c: char| c == ':' || c.is_whitespace() || text::is_emoji(c);
    let core = text.trim_matches(is_edge);
    [
        ("**", "**"),
        ("__", "__"),
        ("<b>", "</b>"),
        ("<strong>", "</strong>"),
        ("*", "*"),
    ]
    .iter()
    .any(|(open, close)| {
        core.strip_prefix(open)
            .and_then(|inner| inner.strip_suffix(close))
            .is_some_and(|inner| !inner.is_empty() && !inner.contains(open) && inner.len() < 160)
    })
}

/// Fills in what the line's text says.
pub(super) fn fill(line: &mut ReadLine, rest: &str) {
    line.plain = text::plain(rest);
    if matches!(line.shape, LineShape::Heading(_) | LineShape::Bold)
        && let Some(after) = numbered(&line.plain.text)
    {
        line.plain.text = after.to_owned();
    }
    line.ordinal = ordinal::ordinal(&line.plain.text);
    line.span = span::find(&line.plain.text);
    line.label = label(&line.plain.text);
}

/// A label of a few words before a colon.
fn label(text: &str) -> Option<(String, String)> {
    let (label, value) = text.split_once([':', '：'])?;
    let label = label.trim();
    let is_address = value.starts_with("//");
    let is_time = value.starts_with(|c: char| c.is_ascii_digit());
    if label.is_empty() || label.chars().count() > 60 || is_address || is_time {
        return None;
    }
    Some((label.to_owned(), value.trim().to_owned()))
}
