//! What independent programs say of the PDF: of the documents of this repository, of a long list, and of a list
//! of hostile text.

use super::engines::{assert_passes, output, python, run, script, vera_pdf};
use super::roll::{Checked, Missing};
use super::{documents, laid_out, root, understood};
use kaitei::compare::{Edition, Links, applied, compare};
use kaitei::emit::pdf::{Attachment, Conformance};
use kaitei::emit::{Stamp, pdf};
use kaitei::font::{Font, Fonts};
use kaitei::layout::{Layout, Metrics as _, TextRole, flow, place};
use kaitei::model::{
    Align, Content, Document, HeaderCell, References, RowLink, Table, TableCell, TableColumn, TableRow, Tally,
};
use kaitei::template::{BoldText, CompareForm, PageSpec, Template};
use kaitei::view::{self, Place, Places};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A list with its pages and its file.
pub(crate) struct Case {
    name: String,
    pub(crate) document: Document,
    pages: Layout,
    pub(crate) file: PathBuf,
}

/// One of this repository's lists, written into a folder.
pub(crate) fn sample(folder: &Path) -> Case {
    let name = "meguro-2020";
    case(folder, laid_out(name).0, name.to_owned(), &Fonts::embedded(), Conformance::Archive)
}

/// Every list, written into a folder.
fn cases(folder: &Path) -> Vec<Case> {
    let of_repository = documents().into_iter().map(|name| (laid_out(&name).0, name));
    let made_up = [
        (long_list(), "long".to_owned()),
        (hostile_list(), "hostile".to_owned()),
        (old_against_new(CompareForm::Sides, 17), "old against new".to_owned()),
        (old_against_new(CompareForm::Marked, 39), "old and new in one".to_owned()),
        (old_against_new(CompareForm::Errata, 17), "errata".to_owned()),
    ];
    let embedded = Fonts::embedded();
    let cases = of_repository
        .chain(made_up)
        .map(|(document, name)| case(folder, document, name, &embedded, Conformance::Archive));
    cases.chain([case(folder, font_list(), "fonts".to_owned(), &chained(), Conformance::Archive)]).collect()
}

/// A font with CFF outlines, Mincho, the embedded font; a bold title and header.
fn chained() -> Fonts<'static> {
    const PAIR: &[u8] = include_bytes!("../fonts/pair.ttc");
    const CFF: &[u8] = include_bytes!("../fonts/fallback.otf");
    let font = |data, index| Font::parse(data, index).unwrap();
    let bold = [BoldText::Title, BoldText::Header];
    Fonts::new(Some(font(CFF, 0)), Some(font(PAIR, 1)), vec![font(PAIR, 0)], &bold)
}

fn case(
    folder: &Path,
    document: Document,
    name: String,
    fonts: &Fonts<'_>,
    conformance: Conformance<'_>,
) -> Case {
    let known = root().join(format!("templates/{name}.toml"));
    let path = if known.exists() { known.clone() } else { root().join("templates/meguro-2020.toml") };
    let template = Template::load(&path).unwrap();
    // What is made up has condensed letters, too.
    let condense = if known.exists() { template.page.condense } else { PageSpec::NARROWEST };
    let page = PageSpec { condense, ..template.page.clone() };
    let flow = flow(&document, &page, fonts);
    let pages = place(&document.table, &page, &flow, &references(&document), fonts);
    let bytes = pdf::render(&template.document, &document, &pages, fonts, &Stamp { seconds: 0 }, conformance)
        .unwrap();
    let file = folder.join(format!("{name}.pdf"));
    fs::write(&file, bytes).unwrap();
    Case { name, document, pages, file }
}

/// Every `№1` leads to the first row.
fn references(document: &Document) -> References {
    let rows = document.table.rows.iter().enumerate();
    let cells = rows
        .flat_map(|(row, cells)| cells.cells.iter().enumerate().map(move |(col, cell)| ((row, col), cell)));
    let links = cells.map(|(at, cell)| {
        let text = cell.content.paragraphs.concat();
        let found =
            text.match_indices("№1").map(|(start, said)| RowLink { text: start..start + said.len(), row: 0 });
        (at, found.collect())
    });
    links.collect()
}

