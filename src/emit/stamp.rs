//! The moment that a file says it was made: the document's date, never the clock.

/// Seconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Seconds since 1970-01-01 00:00 UTC.
    pub seconds: i64,
}
