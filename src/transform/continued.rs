//! Labels of groups that a page states again: `１　安心（続き）` is `１　安心`, as in a workbook of kaitei.

use crate::model::Record;
use crate::template::Template;
use std::collections::BTreeSet;

/// Takes the template's word for what goes on from labels that are there without it.
pub(super) fn join(rows: &mut [Record], template: &Template) {
    let word = template.page.continued.as_str();
    if word.is_empty() {
        return;
    }
    for level in 0..template.groups.len() {
        let known: BTreeSet<String> = rows.iter().map(|row| row.groups[level].text.clone()).collect();
        for text in rows.iter_mut().map(|row| &mut row.groups[level].text) {
            let label = text.strip_suffix(word).filter(|label| known.contains(*label)).map(str::len);
            text.truncate(label.unwrap_or(text.len()));
        }
    }
}
