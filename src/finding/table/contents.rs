//! Entries about kinds: what a cell says is not what its field holds.

use serde::{Deserialize, Serialize};

/// What a field holds, and its cell does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// One figure.
    Number,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// A percent sign: the figure looks like a fraction of one.
    PercentSign,
    /// A day.
    Date,
    /// A year.
    Year,
    /// The address of a page.
    Link,
}

macro_rules! contents {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// A cell does not hold what its field does.
        ContentUnexpected("content-unexpected", Warning adjustable) {
            /// The heading of the field.
            field: Quoted,
            /// What the cell says.
            text: Quoted,
            /// What is wanted.
            wanted: Wanted,
        }
        meaning: ["項目の種類に合わない記入", "A cell does not hold what its field does"],
        message: [by wanted {
            Wanted::Number => ["「{field}」の「{text}」は、一つの数値ではありません", "`{text}` in `{field}` is not one figure"],
            Wanted::Money => ["「{field}」の「{text}」は、金額として読み取れません", "`{text}` in `{field}` is no amount of money"],
            Wanted::Percent => ["「{field}」の「{text}」は、割合（％）として読み取れません", "`{text}` in `{field}` is no percentage"],
            Wanted::PercentSign => ["「{field}」の「{text}」に％がありません。「{text}％」として読みました", "`{text}` in `{field}` has no percent sign; it is read as `{text}％`"],
            Wanted::Date => ["「{field}」の「{text}」を、日付として読み取れません", "`{text}` in `{field}` is no date"],
            Wanted::Year => ["「{field}」の「{text}」を、年度として読み取れません", "`{text}` in `{field}` is no year"],
            Wanted::Link => ["「{field}」の「{text}」は、ウェブのアドレスではありません", "`{text}` in `{field}` is no address of a page"],
        }],
        department: [by wanted {
            Wanted::Number => ["「12」「12人」のように、数値を一つ記入してください", "enter one figure, as in 12 or 12人"],
            Wanted::Money => ["「500千円」のように、金額を記入してください", "enter an amount, as in 500千円"],
            Wanted::Percent => ["「71.5％」のように記入してください", "write it as 71.5％"],
            Wanted::PercentSign => ["割合が71.5％であれば、「71.5％」と記入してください", "if a fraction is meant, write it as 71.5％"],
            Wanted::Date => ["「令和6年4月1日」「2024/4/1」のように記入してください", "write it as 令和6年4月1日 or 2024/4/1"],
            Wanted::Year => ["「令和6年度」「2024」のように記入してください", "write it as 令和6年度 or 2024"],
            Wanted::Link => ["「https://」で始まるアドレスを記入してください", "enter an address that begins with https://"],
        }],
        planning: [by wanted {
            Wanted::PercentSign => ["割合が71.5％であれば、「71.5％」と記入してください", "if a fraction is meant, write it as 71.5％"],
            Wanted::Date => [
                "元号のない年であれば、テンプレートの [era] の base に元号を書いてください。このままでよい語であれば、この項目の allow に書いてください",
                "if its year lacks the era (29.9.5), write the era as `base` of `[era]`; a word that is right goes into the field's `allow`"
            ],
            Wanted::Number | Wanted::Money | Wanted::Percent | Wanted::Year | Wanted::Link => [
                "このままでよい語であれば、テンプレートのこの項目の allow に書いてください",
                "a word that is right goes into the field's `allow` in the template"
            ],
        }],

        /// A code that may have lost its leading zeros.
        CodeShort("code-short", Warning adjustable) {
            /// The heading of the field.
            field: Quoted,
            /// The code.
            text: Quoted,
            /// The digits of the other codes.
            digits: usize,
        }
        meaning: ["先頭の0が失われた可能性のあるコード", "A code that may have lost its leading zeros"],
        message: [
            "「{field}」の「{text}」は、ほかのコード（{digits}桁）より桁数が少なくなっています",
            "`{text}` in `{field}` has fewer digits than the other codes ({digits})"
        ],
        department: [
            "先頭の0が消えていれば、セルの表示形式を「文字列」にして、入力し直してください",
            "if leading zeros are missing, format the cell as text and type it again"
        ],
        planning: [same],
    ] } };
}
