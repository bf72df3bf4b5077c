//! When a reminder goes off.

use std::borrow::Cow;

use super::lines::{HeldComponent, HeldLine};
use crate::calendar::export::reminder_trigger;

/// When a reminder goes off before or after the start: in Waymark's own form if it has one for it.
/// Empty if it is at a time of another kind.
pub(super) fn trigger<'a>(alarm: &'a HeldComponent) -> Cow<'a, str> {
    let trigger = alarm.line("TRIGGER");
    let is_of_the_end = |line: &&HeldLine| {
        let mut parameters = line.parameters();
        parameters.any(|parameter| parameter.eq_ignore_ascii_case("RELATED=END"))
    };
    let trigger = trigger.filter(|line| !is_of_the_end(line));
    let text = trigger.map_or("", HeldLine::value).trim();
    match minutes_before(text) {
        Some(minutes) => Cow::Owned(reminder_trigger(minutes)),
        None => Cow::Borrowed(text),
    }
}

/// The whole minutes of a duration before the start (RFC 5545, 3.3.6). Servers write one in other
/// forms than they received, such as `-P0DT0H10M0S` for `-PT10M`.
fn minutes_before(text: &str) -> Option<u32> {
    let (is_before, length) = match text.strip_prefix('-') {
        Some(length) => (true, length),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let length = length.strip_prefix('P').filter(|it| !it.is_empty())?;
    let (days, times) = length.split_once('T').unwrap_or((length, ""));
    let days = seconds(days, &[('W', 7 * 86_400), ('D', 86_400)])?;
    let times = seconds(times, &[('H', 3600), ('M', 60), ('S', 1)])?;
    let seconds = days.checked_add(times)?;
    let is_whole = seconds.is_multiple_of(60) && (is_before || seconds == 0);
    u32::try_from(seconds / 60).ok().filter(|_| is_whole)
}

/// The seconds of numbers with units, such as `1H30M`.
fn seconds(text: &str, units: &[(char, u64)]) -> Option<u64> {
    let (mut rest, mut sum) = (text, 0_u64);
    while !rest.is_empty() {
        let (number, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let unit = after.chars().next()?;
        let (_, factor) = units.iter().find(|(name, _)| *name == unit)?;
        let part = number.parse::<u64>().ok()?.checked_mul(*factor)?;
        sum = sum.checked_add(part)?;
        rest = after.strip_prefix(unit)?;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn minutes_before_the_start_have_one_form() {
        let shown = |lines: &str| {
            let text = format!(
                "BEGIN:VCALENDAR\r\nBEGIN:VALARM\r\n{lines}END:VALARM\r\nEND:VCALENDAR\r\n"
            );
            let calendar = HeldComponent::calendar(&text).unwrap();
            let alarm = calendar.components("VALARM").next().unwrap();
            trigger(alarm).into_owned()
        };
        for (given, expected) in [
            ("-PT10M", "-PT10M"),
            ("-P0DT0H10M0S", "-PT10M"),
            ("-PT600S", "-PT10M"),
            ("-PT1H30M", "-PT90M"),
            ("-P1D", "-PT1440M"),
            ("-P1W", "-PT10080M"),
            ("PT0S", "PT0S"),
            ("-PT0M", "PT0S"),
            ("-P0D", "PT0S"),
            // Waymark has no form for these.
            ("PT10M", "PT10M"),
            ("-PT90S", "-PT90S"),
            ("-P", "-P"),
            ("-PT10", "-PT10"),
            ("-PTM", "-PTM"),
            ("-PT10m", "-PT10m"),
            ("-PT1Ü", "-PT1Ü"),
            ("-PT99999999999999999999M", "-PT99999999999999999999M"),
            ("-P99999999999D", "-P99999999999D"),
            ("20270104T170000Z", "20270104T170000Z"),
        ] {
            assert_eq!(shown(&format!("TRIGGER:{given}\r\n")), expected);
        }
        assert_eq!(shown("TRIGGER;RELATED=END:-PT10M\r\n"), "");
        assert_eq!(shown(""), "");
    }
}
