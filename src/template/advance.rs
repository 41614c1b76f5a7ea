//! A template for the next year: its text with the years advanced that are those of its edition, and nothing else.
//!
//! * **Y1** The years that advance are that of the edition, and those of `horizon` and `year` that are not later; what lies
//!   in the future (the last year of a plan) stays.
//! * **Y2** They advance in titles, headings, lines, words and comments, in the notation in which they are written (`令和元`,
//!   `Ｒ２`, `2019`), and in `horizon`, `year`, `period` and the document's date.
//! * **Y3** A series gains the year: in `times`, and in a column like that of the edition's year.
//! * **Y4** The history of publication stays.

use super::Template;
use crate::japanese::half_width;
use crate::model::{Era, Eras};
use std::collections::BTreeSet;

/// Keys whose lines hold years that advance.
const KEYS: [&str; 18] = [
    "elapsed",
    "title",
    "under",
    "subject",
    "revision",
    "subtitle",
    "byline",
    "notes",
    "words",
    "time_words",
    "keywords",
    "horizon",
    "year",
    "period",
    "header",
    "footer",
    "amendment",
    "headings",
];

/// A template's text, advanced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advanced {
    /// The text.
    pub text: String,
    /// The lines that changed, by their numbers in the new text: before (empty if it is new) and after.
    pub changes: Vec<(usize, String, String)>,
}

/// The text of a template, whose edition is that of the year `from`, advanced to another year.
pub fn advance(text: &str, template: &Template, from: i32, to: i32) -> Advanced {
    let fields = &template.fields;
    let stated = fields.iter().flat_map(|spec| [spec.horizon, spec.year]).flatten().map(|year| year.0);
    let of_edition: BTreeSet<i32> = stated.filter(|year| *year <= from).chain([from]).collect();
    let years = Years { of_edition, from, by: to - from, eras: &template.eras };
    let mut advanced = Advanced { text: String::new(), changes: Vec::new() };
    for block in blocks(text) {
        let section = block[0].trim().trim_matches(['[', ']']).trim();
        let is_point = block.iter().any(|line| line.contains(&format!("_{from}\"")));
        if section == "open_data.history" {
            advanced.keep(&block);
        } else if section == "columns" && is_point {
            advanced.keep(&block);
            advanced.add(&block.iter().map(|line| years.point(line)).collect::<Vec<_>>());
        } else {
            for line in &block {
                advanced.push(line, &years.line(line, section));
            }
        }
    }
    advanced
}

/// The text in blocks, each of which begins with a heading (`[…]`); the first may have none.
fn blocks(text: &str) -> Vec<Vec<&str>> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        match blocks.last_mut() {
            Some(block) if !line.starts_with('[') => block.push(line),
            _ => blocks.push(vec![line]),
        }
    }
    blocks
}

impl Advanced {
    fn push(&mut self, before: &str, after: &str) {
        self.text.push_str(after);
        self.text.push('\n');
        if before != after {
            let line = self.text.matches('\n').count();
            self.changes.push((line, before.trim().to_owned(), after.trim().to_owned()));
        }
    }

    fn keep(&mut self, block: &[&str]) {
        for line in block {
            self.push(line, line);
        }
    }

    fn add(&mut self, block: &[String]) {
        for line in block {
            self.push(if line.trim().is_empty() { line } else { "" }, line);
        }
    }
}

/// The years that advance.
struct Years<'t> {
    of_edition: BTreeSet<i32>,
    from: i32,
    by: i32,
    eras: &'t Eras,
}

