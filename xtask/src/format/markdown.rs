//! Fills the paragraphs of Markdown. Code, tables, headings and link definitions stay as they are.

use super::WIDTH;

/// A whole file, wrapped.
pub fn wrap(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut wrapped = fill(&lines, WIDTH).join("\n");
    wrapped.push('\n');
    wrapped
}

/// The lines of a text with its paragraphs filled to the width.
pub fn fill(lines: &[&str], width: usize) -> Vec<String> {
    let mut filler = Filler {
        width,
        filled: Vec::new(),
        paragraph: None,
        fence: None,
        list: None,
        is_html: false,
    };
    let mut at = 0;
    while at < lines.len() {
        at += filler.take(&lines[at..]);
    }
    filler.finish();
    filler.filled
}

struct Filler {
    width: usize,
    filled: Vec<String>,
    paragraph: Option<Paragraph>,
    /// The marks that opened a block of code, which close it too.
    fence: Option<String>,
    /// The indentation of what belongs to the latest item of a list.
    list: Option<usize>,
    is_html: bool,
}

struct Paragraph {
    /// Before its first line: indentation, and the mark of a list's item.
    first: String,
    /// Before its other lines.
    other: String,
    words: Vec<String>,
    is_item: bool,
}

impl Filler {
    /// Takes what begins with the first of the lines; returns how many lines that was.
    fn take(&mut self, lines: &[&str]) -> usize {
        let line = lines[0].trim_end();
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        if let Some(fence) = &self.fence {
            if bare.starts_with(fence.as_str()) {
                self.fence = None;
            }
            self.verbatim(line);
        } else if bare.is_empty() {
            self.is_html = false;
            self.verbatim("");
        } else if self.is_html {
            self.verbatim(line);
        } else if bare.starts_with("```") || bare.starts_with("~~~") {
            self.fence = Some(bare[..3].to_owned());
            self.verbatim(line);
        } else if self.is_code(indent) || is_verbatim(bare) {
            self.verbatim(line);
        } else if self.paragraph.is_none() && is_html(bare) {
            self.is_html = true;
            self.verbatim(line);
        } else if bare.starts_with('>') {
            return self.quote(lines, indent);
        } else if let Some(mark) = self.item(bare) {
            self.finish();
            let hanging = indent + mark;
            self.list = Some(hanging);
            self.paragraph = Some(Paragraph {
                first: line[..hanging].to_owned(),
                other: " ".repeat(hanging),
                words: words(&bare[mark..]),
                is_item: true,
            });
            self.end_if_broken(lines[0]);
        } else {
            self.text(lines[0], indent);
        }
        1
    }

    /// A line of a paragraph.
    fn text(&mut self, line: &str, indent: usize) {
        if self.paragraph.is_none() {
            if self.list.is_some_and(|hanging| indent < hanging) {
                self.list = None;
            }
            self.paragraph = Some(Paragraph {
                first: " ".repeat(indent),
                other: " ".repeat(indent),
                words: Vec::new(),
                is_item: false,
            });
        }
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.words.extend(words(line));
        }
        self.end_if_broken(line);
    }

    /// A line that ends in two spaces or a backslash stays the end of a line.
    fn end_if_broken(&mut self, line: &str) {
        let spaces = line.ends_with("  ");
        if !spaces && !line.ends_with('\\') {
            return;
        }
        let Some(paragraph) = self.paragraph.take() else {
            return;
        };
        let other = paragraph.other.clone();
        let is_item = paragraph.is_item;
        self.emit(paragraph);
        if let Some(last) = self.filled.last_mut().filter(|_| spaces) {
            last.push_str("  ");
        }
        self.paragraph = Some(Paragraph {
            first: other.clone(),
            other,
            words: Vec::new(),
            is_item,
        });
    }

    /// Lines that begin with `>` are a text of their own.
    fn quote(&mut self, lines: &[&str], indent: usize) -> usize {
        self.finish();
        let inner: Vec<&str> = lines
            .iter()
            .map_while(|line| line.trim().strip_prefix('>'))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        let start = " ".repeat(indent);
        for line in fill(&inner, self.width.saturating_sub(indent + 2)) {
            let line = format!("{start}> {line}");
            self.filled.push(line.trim_end().to_owned());
        }
        inner.len()
    }

    /// Whether a line is code by its indentation, which it has beyond that of its list.
    fn is_code(&self, indent: usize) -> bool {
        let base = self.list.unwrap_or(0);
        match &self.paragraph {
            None => indent >= base + 4,
            // As Markdown has it, it goes on with the paragraph; nobody means it to.
            Some(paragraph) => indent >= paragraph.other.len() + 4,
        }
    }

    /// The length of a list item's mark, with the space after it.
    fn item(&self, bare: &str) -> Option<usize> {
        let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (mark, rest) = if digits > 0 {
            let rest = bare[digits..].strip_prefix(['.', ')'])?;
            // In the middle of a paragraph only a list's own items go on counting.
            let counts = self.paragraph.as_ref().is_none_or(|open| open.is_item);
            if !counts && &bare[..digits] != "1" {
                return None;
            }
            (digits + 1, rest)
        } else {
            (1, bare.strip_prefix(['-', '*', '+'])?)
        };
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        (spaces > 0 && spaces < rest.len()).then_some(mark + spaces)
    }

    fn verbatim(&mut self, line: &str) {
        self.finish();
        self.filled.push(line.to_owned());
    }

    fn finish(&mut self) {
        if let Some(paragraph) = self.paragraph.take() {
            self.emit(paragraph);
        }
    }

    fn emit(&mut self, paragraph: Paragraph) {
        let mut line = paragraph.first;
        let mut is_begun = false;
        let mut width = line.chars().count();
        for word in inseparable(paragraph.words) {
            let length = word.chars().count();
            if is_begun && width + 1 + length <= self.width {
                line.push(' ');
                width += 1;
            } else if is_begun {
                self.filled
                    .push(std::mem::replace(&mut line, paragraph.other.clone()));
                width = line.chars().count();
            }
            line.push_str(&word);
            width += length;
            is_begun = true;
        }
        if is_begun {
            self.filled.push(line);
        }
    }
}

