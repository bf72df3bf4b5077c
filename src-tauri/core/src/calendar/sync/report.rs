//! A sync's results, in words.

use chrono::DateTime;

use super::moves::{Moved, RejectedMove};
use super::pull::Pull;
use super::questions::DeletedSession;
use crate::calendar::event::When;
use crate::calendar::ledger::ExportCounts;
use crate::plan::Plan;
use crate::words;

/// The changes a sync received and sent, over all its rounds.
#[derive(Debug, Clone, Default)]
pub struct SyncReport {
    /// Sessions that the learner moved there.
    pub moved: Vec<Moved>,
    /// Those of them that the plan does not take.
    pub refused: Vec<RejectedMove>,
    /// Events that say something else there. They were left so.
    pub edited: usize,
    /// Events of whole days that were moved there. They follow the plan.
    pub put_back: usize,
    /// Events that cannot be planned with, as UID and why. They were left so.
    pub odd: Vec<(String, String)>,
    /// Sessions that were deleted there, and about which the learner has to decide.
    pub questions: Vec<DeletedSession>,
    /// Events that were changed there while this was going on, and heard of in a round of their
    /// own.
    pub conflicts: usize,
    /// The intended changes of each round.
    pub rounds: Vec<ExportCounts>,
}

impl SyncReport {
    /// Takes in what was heard, and what of it the plan does not take.
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

    /// All of it but the questions, a sentence a line, on the learner's clock.
    pub fn lines(&self, plan: &Plan) -> Vec<String> {
        let mut lines: Vec<String> = self.moved.iter().map(|it| self.moved(plan, it)).collect();
        let counted = [
            (self.edited, "with another text there; left so"),
            (self.put_back, "of whole days moved there; put back"),
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
        lines.extend(self.rounds.iter().map(ExportCounts::sentence));
        lines
    }

    fn moved(&self, plan: &Plan, moved: &Moved) -> String {
        let (from, to) = (at(plan, moved.from), at(plan, moved.to));
        let refused = self.refused.iter().find(|refused| refused.moved == *moved);
        let became = match refused {
            None => "pinned".to_owned(),
            Some(RejectedMove { why, .. }) => format!("not taken over. {why}"),
        };
        format!("Moved there: {}, {from} to {to}; {became}", moved.title)
    }
}

impl DeletedSession {
    /// The deleted session and its time, on the learner's clock.
    pub fn sentence(&self, plan: &Plan) -> String {
        format!("Deleted there: {}, {}", self.title, at(plan, self.when))
    }
}

/// The start, on the learner's clock.
fn at(plan: &Plan, when: When) -> String {
    let instant = DateTime::from_timestamp(when.start, 0).unwrap_or_default();
    if when.all_day {
        return instant.date_naive().to_string();
    }
    let local = plan.moment_at(instant).local();
    local.format("%Y-%m-%d %H:%M").to_string()
}
