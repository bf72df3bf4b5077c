//! The session rule: how long the next session of an item is in the free minutes at hand.

use crate::availability::Window;
use crate::plan::SessionLength;

/// The shortest last session, in minutes, of an item that sessions of the allowed lengths don't add
/// up to. Half the shortest session if that is less.
const SHORTEST_LAST: u32 = 10;

/// Sessions have `min` to `max` minutes, and the rest of an item after a session can be divided
/// into sessions again in the windows of a usual week. So no remainder is below the minimum, and
/// none needs a rare window. Only where an item can't be divided like this does its last session
/// have another length: no work is lost for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct SessionRule {
    pub min: u32,
    pub max: u32,
    /// Length of the longest session that fits the windows of a usual week.
    pub usual: u32,
    /// Any number of minutes from this on can be divided into sessions. Saves a division for nearly
    /// every session.
    always: u32,
    /// Least and most minutes of the last session of an item that can't be divided into sessions.
    shortest_last: u32,
    longest_last: u32,
    /// Minutes of break between two sessions.
    pause: u32,
    /// Length of a full session in most windows of a usual week.
    full: u32,
    /// Length of the longest window on any date.
    pub longest_window: u32,
    by: Divisors,
}

/// The lengths that minutes are divided by for every session.
#[derive(Debug, Clone, Copy)]
struct Divisors {
    min: Divisor,
    usual: Divisor,
    full: Divisor,
    /// The longest session with the break after it.
    with_pause: Divisor,
}

impl SessionRule {
    pub fn new(
        length: SessionLength,
        windows: &[Window],
        usual_window: u32,
        longest_window: u32,
    ) -> Self {
        let (min, usual) = (length.min, length.max.min(usual_window));
        // k sessions hold k·min to k·usual minutes. From the k on for which k·usual + 1 ≥ (k +
        // 1)·min, no number falls between these ranges.
        let always = match usual.checked_sub(min) {
            Some(play) if play > 0 => min * (min - 1).div_ceil(play).max(1),
            _ => u32::MAX,
        };
        let full = most_frequent(windows.iter().map(|window| {
            let minutes = window.minutes().max(1);
            minutes / minutes.div_ceil(length.max)
        }));
        Self {
            min,
            max: length.max,
            usual,
            always,
            shortest_last: min.div_ceil(2).min(SHORTEST_LAST),
            longest_last: (length.max + min / 2).min(usual_window),
            pause: length.pause,
            full,
            longest_window,
            by: Divisors {
                min: Divisor::new(min),
                usual: Divisor::new(usual),
                full: Divisor::new(full),
                with_pause: Divisor::new(length.max.saturating_add(length.pause)),
            },
        }
    }

    /// Whether `free` minutes are too few for a full session of an item with `remaining` minutes.
    pub fn is_short(&self, remaining: u32, free: u32) -> bool {
        free < self.full.min(remaining)
    }

    /// Whether this number of minutes can be divided into sessions, or is one session.
    pub fn can_hold(&self, minutes: u32) -> bool {
        self.usual >= self.min || minutes <= self.max.min(self.longest_window)
    }

    /// Length of the next session of an item with `remaining` minutes in a slot with `free`
    /// minutes: as long as possible. If `others` could use the rest of the slot, it is shortened so
    /// that the rest holds a session. `None` if no session is allowed there.
    pub fn length(&self, remaining: u32, free: u32, others: bool) -> Option<u32> {
        if remaining < self.min {
            return (remaining <= free).then_some(remaining);
        }
        if free > self.max
            && let Some(part) = self.even_part(remaining, free, others)
        {
            return Some(part);
        }
        let longest = self.at_most(remaining, free)?;
        let rest = free - longest;
        if others && 0 < rest && rest < self.min {
            let shorter = free.checked_sub(self.min);
            return shorter
                .and_then(|most| self.at_most(remaining, most))
                .or(Some(longest));
        }
        Some(longest)
    }

    /// An even part of a slot that is longer than a session, in steps of the shortest session if
    /// the next part is another item's: so items keep to the grid that fills slots to the minute.
    /// The step is the one after which the item ends with a full session, if there is one.
    fn even_part(&self, remaining: u32, free: u32, others: bool) -> Option<u32> {
        let parts = self.by.with_pause.ceil(free + self.pause);
        let study = free.checked_sub((parts - 1) * self.pause)?;
        // Mostly the slot is filled by full sessions, which saves a division.
        let part = if study == parts * self.max {
            self.max
        } else {
            study.div_ceil(parts)
        };
        let holds = |length: &u32| {
            (self.min..=self.max).contains(length)
                && self.at_most(remaining, *length) == Some(*length)
        };
        if !others {
            let rest = remaining.checked_sub(study)?;
            return Some(part).filter(|part| holds(part) && self.is_divisible(rest));
        }
        let longer = self.by.min.ceil(part) * self.min;
        let steps = [longer, longer.saturating_sub(self.min)];
        // The rest is what the other parts can hold, and no less than a session.
        let most = (parts - 1) * (self.max + self.pause);
        let is_shared = |length: &u32| {
            let rest = free.checked_sub(length + self.pause);
            rest.is_some_and(|rest| rest >= self.min && rest + self.pause <= most)
        };
        let mut steps = steps.into_iter().filter(holds).filter(is_shared);
        let first = steps.next()?;
        let ends_well = |length: &u32| self.by.full.divides(remaining - length);
        Some(
            std::iter::once(first)
                .chain(steps)
                .find(ends_well)
                .unwrap_or(first),
        )
    }

