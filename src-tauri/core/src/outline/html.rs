//! HTML of a web page or of a copy from one → lines of Markdown.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::source::InputLine;

/// Elements with text that is no part of the page's content.
const HIDDEN: [&str; 12] = [
    "script", "style", "nav", "footer", "svg", "head", "noscript", "template", "aside", "form",
    "button", "iframe",
];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "section",
    "article",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "br",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "main",
    "header",
    "hr",
];

/// Whether a text is HTML, and not Markdown with a few tags.
pub(super) fn is_page(text: &str, head: &str) -> bool {
    if ["<!doctype html", "<html"]
        .iter()
        .any(|start| head.starts_with(start))
    {
        return true;
    }
    let is_markdown = text.lines().take(2000).any(|line| {
        line.starts_with("# ")
            || line.starts_with("## ")
            || line.starts_with("- [")
            || line.starts_with("```")
    });
    let tags = [
        "</li>", "</p>", "</h1>", "</h2>", "</h3>", "</h4>", "</div>", "</td>", "</ul>",
    ];
    head.starts_with('<') && !is_markdown && tags.iter().any(|tag| text.contains(tag))
}

#[derive(Default)]
struct PageText {
    lines: Vec<InputLine>,
    line: String,
    number: usize,
    prefix: String,
    /// Names of the open hidden elements.
    hidden: Vec<String>,
    hidden_from: usize,
    list_depth: usize,
    is_bold: bool,
    link: Option<(String, usize)>,
    row: Option<Vec<String>>,
    rows: usize,
}

impl PageText {
    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.line);
        let words: Vec<&str> = text.split_whitespace().collect();
        let prefix = std::mem::take(&mut self.prefix);
        if !words.is_empty() {
            let text = format!("{prefix}{}", words.join(" "));
            self.lines.push(InputLine {
                text,
                number: self.number.max(1),
            });
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let attribute = |wanted: &str| {
            let found = tag.attrs.iter().find(|a| &*a.name.local == wanted);
            found.map(|a| a.value.to_string())
        };
        if self.row.is_some() && matches!(name, "br" | "li" | "p") {
            self.line.push_str(if self.line.trim().is_empty() {
                ""
            } else {
                " <br> "
            });
            return;
        }
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        match name {
            "ul" | "ol" => self.list_depth += 1,
            "li" => {
                let indent = " ".repeat(2 * self.list_depth.clamp(1, 500) - 2);
                self.prefix = format!("{indent}- ");
            }
            "dt" => self.prefix = "- ".into(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.trim_start_matches('h').parse().unwrap_or(1);
                self.prefix = "#".repeat(level) + " ";
            }
            "input" if attribute("type").as_deref() == Some("checkbox") => {
                let mark = if attribute("checked").is_some() {
                    "[x] "
                } else {
                    "[ ] "
                };
                if self.prefix.is_empty() {
                    self.prefix = "- ".into();
                }
                self.prefix.push_str(mark);
            }
            "a" => self.link = attribute("href").map(|href| (href, self.line.len())),
            "b" | "strong" if self.line.trim().is_empty() => self.is_bold = true,
            "table" => self.rows = 0,
            "tr" => self.row = Some(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => {
                if let Some((href, from)) = self.link.take() {
                    let title = self.line.get(from..).unwrap_or_default().trim().to_owned();
                    if !title.is_empty() && !title.contains(['[', ']']) {
                        self.line.truncate(from);
                        self.line.push_str(&format!(
                            "[{title}]({})",
                            href.replace('(', "%28").replace([')', ' '], "%29")
                        ));
                    }
                }
            }
            "b" | "strong" if self.is_bold => {
                self.is_bold = false;
                let text = self.line.trim();
                if !text.is_empty() && self.row.is_none() {
                    self.line = format!("**{text}** ");
                }
            }
            "td" | "th" => {
                let cell = std::mem::take(&mut self.line);
                let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
                if let Some(row) = &mut self.row {
                    row.push(cell.replace('|', "\\|"));
                }
            }
            "tr" => {
                self.line.clear();
                if let Some(cells) = self.row.take().filter(|cells| !cells.is_empty()) {
                    let number = self.number.max(1);
                    self.lines.push(InputLine {
                        text: format!("| {} |", cells.join(" | ")),
                        number,
                    });
                    if self.rows == 0 {
                        let rule = "|---".repeat(cells.len()) + "|";
                        self.lines.push(InputLine { text: rule, number });
                    }
                    self.rows += 1;
                }
            }
            "ul" | "ol" => {
                self.end_line();
                self.list_depth = self.list_depth.saturating_sub(1);
            }
            name if BLOCKS.contains(&name) && self.row.is_none() => self.end_line(),
            _ => {}
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if HIDDEN.contains(&name) {
            match tag.kind {
                TagKind::StartTag if !tag.self_closing => self.hidden.push(name.to_owned()),
                TagKind::StartTag => {}
                TagKind::EndTag => {
                    if self.hidden.last().is_some_and(|open| open == name) {
                        self.hidden.pop();
                    }
                }
            }
            self.hidden_from = self.number;
        } else if name == "body" {
            self.hidden.clear();
        } else if self.hidden.is_empty() {
            match tag.kind {
                TagKind::StartTag => self.start(tag),
                TagKind::EndTag => self.end(name),
            }
        }
    }
}

/// Collects the text while the tokenizer runs. The tokenizer shares its sink, hence the cell.
struct Sink(RefCell<PageText>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        if page.line.trim().is_empty() {
            page.number = usize::try_from(line).unwrap_or(1);
        }
        match token {
            Token::TagToken(tag) => page.tag(&tag),
            Token::CharacterTokens(text) if page.hidden.is_empty() => page.line.push_str(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The blocks of a page, each as a line of Markdown.
pub(super) fn lines(text: &str) -> Vec<InputLine> {
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut page = tokenizer.sink.0.into_inner();
    page.end_line();
    page.lines
}
