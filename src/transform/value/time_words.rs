//! Words that can only be meant as a time, though no calendar has it.

use crate::japanese::{fold, half_width, is_space};
use crate::model::Eras;

/// The words of a time, without spaces, which never mean anything there.
pub(super) fn unspaced(words: &str) -> String {
    words.chars().filter(|&c| !is_space(c)).collect()
}

/// Whether words in brackets can only be meant as a time, though they state none: they have an era, 年度 or a
/// month, and next to nothing else (`令和45月`, `未年度`, ` 年度`). Periods (`27～31年度`) and words such as 毎年度
/// are no such thing.
pub(super) fn is_meant_as_time(inner: &[char], eras: &Eras) -> bool {
    let folded = fold(&inner.iter().collect::<String>());
    let era = eras.all().iter().any(|era| folded.starts_with(&*era.name));
    let month =
        folded.split_once('月').is_some_and(|(before, _)| before.ends_with(|c: char| c.is_ascii_digit()));
    let real =
        folded.split('月').next().and_then(|n| n.parse::<u8>().ok()).is_some_and(|n| (1..=12).contains(&n));
    if month && real && !era && !folded.contains('年') {
        return false; // 4月1日現在
    }
    if !(era || month || folded.contains("年度")) || folded.starts_with(is_word_before_year) {
        return false;
    }
    let mut left = folded;
    let names = eras.all().iter().map(|era| &*era.name);
    for word in names.chain(["年度", "年", "月", "日", "元", "現在", "時点", "末", "."]) {
        left = left.replace(word, "");
    }
    left.chars().filter(|c| !half_width(*c).is_ascii_digit()).count() <= 1 && !left.contains(['~', '-', '・'])
}

/// 毎年度, 各年度, 単年度, 前年度 … name no year and are not meant to.
fn is_word_before_year(c: char) -> bool {
    "毎各単前当次初今翌同全両隔本昨".contains(c)
}
