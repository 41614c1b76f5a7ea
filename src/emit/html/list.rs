//! The list as one table: headings of groups, rows, cells, and links between rows.

use super::change;
use super::filter::Filter;
use super::keys::{Ids, key};
use super::outline::{Heading, Outline};
use super::words::PageWords;
use crate::model::{Content, Dataset, Record, Role, Scope, TableColumn, TableRow, cut_at_marks};
use crate::template::{Kind, RevisedMark, Template};
use crate::transform::references::{Reference, bare_number, find_references};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What the list is written from.
pub(super) struct List<'a> {
    template: &'a Template,
    rows: &'a [Record],
    outline: &'a Outline<'a>,
    filter: &'a Filter,
    words: &'a PageWords,
    /// The identifier of each row.
    ids: Vec<String>,
    /// The first row of each project number.
    projects: BTreeMap<String, usize>,
    /// Identifiers of the header cells above each column of the table.
    heads: Vec<String>,
}

impl<'a> List<'a> {
    pub(super) fn new(
        template: &'a Template,
        list: &'a Dataset,
        outline: &'a Outline<'a>,
        filter: &'a Filter,
        ids: &mut Ids,
        words: &'a PageWords,
    ) -> Self {
        let mut projects = BTreeMap::new();
        let numbers = list.rows.iter().map(project).enumerate();
        for (row, number) in numbers.filter_map(|(row, number)| Some((row, number?))) {
            projects.entry(number).or_insert(row);
        }
        let id =
            |row: &Record| ids.unique(&key("kpi", &[&project(row).unwrap_or_default(), &row.name().text]));
        Self {
            template,
            rows: &list.rows,
            outline,
            filter,
            words,
            ids: list.rows.iter().map(id).collect(),
            projects,
            heads: (0..outline.table.columns.len()).map(|col| outline.heads_of(col).join(" ")).collect(),
        }
    }

