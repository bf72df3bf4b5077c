//! Names of a calendar's states on a server, and the changes since one.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

/// After this time, everything is listed again, since a server may forget to name a change.
const LISTED_FOR: TimeDelta = TimeDelta::days(1);
/// After this time, a server that named its changes wrongly gets another chance.
const DOUBTED_FOR: TimeDelta = TimeDelta::days(30);

/// A server's name for the state of a whole calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncMark {
    /// A token (RFC 6578), for which the server names the changes since.
    Token(String),
    /// A tag (CTag), which differs after any change.
    Tag(String),
    /// The server named its changes wrongly, so it isn't asked for them.
    Wrong,
}

/// The state of the calendar up to which everything is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownState {
    /// The server's name for it.
    pub mark: SyncMark,
    /// When everything in the calendar was last listed.
    pub listed: DateTime<Utc>,
}

/// The changes in a calendar since a state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delta {
    /// The state of each resource that changed, by its path; `None` if it is gone.
    pub etags: BTreeMap<String, Option<String>>,
}

impl KnownState {
    /// Whether the server is to be asked for the changes since then, rather than for everything. A
    /// time to come is one of a clock that was wrong.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        let longest = match self.mark {
            SyncMark::Wrong => DOUBTED_FOR,
            _ => LISTED_FOR,
        };
        let age = now.signed_duration_since(self.listed);
        age >= TimeDelta::zero() && age < longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// A clock that was a day ahead or behind costs one list of everything.
    #[test]
    fn what_is_known_is_known_for_a_day() {
        let known = |mark| KnownState {
            mark,
            listed: at("2026-11-29T12:00:00Z"),
        };
        let token = known(SyncMark::Token("1".to_owned()));
        for (now, holds) in [
            ("2026-11-29T12:00:00Z", true),
            ("2026-11-30T11:59:59Z", true),
            ("2026-11-30T12:00:00Z", false),
            ("2026-11-29T11:59:59Z", false),
            ("1970-01-01T00:00:00Z", false),
            ("9999-01-01T00:00:00Z", false),
        ] {
            assert_eq!(token.holds(at(now)), holds, "{now}");
        }
        assert!(known(SyncMark::Wrong).holds(at("2026-12-20T12:00:00Z")));
        assert!(!known(SyncMark::Wrong).holds(at("2026-12-29T12:00:00Z")));
    }
}
