//! Times within a text: where they end, which role they have, and what a bare year means there.

use super::text::{Source, is_kanji, is_wordy};
use crate::japanese::era::parse_time;
use crate::japanese::is_space;
use crate::model::{Eras, Period, Time};

/// Calendar years that a bare number in brackets can mean.
const BARE_YEARS: std::ops::RangeInclusive<i32> = 1950..=2099;
/// Characters of the longest time.
const LONGEST: usize = 32;
/// Years by which plans continue an era beyond its end.
const CONTINUED: i32 = 20;

/// A time that stands at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    /// Position after the words, 末, 時点 and まで included.
    pub(super) end: usize,
    /// What they mean.
    pub(super) period: Period,
    /// Whether the era was taken for granted where that is not certain.
    pub(super) doubtful: bool,
}

/// Reads times of one text: an era that it states is that of its bare years.
pub(super) struct Times<'a> {
    source: &'a Source,
    base: &'a Eras,
    /// Where the text names eras, each with the table of which it is the base.
    eras: Vec<(usize, Eras)>,
    has_gregorian: bool,
}

/// One time without a role.
#[derive(Clone, Copy)]
struct Single {
    end: usize,
    time: Time,
    shape: Shape,
    doubtful: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// With an era, or four digits and 年.
    Full,
    /// `24年度`, `28年1月`.
    Short,
    /// `28年`: may be a length of time.
    ShortYear,
    /// `H22`, `令2`: a year of an era and no more.
    Letter,
    /// `2019`, `2020.4`: may be a number.
    Number,
}

impl<'a> Times<'a> {
    pub(super) fn new(source: &'a Source, base: &'a Eras) -> Self {
        let all = source.len();
        let mut times = Self { source, base, eras: Vec::new(), has_gregorian: false };
        let mut at = 0;
        while at < all {
            let digit = |at: usize| source.at(at, all).is_some_and(|c| c.is_ascii_digit() || c == '元');
            let free = !source.before(at, 0).is_some_and(|c| c.is_ascii_alphanumeric());
            let named = era_at(source, at, all, base).filter(|(next, _)| free && digit(*next));
            if let Some((next, era)) = named {
                times.eras.extend(base.clone().with_base(&era).map(|eras| (at, eras)));
                at = next;
            } else if free
                && (at..at + 4).all(digit)
                && !digit(at + 4)
                && matches!(source.at(at + 4, all), Some('年'))
            {
                times.has_gregorian = true;
                at += 4;
            } else {
                at += 1;
            }
        }
        times
    }

