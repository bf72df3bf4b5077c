//! The events of a file, counted by their kinds.

use crate::calendar::event::EventKind;
use crate::words;

/// Numbers of events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventCounts {
    /// Of sessions.
    pub sessions: usize,
    /// Of the plan's weeks.
    pub weeks: usize,
    /// Of phases.
    pub phases: usize,
    /// Of outcomes.
    pub outcomes: usize,
    /// Of cancelled events.
    pub cancelled: usize,
}

impl EventCounts {
    /// All of them.
    pub fn total(&self) -> usize {
        self.sessions + self.weeks + self.phases + self.outcomes + self.cancelled
    }

    /// The events of this kind; of cancelled ones for `None`.
    pub(super) fn of(&mut self, kind: Option<EventKind>) -> &mut usize {
        match kind {
            Some(EventKind::Session) => &mut self.sessions,
            Some(EventKind::Week) => &mut self.weeks,
            Some(EventKind::Phase) => &mut self.phases,
            Some(EventKind::Outcome) => &mut self.outcomes,
            None => &mut self.cancelled,
        }
    }

    /// In words, such as "503 sessions and 11 outcomes".
    pub fn in_words(&self) -> String {
        let counted = [
            (self.sessions, "session"),
            (self.weeks, "week"),
            (self.phases, "phase"),
            (self.outcomes, "outcome"),
            (self.cancelled, "cancelled event"),
        ];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        let counted: Vec<String> = counted
            .map(|(count, what)| words::count(count, what))
            .collect();
        if counted.is_empty() {
            return words::count(0, "event");
        }
        words::list(&counted)
    }
}

impl std::iter::Sum for EventCounts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |one, other| Self {
            sessions: one.sessions + other.sessions,
            weeks: one.weeks + other.weeks,
            phases: one.phases + other.phases,
            outcomes: one.outcomes + other.outcomes,
            cancelled: one.cancelled + other.cancelled,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_told_by_their_kinds() {
        let counts = EventCounts {
            sessions: 503,
            outcomes: 11,
            ..EventCounts::default()
        };
        assert_eq!(counts.in_words(), "503 sessions and 11 outcomes");
        let more = EventCounts {
            sessions: 1,
            cancelled: 2,
            ..EventCounts::default()
        };
        assert_eq!(more.in_words(), "1 session and 2 cancelled events");
        let all: EventCounts = [counts, more].into_iter().sum();
        assert_eq!(
            all.in_words(),
            "504 sessions, 11 outcomes and 2 cancelled events"
        );
        assert_eq!(all.total(), 517);
        assert_eq!(EventCounts::default().in_words(), "0 events");
    }
}
