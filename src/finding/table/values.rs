//! Entries about values: years and what they belong to.

use serde::{Deserialize, Serialize};

/// Why something in a value is doubtful, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// No number is written so (`4億3,0000万円`).
    Malformed,
    /// Words behind the number that are no unit for certain.
    Unit,
    /// Words that may change what the figure means.
    LeftOver,
    /// Two ends that make no range.
    Range,
    /// A step that cannot be told.
    Step,
    /// `n/m`, which is a ratio or a date.
    Ratio,
    /// A counter with three decimals: perhaps a comma was meant.
    Point,
    /// A year of which the era is not certain.
    Year,
    /// Too long for a value.
    Long,
    /// Not the number that the cell stores.
    Stored,
}

macro_rules! values {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// A bracket that looks like a time but is none.
        TimeUnknown("time-unknown", Warning adjustable) {
            /// The words.
            text: Quoted,
        }
        meaning: ["年度として読み取れない記載", "Words in the place of a year that state no known time"],
        message: ["「{text}」を年度として読み取れません", "`{text}` states no known time"],
        department: [
            "「31年度」「令和2年度」「R2.4.1」のように記入してください",
            "write it as 31年度, 令和2年度 or R2.4.1"
        ],
        planning: [same],

        /// A time, but no value that it is for.
        TimeWithoutValue("time-without-value", Warning adjustable) {
            /// The year as written.
            text: Quoted,
        }
        meaning: ["年度だけがあり、値がない", "A year without a value"],
        message: [
            "年度「{text}」の値が記入されていないため、年度も一覧に載りません",
            "there is a year, `{text}`, but no value; the year is left out of the list"
        ],
        department: ["値を記入するか、年度を消してください", "enter the value, or delete the year"],
        planning: [same],

        /// A date or a time of day where neither can be meant.
        DateSuspected("date-suspected", Error adjustable) {
            /// What the cell shows.
            text: Quoted,
        }
        meaning: ["番号や値が日付・時刻に変わっている", "A number that was turned into a date or a time of day"],
        message: [
            "「{text}」は、日付または時刻として保存されています",
            "`{text}` is stored as a date or a time of day"
        ],
        department: [
            "セルの表示形式を「文字列」にして、入力し直してください。「1-2」や「4/1」は、Excelが日付に変えることがあります",
            "format the cell as text and type it again (Excel turns entries such as 1-2 and 4/1 into dates)"
        ],
        planning: [same],

        /// A date where a value is expected.
        ValueIsDate("value-is-date", Warning adjustable) {
            /// What the cell shows.
            text: Quoted,
        }
        meaning: ["値が日付として保存されている", "A value that is stored as a date"],
        message: [
            "値「{text}」は、日付として保存されています",
            "the value `{text}` is stored as a date"
        ],
        department: [
            "日付が値であれば、このままで構いません。Excelが日付に変えたものであれば、表示形式を「文字列」にして入力し直してください",
            "if a day is meant, nothing is to be done; if Excel made it a date, format the cell as text and type it again"
        ],
        planning: [same],

        /// A fraction beside percentages.
        PercentMissing("percent-missing", Warning adjustable) {
            /// The value.
            text: Quoted,
            /// A value of the same row.
            other: Quoted,
        }
        meaning: ["％の値と並ぶ、％のない小数", "A fraction without a percent sign beside percentages"],
        message: [
            "「{text}」に％がありません（同じ行に「{other}」があります）",
            "`{text}` has no percent sign (the same row has `{other}`)"
        ],
        department: [
            "割合であれば「71％」のように、％を付けて記入してください",
            "if a percentage is meant, write it as 71％"
        ],
        planning: [same],

        /// Line breaks that were taken for wraps.
        BreaksJoined("breaks-joined", Note adjustable) {
            /// How many.
            count: usize,
        }
        meaning: ["列の幅による改行をつないで読んだ", "Breaks of full lines were closed"],
        message: [
            "列の幅で折り返したと見られる改行（{count}か所）を、つないで読みました",
            "breaks at the end of full lines were taken for wraps and closed ({count})"
        ],
        department: [none],
        planning: [
            "改行を残す場合は、テンプレートの notation.line_breaks を \"keep\" にしてください",
            "to keep them, set notation.line_breaks = \"keep\" in the template"
        ],

        /// Two times for one value.
        TimesDiffer("times-differ", Warning adjustable) {
            /// The year in the value's cell.
            here: Quoted,
            /// The year in the column for years.
            column: Quoted,
        }
        meaning: ["一つの値に二つの年度が記入されている", "Two years are stated for one value"],
        message: [
            "セルの年度は「{here}」、年度の列は「{column}」です。年度の列の記載を一覧に載せます",
            "the cell says `{here}`, the column of years `{column}`; the column counts"
        ],
        department: ["正しい年度にそろえてください", "correct one of them"],
        planning: [same],

        /// A value that is not understood with certainty.
        ValueDoubtful("value-doubtful", Warning adjustable) {
            /// The value.
            text: Quoted,
            /// What is doubtful in it.
            at: Quoted,
            /// Why.
            why: Why,
        }
        meaning: ["確実には読み取れない値", "A value that is not understood with certainty"],
        message: [by why {
            Why::Malformed => ["「{text}」の「{at}」は、数の書き方ではありません", "in `{text}`, `{at}` is no way to write a number"],
            Why::Unit => ["「{text}」の「{at}」を、単位として読み取れません", "in `{text}`, `{at}` is not understood as a unit"],
            Why::LeftOver => ["「{text}」の「{at}」が、数値の意味を変えるかもしれません", "in `{text}`, `{at}` may change what the figure means"],
            Why::Range => ["「{text}」の「{at}」を、範囲として読み取れません", "in `{text}`, `{at}` is not understood as a range"],
            Why::Step => ["「{text}」の「{at}」は、どこからどこへ変わるのか読み取れません", "in `{text}`, `{at}` is not understood as a step"],
            Why::Ratio => ["「{text}」の「{at}」が割合か日付か、確かではありません", "in `{text}`, `{at}` may be a ratio or a date"],
            Why::Point => ["「{text}」の「{at}」が小数か桁区切りか、確かではありません", "in `{text}`, `{at}` may be a decimal or have a wrong comma"],
            Why::Year => ["「{text}」の「{at}」がどの暦の年か、確かではありません", "in `{text}`, `{at}` may be a year of another calendar"],
            Why::Stored => ["表示されている「{at}」が、セルに入っている数値と合いません", "the shown `{at}` is not the number that the cell holds"],
            Why::Long => ["「{at}」は、値としては長すぎます", "`{at}` is too long for a value"],
        }],
        department: [
            "「30件」「10％減」「2.5人（令和6年度）」のように、数値と単位を記入してください",
            "write figures with their units, such as 30件, 10％減 or 2.5人（令和6年度）"
        ],
        planning: [same],
    ] } };
}