/// A list and what its own revision makes of it.
fn old_against_new(form: CompareForm, rows: usize) -> Document {
    let (template, list) = understood("meguro-2020");
    let next = applied(&list, &template);
    let (old, new) = (Edition::new(&template, &list), Edition::new(&template, &next));
    let place = |at: usize| Some(Place { page: at / 20 + 1, row: at % 20 + 1 });
    let places = Places { old: (0..39).map(place).collect(), new: (0..35).map(place).collect() };
    let comparison = compare(&old, &new, &Links::default());
    let document = view::comparison(&comparison, (&old, &new), &template, form, &places);
    assert_eq!(document.table.rows.len(), rows);
    document
}

/// A list of 2,000 rows in groups of groups.
fn long_list() -> Document {
    let row = |i: usize| {
        let begins = if i.is_multiple_of(100) {
            Some(0)
        } else if i.is_multiple_of(7) {
            Some(1)
        } else {
            None
        };
        let target = format!("{}か所\n（R{}年度）", i * 37 % 5_000, i % 9 + 1);
        let reason =
            if i.is_multiple_of(5) { "東京都の調査の指標に合わせるため。" } else { "" };
        (begins, [format!("指標その{i}"), target, "2.修正".to_owned(), reason.to_owned()])
    };
    made_up((0..2_000).map(row).collect())
}

/// Long words, long cells, every character of CP932 that the font has, variation sequences, white space.
fn hostile_list() -> Document {
    let font = Fonts::embedded();
    let characters: Vec<String> = (0x81..=0xfc_u8)
        .flat_map(|lead| (0x40..=0xfc_u8).map(move |trail| [lead, trail]))
        .filter_map(|pair| {
            encoding_rs::SHIFT_JIS
                .decode_without_bom_handling_and_without_replacement(&pair)
                .map(String::from)
        })
        .filter(|text| text.chars().count() == 1 && font.covers(text))
        .collect();
    assert!(characters.len() > 6_500, "{} characters", characters.len());
    let mut rows: Vec<[String; 4]> = characters
        .chunks(120)
        .map(|some| ["文字の一覧".to_owned(), some.concat(), "1.維持".to_owned(), String::new()])
        .collect();
    let own = |texts: [&str; 4]| texts.map(str::to_owned);
    rows.push(own(["", "", "", ""]));
    // One letter too many for a line, and an amount that a line's end would part.
    rows.push(own([
        "指標の名称が十四字で収まらない",
        "交付金4億3,000万円",
        "2.修正",
        "理由が十四字で収まらないもの。",
    ]));
    rows.push(["W".repeat(300), "１".repeat(200), "9".repeat(60), "あ".repeat(500)]);
    rows.push(["長い文。".repeat(1_000), "（".repeat(80), "。".repeat(80), "「」".repeat(250)]);
    rows.push(own([
        "葛\u{E0100}飾と葛\u{E0101}飾と神\u{FE00}",
        "がぎ",
        "　前の空白",
        "後の空白　　　　　　　　　　　　　　",
    ]));
    rows.push(own([
        "<b>&amp;\\(\\)",
        "a  b   c",
        "一行目\n\n三行目",
        "https://www.example.lg.jp/kikaku/kpi/ichiran/2020/index.html",
    ]));
    // Links within texts, over lines and pages.
    let text = "№1のとおり、https://www.example.lg.jp/kikaku-ka/kpi/ichiran.htmlを参照し（№1）、kikaku-ka@city.example.lg.jpまで。";
    rows.push([text.to_owned(), text.repeat(40), format!("{text}\n№1\n（№1）"), format!("（{text}）")]);
    let mut document =
        made_up(rows.into_iter().zip(0..).map(|(row, i)| ((i % 9 == 0).then_some(i % 2), row)).collect());
    // Links, one of which goes on on the next page.
    for row in document.table.rows.iter_mut().rev().take(4) {
        row.cells[1].link = Some("https://www.example.lg.jp/一覧 (1)".into());
    }
    document
}

/// Lines that mix fonts, and characters that share a glyph: 一 and U+2F00 in a font with CFF outlines, 神 and its
/// variants in one with TrueType outlines.
fn font_list() -> Document {
    let row = |i: usize| {
        let texts =
            ["吉\u{20BB7}野家の一覧表", "一\u{2F00}一", "神\u{FE00}と\u{FA19}と神", "葛飾区の葛\u{E0100}飾"];
        (i.is_multiple_of(3).then_some(1), texts.map(str::to_owned))
    };
    made_up((0..9).map(row).collect())
}

