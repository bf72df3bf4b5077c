//! Lines that other programs write wrongly in a known way, put right before they are parsed.

use std::borrow::Cow;

/// A line as it should have been written.
#[derive(Debug, PartialEq, Eq)]
pub struct Mended<'a> {
    pub line: Cow<'a, str>,
    /// A repair that the learner should know about; it follows the title of the event.
    pub note: Option<String>,
}

/// Puts a line right. `name` is its name, in any case.
///
/// - A rule with `\;` or `\,`: its value is not text (RFC 5545, 3.3.10), so nothing in it is
///   escaped.
/// - A zone such as `TZID=UTC+05:30` with a colon, which has to be in quotation marks.
/// - A time with `VALUE=DATE`: the digits are what somebody entered, so the parameter is wrong.
pub fn mended<'a>(name: &str, line: &'a str) -> Mended<'a> {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    let unchanged = Mended {
        line: Cow::Borrowed(line),
        note: None,
    };
    if is("RRULE") || is("EXRULE") {
        if !line.contains('\\') {
            return unchanged;
        }
        return Mended {
            line: Cow::Owned(line.replace("\\;", ";").replace("\\,", ",")),
            note: None,
        };
    }
    let is_date = ["DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"]
        .into_iter()
        .any(is);
    if !is_date {
        return unchanged;
    }
    // The value of these lines has no colon, their parameters may have one.
    let Some((head, value)) = line.rsplit_once(':') else {
        return unchanged;
    };
    if head.contains(':') && !head.contains('"') {
        let quoted: Vec<String> = head
            .split(';')
            .map(|part| match part.split_once('=') {
                Some((name, value)) if value.contains(':') => format!("{name}=\"{value}\""),
                _ => part.to_owned(),
            })
            .collect();
        return Mended {
            line: Cow::Owned(format!("{}:{value}", quoted.join(";"))),
            note: None,
        };
    }
    let is_wrong = |parameter: &str| parameter.trim().eq_ignore_ascii_case("VALUE=DATE");
    if !has_time(value) || !head.split(';').skip(1).any(is_wrong) {
        return unchanged;
    }
    let kept: Vec<&str> = head.split(';').filter(|part| !is_wrong(part)).collect();
    let name = name.to_ascii_uppercase();
    Mended {
        line: Cow::Owned(format!("{}:{value}", kept.join(";"))),
        note: Some(format!(
            "its {name} is marked as a date but has a time, which was used"
        )),
    }
}

/// Whether a value is like `20270104T190000`.
fn has_time(value: &str) -> bool {
    let value = value.trim().as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        value
            .get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    digits(0..8) && matches!(value.get(8), Some(b'T' | b't')) && digits(9..13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_faults_are_put_right() {
        for (line, expected) in [
            (
                r"RRULE:FREQ=WEEKLY\;BYDAY=MO\,TU",
                "RRULE:FREQ=WEEKLY;BYDAY=MO,TU",
            ),
            (
                "DTSTART;VALUE=DATE:20270104T190000",
                "DTSTART:20270104T190000",
            ),
            (
                "DTEND;TZID=Europe/Berlin;value=date:20270104T190000Z",
                "DTEND;TZID=Europe/Berlin:20270104T190000Z",
            ),
            ("DTSTART;VALUE=DATE:20270104", "DTSTART;VALUE=DATE:20270104"),
            ("DTSTART;VALUE=DATE:Tuesday", "DTSTART;VALUE=DATE:Tuesday"),
            (
                "DTSTART;TZID=UTC+05:30:20270104T190000",
                "DTSTART;TZID=\"UTC+05:30\":20270104T190000",
            ),
            (
                "DTSTART;TZID=\"UTC+05:30\":20270104T190000",
                "DTSTART;TZID=\"UTC+05:30\":20270104T190000",
            ),
            (r"SUMMARY:a\;b", r"SUMMARY:a\;b"),
            ("DTSTART", "DTSTART"),
        ] {
            let name = line.split([';', ':']).next().unwrap_or_default();
            assert_eq!(mended(name, line).line, expected);
        }
    }
}