    /// The table.
    pub(super) fn table(&self) -> Markup {
        html! {
            table #list {
                caption { (self.words.list) }
                colgroup { @for _ in &self.outline.cells { col; } }
                thead { (self.head()) }
                (self.body())
            }
        }
    }

    fn head(&self) -> Markup {
        html! {
            @for row in self.outline.head() {
                tr {
                    @for cell in row {
                        th id=(cell.id) scope=(if cell.col_span > 1 { "colgroup" } else { "col" })
                            rowspan=[span(cell.row_span)] colspan=[span(cell.col_span)] {
                            (paragraphs(cell.content, plain))
                        }
                    }
                }
            }
        }
    }

    fn body(&self) -> Markup {
        html! {
            @for section in self.outline.sections() {
                @let groups = section.above.iter().map(|heading| heading.id.as_str()).collect::<Vec<_>>().join(" ");
                tbody {
                    @for heading in section.begins { (self.heading(heading)) }
                    @for row in section.rows {
                        @match (self.outline.table.rows[row].record, self.outline.table.rows[row].foot) {
                            (Some(record), _) => (self.row(row, record, &groups)),
                            (None, Some(foot)) => (self.foot(row, foot, &section.above)),
                            (None, None) => {}
                        }
                    }
                }
            }
        }
    }

    fn heading(&self, heading: &Heading<'_>) -> Markup {
        html! {
            tr.group data-depth=(heading.depth) {
                th id=(heading.id) scope="rowgroup" colspan=(self.outline.cells.len()) {
                    span.kind { (heading.kind) }
                    " "
                    (label(heading, self.words))
                }
            }
            "\n"
        }
    }

    fn row(&self, row: usize, record: usize, groups: &str) -> Markup {
        let id = &self.ids[record];
        let columns = &self.outline.table.columns;
        let names = self.outline.cells.iter().filter(|&&col| names_row(&columns[col]));
        let names: Vec<String> = names.map(|col| name_id(id, *col)).collect();
        html! {
            tr.kpi id=(id) data-in=(self.filter.keys_of(record)) {
                @for &col in &self.outline.cells {
                    @let heads = &self.heads[col];
                    @if names_row(&columns[col]) {
                        th id=(name_id(id, col)) scope="row" headers={ (heads) " " (groups) } {
                            (self.cell(row, record, col))
                        }
                    } @else {
                        td headers={ (heads) " " (names.join(" ")) " " (groups) } { (self.cell(row, record, col)) }
                    }
                }
            }
            "\n"
        }
    }

    /// A foot. Its label stands in the first column that names rows, with the group of which it is.
    fn foot(&self, row: usize, foot: Scope, above: &[&Heading<'_>]) -> Markup {
        let TableRow { cells, across, .. } = &self.outline.table.rows[row];
        let across = across.clone().unwrap_or_default();
        let columns = &self.outline.table.columns;
        let covered = || self.outline.cells.iter().copied().filter(|col| across.contains(col));
        let own = covered().find(|&col| columns[col].is_row_header).or_else(|| covered().next());
        html! {
            tr.kpi.foot {
                @for &col in &self.outline.cells {
                    @if Some(col) == own {
                        th scope="row" {
                            @if let Some(heading) = self.outline.summed(foot, above) {
                                span.unseen { (label(heading, self.words)) " " }
                            }
                            (paragraphs(&cells[across.start].content, plain))
                        }
                    } @else if across.contains(&col) {
                        td {}
                    } @else {
                        td { (paragraphs(&cells[col].content, plain)) }
                    }
                }
            }
            "\n"
        }
    }

    fn cell(&self, row: usize, record: usize, col: usize) -> Markup {
        let content = &self.outline.table.rows[row].cells[col].content;
        let fields = &self.template.columns[col].fields;
        let is_link = matches!(fields[..], [only] if self.template.field(only).holds == Kind::Link);
        let shows = |role| self.template.role(role).is_some_and(|field| fields.contains(&field));
        let text = |text: &str| {
            if shows(Role::Reason) {
                self.linked(text, &self.rows[record])
            } else if is_link && text.starts_with("https://") {
                html! { a href=(text) { (text) } }
            } else {
                plain(text)
            }
        };
        let mut at = 0;
        let mut begins = true;
        let marked = |paragraph: &str| {
            let parts: Vec<Markup> = cut_at_marks(paragraph, at, &content.underlined)
                .map(|(part, is_marked)| {
                    let is_first = is_marked && begins;
                    begins = !is_marked;
                    html! {
                        @if is_marked {
                            u { @if is_first { span.unseen { (RevisedMark::WORD) } } (text(part)) }
                        } @else { (text(part)) }
                    }
                })
                .collect();
            at += paragraph.len();
            html! { @for part in &parts { (part) } }
        };
        html! {
            (paragraphs(content, marked))
            @if shows(Role::NewTarget) { (change::bars(&self.rows[record], self.template, self.words)) }
        }
    }

    /// A text whose references lead to the first row with their number; its own number leads nowhere.
    fn linked(&self, text: &str, row: &Record) -> Markup {
        let own = project(row);
        let mut done = 0;
        let mut pieces = Vec::new();
        for Reference { range, number, .. } in find_references(text) {
            if let Some(&target) = self.projects.get(&number).filter(|_| own.as_ref() != Some(&number)) {
                pieces.push((&text[done..range.start], &text[range.clone()], &self.ids[target]));
                done = range.end;
            }
        }
        html! {
            @for (before, reference, target) in pieces { (before) a href={ "#" (target) } { (reference) } }
            (text[done..])
        }
    }
}

fn project(row: &Record) -> Option<String> {
    row.text_of(Role::Number).map(|number| bare_number(&number.text))
}

/// Whether the cells of a column name their rows.
fn names_row(column: &TableColumn) -> bool {
    column.is_row_header && column.level.is_none()
}

fn name_id(row: &str, col: usize) -> String {
    format!("{row}-c{col}")
}

fn span(span: usize) -> Option<usize> {
    (span > 1).then_some(span)
}

/// The label of a group; one without a label still ends the group before it.
pub(super) fn label(heading: &Heading<'_>, words: &PageWords) -> Markup {
    if heading.label.paragraphs.is_empty() { plain(words.unnamed) } else { paragraphs(heading.label, plain) }
}

fn plain(text: &str) -> Markup {
    html! { (text) }
}

/// Paragraphs on lines of their own; the last one may stand beside the one before it.
fn paragraphs(content: &Content, mut text: impl FnMut(&str) -> Markup) -> Markup {
    let last = content.paragraphs.len().saturating_sub(1);
    html! {
        @for (index, paragraph) in content.paragraphs.iter().enumerate() {
            @if index > 0 && index == last && content.join_last {
                wbr;
                span.beside { (text(paragraph)) }
            } @else {
                @if index > 0 { br; }
                (text(paragraph))
            }
        }
    }
}
