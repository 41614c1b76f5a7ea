//! Templates, names and texts that are unusual and right: each builds, or ends in one message with what to do.

use crate::project::{Project, SAMPLE, root};
use calamine::{Data, Reader as _, Xlsx};
use lopdf::content::Content;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read as _};

const HEADER: &str = "基本目標,施策,重要業績評価指標（ＫＰＩ）,該当事業№,現状値(計画策定時）,令和元（2019）年度までの目標設定,ＫＰＩの設定,新たな目標値,設定理由\n";
const ROWS: &str = "1　安心,1　子育て,延長保育の実施施設数,12,3施設（27年度）,5施設（31年度）,1.維持,,
,,病児保育の利用者数,13,20人（27年度）,35人（31年度）,2.修正,60人,見込みを上回ったため
,,一時保育の実施か所数,14,2か所（27年度）,4か所（31年度）,3.削除,,事業が終了したため
";

fn form(rows: &str) -> Vec<u8> {
    format!("{HEADER}{rows}").into_bytes()
}

/// The sample's template with something else in its place.
fn template(from: &str, to: &str) -> String {
    let template = fs::read_to_string(root().join(format!("templates/{SAMPLE}.toml"))).unwrap();
    assert_eq!(template.matches(from).count(), 1, "{from}");
    template.replace(from, to)
}

fn sample() -> String {
    fs::read_to_string(root().join(format!("templates/{SAMPLE}.toml"))).unwrap()
}

fn book(project: &Project) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(project.output("meguro-2020.xlsx"))).unwrap()
}

/// A sheet's XML.
fn sheet_xml(project: &Project) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(project.output("meguro-2020.xlsx"))).unwrap();
    let mut xml = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml
}

fn pages(project: &Project) -> usize {
    lopdf::Document::load_mem(&project.output("meguro-2020.pdf")).unwrap().get_pages().len()
}

#[test]
fn templates_are_read_as_editors_save_them() {
    let form = form(ROWS);
    let windows = format!("\u{FEFF}{}", sample().replace('\n', "\r\n"));
    let run = Project::with(windows.as_bytes(), &[("a.csv", &form)]).run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let utf_16 = windows.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let cp932 = encoding_rs::SHIFT_JIS.encode(&sample()).0.into_owned();
    for bytes in [utf_16, cp932] {
        let run = Project::with(&bytes, &[("a.csv", &form)]).run(&["build", "--lang", "ja"]);
        let said = "templates/meguro-2020.toml: 文字コードがUTF-8ではありません。エディターで「UTF-8」を選んで保存し直してください";
        assert!(run.code == 2 && run.stderr.contains(said), "{}", run.stderr);
    }
}

const TITLE: &str = "title = \"《改訂》目黒区まち・ひと・しごと総合戦略　重要業績評価指標（ＫＰＩ）一覧\"";

#[test]
fn titles_may_be_long_and_have_lines_and_signs() {
    let form = form(ROWS);
    let long = format!("title = \"{}一覧\"", "まち・ひと・しごと総合戦略".repeat(12));
    for (title, sheet) in [
        (&long[..], "まち・ひと・しごと総合戦略まち・ひと・しごと総合戦略まち・ひと"),
        ("title = \"目黒区\\n戦略：KPI[一覧]/令和2年度?*\"", "目黒区戦略：KPI一覧令和2年度"),
        ("title = \"\"\"\n目黒区\n戦略：一覧\"\"\"", "目黒区戦略：一覧"),
    ] {
        let changed = template(TITLE, title).replace("[page]\n", "[page]\nheader = \"{title}\"\n");
        let project = Project::with(changed.as_bytes(), &[("a.csv", &form)]);
        let run = project.run(&["build"]);
        assert_eq!(run.code, 0, "{title}: {}", run.stderr);
        assert_eq!(book(&project).sheet_names()[0], sheet);
        let page = String::from_utf8(project.output("meguro-2020.html")).unwrap();
        let lines = if title == long { 1 } else { 2 };
        let heading = page.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap();
        assert_eq!(heading.split("<br>").count(), lines, "{heading}");
    }
    for (title, said) in [
        (
            "title = \"目黒区\n戦略：一覧\"",
            "6行目: 「title = \"目黒区」の文字列が、この行で閉じられていません。引用符で閉じ、文字列の中で改行する所には \\n と書いてください",
        ),
        ("title = \"一覧😀\"", "文字「😀」（U+1F600）は書体になく、印刷できません"),
    ] {
        let project = Project::with(template(TITLE, title).as_bytes(), &[("a.csv", &form)]);
        let run = project.run(&["build", "--lang", "ja"]);
        assert!(run.code != 0 && run.stderr.contains(said), "{}", run.stderr);
        assert!(run.stderr.contains("templates/meguro-2020.toml") && project.outputs().is_empty());
    }
}

