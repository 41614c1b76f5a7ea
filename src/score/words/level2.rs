//! Level 2: a program can use the values as they are.

use super::RuleWords;

pub(in crate::score) const WORDS: [RuleWords; 6] = [
    RuleWords {
        name: ("数値は数値として", "Numbers are numbers"),
        judged: (
            "6割以上が数値の列にある、桁区切り・単位・全角数字・△つきの値、文字として保存された数値、数値でない文字。コード・番号・電話の列、原文列、記号だけのセルは対象外",
            "In columns of which six in ten are numbers: commas, units, full-width digits, △, numbers stored as text, and words; not codes, telephone numbers, verbatim columns or lone symbols",
        ),
        remedy: (
            "数字だけを数値として入れ、単位は別の列か項目名に移す",
            "enter bare numbers; put the unit into its own column or into the heading",
        ),
    },
    RuleWords {
        name: ("値を省略しない", "Nothing is omitted"),
        judged: (
            "「〃」「同上」「同左」のセルと、先頭の列で上の行と同じ値を省いた空白（縦の結合を含む）",
            "Ditto marks (〃, 同上, 同左), and blanks in the first column that stand for the row above (merged cells too)",
        ),
        remedy: ("すべての行に値を書く", "write the value in every row"),
    },
    RuleWords {
        name: ("項目名が重複しない", "Names are unique"),
        judged: (
            "同じ表に、全角・半角・空白の違いを除いて同じ項目名が2つ以上ある",
            "Two headings of a table that are the same but for width, case and spaces",
        ),
        remedy: ("区別できる項目名にする", "name them apart"),
    },
    RuleWords {
        name: ("選択肢の表記を統一する", "Standard choices"),
        judged: (
            "同じ値が繰り返される列で、全角・半角・大小・空白だけが違う表記の混在、コード一覧にない値。「有」と「あり」のような言い換えは分からない",
            "In columns of repeated values: spellings that differ only in width, case or spaces, and values that the column's list of choices lacks; synonyms are not seen",
        ),
        remedy: ("1つの表記に揃え、選択肢の一覧を添える", "use one spelling and supply the list of choices"),
    },
    RuleWords {
        name: ("「その他」の内容を分ける", "“Other” apart"),
        judged: (
            "「その他（○○）」「その他：○○」のように、選択肢と自由記述を1つのセルに書いたもの",
            "The choice and its free text in one cell: その他（…）, その他：…",
        ),
        remedy: (
            "列を分け、選択肢は「その他」だけにする",
            "leave only その他 there and put the text into a column of its own",
        ),
    },
    RuleWords {
        name: ("数式でなく値", "Values, not formulas"),
        judged: (
            "数式の入ったセル。CSVでは「=」で始まるセル。ブックではxlsxだけで分かる",
            "Cells with formulas; in CSV, cells that begin with `=`; of workbooks only xlsx tells",
        ),
        remedy: ("コピーして「値の貼り付け」をする", "copy them and paste the values"),
    },
];
