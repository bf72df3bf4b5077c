//! A sync that ended early.

use std::fmt;

use waymark_core::input_error::InputError;

use crate::failure::Failure;

/// A sync that failed. The completed steps are recorded.
#[derive(Debug)]
pub struct Stopped {
    /// The reason.
    pub failure: Failure,
    /// Number of steps that the server confirmed.
    pub done: usize,
    /// Total number of steps. `None` if it failed before sending.
    pub of: usize,
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        let (done, of) = (0, 0);
        Self { failure, done, of }
    }
}

impl From<InputError> for Stopped {
    fn from(problem: InputError) -> Self {
        Failure::Given(problem).into()
    }
}

impl From<Stopped> for InputError {
    fn from(stopped: Stopped) -> Self {
        match stopped.of {
            0 => stopped.failure.into(),
            _ => Self::sentence(stopped.failure.code(), stopped.to_string()),
        }
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { failure, done, of } = self;
        failure.fmt(f)?;
        if *of > 0 {
            let rest = "the next sync goes on from there.";
            write!(f, " {done} of {of} changes were sent and noted; {rest}")?;
        }
        Ok(())
    }
}
