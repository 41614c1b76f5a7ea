//! The summary: how many records of each group, or with each word of a field, have each word that is counted, and the same
//! as a chart.

use super::LIST;
use super::arrangement::{Position, arrange};
use super::field::content;
use super::list::{alone, counted};
use super::plain::{self, Heading};
use crate::model::{
    Align, Cells, Chart, ChoiceId, Dataset, Document, Field, Formula, Record, Scope, TableCell, TableRow,
};
use crate::template::{Template, TimePlace};
use crate::transform::starts;
use std::ops::Range;

/// A line: its label, the records that it counts, how many of them have each word, and how many have none.
struct Line {
    label: String,
    records: Vec<usize>,
    counts: Vec<usize>,
    none: usize,
    /// Its label is what the records say.
    is_said: bool,
}

/// What the lines are counted from.
struct Source<'a> {
    list: &'a Dataset,
    template: &'a Template,
    /// By what the lines are told apart, if by anything.
    by: Option<Field>,
    /// The rows of the list's table that show the records.
    rows: Vec<usize>,
}

/// The document.
pub(super) fn summary(list: &Dataset, template: &Template, title: &str) -> Document {
    let positions = arrange(list, template);
    let rows = positions.iter().enumerate();
    let source = Source {
        list,
        template,
        by: by(template),
        rows: rows.filter(|(_, it)| matches!(it, Position::Record(_))).map(|(row, _)| row).collect(),
    };
    let lines = source.lines();
    let groups = lines.len() - 1;
    let has_none = lines[groups].none > 0;
    let rows = (0..lines.len()).map(|at| source.row(&lines, at, has_none)).collect();
    let table = plain::table(&source.headings(has_none), rows);
    let drawn = 0..groups.max(1);
    let chart = Chart {
        title: template.workbook.labels.chart.clone(),
        words: in_words(&lines[drawn.clone()], template),
        rows: drawn,
        columns: 1..counted(template).len() + 1,
    };
    Document { charts: vec![chart], ..Document::of("summary", title, table) }
}

/// By what the template wants to count, else by the outermost groups.
fn by(template: &Template) -> Option<Field> {
    let named = template.tally.as_ref().and_then(|tally| tally.by);
    named.or((!template.groups.is_empty()).then_some(Field::Group(0)))
}

fn total(template: &Template) -> &String {
    template.tally.as_ref().map_or(&template.workbook.labels.total, |tally| &tally.total)
}

