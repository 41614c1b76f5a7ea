//! The progress bar: how many documents are done, how long it has taken, which are in work.

use super::super::report::one_line;
use crate::batch::Event;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A bar on standard error, if that is a terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    in_work: Mutex<BTreeSet<String>>,
}

impl Bar {
    /// A bar that is shown or not; it appears when the run begins.
    pub(super) fn new(shown: bool) -> Self {
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {elapsed_precise} {wide_msg}");
        let bar = ProgressBar::with_draw_target(Some(0), target);
        bar.set_style(style.expect("the template is well formed"));
        Self { bar, in_work: Mutex::default() }
    }

    pub(super) fn hear(&self, event: Event<'_>) {
        if self.bar.is_hidden() {
            return;
        }
        let mut in_work = self.in_work.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Began(documents) => {
                self.bar.set_length(documents.try_into().expect("what lies in memory is counted by 64 bits"));
                self.bar.enable_steady_tick(Duration::from_millis(200));
                return;
            }
            Event::Started(document) => {
                in_work.insert(document.to_owned());
            }
            Event::Ended(report) => {
                in_work.remove(&report.document);
                self.bar.inc(1);
            }
            Event::Reported(_) => return,
        }
        let names: Vec<&str> = in_work.iter().map(String::as_str).collect();
        self.bar.set_message(one_line(&names.join(" ")));
    }

    /// Does something that prints, with the bar out of its way.
    pub(super) fn aside(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// Leaves nothing of the bar behind.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
