//! Text between the `ics` crate and a file: escaped before it, folded after it.

use std::fmt;

use ics::escape_text;

const LONGEST_LINE: usize = 75;
const LINE_END: &str = "\r\n";
/// How the `ics` crate folds a line.
const FOLD: &str = "\r\n ";

/// A TEXT value: escaped, with CRLF and CR as line feeds, and without the control characters that
/// make some readers reject the whole file.
pub fn text(value: &str) -> String {
    let is_kept = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    if value.chars().all(is_kept) {
        return escape_text(value).into_owned();
    }
    let kept: String = value.chars().filter(|c| is_kept(*c)).collect();
    escape_text(kept).into_owned()
}

/// Refolds the `ics` crate's output at 75 octets. The crate does not count the space that begins a
/// continuation line, so its lines have up to 76. (It passes whole pieces of a line, and each line
/// ending as one piece.)
pub struct Folded<'a> {
    out: &'a mut String,
    /// The number of octets that still fit on the current line.
    room: usize,
}

impl<'a> Folded<'a> {
    /// Appends to `out`, which ends with a whole line.
    pub fn new(out: &'a mut String) -> Self {
        Self {
            out,
            room: LONGEST_LINE,
        }
    }

    fn push(&mut self, mut piece: &str) {
        while piece.len() > self.room {
            let (head, tail) = piece.split_at(piece.floor_char_boundary(self.room));
            self.out.push_str(head);
            self.out.push_str(FOLD);
            self.room = LONGEST_LINE - 1;
            piece = tail;
        }
        self.out.push_str(piece);
        self.room -= piece.len();
    }
}

impl fmt::Write for Folded<'_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        if piece == FOLD {
            return Ok(());
        }
        match piece.strip_suffix(LINE_END) {
            None => self.push(piece),
            Some(last) => {
                self.push(last);
                self.out.push_str(LINE_END);
                self.room = LONGEST_LINE;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ics::components::Property;
    use proptest::prelude::*;
    use std::fmt::Write;

    proptest! {
        /// However a line is split into pieces, no line is too long, no character is split, and
        /// unfolding restores the text.
        #[test]
        fn lines_are_folded_at_75_octets(values in prop::collection::vec(r"[\PC]{0,200}|[äß漢🚀]{0,200}", 1..4)) {
            let (mut folded, mut plain) = (String::new(), String::new());
            for value in &values {
                write!(Folded::new(&mut folded), "{}", Property::new("X-TEXT", value.as_str())).unwrap();
                plain += &format!("X-TEXT:{value}\r\n");
            }
            for line in folded.split_terminator("\r\n") {
                prop_assert!(line.len() <= LONGEST_LINE);
            }
            prop_assert_eq!(folded.replace(FOLD, ""), plain);
        }
    }
}
