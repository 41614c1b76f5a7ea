//! Entries about sheets: what is left out of them, and what the template says of them by hand.

use serde::{Deserialize, Serialize};

/// What is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    /// The sheet.
    Sheet,
    /// The sheet, so that no menu shows it.
    VeryHiddenSheet,
    /// Rows of it.
    Rows,
    /// Rows that a filter hides.
    FilteredRows,
    /// Rows of a closed outline.
    GroupedRows,
    /// Columns of it.
    Columns,
}

/// What an entry of the template's `[[sheets]]` names that lies outside the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outside {
    /// The header's last row.
    Row,
    /// Columns.
    Columns,
}

/// What of an entry of the template's `[[forms]]` is on the sheet that comes nearest to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nearest {
    /// No sheet has half of its labels.
    None,
    /// Some of its labels are not there.
    Labels,
    /// All of them are, but stand otherwise.
    Order,
}

macro_rules! sheets {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// A formula's error value.
        CellError("cell-error", Error adjustable) {
            /// The error value.
            value: Quoted,
        }
        meaning: ["セルがエラー値になっている", "A cell shows an error value"],
        message: ["セルがエラー値「{value}」になっています", "the cell shows the error value {value}"],
        department: [
            "数式や列の幅を直して保存し直すか、正しい値を直接入力してください",
            "correct the formula or the column's width and save again, or type the value itself"
        ],
        planning: [same],

        /// A formula whose result the file does not hold.
        FormulaUnresolved("formula-unresolved", Error adjustable) {}
        meaning: ["計算結果が保存されていない数式", "A formula without a stored result"],
        message: [
            "数式の計算結果がファイルに保存されていません",
            "the file holds a formula here, but not its result"
        ],
        department: [
            "ファイルをExcelで開き、上書き保存してください",
            "open the file in Excel and save it"
        ],
        planning: [same],

        /// Text that lost its characters on the way.
        TextGarbled("text-garbled", Error adjustable) {
            /// The text, or the first of them.
            text: Quoted,
            /// How many more cells there are.
            more: More,
        }
        meaning: ["文字化けしている", "Garbled text"],
        message: ["文字化けしています「{text}」{more}", "the text is garbled: `{text}`{more}"],
        department: [
            "元のファイルをExcelで開き、「CSV UTF-8」かExcelブックの形式で保存し直してください",
            "open the original in Excel and save it as CSV UTF-8 or as a workbook"
        ],
        planning: [same],

        /// Characters that were read as those that they look like.
        LookAlikeRead("look-alike-read", Note adjustable) {
            /// Each pair, once.
            pairs: Listed,
            /// How many more cells there are.
            more: More,
        }
        meaning: ["似た形の別の文字を、通常の文字として読んだ", "Look-alikes were read as usual characters"],
        message: [
            "似た形の別の文字を、通常の文字として読みました（{pairs}）{more}",
            "look-alikes were read as the usual characters ({pairs}){more}"
        ],
        department: [none],
        planning: [none],

        /// Hidden rows, columns or sheets, which are not read.
        HiddenLeftOut("hidden-left-out", Warning adjustable) {
            /// What is hidden.
            hidden: Hidden,
            /// Numbers of rows or letters of columns.
            which: Listed,
        }
        meaning: ["非表示の行・列・シートは読み取らない", "Hidden rows, columns or sheets are not read"],
        message: [by hidden {
            Hidden::Sheet => ["シートが非表示のため、読み取っていません", "the sheet is hidden and not read"],
            Hidden::VeryHiddenSheet => [
                "シートが、メニューからは再表示できない設定で非表示のため、読み取っていません",
                "the sheet is hidden so that no menu shows it, and is not read"
            ],
            Hidden::Rows => ["非表示の行（{which}行目）は、読み取っていません", "hidden rows ({which}) are not read"],
            Hidden::FilteredRows => [
                "フィルターが掛かっているため表示されない行（{which}行目）は、読み取っていません",
                "a filter is on; the rows that it hides ({which}) are not read"
            ],
            Hidden::GroupedRows => [
                "グループ化で折りたたまれている行（{which}行目）は、読み取っていません",
                "rows of a closed outline ({which}) are not read"
            ],
            Hidden::Columns => ["非表示の列（{which}列）は、読み取っていません", "hidden columns ({which}) are not read"],
        }],
        department: [by hidden {
            Hidden::FilteredRows => [
                "フィルターを解除して保存し直してください。載せない行であれば、このままで構いません",
                "clear the filter and save again; nothing is to be done if the rows are not for the list"
            ],
            Hidden::GroupedRows => [
                "折りたたみを開いて（＋）保存し直してください。載せない行であれば、このままで構いません",
                "open the outline and save again; nothing is to be done if the rows are not for the list"
            ],
            Hidden::VeryHiddenSheet => [
                "一覧に載せる表であれば、表示されているシートに写してください。載せない場合は、このままで構いません",
                "copy it to a sheet that is shown if it is for the list; otherwise nothing is to be done"
            ],
            _ => [
                "一覧に載せる場合は、再表示して保存し直してください。載せない場合は、このままで構いません",
                "show them and save again if they are for the list; otherwise nothing is to be done"
            ],
        }],
        planning: [by hidden {
            Hidden::FilteredRows => [
                "載せる場合は、フィルターの解除を所管課に依頼するか、テンプレートの input.hidden を \"take_in\" にしてください",
                "if they are for the list, ask the department to clear the filter, or set input.hidden = \"take_in\" in the template"
            ],
            _ => [
                "載せる場合は、再表示を所管課に依頼するか、テンプレートの input.hidden を \"take_in\" にしてください",
                "if they are for the list, ask the department to show them, or set input.hidden = \"take_in\" in the template"
            ],
        }],

        /// Text that is struck through, which is not read.
        StruckLeftOut("struck-left-out", Warning adjustable) {
            /// The text.
            text: Quoted,
        }
        meaning: ["取り消し線のある文字は読み取らない", "Text that is struck through is not read"],
        message: ["取り消し線のある「{text}」は、読み取っていません", "`{text}` is struck through and was left out"],
        department: [
            "残す文字であれば、取り消し線を外してください。消す文字であれば、このままで構いません",
            "remove the line if the text is meant to stay; otherwise nothing is to be done"
        ],
        planning: [same],

        /// An entry of the template's `[[sheets]]` that fits no sheet.
        MappingUnused("mapping-unused", Warning adjustable) {
            /// Which entry, counted from 1.
            entry: usize,
            /// Its pattern for files.
            file: Quoted,
            /// Its pattern for sheets.
            sheet: Quoted,
        }
        meaning: ["テンプレートの sheets に当てはまるシートがない", "An entry of the template's sheets fits no sheet"],
        message: [
            "{entry}番目の [[sheets]]（ファイル「{file}」、シート「{sheet}」）に当てはまるシートがありません",
            "[[sheets]], entry {entry} (file `{file}`, sheet `{sheet}`), holds for no sheet"
        ],
        department: [none],
        planning: [
            "ファイルとシートの名前を確認してください。前にある [[sheets]] が先に当てはまっていることもあります",
            "check the names of file and sheet; an entry above it may fit first"
        ],

        /// An entry of the template's `[[sheets]]` that names rows or columns which the sheet does not have.
        MappingUnfit("mapping-unfit", Warning adjustable) {
            /// What lies outside.
            outside: Outside,
            /// The number of the row or the letters of the columns.
            which: Listed,
        }
        meaning: [
            "テンプレートの sheets がシートにない行や列を指している",
            "An entry of the template's sheets names rows or columns that the sheet does not have"
        ],
        message: [by outside {
            Outside::Row => [
                "テンプレートの sheets にある見出しの行（{which}行目）は、このシートの記入の範囲外です",
                "the template's sheets name row {which} of the header, which lies outside the cells of this sheet"
            ],
            Outside::Columns => [
                "テンプレートの sheets にある{which}列は、このシートの記入の範囲外です",
                "the template's sheets name column {which}, which lies outside the cells of this sheet"
            ],
        }],
        department: [none],
        planning: [
            "[[sheets]] の header_rows と列の文字が、このシートに合っているか確認してください",
            "check that `header_rows` and the columns' letters are this sheet's"
        ],

        /// An entry of the template's `[[forms]]` that fits no sheet.
        FormUnfit("form-unfit", Warning adjustable) {
            /// What of it is on the sheet that comes nearest.
            nearest: Nearest,
            /// Which entry, counted from 1.
            entry: usize,
            /// Its first label.
            first: Quoted,
            /// Its labels that are not on that sheet.
            missing: Listed,
        }
        meaning: ["テンプレートの forms に合う調査票がない", "An entry of the template's forms fits no sheet any more"],
        message: [by nearest {
            Nearest::None => [
                "{entry}番目の [[forms]]（「{first}」で始まる様式）に合う調査票がありません",
                "[[forms]], entry {entry} (it begins with `{first}`), fits no sheet"
            ],
            Nearest::Labels => [
                "{entry}番目の [[forms]]（「{first}」で始まる様式）に合う調査票がありません。最も近いこのシートには、見出し{missing}がありません",
                "[[forms]], entry {entry} (it begins with `{first}`), fits no sheet; this one comes nearest and lacks {missing}"
            ],
            Nearest::Order => [
                "{entry}番目の [[forms]]（「{first}」で始まる様式）に合う調査票がありません。最も近いこのシートは、見出しの並びが違います",
                "[[forms]], entry {entry} (it begins with `{first}`), fits no sheet; this one has its labels in another order"
            ],
        }],
        department: [none],
        planning: [
            "様式が変わったのであれば、kaitei inspect --suggest で作成し直してください。使わなくなった様式であれば、[[forms]] から消してください",
            "if the form has changed, make the entry anew with `kaitei inspect --suggest`; if it is not used any more, delete it"
        ],

        /// A sheet that kaitei made from the list beside it.
        SheetRepeatsList("sheet-repeats-list", Note adjustable) {}
        meaning: ["kaiteiが一覧から作ったシート（集計・変更点など）", "A sheet that kaitei made from the list beside it"],
        message: [
            "kaiteiが同じブックの一覧から作ったシートのため、読みません",
            "kaitei made this sheet from the list in the same workbook; it is not read"
        ],
        department: [none],
        planning: [none],

        /// No header row recognised on a sheet.
        SheetWithoutTable("sheet-without-table", Warning adjustable) {}
        meaning: ["表の見出しが見つからないシート", "A sheet on which no table header was recognised"],
        message: ["調査票の表の見出しが見つかりません", "no header of a KPI table was found"],
        department: [
            "調査票の表であれば、見出しを配布時のものに戻してください。記入要領など、表のないシートであれば、対応は不要です",
            "if this is a table of the form, restore its headings; if it is none, nothing is to be done"
        ],
        planning: [
            "記入要領など、表のないシートであれば、対応は不要です。調査票の表であれば、テンプレートの各項目の words に、見出しの語を加えてください",
            "if the sheet has no table of the form, nothing is to be done; if it has, add its headings to the words of the template's fields"
        ],
    ] } };
}
