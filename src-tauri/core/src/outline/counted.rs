//! The lines of an outline, which count how often they are looked at: a test checks that this grows
//! in proportion to the input.

use std::cell::Cell;
use std::ops::{Index, Range};

use super::line::ReadLine;

#[derive(Debug)]
pub(super) struct CountedLines {
    lines: Vec<ReadLine>,
    looks: Cell<u64>,
}

impl CountedLines {
    pub fn new(lines: Vec<ReadLine>) -> Self {
        Self {
            lines,
            looks: Cell::new(0),
        }
    }

    /// The number of times that a line was looked at.
    pub fn looks(&self) -> u64 {
        self.looks.get()
    }

    fn look(&self, lines: usize) {
        self.looks.set(self.looks.get() + lines as u64);
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn get(&self, at: usize) -> Option<&ReadLine> {
        self.look(1);
        self.lines.get(at)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &ReadLine> + ExactSizeIterator {
        self.lines.iter().inspect(|_| self.look(1))
    }

    /// Each line with the next one.
    pub fn pairs(&self) -> impl Iterator<Item = (&ReadLine, &ReadLine)> {
        self.iter().zip(self.lines.iter().skip(1))
    }

    /// The lines of a range, which ends with the outline at the latest.
    pub fn range(&self, range: Range<usize>) -> &[ReadLine] {
        let found = self.lines.get(range).unwrap_or_default();
        self.look(found.len());
        found
    }
}

impl Index<usize> for CountedLines {
    type Output = ReadLine;

    fn index(&self, at: usize) -> &ReadLine {
        self.look(1);
        &self.lines[at]
    }
}
