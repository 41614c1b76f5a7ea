//! The entry about limits: a file, a sheet or a cell that is too large to be read.

use super::super::Lang;
use super::super::parameter::Parameter;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is limited; told as the template's key that sets the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// MiB of the file.
    File,
    /// MiB of all files.
    Total,
    /// MiB of an xls file.
    Legacy,
    /// MiB of what a packed file holds.
    Unpacked,
    /// How many times smaller it is packed.
    Ratio,
    /// Sheets of the workbook.
    Sheets,
    /// Cells with text of the workbook.
    Cells,
    /// Shared texts that the workbook announces, no more than cells.
    SharedTexts,
    /// MiB of text of the workbook.
    Text,
    /// Cells of the used area of an xls sheet.
    Grid,
    /// Indicators of the document.
    Rows,
    /// MiB in which what references claim is looked for; not for a template to set.
    References,
    /// Merged areas of a sheet.
    Merges,
    /// Cells of a sheet that are merged.
    MergedCells,
    /// Characters of a cell.
    CellChars,
    /// Seconds of the process that read the file.
    Seconds,
    /// MiB of the process that read the file.
    Memory,
    /// Parts that a packed file is made of; not for a template to set.
    Members,
    /// Things over the cells of a sheet; not for a template to set.
    Overlays,
}

/// A limit that is exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excess {
    /// What is limited.
    pub size: Size,
    /// What the file has, at least.
    pub found: u64,
    /// What it may have.
    pub most: u64,
}

