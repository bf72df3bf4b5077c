//! The session rule: how much of an item goes into the free minutes at hand.

use crate::plan::SessionLength;

/// Sessions are at least `min` and at most `longest` minutes, and what is left of an item after one
/// can always be cut into such sessions again: there is never a remainder below the minimum.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sitting {
    pub min: u32,
    /// The longest that a session can be: the maximum, or the longest window if that is shorter.
    pub longest: u32,
    pub longest_window: u32,
}

impl Sitting {
    pub fn new(length: SessionLength, longest_window: u32) -> Self {
        Self {
            min: length.min,
            longest: length.max.min(longest_window),
            longest_window,
        }
    }

    /// Whether so many minutes can be cut into sessions at all. A whole item below the minimum is one session.
    pub fn can_hold(&self, minutes: u32) -> bool {
        if minutes < self.min {
            minutes <= self.longest
        } else {
            self.is_divisible(minutes)
        }
    }

    /// How long a session at an item with `remaining` minutes may be in `free` minutes, if one may be held there: as long as possible.
    /// Where others could use what it leaves of the slot, it is made shorter if that leaves enough for them to.
    pub fn length(&self, remaining: u32, free: u32, others: bool) -> Option<u32> {
        if remaining < self.min {
            return (remaining <= free).then_some(remaining);
        }
        let most = remaining.min(free).min(self.longest);
        let longest = self.at_most(remaining, most)?;
        let rest = free - longest;
        if others && 0 < rest && rest < self.min {
            let shorter = free.checked_sub(self.min);
            return shorter
                .and_then(|most| self.at_most(remaining, most))
                .or(Some(longest));
        }
        Some(longest)
    }

    /// The longest session of at most so many minutes after which the item can still be cut into sessions.
    fn at_most(&self, remaining: u32, most: u32) -> Option<u32> {
        let left = self.next_divisible(remaining.checked_sub(most)?);
        remaining
            .checked_sub(left)
            .filter(|&length| length >= self.min)
    }

    /// `minutes` = the sum of k sessions for some k, i.e. k·min ≤ minutes ≤ k·longest.
    fn is_divisible(&self, minutes: u32) -> bool {
        self.next_divisible(minutes) == minutes
    }

    /// The fewest minutes, at least so many, that can be cut into sessions. Where no session
    /// is possible this is more than there are, so that the caller finds no length.
    fn next_divisible(&self, minutes: u32) -> u32 {
        if self.longest < self.min {
            return minutes.saturating_add(u32::from(minutes > 0));
        }
        let sessions = minutes.div_ceil(self.longest.max(1));
        minutes.max(sessions.saturating_mul(self.min))
    }
}
