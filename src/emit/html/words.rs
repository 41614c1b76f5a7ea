//! The page's own words, in the document's language; everything that a city says comes from its template.

use super::Beside;
use crate::emit::is_japanese;
use crate::model::{CivilDate, Eras};

/// Words of the interface. In patterns, `{n}` is a number of records and `{all}` that of the whole list.
#[derive(Debug)]
pub(super) struct PageWords {
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
    pub(super) other_formats: &'static str,
    pub(super) other_documents: &'static str,
    pub(super) filter: &'static str,
    pub(super) search: &'static str,
    /// No restriction by a choice.
    pub(super) every: &'static str,
    pub(super) reset: &'static str,
    pub(super) all_shown: &'static str,
    pub(super) some_shown: &'static str,
    pub(super) none_shown: &'static str,
    /// Before the target so far, and before the new one; a voice brackets them and rests between them.
    pub(super) old_target: &'static str,
    pub(super) new_target: &'static str,
    pub(super) brackets: [&'static str; 3],
    /// Around what is struck through.
    pub(super) struck: [&'static str; 2],
    /// A group without a label.
    pub(super) unnamed: &'static str,
    pub(super) publisher: &'static str,
    pub(super) section: &'static str,
    pub(super) date: &'static str,
    pub(super) revision: &'static str,
    pub(super) licence: &'static str,
    is_japanese: bool,
}

static JAPANESE: PageWords = PageWords {
    skip: "一覧へ進む",
    tally: "集計",
    count: "件数",
    share: "全体に占める割合",
    share_of: "{all}件のうち{n}件",
    contents: "目次",
    list: "一覧",
    notes: "注",
    other_formats: "このほかの形式",
    other_documents: "このほかの文書",
    filter: "一覧を絞り込む",
    search: "キーワードで探す",
    every: "すべて",
    reset: "条件をクリア",
    all_shown: "全{all}件を表示しています。",
    some_shown: "全{all}件のうち{n}件を表示しています。",
    none_shown: "条件に合うものはありません（全{all}件）。",
    old_target: "変更前：",
    new_target: "変更後：",
    brackets: ["（", "、", "）"],
    struck: ["［取消し：", "］"],
    unnamed: "（名称なし）",
    publisher: "発行",
    section: "担当",
    date: "公表日",
    revision: "改訂",
    licence: "データの利用条件",
    is_japanese: true,
};

static ENGLISH: PageWords = PageWords {
    skip: "Skip to the list",
    tally: "Tally",
    count: "Number",
    share: "Share of all",
    share_of: "{n} of {all}",
    contents: "Contents",
    list: "List",
    notes: "Notes",
    other_formats: "Other formats",
    other_documents: "Other documents",
    filter: "Filter the list",
    search: "Search for words",
    every: "All",
    reset: "Clear",
    all_shown: "All {all} entries are shown.",
    some_shown: "{n} of {all} entries are shown.",
    none_shown: "No entry matches (of {all}).",
    old_target: "Before: ",
    new_target: "New: ",
    brackets: [" (", ", ", ")"],
    struck: ["[struck: ", "] "],
    unnamed: "(unnamed)",
    publisher: "Publisher",
    section: "Section in charge",
    date: "Published",
    revision: "Revision",
    licence: "Licence of the data",
    is_japanese: false,
};

impl PageWords {
    /// The words for a BCP 47 language tag: Japanese, or English for every other language.
    pub(super) fn of(language: &str) -> &'static Self {
        if is_japanese(language) { &JAPANESE } else { &ENGLISH }
    }

    /// A day as documents in the language date themselves.
    pub(super) fn day(&self, date: CivilDate, eras: &Eras) -> String {
        if self.is_japanese { date.wareki(eras) } else { date.to_string() }
    }

    /// The first sentence of the text beside attachments.
    pub(super) fn told(&self, title: &str, count: usize) -> String {
        if self.is_japanese {
            format!("「{title}」の全{count}件を、次の表に示します。")
        } else {
            format!("The table shows all {count} entries of “{title}”.")
        }
    }

    /// The second one; none without attachments.
    pub(super) fn attached<'f>(&self, files: impl Iterator<Item = &'f Beside>) -> String {
        let forms: Vec<String> = files.map(|file| form(&file.name)).collect();
        match (forms.is_empty(), self.is_japanese) {
            (true, _) => String::new(),
            (false, true) => format!("同じ内容のファイル（{}形式）もあります。", forms.join("形式、")),
            (false, false) => format!(" The same is attached as {}.", forms.join(" and ")),
        }
    }

    /// What a file is or shows, with its form and its size in bytes.
    pub(super) fn file(&self, Beside { name, artifact, bytes, title }: &Beside) -> String {
        let (japanese, english) = artifact.label();
        let form = form(name);
        let said = |label| title.as_ref().map_or(label, |title| title.replace('\n', ""));
        let size = size(*bytes, self.is_japanese);
        if self.is_japanese {
            format!("{}（{form}形式：{size}）", said(japanese.to_owned()))
        } else {
            format!("{} ({form}, {size})", said(english.to_owned()))
        }
    }
}

/// The form of a file: the ending of its name.
fn form(name: &str) -> String {
    name.rsplit('.').next().unwrap_or_default().to_uppercase()
}

/// A number of bytes as web pages state it: `21KB`, `1.5MB`, rounded up.
fn size(bytes: usize, is_japanese: bool) -> String {
    let kibibytes = bytes.div_ceil(1024);
    let space = if is_japanese { "" } else { " " };
    if kibibytes < 1024 {
        return format!("{kibibytes}{space}KB");
    }
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    format!("{}.{}{space}MB", tenths / 10, tenths % 10)
}

/// A pattern with its numbers filled in.
pub(super) fn filled(pattern: &str, n: usize, all: usize) -> String {
    pattern.replace("{n}", &n.to_string()).replace("{all}", &all.to_string())
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_rounded_up() {
        for (bytes, said) in [
            (0, "0KB"),
            (1, "1KB"),
            (21 * 1024, "21KB"),
            (1024 * 1023, "1023KB"),
            (1024 * 1024, "1.0MB"),
            (1024 * 1024 + 1, "1.1MB"),
        ] {
            assert_eq!(size(bytes, true), said);
        }
        assert_eq!(size(2048, false), "2 KB");
    }
}
