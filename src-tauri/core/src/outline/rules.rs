//! The rules that give each line its meaning: one table, tried from the top.

use super::Meaning;
use super::facts::{self, OutlineFacts};
use super::line::{LineShape, ReadLine};
use super::state::{ReadingState, RuleEffect, SectionKind};
use super::table;
use super::text;
use super::words::{self, Announced};

/// A line, and everything that its rules may look at.
pub(super) struct LineView<'a> {
    pub at: usize,
    pub line: &'a ReadLine,
    pub facts: &'a OutlineFacts,
    pub state: &'a ReadingState,
}

/// A rule: its name, its condition, and the meaning and effect of lines that meet it.
pub(super) struct LineRule {
    pub name: &'static str,
    pub applies: fn(&LineView) -> bool,
    pub meaning: Meaning,
    pub effect: RuleEffect,
}

const fn rule(
    name: &'static str,
    meaning: Meaning,
    effect: RuleEffect,
    applies: fn(&LineView) -> bool,
) -> LineRule {
    LineRule {
        name,
        applies,
        meaning,
        effect,
    }
}

/// The rules. The first that applies decides.
pub(super) const RULES: [LineRule; 32] = {
    use Meaning as M;
    use RuleEffect as E;
    [
        rule("blank", M::Layout, E::Nothing, |v| {
            v.line.shape == LineShape::Blank
        }),
        rule("layout", M::Layout, E::Nothing, |v| {
            matches!(v.line.shape, LineShape::Layout | LineShape::Fence)
        }),
        rule("code", M::LeftOut, E::Nothing, |v| v.facts.is_code[v.at]),
        rule("drawing", M::LeftOut, E::Nothing, |v| {
            v.line.shape == LineShape::Drawing
        }),
        rule("detail", M::Note, E::Nothing, |v| v.is_own_detail()),
        rule("no-words", M::LeftOut, E::Nothing, |v| {
            !v.line.text().contains(char::is_alphanumeric)
        }),
        rule("phase", M::Phase, E::OpensPhase, |v| v.facts.opens[v.at]),
        rule("title", M::Title, E::Nothing, |v| v.is_title()),
        rule("page-trimming", M::LeftOut, E::LeavesOut, |v| {
            is_trimming(v.line.text())
        }),
        rule("page-section", M::LeftOut, E::LeavesOut, |v| {
            v.ends_plan() && words::is_page_section(v.line.text())
        }),
        rule("reference", M::Reference, E::OpensReference, |v| {
            v.is_reference()
        }),
        rule("late-phase", M::Phase, E::OpensPhase, |v| v.is_late_phase()),
        rule("divider", M::Group, E::Nothing, |v| {
            v.ends_plan()
                && !v.is_after()
                && !v.facts.leads[v.at]
                && v.facts.first_opener.is_some_and(|first| v.at > first)
        }),
        rule("beside-the-plan", M::LeftOut, E::LeavesOut, |v| {
            v.ends_plan() && v.facts.first_opener.is_some()
        }),
        rule("in-reference", M::Reference, E::Nothing, |v| {
            matches!(v.state.section, SectionKind::Reference { .. })
        }),
        rule("in-left-out", M::LeftOut, E::Nothing, |v| {
            matches!(v.state.section, SectionKind::LeftOut { .. })
        }),
        rule("summary", M::Note, E::Nothing, |v| {
            v.is_before()
                && !v.state.has_summary
                && v.line.shape == LineShape::Text
                && v.line.is_prose()
        }),
        rule("before-the-plan", M::LeftOut, E::Nothing, |v| v.is_before()),
        rule("template", M::LeftOut, E::Nothing, |v| is_template(v.line)),
        rule("column-names", M::Layout, E::Nothing, |v| {
            v.table().is_some_and(|t| t.is_header)
        }),
        rule("idle-row", M::LeftOut, E::Nothing, |v| {
            v.table().is_some_and(|t| table::is_idle(v.line, t))
        }),
        rule("row", M::Item, E::OpensItem, |v| v.table().is_some()),
        rule("outcome", M::Outcome, E::Announces, |v| {
            v.announces(Announced::Outcome)
        }),
        rule("resources", M::Note, E::Announces, |v| {
            v.announces(Announced::Resources)
        }),
        rule("remark", M::Note, E::Announces, |v| {
            v.announces(Announced::Remark) || v.announces(Announced::Duration)
        }),
        rule("in-outcome", M::Outcome, E::Nothing, |v| {
            v.state.mode == Some(Announced::Outcome) && v.is_entry()
        }),
        rule("in-resources", M::Link, E::Nothing, |v| {
            v.state.mode == Some(Announced::Resources) && !v.facts.links_are_items && v.is_entry()
        }),
        rule("in-remark", M::Note, E::Nothing, |v| {
            v.state.mode.is_some() && !v.facts.links_are_items && v.is_entry()
        }),
        rule("group", M::Group, E::OpensGroup, |v| v.is_group()),
        rule("below-an-item", M::Note, E::Nothing, |v| v.is_below_item()),
        rule("item", M::Item, E::OpensItem, |v| v.is_item()),
        rule("note", M::Note, E::Nothing, |_| true),
    ]
};