/// Two columns of labels and four of texts, under a header of two rows.
fn made_up(rows: Vec<(Option<usize>, [String; 4])>) -> Document {
    let column = |width, level: Option<usize>, is_row_header| TableColumn {
        level,
        is_row_header,
        ..TableColumn::of(width, Align::Left)
    };
    let head = |row, col, row_span, col_span, text| HeaderCell {
        row,
        col,
        row_span,
        col_span,
        content: Content::of(text),
    };
    let count = rows.len();
    let mut labels = [String::new(), String::new()];
    let rows = rows.into_iter().enumerate().map(|(i, (begins, texts))| {
        let begins = if i == 0 { Some(0) } else { begins };
        for (level, label) in
            labels.iter_mut().enumerate().filter(|(level, _)| begins.is_some_and(|b| b <= *level))
        {
            *label = format!("{}　{}のまちづくり", i + 1, ["目標", "施策"][level]);
        }
        let cells = labels.iter().chain(&texts).map(|text| TableCell::of(text)).collect();
        TableRow { begins, ..TableRow::of(cells) }
    });
    let table = Table {
        columns: vec![
            column(5_000, Some(0), true),
            column(6_000, Some(1), true),
            column(14_000, None, true),
            column(9_000, None, false),
            column(4_000, None, false),
            column(14_000, None, false),
        ],
        header_rows: 2,
        header: vec![
            head(0, 0, 1, 2, "分類"),
            head(0, 2, 2, 1, "指標"),
            head(0, 3, 2, 1, "目標値"),
            head(0, 4, 1, 2, "改訂"),
            head(1, 0, 1, 1, "目標"),
            head(1, 1, 1, 1, "施策"),
            head(1, 4, 1, 1, "取扱"),
            head(1, 5, 1, 1, "理由"),
        ],
        rows: rows.collect(),
        tally: Some(Tally {
            column: Some(4),
            lines: vec![("維持".to_owned(), count)],
            total: ("計".to_owned(), count),
        }),
    };
    Document::of("list", "《改訂》一覧 <A&B>", table)
}

/// Writes rows as the validators read them.
fn rows_json(case: &Case, rows: &[Vec<String>]) -> PathBuf {
    let path = case.file.with_extension("json");
    fs::write(&path, serde_json::to_vec(rows).unwrap()).unwrap();
    path
}

/// The texts of the pages' drawn rows as the validator reads them: the tally's first two lines count as header
/// rows, which it skips.
fn drawn_rows(case: &Case) -> Vec<Vec<String>> {
    let columns = case.document.table.columns.len();
    let mut rows = Vec::new();
    for page in &case.pages.pages {
        let mut own = vec![vec![String::new(); columns]; page.rows.len()];
        for text_box in &page.boxes {
            if let TextRole::Body { row, col } | TextRole::Restated { row, col } = text_box.role {
                own[row - page.rows.start][col] = text_box.lines.iter().map(|line| &*line.text).collect();
            }
        }
        rows.append(&mut own);
    }
    let tally = case.document.table.tally.as_ref().unwrap();
    let lines = tally.lines.iter().chain([&tally.total]).skip(case.document.table.header_rows);
    rows.extend(lines.map(|(label, count)| vec![label.clone(), count.to_string()]));
    rows
}

/// The rows as the structure has them: a label stands in the first row of its group.
pub(crate) fn told_rows(table: &Table) -> Vec<Vec<String>> {
    let spans: Vec<Vec<usize>> = (0..table.columns.len()).map(|col| table.row_spans(col)).collect();
    let row = |row: usize| {
        let own = (0..table.columns.len()).filter(|col| spans[*col][row] > 0);
        own.map(|col| table.rows[row].cells[col].content.paragraphs.concat()).collect()
    };
    (0..table.rows.len()).map(row).collect()
}

pub(crate) fn vera_pdf_finds_it_archival_and_accessible() -> Checked {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = cases(folder.path()).into_iter().map(|case| case.file).collect();
    conform("2a,ua1", &files)?;
    conform("3a,ua1", &[with_attachments(folder.path())])?;
    Ok(())
}

