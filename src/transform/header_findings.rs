//! What is to be said of a header: its account, and columns that are unknown, ambiguous or missing.

use super::columns::{self, Header, Slot};
use crate::finding::{Code, Finding, message};
use crate::model::{CellRef, ColumnAccount, DispositionId, Field, Meaning, Origin, RawSheet, TableAccount};
use crate::template::Template;

/// The account of a table: what each of its columns was taken for.
pub(super) fn account(sheet: &RawSheet, header: &Header, by_hand: bool) -> TableAccount {
    let held = header.columns.iter().map(|(&slot, &col)| (col, Meaning::Holds(slot)));
    let ignored = header.ignored.iter().map(|&col| (col, Meaning::Holds(Slot::Ignored)));
    let rivals = header.ambiguous.iter().map(|&(_, first, col)| (col, Meaning::Rival(first)));
    let unknown = header.unknown.iter().map(|&col| (col, Meaning::Unknown));
    let column = |(col, meaning): (u32, Meaning)| {
        let headings = columns::headings(sheet, header.top, header.end, col);
        ColumnAccount { col, headings: headings.into_iter().map(str::to_owned).collect(), meaning }
    };
    let mut columns: Vec<ColumnAccount> =
        held.chain(ignored).chain(rivals).chain(unknown).map(column).collect();
    // By hand, what is not named is ignored, wherever it is on the sheet; only headings are worth telling.
    columns.retain(|column| !column.headings.is_empty() || column.meaning != Meaning::Holds(Slot::Ignored));
    columns.sort_by_key(|column| column.col);
    columns.dedup_by_key(|column| column.col);
    TableAccount { top: header.top, end: header.end, by_hand, columns }
}

/// Reports unknown, ambiguous and missing columns of a header.
pub(super) fn report(
    sheet: &RawSheet,
    template: &Template,
    header: &Header,
    (missing, by_hand): (&[Field], bool),
    notes: &mut Vec<Finding>,
) {
    let heading = |col| heading(sheet, header, col);
    let unknown: Vec<String> = header.unknown.iter().map(|&col| heading(col)).collect();
    if let Some(&col) = header.unknown.first() {
        notes.push(unknown_columns(&unknown, sheet.origin(header.top, col)));
    }
    for (slot, &col) in header.columns.iter().filter(|(_, col)| header.inferred.contains(col)) {
        notes.push(inferred(&heading(col), &slot_name(*slot, template), sheet.origin(header.top, col)));
    }
    for &(slot, first, second) in &header.ambiguous {
        let name = slot_name(slot, template);
        let quoted = [first, second].map(|col| (heading(col), CellRef::column_letters(col)));
        let [(one, at), (other, other_at)] = quoted;
        notes.push(Finding::new(
            Code::ColumnAmbiguous,
            sheet.origin(header.top, second),
            message(
                format!(
                    "「{one}」（{at}列）と「{other}」（{other_at}列）が、どちらも「{name}」の列と読めます"
                ),
                format!(
                    "both `{one}` (column {at}) and `{other}` (column {other_at}) can be read as `{name}`"
                ),
            ),
            message("どちらかの見出しを変えてください", "change the heading of one of them"),
        ));
    }
    for &field in missing {
        let spec = template.field(field);
        let mut words: Vec<String> = spec.words.iter().map(|word| word.replace('\n', "")).collect();
        words.dedup();
        words.truncate(3);
        let words = words.join("」「");
        let hint = if by_hand {
            message(
                format!("テンプレートの sheets の columns に {} の列を書いてください", spec.key),
                format!("give the column of `{}` in the template's sheets", spec.key),
            )
        } else {
            message(
                format!(
                    "見出しに「{words}」などの語を使うか、テンプレートの words に見出しの語を加えてください"
                ),
                format!("use a heading such as 「{words}」, or add the form's heading to the field's words"),
            )
        };
        notes.push(Finding::new(
            Code::ColumnMissing,
            sheet.origin(header.top, header.columns.values().min().copied().unwrap_or(0)),
            message(format!("「{}」の列がありません", spec.name()), format!("no column for `{}`", spec.key)),
            hint,
        ));
    }
}

/// The headings of a column, as the form has them, from top to bottom.
fn heading(sheet: &RawSheet, header: &Header, col: u32) -> String {
    let headings = columns::headings(sheet, header.top, header.named_end, col).into_iter();
    let headings: Vec<String> = headings.map(|text| text.split_whitespace().collect()).collect();
    headings.join("／")
}

/// A heading that is only a hint (H13).
fn inferred(heading: &str, name: &str, origin: Origin) -> Finding {
    Finding::new(
        Code::ColumnInferred,
        origin,
        message(
            format!("見出し「{heading}」の列を、「{name}」の列として読み取りました"),
            format!("the column `{heading}` was read as `{name}`"),
        ),
        message(
            "このままでよければ対応は不要です。違う場合は、テンプレートの input.ignore_columns にこの見出しを加えてください",
            "nothing needs to be done if that is right; otherwise add the heading to input.ignore_columns",
        ),
    )
}

fn slot_name(slot: Slot, template: &Template) -> String {
    match slot {
        Slot::Field(field) => template.field(field).name(),
        Slot::Time(field) => format!("{}の年度", template.field(field).name()),
        Slot::Unit(Some(field)) => format!("{}の単位", template.field(field).name()),
        Slot::Unit(None) => "単位".to_owned(),
        Slot::Words(field) => format!("{}の文言", template.field(field).name()),
        Slot::Mark(DispositionId(id)) => template.dispositions[id].label.clone(),
        Slot::Ignored => String::new(),
    }
}

/// One finding for all columns that are not read, naming the first ones.
fn unknown_columns(headings: &[String], origin: Origin) -> Finding {
    const NAMED: usize = 8;
    let more = headings.len().saturating_sub(NAMED);
    let (more_ja, more_en) = match more {
        0 => (String::new(), String::new()),
        more => (format!("ほか{more}列"), format!(" and {more} more")),
    };
    let named = &headings[..headings.len() - more];
    Finding::new(
        Code::ColumnUnknown,
        origin,
        message(
            format!("列「{}」{more_ja}はテンプレートにないので読みません", named.join("」「")),
            format!("columns that are not in the template are not read: {}{more_en}", named.join(", ")),
        ),
        message(
            "不要な列ならテンプレートの input.ignore_columns に、必要な列なら項目の words に加えてください",
            "add their headings to input.ignore_columns, or to the words of the fields they belong to",
        ),
    )
}

/// One finding for entries in columns that have no heading: the columns, and the first of the cells.
pub(super) fn unheaded(columns: &[u32], origin: Origin) -> Finding {
    let letters: Vec<String> = columns.iter().map(|&col| CellRef::column_letters(col)).collect();
    let letters = letters.join("・");
    Finding::new(
        Code::ColumnUnknown,
        origin,
        message(
            format!("見出しのない列（{letters}）に記入がありますが、読みません"),
            format!("there are entries in columns without a heading ({letters}); they are not read"),
        ),
        message(
            "必要な記入なら、見出しのある列に移してください",
            "move what is needed to a column with a heading",
        ),
    )
}
