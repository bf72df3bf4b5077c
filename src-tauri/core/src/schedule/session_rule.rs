//! The session rule: how long the next session of an item is in the free minutes at hand.

use crate::plan::SessionLength;

/// Sessions have `min` to `max` minutes, and the rest of an item after a session can be divided
/// into sessions again in the windows of a usual week. So no remainder is below the minimum, and
/// none needs a rare window.
#[derive(Debug, Clone, Copy)]
pub(super) struct SessionRule {
    pub min: u32,
    pub max: u32,
    /// Length of the longest session that fits the windows of a usual week.
    pub usual: u32,
    /// Any number of minutes from this on can be divided into sessions. Saves a division for nearly
    /// every session.
    always: u32,
    /// Length of the longest window on any date.
    pub longest_window: u32,
}

impl SessionRule {
    pub fn new(length: SessionLength, usual_window: u32, longest_window: u32) -> Self {
        let (min, usual) = (length.min, length.max.min(usual_window));
        // k sessions hold k·min to k·usual minutes. From the k on for which k·usual + 1 ≥ (k +
        // 1)·min, no number falls between these ranges.
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

    /// Whether this number of minutes can be divided into sessions, or is one session.
    pub fn can_hold(&self, minutes: u32) -> bool {
        let at_once = minutes <= self.max.min(self.longest_window);
        at_once || (minutes >= self.min && self.is_divisible(minutes))
    }

    /// Length of the next session of an item with `remaining` minutes in a slot with `free`
    /// minutes: as long as possible. If `others` could use the rest of the slot, it is shortened so
    /// that the rest holds a session. `None` if no session is allowed there.
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

    /// Length of the longest session of at most `most` minutes that leaves a rest that can be
    /// divided into sessions.
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

    /// The least number from `minutes` on that can be divided into sessions.
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
