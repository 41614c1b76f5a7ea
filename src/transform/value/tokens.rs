//! Tokens: what stands at each place of one bracket level of a text, numbers and times already known.

use super::lexicon::{COMPARED, COMPARISONS};
use super::number::{Amount, Number, number_at};
use super::text::{Source, is_kanji, is_wordy};
use super::time::{Stated, Times};
use crate::japanese::is_space;

/// A token with its place.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Space,
    Newline,
    /// `、 , ・ ； 。`
    Separator,
    Colon,
    /// A pair of brackets; the token ends behind the closing one.
    Bracket,
    /// `※…`, `*2`, `注1`.
    Note,
    Time(Stated),
    /// What a figure is compared with; the time, if it is one.
    Reference(Option<Stated>),
    /// The base of a rate: `1人1日当たり`, `人口10万対`.
    Base(String),
    /// `5年間で`: how long a sum runs.
    Over(String),
    Number(Number),
    Name,
    /// `→`
    Arrow,
    Tilde,
    /// `↑`, `↓`
    Direction(bool),
}

/// The tokens of a level; all else in it is words.
pub(super) fn tokens(source: &Source, times: &Times, from: usize, end: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = from;
    while at < end {
        match token(source, times, at, from, end) {
            Some((to, kind)) => {
                tokens.push(Token { start: at, end: to, kind });
                at = to;
            }
            None => at += 1,
        }
    }
    tokens
}

fn token(source: &Source, times: &Times, at: usize, from: usize, end: usize) -> Option<(usize, Kind)> {
    let c = source.plain[at];
    let sign = |kind| Some((at + 1, kind));
    match c {
        '\n' => return sign(Kind::Newline),
        c if is_space(c) => return sign(Kind::Space),
        '、' | ',' | '，' | '・' | ';' | '。' | '|' | '「' | '」' | '『' | '』' | '"' | '“' | '”' =>
        {
            return sign(Kind::Separator);
        }
        ':' => return sign(Kind::Colon),
        '→' | '⇒' | '➡' | '➔' | '➜' | '⟶' => return sign(Kind::Arrow),
        '↑' | '↗' | '⤴' => return sign(Kind::Direction(true)),
        '↓' | '↘' | '⤵' => return sign(Kind::Direction(false)),
        '~' => return sign(Kind::Tilde),
        _ => {}
    }
    if let Some(close) = source.closing(at, end) {
        return Some((close + 1, Kind::Bracket));
    }
    if let Some(to) = note(source, at, from, end) {
        return Some((to, Kind::Note));
    }
    if let Some((to, base)) = base(source, at, from, end) {
        return Some((to, Kind::Base(base)));
    }
    if let Some((to, time)) = reference(source, times, at, from, end) {
        return Some((to, Kind::Reference(time)));
    }
    if let Some((to, length)) = over(source, at, from, end) {
        return Some((to, Kind::Over(length)));
    }
    if let Some(stated) = times.at(at, from, end) {
        return Some((stated.end, Kind::Time(stated)));
    }
    let number = number_at(source, at, from, end)?;
    let kind = if number.value == Amount::Name { Kind::Name } else { Kind::Number(number) };
    Some((number.end, kind))
}

