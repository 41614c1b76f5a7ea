//! Facsimiles as a web page: one file that needs nothing else and runs nothing. What a cell was read as stands in it, with a
//! letter, a shade and a line of its kind; what is said of it opens in it.

mod style;

use crate::finding::Lang;
use crate::model::{
    CellMark, CellRef, FileFacsimile, MarkKind, Region, Remark, Row, SheetFacsimile, Square, Strip,
};
use maud::{Markup, html};

/// The page.
pub fn render(files: &[FileFacsimile], lang: Lang) -> String {
    let title = lang.pick(("調査票の読み取り", "How forms were read"));
    let pages: Vec<FilePage<'_>> =
        files.iter().enumerate().map(|(number, file)| FilePage { file, number, lang }).collect();
    let body = html! {
        header { h1 { (title) } (legend(lang)) }
        main {
            @for page in &pages { (page.section()) }
        }
        footer { p { "kaitei " (env!("CARGO_PKG_VERSION")) } }
    };
    super::still(lang.pick(("ja", "en")), title, &style::of(files), &body).into_string()
}

/// The class of a kind, its letter, and what it means.
fn kind(kind: MarkKind, lang: Lang) -> (&'static str, &'static str, &'static str) {
    let (class, letter, meaning) = match kind {
        MarkKind::Entry => ("entry", ("記", "E"), ("一覧の行に入る記入", "an entry of a record")),
        MarkKind::Label => ("label", ("項", "L"), ("項目名・見出し", "a label or a heading of entries")),
        MarkKind::Heading => ("heading", ("階", "G"), ("階層の見出し", "a heading of a group")),
        MarkKind::Around => {
            ("around", ("外", "A"), ("一覧に入らない記入（注、集計など）", "around the records: notes, sums"))
        }
        MarkKind::Left => ("left", ("×", "×"), ("読まない記入", "not read")),
    };
    (class, lang.pick(letter), lang.pick(meaning))
}

fn legend(lang: Lang) -> Markup {
    html! {
        section.legend aria-labelledby="legend" {
            h2 #legend { (lang.pick(("セルの印", "Marks of cells"))) }
            ul {
                @for of in MarkKind::ALL {
                    @let (class, letter, meaning) = kind(of, lang);
                    li { span class={ "mark " (class) } { b { (letter) } } " " (meaning) }
                }
            }
        }
    }
}

/// The part of the page that is about one file.
struct FilePage<'a> {
    file: &'a FileFacsimile,
    number: usize,
    lang: Lang,
}

