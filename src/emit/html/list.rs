//! The list as one table: headings of groups, rows, cells, and links between rows.

use super::change;
use super::filter::Filter;
use super::link::linked;
use super::marks;
use super::outline::{Heading, Outline};
use super::words::PageWords;
use crate::model::{Anchors, Content, Navigation, Scope, TableColumn, TableRow, text_links};
use maud::{Markup, html};

/// What the list is written from.
pub(super) struct List<'a> {
    navigation: &'a Navigation,
    outline: &'a Outline<'a>,
    filter: &'a Filter<'a>,
    words: &'a PageWords,
    /// The identifier of each row.
    ids: Vec<String>,
    /// Identifiers of the header cells above each column of the table.
    heads: Vec<String>,
}

impl<'a> List<'a> {
    pub(super) fn new(
        navigation: &'a Navigation,
        outline: &'a Outline<'a>,
        filter: &'a Filter<'a>,
        ids: &mut Anchors,
        words: &'a PageWords,
    ) -> Self {
        let name = |row: usize| navigation.names.get(row).filter(|name| !name.is_empty());
        let id = |row: usize| ids.unique(name(row).map_or("row", String::as_str));
        Self {
            navigation,
            outline,
            filter,
            words,
            ids: (0..outline.table.rows.len()).map(id).collect(),
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
                            (plain(cell.content, self.words))
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
                        @if let Some(foot) = self.outline.table.rows[row].foot {
                            (self.foot(row, foot, &section.above))
                        } @else if !self.outline.table.rows[row].is_heading() {
                            (self.row(row, &groups))
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
                    // A cell of a header has no element of headings in it.
                    span role="heading" aria-level=(heading.depth + 3) { (label(heading, self.words)) }
                }
            }
            "\n"
        }
    }

    fn row(&self, row: usize, groups: &str) -> Markup {
        let id = &self.ids[row];
        let columns = &self.outline.table.columns;
        let names = self.outline.cells.iter().filter(|&&col| names_row(&columns[col]));
        let names: Vec<String> = names.map(|col| name_id(id, *col)).collect();
        html! {
            tr.kpi id=(id) data-in=(self.filter.keys_of(row)) {
                @for &col in &self.outline.cells {
                    @let heads = &self.heads[col];
                    @if names_row(&columns[col]) {
                        th id=(name_id(id, col)) scope="row" headers={ (heads) " " (groups) } {
                            (self.cell(row, col))
                        }
                    } @else {
                        td headers={ (heads) " " (names.join(" ")) " " (groups) } { (self.cell(row, col)) }
                    }
                }
            }
            "\n"
        }
    }

    /// A foot. Its label stands in the first column that names rows, with the group of which it is.
    fn foot(&self, row: usize, foot: Scope, above: &[&Heading<'_>]) -> Markup {
        let TableRow { cells, across, .. } = &self.outline.table.rows[row];
        // A plain table has its label in the first column.
        let across = across.clone().unwrap_or(0..1);
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
                            (plain(&cells[across.start].content, self.words))
                        }
                    } @else if across.contains(&col) {
                        td {}
                    } @else {
                        td { (plain(&cells[col].content, self.words)) }
                    }
                }
            }
            "\n"
        }
    }

    fn cell(&self, row: usize, col: usize) -> Markup {
        let cell = &self.outline.table.rows[row].cells[col];
        let content = &cell.content;
        let references = self.navigation.references.get(&(row, col)).map_or(&[][..], Vec::as_slice);
        let links = if cell.link.is_some() { Vec::new() } else { text_links(content, references) };
        let address = |row: usize| format!("#{}", self.ids[row]);
        let text = |text: &str, at: usize| match &cell.link {
            Some(address) => html! { a href=(address) { (text) } },
            None => linked(text, at, &links, address),
        };
        html! {
            (marks::paragraphs(content, self.words, text))
            @if let Some(bars) = self.navigation.changes.get(&(row, col)) { (change::bars(bars, self.words)) }
        }
    }
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
    if heading.label.paragraphs.is_empty() {
        html! { (words.unnamed) }
    } else {
        plain(heading.label, words)
    }
}

/// A content without links.
fn plain(content: &Content, words: &PageWords) -> Markup {
    marks::paragraphs(content, words, |text, _| html! { (text) })
}
