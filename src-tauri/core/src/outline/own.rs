//! The marks of Waymark's own texts: an id at the end of a line, and facts in parentheses. They
//! keep what an outline of another kind can't say: kinds, prerequisites, steps, and which item is
//! which.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Outline, OutlineFinding, OutlineNeed, OutlinePhase};
use crate::roadmap::{ItemKind, is_id};

/// Prerequisites that an item can have.
const MOST_NEEDS: usize = 100;

/// Searches for a circle that may look at all points. A bound, so that reading stays linear.
const SEARCHES: usize = 50;

/// The marks of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OwnMarks {
    pub id: Option<String>,
    pub kind: Option<ItemKind>,
    pub minutes: Option<u32>,
    pub optional: bool,
}

/// A line without its marks.
pub(super) struct OwnLine {
    pub text: String,
    pub marks: OwnMarks,
}

/// Takes the marks off a line; `None` if it has no id.
pub(super) fn take(line: &str) -> Option<OwnLine> {
    let (text, id) = line.rsplit_once(" ^")?;
    if !is_id(id) {
        return None;
    }
    let mut marks = OwnMarks {
        id: Some(id.to_owned()),
        ..OwnMarks::default()
    };
    let text = text.trim_end();
    let facts = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    let text = match facts {
        Some((title, facts))
            if !title.trim().is_empty()
                && facts
                    .split(',')
                    .all(|fact| take_fact(fact.trim(), &mut marks)) =>
        {
            title.trim_end()
        }
        _ => text,
    };
    Some(OwnLine {
        text: text.to_owned(),
        marks,
    })
}

fn take_fact(fact: &str, marks: &mut OwnMarks) -> bool {
    if fact == "optional" {
        marks.optional = true;
    } else if let Some(kind) = ItemKind::ALL.iter().find(|kind| kind.name() == fact) {
        marks.kind = Some(*kind);
    } else if let Some(minutes) = minutes(fact) {
        marks.minutes = Some(minutes);
    } else {
        return false;
    }
    true
}

/// "30 h", "90 min" or "1 h 30 min".
pub(super) fn minutes(fact: &str) -> Option<u32> {
    let (hours, rest) = match fact.split_once('h') {
        Some((hours, rest)) => (hours.trim().parse::<u32>().ok()?, rest.trim()),
        None => (0, fact),
    };
    let minutes = match rest.strip_suffix("min") {
        Some(minutes) => minutes.trim().parse::<u32>().ok()?,
        None if rest.is_empty() => 0,
        None => return None,
    };
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (all <= 600_000).then_some(all)
}

/// The text of a line behind a `>`, as it was typed.
pub(super) fn quoted(line: &str) -> Option<String> {
    let text = line.trim_start().strip_prefix('>')?;
    Some(text.strip_prefix(' ').unwrap_or(text).to_owned())
}

/// A prerequisite as a text names it, until it is known which part it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedNeed {
    /// Line of the input.
    pub line: usize,
    /// An id or a title.
    pub typed: String,
}

/// Prerequisites between commas.
pub(super) fn typed_needs(text: &str, line: usize) -> Vec<TypedNeed> {
    if text == "(nothing)" {
        return Vec::new();
    }
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let need = |part: &str| TypedNeed {
        line,
        typed: part.to_owned(),
    };
    parts.take(MOST_NEEDS).map(need).collect()
}

/// The names of the parts, and what comes before what.
struct OwnParts {
    by_name: HashMap<String, OutlineNeed>,
    /// The number of the first item of each phase.
    first: Vec<usize>,
    items: usize,
    /// For each point, those right after it.
    after: Vec<Vec<usize>>,
    /// Whether a prerequisite so far is a part further down.
    goes_down: bool,
    /// Points that the search for circles may still look at.
    budget: usize,
}

/// Finds the parts that prerequisites name. Ids that are there twice, prerequisites that aren't in
/// the text, and those that would be a circle are left out, each with a sentence at its line.
/// Returns the number of points that it looked at.
pub(super) fn settle(outline: &mut Outline, numbers: &[usize]) -> u64 {
    let has_marks = |phase: &OutlinePhase| {
        phase.id.is_some() || phase.items.iter().any(|item| item.id.is_some())
    };
    if !outline.phases.iter().any(has_marks) {
        return 0;
    }
    let mut findings = Vec::new();
    drop_second_ids(outline, numbers, &mut findings);
    let mut parts = OwnParts::new(outline);
    let budget = parts.budget;
    for at in 0..outline.phases.len() {
        let typed = outline.phases[at].typed_after.take();
        if let Some(typed) = typed {
            let own = OutlineNeed::Phase(at);
            let needs = parts.needs(own, &typed, &mut findings);
            outline.phases[at].requires = Some(needs);
        }
        for item in 0..outline.phases[at].items.len() {
            let typed = std::mem::take(&mut outline.phases[at].items[item].typed_after);
            let own = OutlineNeed::Item { phase: at, item };
            let needs = parts.needs(own, &typed, &mut findings);
            outline.phases[at].items[item].requires = needs;
        }
    }
    outline.findings.append(&mut findings);
    outline.findings.sort_by_key(|finding| finding.line);
    (budget - parts.budget) as u64
}