impl LineView<'_> {
    fn strength(&self) -> Option<u8> {
        self.line.strength()
    }

    fn table(&self) -> Option<&table::TableAt> {
        self.facts.tables[self.at].as_ref()
    }

    /// Before the first phase, in an outline that has phases.
    fn is_before(&self) -> bool {
        self.state.section == SectionKind::Before && self.facts.first_opener.is_some()
    }

    fn is_after(&self) -> bool {
        self.at > self.facts.last_opener && self.facts.first_opener.is_some()
    }

    fn is_title(&self) -> bool {
        let is_first = !self.state.has_title && self.state.section == SectionKind::Before;
        let is_titled = matches!(self.strength(), Some(1..=7))
            || self.facts.first_opener.is_some()
                && matches!(self.line.shape, LineShape::Text | LineShape::Bullet);
        is_first && is_titled && self.table().is_none()
    }

    /// A heading as strong as the phases'. In plain text, only a heading of Markdown.
    fn ends_plan(&self) -> bool {
        let Some(strength) = self.strength() else {
            return false;
        };
        match self.facts.phase_indent {
            Some(_) => strength <= 6,
            None if self.facts.phase_strength == 8 => strength <= 6,
            None => strength <= self.facts.phase_strength,
        }
    }

    fn is_reference(&self) -> bool {
        let is_in_reach = self
            .strength()
            .is_some_and(|strength| strength <= self.facts.phase_strength);
        let is_past = self.state.section != SectionKind::Before;
        is_in_reach
            && is_past
            && self.facts.is_numbered
            && words::reference(self.line.text()).is_some()
    }

    fn is_late_phase(&self) -> bool {
        let is_sibling_branch = self.facts.phase_indent == Some(self.line.indent)
            && self.facts.has_below[self.at]
            && self.state.section == SectionKind::Plan
            && (self.line.is_tree || self.strength().is_some());
        let leads = self.facts.leads[self.at]
            && self.facts.is_numbered
            && self.strength() == Some(self.facts.phase_strength);
        let is_between = leads && !self.is_after() && self.state.section != SectionKind::Before;
        let is_late = leads && self.is_after() && words::is_late_work(self.line.text());
        is_sibling_branch || self.ends_plan() && (is_between || is_late)
    }

    fn is_entry(&self) -> bool {
        self.line.is_list() || self.line.shape == LineShape::Text && self.strength().is_none()
    }

    fn announces(&self, wanted: Announced) -> bool {
        let is_box = matches!(self.line.shape, LineShape::Box(_));
        let name = match (&self.line.label, self.strength(), self.line.shape) {
            (Some((label, _)), _, _) if !is_box => label.as_str(),
            (None, Some(_), _) => self.line.text(),
            (None, None, LineShape::Bullet) if self.facts.has_below[self.at] => self.line.text(),
            _ => return false,
        };
        let is_announced = words::announced(name) == Some(wanted);
        // "Key concepts:" before a list is a group; with its words behind it a remark.
        let has_value = self
            .line
            .label
            .as_ref()
            .is_some_and(|(_, value)| !value.is_empty());
        if wanted == Announced::Remark && !has_value && words::is_about_work(name) {
            return false;
        }
        // "Books" as a heading without other work is the work.
        is_announced && !(self.facts.links_are_items && wanted == Announced::Resources)
    }

    fn is_group(&self) -> bool {
        if self.line.is_list() && self.line.marks.id.is_some() {
            return false;
        }
        if self.strength().is_some() {
            return true;
        }
        if self.line.shape == LineShape::Text {
            return self
                .line
                .ordinal
                .as_ref()
                .is_some_and(|o| o.rest.is_empty());
        }
        let label_ends = self
            .line
            .label
            .as_ref()
            .is_some_and(|(_, value)| value.is_empty());
        let is_box = matches!(self.line.shape, LineShape::Box(_));
        let is_open = self.line.is_tree
            || label_ends
            || self.facts.nested_groups
            || self.line.ordinal.is_some();
        self.line.shape == LineShape::Bullet && self.facts.has_below[self.at] && !is_box && is_open
    }

    fn is_below_item(&self) -> bool {
        let is_box = matches!(self.line.shape, LineShape::Box(_));
        !is_box
            && self
                .state
                .item_indent
                .is_some_and(|indent| self.line.indent > indent)
            && self.line.is_list()
    }

    /// A line below an item of a text of ours, such as "Done when: …".
    fn is_own_detail(&self) -> bool {
        let is_deeper = |indent: usize| self.line.indent > indent;
        self.state.item_is_own
            && self.line.marks.id.is_none()
            && (self.line.is_list() || self.line.shape == LineShape::Quote)
            && self.state.item_indent.is_some_and(is_deeper)
    }

    fn is_item(&self) -> bool {
        match self.line.shape {
            LineShape::Box(_) => true,
            LineShape::Bullet => !self.facts.boxes_only,
            LineShape::Text => {
                let facts = self.facts;
                let is_link =
                    self.line.plain.links.len() == 1
                        && self.line.plain.links.iter().all(|link| {
                            link.title == self.line.text() || self.line.text().is_empty()
                        });
                let is_labelled = self
                    .line
                    .label
                    .as_ref()
                    .is_some_and(|(_, value)| !value.is_empty());
                if facts.by_commas {
                    return facts::is_comma_list(self.line);
                }
                let is_plain = facts.plain_items && (!self.line.is_prose() || is_labelled);
                !facts.boxes_only && (is_plain || is_link && facts.links_are_items)
            }
            _ => false,
        }
    }
}

/// Words around a post that are no part of it.
fn is_trimming(text: &str) -> bool {
    matches!(
        text::bare(text).as_str(),
        "comments"
            | "post a comment"
            | "leave a comment"
            | "leave a reply"
            | "related posts"
            | "no comments"
            | "share this post"
            | "you may also like"
            | "popular posts"
            | "recent posts"
    )
}

/// A line of a form, such as "Status: [Status]".
fn is_template(line: &ReadLine) -> bool {
    let Some((label, value)) = &line.label else {
        let text = line.text();
        return text.starts_with('[') && text.ends_with(']');
    };
    let is_empty_form = value.starts_with('[') && value.ends_with(']')
        || value.chars().all(|c| "_-. ".contains(c)) && !value.is_empty();
    is_empty_form || words::announced(label) == Some(Announced::Template) && !line.is_list()
}
