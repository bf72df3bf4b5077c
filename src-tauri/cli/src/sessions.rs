//! `waymark sessions`: changes single sessions and weeks, and releases those placed by hand.

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use waymark_core::outlook::Outlook;
use waymark_core::plan::change::{NotThisWeek, ReleaseSessions, SetAside, SwapTopic};
use waymark_core::plan::{Change, PinEntry, Plan};
use waymark_core::progress::{Tracked, progress};
use waymark_core::words;

use crate::plan_file::{Opened, PlanFileOptions};
use crate::{Failure, print};

pub const EXAMPLES: &str = "\
Examples:
  waymark sessions plan.json not-this-week
      Moves this week's sessions on, and all others with them
  waymark sessions plan.json swap python 2027-01-04T19:00 git
      Studies Git in that session; Python gets another time
  waymark sessions plan.json set-aside python 2027-01-04T19:00
  waymark sessions plan.json release

Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used";

#[derive(Args)]
pub struct SessionsArgs {
    #[command(flatten)]
    file: PlanFileOptions,

    #[command(subcommand)]
    action: Option<SessionAction>,
}

#[derive(Subcommand)]
enum SessionAction {
    /// List the sessions that were moved by hand, and the pinned ones (the default)
    List,
    /// Move a week's sessions on, and the others with them
    NotThisWeek {
        /// Any day of the week, e.g. 2027-01-06 [default: today]
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        week: Option<String>,
    },
    /// Study another item in a session
    Swap {
        /// Id of the session's item
        item: String,
        /// Start of the session, e.g. 2027-01-04T19:00
        start: String,
        /// Id of the item to study instead
        with: String,
    },
    /// Set a session aside: its time stays free, and its work waits
    SetAside {
        /// Id of the session's item
        item: String,
        /// Start of the session, e.g. 2027-01-04T19:00
        start: String,
    },
    /// Let sessions that were moved by hand go where the plan has room for them
    Release {
        /// Pinned sessions too
        #[arg(long)]
        pinned: bool,
    },
}

pub fn run(args: &SessionsArgs) -> Result<(), Failure> {
    let action = args.action.as_ref().unwrap_or(&SessionAction::List);
    let change = |opened: &Opened| match action {
        SessionAction::List => Vec::new(),
        SessionAction::NotThisWeek { week } => vec![Change::NotThisWeek(NotThisWeek {
            day: week.clone().unwrap_or_default(),
        })],
        SessionAction::Swap { item, start, with } => vec![Change::Swap(SwapTopic {
            item: item.clone(),
            session: PinEntry {
                item: with.clone(),
                start: start.clone(),
                minutes: minutes(opened, item, start),
            },
        })],
        SessionAction::SetAside { item, start } => vec![Change::SetAside(SetAside {
            session: PinEntry {
                item: item.clone(),
                start: start.clone(),
                minutes: minutes(opened, item, start),
            },
        })],
        SessionAction::Release { pinned } => {
            vec![Change::Release(ReleaseSessions { pinned: *pinned })]
        }
    };
    if matches!(action, SessionAction::List) {
        let opened = args.file.open()?;
        return print(&if args.file.json {
            format!("{:#}\n", data(opened.plan()))
        } else {
            told(opened.plan())
        });
    }
    let done = args.file.change(|opened| Ok(change(opened)))?;
    let plan = done.after.plan();
    // As everywhere, the finish is that of the plan with the work that waits planned in.
    let Outlook {
        finish,
        waiting_minutes,
        ..
    } = Outlook::new(plan, done.after.now);
    if args.file.json {
        let told = json!({
            "changed": done.name,
            "finish": finish,
            "waiting_minutes": waiting_minutes,
            "sessions": data(plan),
        });
        return print(&format!("{told:#}\n"));
    }
    let finish = finish.map_or_else(String::new, |finish| {
        let date = words::long_date(finish);
        match waiting_minutes {
            0 => format!(" You finish on {date}."),
            minutes => format!(
                " {} of work waits. With it planned in, you finish on {date}.",
                words::effort(minutes)
            ),
        }
    });
    print(&format!("{}.{finish}\n", done.name))
}

/// The length of a session. The change rejects a session that isn't there.
fn minutes(opened: &Opened, item: &str, start: &str) -> u32 {
    let plan = opened.plan();
    let is_it = |session: &&Tracked| {
        let local = session.start.local().format("%Y-%m-%dT%H:%M");
        plan.roadmap().item(item) == Some(session.item) && local.to_string() == start.trim()
    };
    let sessions = progress(plan, opened.now).sessions;
    let session = sessions.iter().find(is_it);
    session.map_or(30, |session| session.minutes)
}

/// "3 sessions moved by hand, 1 pinned.", and each of them.
fn told(plan: &Plan) -> String {
    let (moved, pinned) = (plan.move_entries().count(), plan.pin_entries().count());
    let count = format!(
        "{} moved by hand, {pinned} pinned.\n",
        words::count(moved, "session")
    );
    let line = |what: &'static str| {
        move |pin: PinEntry| {
            let title = plan.title_of(&pin.item);
            let start = pin.start.replace('T', " ");
            format!(
                "  {start}, {}: {title} ({what})\n",
                words::effort(pin.minutes.into())
            )
        }
    };
    let moves = plan.move_entries().map(line("moved"));
    let lines: String = moves
        .chain(plan.pin_entries().map(line("pinned")))
        .collect();
    count + &lines
}

fn data(plan: &Plan) -> Value {
    json!({
        "moved": plan.move_entries().collect::<Vec<_>>(),
        "pinned": plan.pin_entries().collect::<Vec<_>>(),
    })
}
