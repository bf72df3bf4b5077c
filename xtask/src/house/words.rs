//! Plain English: phrases with a plainer word, sentences without a head, percents with a space.

use super::Finding;
use crate::files::File;
use crate::source::{Kind, tokens};

/// A phrase and the plainer words for it, as `xtask/house/words.txt` lists them.
pub struct Phrase {
    words: Vec<String>,
    instead: String,
}

pub fn phrases(list: &str) -> Vec<Phrase> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('|'))
        .map(|(phrase, instead)| Phrase {
            words: phrase.split_whitespace().map(str::to_owned).collect(),
            instead: instead.trim().to_owned(),
        })
        .collect()
}

/// Findings in one file of text or code.
pub fn of_file((file, text): &File, phrases: &[Phrase]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut report = |line: usize, subject: &str, message: String| {
        found.push(Finding {
            check: "words",
            file: file.clone(),
            line,
            subject: subject.to_owned(),
            message,
        });
    };
    for (line, phrase) in matches(text, phrases) {
        let subject = phrase.words.join(" ");
        let message = format!("\"{subject}\": write {}", phrase.instead);
        report(line, &subject, message);
    }
    let passages = passages(file, text);
    for passage in &passages {
        for (line, sentence) in headless(passage) {
            let begin: String = sentence.chars().take(50).collect();
            let message = format!("\"{begin} …\": name the thing, or write If");
            report(line, "headless", message);
        }
        for line in spaced_percents(passage) {
            report(
                line,
                "percent",
                "write a percent without a space: 80%".to_owned(),
            );
        }
    }
    found
}

struct Word<'a> {
    text: &'a str,
    line: usize,
    /// Whether nothing but a space, a line end, a hyphen or an underscore is before it.
    joined: bool,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut gap_is_plain = true;
        let mut rest = line.trim_start_matches(['/', '!', '*', '#', '>', ' ', '\t']);
        while let Some(first) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '\'' || c == '’';
            if is_word(first) {
                let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                words.push(Word {
                    text: &rest[..end],
                    line: index + 1,
                    joined: gap_is_plain,
                });
                gap_is_plain = true;
                rest = &rest[end..];
            } else {
                // A backslash ends a line of a string that goes on.
                gap_is_plain &= matches!(first, ' ' | '\t' | '-' | '_' | '\\');
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    words
}

fn matches<'a>(text: &str, phrases: &'a [Phrase]) -> Vec<(usize, &'a Phrase)> {
    let words = words(text);
    let mut found = Vec::new();
    for at in 0..words.len() {
        let phrase = phrases.iter().find(|phrase| {
            let Some(here) = words.get(at..at + phrase.words.len()) else {
                return false;
            };
            here.iter()
                .zip(&phrase.words)
                .all(|(word, wanted)| word.text.eq_ignore_ascii_case(wanted))
                && here[1..].iter().all(|word| word.joined)
        });
        found.extend(phrase.map(|phrase| (words[at].line, phrase)));
    }
    found
}

/// A stretch of prose: a paragraph, a cell of a table, a comment, a string.
struct Passage {
    /// Its lines as they are, each with its number.
    lines: Vec<(usize, String)>,
}

fn passages(file: &str, text: &str) -> Vec<Passage> {
    if file.ends_with(".md") {
        paragraphs(text.lines().enumerate().map(|(at, line)| (at + 1, line)))
    } else if file.ends_with(".rs") {
        of_rust(text)
    } else {
        of_script(text)
    }
}

fn paragraphs<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<Passage> {
    let mut passages = vec![Passage { lines: Vec::new() }];
    let mut is_fenced = false;
    for (number, line) in lines {
        let line = line.trim();
        let is_fence = line.starts_with("```");
        is_fenced ^= is_fence;
        let bare = line.trim_start_matches(['#', '-', '*', '>', ' ']);
        let begins = bare.len() < line.len() || line.is_empty() || is_fence;
        if begins || line.starts_with('|') {
            passages.push(Passage { lines: Vec::new() });
        }
        if is_fenced || is_fence || line.is_empty() {
            continue;
        }
        if line.starts_with('|') {
            passages.extend(line.split('|').map(|cell| Passage {
                lines: vec![(number, cell.trim().to_owned())],
            }));
        } else if let Some(passage) = passages.last_mut() {
            let text = if begins { bare } else { line };
            passage.lines.push((number, text.to_owned()));
        }
    }
    passages.retain(|passage| !passage.lines.is_empty());
    passages
}

/// The comments of a script or component: no strings, which a page's code has mostly for itself.
fn of_script(text: &str) -> Vec<Passage> {
    let comments = text.lines().enumerate().map(|(at, line)| {
        let line = line.trim_start();
        let starts = ["/**", "///", "//", "* ", "/*", "<!--", "# "];
        let comment = starts.iter().find_map(|start| line.strip_prefix(start));
        (at + 1, comment.unwrap_or("").trim_end_matches("*/"))
    });
    paragraphs(comments)
}

