//! Whole layouts of made-up tables: nothing is lost, nothing stands outside its cell or the sheet, and the PDF's
//! own preflight agrees.

use kaitei::emit::pdf::Conformance;
use kaitei::emit::{Stamp, pdf};
use kaitei::font::Fonts;
use kaitei::layout::{Layout, TextRole, fitted, flow, lay_out, place};
use kaitei::model::{
    Align, Content, Document, HeaderCell, Mark, Table, TableCell, TableColumn, TableRow, Tally,
};
use kaitei::template::{HangingIndent, PageSpec, Paper, RevisedMark, Running, RunningPart, Template};
use kaitei::{OutputFormat, Project};
use proptest::prelude::*;

fn page(height: i32, padding_y: i32) -> PageSpec {
    let sheet = 841_890;
    PageSpec {
        paper: Paper::A4,
        landscape: false,
        margin_top: 20_000,
        // A high margin makes a low page.
        margin_bottom: sheet - 20_000 - height,
        margin_left: 30_000,
        margin_right: 30_000,
        font_size: 8_000,
        title_size: 12_000,
        line_height: 10_800,
        padding_x: 2_000,
        padding_y,
        row_height: 0,
        header: Running::default(),
        footer: Running {
            center: vec![RunningPart::Page, said(" / "), RunningPart::Pages],
            ..Running::default()
        },
        continued: String::new(),
        hanging_indent: HangingIndent::Labels,
        hanging_punctuation: false,
        condense: 100,
        auto_widths: false,
        fit_pages: None,
        mark_revised: RevisedMark::None,
        workbook_font: String::new(),
    }
}

fn said(text: &str) -> RunningPart {
    RunningPart::Text(text.to_owned())
}

/// Two group columns, a text column, a centred one.
fn document(rows: Vec<(Option<usize>, [String; 4])>) -> Document {
    let column = |width, align, level| TableColumn {
        level,
        is_row_header: level.is_some(),
        ..TableColumn::of(width, align)
    };
    let count = rows.len();
    let mut labels = [String::new(), String::new()];
    let rows = rows.into_iter().enumerate().map(|(i, (begins, texts))| {
        let begins = if i == 0 { Some(0) } else { begins };
        for (level, label) in labels.iter_mut().enumerate() {
            if begins.is_some_and(|outermost| outermost <= level) {
                label.clone_from(&texts[level]);
            }
        }
        let [_, _, text, value] = texts;
        let cells =
            [labels[0].clone(), labels[1].clone(), text, value].map(|text| TableCell::of(&text)).to_vec();
        TableRow { begins, ..TableRow::of(cells) }
    });
    let table = Table {
        columns: vec![
            column(4_000, Align::Left, Some(0)),
            column(4_000, Align::Left, Some(1)),
            column(12_000, Align::Left, None),
            column(6_000, Align::Center, None),
        ],
        header_rows: 1,
        header: (0..4)
            .map(|col| HeaderCell {
                row: 0, col, row_span: 1, col_span: 1, content: Content::of("見出し")
            })
            .collect(),
        rows: rows.collect(),
        tally: Some(Tally {
            column: Some(2),
            lines: vec![("維持".to_owned(), count)],
            total: ("計".to_owned(), count),
        }),
    };
    Document::of("list", "一覧", table)
}

fn template() -> Template {
    Template::parse("sample", include_str!("../templates/meguro-2020.toml"))
        .expect("a template of the repository")
}

/// The lines of a cell over all pages, joined.
fn shown(layout: &Layout, cell: (usize, usize)) -> String {
    let boxes = layout.pages.iter().flat_map(|page| &page.boxes);
    let own = boxes.filter(|b| matches!(b.role, TextRole::Body { row, col } if (row, col) == cell));
    own.flat_map(|b| &b.lines).map(|line| &*line.text).collect()
}

fn text() -> impl Strategy<Value = String> {
    let chars: Vec<char> = "目標値の設定36か所（R2年度）、。ー～％\nAb".chars().collect();
    prop_oneof![
        4 => proptest::collection::vec(proptest::sample::select(chars.clone()), 0..30),
        1 => proptest::collection::vec(proptest::sample::select(chars), 200..900),
    ]
    .prop_map(|chars| chars.into_iter().collect())
}

/// Lines above or below the table; none is empty.
fn lines(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    let line = text().prop_map(|text| format!("※1　{}", text.lines().collect::<String>()));
    proptest::collection::vec(line, count)
}

