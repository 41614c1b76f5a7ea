//! The tally as a table, and a picture of it: a bar beside each number, on one scale, read without colours.

use super::words::{PageWords, filled};
use crate::model::Tally;
use maud::{Markup, html};

/// The tally; `counted` is the name of what is counted.
pub(super) fn section(tally: &Tally, counted: &str, words: &PageWords) -> Markup {
    let (total_label, total) = &tally.total;
    html! {
        section aria-labelledby="tally" {
            h2 #tally { (words.tally) }
            table.tally {
                thead { tr { th scope="col" { (counted) } th scope="col" { (words.count) } th scope="col" { (words.share) } } }
                tbody {
                    @for (label, count) in &tally.lines {
                        tr { th scope="row" { (label) } td.number { (count) } td.picture { (bar(*count, *total, words)) } }
                    }
                }
                tfoot {
                    tr { th scope="row" { (total_label) } td.number { (total) } td.picture { (bar(*total, *total, words)) } }
                }
            }
        }
    }
}

/// A part of the whole as a bar that fills a frame.
fn bar(count: usize, total: usize, words: &PageWords) -> Markup {
    let width = count * 1000 / total.max(1);
    html! {
        svg.bar role="img" aria-label=(filled(words.share_of, count, total)) viewBox="0 0 1000 10" preserveAspectRatio="none" {
            rect.frame width="1000" height="10" vector-effect="non-scaling-stroke" {}
            rect.filled width=(width) height="10" {}
        }
    }
}
