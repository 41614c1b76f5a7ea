//! From the list to documents, which know no KPI. One file a view.

mod arrangement;
mod bars;
mod changes;
mod compare;
mod facsimile;
mod feet;
mod field;
mod list;
mod navigation;
mod number;
mod overlong;
mod plain;
mod sources;
mod summary;
pub mod understood;

pub use compare::{Place, Places, comparison};
pub use facsimile::{Inspected, facsimiles};
pub use list::list;
pub use navigation::{navigation, references};
pub use overlong::{overlong, overlong_spelled_out};
pub use sources::{cell_notes, origins};

use crate::model::{Dataset, Document, Fingerprint, Record};
use crate::template::{ExtraSheet, PageSpec, Template};

/// The key of the list among the documents.
const LIST: &str = "list";

/// The documents that a template wants in the workbook beside the list, in its order, each with its paper.
pub fn beside_list(
    list: &Dataset,
    template: &Template,
    inputs: &[&Fingerprint],
) -> Vec<(Document, PageSpec)> {
    let view = |(sheet, title): (ExtraSheet, &str)| {
        let document = document(sheet, list, (template, title), inputs, &|_| true);
        let paper = plain::paper(template, &document);
        (document, paper)
    };
    template.workbook.named_sheets().filter(|(sheet, _)| sheet.has_matter(template)).map(view).collect()
}

/// A document that stands alone, of the records that are shown. Their numbers are those of the list.
pub fn alone(
    sheet: ExtraSheet,
    list: &Dataset,
    template: &Template,
    inputs: &[&Fingerprint],
    shows: &dyn Fn(&Record) -> bool,
) -> Document {
    plain::titled(document(sheet, list, (template, &template.document.title), inputs, shows), template)
}

fn document(
    sheet: ExtraSheet,
    list: &Dataset,
    (template, title): (&Template, &str),
    inputs: &[&Fingerprint],
    shows: &dyn Fn(&Record) -> bool,
) -> Document {
    match sheet {
        ExtraSheet::Summary => summary::summary(list, template, title),
        ExtraSheet::Changes => changes::changes(list, template, title, shows),
        ExtraSheet::Sources => sources::sources(list, template, inputs, title, shows),
    }
}
