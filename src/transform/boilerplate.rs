//! What stands around a table in a form and is none of its rows: notes, signature boxes, page numbers, instructions.
//!
//! * **N1** A row of one or two cells that begins with a note's mark is a note.
//! * **N2** A row of offices and acts of signing (`課長`, `承認`, `印`) is a box for signatures.
//! * **N3** A row of one cell is recognised by what it says: the end (`以上`), the page, that it goes on, what to do.

use crate::japanese::fold;
use crate::model::RawRow;

/// Marks at the head of a note, folded.
const NOTES: [&str; 8] = ["※", "*", "注)", "(注", "注:", "注1", "備考", "(参考"];
/// Who signs.
const OFFICES: [&str; 14] = [
    "部長", "課長", "局長", "次長", "室長", "所長", "係長", "区長", "市長", "町長", "村長", "主査", "主任",
    "主事",
];
/// What for.
const ACTS: [&str; 13] = [
    "担当",
    "担当者",
    "起案",
    "審査",
    "合議",
    "決裁",
    "承認",
    "確認",
    "押印",
    "承認欄",
    "確認欄",
    "決裁欄",
    "押印欄",
];
/// Whose office it is.
const OWN: [&str; 4] = ["", "所管", "担当", "主管"];
/// Characters of the longest office.
const LONGEST_OFFICE: usize = 8;
/// Characters of the longest word that a page goes on.
const LONGEST_TURN: usize = 15;

/// Whether a row is a note (N1). It may have a label before it.
pub(super) fn is_note(row: &RawRow) -> bool {
    let first = row.cells.first().map(|cell| fold(&cell.text)).unwrap_or_default();
    row.cells.len() <= 2 && (NOTES.iter().any(|mark| first.starts_with(mark)) || first == "以上")
}

/// Whether a row can be nothing that belongs to a table, in whatever column it stands (N2, N3).
pub(super) fn is_boilerplate(row: &RawRow) -> bool {
    let texts: Vec<String> = row.cells.iter().map(|cell| fold(&cell.text)).collect();
    match texts.as_slice() {
        [only] if is_note(row) || is_page(only) || is_turn(only) || is_instruction(only) => true,
        all => is_signing(all),
    }
}

/// Offices and seals alone, or a name between an office and its seal. One alone must be an office in general: the
/// name of an indicator may end with one.
fn is_signing(texts: &[String]) -> bool {
    let is_named = |text: &String| is_sealed(text) && OFFICES.iter().any(|word| text.contains(word));
    match texts {
        [] => false,
        [only] => is_named(only) || is_own_office(only),
        [office, .., seal] if is_office(office) && is_seal(seal) && texts.len() <= 4 => true,
        all => all.iter().all(|text| is_office(text) || is_seal(text) || is_named(text)),
    }
}

fn is_office(text: &str) -> bool {
    let text = text.trim_end_matches(':');
    let is_title = OFFICES.iter().any(|word| text.ends_with(word));
    ACTS.contains(&text) || (is_title && text.chars().count() <= LONGEST_OFFICE)
}

fn is_own_office(text: &str) -> bool {
    let text = text.trim_end_matches(':');
    let is_title = OFFICES.iter().filter_map(|word| text.strip_suffix(word)).any(|own| OWN.contains(&own));
    ACTS.contains(&text) || is_title
}

fn is_seal(text: &str) -> bool {
    matches!(text, "印" | "㊞" | "(印)" | "公印")
}

fn is_sealed(text: &str) -> bool {
    text.ends_with('印') || text.ends_with('㊞') || text.ends_with("(印)")
}

/// `1/3`, `- 1 -`, `1ページ`, `P.1`.
fn is_page(text: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 4);
    let bare = text.trim_start_matches("page").trim_start_matches(['p', '.']);
    let bare = ["ペ-ジ", "頁"].iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
    let framed = text.strip_prefix('-').and_then(|text| text.strip_suffix('-'));
    match bare.split_once('/') {
        Some((page, pages)) => number(page).zip(number(pages)).is_some_and(|(page, pages)| page <= pages),
        None => framed.or((bare != text).then_some(bare)).is_some_and(|text| number(text).is_some()),
    }
}

/// `（裏面に続く）`, `以下余白`.
fn is_turn(text: &str) -> bool {
    let begins = ["(", "→", "↓", "裏面", "次", "前", "以下", "続"].iter().any(|word| text.starts_with(word));
    let says =
        ["裏面", "続く", "つづく", "続き", "つづき", "余白", "空白"].iter().any(|word| text.contains(word));
    begins && says && text.chars().count() <= LONGEST_TURN
}

/// What to do with the form, by when, and whom to ask.
fn is_instruction(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '・', '○', '●', '◆', '■', '*', '↓', '→', '<']);
    let says = ["ください", "ください。", "下さい", "下さい。", "ください)", "下さい)", "こと。"];
    let begins = [
        "記入例",
        "記入上",
        "記入要領",
        "記載例",
        "記載上",
        "入力例",
        "留意事項",
        "注意",
        "提出期限",
        "提出先",
        "締切",
        "〆切",
        "問合せ",
        "問い合わせ",
        "連絡先",
        "担当:",
        "担当課:",
        "担当者:",
        "作成:",
        "作成者:",
        "作成日:",
    ];
    says.iter().any(|word| text.ends_with(word)) || begins.iter().any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RawCell;

    #[test]
    fn furniture_is_told_from_data() {
        for (texts, expected) in [
            (&["※値は計画策定時のもの"][..], true),
            (&["以　上"], true),
            (&["部長", "課長", "係長", "担当"], true),
            (&["所管課長　　印"], true),
            (&["所管課長", "山田　太郎", "印"], true),
            (&["承認欄"], true),
            (&["決裁", "㊞"], true),
            (&["１／３"], true),
            (&["－　１　－"], true),
            (&["1/3ページ"], true),
            (&["P.2"], true),
            (&["（裏面に続く）"], true),
            (&["以下余白"], true),
            (&["【記入例】"], true),
            (&["・不要な行は削除してください。"], true),
            (&["担当：企画課（内線1234）"], true),
            (&["指標"], false),
            (&["3/1"], false),
            (&["－1"], false),
            (&["12"], false),
            (&["（31年度）"], false),
            (&["指標", "3件", "担当"], false),
            (&["課長級に占める女性の割合"], false),
            (&["女性課長"], false),
            (&["１　安全の確認"], false),
            (&["次世代育成支援の件数"], false),
            (&["1/3", "維持"], false),
        ] {
            let cell =
                |(col, text): (u32, &&str)| RawCell { col, text: (*text).to_owned(), ..RawCell::default() };
            let row = RawRow { index: 0, hidden: false, cells: (0..).zip(texts).map(cell).collect() };
            assert_eq!(is_boilerplate(&row), expected, "{texts:?}");
        }
    }
}
