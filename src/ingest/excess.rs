//! The sentences for what is above a limit: the limit, what the file has, and the template's key.

use crate::finding::{Message, message};

/// A limit that is exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Excess {
    pub(super) size: Size,
    /// What the file has, at least.
    pub(super) found: u64,
    /// What it may have.
    pub(super) most: u64,
}

/// What is limited; all but the last are [`crate::model::Limits`], in the same units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    File,
    Total,
    Legacy,
    Unpacked,
    Ratio,
    Sheets,
    Cells,
    /// Shared texts that the workbook announces, no more than cells.
    SharedTexts,
    Text,
    Grid,
    Merges,
    MergedCells,
    /// Of the process that tried the file out.
    Seconds,
    /// Of the process that tried the file out.
    Memory,
    /// `limits::MEMBERS`.
    Members,
}

impl Excess {
    /// The sentence: what there is, what there may be.
    #[expect(clippy::too_many_lines, reason = "a table, one row a limit")]
    pub(super) fn message(self) -> Message {
        let Self { size, found, most } = self;
        let (ja, en) = match size {
            Size::File => (
                format!("ファイルが大きすぎます（{found}MiB以上、上限は{most}MiB）"),
                format!("the file is too large ({found} MiB or more; at most {most} MiB)"),
            ),
            Size::Total => (
                format!(
                    "入力ファイルの合計が上限の{most}MiBを超えるので、このファイル（{found}MiB以上）は読みませんでした"
                ),
                format!(
                    "with this file ({found} MiB or more) the document's input exceeds {most} MiB, so it was not read"
                ),
            ),
            Size::Legacy => (
                format!(".xls形式のファイルが大きすぎます（{found}MiB以上、上限は{most}MiB）"),
                format!("the .xls file is too large ({found} MiB or more; at most {most} MiB)"),
            ),
            Size::Unpacked => (
                format!("ファイルの中身が展開すると大きすぎます（{found}MiB以上、上限は{most}MiB）"),
                format!("the file unpacks to too much ({found} MiB or more; at most {most} MiB)"),
            ),
            Size::Ratio => (
                format!("ファイルの中身が不自然に圧縮されています（{found}倍以上、上限は{most}倍）"),
                format!("the file is packed beyond what is natural (1:{found} or more; at most 1:{most})"),
            ),
            Size::Sheets => (
                format!("シートが多すぎます（{found}枚、上限は{most}枚）"),
                format!("too many sheets ({found}; at most {most})"),
            ),
            Size::Cells => (
                format!("記入のあるセルが多すぎます（{found}個以上、上限はファイル全体で{most}個）"),
                format!("too many cells with text ({found} or more; at most {most} in a file)"),
            ),
            Size::SharedTexts => (
                format!("ブックの文字列が多すぎます（{found}個以上、上限は{most}個）"),
                format!("the workbook has too many texts ({found} or more; at most {most})"),
            ),
            Size::Text => (
                format!("記入された文字が多すぎます（{found}MiB以上、上限はファイル全体で{most}MiB）"),
                format!("too much text ({found} MiB or more; at most {most} MiB in a file)"),
            ),
            Size::Grid => (
                format!(
                    "離れた場所に記入があり、表の範囲が大きすぎます（空のセルも含めて{found}個以上、上限は{most}個）"
                ),
                format!(
                    "there are entries far apart, so the used area is too large ({found} cells or more, empty ones included; at most {most})"
                ),
            ),
            Size::Merges => (
                format!("結合セルが多すぎます（{found}か所、上限はシートごとに{most}か所）"),
                format!("too many merged areas ({found}; at most {most} on a sheet)"),
            ),
            Size::MergedCells => (
                format!("結合セルが大きすぎます（{found}個のセル、上限はシートごとに{most}個）"),
                format!("the merged areas are too large ({found} cells; at most {most} on a sheet)"),
            ),
            Size::Seconds => (
                format!("読み取りに時間がかかりすぎるので中止しました（{found}秒以上、上限は{most}秒）"),
                format!("reading was stopped because it took too long ({found} s or more; at most {most} s)"),
            ),
            Size::Memory => (
                format!("読み取りにメモリーが要りすぎるので中止しました（{found}MiB以上、上限は{most}MiB）"),
                format!(
                    "reading was stopped because it takes too much memory ({found} MiB or more; at most {most} MiB)"
                ),
            ),
            Size::Members => (
                format!("ファイルの中の部品が多すぎます（{found}個、上限は{most}個）"),
                format!("the file is made of too many parts ({found}; at most {most})"),
            ),
        };
        message(ja, en)
    }

    /// What to do about it, with the key that raises the limit.
    pub(super) fn hint(self) -> Message {
        let (ja, en) = match self.size {
            Size::Total => (
                "要らないファイルを入力フォルダーから除いてください",
                "remove files that are not needed from the input folder",
            ),
            Size::File | Size::Legacy | Size::Unpacked | Size::Sheets | Size::Members => (
                "画像や不要なシートを除いて.xlsx形式で保存し直してください",
                "remove pictures and sheets that are not needed, and save it again as .xlsx",
            ),
            Size::Ratio | Size::Seconds | Size::Memory => (
                "Excelで開けるか確かめ、様式の表だけを新しいブックに写して.xlsx形式で保存し直してください",
                "see whether Excel opens it; copy the form's table alone into a new workbook and save it as .xlsx",
            ),
            Size::Cells | Size::SharedTexts | Size::Text | Size::Grid | Size::Merges | Size::MergedCells => (
                "様式の表だけを新しいブックに写し、.xlsx形式で保存し直してください",
                "copy the form's table alone into a new workbook and save it as .xlsx",
            ),
        };
        match self.size.key() {
            Some(key) => message(
                format!(
                    "{ja}。必要なファイルであれば、テンプレートの [input.limits] の {key} で上限を上げられます"
                ),
                format!("{en}; if it must be so, raise `{key}` in the template's [input.limits]"),
            ),
            None => message(ja, en),
        }
    }
}

impl Size {
    /// The template's key that sets the limit.
    fn key(self) -> Option<&'static str> {
        match self {
            Self::File => Some("file_mib"),
            Self::Total => Some("total_mib"),
            Self::Legacy => Some("legacy_mib"),
            Self::Unpacked => Some("unpacked_mib"),
            Self::Ratio => Some("ratio"),
            Self::Sheets => Some("sheets"),
            Self::Cells | Self::SharedTexts => Some("cells"),
            Self::Text => Some("text_mib"),
            Self::Grid => Some("legacy_cells"),
            Self::Merges => Some("merges"),
            Self::MergedCells => Some("merged_cells"),
            Self::Seconds => Some("seconds"),
            Self::Memory => Some("memory_mib"),
            Self::Members => None,
        }
    }
}
