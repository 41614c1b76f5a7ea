//! What a PDF tells a screen reader, read back with the library's own parser.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kaitei::emit::pdf::Conformance;
use kaitei::emit::{Stamp, pdf};
use kaitei::font::Fonts;
use kaitei::layout::lay_out;
use kaitei::model::{
    Align, Content as Cell, Document as Model, HeaderCell, Mark, Marked, Table, TableCell, TableColumn,
    TableRow, Tally,
};
use kaitei::template::Template;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, decode_text_string};
use std::ops::Range;

/// A document as a PDF, and its number of pages.
fn rendered(document: &Model) -> (Vec<u8>, usize) {
    let template = Template::parse("sample", include_str!("../templates/meguro-2020.toml")).unwrap();
    let font = Fonts::embedded();
    let layout = lay_out(document, &template.page, &font);
    let bytes = pdf::render(
        &template.document,
        document,
        &layout,
        &font,
        &Stamp { seconds: 0 },
        Conformance::Archive,
    )
    .unwrap();
    (bytes, layout.pages.len())
}

/// The tagged table as text: `header cell` in brackets, with its span; paragraphs apart by `|`.
fn tagged_rows(document: &Document) -> Vec<String> {
    let texts: Vec<Vec<String>> = document.page_iter().map(|page| marked_texts(document, page)).collect();
    let pages: Vec<_> = document.page_iter().collect();
    let root = resolve(document, document.catalog().unwrap().get(b"StructTreeRoot").unwrap());
    let mut rows = Vec::new();
    visit(document, resolve(document, root.get(b"K").unwrap()), &mut |element| {
        let kind = element.get(b"S").unwrap().as_name().unwrap();
        // A paragraph in a cell is the cell's.
        let is_own = kind == b"P"
            && resolve(document, element.get(b"P").unwrap()).get(b"S").unwrap().as_name().unwrap()
                == b"Document";
        let heading = |depth: u8| kind == [b'H', b'0' + depth];
        if let Some(depth) = (1..=6).find(|&depth| heading(depth)) {
            let text = paragraphs(document, element, &pages, &texts).concat();
            rows.push(format!("{} {text}", "#".repeat(usize::from(depth))));
            return;
        }
        if !is_own && !matches!(kind, b"TR" | b"LI") {
            return;
        }
        let cells = kids(document, element).into_iter().map(|cell| {
            let Ok(kind) = cell.get(b"S").and_then(Object::as_name) else { return String::new() };
            let attribute = |key: &[u8]| cell.get(b"A").ok()?.as_dict().ok()?.get(key).ok();
            let span = |key| attribute(key).map_or(1, |span| span.as_i64().unwrap());
            let scope = attribute(b"Scope")
                .map_or("", |scope| std::str::from_utf8(scope.as_name().unwrap()).unwrap());
            let paragraphs = paragraphs(document, cell, &pages, &texts).join("|");
            match (kind, span(b"RowSpan"), span(b"ColSpan")) {
                (b"TH", 1, 1) => format!("[{paragraphs} {scope}]"),
                (b"TH", down, across) => format!("[{paragraphs} {scope} {down}x{across}]"),
                _ => paragraphs,
            }
        });
        rows.push(match kind {
            b"P" => format!("P {}", paragraphs(document, element, &pages, &texts).concat()),
            _ => cells.collect::<Vec<_>>().join(" ; "),
        });
    });
    rows
}

fn kids<'d>(document: &'d Document, element: &'d Dictionary) -> Vec<&'d Dictionary> {
    let Ok(kids) = element.get(b"K") else { return Vec::new() };
    let kids = kids.as_array().map_or(std::slice::from_ref(kids), Vec::as_slice);
    kids.iter().filter(|kid| kid.as_i64().is_err()).map(|kid| resolve(document, kid)).collect()
}

fn visit<'d>(document: &'d Document, element: &'d Dictionary, each: &mut impl FnMut(&'d Dictionary)) {
    each(element);
    kids(document, element)
        .into_iter()
        .filter(|kid| kid.has(b"S"))
        .for_each(|kid| visit(document, kid, each));
}

/// The text of an element, of each `P` within it or of itself.
fn paragraphs(
    document: &Document,
    element: &Dictionary,
    pages: &[lopdf::ObjectId],
    texts: &[Vec<String>],
) -> Vec<String> {
    let inner = kids(document, element).into_iter().filter(|kid| kid.has(b"S"));
    let inner: Vec<String> = inner.flat_map(|kid| paragraphs(document, kid, pages, texts)).collect();
    let Ok(content) = element.get(b"K") else { return vec![String::new()] };
    if !inner.is_empty() {
        return inner;
    }
    let content = content.as_array().map_or(std::slice::from_ref(content), Vec::as_slice);
    let text = content.iter().map(|kid| {
        let (page, number) = if let Ok(number) = kid.as_i64() {
            (element.get(b"Pg"), number)
        } else {
            let reference = resolve(document, kid);
            (reference.get(b"Pg"), reference.get(b"MCID").unwrap().as_i64().unwrap())
        };
        let page = page.unwrap().as_reference().unwrap();
        let page = pages.iter().position(|id| *id == page).unwrap();
        texts[page][usize::try_from(number).unwrap()].as_str()
    });
    vec![text.collect()]
}