impl FilePage<'_> {
    fn section(&self) -> Markup {
        let id = format!("file-{}", self.number);
        html! {
            section.file aria-labelledby=(id) {
                h2 id=(id) { (self.file.title) }
                (self.remarks(&self.file.remarks, "all"))
                @if self.file.sheets.len() > 1 { (self.contents()) }
                @for (number, sheet) in self.file.sheets.iter().enumerate() { (self.sheet(sheet, number)) }
            }
        }
    }

    fn contents(&self) -> Markup {
        let sheets = self.lang.pick(("シートの一覧", "Sheets"));
        html! {
            nav aria-label={ (self.file.title) " " (sheets) } {
                ul {
                    @for (number, sheet) in self.file.sheets.iter().enumerate() {
                        li {
                            a href={ "#sheet-" (self.number) "-" (number) } { (sheet.title) }
                            @if !sheet.remarks.is_empty() { " " (self.count(&sheet.remarks)) }
                        }
                    }
                }
            }
        }
    }

    fn count(&self, remarks: &[Remark]) -> String {
        let errors = remarks.iter().filter(|remark| remark.is_error).count();
        let others = remarks.len() - errors;
        self.lang.pick((
            format!("（要修正 {errors}、ほか {others}）"),
            format!("({errors} errors, {others} others)"),
        ))
    }

    fn sheet(&self, sheet: &SheetFacsimile, number: usize) -> Markup {
        let id = format!("sheet-{}-{number}", self.number);
        html! {
            div.sheet {
                h3 id=(id) { (sheet.title) }
                @if !sheet.facts.is_empty() { ul.facts { @for fact in &sheet.facts { li { (fact) } } } }
                @for region in &sheet.regions { (self.region(region, sheet, number)) }
                (self.remarks(&sheet.remarks, &number.to_string()))
                @for cut in &sheet.cut { p.cut { (cut) } }
                @if !sheet.rows.is_empty() { (self.table(sheet, (number, &id))) }
            }
        }
    }

    /// What was found at a place, to be opened.
    fn region(&self, region: &Region, sheet: &SheetFacsimile, number: usize) -> Markup {
        let lang = self.lang;
        html! {
            details.region {
                summary { (region.title) }
                @if !region.evidence.is_empty() { ul { @for said in &region.evidence { li { (said) } } } }
                table {
                    thead { tr {
                        th scope="col" { (lang.pick(("場所", "Place"))) }
                        th scope="col" { (lang.pick(("見出し", "Heading"))) }
                        th scope="col" { (lang.pick(("読み取り", "Read as"))) }
                    } }
                    tbody {
                        @for column in &region.columns {
                            tr.unread[!column.is_read] {
                                td {
                                    @match column.cell.filter(|cell| is_shown(sheet, *cell)) {
                                        Some(cell) => a href={ "#" (self.id(number, cell)) } { (column.place) },
                                        None => (column.place),
                                    }
                                }
                                td { (column.heading) }
                                td { @if !column.is_read { "× " } (column.meaning) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The id of a cell.
    fn id(&self, sheet: usize, cell: CellRef) -> String {
        format!("cell-{}-{sheet}-{cell}", self.number)
    }

    fn remarks(&self, remarks: &[Remark], sheet: &str) -> Markup {
        html! {
            @if !remarks.is_empty() {
                ol.remarks {
                    @for (at, remark) in remarks.iter().enumerate() {
                        li id={ "remark-" (self.number) "-" (sheet) "-" (at) } {
                            span.weight.grave[remark.is_error] { (remark.label) }
                            @if let Some(cell) = remark.cell {
                                " "
                                @if remark.is_shown { a href={ "#cell-" (self.number) "-" (sheet) "-" (cell) } { (cell) } }
                                @else { (cell) }
                            }
                            " " (self.said(remark))
                        }
                    }
                }
            }
        }
    }

    fn said(&self, remark: &Remark) -> Markup {
        html! {
            span { (remark.message) } " " code { (remark.rule) }
            @if let Some(remedy) = &remark.remedy {
                span.remedy { (self.lang.pick(("対応：", "What to do: "))) (remedy) }
            }
        }
    }

    fn table(&self, sheet: &SheetFacsimile, (number, id): (usize, &str)) -> Markup {
        let gap = |count: &u32| self.lang.pick((format!("…{count}列"), format!("… {count} columns")));
        html! {
            div.paper role="group" aria-labelledby=(id) tabindex="0" {
                table {
                    colgroup {
                        col.number;
                        @for column in &sheet.columns {
                            @match column {
                                Strip::Shown(column) => { col class=(style::width(column.width)); }
                                Strip::Gap(_) => { col.gap; }
                            }
                        }
                    }
                    thead { tr {
                        td {}
                        @for column in &sheet.columns {
                            @match column {
                                Strip::Shown(column) => th scope="col" {
                                    (CellRef::column_letters(column.index)) (self.hidden(column.hidden))
                                },
                                Strip::Gap(count) => td.gap { (gap(count)) },
                            }
                        }
                    } }
                    tbody {
                        @for row in &sheet.rows {
                            @match row {
                                Strip::Shown(row) => (self.row(row, sheet, number)),
                                Strip::Gap(count) => tr.gap {
                                    td colspan=(sheet.columns.len() + 1) {
                                        (self.lang.pick((format!("…{count}行"), format!("… {count} rows"))))
                                    }
                                },
                            }
                        }
                    }
                }
            }
        }
    }

    fn hidden(&self, is_hidden: bool) -> Markup {
        html! { @if is_hidden { span.hidden { (self.lang.pick(("非表示", "hidden"))) } } }
    }

    fn row(&self, row: &Row, sheet: &SheetFacsimile, number: usize) -> Markup {
        html! {
            tr {
                th scope="row" { (row.index + 1) (self.hidden(row.hidden)) }
                @for cell in &row.cells {
                    @match cell {
                        Strip::Shown(square) => (self.square(square, sheet, number)),
                        Strip::Gap(_) => td.gap {},
                    }
                }
            }
        }
    }

    fn square(&self, square: &Square, sheet: &SheetFacsimile, number: usize) -> Markup {
        let (down, across) = square.span;
        let is_named = square.mark.is_some() || !square.remarks.is_empty();
        html! {
            td id=[is_named.then(|| self.id(number, square.at))] class=[style::look(square)]
                rowspan=[(down > 1).then_some(down)] colspan=[(across > 1).then_some(across)] {
                @if let Some(mark) = &square.mark { (self.mark(mark)) }
                @if !square.text.is_empty() { span.text { (square.text) } }
                @if let Some(struck) = &square.struck { del { (struck) } }
                @if let Some(unseen) = &square.unseen {
                    span.unseen { (self.lang.pick(("見えない文字：", "unseen: "))) (unseen) }
                }
                @if let Some(comment) = &square.comment {
                    span.comment { (self.lang.pick(("コメント：", "comment: "))) (comment) }
                }
                @for remark in square.remarks.iter().filter_map(|at| sheet.remarks.get(*at)) {
                    details.remark.grave[remark.is_error] {
                        summary { "! " (remark.label) }
                        p { (self.said(remark)) }
                    }
                }
            }
        }
    }

    fn mark(&self, mark: &CellMark) -> Markup {
        let (class, letter, meaning) = kind(mark.kind, self.lang);
        html! { span class={ "mark " (class) } title=(meaning) { b { (letter) } " " (mark.words) } }
    }
}

/// Whether a cell is shown.
fn is_shown(sheet: &SheetFacsimile, cell: CellRef) -> bool {
    let rows = sheet.rows.iter().filter_map(|row| match row {
        Strip::Shown(row) if row.index == cell.row => Some(row),
        _ => None,
    });
    let is = |strip: &Strip<Square>| matches!(strip, Strip::Shown(square) if square.at == cell);
    rows.flat_map(|row| &row.cells).any(is)
}
