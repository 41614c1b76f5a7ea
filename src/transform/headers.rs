//! The headers of a sheet: looked for, stated, or known from how it was folded.

use super::columns::Header;

/// Where the headers of a sheet come from.
pub(super) enum Headers {
    /// They are looked for.
    Sought,
    /// The template states them.
    ByHand(Vec<Header>),
    /// The sheet was folded into tables that begin with them.
    Folded(Vec<Header>),
}

impl Headers {
    /// Those that are known before the rows are read.
    pub(super) fn given(self) -> Vec<Header> {
        match self {
            Self::Sought => Vec::new(),
            Self::ByHand(headers) | Self::Folded(headers) => headers,
        }
    }
}