/// The words of a line. Code stays whole, unless it would fill a line.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    for word in line.split_whitespace() {
        match words.last_mut() {
            Some(last) if is_open && last.len() + word.len() < 60 => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        is_open ^= word.matches('`').count() % 2 == 1;
    }
    words
}

/// The words, each with those after it that can't begin a line.
fn inseparable(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(last) if changes_a_line(&word) => {
                last.push(' ');
                last.push_str(&word);
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// Whether the word at the start of a line would make it something else than text.
fn changes_a_line(word: &str) -> bool {
    let counted = word.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(word, "-" | "*" | "+" | "=" | "|")
        || word.starts_with(['>', '|'])
        || word.starts_with("```")
        || word.starts_with("---")
        || word.starts_with("===")
        || !word.is_empty() && word.chars().all(|c| c == '#')
        || counted.len() < word.len() && matches!(counted, "." | ")")
}

/// Headings, rows of tables, rules, definitions of links.
fn is_verbatim(bare: &str) -> bool {
    let level = bare.len() - bare.trim_start_matches('#').len();
    let is_heading = (1..=6).contains(&level) && bare[level..].starts_with(' ');
    let is_rule =
        bare.len() >= 3 && (bare.chars().all(|c| c == '-') || bare.chars().all(|c| c == '='));
    let is_definition = bare.starts_with('[')
        && bare.contains("]: ")
        && !bare.contains(") ")
        && bare
            .find("]: ")
            .is_some_and(|end| !bare[..end].contains("]"));
    is_heading || is_rule || is_definition || bare.starts_with('|')
}

fn is_html(bare: &str) -> bool {
    bare.starts_with('<')
        && !bare.starts_with("<http")
        && bare[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let once = fill(&lines, 20).join("\n");
        let lines: Vec<&str> = once.lines().collect();
        assert_eq!(
            fill(&lines, 20).join("\n"),
            once,
            "a second time changes something"
        );
        once
    }

    #[test]
    fn paragraphs_are_filled() {
        assert_eq!(
            filled("one two three four five\nsix\n\nseven"),
            "one two three four\nfive six\n\nseven"
        );
        assert_eq!(
            filled("a-word-that-is-longer-than-a-line is"),
            "a-word-that-is-longer-than-a-line\nis"
        );
    }

    #[test]
    fn items_hang_and_keep_their_marks() {
        assert_eq!(
            filled("- one two three four five\n- six\n  seven"),
            "- one two three four\n  five\n- six seven"
        );
        assert_eq!(
            filled("1. one\n2. two two two two two two\n\n   three\nfour"),
            "1. one\n2. two two two two\n   two two\n\n   three four"
        );
        assert_eq!(
            filled("- one\n  - two two two two two"),
            "- one\n  - two two two two\n    two"
        );
    }

    #[test]
    fn a_number_in_a_paragraph_does_not_become_an_item() {
        assert_eq!(
            filled("in the whole year of\n2027. Then"),
            "in the whole year\nof 2027. Then"
        );
        assert_eq!(
            filled("what is a sum of one - two"),
            "what is a sum of\none - two"
        );
    }

    #[test]
    fn code_tables_headings_and_quotes_keep_their_lines() {
        for text in [
            "```sh\na b c d e f g h i j k l m n\n\n  o\n```",
            "x\n\n    a b c d e f g h i j k l m n\n\ny",
            "| a b c d e f | g h i j k l m n |\n|---|---|",
            "# a b c d e f g h i j k l m n",
            "<p>\na b c d e f g h i j k l m n\n</p>",
            "[a]: https://example.org/b \"c d\"",
        ] {
            assert_eq!(filled(text), text);
        }
        assert_eq!(
            filled("> one two three four five"),
            "> one two three four\n> five"
        );
    }

    #[test]
    fn code_in_a_line_stays_whole() {
        assert_eq!(
            filled("one two three `cargo test x` y"),
            "one two three\n`cargo test x` y"
        );
    }

    #[test]
    fn a_line_that_must_end_does() {
        assert_eq!(filled("one  \ntwo\\\nthree"), "one  \ntwo\\\nthree");
    }
}