/// Asks veraPDF whether all files conform to two standards.
fn conform(standards: &str, files: &[PathBuf]) -> Result<(), Missing> {
    let mut java = Command::new("java");
    java.arg("-cp").arg(vera_pdf()?).arg(script("VeraCheck.java")).arg(standards).args(files);
    let checked = output(&mut java)?;
    assert_passes(&checked, "veraPDF");
    let verdicts = String::from_utf8_lossy(&checked.stdout);
    assert_eq!(verdicts.matches("PASS ").count(), 2 * files.len(), "{verdicts}");
    Ok(())
}

/// A list with two files attached, one of them empty.
fn with_attachments(folder: &Path) -> PathBuf {
    let attachment = |name: &str, media_type, bytes| Attachment {
        name: name.to_owned(),
        media_type,
        description: "一覧のデータ".to_owned(),
        bytes,
    };
    let attached = [
        attachment("一覧.csv", "text/csv", "指標\r\n園の数\r\n".as_bytes()),
        attachment("empty.json", "application/json", b""),
    ];
    let conformance = Conformance::with(&attached);
    case(folder, font_list(), "attached".to_owned(), &chained(), conformance).file
}

pub(crate) fn the_tags_say_what_the_table_says() -> Checked {
    let folder = tempfile::tempdir().unwrap();
    for case in cases(folder.path()) {
        let expected = rows_json(&case, &told_rows(&case.document.table));
        let checked =
            output(python("pdf_tags.py", &["pdfplumber", "pikepdf"])?.args([&case.file, &expected]))?;
        assert_passes(&checked, &case.name);
    }
    Ok(())
}

pub(crate) fn qpdf_accepts_the_pdf() -> Checked {
    let folder = tempfile::tempdir().unwrap();
    for case in cases(folder.path()) {
        assert_passes(&run("qpdf", &[Path::new("--check"), &case.file])?, &case.name);
    }
    Ok(())
}

pub(crate) fn poppler_extracts_every_text() -> Checked {
    let folder = tempfile::tempdir().unwrap();
    for Case { name, document, file, .. } in cases(folder.path()) {
        // Cell by cell, in the order of the content stream.
        let extracted = run("pdftotext", &[Path::new("-raw"), &file, Path::new("-")])?;
        assert_passes(&extracted, &name);
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let text = squeezed(&String::from_utf8(extracted.stdout).unwrap());
        assert!(text.contains(&squeezed(&document.title)));
        let table = &document.table;
        let cells = table
            .header
            .iter()
            .map(|c| &c.content)
            .chain(table.rows.iter().flat_map(|r| &r.cells).map(|c| &c.content));
        // A cell that is cut by a page's end is not in one piece.
        for cell in cells.map(|cell| squeezed(&cell.paragraphs.concat())).filter(|cell| cell.len() < 1_000) {
            assert!(text.contains(&cell), "{name}: {cell}");
        }
    }
    Ok(())
}

pub(crate) fn pages_show_what_the_layout_says_and_nothing_is_clipped() -> Checked {
    let folder = tempfile::tempdir().unwrap();
    // A line below a text is taken for a rule of the table by the program that looks at the pages.
    let is_underlined = |case: &Case| {
        let cells = case.document.table.rows.iter().flat_map(|row| &row.cells);
        cells.into_iter().any(|cell| !cell.content.marks.is_empty())
    };
    for case in cases(folder.path()).into_iter().filter(|case| !is_underlined(case)) {
        let expected = rows_json(&case, &drawn_rows(&case));
        let mut python = python("pdf_page.py", &["pdfplumber"])?;
        python.args([&case.file, &expected]).arg(case.document.table.header_rows.to_string());
        assert_passes(&output(&mut python)?, &case.name);
    }
    Ok(())
}

pub(crate) fn the_objects_are_as_the_standard_defines_them() -> Checked {
    let folder = tempfile::tempdir().unwrap();
    let cases = cases(folder.path());
    let checked = output(python("pdf_objects.py", &["pikepdf"])?.args(cases.iter().map(|case| &case.file)))?;
    assert_passes(&checked, "pdf_objects.py");
    Ok(())
}