/// The texts of a page's marked content by number. Text outside of it, artifacts apart, fails the test.
fn marked_texts(document: &Document, page: lopdf::ObjectId) -> Vec<String> {
    let fonts = document.get_page_fonts(page).unwrap();
    let encoding = fonts.first_key_value().unwrap().1.get_font_encoding(document).unwrap();
    let mut texts: Vec<String> = Vec::new();
    let mut mark: Option<Option<i64>> = None;
    for operation in Content::decode(&document.get_page_content(page)).unwrap().operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BDC" => {
                assert_eq!(mark, None, "marks do not nest");
                let number = operands[1].as_dict().unwrap().get(b"MCID").ok().map(|n| n.as_i64().unwrap());
                assert_eq!(number.is_none(), operands[0].as_name().unwrap() == b"Artifact");
                if let Some(number) = number {
                    assert_eq!(usize::try_from(number).unwrap(), texts.len(), "numbers follow reading order");
                    texts.push(String::new());
                }
                mark = Some(number);
            }
            "EMC" => mark = None,
            "TJ" | "Tj" => {
                let shown = operands[0].as_array().map_or(std::slice::from_ref(&operands[0]), Vec::as_slice);
                let bytes = shown.iter().filter_map(|item| item.as_str().ok());
                let text: String =
                    bytes.map(|bytes| Document::decode_text(&encoding, bytes).unwrap()).collect();
                if mark.expect("text is content or an artifact").is_some() {
                    texts.last_mut().unwrap().push_str(&text);
                }
            }
            "S" => assert_eq!(mark, Some(None), "rules are artifacts"),
            _ => {}
        }
    }
    texts
}

/// Two levels of groups, a header of two rows, a cell with paragraphs, an empty cell, a row higher than a page.
fn grouped() -> Model {
    let column = |level: Option<usize>, is_row_header| TableColumn {
        level,
        is_row_header,
        ..TableColumn::of(6_000, Align::Left)
    };
    let head = |row, col, row_span, col_span, text| HeaderCell {
        row,
        col,
        row_span,
        col_span,
        content: Cell::of(text),
    };
    let row =
        |begins, cells: [&str; 4]| TableRow { begins, ..TableRow::of(cells.map(TableCell::of).to_vec()) };
    let long = "長い理由".repeat(400);
    let table = Table {
        columns: vec![column(Some(0), true), column(Some(1), true), column(None, true), column(None, false)],
        header_rows: 2,
        header: vec![
            head(0, 0, 1, 2, "分類"),
            head(0, 2, 2, 1, "指標"),
            head(0, 3, 2, 1, "取扱"),
            head(1, 0, 1, 1, "目標"),
            head(1, 1, 1, 1, "施策"),
        ],
        rows: vec![
            row(Some(0), ["目標１", "施策１", "園の数", "8園\n（31年度）"]),
            row(None, ["目標１", "施策１", "校の数", ""]),
            row(Some(1), ["目標１", "施策２", "人の数", &long]),
            row(Some(0), ["目標２", "施策１", "家の数", "～19時：4園\n～20時：8園"]),
        ],
        tally: Some(Tally {
            column: Some(3),
            lines: vec![("維持".to_owned(), 4)],
            total: ("計".to_owned(), 4),
        }),
    };
    Model {
        subtitle: vec!["副題".to_owned()],
        byline: vec!["令和2年3月31日".to_owned()],
        notes: vec!["※1　注".to_owned(), "備考　注".repeat(1_500)],
        ..Model::of("list", "一覧", table)
    }
}

#[test]
fn tags_say_what_the_table_says_once() {
    let (bytes, pages) = rendered(&grouped());
    assert!(pages > 1);
    let document = Document::load_mem(&bytes).unwrap();
    let note = format!("P {}", "備考　注".repeat(1_500));
    let long = format!("[施策２ Row] ; [人の数 Row] ; {}", "長い理由".repeat(400));
    assert_eq!(
        tagged_rows(&document),
        [
            "# 一覧",
            "P 副題",
            "P 令和2年3月31日",
            "[分類 Column 1x2] ; [指標 Column 2x1] ; [取扱 Column 2x1]",
            "[目標 Column] ; [施策 Column]",
            "[目標１ Row 3x1] ; [施策１ Row 2x1] ; [園の数 Row] ; 8園（31年度）",
            "## 目標１",
            "### 施策１",
            "[校の数 Row] ; ",
            &long,
            "### 施策２",
            "[目標２ Row] ; [施策１ Row] ; [家の数 Row] ; ～19時：4園|～20時：8園",
            "## 目標２",
            "### 施策１",
            "維持 ; 4",
            "計 ; 4",
            "P ※1　注",
            &note,
        ]
    );
    let mut bookmarks = Vec::new();
    let outlines = resolve(&document, document.catalog().unwrap().get(b"Outlines").unwrap());
    list_bookmarks(&document, outlines, 0, &mut bookmarks);
    assert_eq!(bookmarks, ["目標１", "  施策１", "  施策２", "目標２", "  施策１"]);
}

