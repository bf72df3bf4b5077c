//! Work that stays without a session while the learner moves single sessions by hand.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::PlanAt;
use crate::plan::change::{MovedSessions, SessionStart};
use crate::plan::{Change, Pin, Plan, read_session_start};
use crate::progress::{SessionState, Tracked};
use crate::schedule::Why;

impl PlanAt<'_> {
    /// Minutes of each item that wait after these changes by hand: those that wait now, and what
    /// they set aside, less what they gave a place. `plan` is this plan after them; the sessions of
    /// `moved` lost their times.
    pub(super) fn waiting_after(
        &self,
        plan: &Plan,
        changes: &[Change],
        moved: &[(usize, NaiveDateTime)],
    ) -> BTreeMap<String, u32> {
        let progress = self.progress();
        let items = &self.plan.roadmap().items;
        let mut waiting: Vec<i64> = vec![0; items.len()];
        for (item, minutes) in &progress.waiting {
            waiting[*item] = i64::from(*minutes);
        }
        let set_aside: Vec<SessionStart<'_>> = changes
            .iter()
            .flat_map(Change::moved)
            .filter_map(|moved| match moved {
                MovedSessions::SetAside(session) => Some(session),
                _ => None,
            })
            .collect();
        let is_set_aside = |id: &str, start: NaiveDateTime| {
            set_aside.iter().any(|session| {
                session.item == id && read_session_start("", session.start) == Ok(start)
            })
        };

        let mut placed: Vec<i64> = vec![0; items.len()];
        let (before, after) = (self.plan.pins(), plan.pins());
        let is_new = |pin: &&Pin| !before.contains(pin) && plan.instant(pin.start) >= self.now;
        let new: Vec<&Pin> = after.iter().filter(is_new).collect();
        for pin in &new {
            if let Some(item) = plan.roadmap().item(&pin.item) {
                placed[item] += i64::from(pin.minutes);
            }
        }
        let is_to_come = |session: &&Tracked| session.state == SessionState::Planned;
        for session in progress.sessions.iter().filter(is_to_come) {
            let (item, minutes) = (session.item, i64::from(session.open()));
            let id = &items[item].id;
            let start = session.start.local();
            if is_set_aside(id, start) {
                waiting[item] += minutes;
                continue;
            }
            let is_lost = if session.why == Some(Why::Pinned) {
                let is_it = |pin: &Pin| pin.item == *id && pin.start == start;
                !after.iter().any(is_it) || new.iter().any(|pin| is_it(pin))
            } else {
                let end = session.end().local();
                let is_over_it = |pin: &&Pin| {
                    let pin_end = pin.start + chrono::TimeDelta::minutes(pin.minutes.into());
                    pin.item == *id && pin.start < end && start < pin_end
                };
                moved.contains(&(item, start)) || new.iter().any(is_over_it)
            };
            if is_lost {
                placed[item] -= minutes;
            }
        }
        let left = plan.left();
        let still = waiting.iter().zip(&placed).zip(&left);
        let still = still.map(|((waiting, placed), left)| {
            let minutes = (waiting - placed.max(&0)).clamp(0, i64::from(*left));
            u32::try_from(minutes).unwrap_or(0)
        });
        items
            .iter()
            .zip(still)
            .filter(|(_, minutes)| *minutes > 0)
            .map(|(item, minutes)| (item.id.clone(), minutes))
            .collect()
    }
}
