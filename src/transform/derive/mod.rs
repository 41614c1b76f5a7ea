//! Derivation: what follows from what departments wrote. Computed fields, grades by rules, then totals; what a department
//! computed or graded itself is compared.

mod compute;
mod figure;
mod grade;
mod total;

pub use figure::Written;
pub use total::{NoTotal, Summed, Total, scopes, starts, total};

use crate::finding::Collector;
use crate::model::{Field, Record};
use crate::template::Template;

/// Derives what a template wants of each row, in the order of its fields.
pub(super) fn run(rows: &mut [Record], template: &Template, notes: &mut Collector) {
    for (index, spec) in template.fields.iter().enumerate() {
        let field = Field::Entry(index);
        let found = match &spec.compute {
            Some(compute) => compute::all(rows, field, compute, template),
            None if spec.is_graded() => grade::all(rows, field, template),
            None => continue,
        };
        let about = found.into_iter().map(|(row, finding)| finding.about(&rows[row]));
        notes.extend(about.collect::<Vec<_>>());
    }
    notes.extend(total::findings(rows, template));
}
