//! The identity of a calendar: the UIDs of its events and its name. Files are renamed by every
//! browser, and Google calls all its addresses `basic.ics`.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{MOST_BUSY, check_name};
use crate::availability::Busy;
use crate::input_error::InputError;
use crate::plan::entries::{at_most, reject};

/// Hexadecimal digits of a hashed UID: of two calendars with 20,000 events each, one in a million
/// pairs shares one by chance.
const DIGITS: usize = 12;
/// Lines of a report that are kept, and characters of each.
const MOST_LINES: usize = 100;
const LONGEST_LINE: usize = 1_000;

/// The UIDs of a calendar's events, hashed and in order. Stored as one text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UidSet(Vec<u64>);

impl UidSet {
    /// The set of these UIDs.
    pub fn of<'a>(uids: impl IntoIterator<Item = &'a str>) -> Self {
        let hashes = uids.into_iter().map(|uid| {
            let digest = Sha256::digest(uid.as_bytes());
            let first = digest.iter().take(DIGITS / 2);
            first.fold(0, |hash, byte| (hash << 8) | u64::from(*byte))
        });
        let mut hashes: Vec<u64> = hashes.collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<UidSet> for String {
    fn from(uids: UidSet) -> Self {
        uids.0.iter().map(|hash| format!("{hash:012x}")).collect()
    }
}

impl TryFrom<String> for UidSet {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let expected = || format!("expected groups of {DIGITS} hexadecimal digits");
        if !text.len().is_multiple_of(DIGITS) || !text.is_ascii() {
            return Err(expected());
        }
        let groups = (0..text.len()).step_by(DIGITS);
        let read = |at| u64::from_str_radix(&text[at..at + DIGITS], 16);
        let mut hashes: Vec<u64> = groups
            .map(read)
            .collect::<Result<_, _>>()
            .map_err(|_| expected())?;
        hashes.sort_unstable();
        hashes.dedup();
        Ok(Self(hashes))
    }
}

/// A calendar file, as it was read last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct BusyCalendar {
    /// The file's name, such as `basic.ics`.
    pub file: String,
    /// The calendar's own name (X-WR-CALNAME). `None` if the file gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The UIDs of its events.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    #[serde(default, skip_serializing_if = "UidSet::is_empty")]
    pub uids: UidSet,
    /// The result of reading it, a sentence a line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub report: Vec<String>,
}

impl BusyCalendar {
    /// A calendar read from a file, with as much of its texts as a plan keeps.
    pub fn new(file: &str, name: Option<&str>, uids: UidSet, report: Vec<String>) -> Self {
        let over = report.len().saturating_sub(MOST_LINES);
        let shown = if over == 0 {
            MOST_LINES
        } else {
            MOST_LINES - 1
        };
        let mut kept: Vec<String> = report
            .iter()
            .take(shown)
            .map(|line| line.chars().take(LONGEST_LINE).collect())
            .collect();
        if over > 0 {
            kept.push(format!("and {} more lines", over + 1));
        }
        let name = name.map(|name| {
            let fit = name.chars().filter(|c| !c.is_control());
            let fit: String = fit.take(super::LONGEST_NAME).collect();
            fit.trim().to_owned()
        });
        Self {
            file: file.to_owned(),
            name: name.filter(|name| !name.is_empty()),
            uids,
            report: kept,
        }
    }

    /// # Errors
    /// The first text that is too long, or has line breaks.
    pub(super) fn check(&self) -> Result<(), InputError> {
        check_name("calendar file", &self.file)?;
        if let Some(name) = &self.name {
            check_name("calendar's name", name)?;
        }
        at_most("calendar's UIDs", self.uids.0.len(), MOST_BUSY)?;
        at_most("calendar's report, lines", self.report.len(), MOST_LINES)?;
        let is_fit = |line: &&String| {
            line.chars().count() <= LONGEST_LINE && !line.contains(char::is_control)
        };
        match self.report.iter().find(|line| !is_fit(line)) {
            Some(line) => {
                let expected = format!("a line has at most {LONGEST_LINE} characters");
                Err(reject("calendar's report", line, &expected))
            }
            None => Ok(()),
        }
    }
}

/// Busy times of one calendar, and what the calendar is known by.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Source {
    pub busy: Vec<Busy>,
    /// `None` if an earlier Waymark or a person wrote it: it is then known by its name.
    pub calendar: Option<BusyCalendar>,
}

/// Whether a calendar that was just read is one that the plan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// Another calendar.
    Other,
    /// Perhaps the same one.
    Unsure(Resemblance),
    /// The same calendar.
    Same,
}

/// Why two calendars may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resemblance {
    /// The file has the same name, and the calendars differ in most events.
    File,
    /// The calendar has the same name, and most events differ.
    Name,
    /// Most events are the same, but the calendar has another name.
    EventsOnly,
    /// Most events are the same, in a file of another name.
    Events,
}

/// How much two sets have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Overlap {
    BothEmpty,
    OneEmpty,
    None,
    /// Less than half of the smaller one.
    Some,
    Most,
}

impl Source {
    /// Compares it with a calendar that was read, and its busy times.
    pub fn compare(&self, name: &str, read: &BusyCalendar, busy: &[Busy]) -> Match {
        let Some(calendar) = &self.calendar else {
            return match overlap(&self.busy, busy) {
                Overlap::Most | Overlap::BothEmpty if name == read.file => Match::Same,
                _ if name == read.file => Match::Unsure(Resemblance::File),
                Overlap::Most => Match::Unsure(Resemblance::Events),
                _ => Match::Other,
            };
        };
        if self.has_content(read, busy) {
            return Match::Same;
        }
        let names = calendar.name.as_ref().zip(read.name.as_ref());
        let (is_named_alike, is_renamed) = match names {
            Some((one, other)) => (one == other, one != other),
            None => (false, false),
        };
        let is_same_file = calendar.file == read.file;
        match overlap(&calendar.uids.0, &read.uids.0) {
            Overlap::Most | Overlap::BothEmpty if is_same_file && !is_renamed => Match::Same,
            Overlap::Most if is_renamed => Match::Unsure(Resemblance::EventsOnly),
            Overlap::Most => Match::Unsure(Resemblance::Events),
            _ if is_named_alike => Match::Unsure(Resemblance::Name),
            Overlap::Some | Overlap::OneEmpty if is_same_file && !is_renamed => {
                Match::Unsure(Resemblance::File)
            }
            _ => Match::Other,
        }
    }

    /// Whether it has the same events, under whatever name its file has.
    pub fn has_content(&self, read: &BusyCalendar, busy: &[Busy]) -> bool {
        self.calendar.as_ref().is_some_and(|calendar| {
            let has_events = !read.uids.is_empty();
            let known = (&calendar.uids, &calendar.name) == (&read.uids, &read.name);
            has_events && known && self.busy == busy
        })
    }
}

/// Compares two sets in order.
fn overlap<T: Ord>(one: &[T], other: &[T]) -> Overlap {
    let smaller = one.len().min(other.len());
    if smaller == 0 {
        let are_both = one.len() == other.len();
        return if are_both {
            Overlap::BothEmpty
        } else {
            Overlap::OneEmpty
        };
    }
    let shared = one.iter().filter(|it| other.binary_search(it).is_ok());
    match shared.count() {
        0 => Overlap::None,
        shared if shared * 2 < smaller => Overlap::Some,
        _ => Overlap::Most,
    }
}
