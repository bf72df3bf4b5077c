//! Facts about a whole outline that the rules of its lines need: its phases' openers above all.

use std::collections::BTreeMap;

use super::counted::CountedLines;
use super::line::{LineShape, ReadLine};
use super::table::{self, TableAt};
use super::words::{self, Announced};

/// Facts by line, and of the whole.
#[derive(Debug, Default)]
pub(super) struct OutlineFacts {
    /// Lines that open a phase.
    pub opens: Vec<bool>,
    pub is_code: Vec<bool>,
    /// List entries with entries below them.
    pub has_below: Vec<bool>,
    /// Headings with a list, a table or entries directly below them.
    pub leads: Vec<bool>,
    pub tables: Vec<Option<TableAt>>,
    pub first_opener: Option<usize>,
    pub last_opener: usize,
    pub phase_strength: u8,
    /// The indentation of phases that are list entries.
    pub phase_indent: Option<usize>,
    pub is_numbered: bool,
    pub boxes_only: bool,
    /// Entries are lines without bullets.
    pub plain_items: bool,
    /// Entries are lists with commas under headings.
    pub by_commas: bool,
    /// Entries with entries below them are groups, not items with notes.
    pub nested_groups: bool,
    /// Lines with links are work, because there is no other.
    pub links_are_items: bool,
    /// The headings that could be the phases instead.
    pub other_reading: Option<OtherReading>,
}

/// Two levels of headings, either of which could be the phases.
#[derive(Debug)]
pub(super) struct OtherReading {
    /// The level above, which is used.
    pub above: Vec<usize>,
    pub below: Vec<usize>,
}

/// Boxes from which on only boxes are items.
const MANY_BOXES: usize = 8;
/// Phases from which on the level above is tried.
const MANY_PHASES: usize = 15;

/// The place of a line in the order of parts: 1–6 headings, 7 bold, 8 text, 9 and more lists.
fn level(line: &ReadLine) -> usize {
    match (line.strength(), line.shape) {
        (Some(strength), _) => usize::from(strength),
        (None, LineShape::Text) => 8,
        _ => 9 + line.indent,
    }
}

pub(super) fn find(lines: &CountedLines) -> OutlineFacts {
    let mut facts = OutlineFacts {
        opens: vec![false; lines.len()],
        is_code: code(lines),
        has_below: below(lines),
        leads: vec![false; lines.len()],
        phase_strength: 8,
        ..OutlineFacts::default()
    };
    let content = |shape: fn(&ReadLine) -> bool, facts: &OutlineFacts| {
        lines
            .iter()
            .zip(&facts.is_code)
            .filter(|(line, code)| !**code && shape(line))
            .count()
    };
    let listed = content(|l| l.is_list() || l.shape == LineShape::Row, &facts);
    let texts = content(
        |l| l.shape == LineShape::Text && l.strength().is_none(),
        &facts,
    );
    facts.plain_items = listed * 4 < texts;
    let is_ours = lines.iter().any(|line| line.marks.id.is_some());
    facts.boxes_only =
        !is_ours && content(|l| matches!(l.shape, LineShape::Box(_)), &facts) >= MANY_BOXES;
    let commas = lines
        .pairs()
        .filter(|(head, next)| head.strength().is_some() && is_comma_list(next));
    facts.by_commas = facts.plain_items && commas.count() >= 2;
    facts.tables = table::find(lines);
    leads(lines, &mut facts);
    let skipped = skipped(lines, &facts);
    if !by_ids(lines, &mut facts)
        && !by_ordinals(lines, &skipped, &mut facts)
        && !by_headings(lines, &skipped, &mut facts)
    {
        by_lists(lines, &mut facts);
    }
    facts.first_opener = facts.opens.iter().position(|&opens| opens);
    facts.last_opener = facts.opens.iter().rposition(|&opens| opens).unwrap_or(0);
    let phases = facts.opens.iter().filter(|&&opens| opens).count().max(1);
    let tops = (0..lines.len()).filter(|&at| {
        let line = &lines[at];
        line.is_list()
            && line.indent < 2
            && at >= facts.first_opener.unwrap_or(0)
            && !facts.opens[at]
    });
    facts.nested_groups = facts.phase_indent.is_none() && tops.count() < phases * 3;
    facts
}

/// Short pieces between commas.
pub(super) fn is_comma_list(line: &ReadLine) -> bool {
    line.shape == LineShape::Text
        && line.text().split([',', ';']).count() >= 3
        && line
            .text()
            .split([',', ';'])
            .all(|piece| piece.split_whitespace().count() <= 5)
}