impl Source<'_> {
    fn headings(&self, has_none: bool) -> Vec<Heading> {
        let template = self.template;
        let by = self.by.map(|field| template.heading(field)).unwrap_or_default();
        let choices = counted(template).map(|choice| (choice.print.clone(), 5, Align::Center));
        let none = has_none.then(|| (template.workbook.labels.none.clone(), 5, Align::Center));
        let sum = (total(template).clone(), 5, Align::Center);
        std::iter::once((by, 20, Align::Left)).chain(choices).chain(none).chain([sum]).collect()
    }

    /// A line per group or word, then the sums.
    fn lines(&self) -> Vec<Line> {
        let all: Vec<usize> = (0..self.list.rows.len()).collect();
        let mut lines = match self.by {
            None => Vec::new(),
            Some(Field::Group(level)) => self.groups(level),
            Some(field) => self.words(field),
        };
        lines.push(self.line(total(self.template).clone(), all));
        lines
    }

    fn line(&self, label: String, records: Vec<usize>) -> Line {
        let field = self.template.counted().map(|(field, _)| field);
        let mut line =
            Line { label, records, counts: vec![0; counted(self.template).len()], none: 0, is_said: true };
        for &record in &line.records {
            match field.and_then(|field| self.list.rows[record].choice(field)) {
                Some(chosen) => line.counts[chosen.id.0] += 1,
                None => line.none += 1,
            }
        }
        line
    }

    /// A line per group of a level; one that goes on after others is one.
    fn groups(&self, level: usize) -> Vec<Line> {
        let rows = &self.list.rows;
        let path =
            |row: &Record| row.groups[..=level].iter().map(|label| label.text.clone()).collect::<Vec<_>>();
        let mut groups: Vec<(Vec<String>, Vec<usize>)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let is_new = at == 0 || starts(&rows[at - 1], row, Scope::Group(level), self.template);
            let known = if is_new { groups.iter().position(|(known, _)| *known == path(row)) } else { None };
            match known {
                Some(known) => groups[known].1.push(at),
                None if is_new => groups.push((path(row), vec![at])),
                None => groups.last_mut().expect("the first row begins a group").1.push(at),
            }
        }
        let label = |record: usize| {
            let label = content(&rows[record], Field::Group(level), TimePlace::Hidden, self.template);
            Some(label.paragraphs.join("\n")).filter(|label| !label.is_empty())
        };
        let none = || self.template.workbook.labels.none.clone();
        groups.into_iter().map(|(_, rows)| self.line(label(rows[0]).unwrap_or_else(none), rows)).collect()
    }

    /// A line per word of a vocabulary; one for the records that have none of them, if there are any.
    fn words(&self, field: Field) -> Vec<Line> {
        let rows = &self.list.rows;
        let with = |id: Option<ChoiceId>| {
            let is_so = |&at: &usize| rows[at].choice(field).map(|chosen| chosen.id) == id;
            (0..rows.len()).filter(is_so).collect::<Vec<_>>()
        };
        let choices = self.template.field(field).choices.iter().enumerate();
        let mut lines: Vec<Line> =
            choices.map(|(id, choice)| self.line(choice.print.clone(), with(Some(ChoiceId(id))))).collect();
        let none = with(None);
        if !none.is_empty() {
            let line = self.line(self.template.workbook.labels.none.clone(), none);
            lines.push(Line { is_said: false, ..line });
        }
        lines
    }

    /// A line's label, a count for each word, their sum. The last line sums up those above it, if there are any.
    fn row(&self, lines: &[Line], at: usize, has_none: bool) -> TableRow {
        let line = &lines[at];
        let is_foot = at == lines.len() - 1;
        let own = |rows, columns| Formula::Sum(Cells { document: None, rows, columns });
        let formula = |col: usize, is_word: bool| match self.template.counted() {
            _ if is_foot && at > 0 => Some(own(0..at, col..col + 1)),
            Some((field, _)) if is_word && line.is_said => self.count(field, &line.records),
            _ => None,
        };
        let words = line.counts.len();
        let counts =
            line.counts.iter().zip(1..).map(|(&count, col)| TableCell::count(count, formula(col, true)));
        let none = has_none.then(|| TableCell::count(line.none, formula(words + 1, false)));
        let last = words + 1 + usize::from(has_none);
        let sum = TableCell::count(line.records.len(), Some(own(at..at + 1, 1..last)));
        let cells = std::iter::once(TableCell::of(&line.label)).chain(counts).chain(none).chain([sum]);
        TableRow { foot: is_foot.then_some(Scope::Table), ..TableRow::of(cells.collect()) }
    }

    /// What counts a word of a field among some records, as far as the list's table says it.
    fn count(&self, field: Field, records: &[usize]) -> Option<Formula> {
        let cells = |rows: Range<usize>, column: usize| Cells {
            document: Some(LIST.to_owned()),
            rows,
            columns: column..column + 1,
        };
        let column = alone(field, self.template)?;
        match self.by {
            Some(by @ Field::Entry(_)) if !self.rows.is_empty() => {
                let all = 0..self.rows[self.rows.len() - 1] + 1;
                let by = alone(by, self.template)?;
                Some(Formula::CountBoth(cells(all.clone(), column), cells(all, by)))
            }
            _ => {
                let (&first, &last) = (records.first()?, records.last()?);
                let is_one_block = last - first + 1 == records.len();
                let rows = self.rows[first]..self.rows[last] + 1;
                is_one_block.then(|| Formula::Count(cells(rows, column)))
            }
        }
    }
}

/// The chart in words: every bar, or their sums.
fn in_words(lines: &[Line], template: &Template) -> Vec<String> {
    let title = &template.workbook.labels.chart;
    let said = |counts: &[usize]| {
        let counts = counted(template).zip(counts).map(|(word, n)| format!("{} {n}", word.print));
        counts.collect::<Vec<_>>().join("、")
    };
    let bars: Vec<String> =
        lines.iter().map(|line| format!("{}：{}", line.label, said(&line.counts))).collect();
    let sums: Vec<usize> =
        (0..counted(template).len()).map(|at| lines.iter().map(|line| line.counts[at]).sum()).collect();
    vec![format!("{title}。{}。", bars.join("。")), format!("{title}。{}。", said(&sums))]
}
