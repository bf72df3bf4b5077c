//! The session rule: how much of an item goes into the free minutes at hand.

use crate::plan::SessionLength;

/// Sessions are at least `min` and at most `max` minutes, and what is left of an item after one can be cut into sessions
/// again in the windows of a usual week: there is never a remainder below the minimum, and none that only a rare window could hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct SessionRule {
    pub min: u32,
    pub max: u32,
    /// The longest session that the windows of a usual week can hold.
    pub usual: u32,
    /// From so many minutes on, any number of them can be cut into sessions: saves a division for nearly every session.
    always: u32,
    /// The longest window of any date.
    pub longest_window: u32,
}

impl SessionRule {
    pub fn new(length: SessionLength, usual_window: u32, longest_window: u32) -> Self {
        let (min, usual) = (length.min, length.max.min(usual_window));
        // No number lies between what k sessions hold and what k + 1 hold, once k·usual + 1 ≥ (k + 1)·min.
        let always = match usual.checked_sub(min) {
            Some(play) if play > 0 => min * (min - 1).div_ceil(play).max(1),
            _ => u32::MAX,
        };
        Self {
            min,
            max: length.max,
            usual,
            always,
            longest_window,
        }
    }

    /// Whether so many minutes can be cut into sessions at all, or are one whole.
    pub fn can_hold(&self, minutes: u32) -> bool {
        let at_once = minutes <= self.max.min(self.longest_window);
        at_once || (minutes >= self.min && self.is_divisible(minutes))
    }

    /// How long a session at an item with `remaining` minutes may be in `free` minutes, if one may be held there: as long as possible.
    /// Where others could use what it leaves of the slot, it is made shorter if that leaves enough for them to.
    pub fn length(&self, remaining: u32, free: u32, others: bool) -> Option<u32> {
        if remaining < self.min {
            return (remaining <= free).then_some(remaining);
        }
        let most = remaining.min(free).min(self.max);
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
        let left = self.next_divisible(remaining.checked_sub(most)?)?;
        remaining
            .checked_sub(left)
            .filter(|&length| length >= self.min)
    }

    /// `minutes` = the sum of k sessions for some k, i.e. k·min ≤ minutes ≤ k·usual.
    fn is_divisible(&self, minutes: u32) -> bool {
        self.next_divisible(minutes) == Some(minutes)
    }

    /// The fewest minutes, at least so many, that can be cut into sessions.
    fn next_divisible(&self, minutes: u32) -> Option<u32> {
        if minutes == 0 || minutes >= self.always {
            return Some(minutes);
        }
        if self.usual < self.min {
            return None;
        }
        let sessions = minutes.div_ceil(self.usual.max(1));
        Some(minutes.max(sessions.saturating_mul(self.min)))
    }
}
