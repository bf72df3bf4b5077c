//! The recovery of the app's plan when its file is missing or damaged.

use chrono::{DateTime, Utc};
use waymark_core::document::Document;
use waymark_core::input_error::InputError;

use super::{Place, PlanStore};
use crate::mutex::lock;
use crate::notices::{self, Notice};
use crate::storage::{PLAN, unread};

/// The app's plan on disk.
struct State {
    /// The newest one that can be read.
    document: Option<Document>,
    /// The notice about it.
    notice: Option<Notice>,
    /// Whether it, or an older one of the same kind, is in the plan's own file.
    is_in_place: bool,
}

/// The notice that a new plan was made.
fn no_copy() -> Notice {
    Notice {
        id: "new-plan".to_owned(),
        text: "No whole copy of the plan was left, so this is a new plan.".to_owned(),
    }
}

impl PlanStore {
    /// Recovers the app's plan before it is changed, if a copy is damaged or it is missing: as
    /// [`PlanStore::open_or`] does, but without making a new plan.
    ///
    /// # Errors
    /// As [`PlanStore::open_or`].
    pub fn recover(&self, now: DateTime<Utc>) -> Result<Vec<String>, InputError> {
        let _changing = lock(&self.changing);
        let _lock = self.lock()?;
        self.recovered(now)
    }

    /// The notice that a recovery would give now. Changes nothing.
    ///
    /// # Errors
    /// If the plan can't be read.
    pub fn damage(&self) -> Result<Option<String>, InputError> {
        let Some(state) = self.state()? else {
            return Ok(None);
        };
        Ok(state.notice.map(|notice| notice.text))
    }

    /// The newest plan that can be read in the app's folder, and a notice if it isn't the one in
    /// its place. `None` for a plan file.
    fn state(&self) -> Result<Option<State>, InputError> {
        let Place::App(storage) = &self.place else {
            return Ok(None);
        };
        let path = self.path();
        let copies = storage.read_named::<Document>(PLAN);
        let copies = copies.map_err(|error| unread(&path, &error))?;
        let is_in_place = path.exists() && !copies.damaged.contains(&path);
        let is_lost = !copies.damaged.is_empty() || notices::has_damaged_plan(storage);
        let ring = || self.ring()?.latest();
        let (document, notice) = match copies.document {
            Some(document) if is_in_place => (Some(document), None),
            Some(document) => {
                let what = if path.exists() { "damaged" } else { "missing" };
                let notice = Notice {
                    id: format!("{what}-{}", document.generation),
                    text: format!(
                        "The plan file {} was {what}. Your plan was opened from the newest copy \
                         that is whole, which may be from before the last change.",
                        path.display()
                    ),
                };
                (Some(document), Some(notice))
            }
            None => match ring() {
                Some(earlier) => {
                    let notice = Notice {
                        id: format!("restored-{}", earlier.generation),
                        text: format!(
                            "No whole copy of the plan was left. It was restored as it was on {}, \
                             before “{}”.",
                            earlier.time(),
                            earlier.change
                        ),
                    };
                    (Some(earlier.into_document()), Some(notice))
                }
                None if is_lost => (None, Some(no_copy())),
                None => (None, None),
            },
        };
        Ok(Some(State {
            document,
            notice,
            is_in_place,
        }))
    }

    /// Renames damaged copies and puts the newest plan in its place. A notice is stored first, to
    /// be told until it is dismissed. Returns notices that couldn't be stored.
    pub(super) fn recovered(&self, now: DateTime<Utc>) -> Result<Vec<String>, InputError> {
        let (Place::App(storage), Some(state)) = (&self.place, self.state()?) else {
            return Ok(Vec::new());
        };
        let notice = state.notice.filter(|notice| {
            // A full disk must not keep the plan from being opened.
            notices::add(storage, notice.clone()).is_err()
        });
        let recovered = storage.find_named::<Document>(PLAN, now);
        recovered.map_err(|error| unread(&self.path(), &error))?;
        if let Some(document) = state.document.filter(|_| !state.is_in_place) {
            self.save(document, now)?;
        }
        Ok(notice.map(|notice| notice.text).into_iter().collect())
    }
}
