//! New entries of a roadmap file, and their efforts.

use super::ItemKind;
use super::check::{LONGEST_TITLE, minutes, share};
use super::file::{ItemEntry, OutcomeEntry, PhaseEntry};

impl ItemEntry {
    /// A topic with a title and an effort, and nothing else.
    pub(crate) fn new(id: String, title: &str, minutes: u32) -> Self {
        let mut item = Self {
            id,
            title: title.to_owned(),
            source: None,
            source_line: None,
            kind: ItemKind::Topic,
            group: String::new(),
            note: None,
            weight: None,
            effort_hours: None,
            summary: String::new(),
            done_when: String::new(),
            links: Vec::new(),
            notes: String::new(),
            steps: Vec::new(),
            requires: Vec::new(),
            optional: false,
        };
        item.set_minutes(minutes);
        item
    }

    /// States the effort in hours, in place of a weight.
    pub(crate) fn set_minutes(&mut self, minutes: u32) {
        self.weight = None;
        self.effort_hours = Some(f64::from(minutes) / 60.0);
    }
}

impl PhaseEntry {
    /// A phase with a title, and nothing in it.
    pub(crate) fn new(id: String, title: &str, outcome: String) -> Self {
        let what: String = format!("Finish {title}")
            .chars()
            .take(LONGEST_TITLE)
            .collect();
        Self {
            id,
            number: None,
            title: title.to_owned(),
            source: None,
            source_line: None,
            note: None,
            source_weeks: None,
            weeks: None,
            summary: String::new(),
            requires: Vec::new(),
            outcome: OutcomeEntry {
                id: outcome,
                title: what,
                ours: true,
            },
            items: Vec::new(),
        }
    }

    /// Sets the weeks. Its items, whose effort is stated in hours, share them in proportion to it.
    pub(crate) fn set_weeks(&mut self, weeks: Option<u32>, nominal: f64) {
        self.weeks = weeks;
        let Some(weeks) = weeks else {
            return;
        };
        let hours = |item: &ItemEntry| item.effort_hours.filter(|hours| *hours > 0.0);
        let efforts: Vec<f64> = self.items.iter().filter_map(hours).collect();
        if efforts.is_empty() {
            return;
        }
        let shares = share(minutes(f64::from(weeks) * nominal), &efforts);
        let items = self.items.iter_mut().filter(|item| hours(item).is_some());
        for (item, minutes) in items.zip(shares) {
            item.set_minutes(minutes);
        }
    }
}
