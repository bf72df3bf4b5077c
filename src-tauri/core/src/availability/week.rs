//! The usual week: hours spread over days, or the learner's own windows.

use chrono::Weekday;

use crate::input_error::{ErrorCode, InputError};
use crate::words;

const MINUTES_PER_DAY: u32 = 24 * 60;
/// Evenings start at 19:00 and weekend mornings at 09:00. A long day ends at 22:30 and starts
/// earlier.
const EVENING: u32 = 19 * 60;
const MORNING: u32 = 9 * 60;
const LATEST_END: u32 = 22 * 60 + 30;
const EARLIEST_START: u32 = 6 * 60;
/// Windows are multiples of half an hour if possible, because shorter work is not worth a session.
const QUANTUM_MINUTES: u32 = 30;

/// A weekly study window in wall-clock minutes, within one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The weekday.
    pub day: Weekday,
    /// Minutes from midnight to its start.
    pub start: u32,
    /// Minutes from midnight to its end, at most 24 hours.
    pub end: u32,
}

/// The usual week. Its windows always add up to its minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    minutes: u32,
    days: Vec<Weekday>,
    own: Vec<Window>,
    windows: Vec<Window>,
}

/// The days of the week, Monday first.
pub fn week() -> [Weekday; 7] {
    [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ]
}

impl Week {
    /// Spreads minutes over the chosen days: an evening window on each weekday and a morning window
    /// on Saturday and Sunday. A morning gets 5 parts for 3 of an evening, in half hours as far as
    /// possible.
    ///
    /// # Errors
    /// If no day is chosen, or the hours do not fit between 06:00 and 22:30 on the chosen days.
    pub fn spread(minutes: u32, days: &[Weekday]) -> Result<Self, InputError> {
        let chosen = |day: &Weekday| days.contains(day);
        let days: Vec<Weekday> = week().into_iter().filter(chosen).collect();
        let windows = spread(minutes, &days)?;
        Ok(Self {
            minutes,
            days,
            own: Vec::new(),
            windows,
        })
    }

    /// Minutes spread over the chosen days, around windows that another plan has: a window that
    /// would overlap with one begins at its end, or ends at its start if the day is too short. If
    /// there's no room on a day, it stays where it is.
    ///
    /// # Errors
    /// As [`Week::spread`].
    pub fn spread_beside(
        minutes: u32,
        days: &[Weekday],
        taken: &[Window],
    ) -> Result<Self, InputError> {
        let usual = Self::spread(minutes, days)?;
        let windows = usual.windows.iter();
        let beside: Vec<Window> = windows.map(|window| window.beside(taken)).collect();
        if beside == usual.windows {
            return Ok(usual);
        }
        Self::exact(beside)
    }

    /// A week of the learner's own windows, given in any order.
    ///
    /// # Errors
    /// If there are none, one ends before it starts or after midnight, or two overlap.
    pub fn exact(mut own: Vec<Window>) -> Result<Self, InputError> {
        own.sort_by_key(|window| (window.day.num_days_from_monday(), window.start));
        let reject = |window: &Window, fault, expected| {
            let value = window.to_string();
            Err(InputError::new(ErrorCode::Window, "window", value, expected).because(fault))
        };
        for window in &own {
            if window.start >= window.end {
                let expected = "split a window that crosses midnight in two";
                return reject(window, "ends before it starts", expected);
            }
            if window.end > MINUTES_PER_DAY {
                return reject(window, "ends too late", "a day ends at 24:00");
            }
        }
        for pair in own.windows(2) {
            if pair[0].day == pair[1].day && pair[1].start < pair[0].end {
                let fault = "overlaps the one before it on the same day";
                return reject(&pair[1], fault, "");
            }
        }
        if own.is_empty() {
            return Err(InputError::new(
                ErrorCode::Window,
                "windows",
                "",
                "add at least one window",
            ));
        }
        let mut days: Vec<Weekday> = own.iter().map(|window| window.day).collect();
        days.dedup();
        Ok(Self {
            minutes: own.iter().map(Window::minutes).sum(),
            days,
            windows: own.clone(),
            own,
        })
    }

    /// The same kind of week with other hours: spread again, or with every own window shortened in
    /// proportion.
    ///
    /// # Errors
    /// If the days or the own windows have fewer minutes.
    pub fn with_minutes(&self, minutes: u32) -> Result<Self, InputError> {
        if self.own.is_empty() {
            return Self::spread(minutes, &self.days);
        }
        let all: u32 = self.own.iter().map(Window::minutes).sum();
        if minutes > all {
            return Err(InputError::new(
                ErrorCode::HoursBeyondWindows,
                "hours per week",
                words::effort(minutes.into()),
                "make them longer first",
            )
            .because(format!(
                "is more than the {} of your windows",
                words::effort(all.into())
            )));
        }
        let lengths: Vec<u32> = self.own.iter().map(Window::minutes).collect();
        let shares = shares(minutes, &lengths, &lengths);
        let windows = self
            .own
            .iter()
            .zip(shares)
            .filter(|(_, length)| *length > 0);
        let shorter = |(window, length): (&Window, u32)| Window {
            end: window.start + length,
            ..*window
        };
        Ok(Self {
            minutes,
            windows: windows.map(shorter).collect(),
            ..self.clone()
        })
    }

