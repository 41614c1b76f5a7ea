//! Entries about decisions: corrections and acceptances, and which of them do not fit the forms.

use super::super::Lang;
use super::super::parameter::{Listed, Parameter, Quoted};
use crate::model::CellRef;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a correction is not made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unfit {
    /// There is no such file; those that there are.
    File(Listed),
    /// The file was not read.
    Unread,
    /// There is no such sheet; those that there are.
    Sheet(Listed),
    /// The sheet is not named; those that there are.
    Unnamed(Listed),
    /// A CSV file has no sheets.
    NoSheets,
    /// Part of a merged cell, which has this one's name.
    Merged(CellRef),
    /// It is hidden and not read.
    Hidden,
    /// The cell shows nothing.
    Empty,
    /// The cell shows something else; as the entry would write it.
    Text(Quoted),
    /// The cell shows something else that is too long to be named.
    LongText,
}

macro_rules! decisions {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// A correction that does not fit its cell, and is not made.
        CorrectionUnfit("correction-unfit", Error fixed) {
            /// What the cell is said to show.
            from: Quoted,
            /// What it is to be read as.
            to: Quoted,
            /// Why it is not made.
            why: Unfit,
        }
        meaning: [
            "corrections.toml の訂正がセルの記載に合わず、訂正していない",
            "A correction of corrections.toml does not fit its cell, and was not made"
        ],
        message: [
            "「{from}」を「{to}」とする訂正を行っていません。{why}",
            "the correction of `{from}` to `{to}` was not made: {why}"
        ],
        department: [none],
        planning: [
            "調査票の記載を確認し、corrections.toml の項目を修正するか、不要であれば消してください",
            "look at the form, then correct the entry in corrections.toml, or delete it if it is not needed"
        ],

        /// A correction of a cell that says already what it is to be read as.
        CorrectionNeedless("correction-needless", Warning fixed) {
            /// What the cell shows.
            to: Quoted,
        }
        meaning: [
            "corrections.toml で訂正する内容が、すでに調査票に記入されている",
            "A correction of corrections.toml is not needed: the cell says so already"
        ],
        message: [
            "すでに「{to}」と記入されているため、訂正は不要です",
            "it says `{to}` already, so that nothing is to be corrected"
        ],
        department: [none],
        planning: ["corrections.toml の項目を消してください", "delete the entry in corrections.toml"],

        /// A cell that is not read as it was sent.
        CellCorrected("cell-corrected", Note fixed) {
            /// What the cell shows.
            from: Quoted,
            /// What it is read as.
            to: Quoted,
            /// Why.
            why: Quoted,
        }
        meaning: ["corrections.toml により訂正したセル", "A cell that was corrected by corrections.toml"],
        message: ["「{from}」を「{to}」に訂正しました（理由：{why}）", "`{from}` was corrected to `{to}` (because: {why})"],
        department: [none],
        planning: [none],

        /// An acceptance of a finding that has changed.
        AcceptanceStale("acceptance-stale", Warning fixed) {
            /// The finding's rule.
            rule: Quoted,
            /// The hash of what it is about now.
            hash: Quoted,
        }
        meaning: [
            "accepted.toml で確認済みとした指摘の内容が、その後変わった",
            "What was accepted in accepted.toml has changed since"
        ],
        message: [
            "確認済みとした指摘（{rule}）の内容が、その後変わりました",
            "what was accepted here ({rule}) has changed since"
        ],
        department: [none],
        planning: [
            "指摘を確認し、このままでよければ accepted.toml の項目を hash = \"{hash}\" としてください",
            "look at the finding again; if it may stand, write hash = \"{hash}\" in accepted.toml"
        ],

        /// An acceptance of a finding that is gone.
        AcceptanceUnused("acceptance-unused", Warning fixed) {
            /// The finding's rule.
            rule: Quoted,
        }
        meaning: [
            "accepted.toml で確認済みとした指摘が、もうない",
            "What was accepted in accepted.toml is not found any more"
        ],
        message: [
            "確認済みとした指摘（{rule}）は、ここにはもうありません",
            "what was accepted here ({rule}) is not found any more"
        ],
        department: [none],
        planning: ["accepted.toml の項目を消してください", "delete the entry in accepted.toml"],
    ] } };
}

impl Parameter for Unfit {
    fn tell(&self, lang: Lang, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |known: &Listed| super::super::parameter::In(known, lang).to_string();
        let (ja, en) = match self {
            Self::File(known) => (
                format!("このファイルがありません（あるのは {}）", listed(known)),
                format!("there is no such file (known are {})", listed(known)),
            ),
            Self::Unread => ("ファイルを読み取れていません".into(), "the file could not be read".into()),
            Self::Sheet(known) => (
                format!("このシートがありません（あるのは {}）", listed(known)),
                format!("there is no such sheet (known are {})", listed(known)),
            ),
            Self::Unnamed(known) => (
                format!("sheet にシートの名前を書いてください（あるのは {}）", listed(known)),
                format!("the sheet is not named (known are {})", listed(known)),
            ),
            Self::NoSheets => (
                "CSVにシートはありません（sheet の行を消してください）".into(),
                "a CSV file has no sheets (take out the line `sheet`)".into(),
            ),
            Self::Merged(cell) => (
                format!("結合されたセルの一部です（cell = \"{cell}\"）"),
                format!("it is part of a merged cell (cell = \"{cell}\")"),
            ),
            Self::Hidden => ("非表示のため、読み取っていません".into(), "it is hidden and not read".into()),
            Self::Empty => ("セルは空欄です（from = \"\"）".into(), "the cell is empty (from = \"\")".into()),
            Self::Text(shown) => (
                format!("セルの記載が「from」と違います（from = {shown}）"),
                format!("the cell does not show what `from` says (from = {shown})"),
            ),
            Self::LongText => (
                "セルの記載が「from」と違います（kaitei inspect で確認できます）".into(),
                "the cell does not show what `from` says (`kaitei inspect` shows it)".into(),
            ),
        };
        f.write_str(&lang.pick((ja, en)))
    }
}
