//! The summary: how many records of each outermost group have each word that is counted, and the same as a chart.

use super::LIST;
use super::field::content;
use super::list::{alone, begins, counted};
use super::plain::{self, Heading};
use crate::model::{Align, Cells, Chart, Dataset, Document, Field, Formula, TableCell, TableRow};
use crate::template::{FieldSpec, Template, TimePlace};
use std::ops::Range;

/// A line: its label, the rows of the list that it counts, and how many of them have each word.
struct Line {
    label: String,
    rows: Range<usize>,
    counts: Vec<usize>,
}

/// The document.
pub(super) fn summary(list: &Dataset, template: &Template, title: &str) -> Document {
    let lines = lines(list, template);
    let groups = lines.len() - 1;
    let rows = (0..lines.len()).map(|at| row(&lines, at, template)).collect();
    let table = plain::table(&headings(template), rows);
    let drawn = 0..groups.max(1);
    let chart = Chart {
        title: template.workbook.labels.chart.clone(),
        words: in_words(&lines[drawn.clone()], template),
        rows: drawn,
        columns: 1..counted(template).len() + 1,
    };
    Document { charts: vec![chart], ..Document::of("summary", title, table) }
}

fn total(template: &Template) -> &String {
    template.tally.as_ref().map_or(&template.workbook.labels.total, |tally| &tally.total)
}

fn headings(template: &Template) -> Vec<Heading> {
    let group = template.groups.first().map(FieldSpec::name).unwrap_or_default();
    let choices = counted(template).map(|choice| (choice.print.clone(), 5, Align::Center));
    let sum = (total(template).clone(), 5, Align::Center);
    std::iter::once((group, 20, Align::Left)).chain(choices).chain([sum]).collect()
}

/// A line per outermost group, then the sums.
fn lines(list: &Dataset, template: &Template) -> Vec<Line> {
    let rows = &list.rows;
    let line = |label: String, range: Range<usize>| {
        let mut counts = vec![0; counted(template).len()];
        let field = template.counted().map(|(field, _)| field);
        for chosen in rows[range.clone()].iter().filter_map(|row| row.choice(field?)) {
            counts[chosen.id.0] += 1;
        }
        Line { label, rows: range, counts }
    };
    let is_first = |&row: &usize| {
        let above = row.checked_sub(1).map(|above| &rows[above]);
        !template.groups.is_empty() && begins(above, &rows[row]) == Some(0)
    };
    let starts: Vec<usize> = (0..rows.len()).filter(is_first).collect();
    let ends = starts.iter().skip(1).copied().chain([rows.len()]);
    let label = |start: usize| {
        content(&rows[start], Field::Group(0), TimePlace::Hidden, template).paragraphs.join("\n")
    };
    let mut lines: Vec<Line> =
        starts.iter().zip(ends).map(|(&start, end)| line(label(start), start..end)).collect();
    lines.push(line(total(template).clone(), 0..rows.len()));
    lines
}

/// A line's label, a count for each word, their sum. The last line sums up those above it, if there are any.
fn row(lines: &[Line], at: usize, template: &Template) -> TableRow {
    let line = &lines[at];
    let is_foot = at > 0 && at == lines.len() - 1;
    let counted = template.counted().and_then(|(field, _)| alone(field, template));
    let own = |rows, columns| Formula::Sum(Cells { document: None, rows, columns });
    let formula = |col: usize| match counted {
        _ if is_foot => Some(own(0..at, col..col + 1)),
        Some(counted) if !line.rows.is_empty() => Some(Formula::Count(Cells {
            document: Some(LIST.to_owned()),
            rows: line.rows.clone(),
            columns: counted..counted + 1,
        })),
        _ => None,
    };
    let counts = line.counts.iter().zip(1..).map(|(&count, col)| TableCell::count(count, formula(col)));
    let sum = TableCell::count(line.counts.iter().sum(), Some(own(at..at + 1, 1..line.counts.len() + 1)));
    let cells = std::iter::once(TableCell::of(&line.label)).chain(counts).chain([sum]).collect();
    TableRow { is_foot: at == lines.len() - 1, ..TableRow::of(cells) }
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
