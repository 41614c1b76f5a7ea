//! Entries about files: what cannot be read, and why.

use super::super::Lang;
use super::super::parameter::Parameter;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What became of a file that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damage {
    /// Its content contradicts itself.
    Content,
    /// Its end is missing.
    CutOff,
    /// Marks of the transfer are mixed into it.
    Download,
    /// The process that read it died of it.
    Crashed,
    /// No process for reading it could be started.
    NotTried,
}

/// What content is that is no spreadsheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "names of formats")]
pub enum Content {
    Pdf,
    Word,
    PowerPoint,
    OpenDocument,
    Numbers,
    Image,
    RichText,
    Web,
    Answer,
    Link,
    XmlSpreadsheet,
    Xml,
    Zip,
    Archive,
    Parts,
    Office,
    Text,
    Unknown,
}

/// What is wrong with the records of delimited text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// A quoted field is open to the end.
    QuoteOpen,
    /// A quoted field ends in the midst of a later line.
    QuoteAcross,
    /// A figure is cut in two at its thousands separator.
    Thousands,
    /// There are more fields than in the heading.
    TooMany,
    /// The last record lacks fields and its line break.
    CutOff,
}

/// What is missing of a department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// A file that the template expects.
    File,
    /// Indicators that the template expects.
    Rows,
    /// A file that the last list had indicators of.
    Gone,
    /// A number that the names of files leave out.
    Number,
}

/// Why a file has no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoTable {
    /// It has no worksheet.
    NoSheet,
    /// No sheet has a header that was recognised.
    NoHeader,
}

