//! The rows of a sheet: indicators with their groups, and everything that stands between them.

use super::cells::cell;
use super::chars::{narrow, typed};
use super::dice::Dice;
use super::form::{Col, Column, Form};
use super::reference::{DISPOSITIONS, Row};
use super::sheet::{Cell, Sheet};
use super::twist::{Twist, Twists};

/// Writes the tables of one sheet.
pub(crate) struct Writer<'a> {
    pub(crate) sheet: Sheet,
    twists: &'a Twists,
    dice: &'a mut Dice,
    form: Form,
    /// The next free row.
    at: u32,
    serial: usize,
    /// Cells that are being merged down: column, first row, and the text that they hold.
    open: Vec<(Column, u32, String)>,
    /// Group labels in force, outermost first.
    labels: [String; 2],
}

impl<'a> Writer<'a> {
    /// A writer that begins at a row and a column of a sheet.
    pub(crate) fn new(sheet: Sheet, (top, left): (u32, u16), twists: &'a Twists, dice: &'a mut Dice) -> Self {
        let form = Form::new(twists, false, left, dice);
        Self { sheet, twists, dice, form, at: top, serial: 0, open: Vec::new(), labels: Default::default() }
    }

    fn has(&self, twist: Twist) -> bool {
        self.twists.contains(&twist)
    }

    /// Writes all rows with their header; returns the row below them.
    pub(crate) fn write(mut self, rows: &[Row]) -> (Sheet, Form, u32) {
        self.header();
        if self.has(Twist::ExampleRow) {
            self.example(&rows[0]);
        }
        let page = 7 + self.dice.below(8);
        for (i, row) in rows.iter().enumerate() {
            let new_goal = i > 0 && rows[i - 1].goal != row.goal;
            if self.has(Twist::TablePerGoal) && new_goal {
                self.gap();
                self.header();
            } else if self.has(Twist::ReorderedTable) && i == rows.len() / 2 && i > 0 {
                self.gap();
                self.form = Form::new(self.twists, true, self.form.width().0, self.dice);
                self.header();
            } else if self.has(Twist::RepeatedHeader) && i > 0 && i % page == 0 {
                self.header();
            }
            self.between(row);
            self.indicator(row);
            let last_of_policy = rows.get(i + 1).is_none_or(|next| next.policy != row.policy);
            if self.has(Twist::Subtotals) && last_of_policy {
                self.subtotal(rows.iter().filter(|r| r.policy == row.policy).count());
            }
        }
        self.close();
        if self.has(Twist::TemplateRows) {
            self.template_rows();
        }
        if self.has(Twist::HiddenColumn)
            && let Some(column) = self.form.column(Col::OldTarget)
        {
            self.sheet.hidden_columns.extend(column.left..=column.right);
        }
        (self.sheet, self.form, self.at)
    }

    fn header(&mut self) {
        self.close();
        self.at = self.form.write_header(&mut self.sheet, self.at, self.twists, self.dice);
    }

    /// Empty rows, after which group labels are stated again.
    fn gap(&mut self) {
        self.close();
        self.labels = Default::default();
        self.at += 1 + u32::try_from(self.dice.below(2)).expect("a small number");
    }

    /// Ends every merged area.
    fn close(&mut self) {
        for (column, top, _) in std::mem::take(&mut self.open) {
            self.sheet.merge((top, column.left, self.at - 1, column.right));
        }
        if self.has(Twist::GroupMerged) {
            self.labels = Default::default();
        }
    }

    fn put(&mut self, column: &Column, cell: Option<Cell>) {
        if let Some(cell) = cell {
            self.sheet.cells.insert((self.at, column.left), cell);
        }
    }

    /// What stands before an indicator.
    fn between(&mut self, row: &Row) {
        if self.has(Twist::BlankRows) && self.dice.once_in(5) {
            self.close();
            self.at += 1;
        }
        if self.has(Twist::NoteRows) && self.dice.once_in(6) {
            self.note();
        }
        if self.has(Twist::HiddenOldRows) && self.dice.once_in(5) {
            self.sheet.hidden_rows.insert(self.at);
            self.old(row, false);
        }
        if self.has(Twist::StruckRows) && self.dice.once_in(5) {
            self.old(row, true);
        }
        if self.has(Twist::GroupHeadings) || self.has(Twist::GroupHeadingsMerged) {
            self.headings(row);
        }
    }

    fn note(&mut self) {
        self.close();
        let (left, right) = self.form.width();
        let note = self.dice.pick(&[
            "※上記の値は計画策定時のもの",
            "※現状値は平成27年度末時点",
            "（注）目標値は見直し後の計画による。",
            "注１　実績は速報値",
            "*端数処理のため合計は一致しない",
        ]);
        if self.dice.once_in(2) {
            self.sheet.text(self.at, left, note);
            self.sheet.merge((self.at, left, self.at, right));
        } else {
            let column = self.form.column(Col::Indicator).expect("every form has it").clone();
            self.sheet.text(self.at, column.left, note);
        }
        self.at += 1;
    }

