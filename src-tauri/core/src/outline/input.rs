//! Bytes of any file or paste → lines of text, each with its place in the input.

use serde::Serialize;

use super::source::{InputLine, split};
use super::{HOURS_PER_WEEK, data, html, opml, sheet};
use crate::input_error::{ErrorCode, InputError};

/// Bytes that an outline may have.
pub const LARGEST_BYTES: usize = 8 * 1024 * 1024;

/// The format that an outline was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutlineFormat {
    /// Plain text or Markdown.
    Text,
    /// Comma, semicolon or tab separated values.
    Table,
    /// An outliner's file.
    Opml,
    /// JSON of another tool.
    Json,
    /// A web page, or a copy from one.
    Html,
}

/// The lines of an input.
#[derive(Debug)]
pub(super) struct InputText {
    pub format: OutlineFormat,
    pub lines: Vec<InputLine>,
    /// Sentences about parts that couldn't be read, each with its line.
    pub findings: Vec<(usize, String)>,
    /// Hours of study that a week of it means.
    pub hours_per_week: f64,
}

/// The text of a file, for a person to look at before it is read.
///
/// # Errors
/// If the bytes are too many, or no text.
pub fn text_of(bytes: &[u8]) -> Result<String, InputError> {
    check_size(bytes)?;
    decoded(bytes, &mut Vec::new())
}

fn check_size(bytes: &[u8]) -> Result<(), InputError> {
    if bytes.len() <= LARGEST_BYTES {
        return Ok(());
    }
    Err(InputError::sentence(
        ErrorCode::OutlineTooLarge,
        "The outline is too large. Use a text of at most 8 MB",
    ))
}

/// Reads the bytes of a file or a paste.
pub(super) fn read(bytes: &[u8]) -> Result<InputText, InputError> {
    check_size(bytes)?;
    let mut findings = Vec::new();
    let text = decoded(bytes, &mut findings)?;
    if text.trim().is_empty() {
        return Err(InputError::sentence(
            ErrorCode::OutlineEmpty,
            "The outline is empty. Paste or choose a text with at least one line",
        ));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let start = text.trim_start();
    if start.starts_with(['{', '[']) {
        match data::lines(text, &mut findings) {
            Ok(Some(entries)) => {
                return Ok(InputText {
                    format: OutlineFormat::Json,
                    lines: entries.lines,
                    findings,
                    hours_per_week: entries.hours_per_week,
                });
            }
            Ok(None) => {}
            Err((line, why)) => findings.push((line, why)),
        }
    }
    let head: String = start.chars().take(400).collect::<String>().to_lowercase();
    if head.contains("<opml") {
        let lines = opml::lines(text, &mut findings);
        return Ok(InputText {
            format: OutlineFormat::Opml,
            lines,
            findings,
            hours_per_week: HOURS_PER_WEEK,
        });
    }
    if html::is_page(text, &head) {
        let lines = html::lines(text);
        if lines.iter().any(|line| !line.text.trim().is_empty()) {
            return Ok(InputText {
                format: OutlineFormat::Html,
                lines,
                findings,
                hours_per_week: HOURS_PER_WEEK,
            });
        }
    }
    if let Some(lines) = sheet::lines(text) {
        return Ok(InputText {
            format: OutlineFormat::Table,
            lines,
            findings,
            hours_per_week: HOURS_PER_WEEK,
        });
    }
    let lines = split(text)
        .enumerate()
        .map(|(at, line)| InputLine {
            text: line.to_owned(),
            number: at + 1,
        })
        .collect();
    Ok(InputText {
        format: OutlineFormat::Text,
        lines,
        findings,
        hours_per_week: HOURS_PER_WEEK,
    })
}

fn decoded(bytes: &[u8], findings: &mut Vec<(usize, String)>) -> Result<String, InputError> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok().map(unit))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return Ok(wide(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => return Ok(wide(rest, u16::from_be_bytes)),
        _ => {}
    }
    let controls = bytes
        .iter()
        .filter(|&&b| b < 32 && !b"\t\n\r\x0c\x1b".contains(&b))
        .count();
    if bytes.contains(&0) || controls * 20 > bytes.len() {
        return Err(binary());
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    // Of a file that was read before, these are all that is left of such bytes.
    let broken = text.chars().filter(|&c| c == BROKEN).count();
    if broken * 5 > text.chars().count() {
        return Err(binary());
    }
    if broken > 0 {
        let line = text.split('\n').position(|line| line.contains(BROKEN));
        findings.push((
            line.unwrap_or_default() + 1,
            "A character isn't UTF-8 and shows as �. Save the file as UTF-8".into(),
        ));
    }
    Ok(text)
}

/// The character in the place of bytes that aren't UTF-8.
const BROKEN: char = '\u{fffd}';

fn binary() -> InputError {
    InputError::sentence(
        ErrorCode::OutlineBinary,
        "The outline isn't text. Choose a file of text, Markdown, CSV, OPML, JSON or HTML",
    )
}
