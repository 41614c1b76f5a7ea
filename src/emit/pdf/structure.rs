//! What a screen reader is told: the tagged structure of the document (ISO 32000-1, 14.8), apart from any file.
//!
//! A page is drawn in pieces. A piece is either content, with a number by which the structure names it, or an
//! artifact. One table holds the rows of all pages: what a page states again is an artifact there. Whoever
//! changes what [`pieces`] yields changes what is drawn and what is told alike.

use crate::layout::{Page, PlacedLine, TextBox, TextRole};
use crate::model::{Decoration, Document, Table, TableColumn, TableRow};
use std::ops::Range;

/// Lines of a text box that are drawn as one.
pub(super) struct TaggedRun<'p> {
    pub(super) text_box: &'p TextBox,
    pub(super) lines: &'p [PlacedLine],
    /// The number of the content on its page; `None` for an artifact.
    pub(super) mark: Option<usize>,
}

/// The pieces of a page in reading order: each paragraph of a cell is one, and each artifact. A paragraph in brackets
/// is read on with the one that it qualifies, as the year below a value. What is decorated or leads somewhere is a piece
/// of its own.
pub(super) fn pieces(page: &Page) -> impl Iterator<Item = TaggedRun<'_>> {
    let lines = page.boxes.iter().flat_map(|text_box| cut(text_box).map(move |lines| (text_box, lines)));
    let mut next = 0;
    lines.map(move |(text_box, lines)| {
        let mark = (!is_artifact(text_box.role)).then_some(next);
        next += usize::from(mark.is_some());
        TaggedRun { text_box, lines, mark }
    })
}

/// The lines of each piece of a box.
fn cut(text_box: &TextBox) -> impl Iterator<Item = &[PlacedLine]> {
    let is_artifact = is_artifact(text_box.role);
    let mut rest = &*text_box.lines;
    std::iter::from_fn(move || {
        let is_end = |&at: &usize| {
            at == rest.len()
                || (!is_artifact
                    && (!rest[at - 1].is_like(&rest[at])
                        || (rest[at - 1].ends_paragraph && !is_in_brackets(&rest[at..]))))
        };
        let (piece, after) = rest.split_at((1..=rest.len()).find(is_end)?);
        rest = after;
        Some(piece)
    })
}

/// Whether the first paragraph of these lines is in brackets as a whole: `（31年度）`, but not `（１）保育園`.
fn is_in_brackets(lines: &[PlacedLine]) -> bool {
    if !lines.first().is_some_and(|line| line.text.starts_with('（')) {
        return false;
    }
    let end = lines.iter().position(|line| line.ends_paragraph).map_or(lines.len(), |last| last + 1);
    let mut chars = lines[..end].iter().flat_map(|line| line.text.chars());
    let mut depth = 0;
    let closes = chars.any(|c| {
        depth += i32::from(c == '（') - i32::from(c == '）');
        depth == 0
    });
    closes && chars.all(char::is_whitespace)
}

/// Whether a text belongs to the page, not to the document.
fn is_artifact(role: TextRole) -> bool {
    match role {
        TextRole::RepeatedHeader(_)
        | TextRole::Restated { .. }
        | TextRole::RunningHeader
        | TextRole::Footer => true,
        TextRole::Title
        | TextRole::Subtitle(_)
        | TextRole::Byline(_)
        | TextRole::Header(_)
        | TextRole::Body { .. }
        | TextRole::Tally { .. }
        | TextRole::Note(_) => false,
    }
}

/// A standard structure type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Document,
    /// A heading: 1 is the title, the groups of rows are below it.
    H(u8),
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
    /// What leads to a page of the web, a writer of mail or another row.
    Link(Option<Decoration>),
    /// A part of a text beside one that is decorated or leads somewhere.
    Span(Option<Decoration>),
    L,
    Li,
    Lbl,
    LBody,
}

/// The structure of a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Structure<'p> {
    /// In document order: each before those that it holds.
    pub(super) elements: Vec<Element>,
    /// What they show, in the same order.
    pub(super) content: Vec<Content<'p>>,
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
pub(super) struct Content<'p> {
    pub(super) role: TextRole,
    /// Its page, from 0.
    pub(super) page: usize,
    /// Its number there.
    pub(super) mark: usize,
    lines: &'p [PlacedLine],
}

impl Content<'_> {
    /// Whether it is a link within its text.
    fn is_link(&self) -> bool {
        self.lines.first().is_some_and(|line| line.link.is_some())
    }

    /// Whether the piece after this one, where a link or a page's end parts them, belongs to its paragraph.
    fn goes_on(&self, next: &Self) -> bool {
        self.lines.last().is_some_and(|line| !line.ends_paragraph) || is_in_brackets(next.lines)
    }

    /// What is drawn along it.
    fn decoration(&self) -> Option<Decoration> {
        self.lines.first().and_then(|line| line.decoration)
    }
}

