//! Texts of an item: when it is done, notes and links.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::InputError;
use crate::plan::entries::reject;
use crate::roadmap::Link;

/// Sets the sentence that says when an item is done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetDoneWhen {
    /// The item's id.
    pub item: String,
    /// The sentence; empty for none.
    pub value: String,
}

impl Edit for SetDoneWhen {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.edit_item(&self.item, |entry| {
            entry.done_when = self.value.split_whitespace().collect::<Vec<_>>().join(" ");
            Ok(())
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("“Done when” of {}", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// Sets the notes on an item: plain text with the links and emphasis of Markdown, kept as typed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetNotes {
    /// The item's id.
    pub item: String,
    /// The notes; empty for none.
    pub value: String,
}

impl Edit for SetNotes {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.edit_item(&self.item, |entry| {
            entry.notes.clone_from(&self.value);
            Ok(())
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Notes on {}", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// Sets the links of an item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetLinks {
    /// The item's id.
    pub item: String,
    /// One link a line, such as `Handbook: https://example.org`. The title can be left out.
    pub value: String,
}

impl Edit for SetLinks {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let lines = (1..).zip(self.value.lines());
        let lines = lines.filter(|(_, line)| !line.trim().is_empty());
        let links: Result<Vec<Link>, InputError> =
            lines.map(|(number, line)| link(number, line)).collect();
        let links = links?;
        draft.plan.edit_item(&self.item, |entry| {
            entry.links = links;
            Ok(())
        })
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Links of {}", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// A line as a link: `title: address`, `[title](address)` or the address alone.
fn link(number: usize, line: &str) -> Result<Link, InputError> {
    let line = line.trim();
    let marked = line.strip_prefix('[').and_then(|rest| {
        let (title, address) = rest.split_once("](")?;
        Some((title, address.strip_suffix(')')?))
    });
    let (title, address) = marked.unwrap_or_else(|| {
        let plain = line.rsplit_once(char::is_whitespace);
        plain.unwrap_or(("", line))
    });
    if !Link::can_open(address) {
        let field = format!("address in line {number}");
        let expected = "enter one that begins with https:// or mailto:";
        return Err(reject(&field, address, expected));
    }
    Ok(Link {
        title: title.trim().trim_end_matches(':').trim_end().to_owned(),
        address: address.to_owned(),
    })
}
