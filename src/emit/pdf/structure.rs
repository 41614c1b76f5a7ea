//! What a screen reader is told: the tagged structure of the document (ISO 32000-1, 14.8), apart from any file.
//!
//! A page is drawn in pieces. A piece is either content, with a number by which the structure names it, or an
//! artifact. One table holds the rows of all pages: what a page states again is an artifact there. Whoever
//! changes what [`pieces`] yields changes what is drawn and what is told alike.

use crate::layout::{Layout, Page, PlacedLine, Role, Table, TextBox};

/// Lines of a text box that are drawn as one.
pub(super) struct Piece<'p> {
    pub(super) text_box: &'p TextBox,
    pub(super) lines: &'p [PlacedLine],
    /// The number of the content on its page; `None` for an artifact.
    pub(super) mark: Option<usize>,
}

/// The pieces of a page in reading order: each paragraph of a cell is one, and each artifact.
pub(super) fn pieces(page: &Page) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut next = 0;
    for text_box in page.boxes.iter().filter(|text_box| !text_box.lines.is_empty()) {
        if is_artifact(text_box.role) {
            pieces.push(Piece { text_box, lines: &text_box.lines, mark: None });
            continue;
        }
        for lines in text_box.lines.split_inclusive(|line| line.ends_paragraph) {
            pieces.push(Piece { text_box, lines, mark: Some(next) });
            next += 1;
        }
    }
    pieces
}

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

/// An element of the structure.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) tag: Tag,
    /// Rows and columns that a cell covers.
    pub(super) span: (usize, usize),
    pub(super) kids: Vec<Kid>,
}

/// What an element holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kid {
    Element(Element),
    Content(Mark),
}

/// A piece of content: its page, from 0, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) page: usize,
    pub(super) number: usize,
}

/// The paragraphs of a cell, each of one piece or, cut by a page break, of several.
#[derive(Debug, Clone, Default)]
struct Paragraphs {
    marks: Vec<Vec<Mark>>,
    /// The last one goes on in the next piece.
    is_open: bool,
}

/// Where the pages show what.
struct Shown {
    title: Paragraphs,
    /// Lines between the title and the table.
    subtitle: Vec<Paragraphs>,
    byline: Vec<Paragraphs>,
    header: Vec<Paragraphs>,
    /// By row, then column.
    body: Vec<Paragraphs>,
    /// Label and count of each line.
    tally: Vec<[Paragraphs; 2]>,
    notes: Vec<Paragraphs>,
}

/// The document's structure: its title with the lines below it, its one table, its tally, its notes.
pub(super) fn structure(table: &Table, layout: &Layout) -> Element {
    let mut shown = Shown::of(table, layout);
    let title = element(Tag::H1, shown.title.marks.concat().into_iter().map(Kid::Content).collect());
    let head = element(Tag::THead, header_rows(table, &mut shown.header));
    let body = element(Tag::TBody, body_rows(table, &mut shown.body));
    let mut kids = vec![title];
    kids.extend(shown.subtitle.into_iter().chain(shown.byline).flat_map(Paragraphs::elements));
    kids.push(element(Tag::Table, wrap([head, body])));
    if !shown.tally.is_empty() {
        kids.push(element(Tag::L, shown.tally.into_iter().map(tally_line).collect()));
    }
    kids.extend(shown.notes.into_iter().flat_map(Paragraphs::elements));
    element(Tag::Document, wrap(kids))
}

