//! What a form states of its own table: words for what is counted, numbers of indicators, and both in one cell.

use super::columns::{Header, Slot};
use crate::japanese::{fold, is_no_value, is_space, leading_number};
use crate::model::{ChoiceId, Field, Origin, RawRow, RawSheet};
use crate::template::Template;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words of a sum below a table.
const SUMS: [&str; 5] = ["小計", "合計", "総計", "集計", "計"];
/// Of what a sum can be, written together: `施策計`, `部計`.
const OF_WHAT: [&str; 9] = ["基本目標", "基本施策", "目標", "施策", "全体", "課", "部", "局", "指標"];
/// Words of a total beside dispositions.
const TOTALS: [&str; 5] = ["計", "合計", "総計", "総数", "全体"];
/// Counters of indicators.
const COUNTERS: [&str; 6] = ["件", "指標", "項目", "個", "事業", "kpi"];
/// The longest text that is looked at.
const LONGEST: usize = 80;

/// What a number is the number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    /// Indicators with this word of the vocabulary that is counted.
    Choice(ChoiceId),
    /// All indicators.
    Total,
}

/// Numbers of indicators that a form states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DeclaredCounts {
    /// What it says.
    pub(super) counts: BTreeMap<Counted, usize>,
    /// The cell of the first number.
    pub(super) origin: Origin,
    /// Parts of the sheet's indicators that it may be about, besides all of them.
    pub(super) ranges: Vec<Range<usize>>,
}

/// A cell in the place of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// To be filled in: `件`, a dash.
    Blank,
    /// `22`, `22件`.
    Number(usize),
}

/// The words for what is counted, folded.
pub(super) struct Vocabulary(BTreeMap<String, Counted>);

impl Vocabulary {
    /// Collects the words of the vocabulary that is counted and those of totals. A code alone is no word: it is a
    /// number.
    pub(super) fn new(template: &Template) -> Self {
        let mut words: BTreeMap<String, Counted> =
            TOTALS.iter().map(|word| (fold(word), Counted::Total)).collect();
        words.extend(template.tally.iter().map(|tally| (fold(&tally.total), Counted::Total)));
        for (id, choice) in template.counted().map_or(&[][..], |(_, choices)| choices).iter().enumerate() {
            words.extend(choice.words().map(|name| (fold(name), Counted::Choice(ChoiceId(id)))));
        }
        words.retain(|word, _| !word.chars().all(|c| c.is_ascii_digit()));
        Self(words)
    }

    /// What a text is the word for: `維持`, `1.維持`, `維持件数：`.
    pub(super) fn word(&self, text: &str) -> Option<Counted> {
        if text.chars().count() > LONGEST {
            return None;
        }
        let known = |text: &str| {
            let folded = fold(text);
            let word = folded.trim_end_matches([':', ')']).trim_start_matches('(');
            let bare = ["の件数", "件数", "数"].iter().find_map(|suffix| word.strip_suffix(suffix));
            self.0.get(word).or_else(|| self.0.get(bare?)).copied()
        };
        known(text).or_else(|| known(leading_number(text)?.1))
    }

    /// Words with their numbers in one text: `維持 22 / 修正 13件`. Empty if it says anything else.
    pub(super) fn pairs(&self, text: &str) -> Vec<(Counted, usize)> {
        self.try_pairs(text).unwrap_or_default()
    }

    fn try_pairs(&self, text: &str) -> Option<Vec<(Counted, usize)>> {
        let digit = |c: char| crate::japanese::half_width(c).is_ascii_digit();
        if text.chars().count() > LONGEST || !text.contains(digit) {
            return None;
        }
        let separators = |c: char| is_space(c) || c.is_whitespace() || "/／・、，,;；:：=＝|｜→".contains(c);
        let mut pairs = Vec::new();
        let mut pending: Option<Counted> = None;
        for token in text.split(separators).filter(|token| !token.is_empty()) {
            pending = match (pending, self.word(token)) {
                (None, Some(what)) => Some(what),
                (None, None) => {
                    pairs.push(self.joined(token)?);
                    None
                }
                (Some(what), None) => match count(token)? {
                    Count::Number(number) => {
                        pairs.push((what, number));
                        None
                    }
                    Count::Blank => return None,
                },
                (Some(_), Some(_)) => return None,
            };
        }
        pending.is_none().then_some(pairs)
    }

    /// `維持22件`.
    fn joined(&self, token: &str) -> Option<(Counted, usize)> {
        let (head, number) = trailing_number(token)?;
        Some((self.word(&head)?, number))
    }
}

/// A number of indicators, or the blank for one.
pub(super) fn count(text: &str) -> Option<Count> {
    let folded = fold(text);
    let number = without_counter(folded.trim_start_matches('(').trim_end_matches(')'));
    if is_no_value(number) {
        return Some(Count::Blank);
    }
    let number = number.replace(',', "");
    let is_number = number.len() <= 6 && number.chars().all(|c| c.is_ascii_digit());
    number.parse().ok().filter(|_| is_number).map(Count::Number)
}

fn without_counter(folded: &str) -> &str {
    COUNTERS.iter().find_map(|counter| folded.strip_suffix(counter)).unwrap_or(folded)
}

