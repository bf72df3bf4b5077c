//! From the bytes of a file to the lines that say when its events are.
//!
//! Files are read line by line before anything is parsed: with a bound on their nesting and the
//! length of their lines, without attachments, alarms and descriptions, and each event for itself,
//! so that a broken one costs no other.

use std::borrow::Cow;

use super::limits::Limits;
use super::mend::{Mended, mended};
use crate::input_error::{ErrorCode, InputError};

/// Properties of an event that tell its owner and time.
const OF_EVENT: [&str; 17] = [
    "UID",
    "DTSTAMP",
    "LAST-MODIFIED",
    "SUMMARY",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "EXRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "STATUS",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    ATTENDEE,
];

/// Invited people and their answers; useful only if the calendar's owner is known.
const ATTENDEE: &str = "ATTENDEE";

/// Properties of free and busy time that tell the time.
const OF_PERIODS: [&str; 2] = ["SUMMARY", "FREEBUSY"];

/// Properties of a calendar that matter for its events.
const OF_CALENDAR: [&str; 3] = ["METHOD", "X-WR-TIMEZONE", "X-WR-CALNAME"];

/// Properties of a time zone that tell its name and clock changes.
const OF_ZONE: [&str; 8] = [
    "TZID",
    "X-LIC-LOCATION",
    "X-MICROSOFT-CDO-TZID",
    "DTSTART",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "RRULE",
    "RDATE",
];

/// An event or a time zone as it stands in the file, with the lines that matter.
#[derive(Debug)]
pub struct TextBlock<'a> {
    pub kind: BlockKind,
    /// The line of its BEGIN, counted from 1.
    pub line: u32,
    /// From BEGIN to END, unfolded and without control characters.
    pub text: &'a str,
    /// Why it cannot be read as a whole.
    pub flaw: Option<String>,
    /// A repair in its lines that the learner should know about.
    pub note: Option<String>,
    /// Whether its calendar takes back what it holds (METHOD:CANCEL).
    pub is_taken_back: bool,
    /// The clock of its calendar (X-WR-TIMEZONE).
    pub zone: Option<&'a str>,
    /// The calendar's owner, if its name is an e-mail address, as Google's are.
    pub owner: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    Event,
    /// Somebody's free and busy time (VFREEBUSY).
    Periods,
    Zone,
}

/// Properties outside the blocks.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Whether there was a BEGIN of anything that a calendar file has.
    pub is_calendar: bool,
    /// Whether the last calendar has no END.
    pub is_cut_short: bool,
    /// The name of the first calendar that has one, as it is written there.
    pub name: Option<String>,
}

/// Gives each event and each time zone of a file to `take`.
///
/// # Errors
/// A file beyond the limits.
pub fn blocks(
    bytes: &[u8],
    limits: &Limits,
    mut take: impl FnMut(TextBlock),
) -> Result<Frame, InputError> {
    if bytes.len() > limits.bytes {
        let size = format!("{} MB", bytes.len().div_ceil(1 << 20));
        let most = format!("choose one of at most {} MB", limits.bytes >> 20);
        let error = InputError::new(ErrorCode::CalendarTooLarge, "calendar file", size, most);
        return Err(error.because("is too large"));
    }
    let bytes = in_utf8(bytes);
    let mut scan = Scan::new(limits);
    let mut number = 0u32;
    let mut has_begun = false;
    for line in physical_lines(&bytes) {
        number = number.saturating_add(1);
        match line {
            // Some files have an empty line before a continued one.
            [] => {}
            // Before the first line, there is nothing to continue: the line is indented.
            [b' ' | b'\t', ..] if !has_begun => {
                let line = line.trim_ascii_start();
                if !line.is_empty() {
                    has_begun = true;
                    scan.begin_line(line, number);
                }
            }
            [b' ' | b'\t', continued @ ..] => scan.go_on(continued),
            _ => {
                has_begun = true;
                scan.end_line(&mut take)?;
                scan.begin_line(line, number);
            }
        }
    }
    scan.end_line(&mut take)?;
    scan.close(0, &mut take);
    Ok(scan.frame)
}

/// UTF-16 is recognized by its byte order mark. Everything else is read as bytes, and each line
/// separately as UTF-8 or Latin-1.
fn in_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let units = |of: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks_exact(2).skip(1);
        let units = pairs.map(|pair| of(pair.try_into().unwrap_or_default()));
        let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
        Cow::Owned(text.collect::<String>().into_bytes())
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Cow::Borrowed(rest),
        [0xFF, 0xFE, ..] => units(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => units(u16::from_be_bytes),
        _ => Cow::Borrowed(bytes),
    }
}

/// Lines without their ends; a file without a line feed has carriage returns in their place.
fn physical_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
    let lines = bytes.split(move |byte| *byte == end);
    lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Component {
    Calendar,
    Event,
    Zone,
    /// STANDARD or DAYLIGHT in a time zone.
    Observance,
    /// Free and busy time.
    Periods,
    /// A task or a journal: what stands beside events, and never holds one.
    Sibling,
    Other,
}

