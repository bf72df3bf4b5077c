//! The work that doesn't fit, and the sessions with a problem, in sentences.

use serde::Serialize;

use crate::availability::Window;
use crate::plan::Plan;
use crate::schedule::{Conflict, ConflictKind, Reason, Schedule, Session, Unplaced};
use crate::words;

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// A stable name for the kind of finding.
    pub code: &'static str,
    /// The finding in a sentence.
    pub message: String,
}

impl Finding {
    /// The words in front of it in a list: work that fits nowhere isn't scheduled, but a session
    /// that stays only has something to be noted.
    pub fn lead(&self) -> &'static str {
        match self.code {
            LONG_WINDOW => "",
            "pin-outside" | "pin-early" | "pin-short" | "pin-before-date" | "frozen-outside"
            | "frozen-early" | "frozen-before-date" | "begins-late" => "Note: ",
            "pin-overlap" | "pin-idle" => "Left out: ",
            _ => "Doesn't fit: ",
        }
    }
}

/// The work that doesn't fit, and the problems of pinned sessions, in sentences.
pub fn findings(plan: &Plan, schedule: &Schedule) -> Vec<Finding> {
    let unplaced = schedule.unplaced.iter().map(|work| finding(plan, work));
    let conflicts = schedule
        .conflicts
        .iter()
        .filter(|conflict| !is_by_choice(plan, schedule, conflict))
        .map(|conflict| conflicting(plan, schedule, conflict));
    unplaced
        .chain(conflicts)
        .chain(begins_late(plan, schedule))
        .chain(long_window(plan))
        .collect()
}

/// The sessions that the learner moved outside the study time, in sentences.
pub(super) fn outside_by_choice(plan: &Plan, schedule: &Schedule) -> Vec<String> {
    let conflicts = schedule.conflicts.iter();
    conflicts
        .filter(|conflict| is_by_choice(plan, schedule, conflict))
        .map(|conflict| conflicting(plan, schedule, conflict).message)
        .collect()
}

/// Whether the learner put a session where the week has no study time, such as on a free evening.
/// Over a busy time it is a problem all the same: that may have come later.
fn is_by_choice(plan: &Plan, schedule: &Schedule, conflict: &Conflict) -> bool {
    let Conflict { item, start, kind } = *conflict;
    let id = &plan.roadmap().items[item].id;
    let mut sessions = schedule.sessions.iter();
    kind == ConflictKind::OutsideAvailability
        && plan.is_moved(id, start.local())
        && sessions
            .find(|session| session.item() == item && session.start == start)
            .is_some_and(|session| {
                let (start, end) = (start.instant(), session.end().instant());
                let mut busy = plan.availability().busy.iter();
                !busy.any(|busy| busy.start < end && start < busy.end)
            })
}

/// The code of the finding about a window of many hours, which is no work without a place.
pub const LONG_WINDOW: &str = "long-window";

/// The longest window of spread hours, if few people could study that long on end.
fn long_window(plan: &Plan) -> Option<Finding> {
    const MOST_ON_END: u32 = 4 * 60;
    let is_spread = plan.availability().week.own().is_empty();
    let window = plan
        .windows()
        .iter()
        .max_by_key(|window| window.minutes())?;
    (is_spread && window.minutes() > MOST_ON_END).then(|| Finding {
        code: LONG_WINDOW,
        message: format!(
            "On {} you'd study from {} to {} without a break; choose more days or fewer hours, or \
             set the windows yourself.",
            words::weekday(window.day),
            words::clock(window.start),
            words::clock(window.end)
        ),
    })
}

/// The items that aren't to begin before a date after the target of their phase.
fn begins_late(plan: &Plan, schedule: &Schedule) -> impl Iterator<Item = Finding> {
    let roadmap = plan.roadmap();
    let items = roadmap.items.iter().zip(&schedule.items);
    items.filter_map(|(item, span)| {
        // An item without sessions to come has begun, or never will.
        let date = plan.not_before(item).filter(|_| span.is_some())?;
        let phase = &roadmap.phases[item.phase];
        let target = plan.target_of(&phase.id)?;
        (date > target).then(|| Finding {
            code: "begins-late",
            message: format!(
                "“{}” isn't to begin before {}, but “{}” is due by {}.",
                item.title,
                words::plain_date(date),
                phase.title,
                words::plain_date(target)
            ),
        })
    })
}