macro_rules! limits {
    ($next:ident $($then:ident)* [$($before:tt)*]) => { $next! { $($then)* [$($before)*
        /// A file, a sheet or a cell is above a limit.
        SheetTooLarge("sheet-too-large", Error fixed) {
            /// What is limited.
            size: Size,
            /// What there is, at least.
            found: u64,
            /// What there may be.
            most: u64,
        }
        meaning: ["ファイル、シートまたはセルが上限を超えている", "A file, a sheet or a cell is above a limit"],
        message: [by size {
            Size::File => [
                "ファイルが大きすぎます（{found}MiB以上、上限は{most}MiB）",
                "the file is too large ({found} MiB or more; at most {most} MiB)"
            ],
            Size::Total => [
                "入力ファイルの合計が上限の{most}MiBを超えるため、このファイル（{found}MiB以上）は読み取っていません",
                "with this file ({found} MiB or more) the document's input exceeds {most} MiB, so it was not read"
            ],
            Size::Legacy => [
                ".xls形式のファイルが大きすぎます（{found}MiB以上、上限は{most}MiB）",
                "the .xls file is too large ({found} MiB or more; at most {most} MiB)"
            ],
            Size::Unpacked => [
                "ファイルの中身を展開すると大きすぎます（{found}MiB以上、上限は{most}MiB）",
                "the file unpacks to too much ({found} MiB or more; at most {most} MiB)"
            ],
            Size::Ratio => [
                "ファイルの中身が不自然に圧縮されています（{found}倍以上、上限は{most}倍）",
                "the file is packed beyond what is natural (1:{found} or more; at most 1:{most})"
            ],
            Size::Sheets => [
                "シートが多すぎます（{found}枚、上限は{most}枚）",
                "too many sheets ({found}; at most {most})"
            ],
            Size::Cells => [
                "記入のあるセルが多すぎます（{found}個以上、上限はファイル全体で{most}個）",
                "too many cells with text ({found} or more; at most {most} in a file)"
            ],
            Size::SharedTexts => [
                "ブックの文字列が多すぎます（{found}個以上、上限は{most}個）",
                "the workbook has too many texts ({found} or more; at most {most})"
            ],
            Size::Text => [
                "記入された文字が多すぎます（{found}MiB以上、上限はファイル全体で{most}MiB）",
                "too much text ({found} MiB or more; at most {most} MiB in a file)"
            ],
            Size::Grid => [
                "離れた場所に記入があり、表の範囲が大きすぎます（空のセルも含めて{found}個以上、上限は{most}個）",
                "there are entries far apart, so the used area is too large ({found} cells or more, empty ones included; at most {most})"
            ],
            Size::Rows => [
                "行が多すぎるため、読み取りを中止しました（{found}件以上、上限は文書全体で{most}件）",
                "there are too many rows, so reading was stopped ({found} or more; at most {most} in a document)"
            ],
            Size::References => [
                "ほかの事業への参照が多すぎるため、この欄より後の参照は確認していません",
                "there are too many references to other projects; those from this cell on were not checked"
            ],
            Size::Merges => [
                "結合セルが多すぎます（{found}か所、上限はシートごとに{most}か所）",
                "too many merged areas ({found}; at most {most} on a sheet)"
            ],
            Size::MergedCells => [
                "結合セルが大きすぎます（{found}個のセル、上限はシートごとに{most}個）",
                "the merged areas are too large ({found} cells; at most {most} on a sheet)"
            ],
            Size::CellChars => [
                "セルの文字が多すぎるため、読み取っていません（{found}字、上限は{most}字）",
                "the cell has too many characters, so it was not read ({found}; at most {most})"
            ],
            Size::Seconds => [
                "時間がかかりすぎるため、読み取りを中止しました（{found}秒以上、上限は{most}秒）",
                "reading was stopped because it took too long ({found} s or more; at most {most} s)"
            ],
            Size::Memory => [
                "メモリーが足りないため、読み取りを中止しました（{found}MiB以上、上限は{most}MiB）",
                "reading was stopped because it takes too much memory ({found} MiB or more; at most {most} MiB)"
            ],
            Size::Members => [
                "ファイルの中の部品が多すぎます（{found}個、上限は{most}個）",
                "the file is made of too many parts ({found}; at most {most})"
            ],
            Size::Overlays => [
                "シートの上の図形などが多すぎるため、読み取っていません（{found}個以上、上限は{most}個）",
                "too many shapes lie over the sheet ({found} or more; at most {most}); it was not read"
            ],
        }],
        department: [by size {
            Size::Total => [none],
            Size::File | Size::Legacy | Size::Unpacked | Size::Sheets | Size::Members | Size::Overlays => [
                "画像や不要なシートを除き、.xlsx形式で保存し直して、再提出してください",
                "remove pictures and sheets that are not needed, save it again as .xlsx and send it again"
            ],
            Size::Rows => [
                "記入の要らない行を削除して、再提出してください",
                "delete the rows that are not needed and send it again"
            ],
            Size::References => [
                "参照を必要なものだけに減らして、再提出してください",
                "keep only the references that are needed, and send it again"
            ],
            Size::CellChars => [
                "引用符（\"）の閉じ忘れで、複数の行が一つのセルになっていないか確認してください",
                "see whether a missing closing quotation mark (\") has made one cell of many lines"
            ],
            _ => [
                "調査票の表だけを新しいブックに写し、.xlsx形式で保存し直して、再提出してください",
                "copy the form's table alone into a new workbook, save it as .xlsx and send it again"
            ],
        }],
        planning: [by size {
            Size::Total => [
                "不要なファイルを入力フォルダーから除くか、テンプレートの [input.limits] の {size} を大きくしてください",
                "remove files that are not needed from the input folder, or raise `{size}` in the template's [input.limits]"
            ],
            Size::Members | Size::References | Size::Overlays => [
                "不要なものを除いた再提出を、所管課に依頼してください",
                "ask the department to remove what is not needed"
            ],
            Size::CellChars => [
                "引用符（\"）の閉じ忘れでないか、所管課に確認してください。上限はテンプレートの [input.limits] の {size} です（32767字まで）",
                "ask the department whether a closing quotation mark (\") is missing; the limit is `{size}` in the template's [input.limits], at most Excel's own of 32,767"
            ],
            _ => [
                "不要なものを除いた再提出を、所管課に依頼してください。必要な大きさであれば、テンプレートの [input.limits] の {size} で上限を上げられます",
                "ask the department to remove what is not needed; if it must be so, raise `{size}` in the template's [input.limits]"
            ],
        }],
    ] } };
}

impl Parameter for Size {
    fn tell(&self, _: Lang, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "file_mib",
            Self::Total => "total_mib",
            Self::Legacy => "legacy_mib",
            Self::Unpacked => "unpacked_mib",
            Self::Ratio => "ratio",
            Self::Sheets => "sheets",
            Self::Cells | Self::SharedTexts => "cells",
            Self::Text => "text_mib",
            Self::Grid => "legacy_cells",
            Self::Merges => "merges",
            Self::MergedCells => "merged_cells",
            Self::CellChars => "cell_chars",
            Self::Seconds => "seconds",
            Self::Memory => "memory_mib",
            Self::Rows => "rows",
            Self::Members | Self::References | Self::Overlays => "",
        })
    }
}
