//! A sync's results, in words.

use chrono::DateTime;

use super::moves::{Moved, RejectedMove};
use super::pull::Pull;
use super::questions::DeletedSession;
use crate::calendar::event::When;
use crate::calendar::ledger::ExportCounts;
use crate::plan::Plan;
use crate::words;

const STATELESS: &str = "The server doesn't say which events have changed (it sends no ETags), so \
    Waymark reads each one just before writing it; a change made there in that moment can be lost";

const FORGOTTEN: &str = "The server no longer knows which changes Waymark has read, so the whole \
    calendar was read again";
const WRONG: &str = "The server doesn't name all changes in the calendar, so Waymark reads the \
    whole list each time";

/// The changes a sync received and sent, over all its rounds.
#[derive(Debug, Clone, Default)]
pub struct SyncReport {
    /// Sessions that the learner moved there.
    pub moved: Vec<Moved>,
    /// Moves that the plan rejected.
    pub refused: Vec<RejectedMove>,
    /// Events whose text was changed there. They were left that way.
    pub edited: usize,
    /// All-day events that were moved there. They follow the plan.
    pub put_back: usize,
    /// Events that cannot be planned with, as UID and reason. They were left as they are.
    pub odd: Vec<(String, String)>,
    /// Sessions that were deleted there, and that the learner has to decide about.
    pub questions: Vec<DeletedSession>,
    /// Events in which a person had deleted some of Waymark's part of the description. It was
    /// written again.
    pub restored: usize,
    /// Whether the server names no states (ETags) of its events.
    pub is_stateless: bool,
    /// Whether the server refused to name the changes since the last sync.
    pub is_forgotten: bool,
    /// Whether the server named the changes wrongly.
    pub is_wrong: bool,
    /// Events that were changed there during the sync, and received in an extra round.
    pub conflicts: usize,
    /// The intended changes of each round.
    pub rounds: Vec<ExportCounts>,
}

impl SyncReport {
    /// Adds the results of a pull, and the moves that the plan rejected.
    pub fn add(&mut self, pull: &Pull, refused: Vec<RejectedMove>) {
        self.moved.extend_from_slice(&pull.moved);
        self.refused.extend(refused);
        self.edited += pull.edited;
        self.put_back += pull.put_back;
        for odd in &pull.odd {
            if !self.odd.contains(odd) {
                self.odd.push(odd.clone());
            }
        }
    }

    /// Everything except the questions, one sentence per line, in the learner's time zone.
    pub fn lines(&self, plan: &Plan) -> Vec<String> {
        let mut lines: Vec<String> = self.moved.iter().map(|it| self.moved(plan, it)).collect();
        let it = if self.edited == 1 { "it" } else { "them" };
        let edited = format!("with another text there; left so until the plan changes {it}");
        let counted = [
            (self.edited, edited.as_str()),
            (self.put_back, "of whole days moved there; put back"),
            (
                self.restored,
                "without some of Waymark's text there; it's back, and all other text stayed",
            ),
            (self.conflicts, "changed on the server during the sync"),
        ];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        lines.extend(
            counted.map(|(count, what)| format!("{} {what}", words::count(count, "event"))),
        );
        let odd = self.odd.iter();
        lines.extend(
            odd.map(|(uid, why)| format!("Changed there, and left so: {uid}, because {why}")),
        );
        let told = [
            (self.is_stateless, STATELESS),
            (self.is_forgotten, FORGOTTEN),
            (self.is_wrong, WRONG),
        ];
        let told = told.into_iter().filter(|(is_so, _)| *is_so);
        lines.extend(told.map(|(_, sentence)| sentence.to_owned()));
        lines.extend(self.rounds.iter().map(ExportCounts::sentence));
        lines
    }

    fn moved(&self, plan: &Plan, moved: &Moved) -> String {
        let (from, to) = (at(plan, moved.from), at(plan, moved.to));
        let refused = self.refused.iter().find(|refused| refused.moved == *moved);
        let became = match refused {
            None => "moved here too".to_owned(),
            Some(RejectedMove { why, .. }) => format!("not taken over. {why}"),
        };
        format!("Moved there: {}, {from} to {to}; {became}", moved.title)
    }
}

impl DeletedSession {
    /// The deleted session and its time, in the learner's time zone.
    pub fn sentence(&self, plan: &Plan) -> String {
        format!("Deleted there: {}, {}", self.title, at(plan, self.when))
    }
}

/// The start, in the learner's time zone.
fn at(plan: &Plan, when: When) -> String {
    let instant = DateTime::from_timestamp(when.start, 0).unwrap_or_default();
    if when.all_day {
        return instant.date_naive().to_string();
    }
    let local = plan.moment_at(instant).local();
    local.format("%Y-%m-%d %H:%M").to_string()
}
