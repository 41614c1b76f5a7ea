//! The signals that end a build cleanly: Ctrl-C, and the SIGTERM of service managers and schedulers.

use super::Exit;
use crate::error::{Error, ErrorKind};
use crate::finding::message;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Whether a signal has come, and which.
pub(super) struct Stop {
    asked: Arc<AtomicBool>,
    exit: Arc<AtomicUsize>,
}

impl Stop {
    /// Listens from now on. The first signal asks, the second ends the process at once, as it would have without.
    pub(super) fn listen() -> Result<Self, Error> {
        let stop = Self { asked: Arc::default(), exit: Arc::default() };
        for (signal, exit) in [(SIGINT, Exit::Interrupted), (SIGTERM, Exit::Terminated)] {
            // In this order: the signal that asks must not be taken for the second.
            flag::register_conditional_default(signal, Arc::clone(&stop.asked))
                .and_then(|_| flag::register_usize(signal, Arc::clone(&stop.exit), exit as usize))
                .and_then(|_| flag::register(signal, Arc::clone(&stop.asked)))
                .map_err(|e| deaf(&e))?;
        }
        Ok(stop)
    }

    /// True once a signal has come.
    pub(super) fn flag(&self) -> &AtomicBool {
        &self.asked
    }

    /// What to exit with, if a signal has come.
    pub(super) fn exit(&self) -> Option<Exit> {
        [Exit::Interrupted, Exit::Terminated]
            .into_iter()
            .find(|&exit| exit as usize == self.exit.load(Ordering::Relaxed))
    }
}

fn deaf(error: &std::io::Error) -> Error {
    Error {
        kind: ErrorKind::Io,
        message: message(
            "中断の合図（Ctrl-C など）を受け取れません",
            format!("no signal can be heard: {error}"),
        ),
    }
}