#[test]
fn sheets_of_the_workbook_have_names_that_excel_allows() {
    for (labels, names) in [
        (
            "summary = \"基本目標・施策別の取扱件数の集計表（令和二年度改訂版・確定値）\", changes = \"新旧対照\"",
            ["基本目標・施策別の取扱件数の集計表（令和二年度改訂版・確定値）", "新旧対照"],
        ),
        ("summary = \"集計/取扱\", changes = \"変更[点]\"", ["集計取扱", "変更点"]),
        ("summary = \"変更点\", changes = \"変更点\"", ["変更点", "変更点（2）"]),
        ("summary = \"History\", changes = \"'点\"", ["一覧", "点"]),
    ] {
        let changed = format!("{}\n[workbook]\nlabels = {{ {labels} }}\n", sample());
        let project = Project::with(changed.as_bytes(), &[("a.csv", &form(ROWS))]);
        assert_eq!(project.run(&["build"]).code, 0, "{labels}");
        assert_eq!(book(&project).sheet_names()[1..3], names);
    }
}

/// What a list of choices and `COUNTIF` would take for something else.
#[test]
fn dispositions_may_be_printed_with_signs() {
    for (labels, choices) in [
        // A list within the rule has commas between its words.
        (
            ["1.維持, 継続", "=2.修正", "3.削除\\\"（廃止）"],
            "<formula1>'重要業績評価指標（ＫＰＩ）一覧'!$G$8:$G$10</formula1>",
        ),
        (["維持*", "維持?修正", ">3"], "<formula1>\"維持*,維持?修正,&gt;3\"</formula1>"),
    ] {
        let mut changed = sample();
        for (label, print) in labels.iter().zip(["1.維持", "2.修正", "3.削除"]) {
            changed = changed.replace(&format!("print = \"{print}\""), &format!("print = \"{label}\""));
        }
        let project = Project::with(changed.as_bytes(), &[("a.csv", &form(ROWS))]);
        let run = project.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let range = book(&project).worksheet_range_at(0).unwrap().unwrap();
        let shown: Vec<String> = (3..6).map(|row| range.get((row, 6)).unwrap().to_string()).collect();
        assert_eq!(shown, labels.map(|label| label.replace('\\', "")));
        let xml = sheet_xml(&project);
        assert!(xml.contains(choices), "{xml}");
        assert!(xml.contains("<f>SUMPRODUCT(--(G4:G6=G8))</f><v>1</v>"), "{xml}");
    }
}

