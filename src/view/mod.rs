//! From the list to documents, which know no KPI. One file a view.

mod changes;
mod field;
mod list;
mod number;
mod plain;
mod sources;
mod summary;

pub use list::list;
pub use sources::{cell_notes, origins};

use crate::model::{Dataset, Document, Fingerprint, Role};
use crate::template::{ExtraSheet, PageSpec, Template};

/// The key of the list among the documents.
const LIST: &str = "list";

/// The documents that a template wants beside the list, in its order, each with its paper.
pub fn beside_list(
    list: &Dataset,
    template: &Template,
    inputs: &[&Fingerprint],
) -> Vec<(Document, PageSpec)> {
    let view = |(sheet, title)| {
        let document = match sheet {
            ExtraSheet::Summary => summary::summary(list, template, title),
            ExtraSheet::Changes => changes::changes(list, template, title),
            ExtraSheet::Sources => sources::sources(list, template, inputs, title),
        };
        let paper = plain::paper(template, &document);
        (document, paper)
    };
    template.workbook.named_sheets().filter(|(sheet, _)| has_matter(*sheet, template)).map(view).collect()
}

/// Whether a list of this schema has what a document beside it is about.
fn has_matter(sheet: ExtraSheet, template: &Template) -> bool {
    match sheet {
        ExtraSheet::Summary => template.counted().is_some(),
        ExtraSheet::Changes => {
            template.role(Role::Disposition).is_some() || template.role(Role::NewTarget).is_some()
        }
        ExtraSheet::Sources => true,
    }
}
