//! Rust source cut into tokens: enough to follow paths, definitions and comments.

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An identifier or keyword.
    Word,
    /// One character of punctuation, or `::`.
    Mark,
    /// A string literal of any sort, with its quotes.
    Text,
    /// `// …` or `/* … */`.
    Comment,
    /// A number, a character or a lifetime.
    Other,
}

#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    /// Line of the first character, from 1.
    pub line: usize,
}

impl Token<'_> {
    /// Whether this is the given identifier, keyword or punctuation.
    pub fn is(&self, text: &str) -> bool {
        matches!(self.kind, Kind::Word | Kind::Mark) && self.text == text
    }
}

/// All tokens of a file, comments included. A literal without an end reaches to the end of the
/// file.
pub fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        if first.is_whitespace() {
            line += usize::from(first == '\n');
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = next(rest, first);
        let text = &rest[..length];
        found.push(Token { kind, text, line });
        line += text.matches('\n').count();
        at += length;
    }
    found
}

/// The same without comments.
pub fn code(source: &str) -> Vec<Token<'_>> {
    let mut tokens = tokens(source);
    tokens.retain(|token| token.kind != Kind::Comment);
    tokens
}

fn next(rest: &str, first: char) -> (Kind, usize) {
    if rest.starts_with("//") {
        return (Kind::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Kind::Comment, block_comment(rest));
    }
    if let Some(length) = string(rest) {
        return (Kind::Text, length);
    }
    if first == '\'' {
        return (Kind::Other, quote(rest));
    }
    if first.is_ascii_digit() {
        return (Kind::Other, word(rest));
    }
    if first == '_' || first.is_alphabetic() {
        // A raw identifier such as `r#type` is one word.
        let raw = if rest.starts_with("r#") { 2 } else { 0 };
        return (Kind::Word, raw + word(&rest[raw..]));
    }
    if rest.starts_with("::") {
        return (Kind::Mark, 2);
    }
    (Kind::Mark, first.len_utf8())
}

fn word(rest: &str) -> usize {
    rest.find(|c: char| c != '_' && !c.is_alphanumeric())
        .unwrap_or(rest.len())
}

/// Length of a block comment. They nest.
fn block_comment(rest: &str) -> usize {
    let (mut at, mut depth) = (0, 0usize);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Length of the string literal that begins here, raw or not. `None` if none does.
fn string(rest: &str) -> Option<usize> {
    let prefix = rest.find(|c: char| !matches!(c, 'b' | 'c' | 'r'))?;
    if prefix > 2 {
        return None;
    }
    let raw = rest[..prefix].contains('r');
    let after = &rest[prefix..];
    let hashes = if raw {
        after.len() - after.trim_start_matches('#').len()
    } else {
        0
    };
    if !after[hashes..].starts_with('"') {
        return None;
    }
    let begin = prefix + hashes + 1;
    if raw {
        let end = format!("\"{}", "#".repeat(hashes));
        let length = rest[begin..].find(&end)? + end.len();
        return Some(begin + length);
    }
    Some(begin + until(&rest[begin..], '"'))
}

/// Length of a character literal or a lifetime.
fn quote(rest: &str) -> usize {
    let mut after = rest[1..].chars();
    match (after.next(), after.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => 1 + until(&rest[1..], '\''),
        _ => 1 + word(&rest[1..]),
    }
}

/// Length up to and including the closing quote, past escaped ones.
fn until(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        tokens(source).iter().map(|token| token.text).collect()
    }

    #[test]
    fn strings_and_comments_hide_what_is_in_them() {
        let source = r##"let a = "use crate::x; // \" no"; /* /* crate */ */ b(r#"//"#)"##;
        assert_eq!(
            texts(source),
            [
                "let",
                "a",
                "=",
                r#""use crate::x; // \" no""#,
                ";",
                "/* /* crate */ */",
                "b",
                "(",
                r###"r#"//"#"###,
                ")"
            ]
        );
    }

    #[test]
    fn a_lifetime_is_not_the_start_of_a_character() {
        assert_eq!(
            texts("f<'a>('b', '\\'', '\"')"),
            [
                "f", "<", "'a", ">", "(", "'b'", ",", "'\\''", ",", "'\"'", ")"
            ]
        );
    }

    #[test]
    fn lines_are_counted_through_literals() {
        let found = tokens("\"a\nb\"\n// c\nd");
        let lines: Vec<_> = found.iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 3, 4]);
    }

    #[test]
    fn paths_keep_their_separator_whole() {
        assert_eq!(texts("crate::a"), ["crate", "::", "a"]);
        assert_eq!(texts("r#type"), ["r#type"]);
    }
}
