//! Fonts that a template names: what each draws, what the PDF holds of it, and which files are refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kaitei::batch::{self, Options, Outcome, ProjectFolder, Summary};
use kaitei::error::Error;
use kaitei::finding::Lang;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::fs;
use std::path::Path;

const TEMPLATE: &str = r#"
kaitei = 2
document.title = "一覧"
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [{ code = "1", label = "維持" }] },
    { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
]
columns = [
    { title = "見出し", fields = ["indicator"], width = 20 },
    { title = "目標", fields = ["target"], width = 8 },
    { title = "取扱", fields = ["disposition"], width = 4 },
]
page.footer = ""
"#;

/// A project of one document `t` with the fonts of the tests and one indicator.
fn project(fonts: &str, indicator: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("templates/fonts")).unwrap();
    fs::create_dir_all(root.join("input/t")).unwrap();
    fs::write(root.join("templates/t.toml"), format!("{TEMPLATE}{fonts}")).unwrap();
    fs::write(root.join("input/t/a.csv"), format!("指標,目標,取扱\n{indicator},3,維持\n")).unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts");
    for name in ["fallback.otf", "pair.ttc"] {
        fs::copy(own.join(name), root.join("templates/fonts").join(name)).unwrap();
    }
    folder
}

fn build(project: &tempfile::TempDir) -> Result<Summary, Error> {
    let project = ProjectFolder::new(project.path());
    let documents = project.documents().unwrap();
    match batch::build(&project, &documents, Options::default(), &|_| {}).unwrap().remove(0).outcome {
        Outcome::Failed(error) => Err(error),
        Outcome::Built(summary, _) | Outcome::UpToDate(summary) | Outcome::Faulty(summary) => Ok(summary),
        other => panic!("{other:?}"),
    }
}

/// The project's PDF after its build.
fn built(project: &tempfile::TempDir) -> Document {
    let outcome = build(project).unwrap();
    assert!(!outcome.outputs.is_empty(), "{:?}", outcome.findings);
    Document::load(project.path().join("output/t/t.pdf")).unwrap()
}

/// `code message` of each finding of the project's build.
fn said(project: &tempfile::TempDir) -> Vec<String> {
    let found = build(project).unwrap().findings;
    found.iter().map(|finding| format!("{} {}", finding.code().id(), finding.message(Lang::En))).collect()
}

#[test]
fn all_missing_characters_are_said_at_once() {
    let said = said(&project("", "𠮷田と𝒜と𠮷と外字\u{E000}"));
    let expected = [
        "character-private the private-use character `\u{E000}` (U+E000) cannot stand in a published document",
        "glyph-missing the character `𠮷𝒜` (U+20BB7 U+1D49C) is not in the font and cannot be printed",
    ];
    assert_eq!(said, expected);
}

#[test]
fn what_the_font_lacks_is_printed_in_other_characters_and_said() {
    let project = project("", "CO₂を500㎾、☑㈠");
    let said = said(&project);
    assert!(said.iter().all(|said| said.starts_with("glyph-substituted ")), "{said:?}");
    assert!(said[0].contains("`₂` (U+2082); the PDF has `2`"), "{said:?}");
    let pages = runs(&built(&project)).concat();
    assert!(pages.contains("CO2を500kW、■(一)"), "{pages}");
    let page = fs::read_to_string(project.path().join("output/t/t.html")).unwrap();
    assert!(page.contains("CO₂を500㎾、☑㈠"));
}

#[test]
fn the_templates_substitutes_stand_in_every_format() {
    let fonts = "[fonts]\nsubstitute = { \"𠮷\" = \"吉\", \"\u{E000}\" = \"高\", \"田\" = \"畑\" }\n";
    let project = project(fonts, "𠮷田と\u{E000}橋");
    let said = said(&project);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().all(|said| said.starts_with("glyph-substituted ")), "{said:?}");
    assert!(runs(&built(&project)).concat().contains("吉田と高橋"));
    for file in ["t.html", "t.json"] {
        let text = fs::read_to_string(project.path().join("output/t").join(file)).unwrap();
        assert!(text.contains("吉田と高橋"), "{file}");
    }
}

