//! An acceptance: a finding that the planning section has looked at and lets stand, with the reason.

use crate::finding::Code;
use crate::model::Origin;

/// Digits of an acceptance's hash: 48 bits, so that one that fits by accident is not to be feared.
pub const HASH_DIGITS: usize = 12;

/// A finding that may stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Acceptance {
    /// Where the finding is.
    pub origin: Origin,
    /// Which rule's.
    pub code: Code,
    /// The first digits of the hash of what it is about.
    pub hash: String,
    /// Why. Never empty.
    pub reason: String,
}
