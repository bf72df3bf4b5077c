//! The learner's options for an export.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::pattern::{self, PatternField};
use crate::input_error::{ErrorCode, InputError};

/// Upper bounds for reminders. Calendars show no more than five, and none accepts more than four
/// weeks.
const MOST_REMINDERS: usize = 5;
const LONGEST_REMINDER: u32 = 28 * 24 * 60;
const LONGEST_PATTERN: usize = 200;
const LONGEST_LINK: usize = 500;
/// Five years.
const MOST_WEEKS: u16 = 260;

/// The events of an export, and how they look. The default is what one click gives: every session,
/// in UTC, with notes and a reminder ten minutes before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct ExportOptions {
    /// An event for each session.
    pub sessions: bool,
    /// An all-day event for each week of the plan, with what is to be done in it.
    pub weeks: bool,
    /// An all-day event from the first to the last day of each phase.
    pub phases: bool,
    /// An all-day event on the day on which a phase reaches its outcome.
    pub milestones: bool,
    /// The first date, such as 2027-01-04: what starts before it is left out, and left as it is in
    /// the calendar.
    pub from: Option<NaiveDate>,
    /// The last date, in the same way.
    pub to: Option<NaiveDate>,
    /// How many weeks ahead the calendar gets the plan: later events are sent once they come near.
    /// `None` for the whole plan.
    pub weeks_ahead: Option<u16>,
    /// One file for each phase: as calendars of their own, phases can have a colour of their own
    /// everywhere.
    pub file_per_phase: bool,
    /// Minutes before a session at which the calendar is to remind of it; none for no reminder.
    pub reminders: Vec<u32>,
    /// The title of a session's event: a text with `{item}`, `{phase}`, `{plan}` and `{length}`.
    #[serde(deserialize_with = "title_of_any_version")]
    pub title: String,
    /// Whether events say what they are about.
    pub notes: bool,
    /// An address for each session, with `{item}` and `{phase}` for their ids: where the learner
    /// keeps notes on it, say.
    pub link: Option<String>,
    /// How times are written.
    pub times: ExportTimes,
}

/// How times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum ExportTimes {
    /// As instants: exact, and read alike by every calendar, which shows them on its own clock.
    #[default]
    Utc,
    /// On the learner's clock, with the rules of its zone in the file.
    Zoned,
}

/// Reads a title, which an earlier version may have stored.
fn title_of_any_version<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    String::deserialize(source).map(pattern::current_title)
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            sessions: true,
            weeks: false,
            phases: false,
            milestones: false,
            from: None,
            to: None,
            weeks_ahead: None,
            file_per_phase: false,
            reminders: vec![10],
            title: "{item}".to_owned(),
            notes: true,
            link: None,
            times: ExportTimes::Utc,
        }
    }
}

/// The weeks that are offered for calendars on servers and for live files.
const USUAL_WEEKS: u16 = 8;

impl ExportOptions {
    /// The options that are offered for a calendar that Waymark keeps up to date: the next weeks
    /// only, so that the calendar stays the learner's own.
    pub fn rolling() -> Self {
        Self {
            weeks_ahead: Some(USUAL_WEEKS),
            ..Self::default()
        }
    }

    /// Rejects options that cannot be used.
    ///
    /// # Errors
    /// Names the first invalid option and its value.
    pub fn check(&self) -> Result<(), InputError> {
        let refuse = |field, value: &str, expected: &str| {
            Err(InputError::new(
                ErrorCode::ExportOption,
                field,
                value,
                expected,
            ))
        };
        if !(self.sessions || self.weeks || self.phases || self.milestones) {
            return refuse("export", "", "choose sessions, weeks, phases or milestones");
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            let expected = format!("choose a date on or after the first, {from}");
            return refuse("last date", &to.to_string(), &expected);
        }
        if let Some(weeks) = self.weeks_ahead
            && !(1..=MOST_WEEKS).contains(&weeks)
        {
            let expected = format!("enter 1 to {MOST_WEEKS}, or choose the whole plan");
            return refuse("weeks ahead", &weeks.to_string(), &expected);
        }
        if self.reminders.len() > MOST_REMINDERS {
            let expected = format!("enter at most {MOST_REMINDERS}");
            return refuse("reminders", &self.reminders.len().to_string(), &expected);
        }
        if let Some(minutes) = self
            .reminders
            .iter()
            .find(|minutes| **minutes > LONGEST_REMINDER)
        {
            let expected =
                format!("enter minutes from 0 to {LONGEST_REMINDER}, which is four weeks");
            return refuse("reminder", &minutes.to_string(), &expected);
        }
        pattern::title(&self.title, LONGEST_PATTERN)?;
        if self.title.trim().is_empty() {
            return refuse("title", &self.title, "enter a text, such as {item}");
        }
        if let Some(link) = &self.link {
            let is_address = link.split_once(':').is_some_and(|(scheme, rest)| {
                scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                    && scheme
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
                    && !rest.is_empty()
                    && rest
                        .chars()
                        .all(|c| c.is_ascii_graphic() && !matches!(c, '\\' | '"'))
            });
            if !is_address {
                return refuse(
                    "link",
                    link,
                    "enter a whole address, such as https://example.org/notes/{item}",
                );
            }
            pattern::parts(
                "link",
                link,
                LONGEST_LINK,
                &[PatternField::Item, PatternField::Phase],
            )?;
        }
        Ok(())
    }
}
