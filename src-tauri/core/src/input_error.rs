//! Input that cannot be used: which field, which value, and what to enter instead.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::words;

/// A rejection of something a person typed or a file holds.
///
/// The parts are kept apart, and the sentence is made only when it is shown: [`fmt::Display`] is
/// the one place that makes it, for the terminal, the window and the page alike.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "types", ts(as = "ShownError"))]
pub struct InputError {
    /// The kind of error, for programs.
    pub code: ErrorCode,
    /// The parts that hold the field, outermost first, such as `plan file` and `pin 3`.
    places: Vec<String>,
    /// The rejected field, such as `hours per week`.
    field: Box<str>,
    /// The value as it was given, on one line and cut short if it is very long. May be empty.
    value: Box<str>,
    /// Predicate about the value, such as `is too many`.
    fault: Option<Box<str>>,
    /// The remedy or the reason, such as `enter a number from 0.5 to 60`.
    expected: Box<str>,
}

impl InputError {
    /// An error that reads "`field`: `value` can't be used. `expected`."
    pub fn new(
        code: ErrorCode,
        field: impl Into<String>,
        value: impl AsRef<str>,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            code,
            places: Vec::new(),
            field: field.into().into_boxed_str(),
            // A hostile value must not break the sentence it stands in.
            value: words::one_line(value.as_ref()).into_boxed_str(),
            fault: None,
            expected: expected.into().into_boxed_str(),
        }
    }

    /// An error about no single value, with a sentence of its own.
    pub fn sentence(code: ErrorCode, sentence: impl Into<String>) -> Self {
        Self::new(code, "", "", sentence)
    }

    /// Says what is wrong with the value: `fault` follows it in the sentence, such as `is too
    /// many`.
    #[must_use]
    pub fn because(self, fault: impl Into<String>) -> Self {
        Self {
            fault: Some(fault.into().into_boxed_str()),
            ..self
        }
    }

    /// The same error in a part of something larger: `place` is named before the field.
    #[must_use]
    pub fn within(mut self, place: impl Into<String>) -> Self {
        self.places.insert(0, place.into());
        self
    }

    /// The rejected field with the places that hold it, such as `plan file, pin 3, item`.
    pub fn field(&self) -> String {
        let parts: Vec<&str> = self
            .places
            .iter()
            .map(String::as_str)
            .chain([&*self.field])
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(", ")
    }

    /// The value as it was given, on one line. May be empty.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = ended(&self.expected);
        let field = self.field();
        // A field of a file is named as it is written there.
        let is_of_file = field
            .split(' ')
            .next()
            .is_some_and(|word| word.contains('_'));
        let field = if is_of_file {
            field
        } else {
            words::sentence(&field)
        };
        let fault = self.fault.as_deref().unwrap_or("can't be used");
        let sentence = match (field.as_str(), &*self.value, &self.fault) {
            ("", "", _) => words::sentence(&expected),
            (field, "", None) => format!("{field}: {expected}"),
            (field, "", Some(fault)) => format!("{field} {}{}", ended(fault), next(&expected)),
            (field, value, _) => {
                format!(
                    "{field}: {} {}{}",
                    shown(value),
                    ended(fault),
                    next(&expected)
                )
            }
        };
        // A file can have them in the names of fields, which are quoted here.
        f.write_str(&sentence.replace(char::is_control, " "))
    }
}

/// One more sentence after a space, if it is one.
fn next(sentence: &str) -> String {
    if sentence.is_empty() {
        String::new()
    } else {
        format!(" {}", words::sentence(sentence))
    }
}

/// With a full stop, unless the text is empty or ends a sentence already.
fn ended(text: &str) -> String {
    let is_ended = text.is_empty() || text.ends_with(['.', '!', '?']) || text.ends_with(".)");
    format!("{text}{}", if is_ended { "" } else { "." })
}

/// In quotation marks, unless it is all numbers, dates, times and their units.
fn shown(value: &str) -> String {
    let is_figure = |word: &str| {
        let is_digit_or_mark = |c: char| c.is_ascii_digit() || "-–:,./+TZ".contains(c);
        ["h", "min", "to", "UTC", "MB", "bytes"].contains(&word)
            || word.contains(|c: char| c.is_ascii_digit()) && word.chars().all(is_digit_or_mark)
    };
    if value.split(' ').all(is_figure) {
        value.to_owned()
    } else {
        format!("“{value}”")
    }
}

