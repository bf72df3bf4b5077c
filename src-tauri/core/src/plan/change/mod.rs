//! Every kind of change to a plan, in one file a family. A kind is complete in its own file: what
//! it changes, its name in the list of what can be undone, what it does to the schedule, and the
//! field of the page that it belongs to.

mod busy;
mod dates;
mod effects;
mod exceptions;
mod items;
mod limits;
mod log;
mod next_week;
mod not_before;
mod outline;
mod pins;
mod place;
mod plans;
mod roadmap;
mod set_aside;
mod swap;
mod targets;
mod together;
mod week;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Plan;
use crate::input_error::InputError;

pub use busy::{RemoveBusy, SetBusy};
pub use dates::{SetStart, SetZone};
pub use exceptions::{SetException, SetJourney};
pub use items::{IncludeItem, SetDone, SetEstimate, SetKnown, SetPriority};
pub use limits::{
    SetBreak, SetBuffer, SetCareer, SetDayCap, SetFrozenDays, SetParallel, SetReserve, SetReview,
    SetSessionLength, SetWeekCap,
};
pub use log::{LogWork, RemoveLogEntry};
pub use next_week::NotThisWeek;
pub use not_before::SetNotBefore;
pub use outline::UseOutline;
pub use pins::{PinSession, ReleaseSessions, Replan, StartAgain, UnpinSession};
pub use place::PlaceSession;
pub use plans::{CountOtherPlans, SetOtherPlans, SetPlanName};
pub use roadmap::{
    AddItem, AddPhase, CountSteps, MergeItems, MergeKind, MergeText, MergedLine, MoveItem,
    MovePhase, RemoveItem, RemovePhase, RenameItem, RenamePhase, RoadmapMerge, SetDoneWhen,
    SetEffort, SetKind, SetLinks, SetNotes, SetOptional, SetOutcome, SetPhaseWeeks,
    SetPrerequisite, SetSteps, SplitItem, TickStep,
};
pub use set_aside::SetAside;
pub use swap::SwapTopic;
pub use targets::{RemoveBaseline, SetBaseline, SetPhaseTarget, SetTarget};
pub use together::Together;
pub use week::{SetDays, SetHours, SetWeekStart, SetWindows};

