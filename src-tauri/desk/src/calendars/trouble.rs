//! Why a calendar that syncs automatically isn't in step.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use waymark_core::calendar::rhythm::SyncEnd;
use waymark_core::input_error::{ErrorCode, InputError};

/// Why a calendar isn't in step, until a sync succeeds. It is stored with the calendar, so that
/// what waits for an answer is still there after the next start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Trouble {
    /// The kind of error, for programs.
    pub code: String,
    /// The sentence to show.
    pub message: String,
    /// Since when.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub since: DateTime<Utc>,
    /// Whether it can't go on without an answer of the learner.
    pub asks: bool,
}

impl Trouble {
    /// The trouble of a sync that ended with this problem; `former` is that of the sync before.
    pub(crate) fn of(problem: &InputError, former: Option<&Self>, now: DateTime<Utc>) -> Self {
        let asks = end_of(Some(problem)) == Some(SyncEnd::Asks);
        let since = former.filter(|former| former.asks == asks);
        Self {
            code: problem.code.to_string(),
            message: problem.to_string(),
            since: since.map_or(now, |former| former.since.min(now)),
            asks,
        }
    }

    /// Whether the server didn't answer.
    pub(super) fn is_away(&self) -> bool {
        [ErrorCode::ServerUnreachable, ErrorCode::ServerBusy]
            .iter()
            .any(|code| code.to_string() == self.code)
    }
}

/// How a sync with this problem ended. `None` if another one of the same calendar is under way, so
/// that nothing has ended.
pub fn end_of(problem: Option<&InputError>) -> Option<SyncEnd> {
    let Some(problem) = problem else {
        return Some(SyncEnd::Done);
    };
    match problem.code {
        ErrorCode::UnderWay => None,
        // A password that was rejected is not sent again and again.
        ErrorCode::PasswordNeeded
        | ErrorCode::ServerPassword
        | ErrorCode::ServerUser
        | ErrorCode::ServerAddress
        | ErrorCode::ServerElsewhere
        | ErrorCode::ServerForbids
        | ErrorCode::ServerCalendarGone
        | ErrorCode::ServerNoEvents
        | ErrorCode::SignIn
        | ErrorCode::SignInNeeded
        | ErrorCode::CalendarEmptied
        | ErrorCode::SharedPlanId
        | ErrorCode::PlanEdited
        | ErrorCode::Stopped => Some(SyncEnd::Asks),
        _ => Some(SyncEnd::Failed),
    }
}
