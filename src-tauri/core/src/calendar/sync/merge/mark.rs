//! The mark on an event: a digest of each piece of text that Waymark wrote into it.
//!
//! A person may write into the same properties, and delete any of it. The pieces with a digest in
//! the mark are Waymark's; all others are the person's.

use std::fmt::Write;

use super::lines::HeldComponent;
use crate::calendar::export::mix;

/// The property of the mark. (Programs keep properties that they do not know; RFC 5545, 3.8.8.2.)
pub(super) const MARK: &str = "X-WAYMARK-WROTE";

/// The kind of a piece of text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Marked {
    Line,
    Category,
    Link,
    Reminder,
}

impl Marked {
    pub fn digest(self, text: &str) -> u64 {
        let kind = match self {
            Self::Line => "line",
            Self::Category => "category",
            Self::Link => "link",
            Self::Reminder => "reminder",
        };
        mix(mix(0, kind), text)
    }
}

/// The digests in an event's mark.
#[derive(Debug)]
pub(super) struct Mark {
    digests: Option<Vec<u64>>,
}

impl Mark {
    /// The mark of an event as the server holds it. Waymark did not mark events in the past, and a
    /// program may drop the mark.
    pub fn of(event: &HeldComponent) -> Self {
        let read = |digest: &str| u64::from_str_radix(digest.trim(), 16).ok();
        let digests = event.line(MARK).map(|line| {
            let digests = line.value().split(',');
            digests.filter_map(read).collect()
        });
        Self { digests }
    }

    pub fn is_there(&self) -> bool {
        self.digests.is_some()
    }

    pub fn has(&self, kind: Marked, text: &str) -> bool {
        let digest = kind.digest(text);
        self.digests
            .as_ref()
            .is_some_and(|digests| digests.contains(&digest))
    }

    /// The lines of a description that Waymark wrote. Without a mark, these are the lines that it
    /// would write now, whose digests are in `new`.
    pub fn lines(&self, new: impl Iterator<Item = u64>) -> FormerLines {
        FormerLines {
            digests: match &self.digests {
                Some(digests) => digests.clone(),
                None => new.collect(),
            },
            is_marked: self.is_there(),
        }
    }
}

/// The lines that Waymark wrote, each once: a person may have written one of them too.
pub(super) struct FormerLines {
    digests: Vec<u64>,
    is_marked: bool,
}

impl FormerLines {
    /// Whether this is one of the lines left.
    pub fn take(&mut self, text: &str) -> bool {
        let digest = Marked::Line.digest(text);
        if let Some(at) = self.digests.iter().position(|known| *known == digest) {
            self.digests.swap_remove(at);
            return true;
        }
        !self.is_marked && is_of_earlier_versions(text)
    }
}

/// Earlier versions wrote `Session 3, 2 h`, and marked nothing.
fn is_of_earlier_versions(text: &str) -> bool {
    let number = text
        .strip_prefix("Session ")
        .and_then(|rest| rest.split_once(", "));
    number.is_some_and(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The value of a mark.
pub(super) fn value(digests: &[u64]) -> String {
    let mut value = String::with_capacity(digests.len() * 17);
    for digest in digests {
        let comma = if value.is_empty() { "" } else { "," };
        let _ = write!(value, "{comma}{digest:016x}");
    }
    value
}
