//! The options for a calendar's events, the same for files and servers.

use clap::{Args, ValueEnum};
use waymark_core::calendar::export::{ExportOptions, ExportTimes};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::read_date;

#[derive(Args)]
pub struct EventOptions {
    /// Kinds of events
    #[arg(
        long,
        value_name = "WHAT",
        value_delimiter = ',',
        default_value = "sessions"
    )]
    what: Vec<What>,

    /// First date to export, e.g. 2027-01-04
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<String>,

    /// Last date to export
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<String>,

    /// Weeks ahead to export; later sessions follow once they come near [default: the whole plan]
    #[arg(long, value_name = "WEEKS")]
    weeks_ahead: Option<u16>,

    /// Reminders, in minutes before a session, e.g. 10 or 10,60; `none` for no reminder [default:
    /// 10]
    #[arg(long, value_name = "MINUTES", allow_hyphen_values = true)]
    remind: Option<String>,

    /// Title of a session's event; can contain {item}, {phase}, {plan} and {length} [default:
    /// {item}]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// Leave out the description of events
    #[arg(long)]
    no_notes: bool,

    /// Link in each session's event; can contain {item} and {phase}, which stand for their ids
    #[arg(long, value_name = "ADDRESS")]
    link: Option<String>,

    /// Write times in the plan's time zone instead of UTC
    #[arg(long)]
    zoned: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum What {
    /// One event per session
    Sessions,
    /// One all-day event per week, with its sessions
    Weeks,
    /// One event per phase, from its first day to its last
    Phases,
    /// One event on the day of each phase's outcome
    Milestones,
}

impl EventOptions {
    /// The options as the core has them.
    pub fn chosen(&self) -> Result<ExportOptions, InputError> {
        let has = |what| self.what.contains(&what);
        let usual = ExportOptions::default();
        let date = |field, typed: &Option<String>| {
            typed
                .as_deref()
                .map(|typed| read_date(field, typed))
                .transpose()
        };
        Ok(ExportOptions {
            sessions: has(What::Sessions),
            weeks: has(What::Weeks),
            phases: has(What::Phases),
            milestones: has(What::Milestones),
            from: date("first date", &self.from)?,
            to: date("last date", &self.to)?,
            weeks_ahead: self.weeks_ahead,
            reminders: match &self.remind {
                None => usual.reminders.clone(),
                Some(typed) => read_reminders(typed)?,
            },
            title: self.title.clone().unwrap_or_else(|| usual.title.clone()),
            notes: !self.no_notes,
            link: self.link.clone(),
            times: if self.zoned {
                ExportTimes::Zoned
            } else {
                ExportTimes::Utc
            },
            ..usual
        })
    }
}

fn read_reminders(typed: &str) -> Result<Vec<u32>, InputError> {
    if typed.trim() == "none" {
        return Ok(Vec::new());
    }
    let minutes = |part: &str| {
        part.trim().parse().map_err(|_| {
            let expected = "enter minutes such as 10 or 10,60, or none";
            InputError::new(ErrorCode::ExportOption, "reminder", part, expected)
        })
    };
    typed.split(',').map(minutes).collect()
}
