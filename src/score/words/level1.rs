//! Level 1: a program can read the table.

use super::RuleWords;

pub(in crate::score) const WORDS: [RuleWords; 15] = [
    RuleWords {
        name: ("ファイル形式", "File format"),
        judged: (
            "中身がxlsx・ods・CSVなら合格。xls・xlsb・マクロつき・パスワードつき・読めないファイルは不合格",
            "Passes as xlsx, ods or CSV by its content; xls, xlsb, macros, encryption and unreadable files fail",
        ),
        remedy: (".xlsx（マクロなし）かCSVで保存し直す", "save it again as .xlsx without macros, or as CSV"),
    },
    RuleWords {
        name: ("1シートに1つの表", "One table a sheet"),
        judged: (
            "空行・空列で隔てられ、自分の見出しをもつ2つめの表、および途中で繰り返される見出し行を数える",
            "A second table with a header of its own behind an empty row or column, and a header that is repeated",
        ),
        remedy: (
            "表ごとに別のシート（CSVでは別のファイル）に分ける",
            "give each table its own sheet (or CSV file)",
        ),
    },
    RuleWords {
        name: ("表を分割しない", "A table is not split"),
        judged: (
            "レコードの間の空行、値のある列の間の空列、同じ見出しをもつ複数のシート",
            "Empty rows between records, empty columns between columns, several sheets with the same header",
        ),
        remedy: (
            "空行・空列を除き、年度や課ごとに分かれた表は列を足して1つにまとめる",
            "remove the gaps; join tables split by year or department and say which in a column",
        ),
    },
    RuleWords {
        name: ("表以外のものを置かない", "Nothing but the table"),
        judged: (
            "見出しより上の表題・単位など、注・出典・資料の行、表の下に残る行",
            "Titles and units above the header, rows with notes or sources, rows left below the table",
        ),
        remedy: (
            "表題・注・出典は別のシートかデータ項目定義書に移す",
            "move titles, notes and sources to another sheet or to the data dictionary",
        ),
    },
    RuleWords {
        name: ("列に項目名がある", "Every column has a name"),
        judged: (
            "値がある列なのに見出しが空、または見出しが数値だけ（西暦の年を除く）",
            "A column with values whose heading is empty or a mere number (other than a year)",
        ),
        remedy: ("すべての列に項目名を付ける", "give every column a name"),
    },
    RuleWords {
        name: ("空白や改行で体裁を整えない", "No layout by spaces or breaks"),
        judged: (
            "セル内の改行（CSVの<br>も）、前後の空白、続く2つ以上の空白、「合　計」のような字間の空白",
            "Line breaks within a cell (`<br>` too), spaces at its edges, two spaces in a row, letter-spaced words",
        ),
        remedy: (
            "改行と空白を除く。見た目は書式で整えるか、公表用の別ファイルにする",
            "remove them; leave looks to formats or to a separate printed format",
        ),
    },
    RuleWords {
        name: ("1セルに1つのデータ", "One datum a cell"),
        judged: (
            "「1件、2件」「10施設・定員32名」のような数値の列挙、「31（27年度）」「100（95%）」のようなかっこ書きの併記。原文列（説明に原文とある列）と長い文は対象外",
            "Quantities in a row (1件、2件; 10施設・定員32名), a second one or its time in brackets (31（27年度）); not long prose, nor columns whose dictionary calls them verbatim",
        ),
        remedy: ("列または行を分け、1つのセルに1つだけ入れる", "split them into columns or rows"),
    },
    RuleWords {
        name: ("機種依存文字を使わない", "No platform-dependent characters"),
        judged: (
            "丸付き・かっこ付き文字、ローマ数字、㈱・㎡・㍻・№・℡などの合成文字、半角カナ、外字、制御文字、文字化け。原文列では外字・制御文字・文字化けだけを見る。髙・﨑などの漢字は対象外",
            "Enclosed characters, Roman numerals, squared signs (㈱ ㎡ ㍻ № ℡), half-width katakana, private use, control and replacement characters; only the last three in verbatim columns; kanji such as 髙 are let pass",
        ),
        remedy: (
            "(1)・(株)・m2・平成のように、どの環境でも同じ文字に置き換える",
            "spell them out with characters that are the same everywhere: (1), (株), m2",
        ),
    },
    RuleWords {
        name: ("空白と0を区別する", "Blank is not zero"),
        judged: (
            "0なのに「-」や空白に見える書式、数値の列で空白とダッシュの混在。定義のないダッシュだけの列は判定できない",
            "Zeros whose format shows a dash or nothing, number columns with both blanks and dashes; dashes that nothing defines cannot be judged",
        ),
        remedy: (
            "0は0と書き、値がないときは空白か、意味を定義した記号1つに統一する",
            "write 0 as 0; leave blank what has no value, or use one defined symbol",
        ),
    },
    RuleWords {
        name: ("図形・画像を置かない", "No objects"),
        judged: (
            "セルの上に置かれた画像・図形・テキストボックス・グラフと、セルのコメント。xlsxだけで分かる",
            "Pictures, shapes, text boxes, charts and comments over cells; only xlsx tells",
        ),
        remedy: ("除く。文字で書かれた内容は列に移す", "remove them; move what they say into columns"),
    },
    RuleWords {
        name: ("書式に意味をもたせない", "No meaning by looks"),
        judged: (
            "列のほかのセルと違う色・塗り・太字、取り消し線、セルの一部だけの書式。1行おきの縞は除く。条件付き書式は見ない。xlsxだけで分かる",
            "Colour, fill or bold unlike the rest of the column, strikes, parts of a cell that look different; stripes are let pass, conditional formats not seen; only xlsx tells",
        ),
        remedy: (
            "色や太字が表すことを、列を足して値で書く",
            "say in a column of its own what the look stands for",
        ),
    },
    RuleWords {
        name: ("セルを結合しない", "No merged cells"),
        judged: ("結合されたセル。見出しの中も含む", "Merged areas, those of the header too"),
        remedy: ("結合を解き、すべてのセルに値を入れる", "undo the merge and fill every cell"),
    },
    RuleWords {
        name: ("行・列を隠さない", "Nothing is hidden"),
        judged: (
            "値のある非表示の行・列と、非表示のシート",
            "Hidden rows and columns with values, and hidden sheets",
        ),
        remedy: ("表示する。公開しないものは除く", "show it, or delete what is not to be published"),
    },
    RuleWords {
        name: ("1レコードを1行に", "One record a line"),
        judged: (
            "複数行に改行されたCSVのレコード、項目数が見出しと違うCSVの行、データ部分の縦の結合、表の中の見出しだけの行",
            "CSV records over several lines or with more or fewer fields than the header, records merged over rows, rows within the table that are only a heading",
        ),
        remedy: (
            "1件を1行にし、見出しの行は列に移す",
            "give each record one line; turn headings within the table into a column",
        ),
    },
    RuleWords {
        name: ("引用符の正しい使用", "Quoting"),
        judged: (
            "CSVで、閉じていない引用符、引用符なしの項目の中の引用符、閉じた後の文字、読めないバイト",
            "In CSV: a quote that is never closed, within a bare field, or followed by text; bytes that are no text",
        ),
        remedy: (
            "カンマ・引用符を含む項目を引用符で囲み、中の引用符は2つ重ねる",
            "quote fields with commas or quotes, and double the quotes within",
        ),
    },
];
