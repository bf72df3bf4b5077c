//! Spans of time in headings and rows: "Weeks 1–6", "0-6 months", "3 weeks", "6+", "20 min".

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TimeUnit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl TimeUnit {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" => {
                Self::Minute
            }
            "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure"
            | "heures" | "hora" | "horas" => Self::Hour,
            "day" | "days" | "tag" | "tage" | "día" | "días" | "jour" | "jours" | "ngày" => {
                Self::Day
            }
            "week" | "weeks" | "wk" | "wks" | "woche" | "wochen" | "semana" | "semanas"
            | "semaine" | "semaines" | "tuần" => Self::Week,
            "month" | "months" | "mo" | "mos" | "monat" | "monate" | "mes" | "meses" | "mois"
            | "tháng" => Self::Month,
            "year" | "years" | "yr" | "yrs" | "jahr" | "jahre" | "année" | "années" | "año"
            | "años" => Self::Year,
            _ => return None,
        })
    }

    /// Weeks in one, as halves and thirds are common.
    pub fn weeks(self) -> f64 {
        match self {
            Self::Minute | Self::Hour => 0.0,
            Self::Day => 1.0 / 7.0,
            Self::Week => 1.0,
            Self::Month => 52.0 / 12.0,
            Self::Year => 52.0,
        }
    }
}

/// A span as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum WrittenSpan {
    /// "Weeks 1–6", or "1–6 weeks": from a to b.
    Range {
        from: f64,
        to: f64,
        unit: TimeUnit,
        unit_first: bool,
    },
    /// "Week 5".
    At { number: f64, unit: TimeUnit },
    /// "6 weeks".
    Length { length: f64, unit: TimeUnit },
    /// "Months 6+", "ongoing".
    Open { from: Option<f64>, unit: TimeUnit },
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Number(f64),
    Dash,
    Plus,
    Unit(TimeUnit),
    Ongoing,
    Open,
    Close,
    Other,
}

#[derive(Debug, Clone, Copy)]
struct Placed {
    token: Token,
    from: usize,
    to: usize,
}

/// A span in a text, and the bytes that hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct FoundSpan {
    pub written: WrittenSpan,
    pub from: usize,
    pub to: usize,
}

fn tokens(text: &str) -> Vec<Placed> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((from, c)) = chars.next() {
        let mut to = from + c.len_utf8();
        let mut run = |accept: &dyn Fn(char) -> bool| {
            while let Some(&(at, c)) = chars.peek() {
                if !accept(c) {
                    break;
                }
                to = at + c.len_utf8();
                chars.next();
            }
            to
        };
        let token = if c.is_ascii_digit() {
            let end = run(&|c| c.is_ascii_digit() || c == '.');
            let number = text
                .get(from..end)
                .unwrap_or_default()
                .trim_end_matches('.');
            number.parse().map_or(Token::Other, Token::Number)
        } else if c.is_alphabetic() {
            let end = run(&char::is_alphabetic);
            match text
                .get(from..end)
                .unwrap_or_default()
                .to_lowercase()
                .as_str()
            {
                "to" | "through" | "until" | "bis" => Token::Dash,
                "ongoing" | "continuous" | "onwards" | "onward" => Token::Ongoing,
                word => TimeUnit::of(word).map_or(Token::Other, Token::Unit),
            }
        } else {
            match c {
                '-' | '–' | '—' | '~' | '‑' | '→' => Token::Dash,
                '+' => Token::Plus,
                '(' | '[' => Token::Open,
                ')' | ']' => Token::Close,
                '#' | '.' => continue,
                c if c.is_whitespace() => continue,
                _ => Token::Other,
            }
        };
        out.push(Placed { token, from, to });
    }
    out
}

/// The first span in a text.
pub(super) fn find(text: &str) -> Option<FoundSpan> {
    if !text.contains(|c: char| c.is_ascii_digit()) && !text.to_lowercase().contains("ongoing") {
        return None;
    }
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| at_token(&tokens, at, text))
}