/// Lines of code blocks. A block with a tree, or with most of the outline, is no code.
fn code(lines: &CountedLines) -> Vec<bool> {
    let mut is_code = vec![false; lines.len()];
    let filled = lines
        .iter()
        .filter(|line| line.shape != LineShape::Blank)
        .count();
    let mut open: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        if line.shape != LineShape::Fence {
            continue;
        }
        if let Some(from) = open.take() {
            let inside = lines.range(from + 1..at);
            let has_tree = inside
                .iter()
                .any(|line| line.is_tree && line.shape == LineShape::Bullet);
            if !has_tree && inside.len() * 2 <= filled {
                is_code
                    .iter_mut()
                    .take(at)
                    .skip(from + 1)
                    .for_each(|code| *code = true);
            }
        } else {
            open = Some(at);
        }
    }
    is_code
}

/// List entries, and lines before a tree, with deeper entries next.
fn below(lines: &CountedLines) -> Vec<bool> {
    let mut has_below = vec![false; lines.len()];
    let mut next: Option<&ReadLine> = None;
    for (at, line) in lines.iter().enumerate().rev() {
        match line.shape {
            LineShape::Blank | LineShape::Layout => continue,
            LineShape::Bullet | LineShape::Box(_) | LineShape::Text => {
                let is_below = |n: &ReadLine| {
                    n.is_list() && (n.indent > line.indent || n.is_tree && !line.is_tree)
                };
                has_below[at] = next.is_some_and(is_below);
            }
            _ => {}
        }
        next = Some(line);
    }
    has_below
}

fn leads(lines: &CountedLines, facts: &mut OutlineFacts) {
    let mut head: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        if facts.is_code[at] {
            continue;
        }
        if line.strength().is_some() {
            head = Some(at);
            continue;
        }
        let is_entry = line.is_list()
            || line.shape == LineShape::Row
            || facts.plain_items
                && line.shape == LineShape::Text
                && (!line.is_prose() || is_comma_list(line));
        if let Some(head) = head.filter(|_| is_entry) {
            facts.leads[head] = true;
        }
    }
}

/// Lines in sections of the page that are no part of the plan.
fn skipped(lines: &CountedLines, facts: &OutlineFacts) -> Vec<bool> {
    let mut open: Option<u8> = None;
    let mut out = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let strength = line.strength().filter(|_| !facts.is_code[at]);
        if let Some(strength) = strength.filter(|&s| open.is_none_or(|open| s <= open)) {
            let is_skipped = words::is_page_section(line.text()) && line.ordinal.is_none();
            open = is_skipped.then_some(strength);
        }
        out.push(open.is_some() || facts.is_code[at]);
    }
    out
}

fn set(facts: &mut OutlineFacts, openers: impl Iterator<Item = usize>) {
    for at in openers {
        facts.opens[at] = true;
    }
}

/// Headings with ids, as a text of ours has them.
fn by_ids(lines: &CountedLines, facts: &mut OutlineFacts) -> bool {
    let is_phase = |at: &usize| {
        lines[*at].marks.id.is_some() && matches!(lines[*at].shape, LineShape::Heading(_))
    };
    let openers: Vec<usize> = (0..lines.len()).filter(is_phase).collect();
    let Some(&first) = openers.first() else {
        return false;
    };
    facts.is_numbered = true;
    facts.phase_strength = lines[first].strength().unwrap_or(2);
    set(facts, openers.into_iter());
    true
}

/// Numbered phases: of the outermost words met twice.
fn by_ordinals(lines: &CountedLines, skipped: &[bool], facts: &mut OutlineFacts) -> bool {
    let mut groups: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(ordinal) = line.ordinal.as_ref().filter(|_| !skipped[at]) else {
            continue;
        };
        let is_opener = match line.shape {
            LineShape::Heading(_) | LineShape::Bold => true,
            LineShape::Text => line.text().chars().count() <= 120 && !line.text().ends_with('.'),
            LineShape::Bullet => facts.has_below[at],
            _ => false,
        };
        if is_opener && words::announced(&ordinal.rest).is_none() {
            groups
                .entry((level(line), ordinal.rank))
                .or_default()
                .push(at);
        }
    }
    let distinct = |openers: &Vec<usize>| {
        let mut names: Vec<&str> = openers
            .iter()
            .filter_map(|&at| lines[at].ordinal.as_ref().map(|o| o.name.as_str()))
            .collect();
        names.sort_unstable();
        names.dedup();
        names.len() >= 2
    };
    // Text and faint headings are the same level.
    let Some(((level, _), openers)) = groups.into_iter().find(|(_, openers)| distinct(openers))
    else {
        return false;
    };
    facts.is_numbered = true;
    facts.phase_strength = u8::try_from(level.min(8)).unwrap_or(8);
    let is_branch = |&at: &usize| lines[at].is_list() || facts.has_below[at];
    if openers.iter().all(is_branch) {
        facts.phase_indent = openers.first().map(|&at| lines[at].indent);
    }
    set(facts, openers.into_iter());
    true
}

