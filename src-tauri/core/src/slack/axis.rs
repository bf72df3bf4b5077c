//! Time counted in free minutes from now, which is the time that matters for work.

use crate::availability::Purpose;
use crate::plan::Plan;
use crate::schedule::{Origin, Session};

/// The free minutes for study, without fixed sessions, until each of some moments.
pub(super) struct Axis {
    /// The moments, in seconds since 1970, in order.
    moments: Vec<i64>,
    /// The free minutes until each of them.
    minutes: Vec<i64>,
}

impl Axis {
    /// `fixed` are sessions in order of time.
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

    /// The free minutes until one of the moments.
    pub fn until(&self, moment: i64) -> i64 {
        let index = self.moments.partition_point(|&before| before < moment);
        self.minutes.get(index).copied().unwrap_or(0)
    }
}
