//! What a form says, whatever its geometry: labels, and for each record an entry for each label.

use super::cells::{cell, marked, plain_value};
use super::chars::{narrow, no_value, typed};
use super::dice::Dice;
use super::form::Col;
use super::list::{List, Part, Which, bare};
use super::reference::Row;
use super::sheet::Cell;
use super::twist::{Twist, Twists};
use super::words;
use std::ops::Range;

/// A label of a form.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    pub(crate) part: Part,
    pub(crate) text: String,
    /// The words of its vocabulary.
    pub(crate) options: Vec<String>,
}

/// What stands at a label in one record.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    /// All of it in one cell.
    pub(crate) cell: Option<Cell>,
    /// A value's figure, unit and year.
    pub(crate) pieces: Option<[Option<Cell>; 3]>,
    /// Which of the options is chosen.
    pub(crate) chosen: Option<usize>,
}

/// Labels with their records.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    pub(crate) labels: Vec<Label>,
    pub(crate) records: Vec<Vec<Entry>>,
    /// The group labels of each record, outermost first.
    pub(crate) groups: Vec<Vec<String>>,
}

/// The pairs of signs for what is chosen and what is not.
const SIGNS: [(&str, &str); 11] = [
    ("☑", "☐"),
    ("☑", "□"),
    ("☒", "☐"),
    ("■", "□"),
    ("●", "○"),
    ("◉", "○"),
    ("◆", "◇"),
    ("▶", "▷"),
    ("[x]", "[ ]"),
    ("（○）", "（　）"),
    ("【✓】", "【　】"),
];
/// What stands between options.
const GAPS: [&str; 7] = ["　", "\n", "  ", "・", "／", "、", " "];

impl Content {
    /// Some rows of a list. `apart`: the new target and the reason never share a cell.
    pub(crate) fn of(
        list: &List,
        rows: (&[Row], Range<usize>),
        apart: bool,
        twists: &Twists,
        dice: &mut Dice,
    ) -> Self {
        let is_same = twists.contains(&Twist::SameWords);
        let mut content = if list.which == Which::Meguro {
            Self::of_rows(list, &rows.0[rows.1], apart || is_same, twists, dice)
        } else {
            Self::of_list(list, &list.records[rows.1], twists, dice)
        };
        if is_same {
            let word = dice.pick(&["目標値", "数値目標"]);
            let both = |label: &&mut Label| matches!(label.part, Part::Target | Part::Revised);
            content.labels.iter_mut().filter(both).for_each(|label| word.clone_into(&mut label.text));
        }
        content
    }

    /// How many labels at its front are groups.
    pub(crate) fn groups(&self) -> usize {
        self.labels.iter().take_while(|label| label.part == Part::Group).count()
    }

    /// Whether two records are of one group, at the level of a label and above.
    pub(crate) fn is_same(&self, one: usize, other: usize, level: usize) -> bool {
        self.groups[one][..=level] == self.groups[other][..=level]
    }

    /// How many cells the value of a label takes.
    pub(crate) fn width(&self, label: usize, twists: &Twists) -> u16 {
        let label = &self.labels[label];
        let is_value = matches!(label.part, Part::Current | Part::Target | Part::Revised);
        if twists.contains(&Twist::OptionCells) && !label.options.is_empty() {
            2 * u16::try_from(label.options.len()).expect("few options")
        } else if twists.contains(&Twist::ValuePieces) && is_value {
            3
        } else {
            1
        }
    }

    /// The same without the labels of groups, for each run of records of one innermost group.
    pub(crate) fn by_group(&self) -> Vec<(Vec<(String, String)>, Self)> {
        let count = self.groups();
        let mut parts: Vec<(Vec<(String, String)>, Self)> = Vec::new();
        for (record, groups) in self.records.iter().zip(&self.groups) {
            let labels = self.labels.iter().map(|label| label.text.clone());
            let stated: Vec<(String, String)> = labels.zip(groups.iter().cloned()).collect();
            if parts.last().is_none_or(|part| part.0 != stated) {
                let empty =
                    Self { labels: self.labels[count..].to_vec(), records: Vec::new(), groups: Vec::new() };
                parts.push((stated, empty));
            }
            let part = &mut parts.last_mut().expect("one was put there").1;
            part.records.push(record[count..].to_vec());
            part.groups.push(Vec::new());
        }
        parts
    }

