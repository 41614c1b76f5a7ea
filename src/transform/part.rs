//! A part of a list, as a view shows it: some of its rows, in an order of their own.

use super::{order, tally};
use crate::finding::Collector;
use crate::model::{Dataset, Record};
use crate::template::Template;

/// The rows of a list that are shown. Where `template` wants another order than the list's, they are put into it.
pub fn part(list: &Dataset, template: &Template, shows: impl Fn(&Record) -> bool) -> Dataset {
    let mut rows: Vec<Record> = list.rows.iter().filter(|row| shows(row)).cloned().collect();
    // As they were read; what there is to say of their order was said of the list.
    rows.sort_by(|a, b| a.origin.cmp(&b.origin));
    order::arrange(&mut rows, template, &mut Collector::default());
    Dataset { corrections: list.corrections.clone(), ..tally::count(rows, Vec::new(), template) }
}
