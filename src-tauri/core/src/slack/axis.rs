//! Time counted in free minutes from now, because work can only be done in free minutes.

use crate::availability::Purpose;
use crate::plan::Plan;
use crate::schedule::{Origin, Session};

/// Number of free minutes for study, outside pinned sessions, until each of a list of moments.
pub(super) struct Axis {
    /// The moments, in seconds since 1970, in chronological order.
    moments: Vec<i64>,
    /// Number of free minutes until each moment.
    minutes: Vec<i64>,
}

impl Axis {
    /// Both lists of sessions must be in chronological order. The time of a movable session is
    /// free, whether it is in a slot or not.
    pub fn new(
        plan: &Plan,
        origin: &Origin,
        mut moments: Vec<i64>,
        fixed: &[&Session],
        movable: &[&Session],
    ) -> Self {
        moments.sort_unstable();
        moments.dedup();
        let free = |start: i64, end: i64| {
            let next = fixed.partition_point(|session| session.end().seconds <= start);
            let taken = fixed.iter().skip(next).map_while(|session| {
                let from = session.start.seconds.max(start);
                (from < end).then(|| session.end().seconds.min(end) - from)
            });
            (end - start - taken.sum::<i64>()) / 60
        };
        let mut minutes = Vec::with_capacity(moments.len());
        let mut to_come = moments.iter().peekable();
        let mut sum = 0;
        let mut outside = Outside::of(movable);
        let slots = origin.slots(plan);
        for slot in slots.filter(|slot| slot.purpose == Purpose::Study) {
            let (start, end) = (slot.start.seconds, slot.end().seconds);
            let mut from = start;
            while let Some(&moment) = to_come.next_if(|&&moment| moment < end) {
                let to = moment.max(start);
                outside.skip(from, to);
                minutes.push(sum + free(start, to) + outside.until(moment));
                from = to;
            }
            if to_come.peek().is_none() {
                break;
            }
            sum += free(start, end);
            outside.skip(from, end);
        }
        minutes.extend(to_come.map(|&moment| sum + outside.until(moment)));
        Self { moments, minutes }
    }

    /// Number of free minutes until one of the moments.
    pub fn until(&self, moment: i64) -> i64 {
        let index = self.moments.partition_point(|&before| before < moment);
        self.minutes.get(index).copied().unwrap_or(0)
    }
}

/// Minutes of sessions outside the slots.
struct Outside<'a> {
    /// The sessions that don't end in the slots so far.
    sessions: &'a [&'a Session],
    /// Seconds of the first of them that are in a slot.
    inside: i64,
    /// Seconds of the sessions before it that are in no slot.
    seconds: i64,
}

impl<'a> Outside<'a> {
    fn of(sessions: &'a [&'a Session]) -> Self {
        Self {
            sessions,
            inside: 0,
            seconds: 0,
        }
    }

    /// Takes the time of the next slot, or of the next part of one.
    fn skip(&mut self, start: i64, end: i64) {
        while let [first, rest @ ..] = self.sessions {
            let (from, to) = (first.start.seconds, first.end().seconds);
            self.inside += (to.min(end) - from.max(start)).max(0);
            if to > end {
                break;
            }
            self.seconds += to - from - self.inside;
            (self.sessions, self.inside) = (rest, 0);
        }
    }

    /// Minutes outside the slots so far, of the sessions that end by a moment.
    fn until(&self, moment: i64) -> i64 {
        let ended = self
            .sessions
            .iter()
            .map(|session| (session.start.seconds, session.end().seconds));
        let ended = ended.take_while(|(_, to)| *to <= moment);
        let seconds: i64 = ended.map(|(from, to)| to - from).sum();
        let inside = if seconds > 0 { self.inside } else { 0 };
        (self.seconds + seconds - inside) / 60
    }
}
