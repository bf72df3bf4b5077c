//! Questions about the effect of a change: which sessions it moves, and which it leaves.

use super::{BeforeAfter, Change, Effect, Keep, MovedSessions};
use crate::plan::Plan;

impl Change {
    /// Effects of this change, those of several changes as one in their order.
    fn effects(&self) -> Vec<Effect<'_>> {
        match self.edit().effect() {
            Effect::Each(changes) => changes.iter().flat_map(Self::effects).collect(),
            effect => vec![effect],
        }
    }

    /// Whether it moves sessions. Logging does not: planned sessions stay until the next re-plan.
    pub(crate) fn moves_sessions(&self, before: &Plan, after: &Plan) -> bool {
        if self.edit().leaves_work(&BeforeAfter { before, after }) {
            return false;
        }
        self.can_move_sessions()
    }

    /// Whether it moves sessions of any plan.
    pub fn can_move_sessions(&self) -> bool {
        self.effects().iter().any(Effect::can_move_sessions)
    }

    /// Whether it sets up the plan's time or work, rather than moving single sessions.
    pub(crate) fn sets_up(&self) -> bool {
        let mut effects = self.effects().into_iter();
        effects.any(|effect| matches!(effect, Effect::Reschedule))
    }

    /// The sessions that it asks to leave where they are. `None` if it only moves sessions because
    /// a value of the plan changed.
    pub(crate) fn keep(&self) -> Option<Keep> {
        self.effects()
            .into_iter()
            .rev()
            .find_map(|effect| match effect {
                Effect::Replan(keep) | Effect::StartAgain(keep) => Some(keep),
                effect if effect.is_by_hand() => Some(Keep::Fitting),
                _ => None,
            })
    }

    /// Whether it only moves single sessions by hand, so that work without a session stays without
    /// one.
    pub(crate) fn is_by_hand(&self) -> bool {
        let mut effects = self.effects().into_iter();
        effects.all(|effect| effect.is_by_hand() || !effect.can_move_sessions())
    }

    /// Whether it forgets the sessions of the past.
    pub(crate) fn starts_again(&self) -> bool {
        let mut effects = self.effects().into_iter();
        effects.any(|effect| matches!(effect, Effect::StartAgain(_)))
    }

    /// Names the sessions that rescheduling recorded after it: a merged item's are those of the
    /// other one.
    pub(crate) fn settle(&self, plan: &mut Plan) {
        match self {
            Self::Merge(merge) => merge.settle(plan),
            Self::All(together) => together.changes.iter().for_each(|each| each.settle(plan)),
            _ => {}
        }
    }

    /// Names of the baselines that it sets.
    pub(crate) fn baselines_set(&self) -> Vec<&str> {
        let name = |effect| match effect {
            Effect::Baseline(name) => Some(name),
            _ => None,
        };
        self.effects().into_iter().filter_map(name).collect()
    }

    /// The sessions that it moves.
    pub(crate) fn moved(&self) -> Vec<MovedSessions<'_>> {
        let moved = |effect| match effect {
            Effect::Move(session) => Some(MovedSessions::One(session)),
            Effect::SetAside(session) => Some(MovedSessions::SetAside(session)),
            Effect::MoveWeek(week) => Some(MovedSessions::Week(week)),
            Effect::Swap(swap) => Some(MovedSessions::Swapped(swap)),
            _ => None,
        };
        self.effects().into_iter().filter_map(moved).collect()
    }

    /// Its name in the list of what can be undone, such as "Hours 10 h → 8 h".
    pub(crate) fn name(&self, before: &Plan, after: &Plan) -> String {
        self.edit().name(&BeforeAfter { before, after })
    }
}

impl Effect<'_> {
    /// Whether it moves sessions of any plan.
    fn can_move_sessions(&self) -> bool {
        match self {
            Self::Reschedule
            | Self::Replan(_)
            | Self::StartAgain(_)
            | Self::Move(_)
            | Self::Place
            | Self::SetAside(_)
            | Self::MoveWeek(_)
            | Self::Swap(_) => true,
            Self::None | Self::Baseline(_) | Self::Each(_) => false,
        }
    }

    /// Whether the learner moves single sessions by hand, and the others stay if they still fit.
    fn is_by_hand(&self) -> bool {
        matches!(
            self,
            Self::Move(_) | Self::Place | Self::SetAside(_) | Self::Swap(_)
        )
    }
}
