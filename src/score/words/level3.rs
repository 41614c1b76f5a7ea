//! Level 3: a program can tell what the values mean. The package is what lies beside a file: `datapackage.json`
//! (Frictionless), a dictionary of the columns, lists of codes; or sheets of these roles in the same book.

use super::RuleWords;

pub(in crate::score) const WORDS: [RuleWords; 9] = [
    RuleWords {
        name: ("1行目が見出し", "The header is row 1"),
        judged: (
            "A1から始まる1行だけの見出し。全列に名前があるかはL1-05で見る",
            "A header of one row that begins at A1; whether all columns have names is L1-05",
        ),
        remedy: ("1行目に見出しを1行だけ置く", "put one header row, and nothing else, into row 1"),
    },
    RuleWords {
        name: ("コード表", "Code table"),
        judged: (
            "コード・区分の列のすべての値が、添付のコード一覧（同じフォルダーのCSV、同じブックのシート、datapackage.jsonの選択肢）にあること。番号・電話・地域コードの列は対象外",
            "Every value of columns of codes is in a list that comes along (a CSV beside it, a sheet of the book, choices in datapackage.json); not running numbers, telephones, area codes",
        ),
        remedy: ("コードと名称の一覧を添える", "supply the list of codes and their names"),
    },
    RuleWords {
        name: ("特殊記号の定義", "Symbols are defined"),
        judged: (
            "値の代わりの記号（-、…、***、x、○など）の意味が、データ項目定義書・datapackage.jsonの欠損値・注のどこかに書かれていること",
            "Signs in the place of values (-, …, ***, x, ○) are explained in the dictionary, in missing values of datapackage.json or in a note",
        ),
        remedy: (
            "記号の意味を定義書に書くか、空白にする",
            "define each symbol in the dictionary, or leave the cells blank",
        ),
    },
    RuleWords {
        name: ("単位の明示", "Units are stated"),
        judged: (
            "数値の列に、見出し（かっこ書き・件数・人数など）、単位の列、データ項目定義書、表の外の「単位：」のどれかで単位があること",
            "Each column of numbers has its unit: in the heading (in brackets, or 件数, count), in a column of units, in the dictionary, or in a note 単位：",
        ),
        remedy: (
            "見出しに（人）のように書くか、単位の列を作る",
            "write it in the heading, as in （人）, or add a column of units",
        ),
    },
    RuleWords {
        name: ("時間軸の表記", "Time axis"),
        judged: (
            "時間の列・見出しが、和暦だけ・2桁の年・月日が先の表記でなく、列の中で1つの形式であること。西暦4桁、ISO 8601、西暦の併記、e-Statの時間コードは合格",
            "Times are not of an era alone, of two digits, or day before year, and a column keeps to one form; years of four digits, ISO 8601, both calendars side by side and e-Stat's codes pass",
        ),
        remedy: ("年度は2020、日付は2020-04-01のように書く", "write years as 2020 and dates as 2020-04-01"),
    },
    RuleWords {
        name: ("地域コード", "Area codes"),
        judged: (
            "都道府県・市区町村の名前の列がある表に、全国地方公共団体コード（6桁は検査数字も確かめる、5桁、都道府県の2桁）の列があること。先頭の0が落ちていれば不合格",
            "A table with names of prefectures or municipalities has a column of their codes (six digits, whose check digit is verified, five, or two for prefectures), with their leading zeros",
        ),
        remedy: (
            "全国地方公共団体コードの列を、文字として足す",
            "add the codes of local governments as a text column",
        ),
    },
    RuleWords {
        name: ("年による違いの説明", "Differences between years"),
        judged: (
            "複数の年を含む表に、定義や区分の変更履歴が添えられていること（変更がなければ、ないと書く）。ないときは判定できない",
            "Data of several years come with a history of changes in definitions (or say that there were none); without one it cannot be told",
        ),
        remedy: (
            "年による定義・区分の違いを定義書かdatapackage.jsonに書く",
            "state changes between years in the dictionary or in datapackage.json",
        ),
    },
    RuleWords {
        name: ("項目の定義・更新履歴・文字コード", "Definitions, history, encoding"),
        judged: (
            "全列の説明、作成・更新の日付か版、CSVでは文字コードが、添付の定義書・datapackage.jsonに書かれていること。内容の正しさと、1列だけの表の列は見ない",
            "What comes along explains every column, states a date or version, and for CSV the encoding; neither whether it is right nor the column of a table of one",
        ),
        remedy: (
            "全列の説明・更新日・文字コードをデータ項目定義書かdatapackage.jsonに書く",
            "describe every column and state date and encoding in a dictionary or datapackage.json",
        ),
    },
    RuleWords {
        name: ("縦持ち", "Long form"),
        judged: (
            "年・年度・月だけが違う見出しが2つ以上、または番号だけが違う見出しが3つ以上横に並ぶもの",
            "Two or more headings that differ only in their time, or three or more that differ only in a number",
        ),
        remedy: (
            "年などを列の名前でなく値にし、1行に1つの値を置く（縦持ち）",
            "make the time a value: one row for each value",
        ),
    },
];
