//! What goes between the `ics` crate and a file: escaping before, folding after, and times as digits.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike};
use ics::escape_text;

const LONGEST_LINE: usize = 75;
const LINE_END: &str = "\r\n";
/// How the `ics` crate folds a line.
const FOLD: &str = "\r\n ";

/// A TEXT value: escaped, with CRLF and CR as line feeds, and without the control characters that make some readers give up the whole file.
pub fn text(value: &str) -> String {
    let is_kept = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    if value.chars().all(is_kept) {
        return escape_text(value).into_owned();
    }
    let kept: String = value.chars().filter(|c| is_kept(*c)).collect();
    escape_text(kept).into_owned()
}

/// Folds what the `ics` crate writes anew, at 75 octets: the crate leaves the space that begins a continuation
/// line uncounted, so that its lines have up to 76. (It hands over whole pieces of a line, and each line's end as one.)
pub struct Folded<'a> {
    out: &'a mut String,
    /// Octets that the present line has yet room for.
    room: usize,
}

impl<'a> Folded<'a> {
    /// Writes behind what `out` has, which ends with a whole line.
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

/// `20270104T180000Z`, without chrono's formatter: it would cost more than the rest of the event.
pub fn push_instant(out: &mut String, seconds: i64) {
    let instant = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    push_time(out, instant.naive_utc());
    out.push('Z');
}

/// `20270104T190000`.
pub fn push_time(out: &mut String, time: NaiveDateTime) {
    push_day(out, time);
    let ([a, b], [c, d], [e, f]) = (pair(time.hour()), pair(time.minute()), pair(time.second()));
    push_ascii(out, &[b'T', a, b, c, d, e, f]);
}

/// `20270104`.
pub fn push_date(out: &mut String, midnight_seconds: i64) {
    let instant = DateTime::from_timestamp(midnight_seconds, 0).unwrap_or_default();
    push_day(out, instant.naive_utc());
}

fn push_day(out: &mut String, time: NaiveDateTime) {
    // No plan has a day outside these years.
    let year = time.year().unsigned_abs() % 10_000;
    let ([a, b], [c, d]) = (pair(year / 100), pair(year % 100));
    let ([e, f], [g, h]) = (pair(time.month()), pair(time.day()));
    push_ascii(out, &[a, b, c, d, e, f, g, h]);
}

/// The two digits of a number below 100.
fn pair(number: u32) -> [u8; 2] {
    let digit = |number: u32| b'0' + (number % 10) as u8;
    [digit(number / 10), digit(number)]
}

fn push_ascii(out: &mut String, digits: &[u8]) {
    out.push_str(std::str::from_utf8(digits).unwrap_or_default());
}

/// Decimal digits.
pub fn push_number(out: &mut String, number: u32) {
    if number >= 100 {
        push_number(out, number / 100);
        push_ascii(out, &pair(number % 100));
    } else if number >= 10 {
        push_ascii(out, &pair(number));
    } else {
        let [_, digit] = pair(number);
        push_ascii(out, &[digit]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ics::components::Property;
    use proptest::prelude::*;
    use std::fmt::Write;

    #[test]
    fn times_and_numbers_have_their_digits() {
        let mut out = String::new();
        push_instant(&mut out, 1_830_297_845);
        push_date(&mut out, 1_830_297_600);
        for number in [0, 9, 10, 99, 100, 101, 1_000, 40_320, u32::MAX] {
            out.push(' ');
            push_number(&mut out, number);
        }
        let expected = "20280101T000405Z20280101 0 9 10 99 100 101 1000 40320 4294967295";
        assert_eq!(out, expected);
    }

    proptest! {
        /// However the pieces lie, no line is too long, none is cut inside a character, and unfolding gives all of it back.
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