impl Structure<'_> {
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
pub(super) fn content(page: &Page, number: usize) -> impl Iterator<Item = Content<'_>> {
    pieces(page).filter_map(move |TaggedRun { text_box, lines, mark }| {
        Some(Content { role: text_box.role, page: number, mark: mark?, lines })
    })
}

/// The document's structure: its title with the lines below it, its one table, its tally, its notes. `content` is
/// that of its pages, in order.
pub(super) fn structure<'p>(document: &Document, mut content: Vec<Content<'p>>) -> Structure<'p> {
    let table = &document.table;
    // Document order is that of the roles.
    content.sort_by_key(|content| content.role);
    let structure = Structure { elements: Vec::new(), content };
    let mut writer = Writer { structure, open: 0, told: 0 };
    writer.element(Tag::Document, (1, 1), |writer| {
        let title = writer.take(TextRole::Title);
        writer.text(Tag::H(1), title);
        (0..document.subtitle.len()).for_each(|index| writer.lines(TextRole::Subtitle(index)));
        (0..document.byline.len()).for_each(|index| writer.lines(TextRole::Byline(index)));
        writer.element(Tag::Table, (1, 1), |writer| {
            writer.element(Tag::THead, (1, 1), |writer| writer.header(table));
            writer.element(Tag::TBody, (1, 1), |writer| writer.body(table));
        });
        if let Some(tally) = &table.tally {
            writer.element(Tag::L, (1, 1), |writer| writer.tally(tally.all().count()));
        }
        (0..document.notes.len()).for_each(|index| writer.lines(TextRole::Note(index)));
    });
    writer.structure
}

/// Writes the structure from its beginning to its end.
struct Writer<'p> {
    structure: Structure<'p>,
    /// The element that is being written.
    open: usize,
    /// How many pieces of content are told.
    told: usize,
}