/// The folded text before a number at the end, and the number.
fn trailing_number(text: &str) -> Option<(String, usize)> {
    let folded = fold(text);
    let body = without_counter(folded.trim_end_matches(')'));
    let head = body.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = body[head.len()..].parse().ok()?;
    Some((head.trim_end_matches(['(', ':']).to_owned(), number))
}

/// Whether a text is a sum's word, perhaps with its number: `小計`, `計 39件`.
pub(super) fn is_sum(text: &str) -> bool {
    is_sum_word(text) || number_of_sum(text).is_some()
}

/// Whether a label is a group's name and the word of a sum, apart: `施策１ 小計`. Other words may end with 計.
pub(super) fn sums_up(text: &str) -> bool {
    let numbered = leading_number(text).is_some_and(|(_, rest)| is_sum_word(rest));
    numbered || text.split_whitespace().next_back().is_some_and(is_sum_word)
}

/// The number at a sum's word: `計 39件`.
fn number_of_sum(text: &str) -> Option<usize> {
    trailing_number(text).filter(|(head, _)| is_sum_word(head)).map(|(_, number)| number)
}

/// Brackets behind the word say what the sum leaves out.
fn is_sum_word(text: &str) -> bool {
    let folded = fold(text);
    let folded =
        folded.split_once('(').filter(|_| folded.ends_with(')')).map_or(folded.as_str(), |(word, _)| word);
    let of_whole =
        OF_WHAT.iter().find_map(|what| folded.strip_prefix(what)).is_some_and(|rest| SUMS.contains(&rest));
    SUMS.contains(&folded) || of_whole
}

/// The numbers of indicators that a sum's row states, as far as they can be nothing else: those under the marks of
/// dispositions, the one at the sum's word, the one in the indicators' column, the one counted in 指標.
pub(super) fn of_sum(
    sheet: &RawSheet,
    row: &RawRow,
    header: &Header,
    ranges: Vec<Range<usize>>,
    (name, counted): (Slot, Option<Field>),
) -> Option<DeclaredCounts> {
    let number = |col: u32| match count(row.text(col)?)? {
        Count::Number(number) => Some((number, col)),
        Count::Blank => None,
    };
    let marks = header.columns.iter().filter_map(|(slot, &col)| match slot {
        Slot::Mark(field, id) if Some(*field) == counted => Some((Counted::Choice(*id), number(col)?)),
        _ => None,
    });
    let mut found: BTreeMap<Counted, (usize, u32)> = marks.collect();
    let indicator = header.columns.get(&name).copied();
    let mut totals = row.cells.iter().filter_map(|cell| {
        let counted = fold(&cell.text).ends_with("指標") || Some(cell.col) == indicator;
        let own = number_of_sum(&cell.text).map(|number| (number, cell.col));
        own.or_else(|| number(cell.col).filter(|_| counted))
    });
    match (totals.next(), totals.next()) {
        (Some(total), None) => found.extend([(Counted::Total, total)]),
        (None, None) => {}
        _ => return None,
    }
    let col = found.values().map(|(_, col)| *col).min()?;
    let counts = found.into_iter().map(|(what, (number, _))| (what, number)).collect();
    Some(DeclaredCounts { counts, origin: sheet.origin(row.index, col), ranges })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::transform) fn template() -> Template {
        Template::parse(
            "city",
            r#"
            kaitei = 2
            document.title = "一覧"
            fields = [
                { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
                { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
                { key = "disposition", role = "disposition", choices = [
                    { code = "1", label = "維持", print = "1.維持" },
                    { code = "2", label = "修正", aliases = ["見直し"] },
                    { code = "3", label = "削除" },
                ] },
                { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
            ]
            columns = [{ title = "取扱", fields = ["disposition"], width = 4 }]
            "#,
        )
        .expect("a template")
    }

    #[test]
    fn words_and_numbers_are_read() {
        let template = template();
        let vocabulary = Vocabulary::new(&template);
        let disposition = |id| Some(Counted::Choice(ChoiceId(id)));
        for (text, expected) in [
            ("維　持", disposition(0)),
            ("１．維持", disposition(0)),
            ("②修正", disposition(1)),
            ("見直し件数", disposition(1)),
            ("合計", Some(Counted::Total)),
            ("1", None),
            ("維持する", None),
        ] {
            assert_eq!(vocabulary.word(text), expected, "{text}");
        }
        for (text, expected) in [
            ("２２件", Some(Count::Number(22))),
            ("（0）", Some(Count::Number(0))),
            ("件", Some(Count::Blank)),
            ("－", Some(Count::Blank)),
            ("3人", None),
            ("1.5", None),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
        for (text, expected) in [
            ("維持 22 / 修正 13 / 削除 4 / 計 39", &[22, 13, 4, 39][..]),
            ("維持２２件、見直し：13件", &[22, 13]),
            ("1.維持 22　2.修正(13件)", &[22, 13]),
            ("維持22", &[22]),
            ("維持 22 廃棄 13", &[]),
            ("維持 修正", &[]),
            ("維持22件を見込む", &[]),
        ] {
            let numbers: Vec<usize> = vocabulary.pairs(text).iter().map(|(_, number)| *number).collect();
            assert_eq!(numbers, expected, "{text}");
        }
        for (text, expected) in
            [("小　計", true), ("計　39件", true), ("計画39", false), ("合計特殊出生率", false)]
        {
            assert_eq!(is_sum(text), expected, "{text}");
        }
    }
}
