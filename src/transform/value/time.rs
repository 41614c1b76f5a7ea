//! The time of a value: the bracket or line that states it, taken out of the text.

use super::brackets::{Span, spans};
use crate::japanese::era::parse_time;
use crate::japanese::{fold, half_width, is_space};
use crate::model::{Eras, Time};

/// Calendar years that a bare number in brackets can mean.
const BARE_YEARS: std::ops::RangeInclusive<i32> = 1950..=2099;

/// A text without the words that stated its time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// The rest of the text.
    pub(super) text: String,
    /// The words, without brackets and spaces, and what they mean.
    pub(super) time: Option<(String, Option<Time>)>,
}

/// Takes the time out of a value's text.
///
/// 1. The one bracket that is a time (`（31年度）`), wherever it stands. Two such brackets are the times of parts
///    and stay.
/// 2. Else the last or the first of several lines, if it is a time (`31年度`).
/// 3. Else a bracket at either end that can only be meant as a time but is none (`（令和45月）`): without meaning.
pub(super) fn take_time(text: &str, eras: &Eras) -> Taken {
    let chars: Vec<char> = text.chars().collect();
    let spans = spans(&chars);
    let mut times = spans.iter().filter_map(|span| Some((*span, bracket_time(span.inner(&chars), eras)?)));
    match (times.next(), times.next()) {
        (Some((span, time)), None) => return without(&chars, span, Some(time)),
        (Some(_), Some(_)) => return Taken { text: text.to_owned(), time: None },
        (None, _) => {}
    }
    if let Some(taken) = line_time(text, eras) {
        return taken;
    }
    let at_an_end = |span: &&Span| span.open == 0 || span.close + 1 == chars.len();
    match spans.iter().filter(at_an_end).find(|span| is_meant_as_time(span.inner(&chars), eras)) {
        Some(&span) => without(&chars, span, None),
        None => Taken { text: text.to_owned(), time: None },
    }
}

/// The words of a time, without spaces, which never mean anything there.
pub(super) fn time_words(words: &str) -> String {
    words.chars().filter(|&c| !is_space(c)).collect()
}

fn without(chars: &[char], span: Span, time: Option<Time>) -> Taken {
    let words: String = span.inner(chars).iter().filter(|c| !is_space(**c)).collect();
    let rest: String = chars[..span.open].iter().chain(&chars[span.close + 1..]).collect();
    Taken { text: closed_up(&rest), time: Some((words, time)) }
}

/// The lines of a text without those that are blank.
fn closed_up(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|l| l.trim_matches(is_space)).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
}

fn bracket_time(inner: &[char], eras: &Eras) -> Option<Time> {
    let inner: String = inner.iter().collect();
    parse_time(&inner, eras).or_else(|| {
        let year: i32 = fold(&inner).parse().ok().filter(|year| BARE_YEARS.contains(year))?;
        parse_time(&format!("{year}年度"), eras)
    })
}

fn line_time(text: &str, eras: &Eras) -> Option<Taken> {
    let (first, after_first) = text.split_once('\n')?;
    let (before_last, last) = text.rsplit_once('\n')?;
    [(last, before_last), (first, after_first)].into_iter().find_map(|(line, rest)| {
        let time = parse_time(line, eras)?;
        Some(Taken { text: closed_up(rest), time: Some((time_words(line), Some(time))) })
    })
}

/// Whether words in brackets can only be meant as a time, though they state none: they have an era, 年度 or a
/// month, and next to nothing else (`令和45月`, `未年度`, ` 年度`). Periods (`27～31年度`) and words such as 毎年度
/// are no such thing.
pub(super) fn is_meant_as_time(inner: &[char], eras: &Eras) -> bool {
    let folded = fold(&inner.iter().collect::<String>());
    let era = eras.all().iter().any(|era| folded.starts_with(&*era.name));
    let month =
        folded.split_once('月').is_some_and(|(before, _)| before.ends_with(|c: char| c.is_ascii_digit()));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_time_out() {
        for (text, rest, time) in [
            ("1か所（31年度）", "1か所", Some(("31年度", "FY2019"))),
            ("1か所 \n （31 年度）", "1か所", Some(("31年度", "FY2019"))),
            ("（R2年度）3園", "3園", Some(("R2年度", "FY2020"))),
            (
                "4か所（80人）（※2か所を含む）\n（30年度）",
                "4か所（80人）（※2か所を含む）",
                Some(("30年度", "FY2018")),
            ),
            ("1か所【31年度】", "1か所", Some(("31年度", "FY2019"))),
            ("50件(2019)", "50件", Some(("2019", "FY2019"))),
            ("A：4園（27年度）\nB：8園", "A：4園\nB：8園", Some(("27年度", "FY2015"))),
            ("1か所\n31年度", "1か所", Some(("31年度", "FY2019"))),
            ("3園\n\n5件\n31年度", "3園\n5件", Some(("31年度", "FY2019"))),
            ("令和6年度\n50件", "50件", Some(("令和6年度", "FY2024"))),
            ("3園（30年度）、5園（31年度）", "3園（30年度）、5園（31年度）", None),
            ("1か所（令和45月）", "1か所", Some(("令和45月", "none"))),
            ("1か所（未年度）", "1か所", Some(("未年度", "none"))),
            ("1か所（　年度）", "1か所", Some(("年度", "none"))),
            ("4件（27～31年度）", "4件（27～31年度）", None),
            ("4件（毎年度）", "4件（毎年度）", None),
            ("4件（令和2年度に新設）", "4件（令和2年度に新設）", None),
            ("4件（3か月）", "4件（3か月）", None),
            ("0人（R2.4.1見込・計画）", "0人（R2.4.1見込・計画）", None),
            ("1か所（20人）", "1か所（20人）", None),
        ] {
            let taken = take_time(text, Eras::heisei());
            assert_eq!(taken.text, rest, "{text}");
            let shown = taken.time.map(|(words, t)| (words, t.map_or("none".to_owned(), |t| t.to_string())));
            assert_eq!(shown, time.map(|(words, t)| (words.to_owned(), t.to_owned())), "{text}");
        }
    }
}