    /// Last year's row, hidden or struck through.
    fn old(&mut self, row: &Row, struck: bool) {
        for column in self.form.columns.clone() {
            let text = match column.col {
                Col::Indicator => format!("（旧）{}", row.indicator),
                Col::Number => row.number.clone(),
                Col::Baseline | Col::Target => "12件（26年度）".to_owned(),
                Col::Choice => "1.維持".to_owned(),
                _ => continue,
            };
            let cell = if struck { Cell::Struck(text) } else { Cell::Text(text) };
            self.put(&column, Some(cell));
        }
        self.at += 1;
    }

    /// Rows that state the groups which begin here.
    fn headings(&mut self, row: &Row) {
        let (left, right) = self.form.width();
        for (level, (word, label)) in [("基本目標", &row.goal), ("施策", &row.policy)].into_iter().enumerate()
        {
            if self.labels[level] == *label {
                continue;
            }
            self.close();
            let (number, name) = label.split_once('　').expect("a numbered label");
            let (word, name) = (word.to_owned(), narrow(name, self.twists, self.dice));
            let heading = match self.dice.below(6) {
                0 => format!("【{word}{number}】{name}"),
                1 => format!("{word}{number}：{name}"),
                2 => format!("■{word}{number}　{name}"),
                3 => format!("{word} {} {name}", label_digit(number)),
                4 => format!("{word}（{number}）{name}"),
                _ => format!("{word}{number}　{name}"),
            };
            let text = typed(&heading, self.twists, self.dice);
            let indent = if self.has(Twist::GroupHeadings) && self.dice.once_in(3) {
                u16::try_from(level).expect("two levels")
            } else {
                0
            };
            self.sheet.text(self.at, left + indent, &text);
            if self.has(Twist::GroupHeadingsMerged) {
                self.sheet.merge((self.at, left, self.at, right));
            }
            self.at += 1;
            label.clone_into(&mut self.labels[level]);
            self.labels[level + 1..].fill(String::new());
        }
    }

    fn indicator(&mut self, row: &Row) {
        self.serial += 1;
        let years = self.years_below(row);
        self.groups(row);
        for column in self.form.columns.clone() {
            let merged = self.merged_text(column.col, row);
            if let Some(text) = merged
                && self.runs_on(&column, &text)
            {
                continue;
            }
            if matches!(column.col, Col::Goal | Col::Policy) {
                continue; // written already
            }
            let cell = cell(row, self.serial, column.col, self.twists, self.dice);
            if self.has(Twist::Comments) && cell.is_some() && self.dice.once_in(12) {
                self.sheet.comments.insert((self.at, column.left), "確認済み（企画課 山田）".to_owned());
            }
            self.put(&column, cell);
            let tall = self.has(Twist::YearRow) && !years.is_empty();
            if !self.open.iter().any(|(open, _, _)| open.left == column.left) {
                let value = years.iter().any(|(c, _)| c.left == column.left);
                let bottom = self.at + u32::from(tall && !value);
                self.sheet.merge((self.at, column.left, bottom, column.right));
            }
        }
        self.at += 1;
        if !years.is_empty() {
            for (column, text) in years {
                self.sheet.text(self.at, column.left, &text);
                self.sheet.merge((self.at, column.left, self.at, column.right));
            }
            self.at += 1;
        }
    }

    /// The years that stand in a row below their values.
    fn years_below(&mut self, row: &Row) -> Vec<(Column, String)> {
        if !self.has(Twist::YearRow) && !self.has(Twist::YearRowLoose) {
            return Vec::new();
        }
        let stated = [(Col::Baseline, &row.baseline_at), (Col::Target, &row.target_at)];
        let stated = stated.into_iter().filter(|(_, at)| !at.is_empty());
        let mut years = Vec::new();
        for (col, at) in stated {
            let column = self.form.column(col).expect("every form has values").clone();
            years.push((column, typed(&format!("（{at}）"), self.twists, self.dice)));
        }
        years
    }

    /// The text by which a cell is merged with those below, if it is one that may be.
    fn merged_text(&self, col: Col, row: &Row) -> Option<String> {
        let text = match col {
            Col::Number if self.has(Twist::MergedNumbers) => &row.number,
            Col::Reason if self.has(Twist::MergedValues) => &row.reason,
            Col::TargetAt if self.has(Twist::MergedValues) => &row.target_at,
            Col::NewAt if self.has(Twist::MergedValues) => &row.new_at,
            _ => return None,
        };
        Some(text.clone())
    }

