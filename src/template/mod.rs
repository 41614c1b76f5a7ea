//! The template: everything about a document that differs from city to city, read from TOML over defaults.

mod advance;
mod compare;
mod compute;
mod eras;
mod fields;
mod file;
mod fonts;
mod forms;
mod header_words;
mod kind;
mod layers;
mod names;
mod nearest;
mod open_data;
mod order;
mod page;
mod page_table;
mod resolve;
mod running;
mod sheets;
mod slip;
mod spec;
mod texts;
mod totals;
mod validate;
mod views;
mod workbook;

pub use advance::{Advanced, advance};
pub use compare::{CompareForm, CompareKinds, CompareSpec, ShownRows, Sides};
pub use compute::{Compute, Condition, Direction, Operation, Relation, Term};
pub use fonts::{BoldText, FontFile, FontSpec};
pub use forms::{FormLabel, FormShape, FormSpec, Held};
pub use header_words::HeaderWords;
pub use kind::Kind;
pub use layers::{Base, TemplateFiles, extended};
pub use names::{BESIDE_THE_LIST, ID_COLUMN, Measure};
pub use nearest::{nearest, suggestion};
pub use open_data::{Change, Encoding, Formulas, Licence, OpenData};
pub use order::{Order, SortKey};
pub use page::{HangingIndent, PageSpec, Paper, RevisedMark, Running, RunningPart};
pub use sheets::{OF_ROW, SheetForm, SheetSpec};
pub(crate) use slip::explain;
pub use spec::*;
pub use texts::PrintedWords;
pub use totals::{Aggregate, Sections, TotalSpec};
pub use views::{NO_WORD, ViewKind, ViewSpec, word};
pub use workbook::{ExtraSheet, WorkbookLabels, WorkbookSpec};

use crate::error::Error;
use crate::finding::{Message, message};
use std::path::Path;

impl Template {
    /// Reads a template from the content of its files; the document's name is the stem of its own.
    pub fn from_files(path: &Path, files: &TemplateFiles) -> Result<Self, Error> {
        let text = std::str::from_utf8(&files.own).map_err(|_| Error::usage(not_utf8(path)))?;
        let id = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        Self::parse_over(&id, text, &files.bases).map_err(|slip| {
            let path = path.display();
            Error::usage(message(format!("{path}: {}", slip.ja), format!("{path}: {}", slip.en)))
        })
    }

    /// Reads a template that extends no other from its text. The message of a failure names the key and, where one is
    /// near, the known key that was probably meant.
    pub fn parse(id: &str, text: &str) -> Result<Self, Message> {
        Self::parse_over(id, text, &[])
    }

    /// Reads a template from its text and those that it extends, the nearest first. The message of a failure names the
    /// file too.
    pub fn parse_over(id: &str, text: &str, bases: &[Base]) -> Result<Self, Message> {
        let said = layers::parse(text, bases)?;
        let eras = eras::parse(text, bases)?;
        let resolve = || {
            let mut template = resolve::resolve(id, &said.own, &said.whole, eras.clone())?;
            totals::printed(&template)?;
            template.views = views::resolve(&template, &said.own, &said.views, &eras)?;
            Ok(template)
        };
        resolve().map_err(|slip| layers::located(&slip, text, bases))
    }
}

