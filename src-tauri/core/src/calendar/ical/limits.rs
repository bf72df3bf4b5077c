//! Bounds on what is read of a text.

/// Limits for reading a text. Anything beyond is rejected by name, never dropped silently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Bytes of a line that says when an event is; longer descriptions and attachments are passed
    /// over.
    pub line_bytes: usize,
    /// Parameters of such a line.
    pub parameters: usize,
    /// Components inside each other.
    pub depth: usize,
    /// Events of the text.
    pub events: usize,
    /// Periods that all rules together may go through, about 0.2 microseconds each; a date in the
    /// range counts for two, a rule for some thirty, an event for eight.
    pub steps: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 20 << 20,
            line_bytes: 64 << 10,
            parameters: 64,
            depth: 16,
            events: 200_000,
            steps: 2_200_000,
        }
    }
}