fn drop_second_ids(outline: &mut Outline, numbers: &[usize], findings: &mut Vec<OutlineFinding>) {
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut check = |id: &mut Option<String>, at: usize| {
        let line = numbers.get(at).copied().unwrap_or_default();
        let Some(known) = id.as_ref() else { return };
        if let Some(first) = lines.get(known) {
            let sentence =
                format!("The id {known} is in line {first} too. This line is read as a new part");
            findings.push(OutlineFinding { line, sentence });
            *id = None;
        } else {
            lines.insert(known.clone(), line);
        }
    };
    for phase in &mut outline.phases {
        if let Some(at) = phase.line {
            check(&mut phase.id, at);
        }
        for item in &mut phase.items {
            check(&mut item.id, item.line);
        }
    }
}

impl OwnParts {
    fn new(outline: &Outline) -> Self {
        let mut by_name = HashMap::new();
        let mut by_title: Vec<(String, OutlineNeed)> = Vec::new();
        let mut first = Vec::new();
        let mut items = 0;
        for (at, phase) in outline.phases.iter().enumerate() {
            let need = OutlineNeed::Phase(at);
            by_title.push((phase.title.to_lowercase(), need));
            by_name.extend(phase.id.clone().map(|id| (id, need)));
            first.push(items);
            items += phase.items.len();
            for (number, item) in phase.items.iter().enumerate() {
                let need = OutlineNeed::Item {
                    phase: at,
                    item: number,
                };
                by_title.push((item.title.to_lowercase(), need));
                by_name.extend(item.id.clone().map(|id| (id, need)));
            }
        }
        for (title, need) in by_title {
            by_name.entry(title).or_insert(need);
        }
        let mut parts = Self {
            by_name,
            first,
            items,
            after: vec![Vec::new(); items + 2 * outline.phases.len()],
            goes_down: false,
            budget: SEARCHES * (items + 2 * outline.phases.len()),
        };
        for (at, phase) in outline.phases.iter().enumerate() {
            let (start, end) = (parts.start(at), parts.end(at));
            parts.after[start].push(end);
            for item in 0..phase.items.len() {
                let item = parts.first[at] + item;
                parts.after[start].push(item);
                parts.after[item].push(end);
            }
            if let Some(before) = at.checked_sub(1).filter(|_| phase.typed_after.is_none()) {
                let before = parts.end(before);
                parts.after[before].push(start);
            }
        }
        parts
    }

    fn start(&self, phase: usize) -> usize {
        self.items + 2 * phase
    }

    fn end(&self, phase: usize) -> usize {
        self.items + 2 * phase + 1
    }

    /// The point at which a part is over, or begins.
    fn point(&self, need: OutlineNeed, is_over: bool) -> usize {
        match need {
            OutlineNeed::Item { phase, item } => self.first[phase] + item,
            OutlineNeed::Phase(phase) if is_over => self.end(phase),
            OutlineNeed::Phase(phase) => self.start(phase),
        }
    }

    fn needs(
        &mut self,
        own: OutlineNeed,
        typed: &[TypedNeed],
        findings: &mut Vec<OutlineFinding>,
    ) -> Vec<OutlineNeed> {
        let mut found = Vec::new();
        for need in typed {
            let known = self.by_name.get(&need.typed);
            let known = known
                .or_else(|| self.by_name.get(&need.typed.to_lowercase()))
                .copied();
            let fault = match known {
                None => "it isn't in this text",
                Some(known) => {
                    let (from, to) = (self.point(known, true), self.point(own, false));
                    self.goes_down |= known.end_place() >= own.start_place();
                    // The order of the text has no circle, and a part above adds none.
                    if !self.goes_down || self.leads(to, from) == Some(false) {
                        self.after[from].push(to);
                        found.push(known);
                        continue;
                    }
                    "it would be a circle"
                }
            };
            let name: String = need.typed.chars().take(80).collect();
            let sentence = format!("The prerequisite “{name}” is left out, because {fault}");
            findings.push(OutlineFinding {
                line: need.line,
                sentence,
            });
        }
        found
    }

    /// Whether one point comes before another; `None` if the text has too many to find out.
    fn leads(&mut self, from: usize, to: usize) -> Option<bool> {
        let mut seen = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(point) = open.pop() {
            if point == to {
                return Some(true);
            }
            self.budget = self.budget.checked_sub(1)?;
            let next = self.after.get(point).into_iter().flatten();
            open.extend(next.copied().filter(|next| seen.insert(*next)));
        }
        Some(false)
    }
}

impl OutlineNeed {
    /// The place in the text at which a part is over: a phase after its items.
    fn end_place(self) -> (usize, usize) {
        match self {
            Self::Phase(phase) => (phase, usize::MAX),
            Self::Item { phase, item } => (phase, item.saturating_add(1)),
        }
    }

    /// The place in the text at which a part begins.
    fn start_place(self) -> (usize, usize) {
        match self {
            Self::Phase(phase) => (phase, 0),
            Self::Item { phase, item } => (phase, item.saturating_add(1)),
        }
    }
}
