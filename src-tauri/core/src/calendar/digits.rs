//! Times and numbers as decimal digits.
//!
//! Written by hand, because chrono's formatter would cost more than the rest of an event.

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike};

/// `20270104T180000Z`.
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
}
