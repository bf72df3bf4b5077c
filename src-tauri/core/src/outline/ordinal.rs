//! Numbered words at the start of a line, such as "Phase 2" or "Weeks 1–4".

/// Words that number the parts of an outline, the outermost first.
const ORDINALS: [&[&str]; 13] = [
    &["phase", "phases", "fase", "giai đoạn", "этап"],
    &["stage", "stages", "etapa", "étape"],
    &["step", "steps", "schritt", "paso", "bước"],
    &["tier", "tiers"],
    &[
        "part",
        "parts",
        "teil",
        "parte",
        "section",
        "block",
        "milestone",
        "quarter",
        "semester",
        "term",
    ],
    &["year", "years", "jahr", "año"],
    &["level", "levels"],
    &[
        "module", "modules", "modul", "módulo", "unit", "units", "sprint", "sprints",
    ],
    &["course", "courses", "chapter", "chapters", "kapitel"],
    &["month", "months", "monat", "monate", "mes", "mois", "tháng"],
    &[
        "week", "weeks", "woche", "wochen", "semana", "semaine", "tuần", "wk",
    ],
    &["day", "days", "tag", "día", "jour", "ngày"],
    &[
        "lesson", "lessons", "lecture", "lectures", "session", "sessions", "topic",
    ],
];

/// An ordinal at the start of a line, such as "Phase 2".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ordinal {
    /// Outermost first.
    pub rank: usize,
    /// "Phase 2", as written.
    pub name: String,
    /// Text after the ordinal and its marks.
    pub rest: String,
}

/// The ordinal at the start of a text.
pub(super) fn ordinal(text: &str) -> Option<Ordinal> {
    let text = text.trim_start_matches(['[', '(', '"', '\'']);
    let end = text.find(|c: char| !c.is_alphabetic())?;
    let (word, after) = text.split_at_checked(end)?;
    if word.chars().count() > 12 {
        return None;
    }
    let word = word.to_lowercase();
    let rank = ORDINALS
        .iter()
        .position(|words| words.contains(&word.as_str()))?;
    let number = after.trim_start_matches([' ', '#', '\u{a0}', '-', '_', ':']);
    if after.len() == number.len() {
        return None;
    }
    let digits = number_end(number)?;
    let (_, rest) = number.split_at_checked(digits)?;
    if rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let name = text.get(..text.len() - rest.len())?;
    let is_mark = |c: char| c.is_whitespace() || ":.–—-|)]/,•·→".contains(c);
    Some(Ordinal {
        rank,
        name: name.trim().to_owned(),
        rest: rest.trim_start_matches(is_mark).trim().to_owned(),
    })
}

/// The end of a number or a range of numbers, in digits, Roman numerals or words.
fn number_end(text: &str) -> Option<usize> {
    let digits = |text: &str| {
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    let first = digits(text);
    if first == 0 {
        let end = text
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(text.len());
        let word = text.get(..end)?;
        let is_roman =
            !word.is_empty() && word.len() < 6 && word.chars().all(|c| "IVX".contains(c));
        let words = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        ];
        let is_letter = word.len() == 1 && word.chars().all(|c| c.is_ascii_uppercase());
        let is_number = is_roman || is_letter || words.contains(&word.to_lowercase().as_str());
        return is_number.then_some(end);
    }
    let after = text.get(first..)?;
    let range = after
        .trim_start()
        .trim_start_matches(['-', '–', '—', '&', '+', '/', '~'])
        .trim_start();
    let range = range.strip_prefix("to ").unwrap_or(range);
    let has_mark = range.len() < after.trim_start().len();
    let second = if has_mark { digits(range) } else { 0 };
    if second > 0 {
        return Some(text.len() - range.len() + second);
    }
    Some(first + usize::from(after.starts_with('+')))
}
