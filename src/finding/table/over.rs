//! Entries about what lies over the cells, and about text that cannot be seen.

use serde::{Deserialize, Serialize};

/// What lies over the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Object {
    /// A text box, or a shape with text.
    Text,
    /// A ring, a tick, a frame: something that may choose.
    Mark,
    /// A check box that is checked, or whose state is not known.
    CheckBox,
    /// An option button that is chosen, or whose state is not known.
    OptionButton,
    /// A line.
    Line,
    /// A picture.
    Picture,
    /// A chart, or the like.
    Chart,
    /// Another control of a form.
    Control,
    /// Another shape.
    Shape,
    /// Drawings that cannot be read.
    Damaged,
}

macro_rules! over {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// Text that cannot be seen, which is not read.
        UnseenLeftOut("unseen-left-out", Warning adjustable) {
            /// Why it cannot be seen.
            why: Unseen,
            /// The cells of a column.
            which: Listed,
            /// What the first of them says.
            text: Quoted,
        }
        meaning: ["見えない文字は読み取らない", "Text that cannot be seen is not read"],
        message: [by why {
            Unseen::Colour => [
                "文字が背景と同じ色で見えないため、読み取っていません（{which}「{text}」）",
                "text of the colour of its ground was left out ({which}: `{text}`)"
            ],
            Unseen::Size => [
                "文字が小さすぎて見えないため、読み取っていません（{which}「{text}」）",
                "text that is too small to be seen was left out ({which}: `{text}`)"
            ],
            Unseen::Format => [
                "表示形式の設定で表示されないため、読み取っていません（{which}「{text}」）",
                "text that its number format does not show (`;;;`) was left out ({which}: `{text}`)"
            ],
            Unseen::Merge => [
                "結合されたセルの下に隠れているため、読み取っていません（{which}「{text}」）",
                "text below a merged area was left out ({which}: `{text}`)"
            ],
        }],
        department: [
            "一覧に載せる内容であれば、見えるように改めてください。載せない場合は、このままで構いません",
            "make it visible if it is for the list; otherwise nothing is to be done"
        ],
        planning: [
            "載せる場合は、見えるようにした再提出を所管課に依頼するか、テンプレートの input.unseen を \"take_in\" にしてください",
            "if it is for the list, ask the department to make it visible, or set input.unseen = \"take_in\" in the template"
        ],

        /// Text that a conditional format may hide, which is read.
        TextConditional("text-conditional", Warning adjustable) {
            /// The cells.
            which: Listed,
        }
        meaning: ["条件付き書式で見えなくなることのある文字を読み取った", "Text that a conditional format may hide was read"],
        message: [
            "条件付き書式で文字が見えなくなることのあるセル（{which}）を、読み取りました",
            "a conditional format may hide text that was read ({which})"
        ],
        department: [
            "見えない文字があれば、消してください。見えている場合は、このままで構いません",
            "delete what cannot be seen; if all of it is seen, nothing is to be done"
        ],
        planning: [same],

        /// Indicators outside of what is printed, which are read.
        OutsidePrintArea("outside-print-area", Warning adjustable) {
            /// Numbers of their rows.
            which: Listed,
        }
        meaning: ["印刷範囲の外にある行を読み取った", "Rows outside of the print area were read"],
        message: [
            "印刷範囲の外にある行（{which}行目）を、読み取りました",
            "rows outside of the print area were read ({which})"
        ],
        department: [
            "載せない行であれば、削除してください。載せる行であれば、このままで構いません",
            "delete the rows if they are not for the list; otherwise nothing is to be done"
        ],
        planning: [same],

        /// A line through a cell with text.
        CellCrossedOut("cell-crossed-out", Error adjustable) {
            /// What the cell says.
            text: Quoted,
        }
        meaning: ["文字の上に線の図形がある", "A line is drawn through a cell with text"],
        message: ["「{text}」の上に、線の図形が引かれています", "a line is drawn through `{text}`"],
        department: [
            "取り消す文字であれば、セルの文字を改めて線を消してください。取り消しでなければ、線を消してください",
            "if it is meant to strike the text, correct the cell and delete the line; otherwise delete the line"
        ],
        planning: [same],

        /// Text in a box over an indicator's row.
        TextOverCell("text-over-cell", Error adjustable) {
            /// What it says.
            text: Quoted,
        }
        meaning: ["一覧に載る行の上に、文字の入った図形がある", "A box with text lies over a row of the list"],
        message: [
            "テキストボックスなどの図形の「{text}」は、読み取っていません",
            "`{text}` is in a text box or a shape over the cells and was not read"
        ],
        department: [
            "一覧に載せる内容であれば、セルに入力して図形を消してください。説明であれば、表の外に移してください",
            "type it into the cell and delete the box if it is for the list; move a remark out of the table"
        ],
        planning: [same],

        /// Something over the cells or beside them that was not understood.
        ObjectLeftOut("object-left-out", Warning adjustable) {
            /// What it is.
            object: Object,
            /// What it says; may be empty.
            text: Quoted,
        }
        meaning: ["セルの上の図形・画像などは読み取らない", "What lies over the cells and was not understood is left out"],
        message: [by object {
            Object::Text => [
                "図形の「{text}」は、読み取っていません",
                "`{text}` is in a text box or a shape and was not read"
            ],
            Object::Mark => [
                "丸や枠などの図形が、何を選んだものか分かりません",
                "a ring, a frame or a tick was drawn; what it chooses could not be told"
            ],
            Object::CheckBox => [
                "チェックボックスが、何を選んだものか分かりません",
                "what a check box chooses could not be told"
            ],
            Object::OptionButton => [
                "オプションボタンが、何を選んだものか分かりません",
                "what an option button chooses could not be told"
            ],
            Object::Line => ["文字の上に、線の図形が引かれています", "a line is drawn over text"],
            Object::Picture => ["画像の中の文字は、読み取っていません", "a picture was not read"],
            Object::Chart => ["グラフなどの中の文字は、読み取っていません", "a chart or the like was not read"],
            Object::Control => ["フォームの部品の内容は、読み取っていません", "a control of the form was not read"],
            Object::Shape => ["図形が何を示すか、分かりません", "what a shape means could not be told"],
            Object::Damaged => ["図形や画像の部分が破損しているため、読み取っていません", "drawings are damaged and were not read"],
        }],
        department: [by object {
            Object::Mark | Object::CheckBox | Object::OptionButton => [
                "選択を示すものであれば、選んだ区分をセルに入力してください。飾りであれば、このままで構いません",
                "type the choice into the cell if it is one; a decoration may stay"
            ],
            _ => [
                "一覧に載せる内容であれば、セルに入力してください。説明や飾りであれば、このままで構いません",
                "type it into a cell if it is for the list; a remark or a decoration may stay"
            ],
        }],
        planning: [same],
    ] } };
}
