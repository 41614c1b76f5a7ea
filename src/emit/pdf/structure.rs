//! What a screen reader is told: the tagged structure of the document (ISO 32000-1, 14.8), apart from any file.
//!
//! A page is drawn in pieces. A piece is either content, with a number by which the structure names it, or an
//! artifact. One table holds the rows of all pages: what a page states again is an artifact there. Whoever
//! changes what [`pieces`] yields changes what is drawn and what is told alike.

use crate::layout::{Page, PlacedLine, Role, Table, TableColumn, TextBox};
use std::ops::Range;

/// Lines of a text box that are drawn as one.
pub(super) struct Piece<'p> {
    pub(super) text_box: &'p TextBox,
    pub(super) lines: &'p [PlacedLine],
    /// The number of the content on its page; `None` for an artifact.
    pub(super) mark: Option<usize>,
}

/// The pieces of a page in reading order: each paragraph of a cell is one, and each artifact. A paragraph in brackets
/// is read on with the one that it qualifies, as the year below a value.
pub(super) fn pieces(page: &Page) -> impl Iterator<Item = Piece<'_>> {
    let cut = |text_box: &'_ TextBox| {
        let is_artifact = is_artifact(text_box.role);
        move |line: &PlacedLine, next: &PlacedLine| {
            is_artifact || !line.ends_paragraph || next.text.starts_with(BRACKET)
        }
    };
    let lines = page
        .boxes
        .iter()
        .flat_map(move |text_box| text_box.lines.chunk_by(cut(text_box)).map(move |lines| (text_box, lines)));
    let mut next = 0;
    lines.map(move |(text_box, lines)| {
        let mark = (!is_artifact(text_box.role)).then_some(next);
        next += usize::from(mark.is_some());
        Piece { text_box, lines, mark }
    })
}

/// What a paragraph in brackets begins with.
const BRACKET: char = '（';

/// Whether a text belongs to the page, not to the document.
fn is_artifact(role: Role) -> bool {
    match role {
        Role::RepeatedHeader(_) | Role::Restated { .. } | Role::RunningHeader | Role::Footer => true,
        Role::Title
        | Role::Subtitle(_)
        | Role::Byline(_)
        | Role::Header(_)
        | Role::Body { .. }
        | Role::Tally { .. }
        | Role::Note(_) => false,
    }
}

/// A standard structure type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Document,
    H1,
    Table,
    THead,
    TBody,
    Tr,
    /// A header cell of the columns below it.
    ColumnHeader,
    /// A header cell of the rows beside it.
    RowHeader,
    Td,
    P,
    L,
    Li,
    Lbl,
    LBody,
}

/// The structure of a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Structure {
    /// In document order: each before those that it holds.
    pub(super) elements: Vec<Element>,
    /// What they show, in the same order.
    pub(super) content: Vec<Content>,
}

/// An element of the structure.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) tag: Tag,
    /// Rows and columns that a cell covers.
    pub(super) span: (usize, usize),
    /// The number of the element that holds it; the first one has none, and says its own.
    pub(super) parent: usize,
    /// The number of the first element after those that it holds.
    pub(super) end: usize,
    /// What it shows itself.
    pub(super) content: Range<usize>,
}

/// A piece of content, as the structure names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) role: Role,
    /// Its page, from 0.
    pub(super) page: usize,
    /// Its number there.
    pub(super) mark: usize,
    /// Its paragraph goes on in the next piece: a page's end cuts it.
    is_open: bool,
}

impl Structure {
    /// The numbers of the elements that an element holds.
    pub(super) fn children(&self, of: usize) -> impl Iterator<Item = usize> {
        let mut next = of + 1;
        std::iter::from_fn(move || {
            let child = (next < self.elements[of].end).then_some(next)?;
            next = self.elements[child].end;
            Some(child)
        })
    }
}

/// What a page shows of the document, in reading order. Its number is counted from 0.
pub(super) fn content(page: &Page, number: usize) -> impl Iterator<Item = Content> {
    pieces(page).filter_map(move |piece| {
        let is_open = piece.lines.last().is_some_and(|line| !line.ends_paragraph);
        Some(Content { role: piece.text_box.role, page: number, mark: piece.mark?, is_open })
    })
}

