//! The words that headings and labels of outlines use.

use super::text::bare;

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
    "recursos",
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

/// Sections of a page that are no part of its plan.
const PAGE_SECTIONS: &[&str] = &[
    "table of contents",
    "contents",
    "toc",
    "about",
    "about the author",
    "about the course",
    "about this repo",
    "license",
    "licence",
    "faq",
    "faqs",
    "frequently asked questions",
    "sponsors",
    "sponsor",
    "team",
    "instructors",
    "contributors",
    "contributing",
    "motivation",
    "comments",
    "post a comment",
    "leave a comment",
    "leave a reply",
    "related posts",
    "related articles",
    "share this",
    "how to use",
    "how to use this roadmap",
    "how to use this guide",
    "how to use it",
    "how to take the course",
    "introduction",
    "intro",
    "overview",
    "conclusion",
    "final thoughts",
    "final words",
    "summary",
    "acknowledgements",
    "acknowledgments",
    "credits",
    "disclaimer",
    "who should join",
    "who is this for",
    "testimonials",
    "community",
    "community support",
    "community & support",
    "getting help",
    "support",
    "contact",
    "star history",
    "changelog",
    "quick links",
    "quick wins",
    "why this roadmap",
    "preface",
    "prerequisites",
    "progress tracking",
    "progress tracker",
    "progress",
    "daily schedule",
    "weekly schedule",
    "study schedule",
    "daily routine",
    "weekly routine",
    "schedule",
    "tips",
    "study tips",
    "tips for success",
    "success tips",
    "feedback",
    "newsletter",
    "follow me",
    "follow us",
    "subscribe",
    "donate",
    "stargazers",
    "legend",
    "notes",
    "key takeaways",
    "motivation tips",
    "current status",
    "current focus",
    "reflections",
    "review schedule",
    "additional resources",
    "resources",
    "more resources",
    "further reading",
    "references",
    "useful links",
    "useful resources",
    "recommended resources",
    "learning resources",
    "see also",
    "what is this",
    "before you start",
    "getting started with this repo",
    "how it works",
    "certificate",
    "translations",
    "sponsorship",
    "become a sponsor",
    "related",
    "final note",
    "final notes",
    "learning strategies",
    "learning tips",
    "study strategy",
    "common mistakes",
    "bonus tips",
    "navigation",
    "share",
    "tags",
    "categories",
    "you may also like",
    "recent posts",
    "search",
];

/// Whether a heading opens a part of the page that is no part of its plan.
pub(super) fn is_page_section(title: &str) -> bool {
    let words = bare(title);
    let starts = [
        "about ",
        "how to use ",
        "why ",
        "who ",
        "join ",
        "what is ",
        "what you ",
        "license ",
    ];
    PAGE_SECTIONS.contains(&words.as_str())
        || starts.iter().any(|start| words.starts_with(start))
        || [
            " faq",
            " schedule recommendation",
            " contributors",
            " license",
        ]
        .iter()
        .any(|end| words.ends_with(end))
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
