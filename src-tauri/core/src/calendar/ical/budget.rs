//! A bound on the work that a file may cause.

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
                Err("the rules of this file take more work than is done for one file".to_owned())
            }
        }
    }
}
