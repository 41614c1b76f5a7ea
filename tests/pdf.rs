//! A laid-out table as a PDF, read back with the library's own parser.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kaitei::emit::pdf::Conformance;
use kaitei::emit::{Stamp, pdf};
use kaitei::font::{self, Fonts};
use kaitei::layout::{Layout, Metrics, Page, PlacedLine, Rule, TextBox, TextRole};
use kaitei::model::{Align, Document as Model, Length, Table, TableCell, TableColumn, TableRow};
use kaitei::template::Template;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, decode_text_string};

const SHEET: (Length, Length) = (841_890, 595_276);
const MARGIN: Length = 28_346;
const SIZE: Length = 6_800;
const LINE: Length = 8_840;
const PADDING: Length = 2_000;
/// Column widths; they leave room for 6, 8, 15, 4, 9, 10, 6 and more full-width characters.
const WIDTHS: [Length; 8] = [46_000, 60_000, 108_000, 34_000, 68_000, 76_000, 46_000, 347_198];
const PER_PAGE: usize = 21;
/// 2020-03-31 00:00 UTC.
const STAMP: Stamp = Stamp { seconds: 1_585_612_800 };

const TITLE: &str = "《改訂》葛\u{E0100}飾区まち・ひと・しごと総合戦略　重要業績評価指標（ＫＰＩ）一覧";
const ROWS: [[&str; 8]; 5] = [
    [
        "１　子育て",
        "１　仕事と生活の調和",
        "延長保育の実施施設数",
        "12",
        "～19時15分：4園\n～20時15分：8園",
        "～19時15分：9園\n～20時15分：17園",
        "1.維持",
        "",
    ],
    [
        "１　子育て",
        "２　待機児童対策",
        "認可保育所数―№15の「利用定員数」を含む",
        "15",
        "36か所・定員3,419人\n（27年度）",
        "50か所・定員4,179人\n（31年度）",
        "2.修正",
        "（Ｒ2年度）利用定員数7,593人・待機児童数0人（R2.4.1見込・計画）／東京都調査の指標に合わせるため。",
    ],
    [
        "２　まちの魅力",
        "１　みどり",
        "区民一人当たりの公園面積",
        "61",
        "1.80㎡（28年1月）",
        "1.90㎡",
        "3.削除",
        "№15のＫＰＩで把握していく。〜◆①②㈱ﾊﾟｰｾﾝﾄ%",
    ],
    [
        "２　まちの魅力",
        "１　みどり",
        "葛\u{E0100}飾と葛\u{E0101}飾と葛飾、神と\u{FA19}と神\u{FE00}の字体",
        "62",
        "－",
        "拡充",
        "1.維持",
        "ABC (abc) \\ [x] <y>",
    ],
    ["２　まちの魅力", "２　商店街", "商店街・商店会の数", "63", "△5.5％", "▲1か所", "2.修正", "吉\u{FA19}"],
];

#[test]
fn the_file_is_complete_and_says_who_made_it() {
    let document = Document::load_mem(&sample(40)).unwrap();
    assert_eq!(document.version, "1.7");
    assert_eq!(document.get_pages().len(), 2);
    let id: Vec<_> = document.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
    assert_eq!(id[0].as_str().unwrap().len(), 16);
    assert_eq!(id[0], id[1]);
    assert!(id[0].as_str().unwrap().iter().any(|&byte| byte != 0));

    let info = resolve(&document, document.trailer.get(b"Info").unwrap());
    let check = |key: &str, expected: &str| {
        assert_eq!(decode_text_string(info.get(key.as_bytes()).unwrap()).unwrap(), expected, "{key}");
    };
    check("Title", TITLE);
    check("Author", "葛\u{E0100}飾区");
    check("Subject", "取扱い");
    check("Keywords", "総合戦略, KPI");
    check("Creator", "kaitei");
    check("CreationDate", "D:20200331000000Z");
    check("ModDate", "D:20200331000000Z");
    assert!(!info.has(b"GTS_PDFXVersion"));

    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"ja");
    let viewer = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert!(viewer.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    for page in document.page_iter() {
        let page = document.get_dictionary(page).unwrap();
        assert!(!page.has(b"Annots"));
        let resources = resolve(&document, page.get(b"Resources").unwrap());
        assert_eq!(resources.iter().map(|(key, _)| key.as_slice()).collect::<Vec<_>>(), [b"Font"]);
    }
}