    /// The time that begins at a position, where it can be nothing else.
    pub(super) fn at(&self, at: usize, from: usize, end: usize) -> Option<Stated> {
        let c = self.source.at(at, end)?;
        let starts = c.is_ascii_digit() || "令平昭大明RHSTMFrhst㋿㍻㍼".contains(c);
        let free = !self
            .source
            .before(at, from)
            .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '第' | '/'));
        let short =
            "令平昭大明".contains(c) && !self.source.at(at + 1, end).is_some_and(|c| "和成正治".contains(c));
        let grown = self.source.before(at, from).is_some_and(is_wordy);
        if short && (grown || "大明".contains(c)) {
            return None; // 最大10件
        }
        if !starts || !free {
            return None;
        }
        if let Some(found) = self.years(at, end) {
            return Some(found);
        }
        let first = self.single(at, end)?;
        if !self.is_time(at, from, end, first) {
            return None;
        }
        Some(self.with_role(first, end))
    }

    /// The time that a whole range states, as the words in brackets do; there a bare number is a year.
    pub(super) fn whole(&self, from: usize, end: usize) -> Option<Stated> {
        let from = self.source.skip_spaces(from, end);
        let end = self.source.trim_end(from, end);
        let found = self.years(from, end).or_else(|| Some(self.with_role(self.single(from, end)?, end)))?;
        (found.end == end).then_some(found)
    }

    /// Whether a time stands where it can be no number and no length of time.
    fn is_time(&self, at: usize, from: usize, end: usize, found: Single) -> bool {
        let source = self.source;
        let next = source.at(found.end, end);
        let next_line = next.is_none_or(|c| c == '\n');
        let own_line = next_line
            && (at == from || source.before(at, from) == Some('\n'))
            && (from, found.end) != (at, end);
        match found.shape {
            Shape::Full | Shape::Short => true,
            Shape::Letter => {
                !next.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '号' | '形'))
            }
            Shape::ShortYear => {
                const AFTER: [&str; 16] = [
                    "国調",
                    "国勢調査",
                    "末",
                    "比",
                    "実績",
                    "時点",
                    "現在",
                    "までに",
                    "までの",
                    "まで",
                    "以降",
                    "度",
                    "対比",
                    "と比べ",
                    "に比べ",
                    "推計",
                ];
                let marked = source.any(found.end, end, &AFTER).is_some();
                let long = found.end - at >= 3;
                long && (marked || own_line)
            }
            Shape::Number => false,
        }
    }

    /// One time, the longest that can be read at a position.
    fn single(&self, at: usize, end: usize) -> Option<Single> {
        let source = self.source;
        let limit = (at + LONGEST).min(end);
        let mut last = at;
        let belongs = |c: char| {
            c.is_ascii_digit()
                || is_space(c)
                || "年度月日元令和平成昭大正明治RHSTMFYrhst.-/()㋿㍻㍼".contains(c)
        };
        while last < limit
            && match source.plain[last] {
                '\n' => source.at(last + 1, limit) == Some('('),
                c => belongs(c),
            }
        {
            last += 1;
        }
        (at + 1..=last).rev().find_map(|to| {
            let edge = source.plain[to - 1];
            if !(edge.is_ascii_digit() || "年度月日元)".contains(edge))
                || source.at(to, end).is_some_and(|c| c.is_ascii_digit() && edge.is_ascii_digit())
            {
                return None;
            }
            self.read(at, to)
        })
    }

    fn read(&self, at: usize, to: usize) -> Option<Single> {
        let source = self.source;
        let text = source.folded(at, to);
        let digits = text.chars().take_while(char::is_ascii_digit).count();
        let single = |time, shape, doubtful| Some(Single { end: to, time, shape, doubtful });
        if digits == 4 && text.len() == 4 {
            let year: i32 = text.parse().ok().filter(|year| BARE_YEARS.contains(year))?;
            return single(Time::BareYear(year), Shape::Number, false);
        }
        if matches!(digits, 1 | 2) {
            let (base, doubtful) = self.base_at(at, &text[..digits]);
            let time = parse_time(&text, base)?;
            let rest: String = text.chars().skip(digits).filter(|c| !is_space(*c)).collect();
            let shape = if rest == "年" { Shape::ShortYear } else { Shape::Short };
            return single(time, shape, doubtful);
        }
        let time = parse_time(&text, self.base)?;
        let shape = if digits == 4 && !text.contains('年') && text.matches(['.', '/', '-']).count() < 2 {
            Shape::Number
        } else if text.ends_with(|c: char| c.is_ascii_digit()) && !text.contains(['年', '.', '-', '/', '('])
        {
            Shape::Letter
        } else {
            Shape::Full
        };
        single(time, shape, false)
    }

    /// The era of a bare year at a position, and whether that is doubtful: an era stated nearby is its own; the base
    /// applies within its range and where the text states no years of another calendar.
    fn base_at(&self, at: usize, digits: &str) -> (&Eras, bool) {
        let before = self.eras.iter().rev().find(|(place, _)| *place < at).or(self.eras.first());
        if let Some((_, eras)) = before {
            return (eras, false);
        }
        let base = self.base.base();
        let year = digits.parse().map_or(0, |year| base.year(year));
        let next = self.base.all().iter().find(|era| era.first_day > base.first_day);
        let last = next.map_or(base.first_year() + 25, crate::model::Era::first_year);
        (self.base, digits.starts_with('0') || year > last + CONTINUED || self.has_gregorian)
    }

    /// `27～31年度`, `H27～R1`, `平成18年度から22年度まで`, `2015～19年度`.
    fn years(&self, at: usize, end: usize) -> Option<Stated> {
        let source = self.source;
        let first = year_at(source, at, end, self.base)?;
        let joint =
            source.any(source.skip_spaces(first.end, end), end, &["~", "から", "-", "－", "―", "–"])?;
        let second = year_at(source, source.skip_spaces(joint, end), end, self.base)?;
        let kind = second.word.or(first.word);
        let era = second.era.clone().or(first.era.clone());
        if kind.is_none() && (first.era.is_none() || second.era.is_none() && second.digits.len() != 4) {
            return None;
        }
        if kind == Some("年") && first.digits.len() < 3 && first.era.is_none() {
            return None; // 3～5年: a length of time
        }
        let whole = source.word(joint, end, "年").is_none();
        let (base, doubtful) = match (&era, first.digits.len()) {
            (Some(_), _) | (None, 4) => (self.base, false),
            (None, _) => self.base_at(at, &first.digits),
        };
        let year = |digits: &str, era: Option<&str>| {
            let named = era.unwrap_or_default();
            let time = parse_time(&format!("{named}{digits}{}", kind.unwrap_or("年度")), base)?;
            Some(if kind.is_none() { Time::BareYear(time.fiscal_year().0) } else { time })
        };
        let own = |it: &Year| match it.digits.len() {
            4 => None,
            _ => Some(it.era.as_deref().or(first.era.as_deref()).unwrap_or(&base.base().name).to_owned()),
        };
        let start = year(&first.digits, own(&first).as_deref())?;
        let stop = if first.digits.len() == 4 && second.digits.len() == 2 && second.era.is_none() {
            year(&format!("{}{}", &first.digits[..2], second.digits), None)?
        } else {
            year(&second.digits, own(&second).as_deref())?
        };
        if !whole || start > stop {
            return None;
        }
        let mut to = source
            .any(second.end, end, &["末までに", "末まで", "末", "までに", "まで"])
            .unwrap_or(second.end);
        if let Some(no) = source.word(to, end, "の").filter(|_| to > second.end) {
            to = no;
        }
        Some(Stated { end: to, period: Period::Span(start, stop), doubtful })
    }

    /// The role that the words behind a time give it: まで, 以降, から … まで.
    fn with_role(&self, first: Single, end: usize) -> Stated {
        const POINTS: [&str; 11] =
            ["末日", "末時点", "末現在", "末", "時点", "現在", "当初", "度末", "年末", "日時点", "中"];
        const BY: [&str; 9] = [
            "までに",
            "までには",
            "までの",
            "まで",
            "を目途に",
            "をめどに",
            "を期限に",
            "を目標に",
            "を目標年度に",
        ];
        const FROM: [&str; 5] = ["以降", "以後", "から", "より", "からの"];
        let source = self.source;
        let mut to = first.end;
        let mut doubtful = first.doubtful;
        while let Some(next) = source.any(to, end, &POINTS) {
            if source.before(next, to) == Some('中')
                && source.at(next, end).is_some_and(|c| c.is_ascii_digit() || is_kanji(c))
            {
                break;
            }
            to = next;
        }
        let joint = source.any(source.skip_spaces(to, end), end, &["~", "から"]);
        if let Some(joint) = joint
            && let Some(second) =
                self.single(source.skip_spaces(joint, end), end).filter(|s| s.shape != Shape::Number)
            && first.time <= second.time
        {
            doubtful |= second.doubtful;
            let mut last = source.any(second.end, end, &POINTS).unwrap_or(second.end);
            last = source.any(last, end, &["までの", "までに", "まで"]).unwrap_or(last);
            return Stated { end: last, period: Period::Span(first.time, second.time), doubtful };
        }
        if let Some(by) = source.any(to, end, &BY) {
            return Stated { end: by, period: Period::By(first.time), doubtful };
        }
        if let Some(from) = source.any(to, end, &FROM) {
            return Stated { end: from, period: Period::From(first.time), doubtful };
        }
        if let Some(open) = source.word(to, end, "~").filter(|open| *open == end) {
            return Stated { end: open, period: Period::From(first.time), doubtful };
        }
        Stated { end: to, period: Period::At(first.time), doubtful }
    }
}