impl Writer<'_> {
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
    fn take(&mut self, role: TextRole) -> Range<usize> {
        let from = self.told;
        self.told += self.structure.content[from..].iter().take_while(|next| next.role == role).count();
        from..self.told
    }

    /// Each paragraph as an element.
    fn paragraphs(&mut self, content: Range<usize>) {
        let mut from = content.start;
        while from < content.end {
            let end = self.paragraph_end(from, content.end);
            self.element(Tag::P, (1, 1), |writer| writer.spans(from..end));
            from = end;
        }
    }

    /// Content, in parts by what is drawn along them and where they lead. A link that a page's end cuts is one.
    fn spans(&mut self, content: Range<usize>) {
        let pieces = &self.structure.content[content.clone()];
        if pieces.iter().all(|piece| piece.decoration().is_none() && !piece.is_link()) {
            return self.show(content);
        }
        let mut from = content.start;
        while from < content.end {
            let pieces = &self.structure.content[from..content.end];
            let is_same = |pair: &&[Content<'_>]| pair[0].lines[0].is_like(&pair[1].lines[0]);
            let end = from + 1 + pieces.windows(2).take_while(is_same).count();
            let decoration = pieces[0].decoration();
            let tag = if pieces[0].is_link() { Tag::Link(decoration) } else { Tag::Span(decoration) };
            self.text(tag, from..end);
            from = end;
        }
    }

    /// The end of the paragraph that begins with a piece of content; a page's end may cut it.
    fn paragraph_end(&self, from: usize, end: usize) -> usize {
        let pieces = self.structure.content[from..end].windows(2);
        let goes_on = |pair: &&[Content<'_>]| pair[0].goes_on(&pair[1]);
        end.min(from + 1 + pieces.take_while(goes_on).count())
    }

    /// Text that stands by itself.
    fn lines(&mut self, role: TextRole) {
        let content = self.take(role);
        self.paragraphs(content);
    }

    /// A cell, or a part of a list's item; several paragraphs are elements of their own.
    fn cell(&mut self, tag: Tag, span: (usize, usize), role: TextRole) {
        let content = self.take(role);
        let is_one = self.paragraph_end(content.start, content.end) == content.end;
        let show = if is_one { Self::spans } else { Self::paragraphs };
        self.element(tag, span, |writer| show(writer, content));
    }

    fn header(&mut self, table: &Table) {
        let mut cells = table.header.iter().enumerate().peekable();
        for row in 0..table.header_rows {
            self.element(Tag::Tr, (1, 1), |writer| {
                while let Some((index, cell)) = cells.next_if(|(_, cell)| cell.row == row) {
                    writer.cell(Tag::ColumnHeader, (cell.row_span, cell.col_span), TextRole::Header(index));
                }
            });
        }
    }

    /// The rows with the cells that begin in them: a group's label stands in the group's first row.
    fn body(&mut self, table: &Table) {
        let spans = |(col, column)| (col, column, table.row_spans(col));
        let columns: Vec<(usize, &TableColumn, Vec<usize>)> =
            table.columns.iter().enumerate().map(spans).collect();
        let first_section = table.rows.iter().position(TableRow::is_heading);
        for row in 0..table.rows.len() {
            self.element(Tag::Tr, (1, 1), |writer| {
                for (col, column, spans) in columns.iter().filter(|(_, _, spans)| spans[row] > 0) {
                    let across = table.rows[row].col_span(*col);
                    let tag = if column.is_row_header || across > 1 { Tag::RowHeader } else { Tag::Td };
                    let (span, role) = ((spans[row], across), TextRole::Body { row, col: *col });
                    if let Some(heading) = heading(table, (row, *col), first_section) {
                        let content = writer.take(role);
                        writer.element(tag, span, |writer| {
                            writer.element(heading, (1, 1), |writer| writer.spans(content));
                        });
                    } else if table.rows[row].cells[*col].link.is_some() {
                        let content = writer.take(role);
                        writer.element(tag, span, |writer| writer.text(Tag::Link(None), content));
                    } else {
                        writer.cell(tag, span, role);
                    }
                }
            });
        }
    }

    fn tally(&mut self, lines: usize) {
        for line in 0..lines {
            self.element(Tag::Li, (1, 1), |writer| {
                writer.cell(Tag::Lbl, (1, 1), TextRole::Tally { line, col: 0 });
                writer.cell(Tag::LBody, (1, 1), TextRole::Tally { line, col: 1 });
            });
        }
    }
}

/// The heading that a cell is: a group's label, or what stands above rows. Below the title, it is as deep as there are
/// others that it is in, so that no number is left out where a level has no label. There are six of them.
fn heading(table: &Table, (row, col): (usize, usize), first_section: Option<usize>) -> Option<Tag> {
    let cells = &table.rows[row];
    let is_empty = |col: usize| cells.cells[col].content.is_empty();
    let level = table.columns[col].level;
    if is_empty(col) || cells.foot.is_some() || (level.is_none() && !cells.is_heading()) {
        return None;
    }
    let outer = |of: Option<usize>| of.is_some_and(|of| level.is_some_and(|own| of < own));
    let groups =
        (0..table.columns.len()).filter(|&of| outer(table.columns[of].level) && !is_empty(of)).count();
    let sections = first_section.is_some_and(|first| first < row);
    let depth = 2 + if cells.is_heading() { 0 } else { groups + usize::from(sections) };
    u8::try_from(depth).ok().filter(|depth| *depth <= 6).map(Tag::H)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pages of a cell, whose lines stand apart by `|`, or by `/` where their paragraph ends.
    fn pages(text: &str) -> Vec<Page> {
        let line = |text: &str| PlacedLine {
            x: 0,
            y: 0,
            text: text.trim_end_matches(['|', '/']).into(),
            ends_paragraph: !text.ends_with('|'),
            decoration: None,
            link: None,
        };
        let lines = |page: &str| page.split_inclusive(['|', '/']).map(line).collect();
        let role = TextRole::Body { row: 0, col: 0 };
        let page = |text: &str| Page {
            rows: 0..1,
            boxes: vec![TextBox {
                role,
                area: [0; 4],
                size: 10,
                scale: 100,
                tinted: false,
                lines: lines(text),
            }],
            rules: Vec::new(),
        };
        text.split(" page ").map(page).collect()
    }

    #[test]
    fn paragraphs_are_told_as_they_are_read() {
        let check = |cell: &str, expected: &[usize]| {
            let pages = pages(cell);
            let content: Vec<Content<'_>> =
                pages.iter().zip(0..).flat_map(|(page, number)| content(page, number)).collect();
            let end = content.len();
            let structure = Structure { elements: Vec::new(), content };
            let mut writer = Writer { structure, open: 0, told: 0 };
            writer.paragraphs(0..end);
            let pieces = writer.structure.elements.iter().map(|element| element.content.len());
            assert_eq!(pieces.collect::<Vec<_>>(), expected, "{cell}");
        };
        check("8園", &[1]);
        check("8園/9園", &[1, 1]);
        check("8園/（31年度）", &[1]);
        check("8園/（31|年度）　", &[1]);
        check("8園/（31年度）/9園/（R2年度）", &[1, 1]);
        check("（１）保育園/（２）幼稚園", &[1, 1]);
        check("（１）保育園（市立）/（２）幼稚園（私|立）", &[1, 1]);
        check("8園/（31年度", &[1, 1]);
        check("保育| page 園", &[2]);
        check("8園/ page （31年度）", &[2]);
        check("8園/ page （１）保育園", &[1, 1]);
        check("保育| page 園/（31年度）", &[2]);
    }
}
