//! Fills line comments, as the Markdown that they are.

use std::collections::BTreeSet;

use super::{WIDTH, markdown};
use crate::source::{Kind, tokens};

const LEADERS: [&str; 3] = ["///", "//!", "//"];

/// Comments with words for a tool, which reads them by the line.
const ORDERS: [&str; 5] = ["eslint-", "svelte-ignore", "@ts-", "prettier-", "SPDX"];

/// A file of code, with the comments that fill lines of their own wrapped.
pub fn wrap(file: &str, text: &str) -> String {
    let in_strings = if file.ends_with(".rs") {
        lines_in_literals(text)
    } else {
        BTreeSet::new()
    };
    let mut wrapped = String::with_capacity(text.len());
    let mut run: Vec<&str> = Vec::new();
    let mut start = String::new();
    for (index, line) in text.lines().enumerate() {
        let here = if in_strings.contains(&(index + 1)) {
            None
        } else {
            start_of(line)
        };
        if here.as_deref() != Some(start.as_str()) {
            emit(&mut wrapped, &start, &mut run);
        }
        match here {
            Some(here) => {
                run.push(&line[here.len()..]);
                start = here;
            }
            None => {
                start.clear();
                wrapped.push_str(line);
                wrapped.push('\n');
            }
        }
    }
    emit(&mut wrapped, &start, &mut run);
    wrapped
}

/// Indentation and leader of a line that is a comment. `None` if it is code, or not to be wrapped.
fn start_of(line: &str) -> Option<String> {
    let bare = line.trim_start();
    let leader = LEADERS
        .into_iter()
        .find(|leader| bare.starts_with(leader))?;
    let body = &bare[leader.len()..];
    let is_prose = body.is_empty() || body.starts_with(' ');
    let is_order = ORDERS
        .iter()
        .any(|order| body.trim_start().starts_with(order));
    (is_prose && !is_order).then(|| line[..line.len() - body.len()].to_owned())
}

fn emit(wrapped: &mut String, start: &str, run: &mut Vec<&str>) {
    let bodies: Vec<&str> = run
        .drain(..)
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let width = WIDTH.saturating_sub(start.chars().count() + 1).max(20);
    for line in markdown::fill(&bodies, width) {
        wrapped.push_str(start);
        if !line.is_empty() {
            wrapped.push(' ');
            wrapped.push_str(&line);
        }
        wrapped.push('\n');
    }
}

/// The lines of Rust that begin inside a string or a block comment.
fn lines_in_literals(text: &str) -> BTreeSet<usize> {
    tokens(text)
        .into_iter()
        .filter(|token| matches!(token.kind, Kind::Text | Kind::Comment))
        .flat_map(|token| token.line + 1..token.line + token.text.split('\n').count())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_comment_is_filled_within_its_indentation() {
        let words = "word ".repeat(24);
        let text = format!("    /// {words}\n    /// More.\n    fn f() {{}} // {words}\n");
        let first = "word ".repeat(18);
        let expected = format!(
            "    /// {}\n    /// {}More.\n    fn f() {{}} // {words}\n",
            first.trim_end(),
            "word ".repeat(6)
        );
        assert_eq!(wrap("a.rs", &text), expected);
    }

    #[test]
    fn comments_of_different_sorts_are_not_joined() {
        for text in [
            "//! a\n\n/// b\n// c\nfn d() {}\n",
            "// a\n//\n// b\n",
            "/// a\n///\n/// # Errors\n/// b\n",
            "// svelte-ignore a\n// b\n",
            "//#region\n// a\n",
        ] {
            assert_eq!(wrap("a.rs", text), text);
        }
    }

    #[test]
    fn a_string_with_a_comment_in_it_is_left_alone() {
        let text = "f(\"\n// a\n// b\n\");\n/*\n// c\n// d\n*/\n";
        assert_eq!(wrap("a.rs", text), text);
    }
}