/// A year within a range of years.
struct Year {
    end: usize,
    era: Option<String>,
    digits: String,
    word: Option<&'static str>,
}

fn year_at(source: &Source, at: usize, end: usize, eras: &Eras) -> Option<Year> {
    let (start, era) = era_at(source, at, end, eras).map_or((at, None), |(next, era)| (next, Some(era)));
    let mut here = start;
    while source.at(here, end).is_some_and(|c| c.is_ascii_digit()) {
        here += 1;
    }
    let digits = if here == start {
        source.word(start, end, "元").map(|to| (to, "1".to_owned()))
    } else {
        Some((here, source.folded(start, here)))
    };
    let (mut here, digits) = digits?;
    if !matches!((digits.len(), &era), (1 | 2, _) | (4, None)) {
        return None;
    }
    // 2021（令和3）年度
    if source.at(here, end) == Some('(')
        && let Some(close) = source.closing(here, end)
        && parse_time(&format!("{}年", source.folded(here + 1, close)), eras).is_some()
    {
        here = close + 1;
    }
    let word = [("年度", "年度"), ("年", "年")]
        .iter()
        .find_map(|(word, kind)| Some((source.word(here, end, word)?, *kind)));
    let (here, word) = word.map_or((here, None), |(to, kind)| (to, Some(kind)));
    Some(Year { end: here, era, digits, word })
}

/// The name, the short name, the letter or the sign of an era at a position: where it ends, and the era's name.
fn era_at(source: &Source, at: usize, end: usize, eras: &Eras) -> Option<(usize, String)> {
    let signs = [('㋿', "令和"), ('㍻', "平成"), ('㍼', "昭和")];
    let sign = signs.iter().find(|(sign, _)| source.at(at, end) == Some(*sign));
    if let Some((_, name)) = sign {
        return Some((at + 1, (*name).to_owned()));
    }
    let named = eras.all().iter().find_map(|era| Some((source.word(at, end, &era.name)?, era)));
    let short = || {
        let recent = |era: &&crate::model::Era| era.first_year() > 1900;
        let mut known = eras.all().iter().filter(recent);
        known.find_map(|era| {
            let letter = era.letter.is_some_and(|letter| source.at(at, end) == Some(letter));
            let lettered = letter.then(|| source.word(at + 1, end, ".").unwrap_or(at + 1));
            Some((lettered.or_else(|| source.word(at, end, &era.short))?, era))
        })
    };
    named.or_else(short).map(|(next, era)| (next, era.name.to_string()))
}