/// Headings that hold lists.
fn by_headings(lines: &CountedLines, skipped: &[bool], facts: &mut OutlineFacts) -> bool {
    let firsts = lines
        .iter()
        .filter(|l| l.shape == LineShape::Heading(1))
        .count();
    let first_head = lines.iter().take(50).position(|l| l.strength().is_some());
    let mut by_strength: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(strength) = line.strength().filter(|_| facts.leads[at] && !skipped[at]) else {
            continue;
        };
        let is_title =
            at == first_head.unwrap_or(0) && (strength == 1 && firsts == 1 || strength == 8);
        let is_label = matches!(
            words::announced(line.text()),
            Some(
                Announced::Outcome | Announced::Template | Announced::Remark | Announced::Duration
            )
        ) || words::announced(line.text()) == Some(Announced::Resources)
            && strength > 6;
        if !(is_label || is_title && (facts.tables_hold(at) || firsts == 1 && has_more(lines, at)))
        {
            by_strength.entry(strength).or_default().push(at);
        }
    }
    let count = |range: std::ops::RangeInclusive<u8>| -> usize {
        by_strength.range(range).map(|(_, heads)| heads.len()).sum()
    };
    let strongest = if count(1..=6) >= 2 || count(1..=6) == 1 && count(7..=8) < 2 {
        1..=6
    } else if count(7..=7) >= 2 {
        7..=7
    } else if count(8..=8) >= 2 {
        8..=8
    } else {
        return false;
    };
    let in_range = by_strength.range(strongest.clone());
    let Some((&chosen, heads)) =
        in_range.max_by_key(|(strength, heads)| (heads.len(), u8::MAX - **strength))
    else {
        return false;
    };
    // One heading over a table with phases, or over a nested list, is the title.
    if count(strongest.clone()) == 1 {
        if facts.has_phase_column() {
            return false;
        }
        by_lists(lines, facts);
        if facts.phase_indent.is_some() {
            return true;
        }
    }
    if heads.len() > MANY_PHASES
        && let Some((strength, parents)) = parents(lines, heads, chosen, skipped)
    {
        facts.other_reading = Some(OtherReading {
            above: parents.clone(),
            below: heads.clone(),
        });
        facts.phase_strength = strength;
        set(facts, parents.into_iter());
        return true;
    }
    facts.phase_strength = chosen;
    let openers: Vec<usize> = by_strength
        .range(*strongest.start()..=chosen)
        .flat_map(|(_, h)| h.clone())
        .collect();
    set(facts, openers.into_iter());
    true
}

/// Whether a title is followed by other headings.
fn has_more(lines: &CountedLines, title: usize) -> bool {
    lines
        .iter()
        .skip(title + 1)
        .take(4000)
        .any(|line| line.strength().is_some_and(|s| s <= 7))
}

/// The headings above, if they divide the phases well.
fn parents(
    lines: &CountedLines,
    heads: &[usize],
    chosen: u8,
    skipped: &[bool],
) -> Option<(u8, Vec<usize>)> {
    let strength = (1..chosen).rev().find(|s| {
        let of_strength = lines
            .iter()
            .zip(skipped)
            .filter(|(l, skip)| !**skip && l.strength() == Some(*s));
        of_strength.count() >= 2
    })?;
    let all: Vec<usize> = (0..lines.len())
        .filter(|&at| lines[at].strength() == Some(strength) && !skipped[at])
        .collect();
    let holds = |pair: (usize, Option<&usize>)| {
        let end = pair.1.copied().unwrap_or(lines.len());
        let from = heads.partition_point(|&head| head < pair.0);
        heads.get(from).is_some_and(|&head| head < end)
    };
    let parents: Vec<usize> = (0..all.len())
        .filter(|&i| holds((all[i], all.get(i + 1))))
        .map(|i| all[i])
        .collect();
    ((3..=MANY_PHASES).contains(&parents.len()) && heads.len() >= parents.len() * 2)
        .then_some((strength, parents))
}

/// The outermost entries of a nested list.
fn by_lists(lines: &CountedLines, facts: &mut OutlineFacts) {
    if facts.has_phase_column() {
        return;
    }
    let mut indents: BTreeMap<usize, (Vec<usize>, usize)> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let is_root =
            line.shape == LineShape::Text && facts.has_below[at] && line.strength().is_none();
        if (line.is_list() || is_root) && !facts.is_code[at] {
            let entry = indents.entry(line.indent).or_default();
            entry.1 += 1;
            if facts.has_below[at] {
                entry.0.push(at);
            }
        }
    }
    // A single root is the title.
    let outer = indents
        .into_iter()
        .find(|(_, (parents, all))| parents.len() >= 2 || *all > 1);
    if let Some((indent, (parents, all))) = outer
        && parents.len() >= 2
        && parents.len() * 2 >= all
    {
        facts.phase_indent = Some(indent);
        facts.phase_strength = 8;
        set(facts, parents.into_iter());
    }
}

impl OutlineFacts {
    pub fn has_phase_column(&self) -> bool {
        self.tables
            .iter()
            .flatten()
            .any(|at| at.phase_column.is_some())
    }

    /// Whether the lines right below are a table.
    fn tables_hold(&self, head: usize) -> bool {
        self.tables
            .iter()
            .skip(head + 1)
            .take(4)
            .any(Option::is_some)
    }
}