fn rows() -> impl Strategy<Value = Vec<(Option<usize>, [String; 4])>> {
    let row = (proptest::option::weighted(0.3, 0usize..2), [text(), text(), text(), text()]);
    proptest::collection::vec(row, 0..14)
}

/// What a template may ask for.
fn options() -> impl Strategy<Value = PageSpec> {
    let indent = prop_oneof![
        Just(HangingIndent::Nowhere),
        Just(HangingIndent::Labels),
        Just(HangingIndent::Everywhere)
    ];
    let running = (text(), text(), text()).prop_map(|texts| {
        // Running text has the height of a margin.
        let part = |text: String| {
            vec![
                said(&text.lines().collect::<String>().chars().take(40).collect::<String>()),
                RunningPart::Page,
            ]
        };
        Running { left: part(texts.0), center: part(texts.1), right: part(texts.2) }
    });
    let lengths = (90_000i32..780_000, 0i32..6_000, 0i32..6_000, PageSpec::NARROWEST..=100);
    (lengths, indent, any::<bool>(), any::<bool>(), any::<bool>(), running).prop_map(
        |(
            (height, padding_x, padding_y, condense),
            hanging_indent,
            hanging_punctuation,
            auto_widths,
            again,
            header,
        )| PageSpec {
            padding_x,
            hanging_indent,
            hanging_punctuation,
            condense,
            auto_widths,
            continued: if again { "（続き）".to_owned() } else { String::new() },
            margin_top: 60_000,
            header,
            ..page(height - 40_000, padding_y)
        },
    )
}

/// The lines of all boxes of a kind over all pages, joined.
fn joined(layout: &Layout, is_own: impl Fn(TextRole) -> bool) -> String {
    let boxes = layout.pages.iter().flat_map(|page| &page.boxes).filter(|b| is_own(b.role));
    boxes.flat_map(|b| &b.lines).map(|line| &*line.text).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_text_is_shown_once_and_inside_and_told(
        rows in rows(),
        spec in options(),
        (subtitle, byline, notes) in (lines(0..2), lines(0..2), lines(0..5)),
        (underlined, label) in (any::<bool>(), 1usize..300),
    ) {
        let mut document = Document { subtitle, byline, notes, ..document(rows) };
        let table = &mut document.table;
        // From the second character to the last but one.
        for cell in table.rows.iter_mut().map(|row| &mut row.cells[3].content).filter(|_| underlined) {
            let text = cell.paragraphs.concat();
            let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let marked = edges.get(1).map(|&second| second..edges[edges.len() - 1]);
            cell.marks = Mark::Struck.all(marked.into_iter().collect());
        }
        table.tally.as_mut().unwrap().lines[0].0 = "維".repeat(label);
        let flow = flow(&document, &spec, &Fonts::embedded());
        let table = &document.table;
        let layout = place(table, &spec, &flow, &kaitei::model::References::new(), &Fonts::embedded());
        for (row, cells) in table.rows.iter().enumerate() {
            for (col, cell) in cells.cells.iter().enumerate() {
                let stated = table.columns[col].level.is_none() || table.span(row, col).start == row;
                let expected = if stated { cell.content.paragraphs.concat() } else { String::new() };
                prop_assert_eq!(shown(&layout, (row, col)), expected, "row {} column {}", row, col);
            }
        }
        prop_assert_eq!(joined(&layout, |role| matches!(role, TextRole::Subtitle(_))), document.subtitle.concat());
        prop_assert_eq!(joined(&layout, |role| matches!(role, TextRole::Byline(_))), document.byline.concat());
        let notes: String = document.notes.iter().flat_map(|note| note.lines()).collect();
        prop_assert_eq!(joined(&layout, |role| matches!(role, TextRole::Note(_))), notes);
        let labels = table.tally.iter().flat_map(|tally| tally.lines.iter().chain([&tally.total]));
        let labels: String = labels.map(|(label, _)| label.as_str()).collect();
        prop_assert_eq!(joined(&layout, |role| matches!(role, TextRole::Tally { col: 0, .. })), labels);
        prop_assert_eq!(flow.measured.widths.iter().sum::<i32>(), spec.text_width());
        prop_assert_eq!(&layout, &lay_out(&document, &spec, &Fonts::embedded()));
        let stamp = Stamp { seconds: 0 };
        if let Err(fault) = pdf::render(&template().document, &document, &layout, &Fonts::embedded(), &stamp, Conformance::Archive) {
            return Err(TestCaseError::fail(fault.to_string()));
        }
        for page in &layout.pages {
            for text_box in &page.boxes {
                let [left, top, right, bottom] = text_box.area;
                prop_assert!(0 <= left && right <= layout.sheet.0 && 0 <= top && bottom <= layout.sheet.1);
                for line in &text_box.lines {
                    prop_assert!(left <= line.x && line.x <= right, "{:?}", text_box);
                    prop_assert!(top <= line.y - 6_000 && line.y <= bottom, "{:?}", text_box);
                }
            }
        }
    }
}