macro_rules! files {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// The file cannot be read or is damaged.
        FileUnreadable("file-unreadable", Error fixed) {
            /// What became of it.
            damage: Damage,
            /// The words of the library or of the system.
            detail: Detail,
        }
        meaning: ["ファイルが読み取れない、または破損している", "The file cannot be read or is damaged"],
        message: [by damage {
            Damage::Content => ["ファイルが破損しているため、読み取れません", "the file is damaged and cannot be read{detail}"],
            Damage::CutOff => ["ファイルが途中で切れているため、読み取れません", "the file is cut off"],
            Damage::Download => [
                "ダウンロードに失敗したファイルのため、読み取れません",
                "a failed download: marks of the transfer are mixed into the file"
            ],
            Damage::Crashed => [
                "ファイルが破損しているため、読み取りを中止しました（ほかのファイルには影響しません）",
                "the file is damaged: reading it crashed (no other file is affected)"
            ],
            Damage::NotTried => [
                "ファイルを読み取るプロセスを起動できませんでした",
                "files of this format are read by another process, which could not be started{detail}"
            ],
        }],
        department: [by damage {
            Damage::NotTried => [none],
            _ => [
                "Excelで開けるか確認し、.xlsx形式で保存し直して、再提出してください",
                "see whether Excel opens it, save it again as .xlsx and send it again"
            ],
        }],
        planning: [by damage {
            Damage::NotTried => [
                "もう一度実行してください。繰り返す場合は、この環境でkaiteiが別のプロセスを起動できるか確認してください",
                "run the command again; if that does not help, see whether kaitei may start processes here"
            ],
            Damage::Download => [
                "もう一度ダウンロードするか、所管課に再提出を依頼してください",
                "download it again, or ask the department to send it again"
            ],
            _ => ["所管課に再提出を依頼してください", "ask the department to send it again"],
        }],

        /// The file has no bytes.
        FileEmpty("file-empty", Error fixed) {}
        meaning: ["ファイルが空である", "The file is empty"],
        message: ["ファイルが空（0バイト）です", "the file is empty (0 bytes)"],
        department: ["ファイルを開けるか確認し、再提出してください", "see whether the file opens, and send it again"],
        planning: ["所管課に再提出を依頼してください", "ask the department to send it again"],

        /// The file asks for a password.
        FileEncrypted("file-encrypted", Error fixed) {}
        meaning: ["ファイルがパスワードで保護されている", "The file is protected by a password"],
        message: ["ファイルがパスワードで保護されています", "the file is protected by a password"],
        department: [
            "Excelでパスワードを解除し、.xlsx形式で保存し直して、再提出してください。パスワードを尋ねずに開く場合も、保存し直せば読み取れます",
            "remove the password in Excel, save it again as .xlsx and send it again (if Excel opens it without asking, saving it again is enough)"
        ],
        planning: [
            "パスワードを解除した.xlsx形式のファイルの再提出を、所管課に依頼してください",
            "ask the department to send it as .xlsx without a password"
        ],

        /// The content is not what the file's name says.
        FileDisguised("file-disguised", Error fixed) {
            /// The ending of the name, without the dot.
            extension: Quoted,
            /// What it is.
            content: Content,
        }
        meaning: ["ファイルの中身が拡張子と違う", "The content is not what the file's name says"],
        message: ["拡張子は.{extension}ですが、中身は{content}です", "this is {content} saved with the name .{extension}"],
        department: [by content {
            Content::Web | Content::XmlSpreadsheet | Content::Numbers | Content::OpenDocument => [
                "Excelなどで開き、.xlsx形式で保存し直して、再提出してください",
                "open it in Excel (or the program that made it), save it again as .xlsx and send it again"
            ],
            Content::Text => [
                "拡張子を.csvに変えてからExcelで開き、.xlsx形式で保存し直して、再提出してください",
                "rename it to end in .csv, open it in Excel, save it again as .xlsx and send it again"
            ],
            Content::Zip | Content::Archive => [
                "展開し、中の調査票を再提出してください", "unpack it and send the forms in it"
            ],
            Content::Link => [
                "リンク先の調査票を開き、.xlsx形式でダウンロードするか保存して、再提出してください",
                "open the form that it leads to, download or save it as .xlsx and send that"
            ],
            Content::Answer => [
                "ログイン画面などが保存されています。調査票そのものを再提出してください",
                "a log-in or an error was saved in place of the form; send the form itself"
            ],
            _ => ["調査票を.xlsx形式で再提出してください", "send the form as a spreadsheet (.xlsx)"],
        }],
        planning: [by content {
            Content::Zip | Content::Archive => [
                "展開し、中の調査票を入力フォルダーに置いてください",
                "unpack it and put the spreadsheets in it into the input folder"
            ],
            Content::Link => [
                "リンク先の調査票を.xlsx形式でダウンロードするか、所管課に再提出を依頼してください",
                "download the form that it leads to as .xlsx, or ask the department to send it"
            ],
            Content::Answer => [
                "ログインしてからもう一度ダウンロードするか、所管課に再提出を依頼してください",
                "log in and download it again, or ask the department to send it again"
            ],
            _ => ["所管課に.xlsx形式での再提出を依頼してください", "ask the department for a spreadsheet (.xlsx)"],
        }],

        /// Forms that nobody sees: in an archive, or in a format that is not read.
        FileUnsupported("file-unsupported", Error adjustable) {
            /// What it is.
            content: Content,
            /// The spreadsheets in it, if they can be told.
            forms: Listed,
        }
        meaning: [
            "書庫の中の、または読み取れない形式の表計算ファイル",
            "A spreadsheet in an archive or in a format that is not read"
        ],
        message: [by content {
            Content::Zip => [
                "書庫の中にある表計算ファイル（{forms}）は、読み取っていません",
                "the spreadsheets in this archive were not read ({forms})"
            ],
            Content::Archive => [
                "書庫（7z、RAR、LZHなど）のため、中を読み取れません",
                "an archive (7z, RAR, LZH …), in which nothing is read"
            ],
            Content::Numbers => [
                "AppleのNumbersの書類は、読み取れません",
                "spreadsheets of Apple Numbers are not read"
            ],
            _ => ["この形式の表計算ファイルは、読み取れません", "spreadsheets of this format are not read"],
        }],
        department: [by content {
            Content::Zip | Content::Archive => [
                "展開し、中の調査票を再提出してください", "unpack it and send the forms in it"
            ],
            _ => [
                "作成したソフトで開き、.xlsx形式で保存し直して、再提出してください",
                "open it in the program that made it, save it again as .xlsx and send it again"
            ],
        }],
        planning: [by content {
            Content::Zip | Content::Archive => [
                "展開し、中の調査票を入力フォルダーに置いて、書庫を入力フォルダーから除いてください",
                "unpack it, put the forms in it into the input folder, and take the archive out of it"
            ],
            _ => ["所管課に.xlsx形式での再提出を依頼してください", "ask the department for a spreadsheet (.xlsx)"],
        }],

        /// Not a spreadsheet: left alone.
        FileIgnored("file-ignored", Warning adjustable) {
            /// What it is.
            content: Content,
            /// The limit that kept it from being looked at.
            excess: Option<Excess>,
        }
        meaning: ["表計算ファイルではないため、読み取らなかった", "Not a spreadsheet, so it was not read"],
        message: [by excess {
            None => [
                "表計算ファイルではない（{content}）ため、読み取っていません",
                "not a spreadsheet ({content}), so it was not read"
            ],
            Some(Excess { size: Size::Total, found, most }) => [
                "入力ファイルの合計が上限の{most}MiBを超えるため、このファイル（{found}MiB以上）は読み取っていません",
                "with this file ({found} MiB or more) the document's input exceeds {most} MiB, so it was not read"
            ],
            Some(Excess { found, most, .. }) => [
                "ファイルが大きすぎるため、読み取っていません（{found}MiB以上、上限は{most}MiB）",
                "the file is too large ({found} MiB or more; at most {most} MiB)"
            ],
        }],
        department: [
            "調査票であれば、.xlsx形式で再提出してください。参考資料であれば、対応は不要です",
            "if it is the form, send it as .xlsx; if it is only reference material, nothing is to be done"
        ],
        planning: [
            "調査票であれば、.xlsx形式での再提出を所管課に依頼してください。参考資料であれば、対応は不要です",
            "if it is the form, ask the department for a spreadsheet (.xlsx); if it is only reference material, nothing is to be done"
        ],

        /// Text that cannot be decoded.
        TextUndecodable("text-undecodable", Error fixed) {
            /// The line, counted from 1.
            line: usize,
            /// The encoding that the rest of the file is in.
            encoding: Quoted,
        }
        meaning: ["文字コードとして読み取れない箇所がある", "Text that cannot be decoded"],
        message: [
            "{line}行目に、文字コード{encoding}として読み取れない文字があります",
            "line {line} has bytes that are not {encoding}"
        ],
        department: [
            "Excelで開いて文字化けがないことを確認し、「CSV UTF-8（コンマ区切り）」形式で保存し直してください",
            "open it in Excel, see that all characters are right, and save it again as “CSV UTF-8 (comma delimited)”"
        ],
        planning: [same],

        /// Delimited text whose records are not whole.
        CsvMalformed("csv-malformed", Error adjustable) {
            /// What is wrong.
            flaw: Flaw,
            /// What stands there.
            text: Quoted,
            /// Fields of the record; none counted where a quotation mark is missing.
            fields: usize,
            /// Fields of the table.
            width: usize,
        }
        meaning: ["CSVの引用符やコンマの誤りで、列や行がずれている", "Quotes or commas of a CSV file shift its fields"],
        message: [by flaw {
            Flaw::QuoteOpen | Flaw::QuoteAcross => [
                "「{text}」の引用符（\"）が閉じられていないため、次の行からも一つのセルになっています",
                "a quotation mark is not closed at `{text}`, so that the lines below are part of the cell"
            ],
            Flaw::Thousands => [
                "「{text}」が桁区切りのコンマで二つに分かれ、右の列がずれています（{fields}列、見出しは{width}列）",
                "`{text}` is cut in two by its comma, and what follows is shifted ({fields} fields; the heading has {width})"
            ],
            Flaw::TooMany => [
                "見出しより列の多い行です（{fields}列、見出しは{width}列）。「{text}」の前のどこかで、文中のコンマにより列がずれています",
                "the row has more fields than the heading ({fields}, not {width}): a comma within a text shifts those before `{text}`"
            ],
            Flaw::CutOff => [
                "最後の行が「{text}」で終わっています（{fields}列、見出しは{width}列）。ファイルが途中で切れています",
                "the last row ends at `{text}` ({fields} fields; the heading has {width}): the file is cut off"
            ],
        }],
        department: [by flaw {
            Flaw::CutOff => [
                "元のファイルを開いて最後の行を確認し、保存し直して、再提出してください",
                "open the original file, look at its last row, save it again and send it again"
            ],
            Flaw::QuoteOpen | Flaw::QuoteAcross => [
                "引用符を閉じるか消してください。Excelで入力し、.xlsx形式で保存すると確実です",
                "close the quotation mark, or delete it; safest is to enter it in Excel and to save it as .xlsx"
            ],
            _ => [
                "コンマのある値を引用符（\"）で囲むか、桁区切りを除いてください。Excelで入力し、.xlsx形式で保存すると確実です",
                "put what has a comma between quotation marks, or take the comma out; safest is to enter it in Excel and to save it as .xlsx"
            ],
        }],
        planning: [same],

        /// No input for the document.
        NoInput("no-input", Error fixed) {
            /// The input folder, as the project names it.
            folder: Quoted,
        }
        meaning: ["文書の入力ファイルがない", "The document has no input files"],
        message: ["入力ファイルがありません", "there are no input files"],
        department: [none],
        planning: [
            "{folder}/ に、記入された調査票を置いてください",
            "put the departments' filled-in forms into {folder}/"
        ],

        /// A department's form is missing.
        DepartmentMissing("department-missing", Error adjustable) {
            /// What is missing.
            lack: Lack,
            /// Indicators that there are.
            found: usize,
            /// Indicators that there should be.
            expected: usize,
        }
        meaning: ["届くはずの調査票がない、または件数が違う", "A department's form is missing, or has another number of rows"],
        message: [by lack {
            Lack::File => [
                "テンプレートの input.expect にある、この調査票がありません",
                "the template's `input.expect` names this form, and no file fits"
            ],
            Lack::Rows => [
                "{found}件の記入があります。テンプレートの input.expect では{expected}件です",
                "there are {found} rows; the template's `input.expect` says {expected}"
            ],
            Lack::Gone => [
                "前回の一覧に{expected}件を載せた調査票が、今回はありません",
                "the last list has {expected} rows of this form, which is not there any more"
            ],
            Lack::Number => [
                "調査票のファイル名の番号が続いていません。番号{expected}の調査票がありません",
                "the numbers of the forms' file names leave out {expected}"
            ],
        }],
        department: [none],
        planning: [by lack {
            Lack::File => [
                "調査票を入力フォルダーに置いてください。提出がなくてよければ、理由を添えて accepted.toml に確認済みと書けます",
                "put the form into the input folder; if it is not to come, accept this with a reason in accepted.toml"
            ],
            Lack::Rows => [
                "記入漏れがないか所管課に確認してください。正しければ、input.expect の rows を直してください",
                "ask the department whether rows are missing; if not, correct `rows` in `input.expect`"
            ],
            Lack::Number => [
                "調査票を入力フォルダーに置いてください。欠番であれば、テンプレートの input.expect に届くはずの調査票を書いてください",
                "put the form into the input folder; if the number is not used, name the forms that are to come in `input.expect`"
            ],
            Lack::Gone => [
                "調査票を入力フォルダーに戻してください。なくてよければ、理由を添えて accepted.toml に確認済みと書けます",
                "put the form back into the input folder; if it is not to come, accept this with a reason in accepted.toml"
            ],
        }],

        /// No sheet of the file has a table.
        FileWithoutTable("file-without-table", Error fixed) {
            /// Why.
            cause: NoTable,
        }
        meaning: ["どのシートにも調査票の表が見つからない", "No sheet of the file has a table"],
        message: [by cause {
            NoTable::NoSheet => ["表のシートが一つもありません", "the file has no worksheet"],
            NoTable::NoHeader => ["調査票の表の見出しが見つかりません", "no header of a KPI table was found"],
        }],
        department: [by cause {
            NoTable::NoSheet => ["正しいファイルを再提出してください", "send the right file"],
            NoTable::NoHeader => [
                "調査票であれば、表の見出しを配布時のものに戻して再提出してください",
                "if it is the form, restore the headings of its table and send it again"
            ],
        }],
        planning: [by cause {
            NoTable::NoSheet => ["正しいファイルの提出を、所管課に依頼してください", "ask the department for the right file"],
            NoTable::NoHeader => [
                "調査票であれば、テンプレートの各項目の words に、表の見出しの語を加えてください",
                "if it is the form, add its headings to the words of the template's fields"
            ],
        }],
    ] } };
}

