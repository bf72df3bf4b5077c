//! The plan's own sessions in a calendar file: they do not make the learner busy.

use std::collections::HashMap;

use crate::calendar::event::read_uid;
use crate::calendar::export::session_spans;
use crate::calendar::ical::event::summary;
use crate::plan::Plan;
use crate::schedule::current;

/// Recognises the plan's own sessions.
#[derive(Debug, Default)]
pub(super) struct OwnSessions<'a> {
    /// The id of the plan; `None` recognises nothing.
    plan: Option<&'a str>,
    /// The titles of the items that have a session from one second to another, since 1970.
    titles: HashMap<(i64, i64), &'a str>,
}

impl<'a> OwnSessions<'a> {
    pub fn of(plan: &'a Plan) -> Self {
        let schedule = current(plan);
        let titles = session_spans(plan, &schedule)
            .into_iter()
            .filter_map(|session| {
                let item = plan.roadmap().items.get(session.item)?;
                Some(((session.start, session.end), item.title.as_str()))
            })
            .collect();
        Self {
            plan: Some(plan.id()),
            titles,
        }
    }

    /// Whether a UID is one of this plan's.
    pub fn has_uid(&self, uid: Option<&str>) -> bool {
        self.plan
            .zip(uid)
            .is_some_and(|(plan, uid)| read_uid(plan, uid).is_some())
    }

    /// Whether an event is a session that another program gave a UID of its own: one of the same
    /// start, end and title. The title may have more in it, as the learner chose for the export.
    pub fn has_session(&self, start: i64, end: i64, title: &str) -> bool {
        self.titles
            .get(&(start, end))
            .is_some_and(|own| contains_words(title, &summary(own)))
    }
}

/// Whether a text has these words in it, and not only as parts of longer words.
fn contains_words(text: &str, words: &str) -> bool {
    let is_outside = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    !words.is_empty()
        && text.match_indices(words).any(|(at, _)| {
            let (before, after) = (text.get(..at), text.get(at + words.len()..));
            is_outside(before.and_then(|text| text.chars().next_back()))
                && is_outside(after.and_then(|text| text.chars().next()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_found_as_whole_words_only() {
        for (text, words, is_there) in [
            ("Python", "Python", true),
            ("Foundations: Python, 30 min", "Python", true),
            ("Pythonista", "Python", false),
            ("CPython and Python", "Python", true),
            ("Go", "", false),
            ("ÄGo", "Go", false),
        ] {
            assert_eq!(contains_words(text, words), is_there, "{words} in {text}");
        }
    }
}