/// `fit_pages` takes the largest text that does, and says how many pages the smallest takes where none does.
#[test]
fn a_document_fits_its_pages() {
    let row = |i: usize| {
        let text = "指標の名称と、その説明を書いた、少し長い文のある行です。".repeat(2);
        (None, ["１　目標".to_owned(), "２　施策".to_owned(), text, format!("{i}人")])
    };
    let document = document((0..60).map(row).collect());
    let fonts = Fonts::embedded();
    let page = PageSpec { font_size: 10_000, line_height: 13_500, ..page(700_000, 2_000) };
    let count = |page: &PageSpec| flow(&document, page, &fonts).pages.len();
    let with = |most| PageSpec { fit_pages: Some(most), ..page.clone() };
    let own = count(&page);
    assert_eq!(fitted(&document, &with(own), &fonts).unwrap().font_size, 10_000);
    let most = own - 1;
    let found = fitted(&document, &with(most), &fonts).unwrap().into_owned();
    assert!(count(&found) <= most && (6_000..=10_000).contains(&found.font_size), "{found:?}");
    let larger = PageSpec { font_size: found.font_size + 250, ..found.clone() };
    let larger = PageSpec { line_height: larger.font_size * 135 / 100, ..larger };
    assert!(larger.font_size > 10_000 || count(&larger) > most);
    assert_eq!(fitted(&document, &with(1), &fonts).unwrap_err(), 2);
}

/// Condensed letters spare a line, in the pages by their width and in the workbook by their size.
#[test]
fn letters_become_narrower_where_a_template_allows_it() {
    let columns = "columns = [{ title = \"指標\", fields = [\"name\"], width = 1 }]";
    let template = |condense: i32| {
        format!(
            "kaitei = 2\ndocument.title = \"一覧\"\npage.condense = {condense}\npage.font_size_pt = 10\npage.padding_x_pt = 0\npage.orientation = \"portrait\"\n\
             page.margin_left_mm = 20\npage.margin_right_mm = 20\nfields = [{{ key = \"name\", role = \"name\", words = [\"指標\"] }}, {{ key = \"unit\", words = [\"単位\"] }}, {{ key = \"amount\", kind = \"money\", words = [\"予算額\"] }}]\n{columns}\n"
        )
    };
    let text = "一二三四五六七八九十".repeat(4) + "一二三四五六七八九";
    let made = |condense| {
        let project = Project::new("kpi", &template(condense))
            .unwrap()
            .file("a.csv", format!("指標,単位,予算額\n{text},人,1\n"));
        let output = project.build().unwrap();
        assert!(!output.has_errors(), "{:?}", output.findings);
        let of = |format| output.of(format).next().unwrap().bytes.clone();
        (of(OutputFormat::Pdf), of(OutputFormat::Xlsx))
    };
    let operators = |pdf: &[u8], name: &str| {
        let document = lopdf::Document::load_mem(pdf).unwrap();
        let page = document.page_iter().next().unwrap();
        let content = lopdf::content::Content::decode(&document.get_page_content(page)).unwrap();
        let operands = content.operations.into_iter().filter(|operation| operation.operator == name);
        operands.filter_map(|operation| operation.operands.first()?.as_float().ok()).collect::<Vec<f32>>()
    };
    let sizes = |xlsx: Vec<u8>| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(xlsx)).unwrap();
        let mut styles = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("xl/styles.xml").unwrap(), &mut styles).unwrap();
        styles.matches("<sz val=\"9.8\"/>").count()
    };
    let ((plain, book), (narrow, narrow_book)) = (made(100), made(85));
    assert_eq!(operators(&plain, "Tz"), Vec::<f32>::new());
    let scales = operators(&narrow, "Tz");
    assert_eq!(scales, [98.0, 100.0]);
    assert_eq!((sizes(book), sizes(narrow_book)), (0, 1));
}
