//! Another roadmap in the place of the plan's own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::InputError;
use crate::outline::{self, LineMeaning, Meaning, Outline, TOPIC_HOURS};
use crate::plan::entries::reject;
use crate::plan::{PriorKnowledge, typed};

/// Uses an outline as the plan's roadmap. Items with the same id keep what was decided about them,
/// and the log stays whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct UseOutline {
    /// The text: of any format that outlines can have.
    pub text: String,
    /// The meanings that the learner gave to lines.
    pub corrected: Vec<LineMeaning>,
    /// Hours of each topic without a stated time, as typed; empty for the guess.
    pub hours: String,
    /// Whether ticked items are known already.
    pub known: bool,
}

impl UseOutline {
    /// The outline as it is understood.
    ///
    /// # Errors
    /// If the text is empty, too long, or no text.
    pub fn outline(&self) -> Result<Outline, InputError> {
        let corrected = self.corrected.iter();
        let corrected: BTreeMap<usize, Meaning> =
            corrected.map(|line| (line.line, line.meaning)).collect();
        outline::read_corrected(self.text.as_bytes(), &corrected)
    }

    /// Hours of each topic without a stated time.
    ///
    /// # Errors
    /// If they aren't an effort above 0.
    pub fn topic_hours(&self) -> Result<f64, InputError> {
        if self.hours.trim().is_empty() {
            return Ok(TOPIC_HOURS);
        }
        let minutes = typed::effort("hours of an item", &self.hours, 600)?;
        if minutes == 0 {
            let expected = "enter an effort such as 4h or 90m";
            return Err(reject("hours of an item", &self.hours, expected));
        }
        Ok(f64::from(minutes) / 60.0)
    }
}

impl Edit for UseOutline {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        let outline = self.outline()?;
        if outline.item_count() == 0 {
            let expected = "mark at least one line as an item";
            return Err(reject("outline", "", expected));
        }
        let roadmap = outline.roadmap_with(self.topic_hours()?)?;
        let ticked = outline.phases.iter().zip(&roadmap.phases);
        let ticked = ticked.flat_map(|(read, phase)| {
            let items = roadmap.items.get(phase.items.clone()).unwrap_or_default();
            read.items.iter().zip(items).filter(|(read, _)| read.ticked)
        });
        let ticked: Vec<String> = ticked.map(|(_, item)| item.id.clone()).collect();
        plan.follow(roadmap);
        if self.known {
            for id in ticked {
                plan.prior_knowledge.insert(id, PriorKnowledge::Whole);
            }
        }
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Roadmap “{}”", plans.after.roadmap().file.title)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::Document;
    use crate::plan::{Change, Plan};
    use crate::view::outline_view;

    const TEXT: &str = "# Baking\n\n## Phase 1: Bread (weeks 1-2)\n- Flour\n- [x] Yeast\n- Sourdough (6h)\n\n## Phase 2: Cake\n- Sponge\n- Icing\n\nSubscribe to my newsletter\n";

    fn paste(more: UseOutline) -> UseOutline {
        UseOutline {
            text: TEXT.into(),
            ..more
        }
    }

    #[test]
    fn an_outline_becomes_the_roadmap_in_one_step() {
        let plan = crate::samples::embedded();
        let use_it = paste(UseOutline {
            known: true,
            hours: "90m".into(),
            ..UseOutline::default()
        });
        let document = Document::new(plan.clone());
        let change = Change::UseOutline(use_it);
        let used = document.changed(&[change], plan.created()).unwrap();
        let roadmap = used.plan.roadmap();
        assert_eq!(roadmap.file.title, "Baking");
        assert_eq!(used.undo.last().unwrap().name, "Roadmap “Baking”");
        let left = |title: &str| {
            let at = roadmap.items.iter().position(|item| item.title == title);
            used.plan.left()[at.unwrap()]
        };
        assert_eq!((left("Yeast"), left("Sponge")), (0, 90));
        assert!(left("Flour") > 0);
        assert_eq!(Plan::from_file(used.plan.to_file()).unwrap(), used.plan);
        assert_eq!(used.undone().unwrap().unwrap().plan, plan);
    }

    #[test]
    fn a_corrected_line_changes_the_roadmap_and_the_summary() {
        let view = outline_view(&paste(UseOutline::default())).unwrap();
        let at = |text: &str| {
            let found = view.lines.iter().position(|line| line.text.contains(text));
            found.unwrap()
        };
        let items = |view: &crate::view::OutlineView| -> Vec<usize> {
            view.phases.iter().map(|phase| phase.items.len()).collect()
        };
        assert_eq!((items(&view), view.ticked), (vec![3, 2], 1));
        let corrected = paste(UseOutline {
            corrected: vec![
                LineMeaning {
                    line: at("Icing"),
                    meaning: Meaning::LeftOut,
                },
                LineMeaning {
                    line: at("Sourdough"),
                    meaning: Meaning::Phase,
                },
            ],
            ..UseOutline::default()
        });
        let corrected = outline_view(&corrected).unwrap();
        assert_eq!(items(&corrected), [2, 0, 1]);
        assert_ne!(corrected.summary, view.summary);
        assert_eq!(corrected.obstacle, None);
    }

    #[test]
    fn a_paste_that_cannot_be_used_says_why() {
        let said = |paste: UseOutline| match outline_view(&paste) {
            Ok(view) => view.obstacle.unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        assert_eq!(
            said(UseOutline::default()),
            "The outline is empty. Paste or choose a text with at least one line."
        );
        let long = paste(UseOutline {
            hours: "soon".into(),
            ..UseOutline::default()
        });
        assert_eq!(
            said(long),
            "Hours of an item: “soon” can't be used. Enter hours, minutes or weeks, such as 12h, 90m, 1.5 h or 2 weeks."
        );
    }
}