fn of_rust(text: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut run: Vec<(usize, &str)> = Vec::new();
    let mut leader = "";
    for token in tokens(text) {
        let starts = match token.kind {
            Kind::Comment => {
                let bare = token.text.trim_start_matches(['/', '!', '*']);
                &token.text[..token.text.len() - bare.len()]
            }
            _ => "",
        };
        let goes_on =
            starts == leader && run.last().is_some_and(|(line, _)| line + 1 == token.line);
        if !goes_on {
            passages.extend(paragraphs(run.drain(..)));
            leader = starts;
        }
        match token.kind {
            Kind::Comment => run.extend(
                token.text[starts.len()..]
                    .lines()
                    .enumerate()
                    .map(|(at, line)| (token.line + at, line)),
            ),
            Kind::Text => passages.push(Passage {
                lines: token
                    .text
                    .trim_matches(['"', 'r', '#'])
                    .lines()
                    .enumerate()
                    .map(|(at, line)| (token.line + at, line.trim().to_owned()))
                    .collect(),
            }),
            _ => {}
        }
    }
    passages.extend(paragraphs(run.drain(..)));
    passages
}

const HEADS: [&str; 7] = [
    "What", "Where", "Whatever", "Wherever", "Which", "Who", "Whose",
];

/// Sentences that begin with a relative word and ask nothing, with their lines.
fn headless(passage: &Passage) -> Vec<(usize, String)> {
    let mut sentences: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut begins = true;
    for (line, text) in &passage.lines {
        for word in text.split_whitespace() {
            if begins {
                sentences.push((*line, Vec::new()));
            }
            if let Some((_, words)) = sentences.last_mut() {
                words.push(word);
            }
            begins = word
                .trim_end_matches(['*', '"', ')', '”', '_', '`'])
                .ends_with(['.', '!', '?', ':', ';']);
        }
    }
    sentences
        .into_iter()
        .filter(|(_, words)| {
            let first = words[0].trim_start_matches(['*', '"', '(', '“', '_']);
            let asks = words[words.len() - 1].contains('?');
            words.len() > 1 && !asks && HEADS.contains(&first)
        })
        .map(|(line, words)| (line, words.join(" ")))
        .collect()
}

fn spaced_percents(passage: &Passage) -> Vec<usize> {
    passage
        .lines
        .iter()
        .filter(|(_, text)| {
            text.match_indices(" %").any(|(at, _)| {
                let before = text[..at].chars().next_back();
                before.is_some_and(|c| c.is_ascii_digit() || c == '}')
            })
        })
        .map(|(line, _)| *line)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subjects(file: &str, text: &str) -> Vec<(usize, String)> {
        let phrases = phrases("# a list\nso many | how many\nanew | again\n");
        of_file(&(file.to_owned(), text.to_owned()), &phrases)
            .into_iter()
            .map(|found| (found.line, found.subject))
            .collect()
    }

    fn found(expected: &[(usize, &str)]) -> Vec<(usize, String)> {
        expected
            .iter()
            .map(|(line, subject)| (*line, (*subject).to_owned()))
            .collect()
    }

    #[test]
    fn a_phrase_is_found_over_line_ends_and_in_names() {
        assert_eq!(
            subjects(
                "a.rs",
                "/// There are so\n/// many of them.\nfn laid_anew() {}\n"
            ),
            found(&[(1, "so many"), (3, "anew")])
        );
        assert_eq!(
            subjects("a.svelte", "<p>So many</p>"),
            found(&[(1, "so many")])
        );
        assert_eq!(
            subjects("a.md", "It is so. Many know that. A renewal.\n"),
            found(&[])
        );
    }

    #[test]
    fn a_relative_clause_is_no_sentence_but_may_be_a_question() {
        assert_eq!(
            subjects(
                "a.md",
                "# What it does\n\nFine. What is\nleft is lost.\n\nWhat is left?\n"
            ),
            found(&[(1, "headless"), (3, "headless")])
        );
        assert_eq!(
            subjects(
                "a.rs",
                "/// Where it is.\nstruct A;\n// Why not? Where else?\nf(\"What else\");"
            ),
            found(&[(1, "headless"), (4, "headless")])
        );
        assert_eq!(
            subjects("a.md", "| What | it |\n|---|---|\n| a | Where it is. |\n"),
            found(&[(3, "headless")])
        );
        assert_eq!(
            subjects("a.ts", "/** What it is. */\nf();\n// Where\n// not?\n"),
            found(&[(1, "headless")])
        );
        assert_eq!(subjects("a.md", "```\nWhat is code.\n```\n"), found(&[]));
    }

    #[test]
    fn percents_have_no_space_but_remainders_may() {
        assert_eq!(
            subjects(
                "a.rs",
                "let a = 7 % 2; // 80 % of it\nlet b = format!(\"{a} %\");"
            ),
            found(&[(1, "percent"), (2, "percent")])
        );
        assert_eq!(subjects("a.md", "80% is right.\n"), found(&[]));
    }
}
