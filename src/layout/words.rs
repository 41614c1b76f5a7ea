//! What is one word to a reader, though Unicode would break it: numbers with their units, dates, amounts, addresses,
//! numbered words. Rules W5 and W12 to W14 of [`super::wrap`].

use super::gaps::{Rank, is_digit, is_separator};
use std::collections::BTreeMap;

/// Counters that follow a number, longest first where one begins another.
const COUNTERS: &[&str] = &[
    "か国語",
    "ユニット",
    "年度末",
    "年度",
    "年間",
    "年目",
    "か所",
    "カ所",
    "ヶ所",
    "箇所",
    "か月",
    "カ月",
    "ヶ月",
    "か国",
    "か年",
    "施設",
    "団体",
    "事業所",
    "事業",
    "世帯",
    "項目",
    "種類",
    "地区",
    "平方メートル",
    "ヘクタール",
    "キログラム",
    "キロ",
    "グラム",
    "トン",
    "ポイント",
    "時間",
    "人回",
    "兆円",
    "億円",
    "百万円",
    "万円",
    "千円",
    "万人",
    "千人",
    "兆",
    "億",
    "万",
    "千",
    "年",
    "月",
    "日",
    "人",
    "名",
    "件",
    "回",
    "校",
    "園",
    "社",
    "本",
    "台",
    "戸",
    "棟",
    "冊",
    "枚",
    "組",
    "店",
    "区",
    "円",
    "時",
    "分",
    "秒",
    "％",
    "㎡",
    "歳",
    "位",
    "割",
    "倍",
    "点",
    "期",
    "次",
    "号",
    "条",
    "項",
    "章",
    "つ",
];

/// Names of eras.
const ERAS: [&str; 5] = ["明治", "大正", "昭和", "平成", "令和"];

/// What limits a number.
const LIMITS: [&str; 9] = ["以上", "以下", "以内", "以前", "以後", "以降", "未満", "程度", "前後"];

/// The most characters of a word that stays on the line of its number (`1.維持`).
const SHORT: usize = 4;

/// The ranks of the gaps that these rules know, by byte offset; the rank of a rule is at most that of kinsoku.
pub(super) fn ties(text: &str) -> BTreeMap<usize, Rank> {
    let mut ties = Ties { text, ranks: BTreeMap::new() };
    ties.latin();
    let mut at = 0;
    while let Some(found) = text[at..].find(is_digit) {
        at = ties.number(at + found);
    }
    ties.first_years();
    ties.heading();
    ties.ranks
}

struct Ties<'t> {
    text: &'t str,
    ranks: BTreeMap<usize, Rank>,
}

