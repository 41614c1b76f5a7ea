//! Every kind of trouble that data can have: its name, its severity, its meaning.

use super::Severity;

/// Which rule a finding comes from. `docs/findings.md` is generated from this table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    // ingest
    /// The file cannot be read or is damaged.
    FileUnreadable,
    /// The file has no bytes.
    FileEmpty,
    /// The file asks for a password.
    FileEncrypted,
    /// The content is not what the file's name says.
    FileDisguised,
    /// Not a spreadsheet: left alone.
    FileIgnored,
    /// Text that cannot be decoded.
    TextUndecodable,
    /// A formula's error value.
    CellError,
    /// A file, a sheet or a cell is above a limit.
    SheetTooLarge,
    // understanding the sheet
    /// No input for the document.
    NoInput,
    /// Hidden rows, columns or sheets, which are not read.
    HiddenLeftOut,
    /// Text that is struck through, which is not read.
    StruckLeftOut,
    /// An entry of the template's `[[sheets]]` that fits no sheet.
    MappingUnused,
    /// An entry of the template's `[[sheets]]` that names rows or columns which the sheet does not have.
    MappingUnfit,
    /// No header row recognised on a sheet.
    SheetWithoutTable,
    /// No sheet of the file has a table.
    FileWithoutTable,
    /// A needed column is missing.
    ColumnMissing,
    /// Two columns claim one field.
    ColumnAmbiguous,
    /// A column that the template does not know.
    ColumnUnknown,
    /// A row with content but no indicator.
    RowNotUnderstood,
    /// A row before any group label.
    GroupMissing,
    /// The same group with another wording.
    GroupWording,
    // values
    /// A bracket that looks like a time but is none.
    TimeUnknown,
    /// A time, but no value that it is for.
    TimeWithoutValue,
    /// Two times for one value.
    TimesDiffer,
    /// A value that is not understood with certainty.
    ValueDoubtful,
    // disposition
    /// No disposition.
    DispositionMissing,
    /// A disposition that the vocabulary does not have.
    DispositionUnknown,
    /// Several dispositions for one row.
    DispositionAmbiguous,
    /// A new target is needed.
    NewTargetMissing,
    /// A new target contradicts the disposition.
    NewTargetUnexpected,
    /// A reason is needed.
    ReasonMissing,
    /// A reason where none is expected.
    ReasonUnexpected,
    // derived checks
    /// The new target equals the old one.
    TargetUnchanged,
    /// The new target is below the old one.
    TargetLowered,
    /// Old and new target are measured differently.
    MeasureChanged,
    /// A year beyond the column's horizon.
    YearBeyondHorizon,
    /// A new target for another year than the revision's.
    YearUnexpected,
    /// A reference to a project that the list lacks or that does not say what is claimed.
    ReferenceBroken,
    /// A reference on which a deletion relies.
    ReferenceReliedOn,
    /// The same indicator twice under one group.
    IndicatorDuplicate,
    /// The same workbook or sheet twice, word for word.
    WorkbookCopy,
    /// The same workbook or sheet twice, with differences.
    WorkbookDuplicate,
    /// Numbers of indicators that a form states, and that are not so.
    TallyMismatch,
    /// No indicator in any file.
    ListEmpty,
    // layout and emit
    /// A character that the fonts lack.
    GlyphMissing,
    /// A private-use character.
    CharacterPrivate,
    /// A character that the encoding of the CSV files lacks.
    CharacterUnencodable,
}

impl Code {
    /// Every code, in the order of the stages.
    pub const ALL: &[Self] = &[
        Self::FileUnreadable,
        Self::FileEmpty,
        Self::FileEncrypted,
        Self::FileDisguised,
        Self::FileIgnored,
        Self::TextUndecodable,
        Self::CellError,
        Self::SheetTooLarge,
        Self::NoInput,
        Self::HiddenLeftOut,
        Self::StruckLeftOut,
        Self::MappingUnused,
        Self::MappingUnfit,
        Self::SheetWithoutTable,
        Self::FileWithoutTable,
        Self::ColumnMissing,
        Self::ColumnAmbiguous,
        Self::ColumnUnknown,
        Self::RowNotUnderstood,
        Self::GroupMissing,
        Self::GroupWording,
        Self::TimeUnknown,
        Self::TimeWithoutValue,
        Self::TimesDiffer,
        Self::ValueDoubtful,
        Self::DispositionMissing,
        Self::DispositionUnknown,
        Self::DispositionAmbiguous,
        Self::NewTargetMissing,
        Self::NewTargetUnexpected,
        Self::ReasonMissing,
        Self::ReasonUnexpected,
        Self::TargetUnchanged,
        Self::TargetLowered,
        Self::MeasureChanged,
        Self::YearBeyondHorizon,
        Self::YearUnexpected,
        Self::ReferenceBroken,
        Self::ReferenceReliedOn,
        Self::IndicatorDuplicate,
        Self::WorkbookCopy,
        Self::WorkbookDuplicate,
        Self::TallyMismatch,
        Self::ListEmpty,
        Self::GlyphMissing,
        Self::CharacterPrivate,
        Self::CharacterUnencodable,
    ];

