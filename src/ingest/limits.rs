//! Limits that no template changes; those that it can are [`crate::model::Limits`].

/// Members of an archive: an index of more of them takes memory before anything is unpacked.
pub(super) const MEMBERS: usize = 20_000;
/// Things over the cells of a sheet: a form of a thousand rows with three boxes each has fewer, and each of them is
/// looked for among the cells.
pub(super) const OVERLAYS: usize = 5_000;
/// Unpacked bytes of a member from which on its ratio counts: a small one does no harm.
pub(super) const RATIO_FROM: u64 = 64 << 20;

/// A number of MiB in bytes.
pub(super) fn mib(count: u64) -> u64 {
    count.saturating_mul(1 << 20)
}

/// A length or a count of things in memory.
pub(super) fn count(length: usize) -> u64 {
    u64::try_from(length).expect("what lies in memory is counted by 64 bits")
}