impl Shown {
    fn of(table: &Table, layout: &Layout) -> Self {
        let columns = table.columns.len();
        let mut shown = Self {
            title: Paragraphs::default(),
            subtitle: vec![Paragraphs::default(); table.subtitle.len()],
            byline: vec![Paragraphs::default(); table.byline.len()],
            header: vec![Paragraphs::default(); table.header.len()],
            body: vec![Paragraphs::default(); columns * table.rows.len()],
            tally: vec![Default::default(); table.tally.as_ref().map_or(0, |tally| tally.lines.len() + 1)],
            notes: vec![Paragraphs::default(); table.notes.len()],
        };
        for (page, number) in layout.pages.iter().zip(0..) {
            for piece in pieces(page) {
                let Some(mark) = piece.mark else { continue };
                let paragraphs = match piece.text_box.role {
                    Role::Title => &mut shown.title,
                    Role::Subtitle(index) => &mut shown.subtitle[index],
                    Role::Byline(index) => &mut shown.byline[index],
                    Role::Header(index) => &mut shown.header[index],
                    Role::Body { row, col } => &mut shown.body[row * columns + col],
                    Role::Tally { line, col } => &mut shown.tally[line][col],
                    Role::Note(index) => &mut shown.notes[index],
                    Role::RepeatedHeader(_) | Role::Restated { .. } | Role::RunningHeader | Role::Footer => {
                        unreachable!("artifacts have no marks")
                    }
                };
                paragraphs.add(Mark { page: number, number: mark }, piece.lines);
            }
        }
        shown
    }
}

impl Paragraphs {
    fn add(&mut self, mark: Mark, lines: &[PlacedLine]) {
        match self.marks.last_mut() {
            Some(paragraph) if self.is_open => paragraph.push(mark),
            _ => self.marks.push(vec![mark]),
        }
        self.is_open = lines.last().is_some_and(|line| !line.ends_paragraph);
    }

    /// Each paragraph as an element.
    fn elements(self) -> Vec<Element> {
        let content = |marks: Vec<Mark>| element(Tag::P, marks.into_iter().map(Kid::Content).collect());
        self.marks.into_iter().map(content).collect()
    }

    /// The content of a cell; several paragraphs are elements of their own.
    fn take(&mut self) -> Vec<Kid> {
        let mut marks = std::mem::take(&mut self.marks);
        let content = |marks: Vec<Mark>| marks.into_iter().map(Kid::Content).collect();
        match &mut marks[..] {
            [] => Vec::new(),
            [one] => content(std::mem::take(one)),
            _ => marks.into_iter().map(|marks| Kid::Element(element(Tag::P, content(marks)))).collect(),
        }
    }
}

fn header_rows(table: &Table, shown: &mut [Paragraphs]) -> Vec<Kid> {
    let mut rows: Vec<Vec<Kid>> = (0..table.header_rows).map(|_| Vec::new()).collect();
    for (cell, paragraphs) in table.header.iter().zip(shown) {
        rows[cell.row].push(Kid::Element(Element {
            tag: Tag::ColumnHeader,
            span: (cell.row_span, cell.col_span),
            kids: paragraphs.take(),
        }));
    }
    rows.into_iter().map(|cells| Kid::Element(element(Tag::Tr, cells))).collect()
}

/// The rows with the cells that begin in them: a group's label stands in the group's first row.
fn body_rows(table: &Table, shown: &mut [Paragraphs]) -> Vec<Kid> {
    let spans: Vec<Vec<usize>> = (0..table.columns.len()).map(|col| table.row_spans(col)).collect();
    let row = |(row, shown): (usize, &mut [Paragraphs])| {
        let cells = shown.iter_mut().zip(&table.columns).zip(&spans);
        let cells = cells.filter(|(_, spans)| spans[row] > 0).map(|((paragraphs, column), spans)| {
            let tag = if column.is_row_header { Tag::RowHeader } else { Tag::Td };
            Kid::Element(Element { tag, span: (spans[row], 1), kids: paragraphs.take() })
        });
        Kid::Element(element(Tag::Tr, cells.collect()))
    };
    shown.chunks_mut(table.columns.len().max(1)).enumerate().map(row).collect()
}

fn tally_line([mut label, mut count]: [Paragraphs; 2]) -> Kid {
    let parts = [element(Tag::Lbl, label.take()), element(Tag::LBody, count.take())];
    Kid::Element(element(Tag::Li, wrap(parts)))
}

fn element(tag: Tag, kids: Vec<Kid>) -> Element {
    Element { tag, span: (1, 1), kids }
}

fn wrap(elements: impl IntoIterator<Item = Element>) -> Vec<Kid> {
    elements.into_iter().map(Kid::Element).collect()
}