/// The runs of text of the first page with the names of their fonts, `/` between lines.
fn runs(document: &Document) -> Vec<String> {
    let page = document.page_iter().next().unwrap();
    let fonts = document.get_page_fonts(page).unwrap();
    let mut runs: Vec<String> = Vec::new();
    let mut font = None;
    for operation in Content::decode(&document.get_page_content(page)).unwrap().operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tf" => font = Some(fonts[operands[0].as_name().unwrap()]),
            "Td" => runs.push("/".to_owned()),
            "Tj" | "TJ" => {
                let font = font.unwrap();
                let encoding = font.get_font_encoding(document).unwrap();
                let shown = operands[0].as_array().map_or(std::slice::from_ref(&operands[0]), Vec::as_slice);
                let bytes = shown.iter().filter_map(|item| item.as_str().ok());
                let text: String = bytes.map(|b| Document::decode_text(&encoding, b).unwrap()).collect();
                let name = String::from_utf8_lossy(font.get(b"BaseFont").unwrap().as_name().unwrap());
                runs.push(format!("{text} {}", name.split_once('+').unwrap().1));
            }
            _ => {}
        }
    }
    runs
}

fn descendant<'d>(document: &'d Document, font: &'d Dictionary) -> &'d Dictionary {
    let fonts = font.get(b"DescendantFonts").unwrap().as_array().unwrap();
    document.dereference(&fonts[0]).unwrap().1.as_dict().unwrap()
}

/// The font of the first page whose name ends so.
fn font<'d>(document: &'d Document, name: &str) -> &'d Dictionary {
    let page: ObjectId = document.page_iter().next().unwrap();
    let named =
        |font: &&Dictionary| font.get(b"BaseFont").unwrap().as_name().unwrap().ends_with(name.as_bytes());
    document.get_page_fonts(page).unwrap().into_values().find(named).unwrap()
}

#[test]
fn a_fallback_draws_what_is_missing() {
    let project = project("fonts.fallback = [\"fonts/fallback.otf\"]", "吉\u{20BB7}野家の数");
    let document = built(&project);
    let runs = runs(&document);
    let line = runs.iter().position(|run| run.starts_with('吉')).unwrap();
    assert_eq!(
        runs[line - 1..line + 4],
        [
            "/",
            "吉 BIZUDGothic-Regular",
            "\u{20BB7} NotoSerifCJKjp-Regular",
            "野家の数 BIZUDGothic-Regular",
            "/"
        ]
    );

    let cff = descendant(&document, font(&document, "NotoSerifCJKjp-Regular"));
    assert_eq!(cff.get(b"Subtype").unwrap().as_name().unwrap(), b"CIDFontType0");
    assert!(!cff.has(b"CIDToGIDMap"));
    let descriptor = cff.get(b"FontDescriptor").unwrap();
    let descriptor = document.dereference(descriptor).unwrap().1.as_dict().unwrap();
    let program = document.dereference(descriptor.get(b"FontFile3").unwrap()).unwrap().1.as_stream().unwrap();
    assert_eq!(program.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"CIDFontType0C");
    assert_eq!(descriptor.get(b"Ascent").unwrap().as_i64().unwrap(), 1151);
    let glyf = descendant(&document, font(&document, "BIZUDGothic-Regular"));
    assert_eq!(glyf.get(b"CIDToGIDMap").unwrap().as_name().unwrap(), b"Identity");

    let read = |name: &str| fs::read(project.path().join("output/t").join(name)).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&read("manifest.json")).unwrap();
    assert_eq!(manifest["fonts"][0]["file"], "fonts/fallback.otf");
    assert_eq!(manifest["fonts"][0]["sha256"].as_str().unwrap().len(), 64);
    let before = read("t.pdf");
    build(&project).unwrap();
    assert!(before == read("t.pdf"), "the same fonts make the same bytes");
}

/// Two characters with one glyph of a font with CFF outlines, where a glyph has one code.
#[test]
fn characters_that_share_a_glyph_read_back_apart() {
    // In a department's file, the radical would be read as the kanji.
    let fonts = "fonts.regular = \"fonts/fallback.otf\"\ndocument.subtitle = [\"一\u{2F00}一の数\"]\n";
    let document = built(&project(fonts, "数"));
    let text: String =
        runs(&document).iter().map(|run| run.split_once(' ').map_or("/", |(text, _)| text)).collect();
    assert!(text.contains("/一\u{2F00}一の数/"), "{text}");
}