#[test]
fn what_is_drawn_along_a_text_is_said_of_it() {
    let mut model = grouped();
    let mut mark = |row: usize, col: usize, marks: &[(Range<usize>, Mark)]| {
        let marks = marks.iter().cloned().map(|(bytes, mark)| Marked { bytes, mark });
        model.table.rows[row].cells[col].content.marks = marks.collect();
    };
    mark(0, 3, &[(0..1, Mark::Struck), (7..9, Mark::Inserted)]);
    mark(2, 3, &[(12..4_800, Mark::Struck)]);
    mark(3, 2, &[(0..9, Mark::Inserted)]);
    let (bytes, _) = rendered(&model);
    let document = Document::load_mem(&bytes).unwrap();
    let pages: Vec<_> = document.page_iter().collect();
    let texts: Vec<Vec<String>> = pages.iter().map(|&page| marked_texts(&document, page)).collect();
    let root = resolve(&document, document.catalog().unwrap().get(b"StructTreeRoot").unwrap());
    let mut spans = Vec::new();
    visit(&document, resolve(&document, root.get(b"K").unwrap()), &mut |element| {
        if element.get(b"S").unwrap().as_name().unwrap() == b"Span" {
            let look = element.get(b"A").ok().map(|look| {
                let look = look.as_dict().unwrap();
                assert_eq!(look.get(b"O").unwrap().as_name().unwrap(), b"Layout");
                look.get(b"TextDecorationType").unwrap().as_name().unwrap()
            });
            let look = look.map_or(String::new(), |look| String::from_utf8(look.to_vec()).unwrap());
            spans.push((paragraphs(&document, element, &pages, &texts).concat(), look));
        }
    });
    let rest = "長い理由".repeat(399);
    let expected = [
        ("8", "LineThrough"),
        ("園（", ""),
        ("31", "Underline"),
        ("年度）", ""),
        ("長い理由", ""),
        (rest.as_str(), "LineThrough"),
        ("家の数", "Underline"),
    ];
    let expected = expected.map(|(text, look)| (text.to_owned(), look.to_owned()));
    assert_eq!(spans, expected);
}

#[test]
fn a_table_with_gaps_is_not_written() {
    let template = Template::parse("sample", include_str!("../templates/meguro-2020.toml")).unwrap();
    let font = Fonts::embedded();
    let check = |change: fn(&mut Table), row| {
        let mut document = grouped();
        change(&mut document.table);
        let layout = lay_out(&document, &template.page, &font);
        let stamp = Stamp { seconds: 0 };
        let rendered =
            pdf::render(&template.document, &document, &layout, &font, &stamp, Conformance::Archive);
        assert_eq!(rendered, Err(pdf::Fault::Ragged { row }));
    };
    check(|table| table.header[1].row_span = 1, 2);
    check(|table| drop(table.header.pop()), 2);
}

fn list_bookmarks(document: &Document, parent: &Dictionary, depth: usize, out: &mut Vec<String>) {
    let mut next = parent.get(b"First").ok();
    while let Some(item) = next {
        let item = resolve(document, item);
        out.push("  ".repeat(depth) + &decode_text_string(item.get(b"Title").unwrap()).unwrap());
        list_bookmarks(document, item, depth + 1, out);
        next = item.get(b"Next").ok();
    }
}

#[test]
fn the_structure_leads_back_from_content_to_element() {
    let document = Document::load_mem(&rendered(&grouped()).0).unwrap();
    let root = resolve(&document, document.catalog().unwrap().get(b"StructTreeRoot").unwrap());
    let numbers =
        resolve(&document, root.get(b"ParentTree").unwrap()).get(b"Nums").unwrap().as_array().unwrap();
    for (page, entry) in document.page_iter().zip(numbers.chunks(2)) {
        let key = document.get_dictionary(page).unwrap().get(b"StructParents").unwrap();
        assert_eq!(key.as_i64().unwrap(), entry[0].as_i64().unwrap());
        let parents = document.dereference(&entry[1]).unwrap().1.as_array().unwrap();
        assert_eq!(parents.len(), marked_texts(&document, page).len());
        for (parent, number) in parents.iter().zip(0..) {
            let kid = resolve(&document, parent).get(b"K").unwrap();
            let kids = kid.as_array().map_or(std::slice::from_ref(kid), Vec::as_slice);
            let is_own = |kid: &Object| match kid.as_i64() {
                Ok(own) => own == number,
                Err(_) => resolve(&document, kid).get(b"MCID").unwrap().as_i64().unwrap() == number,
            };
            assert!(kids.iter().any(is_own), "piece {number}");
        }
    }
}

fn resolve<'d>(document: &'d Document, object: &'d Object) -> &'d Dictionary {
    document.dereference(object).unwrap().1.as_dict().unwrap()
}
