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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marked {
    Line,
    Category,
    Link,
    Reminder,
}

impl Marked {
    const ALL: [Self; 4] = [Self::Line, Self::Category, Self::Link, Self::Reminder];

    /// The piece of this kind with this text.
    pub fn piece(self, text: &str) -> Piece {
        Piece {
            kind: self,
            digest: mix(mix(0, self.name()), text),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Category => "category",
            Self::Link => "link",
            Self::Reminder => "reminder",
        }
    }
}

/// A piece of text in a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    kind: Marked,
    digest: u64,
}

impl Piece {
    /// Reads `line-0123456789abcdef`.
    fn read(text: &str) -> Option<Self> {
        let (name, digest) = text.trim().split_once('-')?;
        Some(Self {
            kind: Marked::ALL.into_iter().find(|kind| kind.name() == name)?,
            digest: u64::from_str_radix(digest, 16).ok()?,
        })
    }
}

/// The pieces in an event's mark.
#[derive(Debug)]
pub(super) struct Mark {
    pieces: Option<Vec<Piece>>,
}

impl Mark {
    /// The mark of an event as the server holds it. Waymark did not mark events in the past, and a
    /// program may drop the mark or a part of it.
    pub fn of(event: &HeldComponent) -> Self {
        let pieces = event
            .line(MARK)
            .map(|line| line.value().split(',').filter_map(Piece::read).collect());
        Self { pieces }
    }

    pub fn has(&self, kind: Marked, text: &str) -> bool {
        let piece = kind.piece(text);
        self.pieces
            .as_ref()
            .is_some_and(|pieces| pieces.contains(&piece))
    }

    /// The lines of a description that Waymark wrote: those in the mark and, since that may be
    /// incomplete, those that it would write now, which are in `new`.
    pub fn lines(&self, new: impl Iterator<Item = Piece>) -> FormerLines {
        let is_line = |piece: &Piece| piece.kind == Marked::Line;
        let marked: Vec<Piece> = self.pieces.iter().flatten().copied().collect();
        let marked: Vec<Piece> = marked.into_iter().filter(is_line).collect();
        let (mut unmarked, mut rest) = (Vec::new(), marked.clone());
        for piece in new {
            if !remove(&mut rest, piece) {
                unmarked.push(piece);
            }
        }
        FormerLines {
            is_marked: self.pieces.is_some(),
            marked,
            unmarked,
            found: 0,
        }
    }
}

/// The lines that Waymark wrote, each once: a person may have written one of them too.
pub(super) struct FormerLines {
    is_marked: bool,
    /// Those in the mark that have not been found.
    marked: Vec<Piece>,
    /// Those that Waymark would write now and that are not in the mark.
    unmarked: Vec<Piece>,
    found: usize,
}

impl FormerLines {
    /// Whether this is one of the lines left.
    pub fn take(&mut self, text: &str) -> bool {
        let piece = Marked::Line.piece(text);
        let is_found = remove(&mut self.marked, piece)
            || remove(&mut self.unmarked, piece)
            || !self.is_marked && is_of_earlier_versions(text);
        self.found += usize::from(is_found);
        is_found
    }

    /// Whether lines that Waymark wrote were not found. Without a mark, it is unknown which lines
    /// it wrote, so one of them is enough.
    pub fn are_cut(&self) -> bool {
        match self.is_marked {
            true => !self.marked.is_empty(),
            false => self.found == 0,
        }
    }
}

fn remove(pieces: &mut Vec<Piece>, piece: Piece) -> bool {
    let at = pieces.iter().position(|known| *known == piece);
    at.map(|at| pieces.swap_remove(at)).is_some()
}

/// Earlier versions wrote `Session 3, 2 h`, and marked nothing.
fn is_of_earlier_versions(text: &str) -> bool {
    let number = text
        .strip_prefix("Session ")
        .and_then(|rest| rest.split_once(", "));
    number.is_some_and(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The value of a mark.
pub(super) fn value(pieces: &[Piece]) -> String {
    let mut value = String::with_capacity(pieces.len() * 22);
    for Piece { kind, digest } in pieces {
        let comma = if value.is_empty() { "" } else { "," };
        let _ = write!(value, "{comma}{}-{digest:016x}", kind.name());
    }
    value
}
