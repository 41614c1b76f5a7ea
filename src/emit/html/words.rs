//! The page's own words, in the document's language; everything that a city says comes from its template.

use crate::emit::Artifact;
use crate::model::{CivilDate, Eras};

/// Words of the interface. In patterns, `{n}` is a number of indicators and `{all}` that of the whole list.
#[derive(Debug)]
pub(super) struct Words {
    /// Takes keyboard users past what stands before the list.
    pub(super) skip: &'static str,
    pub(super) tally: &'static str,
    pub(super) count: &'static str,
    /// Heads the pictures of the tally.
    pub(super) share: &'static str,
    /// What a picture of the tally shows.
    pub(super) share_of: &'static str,
    pub(super) contents: &'static str,
    pub(super) list: &'static str,
    pub(super) notes: &'static str,
    pub(super) other_editions: &'static str,
    pub(super) filter: &'static str,
    pub(super) search: &'static str,
    /// No restriction by a choice.
    pub(super) every: &'static str,
    pub(super) reset: &'static str,
    pub(super) all_shown: &'static str,
    pub(super) some_shown: &'static str,
    pub(super) none_shown: &'static str,
    /// Before the target so far, and before the new one.
    pub(super) old_target: &'static str,
    pub(super) new_target: &'static str,
    /// A group without a label.
    pub(super) unnamed: &'static str,
    pub(super) publisher: &'static str,
    pub(super) section: &'static str,
    pub(super) date: &'static str,
    pub(super) revision: &'static str,
    pub(super) licence: &'static str,
    is_japanese: bool,
}

static JAPANESE: Words = Words {
    skip: "一覧へ進む",
    tally: "集計",
    count: "件数",
    share: "全体に占める割合",
    share_of: "{all}件のうち{n}件",
    contents: "目次",
    list: "一覧",
    notes: "注",
    other_editions: "このほかの形式",
    filter: "一覧を絞り込む",
    search: "語で探す",
    every: "すべて",
    reset: "条件を消す",
    all_shown: "全{all}件を表示しています。",
    some_shown: "全{all}件のうち{n}件を表示しています。",
    none_shown: "条件に合う指標はありません（全{all}件）。",
    old_target: "従来",
    new_target: "新",
    unnamed: "（名称なし）",
    publisher: "発行",
    section: "担当",
    date: "公表日",
    revision: "改訂",
    licence: "データの利用条件",
    is_japanese: true,
};

static ENGLISH: Words = Words {
    skip: "Skip to the list",
    tally: "Tally",
    count: "Indicators",
    share: "Share of all",
    share_of: "{n} of {all}",
    contents: "Contents",
    list: "List",
    notes: "Notes",
    other_editions: "Other formats",
    filter: "Filter the list",
    search: "Search for words",
    every: "All",
    reset: "Clear",
    all_shown: "All {all} indicators are shown.",
    some_shown: "{n} of {all} indicators are shown.",
    none_shown: "No indicator matches (of {all}).",
    old_target: "Before",
    new_target: "New",
    unnamed: "(unnamed)",
    publisher: "Publisher",
    section: "Section in charge",
    date: "Published",
    revision: "Revision",
    licence: "Licence of the data",
    is_japanese: false,
};

impl Words {
    /// The words for a BCP 47 language tag: Japanese, or English for every other language.
    pub(super) fn of(language: &str) -> &'static Self {
        let primary = language.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("ja") { &JAPANESE } else { &ENGLISH }
    }

    /// A day as documents in the language date themselves.
    pub(super) fn day(&self, date: CivilDate, eras: &Eras) -> String {
        if self.is_japanese { date.wareki(eras) } else { date.to_string() }
    }

    /// What a file is.
    pub(super) fn file(&self, format: Artifact) -> &'static str {
        let (japanese, english) = match format {
            Artifact::Xlsx => ("Excelの一覧", "Workbook"),
            Artifact::Pdf => ("印刷用の一覧", "Printable list"),
            Artifact::Html => ("ウェブの一覧", "Web page"),
            Artifact::Csv => ("一覧のデータ", "Data of the list"),
            Artifact::Values => ("値の内訳", "Values part by part"),
            Artifact::Notes => ("注記", "Notes"),
            Artifact::Codes => ("コード表", "Codes"),
            Artifact::Dictionary => ("項目定義書", "Dictionary"),
            Artifact::DataXlsx => ("データのブック", "Workbook of data"),
            Artifact::Package => ("データの説明", "Description of the data"),
            Artifact::Json => ("すべての情報", "Everything that is known"),
        };
        if self.is_japanese { japanese } else { english }
    }
}

/// A pattern with its numbers filled in.
pub(super) fn filled(pattern: &str, n: usize, all: usize) -> String {
    pattern.replace("{n}", &n.to_string()).replace("{all}", &all.to_string())
}
