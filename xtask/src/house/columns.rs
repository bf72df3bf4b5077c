//! No comment and no line of Markdown is wider than a screen half: 100 columns.

use super::Finding;
use crate::files::File;
use crate::format::WIDTH;
use crate::source::{Kind, tokens};

pub fn of_file((file, text): &File) -> Vec<Finding> {
    let lines = if file.ends_with(".md") {
        of_markdown(text)
    } else if file.ends_with(".rs") {
        of_rust(text)
    } else {
        of_others(text)
    };
    lines
        .into_iter()
        .map(|line| Finding {
            check: "columns",
            file: file.clone(),
            line,
            subject: "columns".to_owned(),
            message: format!("over {WIDTH} columns"),
        })
        .collect()
}

/// Rows of tables and code are as wide as they are.
fn of_markdown(text: &str) -> Vec<usize> {
    let mut is_fenced = false;
    numbered(text)
        .filter(|(_, line)| {
            let is_fence = line.trim_start().starts_with("```");
            is_fenced ^= is_fence;
            let is_verbatim =
                is_fenced || is_fence || line.starts_with('|') || line.starts_with("    ");
            !is_verbatim && is_too_wide(line)
        })
        .map(|(number, _)| number)
        .collect()
}

fn of_rust(text: &str) -> Vec<usize> {
    let lines: Vec<&str> = text.lines().collect();
    tokens(text)
        .into_iter()
        .filter(|token| token.kind == Kind::Comment)
        .flat_map(|token| token.line..token.line + token.text.lines().count())
        .filter(|number| lines.get(number - 1).is_some_and(|line| is_too_wide(line)))
        .collect()
}

/// Lines that are comments from their start, in languages that have `//`, `/*` or `#` for them.
fn of_others(text: &str) -> Vec<usize> {
    numbered(text)
        .filter(|(_, line)| {
            let line = line.trim_start();
            ["//", "/*", "* ", "# ", "<!--"]
                .iter()
                .any(|start| line.starts_with(start))
        })
        .filter(|(_, line)| is_too_wide(line))
        .map(|(number, _)| number)
        .collect()
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line))
}

/// Whether the line is too wide and could be broken. An address alone on its line cannot.
fn is_too_wide(line: &str) -> bool {
    let begin: String = line.chars().take(WIDTH).collect();
    begin.len() < line.len() && {
        let bare = begin.trim_start_matches([' ', '/', '!', '*', '#', '-', '>']);
        bare.contains(' ')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(file: &str, text: &str) -> Vec<usize> {
        let found = of_file(&(file.to_owned(), text.to_owned()));
        found.into_iter().map(|found| found.line).collect()
    }

    #[test]
    fn wide_prose_is_found_and_wide_code_is_not() {
        let wide = "word ".repeat(25);
        assert_eq!(
            lines("a.md", &format!("{wide}\n| {wide} |\n```\n{wide}\n```\n")),
            [1]
        );
        assert_eq!(
            lines(
                "a.rs",
                &format!(
                    "let a = \"{wide}\";\nlet b = \"// {wide}\";\nf(); // {wide}\n/// {wide}\n"
                )
            ),
            [3, 4]
        );
        assert_eq!(
            lines(
                "a.ts",
                &format!("f(\"{wide}\");\n  // {wide}\n/** {wide} */\n")
            ),
            [2, 3]
        );
    }

    #[test]
    fn an_address_cannot_be_broken() {
        assert_eq!(
            lines(
                "a.rs",
                &format!("// https://example.org/{}\n", "a".repeat(100))
            ),
            []
        );
    }
}