/// A note: a mark alone (`※1`, `*2`, `注1)`), or a sign with the words behind it to the end of the line.
fn note(source: &Source, at: usize, from: usize, end: usize) -> Option<usize> {
    let c = source.plain[at];
    let free = !source.before(at, from).is_some_and(is_kanji);
    let digits = |mut at: usize| {
        let start = at;
        while at < start + 2 && source.at(at, end).is_some_and(|c| c.is_ascii_digit()) {
            at += 1;
        }
        at
    };
    let opened = match c {
        '※' => at + 1,
        '*' | '＊' | '†' | '‡' => {
            let to = digits(at + 1);
            let unit = source.before(at, from).is_some_and(|c| !c.is_ascii_digit() && !is_space(c));
            let line = source.before(at, from).is_none_or(|c| c == '\n');
            return (unit && (to > at + 1 || source.at(to, end).is_none_or(|c| !is_wordy(c))) || line)
                .then(|| if line { line_end(source, at, end) } else { to });
        }
        '注' => {
            let to = digits(at + 1);
            let order = source.before(at, from).is_some_and(|c| "発受特".contains(c));
            if !order && to > at + 1 && source.at(to, end).is_none_or(|c| is_space(c) || c == '、') {
                return Some(to);
            }
            if !free {
                return None;
            }
            let close = source.any(to, end, &[")", ":", "："])?;
            let only = source.at(close, end).is_none_or(is_space)
                && source.before(at, from).is_some_and(|c| c != '\n');
            return Some(if only { close } else { line_end(source, at, end) });
        }
        _ => return None,
    };
    let to = digits(opened);
    let next = source.at(to, end);
    let mark =
        next.is_none_or(|c| is_space(c) || "、。,・※)".contains(c) || source.closing(to, end).is_some());
    let alone = mark && (to > opened || next.is_none_or(|c| c == '\n' || source.closing(to, end).is_some()));
    if alone { Some(to) } else { Some(line_end(source, at, end)) }
}

fn line_end(source: &Source, at: usize, end: usize) -> usize {
    let mut at = at;
    while source.at(at, end).is_some_and(|c| c != '\n') {
        at = source.closing(at, end).map_or(at + 1, |close| close + 1);
    }
    source.trim_end(0, at)
}

const PER_WORDS: [&str; 8] = ["当たり", "当り", "あたり", "につき", "対", "当たりの", "当りの", "あたりの"];

/// The base of a rate with a number in it: `1日当たり`, `人口10万人当たり`, `1人1日当たり`, `1人平均`.
fn base(source: &Source, at: usize, from: usize, end: usize) -> Option<(usize, String)> {
    let start = source.word(at, end, "人口").unwrap_or(at);
    let latin =
        source.before(at, from).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '第'));
    if latin {
        return None;
    }
    let (mut here, mut base, mut ones) = (start, String::new(), 0);
    for _ in 0..3 {
        let Some((next, many)) = count(source, here, end) else { break };
        let mut unit = next;
        while source.at(unit, end).is_some_and(|c| (is_wordy(c) || c == '・') && !c.is_ascii_digit())
            && unit - next < 6
        {
            if source.plain[unit] == 'に'
                || PER_WORDS.iter().any(|word| source.word(unit, end, word).is_some())
                || source.word(unit, end, "平均").is_some()
            {
                break;
            }
            if ["一", "1"].iter().any(|one| source.word(unit, end, one).is_some()) && unit > next {
                break;
            }
            unit += 1;
        }
        let word = source.folded(next, unit);
        if many != "1" && !many.is_empty() {
            base.push_str(&many);
        }
        base.push_str(if word.is_empty() && start > at { "人" } else { &word });
        ones += 1;
        here = unit;
        let each =
            source.plain[at] == '1' && ["日", "年", "週", "か月", "ヶ月", "回"].contains(&base.as_str());
        let tied = source.word(here, end, "に").unwrap_or(here);
        if ones == 1
            && each
            && source.at(tied, end).is_some_and(|c| c.is_ascii_digit())
            && source.word(here, end, "1人").is_none()
        {
            return Some((tied, base));
        }
        if PER_WORDS.iter().any(|word| source.word(here, end, word).is_some())
            || source.word(here, end, "平均").is_some()
        {
            break;
        }
    }
    let base = base.replace("か月", "月").replace("ヶ月", "月");
    let mean = source.word(here, end, "平均").filter(|to| source.at(*to, end) != Some('値'));
    let is_mean = ones == 1 && ["人", "日", "年", "月", "回"].contains(&base.as_str()) && mean.is_some();
    let to = if is_mean { Some(here) } else { source.any(here, end, &PER_WORDS) }?;
    (ones > 0 && !base.is_empty()).then_some((to, base))
}

