//! The words that headings and labels of outlines use.

mod sections;

use super::text::bare;
pub(super) use sections::is_page_section;

/// Content that a heading or label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Announced {
    Outcome,
    Resources,
    Template,
    Duration,
    Remark,
}

const OUTCOME: &[&str] = &[
    "outcome",
    "outcomes",
    "goal",
    "goals",
    "objective",
    "objectives",
    "success criteria",
    "deliverable",
    "deliverables",
    "learning outcomes",
    "learning objectives",
    "milestone",
    "milestones",
    "checkpoint",
    "result",
    "results",
    "done when",
    "you will be able to",
    "by the end",
    "exit criteria",
    "aim",
    "mục tiêu",
    "ziel",
    "ziele",
    "objetivo",
    "objetivos",
    "objectif",
    "objectifs",
    "lernziel",
    "lernziele",
    "definition of done",
    "expected outcome",
    "end goal",
    "outcome of this phase",
];
const RESOURCES: &[&str] = &[
    "resource",
    "resources",
    "reference",
    "references",
    "reading",
    "readings",
    "further reading",
    "book",
    "books",
    "course",
    "courses",
    "video",
    "videos",
    "link",
    "links",
    "materials",
    "docs",
    "documentation",
    "tutorial",
    "tutorials",
    "practice platform",
    "youtube channel",
    "youtube channels",
    "tutorial series",
    "interactive",
    "podcast",
    "podcasts",
    "article",
    "articles",
    "paper",
    "papers",
    "where to learn",
    "learn from",
    "free resources",
    "youtube",
    "blog",
    "blogs",
    "newsletter",
    "cheat sheet",
    "cheatsheet",
    "ressourcen",
    "ressources",
    "recursos",
    "quellen",
    "bücher",
    "livres",
    "libros",
    "source",
    "sources",
    "website",
    "websites",
    "playlist",
];
const TEMPLATE: &[&str] = &[
    "status",
    "notes",
    "my notes",
    "your notes",
    "last updated",
    "updated",
    "current phase",
    "progress",
    "completed",
    "started",
    "start date",
    "end date",
    "target completion",
    "schedule",
    "author",
    "created",
    "version",
    "date",
];
const DURATION: &[&str] = &[
    "duration",
    "time",
    "timeline",
    "estimated time",
    "length",
    "timeframe",
    "time commitment",
    "time required",
    "estimated duration",
    "total time",
    "dauer",
    "durée",
    "duración",
    "effort",
];
const REMARK: &[&str] = &[
    "note",
    "why",
    "tip",
    "tips",
    "key concepts",
    "prerequisite",
    "prerequisites",
    "requirements",
    "description",
    "focus area",
    "summary",
    "motivation",
    "overview",
    "hint",
    "warning",
    "caution",
    "important",
    "remember",
    "pro tip",
    "why it matters",
    "why this matters",
    "why learn this",
];

/// The content that a label announces.
pub(super) fn announced(label: &str) -> Option<Announced> {
    let words = bare(label);
    let ends_with = |list: &[&str]| {
        list.iter().any(|&entry| {
            words == entry
                || words
                    .strip_suffix(entry)
                    .is_some_and(|before| before.ends_with(' ') && before.len() <= 30)
        })
    };
    if ends_with(OUTCOME) {
        Some(Announced::Outcome)
    } else if ends_with(RESOURCES) {
        Some(Announced::Resources)
    } else if TEMPLATE.contains(&words.as_str()) {
        Some(Announced::Template)
    } else if DURATION.contains(&words.as_str()) {
        Some(Announced::Duration)
    } else if REMARK.contains(&words.as_str()) {
        Some(Announced::Remark)
    } else {
        None
    }
}

/// Whether a remark's label before a list announces the work itself.
pub(super) fn is_about_work(label: &str) -> bool {
    matches!(
        bare(label).as_str(),
        "key concepts" | "focus area" | "description" | "overview" | "summary"
    )
}

/// A part of the reference of a roadmap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReferencePart {
    /// Developments in the field.
    Trends,
    /// Advice for the whole.
    Strategy,
    /// The roles and skills at the end of the whole.
    Outcomes,
}

/// The part of the reference that a heading opens after the last phase.
pub(super) fn reference(title: &str) -> Option<ReferencePart> {
    let words = bare(title);
    let last = words.rsplit(' ').next().unwrap_or_default();
    if matches!(last, "trends" | "trend") {
        Some(ReferencePart::Trends)
    } else if matches!(
        words.as_str(),
        "strategy" | "career strategy" | "advice" | "key principles"
    ) || words.starts_with("pro strategy")
        || words.starts_with("pro tip")
        || words.starts_with("final advice")
    {
        Some(ReferencePart::Strategy)
    } else if words.starts_with("final outcome")
        || words.starts_with("final result")
        || matches!(
            words.as_str(),
            "you become" | "career outcomes" | "career paths" | "job roles"
        )
    {
        Some(ReferencePart::Outcomes)
    } else {
        None
    }
}

/// Headings after the last numbered phase that are work all the same.
pub(super) fn is_late_work(title: &str) -> bool {
    let words = bare(title);
    let starts = [
        "capstone",
        "final project",
        "ongoing",
        "workshop",
        "interview prep",
        "job prep",
        "portfolio",
        "bonus",
        "final exam",
    ];
    starts.iter().any(|start| words.starts_with(start))
}

/// Headings of alternatives: the learner takes one of them.
pub(super) fn is_alternative(title: &str) -> bool {
    let words = bare(title);
    [
        "if you choose",
        "option ",
        "choose one",
        "pick one",
        "specialization",
        "specialisation",
        "path for ",
    ]
    .iter()
    .any(|start| words.starts_with(start))
        || [" specific paths", " paths", " tracks", " specializations"]
            .iter()
            .any(|end| words.ends_with(end))
}

/// Whether a title says that its work is optional.
pub(super) fn is_optional(title: &str) -> bool {
    let lower = title.to_lowercase();
    let words = bare(title);
    lower.contains("optional")
        || ["freiwillig", "facultati", "optionnel", "opcional"]
            .iter()
            .any(|word| lower.contains(word))
        || lower.contains("nice to have")
        || lower.contains("nice-to-have")
        || lower.contains("choose one")
        || [
            "bonus",
            "advanced",
            "stretch",
            "stretch goals",
            "extra",
            "extras",
        ]
        .contains(&words.as_str())
        || words.starts_with("bonus ")
}

/// Rows of a timetable without work.
pub(super) fn is_break(text: &str) -> bool {
    let words = bare(text);
    [
        "no class",
        "no classes",
        "holiday",
        "break",
        "spring break",
        "fall break",
        "recess",
        "no lecture",
        "winter break",
        "reading week",
        "vacation",
        "off",
        "rest",
        "rest day",
    ]
    .contains(&words.as_str())
        || words.starts_with("no class")
}
