//! Entries about values: years and what they belong to.

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
    ] } };
}