/// Writes the enum of the kinds and whatever lists them all, so that a kind is named once.
macro_rules! changes {
    ($($(#[$doc:meta])* $kind:ident($edit:ident),)+) => {
        /// Something the learner changes about a plan, as it was typed or clicked.
        ///
        /// Texts are read here, for the window and the terminal alike, so that both reject the same
        /// input in the same words.
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
        #[cfg_attr(feature = "types", derive(ts_rs::TS))]
        #[serde(tag = "kind", rename_all = "camelCase")]
        pub enum Change {
            $($(#[$doc])* $kind($edit),)+
        }

        impl Change {
            fn edit(&self) -> &dyn Edit {
                match self {
                    $(Self::$kind(edit) => edit,)+
                }
            }

            /// Every kind, as the page names it, with its field there.
            pub fn kinds() -> Vec<(String, PageField)> {
                let kind = |name: &str| {
                    let (first, rest) = name.split_at(1);
                    first.to_lowercase() + rest
                };
                vec![$((kind(stringify!($kind)), $edit::field()),)+]
            }

            /// TypeScript declarations of what each kind holds, with their docs.
            #[cfg(feature = "types")]
            pub fn declarations(config: &ts_rs::Config) -> Vec<(String, String)> {
                use ts_rs::TS;
                vec![$(($edit::docs().unwrap_or_default(), $edit::decl(config)),)+]
            }
        }

        $(impl From<$edit> for Change {
            fn from(edit: $edit) -> Self {
                Self::$kind(edit)
            }
        })+
    };
}

changes! {
    /// Hours of study a week, such as `10` or `7.5`.
    Hours(SetHours),
    /// The day the plan starts, such as `2027-01-04`.
    Start(SetStart),
    /// The time zone, by its IANA name, such as `Europe/Berlin`.
    Zone(SetZone),
    /// The study days.
    Days(SetDays),
    /// The shortest and the longest session, in minutes.
    Sessions(SetSessionLength),
    /// The date by which everything should be finished; an empty text removes it.
    Target(SetTarget),
    /// Adds an optional item to the plan, or leaves it out.
    Include(IncludeItem),
    /// Weekly windows of the learner's own; an empty list goes back to hours spread over the days.
    Windows(SetWindows),
    /// Adds or removes time off, other hours or an extra window on some dates.
    Exception(SetException),
    /// Adds or removes a stay in another zone. One that begins on the same date is replaced.
    Travel(SetJourney),
    /// The most minutes on one day; an empty text removes the cap.
    DayCap(SetDayCap),
    /// The most minutes in one week; an empty text removes the cap.
    WeekCap(SetWeekCap),
    /// Minutes of break between two sessions.
    Break(SetBreak),
    /// Minutes kept free around busy time.
    Buffer(SetBuffer),
    /// Percent of each week for review.
    Review(SetReview),
    /// Percent of each week that is kept free for missed work.
    Reserve(SetReserve),
    /// The first day of the week.
    WeekStart(SetWeekStart),
    /// How many items of a phase are studied side by side.
    Parallel(SetParallel),
    /// Days from now in which a re-plan moves nothing.
    Frozen(SetFrozenDays),
    /// The career track's percent of each week beside the core; an empty text puts it after the
    /// core.
    Career(SetCareer),
    /// Prior knowledge: the whole item, some minutes of it, or none.
    Known(SetKnown),
    /// Priority: a higher number comes before a lower one; 0 is the roadmap's own order.
    Priority(SetPriority),
    /// The date before which an item doesn't begin, such as `2027-03-12`; an empty text removes it.
    NotBefore(SetNotBefore),
    /// Puts a session somewhere for good.
    Pin(PinSession),
    /// Gives waiting work a session.
    Place(PlaceSession),
    /// Lets a pinned session go where the plan has room for it.
    Unpin(UnpinSession),
    /// Lets all sessions that were moved by hand go where the plan has room for them.
    Release(ReleaseSessions),
    /// Moves on the sessions of a week, which then has none.
    NotThisWeek(NotThisWeek),
    /// Studies another item in a session.
    Swap(SwapTopic),
    /// Sets a session aside: its time stays free, and its work waits.
    SetAside(SetAside),
    /// The date by which a phase should be finished; an empty text removes it.
    PhaseTarget(SetPhaseTarget),
    /// Work that was done; with `entry`, in place of an earlier entry.
    Log(LogWork),
    /// Removes an entry from the log.
    Unlog(RemoveLogEntry),
    /// The work that is left of an item, as the learner sees it now.
    Estimate(SetEstimate),
    /// Marks an item as done, whatever was planned for it, or an outcome as reached; or takes that
    /// back.
    Done(SetDone),
    /// Uses an outline as the plan's roadmap.
    UseOutline(UseOutline),
    /// Merges an edited text of the roadmap into it.
    MergeText(MergeText),
    /// Adds an item to a phase.
    AddItem(AddItem),
    /// Gives an item another title.
    RenameItem(RenameItem),
    /// The roadmap's effort of an item, such as `12h`, `90m` or `2 weeks`.
    Effort(SetEffort),
    /// The kind of an item.
    ItemKind(SetKind),
    /// Makes an item optional, or a fixed part of the roadmap.
    Optional(SetOptional),
    /// Moves an item to another place, in its phase or another one.
    MoveItem(MoveItem),
    /// Removes an item; its log stays.
    RemoveItem(RemoveItem),
    /// Makes a part of an item an item of its own.
    Split(SplitItem),
    /// Merges an item into another one.
    Merge(MergeItems),
    /// Adds or removes a prerequisite.
    Prerequisite(SetPrerequisite),
    /// Adds a phase.
    AddPhase(AddPhase),
    /// Gives a phase another title.
    RenamePhase(RenamePhase),
    /// The outcome of a phase.
    Outcome(SetOutcome),
    /// The weeks of a phase; an empty text for none.
    PhaseWeeks(SetPhaseWeeks),
    /// Moves a phase.
    MovePhase(MovePhase),
    /// Removes a phase with its items; their log stays.
    RemovePhase(RemovePhase),
    /// The sentence that says when an item is done; an empty text removes it.
    DoneWhen(SetDoneWhen),
    /// Notes on an item.
    Notes(SetNotes),
    /// Links of an item, one a line.
    Links(SetLinks),
    /// The checklist of an item, one step a line.
    Steps(SetSteps),
    /// Ticks a step of a checklist, or takes the tick back.
    Tick(TickStep),
    /// Whether the minutes of ticked steps lower the work that is left.
    CountSteps(CountSteps),
    /// Reschedules what is left from now on.
    Replan(Replan),
    /// Reschedules what is left from today on, without the sessions of the past.
    StartAgain(StartAgain),
    /// Sets a baseline: the schedule as it is now, to measure against.
    Baseline(SetBaseline),
    /// Removes a baseline.
    DropBaseline(RemoveBaseline),
    /// Busy time from a calendar file, in place of what was read from that file before.
    Busy(SetBusy),
    /// Removes the busy time of a calendar file.
    DropBusy(RemoveBusy),
    /// A name for the plan; an empty text for the title of its roadmap.
    PlanName(SetPlanName),
    /// Sessions of the learner's other plans, in place of those that the plan knew.
    OtherPlans(SetOtherPlans),
    /// Whether the sessions of the learner's other plans are busy time.
    CountOthers(CountOtherPlans),
    /// Several changes as one, with one name.
    All(Together),
}

/// One kind of change.
trait Edit {
    /// The field of the page that shows a change of this kind until it is saved.
    fn field() -> PageField
    where
        Self: Sized;

    /// Changes the values of the plan. Sessions are not rescheduled yet.
    ///
    /// # Errors
    /// A value that cannot be planned with, by field and value.
    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError>;

    /// Name in the list of what can be undone, such as "Hours 10 h → 8 h".
    fn name(&self, plans: &BeforeAfter) -> String;

    /// Its effect on the schedule.
    fn effect(&self) -> Effect<'_>;

    /// Whether it turned out to leave all work as it was, so that no session moves.
    fn leaves_work(&self, _: &BeforeAfter) -> bool {
        false
    }
}

/// A plan while changes are applied to it.
struct Draft<'a> {
    plan: Plan,
    /// Parts of the week that were chosen, to be judged together.
    week: week::ChosenWeek<'a>,
    now: DateTime<Utc>,
}

/// A plan before and after some changes.
struct BeforeAfter<'a> {
    before: &'a Plan,
    after: &'a Plan,
}

impl BeforeAfter<'_> {
    /// The title of an item or an outcome.
    fn title<'b>(&'b self, id: &'b str) -> &'b str {
        self.before.title_of(id)
    }
}

/// The effect of a change on the upcoming sessions and the baselines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect<'a> {
    /// Sessions stay as they are planned.
    None,
    /// The work that is left is rescheduled, except within the plan's frozen days.
    Reschedule,
    /// The work that is left is rescheduled because the learner asked for it.
    Replan(Keep),
    /// As a re-plan, and the sessions of the past are forgotten.
    StartAgain(Keep),
    /// One session moves. The others stay where they are if they still fit.
    Move(SessionStart<'a>),
    /// A session gets a place of its own. The others stay where they are if they still fit.
    Place,
    /// A session loses its place, and its work waits. The others stay where they are.
    SetAside(SessionStart<'a>),
    /// The sessions of a week move on, and the rest of the work with them.
    MoveWeek(&'a NotThisWeek),
    /// A session is for another item. The others stay where they are if they still fit.
    Swap(&'a SwapTopic),
    /// A baseline of this name is set, after any rescheduling.
    Baseline(&'a str),
    /// The effects of each of these changes.
    Each(&'a [Change]),
}

/// Sessions that a change moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MovedSessions<'a> {
    One(SessionStart<'a>),
    SetAside(SessionStart<'a>),
    Week(&'a NotThisWeek),
    Swapped(&'a SwapTopic),
}

/// A session, by its item and its start as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SessionStart<'a> {
    pub item: &'a str,
    pub start: &'a str,
}

/// The near future, which [`Keep::Soon`] leaves as it is.
pub(crate) const SOON: TimeDelta = TimeDelta::days(3);

/// The sessions that a re-plan leaves where they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// Those within the plan's frozen days.
    Frozen,
    /// Those within the frozen days and the next three days.
    Soon,
    /// Every session that still fits: the least disruption.
    Fitting,
}

/// The field of the page that a change belongs to. An error stands there until it is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageField {
    /// The change's own field that tells two fields of this kind apart, such as `item`.
    pub per: Option<&'static str>,
    /// Whether a later change replaces an earlier one of the same field that was not sent yet.
    /// Otherwise each change counts.
    pub is_replaced: bool,
}

impl PageField {
    /// One field of the page, such as the hours a week.
    const ONE: Self = Self {
        per: None,
        is_replaced: true,
    };
    /// One field for each item.
    const PER_ITEM: Self = Self {
        per: Some("item"),
        is_replaced: true,
    };
    /// One field for each phase.
    const PER_PHASE: Self = Self {
        per: Some("phase"),
        is_replaced: true,
    };
    /// A list: each change counts.
    const LIST: Self = Self {
        per: None,
        is_replaced: false,
    };
    /// A list for each item.
    const LIST_PER_ITEM: Self = Self {
        per: Some("item"),
        is_replaced: false,
    };
}

impl Plan {
    /// The plan with one thing changed; this one stays as it is.
    ///
    /// # Errors
    /// A value that cannot be planned with, by field and value.
    pub fn apply(&self, change: &Change) -> Result<Self, InputError> {
        self.apply_all(std::slice::from_ref(change))
    }

    /// The plan with several things changed at once. Changes that only fit together, such as more
    /// hours on more days, are judged together. For a plan that has not begun; else
    /// [`Plan::changed`].
    ///
    /// # Errors
    /// As [`Plan::apply`]; no change is made then.
    pub fn apply_all(&self, changes: &[Change]) -> Result<Self, InputError> {
        self.apply_at(changes, self.start_instant())
    }

    /// The values of the plan changed; its sessions are not rescheduled, and no baseline is set.
    pub(crate) fn apply_at(
        &self,
        changes: &[Change],
        now: DateTime<Utc>,
    ) -> Result<Self, InputError> {
        let mut draft = Draft {
            plan: self.clone(),
            week: week::ChosenWeek::default(),
            now,
        };
        for change in changes {
            change.edit().apply(&mut draft)?;
        }
        draft.finish()
    }
}

fn added_or_removed(added: bool) -> &'static str {
    if added { "added" } else { "removed" }
}

#[cfg(test)]
mod tests;
