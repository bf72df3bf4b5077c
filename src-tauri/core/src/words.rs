//! Times and efforts in words, in one place so that window, terminal and picture agree.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

/// "7 h 30 min", "20 h", "45 min".
pub fn effort(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// A share in whole percents: 0.125 is 13.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates
pub fn percent(share: f64) -> u32 {
    (share.max(0.0) * 100.0).round() as u32
}

/// A chance in whole percents. Only what happens in every case is 100, and only what happens in
/// none is 0.
pub fn chance(share: f64) -> u32 {
    match share {
        share if share <= 0.0 => 0,
        share if share >= 1.0 => 100,
        share => percent(share).clamp(1, 99),
    }
}

/// Minutes from midnight as a time: "19:00", and "24:00" for the end of a day.
pub fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// "1 session", "372 sessions".
pub fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// "1 day", "21 days". The sign is dropped.
pub fn days(days: i64) -> String {
    count(
        usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX),
        "day",
    )
}

/// "10 days", "3 weeks": whole weeks from two on are counted as such. The sign is dropped.
pub fn days_or_weeks(days: i64) -> String {
    match days.unsigned_abs() {
        all @ 14.. if all % 7 == 0 => count(usize::try_from(all / 7).unwrap_or(usize::MAX), "week"),
        _ => self::days(days),
    }
}

/// "Python", "Python and SQL", "Python, SQL and Git".
pub fn list(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// With its first letter in upper case, unless it begins with the name of a file, such as
/// `plan.json` or `/home/ana/plan`.
pub fn sentence(text: &str) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    if word
        .trim_end_matches(['.', ':', ',', '…'])
        .contains(['.', '/', '\\'])
    {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A text on one line, without control characters and cut to 80 characters, to be quoted in a
/// sentence.
pub fn one_line(text: &str) -> String {
    const LONGEST: usize = 80;
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let mut line: String = text.chars().map(plain).take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}

/// "Saturday 5 February 2028".
pub fn long_date(date: NaiveDate) -> String {
    format!("{} {}", date.format("%A"), plain_date(date))
}

/// "5 February 2028".
pub fn plain_date(date: NaiveDate) -> String {
    format!("{} {}", date.day(), date.format("%B %Y"))
}

/// "5 Feb 2028".
pub fn short_date(date: NaiveDate) -> String {
    format!("{} {}", date.day(), date.format("%b %Y"))
}

/// "Sat 5 Feb 2028, 19:05": the time of something that happened, such as a save.
pub fn moment(time: NaiveDateTime) -> String {
    format!(
        "{} {}, {}",
        time.format("%a"),
        short_date(time.date()),
        time.format("%H:%M")
    )
}

/// "Monday".
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// "mon": a weekday as a view has it.
pub fn day(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}

/// A date as exact as a width of this many days allows: "14 March 2028", "mid-March 2028", "March
/// 2028", "early 2028". The last is a third of a year rather than a season, since seasons differ
/// between the hemispheres.
pub fn date_of_width(date: NaiveDate, days: i64) -> String {
    match days {
        ..=14 => plain_date(date),
        15..=60 => {
            let part = match date.day() {
                ..=10 => "early ",
                11..=20 => "mid-",
                _ => "late ",
            };
            format!("{part}{}", date.format("%B %Y"))
        }
        61..=180 => date.format("%B %Y").to_string(),
        _ => {
            let part = match date.month() {
                ..=4 => "early ",
                5..=8 => "mid-",
                _ => "late ",
            };
            format!("{part}{}", date.year())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_leaves_the_names_of_files_alone() {
        for (text, right) in [
            ("done.", "Done."),
            ("a.json is a plan", "a.json is a plan"),
            ("plans/a is a folder", "plans/a is a folder"),
            ("éa", "Éa"),
            ("", ""),
        ] {
            assert_eq!(sentence(text), right);
        }
    }

    #[test]
    fn a_chance_is_certain_only_if_every_case_is() {
        let percents = [0.0, 0.001, 0.125, 0.999, 1.0].map(chance);
        assert_eq!(percents, [0, 1, 13, 99, 100]);
    }

    #[test]
    fn a_date_is_as_exact_as_its_width_allows() {
        let date = NaiveDate::from_ymd_opt(2028, 3, 14).unwrap();
        let words = [0, 14, 15, 60, 61, 180, 181].map(|days| date_of_width(date, days));
        let expected = [
            "14 March 2028",
            "14 March 2028",
            "mid-March 2028",
            "mid-March 2028",
            "March 2028",
            "March 2028",
            "early 2028",
        ];
        assert_eq!(words, expected);
    }
}