impl Parameter for Content {
    fn tell(&self, lang: Lang, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(lang.pick(match self {
            Self::Pdf => ("PDF", "a PDF"),
            Self::Word => ("Wordの文書", "a Word document"),
            Self::PowerPoint => ("PowerPointの資料", "a PowerPoint presentation"),
            Self::OpenDocument => ("OpenDocumentの文書", "an OpenDocument text or presentation"),
            Self::Numbers => ("AppleのiWork（Numbersなど）の書類", "an Apple iWork (Numbers) document"),
            Self::Image => ("画像", "a picture"),
            Self::RichText => ("リッチテキスト（RTF）", "rich text (RTF)"),
            Self::Web | Self::Answer => ("ウェブページ（HTML）", "a web page (HTML)"),
            Self::Link => ("別の場所にあるファイルへのリンク", "a link to a file elsewhere"),
            Self::XmlSpreadsheet => ("XMLスプレッドシート2003", "an XML spreadsheet of 2003"),
            Self::Xml => ("XML", "XML"),
            Self::Zip => ("ZIP書庫", "a ZIP archive"),
            Self::Archive => ("書庫（7z、RAR、LZHなど）", "an archive (7z, RAR, LZH …)"),
            Self::Parts => (
                "ブックの部品をフォルダーごと圧縮したもの",
                "the parts of a workbook, packed with their folder",
            ),
            Self::Office => ("表計算以外のOfficeの書類", "an Office document, but no spreadsheet"),
            Self::Text => ("テキスト", "plain text"),
            Self::Unknown => ("種類の分からないデータ", "data of an unknown kind"),
        }))
    }
}
