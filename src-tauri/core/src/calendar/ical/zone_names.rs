//! Names of time zones that are neither those of the IANA nor quite those of Windows.

/// The hour-names that people in North America use without "Standard" or "Daylight".
const PLAIN: [(&str, &str); 7] = [
    ("Atlantic Time", "Atlantic Standard Time"),
    ("Eastern Time", "Eastern Standard Time"),
    ("Central Time", "Central Standard Time"),
    ("Mountain Time", "Mountain Standard Time"),
    ("Pacific Time", "Pacific Standard Time"),
    ("Alaska Time", "Alaskan Standard Time"),
    ("Hawaii Time", "Hawaiian Standard Time"),
];

/// The name by which a zone is known, if `name` is a variant of it.
///
/// Outlook numbers a zone that it defines a second time: `Eastern Standard Time 1`.
pub fn usual(name: &str) -> Option<&str> {
    let base = name
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end();
    let is_numbered = base.len() < name.trim_end().len() && name[base.len()..].starts_with(' ');
    let base = if is_numbered { base } else { name.trim() };
    PLAIN
        .iter()
        .find(|(plain, _)| plain.eq_ignore_ascii_case(base))
        .map(|(_, usual)| *usual)
        .or(is_numbered.then_some(base))
}

/// The offset in seconds that a name such as `GMT+0100`, `UTC-05:30` or `+02:00` states. `None` if
/// it states none.
pub fn offset(name: &str) -> Option<i32> {
    let name = name.trim();
    let digits = ["GMT", "UTC"]
        .into_iter()
        .find_map(|prefix| {
            let start = name.get(..prefix.len())?;
            start
                .eq_ignore_ascii_case(prefix)
                .then(|| name[prefix.len()..].trim_start())
        })
        .unwrap_or(name);
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, digits.strip_prefix('+')?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "00"),
    };
    let number = |digits: &str, most: i32| {
        let is_number =
            (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        digits
            .parse::<i32>()
            .ok()
            .filter(|number| is_number && *number <= most)
    };
    Some(sign * (number(hours, 14)? * 3600 + number(minutes, 59)? * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_lead_to_the_usual_name() {
        for (name, expected) in [
            ("Eastern Standard Time 1", Some("Eastern Standard Time")),
            ("Pacific Time 12", Some("Pacific Standard Time")),
            ("pacific time", Some("Pacific Standard Time")),
            ("Europe/Berlin", None),
            ("Etc/GMT-1", None),
            ("Zone1", None),
            ("1", None),
            ("", None),
        ] {
            assert_eq!(usual(name), expected, "{name}");
        }
    }

    #[test]
    fn offsets_are_read_from_names_that_state_one() {
        for (name, expected) in [
            ("GMT+0100", Some(3600)),
            ("GMT-1", Some(-3600)),
            ("utc+05:30", Some(19_800)),
            ("-03:30", Some(-12_600)),
            ("UTC +2", Some(7200)),
            ("Etc/GMT-1", None),
            ("GMT", None),
            ("GMT+1500", None),
            ("GMT+01000", None),
            ("GMT+0160", None),
            ("+ä1", None),
        ] {
            assert_eq!(offset(name), expected, "{name}");
        }
    }
}
