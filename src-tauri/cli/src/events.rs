//! The options that say which events a calendar is given and what they look like, the same for files and for servers.

use clap::{Args, ValueEnum};
use waymark_core::calendar::export::{Options, Times};
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

    /// First date to export, such as 2027-01-04
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<String>,

    /// Last date to export
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<String>,

    /// Minutes before a session to be reminded at, such as 10 or 10,60; `none` for no reminder [default: 10]
    #[arg(long, value_name = "MINUTES", allow_hyphen_values = true)]
    remind: Option<String>,

    /// What a session's event is called, with {item}, {phase}, {plan}, {session}, {sessions} and {length} [default: {item}]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// Leave out what events are about
    #[arg(long)]
    no_notes: bool,

    /// An address in each session's event, with {item} and {phase} for their ids
    #[arg(long, value_name = "ADDRESS")]
    link: Option<String>,

    /// Write times on the plan's clock, with the zone's rules, and not in UTC
    #[arg(long)]
    zoned: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum What {
    /// Each session
    Sessions,
    /// Each week, all day, with what is to be done in it
    Weeks,
    /// Each phase, from its first to its last day
    Phases,
    /// The day of each phase's outcome
    Milestones,
}

impl EventOptions {
    /// What these options choose.
    pub fn chosen(&self) -> Result<Options, InputError> {
        let has = |what| self.what.contains(&what);
        let usual = Options::default();
        let date = |field, typed: &Option<String>| {
            typed
                .as_deref()
                .map(|typed| read_date(field, typed))
                .transpose()
        };
        Ok(Options {
            sessions: has(What::Sessions),
            weeks: has(What::Weeks),
            phases: has(What::Phases),
            milestones: has(What::Milestones),
            from: date("first date", &self.from)?,
            to: date("last date", &self.to)?,
            reminders: match &self.remind {
                None => usual.reminders.clone(),
                Some(typed) => read_reminders(typed)?,
            },
            title: self.title.clone().unwrap_or_else(|| usual.title.clone()),
            notes: !self.no_notes,
            link: self.link.clone(),
            times: if self.zoned { Times::Zoned } else { Times::Utc },
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
