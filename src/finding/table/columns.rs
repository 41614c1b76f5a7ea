//! Entries about tables: their columns, rows and groups.

use super::super::parameter::Column;
use serde::{Deserialize, Serialize};

/// Why a needed column is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// No heading is one of its words.
    NoHeading,
    /// It is hidden.
    Hidden(Column),
    /// The template's `[[sheets]]` do not name it.
    NotMapped,
    /// The template's `[[sheets]]` name a column that the sheet does not have.
    MappedOutside,
}

/// Which columns are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unread {
    /// Those with headings that mean nothing to the template.
    Headed,
    /// Those without a heading.
    Unheaded,
}

macro_rules! columns {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// A needed column is missing.
        ColumnMissing("column-missing", Error fixed) {
            /// What its heading should be.
            heading: Quoted,
            /// The field's key in the template.
            key: Quoted,
            /// Why it is not there.
            cause: Absence,
        }
        meaning: ["必要な列がない", "A needed column is missing"],
        message: [by cause {
            Absence::Hidden(column) => [
                "「{heading}」の列（{column}列）が非表示のため、読み取っていません",
                "the column of `{heading}` ({column}) is hidden and not read"
            ],
            Absence::MappedOutside => [
                "テンプレートの sheets にある「{heading}」の列が、このシートにありません",
                "the column that the template's sheets name for `{key}` is not on this sheet"
            ],
            _ => ["「{heading}」の列がありません", "no column for `{key}`"],
        }],
        department: [by cause {
            Absence::Hidden(_) => ["列を再表示して保存し直してください", "show the column and save again"],
            Absence::NoHeading => [
                "見出しを配布時の「{heading}」に戻してください",
                "restore the heading 「{heading}」"
            ],
            _ => [none],
        }],
        planning: [by cause {
            Absence::Hidden(_) => [
                "再表示を所管課に依頼するか、テンプレートの input.hidden を \"take_in\" にしてください",
                "ask the department to show it, or set input.hidden = \"take_in\" in the template"
            ],
            Absence::NoHeading => [
                "見出しを「{heading}」に戻すか、テンプレートの {key} の words に、調査票の見出しの語を加えてください",
                "use the heading 「{heading}」, or add the form's heading to the words of `{key}` in the template"
            ],
            Absence::NotMapped => [
                "テンプレートの sheets の columns に、{key} の列を書いてください",
                "give the column of `{key}` in the template's sheets"
            ],
            Absence::MappedOutside => [
                "テンプレートの sheets の columns にある {key} の列の文字を、このシートに合わせてください",
                "correct the letters of the column of `{key}` in the template's sheets"
            ],
        }],

        /// Headings that are only a hint at what their columns hold, said once of all forms that have them.
        ColumnInferred("column-inferred", Warning adjustable) {
            /// The headings, and what each was taken for.
            columns: Readings,
            /// The other sheets with the same form.
            also: Places,
        }
        meaning: [
            "見出しの一部の語や、列の記入から項目を判断した列（同じ様式について一度だけ示します）",
            "Columns that were told by a part of their headings, or by their entries (said once of all forms that are alike)"
        ],
        message: [
            "見出し{columns}の列として読み取りました{also}",
            "headings in other words were read: {columns}{also}"
        ],
        department: [none],
        planning: [
            "このままでよければ、対応は不要です。違う場合は、テンプレートの input.ignore_columns にその見出しを加えてください",
            "nothing needs to be done if that is right; otherwise add the heading to input.ignore_columns"
        ],

        /// Two columns claim one field.
        ColumnAmbiguous("column-ambiguous", Error fixed) {
            /// What the columns are taken for.
            field: Quoted,
            /// The heading of the left one.
            one: Quoted,
            /// The left one.
            first: Column,
            /// The heading of the right one.
            other: Quoted,
            /// The right one.
            second: Column,
        }
        meaning: ["同じ項目の列が二つある", "Two columns claim the same field"],
        message: [
            "「{one}」（{first}列）と「{other}」（{second}列）が、どちらも「{field}」の列と読めます",
            "both `{one}` (column {first}) and `{other}` (column {second}) can be read as `{field}`"
        ],
        department: [
            "一方の列を消すか、見出しを別の語に変えてください",
            "delete one of them, or change its heading"
        ],
        planning: [same],

        /// A column that the template does not know.
        ColumnUnknown("column-unknown", Warning adjustable) {
            /// Which kind.
            columns: Unread,
            /// Their headings, or their letters if they have none.
            which: Listed,
            /// The first text that is not read below a column without a heading.
            text: Option<Quoted>,
        }
        meaning: ["テンプレートにない列", "A column that the template does not know"],
        message: [by text {
            None => [
                "「{which}」の列は、一覧に載りません",
                "columns that are not in the template are not read: {which}"
            ],
            Some(text) => [
                "見出しのない列（{which}列）の記入（「{text}」など）は、一覧に載りません",
                "entries in columns without a heading ({which}) are not read (`{text}` and so on)"
            ],
        }],
        department: [
            "一覧に載せる内容であれば、決められた列に記入してください。参考の記入であれば、このままで構いません",
            "move what is meant for the list to the column for it; otherwise nothing is to be done"
        ],
        planning: [by columns {
            Unread::Headed => [
                "不要な列の見出しはテンプレートの input.ignore_columns に、必要な列の見出しはその項目の words に加えてください",
                "add the headings to the template's input.ignore_columns, or to the words of the fields they belong to"
            ],
            Unread::Unheaded => [
                "一覧に載せる内容であれば、決められた列への記入を所管課に依頼してください。参考の記入であれば、このままで構いません",
                "ask the department to move what is meant for the list to the column for it; otherwise nothing is to be done"
            ],
        }],

        /// A row with content but no indicator.
        RowNotUnderstood("row-not-understood", Error fixed) {
            /// The first text of the row.
            text: Quoted,
        }
        meaning: ["名称のない行に記入がある", "A row has entries but no name"],
        message: [
            "名称のない行に、ほかの記入（「{text}」など）があります",
            "a row without a name says `{text}`; it is not clear what it belongs to"
        ],
        department: [
            "名称を記入してください。注記であれば行の初めに「※」を付け、不要であれば消してください",
            "fill in the name, begin a note with ※, or delete the row"
        ],
        planning: [same],

        /// An entry of which it is not clear what it belongs to.
        EntryUnread("entry-unread", Error fixed) {
            /// The entry, or the first of a column.
            text: Quoted,
            /// The field of whose entries it looks like one, which has no column.
            like: Option<Quoted>,
        }
        meaning: ["どの項目のものか分からない記入", "An entry of which it is not clear what it belongs to"],
        message: [by like {
            None => ["記入「{text}」が、どの項目のものか分かりません", "it is not clear what `{text}` belongs to"],
            Some(like) => [
                "記入「{text}」などが、「{like}」のものに見えますが、見出しからは分かりません",
                "`{text}` and so on look like `{like}`, but their heading does not say so"
            ],
        }],
        department: [
            "項目名のある欄に記入してください。参考の記入であれば、表の外に移してください",
            "enter it beside or below its heading; move a remark out of the table"
        ],
        planning: [
            "この見出しを、テンプレートの項目の words か input.ignore_columns に加えてください",
            "add the heading to the words of its field, or to input.ignore_columns"
        ],

        /// A row before any group label.
        GroupMissing("group-missing", Error fixed) {
            /// What the template calls the group.
            group: Quoted,
        }
        meaning: ["所属する区分（基本目標、施策など）の記入がない行", "A row whose group is not stated"],
        message: ["「{group}」が記入されていません", "the `{group}` of this row is not stated"],
        department: ["この行に「{group}」を記入してください", "enter the `{group}` in this row"],
        planning: [same],

        /// A line above a table was taken for a group's label.
        GroupInferred("group-inferred", Warning adjustable) {
            /// What the template calls the group.
            group: Quoted,
            /// The line, the first of its kind on the sheet.
            text: Quoted,
            /// How many there are.
            count: usize,
        }
        meaning: ["表のすぐ上の行を、区分（基本目標、施策など）として読んだ", "A line above a table was taken for a group"],
        message: [
            "表のすぐ上にある行（「{text}」など{count}行）を、「{group}」として読みました",
            "the line right above the table (`{text}`, {count} of its kind) was taken for a group"
        ],
        department: [
            "「{group}」でない場合は、「{group}」の列を設けて記入してください",
            "if it is none, give the group a column of its own"
        ],
        planning: [
            "「{group}」でない場合は、調査票に「{group}」の列を設けてください。その階層がない一覧では、テンプレートの groups に required = false と書きます",
            "if it is none, give the form a column for the group, or say `required = false` in the template's `groups`"
        ],

        /// The same group with another wording.
        GroupWording("group-wording", Warning adjustable) {
            /// What the template calls the group.
            group: Quoted,
            /// The wording here, as the list has it.
            wording: Quoted,
            /// The wording of the place that was read first.
            known: Quoted,
            /// That place.
            first: Elsewhere,
            /// The cell as the department wrote it.
            raw: Quoted,
            /// What it should say if it is the same group.
            same: Option<Quoted>,
        }
        meaning: ["同じ番号の区分（基本目標、施策など）の文言が違う", "The same group appears with another wording"],
        message: [
            "{group}「{wording}」は、{first}では「{known}」です",
            "`{wording}` is `{known}` at {first}"
        ],
        department: [
            "同じ{group}であれば、文言をそろえてください。別のものであれば、このままで構いません",
            "use one wording if it is one group; otherwise nothing is to be done"
        ],
        planning: [
            "同じ{group}であれば、文言をそろえてください。このままでは、別のものとして並びます",
            "use one wording if it is one group; as it is, they are listed as two"
        ],
        fix: raw => same,
    ] } };
}