fn at_token(tokens: &[Placed], at: usize, text: &str) -> Option<FoundSpan> {
    use Token::{Dash, Number, Ongoing, Plus, Unit};
    let kind = |offset: usize| tokens.get(at + offset).map(|placed| placed.token);
    let first = tokens.get(at)?;
    let found = |used: usize, written| {
        let last = tokens.get(at + used - 1)?;
        Some(FoundSpan {
            written,
            from: first.from,
            to: last.to,
        })
    };
    // A number inside a word, such as EC2 or H1, is part of a name, unless a span's unit follows.
    let glued = text
        .get(..first.from)
        .and_then(|before| before.chars().next_back())
        .is_some_and(char::is_alphanumeric);
    match (first.token, kind(1), kind(2), kind(3)) {
        (Unit(unit), Some(Number(from)), Some(Plus), _) => found(
            3,
            WrittenSpan::Open {
                from: Some(from),
                unit,
            },
        ),
        (Unit(unit), Some(Number(from)), Some(Dash), Some(Number(to))) if from <= to => {
            let repeated = (kind(4) == Some(Unit(unit))) as usize;
            found(
                4 + repeated,
                WrittenSpan::Range {
                    from,
                    to,
                    unit,
                    unit_first: true,
                },
            )
        }
        // "Week 1 - Week 4"
        (Unit(unit), Some(Number(from)), Some(Dash), Some(Unit(again))) if unit == again => {
            match kind(4) {
                Some(Number(to)) if from <= to => found(
                    5,
                    WrittenSpan::Range {
                        from,
                        to,
                        unit,
                        unit_first: true,
                    },
                ),
                _ => None,
            }
        }
        (Unit(unit), Some(Number(from)), Some(Dash), Some(Ongoing)) => found(
            4,
            WrittenSpan::Open {
                from: Some(from),
                unit,
            },
        ),
        (Unit(unit), Some(Number(number)), _, _) => found(2, WrittenSpan::At { number, unit }),
        (Number(from), Some(Dash), Some(Number(to)), Some(Unit(unit))) if from <= to => found(
            4,
            WrittenSpan::Range {
                from,
                to,
                unit,
                unit_first: false,
            },
        ),
        (Number(from), Some(Plus), Some(Unit(unit)), _) => found(
            3,
            WrittenSpan::Open {
                from: Some(from),
                unit,
            },
        ),
        (Number(length), Some(Unit(unit)), _, _) if !glued => {
            found(2, WrittenSpan::Length { length, unit })
        }
        (Number(length), Some(Dash), Some(Unit(unit)), _) if !glued => {
            found(3, WrittenSpan::Length { length, unit })
        }
        (Ongoing, _, _, _) => found(
            1,
            WrittenSpan::Open {
                from: None,
                unit: TimeUnit::Week,
            },
        ),
        _ => None,
    }
}

/// A phase with the spans that its length follows from.
#[derive(Debug, Default)]
pub(super) struct PhaseSpans {
    pub own: Option<WrittenSpan>,
    /// Spans of its groups and rows.
    pub inner: Vec<WrittenSpan>,
    pub says_parallel: bool,
}

/// Weeks of a span on its own.
pub(super) fn length_in_weeks(written: WrittenSpan) -> Option<f64> {
    let (length, unit) = match written {
        WrittenSpan::Range {
            from,
            to,
            unit,
            unit_first: true,
        } => (to - from + 1.0, unit),
        WrittenSpan::Range { to, unit, .. } => (to, unit),
        WrittenSpan::At { unit, .. } => (1.0, unit),
        WrittenSpan::Length { length, unit } => (length, unit),
        WrittenSpan::Open { .. } => return None,
    };
    (unit >= TimeUnit::Day && length > 0.0).then_some(length * unit.weeks())
}

/// The text without a span, its brackets and the marks around it.
pub(super) fn without(text: &str, span: FoundSpan) -> String {
    let before = text.get(..span.from).unwrap_or_default();
    let after = text.get(span.to..).unwrap_or_default();
    let (before, after) = match (before.rfind(['(', '[']), after.find([')', ']'])) {
        (Some(open), Some(close))
            if !before.get(open..).unwrap_or_default().contains([')', ']']) =>
        {
            (
                before.get(..open).unwrap_or_default(),
                after.get(close + 1..).unwrap_or_default(),
            )
        }
        _ => (before, after),
    };
    let is_mark = |c: char| c.is_whitespace() || "-–—:|,•·~≈/".contains(c);
    let before = before.trim_end_matches(is_mark);
    let after = after.trim_start_matches(is_mark);
    let joined = match (before.is_empty(), after.is_empty()) {
        (false, false) => format!("{before} {after}"),
        _ => format!("{before}{after}"),
    };
    joined.trim().to_owned()
}

/// Minutes of work that an entry states at its end, such as "(20 min)" or "– 2 h".
pub(super) fn minutes(text: &str) -> Option<(u32, FoundSpan)> {
    let tail: usize = text.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let tokens = tokens(text);
    let first = tokens.iter().position(|t| t.from >= tail)?;
    let span = (first..tokens.len()).find_map(|at| {
        at_token(&tokens, at, text).filter(|span| {
            matches!(
                span.written,
                WrittenSpan::Length {
                    unit: TimeUnit::Minute | TimeUnit::Hour,
                    ..
                } | WrittenSpan::Range {
                    unit: TimeUnit::Minute | TimeUnit::Hour,
                    unit_first: false,
                    ..
                }
            )
        })
    })?;
    let after = text.get(span.to..).unwrap_or_default();
    if after.chars().any(char::is_alphanumeric) {
        return None;
    }
    Some((length_in_minutes(span.written, 60_000.0)?, span))
}

/// Minutes of a span of minutes or hours; `None` if it's another one, or has more than `most`.
pub(super) fn length_in_minutes(written: WrittenSpan, most: f64) -> Option<u32> {
    let (length, unit) = match written {
        WrittenSpan::Length { length, unit }
        | WrittenSpan::Range {
            to: length,
            unit,
            unit_first: false,
            ..
        } => (length, unit),
        _ => return None,
    };
    let minutes = match unit {
        TimeUnit::Minute => length,
        TimeUnit::Hour => length * 60.0,
        _ => return None,
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded here
    (1.0..=most)
        .contains(&minutes)
        .then_some(minutes.round() as u32)
}
