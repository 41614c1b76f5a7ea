//! What holds for every sheet that is read, and for every list that is made of sheets.

use kaitei::finding::{Noted, has_errors};
use kaitei::model::{Dataset, Origin, RawRow, RawSheet, References, Role, RowKind};
use kaitei::template::Template;
use kaitei::{emit, layout, transform, view};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    let text = include_str!("../../templates/meguro-2020.toml");
    Template::parse("meguro-2020", text).expect("the repository's template is right")
});

/// The shape that [`RawSheet`] promises.
pub(crate) fn check_sheet(sheet: &RawSheet) {
    assert!(sheet.rows.is_sorted_by(|a, b| a.index < b.index));
    for row in &sheet.rows {
        assert!(!row.cells.is_empty());
        assert!(row.cells.is_sorted_by(|a, b| a.col < b.col));
        for cell in &row.cells {
            let is_text = |text: &str| text.chars().any(|c| !c.is_whitespace());
            let [struck, note] = [&cell.struck, &cell.note].map(Option::as_deref);
            assert!(cell.text.is_empty() || is_text(&cell.text));
            assert!(struck.is_none_or(is_text) && note.is_none_or(is_text));
            assert!(!cell.text.is_empty() || struck.is_some() || note.is_some());
            assert!(!cell.text.contains('\r'));
        }
    }
    assert!(sheet.hidden_columns.iter().all(|(first, last)| first <= last));
    assert!(sheet.hidden_columns.is_sorted_by(|a, b| a.1.saturating_add(1) < b.0));
    assert!(sheet.merges.is_sorted());
    assert!(sheet.merges.iter().all(|a| (a.top, a.left) < (a.bottom, a.right) && a.left <= a.right));
}

/// Makes a list of the sheets and looks at it: every row of every sheet is accounted for once, and every row of
/// the list is one indicator's.
pub(crate) fn check_list(sheets: &[RawSheet]) {
    let Noted { value: list, findings } = transform::transform(sheets.to_vec(), &TEMPLATE);
    assert_eq!(list.accounts.len(), sheets.len());
    let mut indicators = BTreeMap::new();
    for (account, sheet) in list.accounts.iter().zip(sheets) {
        assert_eq!(account.place, sheet.place);
        assert!(account.rows.is_sorted_by(|a, b| a.0 < b.0), "a row is accounted for twice");
        let has_kind = |row: &RawRow| account.rows.binary_search_by_key(&row.index, |r| r.0).is_ok();
        let forgotten = sheet.rows.iter().find(|row| !has_kind(row));
        assert_eq!(forgotten, None, "a row is lost");
        for (row, kind) in &account.rows {
            assert!(is_known(sheet, *row), "row {row} is not in the sheet");
            if *kind == RowKind::Indicator {
                // Sheets of a made-up file can have one name.
                *indicators.entry(Origin::at(&sheet.place, *row, 0)).or_insert(0) += 1;
            }
        }
    }
    check_rows(&list, indicators);
    let places: Vec<&str> = sheets.iter().map(|sheet| sheet.place.file.as_str()).collect();
    for finding in &findings {
        assert!(places.contains(&finding.origin.place.file.as_str()));
    }
    if !has_errors(&findings) {
        publish(&list);
    }
}

/// A row of the sheet, or one into which a merged cell has moved because its first row is hidden.
fn is_known(sheet: &RawSheet, row: u32) -> bool {
    sheet.row(row).is_some() || sheet.merges.iter().any(|a| a.top < row && row <= a.bottom)
}

fn check_rows(list: &Dataset, mut indicators: BTreeMap<Origin, i32>) {
    for row in &list.rows {
        let cell = row.origin.cell.expect("a row of the list comes from a cell");
        let first = Origin::at(&row.origin.place, cell.row, 0);
        *indicators.entry(first).or_insert(0) -= 1;
        assert_eq!(row.groups.len(), TEMPLATE.groups.len());
        assert_eq!(row.entries.len(), TEMPLATE.fields.len());
    }
    assert!(
        indicators.values().all(|left| *left == 0),
        "a row for each indicator and no other: {indicators:?}"
    );
    let decided = list.rows.iter().filter(|row| row.choice_of(Role::Disposition).is_some()).count();
    assert_eq!(list.tally.iter().sum::<usize>(), decided);
}

/// Lays the list out with characters that are as wide as high: every row has its place.
fn publish(list: &Dataset) {
    let document = view::list(list, &TEMPLATE);
    let flow = layout::flow(&document, &TEMPLATE.page, &Square);
    assert!(
        !layout::place(&document.table, &TEMPLATE.page, &flow, &References::new(), &Square).pages.is_empty()
    );
    assert!(flow.row_heights().iter().all(|height| *height > 0));
    emit::data::list_csv(&TEMPLATE, list);
    emit::json::render(&TEMPLATE, list);
}

struct Square;

impl layout::Metrics for Square {
    fn advance(&self, cluster: &str) -> i32 {
        if cluster.is_ascii() { 500 } else { 1000 }
    }

    fn covers(&self, _: &str) -> bool {
        true
    }

    fn of(&self, _: layout::TextRole) -> &dyn layout::Metrics {
        self
    }

    fn ascent(&self) -> i32 {
        880
    }

    fn descent(&self) -> i32 {
        120
    }
}
