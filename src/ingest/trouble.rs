//! Why reading ended early, and the finding for it.

use super::limits::mib;
use crate::finding::{Damage, Detail, Excess, Finding, Problem, Size};
use crate::model::Origin;

/// Characters of a library's words that are kept: it may quote the file.
const DETAIL: usize = 200;

/// Why reading a file or a sheet ended early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The content contradicts itself; the library's own words.
    Damaged(String),
    /// A password is needed.
    Encrypted,
    /// Above a limit.
    TooLarge(Excess),
}

impl Refusal {
    /// Above a limit, by how much at least.
    pub(super) fn too_large(size: Size, found: u64, most: u64) -> Self {
        Self::TooLarge(Excess { size, found, most })
    }

    /// Above a limit in MiB, by how many bytes at least.
    pub(super) fn too_many_bytes(size: Size, found: u64, most: u64) -> Self {
        Self::too_large(size, found / mib(1), most)
    }

    /// The finding for the whole file.
    pub(super) fn at_file(&self, file: &str) -> Finding {
        self.at(Origin::of_file(file))
    }

    /// The finding for a file or for one of its sheets.
    pub(super) fn at(&self, origin: Origin) -> Finding {
        let problem = match self {
            Self::Damaged(detail) => unreadable(Damage::Content, Some(detail)),
            Self::Encrypted => Problem::FileEncrypted {},
            &Self::TooLarge(Excess { size, found, most }) => Problem::SheetTooLarge { size, found, most },
        };
        Finding::new(problem, origin)
    }
}

/// A file that cannot be read, with the words of the library or the system.
pub(super) fn unreadable(damage: Damage, detail: Option<&String>) -> Problem {
    let detail = detail.map(|words| words.chars().take(DETAIL).collect());
    Problem::FileUnreadable { damage, detail: Detail(detail) }
}