impl std::error::Error for InputError {}

/// An error as the page receives it: with its sentence.
#[derive(Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "types", ts(rename = "InputError"))]
#[serde(rename_all = "camelCase")]
pub struct ShownError {
    code: ErrorCode,
    /// The rejected field with the places that hold it.
    field: String,
    /// The rejected value.
    value: String,
    /// The sentence to show.
    message: String,
}

impl From<&InputError> for ShownError {
    fn from(error: &InputError) -> Self {
        Self {
            code: error.code,
            field: error.field(),
            value: error.value.to_string(),
            message: error.to_string(),
        }
    }
}

impl Serialize for InputError {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        ShownError::from(self).serialize(to)
    }
}

/// The kind of an [`InputError`], written in kebab case: stable, for the page and for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // the names say it
pub enum ErrorCode {
    BaselineName,
    CalendarAddress,
    CalendarEmptied,
    CalendarName,
    CalendarNotMade,
    CalendarReadOnly,
    CalendarRestless,
    CalendarTooLarge,
    CalendarTwice,
    CalendarUnclear,
    Calendars,
    CalendarsDamaged,
    CalendarsNewer,
    ChangeInChange,
    ExportOption,
    FreeWindow,
    /// Work was logged on an item to remove: the learner is to confirm it.
    HasLog,
    HoursBeyondDays,
    HoursBeyondWindows,
    HoursOutOfRange,
    InUse,
    LedgerDamaged,
    LedgerLost,
    LedgerNewer,
    LedgerOfAnotherCalendar,
    /// A calendar has events of a plan whose id several plans can have.
    SharedPlanId,
    LedgerOfAnotherPlan,
    LogAhead,
    LogBeyondDay,
    LogFull,
    LoggedTwice,
    MinutesOutOfRange,
    /// The page's own: the command gave no answer at all.
    NoAnswer,
    NoKeyring,
    NoPlan,
    NoServer,
    NoStudyDays,
    NoSuchBaseline,
    NoSuchCalendar,
    NoSuchEntry,
    NoSuchTemplate,
    NoSuchWay,
    NotACalendar,
    NotADate,
    NotARange,
    NotAnInstant,
    NotDone,
    NotOptional,
    NotRead,
    NotRemoved,
    NotSaved,
    NotUndone,
    NotWritten,
    NoteTooLong,
    Occupied,
    OtherWeekBeyond,
    OutlineBinary,
    OutlineEmpty,
    OutlineTooLarge,
    PasswordNeeded,
    PlanDamaged,
    PlanEdited,
    PlanField,
    PlanNewer,
    PlanNotJson,
    RoadmapCycle,
    RoadmapDuplicateId,
    RoadmapField,
    RoadmapNotJson,
    RoadmapTooLarge,
    RoadmapUnknownPrerequisite,
    SameCalendar,
    ServerAddress,
    ServerAnswer,
    ServerBusy,
    ServerCalendarGone,
    ServerConflict,
    ServerElsewhere,
    ServerForbids,
    ServerFull,
    ServerNoCalendars,
    ServerNoEvents,
    ServerOutOfTime,
    ServerPassword,
    ServerTooLarge,
    ServerUnaccepted,
    ServerUnreachable,
    ServerUntrusted,
    ServerUser,
    SessionOutOfRange,
    SignIn,
    SignInNeeded,
    StartOutOfRange,
    Stopped,
    TaskjugglerYears,
    TooManyBaselines,
    UnderWay,
    UnknownDay,
    UnknownSource,
    UnknownZone,
    WayOutOfNoUse,
    Window,
}

impl ErrorCode {
    /// Whether a newer Waymark wrote the file: it is whole, and must not be set aside as damaged.
    pub fn is_newer(self) -> bool {
        matches!(
            self,
            Self::PlanNewer | Self::LedgerNewer | Self::CalendarsNewer
        )
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

#[cfg(test)]
mod tests;