    /// Rows of Meguro's list, with the twists of its cells.
    fn of_rows(list: &List, rows: &[Row], apart: bool, twists: &Twists, dice: &mut Dice) -> Self {
        let has = |twist| twists.contains(&twist);
        let mut cols = vec![Col::Goal, Col::Policy, Col::Indicator, Col::Number];
        if has(Twist::YearColumn) || has(Twist::YearNeighbour) {
            cols.extend([Col::Baseline, Col::BaselineAt, Col::Target, Col::TargetAt]);
        } else {
            cols.extend([Col::Baseline, Col::Target]);
        }
        cols.push(Col::Choice);
        if has(Twist::NewSplit) && !apart {
            cols.extend([Col::NewAt, Col::New, Col::Reason]);
        } else if has(Twist::NewYearInside) || has(Twist::NewSplit) || has(Twist::ValuePieces) || apart {
            cols.extend([Col::NewWithAt, Col::Reason]);
        } else {
            cols.push(Col::NewAll);
        }
        if has(Twist::ExtraColumns) {
            cols.insert(4, Col::Department);
            cols.extend([Col::Contact, Col::Remark]);
        }
        let words: Vec<String> = list.options("disposition", twists);
        let label = |(position, &col): (usize, &Col)| Label {
            part: part(col),
            text: match col {
                Col::BaselineAt | Col::TargetAt if has(Twist::YearNeighbour) => {
                    dice.pick(&["年度", "時点", "年次"]).to_owned()
                }
                _ => words::heading(col, position, twists, dice),
            },
            options: if col == Col::Choice { words.clone() } else { Vec::new() },
        };
        let labels = cols.iter().enumerate().map(label).collect();
        let mut records = Vec::new();
        for (row, serial) in rows.iter().zip(1..) {
            let mut entry = |&col: &Col| Entry {
                cell: match col {
                    Col::Goal => text(&row.goal, Part::Group, twists, dice),
                    Col::Policy => text(&row.policy, Part::Group, twists, dice),
                    Col::Choice if has(Twist::ChoiceSigns) => Some(boxes(&words, row.choice(), dice)),
                    _ => cell(row, serial, col, twists, dice),
                },
                pieces: match col {
                    Col::Baseline => pieces(&row.baseline, &row.baseline_at, twists, dice),
                    Col::Target => pieces(&row.target, &row.target_at, twists, dice),
                    Col::NewWithAt => pieces(&row.new, &row.new_at, twists, dice),
                    _ => None,
                },
                chosen: (col == Col::Choice).then(|| row.choice()),
            };
            records.push(cols.iter().map(&mut entry).collect());
        }
        let groups = rows.iter().map(|row| vec![row.goal.clone(), row.policy.clone()]).collect();
        Self { labels, records, groups }
    }

    /// Rows of another list, with the twists that every list has.
    fn of_list(list: &List, rows: &[Vec<(String, String)>], twists: &Twists, dice: &mut Dice) -> Self {
        let has = |twist| twists.contains(&twist);
        let label = |head: &super::list::Head| {
            let own = if has(Twist::HeaderSynonyms) { dice.pick(head.words) } else { head.words[0] };
            let options = if head.part == Part::Choice { list.options(head.key, twists) } else { Vec::new() };
            Label { part: head.part, text: words::written(own, twists, dice), options }
        };
        let labels: Vec<Label> = list.heads.iter().map(label).collect();
        // The year that a heading states for all of its column.
        let first =
            |i: usize| list.records.iter().map(|record| record[i].1.as_str()).find(|at| !at.is_empty());
        let has_year = |i: usize| list.heads[i].words[0].contains(|c: char| c.is_ascii_digit());
        let stated = |i: usize| if has_year(i) { first(i).unwrap_or_default() } else { "" };
        let stated: Vec<&str> = (0..labels.len()).map(stated).collect();
        let mut records = Vec::new();
        for row in rows {
            let mut record = Vec::new();
            for ((label, (value, at)), stated) in labels.iter().zip(row).zip(&stated) {
                let at = if bare(at) == bare(stated) { "" } else { at };
                let mut entry = Entry::default();
                let is_value = matches!(label.part, Part::Current | Part::Target | Part::Revised);
                if let Some(id) = list.choice(label, value) {
                    entry.chosen = Some(id);
                    entry.cell = if has(Twist::ChoiceSigns) {
                        Some(boxes(&label.options, id, dice))
                    } else {
                        Some(marked(&typed(&label.options[id], twists, dice), Col::Choice, twists, dice))
                    };
                } else if is_value {
                    entry.cell = match (value.is_empty(), at.is_empty()) {
                        (true, _) => {
                            (label.part != Part::Revised).then(|| Cell::Text(no_value(twists, dice)))
                        }
                        (false, true) => Some(plain_value(value, twists, dice)),
                        (false, false) => {
                            let gap = if has(Twist::YearNewline) { "\n" } else { "" };
                            let whole = format!("{value}{gap}（{at}）");
                            Some(marked(&typed(&whole, twists, dice), Col::Target, twists, dice))
                        }
                    };
                    entry.pieces = pieces(value, at, twists, dice);
                } else {
                    entry.cell = text(value, label.part, twists, dice);
                }
                record.push(entry);
            }
            records.push(record);
        }
        let count = labels.iter().take_while(|label| label.part == Part::Group).count();
        let groups =
            rows.iter().map(|row| row[..count].iter().map(|field| field.0.clone()).collect()).collect();
        Self { labels, records, groups }
    }
}