#[test]
fn the_font_is_embedded_under_its_name() {
    let document = Document::load_mem(&sample(40)).unwrap();
    let page = document.page_iter().next().unwrap();
    let fonts = document.get_page_fonts(page).unwrap();
    let (_, font) = fonts.first_key_value().unwrap();
    let name = String::from_utf8(font.get(b"BaseFont").unwrap().as_name().unwrap().to_vec()).unwrap();
    let (tag, rest) = name.split_once('+').unwrap();
    assert!(tag.len() == 6 && tag.chars().all(|c| c.is_ascii_uppercase()), "{name}");
    assert_eq!(rest, "BIZUDGothic-Regular");

    let descendant = font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0].as_dict().unwrap();
    assert_eq!(descendant.get(b"BaseFont").unwrap().as_name().unwrap(), name.as_bytes());
    let descriptor = resolve(&document, descendant.get(b"FontDescriptor").unwrap());
    assert_eq!(descriptor.get(b"FontName").unwrap().as_name().unwrap(), name.as_bytes());
    for (key, expected) in [("Ascent", 880), ("Descent", -120), ("CapHeight", 765), ("Flags", 4)] {
        assert_eq!(descriptor.get(key.as_bytes()).unwrap().as_i64().unwrap(), expected, "{key}");
    }
    let program = document.get_object(descriptor.get(b"FontFile2").unwrap().as_reference().unwrap()).unwrap();
    let program = program.as_stream().unwrap().decompressed_content().unwrap();
    assert!(program.len() < 200_000, "{} bytes", program.len());
}

#[test]
fn every_line_reads_back_as_it_was_laid_out() {
    let layout = layout(40);
    let document = Document::load_mem(&sample(40)).unwrap();
    for (page, id) in layout.pages.iter().zip(document.page_iter()) {
        let lines = page.boxes.iter().flat_map(|text_box| &text_box.lines);
        let expected = lines.map(|line| (line.x, SHEET.1 - line.y, line.text.to_string()));
        assert_eq!(read_lines(&document, id), expected.collect::<Vec<_>>());
    }
}

#[test]
fn the_same_document_has_the_same_bytes() {
    assert!(sample(40) == sample(40));
    let id = |bytes: &[u8]| Document::load_mem(bytes).unwrap().trailer.get(b"ID").unwrap().clone();
    assert_ne!(id(&sample(40)), id(&sample(39)));
}

#[test]
fn a_missing_glyph_is_no_box() {
    let mut layout = layout(3);
    layout.pages[0].boxes[1].lines[0].text = "\u{20BB7}".into();
    let role = layout.pages[0].boxes[1].role;
    let result = render(&layout);
    assert_eq!(result, Err(pdf::Fault::MissingGlyph { unit: "\u{20BB7}".to_owned(), page: 1, role }));
}

#[test]
fn what_is_drawn_stays_in_its_place_and_is_told() {
    let sound = layout(3);
    let check = |change: fn(&mut TextBox), expected: fn(TextRole, String) -> pdf::Fault| {
        let mut layout = sound.clone();
        let text_box = &mut layout.pages[0].boxes[1];
        change(text_box);
        let fault = expected(text_box.role, text_box.lines[0].text.to_string());
        assert_eq!(render(&layout), Err(fault));
    };
    let outside = |role, text| pdf::Fault::Outside { text, page: 1, role };
    check(|text_box| text_box.lines[0].x = text_box.area[2] - SIZE, outside);
    check(|text_box| text_box.lines[0].x = text_box.area[0] - 1, outside);
    check(|text_box| text_box.lines[0].y = text_box.area[3], outside);
    check(|text_box| text_box.lines[0].text = "長".repeat(1_000).into(), outside);
    check(
        |text_box| {
            // In its box, which is not on the sheet.
            text_box.area[3] = SHEET.1 + LINE;
            text_box.lines[0].y = SHEET.1;
        },
        outside,
    );
    check(|text_box| text_box.role = TextRole::Note(0), |role, _| pdf::Fault::Untold { page: 1, role });
}