    /// Whether a cell is covered by the merged one above; else the area above ends and one begins here.
    fn runs_on(&mut self, column: &Column, text: &str) -> bool {
        if let Some(i) = self.open.iter().position(|(open, _, _)| open.left == column.left) {
            if self.open[i].2 == text {
                return true;
            }
            let (column, top, _) = self.open.remove(i);
            self.sheet.merge((top, column.left, self.at - 1, column.right));
        }
        if !text.is_empty() {
            self.open.push((column.clone(), self.at, text.to_owned()));
        }
        false
    }

    /// The labels of the group columns.
    fn groups(&mut self, row: &Row) {
        let mut opened = false;
        for (level, col) in [Col::Goal, Col::Policy].into_iter().enumerate() {
            let Some(column) = self.form.column(col).cloned() else { continue };
            let label = if level == 0 { &row.goal } else { &row.policy };
            let same = !opened && self.labels[level] == *label;
            opened |= !same;
            let merged = self.has(Twist::GroupMerged);
            if merged && !same {
                if let Some(i) = self.open.iter().position(|(open, _, _)| open.left == column.left) {
                    let (column, top, _) = self.open.remove(i);
                    self.sheet.merge((top, column.left, self.at - 1, column.right));
                }
                self.open.push((column.clone(), self.at, label.clone()));
            }
            label.clone_into(&mut self.labels[level]);
            let text = match same {
                true if merged || self.has(Twist::GroupBlank) => continue,
                true if self.has(Twist::GroupDitto) => {
                    self.dice.pick(&["〃", "同上", "々", "　〃　", "″", "\""]).to_owned()
                }
                // Never in a group's first row: nobody could say how the group is to be printed.
                true if self.has(Twist::GroupPrefixed) && self.dice.once_in(2) => {
                    format!("{}{label}", ["基本目標", "施策"][level])
                }
                _ => label.clone(),
            };
            let text = typed(&narrow(&text, self.twists, self.dice), self.twists, self.dice);
            self.sheet.text(self.at, column.left, &text);
        }
    }

    fn subtotal(&mut self, count: usize) {
        self.close();
        let word = self.dice.pick(&["小計", "計", "小　計", "施策計", "合計"]);
        let first = self.form.columns[0].clone();
        let indicator = self.form.column(Col::Indicator).expect("every form has it").clone();
        let target = self.form.column(Col::Target).expect("every form has it").clone();
        let column = if self.dice.once_in(2) { indicator } else { first };
        self.sheet.text(self.at, column.left, word);
        if column.left != target.left {
            self.sheet.text(self.at, target.left, &format!("{count}指標"));
        }
        self.at += 1;
    }

    /// An example of how to fill in the form.
    fn example(&mut self, row: &Row) {
        let mut row = row.clone();
        "○○の件数".clone_into(&mut row.indicator);
        "999".clone_into(&mut row.number);
        let first = self.form.columns[0].clone();
        let mark = self.dice.pick(&["例", "（例）", "記入例", "【記入例】", "記載例"]);
        for column in self.form.columns.clone() {
            let cell = match column.col {
                _ if column.left == first.left && column.col != Col::Indicator => {
                    Some(Cell::Text(mark.to_owned()))
                }
                Col::Indicator => Some(Cell::Text(format!("（例）{}", row.indicator))),
                Col::Goal => Some(Cell::Text(row.goal.clone())),
                Col::Policy => Some(Cell::Text(row.policy.clone())),
                col => cell(&row, 0, col, self.twists, self.dice),
            };
            self.put(&column, cell);
        }
        self.at += 1;
    }

    /// Rows that nobody filled in, with what the form has in them.
    fn template_rows(&mut self) {
        for _ in 0..2 + self.dice.below(4) {
            self.serial += 1;
            for column in self.form.columns.clone() {
                let text = match column.col {
                    Col::Serial => self.serial.to_string(),
                    Col::Baseline | Col::Target if self.dice.once_in(2) => "－".to_owned(),
                    Col::Goal | Col::Policy if self.has(Twist::GroupDitto) && self.dice.once_in(2) => {
                        "〃".to_owned()
                    }
                    Col::NewAll if self.dice.once_in(3) => "（　　年度）".to_owned(),
                    Col::Choice if self.has(Twist::ChoiceBoxes) => {
                        DISPOSITIONS.map(|word| format!("□{word}")).join("　")
                    }
                    _ => continue,
                };
                self.put(&column, Some(Cell::Text(text)));
            }
            self.at += 1;
        }
    }
}

fn label_digit(number: &str) -> String {
    number.chars().map(|c| char::from_u32(u32::from(c) - 0xFEE0).expect("a full-width digit")).collect()
}