fn conflicting(plan: &Plan, schedule: &Schedule, conflict: &Conflict) -> Finding {
    let is_it =
        |session: &&Session| session.start == conflict.start && session.item() == conflict.item;
    let shortened = schedule.sessions.iter().find(is_it);
    let shortened = shortened.map_or_else(String::new, |session| {
        let minutes = words::effort(session.minutes.into());
        format!("was shortened to {minutes}, the work that is left")
    });
    let date = plan.not_before(&plan.roadmap().items[conflict.item]);
    let before_date = date.map_or_else(String::new, |date| {
        let date = words::plain_date(date);
        format!("stays, though the item isn't to begin before {date}")
    });
    let (code, what) = match conflict.kind {
        ConflictKind::OutsideAvailability => ("pin-outside", "is outside your study time"),
        ConflictKind::BeforePrerequisite => {
            ("pin-early", "comes before a prerequisite is finished")
        }
        ConflictKind::Shortened => ("pin-short", shortened.as_str()),
        ConflictKind::Overlap => (
            "pin-overlap",
            "overlaps the pinned session before it, and was left out",
        ),
        ConflictKind::NoWorkLeft => ("pin-idle", "has no work left to do, and was left out"),
        ConflictKind::PinnedBeforeDate => ("pin-before-date", before_date.as_str()),
        ConflictKind::FrozenBeforeDate => ("frozen-before-date", before_date.as_str()),
        ConflictKind::FrozenOutside => (
            "frozen-outside",
            "stays, though there is no free time any more",
        ),
        ConflictKind::FrozenEarly => (
            "frozen-early",
            "stays, though a prerequisite is not finished by then any more",
        ),
    };
    let start = conflict.start.local();
    let item = &plan.roadmap().items[conflict.item];
    let fixed = match conflict.kind {
        ConflictKind::FrozenOutside
        | ConflictKind::FrozenEarly
        | ConflictKind::FrozenBeforeDate => "frozen on",
        _ if plan.is_moved(&item.id, start) => "moved to",
        _ => "pinned to",
    };
    let title = &item.title;
    let when = format!(
        "{}, {}",
        words::long_date(start.date()),
        start.format("%H:%M")
    );
    Finding {
        code,
        message: format!("The session of “{title}” that is {fixed} {when} {what}."),
    }
}

fn finding(plan: &Plan, work: &Unplaced) -> Finding {
    let items = &plan.roadmap().items;
    let what = format!(
        "{} of “{}” couldn't be scheduled",
        words::effort(work.minutes.into()),
        items[work.item].title
    );
    let (code, why) = match work.reason {
        Reason::SessionRule { longest_window } => ("session-rule", too_short(plan, longest_window)),
        Reason::NoTime => (
            "no-time",
            "no week has any free time; add a window or take an exception away".to_owned(),
        ),
        Reason::Behind(item) => (
            "behind-prerequisite",
            format!(
                "it needs “{}” first, which couldn't be scheduled either",
                items[item].title
            ),
        ),
        Reason::Horizon => (
            "beyond-calendar",
            "the calendar ends with the year 2099; plan more hours a week or start earlier"
                .to_owned(),
        ),
    };
    Finding {
        code,
        message: format!("{what}: {why}."),
    }
}

/// Why sessions of the allowed lengths can't be in windows of at most `longest` minutes, and what
/// helps.
fn too_short(plan: &Plan, longest: u32) -> String {
    let session = plan.session();
    let longest_of = |window: &&Window| (window.minutes(), std::cmp::Reverse(window.start));
    let usual = plan.windows().iter().max_by_key(longest_of);
    let usual = usual.filter(|window| window.minutes() == longest);
    let window = usual.map_or_else(
        || "the longest window".to_owned(),
        |window| {
            format!(
                "the longest window, {} {}–{},",
                words::weekday(window.day),
                words::clock(window.start),
                words::clock(window.end)
            )
        },
    );
    format!(
        "{window} has {longest} minutes, and sessions have {} to {}; allow shorter sessions, or add \
         a longer window",
        session.min, session.max
    )
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use crate::document::Document;
    use crate::plan::change::PinSession;
    use crate::plan::{Change, PinEntry, Plan, PlanFile};
    use crate::samples::embedded;
    use crate::view::view;

    const SATURDAY: &str = "2027-01-02T12:00:00Z";

    /// The first session moved to Saturday evening, two days before the plan's first week.
    fn tonight(plan: &Plan) -> Plan {
        let pin = PinEntry {
            item: "python".into(),
            start: "2027-01-02T19:00".into(),
            minutes: 90,
        };
        let instead = Some("2027-01-04T19:00".to_owned());
        let now = SATURDAY.parse().unwrap();
        plan.changed(&[Change::Pin(PinSession { pin, instead })], now)
            .unwrap()
    }

    /// Whoever puts a session on a free evening knows that it has no study time.
    #[test]
    fn a_session_moved_outside_the_study_time_is_no_finding() {
        let now: DateTime<Utc> = SATURDAY.parse().unwrap();
        let shown = view(&Document::new(tonight(&embedded())), now);
        assert_eq!(shown.agenda.today.len(), 1);
        assert_eq!(shown.findings, []);
        assert_eq!(
            shown.outside,
            [
                "The session of “Python” that is moved to Saturday 2 January 2027, 19:00 is outside \
                 your study time."
            ]
        );
    }

    /// An appointment may have come later.
    #[test]
    fn a_moved_session_over_a_busy_time_is_a_finding() {
        let file = PlanFile {
            busy: serde_json::from_str(
                r#"[{"start": "2027-01-02T18:30:00Z", "end": "2027-01-02T21:00:00Z"}]"#,
            )
            .unwrap(),
            ..embedded().to_file()
        };
        let plan = tonight(&Plan::from_file(file).unwrap());
        let shown = view(&Document::new(plan), SATURDAY.parse().unwrap());
        assert_eq!((shown.findings.len(), shown.outside.len()), (1, 0));
    }
}
