//! How much of the reserve a re-plan opens.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::PlanAt;
use crate::availability::{Purpose, Slot, Used};
use crate::schedule::{Origin, Why};

impl PlanAt<'_> {
    /// Minutes of the reserve that work needs from an instant on: what an earlier re-plan scheduled
    /// there, and what waits and is planned in, but for the time that its absence gives back; of
    /// these a multiple of `step`. The minutes of `still_waiting` aren't planned in.
    ///
    /// A re-plan opens whole shortest sessions, so that all of the work has a place. To spare is
    /// only the time beyond each minute that is needed.
    pub(crate) fn reserve_needed(
        &self,
        from: DateTime<Utc>,
        used: Used,
        still_waiting: &BTreeMap<String, u32>,
        step: u32,
    ) -> u32 {
        if self.plan.availability().reserve_percent == 0 {
            return 0;
        }
        let still: u64 = still_waiting
            .values()
            .map(|minutes| u64::from(*minutes))
            .sum();
        let waiting = self.progress().waiting_minutes().saturating_sub(still);
        let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
        // Limits and review count what was done, so a missed session gives time back, and opening
        // the reserve for that too would reward missing it.
        let attended = self.used_with_missed(from, used);
        let week = self
            .plan
            .availability()
            .week_of(self.plan.local(from).date());
        let study = |used| self.study_minutes(week, self.origin(from, used, 0));
        let given_back = study(used) - study(attended);
        let (missing, step) = (waiting.saturating_sub(given_back), i64::from(step.max(1)));
        let missing = match missing.rem_euclid(step) {
            over if missing > 0 && over > 0 => missing.saturating_add(step - over),
            _ => missing,
        };
        let needed = self
            .taken_of_reserve(from, attended)
            .saturating_add(missing)
            .max(self.taken_of_reserve(from, used));
        u32::try_from(needed).unwrap_or(u32::MAX)
    }

    /// Minutes of the next reserve that sessions take: the least that makes the time for study
    /// reach to the end of the last of them in its week.
    fn taken_of_reserve(&self, from: DateTime<Utc>, used: Used) -> i64 {
        let sessions = &self.progress().schedule.sessions;
        let Some(last) = sessions.last() else {
            return 0;
        };
        // A session that only takes the time for review needs the reserve after it too.
        let last_week = self.plan.availability().week_of(last.start.local().date());
        let reserve = self
            .origin(from, used, 0)
            .slots(self.plan)
            .take_while(|slot| self.week_of(slot) <= last_week)
            .find(|slot| slot.purpose == Purpose::Reserve);
        let Some(reserve) = reserve else {
            return 0;
        };
        let week = self.week_of(&reserve);
        let (mut reached, mut before, mut most) = (0, 0, 0);
        for slot in self.slots_of(week, self.origin(from, used, 0)) {
            let (start, end) = (slot.start.seconds, slot.end().seconds);
            let first = sessions.partition_point(|session| session.end().seconds <= start);
            let last = sessions[first..]
                .iter()
                .take_while(|session| session.start.seconds < end)
                .filter(|session| session.why != Why::Pinned)
                .last();
            if let Some(last) = last {
                reached = before + (last.end().seconds.min(end) - start) / 60;
            }
            before += i64::from(slot.minutes);
            if slot.purpose == Purpose::Reserve {
                most += i64::from(slot.minutes);
            }
        }
        // Review may take more where it has more to take from.
        let mut taken = 0;
        while taken < most {
            let short = reached - self.study_minutes(week, self.origin(from, used, taken));
            if short <= 0 {
                break;
            }
            taken += short;
        }
        taken.min(most)
    }

    /// The minutes used, if what was missed on the day of `from` and in its week counts too.
    fn used_with_missed(&self, from: DateTime<Utc>, mut used: Used) -> Used {
        let today = self.plan.local(from).date();
        let week = self.plan.availability().week_of(today);
        for session in &self.progress().sessions {
            let day = session.start.local().date();
            if session.end().instant() > self.now || day < week {
                continue;
            }
            let missed = session.minutes.saturating_sub(session.done);
            used.week = used.week.saturating_add(missed);
            if day == today {
                used.day = used.day.saturating_add(missed);
            }
        }
        used
    }

    fn study_minutes(&self, week: NaiveDate, origin: Origin) -> i64 {
        self.slots_of(week, origin)
            .iter()
            .filter(|slot| slot.purpose == Purpose::Study)
            .map(|slot| i64::from(slot.minutes))
            .sum()
    }

    /// The slots of a week.
    fn slots_of(&self, week: NaiveDate, origin: Origin) -> Vec<Slot> {
        origin
            .slots(self.plan)
            .skip_while(|slot| self.week_of(slot) < week)
            .take_while(|slot| self.week_of(slot) == week)
            .collect()
    }

    fn week_of(&self, slot: &Slot) -> NaiveDate {
        self.plan.availability().week_of(slot.start.local().date())
    }

    /// The present as an origin, with this many minutes of the reserve opened.
    fn origin(&self, from: DateTime<Utc>, used: Used, opened: i64) -> Origin {
        let mut origin = Origin::of_current(self.plan);
        (origin.from, origin.used) = (from, used);
        origin.reserve = u32::try_from(opened).unwrap_or(0);
        origin
    }
}