    /// Minutes of study.
    pub fn minutes(&self) -> u32 {
        self.minutes
    }

    /// The study days, Monday first.
    pub fn days(&self) -> &[Weekday] {
        &self.days
    }

    /// The learner's own windows at full length. Empty if the hours are spread over days.
    pub fn own(&self) -> &[Window] {
        &self.own
    }

    /// The windows of the week, in order of time.
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }
}

impl Window {
    /// Length in minutes.
    pub fn minutes(&self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// The window of the same length nearest after these ones of its day, or else before them.
    fn beside(self, taken: &[Self]) -> Self {
        let length = self.minutes();
        let at = |start: u32| Self {
            start,
            end: start + length,
            ..self
        };
        let is_free = |window: &Self| {
            let mut others = taken.iter().filter(|other| other.day == window.day);
            !others.any(|other| other.start < window.end && window.start < other.end)
        };
        let of_day = || taken.iter().filter(|other| other.day == self.day);
        let mut after: Vec<u32> = of_day().map(|other| other.end).collect();
        after.sort_unstable();
        let mut before: Vec<u32> = of_day()
            .filter_map(|other| other.start.checked_sub(length))
            .collect();
        before.sort_unstable_by(|one, other| other.cmp(one));
        std::iter::once(self)
            .chain(
                after
                    .into_iter()
                    .filter(|start| *start >= self.start)
                    .map(at),
            )
            .chain(before.into_iter().map(at))
            .filter(|window| window.start >= EARLIEST_START && window.end <= LATEST_END)
            .find(is_free)
            .unwrap_or(self)
    }
}

impl std::fmt::Display for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (start, end) = (words::clock(self.start), words::clock(self.end));
        write!(f, "{} {start}–{end}", self.day)
    }
}

fn is_weekend(day: Weekday) -> bool {
    matches!(day, Weekday::Sat | Weekday::Sun)
}

fn spread(minutes: u32, days: &[Weekday]) -> Result<Vec<Window>, InputError> {
    if days.is_empty() {
        return Err(InputError::new(
            ErrorCode::NoStudyDays,
            "study days",
            "",
            "choose at least one day",
        ));
    }
    let most = LATEST_END - EARLIEST_START;
    if minutes > most * u32::try_from(days.len()).unwrap_or(7) {
        return Err(InputError::new(
            ErrorCode::HoursBeyondDays,
            "hours per week",
            words::effort(minutes.into()),
            format!("choose more than {}", words::count(days.len(), "day")),
        )
        .because("is more than 16 h 30 min a day"));
    }
    let weight = |day: &Weekday| if is_weekend(*day) { 5 } else { 3 };
    let weights: Vec<u32> = days.iter().map(weight).collect();
    let lengths = shares(minutes, &weights, &vec![most; days.len()]);
    let windows = days.iter().zip(lengths);
    let windows = windows
        .filter(|(_, length)| *length > 0)
        .map(|(&day, length)| {
            let usual = if is_weekend(day) { MORNING } else { EVENING };
            let start = usual.min(LATEST_END - length);
            let end = start + length;
            Window { day, start, end }
        });
    Ok(windows.collect())
}

/// Splits minutes by weight, in half hours as far as possible. Each part is the difference of two
/// rounded running totals, so that the parts always add up to the whole. Minutes beyond a part's
/// limit go to the first parts with room.
fn shares(minutes: u32, weights: &[u32], most: &[u32]) -> Vec<u32> {
    let all: u32 = weights.iter().sum();
    let quanta = minutes / QUANTUM_MINUTES;
    let (mut reached, mut given) = (0, 0);
    let share = |weight: &u32| {
        reached += weight;
        let until = if reached == all {
            minutes
        } else {
            quanta * reached / all * QUANTUM_MINUTES
        };
        let length = until - given;
        given = until;
        length
    };
    let mut shares: Vec<u32> = weights.iter().map(share).collect();
    let over = |(share, most): (&u32, &u32)| share.saturating_sub(*most);
    let mut over: u32 = shares.iter().zip(most).map(over).sum();
    for (share, most) in shares.iter_mut().zip(most) {
        let more = over.min(most.saturating_sub(*share));
        *share = (*share + more).min(*most);
        over -= more;
    }
    shares
}