/// The document's structure: its title with the lines below it, its one table, its tally, its notes. `content` is
/// that of its pages, in order.
pub(super) fn structure(table: &Table, mut content: Vec<Content>) -> Structure {
    // Document order is that of the roles.
    content.sort_by_key(|content| content.role);
    let structure = Structure { elements: Vec::new(), content };
    let mut writer = Writer { structure, open: 0, told: 0 };
    writer.element(Tag::Document, (1, 1), |writer| {
        let title = writer.take(Role::Title);
        writer.text(Tag::H1, title);
        (0..table.subtitle.len()).for_each(|index| writer.lines(Role::Subtitle(index)));
        (0..table.byline.len()).for_each(|index| writer.lines(Role::Byline(index)));
        writer.element(Tag::Table, (1, 1), |writer| {
            writer.element(Tag::THead, (1, 1), |writer| writer.header(table));
            writer.element(Tag::TBody, (1, 1), |writer| writer.body(table));
        });
        if let Some(tally) = &table.tally {
            writer.element(Tag::L, (1, 1), |writer| writer.tally(tally.lines.len() + 1));
        }
        (0..table.notes.len()).for_each(|index| writer.lines(Role::Note(index)));
    });
    writer.structure
}

/// Writes the structure from its beginning to its end.
struct Writer {
    structure: Structure,
    /// The element that is being written.
    open: usize,
    /// How many pieces of content are told.
    told: usize,
}

impl Writer {
    fn element(&mut self, tag: Tag, span: (usize, usize), inside: impl FnOnce(&mut Self)) {
        let (number, parent) = (self.structure.elements.len(), self.open);
        let nothing = self.told..self.told;
        self.structure.elements.push(Element { tag, span, parent, end: number + 1, content: nothing });
        self.open = number;
        inside(self);
        self.open = parent;
        self.structure.elements[number].end = self.structure.elements.len();
    }

    /// An element that shows something itself.
    fn text(&mut self, tag: Tag, content: Range<usize>) {
        self.element(tag, (1, 1), |writer| writer.show(content));
    }

    fn show(&mut self, content: Range<usize>) {
        self.structure.elements[self.open].content = content;
    }

    /// What comes next, if it has this role.
    fn take(&mut self, role: Role) -> Range<usize> {
        let from = self.told;
        self.told += self.structure.content[from..].iter().take_while(|next| next.role == role).count();
        from..self.told
    }

    /// Each paragraph as an element.
    fn paragraphs(&mut self, content: Range<usize>) {
        let mut from = content.start;
        while from < content.end {
            let is_end = |&at: &usize| at == content.end || !self.structure.content[at - 1].is_open;
            let end = (from + 1..=content.end).find(is_end).unwrap_or(content.end);
            self.text(Tag::P, from..end);
            from = end;
        }
    }

    /// Text that stands by itself.
    fn lines(&mut self, role: Role) {
        let content = self.take(role);
        self.paragraphs(content);
    }

    /// A cell, or a part of a list's item; several paragraphs are elements of their own.
    fn cell(&mut self, tag: Tag, span: (usize, usize), role: Role) {
        let content = self.take(role);
        let is_one = self.structure.content[content.clone()].iter().rev().skip(1).all(|piece| piece.is_open);
        let show = if is_one { Self::show } else { Self::paragraphs };
        self.element(tag, span, |writer| show(writer, content));
    }

    fn header(&mut self, table: &Table) {
        let mut cells = table.header.iter().enumerate().peekable();
        for row in 0..table.header_rows {
            self.element(Tag::Tr, (1, 1), |writer| {
                while let Some((index, cell)) = cells.next_if(|(_, cell)| cell.row == row) {
                    writer.cell(Tag::ColumnHeader, (cell.row_span, cell.col_span), Role::Header(index));
                }
            });
        }
    }

    /// The rows with the cells that begin in them: a group's label stands in the group's first row.
    fn body(&mut self, table: &Table) {
        let spans = |(col, column)| (col, column, table.row_spans(col));
        let columns: Vec<(usize, &TableColumn, Vec<usize>)> =
            table.columns.iter().enumerate().map(spans).collect();
        for row in 0..table.rows.len() {
            self.element(Tag::Tr, (1, 1), |writer| {
                for (col, column, spans) in columns.iter().filter(|(_, _, spans)| spans[row] > 0) {
                    let tag = if column.is_row_header { Tag::RowHeader } else { Tag::Td };
                    writer.cell(tag, (spans[row], 1), Role::Body { row, col: *col });
                }
            });
        }
    }

    fn tally(&mut self, lines: usize) {
        for line in 0..lines {
            self.element(Tag::Li, (1, 1), |writer| {
                writer.cell(Tag::Lbl, (1, 1), Role::Tally { line, col: 0 });
                writer.cell(Tag::LBody, (1, 1), Role::Tally { line, col: 1 });
            });
        }
    }
}