impl List {
    /// The words of a column's vocabulary as the form has them.
    fn options(&self, key: &str, twists: &Twists) -> Vec<String> {
        let field =
            self.template.all_fields().into_iter().find(|&field| self.template.field(field).key == key);
        let Some(field) = field else { return Vec::new() };
        let choices = &self.template.field(field).choices;
        let words = choices.iter().map(|choice| {
            let signs = [Twist::ChoiceSigns, Twist::OptionCells].iter().any(|twist| twists.contains(twist));
            // A vocabulary of signs cannot be told from the signs before it.
            let is_sign = signs && !choice.print.contains(&choice.label);
            let plain = is_sign || twists.contains(&Twist::ChoicePlain);
            if plain { choice.label.clone() } else { choice.print.clone() }
        });
        words.collect()
    }

    /// Which word of a label's vocabulary a text of the data is.
    fn choice(&self, label: &Label, text: &str) -> Option<usize> {
        if label.options.is_empty() {
            return None;
        }
        let fields = self.template.all_fields().into_iter().map(|field| self.template.field(field));
        let mut of = fields.filter(|field| {
            field.choices.len() == label.options.len()
                && field.choices.iter().zip(&label.options).all(|(c, o)| c.label == *o || c.print == *o)
        });
        of.find_map(|field| field.choices.iter().position(|choice| choice.label == text))
    }
}

fn part(col: Col) -> Part {
    match col {
        Col::Goal | Col::Policy => Part::Group,
        Col::Indicator => Part::Name,
        Col::Number => Part::Number,
        Col::Baseline => Part::Current,
        Col::Target => Part::Target,
        Col::BaselineAt | Col::TargetAt => Part::At,
        Col::Choice | Col::Mark(_) => Part::Choice,
        Col::NewAll | Col::NewAt | Col::New | Col::NewWithAt => Part::Revised,
        Col::Reason => Part::Reason,
        Col::Serial | Col::Department | Col::Contact | Col::Remark | Col::OldTarget => Part::Other,
    }
}

/// A text of the data in its cell.
pub(crate) fn text(text: &str, part: Part, twists: &Twists, dice: &mut Dice) -> Option<Cell> {
    if text.is_empty() {
        return None;
    }
    let runs_on = matches!(part, Part::Group | Part::Name | Part::Reason);
    let text = if runs_on { narrow(text, twists, dice) } else { text.to_owned() };
    let col = if part == Part::Reason { Col::Reason } else { Col::Indicator };
    Some(marked(&typed(&text, twists, dice), col, twists, dice))
}

/// Every option in one cell, and which is chosen.
fn boxes(words: &[String], chosen: usize, dice: &mut Dice) -> Cell {
    let (on, off) = dice.pick(&SIGNS);
    let gap = dice.pick(&GAPS);
    let behind = dice.once_in(6);
    let one = |(i, word): (usize, &String)| {
        let sign = if i == chosen { on } else { off };
        if behind { format!("{word}{sign}") } else { format!("{sign}{word}") }
    };
    Cell::Text(words.iter().enumerate().map(one).collect::<Vec<_>>().join(gap))
}

/// A value's figure, its unit and its year. What is more than a figure with a unit stays whole.
fn pieces(text: &str, at: &str, twists: &Twists, dice: &mut Dice) -> Option<[Option<Cell>; 3]> {
    let words = |text: &str| (!text.is_empty()).then(|| Cell::Text(text.to_owned()));
    let year = match dice.below(3) {
        0 if !at.is_empty() => words(&format!("（{at}）")),
        _ => words(at),
    };
    if text.is_empty() {
        return Some([dice.once_in(2).then(|| Cell::Text(no_value(twists, dice))), None, None]);
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(text.len());
    let (figure, unit) = text.split_at(end);
    let is_more = |c: char| c.is_numeric() || "（↓↑・＋以未超程約".contains(c);
    if figure.is_empty() || unit.is_empty() || unit.contains(is_more) {
        return Some([words(text), None, year]);
    }
    let number: f64 = figure.replace(',', "").parse().ok()?;
    let places = figure.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let whole = if figure.contains(',') { "#,##0" } else { "0" };
    let zeros = if places == 0 { String::new() } else { format!(".{}", "0".repeat(places)) };
    let figure = if dice.once_in(2) {
        Cell::Number(number, format!("{whole}{zeros}"), figure.to_owned())
    } else {
        Cell::Text(typed(figure, twists, dice))
    };
    Some([Some(figure), words(unit), year])
}
