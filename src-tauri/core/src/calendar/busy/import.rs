//! Busy time of a file for a plan.

use std::ops::Range;

use chrono::{DateTime, Days, NaiveTime, Utc};

use super::read::read_for;
use super::report::BusyReport;
use crate::availability::HORIZON;
use crate::calendar::ical::limits::Limits;
use crate::input_error::InputError;
use crate::plan::change::SetBusy;
use crate::plan::{BusyCalendar, BusyEntry, Change, KnownAs, Plan, Resemblance};
use crate::schedule::current;

/// Busy time is read for so long after the last session: room for a plan that takes longer one day.
const DAYS_AFTER: Days = Days::new(365);
/// Upper bound of passes: busy time can move the end of the plan, which extends the range to read.
const ROUNDS: usize = 5;

/// A calendar file that was read for a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The change that takes its busy time into the plan: in place of the same calendar, or else
    /// beside the others.
    pub change: SetBusy,
    /// The result of reading it.
    pub report: BusyReport,
    /// The calendar of the plan that it is. If that is uncertain, the learner decides, and
    /// [`Import::instead_of`] replaces the other one.
    pub known_as: KnownAs,
}

impl Import {
    /// A file that was read, as a change of a plan.
    pub fn new(plan: &Plan, file: &str, report: BusyReport) -> Self {
        let (name, uids) = (report.name.as_deref(), report.uids.clone());
        let calendar = BusyCalendar::new(file, name, uids, report.lines());
        let busy = report.busy();
        let known_as = plan.busy_known_as(&calendar, &busy);
        let instead = match &known_as {
            KnownAs::Source(name) => Some(name.clone()),
            KnownAs::New | KnownAs::Perhaps { .. } => None,
        };
        Self {
            change: SetBusy {
                source: file.to_owned(),
                times: busy.into_iter().map(BusyEntry::from).collect(),
                calendar: Some(calendar),
                instead,
            },
            report,
            known_as,
        }
    }

    /// The same in place of this calendar of the plan.
    #[must_use]
    pub fn instead_of(mut self, source: &str) -> Self {
        self.change.instead = Some(source.to_owned());
        self
    }

    /// Asks whether it is a newer version of a calendar that the plan has. `None` if that is
    /// certain, or it is none.
    pub fn question(&self) -> Option<String> {
        let KnownAs::Perhaps { source, why } = &self.known_as else {
            return None;
        };
        let name = self.report.name.as_deref().unwrap_or_default();
        let why = match why {
            Resemblance::Events => "most of its events are the same".to_owned(),
            Resemblance::EventsOnly => {
                format!("most of its events are the same, but its calendar is now called “{name}”")
            }
            Resemblance::Name => {
                format!("its calendar is called “{name}” too, but few of its events are the same")
            }
            Resemblance::File => {
                "its file has the same name, but few of its events are the same".to_owned()
            }
        };
        let file = &self.change.source;
        let old = if file == source {
            "the calendar of that name in the plan"
        } else {
            source
        };
        Some(format!(
            "The file {file} may be a newer download of {old}: {why}."
        ))
    }
}

/// Reads a calendar file for as long as the plan takes with it, and a year more: its busy time as a
/// change to be made at `now`, and what was read. `file` is the file's name.
///
/// # Errors
/// As [`read`](super::read()), and where the plan cannot have the busy time.
pub fn import(
    plan: &Plan,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
    now: DateTime<Utc>,
) -> Result<Import, InputError> {
    let mut range = range(plan);
    let mut round = 1;
    loop {
        let report = read_for(plan, bytes, range.clone(), limits)?;
        let import = Import::new(plan, file, report);
        let change = Change::Busy(import.change.clone());
        let with_busy = self::range(&plan.changed(&[change], now)?);
        let is_covered = with_busy.end <= range.end + DAYS_AFTER;
        if is_covered || round == ROUNDS {
            return Ok(import);
        }
        range = with_busy;
        round += 1;
    }
}

/// From the plan's start to a year after its last session, or to the end of the calendar.
fn range(plan: &Plan) -> Range<DateTime<Utc>> {
    let start = plan.start_instant();
    let end = current(plan).end();
    let last = end.map_or(start, |end| end.instant());
    let horizon = HORIZON.and_time(NaiveTime::MIN).and_utc();
    let until = last.checked_add_days(DAYS_AFTER).unwrap_or(horizon);
    start..until.min(horizon)
}