#[test]
fn titles_and_headers_may_be_bold() {
    let fonts = "fonts.regular = \"fonts/pair.ttc\"\nfonts.bold = \"fonts/pair.ttc#1\"\n";
    let shown = |more: &str| runs(&built(&project(&format!("{fonts}{more}"), "吉野家の目標")));
    let body = ["吉野家の BIZUDMincho-Regular", "目標 BIZUDGothic-Regular"];
    let check = |more: &str, expected: &[&str]| {
        let runs = shown(more);
        for run in expected.iter().chain(&body) {
            assert!(runs.iter().any(|shown| shown == run), "{more}: {run} in {runs:?}");
        }
    };
    check("", &["一覧 BIZUDGothic-Bold", "見出し BIZUDMincho-Regular"]);
    check("fonts.bold_for = [\"header\"]", &["一覧 BIZUDMincho-Regular", "見出し BIZUDGothic-Bold"]);
    check("fonts.bold_for = []", &["一覧 BIZUDMincho-Regular", "見出し BIZUDMincho-Regular"]);
}

#[test]
fn fonts_that_cannot_be_used_are_refused() {
    let check = |fonts: &str, change: &dyn Fn(&Path), said: &str| {
        let project = project(fonts, "数");
        change(&project.path().join("templates/fonts"));
        let error = build(&project).map(|_| ()).unwrap_err().message;
        assert!(error.en.contains(said), "{fonts}: {}", error.en);
        assert!(error.ja.contains("t.toml: 「fonts."), "{}", error.ja);
    };
    let as_it_is = |_: &Path| {};
    // The licence bits of the table OS/2.
    let restrict = |folder: &Path| {
        let path = folder.join("fallback.otf");
        let mut font = fs::read(&path).unwrap();
        let record = font.windows(4).position(|tag| tag == b"OS/2").unwrap();
        let offset = u32::from_be_bytes(font[record + 8..record + 12].try_into().unwrap());
        let bits = usize::try_from(offset).unwrap() + 8;
        font[bits..bits + 2].copy_from_slice(&[0, 2]);
        fs::write(path, font).unwrap();
    };
    let cut = |folder: &Path| {
        let font = fs::read(folder.join("fallback.otf")).unwrap();
        fs::write(folder.join("fallback.otf"), &font[..100]).unwrap();
    };
    let fallback = "fonts.fallback = [\"fonts/fallback.otf\"]";
    check(fallback, &restrict, "`fonts.fallback`: the font `fonts/fallback.otf`: its licence bits forbid");
    check(fallback, &cut, "`fonts.fallback`: the font `fonts/fallback.otf`: ");
    check(
        "fonts.regular = \"fonts/none.ttf\"",
        &as_it_is,
        "`fonts.regular`: the font `fonts/none.ttf`: no such file",
    );
    check(
        "fonts.bold = \"t.toml\"",
        &as_it_is,
        "`fonts.bold`: the font `t.toml`: it cannot be read as a TrueType",
    );
    check("fonts.bold = \"fonts/pair.ttc#2\"", &as_it_is, "it has no font #2 (there are #0 to #1)");
}

#[test]
fn characters_that_cannot_be_printed_are_reported_at_their_cell() {
    let check = |fonts: &str, indicator: &str, expected: &str| {
        let outcome = build(&project(fonts, indicator)).unwrap();
        let found: Vec<String> =
            outcome.findings.iter().map(|d| format!("{} {}", d.code().id(), d.origin)).collect();
        assert_eq!(found, [expected], "{indicator}");
        assert!(outcome.outputs.is_empty());
    };
    let fallback = "fonts.fallback = [\"fonts/fallback.otf\"]";
    check("", "\u{20BB7}野家の数", "glyph-missing a.csv A2");
    check("", "\u{E000}野家の数", "character-private a.csv A2");
    // A font may draw it; it still means nothing to anyone else.
    check(fallback, "\u{E000}野家の数", "character-private a.csv A2");
    check(fallback, "数\u{F0000}", "character-private a.csv A2");
    check(fallback, "😀の数", "glyph-missing a.csv A2");
}

#[test]
fn every_object_of_a_font_is_reached() {
    let project = project("fonts.fallback = [\"fonts/fallback.otf\"]", "吉\u{20BB7}野家の数");
    let document = built(&project);
    let descriptors = document.objects.values().filter_map(|object| object.as_dict().ok());
    let faces = descriptors.filter(|dictionary| dictionary.has_type(b"FontDescriptor"));
    let flags: Vec<i64> = faces.map(|face| face.get(b"Flags").and_then(Object::as_i64).unwrap()).collect();
    assert_eq!(flags, [4, 4]);
}