    /// The stable name that templates, JSON output and the manual use.
    pub fn id(self) -> &'static str {
        self.describe().0
    }

    /// The code with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id() == id)
    }

    /// The severity unless the template sets another.
    pub fn severity(self) -> Severity {
        self.describe().1
    }

    /// Whether a template may set another severity. What keeps a list from being right may not be waved
    /// through; a disposition's demands are the city's own, a formula's error may be beside the table, and two
    /// departments may answer for the same indicators.
    pub fn is_adjustable(self) -> bool {
        self.severity() == Severity::Warning
            || matches!(
                self,
                Self::NewTargetMissing
                    | Self::NewTargetUnexpected
                    | Self::CellError
                    | Self::WorkbookDuplicate
            )
    }

    /// One sentence on what the code means, in Japanese and English.
    pub fn meaning(self) -> (&'static str, &'static str) {
        let (_, _, ja, en) = self.describe();
        (ja, en)
    }

    #[expect(clippy::too_many_lines, reason = "a table, one row a code")]
    fn describe(self) -> (&'static str, Severity, &'static str, &'static str) {
        use Severity::{Error, Warning};
        match self {
            Self::FileUnreadable => (
                "file-unreadable",
                Error,
                "ファイルが読めないか壊れている",
                "The file cannot be read or is damaged",
            ),
            Self::FileEmpty => ("file-empty", Error, "ファイルが空である", "The file is empty"),
            Self::FileEncrypted => {
                ("file-encrypted", Error, "パスワードで保護されている", "The file is protected by a password")
            }
            Self::FileDisguised => (
                "file-disguised",
                Error,
                "中身が拡張子と違う",
                "The content is not what the file's name says",
            ),
            Self::FileIgnored => (
                "file-ignored",
                Warning,
                "表計算のファイルではないので読まなかった",
                "Not a spreadsheet, so it was not read",
            ),
            Self::TextUndecodable => (
                "text-undecodable",
                Error,
                "文字コードとして読めない箇所がある",
                "Text that cannot be decoded",
            ),
            Self::CellError => {
                ("cell-error", Error, "数式がエラー値になっている", "A formula shows an error value")
            }
            Self::SheetTooLarge => ("sheet-too-large", Error, "上限を超えている", "It is above a limit"),
            Self::NoInput => {
                ("no-input", Error, "文書の入力ファイルがない", "The document has no input files")
            }
            Self::HiddenLeftOut => (
                "hidden-left-out",
                Warning,
                "非表示の行・列・シートは読まない",
                "Hidden rows, columns or sheets are not read",
            ),
            Self::StruckLeftOut => (
                "struck-left-out",
                Warning,
                "取り消し線のある文字は読まない",
                "Text that is struck through is not read",
            ),
            Self::MappingUnused => (
                "mapping-unused",
                Warning,
                "テンプレートの sheets に当てはまるシートがない",
                "An entry of the template's sheets fits no sheet",
            ),
            Self::MappingUnfit => (
                "mapping-unfit",
                Warning,
                "テンプレートの sheets がシートにない行や列を指している",
                "An entry of the template's sheets names rows or columns that the sheet does not have",
            ),
            Self::SheetWithoutTable => (
                "sheet-without-table",
                Warning,
                "表の見出しが見つからないシート",
                "A sheet on which no table header was recognised",
            ),
            Self::FileWithoutTable => (
                "file-without-table",
                Error,
                "どのシートにも表が見つからない",
                "No sheet of the file has a table",
            ),
            Self::ColumnMissing => ("column-missing", Error, "必要な列がない", "A needed column is missing"),
            Self::ColumnAmbiguous => {
                ("column-ambiguous", Error, "同じ項目の列が二つある", "Two columns claim the same field")
            }
            Self::ColumnUnknown => (
                "column-unknown",
                Warning,
                "テンプレートにない列",
                "A column that the template does not know",
            ),
            Self::RowNotUnderstood => (
                "row-not-understood",
                Error,
                "指標名のない行に記入がある",
                "A row has entries but no indicator",
            ),
            Self::GroupMissing => (
                "group-missing",
                Error,
                "所属する目標・施策が分からない行",
                "A row whose group is not stated",
            ),
            Self::GroupWording => (
                "group-wording",
                Warning,
                "同じ番号の目標・施策の文言が違う",
                "The same group appears with another wording",
            ),
            Self::TimeUnknown => (
                "time-unknown",
                Warning,
                "年度として読めない記載",
                "Words in the place of a year that state no known time",
            ),
            Self::TimeWithoutValue => {
                ("time-without-value", Warning, "年度だけがあり値がない", "A year without a value")
            }
            Self::ValueDoubtful => (
                "value-doubtful",
                Warning,
                "確実には読み取れない値",
                "A value that is not understood with certainty",
            ),
            Self::TimesDiffer => (
                "times-differ",
                Warning,
                "値に二つの年度が記入されている",
                "Two years are stated for one value",
            ),
            Self::ListEmpty => ("list-empty", Error, "指標が一つもない", "No indicator in any file"),
            Self::DispositionMissing => {
                ("disposition-missing", Error, "取扱の記入がない", "The disposition is missing")
            }
            Self::DispositionUnknown => {
                ("disposition-unknown", Error, "取扱が語彙にない", "The disposition is not in the vocabulary")
            }
            Self::DispositionAmbiguous => {
                ("disposition-ambiguous", Error, "取扱が複数選ばれている", "Several dispositions are chosen")
            }
            Self::NewTargetMissing => {
                ("new-target-missing", Error, "新たな目標値がない", "A new target is needed")
            }
            Self::NewTargetUnexpected => (
                "new-target-unexpected",
                Error,
                "取扱と矛盾する新たな目標値がある",
                "A new target contradicts the disposition",
            ),
            Self::ReasonMissing => ("reason-missing", Warning, "理由がない", "A reason is needed"),
            Self::ReasonUnexpected => {
                ("reason-unexpected", Warning, "不要な理由がある", "A reason where none is expected")
            }
            Self::TargetUnchanged => {
                ("target-unchanged", Warning, "新たな目標値が従来と同じ", "The new target equals the old one")
            }
            Self::TargetLowered => (
                "target-lowered",
                Warning,
                "目標値が引き下げられている",
                "The new target is lower than the old one",
            ),
            Self::MeasureChanged => (
                "measure-changed",
                Warning,
                "目標値の測り方が変わっている",
                "Old and new target are measured differently",
            ),
            Self::YearBeyondHorizon => (
                "year-beyond-horizon",
                Warning,
                "年度が列の期限を超えている",
                "The year lies beyond the column's horizon",
            ),
            Self::YearUnexpected => (
                "year-unexpected",
                Warning,
                "年度が改訂の対象年度と違う",
                "The year is not the revision's year",
            ),
            Self::ReferenceBroken => (
                "reference-broken",
                Warning,
                "参照先の事業が一覧にないか内容が合わない",
                "A reference to a project that is absent or does not say what is claimed",
            ),
            Self::ReferenceReliedOn => (
                "reference-relied-on",
                Warning,
                "他の事業のKPIに委ねて外される指標",
                "An indicator leaves the list relying on another project's",
            ),
            Self::IndicatorDuplicate => {
                ("indicator-duplicate", Warning, "同じ指標が二度ある", "The same indicator appears twice")
            }
            Self::WorkbookCopy => (
                "workbook-copy",
                Warning,
                "一字一句同じブック・シートが二度ある",
                "The same workbook or sheet twice, word for word: it is counted once",
            ),
            Self::WorkbookDuplicate => (
                "workbook-duplicate",
                Error,
                "同じ指標のブック・シートが二つあり内容が違う",
                "The same workbook or sheet twice, with differences",
            ),
            Self::TallyMismatch => (
                "tally-mismatch",
                Warning,
                "記載された件数と指標の数が合わない",
                "The numbers of indicators that a form states are not those that are there",
            ),
            Self::GlyphMissing => {
                ("glyph-missing", Error, "書体にない文字", "A character that the fonts lack")
            }
            Self::CharacterPrivate => {
                ("character-private", Error, "外字（公表する文書には使えない）", "A private-use character")
            }
            Self::CharacterUnencodable => (
                "character-unencodable",
                Error,
                "CSVの文字コードにない文字",
                "A character that the encoding of the CSV files lacks",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_codes_are_unique_and_found() {
        for &code in Code::ALL {
            assert_eq!(Code::from_id(code.id()), Some(code), "{}", code.id());
        }
        let positions: Vec<usize> = Code::ALL.iter().map(|&code| code as usize).collect();
        assert_eq!(
            positions,
            (0..=Code::CharacterUnencodable as usize).collect::<Vec<_>>(),
            "ALL is all, in order"
        );
    }
}
