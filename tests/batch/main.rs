//! Many documents: what is built again and what is not, in parallel, whatever ends the run; what is told of it, and to whom.
//! Each promise is provoked.
//!
//! `KAITEI_BIN` names a release build to be tested, with more documents.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod annotations;
mod changes;
mod decisions;
mod departments;
mod edited;
mod extends;
mod kills;
mod log;
mod many;
mod metrics;
mod overview;
mod project;
mod shards;
mod together;
mod verify;
mod views;
#[cfg(unix)]
mod watch;
