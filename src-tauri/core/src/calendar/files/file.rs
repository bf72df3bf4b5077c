//! A file of an export, and its name.

use super::counts::EventCounts;

/// An .ics file to be written.
#[derive(Debug)]
pub struct IcsFile {
    /// Tells it from the other files of the export, as a part of its name, e.g. `foundations-2`.
    /// Empty for the first or only file.
    pub part: String,
    /// Its text (RFC 5545, UTF-8, CRLF line ends).
    pub text: String,
    /// Its events.
    pub events: EventCounts,
}

impl IcsFile {
    /// Its name: `study.ics`, `study-2.ics`, `study-foundations.ics`.
    pub fn name(&self, stem: &str) -> String {
        match self.part.as_str() {
            "" => format!("{stem}.ics"),
            part => format!("{stem}-{part}.ics"),
        }
    }
}

/// A file name that every operating system accepts, made from a title.
pub fn file_stem(title: &str) -> String {
    const LONGEST: usize = 60;
    // Windows reserves some names of up to four letters.
    const SHORTEST: usize = 5;
    let mut stem = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        if stem.len() >= LONGEST {
            break;
        }
    }
    match stem.trim_end_matches('-') {
        "" => "study-plan".to_owned(),
        stem if stem.len() < SHORTEST => format!("study-{stem}"),
        stem => stem.to_owned(),
    }
}