/// `10万`, `千`, `1`, `一` at a position.
fn count(source: &Source, at: usize, end: usize) -> Option<(usize, String)> {
    let mut to = at;
    while source.at(to, end).is_some_and(|c| c.is_ascii_digit() || (c == ',' && to > at)) {
        to += 1;
    }
    if to == at
        && let Some(one) = source.word(at, end, "一")
    {
        return Some((one, "1".to_owned()));
    }
    while source.at(to, end).is_some_and(|c| matches!(c, '千' | '万' | '百')) {
        to += 1;
    }
    (to > at).then(|| (to, source.folded(at, to).replace(',', "")))
}

/// `2013年度比`, `対前年度比`, `現状と比べて`, `平成27年の実績と比べて`.
fn reference(
    source: &Source,
    times: &Times,
    at: usize,
    from: usize,
    end: usize,
) -> Option<(usize, Option<Stated>)> {
    let against = source.word(at, end, "対");
    let start = against.unwrap_or(at);
    let free = !source.before(at, from).is_some_and(|c| is_kanji(c) && c != '約');
    let time = times.at(start, if against.is_some() { start } else { from }, end);
    let (to, time) = match time {
        Some(stated) => (stated.end, Some(stated)),
        None if free => (source.any(start, end, COMPARED)?, None),
        None => return None,
    };
    // 基準年（2013年度）比
    if let Some(close) = source.closing(to, end)
        && let Some(compared) =
            source.any(close + 1, end, COMPARISONS).or_else(|| source.any(close + 1, end, &["から", "より"]))
    {
        let inside = times.whole(to + 1, close);
        let named = COMPARED.iter().any(|word| source.word(to + 1, close, word) == Some(close));
        match (time, inside) {
            (None, Some(stated)) => return Some((compared, Some(stated))),
            (Some(stated), _) if named => return Some((compared, Some(stated))),
            _ => {}
        }
    }
    let what = source
        .any(to, end, &["の実績値", "の実績", "の水準", "の現状", "の数値", "の値", "値", "実績", "の現状値"])
        .unwrap_or(to);
    let compared = source.any(what, end, COMPARISONS).or_else(|| source.any(to, end, COMPARISONS));
    let weak = time.is_none().then(|| source.any(what, end, &["より", "から"])).flatten();
    let open =
        against.filter(|_| source.at(to, end).is_none_or(|c| !is_wordy(c) || c.is_ascii_digit())).map(|_| to);
    Some((compared.or(weak).or(open)?, time))
}

/// What may follow the length of a sum.
const SUMS: [&str; 10] = ["累計", "の累計", "合計", "の合計", "延べ", "の延べ", "で", "の間に", "通算", "計"];

/// `4年間累計`, `3年間で`, `10年で`, `5か年の合計`: the words of the length alone.
fn over(source: &Source, at: usize, from: usize, end: usize) -> Option<(usize, String)> {
    let free =
        !source.before(at, from).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '第'));
    let mut to = at;
    while source.at(to, end).is_some_and(|c| c.is_ascii_digit()) {
        to += 1;
    }
    if !free || !(1..=2).contains(&(to - at)) {
        return None;
    }
    let long = source.any(
        to,
        end,
        &[
            "年間",
            "か年",
            "カ年",
            "ヶ年",
            "ヵ年",
            "ケ年",
            "箇年",
            "か年間",
            "ヶ年間",
            "か月間",
            "ヶ月間",
            "カ月間",
        ],
    );
    let length = long.or_else(|| source.word(to, end, "年"))?;
    let unit = if source.any(to, end, &["か月", "ヶ月", "カ月"]).is_some() { "か月" } else { "年" };
    let next = source.at(source.skip_spaces(length, end), end);
    let summed = source.any(length, end, if long.is_some() { &SUMS } else { &SUMS[6..8] });
    let of_times = source.before(at, from) == Some('の') && next.is_none_or(|c| c == '\n' || c == ')');
    let before_figure = of_times || long.is_some() && next.is_some_and(|c| c.is_ascii_digit());
    if source.word(length, end, "計画").is_some() || (summed.is_none() && !before_figure) {
        return None;
    }
    let end_of = source.any(length, end, &["の間に", "で", "の"]).unwrap_or(length);
    Some((end_of, format!("{}{unit}", source.folded(at, to))))
}