    /// Length of the longest session of at most `free` minutes that leaves a rest that can be
    /// divided into sessions.
    fn at_most(&self, remaining: u32, free: u32) -> Option<u32> {
        let most = remaining.min(free).min(self.max);
        if self.usual >= self.min && !self.is_divisible(remaining) {
            return self.unevenly(remaining, free, most);
        }
        let left = self.next_divisible(remaining - most)?;
        remaining
            .checked_sub(left)
            .filter(|&length| length >= self.min)
    }

    /// As `at_most`, for an item whose last session will be shorter or longer than others.
    fn unevenly(&self, remaining: u32, free: u32, most: u32) -> Option<u32> {
        if remaining <= free.min(self.longest_last) {
            return Some(remaining);
        }
        if most < self.min {
            return None;
        }
        if remaining == most {
            return Some(most);
        }
        let left = self.next_uneven(remaining - most);
        let length = remaining.saturating_sub(left);
        if length >= self.min {
            return Some(length);
        }
        if self.next_uneven(remaining) == remaining {
            return None;
        }
        // No way at all, in windows hardly longer than the shortest session: the session before the
        // last gives the last what it lacks.
        let is_before_last = left == self.shortest_last && length >= left;
        Some(if is_before_last { length } else { most })
    }

    /// The least number from `minutes` on that some sessions and a last one of another length add
    /// up to: k·min + shortest_last to k·usual + longest_last minutes.
    fn next_uneven(&self, minutes: u32) -> u32 {
        let sessions = minutes.saturating_sub(self.longest_last);
        let sessions = self.by.usual.ceil(sessions);
        minutes.max(
            sessions
                .saturating_mul(self.min)
                .saturating_add(self.shortest_last),
        )
    }

    /// `minutes` = the sum of k sessions for some k, i.e. k·min ≤ minutes ≤ k·usual.
    fn is_divisible(&self, minutes: u32) -> bool {
        self.next_divisible(minutes) == Some(minutes)
    }

    /// The least number from `minutes` on that can be divided into sessions.
    fn next_divisible(&self, minutes: u32) -> Option<u32> {
        if minutes == 0 || minutes >= self.always {
            return Some(minutes);
        }
        if self.usual < self.min {
            return None;
        }
        let sessions = self.by.usual.ceil(minutes);
        Some(minutes.max(sessions.saturating_mul(self.min)))
    }
}

/// The most frequent of these lengths, the longest of them if there are several; 0 if there are
/// none.
fn most_frequent(lengths: impl Iterator<Item = u32>) -> u32 {
    let mut lengths: Vec<u32> = lengths.collect();
    lengths.sort_unstable();
    let runs = lengths.chunk_by(|a, b| a == b);
    let longest = runs.max_by_key(|run| run.len());
    longest.and_then(|run| run.first().copied()).unwrap_or(0)
}

/// Divides by a number that stays the same, with a multiplication: the processor's division took
/// most of the time of a session's length. Exact for all numbers of 32 bits (Lemire, Kaser and Kurz
/// 2019, "Faster remainder by direct computation").
#[derive(Debug, Clone, Copy)]
struct Divisor {
    divisor: u32,
    /// 2^64 by the divisor, rounded up.
    inverse: u128,
}

impl Divisor {
    /// Divides by 1 in place of 0.
    fn new(divisor: u32) -> Self {
        let divisor = divisor.max(1);
        Self {
            divisor,
            inverse: (1u128 << 64).div_ceil(divisor.into()),
        }
    }

    #[allow(clippy::cast_possible_truncation)] // no more than `number`
    fn floor(self, number: u32) -> u32 {
        ((self.inverse * u128::from(number)) >> 64) as u32
    }

    fn divides(self, number: u32) -> bool {
        self.floor(number) * self.divisor == number
    }

    fn ceil(self, number: u32) -> u32 {
        self.floor(number) + u32::from(!self.divides(number))
    }
}

#[cfg(test)]
mod tests {
    use super::Divisor;

    #[test]
    fn a_divisor_divides_as_the_processor_does() {
        let numbers = |of: u32| [0, 1, of - 1, of, of + 1, 7 * of, u32::MAX - 1, u32::MAX];
        for by in (1..=1_500).chain([65_535, 65_536, 1 << 31, u32::MAX - 1]) {
            let divisor = Divisor::new(by);
            for number in (0..3_000).chain(numbers(by.min(1 << 28))) {
                assert_eq!(divisor.floor(number), number / by, "{number} / {by}");
                assert_eq!(divisor.ceil(number), number.div_ceil(by), "{number} / {by}");
                assert_eq!(divisor.divides(number), number.is_multiple_of(by));
            }
        }
    }
}
