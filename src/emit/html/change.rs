//! What changes in a cell, as two bars on one scale, each with its figure in words beside it.

use super::words::PageWords;
use crate::model::Bars;
use maud::{Markup, html};

/// The bars below a cell's text.
pub(super) fn bars(bars: &[Bars], words: &PageWords) -> Markup {
    let [open, rest, close] = words.brackets;
    html! {
        @for bars in bars {
            span.change {
                @for (class, before, word, bar, after) in [
                    ("old", open, words.old_target, &bars.old, rest),
                    ("new", "", words.new_target, &bars.new, close),
                ] {
                    span.figure {
                        @if !before.is_empty() { span.unseen { (before) } }
                        (word) (bar.words)
                        span.unseen { (after) }
                    }
                    svg.bar aria-hidden="true" viewBox="0 0 1000 10" preserveAspectRatio="none" {
                        rect class=(class) width=(bar.length) height="10" vector-effect="non-scaling-stroke" {}
                    }
                }
            }
        }
    }
}
