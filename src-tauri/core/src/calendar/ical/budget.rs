//! A bound on the work that a file may cause.

/// The end of the reasons for which an event is left out because of this bound.
const OVER: &str = "more work than is done for one file";

/// Whether this is the reason of an event whose rules are over the bound.
pub fn is_over(reason: &str) -> bool {
    reason.ends_with(OVER)
}

/// The reason of an event whose own rule is over the bound.
pub fn rule_over() -> String {
    format!("its rule takes {OVER}")
}

/// The work that may still be done for one file, as a number of steps: a count, not a time, so that
/// the same file always gives the same answer.
#[derive(Debug)]
pub struct Budget {
    left: u64,
}

impl Budget {
    pub fn new(most: u64) -> Self {
        Self { left: most }
    }

    /// Whether that many steps are left.
    pub fn has(&self, steps: u64) -> bool {
        self.left >= steps
    }

    /// Takes that many steps from what is left.
    ///
    /// # Errors
    /// If fewer are left; then none are left afterwards.
    pub fn spend(&mut self, steps: u64) -> Result<(), String> {
        match self.left.checked_sub(steps) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(format!("the rules of this file take {OVER}"))
            }
        }
    }
}
