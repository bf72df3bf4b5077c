//! Sessions that the learner deleted in their calendar, and the decisions about them.

use serde::{Deserialize, Serialize};

use super::collection::{Collection, Excluded};
use crate::calendar::event::{EventKey, When};
use crate::calendar::export::CalendarContents;

/// A session that the learner deleted in their calendar, while the plan still has it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeletedSession {
    /// The event's key.
    pub key: EventKey,
    /// Its title.
    pub title: String,
    /// Its time in the plan.
    pub when: When,
}

/// The learner's decision about a deleted session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum DeletedAnswer {
    /// The calendar gets it again.
    Restore,
    /// The plan keeps it and the calendar does not get it, as long as it stays at its time.
    Leave,
}

impl Collection {
    /// The deleted sessions that the plan still has at the same time, and that are not decided yet.
    pub fn questions(&self, contents: &CalendarContents) -> Vec<DeletedSession> {
        let open: Vec<&Excluded> = self.excluded.iter().filter(|it| !it.is_settled).collect();
        let wanted = contents.events.iter().filter_map(|wanted| {
            let subject = contents.subjects.get(wanted.subject)?;
            let is_open = open
                .iter()
                .any(|it| it.when == wanted.when && it.key == subject.key);
            is_open.then(|| DeletedSession {
                key: subject.key.clone(),
                title: subject.title.clone(),
                when: wanted.when,
            })
        });
        if open.is_empty() {
            return Vec::new();
        }
        wanted.collect()
    }

    /// Records the decision about a deleted session.
    pub fn answer(&mut self, question: &DeletedSession, answer: DeletedAnswer) {
        let is_it = |it: &Excluded| it.key == question.key && it.when == question.when;
        match answer {
            DeletedAnswer::Restore => self.excluded.retain(|it| !is_it(it)),
            DeletedAnswer::Leave => {
                let its = self.excluded.iter_mut().filter(|it| is_it(it));
                its.for_each(|it| it.is_settled = true);
            }
        }
    }
}