/// A table of so many rows as a PDF.
fn sample(rows: usize) -> Vec<u8> {
    render(&layout(rows)).unwrap()
}

fn render(layout: &Layout) -> Result<Vec<u8>, pdf::Fault> {
    let mut template = Template::parse("sample", include_str!("../templates/meguro-2020.toml")).unwrap();
    "葛\u{E0100}飾区".clone_into(&mut template.document.author);
    "取扱い".clone_into(&mut template.document.subject);
    template.document.keywords = vec!["総合戦略".to_owned(), "KPI".to_owned()];
    pdf::render(
        &template.document,
        &document(layout),
        layout,
        &Fonts::embedded(),
        &STAMP,
        Conformance::Archive,
    )
}

/// The table whose cells such a layout shows, without a header.
fn document(layout: &Layout) -> Model {
    let column = |col| TableColumn { is_row_header: col == 2, ..TableColumn::of(1_000, Align::Left) };
    let cells = |row: usize| ROWS[row % ROWS.len()].iter().map(|text| TableCell::of(text)).collect();
    let table = Table {
        columns: (0..WIDTHS.len()).map(column).collect(),
        header_rows: 0,
        header: Vec::new(),
        rows: (0..layout.pages.last().map_or(0, |page| page.rows.end))
            .map(|row| TableRow::of(cells(row)))
            .collect(),
        tally: None,
    };
    Model::of("list", TITLE, table)
}

/// Lays rows out, a fixed number on a page, with as many characters on a line as fit.
fn layout(rows: usize) -> Layout {
    let font = Fonts::embedded();
    let all: Vec<usize> = (0..rows).collect();
    let count = all.chunks(PER_PAGE).len();
    let pages = all.chunks(PER_PAGE).enumerate().map(|(index, rows)| {
        let mut boxes = vec![TextBox {
            role: TextRole::Title,
            area: [MARGIN, 8_000, SHEET.0 - MARGIN, 24_000],
            scale: 100,
            size: 10_500,
            tinted: false,
            lines: [placed(MARGIN, 19_000, TITLE, true)].into(),
        }];
        let mut y = MARGIN;
        let mut rules = vec![horizontal(y, 750)];
        for &row in rows {
            let bottom = y + row_boxes(&font, row, y, &mut boxes);
            rules.push(horizontal(bottom, 250));
            y = bottom;
        }
        *rules.last_mut().unwrap() = horizontal(y, 750);
        rules.extend(edges().enumerate().map(|(i, x)| {
            let thickness = if i % WIDTHS.len() == 0 { 750 } else { 250 };
            Rule { x1: x, y1: MARGIN, x2: x, y2: y, thickness }
        }));
        let footer = format!("{}／{count}", index + 1);
        boxes.push(TextBox {
            role: TextRole::Footer,
            area: [MARGIN, 580_000, SHEET.0 - MARGIN, 590_000],
            scale: 100,
            size: SIZE,
            tinted: false,
            lines: [placed(415_000, 588_000, &footer, true)].into(),
        });
        Page { rows: rows[0]..rows[rows.len() - 1] + 1, boxes, rules }
    });
    Layout { sheet: SHEET, pages: pages.collect() }
}

