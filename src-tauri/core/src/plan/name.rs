//! The name of each change, in the list of what can be undone.

use super::{Career, Change, ExceptionEntry, KnownEntry, Plan};
use crate::words;

impl Plan {
    /// The name of a change of this plan that led to `after`, such as "Hours 10 → 8".
    pub(crate) fn name_of_one(&self, change: &Change, after: &Self) -> String {
        let title = |id| self.title_of(id);
        match change {
            Change::Hours { .. } => {
                format!(
                    "Hours {} → {}",
                    self.hours_per_week(),
                    after.hours_per_week()
                )
            }
            Change::Start { .. } => format!("Start {} → {}", self.start, after.start),
            Change::Zone { .. } => format!("Time zone {} → {}", self.zone(), after.zone()),
            Change::Days { .. } => {
                let days: Vec<String> = after.days().iter().map(ToString::to_string).collect();
                format!("Study days {}", days.join(", "))
            }
            Change::Sessions { .. } => {
                let session = after.session;
                format!("Sessions of {} to {} min", session.min, session.max)
            }
            Change::Target { .. } => match after.target {
                Some(target) => format!("Target {}", words::plain_date(target)),
                None => "No target".to_owned(),
            },
            Change::Include { item, included } => {
                let what = if *included { "added" } else { "left out" };
                format!("{} {what}", title(item))
            }
            Change::Windows { windows } if windows.is_empty() => {
                "Hours spread over the days".to_owned()
            }
            Change::Windows { .. } => "Windows of your own".to_owned(),
            Change::Exception { exception, added } => {
                let what = match exception {
                    ExceptionEntry::TimeOff { .. } => "Time off",
                    ExceptionEntry::OtherHours { .. } => "Other hours",
                    ExceptionEntry::ExtraWindow { .. } => "Extra time",
                };
                let (_, first, last) = exception.parts();
                format!("{what} {first} to {last} {}", in_or_out(*added))
            }
            Change::Travel { journey, added } => {
                format!(
                    "{} from {} {}",
                    journey.zone,
                    journey.from,
                    in_or_out(*added)
                )
            }
            Change::DayCap { .. } => limit("a day", after.availability.day_cap),
            Change::WeekCap { .. } => limit("a week", after.availability.week_cap),
            Change::Break { .. } => format!("Break of {} min", after.session.pause),
            Change::Buffer { .. } => {
                format!("{} min around busy time", after.availability.buffer_minutes)
            }
            Change::Review { .. } => format!("{} % for review", after.availability.review_percent),
            Change::WeekStart { .. } => format!("Weeks begin on {}", after.availability.week_start),
            Change::Parallel { .. } => {
                format!("{} side by side", words::count(after.in_parallel, "item"))
            }
            Change::Frozen { .. } => {
                format!("{} frozen", words::count(after.freeze_days as usize, "day"))
            }
            Change::Career { .. } => match after.career {
                Career::After => "Career track after the core".to_owned(),
                Career::Alongside { percent } => format!("Career track with {percent} %"),
            },
            Change::Known { item, known } => match known {
                None => format!("{} not known", title(item)),
                Some(KnownEntry::Whole) => format!("{} known already", title(item)),
                Some(KnownEntry::Minutes(minutes)) => {
                    let known = words::effort((*minutes).into());
                    format!("{known} of {} known already", title(item))
                }
            },
            Change::Priority { item, value } => format!("Priority of {} {value}", title(item)),
            Change::Pin { pin, instead } => {
                let what = instead.as_ref().map_or("pinned", |_| "moved");
                format!("{} {what}", title(&pin.item))
            }
            Change::Unpin { item, .. } => format!("{} unpinned", title(item)),
            Change::PhaseTarget { phase, .. } => {
                let phases = self.roadmap.phases.iter();
                let title = phases
                    .filter(|known| known.id == *phase)
                    .map(|p| &*p.title)
                    .next();
                let target = after.own_target_of(phase).map(words::plain_date);
                let target =
                    target.map_or("without a target".to_owned(), |date| format!("by {date}"));
                format!("{} {target}", title.unwrap_or_default())
            }
            Change::Log { item, entry, .. } => {
                let id = entry.unwrap_or_else(|| after.last_entry());
                let entry = after.record.log.iter().find(|entry| entry.id == id);
                let minutes = entry.map_or(0, |entry| entry.minutes);
                format!(
                    "{} of {} logged",
                    words::effort(minutes.into()),
                    title(item)
                )
            }
            Change::Unlog { entry } => {
                let entry = self.record.log.iter().find(|known| known.id == *entry);
                let item = entry.map_or("", |entry| title(&entry.item));
                format!("Entry of {item} removed")
            }
            Change::Estimate { item, minutes } => {
                format!("{} takes {minutes} min more", title(item))
            }
            Change::Done { item, done } => {
                let what = if *done { "done" } else { "not done" };
                format!("{} {what}", title(item))
            }
            Change::Replan { .. } => "Planned anew, nothing moved".to_owned(),
            Change::Baseline { name } => format!("Baseline {name} set"),
            Change::DropBaseline { name } => format!("Baseline {name} removed"),
            Change::Busy { source, .. } => format!("Busy time of {source} taken"),
            Change::DropBusy { source } => format!("Busy time of {source} removed"),
            Change::All { name, .. } => name.clone(),
        }
    }
}

fn in_or_out(added: bool) -> &'static str {
    if added { "added" } else { "removed" }
}

fn limit(of: &str, minutes: Option<u32>) -> String {
    match minutes {
        Some(minutes) => format!("At most {} {of}", words::effort(minutes.into())),
        None => format!("No limit {of}"),
    }
}