impl<'t> Ties<'t> {
    fn rest(&self, at: usize) -> &'t str {
        &self.text[at..]
    }

    fn tie(&mut self, gap: usize, rank: Rank) {
        if gap > 0 && gap < self.text.len() {
            let known = self.ranks.entry(gap).or_insert(rank);
            *known = rank.min(*known);
        }
    }

    /// Every gap inside of a piece.
    fn tie_inside(&mut self, from: usize, to: usize, rank: Rank) {
        for (at, _) in self.text[from..to].char_indices().skip(1) {
            self.tie(from + at, rank);
        }
    }

    /// W5, W12: a number, the era before it, its unit, and what else belongs to it. Returns where it ends.
    fn number(&mut self, from: usize) -> usize {
        let text = self.text;
        if let Some(era) = ERAS.iter().find(|era| text[..from].ends_with(**era)) {
            self.tie_inside(from - era.len(), from, Rank::Word);
            self.tie(from, Rank::Word);
        }
        let digits_end = from + length(self.rest(from), |c| is_digit(c) || is_separator(c));
        let mut end = self.unit(digits_end);
        if end > digits_end {
            self.tie(digits_end, Rank::Word);
            end = self.per(end);
        }
        if let Some(limit) = LIMITS.iter().find(|limit| self.rest(end).starts_with(**limit)) {
            self.tie(end, Rank::Phrase);
            self.tie_inside(end, end + limit.len(), Rank::Word);
            end += limit.len();
        }
        let goes_on = self.text[digits_end..end].ends_with(['兆', '億', '万', '年', '月']);
        if goes_on && self.rest(end).starts_with(is_digit) {
            self.tie(end, Rank::Part);
        }
        if let Some(dash) = self.rest(end).chars().next().filter(|c| matches!(c, '～' | '〜' | '－' | '–'))
            && self.rest(end + dash.len_utf8()).starts_with(is_digit)
        {
            self.tie(end + dash.len_utf8(), Rank::Part);
        }
        end
    }

    /// The end of the unit at a place; the place if there is none.
    fn unit(&mut self, at: usize) -> usize {
        let latin = length(self.rest(at), |c| {
            c.is_ascii_alphabetic() || matches!(c, '%' | '㎡' | '㎥' | '㎞' | '㎏' | '℃')
        });
        let rest = self.rest(at).as_bytes();
        // Each has three bytes at least: comparing these first spares almost all searches.
        let begins = |counter: &&&str| rest.first_chunk::<3>() == counter.as_bytes().first_chunk();
        let counter = COUNTERS.iter().filter(begins).find(|counter| rest.starts_with(counter.as_bytes()));
        let end = at + counter.map_or(latin, |counter| counter.len());
        self.tie_inside(at, end, Rank::Word);
        end
    }

    /// The end of what a unit is divided by: `g／人・日`, `件／10万人`.
    fn per(&mut self, from: usize) -> usize {
        let mut end = from;
        for sign in ['／', '/', '・', '・'] {
            let rest = self.rest(end);
            let is_first = end == from;
            let is_sign = if is_first { rest.starts_with(['／', '/']) } else { rest.starts_with(sign) };
            if !is_sign {
                continue;
            }
            let divisor = end + rest.chars().next().map_or(0, char::len_utf8);
            let digits = divisor + length(self.rest(divisor), |c| is_digit(c) || is_separator(c));
            let unit = self.unit(digits);
            if unit > digits {
                self.tie(end, Rank::Word);
                self.tie(divisor, Rank::Part);
                self.tie(digits, Rank::Word);
                end = unit;
            }
        }
        end
    }

    /// W12: the first year of an era.
    fn first_years(&mut self) {
        for era in ERAS {
            for (at, _) in self.text.match_indices(era) {
                let year = at + era.len();
                if self.rest(year).starts_with("元年") {
                    let end = year + "元年".len();
                    let end = end + if self.rest(end).starts_with('度') { '度'.len_utf8() } else { 0 };
                    self.tie_inside(at, end, Rank::Word);
                }
            }
        }
    }

    /// W13: words with hyphens, addresses.
    fn latin(&mut self) {
        let text = self.text;
        let mut at = 0;
        while let Some(found) = text[at..].find(|c: char| c.is_ascii_graphic()) {
            let from = at + found;
            at = from + length(&text[from..], |c| c.is_ascii_graphic());
            let token = &text[from..at];
            let is_address = token.contains("://") || token.contains('@') || token.starts_with("www.");
            let signs: Vec<(usize, char)> = token.char_indices().collect();
            for pair in signs.windows(2) {
                let ((_, before), (gap, after)) = (pair[0], pair[1]);
                let rank = match (before, after) {
                    ('-', next) if gap > 1 && next.is_ascii_alphanumeric() => Rank::Hyphen,
                    ('/', '/') => Rank::Cluster,
                    ('/' | '?', _) if is_address && !token[..gap].ends_with("://") => Rank::Word,
                    (_, '.' | '@' | '_' | '=' | '&' | '#') if is_address => Rank::Loose,
                    ('/', next) if next.is_ascii_alphanumeric() => Rank::Word,
                    _ => continue,
                };
                self.tie(from + gap, rank);
            }
        }
    }

    /// W14: the number at the head of a text, and a short word behind it.
    fn heading(&mut self) {
        let end = heading_number(self.text);
        if end == 0 {
            return;
        }
        self.tie(end, Rank::Part);
        let word = self.rest(end);
        if word.chars().count() <= SHORT && !word.contains(char::is_whitespace) {
            self.tie_inside(end, self.text.len(), Rank::Word);
        }
    }
}

/// The length in bytes of the number at a text's head, with the space behind it: `1.`, `（1）`, `①`, `１　`, `ア　`, `・`.
fn heading_number(text: &str) -> usize {
    let is_enclosed =
        |c: char| matches!(c, '\u{2160}'..='\u{217F}' | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}');
    let signs = length(text, |c| matches!(c, '(' | '（' | '【'));
    let digits = length(&text[signs..], is_digit);
    let number = signs
        + if digits > 0 {
            digits
        } else {
            length(&text[signs..], |c| c.is_alphabetic() || is_enclosed(c)).min(first(&text[signs..]))
        };
    if number == signs {
        return if text.starts_with('・') { '・'.len_utf8() } else { 0 };
    }
    let closing = length(&text[number..], |c| matches!(c, ')' | '）' | '】' | '.' | '．'));
    let space = length(&text[number + closing..], char::is_whitespace);
    let is_decimal = closing > 0 && text[number + closing..].starts_with(is_digit);
    let is_heading = space > 0 || (closing > 0 && !is_decimal) || text.starts_with(is_enclosed);
    if is_heading { number + closing + space } else { 0 }
}

/// The length in bytes of the first character.
fn first(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The length in bytes of the characters of a kind at a text's head.
fn length(text: &str, is_kind: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_kind(c)).unwrap_or(text.len())
}
