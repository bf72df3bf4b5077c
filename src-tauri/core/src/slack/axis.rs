//! Time counted in free minutes from now, because work can only be done in free minutes.

use crate::availability::Purpose;
use crate::plan::Plan;
use crate::schedule::{Origin, Session};

/// Number of free minutes for study, outside fixed sessions, until each of a list of moments.
pub(super) struct Axis {
    /// The moments, in seconds since 1970, in chronological order.
    moments: Vec<i64>,
    /// Number of free minutes until each moment.
    minutes: Vec<i64>,
}

impl Axis {
    /// `fixed` must be in chronological order.
    pub fn new(plan: &Plan, origin: &Origin, mut moments: Vec<i64>, fixed: &[&Session]) -> Self {
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
        let slots = origin.slots(plan);
        for slot in slots.filter(|slot| slot.purpose == Purpose::Study) {
            let (start, end) = (slot.start.seconds, slot.end().seconds);
            while let Some(&moment) = to_come.next_if(|&&moment| moment < end) {
                minutes.push(sum + free(start, moment.max(start)));
            }
            if to_come.peek().is_none() {
                break;
            }
            sum += free(start, end);
        }
        minutes.resize(moments.len(), sum);
        Self { moments, minutes }
    }

    /// Number of free minutes until one of the moments.
    pub fn until(&self, moment: i64) -> i64 {
        let index = self.moments.partition_point(|&before| before < moment);
        self.minutes.get(index).copied().unwrap_or(0)
    }
}