#[test]
fn copies_that_differ_are_asked_about_and_names_that_differ_in_case_are_two() {
    let (form, other) = (form(ROWS), form(&ROWS.replace("60人", "55人")));
    let project = Project::with(sample().as_bytes(), &[("f.csv", &form), ("f-DESKTOP-AB12.csv", &other)]);
    let run = project.run(&["build", "--lang", "ja"]);
    assert_eq!(run.code, 1);
    let said = "要修正[workbook-duplicate] meguro-2020: f.csv A2\n  「f-DESKTOP-AB12.csv」のA2からと同じ指標が3件ありますが、記載が違います：H3「55人」とH3「60人」";
    assert!(run.stderr.contains(said), "{}", run.stderr);

    let name = format!("{}.csv", "あ".repeat(80));
    let project = Project::with(sample().as_bytes(), &[(&name, &form)]);
    assert_eq!(project.run(&["build"]).code, 0);
    let csv = String::from_utf8(project.output("meguro-2020.csv")).unwrap();
    assert!(csv.contains(&format!("{name},,C2")), "{csv}");
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_differ_in_case_are_two_files() {
    let rows: Vec<&str> = ROWS.split_inclusive('\n').collect();
    let second = rows[1].replacen(',', "1　安心,1　子育て", 1);
    let (one, other) = (form(rows[0]), form(&second));
    let project = Project::with(sample().as_bytes(), &[("Form.csv", &one), ("form.CSV", &other)]);
    let run = project.run(&["build"]);
    assert!(run.code == 0 && run.stdout.contains("2 rows"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn an_archive_of_forms_stops_the_build() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("02_健康福祉部.csv", zip::write::SimpleFileOptions::default()).unwrap();
    let archive = zip.finish().unwrap().into_inner();
    let project = Project::with(sample().as_bytes(), &[("a.csv", &form(ROWS)), ("回答一式.zip", &archive)]);
    let run = project.run(&["build", "--lang", "ja"]);
    let said = "要修正[file-unsupported] meguro-2020: 回答一式.zip\n  書庫の中にある表計算ファイル（02_健康福祉部.csv）は、読み取っていません\n  → 展開し、";
    assert!(run.code == 1 && run.stderr.contains(said), "{}", run.stderr);
}

/// No row of a workbook is higher than Excel allows, and nothing is cut off.
#[test]
fn very_long_texts_are_published_whole() {
    let reason = "見込みを上回ったため、子育て世帯の動向を踏まえて目標を改める。".repeat(100);
    let url = format!("https://www.city.example.lg.jp/{}", "a".repeat(400));
    let rows = ROWS.replace("見込みを上回ったため", &reason).replace("事業が終了したため", &url);
    let project = Project::with(sample().as_bytes(), &[("a.csv", &form(&rows))]);
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let csv = String::from_utf8(project.output("meguro-2020.csv")).unwrap();
    assert!(csv.contains(&reason) && csv.contains(&url));
    assert!(pages(&project) > 2);
    let xml = sheet_xml(&project);
    let heights: Vec<f64> =
        xml.split(" ht=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect();
    assert!(heights.len() > 8 && heights.iter().all(|height| *height <= 409.0), "{heights:?}");
    // The row is continued on further ones.
    let range = book(&project).worksheet_range_at(0).unwrap().unwrap();
    let shown: String = range.rows().skip(3).filter_map(|row| row.get(7)).map(Data::to_string).collect();
    let shown: String = shown.split_whitespace().collect();
    assert!(shown.contains(&reason) && shown.contains(&url), "{shown}");
}

#[test]
fn texts_that_look_like_code_stay_texts() {
    let rows = ROWS
        .replace("延長保育", "+延長保育")
        .replace("病児保育", "@病児保育")
        .replace(
            "見込みを上回ったため",
            "\"</script><script>alert(1)</script><!-- ]]> =HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"",
        )
        .replace("事業が終了したため", "=1+1");
    let project = Project::with(sample().as_bytes(), &[("a.csv", &form(&rows))]);
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = String::from_utf8(project.output("meguro-2020.html")).unwrap();
    assert!(page.contains("&lt;") && !page.contains("<script>alert") && !page.contains("<!-- ]]"));
    let mut book = book(&project);
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(range.get((3, 2)), Some(&Data::String("+延長保育の実施施設数".into())));
    assert_eq!(range.get((5, 7)), Some(&Data::String("=1+1".into())));
    let formulas = book.worksheet_formula(&book.sheet_names()[0]).unwrap();
    let counts =
        |formula: &str| formula.is_empty() || ["COUNTIF(", "SUM("].iter().any(|f| formula.starts_with(f));
    assert!(formulas.used_cells().all(|(_, _, formula)| counts(formula)));
}

/// 1,200 indicators of one group, on page after page.
#[test]
fn a_group_may_be_as_long_as_the_list() {
    let mut rows = String::new();
    for number in 1..=1_200 {
        let groups = if number == 1 { "1　安心,1　子育て" } else { "," };
        writeln!(rows, "{groups},指標{number}の数,{number},3人（27年度）,5人（31年度）,1.維持,,").unwrap();
    }
    let project = Project::with(sample().as_bytes(), &[("a.csv", &form(&rows))]);
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("1200 rows (1.維持 1200 "), "{}", run.stdout);
    assert!(pages(&project) > 20);
    let range = book(&project).worksheet_range_at(0).unwrap().unwrap();
    for number in 1..=1_200 {
        let name = range.get((number + 2, 2)).unwrap().to_string();
        assert_eq!(name, format!("指標{number}の数"));
    }
}

/// The lines that a reader makes of the first page.
fn lines(project: &Project) -> Vec<String> {
    let document = lopdf::Document::load_mem(&project.output("meguro-2020.pdf")).unwrap();
    let page = document.page_iter().next().unwrap();
    let fonts = document.get_page_fonts(page).unwrap();
    let (mut font, mut lines) = (None, Vec::<String>::new());
    for operation in Content::decode(&document.get_page_content(page)).unwrap().operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tf" => font = Some(fonts[operands[0].as_name().unwrap()]),
            "Td" => lines.push(String::new()),
            "Tj" | "TJ" => {
                let encoding = font.unwrap().get_font_encoding(&document).unwrap();
                let shown = operands[0].as_array().map_or(std::slice::from_ref(&operands[0]), Vec::as_slice);
                let bytes = shown.iter().filter_map(|item| item.as_str().ok());
                let text = bytes.map(|b| lopdf::Document::decode_text(&encoding, b).unwrap());
                lines.last_mut().unwrap().extend(text);
            }
            _ => {}
        }
    }
    lines
}

#[test]
fn a_line_break_of_a_department_is_the_same_in_every_format() {
    let [name, reason] = [["健康教室の開催", "広報の強化"], ["対象者の減少", "次の年も続ける"]];
    let rows = ROWS
        .replace("一時保育の実施か所数", &format!("\"{}\"", name.join("\n")))
        .replace("事業が終了したため", &format!("\"{}\"", reason.join("\n")));
    for (setting, join) in [("", "\n"), ("[notation]\nline_breaks = \"join\"\n", "")] {
        let changed = format!("{}\n{setting}", sample());
        let project = Project::with(changed.as_bytes(), &[("a.csv", &form(&rows))]);
        let run = project.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let (lines, page) = (lines(&project), project.output("meguro-2020.html"));
        let range = book(&project).worksheet_range_at(0).unwrap().unwrap();
        let data = Xlsx::new(Cursor::new(project.output("meguro-2020-data.xlsx"))).unwrap();
        let data = { data }.worksheet_range_at(0).unwrap().unwrap();
        let [csv, json, page] = [project.output("meguro-2020.csv"), project.output("meguro-2020.json"), page]
            .map(|bytes| String::from_utf8(bytes).unwrap());
        for (parts, col) in [(name, 2), (reason, 7)] {
            let whole = parts.join(join);
            let of_page: Vec<String> = whole.lines().map(str::to_owned).collect();
            assert!(lines.windows(of_page.len()).any(|lines| lines == of_page), "{whole}: {lines:?}");
            assert_eq!(range.get((5, col)), Some(&Data::String(whole.clone())));
            assert!(page.contains(&of_page.join("<br>")), "{whole}: {page}");
            // In tables for machines, texts are on one line; beside them stands what the department wrote.
            let flat = of_page.join(" ");
            assert!(csv.contains(&format!(",{flat},")), "{whole}: {csv}");
            assert!(data.used_cells().any(|(.., cell)| *cell == Data::String(flat.clone())), "{whole}");
            let raw = serde_json::to_string(&parts.join("\n")).unwrap();
            assert!(json.contains(&raw), "{whole}: {json}");
        }
    }
}