struct Scan<'a> {
    limits: &'a Limits,
    frame: Frame,
    open: Vec<Component>,
    /// Components begun deeper than the limit, which hold nothing that is read.
    too_deep: u64,
    is_taken_back: bool,
    zone: String,
    owner: String,
    events: usize,
    /// The block at hand.
    block: String,
    began: u32,
    flaw: Option<String>,
    note: Option<String>,
    /// The line at hand, and whether it is one to read.
    line: Vec<u8>,
    number: u32,
    is_wanted: bool,
    is_too_long: bool,
}

impl<'a> Scan<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            frame: Frame::default(),
            open: Vec::new(),
            too_deep: 0,
            is_taken_back: false,
            zone: String::new(),
            owner: String::new(),
            events: 0,
            block: String::new(),
            began: 0,
            flaw: None,
            note: None,
            line: Vec::new(),
            number: 0,
            is_wanted: false,
            is_too_long: false,
        }
    }

    fn begin_line(&mut self, line: &[u8], number: u32) {
        self.line.clear();
        self.number = number;
        self.is_too_long = false;
        // A name may be folded too: then it is known only once the line is whole.
        self.is_wanted = name(line).is_none_or(|name| self.wants(name));
        self.go_on(line);
    }

    fn go_on(&mut self, part: &[u8]) {
        if !self.is_wanted {
            return;
        }
        let room = self.limits.line_bytes.saturating_sub(self.line.len());
        let (fits, over) = part.split_at(room.min(part.len()));
        self.is_too_long |= !over.is_empty();
        let kept = |byte: &&u8| !byte.is_ascii_control() || **byte == b'\t';
        self.line.extend(fits.iter().filter(kept));
    }

    fn wants(&self, name: &[u8]) -> bool {
        let is = |known: &str| known.as_bytes().eq_ignore_ascii_case(name);
        if is("BEGIN") || is("END") {
            return true;
        }
        if self.too_deep > 0 {
            return false;
        }
        match self.open.last() {
            Some(Component::Event) if is(ATTENDEE) => !self.owner.is_empty(),
            Some(Component::Event) => OF_EVENT.iter().any(|known| is(known)),
            Some(Component::Periods) => OF_PERIODS.iter().any(|known| is(known)),
            Some(Component::Zone | Component::Observance) => OF_ZONE.iter().any(|known| is(known)),
            Some(Component::Calendar) => OF_CALENDAR.iter().any(|known| is(known)),
            Some(Component::Sibling | Component::Other) | None => false,
        }
    }

    /// Handles the current line, which is now complete.
    fn end_line(&mut self, take: &mut impl FnMut(TextBlock)) -> Result<(), InputError> {
        if !self.is_wanted || self.line.is_empty() {
            return Ok(());
        }
        self.is_wanted = false;
        let line = std::mem::take(&mut self.line);
        let text = decoded(&line);
        if let Some(name) = name(text.as_bytes()).filter(|name| self.wants(name)) {
            let value = || text.split_once(':').map_or("", |(_, value)| value.trim());
            if name.eq_ignore_ascii_case(b"BEGIN") {
                self.begin(value(), take)?;
            } else if name.eq_ignore_ascii_case(b"END") {
                self.end(value(), take);
            } else if self.open.last() == Some(&Component::Calendar) {
                self.read_calendar_line(name, value());
            } else {
                self.keep(name, &text);
            }
        }
        self.line = line;
        Ok(())
    }

    fn read_calendar_line(&mut self, name: &[u8], value: &str) {
        if name.eq_ignore_ascii_case(b"METHOD") {
            self.is_taken_back = value.eq_ignore_ascii_case("CANCEL");
        } else if name.eq_ignore_ascii_case(b"X-WR-TIMEZONE") {
            value.clone_into(&mut self.zone);
        } else {
            let is_address = value.contains('@') && !value.contains(char::is_whitespace);
            self.owner.clear();
            if is_address {
                self.owner.push_str(value);
            }
            if self.frame.name.is_none() && !value.is_empty() {
                self.frame.name = Some(value.to_owned());
            }
        }
    }

    fn keep(&mut self, name: &[u8], text: &str) {
        let is_odd = self.is_too_long || parameters(text) > self.limits.parameters;
        if is_odd && name.eq_ignore_ascii_case(ATTENDEE.as_bytes()) {
            return;
        }
        let refuse = |why: String| {
            let name = String::from_utf8_lossy(name).to_ascii_uppercase();
            Some(format!("its {name} in line {} has {why}", self.number))
        };
        if self.is_too_long {
            let why = format!("more than {} bytes", self.limits.line_bytes);
            self.flaw = self.flaw.take().or_else(|| refuse(why));
        } else if parameters(text) > self.limits.parameters {
            let why = format!("more than {} parameters", self.limits.parameters);
            self.flaw = self.flaw.take().or_else(|| refuse(why));
        } else {
            let name = std::str::from_utf8(name).unwrap_or_default();
            let Mended { line, note } = mended(name, text);
            self.block.push_str(&line);
            self.block.push_str("\r\n");
            self.note = self.note.take().or(note);
        }
    }

    fn begin(&mut self, value: &str, take: &mut impl FnMut(TextBlock)) -> Result<(), InputError> {
        if self.open.len() >= self.limits.depth {
            self.too_deep = self.too_deep.saturating_add(1);
            return Ok(());
        }
        let component = Component::named(value);
        if component.stands_alone() {
            // Events do not hold events: the one before has lost its END.
            if let Some(depth) = self.open.iter().position(Component::stands_alone) {
                self.close(depth, take);
            }
            let is_inside = self.open.last() == Some(&Component::Calendar);
            self.block.clear();
            self.began = self.number;
            self.note = None;
            self.flaw = (!is_inside).then(|| "it is not directly in a calendar".to_owned());
        }
        match component {
            Component::Calendar => {
                self.is_taken_back = false;
                self.zone.clear();
                self.owner.clear();
            }
            Component::Event | Component::Periods => self.events += 1,
            _ => {}
        }
        self.frame.is_calendar |= matches!(
            component,
            Component::Calendar | Component::Event | Component::Periods
        );
        if self.events > self.limits.events {
            return Err(InputError::new(
                ErrorCode::CalendarTooLarge,
                "calendar file",
                "",
                format!("choose one of at most {} events", self.limits.events),
            )
            .because("has too many events"));
        }
        self.write_frame("BEGIN", component);
        self.open.push(component);
        Ok(())
    }

    fn end(&mut self, value: &str, take: &mut impl FnMut(TextBlock)) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let component = Component::named(value);
        let is_it = |open: &Component| *open == component;
        let depth = if component == Component::Other {
            self.open
                .len()
                .checked_sub(1)
                .filter(|_| self.open.last().is_some_and(is_it))
        } else {
            self.open.iter().rposition(is_it)
        };
        // All blocks open inside have lost their END.
        if let Some(depth) = depth {
            self.close(depth + 1, take);
            self.open.truncate(depth);
            self.finish(component, None, take);
        }
    }

    /// Closes what is open inside of `depth` components, without an END of its own.
    fn close(&mut self, depth: usize, take: &mut impl FnMut(TextBlock)) {
        while self.open.len() > depth
            && let Some(component) = self.open.pop()
        {
            self.frame.is_cut_short |= component == Component::Calendar;
            self.finish(component, Some("it has no END"), take);
        }
    }

    fn finish(
        &mut self,
        component: Component,
        flaw: Option<&str>,
        take: &mut impl FnMut(TextBlock),
    ) {
        self.write_frame("END", component);
        let kind = match component {
            Component::Event => BlockKind::Event,
            Component::Periods => BlockKind::Periods,
            Component::Zone => BlockKind::Zone,
            _ => return,
        };
        let known = |text: &&str| !text.is_empty();
        take(TextBlock {
            kind,
            line: self.began,
            text: &self.block,
            flaw: self.flaw.take().or(flaw.map(str::to_owned)),
            note: self.note.take(),
            is_taken_back: self.is_taken_back,
            zone: Some(self.zone.as_str()).filter(known),
            owner: Some(self.owner.as_str()).filter(known),
        });
    }

    fn write_frame(&mut self, word: &str, component: Component) {
        let name = match component {
            Component::Event => "VEVENT",
            Component::Periods => "VFREEBUSY",
            Component::Zone => "VTIMEZONE",
            // A time zone's rule says itself how its clock goes from one to the other.
            Component::Observance => "STANDARD",
            Component::Calendar | Component::Sibling | Component::Other => return,
        };
        for part in [word, ":", name, "\r\n"] {
            self.block.push_str(part);
        }
    }
}

impl Component {
    fn named(name: &str) -> Self {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("VCALENDAR") {
            Self::Calendar
        } else if is("VEVENT") {
            Self::Event
        } else if is("VTIMEZONE") {
            Self::Zone
        } else if is("STANDARD") || is("DAYLIGHT") {
            Self::Observance
        } else if is("VFREEBUSY") {
            Self::Periods
        } else if is("VTODO") || is("VJOURNAL") {
            Self::Sibling
        } else {
            Self::Other
        }
    }

    fn stands_alone(&self) -> bool {
        matches!(
            self,
            Self::Event | Self::Periods | Self::Zone | Self::Sibling
        )
    }
}

/// The name that a line begins with, if all of it is there.
fn name(line: &[u8]) -> Option<&[u8]> {
    let end = line.iter().position(|byte| matches!(byte, b':' | b';'))?;
    line.get(..end).map(<[u8]>::trim_ascii)
}

/// How many parameters stand between a line's name and its value.
fn parameters(line: &str) -> usize {
    let mut is_quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b':' if !is_quoted => break,
            b';' if !is_quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// UTF-8, or else Latin-1, in which every byte is a character.
fn decoded(line: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(line.iter().map(|byte| char::from(*byte)).collect()),
    }
}
