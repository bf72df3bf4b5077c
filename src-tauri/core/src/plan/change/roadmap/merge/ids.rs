//! The ids of a text's parts: known ones, and those of new parts.

use std::collections::HashMap;

use super::new_ids;
use crate::input_error::{ErrorCode, InputError};
use crate::plan::Plan;
use crate::plan::entries::reject;
use crate::roadmap::Ids;

/// The kind of a part that has an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IdOf {
    Phase,
    Item,
    Outcome,
    Entry,
}

impl IdOf {
    /// With its article.
    fn name(self) -> &'static str {
        match self {
            Self::Phase => "a phase",
            Self::Item => "an item",
            Self::Outcome => "an outcome",
            Self::Entry => "a line to read",
        }
    }
}

/// Gives each part of a text its id.
pub(super) struct PartIds<'a> {
    plan: &'a Plan,
    known: HashMap<&'a str, IdOf>,
    /// The line of each known id that the text has.
    lines: HashMap<String, usize>,
    new: Ids,
    pub problems: Vec<InputError>,
}

impl<'a> PartIds<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let file = &plan.roadmap.file;
        let mut known = HashMap::new();
        for phase in &file.phases {
            known.insert(phase.id.as_str(), IdOf::Phase);
            known.insert(phase.outcome.id.as_str(), IdOf::Outcome);
            let items = phase.items.iter();
            known.extend(items.map(|item| (item.id.as_str(), IdOf::Item)));
        }
        let reference = &file.reference;
        let lists = [&reference.trends, &reference.strategy, &reference.outcomes];
        let entries = lists.into_iter().flatten();
        known.extend(entries.map(|entry| (entry.id.as_str(), IdOf::Entry)));
        Self {
            plan,
            known,
            lines: HashMap::new(),
            new: new_ids(plan),
            problems: Vec::new(),
        }
    }

    /// The id of a new part.
    pub fn made(&mut self, title: &str, otherwise: &str) -> String {
        self.new.id(title, otherwise)
    }

    /// The id of a part: its own if it is one of this roadmap, else a new one.
    pub fn id(&mut self, typed: Option<&str>, line: usize, title: &str, of: IdOf) -> String {
        if let Some(id) = typed {
            match self.check(id, of) {
                None => {
                    self.lines.insert(id.to_owned(), line);
                    return id.to_owned();
                }
                Some(error) => self.problems.push(error.within(format!("line {line}"))),
            }
        }
        let otherwise = match of {
            IdOf::Phase => "phase",
            _ => "item",
        };
        self.made(title, otherwise)
    }

    /// The fault of an id, if it has one.
    fn check(&self, id: &str, of: IdOf) -> Option<InputError> {
        let fault = match (self.known.get(id), self.lines.get(id)) {
            (Some(_), Some(first)) => {
                let fault = format!("is the id of line {first} too");
                let expected = "leave it out in one of the two";
                let error = InputError::new(ErrorCode::RoadmapDuplicateId, "id", id, expected);
                return Some(error.because(fault));
            }
            (Some(known), None) if *known == of => return None,
            (Some(known), None) => format!("is the id of {}", known.name()),
            (None, _) => match self.plan.record.removed.get(id) {
                Some(title) => format!("is the id of “{title}”, which was removed"),
                None => "isn't an id of this roadmap".to_owned(),
            },
        };
        let expected = format!("leave it out to add {}", of.name());
        Some(reject("id", id, &expected).because(fault))
    }
}