impl Years<'_> {
    fn line(&self, line: &str, section: &str) -> String {
        let trimmed = line.trim_start();
        let key = trimmed.split(['=', ' ']).next().unwrap_or_default();
        let is_text = !trimmed.contains('=') || trimmed.starts_with(['#', '{']);
        match key {
            "times" => self.with_point(line),
            "date" if section == "document" => self.of_date(line),
            _ if is_text || KEYS.contains(&key) => self.text(line, &|year| self.of_edition.contains(&year)),
            _ => line.to_owned(),
        }
    }

    /// The line of a column of the edition's year, for the next one.
    fn point(&self, line: &str) -> String {
        let line = line.replace(&format!("_{}\"", self.from), &format!("_{}\"", self.from + self.by));
        self.text(&line, &|year| year == self.from)
    }

    /// A list of times of which the last is that of the edition, with the next one.
    fn with_point(&self, line: &str) -> String {
        let Some((times, rest)) = line.rsplit_once(']') else { return line.to_owned() };
        let Some((_, last)) = times.rsplit_once(['[', ',']) else { return line.to_owned() };
        let next = self.text(last.trim(), &|year| year == self.from);
        if next == last.trim() { line.to_owned() } else { format!("{times}, {next}]{rest}") }
    }

    /// The document's date, as much later.
    fn of_date(&self, line: &str) -> String {
        let Some((key, date)) = line.split_once('=') else { return line.to_owned() };
        let value = date.trim_start();
        match value.get(..4).and_then(|year| year.parse::<i32>().ok()) {
            Some(year) => format!("{key}= {}{}", year + self.by, &value[4..]),
            None => line.to_owned(),
        }
    }

    /// A text with the years that advance.
    fn text(&self, text: &str, advances: &dyn Fn(i32) -> bool) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut said = String::new();
        let mut at = 0;
        while at < chars.len() {
            if let Some((words, end)) = self.year_at(&chars, at, advances) {
                said.push_str(&words);
                at = end;
            } else {
                said.push(chars[at]);
                at += 1;
            }
        }
        said
    }

    /// A year that begins at a character and advances: its new words, and where it ends.
    fn year_at(&self, chars: &[char], at: usize, advances: &dyn Fn(i32) -> bool) -> Option<(String, usize)> {
        let before = at.checked_sub(1).map(|at| chars[at]);
        if is_digit(chars[at]) {
            if before.is_some_and(is_digit) {
                return None;
            }
            let (number, end) = number(chars, at)?;
            let is_year = end - at == 4 && advances(number);
            return is_year.then(|| (digits(number + self.by, half_width(chars[at]) != chars[at]), end));
        }
        let (era, style, start) = self.era_at(chars, at, before)?;
        let first = *chars.get(start)?;
        let (of_era, end) = if first == '元' { (1, start + 1) } else { number(chars, start)? };
        let year = era.year(of_era);
        if end - start > 2 || !advances(year) {
            return None;
        }
        let next = self.eras.of_year(year + self.by)?;
        let number = year + self.by - next.first_year() + 1;
        let is_wide = first != '元' && half_width(first) != first;
        let number = match style {
            Style::Name if number == 1 => "元".to_owned(),
            _ => digits(number, is_wide),
        };
        Some((format!("{}{number}", style.of(next, chars[at])?), end))
    }

    /// The era whose name, short name or letter begins at a character, and where its number begins.
    fn era_at(&self, chars: &[char], at: usize, before: Option<char>) -> Option<(&Era, Style, usize)> {
        let begins = |name: &str| name.chars().eq(chars[at..].iter().copied().take(name.chars().count()));
        let named = self.eras.all().iter().find(|era| begins(&era.name));
        if let Some(era) = named {
            return Some((era, Style::Name, at + era.name.chars().count()));
        }
        let is_apart = !before.is_some_and(|c| half_width(c).is_ascii_alphanumeric());
        let letter = half_width(chars[at]);
        let short = self.eras.all().iter().find(|era| is_apart && era.letter == Some(letter));
        short.map(|era| (era, Style::Letter, at + 1))
    }
}

/// How an era is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Name,
    Letter,
}

impl Style {
    /// An era in the style of a character.
    fn of(self, era: &Era, like: char) -> Option<String> {
        match self {
            Self::Name => Some(era.name.to_string()),
            Self::Letter => {
                let letter = era.letter?;
                let wide = char::from_u32(u32::from(letter) + 0xFEE0)?;
                Some(if half_width(like) == like { letter } else { wide }.to_string())
            }
        }
    }
}

fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

/// The number at a digit, and where it ends.
fn number(chars: &[char], at: usize) -> Option<(i32, usize)> {
    let digits: String =
        chars[at..].iter().take_while(|c| is_digit(**c)).map(|c| half_width(*c)).take(9).collect();
    Some((digits.parse().ok()?, at + digits.len()))
}

fn digits(number: i32, is_wide: bool) -> String {
    let digits = number.to_string();
    if !is_wide {
        return digits;
    }
    digits.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(more: &str) -> Template {
        let text = format!(
            "kaitei = 2\ndocument.title = \"一覧\"\nfields = [{{ key = \"n\", role = \"name\" }}, {{ key = \"t\", role = \"target\", {more} }}]\ncolumns = [{{ title = \"名\", fields = [\"n\"], width = 9 }}]\n"
        );
        Template::parse("t", &text).unwrap()
    }

    #[test]
    fn years_of_the_edition_advance_and_no_others() {
        let template = sample("horizon = 2019");
        let next = |line: &str| advance(line, &template, 2020, 2021).text;
        for (line, after) in [
            ("title = \"令和2（2020）年度の取扱\"", "title = \"令和3（2021）年度の取扱\""),
            ("title = \"平成31（2019）年度\"", "title = \"令和2（2020）年度\""),
            ("under = \"Ｒ２年度とR12年度\"", "under = \"Ｒ３年度とR12年度\""),
            ("words = [\"令和元年度実績\", \"KPI2020\"]", "words = [\"令和2年度実績\", \"KPI2021\"]"),
            ("horizon = 2019 # 令和元年度", "horizon = 2020 # 令和2年度"),
            ("horizon = 2027", "horizon = 2027"),
            ("width = 2020", "width = 2020"),
            ("with = \"archive/2020.json\"", "with = \"archive/2020.json\""),
            (
                "times = [\"R元年度\", \"R2年度\"] # 実績",
                "times = [\"R元年度\", \"R2年度\", \"R3年度\"] # 実績",
            ),
            ("times = [\"R5年度\"]", "times = [\"R5年度\"]"),
        ] {
            assert_eq!(next(line).trim_end(), after);
        }
        assert_eq!(next("[document]\ndate = 2021-03-31\n"), "[document]\ndate = 2022-03-31\n");
        let history = "[[open_data.history]]\ndate = 2020-03-31\ntext = \"令和2年度\"\n";
        assert_eq!(next(history), history);
    }

    #[test]
    fn a_series_gains_a_column() {
        let column = "[[columns]]\ntitle = \"令和2年度\"\nfields = [\"actual_2020\"]\n";
        let found = advance(column, &sample("horizon = 2030"), 2020, 2021);
        assert_eq!(
            found.text,
            format!("{column}[[columns]]\ntitle = \"令和3年度\"\nfields = [\"actual_2021\"]\n")
        );
        assert_eq!(found.changes.len(), 3);
    }
}