/// The cells of a row; returns its height.
fn row_boxes(font: &Fonts<'_>, row: usize, top: Length, boxes: &mut Vec<TextBox>) -> Length {
    let cells: Vec<Vec<(String, bool)>> = (0..WIDTHS.len())
        .map(|col| {
            ROWS[row % ROWS.len()][col].lines().flat_map(|text| wrap(font, text, WIDTHS[col])).collect()
        })
        .collect();
    let tallest = cells.iter().map(Vec::len).max().unwrap();
    let height = Length::try_from(tallest).unwrap() * LINE + 2 * PADDING;
    for (col, (cell, left)) in cells.iter().zip(edges()).enumerate() {
        let first = top + PADDING + 7_000;
        boxes.push(TextBox {
            role: TextRole::Body { row, col },
            area: [left, top, left + WIDTHS[col], top + height],
            scale: 100,
            size: SIZE,
            tinted: false,
            lines: (first..)
                .step_by(usize::try_from(LINE).unwrap())
                .zip(cell)
                .map(|(y, (text, ends))| placed(left + PADDING, y, text, *ends))
                .collect(),
        });
    }
    height
}

/// Lines of a paragraph, broken at any unit, and whether they end it.
fn wrap(font: &Fonts<'_>, text: &str, width: Length) -> Vec<(String, bool)> {
    let room = width - 2 * PADDING;
    let mut lines = vec![(String::new(), false)];
    for unit in font::units(text) {
        let (line, _) = lines.last_mut().unwrap();
        if (font.advance(line) + font.advance(unit)) * SIZE / 1000 > room {
            lines.push((unit.to_owned(), false));
        } else {
            line.push_str(unit);
        }
    }
    lines.last_mut().unwrap().1 = true;
    lines
}

fn edges() -> impl Iterator<Item = Length> {
    (0..=WIDTHS.len()).map(|count| MARGIN + WIDTHS[..count].iter().sum::<Length>())
}

fn horizontal(y: Length, thickness: Length) -> Rule {
    Rule { x1: MARGIN, y1: y, x2: SHEET.0 - MARGIN, y2: y, thickness }
}

fn placed(x: Length, y: Length, text: &str, ends_paragraph: bool) -> PlacedLine {
    PlacedLine { x, y, text: text.into(), ends_paragraph, decoration: None, link: None }
}

/// What a reader makes of a page: where each line begins, from the sheet's lower left corner, and the text that is
/// shown there, through the font's `/ToUnicode`.
fn read_lines(document: &Document, page: lopdf::ObjectId) -> Vec<(Length, Length, String)> {
    let fonts = document.get_page_fonts(page).unwrap();
    let mut encoding = fonts.first_key_value().unwrap().1.get_font_encoding(document).unwrap();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let mut lines: Vec<(Length, Length, String)> = Vec::new();
    for operation in content.operations {
        let operands = &operation.operands;
        let shown: Vec<&[u8]> = match operation.operator.as_str() {
            "Tf" => {
                let font = &fonts[operands[0].as_name().unwrap()];
                encoding = font.get_font_encoding(document).unwrap();
                continue;
            }
            "Td" => {
                let (x, y) = lines.last().map_or((0, 0), |(x, y, _)| (*x, *y));
                lines.push((x + thousandths(&operands[0]), y + thousandths(&operands[1]), String::new()));
                continue;
            }
            "Tj" => vec![operands[0].as_str().unwrap()],
            "TJ" => operands[0].as_array().unwrap().iter().filter_map(|item| item.as_str().ok()).collect(),
            _ => continue,
        };
        let text = shown.iter().map(|bytes| Document::decode_text(&encoding, bytes).unwrap());
        lines.last_mut().unwrap().2.extend(text);
    }
    lines
}

fn thousandths(points: &Object) -> Length {
    format!("{:.3}", points.as_float().unwrap()).replace('.', "").parse().unwrap()
}

fn resolve<'d>(document: &'d Document, object: &'d Object) -> &'d Dictionary {
    document.dereference(object).unwrap().1.as_dict().unwrap()
}