pub(crate) fn not_utf8(path: &Path) -> Message {
    let path = path.display();
    message(
        format!("{path}: 文字コードがUTF-8ではありません。エディターで「UTF-8」を選んで保存し直してください"),
        format!("{path}: not UTF-8; save it again as UTF-8"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
kaitei = 2
document.title = "一覧"
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [{ code = "1", label = "維持" }, { code = "2", label = "修正" }] },
    { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
]
columns = [{ title = "指標", fields = ["indicator"], width = 20 }, { title = "取扱", fields = ["disposition"], width = 4 }]
"#;

    #[test]
    fn running_text_says_what_the_document_says() {
        let text = format!(
            "document.date = 2019-05-01\ndocument.section = \"企画課\"\n\
             page.footer = {{ left = \"{{section}} {{date}}\", right = \"{{page}}／{{pages}}\" }}\n{GOOD}"
        );
        let footer = Template::parse("t", &text).unwrap().page.footer;
        let said = |text: &str| RunningPart::Text(text.to_owned());
        assert_eq!(footer.left, [said("企画課"), said(" "), said("令和元年5月1日")]);
        assert_eq!(footer.right, [RunningPart::Page, said("／"), RunningPart::Pages]);
        assert_eq!(Template::parse("t", GOOD).unwrap().page.footer.center.len(), 3, "the default");
    }

    /// That a template with a slip is refused, and what is said of it.
    fn assert_slip(text: &str, said: &str) {
        let error = Template::parse("t", text).expect_err(text).en;
        assert!(error.contains(said), "{text}: {error}");
    }

    #[test]
    fn slips_are_named() {
        assert!(Template::parse("t", GOOD).is_ok());
        for (from, to, said) in [
            ("kaitei = 2", "", "`kaitei = 2` is missing"),
            ("kaitei = 2", "kaitei = 3", "use a newer kaitei"),
            ("role = \"reason\"", "role = \"resaon\"", "did you mean `reason`?"),
            ("role = \"name\"", "kind = \"text\"", "what a row is about"),
            ("role = \"target\"", "role = \"name\"", "both have the role `name`"),
            ("role = \"target\"", "role = \"target\", horizon = 31", "no fiscal year"),
            ("key = \"reason\"", "key = \"target_unit\"", "cannot be used"),
            ("role = \"reason\"", "role = \"reason\", kind = \"value\"", "does not go with `role"),
            ("document.title", "document.titel", "did you mean `title`?"),
            ("document.title = \"一覧\"", "", "`document.title` is missing"),
            ("[\"indicator\"]", "[\"indicater\"]", "did you mean `indicator`?"),
            ("width = 20", "width = -1", "`width` = -1 is out of range"),
            ("width = 20", "width = 0", "not one character fits into column `指標`"),
            ("width = 20", "width = \"20\"", "line 10: `columns = ["),
            ("[\"indicator\"]", "[]", "column `指標`: `fields` is empty"),
            ("[\"indicator\"]", "[\"disposition\"]", "stands in two columns"),
            ("code = \"2\"", "code = \"\"", "the code of the choice `修正` is empty"),
            ("label = \"修正\"", "label = \"\"", "a word of the choice `2` is empty"),
            ("code = \"2\"", "code = \"1\"", "the code `1` of a choice is used twice"),
            ("label = \"修正\"", "label = \"維持\"", "the word `維持` stands for two"),
        ] {
            assert_slip(&GOOD.replace(from, to), said);
        }
    }

    #[test]
    fn slips_in_single_lines_are_named() {
        for (line, said) in [
            ("page.font_size_pt = 200", "not one character fits"),
            (
                "page.margin_top_mm = 250",
                "reduce `font_size_pt`, `line_height`, `padding_y_pt`, `margin_top_mm`",
            ),
            ("page.row_height_pt = 300", "reduce `row_height_pt`, `margin_top_mm`"),
            ("page.title_size_pt = 80", "`page.title_size_pt` (80) is too large"),
            ("page.margin_left_mm = 500", "not one character fits"),
            ("page.footer = \"{pge}\"", "may hold {page} {pages} {title}"),
            ("page.footer = { left = \"{section}\" }", "`document.section` is missing"),
            ("page.header = { midle = \"\" }", "known are left, center, right"),
            ("page.header = 3", "a string, or { left"),
            ("document.byline = [\"{page}\"]", "may hold {title} {date}"),
            ("page.condense = 80", "must be from 85 to 100"),
            ("page.paper = \"Letter\"", "known are A4, A3, B5, B4"),
            ("fonts.bold_for = [\"title\"]", "without `fonts.bold`"),
            ("fonts.fallback = [\"\"]", "`fonts.fallback` names no file"),
            ("fonts.bold = \"a.ttc#\"", "`fonts.bold` = \"a.ttc#\""),
            ("checks.reason-mising = \"off\"", "did you mean `reason-missing`?"),
            ("output.formats = []", "names no format"),
            ("output.attach = [\"pdf\"]", "may name data and json only"),
            ("output.formats = [\"pfd\"]", "known are xlsx, pdf, html, data, json"),
            ("open_data.area_code = \"131104\"", "13110 has 5"),
            ("open_data.homepage = \"www.example.jp\"", "begins with https://"),
            (
                "open_data.licence = { name = \"a\", title = \"b\", url = \"javascript:alert(1)\" }",
                "begins with https://",
            ),
            ("open_data.licence = \"CC-BY\"", "a known licence (CC-BY-4.0"),
            ("open_data.encoding = \"sjis\"", "known are utf-8-bom, utf-8, cp932"),
            ("input.limits.cell = 5", "did you mean `cells`?"),
            ("input.limits.cells = -5", "line 1: `input.limits.cells = -5`"),
            ("input.limits.memory_mib = 5", "is out of range (64 to 65536)"),
            ("checks.file-empty = \"off\"", "cannot be changed"),
        ] {
            assert_slip(&format!("{line}\n{}", GOOD.trim_start()), said);
        }
    }
}
